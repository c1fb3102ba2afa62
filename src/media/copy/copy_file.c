#include "media/copy/copy.h"

#include "base/run/run.h"
#include "media/encode/encode.h"
#include "media/libav.h"

#include <errno.h>
#include <libavutil/intreadwrite.h>
#include <libavutil/opt.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include <libavcodec/avcodec.h>
#include <libavformat/avformat.h>

enum { STREAMINFO_BYTES = 34, OPUS_HEAD_BYTES = 19 };
#define WAV_BYTES_MAX INT64_C(0xfff00000)

struct sb_copy_file {
    sb_sink sink;
    AVFormatContext *muxer;
    AVStream *stream;
    AVPacket *packet;
    enum AVCodecID codec;
    AVRational unit; /* duration of a sample */
    int64_t start;
    int64_t n_samples; /* samples written, including hidden ones */
    int64_t n_bytes;
    int64_t n_frames;
    unsigned least_bytes, most_bytes; /* sizes of FLAC frames */
    sb_mp3_tag tag;
    int64_t tag_at; /* in bytes from the start of the file; 0: not written yet */
};

static const char *muxer_name(const char *extension)
{
    static const char *const names[][2] = {{"wav", "wav"},   {"wave", "wav"}, {"flac", "flac"},
                                           {"mp3", "mp3"},   {"m4a", "ipod"}, {"aac", "adts"},
                                           {"opus", "opus"}, {"ogg", "opus"}};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        if (strcasecmp(extension, names[i][0]) == 0)
            return names[i][1];
    return NULL;
}

static sb_status fail_mux(const sb_copy_file *f, int code, sb_error *err)
{
    return sb_muxer_fail(&f->sink, code, "copy", "the packets do not fit into the file; turn copying off",
                         err);
}

/* Writes the position of the first audible sample as the format requires. */
static int declare_delay(sb_copy_file *f, int64_t delay)
{
    AVCodecParameters *par = f->stream->codecpar;
    if (f->codec == AV_CODEC_ID_OPUS) {
        if (par->extradata_size < OPUS_HEAD_BYTES || memcmp(par->extradata, "OpusHead", 8) ||
            delay > UINT16_MAX)
            return AVERROR_INVALIDDATA;
        AV_WL16(par->extradata + 10, (uint16_t)delay);
    }
    if (f->codec == AV_CODEC_ID_OPUS)
        par->initial_padding = (int)delay;
    f->tag.delay = delay;
    return 0;
}

static int declare_samples(sb_copy_file *f, uint8_t info[STREAMINFO_BYTES])
{
    const AVCodecParameters *par = f->stream->codecpar;
    if (par->extradata_size < STREAMINFO_BYTES)
        return AVERROR_INVALIDDATA;
    memcpy(info, par->extradata, STREAMINFO_BYTES);
    AV_WB24(info + 4, f->least_bytes);
    AV_WB24(info + 7, f->most_bytes);
    info[13] = (uint8_t)((info[13] & 0xf0) | (f->n_samples >> 32 & 15));
    AV_WB32(info + 14, (uint32_t)f->n_samples);
    memset(info + 18, 0, 16); /* the MD5 is unknown */
    return 0;
}

static int open_stream(sb_copy_file *f, const sb_copy_source *source, int64_t delay)
{
    f->stream = avformat_new_stream(f->muxer, NULL);
    f->packet = av_packet_alloc();
    if (!f->stream || !f->packet)
        return AVERROR(ENOMEM);
    f->stream->time_base = f->unit;
    int code = avcodec_parameters_copy(f->stream->codecpar, source->demux.stream->codecpar);
    f->stream->codecpar->codec_tag = 0;
    f->codec = f->stream->codecpar->codec_id;
    uint8_t info[STREAMINFO_BYTES];
    if (code >= 0)
        code = declare_delay(f, delay);
    if (code >= 0 && f->codec == AV_CODEC_ID_FLAC)
        code = declare_samples(f, info);
    if (code >= 0 && f->codec == AV_CODEC_ID_FLAC)
        memcpy(f->stream->codecpar->extradata, info, STREAMINFO_BYTES);
    return code;
}

sb_status sb_copy_file_open(sb_copy_file **out, sb_output *output, const char *extension,
                            const sb_copy_source *source, int64_t first, int64_t start, const sb_tag *tags,
                            size_t n_tags, sb_error *err)
{
    *out = NULL;
    sb_libav_hush();
    sb_copy_file *f = calloc(1, sizeof *f);
    if (!f)
        return sb_error_memory(err, "copying packets");
    f->unit = (AVRational){1, source->rate};
    f->start = start;
    sb_status status = sb_sink_open(&f->sink, output, err);
    int code = 0;
    sb_libav_watch();
    if (!status)
        code = sb_muxer_open(&f->muxer, &f->sink, muxer_name(extension));
    if (!status && code >= 0)
        code = open_stream(f, source, start - first);
    if (!status && code >= 0) /* the MP3 muxer would write its own delays */
        av_opt_set_int(f->muxer, "write_xing", 0, AV_OPT_SEARCH_CHILDREN);
    if (!status && code >= 0)
        code = sb_muxer_begin(f->muxer, tags, n_tags, f->unit.den);
    code = sb_libav_checked(code);
    if (!status && code < 0)
        status = fail_mux(f, code, err);
    if (status)
        sb_copy_file_abort(&f);
    *out = f;
    return status;
}

static int renumber(sb_copy_file *f, const AVPacket *from)
{
    sb_flac_frame frame;
    if (!sb_flac_frame_read(&frame, from->data, (size_t)from->size))
        return AVERROR_INVALIDDATA;
    int code = av_new_packet(f->packet, from->size + SB_FLAC_NUMBER_BYTES);
    if (code < 0)
        return code;
    int64_t number = frame.variable ? f->n_samples : f->n_frames;
    size_t n = sb_flac_frame_renumber(f->packet->data, from->data, (size_t)from->size, &frame, number);
    av_shrink_packet(f->packet, (int)n);
    f->least_bytes = f->least_bytes && f->least_bytes < n ? f->least_bytes : (unsigned)n;
    f->most_bytes = f->most_bytes > n ? f->most_bytes : (unsigned)n;
    return 0;
}

/* Copies the packet data and properties that also hold in the new file. */
static int take_data(sb_copy_file *f, const AVPacket *from)
{
    av_packet_unref(f->packet);
    int code = f->codec == AV_CODEC_ID_FLAC ? renumber(f, from) : av_packet_ref(f->packet, from);
    if (code < 0)
        return code;
    av_packet_free_side_data(f->packet);
    f->packet->flags = AV_PKT_FLAG_KEY;
    f->packet->pos = -1;
    f->packet->stream_index = f->stream->index;
    return 0;
}

/* Written twice: first to reserve the space, then with the final values. */
static int write_tag(sb_copy_file *f)
{
    uint8_t frame[SB_MPEG_FRAME_MAX];
    size_t n = sb_mp3_tag_write(frame, sizeof frame, &f->tag);
    if (n == 0)
        return AVERROR_INVALIDDATA;
    avio_write(f->muxer->pb, frame, (int)n);
    return 0;
}

static int tag_packet(sb_copy_file *f, int64_t unheard)
{
    if (f->codec != AV_CODEC_ID_MP3)
        return 0;
    if (!f->tag_at) {
        memcpy(f->tag.like, f->packet->data, sizeof f->tag.like);
        f->tag_at = avio_tell(f->muxer->pb);
        int code = write_tag(f);
        if (code < 0)
            return code;
    }
    f->tag.padding = unheard > 0 ? unheard : 0;
    bool ok = sb_mp3_tag_add(&f->tag, f->packet->data, (size_t)f->packet->size);
    return ok ? 0 : AVERROR(ENOMEM);
}

static int write_packet(sb_copy_file *f, const sb_copy_packet *p, int64_t end)
{
    int code = take_data(f, p->packet);
    int64_t until = p->at + p->n_samples;
    if (code >= 0)
        code = tag_packet(f, until - end);
    if (code < 0)
        return code;
    f->packet->pts = f->packet->dts = p->at - f->start;
    f->packet->duration = (until < end ? until : end) - p->at;
    av_packet_rescale_ts(f->packet, f->unit, f->stream->time_base);
    f->n_samples += p->n_samples;
    f->n_bytes += f->packet->size;
    if (f->n_bytes > WAV_BYTES_MAX && strcmp(f->muxer->oformat->name, "wav") == 0)
        return AVERROR(EFBIG);
    f->n_frames++;
    return av_write_frame(f->muxer, f->packet);
}

sb_status sb_copy_file_write(sb_copy_file *f, const sb_copy_packet *packet, int64_t end, sb_error *err)
{
    sb_libav_watch();
    int code = sb_libav_checked(write_packet(f, packet, end));
    return code < 0 ? fail_mux(f, code, err) : sb_sink_check(&f->sink, err);
}

/* The FLAC muxer updates its header from an empty last packet. */
static int write_streaminfo(sb_copy_file *f)
{
    av_packet_unref(f->packet);
    uint8_t *info = av_packet_new_side_data(f->packet, AV_PKT_DATA_NEW_EXTRADATA, STREAMINFO_BYTES);
    int code = info ? declare_samples(f, info) : AVERROR(ENOMEM);
    f->packet->stream_index = f->stream->index;
    f->packet->pts = f->packet->dts = av_rescale_q(f->n_samples, f->unit, f->stream->time_base);
    return code < 0 ? code : av_write_frame(f->muxer, f->packet);
}

static void release(sb_copy_file *f)
{
    sb_muxer_free(&f->muxer);
    av_packet_free(&f->packet);
    sb_mp3_tag_finish(&f->tag);
    free(f);
}

sb_status sb_copy_file_close(sb_copy_file **file, sb_error *err)
{
    sb_copy_file *f = *file;
    sb_libav_watch();
    int code = f->codec == AV_CODEC_ID_FLAC ? write_streaminfo(f) : 0;
    if (code >= 0 && f->tag_at) {
        int64_t end = avio_tell(f->muxer->pb);
        avio_seek(f->muxer->pb, f->tag_at, SEEK_SET);
        code = write_tag(f);
        avio_seek(f->muxer->pb, end, SEEK_SET);
    }
    if (code >= 0)
        code = sb_muxer_end(f->muxer);
    code = sb_libav_checked(code);
    sb_status status = code < 0 ? fail_mux(f, code, err) : SB_OK;
    status = sb_sink_close(&f->sink, status, err);
    release(f);
    *file = NULL;
    return status;
}

void sb_copy_file_abort(sb_copy_file **file)
{
    sb_copy_file *f = *file;
    if (!f)
        return;
    sb_sink_close(&f->sink, SB_ERR_INTERRUPTED, NULL);
    release(f);
    *file = NULL;
}
