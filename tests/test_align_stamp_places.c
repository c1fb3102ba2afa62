#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>

#include <cmocka.h>

#include "align/stamps/stamp_places.h"
#include "support_alignment.h"

#define S SB_TIME_SECOND

/* Ten turns, a second each, stamped as they lie; turn `unheard` was not heard. */
static sb_alignment *turns_but(size_t unheard)
{
    sb_alignment *a = alignment_long(10, 4);
    a->transcript.resolution = S;
    for (size_t t = 0; t < a->n_turns; t++)
        a->turns[t].stamp = a->turns[t].start;
    sb_aligned_turn *turn = &a->turns[unheard];
    turn->status = SB_TURN_NOT_HEARD;
    turn->start = turn->end = SB_TIME_NONE;
    for (size_t w = 0; w < turn->n_words; w++) {
        turn->words[w].start = turn->words[w].end = SB_TIME_NONE;
        turn->words[w].status = SB_WORD_NOT_HEARD;
    }
    free(a->speech);
    a->speech = calloc(1, sizeof *a->speech);
    a->n_speech = 1;
    free(a->map);
    a->map = calloc(2, sizeof *a->map);
    a->map[0] = (sb_map_piece){.from = 0, .until = SB_TIME_NONE};
    a->n_map = 1;
    free(a->breaks);
    a->breaks = NULL;
    a->n_breaks = 0;
    return a;
}

static void a_turn_goes_to_speech_that_is_free(void **state)
{
    (void)state;
    sb_alignment *a = turns_but(4);
    a->speech[0] = (sb_span){4 * S, 5 * S};
    assert_int_equal(sb_stamp_places_fill(a, NULL), SB_OK);
    assert_int_equal(a->turns[4].start, 4 * S);
    assert_int_equal(a->turns[4].status, SB_TURN_PARTLY);
    sb_alignment_free(&a);
}

/* Eight seconds were cut out at 10 s of the transcript; the turn is stamped within them, at 14 s, and the map has that at 6 s, where speech is
 * free. */
static void a_turn_of_a_passage_cut_out_goes_nowhere(void **state)
{
    (void)state;
    sb_alignment *a = turns_but(6);
    a->speech[0] = (sb_span){6 * S, 7 * S};
    a->turns[6].stamp = 14 * S;
    a->map[0].until = 10 * S;
    a->map[1] = (sb_map_piece){.from = 10 * S, .until = SB_TIME_NONE, .offset = -8 * S};
    a->n_map = 2;
    a->breaks = calloc(1, sizeof *a->breaks);
    a->breaks[0] = (sb_break){.at = 10 * S, .audio = {10 * S, 10 * S}, .gap = -8 * S, .confidence = 1};
    a->n_breaks = 1;
    assert_int_equal(sb_stamp_places_fill(a, NULL), SB_OK);
    assert_int_equal(a->turns[6].start, SB_TIME_NONE);
    assert_int_equal(a->turns[6].status, SB_TURN_NOT_HEARD);
    sb_alignment_free(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_turn_goes_to_speech_that_is_free),
        cmocka_unit_test(a_turn_of_a_passage_cut_out_goes_nowhere),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
