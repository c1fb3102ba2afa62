#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "align/words/words.h"
#include "alignment/alignment.h"
#include "support_alignment.h"

/* The energy aligner lost the turn. Anchors may have placed its words, but they were not heard there. */
static void settle_with(sb_alignment *a, float said)
{
    sb_heard_word heard[8] = {0};
    const bool keep[] = {true, true};
    const sb_speech speech = {0};

    for (size_t w = 0; w < 8; w++)
        heard[w].said = said;
    sb_word_edges_set(a, &speech, heard, keep);
}

static void settle(sb_alignment *a)
{
    settle_with(a, 1);
}

static sb_alignment *two_lost_turns(void)
{
    sb_alignment *a = alignment_long(2, 3);

    for (size_t t = 0; t < 2; t++) {
        a->turns[t].status = SB_TURN_NOT_HEARD;
        for (size_t w = 0; w < 3; w++)
            a->turns[t].words[w].status = SB_WORD_NOT_HEARD;
    }
    return a;
}

static void test_words_that_got_a_place_are_estimated(void **state)
{
    sb_alignment *a = two_lost_turns();
    (void)state;

    settle(a);
    assert_int_equal(a->turns[0].status, SB_TURN_PARTLY);
    assert_int_equal(a->turns[0].words[2].status, SB_WORD_ESTIMATED);
    sb_alignment_free(&a);
}

static void test_words_of_a_kept_turn_that_were_not_said_are_not_heard(void **state)
{
    sb_alignment *a = two_lost_turns();
    (void)state;

    settle_with(a, SB_SAID_LEAST / 2);
    assert_int_equal(a->turns[0].status, SB_TURN_NOT_HEARD);
    assert_int_equal(a->turns[0].words[2].status, SB_WORD_NOT_HEARD);
    sb_alignment_free(&a);
}

static void test_words_without_a_place_are_not_heard(void **state)
{
    sb_alignment *a = two_lost_turns();
    (void)state;

    a->turns[1].status = SB_TURN_PARTLY;
    for (size_t w = 0; w < 3; w++) {
        a->turns[1].words[w].status = SB_WORD_ESTIMATED;
        a->turns[1].words[w].start = a->turns[1].words[w].end = SB_TIME_NONE;
    }
    settle(a);
    assert_int_equal(a->turns[1].status, SB_TURN_NOT_HEARD);
    assert_int_equal(a->turns[1].words[0].status, SB_WORD_NOT_HEARD);
    sb_alignment_free(&a);
}

/* The first and the last word of a turn were heard, a second apart. The word between was skipped, and fits
 * best at its estimate. */
static const sb_aligned_word *word_between(sb_alignment *a, sb_span guess)
{
    sb_aligned_turn *turn = &a->turns[0];
    sb_time start = turn->start;
    const sb_span heard_speech[] = {{start, start + 3 * SB_TIME_SECOND}};
    const sb_speech speech = {.speech = (sb_span *)heard_speech, .n_speech = 1};
    sb_heard_word heard[3] = {
        {.heard = true, .said = 1, .support = 9, .confidence = 1, .span = {start, start + SB_TIME_SECOND}},
        {.guessed = true, .said = 1, .guess = {start + guess.start, start + guess.end}},
        {.heard = true,
         .said = 1,
         .support = 9,
         .confidence = 1,
         .span = {start + 2 * SB_TIME_SECOND, start + 3 * SB_TIME_SECOND}},
    };
    const bool keep[] = {false};

    sb_word_edges_set(a, &speech, heard, keep);
    return &turn->words[1];
}

static void test_a_skipped_word_is_placed_at_its_best_fit(void **state)
{
    sb_alignment *a = alignment_long(1, 3);
    sb_time start = a->turns[0].start;
    (void)state;

    const sb_aligned_word *word = word_between(a, (sb_span){1200 * SB_TIME_MS, 1500 * SB_TIME_MS});
    assert_int_equal(word->status, SB_WORD_ESTIMATED);
    assert_int_equal(word->start - start, 1200 * SB_TIME_MS);
    assert_int_equal(word->end - start, 1500 * SB_TIME_MS);
    assert_true(word->confidence < 0.5);
    sb_alignment_free(&a);
}

static void test_a_word_between_sure_neighbours_is_not_a_stray(void **state)
{
    sb_alignment *a = alignment_long(1, 3);
    sb_time start = a->turns[0].start;
    (void)state;

    const sb_aligned_word *word = word_between(a, (sb_span){1900 * SB_TIME_MS, 2200 * SB_TIME_MS});
    assert_int_equal(word->start - start, SB_TIME_SECOND);
    assert_int_equal(word->end - start, 2 * SB_TIME_SECOND);
    sb_alignment_free(&a);
}

/* Two words were heard in an ad, before the certain start of the turn by energy. The other three were
 * heard in the turn. */
static void test_words_before_a_sure_start_are_strays(void **state)
{
    sb_alignment *a = alignment_long(1, 5);
    sb_aligned_turn *turn = &a->turns[0];
    sb_time start = turn->start = 10 * SB_TIME_SECOND;
    const sb_span heard_speech[] = {{0, start + 5 * SB_TIME_SECOND}};
    const sb_speech speech = {.speech = (sb_span *)heard_speech, .n_speech = 1};
    sb_heard_word heard[5] = {0};
    const bool keep[] = {false};
    (void)state;

    turn->confidence = 1;
    for (size_t w = 0; w < 5; w++) {
        sb_time at = start + ((sb_time)w - 2) * SB_TIME_SECOND / 2 - (w < 2 ? SB_TIME_SECOND : 0);
        heard[w] = (sb_heard_word){.heard = true,
                                   .said = 1,
                                   .support = 9,
                                   .confidence = 0.9f,
                                   .span = {at, at + SB_TIME_SECOND / 2}};
    }
    sb_word_edges_set(a, &speech, heard, keep);
    assert_true(turn->start >= start - SB_TIME_SECOND / 2);
    assert_int_not_equal(turn->words[1].status, SB_WORD_ALIGNED);
    assert_int_equal(turn->words[2].status, SB_WORD_ALIGNED);
    sb_alignment_free(&a);
}

/* One word between pauses, heard from 1 s to 1.5 s with full confidence. */
static sb_heard_word one_heard(char first_class, char last_class)
{
    return (sb_heard_word){.heard = true,
                           .said = 1,
                           .support = 9,
                           .confidence = 1,
                           .span = {1000 * SB_TIME_MS, 1500 * SB_TIME_MS},
                           .before_class = '_',
                           .first_class = first_class,
                           .last_class = last_class,
                           .after_class = '_'};
}

static void assert_one_word(sb_heard_word heard, const sb_speech *speech, int start_ms, int end_ms)
{
    sb_alignment *a = alignment_long(1, 1);
    sb_speech in_hops = *speech;
    const bool keep[] = {false};

    in_hops.hop = 5 * SB_TIME_MS;
    sb_word_edges_set(a, &in_hops, &heard, keep);
    assert_int_equal(a->turns[0].words[0].start / SB_TIME_MS, start_ms);
    assert_int_equal(a->turns[0].words[0].end / SB_TIME_MS, end_ms);
    assert_true(a->turns[0].start == a->turns[0].words[0].start);
    assert_true(a->turns[0].end == a->turns[0].words[0].end);
    sb_alignment_free(&a);
}

static void assert_one_word_in(sb_heard_word heard, int from_ms, int until_ms, int start_ms, int end_ms)
{
    sb_span spans[] = {{from_ms * SB_TIME_MS, until_ms * SB_TIME_MS}};
    const sb_speech speech = {.speech = spans, .n_speech = 1};

    assert_one_word(heard, &speech, start_ms, end_ms);
}

static void test_edges_at_pauses_belong_to_the_word(void **state)
{
    (void)state;

    assert_one_word_in(one_heard('V', 'V'), 950, 1600, 1000, 1500);
}

static void test_an_edge_in_silence_moves_to_the_sound(void **state)
{
    (void)state;

    assert_one_word_in(one_heard('V', 'V'), 1030, 1470, 1030, 1470);
}

static void test_a_soft_fricative_may_be_outside_the_speech(void **state)
{
    (void)state;

    assert_one_word_in(one_heard('F', 'F'), 1030, 1470, 1000, 1500);
    assert_one_word_in(one_heard('F', 'F'), 1050, 1450, 1050, 1450);
}

static void test_a_doubtful_word_begins_at_the_onset(void **state)
{
    sb_heard_word heard = one_heard('V', 'V');
    (void)state;

    heard.confidence = 0.3f;
    assert_one_word_in(heard, 950, 1600, 950, 1500);
    assert_one_word_in(heard, 800, 1600, 1000, 1500);
}

static void test_a_release_after_a_closure_belongs_to_the_stop(void **state)
{
    sb_span spans[] = {{1000 * SB_TIME_MS, 1490 * SB_TIME_MS}, {1560 * SB_TIME_MS, 1600 * SB_TIME_MS}};
    const sb_speech speech = {.speech = spans, .n_speech = 2};
    (void)state;

    assert_one_word(one_heard('V', 'S'), &speech, 1000, 1600);
    assert_one_word(one_heard('V', 'V'), &speech, 1000, 1490);
}

/* Loud from 1 s to 1.7 s (a long voice), then 20 dB lower (fading). */
static void test_a_continuing_voice_extends_the_word(void **state)
{
    uint8_t levels[400] = {0};
    sb_span spans[] = {{1000 * SB_TIME_MS, 1800 * SB_TIME_MS}};
    const sb_speech speech = {.levels = levels, .n_levels = 400, .speech = spans, .n_speech = 1};
    (void)state;

    for (size_t i = 200; i < 360; i++)
        levels[i] = i < 340 ? 100 : 60;
    assert_one_word(one_heard('V', 'V'), &speech, 1000, 1700);
    assert_one_word(one_heard('V', 'F'), &speech, 1000, 1500);
}

static void test_no_word_crosses_a_pause(void **state)
{
    sb_span spans[] = {{1000 * SB_TIME_MS, 1300 * SB_TIME_MS}, {1450 * SB_TIME_MS, 1700 * SB_TIME_MS}};
    const sb_speech speech = {.speech = spans, .n_speech = 2};
    (void)state;

    assert_one_word(one_heard('V', 'V'), &speech, 1000, 1300);
}

/* Words that were found but denied by the evidence: similar sound in an invented sentence. */
static void test_words_with_evidence_against_them_are_not_heard(void **state)
{
    sb_alignment *a = alignment_long(1, 3);
    sb_span spans[] = {{0, SB_TIME_SECOND}};
    const sb_speech speech = {.speech = spans, .n_speech = 1};
    const bool keep[] = {false};
    sb_heard_word heard[3];
    (void)state;

    for (size_t w = 0; w < 3; w++) {
        sb_time at = 100 * SB_TIME_MS + (sb_time)w * 250 * SB_TIME_MS;
        heard[w] = (sb_heard_word){.heard = true,
                                   .said = w == 1 ? 0.1f : 0.95f,
                                   .support = 9,
                                   .confidence = 1,
                                   .span = {at, at + 250 * SB_TIME_MS}};
    }
    sb_word_edges_set(a, &speech, heard, keep);
    assert_int_equal(a->turns[0].words[0].status, SB_WORD_ALIGNED);
    assert_int_equal(a->turns[0].words[1].status, SB_WORD_NOT_HEARD);
    assert_int_equal(a->turns[0].words[1].start, SB_TIME_NONE);
    assert_int_equal(a->turns[0].words[2].status, SB_WORD_ALIGNED);
    assert_int_equal(a->turns[0].status, SB_TURN_PARTLY);
    sb_alignment_free(&a);
}

/* A word that fits its place, among words that fit no better than chance. */
static void test_a_word_without_support_is_estimated(void **state)
{
    sb_alignment *a = alignment_long(1, 1);
    sb_span spans[] = {{900 * SB_TIME_MS, 1600 * SB_TIME_MS}};
    const sb_speech speech = {.speech = spans, .n_speech = 1, .hop = 5 * SB_TIME_MS};
    sb_heard_word heard = one_heard('V', 'V');
    const bool keep[] = {false};
    (void)state;

    heard.support = 0;
    sb_word_edges_set(a, &speech, &heard, keep);
    assert_int_equal(a->turns[0].words[0].status, SB_WORD_ESTIMATED);
    assert_true(a->turns[0].words[0].confidence < 0.5);
    assert_int_equal(a->turns[0].words[0].start / SB_TIME_MS, 1000);
    sb_alignment_free(&a);
}

/* The turn was placed by its stamp, but the evidence denies its second word. */
static void test_denied_words_never_have_a_time(void **state)
{
    sb_alignment *a = alignment_long(1, 3);
    const sb_heard_word heard[] = {{.said = 0.9f}, {.said = SB_SAID_LEAST / 2}, {.said = 0.9f}};
    sb_time start = a->turns[0].start;
    (void)state;

    sb_word_edges_deny(a, heard);
    assert_int_equal(a->turns[0].words[1].status, SB_WORD_NOT_HEARD);
    assert_int_equal(a->turns[0].words[1].start, SB_TIME_NONE);
    assert_int_not_equal(a->turns[0].words[2].status, SB_WORD_NOT_HEARD);
    assert_true(a->turns[0].start == start);
    sb_alignment_free(&a);
}

static void assert_unheard_turn(const sb_aligned_turn *turn)
{
    assert_int_equal(turn->status, SB_TURN_NOT_HEARD);
    assert_true(turn->start == SB_TIME_NONE && turn->end == SB_TIME_NONE);
    assert_true(turn->confidence == 0);
    for (size_t w = 0; w < turn->n_words; w++) {
        assert_int_equal(turn->words[w].status, SB_WORD_NOT_HEARD);
        assert_true(turn->words[w].start == SB_TIME_NONE && turn->words[w].confidence == 0);
    }
}

/* The turn was placed by its stamp or by energy, but the evidence denies all of its words. */
static void test_a_turn_whose_words_are_all_denied_is_not_heard(void **state)
{
    sb_alignment *a = alignment_long(3, 3);
    sb_heard_word heard[9] = {0};
    (void)state;

    for (size_t w = 0; w < 9; w++)
        heard[w].said = w / 3 == 1 || w == 0 ? SB_SAID_LEAST / 2 : 0.9f;
    strcpy(a->turns[1].words[1].text, "-"); /* cannot be heard */
    sb_word_edges_deny(a, heard);
    sb_alignment_settle_unheard(a);
    assert_int_not_equal(a->turns[0].status, SB_TURN_NOT_HEARD);
    assert_unheard_turn(&a->turns[1]);
    assert_int_not_equal(a->turns[2].status, SB_TURN_NOT_HEARD);
    assert_true(a->turns[2].start != SB_TIME_NONE);
    sb_alignment_free(&a);
}

/* A certain turn by energy agrees with a word that was hardly heard. */
static void test_energy_alone_is_never_quite_sure(void **state)
{
    sb_alignment *a = alignment_long(1, 1);
    sb_span spans[] = {{1000 * SB_TIME_MS, 1600 * SB_TIME_MS}};
    const sb_speech speech = {.speech = spans, .n_speech = 1, .hop = 5 * SB_TIME_MS};
    sb_heard_word heard = one_heard('V', 'V');
    const bool keep[] = {false};
    (void)state;

    heard.confidence = 0.2f;
    a->turns[0].start = 1000 * SB_TIME_MS;
    a->turns[0].confidence = 1;
    sb_word_edges_set(a, &speech, &heard, keep);
    assert_true(a->turns[0].confidence > 0.5f && a->turns[0].confidence < 0.9f);
    sb_alignment_free(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_words_that_got_a_place_are_estimated),
        cmocka_unit_test(test_words_of_a_kept_turn_that_were_not_said_are_not_heard),
        cmocka_unit_test(test_words_without_a_place_are_not_heard),
        cmocka_unit_test(test_words_with_evidence_against_them_are_not_heard),
        cmocka_unit_test(test_a_turn_whose_words_are_all_denied_is_not_heard),
        cmocka_unit_test(test_a_word_without_support_is_estimated),
        cmocka_unit_test(test_denied_words_never_have_a_time),
        cmocka_unit_test(test_energy_alone_is_never_quite_sure),
        cmocka_unit_test(test_a_skipped_word_is_placed_at_its_best_fit),
        cmocka_unit_test(test_a_word_between_sure_neighbours_is_not_a_stray),
        cmocka_unit_test(test_words_before_a_sure_start_are_strays),
        cmocka_unit_test(test_edges_at_pauses_belong_to_the_word),
        cmocka_unit_test(test_an_edge_in_silence_moves_to_the_sound),
        cmocka_unit_test(test_a_soft_fricative_may_be_outside_the_speech),
        cmocka_unit_test(test_a_doubtful_word_begins_at_the_onset),
        cmocka_unit_test(test_a_release_after_a_closure_belongs_to_the_stop),
        cmocka_unit_test(test_a_continuing_voice_extends_the_word),
        cmocka_unit_test(test_no_word_crosses_a_pause),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
