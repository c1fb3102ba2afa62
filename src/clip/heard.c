#include "clip/heard.h"

#include "media/limiter.h"

#include <math.h>

static sb_status measure(sb_decoder *decoder, sb_loudness_meter *meter, sb_peaks *peaks, int64_t *n,
                         sb_error *err)
{
    for (;;) {
        sb_pcm block;
        sb_status status = sb_decoder_read(decoder, &block, err);
        if (!status && block.n_samples == 0)
            return sb_peaks_end(peaks, err);
        if (!status)
            status = sb_loudness_meter_push(meter, block.planes, block.n_samples, err);
        if (!status)
            status = sb_peaks_push(peaks, block.planes, block.n_samples, err);
        if (status)
            return status;
        *n += (int64_t)block.n_samples;
    }
}

sb_status sb_clip_hear(sb_clip_heard *out, const char *path, sb_loudness_kind kind, const sb_monitor *monitor,
                       sb_error *err)
{
    *out = (sb_clip_heard){.lufs = NAN, .true_peak_db = -HUGE_VAL};
    sb_decoder *decoder = NULL;
    sb_loudness_meter *meter = NULL;
    sb_peaks peaks = {0};
    sb_media_params params = SB_MEDIA_PARAMS_DEFAULT;
    params.monitor = monitor;
    sb_status status = sb_decoder_open(&decoder, path, &params, err);
    if (!status) {
        const sb_media_info *info = sb_decoder_info(decoder);
        status = sb_loudness_meter_create(&meter, info->sample_rate, info->channels, err);
        if (!status)
            status = sb_peaks_init(&peaks, info->sample_rate, info->channels, err);
    }
    if (!status)
        status = measure(decoder, meter, &peaks, &out->n_samples, err);
    if (!status) {
        out->lufs = sb_loudness_meter_read_as(meter, kind);
        out->true_peak_db = sb_peaks_max_db(&peaks);
    }
    sb_decoder_free(&decoder);
    sb_loudness_meter_free(&meter);
    sb_peaks_finish(&peaks);
    return status;
}
