#include "clip/splice/splice.h"

#include "base/run/run.h"
#include "media/media.h"

#include <stdlib.h>
#include <string.h>

#define ENOUGH     (4 * SB_TIME_SECOND)  /* of pauses */
#define LEAST      (400 * SB_TIME_MS)    /* for less than this, pauses at any distance are used */
#define NEAR       (20 * SB_TIME_SECOND) /* a room's sound does not change faster */
#define GUARD      (30 * SB_TIME_MS)     /* left out at both ends of a pause, because words fade into it */
#define AROUND     (5 * SB_TIME_SECOND)  /* used if there is no pause */
#define RINGING_MS 5                     /* of the resampler at the ends of a run */

typedef struct listening {
    const sb_alignment *alignment;
    sb_time near;
    int rate_in, channels;
    sb_span *pauses; /* the chosen ones, nearest first */
    size_t n_pauses;
    sb_time total;
    sb_sample_span *quiet; /* the same in the stored samples, one after the other */
    float *kept[SB_CHANNELS_MAX];
    size_t n_kept;
} listening;

/* Pause `i` is the one before speech span `i`, shortened by words that reach into it. The last pause follows
 * the last span. */
static sb_span pause_at(const sb_alignment *a, size_t i)
{
    sb_time start = i > 0 ? a->speech[i - 1].end : 0;
    sb_time end = i < a->n_speech ? a->speech[i].start : a->audio.duration;
    sb_time length = end > start ? end - start : 0, guard = length / 4 < GUARD ? length / 4 : GUARD;
    return (sb_span){start + guard, start + length - guard};
}

static sb_time distance_to_span(sb_span span, sb_time at)
{
    return at < span.start ? span.start - at : at > span.end ? at - span.end : 0;
}

/* Keeps the nearest part of a long pause. */
static sb_span shorten(sb_span pause, sb_time near)
{
    if (pause.end - pause.start <= ENOUGH)
        return pause;
    sb_time start = near - ENOUGH / 2;
    if (start < pause.start)
        start = pause.start;
    if (start > pause.end - ENOUGH)
        start = pause.end - ENOUGH;
    return (sb_span){start, start + ENOUGH};
}

static bool take_pause(listening *l, sb_span pause)
{
    pause = shorten(pause, l->near);
    if (pause.start >= pause.end)
        return true;
    if (!sb_push_room(&l->pauses, l->n_pauses, sizeof *l->pauses))
        return false;
    l->pauses[l->n_pauses++] = pause;
    l->total += pause.end - pause.start;
    return true;
}

static sb_span place_without_pause(const listening *l)
{
    sb_time duration = l->alignment->audio.duration;
    sb_span span = {l->near > AROUND ? l->near - AROUND : 0, l->near + AROUND};
    if (duration > 0 && span.end > duration)
        span.end = duration;
    return span;
}

/* Searches outwards in both directions. */
static bool choose_pauses(listening *l)
{
    const sb_alignment *a = l->alignment;
    size_t n = a->n_speech ? a->n_speech + 1 : 0, after = 0;
    while (after < n && pause_at(a, after).end < l->near)
        after++;
    for (size_t before = after; l->total < ENOUGH && (before > 0 || after < n);) {
        sb_time left = before > 0 ? distance_to_span(pause_at(a, before - 1), l->near) : INT64_MAX;
        sb_time right = after < n ? distance_to_span(pause_at(a, after), l->near) : INT64_MAX;
        if (l->total >= LEAST && left > NEAR && right > NEAR)
            break;
        if (!take_pause(l, pause_at(a, left < right ? --before : after++)))
            return false;
    }
    return l->total > 0 || take_pause(l, place_without_pause(l));
}

static sb_sample_span samples_of(const listening *l, size_t i)
{
    return (sb_sample_span){(size_t)sb_time_to_samples(l->pauses[i].start, l->rate_in),
                            (size_t)sb_time_to_samples(l->pauses[i].end, l->rate_in)};
}

static bool make_room_to_listen(listening *l)
{
    l->quiet = calloc(l->n_pauses + 1, sizeof *l->quiet);
    for (size_t i = 0; l->quiet && i < l->n_pauses; i++) {
        sb_sample_span span = samples_of(l, i);
        l->quiet[i] = (sb_sample_span){l->n_kept, l->n_kept + span.end - span.start};
        l->n_kept = l->quiet[i].end;
    }
    bool ok = l->quiet != NULL;
    for (int c = 0; ok && c < l->channels; c++) {
        l->kept[c] = calloc(l->n_kept + 1, sizeof(float));
        ok = l->kept[c] != NULL;
    }
    return ok;
}

static void keep_block(listening *l, const sb_pcm *block)
{
    for (size_t i = 0; i < l->n_pauses; i++) {
        sb_sample_span span = samples_of(l, i);
        const float *in[SB_CHANNELS_MAX];
        float *out[SB_CHANNELS_MAX];
        int64_t at;
        size_t n = sb_pcm_part(in, &at, block, (int64_t)span.start, (int64_t)span.end);
        for (int c = 0; c < l->channels; c++)
            out[c] = l->kept[c] + l->quiet[i].start + ((size_t)at - span.start);
        if (n > 0)
            sb_mix_channels(out, l->channels, in, block->channels, block->speakers, n);
    }
}

static sb_status keep_pauses(listening *l, sb_decoder *decoder, sb_error *err)
{
    size_t first = SIZE_MAX, last = 0;
    for (size_t i = 0; i < l->n_pauses; i++) {
        sb_sample_span span = samples_of(l, i);
        first = span.start < first ? span.start : first;
        last = span.end > last ? span.end : last;
    }
    sb_status status =
        l->n_pauses ? sb_decoder_seek(decoder, (int64_t)first, l->alignment->audio.seek_safe, err) : SB_OK;
    for (size_t at = first; !status && at < last;) {
        sb_pcm block;
        status = sb_decoder_read(decoder, &block, err);
        if (status || block.n_samples == 0)
            break;
        keep_block(l, &block);
        at = (size_t)block.first_sample + block.n_samples;
    }
    return status;
}

/* Resamples a run and removes its ends, where the resampler rings. */
static sb_status resample_run(sb_room_tone *out, const sb_room_tone *in, size_t i, sb_error *err)
{
    sb_resampler *resampler = NULL;
    const float *planes[SB_CHANNELS_MAX], *const *ready;
    size_t n, at = 0, start = out->runs[i].start, length = out->runs[i].end - start;
    size_t skipped = (size_t)out->sample_rate * RINGING_MS / 1000;
    for (int c = 0; c < in->channels; c++)
        planes[c] = in->planes[c] + in->runs[i].start;
    size_t n_in = in->runs[i].end - in->runs[i].start;
    sb_status status = sb_resampler_create(&resampler, in->sample_rate, out->sample_rate, in->channels, err);
    for (int round = 0; !status && round < 2; round++) {
        status = round ? sb_resampler_flush(resampler, &ready, &n, err)
                       : sb_resampler_push(resampler, planes, n_in, &ready, &n, err);
        for (size_t k = 0; !status && k < n; k++, at++)
            for (int c = 0; at >= skipped && at - skipped < length && c < in->channels; c++)
                out->planes[c][start + at - skipped] = ready[c][k];
    }
    sb_resampler_free(&resampler);
    return status;
}

/* Replaces the tone with one at `rate`. */
static sb_status resample(sb_room_tone **tone, int rate, sb_error *err)
{
    const sb_room_tone *in = *tone;
    sb_room_tone *out = NULL;
    size_t *lengths = malloc(in->n_runs * sizeof *lengths + 1), ends = 2 * (size_t)rate * RINGING_MS / 1000;
    sb_status status = lengths ? SB_OK : sb_error_memory(err, "editing a clip");
    for (size_t i = 0; !status && i < in->n_runs; i++) {
        size_t n = (in->runs[i].end - in->runs[i].start) * (size_t)rate / (size_t)in->sample_rate;
        lengths[i] = n > 2 * ends ? n - ends : n / 2;
    }
    if (!status)
        status = sb_room_tone_alloc(&out, in->channels, rate, lengths, in->n_runs, err);
    for (size_t i = 0; !status && i < in->n_runs; i++)
        status = resample_run(out, in, i, err);
    free(lengths);
    sb_room_tone_free(status ? &out : tone);
    if (!status)
        *tone = out;
    return status;
}

static void finish_listening(listening *l)
{
    for (int c = 0; c < l->channels; c++)
        free(l->kept[c]);
    free(l->quiet);
    free(l->pauses);
}

sb_status sb_room_tone_listen(sb_room_tone **out, sb_decoder *decoder, const sb_alignment *alignment,
                              sb_time near, int sample_rate, int channels, sb_error *err)
{
    *out = NULL;
    int rate_in = sb_decoder_info(decoder)->sample_rate;
    listening l = {.alignment = alignment, .near = near, .rate_in = rate_in, .channels = channels};
    sb_status status = SB_OK;
    if (!choose_pauses(&l) || !make_room_to_listen(&l))
        status = sb_error_memory(err, "editing a clip");
    if (!status)
        status = keep_pauses(&l, decoder, err);
    if (!status)
        status = sb_room_tone_make(out, (const float *const *)l.kept, l.n_kept, channels, rate_in, l.quiet,
                                   l.n_pauses, err);
    if (!status && rate_in != sample_rate)
        status = resample(out, sample_rate, err);
    if (status)
        sb_room_tone_free(out);
    finish_listening(&l);
    return status;
}
