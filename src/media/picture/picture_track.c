#include "media/picture/picture.h"

#include "media/encode/encode.h"

#include <libavcodec/avcodec.h>
#include <libavutil/imgutils.h>
#include <libavutil/opt.h>

#include <libavformat/avformat.h>

#define QUALITY       "18"
#define QUALITY_DRAFT "26"
#define GROUP_S       2 /* seconds between key frames */
/* with a bit rate limit, the output of several threads depends on their speed */
#define N_THREADS           1
#define X264_PRESET         "superfast"
#define X264_PRESET_NATURAL "veryfast"
#define X264_PRESET_DRAFT   "ultrafast"

static void set_colours(AVCodecContext *codec)
{
    codec->pix_fmt = AV_PIX_FMT_YUV420P;
    codec->color_range = AVCOL_RANGE_MPEG;
    codec->color_primaries = AVCOL_PRI_BT709;
    codec->color_trc = AVCOL_TRC_BT709;
    codec->colorspace = AVCOL_SPC_BT709;
    codec->chroma_sample_location = AVCHROMA_LOC_LEFT;
}

static void set_codec(AVCodecContext *codec, const sb_mp4_params *params)
{
    codec->width = params->width;
    codec->height = params->height;
    codec->sample_aspect_ratio = (AVRational){1, 1};
    int den = params->fps_den ? params->fps_den : 1;
    codec->time_base = (AVRational){den, params->fps};
    codec->framerate = (AVRational){params->fps, den};
    codec->gop_size = codec->keyint_min = GROUP_S * params->fps / den;
    codec->max_b_frames = 0;
    codec->thread_count = N_THREADS;
    codec->flags |= AV_CODEC_FLAG_CLOSED_GOP;
    codec->rc_max_rate = params->bit_rate;
    codec->rc_buffer_size = (int)params->bit_rate;
    set_colours(codec);
    const char *preset = params->draft     ? X264_PRESET_DRAFT
                         : params->natural ? X264_PRESET_NATURAL
                                           : X264_PRESET;
    av_opt_set(codec->priv_data, "preset", preset, 0);
    if (!params->natural)
        av_opt_set(codec->priv_data, "tune", "stillimage", 0);
    av_opt_set(codec->priv_data, "profile", "high", 0);
    av_opt_set(codec->priv_data, "crf", params->draft ? QUALITY_DRAFT : QUALITY, 0);
    av_opt_set(codec->priv_data, "x264-params", "scenecut=0:open-gop=0:force-cfr=1", 0);
}

static int open_frame(sb_track *t)
{
    t->packet_ticks = 1;
    t->stream->avg_frame_rate = t->stream->r_frame_rate = t->codec->framerate;
    t->frame->format = t->codec->pix_fmt;
    t->frame->width = t->codec->width;
    t->frame->height = t->codec->height;
    return av_frame_get_buffer(t->frame, 0);
}

int sb_picture_track_open(sb_track *t, AVFormatContext *muxer, const sb_mp4_params *params)
{
    int code = sb_track_init(t, muxer, SB_PICTURE_ENCODER);
    if (code < 0)
        return code;
    set_codec(t->codec, params);
    code = sb_track_open(t);
    return code < 0 ? code : open_frame(t);
}

int sb_picture_track_write(sb_track *t, const sb_yuv *picture)
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
    return sb_track_send(t, t->frame);
}
