#include "media/media.h"

#include "base/run/run.h"
#include "media/input/input.h"
#include "media/libav.h"
#include "media/picture/picture.h"

#include <libavutil/display.h>
#include <math.h>
#include <stdlib.h>

#include <libavcodec/avcodec.h>
#include <libavformat/avformat.h>

#define PIXELS_MAX (64 << 20)

enum { N_THREADS = 2, FPS_MAX = 60, FPS_MIN = 10, FPS_ELSE = 30 };

struct sb_pictures {
    sb_input *input;
    sb_demux demux; /* its stream is the picture stream */
    AVCodecContext *codec;
    AVFrame *shown, *next; /* the next picture is decoded in advance; after the last picture it has no data */
    sb_time zero;          /* time 0 of the audio, in the pictures' timestamps */
    sb_time tick;          /* unit of their timestamps */
    int turns;
    sb_picture_fit *fit;
    const sb_yuv *fitted; /* `shown` after fitting; NULL: not done yet */
    bool draining;
};

static sb_time to_time(int64_t stamp, AVRational unit)
{
    return av_rescale_q(stamp, unit, (AVRational){1, (int)SB_TIME_SECOND});
}

static sb_time time_of_frame(const sb_pictures *p, const AVFrame *frame)
{
    int64_t stamp = frame->best_effort_timestamp;
    return stamp == AV_NOPTS_VALUE ? SB_TIME_NONE : to_time(stamp, p->demux.stream->time_base) - p->zero;
}

static AVStream *find_stream(AVFormatContext *format, int sound)
{
    int best = av_find_best_stream(format, AVMEDIA_TYPE_VIDEO, -1, sound, NULL, 0);
    if (best >= 0 && sb_demux_is_picture(format->streams[best]))
        return format->streams[best];
    for (unsigned i = 0; i < format->nb_streams; i++)
        if (sb_demux_is_picture(format->streams[i]))
            return format->streams[i];
    return NULL;
}

static int turns_of(const AVStream *stream)
{
    size_t n;
    const void *matrix = av_stream_get_side_data(stream, AV_PKT_DATA_DISPLAYMATRIX, &n);
    double angle = matrix && n >= 9 * sizeof(int32_t) ? -av_display_rotation_get(matrix) : 0;
    return isfinite(angle) ? (int)lround(angle / 90) & 3 : 0;
}

static sb_status open_codec(sb_pictures *p, sb_error *err)
{
    const AVCodecParameters *par = p->demux.stream->codecpar;
    const AVCodec *codec = avcodec_find_decoder(par->codec_id);
    sb_libav_watch();
    p->codec = codec ? avcodec_alloc_context3(codec) : NULL;
    if (p->codec && avcodec_parameters_to_context(p->codec, par) >= 0) {
        p->codec->pkt_timebase = p->demux.stream->time_base;
        p->codec->thread_count = N_THREADS;
        p->codec->max_pixels = PIXELS_MAX;
        if (avcodec_open2(p->codec, codec, NULL) >= 0)
            return SB_OK;
    }
    if (sb_libav_checked(0) < 0)
        return sb_error_memory(err, "reading pictures");
    return sb_error_set_at(err, SB_ERR_UNSUPPORTED, p->demux.path, 0, 0,
                           "its video (%s) cannot be decoded; convert it to H.264 first",
                           avcodec_get_name(par->codec_id));
}

/* Finds the timestamp of the first audible sample. A stream may begin earlier with samples that the decoder
 * drops. */
static sb_status first_heard(sb_pictures *p, int64_t *stamp, sb_error *err)
{
    for (;;) {
        bool end;
        int failed;
        sb_status status = sb_demux_read(&p->demux, &end, err);
        if (!status && !end)
            status = sb_demux_send(&p->demux, p->demux.packet, &failed, err);
        if (status || end)
            return status;
        failed = sb_libav_checked(avcodec_receive_frame(p->demux.codec, p->next));
        if (failed == AVERROR(ENOMEM))
            return sb_error_memory(err, "reading pictures");
        if (failed < 0)
            continue;
        *stamp = p->next->pts;
        av_frame_unref(p->next);
        return SB_OK;
    }
}

static sb_status find_zero(sb_pictures *p, sb_error *err)
{
    int64_t stamp = AV_NOPTS_VALUE;
    sb_status status = p->demux.late ? SB_OK : first_heard(p, &stamp, err);
    if (stamp == AV_NOPTS_VALUE)
        stamp = p->demux.has_zero ? p->demux.zero : 0;
    p->zero = to_time(stamp, p->demux.stream->time_base);
    return status;
}

static sb_status choose_pictures(sb_pictures *p, sb_error *err)
{
    AVStream *sound = p->demux.stream, *pictures = find_stream(p->demux.format, sound->index);
    if (!pictures)
        return sb_error_set_field(err, SB_ERR_UNSUPPORTED, "shape", p->demux.path,
                                  "has no moving pictures; choose a shape that is drawn, such as 16:9");
    sb_status status = find_zero(p, err);
    p->tick = to_time(1, pictures->time_base);
    p->turns = turns_of(pictures);
    sound->discard = AVDISCARD_ALL;
    pictures->discard = AVDISCARD_DEFAULT;
    p->demux.stream = pictures;
    return status ? status : open_codec(p, err);
}

sb_status sb_pictures_open(sb_pictures **out, const char *path, int stream, sb_error *err)
{
    sb_libav_hush();
    sb_media_params params = {0};
    sb_pictures *p = *out = calloc(1, sizeof *p);
    if (p) {
        p->shown = av_frame_alloc();
        p->next = av_frame_alloc();
    }
    sb_status status = p && p->shown && p->next ? SB_OK : sb_error_memory(err, "reading pictures");
    if (!status)
        status = sb_input_open(&p->input, path, &params, err);
    if (!status)
        status = sb_demux_open(&p->demux, p->input, path, stream, err);
    if (!status)
        status = choose_pictures(p, err);
    if (status)
        sb_pictures_free(out);
    return status;
}

void sb_pictures_free(sb_pictures **pictures)
{
    sb_pictures *p = *pictures;
    if (!p)
        return;
    sb_picture_fit_free(&p->fit);
    av_frame_free(&p->shown);
    av_frame_free(&p->next);
    avcodec_free_context(&p->codec);
    sb_demux_finish(&p->demux);
    sb_input_free(&p->input);
    free(p);
    *pictures = NULL;
}

/* The rate is constant if the average of the whole file equals the rate of the timestamps. */
static AVRational rate_of(const AVStream *stream)
{
    AVRational mean = stream->avg_frame_rate, base = stream->r_frame_rate;
    if (mean.num <= 0 || mean.den <= 0 || base.num <= 0 || base.den <= 0)
        return (AVRational){FPS_ELSE, 1};
    double rate = av_q2d(base), ratio = av_q2d(mean) / rate;
    bool constant = ratio > 0.995 && ratio < 1.005;
    return constant && rate >= FPS_MIN && rate <= FPS_MAX ? base : (AVRational){FPS_ELSE, 1};
}

sb_pictures_form sb_pictures_get_form(const sb_pictures *p)
{
    const AVCodecParameters *par = p->demux.stream->codecpar;
    AVRational rate = rate_of(p->demux.stream);
    AVRational pixel = av_guess_sample_aspect_ratio(p->demux.format, p->demux.stream, NULL);
    int width = pixel.num > 0 ? (int)av_rescale(par->width, pixel.num, pixel.den) : par->width;
    bool lies = p->turns % 2;
    return (sb_pictures_form){.width = lies ? par->height : width,
                              .height = lies ? width : par->height,
                              .fps = rate.num,
                              .fps_den = rate.den};
}

sb_status sb_pictures_set_size(sb_pictures *p, int width, int height, sb_error *err)
{
    p->fitted = NULL;
    sb_picture_fit_free(&p->fit);
    return sb_picture_fit_create(&p->fit, width, height, p->turns, err);
}

static sb_status feed(sb_pictures *p, sb_error *err)
{
    bool end;
    sb_status status = sb_demux_read(&p->demux, &end, err);
    if (status)
        return status;
    p->draining = end;
    sb_libav_watch();
    /* A damaged picture is left out. */
    int failed = sb_libav_checked(avcodec_send_packet(p->codec, end ? NULL : p->demux.packet));
    return failed == AVERROR(ENOMEM) ? sb_error_memory(err, "reading pictures") : SB_OK;
}

/* Decodes into `next`, which has no data after the last picture. */
static sb_status decode_picture(sb_pictures *p, sb_error *err)
{
    av_frame_unref(p->next);
    for (;;) {
        sb_libav_watch();
        int code = sb_libav_checked(avcodec_receive_frame(p->codec, p->next));
        if (code >= 0 && time_of_frame(p, p->next) != SB_TIME_NONE)
            return SB_OK;
        if (code == AVERROR(ENOMEM))
            return sb_error_memory(err, "reading pictures");
        if (code == AVERROR_EOF || (code < 0 && p->draining)) {
            av_frame_unref(p->next);
            return SB_OK;
        }
        sb_status status = code == AVERROR(EAGAIN) ? feed(p, err) : SB_OK;
        if (status)
            return status;
    }
}

static sb_status decode_from(sb_pictures *p, sb_time at, sb_error *err)
{
    AVRational flick = {1, (int)SB_TIME_SECOND};
    int64_t stamp = av_rescale_q(at + p->zero, flick, p->demux.stream->time_base);
    sb_input_arm(p->input);
    sb_libav_watch();
    if (av_seek_frame(p->demux.format, p->demux.stream->index, stamp, AVSEEK_FLAG_BACKWARD) < 0)
        av_seek_frame(p->demux.format, -1, 0, AVSEEK_FLAG_BACKWARD);
    sb_status status = sb_input_trouble(p->input, err);
    avcodec_flush_buffers(p->codec);
    if (!status && sb_libav_checked(0) < 0)
        status = sb_error_memory(err, "reading pictures");
    p->draining = false;
    return status ? status : decode_picture(p, err);
}

static sb_status decode_step(sb_pictures *p, sb_error *err)
{
    av_frame_unref(p->shown);
    av_frame_move_ref(p->shown, p->next);
    p->fitted = NULL;
    return decode_picture(p, err);
}

/* Seeks to the key picture before `at`, or further back if that key picture is later than the file states. */
static sb_status start(sb_pictures *p, sb_time at, sb_error *err)
{
    sb_status status = SB_OK;
    for (sb_time back = 0;; back = back ? 4 * back : SB_TIME_SECOND) {
        status = decode_from(p, at - back, err);
        if (status || (p->next->data[0] && time_of_frame(p, p->next) <= at) || back > at)
            break;
    }
    if (!status && !p->next->data[0])
        return sb_error_set_at(err, SB_ERR_FORMAT, p->demux.path, 0, 0,
                               "no picture can be decoded; check that the video plays");
    if (!status)
        status = decode_step(p, err);
    while (!status && p->next->data[0] && time_of_frame(p, p->next) <= at)
        status = decode_step(p, err);
    return status;
}

/* Timestamps are rounded. A picture may be due although its timestamp is one tick ahead, and several are
 * skipped only if that is certain. */
static sb_status go_on(sb_pictures *p, sb_time at, sb_error *err)
{
    sb_status status = SB_OK;
    for (sb_time limit = at + p->tick; !status && p->next->data[0] && time_of_frame(p, p->next) <= limit;
         limit = at - p->tick)
        status = decode_step(p, err);
    return status;
}

sb_status sb_pictures_at(const sb_yuv **out, sb_pictures *p, sb_time at, sb_error *err)
{
    sb_status status = p->shown->data[0] ? go_on(p, at, err) : start(p, at, err);
    if (!status && !p->fitted)
        status = sb_picture_fit_make(&p->fitted, p->fit, p->shown, err);
    *out = p->fitted;
    return status;
}
