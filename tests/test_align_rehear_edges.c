#include "align/certify/certify.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

/* A clip of 1 s in 3 s of sound, with 5 ms per level. */
#define N_LEVELS 600
#define ROOM     60
#define SPEECH   180

typedef struct scene {
    uint8_t levels[N_LEVELS];
    sb_rehear_splice splice;
    sb_heard_word words[3];
    bool said[3];
    sb_edge_view view;
} scene;

static void put(scene *s, int from_ms, int until_ms, uint8_t level)
{
    memset(s->levels + from_ms / 5, level, (size_t)(until_ms - from_ms) / 5);
}

static void hear(scene *s, int word, int start_ms, int end_ms)
{
    s->words[word].heard = true;
    s->words[word].span = (sb_span){start_ms * SB_TIME_MS, end_ms * SB_TIME_MS};
}

/* One word before the clip, one that fills it, and one after it, without pauses. */
static void set_scene(scene *s)
{
    *s = (scene){.said = {true, true, true}};
    put(s, 0, 3000, SPEECH);
    s->splice.levels = s->levels;
    s->splice.n_levels = N_LEVELS;
    s->splice.start = SB_MONO_HZ;
    s->splice.end = 2 * SB_MONO_HZ;
    s->splice.n = 3 * SB_MONO_HZ;
    s->view = (sb_edge_view){.splice = &s->splice,
                             .words = s->words,
                             .said = s->said,
                             .n_words = 3,
                             .first = 1,
                             .end = 2,
                             .room = ROOM};
    hear(s, 0, 500, 1000);
    hear(s, 1, 1000, 2000);
    hear(s, 2, 2000, 2500);
}

static sb_reheard_edge edge_of(scene *s, bool at_end)
{
    sb_reheard_edge edge;
    sb_rehear_edge_set(&edge, &s->view, at_end);
    return edge;
}

static int ms(sb_time t)
{
    return t == SB_TIME_NONE ? -1 : (int)(t / SB_TIME_MS);
}

static void check(scene *s, bool at_end, int lost_ms, int foreign_ms)
{
    sb_reheard_edge edge = edge_of(s, at_end);
    assert_int_equal(ms(edge.lost), lost_ms);
    assert_int_equal(ms(edge.foreign), foreign_ms);
}

static void a_word_may_be_whole_in_running_speech(void **user)
{
    (void)user;
    scene s;
    set_scene(&s);
    check(&s, false, 0, 0);
    check(&s, true, 0, 0);
    assert_true(edge_of(&s, false).runs_on && edge_of(&s, true).runs_on);
}

static void words_across_the_edge_are_measured(void **user)
{
    (void)user;
    scene s;
    set_scene(&s);
    hear(&s, 0, 500, 940);
    hear(&s, 1, 940, 2060);
    hear(&s, 2, 2060, 2500);
    check(&s, false, 60, 0);
    check(&s, true, 60, 0);
    hear(&s, 0, 500, 1060);
    hear(&s, 1, 1060, 1940);
    hear(&s, 2, 1940, 2500);
    check(&s, false, 0, 60);
    check(&s, true, 0, 60);
}

static void silence_belongs_to_no_word(void **user)
{
    (void)user;
    scene s;
    set_scene(&s);
    put(&s, 800, 1000, ROOM);
    hear(&s, 0, 500, 800);
    hear(&s, 1, 850, 2000);
    check(&s, false, 0, 0);
    assert_false(edge_of(&s, false).runs_on);
    put(&s, 1000, 1090, ROOM);
    hear(&s, 0, 500, 1090);
    hear(&s, 1, 1090, 2000);
    check(&s, false, 0, 0);
}

static void a_closure_belongs_to_its_word(void **user)
{
    (void)user;
    scene s;
    set_scene(&s);
    put(&s, 940, 980, ROOM);
    hear(&s, 0, 500, 940);
    hear(&s, 1, 940, 2000);
    check(&s, false, 60, 0);
}

static void a_fading_voice_belongs_to_its_word(void **user)
{
    (void)user;
    scene s;
    set_scene(&s);
    put(&s, 2050, 2300, ROOM);
    hear(&s, 1, 1000, 1990);
    hear(&s, 2, 2300, 2500);
    check(&s, true, 50, 0);
    assert_true(edge_of(&s, true).before_pause);
    put(&s, 2050, 2300, SPEECH);
    check(&s, true, 0, 10);
    assert_false(edge_of(&s, true).before_pause);
}

static void continuing_sound_without_a_word_is_foreign(void **user)
{
    (void)user;
    scene s;
    set_scene(&s);
    s.words[0].heard = false;
    put(&s, 1080, 1200, ROOM);
    hear(&s, 1, 1200, 2000);
    check(&s, false, 0, 80);
}

static void silence_on_both_sides_of_an_edge_is_measured(void **user)
{
    (void)user;
    scene s;
    set_scene(&s);
    assert_int_equal(edge_of(&s, false).quiet, 0);
    put(&s, 940, 1080, ROOM);
    put(&s, 1970, 2200, ROOM);
    assert_int_equal(ms(edge_of(&s, false).quiet), 140);
    assert_int_equal(ms(edge_of(&s, true).quiet), 230);
    put(&s, 1010, 1080, SPEECH);
    put(&s, 2010, 2200, SPEECH);
    assert_int_equal(edge_of(&s, false).quiet, 0);
    assert_int_equal(edge_of(&s, true).quiet, 0);
}

static void nothing_sounds_after_the_end_of_the_source(void **user)
{
    (void)user;
    scene s;
    set_scene(&s);
    put(&s, 1880, 2000, ROOM);
    s.splice.n_levels = 2000 / 5;
    hear(&s, 1, 1000, 1880);
    s.words[2].heard = false;
    assert_int_equal(ms(edge_of(&s, true).quiet), 120);
}

static void no_word_crosses_a_real_pause(void **user)
{
    (void)user;
    scene s;
    set_scene(&s);
    put(&s, 970, 1090, ROOM);
    hear(&s, 0, 500, 900);
    hear(&s, 1, 900, 2000);
    check(&s, false, 0, 0);
    put(&s, 1060, 1090, SPEECH);
    check(&s, false, 100, 0);
}

/* Where the room is as loud as the speech, soft sound is no silence, and words count by their places. */
static void a_loud_room_hides_silence(void **user)
{
    (void)user;
    scene s;
    set_scene(&s);
    s.view.room = SPEECH - 4;
    assert_int_equal(edge_of(&s, false).quiet, 0);
    check(&s, false, 0, 0);
    hear(&s, 0, 500, 940);
    hear(&s, 1, 940, 2000);
    check(&s, false, 60, 0);
    hear(&s, 0, 500, 1060);
    hear(&s, 1, 1060, 2000);
    check(&s, false, 0, 60);
}

static void the_margin_is_the_distance_to_the_nearest_word(void **user)
{
    (void)user;
    scene s;
    set_scene(&s);
    assert_int_equal(edge_of(&s, false).margin, 0);
    hear(&s, 0, 500, 930);
    hear(&s, 1, 1080, 2040);
    hear(&s, 2, 2100, 2500);
    assert_int_equal(ms(edge_of(&s, false).margin), 70);
    assert_int_equal(edge_of(&s, true).margin, -40 * SB_TIME_MS);
    s.words[1].heard = false;
    assert_int_equal(edge_of(&s, false).margin, SB_TIME_NONE);
}

static void words_not_heard_are_not_judged(void **user)
{
    (void)user;
    scene s;
    set_scene(&s);
    s.words[1].heard = false;
    check(&s, false, -1, -1);
    s.view.words = NULL;
    check(&s, true, -1, -1);
    assert_true(edge_of(&s, true).runs_on);
}

static void levels_are_relative_to_the_room(void **user)
{
    (void)user;
    scene s;
    set_scene(&s);
    assert_true(isnan(edge_of(&s, false).level_db));
    s.splice.has_levels[0] = true;
    s.splice.edge_levels[0] = ROOM + 25;
    assert_float_equal((float)edge_of(&s, false).level_db, 12.5f, 0.001f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_word_may_be_whole_in_running_speech),
        cmocka_unit_test(words_across_the_edge_are_measured),
        cmocka_unit_test(silence_belongs_to_no_word),
        cmocka_unit_test(a_closure_belongs_to_its_word),
        cmocka_unit_test(a_fading_voice_belongs_to_its_word),
        cmocka_unit_test(continuing_sound_without_a_word_is_foreign),
        cmocka_unit_test(silence_on_both_sides_of_an_edge_is_measured),
        cmocka_unit_test(nothing_sounds_after_the_end_of_the_source),
        cmocka_unit_test(no_word_crosses_a_real_pause),
        cmocka_unit_test(a_loud_room_hides_silence),
        cmocka_unit_test(the_margin_is_the_distance_to_the_nearest_word),
        cmocka_unit_test(words_not_heard_are_not_judged),
        cmocka_unit_test(levels_are_relative_to_the_room),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
