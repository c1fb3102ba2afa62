#include "media/media.h"

#include "base/run/run.h"

#include <samplerate.h>
#include <stdlib.h>
#include <string.h>

#define BLOCK 2048

struct sb_resampler {
    SRC_STATE *src;
    double ratio;
    int64_t rate_in, rate_out;
    int channels;
    int64_t n_in, n_out;
    float *mixed_in, *mixed_out; /* BLOCK interleaved frames each, in one allocation */
    float **planes;
    size_t n_ready, capacity;
};

sb_status sb_resampler_create(sb_resampler **out, int rate_in, int rate_out, int channels, sb_error *err)
{
    *out = NULL;
    if (!src_is_valid_ratio((double)rate_out / rate_in))
        return sb_error_set(err, SB_ERR_ARGUMENT,
                            "%d Hz cannot be resampled to %d Hz; choose another sample rate", rate_in,
                            rate_out);
    sb_resampler *r = calloc(1, sizeof *r);
    if (!r)
        goto fail;
    *r = (sb_resampler){
        .ratio = (double)rate_out / rate_in, .rate_in = rate_in, .rate_out = rate_out, .channels = channels};
    int code;
    r->src = src_new(SRC_SINC_BEST_QUALITY, channels, &code);
    r->mixed_in = calloc(2 * BLOCK * (size_t)channels, sizeof *r->mixed_in);
    r->planes = calloc((size_t)channels, sizeof *r->planes);
    if (!r->src || !r->mixed_in || !r->planes)
        goto fail;
    r->mixed_out = r->mixed_in + BLOCK * channels;
    *out = r;
    return SB_OK;
fail:
    sb_resampler_free(&r);
    return sb_error_memory(err, "processing the audio");
}

void sb_resampler_free(sb_resampler **resampler)
{
    sb_resampler *r = *resampler;
    if (!r)
        return;
    if (r->src)
        src_delete(r->src);
    for (int c = 0; r->planes && c < r->channels; c++)
        free(r->planes[c]);
    free(r->planes);
    free(r->mixed_in);
    free(r);
    *resampler = NULL;
}

static bool make_room_for_samples(sb_resampler *r, size_t n)
{
    if (r->n_ready + n <= r->capacity)
        return true;
    size_t capacity = (r->n_ready + n) * 2;
    for (int c = 0; c < r->channels; c++) {
        float *plane = realloc(r->planes[c], capacity * sizeof *plane);
        if (!plane)
            return false;
        r->planes[c] = plane;
    }
    r->capacity = capacity;
    return true;
}

static bool take_ready(sb_resampler *r, size_t n)
{
    if (!make_room_for_samples(r, n))
        return false;
    sb_deinterleave(r->planes, r->n_ready, r->mixed_out, r->channels, n);
    r->n_ready += n;
    return true;
}

static sb_status run(sb_resampler *r, size_t n, bool end, sb_error *err)
{
    size_t used = 0;
    for (;;) {
        /* Without input the pointer stays at the start: libsamplerate takes the end of the input for data
         * that overlaps mixed_out. */
        SRC_DATA data = {.data_in = r->mixed_in + (used < n ? used * (size_t)r->channels : 0),
                         .data_out = r->mixed_out,
                         .input_frames = (long)(n - used),
                         .output_frames = BLOCK,
                         .src_ratio = r->ratio,
                         .end_of_input = end};
        int code = src_process(r->src, &data);
        if (code)
            return sb_error_set(err, SB_ERR_ARGUMENT, "the sample rate cannot be changed (%s)",
                                src_strerror(code));
        used += (size_t)data.input_frames_used;
        if (!take_ready(r, (size_t)data.output_frames_gen))
            return sb_error_memory(err, "processing the audio");
        if (data.output_frames_gen == 0 && (used == n || data.input_frames_used == 0))
            return SB_OK;
    }
}

static void give(sb_resampler *r, const float *const **out, size_t *n_out)
{
    *out = (const float *const *)r->planes;
    *n_out = r->n_ready;
    r->n_out += (int64_t)r->n_ready;
}

sb_status sb_resampler_push(sb_resampler *r, const float *const *planes, size_t n, const float *const **out,
                            size_t *n_out, sb_error *err)
{
    r->n_ready = 0;
    r->n_in += (int64_t)n;
    for (size_t done = 0; done < n;) {
        size_t part = n - done < BLOCK ? n - done : BLOCK;
        sb_interleave(r->mixed_in, planes, r->channels, done, part);
        sb_status status = run(r, part, false, err);
        if (status)
            return status;
        done += part;
    }
    give(r, out, n_out);
    return SB_OK;
}

static bool fit_length(sb_resampler *r, size_t length)
{
    if (length > r->n_ready) {
        size_t missing = length - r->n_ready;
        if (!make_room_for_samples(r, missing))
            return false;
        for (int c = 0; c < r->channels; c++)
            memset(r->planes[c] + r->n_ready, 0, missing * sizeof(float));
    }
    r->n_ready = length;
    return true;
}

sb_status sb_resampler_flush(sb_resampler *r, const float *const **out, size_t *n_out, sb_error *err)
{
    r->n_ready = 0;
    sb_status status = run(r, 0, true, err);
    if (status)
        return status;
    int64_t whole = (r->n_in * r->rate_out + r->rate_in / 2) / r->rate_in;
    int64_t rest = whole - r->n_out;
    if (!fit_length(r, rest > 0 ? (size_t)rest : 0))
        return sb_error_memory(err, "processing the audio");
    give(r, out, n_out);
    return SB_OK;
}
