#include "align/probe/probe.h"

#include "base/run/run.h"
#include "media/media.h"
#include "soundbite/media.h"

#include <stdlib.h>

#define AROUND  500 /* frames on each side of a window that are decoded for the mean */
#define STRETCH (WINDOW_FRAMES + 2 * AROUND) /* frames */
#define FRAME   (SB_TIME_SECOND / SB_CEPSTRA_RATE)
#define LEAST   100                                              /* frames; a shorter rest is no window */
#define ENTIRE  ((sb_time)N_WINDOWS * 2 * WINDOW_FRAMES * FRAME) /* a shorter file is decoded completely */

typedef struct prober {
    sb_audio_probe *probe;
    sb_decoder *decoder;
    sb_scorer *scorer;
    const sb_acoustic_model *model;
    const sb_monitor *monitor;
    float (*vectors)[SB_VECTOR];
} prober;

void sb_audio_probe_free(sb_audio_probe **probe)
{
    if (!*probe)
        return;
    for (size_t i = 0; i < (*probe)->n_windows; i++)
        free((*probe)->windows[i].scores);
    free((*probe)->windows);
    free(*probe);
    *probe = NULL;
}

sb_time sb_audio_probe_duration(const sb_audio_probe *probe)
{
    return probe->duration;
}

/* Decodes `n_samples` from the current position, or up to the end. */
static sb_status push_stretch(prober *p, sb_features_maker *maker, int64_t n_samples, sb_error *err)
{
    while (n_samples > 0) {
        sb_pcm block;
        sb_status status = sb_decoder_read(p->decoder, &block, err);
        if (status != SB_OK || block.n_samples == 0)
            return status;
        if (sb_monitor_cancelled(p->monitor))
            return sb_error_set(err, SB_ERR_INTERRUPTED, "interrupted");
        status = sb_features_push(maker, block.planes, block.n_samples, err);
        if (status != SB_OK)
            return status;
        n_samples -= (int64_t)block.n_samples;
    }
    return SB_OK;
}

static sb_status read_stretch(prober *p, sb_features *out, int64_t n_samples, sb_error *err)
{
    const sb_media_info *info = sb_decoder_info(p->decoder);
    sb_features_maker *maker = NULL;
    sb_status status =
        sb_features_maker_create(&maker, info->sample_rate, info->channels, &p->model->front_end, err);
    if (status == SB_OK)
        status = push_stretch(p, maker, n_samples, err);
    if (status == SB_OK)
        status = sb_features_end(maker, out, err);
    sb_features_maker_free(&maker);
    return status;
}

static sb_status add_window(prober *p, const sb_cepstra *cepstra, size_t first, size_t end,
                            sb_time stretch_start, sb_error *err)
{
    float mean[SB_CEPSTRA];
    size_t n_rows = (end - first + SB_MATCH_STEP - 1) / SB_MATCH_STEP,
           from = first > AROUND ? first - AROUND : 0;
    probe_window *windows = p->probe->windows;
    if (!sb_push_room(&windows, p->probe->n_windows, sizeof *windows))
        return sb_error_memory(err, "comparing audio and transcripts");
    p->probe->windows = windows;
    probe_window *window = &windows[p->probe->n_windows];
    *window = (probe_window){.start = stretch_start + (sb_time)first * FRAME,
                             .n_rows = n_rows,
                             .scores = malloc((n_rows + 1) * sizeof *window->scores)};
    if (!window->scores)
        return sb_error_memory(err, "comparing audio and transcripts");
    p->probe->n_windows++;
    sb_cepstra_mean(mean, cepstra, from, sb_least_size(end + AROUND, cepstra->n_frames));
    sb_vectors_make(p->vectors, cepstra, mean, first, end - first);
    sb_phone_scores(window->scores, p->scorer, (const float(*)[SB_VECTOR])p->vectors, end - first);
    return SB_OK;
}

/* A header may promise less than there is. */
static sb_status probe_all(prober *p, sb_error *err)
{
    sb_features features = {0};
    int64_t most = sb_time_to_samples(2 * ENTIRE, sb_decoder_info(p->decoder)->sample_rate);
    sb_status status = read_stretch(p, &features, most, err);
    size_t n = features.cepstra.n_frames;
    for (size_t at = features.cepstra.n_lead; status == SB_OK && at + LEAST <= n; at += WINDOW_FRAMES)
        status = add_window(p, &features.cepstra, at, sb_least_size(at + WINDOW_FRAMES, n), 0, err);
    sb_features_finish(&features);
    return status;
}

/* Seeking may miss by a little where the container does not say better, which does not matter here. */
static sb_status probe_at(prober *p, sb_time start, sb_error *err)
{
    int rate = sb_decoder_info(p->decoder)->sample_rate;
    sb_features features = {0};
    sb_status status = sb_decoder_seek(p->decoder, sb_time_to_samples(start, rate), true, err);
    if (status == SB_OK)
        status = read_stretch(p, &features, sb_time_to_samples((sb_time)STRETCH * FRAME, rate), err);
    size_t n = features.cepstra.n_frames;
    if (status == SB_OK && n >= AROUND + LEAST)
        status =
            add_window(p, &features.cepstra, AROUND, sb_least_size(AROUND + WINDOW_FRAMES, n), start, err);
    sb_features_finish(&features);
    return status;
}

static sb_status probe_places(prober *p, sb_time duration, sb_error *err)
{
    sb_status status = SB_OK;
    sb_time step = duration / N_WINDOWS, inset = (step - (sb_time)STRETCH * FRAME) / 2;
    for (int i = 0; i < N_WINDOWS && status == SB_OK; i++)
        status = probe_at(p, i * step + inset, err);
    return status;
}

/* Decodes the file once to find its length, and goes back to its start. */
static sb_status measure(prober *p, sb_time *duration, sb_error *err)
{
    sb_pcm block = {0};
    int64_t n_samples = 0;
    sb_status status = SB_OK;
    do {
        status = sb_monitor_cancelled(p->monitor) ? sb_error_set(err, SB_ERR_INTERRUPTED, "interrupted")
                                                  : sb_decoder_read(p->decoder, &block, err);
        n_samples += status == SB_OK ? (int64_t)block.n_samples : 0;
    } while (status == SB_OK && block.n_samples > 0);
    *duration = sb_time_from_samples(n_samples, sb_decoder_info(p->decoder)->sample_rate);
    return status == SB_OK ? sb_decoder_seek(p->decoder, 0, true, err) : status;
}

static sb_status probe(prober *p, sb_error *err)
{
    sb_time *duration = &p->probe->duration;
    *duration = sb_decoder_info(p->decoder)->header_duration;
    if (*duration == SB_TIME_NONE && measure(p, duration, err))
        return err->status;
    return *duration < ENTIRE ? probe_all(p, err) : probe_places(p, *duration, err);
}

sb_status sb_audio_probe_create(sb_audio_probe **out, const char *path, const sb_acoustic_model *model,
                                const sb_media_params *media, const sb_monitor *monitor, sb_error *err)
{
    *out = NULL;
    prober p = {.probe = calloc(1, sizeof *p.probe),
                .model = model,
                .monitor = monitor,
                .scorer = sb_scorer_create(model),
                .vectors = malloc(WINDOW_FRAMES * sizeof *p.vectors)};
    bool ok = p.probe && p.scorer && p.vectors;
    sb_status status = ok ? sb_decoder_open(&p.decoder, path, media, err)
                          : sb_error_memory(err, "comparing audio and transcripts");
    if (status == SB_OK)
        status = probe(&p, err);
    if (status == SB_OK && p.probe->n_windows == 0)
        status = sb_error_set_at(err, SB_ERR_NO_SPEECH, path, 0, 0, "has no sound that can be compared");
    sb_decoder_free(&p.decoder);
    sb_scorer_free(&p.scorer);
    free(p.vectors);
    if (status != SB_OK)
        sb_audio_probe_free(&p.probe);
    *out = p.probe;
    return status;
}
