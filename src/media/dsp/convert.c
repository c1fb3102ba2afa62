#include "media/media.h"

#include <libavutil/samplefmt.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <libavutil/frame.h>

static bool reserve(sb_converter *c, size_t n_floats)
{
    if (n_floats <= c->capacity)
        return true;
    float *data = realloc(c->data, n_floats * sizeof *data);
    if (!data)
        return false;
    c->data = data;
    c->capacity = n_floats;
    return true;
}

/* Converts `n` samples of one channel that are `step` apart in the source. */
#define CONVERTER(name, type, expression)                                                                    \
    static void from_##name(float *restrict out, const void *source, size_t n, size_t step)                  \
    {                                                                                                        \
        const type *in = source;                                                                             \
        for (size_t i = 0; i < n; i++) {                                                                     \
            type x = in[i * step];                                                                           \
            out[i] = (float)(expression);                                                                    \
        }                                                                                                    \
    }

CONVERTER(u8, uint8_t, ((int)x - 128) * (1.0f / 128))
CONVERTER(s16, int16_t, x *(1.0f / 32768))
CONVERTER(s32, int32_t, (float)x *(1.0f / 2147483648.0f))
CONVERTER(s64, int64_t, (double)x *(1.0 / 9223372036854775808.0))
CONVERTER(f32, float, x)
CONVERTER(f64, double, x)

static void from_stereo_s16(float *restrict left, float *restrict right, const int16_t *in, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        left[i] = in[2 * i] * (1.0f / 32768);
        right[i] = in[2 * i + 1] * (1.0f / 32768);
    }
}

typedef void convert_fn(float *restrict out, const void *source, size_t n, size_t step);

static convert_fn *converter_of(enum AVSampleFormat format)
{
    switch (av_get_packed_sample_fmt(format)) {
    case AV_SAMPLE_FMT_U8:
        return from_u8;
    case AV_SAMPLE_FMT_S16:
        return from_s16;
    case AV_SAMPLE_FMT_S32:
        return from_s32;
    case AV_SAMPLE_FMT_S64:
        return from_s64;
    case AV_SAMPLE_FMT_FLT:
        return from_f32;
    case AV_SAMPLE_FMT_DBL:
        return from_f64;
    default:
        return NULL;
    }
}

static bool is_sane(const float *x, size_t n)
{
    int n_bad = 0;
    for (size_t i = 0; i < n; i++)
        n_bad += !(fabsf(x[i]) <= SB_SAMPLE_MAX);
    return n_bad == 0;
}

static void tally(int64_t *count, int64_t *first, int64_t at)
{
    if ((*count)++ == 0 || at < *first)
        *first = at;
}

static void mend(sb_converter *c, float *x, size_t n, int64_t at)
{
    for (size_t i = 0; i < n; i++) {
        if (!isfinite(x[i])) {
            x[i] = 0;
            tally(&c->n_non_finite, &c->first_non_finite, at + (int64_t)i);
        } else if (fabsf(x[i]) > SB_SAMPLE_MAX) {
            x[i] = copysignf(SB_SAMPLE_MAX, x[i]);
            tally(&c->n_over_full, &c->first_over_full, at + (int64_t)i);
        }
    }
}

static bool is_float(enum AVSampleFormat format)
{
    format = av_get_packed_sample_fmt(format);
    return format == AV_SAMPLE_FMT_FLT || format == AV_SAMPLE_FMT_DBL;
}

static bool usable_as_is(const AVFrame *frame)
{
    if (frame->format != AV_SAMPLE_FMT_FLTP)
        return false;
    for (int ch = 0; ch < frame->ch_layout.nb_channels; ch++)
        if (!is_sane((const float *)frame->extended_data[ch], (size_t)frame->nb_samples))
            return false;
    return true;
}

static void convert(sb_converter *c, const AVFrame *frame, convert_fn *from, int64_t at)
{
    size_t n = (size_t)frame->nb_samples, n_channels = (size_t)frame->ch_layout.nb_channels;
    size_t bytes = (size_t)av_get_bytes_per_sample(frame->format);
    bool planar = av_sample_fmt_is_planar(frame->format);
    for (size_t ch = 0; ch < n_channels; ch++) {
        const uint8_t *source = planar ? frame->extended_data[ch] : frame->extended_data[0] + ch * bytes;
        float *out = c->data + ch * n;
        from(out, source, n, planar ? 1 : n_channels);
        if (is_float(frame->format) && !is_sane(out, n))
            mend(c, out, n, at);
    }
}

bool sb_converter_take(sb_converter *c, const AVFrame *frame, int64_t at)
{
    size_t n = (size_t)frame->nb_samples, n_channels = (size_t)frame->ch_layout.nb_channels;
    if (usable_as_is(frame)) {
        for (size_t ch = 0; ch < n_channels; ch++)
            c->planes[ch] = (const float *)frame->extended_data[ch];
        return true;
    }
    convert_fn *from = converter_of(frame->format);
    if (!from || !reserve(c, n * n_channels))
        return false;
    for (size_t ch = 0; ch < n_channels; ch++)
        c->planes[ch] = c->data + ch * n;
    if (frame->format == AV_SAMPLE_FMT_S16 && n_channels == 2)
        from_stereo_s16(c->data, c->data + n, (const int16_t *)frame->extended_data[0], n);
    else
        convert(c, frame, from, at);
    return true;
}

void sb_converter_finish(sb_converter *c)
{
    free(c->data);
    *c = (sb_converter){0};
}
