#include "clip/clip.h"

#include "align/align.h"
#include "media/media.h"

#include <math.h>
#include <stdlib.h>

typedef struct listener {
    sb_decoder *decoder;
    sb_loudness_meter *meter;
    sb_true_peaks peaks;
    sb_mono_maker *maker; /* NULL if no mono is needed */
    sb_remeasured *heard;
} listener;

static sb_status open_listener(listener *l, const char *path, bool with_mono, const sb_monitor *monitor,
                               sb_error *err)
{
    sb_media_params params = {.monitor = monitor};
    sb_status status = sb_decoder_open(&l->decoder, path, &params, err);
    if (status)
        return status;
    const sb_media_info *info = sb_decoder_info(l->decoder);
    status = sb_loudness_meter_create(&l->meter, info->sample_rate, info->channels, info->speakers, err);
    if (!status)
        status = sb_true_peaks_init(&l->peaks, info->sample_rate, info->channels, err);
    if (!status && with_mono)
        status = sb_mono_maker_create(&l->maker, info->sample_rate, info->channels, SB_MONO_HZ, err);
    return status;
}

static void close_listener(listener *l)
{
    sb_decoder_free(&l->decoder);
    sb_loudness_meter_free(&l->meter);
    sb_true_peaks_finish(&l->peaks);
    sb_mono_maker_free(&l->maker);
}

static sb_status end(listener *l, sb_error *err)
{
    sb_status status = sb_true_peaks_end(&l->peaks, err);
    return status || !l->maker ? status : sb_mono_end(l->maker, sb_mono_keep, &l->heard->mono, err);
}

static sb_status listen_to_file(listener *l, sb_error *err)
{
    for (;;) {
        sb_pcm block;
        sb_status status = sb_decoder_read(l->decoder, &block, err);
        if (!status && block.n_samples == 0)
            return end(l, err);
        if (!status)
            status = sb_loudness_meter_push(l->meter, block.planes, block.n_samples, err);
        if (!status)
            status = sb_true_peaks_push(&l->peaks, block.planes, block.n_samples, err);
        if (!status && l->maker)
            status =
                sb_mono_push(l->maker, block.planes, block.n_samples, sb_mono_keep, &l->heard->mono, err);
        if (status)
            return status;
    }
}

sb_status sb_remeasure(sb_remeasured *out, const char *path, sb_loudness_kind kind, bool with_mono,
                       const sb_monitor *monitor, sb_error *err)
{
    *out = (sb_remeasured){.lufs = NAN, .true_peak_db = -HUGE_VAL};
    listener l = {.heard = out};
    sb_status status = open_listener(&l, path, with_mono, monitor, err);
    if (!status)
        status = listen_to_file(&l, err);
    if (!status) {
        out->lufs = sb_loudness_meter_read_as(l.meter, kind);
        out->true_peak_db = sb_true_peaks_max_db(&l.peaks);
    }
    close_listener(&l);
    if (status)
        sb_remeasured_finish(out);
    return status;
}

void sb_remeasured_finish(sb_remeasured *heard)
{
    free(heard->mono.samples);
    *heard = (sb_remeasured){0};
}
