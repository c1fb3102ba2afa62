#include "media/media.h"

#include "base/run/run.h"

#include <libavutil/channel_layout.h>
#include <libswresample/swresample.h>
#include <stdlib.h>

#include <libavutil/frame.h>

static struct SwrContext *open_resampler(int rate_in, int rate_out, int channels)
{
    AVChannelLayout layout = {.order = AV_CHANNEL_ORDER_UNSPEC, .nb_channels = channels};
    struct SwrContext *swr = NULL;
    int failed = swr_alloc_set_opts2(&swr, &layout, AV_SAMPLE_FMT_FLTP, rate_out, &layout, AV_SAMPLE_FMT_FLTP,
                                     rate_in, 0, NULL);
    if (failed || swr_init(swr) < 0)
        swr_free(&swr);
    return swr;
}

sb_status sb_remix_begin(sb_remix *r, int rate_in, int channels_in, uint64_t speakers, int rate_out,
                         int channels_out, sb_error *err)
{
    swr_free(&r->swr);
    r->rate_in = rate_in;
    r->channels_in = channels_in;
    r->speakers = speakers;
    r->rate_out = rate_out;
    r->channels_out = channels_out;
    if (rate_in == rate_out)
        return SB_OK;
    r->swr = open_resampler(rate_in, rate_out, channels_out);
    return r->swr ? SB_OK : sb_error_memory(err, "resampling");
}

void sb_remix_reset(sb_remix *r)
{
    swr_free(&r->swr);
    r->rate_in = r->channels_in = 0;
}

bool sb_remix_takes(const sb_remix *r, int rate, int channels)
{
    return rate == r->rate_in && channels == r->channels_in;
}

static float *reserve(float **data, size_t *capacity, size_t n_floats)
{
    if (n_floats > *capacity) {
        float *bigger = realloc(*data, n_floats * sizeof *bigger);
        if (!bigger)
            return NULL;
        *data = bigger;
        *capacity = n_floats;
    }
    return *data;
}

static bool mix(sb_remix *r, const float *const *in, size_t n)
{
    float *planes[SB_CHANNELS_MAX];
    if (!reserve(&r->mixed, &r->n_mixed, n * (size_t)r->channels_out))
        return false;
    for (int c = 0; c < r->channels_out; c++)
        r->planes[c] = planes[c] = r->mixed + (size_t)c * n;
    sb_mix_channels(planes, r->channels_out, in, r->channels_in, r->speakers, n);
    return true;
}

/* NULL in `in` flushes. */
static bool resample(sb_remix *r, const float *const *in, size_t n_in, size_t *n)
{
    int most = swr_get_out_samples(r->swr, (int)n_in);
    size_t n_out = (size_t)r->channels_out;
    if (most < 0 || !reserve(&r->resampled, &r->n_resampled, (size_t)most * n_out + n_out))
        return false;
    uint8_t *out[SB_CHANNELS_MAX];
    const uint8_t *source[SB_CHANNELS_MAX];
    for (size_t ch = 0; ch < n_out; ch++) {
        out[ch] = (uint8_t *)(r->resampled + ch * (size_t)most);
        source[ch] = in ? (const uint8_t *)in[ch] : NULL;
    }
    int got = swr_convert(r->swr, out, most, in ? source : NULL, (int)n_in);
    if (got < 0)
        return false;
    for (size_t ch = 0; ch < n_out; ch++)
        r->planes[ch] = (const float *)out[ch];
    *n = (size_t)got;
    return true;
}

sb_status sb_remix_push(sb_remix *r, const float *const *in, size_t n_in, const float *const **planes,
                        size_t *n, sb_error *err)
{
    *planes = in;
    *n = n_in;
    if (r->channels_in != r->channels_out) {
        if (!mix(r, in, n_in))
            return sb_error_memory(err, "processing the audio");
        *planes = r->planes;
    }
    if (r->swr) {
        if (!resample(r, *planes, n_in, n))
            return sb_error_memory(err, "processing the audio");
        *planes = r->planes;
    }
    return SB_OK;
}

sb_status sb_remix_flush(sb_remix *r, const float *const **planes, size_t *n, sb_error *err)
{
    *planes = r->planes;
    *n = 0;
    if (!r->swr)
        return SB_OK;
    bool done = resample(r, NULL, 0, n);
    sb_remix_reset(r);
    return done ? SB_OK : sb_error_memory(err, "processing the audio");
}

void sb_remix_finish(sb_remix *r)
{
    swr_free(&r->swr);
    free(r->mixed);
    free(r->resampled);
    *r = (sb_remix){0};
}
