#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>

#include <cmocka.h>

#include "align/words/words.h"
#include "support_alignment.h"

#define MOST 24

/* Words of five letters, each 350 ms. Words [first, end) are denied with these log-odds; the others were
 * heard, and the pause left between them has `room` of speech. */
typedef struct scene {
    sb_alignment *a;
    sb_heard_word heard[MOST];
    sb_span span;
    sb_speech speech;
} scene;

static void make(scene *s, size_t n, size_t first, size_t end, float odds, sb_time room)
{
    sb_time at = 0;
    *s = (scene){.a = alignment_long(1, n)};
    for (size_t w = 0; w < n; w++) {
        bool denied = w >= first && w < end;
        s->heard[w] =
            (sb_heard_word){.said = denied ? 0.05F : 1, .odds = denied ? odds : 2, .heard = !denied};
        if (w == end)
            at += room;
        s->heard[w].span = denied ? (sb_span){0, 0} : (sb_span){at, at + 350 * SB_TIME_MS};
        at += denied ? 0 : 350 * SB_TIME_MS;
    }
    s->span = (sb_span){0, at};
    s->a->audio.duration = at;
    s->speech = (sb_speech){.speech = &s->span, .n_speech = 1};
    assert_true(n <= MOST && n < 10);
}

static size_t n_denied(scene *s, size_t n)
{
    size_t denied = 0;
    assert_int_equal(sb_denials_review(s->heard, s->a, &s->speech, NULL), SB_OK);
    for (size_t w = 0; w < n; w++)
        denied += s->heard[w].said < SB_SAID_LEAST;
    sb_alignment_free(&s->a);
    return denied;
}

/* As a misheard name does to the words around it. */
static void test_weak_evidence_denies_nothing_that_has_room(void **state)
{
    scene s;
    (void)state;
    make(&s, 9, 2, 8, -2, 2100 * SB_TIME_MS);
    assert_int_equal(n_denied(&s, 9), 0);
}

static void test_strong_evidence_denies_words_although_something_was_said(void **state)
{
    scene s;
    (void)state;
    make(&s, 9, 2, 8, -4, 2100 * SB_TIME_MS);
    assert_int_equal(n_denied(&s, 9), 6);
}

static void test_words_without_room_were_not_said(void **state)
{
    scene s;
    (void)state;
    make(&s, 9, 2, 8, -2.5F, 50 * SB_TIME_MS);
    assert_int_equal(n_denied(&s, 9), 6);
}

/* The sentence was written twice, and the words after it were not understood. */
static void test_words_that_fit_the_room_are_not_denied_with_their_neighbours(void **state)
{
    scene s;
    (void)state;
    make(&s, 9, 1, 8, -1, 750 * SB_TIME_MS);
    for (size_t w = 1; w < 6; w++)
        s.heard[w].odds = -3.5F;
    assert_int_equal(sb_denials_review(s.heard, s.a, &s.speech, NULL), SB_OK);
    assert_true(s.heard[1].said < SB_SAID_LEAST && s.heard[5].said < SB_SAID_LEAST);
    assert_true(s.heard[6].said >= SB_SAID_LEAST && s.heard[7].said >= SB_SAID_LEAST);
    sb_alignment_free(&s.a);
}

static void test_an_uncertain_pair_is_left_alone(void **state)
{
    scene s;
    (void)state;
    make(&s, 9, 2, 8, -2, 2100 * SB_TIME_MS);
    s.a->pairing = SB_PAIRING_UNSURE;
    assert_int_equal(n_denied(&s, 9), 6);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_weak_evidence_denies_nothing_that_has_room),
        cmocka_unit_test(test_strong_evidence_denies_words_although_something_was_said),
        cmocka_unit_test(test_words_without_room_were_not_said),
        cmocka_unit_test(test_words_that_fit_the_room_are_not_denied_with_their_neighbours),
        cmocka_unit_test(test_an_uncertain_pair_is_left_alone),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
