#include "clip/sound/sound.h"

#include "base/run/run.h"

#define MEMORY_LIMIT ((size_t)32 << 20)

static int64_t length_out(const sb_clip_shape *shape)
{
    return (shape->n_in * shape->rate_out + shape->rate_in / 2) / shape->rate_in;
}

sb_status sb_clip_sound_init(sb_clip_sound *sound, const sb_clip_shape *shape, sb_error *err)
{
    *sound = (sb_clip_sound){.shape = *shape};
    size_t capacity = (size_t)length_out(shape);
    bool in_memory = capacity < MEMORY_LIMIT / sizeof(float) / (size_t)shape->channels_out;
    sb_status status = sb_clip_spool_init(&sound->spool, shape->channels_out, capacity, in_memory, err);
    if (!status && shape->rate_in != shape->rate_out)
        status =
            sb_resampler_create(&sound->resampler, shape->rate_in, shape->rate_out, shape->channels_out, err);
    if (!status)
        status = sb_loudness_meter_create(&sound->meter, shape->rate_out, shape->channels_out,
                                          shape->speakers, err);
    if (!status)
        status = sb_true_peaks_init(&sound->peaks, shape->rate_out, shape->channels_out, err);
    if (status)
        return status;
    sound->mixed = sb_planes_alloc(shape->channels_out, SB_CLIP_BLOCK);
    return sound->mixed ? SB_OK : sb_error_memory(err, "cutting clips");
}

double sb_clip_max_gain_db(const sb_clip_shape *shape)
{
    return SB_MAX_GAIN_DB + sb_mix_loss_db(shape->channels_out, shape->channels_in, shape->speakers);
}

void sb_clip_sound_finish(sb_clip_sound *sound)
{
    sb_clip_spool_finish(&sound->spool);
    sb_resampler_free(&sound->resampler);
    sb_loudness_meter_free(&sound->meter);
    sb_true_peaks_finish(&sound->peaks);
    sb_planes_free(sound->mixed);
    *sound = (sb_clip_sound){0};
}

static sb_status keep_samples(sb_clip_sound *sound, const float *const *planes, size_t n, sb_error *err)
{
    sb_status status = sb_clip_spool_append(&sound->spool, planes, n, err);
    if (!status)
        status = sb_loudness_meter_push(sound->meter, planes, n, err);
    if (!status)
        status = sb_true_peaks_push(&sound->peaks, planes, n, err);
    return status;
}

static sb_status push_mixed(sb_clip_sound *sound, size_t n, sb_error *err)
{
    const float *const *planes = (const float *const *)sound->mixed;
    if (!sound->resampler)
        return keep_samples(sound, planes, n, err);
    sb_status status = sb_resampler_push(sound->resampler, planes, n, &planes, &n, err);
    return status ? status : keep_samples(sound, planes, n, err);
}

sb_status sb_clip_sound_push(sb_clip_sound *sound, const float *const *planes, size_t n, sb_error *err)
{
    const float *at[SB_CHANNELS_MAX];
    const sb_clip_shape *shape = &sound->shape;
    for (size_t done = 0; done < n;) {
        size_t part = n - done < SB_CLIP_BLOCK ? n - done : SB_CLIP_BLOCK;
        for (int c = 0; c < shape->channels_in; c++)
            at[c] = planes[c] + done;
        sb_mix_channels(sound->mixed, shape->channels_out, at, shape->channels_in, shape->speakers, part);
        sb_status status = push_mixed(sound, part, err);
        if (status)
            return status;
        done += part;
    }
    return SB_OK;
}

sb_status sb_clip_sound_end(sb_clip_sound *sound, sb_error *err)
{
    const float *const *planes;
    size_t n;
    sb_status status = SB_OK;
    if (sound->resampler)
        status = sb_resampler_flush(sound->resampler, &planes, &n, err);
    if (!status && sound->resampler)
        status = keep_samples(sound, planes, n, err);
    return status ? status : sb_true_peaks_end(&sound->peaks, err);
}

sb_status sb_clip_sound_fill(sb_clip_sound *sound, sb_clip_spool *from, sb_error *err)
{
    float **planes = sb_planes_alloc(from->channels, SB_CLIP_BLOCK);
    sb_status status = planes ? SB_OK : sb_error_memory(err, "cutting clips");
    for (size_t at = 0, n; !status && at < from->n_samples; at += n) {
        n = from->n_samples - at < SB_CLIP_BLOCK ? from->n_samples - at : SB_CLIP_BLOCK;
        status = sb_clip_spool_read(from, planes, at, n, err);
        if (!status)
            status = sb_clip_sound_push(sound, (const float *const *)planes, n, err);
    }
    sb_planes_free(planes);
    return status ? status : sb_clip_sound_end(sound, err);
}

sb_status sb_clip_sound_play(sb_clip_sound *sound, sb_clip_take take, void *user, sb_error *err)
{
    for (size_t at = 0; at < sound->spool.n_samples; at += SB_CLIP_BLOCK) {
        size_t left = sound->spool.n_samples - at, n = left < SB_CLIP_BLOCK ? left : SB_CLIP_BLOCK;
        sb_status status = sb_clip_spool_read(&sound->spool, sound->mixed, at, n, err);
        if (!status)
            status = take(user, sound->mixed, (int64_t)at, n, err);
        if (status)
            return status;
    }
    return SB_OK;
}
