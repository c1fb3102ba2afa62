#include "base/run/run.h"
#include "media/dsp/dsp.h"
#include "media/encode/encode.h"
#include "media/media.h"

#include <sndfile.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

#define BLOCK_SAMPLES 4096
#define WAV_LIMIT     (INT64_C(0xffffffff) - 65536)

typedef struct state {
    sb_sink *sink;
    SNDFILE *file;
    int channels;
    int64_t bytes, byte_limit;
    sb_quantiser quantiser;
    int32_t *block;
    bool is_float;
    bool has_speakers; /* for FLAC, which assumes loudspeakers if they are not given */
    uint64_t speakers;
    const sb_chapter *chapters; /* for FLAC; must stay valid until the end */
    size_t n_chapters;
} state;

static sf_count_t vio_length(void *user)
{
    return sb_sink_size(user);
}

static sf_count_t vio_seek(sf_count_t offset, int whence, void *user)
{
    return sb_sink_seek(user, offset, whence);
}

static sf_count_t vio_read(void *data, sf_count_t size, void *user)
{
    int64_t at = sb_sink_seek(user, 0, SEEK_CUR);
    int64_t n = at < 0 ? -1 : sb_sink_read_at(user, data, (size_t)size, at);
    return n < 0 || sb_sink_seek(user, n, SEEK_CUR) < 0 ? 0 : n;
}

static sf_count_t vio_write(const void *data, sf_count_t size, void *user)
{
    int64_t n = sb_sink_write(user, data, (size_t)size);
    return n < 0 ? 0 : n;
}

static sf_count_t vio_tell(void *user)
{
    return sb_sink_seek(user, 0, SEEK_CUR);
}

static int format_code(const sb_encoder_format *format, const sb_encoder_params *params)
{
    int subtype = params->is_float     ? SF_FORMAT_FLOAT
                  : params->bits == 32 ? SF_FORMAT_PCM_32
                  : params->bits == 24 ? SF_FORMAT_PCM_24
                                       : SF_FORMAT_PCM_16;
    if (format->pcm_file == SB_PCM_FILE_FLAC)
        return SF_FORMAT_FLAC | subtype;
    return (params->channels > 2 && params->speakers ? SF_FORMAT_WAVEX : SF_FORMAT_WAV) | subtype;
}

/* In the order of the bits of a channel mask. */
static const int map_of_bit[] = {SF_CHANNEL_MAP_LEFT,
                                 SF_CHANNEL_MAP_RIGHT,
                                 SF_CHANNEL_MAP_CENTER,
                                 SF_CHANNEL_MAP_LFE,
                                 SF_CHANNEL_MAP_REAR_LEFT,
                                 SF_CHANNEL_MAP_REAR_RIGHT,
                                 SF_CHANNEL_MAP_FRONT_LEFT_OF_CENTER,
                                 SF_CHANNEL_MAP_FRONT_RIGHT_OF_CENTER,
                                 SF_CHANNEL_MAP_REAR_CENTER,
                                 SF_CHANNEL_MAP_SIDE_LEFT,
                                 SF_CHANNEL_MAP_SIDE_RIGHT,
                                 SF_CHANNEL_MAP_TOP_CENTER,
                                 SF_CHANNEL_MAP_TOP_FRONT_LEFT,
                                 SF_CHANNEL_MAP_TOP_FRONT_CENTER,
                                 SF_CHANNEL_MAP_TOP_FRONT_RIGHT,
                                 SF_CHANNEL_MAP_TOP_REAR_LEFT,
                                 SF_CHANNEL_MAP_TOP_REAR_CENTER,
                                 SF_CHANNEL_MAP_TOP_REAR_RIGHT};

static void set_speakers(SNDFILE *file, const sb_encoder_params *params)
{
    int map[SB_CHANNELS_MAX], n = 0;
    for (size_t bit = 0; bit < sizeof map_of_bit / sizeof map_of_bit[0]; bit++)
        if (params->speakers >> bit & 1 && n < params->channels)
            map[n++] = map_of_bit[bit];
    if (n == params->channels)
        sf_command(file, SFC_SET_CHANNEL_MAP_INFO, map, n * (int)sizeof *map);
}

static void set_tag(SNDFILE *file, const sb_tag *tag)
{
    static const struct {
        const char *key;
        int type;
    } types[] = {{"title", SF_STR_TITLE}, {"artist", SF_STR_ARTIST}, {"comment", SF_STR_COMMENT},
                 {"album", SF_STR_ALBUM}, {"genre", SF_STR_GENRE},   {"copyright", SF_STR_COPYRIGHT}};
    for (size_t i = 0; i < sizeof types / sizeof types[0]; i++)
        if (strcasecmp(tag->key, types[i].key) == 0 && tag->value && *tag->value)
            sf_set_string(file, types[i].type, tag->value);
}

static sb_status open_file(state *s, const sb_encoder_format *format, const sb_encoder_params *params,
                           sb_error *err)
{
    static SF_VIRTUAL_IO vio = {vio_length, vio_seek, vio_read, vio_write, vio_tell};
    SF_INFO info = {.samplerate = params->sample_rate,
                    .channels = params->channels,
                    .format = format_code(format, params)};
    s->file = sf_open_virtual(&vio, SFM_WRITE, &info, s->sink);
    if (s->file && params->is_float)
        /* this chunk contains the time of writing */
        sf_command(s->file, SFC_SET_ADD_PEAK_CHUNK, NULL, SF_FALSE);
    if (s->file && params->channels > 2 && format->pcm_file == SB_PCM_FILE_WAV)
        set_speakers(s->file, params);
    if (s->file)
        return SB_OK;
    sb_status status = sb_sink_check(s->sink, err);
    return status ? status
                  : sb_error_set(
                        err, SB_ERR_ARGUMENT,
                        "%s cannot be written with these settings (%s); choose another format or sample rate",
                        format->extension, sf_strerror(NULL));
}

static void sndfile_free(void *user)
{
    state *s = user;
    if (!s)
        return;
    if (s->file)
        sf_close(s->file);
    free(s->block);
    free(s);
}

static sb_status sndfile_open(void **out, sb_sink *sink, const sb_encoder_format *format,
                              const sb_encoder_params *params, sb_error *err)
{
    state *s = calloc(1, sizeof *s);
    if (!s)
        return sb_error_memory(err, "encoding");
    s->sink = sink;
    s->channels = params->channels;
    s->byte_limit = format->pcm_file == SB_PCM_FILE_WAV ? WAV_LIMIT : INT64_MAX;
    if (format->pcm_file == SB_PCM_FILE_FLAC) {
        s->chapters = params->chapters;
        s->n_chapters = params->n_chapters;
        s->has_speakers = params->channels > 2;
        s->speakers = params->speakers;
    }
    s->block = malloc(sizeof *s->block * BLOCK_SAMPLES * (size_t)params->channels);
    s->is_float = params->is_float;
    sb_quantiser_init(&s->quantiser, params->is_float ? 32 : params->bits ? params->bits : 16, params->plain);
    sb_status status = s->block ? open_file(s, format, params, err) : sb_error_memory(err, "encoding");
    if (status) {
        sndfile_free(s);
        return status;
    }
    for (size_t i = 0; i < params->n_tags; i++)
        set_tag(s->file, &params->tags[i]);
    *out = s;
    return SB_OK;
}

static bool write_samples(state *s, const float *const *planes, size_t n)
{
    float *floats = (float *)s->block;
    if (s->is_float) {
        sb_interleave(floats, planes, s->channels, 0, n);
        return sf_writef_float(s->file, floats, (sf_count_t)n) == (sf_count_t)n;
    }
    sb_quantise(&s->quantiser, s->block, planes, s->channels, n);
    return sf_writef_int(s->file, s->block, (sf_count_t)n) == (sf_count_t)n;
}

static sb_status write_block(state *s, const float *const *planes, size_t n, sb_error *err)
{
    s->bytes += (int64_t)n * s->channels * (s->quantiser.bits / 8);
    if (s->bytes > s->byte_limit)
        return sb_error_set(err, SB_ERR_LIMIT, "too long for a WAV file (4 GB); write FLAC instead");
    if (write_samples(s, planes, n))
        return sb_sink_check(s->sink, err);
    sb_status status = sb_sink_check(s->sink, err);
    return status ? status
                  : sb_error_set(err, SB_ERR_IO,
                                 "cannot be written (%s); free some space or choose another disk",
                                 sf_strerror(s->file));
}

static sb_status sndfile_write(void *user, const float *const *planes, size_t n_samples, sb_error *err)
{
    state *s = user;
    const float *at[SB_CHANNELS_MAX];
    for (size_t done = 0; done < n_samples;) {
        size_t n = n_samples - done < BLOCK_SAMPLES ? n_samples - done : BLOCK_SAMPLES;
        for (int c = 0; c < s->channels; c++)
            at[c] = planes[c] + done;
        sb_status status = write_block(s, at, n, err);
        if (status)
            return status;
        done += n;
    }
    return SB_OK;
}

static sb_status sndfile_finish(void *user, sb_error *err)
{
    state *s = user;
    sf_close(s->file);
    s->file = NULL;
    sb_status status = sb_sink_check(s->sink, err);
    if (!status && (s->n_chapters || s->has_speakers))
        status = sb_flac_add_comments(s->sink, s->has_speakers ? &s->speakers : NULL, s->chapters,
                                      s->n_chapters, err);
    return status;
}

const sb_encoder_backend sb_encode_sndfile = {
    .open = sndfile_open,
    .write = sndfile_write,
    .finish = sndfile_finish,
    .free = sndfile_free,
};
