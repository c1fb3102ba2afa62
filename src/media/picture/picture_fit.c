#include "media/picture/picture.h"

#include "base/run/run.h"
#include "base/run/watch.h"

#include <libavutil/imgutils.h>
#include <libswscale/swscale.h>
#include <stdlib.h>
#include <string.h>

#include <libavutil/frame.h>

#define SCALING (SWS_LANCZOS | SWS_ACCURATE_RND | SWS_FULL_CHR_H_INP | SWS_BITEXACT)

/* with this number of rows or more, BT.709 is assumed if the file does not give the colour space */
enum { HIGH_DEFINITION = 720 };

struct sb_picture_fit {
    int turns;
    struct SwsContext *scaler;
    AVFrame *cropped;
    sb_yuv scaled, upright; /* the same planes if there is no rotation */
};

static bool alloc_yuv(sb_yuv *yuv, int width, int height)
{
    *yuv = (sb_yuv){.width = width, .height = height};
    for (int p = 0; p < 3; p++) {
        yuv->strides[p] = ((width >> (p > 0)) + 63) & ~63;
        yuv->planes[p] = calloc((size_t)yuv->strides[p] * (size_t)(height >> (p > 0)) + 64, 1);
        if (!yuv->planes[p])
            return false;
    }
    return true;
}

static void free_yuv(sb_yuv *yuv)
{
    for (int p = 0; p < 3; p++)
        free(yuv->planes[p]);
    *yuv = (sb_yuv){0};
}

void sb_picture_fit_free(sb_picture_fit **fit)
{
    sb_picture_fit *f = *fit;
    if (!f)
        return;
    sws_freeContext(f->scaler);
    av_frame_free(&f->cropped);
    free_yuv(&f->scaled);
    free_yuv(&f->upright);
    free(f);
    *fit = NULL;
}

sb_status sb_picture_fit_create(sb_picture_fit **out, int width, int height, int turns, sb_error *err)
{
    sb_picture_fit *f = *out = calloc(1, sizeof *f);
    if (f) {
        f->turns = turns & 3;
        f->cropped = av_frame_alloc();
    }
    bool lies = f && f->turns % 2;
    if (f && f->cropped && alloc_yuv(&f->scaled, lies ? height : width, lies ? width : height) &&
        (!f->turns || alloc_yuv(&f->upright, width, height)))
        return SB_OK;
    sb_picture_fit_free(out);
    return sb_error_memory(err, "reading pictures");
}

static AVRational pixel_shape(const AVFrame *frame)
{
    AVRational shape = frame->sample_aspect_ratio;
    return shape.num > 0 && shape.den > 0 ? shape : (AVRational){1, 1};
}

/* Crops to the largest part of the middle that has the target's shape. */
static void crop(AVFrame *frame, const sb_yuv *to)
{
    AVRational pixel = pixel_shape(frame);
    int64_t width =
        av_rescale(frame->height, (int64_t)to->width * pixel.den, (int64_t)to->height * pixel.num);
    int64_t height =
        av_rescale(frame->width, (int64_t)to->height * pixel.num, (int64_t)to->width * pixel.den);
    int left = width < frame->width ? (int)(frame->width - width) / 2 : 0;
    int top = height < frame->height ? (int)(frame->height - height) / 2 : 0;
    frame->crop_left = frame->crop_right = (size_t)(left & ~1);
    frame->crop_top = frame->crop_bottom = (size_t)(top & ~1);
}

static int colours_of(const AVFrame *frame)
{
    switch (frame->colorspace) {
    case AVCOL_SPC_BT709:
        return SWS_CS_ITU709;
    case AVCOL_SPC_BT2020_NCL:
    case AVCOL_SPC_BT2020_CL:
        return SWS_CS_BT2020;
    case AVCOL_SPC_UNSPECIFIED:
        return frame->height >= HIGH_DEFINITION ? SWS_CS_ITU709 : SWS_CS_ITU601;
    default:
        return SWS_CS_ITU601;
    }
}

static bool scale(sb_picture_fit *f, const AVFrame *frame)
{
    f->scaler = sws_getCachedContext(f->scaler, frame->width, frame->height, frame->format, f->scaled.width,
                                     f->scaled.height, AV_PIX_FMT_YUV420P, SCALING, NULL, NULL, NULL);
    if (!f->scaler)
        return false;
    const int one = 1 << 16;
    sws_setColorspaceDetails(f->scaler, sws_getCoefficients(colours_of(frame)),
                             frame->color_range == AVCOL_RANGE_JPEG, sws_getCoefficients(SWS_CS_ITU709), 0, 0,
                             one, one);
    return sws_scale(f->scaler, (const uint8_t *const *)frame->data, frame->linesize, 0, frame->height,
                     f->scaled.planes, f->scaled.strides) == f->scaled.height;
}

static void turn_plane(const sb_yuv *to, const sb_yuv *from, int plane, int turns)
{
    int width = to->width >> (plane > 0), height = to->height >> (plane > 0);
    for (int y = 0; y < height; y++)
        for (int x = 0; x < width; x++) {
            int from_x = turns == 1 ? y : turns == 2 ? width - 1 - x : height - 1 - y;
            int from_y = turns == 1 ? width - 1 - x : turns == 2 ? height - 1 - y : x;
            to->planes[plane][y * to->strides[plane] + x] =
                from->planes[plane][from_y * from->strides[plane] + from_x];
        }
}

sb_status sb_picture_fit_make(const sb_yuv **out, sb_picture_fit *f, const AVFrame *frame, sb_error *err)
{
    av_frame_unref(f->cropped);
    sb_memory_watch();
    if (av_frame_ref(f->cropped, frame) < 0)
        return sb_error_memory(err, "reading pictures");
    crop(f->cropped, &f->scaled);
    bool ok = av_frame_apply_cropping(f->cropped, AV_FRAME_CROP_UNALIGNED) >= 0 && scale(f, f->cropped);
    if (sb_memory_failed())
        return sb_error_memory(err, "reading pictures");
    if (!ok)
        return sb_error_set(
            err, SB_ERR_UNSUPPORTED,
            "the pixel format of the video is not supported; convert the video to H.264 first");
    for (int p = 0; f->turns && p < 3; p++)
        turn_plane(&f->upright, &f->scaled, p, f->turns);
    *out = f->turns ? &f->upright : &f->scaled;
    return SB_OK;
}
