#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "soundbite/remap.h"
#include "support_memory.h"
#include "support_quote.h"

#define MS      SB_TIME_MS
#define N_TURNS 60
#define WORD_MS 300

/* An advertisement of `ms` before word `word` of turn `turn`. A negative length removes the turns [turn,
 * until). */
typedef struct edit {
    int turn, word, ms, until;
} edit;

typedef struct talk {
    sb_alignment *transcript, *audio;
    int first[N_TURNS], second[N_TURNS]; /* the start of each turn, in ms; -1: removed */
} talk;

static unsigned next_random(unsigned *seed)
{
    *seed = *seed * 1103515245u + 12345u;
    return *seed >> 16 & 0x7fff;
}

/* Turns of 4 to 23 words with pauses of 0.2 to 1.4 s, in a transcript with stamps in units of `unit_ms`, and
 * in the second audio with the edits. */
static talk make_talk(const edit *edits, size_t n_edits, int unit_ms, unsigned seed)
{
    talk t = {.transcript = quote_alignment(SB_METHOD_NONE), .audio = quote_alignment(SB_METHOD_ENERGY)};
    int first = 400, shift = 0;
    for (int i = 0; i < N_TURNS; i++) {
        char text[1024] = "";
        int n = 4 + (int)(next_random(&seed) % 20), pause = 200 + (int)(next_random(&seed) % 1200),
            removed = 0;
        for (int w = 0; w < n; w++)
            sprintf(text + strlen(text), "%sword%dx%d", w ? " " : "", i, w);
        quote_add_turn(t.transcript, "A", first / unit_ms * unit_ms, first + n * WORD_MS, text);
        t.first[i] = first;
        for (size_t e = 0; e < n_edits; e++) {
            removed = removed || (edits[e].ms < 0 && i >= edits[e].turn && i < edits[e].until);
            shift += edits[e].ms > 0 && edits[e].turn == i && edits[e].word == 0 ? edits[e].ms : 0;
        }
        if (removed) {
            t.second[i] = -1;
            shift -= n * WORD_MS + pause;
            first += n * WORD_MS + pause;
            continue;
        }
        t.second[i] = first + shift;
        quote_add_turn(t.audio, "A", first + shift, first + shift + n * WORD_MS, text);
        for (size_t e = 0; e < n_edits; e++)
            if (edits[e].ms > 0 && edits[e].turn == i && edits[e].word > 0) {
                sb_aligned_turn *turn = &t.audio->turns[t.audio->n_turns - 1];
                for (size_t w = (size_t)edits[e].word; w < turn->n_words; w++) {
                    turn->words[w].start += edits[e].ms * MS;
                    turn->words[w].end += edits[e].ms * MS;
                }
                turn->end += edits[e].ms * MS;
                shift += edits[e].ms;
            }
        first += n * WORD_MS + pause;
    }
    for (size_t i = 0; i < t.audio->n_turns; i++)
        for (size_t w = 0; w < t.audio->turns[i].n_words; w++)
            quote_add_speech(t.audio, (int)(t.audio->turns[i].words[w].start / MS),
                             (int)(t.audio->turns[i].words[w].end / MS));
    t.audio->audio.duration = (first + shift + 1000) * MS;
    t.transcript->transcript.resolution = unit_ms * MS;
    return t;
}

static void free_talk(talk *t)
{
    sb_alignment_free(&t->transcript);
    sb_alignment_free(&t->audio);
}

/* Every turn's start must go to its place within `most_ms`. */
static void check(const edit *edits, size_t n_edits, int unit_ms, int most_ms)
{
    for (unsigned seed = 1; seed <= 8; seed++) {
        talk t = make_talk(edits, n_edits, unit_ms, seed);
        sb_audio_map *map;
        sb_error err = {0};
        if (sb_audio_map_create(&map, t.transcript, t.audio, &err))
            fail_msg("%s", err.message);
        for (int i = 0; i < N_TURNS; i++) {
            sb_mapped_time got = sb_audio_map_start(map, t.first[i] * MS);
            if (t.second[i] >= 0 && abs(quote_ms(got.time) - t.second[i]) > most_ms)
                fail_msg("seed %u: turn %d at %d went to %d, not %d", seed, i, t.first[i], quote_ms(got.time),
                         t.second[i]);
        }
        sb_audio_map_free(&map);
        free_talk(&t);
    }
}

static void advertisements_between_turns(void **state)
{
    static const edit edits[] = {{0, 0, 15000, 0}, {10, 0, 30000, 0}, {35, 0, 61300, 0}, {58, 0, 20000, 0}};
    (void)state;
    check(edits, 0, 1000, 300);
    check(edits, 4, 1, 20);
    check(edits, 4, 1000, 600);
}

static void advertisements_inside_a_turn(void **state)
{
    static const edit edits[] = {{12, 3, 45000, 0}, {40, 2, 20000, 0}, {41, 3, 9000, 0}};
    (void)state;
    check(edits, 3, 1, 20);
    check(edits, 3, 1000, 600);
}

static void removed_turns(void **state)
{
    static const edit edits[] = {{20, 0, -1, 26}, {45, 0, 30000, 0}};
    (void)state;
    check(edits, 2, 1000, 600);
}

static void a_few_stamps_are_wrong(void **state)
{
    static const edit edits[] = {{30, 0, 30000, 0}};
    (void)state;
    talk t = make_talk(edits, 1, 1000, 3);
    t.transcript->turns[10].stamp += 20 * SB_TIME_SECOND;
    t.transcript->turns[50].stamp -= 7 * SB_TIME_SECOND;
    sb_audio_map *map;
    assert_int_equal(sb_audio_map_create(&map, t.transcript, t.audio, NULL), SB_OK);
    for (int i = 0; i < N_TURNS; i++)
        if (abs(quote_ms(sb_audio_map_start(map, t.first[i] * MS).time) - t.second[i]) > 700)
            fail_msg("turn %d", i);
    sb_audio_map_free(&map);
    free_talk(&t);
}

static void what_is_refused(void **state)
{
    talk t = make_talk(NULL, 0, 1000, 1);
    sb_audio_map *map;
    sb_error err = {0};
    (void)state;
    assert_int_equal(sb_audio_map_create(&map, t.audio, t.transcript, &err), SB_ERR_ARGUMENT);
    assert_null(map);
    for (size_t i = 2; i < t.transcript->n_turns; i++)
        t.transcript->turns[i].stamp = SB_TIME_NONE;
    err = (sb_error){0};
    assert_int_equal(sb_audio_map_create(&map, t.transcript, t.audio, &err), SB_ERR_MISMATCH);
    assert_non_null(strstr(err.message, "only 2 of its turns"));
    assert_null(map);
    free_talk(&t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(advertisements_between_turns),
        cmocka_unit_test(advertisements_inside_a_turn),
        cmocka_unit_test(removed_turns),
        cmocka_unit_test(a_few_stamps_are_wrong),
        cmocka_unit_test(what_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
