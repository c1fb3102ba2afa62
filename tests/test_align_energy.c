#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "soundbite/align.h"
#include "support_memory.h"

#define N_TURNS 120

/* A made episode: a transcript, its speech list, and the true start of each turn. */
typedef struct episode {
    sb_transcript transcript;
    sb_speech speech;
    double starts[N_TURNS];
    double now;
    uint32_t seed;
} episode;

static double chance(episode *e)
{
    e->seed = e->seed * 1664525u + 1013904223u;
    return (double)(e->seed >> 8) / (double)(1 << 24);
}

static double between(episode *e, double least, double most)
{
    return least + (most - least) * chance(e);
}

static void say(episode *e, double seconds)
{
    sb_span span = {sb_time_from_seconds(e->now), sb_time_from_seconds(e->now + seconds)};
    e->speech.speech[e->speech.n_speech++] = span;
    e->now += seconds;
}

static size_t syllables_of(const char *word)
{
    return strlen(word) / 2;
}

static char *make_word(episode *e, bool last)
{
    static const char *const words[] = {"ba", "bana", "banana", "banadina"};
    char text[16];
    snprintf(text, sizeof text, "%s%s", words[(size_t)(4 * chance(e))], last ? "." : "");
    return strdup(text);
}

static void add_sentence(episode *e, sb_turn *turn)
{
    size_t n = 2 + (size_t)(9 * chance(e)), syllables = 0;
    for (size_t i = 0; i < n; i++) {
        turn->words[turn->n_words] = (sb_word){make_word(e, i + 1 == n), SB_TIME_NONE, SB_TIME_NONE};
        syllables += syllables_of(turn->words[turn->n_words++].text);
    }
    say(e, (double)syllables * 0.19 * between(e, 0.85, 1.18));
}

static void add_turn(episode *e, size_t t)
{
    static char speakers[][5] = {"Ana", "Ben", "Cleo"};
    sb_turn *turn = &e->transcript.turns[t];
    size_t n_sentences = 1 + (size_t)(4 * chance(e));
    turn->speaker = speakers[t % 3];
    turn->words = calloc(n_sentences * 12, sizeof *turn->words);
    turn->stop = SB_TIME_NONE;
    e->now += between(e, 0.25, 1.4);
    e->starts[t] = e->now;
    turn->stamp = (sb_time)e->now * SB_TIME_SECOND;
    for (size_t i = 0; i < n_sentences; i++) {
        if (i)
            e->now += between(e, 0.15, 0.6);
        add_sentence(e, turn);
    }
}

/* All turns from number `again` on are the first ones once more, sound and text. */
static void make_episode_that_repeats(episode *e, uint32_t seed, size_t again)
{
    *e = (episode){.seed = seed};
    static char format[] = "made";
    e->transcript.format = format;
    e->transcript.turns = calloc(N_TURNS, sizeof *e->transcript.turns);
    e->transcript.n_turns = N_TURNS;
    e->transcript.resolution = SB_TIME_SECOND;
    e->speech.speech = calloc(N_TURNS * 8, sizeof *e->speech.speech);
    e->speech.hop = 5 * SB_TIME_MS;
    for (size_t t = 0; t < N_TURNS; t++) {
        e->seed = t == again ? seed : e->seed;
        add_turn(e, t);
    }
    e->speech.duration = sb_time_from_seconds(e->now + 1);
}

static void make_episode(episode *e, uint32_t seed)
{
    make_episode_that_repeats(e, seed, N_TURNS);
}

static void free_episode(episode *e)
{
    for (size_t t = 0; t < N_TURNS; t++) {
        for (size_t w = 0; w < e->transcript.turns[t].n_words; w++)
            free(e->transcript.turns[t].words[w].text);
        free(e->transcript.turns[t].words);
    }
    free(e->transcript.turns);
    free(e->speech.speech);
}

/* Sets the stamps of an earlier version of the audio: `offset` seconds earlier, at `ppm`, rounded down to
 * seconds. */
static void restamp(episode *e, double offset, double ppm)
{
    for (size_t t = 0; t < N_TURNS; t++) {
        double stamp = floor((e->starts[t] - offset) / (1 + ppm * 1e-6));
        e->transcript.turns[t].stamp = stamp < 0 ? SB_TIME_NONE : sb_time_from_seconds(stamp);
    }
}

/* Inserts seconds of speech that are not in the transcript, before turn `turn`. */
static void insert_before(episode *e, size_t turn, double seconds)
{
    sb_time at = sb_time_from_seconds(e->starts[turn] - 0.05), length = sb_time_from_seconds(seconds);
    size_t n = 0;
    while (e->speech.speech[n].start < at)
        n++;
    for (size_t i = n; i < e->speech.n_speech; i++) {
        e->speech.speech[i].start += length;
        e->speech.speech[i].end += length;
    }
    e->speech.duration += length;
    for (size_t t = turn; t < N_TURNS; t++)
        e->starts[t] += seconds;
}

/* Cuts the sound of turns [first, end) out of the audio. Their starts become NaN. */
static void cut_out(episode *e, size_t first, size_t end)
{
    sb_time from = sb_time_from_seconds(e->starts[first] - 0.05),
            until = sb_time_from_seconds(e->starts[end] - 0.05);
    size_t n = 0;
    for (size_t i = 0; i < e->speech.n_speech; i++) {
        sb_span span = e->speech.speech[i];
        sb_time shift = span.start >= until ? until - from : 0;
        if (span.start < from || span.start >= until)
            e->speech.speech[n++] = (sb_span){span.start - shift, span.end - shift};
    }
    e->speech.n_speech = n;
    e->speech.duration -= until - from;
    for (size_t t = first; t < N_TURNS; t++)
        e->starts[t] = t < end ? NAN : e->starts[t] - sb_time_to_seconds(until - from);
}

/* Bursts and holes fill the time before turn `turn` from where the turn before ends. Returns that time. */
static sb_span insert_music(episode *e, size_t turn, double seconds)
{
    insert_before(e, turn, seconds);
    sb_span gap = {sb_time_from_seconds(e->starts[turn] - seconds - 0.04),
                   sb_time_from_seconds(e->starts[turn] - 0.06)};
    sb_span *spans = calloc(N_TURNS * 8 + 1000, sizeof *spans);
    size_t n = 0, i = 0;
    while (e->speech.speech[i].start < gap.start)
        spans[n++] = e->speech.speech[i++];
    for (sb_time at = gap.start; at < gap.end;) {
        sb_time until = at + sb_time_from_seconds(between(e, 0.1, 3));
        spans[n++] = (sb_span){at, until < gap.end ? until : gap.end};
        at = until + sb_time_from_seconds(between(e, 0.05, 0.6));
    }
    while (i < e->speech.n_speech)
        spans[n++] = e->speech.speech[i++];
    free(e->speech.speech);
    e->speech.speech = spans;
    e->speech.n_speech = n;
    return gap;
}

static sb_alignment *align(episode *e, sb_status expected)
{
    sb_alignment *a = NULL;
    sb_error err = {0};
    sb_align_params params = {.method = SB_METHOD_ENERGY};
    assert_int_equal(sb_alignment_from_speech(&a, &e->speech, &e->transcript, NULL, &params, &err), expected);
    assert_int_equal(err.status, expected);
    return a;
}

static size_t count_right(const episode *e, const sb_alignment *a)
{
    size_t n = 0;
    for (size_t t = 0; t < N_TURNS; t++)
        n += fabs(sb_time_to_seconds(a->turns[t].start) - e->starts[t]) <= 0.05;
    return n;
}

static void turns_start_after_their_pauses(void **state)
{
    (void)state;
    for (uint32_t seed = 1; seed <= 3; seed++) {
        episode e;
        make_episode(&e, seed);
        sb_alignment *a = align(&e, SB_OK);
        assert_true(count_right(&e, a) >= N_TURNS * 98 / 100);
        assert_int_equal(a->n_map, 1);
        assert_int_equal(a->map[0].offset, 0);
        assert_int_equal(a->n_breaks, 0);
        sb_alignment_free(&a);
        free_episode(&e);
    }
}

static void words_are_in_order_within_their_turns(void **state)
{
    episode e;
    (void)state;
    make_episode(&e, 7);
    sb_alignment *a = align(&e, SB_OK);
    sb_time last = 0;
    for (size_t t = 0; t < N_TURNS; t++) {
        const sb_aligned_turn *turn = &a->turns[t];
        assert_int_equal(turn->n_words, e.transcript.turns[t].n_words);
        assert_int_equal(turn->start, turn->words[0].start);
        assert_int_equal(turn->end, turn->words[turn->n_words - 1].end);
        for (size_t w = 0; w < turn->n_words; w++) {
            assert_true(turn->words[w].start >= last && turn->words[w].end >= turn->words[w].start);
            last = turn->words[w].end;
        }
    }
    sb_alignment_free(&a);
    free_episode(&e);
}

static void a_constant_offset_is_found(void **state)
{
    static const double offsets[] = {0.4, 7, 61.25, -3.5, 300};
    (void)state;
    for (size_t i = 0; i < sizeof offsets / sizeof *offsets; i++) {
        episode e;
        make_episode(&e, 11);
        restamp(&e, offsets[i], 0);
        sb_alignment *a = align(&e, SB_OK);
        assert_true(count_right(&e, a) >= N_TURNS * 95 / 100);
        assert_int_equal(a->n_breaks, 0);
        assert_true(fabs(sb_time_to_seconds(a->map[0].offset) - offsets[i]) <= 0.03);
        sb_alignment_free(&a);
        free_episode(&e);
    }
}

static void a_slow_clock_is_found(void **state)
{
    static const double rates[] = {300, -800, 1500};
    (void)state;
    for (size_t i = 0; i < sizeof rates / sizeof *rates; i++) {
        episode e;
        make_episode(&e, 12);
        restamp(&e, 0, rates[i]);
        sb_alignment *a = align(&e, SB_OK);
        assert_true(count_right(&e, a) >= N_TURNS * 98 / 100);
        assert_true(fabs(a->map[0].rate_ppm - rates[i]) <= 100);
        sb_alignment_free(&a);
        free_episode(&e);
    }
}

/* 25 to 23.976 frames per second, 24 to 25, and a tape. */
static void a_fast_clock_is_found(void **state)
{
    static const double rates[] = {42708.333, -40000, 33000};
    (void)state;
    for (size_t i = 0; i < sizeof rates / sizeof *rates; i++) {
        episode e;
        make_episode(&e, 14);
        restamp(&e, i == 2 ? 4 : 0, rates[i]);
        sb_alignment *a = align(&e, SB_OK);
        assert_true(count_right(&e, a) >= N_TURNS * 98 / 100);
        assert_true(fabs(a->map[0].rate_ppm - rates[i]) <= (i == 2 ? 150 : 1));
        assert_int_equal(a->n_breaks, 0);
        sb_alignment_free(&a);
        free_episode(&e);
    }
}

static void a_programme_timecode_is_an_offset(void **state)
{
    static const double hours[] = {10, 1};
    (void)state;
    for (size_t i = 0; i < sizeof hours / sizeof *hours; i++) {
        episode e;
        make_episode(&e, 15);
        restamp(&e, -3600 * hours[i], 0);
        sb_alignment *a = align(&e, SB_OK);
        assert_true(count_right(&e, a) >= N_TURNS * 95 / 100);
        assert_int_equal(a->n_breaks, 0);
        assert_true(fabs(sb_time_to_seconds(a->map[0].offset) + 3600 * hours[i]) <= 0.03);
        sb_alignment_free(&a);
        free_episode(&e);
    }
}

static void jittered_stamps_make_no_break(void **state)
{
    (void)state;
    for (uint32_t seed = 1; seed <= 3; seed++) {
        episode e;
        make_episode(&e, 20 + seed);
        e.transcript.resolution = SB_TIME_MS;
        for (size_t t = 0; t < N_TURNS; t++)
            e.transcript.turns[t].stamp =
                sb_time_from_seconds(e.starts[t] + between(&e, -0.25, 0.25)) / SB_TIME_MS * SB_TIME_MS;
        sb_alignment *a = align(&e, SB_OK);
        assert_int_equal(a->n_breaks, 0);
        assert_true(a->map[0].rate_ppm == 0);
        assert_true(count_right(&e, a) >= N_TURNS * 90 / 100);
        sb_alignment_free(&a);
        free_episode(&e);
    }
}

static void an_inserted_passage_is_found(void **state)
{
    episode e;
    (void)state;
    make_episode(&e, 13);
    insert_before(&e, 50, 32.4);
    insert_before(&e, 90, 15.1);
    sb_alignment *a = align(&e, SB_OK);
    assert_int_equal(a->n_breaks, 2);
    assert_true(fabs(sb_time_to_seconds(a->breaks[0].gap) - 32.4) <= 0.06);
    assert_true(fabs(sb_time_to_seconds(a->breaks[1].gap) - 15.1) <= 0.06);
    assert_true(fabs(sb_time_to_seconds(a->breaks[0].audio.end) - e.starts[50]) < 0.1);
    assert_true(count_right(&e, a) >= N_TURNS * 97 / 100);
    sb_alignment_free(&a);
    free_episode(&e);
}

/* The turns that were cut out have no place, so the turns after them break the order of the offsets. */
static void a_removed_passage_is_found(void **state)
{
    (void)state;
    for (uint32_t seed = 13; seed < 16; seed++) {
        episode e;
        make_episode(&e, seed);
        double gap = e.starts[70] - e.starts[60];
        cut_out(&e, 60, 70);
        sb_alignment *a = align(&e, SB_OK);
        assert_true(a->pairing == SB_PAIRING_OK);
        assert_int_equal(a->n_breaks, 1);
        assert_true(fabs(sb_time_to_seconds(a->breaks[0].gap) + gap) <= 0.06);
        assert_true(count_right(&e, a) >= (N_TURNS - 10) * 97 / 100);
        sb_alignment_free(&a);
        free_episode(&e);
    }
}

/* What was said twice fits the stamps of either time equally well, pause by pause. */
static void minutes_that_come_twice_stay_where_exact_stamps_have_them(void **state)
{
    (void)state;
    for (uint32_t seed = 1; seed <= 3; seed++) {
        episode e;
        make_episode_that_repeats(&e, 30 + seed, N_TURNS / 2);
        assert_true(e.starts[N_TURNS / 2] > 300);
        e.transcript.resolution = SB_TIME_MS;
        for (size_t t = 0; t < N_TURNS; t++)
            e.transcript.turns[t].stamp = sb_time_from_seconds(e.starts[t]) / SB_TIME_MS * SB_TIME_MS;
        sb_alignment *a = align(&e, SB_OK);
        assert_true(a->pairing == SB_PAIRING_OK);
        assert_int_equal(a->n_breaks, 0);
        assert_int_equal(a->n_map, 1);
        assert_true(a->map[0].rate_ppm == 0);
        assert_true(fabs(sb_time_to_seconds(a->map[0].offset)) <= 0.02);
        assert_int_equal(count_right(&e, a), N_TURNS);
        sb_alignment_free(&a);
        free_episode(&e);
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
        make_episode(&e, seed);
        sb_span gap = insert_music(&e, 50, 60);
        restamp(&e, 0, 0);
        sb_alignment *a = align(&e, SB_OK);
        assert_nothing_in(a, gap, 3);
        assert_true(count_right(&e, a) >= N_TURNS * 98 / 100);
        assert_int_equal(a->n_breaks, 0);
        sb_alignment_free(&a);
        free_episode(&e);
    }
}

static void music_that_no_stamp_knows_of_belongs_to_none(void **state)
{
    (void)state;
    for (uint32_t seed = 90; seed < 95; seed++) {
        episode e;
        make_episode(&e, seed);
        sb_span gap = insert_music(&e, 50, 60);
        e.speech.music = &gap;
        e.speech.n_music = 1;
        sb_alignment *a = align(&e, SB_OK);
        assert_nothing_in(a, gap, 0);
        assert_true(count_right(&e, a) >= N_TURNS * 97 / 100);
        assert_int_equal(a->n_breaks, 1);
        for (size_t i = 0; i < a->n_unmatched; i++)
            assert_true(a->unmatched[i].end <= gap.start || a->unmatched[i].start >= gap.end);
        sb_alignment_free(&a);
        free_episode(&e);
    }
}

/* What sounds like music may be speech over music: it keeps its words. */
static void words_over_music_keep_their_places(void **state)
{
    (void)state;
    episode e;
    make_episode(&e, 96);
    sb_span over = {sb_time_from_seconds(e.starts[40] - 0.05), sb_time_from_seconds(e.starts[52] - 0.05)};
    e.speech.music = &over;
    e.speech.n_music = 1;
    sb_alignment *a = align(&e, SB_OK);
    assert_true(count_right(&e, a) >= N_TURNS * 98 / 100);
    sb_alignment_free(&a);
    free_episode(&e);
}

static void turns_are_placed_without_stamps(void **state)
{
    episode e;
    (void)state;
    make_episode(&e, 14);
    for (size_t t = 0; t < N_TURNS; t++)
        e.transcript.turns[t].stamp = SB_TIME_NONE;
    e.transcript.resolution = SB_TIME_NONE;
    sb_alignment *a = align(&e, SB_OK);
    assert_true(count_right(&e, a) >= N_TURNS * 97 / 100);
    assert_int_equal(a->n_map, 0);
    sb_alignment_free(&a);
    free_episode(&e);
}

static void another_episode_is_never_certain(void **state)
{
    (void)state;
    for (uint32_t seed = 20; seed < 23; seed++) {
        episode one, other;
        make_episode(&one, seed);
        make_episode(&other, seed + 100);
        sb_speech own = one.speech;
        one.speech = other.speech;
        sb_alignment *a = align(&one, SB_OK);
        assert_true(a->pairing == SB_PAIRING_UNSURE);
        assert_non_null(a->pairing_note);
        for (size_t t = 0; t < N_TURNS; t++) {
            sb_time stamp = one.transcript.turns[t].stamp;
            if (a->turns[t].start == SB_TIME_NONE || stamp >= one.speech.duration)
                continue;
            assert_true(a->turns[t].start >= stamp - SB_TIME_SECOND);
            assert_true(a->turns[t].start <= stamp + 2 * SB_TIME_SECOND);
        }
        sb_alignment_free(&a);
        one.speech = own;
        free_episode(&one);
        free_episode(&other);
    }
}

/* Noise in every pause, and gaps in the speech that are as long as the remaining pauses. They contain no
 * information about turns. */
/* Of so many offsets one fits a few stamps well by chance. */
static void a_few_turns_of_another_episode_are_never_certain(void **state)
{
    (void)state;
    for (uint32_t seed = 1; seed <= 6; seed++) {
        episode one, other;
        make_episode(&one, 300 + seed);
        make_episode(&other, 400 + seed);
        sb_speech own = one.speech;
        one.speech = other.speech;
        one.transcript.n_turns = 16;
        sb_alignment *a = align(&one, SB_OK);
        if (a->pairing != SB_PAIRING_UNSURE)
            fail_msg("seed %u", seed);
        sb_alignment_free(&a);
        one.speech = own;
        free_episode(&one);
        free_episode(&other);
    }
}

static void add_noise(episode *e)
{
    sb_span *noisy = calloc(N_TURNS * 40, sizeof *noisy);
    const sb_time hole = 200 * SB_TIME_MS, burst = 40 * SB_TIME_MS, piece = 900 * SB_TIME_MS;
    size_t n = 0;
    sb_time last = 0;
    for (size_t i = 0; i < e->speech.n_speech; i++) {
        sb_span span = e->speech.speech[i];
        for (sb_time at = last + hole; at + burst + 50 * SB_TIME_MS < span.start; at += hole + burst)
            noisy[n++] = (sb_span){at, at + burst};
        for (sb_time at = span.start; at < span.end; at += piece)
            noisy[n++] = (sb_span){at, at + piece < span.end ? at + piece - hole : span.end};
        last = span.end;
    }
    free(e->speech.speech);
    e->speech.speech = noisy;
    e->speech.n_speech = n;
}

static void an_offset_of_few_turns_in_noise_is_found(void **state)
{
    (void)state;
    for (uint32_t seed = 60; seed < 64; seed++) {
        episode e;
        make_episode(&e, seed);
        e.transcript.n_turns = 14;
        for (e.speech.n_speech = 0;
             sb_time_to_seconds(e.speech.speech[e.speech.n_speech].start) + 0.1 < e.starts[14];)
            e.speech.n_speech++;
        e.speech.duration = sb_time_from_seconds(e.starts[14] - 0.1);
        add_noise(&e);
        restamp(&e, -37, 0);
        sb_alignment *a = align(&e, SB_OK);
        for (size_t t = 0; t < 14; t++)
            assert_true(fabs(sb_time_to_seconds(a->turns[t].start) - e.starts[t]) < 1.5);
        sb_alignment_free(&a);
        e.transcript.n_turns = N_TURNS;
        free_episode(&e);
    }
}

static void a_breath_does_not_outweigh_an_exact_stamp(void **state)
{
    (void)state;
    episode e;
    make_episode(&e, 70);
    e.transcript.resolution = SB_TIME_MS;
    for (size_t t = 0; t < N_TURNS; t++)
        e.transcript.turns[t].stamp = sb_time_from_seconds(e.starts[t]) / SB_TIME_MS * SB_TIME_MS;
    for (size_t i = 0, t = 0; i < e.speech.n_speech; i++) { /* speech and breath are one stretch */
        for (; t + 1 < N_TURNS && sb_time_to_seconds(e.speech.speech[i].start) > e.starts[t] + 0.01;)
            t++;
        if (t % 10 == 5 && i && fabs(sb_time_to_seconds(e.speech.speech[i].start) - e.starts[t]) < 0.01 &&
            e.speech.speech[i].start - e.speech.speech[i - 1].end > 700 * SB_TIME_MS)
            e.speech.speech[i].start -= 450 * SB_TIME_MS;
    }
    sb_alignment *a = align(&e, SB_OK);
    for (size_t t = 0; t < N_TURNS; t++)
        assert_true(fabs(sb_time_to_seconds(a->turns[t].start) - e.starts[t]) <= 0.3);
    sb_alignment_free(&a);
    free_episode(&e);
}

static void errors_have_low_confidence(void **state)
{
    size_t n_wrong = 0, n_doubted = 0;
    (void)state;
    for (uint32_t seed = 40; seed < 45; seed++) {
        episode e;
        make_episode(&e, seed);
        insert_before(&e, 60, 20);
        sb_alignment *a = align(&e, SB_OK);
        for (size_t t = 0; t < N_TURNS; t++) {
            bool wrong = fabs(sb_time_to_seconds(a->turns[t].start) - e.starts[t]) > 0.05;
            n_wrong += wrong;
            n_doubted += wrong && a->turns[t].confidence < 0.8f;
        }
        sb_alignment_free(&a);
        free_episode(&e);
    }
    assert_true(2 * n_doubted >= n_wrong);
}

static void an_empty_transcript_or_audio_is_an_error(void **state)
{
    episode e;
    (void)state;
    make_episode(&e, 1);
    size_t n_speech = e.speech.n_speech, n_turns = e.transcript.n_turns;
    e.speech.n_speech = 0;
    assert_null(align(&e, SB_ERR_NO_SPEECH));
    e.speech.n_speech = n_speech;
    e.transcript.n_turns = 0;
    assert_null(align(&e, SB_ERR_ARGUMENT));
    e.transcript.n_turns = n_turns;
    free_episode(&e);
}

static bool never_mind(void *user)
{
    return *(bool *)user;
}

static void it_can_be_interrupted(void **state)
{
    episode e;
    bool stop = true;
    sb_monitor monitor = {.user = &stop, .cancelled = never_mind};
    sb_align_params params = {.method = SB_METHOD_ENERGY, .monitor = &monitor};
    sb_alignment *a;
    (void)state;
    make_episode(&e, 1);
    assert_int_equal(sb_alignment_from_speech(&a, &e.speech, &e.transcript, NULL, &params, NULL),
                     SB_ERR_INTERRUPTED);
    assert_null(a);
    free_episode(&e);
}

static void every_allocation_may_fail(void **state)
{
    episode e;
    sb_align_params params = {.method = SB_METHOD_ENERGY};
    (void)state;
    make_episode(&e, 2);
    e.transcript.n_turns = 24;
    insert_before(&e, 12, 30);
    e.speech.n_speech = 100;
    bool failed = true;
    for (size_t n = 0; failed; n += n < 100 ? 1 : n / 8) {
        sb_alignment *a;
        memory_fail_from(n);
        sb_status status = sb_alignment_from_speech(&a, &e.speech, &e.transcript, NULL, &params, NULL);
        failed = memory_fail_end();
        assert_int_equal(status, failed ? SB_ERR_MEMORY : SB_OK);
        assert_true(failed == (a == NULL));
        sb_alignment_free(&a);
    }
    e.transcript.n_turns = N_TURNS;
    free_episode(&e);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(turns_start_after_their_pauses),
        cmocka_unit_test(words_are_in_order_within_their_turns),
        cmocka_unit_test(a_constant_offset_is_found),
        cmocka_unit_test(a_slow_clock_is_found),
        cmocka_unit_test(a_fast_clock_is_found),
        cmocka_unit_test(a_programme_timecode_is_an_offset),
        cmocka_unit_test(jittered_stamps_make_no_break),
        cmocka_unit_test(an_inserted_passage_is_found),
        cmocka_unit_test(a_removed_passage_is_found),
        cmocka_unit_test(minutes_that_come_twice_stay_where_exact_stamps_have_them),
        cmocka_unit_test(turns_are_placed_without_stamps),
        cmocka_unit_test(sound_that_no_turn_has_words_for_belongs_to_none),
        cmocka_unit_test(music_that_no_stamp_knows_of_belongs_to_none),
        cmocka_unit_test(words_over_music_keep_their_places),
        cmocka_unit_test(another_episode_is_never_certain),
        cmocka_unit_test(a_few_turns_of_another_episode_are_never_certain),
        cmocka_unit_test(an_offset_of_few_turns_in_noise_is_found),
        cmocka_unit_test(a_breath_does_not_outweigh_an_exact_stamp),
        cmocka_unit_test(errors_have_low_confidence),
        cmocka_unit_test(an_empty_transcript_or_audio_is_an_error),
        cmocka_unit_test(it_can_be_interrupted),
        cmocka_unit_test(every_allocation_may_fail),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
