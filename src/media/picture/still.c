#include "media/media.h"

#include "base/run/run.h"
#include "media/input/input.h"
#include "media/libav.h"

#include "soundbite/file.h"

#include <libavutil/opt.h>
#include <libswscale/swscale.h>
#include <stdlib.h>
#include <string.h>

#include <libavcodec/avcodec.h>
#include <libavformat/avformat.h>

#define FILE_LIMIT  ((size_t)64 << 20)
#define PIXEL_LIMIT ((int64_t)100 << 20)

static const struct kind {
    const char *head;
    size_t at, length;
    enum AVCodecID codec;
} kinds[] = {
    {"\xff\xd8\xff", 0, 3, AV_CODEC_ID_MJPEG},
    {"\x89PNG", 0, 4, AV_CODEC_ID_PNG},
    {"WEBP", 8, 4, AV_CODEC_ID_WEBP},
    {"GIF8", 0, 4, AV_CODEC_ID_GIF},
    {"BM", 0, 2, AV_CODEC_ID_BMP},
};

void sb_still_finish(sb_still *still)
{
    free(still->pixels);
    *still = (sb_still){0};
}

static enum AVCodecID kind_of(const uint8_t *data, size_t size)
{
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++)
        if (size >= kinds[i].at + kinds[i].length &&
            memcmp(data + kinds[i].at, kinds[i].head, kinds[i].length) == 0)
            return kinds[i].codec;
    return AV_CODEC_ID_NONE;
}

static void premultiply(uint32_t *pixel)
{
    uint32_t p = *pixel, alpha = p >> 24, out = alpha << 24;
    for (int shift = 0; shift < 24; shift += 8)
        out |= ((p >> shift & 255) * alpha + 127) / 255 << shift;
    *pixel = out;
}

/* Returns the index in the upright picture of pixel (x, y) of the stored picture, for an Exif orientation
 * from 1 to 8. */
static size_t upright(int orientation, int x, int y, int width, int height)
{
    int right = width - 1 - x, below = height - 1 - y;
    switch (orientation) {
    case 3:
        return (size_t)below * (size_t)width + (size_t)right;
    case 6:
        return (size_t)x * (size_t)height + (size_t)below;
    case 8:
        return (size_t)right * (size_t)height + (size_t)y;
    default:
        return (size_t)y * (size_t)width + (size_t)x;
    }
}

static int orientation_of(const AVFrame *frame)
{
    const AVDictionaryEntry *entry = av_dict_get(frame->metadata, "Orientation", NULL, 0);
    int value = entry ? atoi(entry->value) : 1;
    return value == 3 || value == 6 || value == 8 ? value : 1;
}

static bool turn(sb_still *still, int orientation)
{
    uint32_t *pixels = malloc((size_t)still->width * (size_t)still->height * sizeof *pixels);
    if (!pixels)
        return false;
    for (int y = 0; y < still->height; y++)
        for (int x = 0; x < still->width; x++)
            pixels[upright(orientation, x, y, still->width, still->height)] =
                still->pixels[(size_t)y * (size_t)still->width + (size_t)x];
    free(still->pixels);
    still->pixels = pixels;
    if (orientation != 3) {
        int width = still->width;
        still->width = still->height;
        still->height = width;
    }
    return true;
}

static sb_status convert(sb_still *out, const AVFrame *frame, sb_error *err)
{
    int side = frame->width < frame->height ? frame->width : frame->height;
    double scale = side > SB_STILL_SIDE ? (double)SB_STILL_SIDE / side : 1;
    out->width = (int)(frame->width * scale + 0.5);
    out->height = (int)(frame->height * scale + 0.5);
    size_t n = (size_t)out->width * (size_t)out->height;
    struct SwsContext *scaler =
        sws_getContext(frame->width, frame->height, frame->format, out->width, out->height, AV_PIX_FMT_BGRA,
                       SWS_BICUBIC | SWS_ACCURATE_RND | SWS_FULL_CHR_H_INT | SWS_BITEXACT, NULL, NULL, NULL);
    out->pixels = malloc(n * sizeof *out->pixels + 64);
    if (!scaler || !out->pixels) {
        sws_freeContext(scaler);
        sb_still_finish(out);
        return sb_error_memory(err, "reading pictures");
    }
    uint8_t *planes[4] = {(uint8_t *)out->pixels};
    int strides[4] = {out->width * 4};
    sws_scale(scaler, (const uint8_t *const *)frame->data, frame->linesize, 0, frame->height, planes,
              strides);
    sws_freeContext(scaler);
    for (size_t i = 0; i < n; i++)
        premultiply(&out->pixels[i]);
    int orientation = orientation_of(frame);
    if (orientation != 1 && !turn(out, orientation)) {
        sb_still_finish(out);
        return sb_error_memory(err, "reading pictures");
    }
    return SB_OK;
}

static int decode_frame(AVFrame *frame, enum AVCodecID id, const AVPacket *packet)
{
    const AVCodec *decoder = avcodec_find_decoder(id);
    AVCodecContext *codec = decoder ? avcodec_alloc_context3(decoder) : NULL;
    if (!codec)
        return AVERROR_DECODER_NOT_FOUND;
    codec->thread_count = 1;
    codec->max_pixels = PIXEL_LIMIT;
    int code = avcodec_open2(codec, decoder, NULL);
    if (code >= 0)
        code = avcodec_send_packet(codec, packet);
    if (code >= 0)
        code = avcodec_send_packet(codec, NULL);
    if (code >= 0)
        code = avcodec_receive_frame(codec, frame);
    avcodec_free_context(&codec);
    return code;
}

static sb_status decode_still(sb_still *out, const uint8_t *data, size_t size, sb_error *err)
{
    AVPacket *packet = av_packet_alloc();
    AVFrame *frame = av_frame_alloc();
    sb_status status = SB_OK;
    if (!packet || !frame || av_new_packet(packet, (int)size) < 0) {
        status = sb_error_memory(err, "reading pictures");
    } else {
        memcpy(packet->data, data, size);
        sb_libav_watch();
        int code = decode_frame(frame, kind_of(data, size), packet);
        code = sb_libav_checked(code);
        status = code == AVERROR(ENOMEM) ? sb_error_memory(err, "reading pictures")
                 : code < 0              ? SB_ERR_FORMAT
                                         : convert(out, frame, err);
    }
    av_frame_free(&frame);
    av_packet_free(&packet);
    return status;
}

sb_status sb_still_read(sb_still *out, const char *path, sb_error *err)
{
    *out = (sb_still){0};
    sb_bytes bytes = {0};
    sb_libav_hush();
    sb_status status = sb_file_read(&bytes, path, FILE_LIMIT, err);
    if (!status)
        status = decode_still(out, (const uint8_t *)bytes.data, bytes.size, err);
    sb_bytes_finish(&bytes);
    if (status == SB_ERR_FORMAT)
        return sb_error_set_at(err, status, path, 0, 0,
                               "is not a picture that can be read; use a JPEG, PNG, WebP, GIF or BMP file");
    return status;
}

static sb_status decode_cover(sb_still *out, const sb_demux *d, sb_error *err)
{
    for (unsigned i = 0; i < d->format->nb_streams; i++) {
        const AVStream *stream = d->format->streams[i];
        const AVPacket *packet = &stream->attached_pic;
        if (!(stream->disposition & AV_DISPOSITION_ATTACHED_PIC) || packet->size <= 0)
            continue;
        sb_status status = decode_still(out, packet->data, (size_t)packet->size, err);
        if (status != SB_ERR_FORMAT)
            return status;
    }
    return SB_OK;
}

sb_status sb_still_cover(sb_still *out, const char *audio_path, sb_error *err)
{
    *out = (sb_still){0};
    sb_input *input = NULL;
    sb_demux d = {0};
    sb_media_params params = {0};
    sb_libav_hush();
    sb_status status = sb_input_open(&input, audio_path, &params, err);
    if (!status)
        status = sb_demux_open(&d, input, audio_path, -1, err);
    if (!status) {
        status = decode_cover(out, &d, err);
        sb_demux_finish(&d);
    }
    sb_input_free(&input);
    return status;
}
