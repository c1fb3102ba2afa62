#include "media/encode/encode.h"

#include <libavcodec/avcodec.h>
#include <libavutil/channel_layout.h>
#include <math.h>
#include <stdlib.h>

#include <libavformat/avformat.h>

#define MAX_LEVEL    4.0f
#define LAME_QUALITY 5 /* a seventh faster than the default, 3 */

struct sb_sound_track {
    AVFormatContext *muxer; /* not owned */
    AVCodecContext *codec;
    AVStream *stream;
    AVFrame *frame;
    AVPacket *packet;
    int filled; /* samples in `frame` */
    float gain; /* compensates the encoder's attenuation */
    int64_t next_pts;
};

static int64_t default_bit_rate(const AVCodecContext *codec)
{
    int64_t one = codec->codec_id == AV_CODEC_ID_OPUS ? 64000 : 96000;
    int64_t two = codec->codec_id == AV_CODEC_ID_OPUS ? 96000 : 128000;
    return codec->ch_layout.nb_channels == 1 ? one : two * codec->ch_layout.nb_channels / 2;
}

/* LAME's presets attenuate the input and have no option against it: by 0.95 up to 160 kbit/s and by less
 * above (abr_switch_map in its presets.c). Below 32 kHz, 160 is the maximum. */
static float make_up_gain(const AVCodecContext *codec)
{
    if (codec->codec_id != AV_CODEC_ID_MP3)
        return 1;
    int64_t kbits = codec->sample_rate < 32000 ? 0 : codec->bit_rate / 1000;
    return 1 / (kbits < 176 ? 0.95f : kbits < 208 ? 0.97f : kbits < 240 ? 0.98f : 1.0f);
}

static int open_codec(sb_sound_track *t, const char *encoder, const sb_encoder_params *params)
{
    const AVCodec *codec = avcodec_find_encoder_by_name(encoder);
    if (!codec)
        return AVERROR_ENCODER_NOT_FOUND;
    t->codec = avcodec_alloc_context3(codec);
    if (!t->codec)
        return AVERROR(ENOMEM);
    t->codec->sample_rate = params->sample_rate;
    av_channel_layout_default(&t->codec->ch_layout, params->channels);
    t->codec->sample_fmt = codec->sample_fmts[0];
    for (const enum AVSampleFormat *f = codec->sample_fmts; *f != AV_SAMPLE_FMT_NONE; f++)
        if (*f == AV_SAMPLE_FMT_FLTP || *f == AV_SAMPLE_FMT_FLT)
            t->codec->sample_fmt = *f;
    t->codec->time_base = (AVRational){1, params->sample_rate};
    t->codec->bit_rate = params->bit_rate ? params->bit_rate : default_bit_rate(t->codec);
    t->gain = make_up_gain(t->codec);
    t->codec->thread_count = 1;
    t->codec->flags |= AV_CODEC_FLAG_BITEXACT;
    if (t->codec->codec_id == AV_CODEC_ID_MP3)
        t->codec->compression_level = LAME_QUALITY;
    if (t->muxer->oformat->flags & AVFMT_GLOBALHEADER)
        t->codec->flags |= AV_CODEC_FLAG_GLOBAL_HEADER;
    return avcodec_open2(t->codec, codec, NULL);
}

static int open_frame(sb_sound_track *t)
{
    t->packet = av_packet_alloc();
    t->frame = av_frame_alloc();
    if (!t->packet || !t->frame)
        return AVERROR(ENOMEM);
    t->frame->format = t->codec->sample_fmt;
    int code = av_channel_layout_copy(&t->frame->ch_layout, &t->codec->ch_layout);
    if (code < 0)
        return code;
    t->frame->sample_rate = t->codec->sample_rate;
    t->frame->nb_samples = t->codec->frame_size;
    return av_frame_get_buffer(t->frame, 0);
}

static int open_stream(sb_sound_track *t)
{
    t->stream = avformat_new_stream(t->muxer, NULL);
    if (!t->stream)
        return AVERROR(ENOMEM);
    t->stream->time_base = t->codec->time_base;
    return avcodec_parameters_from_context(t->stream->codecpar, t->codec);
}

int sb_sound_track_open(sb_sound_track **out, AVFormatContext *muxer, const char *encoder,
                        const sb_encoder_params *params)
{
    sb_sound_track *t = *out = calloc(1, sizeof *t);
    if (!t)
        return AVERROR(ENOMEM);
    t->muxer = muxer;
    int code = open_codec(t, encoder, params);
    if (code >= 0)
        code = open_frame(t);
    if (code >= 0)
        code = open_stream(t);
    if (code < 0)
        sb_sound_track_free(out);
    return code;
}

void sb_sound_track_free(sb_sound_track **track)
{
    sb_sound_track *t = *track;
    if (!t)
        return;
    avcodec_free_context(&t->codec);
    av_frame_free(&t->frame);
    av_packet_free(&t->packet);
    free(t);
    *track = NULL;
}

static int write_packets(sb_sound_track *t)
{
    return sb_muxer_write_packets(t->muxer, t->stream, t->codec, t->packet, 0);
}

static int send_frame(sb_sound_track *t)
{
    t->frame->nb_samples = t->filled;
    t->frame->pts = t->next_pts;
    t->next_pts += t->filled;
    t->filled = 0;
    int code = avcodec_send_frame(t->codec, t->frame);
    if (code >= 0)
        code = write_packets(t);
    if (code >= 0) {
        t->frame->nb_samples = t->codec->frame_size;
        code = av_frame_make_writable(t->frame);
    }
    return code;
}

/* libmp3lame aborts the process if a sample is NaN. */
static float tame(float sample)
{
    return isfinite(sample) ? fminf(fmaxf(sample, -MAX_LEVEL), MAX_LEVEL) : 0;
}

static void fill_frame(sb_sound_track *t, const float *const *planes, size_t from, size_t n)
{
    int channels = t->codec->ch_layout.nb_channels;
    bool planar = t->codec->sample_fmt == AV_SAMPLE_FMT_FLTP;
    for (int c = 0; c < channels; c++) {
        float *out = planar ? (float *)t->frame->extended_data[c] + t->filled
                            : (float *)t->frame->extended_data[0] + (size_t)t->filled * (size_t)channels + c;
        int step = planar ? 1 : channels;
        for (size_t i = 0; i < n; i++)
            out[i * (size_t)step] = tame(t->gain * planes[c][from + i]);
    }
    t->filled += (int)n;
}

int sb_sound_track_write(sb_sound_track *t, const float *const *planes, size_t n_samples)
{
    for (size_t done = 0; done < n_samples;) {
        size_t room = (size_t)(t->codec->frame_size - t->filled);
        size_t n = n_samples - done < room ? n_samples - done : room;
        fill_frame(t, planes, done, n);
        done += n;
        int code = t->filled == t->codec->frame_size ? send_frame(t) : 0;
        if (code < 0)
            return code;
    }
    return 0;
}

int sb_sound_track_end(sb_sound_track *t)
{
    int code = t->filled ? send_frame(t) : 0;
    if (code >= 0)
        code = avcodec_send_frame(t->codec, NULL);
    return code < 0 ? code : write_packets(t);
}
