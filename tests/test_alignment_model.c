#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "alignment/alignment.h"
#include "soundbite/align.h"
#include "support_alignment.h"
#include "support_memory.h"

#define S    SB_TIME_SECOND
#define NONE SB_TIME_NONE

static char one[] = "one", two[] = "two,", source[] = "a\0b", path[] = "t.srt", name[] = "Ann";
static char laugh[] = "[laughter]";

static sb_word untimed[] = {{one, NONE, NONE}, {two, NONE, NONE}};
static sb_word timed[] = {{one, 7 * S, NONE}, {two, 9 * S, 8 * S}};
static sb_event events[] = {{laugh, 0}};
static sb_turn turns[] = {
    {.speaker = name, .stamp = 1 * S, .stop = NONE, .words = untimed, .n_words = 2},
    {.stamp = 3 * S, .stop = 4 * S, .events = events, .n_events = 1},
    {.stamp = 2 * S, .stop = 1 * S, .words = untimed, .n_words = 2},
    {.stamp = NONE, .stop = NONE, .words = timed, .n_words = 2},
    {.stamp = INT64_MAX, .stop = NONE, .words = untimed, .n_words = 2},
};
static const sb_transcript transcript = {.path = path,
                                         .turns = turns,
                                         .n_turns = 5,
                                         .resolution = S,
                                         .source = source,
                                         .source_size = 3,
                                         .sha256 = "0123"};

static void assert_span(const sb_aligned_turn *turn, sb_time start, sb_time end)
{
    assert_true(turn->start == start);
    assert_true(turn->end == end);
}

static void test_a_transcript_as_an_alignment(void **state)
{
    sb_alignment *a;
    (void)state;

    assert_int_equal(sb_alignment_from_transcript(&a, &transcript, NULL), SB_OK);
    assert_int_equal(a->method, SB_METHOD_NONE);
    assert_int_equal(a->n_turns, 5);
    assert_true(a->audio.duration == NONE);
    assert_string_equal(a->transcript.path, "t.srt");
    assert_string_equal(a->transcript.sha256, "0123");
    assert_memory_equal(a->transcript.source, source, 4);
    assert_string_equal(a->turns[0].speaker, "Ann");
    assert_string_equal(a->turns[1].events[0].text, "[laughter]");
    assert_int_equal(a->turns[0].words[0].status, SB_WORD_ESTIMATED);
    assert_true(a->turns[0].words[0].start == NONE);
    assert_true(a->turns[3].words[0].end == 7 * S);
    assert_true(a->turns[3].words[1].end == 9 * S);
    sb_alignment_free(&a);
}

static void test_turns_run_to_the_next_stamp(void **state)
{
    sb_alignment *a;
    (void)state;

    assert_int_equal(sb_alignment_from_transcript(&a, &transcript, NULL), SB_OK);
    assert_span(&a->turns[0], 1 * S, 3 * S);
    assert_span(&a->turns[1], 3 * S, 4 * S);
    assert_span(&a->turns[2], 2 * S, NONE);
    assert_span(&a->turns[3], 7 * S, 9 * S);
    assert_span(&a->turns[4], NONE, NONE);
    assert_true(a->turns[4].stamp == NONE);
    sb_alignment_free(&a);
}

static void test_turns_without_a_stamp_share_the_time_between(void **state)
{
    sb_turn some[] = {
        {.stamp = NONE, .stop = NONE, .words = untimed, .n_words = 2},
        {.stamp = 6 * S, .stop = NONE, .words = untimed, .n_words = 2},
        {.stamp = NONE, .stop = NONE, .words = untimed, .n_words = 1},
        {.stamp = NONE, .stop = 12 * S, .n_words = 0},
        {.stamp = 20 * S, .stop = 21 * S, .words = untimed, .n_words = 2},
        {.stamp = NONE, .stop = NONE, .words = untimed, .n_words = 2},
        {.stamp = 25 * S, .stop = NONE, .words = untimed, .n_words = 2},
        {.stamp = NONE, .stop = NONE, .words = untimed, .n_words = 2},
    };
    sb_transcript stampless = {.turns = some, .n_turns = 8, .resolution = S};
    sb_alignment *a;
    (void)state;

    assert_int_equal(sb_alignment_from_transcript(&a, &stampless, NULL), SB_OK);
    assert_span(&a->turns[0], 0, 6 * S);
    assert_span(&a->turns[1], 6 * S, 9 * S);
    assert_span(&a->turns[2], 9 * S, 11 * S);
    assert_span(&a->turns[3], 11 * S, 12 * S);
    assert_span(&a->turns[4], 20 * S, 21 * S);
    assert_span(&a->turns[5], 21 * S, 25 * S);
    assert_span(&a->turns[6], 25 * S, NONE);
    assert_span(&a->turns[7], NONE, NONE);
    sb_alignment_free(&a);
    stampless.n_turns = 1;
    assert_int_equal(sb_alignment_from_transcript(&a, &stampless, NULL), SB_OK);
    assert_span(&a->turns[0], NONE, NONE);
    sb_alignment_free(&a);
}

static void test_it_can_be_saved(void **state)
{
    sb_alignment *a, *b;
    sb_bytes bytes = {0};
    (void)state;

    assert_int_equal(sb_alignment_from_transcript(&a, &transcript, NULL), SB_OK);
    memset(a->transcript.sha256, '0', 64);
    assert_int_equal(sb_alignment_write(&bytes, a, NULL), SB_OK);
    assert_int_equal(sb_alignment_read(&b, bytes.data, bytes.size, NULL, NULL), SB_OK);
    assert_span(&b->turns[2], 2 * S, NONE);
    assert_int_equal(b->transcript.source_size, 3);
    sb_bytes_finish(&bytes);
    sb_alignment_free(&a);
    sb_alignment_free(&b);
}

static void test_every_allocation_may_fail(void **state)
{
    bool refused = true;
    (void)state;

    for (size_t n = 0; refused; n++) {
        sb_alignment *a;
        sb_error err = {0};
        memory_fail_from(n);
        sb_status status = sb_alignment_from_transcript(&a, &transcript, &err);
        refused = memory_fail_end();
        assert_int_equal(status, refused ? SB_ERR_MEMORY : SB_OK);
        assert_int_equal(a != NULL, !refused);
        sb_alignment_free(&a);
    }
}

static void test_turn_text(void **state)
{
    sb_alignment *a;
    (void)state;

    assert_int_equal(sb_alignment_from_transcript(&a, &transcript, NULL), SB_OK);
    char *text = sb_aligned_turn_text(&a->turns[0]), *none = sb_aligned_turn_text(&a->turns[1]);
    assert_string_equal(text, "one two,");
    assert_string_equal(none, "");
    free(text);
    free(none);
    sb_alignment_free(&a);
    sb_alignment_free(&a);
}

static void test_names(void **state)
{
    (void)state;
    assert_string_equal(sb_word_status_name(SB_WORD_NOT_HEARD), "not_heard");
    assert_string_equal(sb_turn_status_name(SB_TURN_PARTLY), "partly");
    assert_string_equal(sb_method_name(SB_METHOD_ENERGY), "energy");
    assert_string_equal(sb_method_name(SB_METHOD_NONE), "none");
}

/* The break is at 1 s and has 0.5 s. */
static void test_turns_beside_an_insertion(void **state)
{
    (void)state;
    sb_alignment *a = alignment_sample();
    sb_aligned_turn *turn = &a->turns[0];
    turn->start = 800 * SB_TIME_MS;
    turn->end = 950 * SB_TIME_MS;
    assert_false(sb_turn_may_be_beyond_break(a, 0));
    for (size_t w = 0; w < turn->n_words; w++)
        turn->words[w].status = SB_WORD_ESTIMATED;
    assert_true(sb_turn_may_be_beyond_break(a, 0));
    turn->words[1].status = SB_WORD_ALIGNED;
    assert_false(sb_turn_may_be_beyond_break(a, 0));
    turn->words[1].status = SB_WORD_NOT_HEARD;
    turn->start = 100 * SB_TIME_MS;
    turn->end = 450 * SB_TIME_MS;
    assert_false(sb_turn_may_be_beyond_break(a, 0));
    turn->start = 1900 * SB_TIME_MS;
    turn->end = 2200 * SB_TIME_MS;
    assert_true(sb_turn_may_be_beyond_break(a, 0));
    a->breaks[0].gap = -a->breaks[0].gap;
    assert_false(sb_turn_may_be_beyond_break(a, 0));
    turn->start = NONE;
    assert_false(sb_turn_may_be_beyond_break(a, 0));
    sb_alignment_free(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_transcript_as_an_alignment),
        cmocka_unit_test(test_turns_run_to_the_next_stamp),
        cmocka_unit_test(test_turns_without_a_stamp_share_the_time_between),
        cmocka_unit_test(test_it_can_be_saved),
        cmocka_unit_test(test_every_allocation_may_fail),
        cmocka_unit_test(test_turn_text),
        cmocka_unit_test(test_names),
        cmocka_unit_test(test_turns_beside_an_insertion),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
