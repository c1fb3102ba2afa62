#include "clip/splice/splice.h"

#include "base/run/run.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define HOPS_A_SECOND  200
#define FLOOR_PART     0.2
#define CALM_POWER     4.0 /* above the floor: 6 dB */
#define LEAST_RUN_HOPS 12  /* shortest useful run: 60 ms */
#define ENOUGH_HOPS    600 /* of tone in total: 3 s */
#define OVERLAP_MS     20

typedef struct search {
    const float *const *planes;
    int channels;
    size_t hop;     /* in samples */
    double *powers; /* of the hops in the quiet spans, span after span */
    size_t n_powers, n_zero;
    double most; /* maximum power of a calm hop */
    bool zero;   /* the room is digital silence */
    sb_sample_span *runs;
    size_t n_runs, n_hops; /* n_hops is the total of all runs */
} search;

sb_status sb_room_tone_alloc(sb_room_tone **out, int channels, int sample_rate, const size_t *lengths,
                             size_t n_runs, sb_error *err)
{
    *out = NULL;
    sb_room_tone *tone = calloc(1, sizeof *tone);
    if (!tone)
        return sb_error_memory(err, "editing a clip");
    *tone = (sb_room_tone){.channels = channels, .sample_rate = sample_rate, .n_runs = n_runs};
    tone->overlap = (size_t)sample_rate * OVERLAP_MS / 1000;
    tone->runs = calloc(n_runs, sizeof *tone->runs);
    for (size_t i = 0; tone->runs && i < n_runs; i++) {
        tone->runs[i] = (sb_sample_span){tone->n, tone->n + lengths[i]};
        tone->n += lengths[i];
        if (tone->overlap > lengths[i] / 3)
            tone->overlap = lengths[i] / 3;
    }
    tone->planes = sb_planes_alloc(channels, tone->n);
    if (!tone->runs || !tone->planes) {
        sb_room_tone_free(&tone);
        return sb_error_memory(err, "editing a clip");
    }
    *out = tone;
    return SB_OK;
}

static double hop_power(const search *s, size_t at)
{
    double sum = 0;
    for (int c = 0; c < s->channels; c++)
        for (size_t i = at; i < at + s->hop; i++)
            sum += (double)s->planes[c][i] * s->planes[c][i];
    return sum;
}

static size_t count_hops(const search *s, const sb_sample_span *quiet, size_t n_quiet)
{
    size_t n = 0;
    for (size_t i = 0; i < n_quiet; i++)
        n += (quiet[i].end - quiet[i].start) / s->hop;
    return n;
}

static void measure_quiet(search *s, const sb_sample_span *quiet, size_t n_quiet)
{
    for (size_t i = 0; i < n_quiet; i++)
        for (size_t at = quiet[i].start; at + s->hop <= quiet[i].end; at += s->hop) {
            double power = hop_power(s, at);
            s->n_zero += power == 0;
            s->powers[s->n_powers++] = power;
        }
}

/* A few zeros in a room with background sound are a gap in the file. */
static bool find_floor(search *s)
{
    s->zero = s->n_zero * 2 >= s->n_powers;
    double *sorted = malloc(s->n_powers * sizeof *sorted + 1);
    if (!sorted)
        return false;
    memcpy(sorted, s->powers, s->n_powers * sizeof *sorted);
    qsort(sorted, s->n_powers, sizeof *sorted, sb_compare_doubles);
    size_t n = s->n_powers - s->n_zero;
    if (n)
        s->most = CALM_POWER * sorted[s->n_zero + (size_t)((double)(n - 1) * FLOOR_PART)];
    free(sorted);
    return true;
}

static bool add_calm_run(search *s, size_t start, size_t n_hops)
{
    if (!sb_push_room(&s->runs, s->n_runs, sizeof *s->runs))
        return false;
    s->runs[s->n_runs++] = (sb_sample_span){start, start + n_hops * s->hop};
    s->n_hops += n_hops;
    return true;
}

/* Finds runs of at least `least` calm hops, in the order of the spans, until there are enough. */
static bool find_runs(search *s, const sb_sample_span *quiet, size_t n_quiet, size_t least)
{
    const double *power = s->powers;
    for (size_t i = 0; i < n_quiet && s->n_hops < ENOUGH_HOPS; i++) {
        size_t n = (quiet[i].end - quiet[i].start) / s->hop, calm = 0;
        for (size_t k = 0; k <= n; k++) {
            if (k < n && power[k] > 0 && power[k] <= s->most) {
                calm++;
                continue;
            }
            if (calm >= least && !add_calm_run(s, quiet[i].start + (k - calm) * s->hop, calm))
                return false;
            calm = 0;
        }
        power += n;
    }
    return true;
}

static sb_status copy_runs(sb_room_tone **out, const search *s, int sample_rate, sb_error *err)
{
    size_t *lengths = malloc(s->n_runs * sizeof *lengths + 1);
    if (!lengths)
        return sb_error_memory(err, "editing a clip");
    for (size_t i = 0; i < s->n_runs; i++)
        lengths[i] = s->runs[i].end - s->runs[i].start;
    sb_status status = sb_room_tone_alloc(out, s->channels, sample_rate, lengths, s->n_runs, err);
    for (size_t i = 0; !status && !s->zero && i < s->n_runs; i++)
        for (int c = 0; c < s->channels; c++)
            memcpy((*out)->planes[c] + (*out)->runs[i].start, s->planes[c] + s->runs[i].start,
                   lengths[i] * sizeof(float));
    free(lengths);
    return status;
}

/* Digital silence needs no runs. If no run is long enough, shorter ones are used. */
static bool choose_runs(search *s, const sb_sample_span *quiet, size_t n_quiet)
{
    if (!find_floor(s))
        return false;
    for (size_t least = LEAST_RUN_HOPS; !s->zero && s->n_runs == 0 && least > 0; least /= 2)
        if (!find_runs(s, quiet, n_quiet, least))
            return false;
    if (s->n_runs)
        return true;
    s->zero = true;
    return add_calm_run(s, 0, LEAST_RUN_HOPS);
}

sb_status sb_room_tone_make(sb_room_tone **out, const float *const *planes, size_t n, int channels,
                            int sample_rate, const sb_sample_span *quiet, size_t n_quiet, sb_error *err)
{
    *out = NULL;
    sb_sample_span whole = {0, n};
    if (n_quiet == 0) {
        quiet = &whole;
        n_quiet = 1;
    }
    search s = {.planes = planes, .channels = channels, .hop = (size_t)sample_rate / HOPS_A_SECOND};
    s.powers = malloc(count_hops(&s, quiet, n_quiet) * sizeof *s.powers + 1);
    sb_status status = SB_ERR_MEMORY;
    if (s.powers) {
        measure_quiet(&s, quiet, n_quiet);
        status = choose_runs(&s, quiet, n_quiet) ? SB_OK : SB_ERR_MEMORY;
    }
    if (status)
        sb_error_memory(err, "editing a clip");
    else
        status = copy_runs(out, &s, sample_rate, err);
    free(s.powers);
    free(s.runs);
    return status;
}
