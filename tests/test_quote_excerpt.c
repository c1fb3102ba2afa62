#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>

#include <cmocka.h>

#include "base/run/run.h"
#include "soundbite/export.h"
#include "support_memory.h"
#include "support_quote.h"

static sb_alignment *talk(void)
{
    sb_alignment *a = quote_alignment(SB_METHOD_ACOUSTIC);

    a->audio.path = sb_copy_text("episode.mp3", NULL);
    a->transcript.source = sb_copy_text("all of it", NULL);
    quote_add_turn(a, "Ann", 1000, 3000, "Welcome to the show");
    quote_add_turn(a, "Ben", 4000, 8000, "Water never sleeps and it");
    quote_add_turn(a, "Ben", 8000, 10000, "finds every crack.");
    a->turns[1].events = calloc(2, sizeof *a->turns[1].events);
    a->turns[1].n_events = 2;
    a->turns[1].events[0] = (sb_event){sb_copy_text("[coughs]", NULL), 2};
    a->turns[1].events[1] = (sb_event){sb_copy_text("[laughs]", NULL), 5};
    return a;
}

static sb_alignment *excerpt(const sb_alignment *a, const char *phrase)
{
    const char *phrases[] = {phrase};
    sb_selection selection = {0};
    sb_matches *matches = NULL;
    sb_alignment *out = NULL;

    selection.phrases = phrases;
    selection.n_phrases = phrase != NULL;
    assert_int_equal(sb_matches_find(&matches, a, &selection, NULL), SB_OK);
    assert_int_equal(sb_matches_excerpt(&out, a, matches, NULL), SB_OK);
    sb_matches_free(&matches);
    return out;
}

static void a_quote_is_a_turn_with_its_words(void **state)
{
    sb_alignment *a = talk(), *b = excerpt(a, "sleeps and it finds");

    (void)state;
    sb_alignment_free(&a);
    assert_int_equal(b->n_turns, 1);
    assert_string_equal(b->turns[0].speaker, "Ben");
    assert_int_equal(b->turns[0].n_words, 4);
    assert_string_equal(b->turns[0].words[0].text, "sleeps");
    assert_string_equal(b->turns[0].words[3].text, "finds");
    assert_int_equal(quote_ms(b->turns[0].start), 5600);
    assert_int_equal(quote_ms(b->turns[0].words[3].start), 8000);
    assert_true(b->turns[0].end == b->turns[0].words[3].end);
    assert_int_equal(quote_ms(b->turns[0].stamp), -1);
    assert_int_equal(b->turns[0].status, SB_TURN_ALIGNED);
    assert_string_equal(b->audio.path, "episode.mp3");
    sb_alignment_free(&b);
}

static void events_inside_come_along(void **state)
{
    sb_alignment *a = talk(), *inside = excerpt(a, "sleeps and it finds"),
                 *before = excerpt(a, "Water never"), *whole = excerpt(a, NULL);

    (void)state;
    assert_int_equal(inside->turns[0].n_events, 1);
    assert_string_equal(inside->turns[0].events[0].text, "[laughs]");
    assert_int_equal(inside->turns[0].events[0].before_word, 3);
    assert_int_equal(before->turns[0].n_events, 0);
    assert_int_equal(whole->n_turns, 3);
    assert_int_equal(whole->turns[1].n_events, 2);
    assert_int_equal(whole->turns[1].events[0].before_word, 2);
    assert_int_equal(quote_ms(whole->turns[1].stamp), 4000);
    sb_alignment_free(&a);
    sb_alignment_free(&inside);
    sb_alignment_free(&before);
    sb_alignment_free(&whole);
}

static void the_transcript_itself_stays_behind(void **state)
{
    sb_alignment *a = talk(), *b = excerpt(a, "welcome");
    sb_bytes out = {0};

    (void)state;
    assert_null(b->transcript.source);
    assert_int_equal(sb_alignment_export(&out, b, "text", NULL, NULL, NULL), SB_ERR_ARGUMENT);
    sb_bytes_finish(&out);
    sb_alignment_free(&a);
    sb_alignment_free(&b);
}

static void running_out_of_memory_leaves_nothing(void **state)
{
    sb_alignment *a = talk(), *b;
    sb_matches *matches = NULL;
    sb_selection all = {0};
    bool refused = true;

    (void)state;
    assert_int_equal(sb_matches_find(&matches, a, &all, NULL), SB_OK);
    for (size_t n = 0; refused; n++) {
        sb_error err = {0};
        memory_fail_from(n);
        sb_status status = sb_matches_excerpt(&b, a, matches, &err);
        refused = memory_fail_end();
        assert_int_equal(status, refused ? SB_ERR_MEMORY : SB_OK);
        assert_int_equal(b == NULL, refused);
        sb_alignment_free(&b);
    }
    sb_matches_free(&matches);
    sb_alignment_free(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_quote_is_a_turn_with_its_words),
        cmocka_unit_test(events_inside_come_along),
        cmocka_unit_test(the_transcript_itself_stays_behind),
        cmocka_unit_test(running_out_of_memory_leaves_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
