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

/* Masks of channels; see sb_media_info.speakers. */
enum { THREE = 0x7, FOUR = 0x107, QUAD = 0x33, FIVE = 0x37, FIVE_ONE = 0x3f, SEVEN_ONE = 0x63f };
static const uint64_t stereo_only[] = {0};
static const uint64_t aac_surround[] = {THREE, FOUR, FIVE, FIVE_ONE, 0};
static const uint64_t opus_surround[] = {THREE, QUAD, FIVE, FIVE_ONE, SEVEN_ONE, 0};

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
     .surround = stereo_only,
     .max_channels = 2},
    {.extension = "m4a",
     .codec = "aac",
     .backend = &sb_encode_libav,
     .muxer = "ipod",
     .av_encoder = "aac",
     .rates = aac_rates,
     .surround = aac_surround,
     .max_channels = 6},
    {.extension = "opus",
     .other = "ogg",
     .codec = "opus",
     .backend = &sb_encode_libav,
     .muxer = "opus",
     .av_encoder = "libopus",
     .rates = opus_rates,
     .surround = opus_surround,
     .max_channels = 8},
    {.extension = "mp4",
     .codec = "h264+aac",
     .rates = mp4_rates,
     .surround = stereo_only,
     .max_channels = 2,
     .min_channels = 2},
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

bool sb_encoder_has_depth(const sb_encoder_format *format)
{
    return format->backend == &sb_encode_sndfile;
}

uint64_t sb_speakers_usual(uint64_t speakers)
{
    const uint64_t backs = 0x30, sides = 0x600;
    bool only_sides = (speakers & sides) == sides && !(speakers & backs);
    return only_sides ? (speakers & ~sides) | backs : speakers;
}

static bool has_surround(const sb_encoder_format *format, int channels, uint64_t speakers)
{
    if (!format->surround)
        return channels <= format->max_channels;
    if (__builtin_popcountll(speakers) != channels)
        return false;
    for (const uint64_t *s = format->surround; *s; s++)
        if (*s == sb_speakers_usual(speakers))
            return true;
    return false;
}

int sb_encoder_channels(const sb_encoder_format *format, int channels, uint64_t speakers)
{
    if (channels < format->min_channels)
        return format->min_channels;
    return channels <= 2 || has_surround(format, channels, speakers) ? channels : 2;
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
    if (params->channels > 2 && !has_surround(format, params->channels, params->speakers))
        return sb_error_set_field(err, SB_ERR_ARGUMENT, "channels", NULL,
                                  "%s cannot have these %d channels, which are not for its loudspeakers; mix "
                                  "them to 2",
                                  format->extension, params->channels);
    bool is_wav = sb_encoder_has_depth(format) && format->pcm_file == SB_PCM_FILE_WAV;
    if (params->is_float && !is_wav)
        return sb_error_set(err, SB_ERR_ARGUMENT, "%s cannot have floating-point samples; use wav",
                            format->extension);
    if (params->bits != 0 && params->bits != 16 && params->bits != 24 && !(params->bits == 32 && is_wav))
        return sb_error_set(err, SB_ERR_ARGUMENT, "%s cannot have %d bits per sample; use 16%s",
                            format->extension, params->bits, is_wav ? ", 24 or 32" : " or 24");
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
