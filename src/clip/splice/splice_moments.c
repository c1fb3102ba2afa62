#include "base/run/run.h"
#include "clip/clip.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define N_MOMENTS 400
#define N_HEARD   5 /* windows, each overlapping the next by half */

void sb_splicer_finish(sb_splicer *s)
{
    sb_timbre_meter_free(&s->meter);
    free(s->changes);
    sb_planes_free(s->planes);
    *s = (sb_splicer){0};
}

sb_status sb_splicer_read(sb_splicer *s, float *out, int64_t at, int64_t n, sb_error *err)
{
    memset(out, 0, sizeof *out * (size_t)n);
    int64_t end = at + n < (int64_t)s->raw->n_samples ? at + n : (int64_t)s->raw->n_samples;
    for (int64_t from = at < 0 ? 0 : at; from < end; from += SB_CLIP_BLOCK) {
        size_t part = end - from < SB_CLIP_BLOCK ? (size_t)(end - from) : SB_CLIP_BLOCK;
        sb_status status = sb_clip_spool_read(s->raw, s->planes, (size_t)from, part, err);
        if (status)
            return status;
        float *to = out + (from - at);
        sb_mix_channels(&to, 1, (const float *const *)s->planes, s->raw->channels, 0, part);
    }
    return SB_OK;
}

int64_t sb_splicer_reach(const sb_splicer *s)
{
    return (N_HEARD + 1) * (int64_t)s->meter->window / 4;
}

double sb_splicer_change(sb_splicer *s, const float *samples)
{
    sb_timbre heard[N_HEARD];
    double most = 0;
    for (int i = 0; i < N_HEARD; i++)
        sb_timbre_read(s->meter, &heard[i], samples + i * (s->meter->window / 2));
    for (int i = 0; i + 2 < N_HEARD; i++)
        most = fmax(most, sb_timbre_distance(&heard[i], &heard[i + 2]));
    return most;
}

double sb_splicer_share(const sb_splicer *s, double change)
{
    size_t n = 0;
    while (n < s->n_changes && s->changes[n] < change)
        n++;
    return (double)(s->n_changes - n) / (double)s->n_changes;
}

/* The quietest tenth of the moments gives the room's level in each band. */
static void set_floor(sb_splicer *s, const sb_timbre *moments, size_t n)
{
    for (int b = 0; b < SB_TIMBRE_BANDS; b++) {
        for (size_t i = 0; i < n; i++)
            s->changes[i] = (double)moments[i].db[b];
        qsort(s->changes, n, sizeof *s->changes, sb_compare_doubles);
        s->meter->floor[b] = pow(10, s->changes[n / 10] / 10);
    }
}

/* Measures the moments twice: first for the floor, then for the changes above it. */
static sb_status measure_moments(sb_splicer *s, sb_timbre *moments, float *samples, sb_error *err)
{
    int64_t length = 2 * sb_splicer_reach(s), room = (int64_t)s->raw->n_samples - length;
    size_t n = room < N_MOMENTS ? (room > 0 ? (size_t)room : 1) : N_MOMENTS;
    for (int round = 0; round < 2; round++) {
        for (size_t i = 0; i < n; i++) {
            int64_t at = room > 0 ? room * (int64_t)i / (int64_t)n : 0;
            sb_status status = sb_splicer_read(s, samples, at, length, err);
            if (status)
                return status;
            if (round == 0)
                sb_timbre_read(s->meter, &moments[i], samples);
            else
                s->changes[i] = sb_splicer_change(s, samples);
        }
        if (round == 0)
            set_floor(s, moments, n);
    }
    qsort(s->changes, n, sizeof *s->changes, sb_compare_doubles);
    s->n_changes = n;
    return SB_OK;
}

sb_status sb_splicer_init(sb_splicer *s, sb_clip_spool *raw, int rate, sb_error *err)
{
    *s = (sb_splicer){.raw = raw, .rate = rate};
    sb_status status = sb_timbre_meter_create(&s->meter, rate, err);
    if (status)
        return status;
    s->planes = sb_planes_alloc(raw->channels, SB_CLIP_BLOCK);
    s->changes = malloc(sizeof *s->changes * N_MOMENTS);
    sb_timbre *moments = malloc(sizeof *moments * N_MOMENTS);
    float *samples = malloc(sizeof *samples * 2 * (size_t)sb_splicer_reach(s));
    if (s->planes && s->changes && moments && samples)
        status = measure_moments(s, moments, samples, err);
    else
        status = sb_error_memory(err, "editing a clip");
    free(moments);
    free(samples);
    return status;
}
