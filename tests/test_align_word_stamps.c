#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>

#include <cmocka.h>

#include "align/stamps/stamps.h"
#include "support_alignment.h"

#define S       SB_TIME_SECOND
#define N_TURNS 4
#define N_EACH  4

static sb_alignment *stamped(const sb_time *stamps)
{
    sb_alignment *a = alignment_long(N_TURNS, N_EACH);
    a->transcript.resolution = S;
    for (size_t t = 0; t < N_TURNS; t++)
        a->turns[t].stamp = stamps[t];
    return a;
}

static void words_are_spread_between_their_stamp_and_the_next(void **state)
{
    static const sb_time stamps[N_TURNS] = {10 * S, 10 * S + S / 2, 40 * S, 100 * S};
    sb_word_stamp words[N_TURNS * N_EACH];
    sb_alignment *a = stamped(stamps);
    (void)state;
    sb_word_stamps_make(words, a);
    for (size_t w = 0; w < N_TURNS * N_EACH; w++) {
        size_t turn = w / N_EACH;
        assert_true(words[w].at >= stamps[turn]);
        assert_true(turn + 1 == N_TURNS || words[w].at < stamps[turn + 1]);
        assert_true(w % N_EACH == 0 ? words[w].at == stamps[turn] && words[w].give == S
                                    : words[w].at > words[w - 1].at && words[w].give > words[w - 1].give);
    }
    assert_true(words[2 * N_EACH + 3].at < 45 * S); /* not spread over the whole minute */
    sb_alignment_free(&a);
}

static void turns_without_a_stamp_continue_the_previous_turn(void **state)
{
    static const sb_time stamps[N_TURNS] = {SB_TIME_NONE, 10 * S, SB_TIME_NONE, 40 * S};
    sb_word_stamp words[N_TURNS * N_EACH];
    sb_alignment *a = stamped(stamps);
    (void)state;
    sb_word_stamps_make(words, a);
    for (size_t w = 0; w < N_EACH; w++)
        assert_int_equal(words[w].at, SB_TIME_NONE);
    for (size_t w = N_EACH + 1; w < 3 * N_EACH; w++)
        assert_true(words[w].at > words[w - 1].at && words[w].at < 40 * S);
    sb_alignment_free(&a);
}

static sb_time usual_time(const char *text)
{
    sb_aligned_word word = {.text = (char *)text};
    return sb_word_usual_time(&word);
}

static void letters_count_in_every_script(void **state)
{
    (void)state;
    assert_int_equal(usual_time("\xd0\xb2\xd0\xbe\xd0\xb4\xd0\xb0"), usual_time("voda"));
    assert_int_equal(usual_time("e\xcc\x81t\xc3\xa9"), usual_time("ete"));
    assert_int_equal(usual_time("\xe5\xa4\xa9"), usual_time("day"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words_are_spread_between_their_stamp_and_the_next),
        cmocka_unit_test(letters_count_in_every_script),
        cmocka_unit_test(turns_without_a_stamp_continue_the_previous_turn),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
