#include "media/encoder.h"
#include "media/libav.h"

#include <libavcodec/avcodec.h>
#include <libavformat/avformat.h>
#include <libavutil/channel_layout.h>
#include <libavutil/opt.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#define IO_BUFFER    32768
#define MAX_LEVEL    4.0f
#define LAME_QUALITY 5 /* a seventh faster than its default of 3 */

typedef struct state {
    sb_sink *sink;
    const char *name;
    AVFormatContext *muxer;
    AVCodecContext *codec;
    AVStream *stream;
    AVFrame *frame;
    AVPacket *packet;
    int filled; /* samples in `frame` */
    float gain; /* makes good what the encoder takes */
    int64_t next_pts;
} state;

static int avio_write_sink(void *user, uint8_t *data, int size)
{
    sb_sink *sink = user;
    return sb_sink_write(sink, data, (size_t)size) < 0 ? AVERROR(sink->error) : size;
}

static int64_t avio_seek_sink(void *user, int64_t offset, int whence)
{
    if (whence & AVSEEK_SIZE)
        return sb_sink_size(user);
    return sb_sink_seek(user, offset, whence & ~AVSEEK_FORCE);
}

/* The MP4 muxer opens its own output a second time to move the index to the front. */
typedef struct reader {
    sb_sink *sink;
    int64_t at;
} reader;

static int avio_read_sink(void *user, uint8_t *data, int size)
{
    reader *r = user;
    int64_t n = sb_sink_read_at(r->sink, data, (size_t)size, r->at);
    if (n <= 0)
        return n < 0 ? AVERROR(r->sink->error) : AVERROR_EOF;
    r->at += n;
    return (int)n;
}

static int64_t avio_seek_reader(void *user, int64_t offset, int whence)
{
    reader *r = user;
    if (whence & AVSEEK_SIZE)
        return sb_sink_size(r->sink);
    if ((whence & ~AVSEEK_FORCE) != SEEK_SET)
        return AVERROR(EINVAL);
    return r->at = offset;
}

static void free_io(AVIOContext **io)
{
    if (*io)
        av_freep(&(*io)->buffer);
    avio_context_free(io);
}

static AVIOContext *open_reader(sb_sink *sink)
{
    reader *r = av_mallocz(sizeof *r);
    uint8_t *buffer = av_malloc(IO_BUFFER);
    AVIOContext *io = NULL;
    if (r && buffer) {
        r->sink = sink;
        io = avio_alloc_context(buffer, IO_BUFFER, 0, r, avio_read_sink, NULL, avio_seek_reader);
    }
    if (!io) {
        av_free(r);
        av_free(buffer);
    }
    return io;
}

static int muxer_open(AVFormatContext *muxer, AVIOContext **io, const char *url, int flags,
                      AVDictionary **options)
{
    (void)url;
    (void)options;
    state *s = muxer->opaque;
    *io = flags & AVIO_FLAG_WRITE ? NULL : open_reader(s->sink);
    return *io ? 0 : AVERROR(ENOSYS);
}

static int muxer_close(AVFormatContext *muxer, AVIOContext *io)
{
    (void)muxer;
    av_freep(&io->opaque);
    free_io(&io);
    return 0;
}

static sb_status fail(const state *s, int code, const char *what, sb_error *err)
{
    sb_status status = sb_sink_check(s->sink, err);
    if (status)
        return status;
    if (code == AVERROR(ENOMEM))
        return sb_error_set(err, SB_ERR_MEMORY, "out of memory");
    char reason[AV_ERROR_MAX_STRING_SIZE];
    av_strerror(code, reason, sizeof reason);
    return sb_error_set(err, SB_ERR_IO, "%s: %s (%s)", s->name, what, reason);
}

static void libav_free(void *user)
{
    state *s = user;
    if (!s)
        return;
    if (s->muxer)
        free_io(&s->muxer->pb);
    avformat_free_context(s->muxer);
    avcodec_free_context(&s->codec);
    av_frame_free(&s->frame);
    av_packet_free(&s->packet);
    free(s);
}

static int64_t default_bit_rate(const AVCodecContext *codec)
{
    int64_t one = codec->codec_id == AV_CODEC_ID_OPUS ? 64000 : 96000;
    int64_t two = codec->codec_id == AV_CODEC_ID_OPUS ? 96000 : 128000;
    return codec->ch_layout.nb_channels == 1 ? one : two * codec->ch_layout.nb_channels / 2;
}

/* LAME's presets lower the sound that they are given, without a way to ask for less: by 0.95 up to 160 kbit/s, above
 * that by less (abr_switch_map in its presets.c); under 32 kHz there is no more than 160. */
static float make_up_gain(const AVCodecContext *codec)
{
    if (codec->codec_id != AV_CODEC_ID_MP3)
        return 1;
    int64_t kbits = codec->sample_rate < 32000 ? 0 : codec->bit_rate / 1000;
    return 1 / (kbits < 176 ? 0.95f : kbits < 208 ? 0.97f : kbits < 240 ? 0.98f : 1.0f);
}

static int open_codec(state *s, const sb_encoder_format *format, const sb_encoder_params *params)
{
    const AVCodec *codec = avcodec_find_encoder_by_name(format->av_encoder);
    if (!codec)
        return AVERROR_ENCODER_NOT_FOUND;
    s->codec = avcodec_alloc_context3(codec);
    if (!s->codec)
        return AVERROR(ENOMEM);
    s->codec->sample_rate = params->sample_rate;
    av_channel_layout_default(&s->codec->ch_layout, params->channels);
    s->codec->sample_fmt = codec->sample_fmts[0];
    for (const enum AVSampleFormat *f = codec->sample_fmts; *f != AV_SAMPLE_FMT_NONE; f++)
        if (*f == AV_SAMPLE_FMT_FLTP || *f == AV_SAMPLE_FMT_FLT)
            s->codec->sample_fmt = *f;
    s->codec->time_base = (AVRational){1, params->sample_rate};
    s->codec->bit_rate = params->bit_rate ? params->bit_rate : default_bit_rate(s->codec);
    s->gain = make_up_gain(s->codec);
    s->codec->thread_count = 1;
    s->codec->flags |= AV_CODEC_FLAG_BITEXACT;
    if (s->codec->codec_id == AV_CODEC_ID_MP3)
        s->codec->compression_level = LAME_QUALITY;
    if (s->muxer->oformat->flags & AVFMT_GLOBALHEADER)
        s->codec->flags |= AV_CODEC_FLAG_GLOBAL_HEADER;
    return avcodec_open2(s->codec, codec, NULL);
}

static int open_muxer(state *s, const sb_encoder_format *format)
{
    int code = avformat_alloc_output_context2(&s->muxer, NULL, format->muxer, NULL);
    if (code < 0)
        return code;
    uint8_t *buffer = av_malloc(IO_BUFFER);
    if (buffer)
        s->muxer->pb =
            avio_alloc_context(buffer, IO_BUFFER, 1, s->sink, NULL, avio_write_sink, avio_seek_sink);
    if (!s->muxer->pb) {
        av_free(buffer);
        return AVERROR(ENOMEM);
    }
    s->muxer->opaque = s;
    s->muxer->io_open = muxer_open;
    s->muxer->io_close2 = muxer_close;
    s->muxer->flags |= AVFMT_FLAG_BITEXACT | AVFMT_FLAG_CUSTOM_IO;
    return 0;
}

static int open_frame(state *s)
{
    s->packet = av_packet_alloc();
    s->frame = av_frame_alloc();
    if (!s->packet || !s->frame)
        return AVERROR(ENOMEM);
    s->frame->format = s->codec->sample_fmt;
    int code = av_channel_layout_copy(&s->frame->ch_layout, &s->codec->ch_layout);
    if (code < 0)
        return code;
    s->frame->sample_rate = s->codec->sample_rate;
    s->frame->nb_samples = s->codec->frame_size;
    return av_frame_get_buffer(s->frame, 0);
}

static int write_header(state *s, const sb_encoder_params *params)
{
    s->stream = avformat_new_stream(s->muxer, NULL);
    if (!s->stream)
        return AVERROR(ENOMEM);
    s->stream->time_base = s->codec->time_base;
    int code = avcodec_parameters_from_context(s->stream->codecpar, s->codec);
    for (size_t i = 0; code >= 0 && i < params->n_tags; i++)
        if (params->tags[i].value && *params->tags[i].value)
            code = av_dict_set(&s->muxer->metadata, params->tags[i].key, params->tags[i].value, 0);
    if (code < 0)
        return code;
    av_opt_set(s->muxer, "movflags", "+faststart", AV_OPT_SEARCH_CHILDREN);
    av_opt_set_int(s->muxer, "movie_timescale", s->codec->sample_rate, AV_OPT_SEARCH_CHILDREN);
    av_opt_set_int(s->muxer, "id3v2_version", 3, AV_OPT_SEARCH_CHILDREN);
    return avformat_write_header(s->muxer, NULL);
}

static sb_status libav_open(void **out, sb_sink *sink, const sb_encoder_format *format,
                            const sb_encoder_params *params, sb_error *err)
{
    state *s = calloc(1, sizeof *s);
    if (!s)
        return sb_error_set(err, SB_ERR_MEMORY, "out of memory");
    sb_libav_hush();
    s->sink = sink;
    s->name = format->extension;
    int code = open_muxer(s, format);
    if (code >= 0)
        code = open_codec(s, format, params);
    if (code >= 0)
        code = open_frame(s);
    if (code >= 0)
        code = write_header(s, params);
    if (code < 0) {
        sb_status status = fail(s, code, "the encoder does not start; try another --bitrate or --rate", err);
        libav_free(s);
        return status;
    }
    *out = s;
    return SB_OK;
}

static int write_packets(state *s)
{
    for (;;) {
        int code = avcodec_receive_packet(s->codec, s->packet);
        if (code == AVERROR(EAGAIN) || code == AVERROR_EOF)
            return 0;
        if (code < 0)
            return code;
        s->packet->stream_index = s->stream->index;
        av_packet_rescale_ts(s->packet, s->codec->time_base, s->stream->time_base);
        code = av_write_frame(s->muxer, s->packet);
        av_packet_unref(s->packet);
        if (code < 0)
            return code;
    }
}

static int send_frame(state *s)
{
    s->frame->nb_samples = s->filled;
    s->frame->pts = s->next_pts;
    s->next_pts += s->filled;
    s->filled = 0;
    int code = avcodec_send_frame(s->codec, s->frame);
    if (code >= 0)
        code = write_packets(s);
    if (code >= 0) {
        s->frame->nb_samples = s->codec->frame_size;
        code = av_frame_make_writable(s->frame);
    }
    return code;
}

/* libmp3lame ends the process on a sample that is no number. */
static float tame(float sample)
{
    return isfinite(sample) ? fminf(fmaxf(sample, -MAX_LEVEL), MAX_LEVEL) : 0;
}

static void fill_frame(state *s, const float *const *planes, size_t from, size_t n)
{
    int channels = s->codec->ch_layout.nb_channels;
    bool planar = s->codec->sample_fmt == AV_SAMPLE_FMT_FLTP;
    for (int c = 0; c < channels; c++) {
        float *out = planar ? (float *)s->frame->extended_data[c] + s->filled
                            : (float *)s->frame->extended_data[0] + (size_t)s->filled * (size_t)channels + c;
        int step = planar ? 1 : channels;
        for (size_t i = 0; i < n; i++)
            out[i * (size_t)step] = tame(s->gain * planes[c][from + i]);
    }
    s->filled += (int)n;
}

static sb_status libav_write(void *user, const float *const *planes, size_t n_samples, sb_error *err)
{
    state *s = user;
    for (size_t done = 0; done < n_samples;) {
        size_t room = (size_t)(s->codec->frame_size - s->filled);
        size_t n = n_samples - done < room ? n_samples - done : room;
        fill_frame(s, planes, done, n);
        done += n;
        int code = s->filled == s->codec->frame_size ? send_frame(s) : 0;
        if (code < 0)
            return fail(s, code, "encoding failed", err);
    }
    return sb_sink_check(s->sink, err);
}

static sb_status libav_finish(void *user, sb_error *err)
{
    state *s = user;
    int code = s->filled ? send_frame(s) : 0;
    if (code >= 0)
        code = avcodec_send_frame(s->codec, NULL);
    if (code >= 0)
        code = write_packets(s);
    if (code >= 0)
        code = av_write_trailer(s->muxer);
    avio_flush(s->muxer->pb);
    if (code >= 0)
        code = s->muxer->pb->error;
    return code < 0 ? fail(s, code, "encoding failed", err) : sb_sink_check(s->sink, err);
}

const sb_encoder_backend sb_encode_libav = {
    .open = libav_open,
    .write = libav_write,
    .finish = libav_finish,
    .free = libav_free,
};
