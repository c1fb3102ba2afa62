#include "support_episode.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

double episode_chance(episode *e)
{
    e->seed = e->seed * 1664525u + 1013904223u;
    return (double)(e->seed >> 8) / (double)(1 << 24);
}

double episode_between(episode *e, double least, double most)
{
    return least + (most - least) * episode_chance(e);
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
    snprintf(text, sizeof text, "%s%s", words[(size_t)(4 * episode_chance(e))], last ? "." : "");
    return strdup(text);
}

static void add_sentence(episode *e, sb_turn *turn)
{
    size_t n = 2 + (size_t)(9 * episode_chance(e)), syllables = 0;
    for (size_t i = 0; i < n; i++) {
        turn->words[turn->n_words] = (sb_word){make_word(e, i + 1 == n), SB_TIME_NONE, SB_TIME_NONE};
        syllables += syllables_of(turn->words[turn->n_words++].text);
    }
    say(e, (double)syllables * 0.19 * episode_between(e, 0.85, 1.18));
}

static void add_turn(episode *e, size_t t)
{
    static char speakers[][5] = {"Ana", "Ben", "Cleo"};
    sb_turn *turn = &e->transcript.turns[t];
    size_t n_sentences = 1 + (size_t)(4 * episode_chance(e));
    turn->speaker = speakers[t % 3];
    turn->words = calloc(n_sentences * 12, sizeof *turn->words);
    turn->stop = SB_TIME_NONE;
    e->now += episode_between(e, 0.25, 1.4);
    e->starts[t] = e->now;
    turn->stamp = (sb_time)e->now * SB_TIME_SECOND;
    for (size_t i = 0; i < n_sentences; i++) {
        if (i)
            e->now += episode_between(e, 0.15, 0.6);
        add_sentence(e, turn);
    }
}

void episode_make_that_repeats(episode *e, uint32_t seed, size_t again)
{
    *e = (episode){.seed = seed};
    static char format[] = "made";
    e->transcript.format = format;
    e->transcript.turns = calloc(EPISODE_TURNS, sizeof *e->transcript.turns);
    e->transcript.n_turns = EPISODE_TURNS;
    e->transcript.resolution = SB_TIME_SECOND;
    e->speech.speech = calloc(EPISODE_TURNS * 8, sizeof *e->speech.speech);
    e->speech.hop = 5 * SB_TIME_MS;
    for (size_t t = 0; t < EPISODE_TURNS; t++) {
        e->seed = t == again ? seed : e->seed;
        add_turn(e, t);
    }
    e->speech.duration = sb_time_from_seconds(e->now + 1);
}

void episode_make(episode *e, uint32_t seed)
{
    episode_make_that_repeats(e, seed, EPISODE_TURNS);
}

void episode_free(episode *e)
{
    for (size_t t = 0; t < EPISODE_TURNS; t++) {
        for (size_t w = 0; w < e->transcript.turns[t].n_words; w++)
            free(e->transcript.turns[t].words[w].text);
        free(e->transcript.turns[t].words);
    }
    free(e->transcript.turns);
    free(e->speech.speech);
}

void episode_restamp(episode *e, double offset, double ppm)
{
    for (size_t t = 0; t < EPISODE_TURNS; t++) {
        double stamp = floor((e->starts[t] - offset) / (1 + ppm * 1e-6));
        e->transcript.turns[t].stamp = stamp < 0 ? SB_TIME_NONE : sb_time_from_seconds(stamp);
    }
}

void episode_insert_before(episode *e, size_t turn, double seconds)
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
    for (size_t t = turn; t < EPISODE_TURNS; t++)
        e->starts[t] += seconds;
}

void episode_cut_out(episode *e, size_t first, size_t end)
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
    for (size_t t = first; t < EPISODE_TURNS; t++)
        e->starts[t] = t < end ? NAN : e->starts[t] - sb_time_to_seconds(until - from);
}

sb_span episode_insert_music(episode *e, size_t turn, double seconds)
{
    episode_insert_before(e, turn, seconds);
    sb_span gap = {sb_time_from_seconds(e->starts[turn] - seconds - 0.04),
                   sb_time_from_seconds(e->starts[turn] - 0.06)};
    sb_span *spans = calloc(EPISODE_TURNS * 8 + 1000, sizeof *spans);
    size_t n = 0, i = 0;
    while (e->speech.speech[i].start < gap.start)
        spans[n++] = e->speech.speech[i++];
    for (sb_time at = gap.start; at < gap.end;) {
        sb_time until = at + sb_time_from_seconds(episode_between(e, 0.1, 3));
        spans[n++] = (sb_span){at, until < gap.end ? until : gap.end};
        at = until + sb_time_from_seconds(episode_between(e, 0.05, 0.6));
    }
    while (i < e->speech.n_speech)
        spans[n++] = e->speech.speech[i++];
    free(e->speech.speech);
    e->speech.speech = spans;
    e->speech.n_speech = n;
    return gap;
}

sb_alignment *episode_align(episode *e, sb_status expected)
{
    sb_alignment *a = NULL;
    sb_error err = {0};
    sb_align_params params = {.method = SB_METHOD_ENERGY};
    assert_int_equal(sb_alignment_from_speech(&a, &e->speech, &e->transcript, NULL, &params, &err), expected);
    assert_int_equal(err.status, expected);
    return a;
}

size_t episode_count_right(const episode *e, const sb_alignment *a)
{
    size_t n = 0;
    for (size_t t = 0; t < EPISODE_TURNS; t++)
        n += fabs(sb_time_to_seconds(a->turns[t].start) - e->starts[t]) <= 0.05;
    return n;
}
