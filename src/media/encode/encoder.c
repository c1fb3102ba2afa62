#include "media/media.h"

#include "base/run/run.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

static const int mp3_rates[] = {8000, 11025, 12000, 16000, 22050, 24000, 32000, 44100, 48000, 0};
static const int aac_rates[] = {7350,  8000,  11025, 12000, 16000, 22050, 24000,
                                32000, 44100, 48000, 64000, 88200, 96000, 0};
static const int opus_rates[] = {48000, 0};
static const int mp4_rates[] = {48000, 0};

static const sb_encoder_format formats[] = {
    {.extension = "wav",
     .other = "wave",
     .codec = "pcm",
     .backend = &sb_encode_sndfile,
     .pcm_file = SB_PCM_FILE_WAV,
     .max_rate = 768000,
     .max_channels = 64},
    {.extension = "flac",
     .codec = "flac",
     .backend = &sb_encode_sndfile,
     .pcm_file = SB_PCM_FILE_FLAC,
     .max_rate = 655350,
     .max_channels = 8},
    {.extension = "mp3",
     .codec = "mp3",
     .backend = &sb_encode_libav,
     .muxer = "mp3",
     .av_encoder = "libmp3lame",
     .rates = mp3_rates,
     .max_channels = 2},
    {.extension = "m4a",
     .codec = "aac",
     .backend = &sb_encode_libav,
     .muxer = "ipod",
     .av_encoder = "aac",
     .rates = aac_rates,
     .max_channels = 6},
    {.extension = "opus",
     .other = "ogg",
     .codec = "opus",
     .backend = &sb_encode_libav,
     .muxer = "opus",
     .av_encoder = "libopus",
     .rates = opus_rates,
     .max_channels = 8},
    {.extension = "mp4", .codec = "h264+aac", .rates = mp4_rates, .max_channels = 2, .min_channels = 2},
};
#define N_FORMATS (sizeof formats / sizeof formats[0])

struct sb_encoder {
    const sb_encoder_format *format;
    sb_sink sink;
    void *state;
};

const sb_encoder_format *sb_encoder_format_find(const char *extension)
{
    if (!extension)
        return NULL;
    if (*extension == '.')
        extension++;
    for (size_t i = 0; i < N_FORMATS; i++)
        if (strcasecmp(extension, formats[i].extension) == 0 ||
            (formats[i].other && strcasecmp(extension, formats[i].other) == 0))
            return &formats[i];
    return NULL;
}

bool sb_encoder_knows(const char *extension, const char **out)
{
    const sb_encoder_format *format = sb_encoder_format_find(extension);
    if (format && out)
        *out = format->extension;
    return format != NULL;
}

static int nearest_rate(const sb_encoder_format *format, int rate)
{
    if (!format->rates)
        return rate < format->max_rate ? rate : format->max_rate;
    const int *at = format->rates;
    while (at[1] && *at < rate)
        at++;
    return *at;
}

int sb_encoder_rate(const char *extension, int rate)
{
    const sb_encoder_format *format = sb_encoder_format_find(extension);
    return format ? nearest_rate(format, rate) : rate;
}

int sb_encoder_channels(const sb_encoder_format *format, int channels)
{
    if (channels < format->min_channels)
        return format->min_channels;
    return channels <= format->max_channels ? channels : 2;
}

static sb_status check_params(const sb_encoder_format *format, const sb_encoder_params *params, sb_error *err)
{
    if (params->sample_rate < 1 || nearest_rate(format, params->sample_rate) != params->sample_rate)
        return sb_error_set_field(err, SB_ERR_ARGUMENT, "sample_rate", NULL,
                                  "%s cannot have a sample rate of %d Hz; use %d Hz", format->extension,
                                  params->sample_rate, nearest_rate(format, params->sample_rate));
    if (params->channels < 1 || params->channels > format->max_channels)
        return sb_error_set_field(err, SB_ERR_ARGUMENT, "channels", NULL,
                                  "%s cannot have %d channels; use at most %d", format->extension,
                                  params->channels, format->max_channels);
    if (params->bits != 0 && params->bits != 16 && params->bits != 24)
        return sb_error_set(err, SB_ERR_ARGUMENT, "%d bits per sample are not supported; use 16 or 24",
                            params->bits);
    return SB_OK;
}

static sb_status open_backend(sb_encoder *encoder, sb_output *output, const sb_encoder_params *params,
                              sb_error *err)
{
    sb_status status = sb_sink_open(&encoder->sink, output, err);
    if (status)
        return status;
    return encoder->format->backend->open(&encoder->state, &encoder->sink, encoder->format, params, err);
}

sb_status sb_encoder_open(sb_encoder **out, sb_output *output, const char *extension,
                          const sb_encoder_params *params, sb_error *err)
{
    *out = NULL;
    const sb_encoder_format *format = sb_encoder_format_find(extension);
    if (!format || !format->backend)
        return sb_error_set(err, SB_ERR_UNSUPPORTED,
                            "audio cannot be written as '%.20s'; use wav, flac, mp3, m4a or opus",
                            extension ? extension : "");
    sb_status status = check_params(format, params, err);
    if (status)
        return status;
    sb_encoder *encoder = calloc(1, sizeof *encoder);
    if (!encoder)
        return sb_error_memory(err, "encoding");
    encoder->format = format;
    encoder->sink.spool = -1;
    status = open_backend(encoder, output, params, err);
    if (status) {
        sb_encoder_abort(&encoder);
        return status;
    }
    *out = encoder;
    return SB_OK;
}

sb_status sb_encoder_write(sb_encoder *encoder, const float *const *planes, size_t n_samples, sb_error *err)
{
    return encoder->format->backend->write(encoder->state, planes, n_samples, err);
}

sb_status sb_encoder_close(sb_encoder **encoder, sb_error *err)
{
    sb_encoder *e = *encoder;
    sb_status status = e->format->backend->finish(e->state, err);
    e->format->backend->free(e->state);
    status = sb_sink_close(&e->sink, status, err);
    free(e);
    *encoder = NULL;
    return status;
}

void sb_encoder_abort(sb_encoder **encoder)
{
    if (!*encoder)
        return;
    (*encoder)->format->backend->free((*encoder)->state);
    sb_sink_close(&(*encoder)->sink, SB_ERR_INTERRUPTED, NULL);
    free(*encoder);
    *encoder = NULL;
}
