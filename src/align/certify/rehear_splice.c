#include "align/certify/certify.h"

#include "base/run/run.h"
#include "speech/speech.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define ALIKE 0.8 /* correlation */
/* Minimum correlation of equal sound after encoding. */
#define LEAST  0.5
#define SEARCH 1280 /* samples on either side: 80 ms */
#define PATCH  640  /* samples at each edge where the source replaces the faded file */
#define BLEND  80   /* samples of crossfade between them */
#define EDGE   320  /* samples: 20 ms */

/* The position of the file's sound in the source. */
typedef struct match {
    int64_t lag; /* samples from the cut to the start of the file's sound */
    double gain; /* of the file relative to the source */
    bool found;
} match;

typedef struct sums {
    double xy, xx, yy;
} sums;

static sums correlate(const float *x, const float *y, size_t n)
{
    sums s = {0};
    for (size_t i = 0; i < n; i++) {
        s.xy += (double)(x[i] * y[i]);
        s.xx += (double)(x[i] * x[i]);
        s.yy += (double)(y[i] * y[i]);
    }
    return s;
}

static double likeness(sums s)
{
    return s.xx > 0 && s.yy > 0 ? s.xy / sqrt(s.xx * s.yy) : 0;
}

/* Finds `x` of the file in the source, near sample `at`. */
static match find_edge_sound(const float *x, size_t n_x, const sb_edge_sound *edge, size_t at)
{
    size_t n = edge->n - at < n_x ? edge->n - at : n_x;
    sums best = correlate(x, edge->samples + at, n);
    match m = {.gain = 1, .found = true};
    if (best.xx == 0 && best.yy == 0)
        return m;
    for (int64_t lag = -SEARCH; likeness(best) < ALIKE && lag <= SEARCH; lag++) {
        int64_t first = (int64_t)at + lag;
        if (first < 0 || first >= (int64_t)edge->n)
            continue;
        size_t room = edge->n - (size_t)first;
        sums s = correlate(x, edge->samples + first, room < n ? room : n);
        if (likeness(s) > likeness(best)) {
            best = s;
            m.lag = lag;
        }
    }
    m.found = likeness(best) >= LEAST;
    if (best.xy > 0 && best.yy > 0)
        m.gain = best.xy / best.yy;
    return m;
}

static match find_start(const sb_rehear_sound *in)
{
    size_t most = in->start.n - in->start.cut, n = in->n_clip < most ? in->n_clip : most;
    return find_edge_sound(in->clip, n, &in->start, in->start.cut);
}

static match find_end(const sb_rehear_sound *in)
{
    size_t n = in->n_clip < in->end.cut ? in->n_clip : in->end.cut;
    return find_edge_sound(in->clip + in->n_clip - n, n, &in->end, in->end.cut - n);
}

static size_t moved_cut(const sb_edge_sound *edge, const match *m)
{
    int64_t at = (int64_t)edge->cut + m->lag;
    return at < 0 ? 0 : at > (int64_t)edge->n ? edge->n : (size_t)at;
}

static void blend(float *to, const float *from, size_t n, bool from_first)
{
    for (size_t i = 0; i < n; i++) {
        size_t depth = from_first ? i : n - 1 - i, kept = n - BLEND;
        float share = depth < kept ? 0 : (float)(depth - kept + 1) / (BLEND + 1);
        to[i] = to[i] * share + from[i] * (1 - share);
    }
}

/* The search would confuse the fades of the file with edges of words, so the source replaces them. */
static void patch_edges(sb_rehear_splice *s, const sb_rehear_sound *in, size_t start_cut, size_t end_cut)
{
    size_t n = s->end - s->start;
    if (n < 2 * PATCH)
        return;
    if (in->start.n >= start_cut + PATCH)
        blend(s->samples + s->start, in->start.samples + start_cut, PATCH, true);
    if (end_cut >= PATCH)
        blend(s->samples + s->end - PATCH, in->end.samples + end_cut - PATCH, PATCH, false);
}

static bool lay(sb_rehear_splice *s, const sb_rehear_sound *in, const match *start, const match *end)
{
    size_t start_cut = moved_cut(&in->start, start), end_cut = moved_cut(&in->end, end);
    size_t before = start->found ? start_cut : 0, after = end->found ? in->end.n - end_cut : 0;
    double gain = start->found ? start->gain : end->gain;
    s->n = before + in->n_clip + after;
    s->start = before;
    s->end = before + in->n_clip;
    s->samples = calloc(s->n + 1, sizeof *s->samples);
    if (!s->samples)
        return false;
    memcpy(s->samples, in->start.samples, before * sizeof *s->samples);
    memcpy(s->samples + s->end, in->end.samples + end_cut, after * sizeof *s->samples);
    for (size_t i = 0; i < in->n_clip; i++)
        s->samples[before + i] = (float)((double)in->clip[i] / gain);
    return true;
}

static sb_status measure_levels(uint8_t **out, size_t *n_out, const float *samples, size_t n, sb_error *err)
{
    sb_energy *energy = NULL;
    sb_levels levels = {0};
    int64_t n_samples;
    sb_status status = sb_energy_create(&energy, SB_MONO_HZ, 1, err);
    if (status == SB_OK)
        status = sb_energy_push(energy, &samples, n, err);
    if (status == SB_OK)
        status = sb_energy_finish(energy, &levels, &n_samples, err);
    sb_energy_free(&energy);
    free(levels.low);
    *out = levels.high;
    *n_out = levels.n;
    return status;
}

static sb_status measure_edge(sb_rehear_splice *s, int which, sb_error *err)
{
    size_t n = s->end - s->start < EDGE ? s->end - s->start : EDGE, n_levels;
    uint8_t *levels;
    sb_status status =
        measure_levels(&levels, &n_levels, s->samples + (which ? s->end - n : s->start), n, err);
    for (size_t i = 0; status == SB_OK && i < n_levels; i++)
        if (!s->has_levels[which] || levels[i] > s->edge_levels[which]) {
            s->edge_levels[which] = levels[i];
            s->has_levels[which] = true;
        }
    free(levels);
    return status;
}

sb_status sb_rehear_splice_make(sb_rehear_splice *out, const sb_rehear_sound *in, sb_error *err)
{
    match start = find_start(in), end = find_end(in);
    *out = (sb_rehear_splice){.moved = {SB_TIME_NONE, SB_TIME_NONE}};
    if (start.found)
        out->moved[0] = sb_time_from_samples(start.lag, SB_MONO_HZ);
    if (end.found)
        out->moved[1] = sb_time_from_samples(end.lag, SB_MONO_HZ);
    sb_status status = lay(out, in, &start, &end) ? SB_OK : sb_error_memory(err, "checking a clip");
    for (int which = 0; status == SB_OK && which < 2; which++)
        status = measure_edge(out, which, err);
    if (status == SB_OK && start.found && end.found)
        patch_edges(out, in, moved_cut(&in->start, &start), moved_cut(&in->end, &end));
    if (status == SB_OK)
        status = measure_levels(&out->levels, &out->n_levels, out->samples, out->n, err);
    if (status != SB_OK)
        sb_rehear_splice_finish(out);
    return status;
}

void sb_rehear_splice_finish(sb_rehear_splice *s)
{
    free(s->samples);
    free(s->levels);
    *s = (sb_rehear_splice){0};
}
