#include "media/media.h"

#include "media/copy/copy.h"
#include "media/input/input.h"
#include "soundbite/media.h"

#include <string.h>
#include <strings.h>

#include <libavcodec/avcodec.h>
#include <libavformat/avformat.h>

static int pcm_samples(const AVPacket *packet, const sb_demux *d, int rate)
{
    (void)rate;
    const AVCodecParameters *par = d->stream->codecpar;
    int frame = par->ch_layout.nb_channels * av_get_bits_per_sample(par->codec_id) / 8;
    return frame > 0 ? packet->size / frame : 0;
}

static int flac_samples(const AVPacket *packet, const sb_demux *d, int rate)
{
    (void)d, (void)rate;
    sb_flac_frame frame;
    return sb_flac_frame_read(&frame, packet->data, (size_t)packet->size) ? frame.n_samples : 0;
}

static int mp3_samples(const AVPacket *packet, const sb_demux *d, int rate)
{
    (void)d, (void)rate;
    sb_mpeg_layer3 frame;
    return sb_mpeg_layer3_read(&frame, packet->data, (size_t)packet->size) ? frame.n_samples : 0;
}

/* In MP4, the last frame has a duration shorter than its decoded sound. Durations in Matroska are useless
 * because its timestamps are rounded to 1 ms. */
static int aac_samples(const AVPacket *packet, const sb_demux *d, int rate)
{
    AVRational sample = {1, rate}, unit = d->stream->time_base;
    const AVCodecParameters *par = d->stream->codecpar;
    int whole = par->sample_rate == rate && par->profile == FF_PROFILE_AAC_LOW ? par->frame_size : 0;
    if ((int64_t)unit.num * rate > unit.den)
        return whole;
    int told = (int)av_rescale_q(packet->duration, unit, sample);
    return told > whole ? told : whole;
}

/* RFC 6716, section 3.1. The rate is always 48 kHz, whatever the header says. */
static int opus_samples(const AVPacket *packet, const sb_demux *d, int rate)
{
    static const int silk[] = {480, 960, 1920, 2880}, hybrid[] = {480, 960}, celt[] = {120, 240, 480, 960};
    (void)d, (void)rate;
    if (packet->size < 1)
        return 0;
    int config = packet->data[0] >> 3, code = packet->data[0] & 3;
    int one = config < 12 ? silk[config & 3] : config < 16 ? hybrid[config & 1] : celt[config & 3];
    if (code < 3)
        return code ? 2 * one : one;
    return packet->size > 1 ? (packet->data[1] & 63) * one : 0;
}

/* MP3 needs the granule before, and half of the one before that: 1152 samples for both frame lengths. AAC
 * overlaps with the frame before, and differential coding settles after one more frame. Opus converges within
 * 80 ms (RFC 7845, 4.6). */
static const sb_copy_codec codecs[] = {
    {"pcm_s16le", {"wav", "wave"}, pcm_samples, 0, 0}, {"pcm_s24le", {"wav", "wave"}, pcm_samples, 0, 0},
    {"pcm_s32le", {"wav", "wave"}, pcm_samples, 0, 0}, {"pcm_u8", {"wav", "wave"}, pcm_samples, 0, 0},
    {"pcm_f32le", {"wav", "wave"}, pcm_samples, 0, 0}, {"pcm_f64le", {"wav", "wave"}, pcm_samples, 0, 0},
    {"pcm_alaw", {"wav", "wave"}, pcm_samples, 0, 0},  {"pcm_mulaw", {"wav", "wave"}, pcm_samples, 0, 0},
    {"flac", {"flac", NULL}, flac_samples, 0, 0},      {"mp3", {"mp3", NULL}, mp3_samples, 1152, 1},
    {"aac", {"m4a", "aac"}, aac_samples, 0, 2},        {"opus", {"opus", "ogg"}, opus_samples, 3840, 0},
};

const sb_copy_codec *sb_copy_codec_find(const char *name)
{
    for (size_t i = 0; name && i < sizeof codecs / sizeof codecs[0]; i++)
        if (strcmp(name, codecs[i].name) == 0)
            return &codecs[i];
    return NULL;
}

static bool holds(const sb_copy_codec *codec, const char *extension)
{
    for (size_t i = 0; i < 2; i++)
        if (codec->extensions[i] && strcasecmp(extension, codec->extensions[i]) == 0)
            return true;
    return false;
}

bool sb_copy_knows(const char *extension)
{
    extension += *extension == '.';
    for (size_t i = 0; i < sizeof codecs / sizeof codecs[0]; i++)
        if (holds(&codecs[i], extension))
            return true;
    return false;
}

const char *sb_copy_extension(const char *codec)
{
    const sb_copy_codec *found = sb_copy_codec_find(codec);
    return found ? found->extensions[0] : NULL;
}

sb_status sb_copy_codec_check(const char *codec, const char *extension, sb_error *err)
{
    const sb_copy_codec *found = sb_copy_codec_find(codec);
    if (!found)
        return sb_error_set_field(err, SB_ERR_UNSUPPORTED, "copy", NULL,
                                  "audio in the codec %s cannot be copied; turn copying off",
                                  codec ? codec : "?");
    const char *first = found->extensions[0], *other = found->extensions[1];
    if (holds(found, extension))
        return SB_OK;
    return sb_error_set_field(err, SB_ERR_UNSUPPORTED, "copy", NULL,
                              "the source is %s, which cannot be copied into '.%.20s'; end the name with "
                              ".%s%s%s, or turn copying off",
                              codec, extension, first, other ? " or ." : "", other ? other : "");
}
