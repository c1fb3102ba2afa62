#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "support_cut.h"
#include "support_quote.h"

static void a_long_pause_gives_the_full_padding(void **state)
{
    sb_alignment *a = cut_three_turns(1000);
    sb_match m = cut_match_of(a, 1, 0, 3);
    sb_cut cut = cut_default(a, &m);

    (void)state;
    assert_cut(cut, 2850, 3000, 4000, 4300);
    assert_int_equal(quote_ms(cut.fade_in), 10);
    assert_int_equal(quote_ms(cut.fade_out), 10);
    assert_int_equal(cut.warnings, 0);
    sb_alignment_free(&a);
}

static void a_short_pause_gives_less_padding(void **state)
{
    sb_alignment *a = cut_three_turns(300);
    sb_match m = cut_match_of(a, 1, 0, 3);

    (void)state;
    assert_cut(cut_default(a, &m), 2150, 2300, 3300, 3520);
    assert_cut(cut_with(a, &m, 100, 100), 2200, 2300, 3300, 3400);
    assert_cut(cut_with(a, &m, 0, 0), 2300, 2300, 3300, 3300);
    sb_alignment_free(&a);
}

static void a_very_short_pause_is_shared(void **state)
{
    sb_alignment *a = cut_three_turns(100);
    sb_match m = cut_match_of(a, 1, 0, 3);

    (void)state;
    assert_cut(cut_with(a, &m, 150, 150), 2050, 2100, 3100, 3150);
    sb_alignment_free(&a);
}

static void padding_never_reaches_the_neighbour(void **state)
{
    (void)state;
    for (int gap = 50; gap < 900; gap += 50) {
        sb_alignment *a = cut_three_turns(gap);
        sb_match m = cut_match_of(a, 1, 0, 3);
        for (int asked = 0; asked < 2000; asked += 250) {
            sb_cut cut = cut_with(a, &m, asked, 2000 - asked);
            assert_true(cut.span.start >= a->speech[0].end + 10 * SB_TIME_MS);
            assert_true(cut.span.end <= a->speech[2].start - 10 * SB_TIME_MS);
            assert_true(cut.span.start <= a->speech[1].start && cut.span.end >= a->speech[1].end);
            assert_int_equal(cut.warnings, 0);
        }
        sb_alignment_free(&a);
    }
}

static void padding_stays_within_the_file(void **state)
{
    sb_alignment *a = cut_three_turns(1000);
    sb_match first = cut_match_of(a, 0, 0, 3), last = cut_match_of(a, 2, 0, 3);

    (void)state;
    a->audio.duration = 6200 * SB_TIME_MS;
    assert_cut(cut_with(a, &first, 5000, 0), 0, 1000, 2000, 2000);
    assert_cut(cut_with(a, &last, 0, 5000), 5000, 5000, 6000, 6200);
    sb_alignment_free(&a);
}

static void huge_padding_does_not_overflow(void **state)
{
    sb_alignment *a = cut_three_turns(1000);
    sb_match m = cut_match_of(a, 1, 0, 3);
    sb_cut_params params = {.lead = INT64_MAX, .tail = INT64_MAX, .fade = INT64_MAX};
    sb_cut cut;

    (void)state;
    assert_int_equal(sb_match_cut(&cut, a, &m, &params, NULL), SB_OK);
    assert_cut(cut, 2080, 3000, 4000, 4920);
    assert_int_equal(quote_ms(cut.fade_in), 920);
    sb_alignment_free(&a);
}

static void a_cut_in_running_speech_is_at_the_word_and_says_so(void **state)
{
    sb_alignment *a = cut_three_turns(1000);
    sb_match m = cut_match_of(a, 1, 1, 2);
    sb_cut cut = cut_default(a, &m);

    (void)state;
    assert_cut(cut, 3250, 3250, 3750, 3750);
    assert_int_equal(cut.warnings, SB_CUT_NO_PAUSE_BEFORE | SB_CUT_NO_PAUSE_AFTER);
    assert_int_equal(quote_ms(cut.fade_in), 2);
    assert_int_equal(quote_ms(cut.fade_out), 2);
    a->turns[1].words[1].status = SB_WORD_ESTIMATED;
    cut = cut_default(a, &m);
    assert_int_equal(cut.warnings, SB_CUT_NO_PAUSE_BEFORE | SB_CUT_NO_PAUSE_AFTER | SB_CUT_ESTIMATED_START);
    sb_alignment_free(&a);
}

static void an_estimated_edge_at_a_pause_is_good(void **state)
{
    sb_alignment *a = cut_three_turns(1000);
    sb_match m = cut_match_of(a, 1, 0, 3);

    (void)state;
    for (size_t w = 0; w < 4; w++)
        a->turns[1].words[w].status = SB_WORD_ESTIMATED;
    assert_int_equal(cut_default(a, &m).warnings, 0);
    sb_alignment_free(&a);
}

static void a_late_word_time_keeps_the_sound_before_it(void **state)
{
    sb_alignment *a = cut_three_turns(1000);

    (void)state;
    quote_set_word(a, 1, 0, 3120, 3250, SB_WORD_ALIGNED);
    quote_set_word(a, 1, 3, 3750, 3900, SB_WORD_ALIGNED);
    sb_match m = cut_match_of(a, 1, 0, 3);
    assert_cut(cut_default(a, &m), 2850, 3000, 4000, 4300);
    sb_alignment_free(&a);
}

/* The word ends where a person marks it; the voice fades in the room for 300 ms more. */
static void a_slow_decay_is_kept_whole(void **state)
{
    sb_alignment *a = cut_three_turns(1000);

    (void)state;
    quote_set_word(a, 1, 3, 3500, 3700, SB_WORD_ALIGNED);
    sb_match m = cut_match_of(a, 1, 0, 3);
    sb_cut cut = cut_default(a, &m);
    assert_cut(cut, 2850, 3000, 4000, 4300);
    assert_int_equal(cut.warnings, 0);
    sb_alignment_free(&a);
}

static void a_word_time_in_the_pause_stands(void **state)
{
    sb_alignment *a = cut_three_turns(1000);

    (void)state;
    quote_set_word(a, 1, 0, 2960, 3250, SB_WORD_ALIGNED);
    a->turns[1].start = 2960 * SB_TIME_MS;
    sb_match m = cut_match_of(a, 1, 0, 3);
    assert_cut(cut_default(a, &m), 2810, 2960, 4000, 4300);
    sb_alignment_free(&a);
}

static void a_burst_after_a_closure_belongs_to_the_word(void **state)
{
    sb_alignment *a = quote_alignment(SB_METHOD_ACOUSTIC);

    (void)state;
    quote_add_turn(a, "A", 1000, 2000, "we want it");
    quote_add_turn(a, "B", 3000, 4000, "yes");
    quote_add_speech(a, 1000, 1990);
    quote_add_speech(a, 2050, 2090);
    quote_add_speech(a, 3000, 4000);
    sb_match m = cut_match_of(a, 0, 0, 2);
    assert_cut(cut_default(a, &m), 850, 1000, 2090, 2390);
    sb_alignment_free(&a);
}

static void a_breath_in_the_pause_is_not_cut_through(void **state)
{
    sb_alignment *a = cut_three_turns(1000);
    sb_match m = cut_match_of(a, 1, 0, 3);

    (void)state;
    quote_add_speech(a, 0, 0);
    memmove(a->speech + 2, a->speech + 1, 2 * sizeof *a->speech);
    a->speech[1] = (sb_span){2600 * SB_TIME_MS, 2880 * SB_TIME_MS};
    sb_cut cut = cut_default(a, &m);
    assert_true(cut.span.start >= a->speech[1].end);
    assert_int_equal(quote_ms(cut.span.start), 2960);
    sb_alignment_free(&a);
}

static void a_soft_ending_of_the_neighbour_is_left_out(void **state)
{
    sb_alignment *a = cut_three_turns(300);
    sb_match m = cut_match_of(a, 1, 0, 3);

    (void)state;
    quote_set_word(a, 0, 3, 1750, 2060, SB_WORD_ALIGNED);
    a->turns[0].end = 2060 * SB_TIME_MS;
    sb_cut cut = cut_default(a, &m);
    assert_int_equal(quote_ms(cut.span.start), 2150);
    sb_alignment_free(&a);
}

static void estimated_words_across_a_pause_move_to_it(void **state)
{
    sb_alignment *a = quote_alignment(SB_METHOD_ENERGY);

    (void)state;
    quote_add_turn(a, "A", 1000, 3000, "one two, three four.");
    for (size_t w = 0; w < 4; w++)
        a->turns[0].words[w].status = SB_WORD_ESTIMATED;
    quote_add_speech(a, 1000, 1850);
    quote_add_speech(a, 1950, 3000);
    sb_match early = cut_match_of(a, 0, 0, 1), late = cut_match_of(a, 0, 2, 3);
    sb_cut cut = cut_default(a, &early);
    assert_int_equal(quote_ms(cut.speech.end), 1850);
    assert_int_equal(cut.warnings, SB_CUT_ESTIMATED_END);
    assert_true(cut.span.end <= 1950 * SB_TIME_MS);
    cut = cut_default(a, &late);
    assert_int_equal(quote_ms(cut.speech.start), 1950);
    assert_int_equal(cut.warnings, SB_CUT_ESTIMATED_START);
    assert_true(cut.span.start >= 1850 * SB_TIME_MS);
    sb_alignment_free(&a);
}

static void overlapping_words_give_a_warning(void **state)
{
    sb_alignment *a = cut_three_turns(1000);
    sb_match m = cut_match_of(a, 1, 0, 3);

    (void)state;
    m.speaker = a->turns[1].speaker;
    quote_add_turn(a, a->turns[1].speaker, 3300, 3500, "so");
    assert_int_equal(cut_default(a, &m).warnings, 0);
    quote_add_turn(a, "C", 3400, 3600, "mm-hm");
    assert_int_equal(cut_default(a, &m).warnings, SB_CUT_OVERLAP);
    a->pairing = SB_PAIRING_UNSURE;
    assert_int_equal(cut_default(a, &m).warnings, SB_CUT_OVERLAP | SB_CUT_UNSURE_PAIRING);
    sb_alignment_free(&a);
}

static void an_uncertain_match_gives_a_warning(void **state)
{
    sb_alignment *a = cut_three_turns(1000);

    (void)state;
    sb_match m = cut_match_of(a, 1, 0, 3);
    m.n_not_heard = 1;
    m.confidence = 0.2F;
    assert_int_equal(cut_default(a, &m).warnings, SB_CUT_WORDS_NOT_HEARD | SB_CUT_LOW_CONFIDENCE);
    sb_alignment_free(&a);
}

static void without_a_speech_list_pauses_are_unknown(void **state)
{
    sb_alignment *a = quote_alignment(SB_METHOD_ACOUSTIC);

    (void)state;
    quote_add_turn(a, "A", 1000, 2000, "one two");
    quote_add_turn(a, "B", 2100, 3000, "three four");
    sb_match m = cut_match_of(a, 0, 0, 1);
    sb_cut cut = cut_default(a, &m);
    assert_cut(cut, 1000, 1000, 2000, 2050);
    assert_int_equal(cut.warnings, SB_CUT_NO_PAUSE_BEFORE | SB_CUT_NO_PAUSE_AFTER);
    sb_alignment_free(&a);
}

static void one_word_over_a_pause_keeps_its_own_times(void **state)
{
    sb_alignment *a = quote_alignment(SB_METHOD_ENERGY);

    (void)state;
    quote_add_turn(a, "A", 1000, 1900, "one two three");
    for (size_t w = 0; w < 3; w++)
        a->turns[0].words[w].status = SB_WORD_ESTIMATED;
    quote_add_speech(a, 1000, 1380);
    quote_add_speech(a, 1520, 1900);
    sb_match m = cut_match_of(a, 0, 1, 1);
    sb_cut cut = cut_default(a, &m);
    assert_cut(cut, 1300, 1300, 1600, 1600);
    assert_true(cut.warnings & SB_CUT_ESTIMATED_START && cut.warnings & SB_CUT_ESTIMATED_END);
    sb_alignment_free(&a);
}

static void a_match_across_turns_is_cut_as_one(void **state)
{
    sb_alignment *a = cut_three_turns(400);
    sb_match m = cut_match_of(a, 0, 2, 3);

    (void)state;
    m.last_turn = 2;
    m.span.end = a->turns[2].words[3].end;
    assert_cut(cut_default(a, &m), 1500, 1500, 4800, 5100);
    sb_alignment_free(&a);
}

static void assert_refused(const sb_alignment *a, const sb_match *match, const sb_cut_params *params,
                           const char *part)
{
    sb_cut cut;
    sb_error err = {0};

    assert_int_equal(sb_match_cut(&cut, a, match, params, &err), SB_ERR_ARGUMENT);
    assert_int_equal(cut.span.end, 0);
    if (!strstr(err.message, part))
        fail_msg("'%s' does not have '%s'", err.message, part);
}

static void a_match_without_times_is_refused(void **state)
{
    sb_alignment *a = cut_three_turns(400);
    sb_match m = cut_match_of(a, 0, 0, 3);
    sb_cut_params negative = {.lead = -1};

    (void)state;
    assert_refused(a, &m, &negative, "negative");
    m.span.end = m.span.start;
    assert_refused(a, &m, NULL, "no times");
    m.span = (sb_span){SB_TIME_NONE, SB_TIME_NONE};
    assert_refused(a, &m, NULL, "no times");
    sb_alignment_free(&a);
}

static void each_warning_has_a_sentence(void **state)
{
    unsigned warnings = SB_CUT_NO_PAUSE_AFTER | SB_CUT_OVERLAP;

    (void)state;
    assert_non_null(strstr(sb_cut_warning_text(warnings, 0), "after the last word"));
    assert_non_null(strstr(sb_cut_warning_text(warnings, 1), "another speaker"));
    assert_null(sb_cut_warning_text(warnings, 2));
    assert_null(sb_cut_warning_text(0, 0));
    warnings = SB_CUT_NO_PAUSE_AFTER | SB_CUT_ESTIMATED_END;
    assert_non_null(strstr(sb_cut_warning_text(warnings, 0), "the end is inside running speech"));
    assert_null(sb_cut_warning_text(warnings, 1));
    for (unsigned bit = 1; bit <= SB_CUT_PART_OF_NUMBER; bit <<= 1)
        assert_non_null(sb_cut_warning_text(bit, 0));
}

/* "so take | part": 40 ms of silence may be a plosive, 80 ms are a pause. */
static void a_closure_between_words_is_no_pause(void **state)
{
    (void)state;
    for (int silence = 40; silence <= 80; silence += 40) {
        sb_alignment *a = quote_alignment(SB_METHOD_ACOUSTIC);
        quote_add_turn(a, "A", 1000, 2000, "so take part now");
        quote_add_speech(a, 1000, 1500 - silence / 2);
        quote_add_speech(a, 1500 + silence / 2, 2000);
        sb_match before = cut_match_of(a, 0, 0, 1), after = cut_match_of(a, 0, 2, 3);
        sb_cut cut = cut_default(a, &before);
        assert_in_range(quote_ms(cut.span.end), 1500 - silence / 2, 1500 + silence / 2);
        assert_int_equal(cut.warnings, silence < 60 ? SB_CUT_NO_PAUSE_AFTER : 0);
        cut = cut_default(a, &after);
        assert_in_range(quote_ms(cut.span.start), 1500 - silence / 2, 1500 + silence / 2);
        assert_int_equal(cut.warnings, silence < 60 ? SB_CUT_NO_PAUSE_BEFORE : 0);
        sb_alignment_free(&a);
    }
}

static void the_cut_says_what_padding_was_asked_for(void **state)
{
    sb_alignment *a = cut_three_turns(500);
    sb_match m = cut_match_of(a, 1, 0, 3);
    sb_cut cut = cut_with(a, &m, 2000, 100);
    (void)state;
    assert_int_equal(quote_ms(cut.asked_lead), 2000);
    assert_true(cut.speech.start - cut.span.start < 500 * SB_TIME_MS);
    assert_int_equal(quote_ms(cut.asked_tail), 100);
    sb_alignment_free(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_closure_between_words_is_no_pause),
        cmocka_unit_test(a_long_pause_gives_the_full_padding),
        cmocka_unit_test(a_short_pause_gives_less_padding),
        cmocka_unit_test(a_very_short_pause_is_shared),
        cmocka_unit_test(padding_never_reaches_the_neighbour),
        cmocka_unit_test(padding_stays_within_the_file),
        cmocka_unit_test(huge_padding_does_not_overflow),
        cmocka_unit_test(a_cut_in_running_speech_is_at_the_word_and_says_so),
        cmocka_unit_test(an_estimated_edge_at_a_pause_is_good),
        cmocka_unit_test(a_late_word_time_keeps_the_sound_before_it),
        cmocka_unit_test(a_slow_decay_is_kept_whole),
        cmocka_unit_test(a_word_time_in_the_pause_stands),
        cmocka_unit_test(a_burst_after_a_closure_belongs_to_the_word),
        cmocka_unit_test(a_breath_in_the_pause_is_not_cut_through),
        cmocka_unit_test(a_soft_ending_of_the_neighbour_is_left_out),
        cmocka_unit_test(estimated_words_across_a_pause_move_to_it),
        cmocka_unit_test(overlapping_words_give_a_warning),
        cmocka_unit_test(an_uncertain_match_gives_a_warning),
        cmocka_unit_test(without_a_speech_list_pauses_are_unknown),
        cmocka_unit_test(one_word_over_a_pause_keeps_its_own_times),
        cmocka_unit_test(a_match_across_turns_is_cut_as_one),
        cmocka_unit_test(a_match_without_times_is_refused),
        cmocka_unit_test(each_warning_has_a_sentence),
        cmocka_unit_test(the_cut_says_what_padding_was_asked_for),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
