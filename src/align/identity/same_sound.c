#include "align/identity/identity.h"

#include "base/run/run.h"
#include "speech/speech.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Positions in the file are counted in slots of SB_HOP, positions in the aligned audio in hops of HOP_SLOTS
 * slots. Levels are in units of SB_LEVEL_DB, which are half a decibel. The limits were fitted to encodings
 * and edits of the field recordings; see docs/alignment.md. */
enum {
    HOP_SLOTS = (int)(SB_OVERVIEW_HOP / SB_HOP),
    RANGE = 80,          /* levels further below the loud ones are equal: codecs and gates change them */
    FARTHEST = 30 * 200, /* the largest offset, in slots */
    COARSE_STEP = 4,
    FEW_HOPS = 4000, /* are enough to find the offset */
    LEAST_HOPS = 50, /* shorter sound is not recognised */
    WINDOW = 20,     /* hops that must be alike everywhere */
    SEGMENT = 150,   /* hops that must have the same offset everywhere */
    SEGMENT_REACH = 20,
    SUBSTEPS = 5, /* of a slot: 1 ms */
};
#define LIKE_WHOLE   0.85
#define LIKE_NOWHERE 0.3
#define LIKE_WINDOW  0.9
#define KNOWN_PART   0.2  /* of the windows are enough to call the rest edited */
#define REST_LEAST   10.0 /* the deviation that a window may always have, */
#define REST_MOST    20.0 /* may never exceed, */
#define REST_TIMES   4.5  /* and may have relative to the usual one, which depends on the encoding */
#define LEVEL_APART  20.0
#define STEADY       5.0 /* if levels deviate less than this, they cannot be correlated */
#define OFFSET_APART 2.0 /* slots */

typedef struct plane {
    float *kept;  /* n_kept hops */
    float *heard; /* the level of the hop that begins at each slot */
} plane;

typedef struct comparison {
    const sb_kept_sound *kept;
    const uint8_t *slots[SB_SOUND_BANDS]; /* of the file */
    size_t n_slots, n_starts;             /* slots, and those at which a whole hop begins */
    size_t n_bands;
    plane planes[SB_SOUND_BANDS];
    float floors[SB_SOUND_BANDS];
    double powers[256];
} comparison;

static float level_of(double power)
{
    return power > 0 ? (float)(2 * (10 * log10(power) + 127.5)) : 0;
}

/* The level of the hop at slot `at` with a fraction of a slot. */
static float raw_level(const comparison *c, size_t band, size_t at, double fraction)
{
    const uint8_t *slots = c->slots[band] + at;
    if (c->kept->is_peak) {
        uint8_t most = 0;
        for (int i = 0; i < HOP_SLOTS; i++)
            most = slots[i] > most ? slots[i] : most;
        return most;
    }
    double sum = (1 - fraction) * c->powers[slots[0]];
    for (int i = 1; i < HOP_SLOTS; i++)
        sum += c->powers[slots[i]];
    if (fraction > 0)
        sum += fraction * c->powers[slots[HOP_SLOTS]];
    return level_of(sum / HOP_SLOTS);
}

static int compare_floats(const void *a, const void *b)
{
    float x = *(const float *)a, y = *(const float *)b;
    return x < y ? -1 : x > y;
}

/* Cuts everything far below the loud levels; returns where, or a negative number if memory runs out. */
static float cut_low(float *levels, size_t n)
{
    float *sorted = malloc((n + 1) * sizeof *sorted);
    if (!sorted)
        return -1;
    memcpy(sorted, levels, n * sizeof *sorted);
    qsort(sorted, n, sizeof *sorted, compare_floats);
    float bottom = n ? sorted[n - 1 - n / 20] - RANGE : 0;
    free(sorted);
    bottom = bottom < 0 ? 0 : bottom;
    for (size_t i = 0; i < n; i++)
        levels[i] = levels[i] < bottom ? bottom : levels[i];
    return bottom;
}

static bool fill_plane(comparison *c, size_t band)
{
    plane *p = &c->planes[band];
    p->kept = malloc((c->kept->n + 1) * sizeof *p->kept);
    p->heard = malloc((c->n_starts + 1) * sizeof *p->heard);
    if (!p->kept || !p->heard)
        return false;
    for (size_t i = 0; i < c->kept->n; i++)
        p->kept[i] = c->kept->bands[band][i];
    for (size_t i = 0; i < c->n_starts; i++)
        p->heard[i] = raw_level(c, band, i, 0);
    c->floors[band] = cut_low(p->heard, c->n_starts);
    return c->floors[band] >= 0 && cut_low(p->kept, c->kept->n) >= 0;
}

static void finish_comparison(comparison *c)
{
    for (size_t band = 0; band < c->n_bands; band++) {
        free(c->planes[band].kept);
        free(c->planes[band].heard);
    }
}

/* Sums over pairs of a kept and a heard level. */
typedef struct sums {
    double n, x, y, xx, yy, xy;
} sums;

static void add_to_sums(sums *s, double x, double y)
{
    s->n++;
    s->x += x;
    s->y += y;
    s->xx += x * x;
    s->yy += y * y;
    s->xy += x * y;
}

static double spread_of_sums(double n, double x, double xx)
{
    double v = xx - x * x / n;
    return v > 0 ? v : 0;
}

/* Correlation and difference over all bands, each relative to its own mean. */
typedef struct agreement {
    double n, xx, yy, xy;
    double difference; /* of the means, file minus aligned audio, averaged over the bands */
} agreement;

static agreement agree(const sums *s, size_t n_bands)
{
    agreement a = {0};
    for (size_t b = 0; b < n_bands; b++) {
        if (s[b].n == 0)
            continue;
        a.n += s[b].n;
        a.xx += spread_of_sums(s[b].n, s[b].x, s[b].xx);
        a.yy += spread_of_sums(s[b].n, s[b].y, s[b].yy);
        a.xy += s[b].xy - s[b].x * s[b].y / s[b].n;
        a.difference += (s[b].y - s[b].x) / s[b].n / (double)n_bands;
    }
    return a;
}

static double correlation(const agreement *a)
{
    return a->xx > 0 && a->yy > 0 ? a->xy / sqrt(a->xx * a->yy) : 0;
}

/* Hops [first, end) of the aligned audio, every `step`-th, that the file has at this offset in slots. */
static agreement agreement_at(const comparison *c, size_t first, size_t end, size_t step, int64_t offset)
{
    sums s[SB_SOUND_BANDS] = {0};
    for (size_t band = 0; band < c->n_bands; band++)
        for (size_t i = first; i < end; i += step) {
            int64_t at = (int64_t)i * HOP_SLOTS + offset;
            if (at >= 0 && at < (int64_t)c->n_starts)
                add_to_sums(&s[band], c->planes[band].kept[i], c->planes[band].heard[at]);
        }
    return agree(s, c->n_bands);
}

static size_t step_for(const comparison *c)
{
    return c->kept->n / FEW_HOPS + 1;
}

static int64_t best_offset(const comparison *c, size_t first, size_t end, size_t step, int64_t from,
                           int64_t until, int64_t stride, double *likeness)
{
    int64_t best = from;
    *likeness = -1;
    for (int64_t offset = from; offset <= until; offset += stride) {
        agreement a = agreement_at(c, first, end, step, offset);
        double r = a.n < (double)((end - first) / step * c->n_bands) / 2 ? -1 : correlation(&a);
        if (r > *likeness) {
            *likeness = r;
            best = offset;
        }
    }
    return best;
}

/* The vertex of the parabola through three likenesses, in steps from the middle one. */
static double vertex(double before, double middle, double after)
{
    double bend = before - 2 * middle + after;
    double at = bend < 0 ? 0.5 * (before - after) / bend : 0;
    return at > 1 ? 1 : at < -1 ? -1 : at;
}

static double likeness_between(const comparison *c, double offset)
{
    sums s[SB_SOUND_BANDS] = {0};
    int64_t whole = (int64_t)floor(offset);
    double fraction = offset - (double)whole;
    for (size_t band = 0; band < c->n_bands; band++)
        for (size_t i = 0; i < c->kept->n; i += step_for(c)) {
            int64_t at = (int64_t)i * HOP_SLOTS + whole;
            if (at < 0 || at + 1 >= (int64_t)c->n_starts)
                continue;
            float level = raw_level(c, band, (size_t)at, fraction);
            add_to_sums(&s[band], c->planes[band].kept[i], level < c->floors[band] ? c->floors[band] : level);
        }
    agreement a = agree(s, c->n_bands);
    return correlation(&a);
}

static double parabola_around(const comparison *c, size_t first, size_t end, size_t step, int64_t best)
{
    double r[3];
    for (int i = 0; i < 3; i++) {
        agreement a = agreement_at(c, first, end, step, best + i - 1);
        r[i] = correlation(&a);
    }
    return (double)best + vertex(r[0], r[1], r[2]);
}

/* Peaks of slots cannot be divided, so the offset of an older alignment is interpolated. */
static double refine(const comparison *c, int64_t coarse)
{
    double likeness;
    int64_t best =
        best_offset(c, 0, c->kept->n, step_for(c), coarse - COARSE_STEP, coarse + COARSE_STEP, 1, &likeness);
    if (c->kept->is_peak)
        return parabola_around(c, 0, c->kept->n, step_for(c), best);
    double r[2 * SUBSTEPS + 1], top = -1;
    int at = 0;
    for (int i = 0; i <= 2 * SUBSTEPS; i++) {
        r[i] = likeness_between(c, (double)best + (double)(i - SUBSTEPS) / SUBSTEPS);
        if (r[i] > top) {
            top = r[i];
            at = i;
        }
    }
    double part = at > 0 && at < 2 * SUBSTEPS ? vertex(r[at - 1], r[at], r[at + 1]) : 0;
    return (double)best + ((double)(at - SUBSTEPS) + part) / SUBSTEPS;
}

static bool is_steady(double n, double spread_sum)
{
    return sqrt(spread_sum / n) < STEADY;
}

/* The deviation of the levels of a window from each other, each band around its own mean. The worst hop is
 * ignored, because a click may be in one encoding only. */
static double rest_of(const comparison *c, size_t first, int64_t offset)
{
    double squares[WINDOW] = {0}, sum = 0, worst = 0;
    for (size_t band = 0; band < c->n_bands; band++) {
        const float *kept = c->planes[band].kept + first;
        const float *heard = c->planes[band].heard + (int64_t)first * HOP_SLOTS + offset;
        double mean = 0;
        for (size_t i = 0; i < WINDOW; i++)
            mean += (double)(heard[i * HOP_SLOTS] - kept[i]) / WINDOW;
        for (size_t i = 0; i < WINDOW; i++) {
            double rest = (double)(heard[i * HOP_SLOTS] - kept[i]) - mean;
            squares[i] += rest * rest;
        }
    }
    for (size_t i = 0; i < WINDOW; i++) {
        sum += squares[i];
        worst = squares[i] > worst ? squares[i] : worst;
    }
    return sqrt((sum - worst) / (double)((WINDOW - 1) * c->n_bands));
}

typedef struct window {
    size_t first;
    double rest, apart; /* apart: how far its level differs more than that of the whole */
    bool known;         /* certainly the same sound */
} window;

/* Makes the windows that are in both files. Returns NULL if memory runs out. */
static window *make_windows(const comparison *c, int64_t offset, size_t *n)
{
    agreement whole = agreement_at(c, 0, c->kept->n, 1, offset);
    window *windows = calloc(c->kept->n / (WINDOW / 2) + 1, sizeof *windows);
    *n = 0;
    for (size_t first = 0; windows && first + WINDOW <= c->kept->n; first += WINDOW / 2) {
        agreement a = agreement_at(c, first, first + WINDOW, 1, offset);
        if (a.n < (double)(WINDOW * c->n_bands))
            continue;
        bool varies = !is_steady(a.n, a.xx) && !is_steady(a.n, a.yy);
        windows[(*n)++] = (window){.first = first,
                                   .rest = rest_of(c, first, offset),
                                   .apart = fabs(a.difference - whole.difference),
                                   .known = varies && correlation(&a) >= LIKE_WINDOW};
    }
    return windows;
}

static int by_rest(const void *a, const void *b)
{
    double x = ((const window *)a)->rest, y = ((const window *)b)->rest;
    return x < y ? -1 : x > y;
}

static double rest_limit(const window *windows, size_t n)
{
    window *sorted = malloc((n + 1) * sizeof *sorted);
    if (!sorted)
        return REST_LEAST;
    memcpy(sorted, windows, n * sizeof *sorted);
    qsort(sorted, n, sizeof *sorted, by_rest);
    double limit = n ? REST_TIMES * sorted[n / 2].rest : 0;
    free(sorted);
    return limit < REST_LEAST ? REST_LEAST : limit > REST_MOST ? REST_MOST : limit;
}

static bool find_difference(const window *windows, size_t n, size_t *at)
{
    double limit = rest_limit(windows, n);
    for (size_t i = 0; i < n; i++) {
        *at = windows[i].first;
        if (windows[i].rest > limit || windows[i].apart > LEVEL_APART)
            return true;
    }
    return false;
}

static bool is_partly_known(const window *windows, size_t n)
{
    size_t n_known = 0;
    for (size_t i = 0; i < n; i++)
        n_known += windows[i].known;
    return (double)n_known >= KNOWN_PART * (double)n;
}

/* If a short piece was cut out or the speed differs, the sound after it is moved. */
static bool find_move(const comparison *c, double offset, size_t *at)
{
    int64_t middle = (int64_t)llround(offset);
    for (*at = 0; *at + SEGMENT <= c->kept->n; *at += SEGMENT / 2) {
        size_t end = *at + SEGMENT;
        double likeness;
        int64_t best =
            best_offset(c, *at, end, 1, middle - SEGMENT_REACH, middle + SEGMENT_REACH, 1, &likeness);
        agreement a = agreement_at(c, *at, end, 1, best);
        if (a.n < (double)SEGMENT * (double)c->n_bands / 2 || is_steady(a.n, a.xx) || is_steady(a.n, a.yy))
            continue;
        if (fabs(parabola_around(c, *at, end, 1, best) - offset) > OFFSET_APART)
            return true;
    }
    return false;
}

/* Returns false if memory runs out. */
static bool judge_comparison(sb_same_sound *out, const comparison *c)
{
    size_t step = step_for(c), at = 0;
    agreement all = agreement_at(c, 0, c->kept->n, step, 0);
    out->verdict = SB_SOUND_UNKNOWN;
    if (c->kept->n < LEAST_HOPS || c->n_starts < LEAST_HOPS * HOP_SLOTS || is_steady(all.n + 1, all.xx))
        return true;
    int64_t coarse = best_offset(c, 0, c->kept->n, step, -FARTHEST, FARTHEST, COARSE_STEP, &out->likeness);
    double offset = refine(c, coarse);
    out->offset = (sb_time)llround(offset * (double)SB_HOP);
    out->verdict = SB_SOUND_OTHER;
    if (out->likeness < LIKE_NOWHERE)
        return true;
    size_t n;
    window *windows = make_windows(c, (int64_t)llround(offset), &n);
    if (!windows)
        return false;
    bool differs = find_difference(windows, n, &at);
    if (!differs && out->likeness >= LIKE_WHOLE && !find_move(c, offset, &at))
        out->verdict = SB_SOUND_SAME;
    else if (is_partly_known(windows, n))
        out->verdict = SB_SOUND_EDITED;
    out->differs_at = (sb_time)at * SB_OVERVIEW_HOP;
    free(windows);
    return true;
}

sb_status sb_sound_compare(sb_same_sound *out, const sb_kept_sound *kept, const sb_speech *heard,
                           sb_error *err)
{
    comparison c = {.kept = kept,
                    .slots = {heard->low_levels, heard->levels},
                    .n_slots = heard->n_levels,
                    .n_starts = heard->n_levels > HOP_SLOTS ? heard->n_levels - HOP_SLOTS : 0,
                    .n_bands = kept->n_bands};
    *out = (sb_same_sound){.verdict = SB_SOUND_UNKNOWN};
    if (kept->n_bands == 1)
        c.slots[0] = heard->levels;
    for (int i = 0; i < 256; i++)
        c.powers[i] = pow(10, SB_LEVEL_DB(i) / 10);
    bool ok = true;
    for (size_t band = 0; ok && band < c.n_bands; band++)
        ok = fill_plane(&c, band);
    if (ok)
        ok = judge_comparison(out, &c);
    finish_comparison(&c);
    return ok ? SB_OK : sb_error_memory(err, "comparing the audio");
}
