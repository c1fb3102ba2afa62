#include "media/encode/encode.h"

#include <libavcodec/avcodec.h>
#include <libavformat/avformat.h>

int sb_track_init(sb_track *t, AVFormatContext *muxer, const char *encoder)
{
    *t = (sb_track){.muxer = muxer};
    const AVCodec *codec = avcodec_find_encoder_by_name(encoder);
    if (!codec)
        return AVERROR_ENCODER_NOT_FOUND;
    t->codec = avcodec_alloc_context3(codec);
    if (!t->codec)
        return AVERROR(ENOMEM);
    t->codec->flags |= AV_CODEC_FLAG_BITEXACT;
    if (muxer->oformat->flags & AVFMT_GLOBALHEADER)
        t->codec->flags |= AV_CODEC_FLAG_GLOBAL_HEADER;
    return 0;
}

int sb_track_open(sb_track *t)
{
    int code = avcodec_open2(t->codec, t->codec->codec, NULL);
    if (code < 0)
        return code;
    t->stream = avformat_new_stream(t->muxer, NULL);
    t->packet = av_packet_alloc();
    t->frame = av_frame_alloc();
    if (!t->stream || !t->packet || !t->frame)
        return AVERROR(ENOMEM);
    t->stream->time_base = t->codec->time_base;
    return avcodec_parameters_from_context(t->stream->codecpar, t->codec);
}

void sb_track_finish(sb_track *t)
{
    avcodec_free_context(&t->codec);
    av_frame_free(&t->frame);
    av_packet_free(&t->packet);
}

static int write_packet(sb_track *t)
{
    t->packet->stream_index = t->stream->index;
    if (t->packet_ticks)
        t->packet->duration = t->packet_ticks;
    av_packet_rescale_ts(t->packet, t->codec->time_base, t->stream->time_base);
    int code = t->muxer->nb_streams > 1 ? av_interleaved_write_frame(t->muxer, t->packet)
                                        : av_write_frame(t->muxer, t->packet);
    av_packet_unref(t->packet);
    return code;
}

int sb_track_send(sb_track *t, const AVFrame *frame)
{
    int code = avcodec_send_frame(t->codec, frame);
    while (code >= 0) {
        code = avcodec_receive_packet(t->codec, t->packet);
        if (code == AVERROR(EAGAIN) || code == AVERROR_EOF)
            return 0;
        if (code >= 0)
            code = write_packet(t);
    }
    return code;
}
