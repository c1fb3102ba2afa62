#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>

#include <cmocka.h>

#include "align/stamps/stamps.h"
#include "support_alignment.h"

#define S     SB_TIME_SECOND
#define MS    SB_TIME_MS
#define TURNS 3
#define WORDS 4
#define STAMP (10 * S)

/* Turn 1 of three is stamped at 10 s to the second. Energy has it at 10.6 s, a word each 250 ms. */
typedef struct scene {
    sb_alignment *a;
    sb_aligned_turn *turn;
    sb_time energy_start[WORDS], energy_end[WORDS];
    sb_turn_evidence evidence[TURNS];
} scene;

static void make(scene *s, float energy_confidence)
{
    *s = (scene){.a = alignment_long(TURNS, WORDS)};
    s->a->audio.duration = 60 * S;
    s->a->transcript.resolution = S;
    free(s->a->map);
    s->a->map = calloc(1, sizeof *s->a->map);
    s->a->map[0] = (sb_map_piece){.from = 0, .until = SB_TIME_NONE};
    s->a->n_map = 1;
    free(s->a->breaks);
    s->a->breaks = NULL;
    s->a->n_breaks = 0;
    s->turn = &s->a->turns[1];
    s->turn->stamp = STAMP;
    s->a->turns[0].stamp = s->a->turns[2].stamp = SB_TIME_NONE;
    for (size_t w = 0; w < WORDS; w++) {
        s->energy_start[w] = STAMP + 600 * MS + (sb_time)w * S / 4;
        s->energy_end[w] = s->energy_start[w] + S / 4;
    }
    s->evidence[1] = (sb_turn_evidence){.odds = 40,
                                        .energy_start = s->energy_start,
                                        .energy_end = s->energy_end,
                                        .energy_confidence = energy_confidence};
}

/* A word of turn 1, heard or guessed. */
static void put(scene *s, size_t w, sb_time start, sb_word_status status, float confidence)
{
    sb_aligned_word *word = &s->turn->words[w];
    word->start = start;
    word->end = start == SB_TIME_NONE ? SB_TIME_NONE : start + 200 * MS;
    word->status = status;
    word->confidence = confidence;
    if (w == 0)
        s->turn->start = start;
}

/* The first word as given; the others were heard where energy has them. */
static void put_first(scene *s, sb_time start, sb_word_status status, float confidence)
{
    put(s, 0, start, status, confidence);
    for (size_t w = 1; w < WORDS; w++)
        put(s, w, s->energy_start[w], SB_WORD_ALIGNED, 0.8f);
}

static void a_guess_gives_way_to_energy(void **state)
{
    (void)state;
    scene s;
    make(&s, 0.95f);
    put_first(&s, STAMP + 100 * MS, SB_WORD_ESTIMATED, 0.2f);
    sb_turn_starts_weigh(s.a, s.evidence);
    assert_int_equal(s.turn->start, s.energy_start[0]);
    assert_int_equal(s.turn->words[0].start, s.energy_start[0]);
    assert_true(s.turn->words[0].end <= s.turn->words[1].start);
    assert_int_equal(s.turn->words[1].start, s.energy_start[1]);
    assert_int_equal(s.turn->words[1].status, SB_WORD_ALIGNED);
    assert_true(s.turn->confidence > 0.6f && s.turn->confidence < 0.8f);
    sb_alignment_free(&s.a);
}

static void a_word_that_was_heard_stays(void **state)
{
    (void)state;
    scene s;
    make(&s, 0.95f);
    put_first(&s, STAMP + 100 * MS, SB_WORD_ALIGNED, 0.8f);
    sb_turn_starts_weigh(s.a, s.evidence);
    assert_int_equal(s.turn->start, STAMP + 100 * MS);
    assert_int_equal(s.turn->words[0].status, SB_WORD_ALIGNED);
    sb_alignment_free(&s.a);
}

static void energy_that_is_unsure_moves_no_guess(void **state)
{
    (void)state;
    scene s;
    make(&s, 0.15f);
    put_first(&s, STAMP + 300 * MS, SB_WORD_ESTIMATED, 0.3f);
    sb_turn_starts_weigh(s.a, s.evidence);
    assert_int_equal(s.turn->start, STAMP + 300 * MS);
    sb_alignment_free(&s.a);
}

/* The same guess, with words heard before energy's start: the first to go on from it. */
static void words_heard_before_the_onset_speak_against_it(void **state)
{
    (void)state;
    scene s;
    make(&s, 0.7f);
    put(&s, 0, STAMP + 100 * MS, SB_WORD_ESTIMATED, 0.45f);
    put(&s, 1, STAMP + 300 * MS, SB_WORD_ALIGNED, 0.8f);
    put(&s, 2, STAMP + 500 * MS, SB_WORD_ALIGNED, 0.8f);
    put(&s, 3, STAMP + 900 * MS, SB_WORD_ALIGNED, 0.8f);
    sb_turn_starts_weigh(s.a, s.evidence);
    assert_int_equal(s.turn->start, STAMP + 100 * MS);
    sb_alignment_free(&s.a);
}

/* Energy has the turn a second before its next word, which is said at once. */
static void an_onset_too_far_before_the_next_word_is_no_start(void **state)
{
    (void)state;
    scene s;
    make(&s, 0.8f);
    s.energy_start[0] = STAMP;
    put_first(&s, STAMP + 700 * MS, SB_WORD_ESTIMATED, 0.4f);
    sb_turn_starts_weigh(s.a, s.evidence);
    assert_int_equal(s.turn->start, STAMP + 700 * MS);
    sb_alignment_free(&s.a);
}

static void an_onset_outside_the_resolution_is_none(void **state)
{
    (void)state;
    scene s;
    make(&s, 0.95f);
    put_first(&s, STAMP + 100 * MS, SB_WORD_ESTIMATED, 0.2f);
    s.turn->stamp = STAMP - S;
    sb_turn_starts_weigh(s.a, s.evidence);
    assert_int_equal(s.turn->start, STAMP + 100 * MS);
    sb_alignment_free(&s.a);
}

static void a_turn_without_a_place_begins_where_energy_has_it(void **state)
{
    (void)state;
    scene s;
    make(&s, 0.9f);
    for (size_t w = 0; w < WORDS; w++)
        put(&s, w, SB_TIME_NONE, SB_WORD_NOT_HEARD, 0);
    s.evidence[1].odds = 0;
    sb_turn_starts_weigh(s.a, s.evidence);
    assert_int_equal(s.turn->start, s.energy_start[0]);
    assert_int_equal(s.turn->end, s.energy_end[WORDS - 1]);
    for (size_t w = 0; w < WORDS; w++) {
        assert_int_equal(s.turn->words[w].start, s.energy_start[w]);
        assert_int_equal(s.turn->words[w].status, SB_WORD_ESTIMATED);
    }
    sb_alignment_free(&s.a);
}

static void a_turn_that_was_denied_stays_away(void **state)
{
    (void)state;
    scene s;
    make(&s, 0.9f);
    for (size_t w = 0; w < WORDS; w++)
        put(&s, w, SB_TIME_NONE, SB_WORD_NOT_HEARD, 0);
    s.evidence[1].denied = true;
    sb_turn_starts_weigh(s.a, s.evidence);
    assert_int_equal(s.turn->start, SB_TIME_NONE);
    sb_alignment_free(&s.a);
}

static void without_a_map_nothing_is_done(void **state)
{
    (void)state;
    scene s;
    make(&s, 0.95f);
    put_first(&s, STAMP + 100 * MS, SB_WORD_ESTIMATED, 0.2f);
    s.a->n_map = 0;
    sb_turn_starts_weigh(s.a, s.evidence);
    assert_int_equal(s.turn->start, STAMP + 100 * MS);
    sb_alignment_free(&s.a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_guess_gives_way_to_energy),
        cmocka_unit_test(a_word_that_was_heard_stays),
        cmocka_unit_test(energy_that_is_unsure_moves_no_guess),
        cmocka_unit_test(words_heard_before_the_onset_speak_against_it),
        cmocka_unit_test(an_onset_too_far_before_the_next_word_is_no_start),
        cmocka_unit_test(an_onset_outside_the_resolution_is_none),
        cmocka_unit_test(a_turn_without_a_place_begins_where_energy_has_it),
        cmocka_unit_test(a_turn_that_was_denied_stays_away),
        cmocka_unit_test(without_a_map_nothing_is_done),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
