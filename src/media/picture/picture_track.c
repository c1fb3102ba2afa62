#include "media/picture/picture.h"

#include "media/encode/encode.h"

#include <libavcodec/avcodec.h>
#include <libavutil/imgutils.h>
#include <libavutil/opt.h>
#include <stdlib.h>

#include <libavformat/avformat.h>

#define QUALITY "18"
#define GROUP_S 2 /* seconds between key frames */
/* with a bit rate limit, the output of several threads depends on their speed */
#define N_THREADS           1
#define X264_PRESET         "superfast"
#define X264_PRESET_NATURAL "veryfast"

struct sb_picture_track {
    AVFormatContext *muxer; /* not owned */
    AVCodecContext *codec;
    AVStream *stream;
    AVFrame *frame;
    AVPacket *packet;
    int64_t next_pts;
};

static void set_colours(AVCodecContext *codec)
{
    codec->pix_fmt = AV_PIX_FMT_YUV420P;
    codec->color_range = AVCOL_RANGE_MPEG;
    codec->color_primaries = AVCOL_PRI_BT709;
    codec->color_trc = AVCOL_TRC_BT709;
    codec->colorspace = AVCOL_SPC_BT709;
    codec->chroma_sample_location = AVCHROMA_LOC_LEFT;
}

static int open_codec(sb_picture_track *t, const sb_mp4_params *params)
{
    const AVCodec *encoder = avcodec_find_encoder_by_name(SB_PICTURE_ENCODER);
    if (!encoder)
        return AVERROR_ENCODER_NOT_FOUND;
    AVCodecContext *codec = t->codec = avcodec_alloc_context3(encoder);
    if (!codec)
        return AVERROR(ENOMEM);
    codec->width = params->width;
    codec->height = params->height;
    codec->sample_aspect_ratio = (AVRational){1, 1};
    int den = params->fps_den ? params->fps_den : 1;
    codec->time_base = (AVRational){den, params->fps};
    codec->framerate = (AVRational){params->fps, den};
    codec->gop_size = codec->keyint_min = GROUP_S * params->fps / den;
    codec->max_b_frames = 0;
    codec->thread_count = N_THREADS;
    codec->flags |= AV_CODEC_FLAG_BITEXACT | AV_CODEC_FLAG_CLOSED_GOP | AV_CODEC_FLAG_GLOBAL_HEADER;
    codec->rc_max_rate = params->bit_rate;
    codec->rc_buffer_size = (int)params->bit_rate;
    set_colours(codec);
    av_opt_set(codec->priv_data, "preset", params->natural ? X264_PRESET_NATURAL : X264_PRESET, 0);
    if (!params->natural)
        av_opt_set(codec->priv_data, "tune", "stillimage", 0);
    av_opt_set(codec->priv_data, "profile", "high", 0);
    av_opt_set(codec->priv_data, "crf", QUALITY, 0);
    av_opt_set(codec->priv_data, "x264-params", "scenecut=0:open-gop=0:force-cfr=1", 0);
    return avcodec_open2(codec, encoder, NULL);
}

static int open_stream(sb_picture_track *t)
{
    t->stream = avformat_new_stream(t->muxer, NULL);
    t->packet = av_packet_alloc();
    t->frame = av_frame_alloc();
    if (!t->stream || !t->packet || !t->frame)
        return AVERROR(ENOMEM);
    t->stream->time_base = t->codec->time_base;
    t->stream->avg_frame_rate = t->stream->r_frame_rate = t->codec->framerate;
    t->frame->format = t->codec->pix_fmt;
    t->frame->width = t->codec->width;
    t->frame->height = t->codec->height;
    int code = av_frame_get_buffer(t->frame, 0);
    return code < 0 ? code : avcodec_parameters_from_context(t->stream->codecpar, t->codec);
}

int sb_picture_track_open(sb_picture_track **out, AVFormatContext *muxer, const sb_mp4_params *params)
{
    sb_picture_track *t = *out = calloc(1, sizeof *t);
    if (!t)
        return AVERROR(ENOMEM);
    t->muxer = muxer;
    int code = open_codec(t, params);
    if (code >= 0)
        code = open_stream(t);
    if (code < 0)
        sb_picture_track_free(out);
    return code;
}

void sb_picture_track_free(sb_picture_track **track)
{
    sb_picture_track *t = *track;
    if (!t)
        return;
    avcodec_free_context(&t->codec);
    av_frame_free(&t->frame);
    av_packet_free(&t->packet);
    free(t);
    *track = NULL;
}

static int write_packets(sb_picture_track *t)
{
    return sb_muxer_write_packets(t->muxer, t->stream, t->codec, t->packet, 1);
}

int sb_picture_track_write(sb_picture_track *t, const sb_yuv *picture)
{
    int code = av_frame_make_writable(t->frame);
    if (code < 0)
        return code;
    for (int p = 0; p < 3; p++) {
        int half = p > 0;
        av_image_copy_plane(t->frame->data[p], t->frame->linesize[p], picture->planes[p], picture->strides[p],
                            picture->width >> half, picture->height >> half);
    }
    t->frame->pts = t->next_pts++;
    t->frame->pict_type = AV_PICTURE_TYPE_NONE;
    code = avcodec_send_frame(t->codec, t->frame);
    return code < 0 ? code : write_packets(t);
}

int sb_picture_track_end(sb_picture_track *t)
{
    int code = avcodec_send_frame(t->codec, NULL);
    return code < 0 ? code : write_packets(t);
}
