#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "align/acoustic/acoustic_aligner.h"
#include "support_alignment.h"

/* A recording of `n_windows` windows, and a text that fills it. */
static sb_pairing judged(size_t n_windows, size_t n_found, double nats, double z, bool stamps_agree)
{
    const sb_anchors anchors = {.n_windows = n_windows, .n_found = n_found, .evidence = nats};
    const sb_evidence evidence = {.z = z};
    const sb_pairing_facts facts = {.anchors = &anchors,
                                    .evidence = &evidence,
                                    .n_words = n_windows * 26,
                                    .n_sayable = n_windows * 26,
                                    .stamps_agree = stamps_agree};
    return sb_pairing_judge(&facts);
}

static void a_text_that_was_heard_is_ok(void **state)
{
    (void)state;
    assert_int_equal(judged(12, 12, 4800, 15, true), SB_PAIRING_OK);
    assert_int_equal(judged(12, 12, 4800, 15, false), SB_PAIRING_OK);
    assert_int_equal(judged(1, 1, 200, 6, false), SB_PAIRING_OK);
}

/* With noise everywhere there are no anchors, but most words fit better than their decoys. */
static void a_text_that_fits_better_than_its_decoy_is_ok(void **state)
{
    (void)state;
    assert_int_equal(judged(5, 0, 0, 8, false), SB_PAIRING_OK);
}

static void weak_evidence_needs_a_second_kind(void **state)
{
    (void)state;
    assert_int_equal(judged(5, 1, 10, 3.5, false), SB_PAIRING_UNSURE);
    assert_int_equal(judged(5, 1, 10, 3.5, true), SB_PAIRING_OK);
    assert_int_equal(judged(5, 2, 60, 3.5, false), SB_PAIRING_OK);
}

static void timestamps_alone_never_make_it_ok(void **state)
{
    (void)state;
    assert_int_equal(judged(2, 0, 0, 0, true), SB_PAIRING_UNSURE);
    assert_int_equal(judged(5, 0, 0, 0.2, true), SB_PAIRING_MISMATCH);
}

static void a_long_text_that_was_not_heard_is_a_mismatch(void **state)
{
    (void)state;
    assert_int_equal(judged(12, 0, 20, 0.2, false), SB_PAIRING_MISMATCH);
    assert_int_equal(judged(165, 20, 217, -1, false), SB_PAIRING_MISMATCH);
}

/* The same people say the same sentences in another recording. */
static void a_few_phrases_in_a_long_recording_are_never_ok(void **state)
{
    (void)state;
    assert_int_not_equal(judged(60, 6, 700, 6, true), SB_PAIRING_OK);
}

/* In a language that the model hardly knows, few windows match, but the words between them fit too. */
static void evidence_between_the_phrases_may_be_enough(void **state)
{
    (void)state;
    const sb_anchors anchors = {.n_windows = 11, .n_found = 2, .evidence = 87};
    const sb_evidence evidence = {.z = 4.7};
    sb_pairing_facts facts = {
        .anchors = &anchors, .evidence = &evidence, .n_words = 227, .n_sayable = 227, .stamps_agree = true};
    assert_int_equal(sb_pairing_judge(&facts), SB_PAIRING_UNSURE);
    facts.z_elsewhere = 3.8;
    assert_int_equal(sb_pairing_judge(&facts), SB_PAIRING_OK);
    facts.stamps_agree = false;
    assert_int_equal(sb_pairing_judge(&facts), SB_PAIRING_UNSURE);
}

static void a_short_text_that_was_not_heard_is_unsure(void **state)
{
    (void)state;
    assert_int_equal(judged(2, 0, 0, 0.2, false), SB_PAIRING_UNSURE);
    assert_int_equal(judged(1, 0, 0, -2, false), SB_PAIRING_UNSURE);
}

static void words_without_pronunciation_do_not_count_against_a_pair(void **state)
{
    (void)state;
    const sb_anchors anchors = {.n_windows = 5};
    const sb_evidence evidence = {0};
    sb_pairing_facts facts = {.anchors = &anchors, .evidence = &evidence, .n_words = 140, .n_sayable = 10};
    assert_int_equal(sb_pairing_judge(&facts), SB_PAIRING_UNSURE);
    facts.n_sayable = 130;
    assert_int_equal(sb_pairing_judge(&facts), SB_PAIRING_MISMATCH);
}

static sb_pairing reviewed(sb_pairing first, size_t n_words, size_t n_denied, sb_status expected)
{
    sb_alignment *a = alignment_long(1, n_words);
    sb_error err = {0};
    a->pairing = first;
    for (size_t w = 0; w < n_denied; w++)
        a->turns[0].words[w].status = SB_WORD_NOT_HEARD;
    assert_int_equal(sb_verdict_review(a, expected == SB_OK, &err), expected);
    sb_pairing pairing = a->pairing;
    sb_alignment_free(&a);
    return pairing;
}

/* All words together may decide what the sample leaves open. */
static void most_words_denied_make_an_unsure_pair_a_mismatch(void **state)
{
    (void)state;
    assert_int_equal(reviewed(SB_PAIRING_UNSURE, 70, 40, SB_ERR_MISMATCH), SB_PAIRING_MISMATCH);
    assert_int_equal(reviewed(SB_PAIRING_UNSURE, 70, 40, SB_OK), SB_PAIRING_MISMATCH);
    assert_int_equal(reviewed(SB_PAIRING_UNSURE, 70, 30, SB_OK), SB_PAIRING_UNSURE);
    assert_int_equal(reviewed(SB_PAIRING_UNSURE, 40, 40, SB_OK), SB_PAIRING_UNSURE);
    assert_int_equal(reviewed(SB_PAIRING_OK, 70, 40, SB_OK), SB_PAIRING_OK);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_text_that_was_heard_is_ok),
        cmocka_unit_test(a_text_that_fits_better_than_its_decoy_is_ok),
        cmocka_unit_test(weak_evidence_needs_a_second_kind),
        cmocka_unit_test(timestamps_alone_never_make_it_ok),
        cmocka_unit_test(a_long_text_that_was_not_heard_is_a_mismatch),
        cmocka_unit_test(a_few_phrases_in_a_long_recording_are_never_ok),
        cmocka_unit_test(evidence_between_the_phrases_may_be_enough),
        cmocka_unit_test(a_short_text_that_was_not_heard_is_unsure),
        cmocka_unit_test(words_without_pronunciation_do_not_count_against_a_pair),
        cmocka_unit_test(most_words_denied_make_an_unsure_pair_a_mismatch),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
