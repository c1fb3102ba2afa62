#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/run/run.h"
#include "export/captions/captions.h"
#include "export/export.h"
#include "support_memory.h"
#include "support_quote.h"

static sb_captions cues_of(const sb_alignment *a)
{
    sb_captions cues;
    sb_error err = {0};

    if (sb_captions_make(&cues, a, NULL, &err) != SB_OK)
        fail_msg("%s", err.message);
    return cues;
}

static void append_cue(sb_bytes *out, const char *before, const sb_caption *cue)
{
    sb_bytes_text(out, before);
    sb_caption_append(out, cue, "/");
}

/* The cues of one turn as text: lines separated by '/', cues by '|'. */
static void assert_split(int length_ms, const char *words, const char *expected)
{
    sb_alignment *a = quote_alignment(SB_METHOD_ACOUSTIC);
    sb_bytes texts = {0};

    quote_add_turn(a, "A", 1000, 1000 + length_ms, words);
    sb_captions cues = cues_of(a);
    for (size_t i = 0; i < cues.n_items; i++)
        append_cue(&texts, i ? "|" : "", &cues.items[i]);
    assert_string_equal(texts.data, expected);
    sb_bytes_finish(&texts);
    sb_captions_finish(&cues);
    sb_alignment_free(&a);
}

static void short_turns_are_one_cue(void **state)
{
    (void)state;
    assert_split(2000, "Yes, that is right.", "Yes, that is right.");
    assert_split(4000, "We train models, we deploy models, but the scale is different.",
                 "We train models, we deploy models,/but the scale is different.");
}

static void cues_end_with_sentences(void **state)
{
    (void)state;
    assert_split(12000,
                 "So working inside is pretty different. But it has been very different with the startups. "
                 "The scale is the key point that I can see there.",
                 "So working inside is pretty different.|But it has been very different/with the startups.|"
                 "The scale is the key point/that I can see there.");
}

static void articles_and_names_stay_with_what_follows(void **state)
{
    (void)state;
    assert_split(3500, "people who came to see the lighthouse in summer",
                 "people who came/to see the lighthouse in summer");
    assert_split(3500, "and on the other day we met our friend Fernando Lopez here",
                 "and on the other day we met/our friend Fernando Lopez here");
    assert_split(3500, "last week we met Fernando Lopez at the new office",
                 "last week we met Fernando Lopez/at the new office");
}

static void every_cue_keeps_the_norms(void **state)
{
    sb_alignment *a = quote_alignment(SB_METHOD_ACOUSTIC);
    sb_bytes words = {0};
    sb_caption_params wide = SB_CAPTION_WIDE;
    size_t n_read = 0;

    (void)state;
    for (int i = 0; i < 400; i++)
        sb_bytes_print(&words, "word%d%s ", i * i % 1000, i % 13 == 12 ? "." : i % 5 == 4 ? "," : "");
    quote_add_turn(a, "A", 0, 180000, words.data);
    sb_captions cues = cues_of(a);
    for (size_t i = 0; i < cues.n_items; i++) {
        const sb_caption *cue = &cues.items[i];
        sb_bytes text = {0};
        append_cue(&text, "", cue);
        char *line_end = strchr(text.data, '/');
        size_t upper = line_end ? (size_t)(line_end - text.data) : text.size;
        assert_true(upper <= wide.max_line_width);
        assert_true(!line_end || strlen(line_end + 1) <= wide.max_line_width);
        assert_true(!line_end || !strchr(line_end + 1, '/'));
        assert_true(cue->end - cue->start >= wide.min_duration);
        assert_true(cue->end - cue->start <= wide.max_duration);
        assert_true(i == 0 || cue->start >= cues.items[i - 1].end);
        n_read += cue->n_items;
        sb_bytes_finish(&text);
    }
    assert_int_equal(n_read, 400);
    sb_captions_finish(&cues);
    sb_bytes_finish(&words);
    sb_alignment_free(&a);
}

static void a_long_pause_parts_cues(void **state)
{
    sb_alignment *a = quote_alignment(SB_METHOD_ACOUSTIC);

    (void)state;
    quote_add_turn(a, "A", 0, 6000, "one two three four");
    quote_set_word(a, 0, 1, 1000, 1500, SB_WORD_ALIGNED);
    quote_set_word(a, 0, 2, 4000, 4900, SB_WORD_ALIGNED);
    sb_captions cues = cues_of(a);
    assert_int_equal(cues.n_items, 2);
    assert_int_equal(cues.items[0].n_items, 2);
    assert_int_equal(quote_ms(cues.items[0].end), 1500);
    assert_int_equal(quote_ms(cues.items[1].start), 4000);
    sb_captions_finish(&cues);
    sb_alignment_free(&a);
}

static void a_short_cue_stands_long_enough_but_leaves_the_next_alone(void **state)
{
    sb_alignment *a = quote_alignment(SB_METHOD_ACOUSTIC);

    (void)state;
    quote_add_turn(a, "A", 1000, 1200, "Yes.");
    quote_add_turn(a, "B", 1500, 1700, "No.");
    quote_add_turn(a, "A", 1700, 3000, "Is that so?");
    quote_add_turn(a, "B", 3050, 5000, "It is so.");
    sb_captions cues = cues_of(a);
    assert_int_equal(quote_ms(cues.items[0].end), 1500);
    assert_int_equal(quote_ms(cues.items[1].end), 1700);
    assert_int_equal(quote_ms(cues.items[2].end), 3050);
    assert_int_equal(quote_ms(cues.items[3].end), 5000);
    sb_captions_finish(&cues);
    sb_alignment_free(&a);
}

static void turns_of_the_same_second_are_all_seen(void **state)
{
    sb_alignment *a = quote_alignment(SB_METHOD_NONE);

    (void)state;
    quote_add_turn(a, "A", 1000, 1000, "Yes.");
    quote_add_turn(a, "B", 1000, 9000, "No.");
    sb_captions cues = cues_of(a);
    assert_int_equal(quote_ms(cues.items[0].end), 1833);
    assert_int_equal(quote_ms(cues.items[1].start), 1833);
    assert_int_equal(quote_ms(cues.items[1].end), 8833);
    sb_captions_finish(&cues);
    sb_alignment_free(&a);
}

static void add_event(sb_alignment *a, size_t turn, const char *text, size_t before_word)
{
    sb_aligned_turn *t = &a->turns[turn];

    if (!sb_push_room(&t->events, t->n_events, sizeof *t->events))
        abort();
    t->events[t->n_events++] = (sb_event){sb_copy_text(text, NULL), before_word};
}

static void events_are_put_back_in_place(void **state)
{
    sb_alignment *a = quote_alignment(SB_METHOD_ACOUSTIC);

    (void)state;
    quote_add_turn(a, "A", 1000, 3000, "well yes");
    add_event(a, 0, "[laughter]", 1);
    add_event(a, 0, "(crosstalk)", 2);
    quote_add_turn(a, "B", 4000, 4500, "");
    add_event(a, 1, "[music]", 0);
    sb_captions cues = cues_of(a);
    sb_bytes texts = {0};
    for (size_t i = 0; i < cues.n_items; i++)
        append_cue(&texts, i ? "|" : "", &cues.items[i]);
    assert_string_equal(texts.data, "well [laughter] yes (crosstalk)|[music]");
    assert_int_equal(quote_ms(cues.items[cues.n_items - 1].start), 4000);
    sb_bytes_finish(&texts);
    sb_captions_finish(&cues);
    sb_alignment_free(&a);
}

static void words_without_times_are_spread_between_their_neighbours(void **state)
{
    sb_alignment *a = quote_alignment(SB_METHOD_ACOUSTIC);
    sb_caption_items items = {0};

    (void)state;
    quote_add_turn(a, "A", 0, 4000, "one two seven four");
    for (size_t w = 1; w < 3; w++) {
        a->turns[0].words[w].start = a->turns[0].words[w].end = SB_TIME_NONE;
        a->turns[0].words[w].status = SB_WORD_ESTIMATED;
    }
    sb_caption_words all = {.alignment = a, .last = SIZE_MAX};
    assert_int_equal(sb_caption_items_add(&items, &all, NULL), SB_OK);
    assert_int_equal(items.n_items, 4);
    assert_int_equal(quote_ms(items.items[1].start), 1000);
    assert_in_range(quote_ms(items.items[1].end), 1600, 1700);
    assert_int_equal(quote_ms(items.items[2].end), 3000);
    sb_caption_items_finish(&items);
    sb_alignment_free(&a);
}

static void a_word_longer_than_a_line_is_broken_where_it_may(void **state)
{
    (void)state;
    assert_split(4000, "see https://example.org/a/very/long/address/that/no/line/can/hold okay",
                 "see|https://example.org/a/very/long/address//that/no/line/can/hold okay");
}

static void turns_without_times_are_left_out(void **state)
{
    sb_alignment *a = quote_alignment(SB_METHOD_ACOUSTIC);

    (void)state;
    quote_add_turn(a, "A", 0, 1000, "one");
    a->turns[0].start = a->turns[0].end = SB_TIME_NONE;
    quote_set_word(a, 0, 0, 0, 0, SB_WORD_NOT_HEARD);
    sb_captions cues = cues_of(a);
    assert_int_equal(cues.n_items, 0);
    sb_captions_finish(&cues);
    sb_alignment_free(&a);
}

static void running_out_of_memory_leaves_nothing(void **state)
{
    sb_alignment *a = quote_alignment(SB_METHOD_ACOUSTIC);
    bool refused = true;

    (void)state;
    quote_add_turn(
        a, "A", 0, 9000,
        "We train models, we deploy models, but the scale is different. And so it goes on and on.");
    for (size_t n = 0; refused; n++) {
        sb_captions cues;
        sb_error err = {0};
        memory_fail_from(n);
        sb_status status = sb_captions_make(&cues, a, NULL, &err);
        refused = memory_fail_end();
        assert_int_equal(status, refused ? SB_ERR_MEMORY : SB_OK);
        assert_true(refused ? cues.items == NULL : cues.n_items == 2);
        sb_captions_finish(&cues);
    }
    sb_alignment_free(&a);
}

/* The second speaker speaks during the long turn of the first. */
static void cues_come_in_the_order_of_time(void **state)
{
    sb_alignment *a = quote_alignment(SB_METHOD_ACOUSTIC);
    sb_caption_params params = SB_CAPTION_WIDE;
    sb_bytes texts = {0};
    sb_captions cues;

    (void)state;
    params.names = true;
    quote_add_turn(a, "Ann", 0, 12000,
                   "So working inside is pretty different. But it has been very different with the startups. "
                   "The scale is the key point that I can see there.");
    quote_add_turn(a, "Bob", 2500, 3300, "Yes.");
    assert_int_equal(sb_captions_make(&cues, a, &params, NULL), SB_OK);
    for (size_t i = 0; i < cues.n_items; i++) {
        append_cue(&texts, i ? "|" : "", &cues.items[i]);
        assert_true(i == 0 || cues.items[i].start >= cues.items[i - 1].start);
    }
    assert_string_equal(texts.data, "Ann: So working inside/is pretty different.|Bob: Yes.|"
                                    "Ann: But it has been very different/with the startups.|"
                                    "The scale is the key point/that I can see there.");
    sb_bytes_finish(&texts);
    sb_captions_finish(&cues);
    sb_alignment_free(&a);
}

/* An ad of three seconds is in the middle of a sentence. */
static void no_cue_goes_on_across_an_ad(void **state)
{
    sb_alignment *a = quote_alignment(SB_METHOD_ACOUSTIC);

    (void)state;
    quote_add_turn(a, "A", 1000, 6000, "We met them again in town");
    for (size_t w = 3; w < 6; w++) {
        a->turns[0].words[w].start += 3 * SB_TIME_SECOND;
        a->turns[0].words[w].end += 3 * SB_TIME_SECOND;
    }
    a->turns[0].end += 3 * SB_TIME_SECOND;
    sb_time ad = a->turns[0].words[2].end;
    a->breaks = calloc(1, sizeof *a->breaks);
    a->breaks[0] = (sb_break){ad, {ad, ad + 3 * SB_TIME_SECOND}, 3 * SB_TIME_SECOND, 1};
    a->n_breaks = 1;
    sb_captions cues = cues_of(a);
    assert_int_equal(cues.n_items, 2);
    assert_int_equal(cues.items[0].n_items, 3);
    assert_true(cues.items[0].end <= ad);
    assert_true(cues.items[1].start >= ad + 3 * SB_TIME_SECOND);
    sb_captions_finish(&cues);
    sb_alignment_free(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(short_turns_are_one_cue),
        cmocka_unit_test(cues_end_with_sentences),
        cmocka_unit_test(articles_and_names_stay_with_what_follows),
        cmocka_unit_test(every_cue_keeps_the_norms),
        cmocka_unit_test(a_long_pause_parts_cues),
        cmocka_unit_test(a_short_cue_stands_long_enough_but_leaves_the_next_alone),
        cmocka_unit_test(turns_of_the_same_second_are_all_seen),
        cmocka_unit_test(events_are_put_back_in_place),
        cmocka_unit_test(words_without_times_are_spread_between_their_neighbours),
        cmocka_unit_test(a_word_longer_than_a_line_is_broken_where_it_may),
        cmocka_unit_test(turns_without_times_are_left_out),
        cmocka_unit_test(running_out_of_memory_leaves_nothing),
        cmocka_unit_test(cues_come_in_the_order_of_time),
        cmocka_unit_test(no_cue_goes_on_across_an_ad),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
