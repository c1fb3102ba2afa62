#include "soundbite/waveform.h"

#include <stdlib.h>

#include "base/run/run.h"
#include "media/media.h"

#define SAMPLES_PER_PIXEL 256
#define VERSION           2
#define FLAG_8_BITS       1

typedef struct pixel {
    int16_t low, high;
} pixel;

struct sb_waveform {
    int sample_rate, channels, samples_per_pixel, bits;
    pixel *pixels;
    size_t n_pixels, capacity;
    pixel open;
    int n_open; /* samples in it */
};

sb_status sb_waveform_create(sb_waveform **out, int sample_rate, int channels,
                             const sb_waveform_params *params, sb_error *err)
{
    *out = NULL;
    int samples_per_pixel =
        params && params->samples_per_pixel ? params->samples_per_pixel : SAMPLES_PER_PIXEL;
    int bits = params && params->bits ? params->bits : 8;
    if (sample_rate <= 0 || channels <= 0)
        return sb_error_set(err, SB_ERR_ARGUMENT,
                            "the sample rate and the number of channels must be above 0");
    if (samples_per_pixel < 2 || (bits != 8 && bits != 16))
        return sb_error_set(err, SB_ERR_ARGUMENT,
                            "a peak must cover at least 2 samples and have 8 or 16 bits");
    sb_waveform *waveform = calloc(1, sizeof *waveform);
    if (!waveform)
        return sb_error_memory(err, "processing the audio");
    *waveform = (sb_waveform){.sample_rate = sample_rate,
                              .channels = channels,
                              .samples_per_pixel = samples_per_pixel,
                              .bits = bits};
    *out = waveform;
    return SB_OK;
}

void sb_waveform_free(sb_waveform **waveform)
{
    if (!*waveform)
        return;
    free((*waveform)->pixels);
    free(*waveform);
    *waveform = NULL;
}

static bool close_pixel(sb_waveform *waveform)
{
    if (waveform->n_open == 0)
        return true;
    if (!sb_grow(&waveform->pixels, waveform->n_pixels, &waveform->capacity, sizeof *waveform->pixels))
        return false;
    waveform->pixels[waveform->n_pixels++] = waveform->open;
    waveform->n_open = 0;
    return true;
}

sb_status sb_waveform_push(sb_waveform *waveform, const float *const *planes, size_t n_samples, sb_error *err)
{
    for (size_t i = 0; i < n_samples; i++) {
        int16_t sample = sb_mean_sample(planes, waveform->channels, i);
        if (waveform->n_open == 0)
            waveform->open = (pixel){sample, sample};
        if (sample < waveform->open.low)
            waveform->open.low = sample;
        if (sample > waveform->open.high)
            waveform->open.high = sample;
        if (++waveform->n_open == waveform->samples_per_pixel && !close_pixel(waveform))
            return sb_error_memory(err, "processing the audio");
    }
    return SB_OK;
}

static int value(const sb_waveform *waveform, int16_t sample)
{
    return waveform->bits == 8 ? sample / 256 : sample;
}

static void append_le(sb_bytes *out, uint32_t number, int n_bytes)
{
    unsigned char bytes[4];
    for (int i = 0; i < n_bytes; i++)
        bytes[i] = (unsigned char)(number >> (8 * i));
    sb_bytes_append(out, bytes, (size_t)n_bytes);
}

static void append_dat(sb_bytes *out, const sb_waveform *waveform)
{
    append_le(out, VERSION, 4);
    append_le(out, waveform->bits == 8 ? FLAG_8_BITS : 0, 4);
    append_le(out, (uint32_t)waveform->sample_rate, 4);
    append_le(out, (uint32_t)waveform->samples_per_pixel, 4);
    append_le(out, (uint32_t)waveform->n_pixels, 4);
    append_le(out, 1, 4);
    for (size_t i = 0; i < waveform->n_pixels; i++) {
        append_le(out, (uint32_t)value(waveform, waveform->pixels[i].low), waveform->bits / 8);
        append_le(out, (uint32_t)value(waveform, waveform->pixels[i].high), waveform->bits / 8);
    }
}

static void append_json(sb_bytes *out, const sb_waveform *waveform)
{
    sb_bytes_print(out,
                   "{\"version\":%d,\"channels\":1,\"sample_rate\":%d,\"samples_per_pixel\":%d,\"bits\":%d,"
                   "\"length\":%zu,\"data\":[",
                   VERSION, waveform->sample_rate, waveform->samples_per_pixel, waveform->bits,
                   waveform->n_pixels);
    for (size_t i = 0; i < waveform->n_pixels; i++)
        sb_bytes_print(out, "%s%d,%d", i ? "," : "", value(waveform, waveform->pixels[i].low),
                       value(waveform, waveform->pixels[i].high));
    sb_bytes_text(out, "]}\n");
}

sb_status sb_waveform_write(sb_bytes *out, sb_waveform *waveform, sb_waveform_form form, sb_error *err)
{
    if (!close_pixel(waveform))
        return sb_error_memory(err, "processing the audio");
    if (form == SB_WAVEFORM_DAT)
        append_dat(out, waveform);
    else
        append_json(out, waveform);
    return out->failed ? sb_error_memory(err, "processing the audio") : SB_OK;
}
