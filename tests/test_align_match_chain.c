#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "align/anchors/anchors.h"
#include "support_memory.h"

#define WORDS 10
#define WORD  (380 * SB_TIME_MS) /* of sound, as expected by the chain */

/* Ten words from `word` on, spoken from `at_s` on. */
typedef struct sample {
    sb_window_match match;
    sb_anchor words[WORDS];
} sample;

static void set(sample *s, uint32_t word, double at_s, float evidence)
{
    for (uint32_t i = 0; i < WORDS; i++) {
        sb_time start = sb_time_from_seconds(at_s) + i * WORD;
        s->words[i] = (sb_anchor){word + i, {start, start + WORD}};
    }
    s->match = (sb_window_match){evidence, s->words, WORDS};
}

static sb_anchors chain_by(const sample *samples, size_t n, const sb_word_stamp *stamps)
{
    const sb_window_match *matches[16] = {NULL};
    sb_anchors out = {0};
    for (size_t i = 0; i < n; i++)
        matches[i] = &samples[i].match;
    assert_true(sb_match_chain(&out, matches, n, &(sb_chain_prior){.stamps = stamps}));
    for (size_t i = 1; i < out.n_items; i++) {
        assert_true(out.items[i].word > out.items[i - 1].word);
        assert_true(out.items[i].span.start > out.items[i - 1].span.start);
    }
    return out;
}

static sb_anchors chain(const sample *samples, size_t n)
{
    return chain_by(samples, n, NULL);
}

static bool has_word(const sb_anchors *a, uint32_t word)
{
    for (size_t i = 0; i < a->n_items; i++)
        if (a->items[i].word == word)
            return true;
    return false;
}

static void no_matches_give_no_chain(void **state)
{
    (void)state;
    sb_anchors a = chain(NULL, 0);
    assert_int_equal(a.n_items, 0);
    assert_int_equal(a.n_found, 0);
    assert_true(a.evidence == 0);
    sb_anchors_finish(&a);
}

static void matches_in_a_row_are_all_taken(void **state)
{
    sample s[4];
    (void)state;
    for (uint32_t i = 0; i < 4; i++)
        set(&s[i], 26 * i, 10.0 * i, 100);
    sb_anchors a = chain(s, 4);
    assert_int_equal(a.n_found, 4);
    assert_true(a.evidence > 399.9 && a.evidence < 400.1);
    for (uint32_t i = 0; i < 4; i++)
        assert_true(has_word(&a, 26 * i + 5));
    sb_anchors_finish(&a);
}

static void matches_against_the_text_order_are_left_out(void **state)
{
    sample s[4];
    (void)state;
    set(&s[0], 0, 0, 100);
    set(&s[1], 500, 10, 90); /* a passage said twice, or chance */
    set(&s[2], 52, 20, 100);
    set(&s[3], 78, 30, 100);
    sb_anchors a = chain(s, 4);
    assert_int_equal(a.n_found, 3);
    assert_false(has_word(&a, 505));
    sb_anchors_finish(&a);
}

static void the_chain_with_the_most_evidence_wins(void **state)
{
    sample s[3];
    (void)state;
    set(&s[0], 500, 0, 100);
    set(&s[1], 0, 10, 80);
    set(&s[2], 26, 20, 80);
    sb_anchors a = chain(s, 3);
    assert_int_equal(a.n_found, 2);
    assert_false(has_word(&a, 505));
    set(&s[0], 500, 0, 300);
    sb_anchors_finish(&a);
    a = chain(s, 3);
    assert_int_equal(a.n_found, 1);
    assert_true(has_word(&a, 505));
    sb_anchors_finish(&a);
}

/* The first match continues for four words into a part that was said 20 s later and belongs to the second. */
static void words_claimed_by_two_matches_get_no_anchor(void **state)
{
    sample s[2];
    (void)state;
    set(&s[0], 0, 0, 200);
    set(&s[1], 6, 20, 200);
    sb_anchors a = chain(s, 2);
    assert_int_equal(a.n_found, 2);
    assert_true(has_word(&a, 5) && has_word(&a, 10));
    for (uint32_t word = 6; word < 10; word++)
        assert_false(has_word(&a, word));
    assert_true(a.evidence > 270 && a.evidence < 320);
    sb_anchors_finish(&a);
}

static void a_jump_needs_enough_evidence(void **state)
{
    sample s[2];
    (void)state;
    set(&s[0], 0, 0, 200);
    set(&s[1], 26, 300, 200); /* an ad of minutes, but the match has much evidence */
    sb_anchors a = chain(s, 2);
    assert_int_equal(a.n_found, 2);
    assert_true(a.evidence > 200 && a.evidence < 400);
    sb_anchors_finish(&a);
    set(&s[1], 26, 300, 5);
    a = chain(s, 2);
    assert_int_equal(a.n_found, 1);
    assert_true(a.evidence > 199.9 && a.evidence < 200.1);
    sb_anchors_finish(&a);
    set(&s[1], 5000, 14, 5); /* text was left out */
    a = chain(s, 2);
    assert_int_equal(a.n_found, 1);
    sb_anchors_finish(&a);
}

static void matches_of_the_same_sound_exclude_each_other(void **state)
{
    sample s[2];
    (void)state;
    set(&s[0], 0, 0, 100);
    set(&s[1], 26, 2, 120);
    sb_anchors a = chain(s, 2);
    assert_int_equal(a.n_found, 1);
    assert_true(has_word(&a, 30));
    sb_anchors_finish(&a);
}

/* Stamps in which each word of half a minute of text is `offset_s` before its first place in the sound. */
static const sb_word_stamp *stamps_at(double offset_s)
{
    static sb_word_stamp stamps[200];
    for (size_t w = 0; w < 200; w++)
        stamps[w] = (sb_word_stamp){sb_time_from_seconds(offset_s) + (sb_time)w * WORD, SB_TIME_MS};
    return stamps;
}

/* The text has half a minute that is twice in the sound. The second place fits slightly better. */
static void stamps_decide_between_two_places(void **state)
{
    static const double offsets[] = {0, 300};
    (void)state;
    for (size_t which = 0; which < 2; which++) {
        sample s[6];
        for (uint32_t i = 0; i < 6; i++)
            set(&s[i], 26 * (i % 3), (i < 3 ? 0 : 300) + 10.0 * (i % 3), i < 3 ? 100 : 140);
        sb_anchors a = chain_by(s, 6, stamps_at(offsets[which]));
        assert_int_equal(a.n_found, 3);
        assert_true(a.items[0].span.start >= sb_time_from_seconds(offsets[which]));
        assert_true(a.items[a.n_items - 1].span.end <= sb_time_from_seconds(offsets[which] + 30));
        sb_anchors_finish(&a);
    }
}

/* Stamps that are 37 s late belong to the nearer of two places. */
static void the_smaller_offset_is_preferred(void **state)
{
    sample s[6];
    (void)state;
    for (uint32_t i = 0; i < 6; i++)
        set(&s[i], 26 * (i % 3), (i < 3 ? 0 : 300) + 10.0 * (i % 3), i < 3 ? 100 : 140);
    sb_anchors a = chain_by(s, 6, stamps_at(37));
    assert_true(a.items[0].span.start < 10 * SB_TIME_SECOND);
    sb_anchors_finish(&a);
}

/* A window that was skipped, because the places before and after it agree, is no evidence for another
 * place. */
static void trusted_passages_count_as_heard(void **state)
{
    sample s[5];
    sb_time expected[200];
    sb_span trusted = {300 * SB_TIME_SECOND, 330 * SB_TIME_SECOND};
    const sb_window_match *matches[5];
    const sb_chain_prior prior = {stamps_at(300), expected};
    sb_anchors a = {.trusted = &trusted, .n_trusted = 1};
    (void)state;
    for (size_t w = 0; w < 200; w++)
        expected[w] = 300 * SB_TIME_SECOND + (sb_time)w * WORD;
    for (uint32_t i = 0; i < 3; i++)
        set(&s[i], 26 * i, 10.0 * i, 100);
    set(&s[3], 0, 300, 100);
    set(&s[4], 52, 320, 100);
    for (size_t i = 0; i < 5; i++)
        matches[i] = &s[i].match;
    assert_true(sb_match_chain(&a, matches, 5, &prior));
    assert_int_equal(a.n_found, 2);
    assert_true(a.items[0].span.start >= 300 * SB_TIME_SECOND);
    free(a.items);
}

static void stamps_excuse_a_long_silence(void **state)
{
    sb_word_stamp stamps[200];
    sample s[2];
    (void)state;
    for (size_t w = 0; w < 200; w++)
        stamps[w] = (sb_word_stamp){(sb_time)w * WORD + (w < 26 ? 0 : 90 * SB_TIME_SECOND), 0};
    set(&s[0], 0, 0, 100);
    set(&s[1], 26, 99.88, 30);
    sb_anchors a = chain_by(s, 2, stamps);
    assert_int_equal(a.n_found, 2);
    sb_anchors_finish(&a);
    a = chain(s, 2);
    assert_int_equal(a.n_found, 1);
    sb_anchors_finish(&a);
}

/* Ten minutes of a trusted stretch, heard where they are expected at both ends. In the middle three words of
 * the first minute are found by chance, with much evidence for each. */
static void words_elsewhere_in_a_trusted_stretch_confirm_nothing(void **state)
{
    enum { N = 1700 };
    sample s[3];
    sb_time expected[N];
    sb_span trusted = {0, 640 * SB_TIME_SECOND};
    sb_anchors a = {.trusted = &trusted, .n_trusted = 1};
    const sb_window_match *matches[] = {&s[0].match, &s[1].match, &s[2].match};
    (void)state;
    for (size_t w = 0; w < N; w++)
        expected[w] = (sb_time)w * WORD;
    set(&s[0], 0, 0, 30);
    set(&s[1], 100, 200, 40);
    s[1].match.n_words = 3;
    set(&s[2], 1600, 608, 90);
    assert_true(sb_match_chain(&a, matches, 3, &(sb_chain_prior){.expected = expected}));
    assert_false(has_word(&a, 101));
    assert_true(has_word(&a, 5));
    assert_true(has_word(&a, 1605));
    free(a.items);
}

static void every_allocation_may_fail(void **state)
{
    sample s;
    const sb_window_match *matches[] = {&s.match};
    bool refused = true;
    (void)state;
    set(&s, 0, 0, 100);
    for (size_t n = 0; refused; n++) {
        sb_anchors a = {0};
        memory_fail_from(n);
        bool made = sb_match_chain(&a, matches, 1, &(sb_chain_prior){0});
        refused = memory_fail_end();
        assert_int_equal(made, !refused);
        sb_anchors_finish(&a);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(no_matches_give_no_chain),
        cmocka_unit_test(matches_in_a_row_are_all_taken),
        cmocka_unit_test(matches_against_the_text_order_are_left_out),
        cmocka_unit_test(the_chain_with_the_most_evidence_wins),
        cmocka_unit_test(words_claimed_by_two_matches_get_no_anchor),
        cmocka_unit_test(a_jump_needs_enough_evidence),
        cmocka_unit_test(matches_of_the_same_sound_exclude_each_other),
        cmocka_unit_test(stamps_decide_between_two_places),
        cmocka_unit_test(the_smaller_offset_is_preferred),
        cmocka_unit_test(trusted_passages_count_as_heard),
        cmocka_unit_test(stamps_excuse_a_long_silence),
        cmocka_unit_test(words_elsewhere_in_a_trusted_stretch_confirm_nothing),
        cmocka_unit_test(every_allocation_may_fail),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
