#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "align/acoustic/acoustic_aligner.h"
#include "support_speech.h"

typedef struct heard_twice {
    size_t n;
} heard_twice;

static bool count(void *user)
{
    ((heard_twice *)user)->n++;
    return true;
}

/* One turn of two words that were not heard. The search calls the monitor before it starts, and the
 * monitor stops it. */
static sb_status look_at_turn(const sb_evidence *evidence, heard_twice *asked)
{
    sb_aligned_word words[] = {{.text = (char *)"good", .start = SB_TIME_NONE, .end = SB_TIME_NONE},
                               {.text = (char *)"morning", .start = SB_TIME_NONE, .end = SB_TIME_NONE}};
    sb_aligned_turn turn = {.stamp = SB_TIME_SECOND, .start = SB_TIME_NONE, .words = words, .n_words = 2};
    sb_map_piece piece = {0};
    sb_alignment a = {.turns = &turn, .n_turns = 1, .map = &piece, .n_map = 1};
    a.audio.duration = 10 * SB_TIME_SECOND;
    a.transcript.resolution = SB_TIME_SECOND;
    const sb_monitor monitor = {.cancelled = count, .user = asked};
    sb_acoustic_model *model = speech_model();
    const sb_listen_params listen = {.model = model, .monitor = &monitor};
    const sb_evidence *of_word[] = {evidence, evidence};
    const bool begins_turn[] = {true, false}, sayable[] = {true, true};
    sb_heard_word heard[2] = {0};
    bool changed = false;
    const sb_second_look look = {.alignment = &a,
                                 .listen = &listen,
                                 .evidence = of_word,
                                 .begins_turn = begins_turn,
                                 .sayable = sayable,
                                 .heard = heard};
    sb_status status = sb_second_look_take(&changed, &look, NULL);
    assert_false(changed);
    sb_acoustic_model_free(&model);
    return status;
}

static void turns_not_heard_are_searched_again(void **state)
{
    (void)state;
    speech_need_model();
    heard_twice asked = {0};
    assert_int_equal(look_at_turn(&(sb_evidence){.spread = 1, .apart = 2}, &asked), SB_ERR_INTERRUPTED);
    assert_true(asked.n > 0);
}

static void turns_that_cannot_be_judged_are_not_searched_again(void **state)
{
    (void)state;
    speech_need_model();
    heard_twice asked = {0};
    assert_int_equal(look_at_turn(&(sb_evidence){0}, &asked), SB_OK);
    assert_int_equal(asked.n, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(turns_not_heard_are_searched_again),
        cmocka_unit_test(turns_that_cannot_be_judged_are_not_searched_again),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
