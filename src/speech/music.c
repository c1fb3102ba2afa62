#include "speech/speech.h"

#include "base/run/run.h"

#include <math.h>
#include <stdlib.h>

#define FRAME_HOPS  4   /* 20 ms: shorter than any syllable */
#define FRAME_STEPS 8.0 /* of a frame's level in a decibel: the sum of its hops, each in half decibels */
#define WINDOW      300 /* frames: 6 s hold a sentence and its pauses, and some bars of music */
#define STEP        12  /* frames from one window to the next */
#define LEAST_LAG   13  /* frames; beats of music are 0.26 to 1.2 s apart */
#define MOST_LAG    60

#define LEAST_ODDS    0.5f /* minimum log-odds, as the mean of 2 SMOOTH + 1 windows */
#define SURE_ODDS     1.0f /* minimum of the best window of a stretch */
#define SMOOTH        4
#define LEAST_WINDOWS 12 /* 9 s of sound */

/* The edge of music is found by comparing the sound with the speech on one side and the music on the
 * other. */
#define REACH       200 /* frames on each side: 4 s */
#define BINS        24
#define LEVEL_BIN   4.0 /* dB */
#define STEP_BIN    1.0
#define TILT_BIN    2.0
#define QUIET_REACH 10 /* frames */

typedef struct frames {
    uint16_t *low, *high; /* levels, in steps of 1 / FRAME_STEPS dB */
    uint16_t loudest;     /* of `low`; levels relative to it do not depend on the gain */
    size_t n;
} frames;

static bool make_frames(frames *out, const sb_levels *levels)
{
    out->n = levels->n / FRAME_HOPS;
    out->low = calloc(out->n + 1, sizeof *out->low);
    out->high = calloc(out->n + 1, sizeof *out->high);
    if (!out->low || !out->high)
        return false;
    for (size_t i = 0; i < out->n * FRAME_HOPS; i++) {
        out->low[i / FRAME_HOPS] = (uint16_t)(out->low[i / FRAME_HOPS] + levels->low[i]);
        out->high[i / FRAME_HOPS] = (uint16_t)(out->high[i / FRAME_HOPS] + levels->high[i]);
    }
    for (size_t i = 0; i < out->n; i++)
        out->loudest = out->low[i] > out->loudest ? out->low[i] : out->loudest;
    return true;
}

static double mean_power_level(const uint16_t *level)
{
    uint16_t most = 0;
    double sum = 0;
    for (size_t i = 0; i < WINDOW; i++)
        most = level[i] > most ? level[i] : most;
    for (size_t i = 0; i < WINDOW; i++)
        sum += exp((level[i] - most) * (M_LN10 / 10 / FRAME_STEPS));
    return most + FRAME_STEPS * 10 * log10(sum / WINDOW);
}

static double part_under(const uint16_t *level, double limit)
{
    size_t n = 0;
    for (size_t i = 0; i < WINDOW; i++)
        n += level[i] < limit;
    return (double)n / WINDOW;
}

/* The highest autocorrelation of the rises of the level, at the lags of beats. */
static double beat(const uint16_t *level)
{
    float rise[WINDOW], mean = 0;
    double all = 1e-9, best = 0;
    for (size_t i = 0; i < WINDOW; i++) {
        rise[i] = i && level[i] > level[i - 1] ? (float)(level[i] - level[i - 1]) : 0;
        mean += rise[i] / WINDOW;
    }
    for (size_t i = 0; i < WINDOW; i++) {
        rise[i] -= mean;
        all += (double)(rise[i] * rise[i]);
    }
    for (size_t lag = LEAST_LAG; lag <= MOST_LAG; lag++) {
        float sum = 0;
        for (size_t i = lag; i < WINDOW; i++)
            sum += rise[i] * rise[i - lag];
        best = fmax(best, (double)sum / all);
    }
    return best;
}

static double spread_of_tilt(const uint16_t *low, const uint16_t *high)
{
    double sum = 0, squares = 0;
    for (size_t i = 0; i < WINDOW; i++) {
        double tilt = ((double)high[i] - low[i]) / FRAME_STEPS;
        sum += tilt;
        squares += tilt * tilt;
    }
    return sqrt(fmax(0, squares / WINDOW - sum * sum / WINDOW / WINDOW));
}

static double mean_step(const uint16_t *level)
{
    double sum = 0;
    for (size_t i = 1; i < WINDOW; i++)
        sum += abs(level[i] - level[i - 1]);
    return sum / (WINDOW - 1) / FRAME_STEPS;
}

/* A logistic regression on 45 recordings of speech, also in noise, over music and in rooms, 57 pieces of
 * music and six kinds of noise. Half of them gave the weights; figures of the other half are in
 * docs/alignment.md. */
static float log_odds(const uint16_t *low, const uint16_t *high)
{
    double mean = mean_power_level(low);
    return (float)(1.2 - 2.0 * part_under(low, mean - 8 * FRAME_STEPS) -
                   6.0 * part_under(low, mean - 15 * FRAME_STEPS) + 0.42 * mean_step(low) -
                   2.75 * spread_of_tilt(low, high) + 14.6 * beat(low));
}

/* The sound on one side of an edge: the frequency of each level, change of the level, and tilt (difference of
 * the bands). */
typedef struct habits {
    double level[BINS], step[BINS], tilt[BINS];
} habits;

static size_t bin(double value, double width)
{
    double at = BINS / 2 + value / width;
    return at < 0 ? 0 : at >= BINS ? BINS - 1 : (size_t)at;
}

typedef struct seen {
    size_t level, step, tilt;
} seen;

static seen see(const frames *f, size_t i)
{
    double low = f->low[i] / FRAME_STEPS, before = f->low[i ? i - 1 : 0] / FRAME_STEPS;
    return (seen){bin(low - f->loudest / FRAME_STEPS + BINS / 2 * LEVEL_BIN, LEVEL_BIN),
                  bin(low - before, STEP_BIN), bin(f->high[i] / FRAME_STEPS - low, TILT_BIN)};
}

static void learn(habits *out, const frames *f, size_t from, size_t until)
{
    double n = (double)(until - from) + BINS;
    for (size_t b = 0; b < BINS; b++)
        out->level[b] = out->step[b] = out->tilt[b] = 1 / n;
    for (size_t i = from; i < until; i++) {
        seen s = see(f, i);
        out->level[s.level] += 1 / n;
        out->step[s.step] += 1 / n;
        out->tilt[s.tilt] += 1 / n;
    }
}

static double likeness(const habits *h, seen s)
{
    return log(h->level[s.level] * h->step[s.step] * h->tilt[s.tilt]);
}

static size_t quietest_near(const frames *f, size_t at)
{
    size_t from = at > QUIET_REACH ? at - QUIET_REACH : 0, best = at < f->n ? at : f->n - 1;
    for (size_t i = from; i < f->n && i <= at + QUIET_REACH; i++)
        best = f->low[i] < f->low[best] ? i : best;
    return best;
}

/* Returns the frame in [from, until) where the sound changes from that of [before, before + REACH) to that of
 * [after, after + REACH). */
static size_t change_between(const frames *f, size_t from, size_t until, size_t before, size_t after)
{
    habits early, late;
    learn(&early, f, before, before + REACH);
    learn(&late, f, after, after + REACH);
    double sum = 0, best = 0;
    size_t at = from;
    for (size_t i = from; i < until; i++) {
        seen s = see(f, i);
        sum += likeness(&early, s) - likeness(&late, s);
        if (sum > best) {
            best = sum;
            at = i + 1;
        }
    }
    return quietest_near(f, at);
}

/* `first` and `end` are the frames of the windows that sound like music. There may be speech at their
 * edges. */
static sb_span find_edges(const frames *f, size_t first, size_t end)
{
    size_t from = first, until = end;
    if (first >= 2 * REACH && first + 3 * REACH <= f->n)
        from =
            change_between(f, first - REACH / 2, first + REACH, first - 2 * REACH + REACH / 2, first + REACH);
    if (end >= 3 * REACH && end + 2 * REACH <= f->n)
        until = change_between(f, end - REACH, end + REACH / 2, end - 2 * REACH, end + REACH / 2);
    return (sb_span){(sb_time)from * FRAME_HOPS * SB_HOP, (sb_time)until * FRAME_HOPS * SB_HOP};
}

/* The mean of the windows around `at`, because a single window is not reliable. */
static float smooth(const float *odds, size_t n, size_t at)
{
    size_t from = at > SMOOTH ? at - SMOOTH : 0, until = at + SMOOTH + 1 < n ? at + SMOOTH + 1 : n;
    float sum = 0;
    for (size_t i = from; i < until; i++)
        sum += odds[i];
    return sum / (float)(until - from);
}

static bool add_stretch(sb_span **out, size_t *n_out, sb_span span)
{
    if (*n_out > 0 && span.start <= (*out)[*n_out - 1].end) {
        (*out)[*n_out - 1].end = span.end;
        return true;
    }
    if (span.end <= span.start)
        return true;
    if (!sb_push_room(out, *n_out, sizeof **out))
        return false;
    (*out)[(*n_out)++] = span;
    return true;
}

static bool find_stretches(sb_span **out, size_t *n_out, const frames *f, const float *odds, size_t n)
{
    for (size_t i = 0; i < n;) {
        size_t end = i;
        float most = 0, here;
        while (end < n && (here = smooth(odds, n, end)) > LEAST_ODDS) {
            most = fmaxf(most, here);
            end++;
        }
        size_t last_frame = end == n ? f->n : (end - 1) * STEP + WINDOW;
        if (end >= i + LEAST_WINDOWS && most > SURE_ODDS &&
            !add_stretch(out, n_out, find_edges(f, i * STEP, last_frame)))
            return false;
        i = end + 1;
    }
    return true;
}

sb_status sb_music_find(sb_span **out, size_t *n_out, const sb_levels *levels, sb_error *err)
{
    frames f = {0};
    *out = NULL;
    *n_out = 0;
    bool good = make_frames(&f, levels);
    size_t n = f.n >= WINDOW ? (f.n - WINDOW) / STEP + 1 : 0;
    float *odds = good ? malloc((n + 1) * sizeof *odds) : NULL;
    good = good && odds;
    for (size_t i = 0; good && i < n; i++)
        odds[i] = log_odds(f.low + i * STEP, f.high + i * STEP);
    good = good && find_stretches(out, n_out, &f, odds, n);
    free(odds);
    free(f.low);
    free(f.high);
    return good ? SB_OK : sb_error_memory(err, "measuring the audio");
}
