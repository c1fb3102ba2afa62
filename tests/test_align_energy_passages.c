#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "soundbite/align.h"
#include "support_episode.h"

static void an_inserted_passage_is_found(void **state)
{
    episode e;
    (void)state;
    episode_make(&e, 13);
    episode_insert_before(&e, 50, 32.4);
    episode_insert_before(&e, 90, 15.1);
    sb_alignment *a = episode_align(&e, SB_OK);
    assert_int_equal(a->n_breaks, 2);
    assert_true(fabs(sb_time_to_seconds(a->breaks[0].gap) - 32.4) <= 0.06);
    assert_true(fabs(sb_time_to_seconds(a->breaks[1].gap) - 15.1) <= 0.06);
    assert_true(fabs(sb_time_to_seconds(a->breaks[0].audio.end) - e.starts[50]) < 0.1);
    assert_true(episode_count_right(&e, a) >= EPISODE_TURNS * 97 / 100);
    sb_alignment_free(&a);
    episode_free(&e);
}

/* The turns that were cut out have no place, so the turns after them break the order of the offsets. */
static void a_removed_passage_is_found(void **state)
{
    (void)state;
    for (uint32_t seed = 13; seed < 16; seed++) {
        episode e;
        episode_make(&e, seed);
        double gap = e.starts[70] - e.starts[60];
        episode_cut_out(&e, 60, 70);
        sb_alignment *a = episode_align(&e, SB_OK);
        assert_true(a->pairing == SB_PAIRING_OK);
        assert_int_equal(a->n_breaks, 1);
        assert_true(fabs(sb_time_to_seconds(a->breaks[0].gap) + gap) <= 0.06);
        assert_true(episode_count_right(&e, a) >= (EPISODE_TURNS - 10) * 97 / 100);
        sb_alignment_free(&a);
        episode_free(&e);
    }
}

/* What was said twice fits the stamps of either time equally well, pause by pause. */
static void minutes_that_come_twice_stay_where_exact_stamps_have_them(void **state)
{
    (void)state;
    for (uint32_t seed = 1; seed <= 3; seed++) {
        episode e;
        episode_make_that_repeats(&e, 30 + seed, EPISODE_TURNS / 2);
        assert_true(e.starts[EPISODE_TURNS / 2] > 300);
        e.transcript.resolution = SB_TIME_MS;
        for (size_t t = 0; t < EPISODE_TURNS; t++)
            e.transcript.turns[t].stamp = sb_time_from_seconds(e.starts[t]) / SB_TIME_MS * SB_TIME_MS;
        sb_alignment *a = episode_align(&e, SB_OK);
        assert_true(a->pairing == SB_PAIRING_OK);
        assert_int_equal(a->n_breaks, 0);
        assert_int_equal(a->n_map, 1);
        assert_true(a->map[0].rate_ppm == 0);
        assert_true(fabs(sb_time_to_seconds(a->map[0].offset)) <= 0.02);
        assert_int_equal(episode_count_right(&e, a), EPISODE_TURNS);
        sb_alignment_free(&a);
        episode_free(&e);
    }
}

/* But for `slack` seconds at either end. */
static void assert_nothing_in(const sb_alignment *a, sb_span gap, double slack)
{
    sb_time from = gap.start + sb_time_from_seconds(slack), until = gap.end - sb_time_from_seconds(slack);
    for (size_t t = 0; t < a->n_turns; t++)
        for (size_t w = 0; w < a->turns[t].n_words; w++) {
            const sb_aligned_word *word = &a->turns[t].words[w];
            assert_true(word->end <= from || word->start >= until);
        }
}

/* The stamps know of it; that it is music is not known. */
static void sound_that_no_turn_has_words_for_belongs_to_none(void **state)
{
    (void)state;
    for (uint32_t seed = 80; seed < 85; seed++) {
        episode e;
        episode_make(&e, seed);
        sb_span gap = episode_insert_music(&e, 50, 60);
        episode_restamp(&e, 0, 0);
        sb_alignment *a = episode_align(&e, SB_OK);
        assert_nothing_in(a, gap, 3);
        assert_true(episode_count_right(&e, a) >= EPISODE_TURNS * 98 / 100);
        assert_int_equal(a->n_breaks, 0);
        sb_alignment_free(&a);
        episode_free(&e);
    }
}

static void music_that_no_stamp_knows_of_belongs_to_none(void **state)
{
    (void)state;
    for (uint32_t seed = 90; seed < 95; seed++) {
        episode e;
        episode_make(&e, seed);
        sb_span gap = episode_insert_music(&e, 50, 60);
        e.speech.music = &gap;
        e.speech.n_music = 1;
        sb_alignment *a = episode_align(&e, SB_OK);
        assert_nothing_in(a, gap, 0);
        assert_true(episode_count_right(&e, a) >= EPISODE_TURNS * 97 / 100);
        assert_int_equal(a->n_breaks, 1);
        for (size_t i = 0; i < a->n_unmatched; i++)
            assert_true(a->unmatched[i].end <= gap.start || a->unmatched[i].start >= gap.end);
        sb_alignment_free(&a);
        episode_free(&e);
    }
}

/* What sounds like music may be speech over music: it keeps its words. */
static void words_over_music_keep_their_places(void **state)
{
    (void)state;
    episode e;
    episode_make(&e, 96);
    sb_span over = {sb_time_from_seconds(e.starts[40] - 0.05), sb_time_from_seconds(e.starts[52] - 0.05)};
    e.speech.music = &over;
    e.speech.n_music = 1;
    sb_alignment *a = episode_align(&e, SB_OK);
    assert_true(episode_count_right(&e, a) >= EPISODE_TURNS * 98 / 100);
    sb_alignment_free(&a);
    episode_free(&e);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_inserted_passage_is_found),
        cmocka_unit_test(a_removed_passage_is_found),
        cmocka_unit_test(minutes_that_come_twice_stay_where_exact_stamps_have_them),
        cmocka_unit_test(sound_that_no_turn_has_words_for_belongs_to_none),
        cmocka_unit_test(music_that_no_stamp_knows_of_belongs_to_none),
        cmocka_unit_test(words_over_music_keep_their_places),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
