#include "acoustic/boundary/boundary.h"

#include <math.h>
#include <string.h>

#define CANDIDATES SB_BOUNDARY_CANDIDATES
#define REACH      SB_BOUNDARY_REACH
#define SEEN       SB_BOUNDARY_SEEN
#define OWN        4    /* frames on each side whose levels are inputs of their own */
#define FLOOR      1e-4 /* of the speech level */
#define HOP_S      ((double)SB_BAND_HOP / SB_BAND_HZ)
#define OFFSET_S   0.02

/* What all candidates of a boundary share: for each frame, the sums of the levels before it. */
typedef struct view {
    double before[SEEN + 1][SB_BANDS];
} view;

static const char classes[] = "VSFZNL_";

static double frame_seconds(int64_t frame)
{
    return (double)(frame * SB_BAND_HOP + SB_BAND_SAMPLES / 2) / SB_BAND_HZ;
}

static int64_t frame_at(double seconds)
{
    return llrint((seconds * SB_BAND_HZ - SB_BAND_SAMPLES / 2.0) / SB_BAND_HOP);
}

/* The sum over the frames whose middle is inside the word. */
static size_t add_power(const sb_band_levels *levels, const double *power, const sb_span *word, double *sum)
{
    int64_t first = frame_at(sb_time_to_seconds(word->start)), end = frame_at(sb_time_to_seconds(word->end));
    first = first < 0 ? 0 : first;
    end = end > (int64_t)levels->n_frames ? (int64_t)levels->n_frames : end;
    for (int64_t i = first; i < end; i++)
        for (int64_t band = 0; band < SB_BANDS; band++)
            *sum += power[levels->values[i * SB_BANDS + band]];
    return end > first ? (size_t)(end - first) : 0;
}

bool sb_boundary_scale_set(sb_boundary_scale *scale, const sb_band_levels *levels, const sb_span *words,
                           size_t n_words)
{
    double power[256], sum = 0;
    size_t n_frames = 0;
    for (int i = 0; i < 256; i++)
        power[i] = sb_band_power((uint8_t)i);
    for (size_t w = 0; w < n_words; w++)
        n_frames += add_power(levels, power, &words[w], &sum);
    if (!(sum > 0))
        return false;
    double speech = sum / (double)n_frames / SB_BANDS;
    for (int i = 0; i < 256; i++)
        scale->level_db[i] = (float)(10 * log10(power[i] / speech + FLOOR));
    return true;
}

/* -1 if the model does not have the context. */
static int context_of(sb_refined_edges boundary)
{
    const char *left = boundary.left ? strchr(classes, boundary.left) : NULL;
    const char *right = boundary.right ? strchr(classes, boundary.right) : NULL;
    if (!left || !right || *(boundary.is_end ? left : right) == '_')
        return -1;
    int n = (int)sizeof classes - 1, l = (int)(left - classes), r = (int)(right - classes);
    return boundary.is_end ? n * (n - 1) + l * n + r : l * (n - 1) + r;
}

bool sb_boundary_look(sb_boundary_sight *out, const sb_band_levels *levels, const sb_boundary_scale *scale,
                      sb_refined_edges boundary, sb_time t)
{
    int64_t last = (int64_t)levels->n_frames - 1;
    int64_t first = frame_at(sb_time_to_seconds(t)) - SB_BOUNDARY_AROUND;
    out->context = context_of(boundary);
    out->first_s = frame_seconds(first);
    if (out->context < 0 || last < 0)
        return false;
    for (int64_t i = 0; i < SEEN; i++) {
        int64_t frame = first - REACH + i < 0 ? 0 : first - REACH + i > last ? last : first - REACH + i;
        const uint8_t *values = levels->values + frame * SB_BANDS;
        for (int band = 0; band < SB_BANDS; band++)
            out->level_db[i][band] = scale->level_db[values[band]];
    }
    return true;
}

static void add_up(view *v, const sb_boundary_sight *sight)
{
    memset(v->before[0], 0, sizeof v->before[0]);
    for (int i = 0; i < SEEN; i++)
        for (int band = 0; band < SB_BANDS; band++)
            v->before[i + 1][band] = v->before[i][band] + (double)sight->level_db[i][band];
}

static double mean(const view *v, int from, int n, int band)
{
    return (v->before[from + n][band] - v->before[from][band]) / n;
}

static void collect_inputs(float in[SB_BOUNDARY_INPUTS], const sb_boundary_weights *w, const view *v, int at)
{
    float *next = in;
    for (int n = 2; n <= REACH; n *= 2) {
        const float *steps = next;
        for (int band = 0; band < SB_BANDS; band++)
            *next++ = (float)(mean(v, at, n, band) - mean(v, at - n, n, band));
        if (n == 2 || n == 8)
            continue;
        for (int band = 0; band < SB_BANDS; band++)
            *next++ = fabsf(steps[band]);
    }
    for (int side = -OWN; side <= 0; side += OWN)
        for (int band = 0; band < SB_BANDS; band++)
            *next++ = (float)mean(v, at + side, OWN, band);
    for (int i = 0; i < SB_BOUNDARY_INPUTS; i++)
        in[i] = (in[i] - w->mean[i]) / w->std[i];
}

static void add_weighted_row(float *restrict hidden, const float *restrict weights, float input)
{
    for (int h = 0; h < SB_BOUNDARY_HIDDEN; h++)
        hidden[h] += input * weights[h];
}

static float boundary_score(const sb_boundary_weights *w, const float in[SB_BOUNDARY_INPUTS], float offset,
                            int context)
{
    const float offsets[SB_BOUNDARY_OFFSETS] = {offset * offset, fabsf(offset), offset};
    float hidden[SB_BOUNDARY_HIDDEN], score = 0;
    memcpy(hidden, w->context[context], sizeof hidden);
    for (int i = 0; i < SB_BOUNDARY_INPUTS; i++)
        add_weighted_row(hidden, w->hidden[i], in[i]);
    for (int i = 0; i < SB_BOUNDARY_OFFSETS; i++)
        add_weighted_row(hidden, w->hidden[SB_BOUNDARY_INPUTS + i], offsets[i]);
    for (int h = 0; h < SB_BOUNDARY_HIDDEN; h++)
        score += hidden[h] > 0 ? hidden[h] * w->out[h] : 0;
    for (int i = 0; i < SB_BOUNDARY_OFFSETS; i++)
        score += offsets[i] * w->offset[context][i];
    return score;
}

static void to_probabilities(float scores[CANDIDATES])
{
    float best = scores[0], sum = 0;
    for (int i = 1; i < CANDIDATES; i++)
        best = fmaxf(best, scores[i]);
    for (int i = 0; i < CANDIDATES; i++)
        sum += scores[i] = expf(scores[i] - best);
    for (int i = 0; i < CANDIDATES; i++)
        scores[i] /= sum;
}

static double median_seconds(const float probability[CANDIDATES], double first_s)
{
    double sum = 0;
    int i = 0;
    while (i < CANDIDATES - 1 && sum + (double)probability[i] < 0.5)
        sum += (double)probability[i++];
    return first_s + (i + (0.5 - sum) / (double)probability[i] - 0.5) * HOP_S;
}

static float peak_of(const float probability[CANDIDATES])
{
    float peak = 0;
    for (int i = 0; i < CANDIDATES; i++)
        peak = fmaxf(peak, probability[i]);
    return peak;
}

static sb_time place_boundary(const sb_boundary_weights *w, const sb_boundary_sight *sight, sb_time t,
                              float *peak)
{
    double prior = sb_time_to_seconds(t) + (double)w->bias_s[sight->context];
    float scores[CANDIDATES], in[SB_BOUNDARY_INPUTS];
    view v;
    add_up(&v, sight);
    for (int i = 0; i < CANDIDATES; i++) {
        collect_inputs(in, w, &v, i + REACH);
        scores[i] =
            boundary_score(w, in, (float)((sight->first_s + i * HOP_S - prior) / OFFSET_S), sight->context);
    }
    to_probabilities(scores);
    if (peak)
        *peak = peak_of(scores);
    return sb_time_from_seconds(median_seconds(scores, sight->first_s));
}

sb_time sb_boundary_refine(const sb_boundary_weights *weights, const sb_band_levels *levels,
                           const sb_boundary_scale *scale, sb_refined_edges boundary, sb_time t, float *peak)
{
    sb_boundary_sight sight;
    if (sb_boundary_look(&sight, levels, scale, boundary, t))
        return place_boundary(weights ? weights : &sb_boundary_built_in, &sight, t, peak);
    if (peak)
        *peak = 0;
    return t;
}
