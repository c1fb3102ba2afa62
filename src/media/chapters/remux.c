#include "media/chapters/chapters.h"

#include "base/run/run.h"
#include "base/text/text.h"
#include "media/encode/encode.h"
#include "media/input/input.h"
#include "media/libav.h"

#include <stdlib.h>
#include <string.h>

#include <libavcodec/avcodec.h>
#include <libavformat/avformat.h>
#include <libavutil/base64.h>

#define KEY_PICTURE   "METADATA_BLOCK_PICTURE"
#define PICTURE_FRONT 3
#define PICTURE_HEAD  32 /* bytes of a FLAC picture without its texts */

typedef struct remux {
    sb_demux *demux;
    AVFormatContext *muxer;
    sb_sink sink;
    int *places;         /* of each stream in the new file; -1: left out */
    bool comments;       /* chapters and the cover are Vorbis comments */
    AVDictionary **tags; /* tags of the new file that contain its comments */
} remux;

static bool is_picture(const AVStream *stream)
{
    return stream->disposition & AV_DISPOSITION_ATTACHED_PIC;
}

/* Tracks of chapters are read as data. */
static bool is_kept(const remux *r, const AVStream *stream)
{
    switch (stream->codecpar->codec_type) {
    case AVMEDIA_TYPE_AUDIO:
        return true;
    case AVMEDIA_TYPE_VIDEO:
        return !(is_picture(stream) && r->comments && strcmp(r->muxer->oformat->name, "flac") != 0);
    case AVMEDIA_TYPE_SUBTITLE:
    case AVMEDIA_TYPE_ATTACHMENT:
        return strncmp(r->muxer->oformat->name, "matroska", 8) == 0 ||
               stream->codecpar->codec_id == AV_CODEC_ID_MOV_TEXT;
    default:
        return false;
    }
}

static int add_stream(remux *r, AVStream *from, int *place)
{
    AVStream *to = avformat_new_stream(r->muxer, NULL);
    if (!to)
        return AVERROR(ENOMEM);
    int code = avcodec_parameters_copy(to->codecpar, from->codecpar);
    if (code < 0)
        return code;
    unsigned tag = from->codecpar->codec_tag;
    bool same_tags = r->muxer->oformat->codec_tag &&
                     av_codec_get_id(r->muxer->oformat->codec_tag, tag) == from->codecpar->codec_id;
    to->codecpar->codec_tag = same_tags ? tag : 0;
    to->time_base = from->time_base;
    to->disposition = from->disposition;
    to->avg_frame_rate = from->avg_frame_rate;
    to->sample_aspect_ratio = from->sample_aspect_ratio;
    from->discard = AVDISCARD_DEFAULT;
    *place = to->index;
    return av_dict_copy(&to->metadata, from->metadata, 0);
}

static int add_streams(remux *r)
{
    AVFormatContext *format = r->demux->format;
    int code = 0;
    r->places = calloc(format->nb_streams + 1, sizeof *r->places);
    if (!r->places)
        return AVERROR(ENOMEM);
    for (unsigned i = 0; i < format->nb_streams && code >= 0; i++) {
        r->places[i] = -1;
        if (is_kept(r, format->streams[i]))
            code = add_stream(r, format->streams[i], &r->places[i]);
    }
    return code < 0 ? code : av_dict_copy(&r->muxer->metadata, format->metadata, 0);
}

/* Ogg stores comments in its stream, FLAC in its file. */
static AVDictionary **comments_of(remux *r)
{
    bool of_file = strcmp(r->muxer->oformat->name, "flac") == 0;
    return of_file ? &r->muxer->metadata : &r->muxer->streams[r->places[r->demux->stream->index]]->metadata;
}

static void put32(unsigned char **at, uint32_t value)
{
    for (int shift = 24; shift >= 0; shift -= 8)
        *(*at)++ = (unsigned char)(value >> shift);
}

static const char *type_of(const AVStream *picture)
{
    switch (picture->codecpar->codec_id) {
    case AV_CODEC_ID_PNG:
        return "image/png";
    case AV_CODEC_ID_GIF:
        return "image/gif";
    case AV_CODEC_ID_WEBP:
        return "image/webp";
    default:
        return "image/jpeg";
    }
}

/* The Ogg muxer does not write covers, so the cover is a comment: a FLAC picture block in base64. */
static int add_picture(remux *r, const AVStream *picture)
{
    const AVPacket *packet = &picture->attached_pic;
    const char *type = type_of(picture);
    size_t size = PICTURE_HEAD + strlen(type) + (size_t)packet->size;
    unsigned char *block = malloc(size), *at = block;
    char *text = malloc(AV_BASE64_SIZE(size));
    int code = block && text ? 0 : AVERROR(ENOMEM);
    if (!code) {
        put32(&at, PICTURE_FRONT);
        put32(&at, (uint32_t)strlen(type));
        memcpy(at, type, strlen(type));
        at += strlen(type);
        put32(&at, 0);
        put32(&at, (uint32_t)picture->codecpar->width);
        put32(&at, (uint32_t)picture->codecpar->height);
        put32(&at, 24);
        put32(&at, 0);
        put32(&at, (uint32_t)packet->size);
        memcpy(at, packet->data, (size_t)packet->size);
        av_base64_encode(text, (int)AV_BASE64_SIZE(size), block, (int)size);
        code = av_dict_set(r->tags, KEY_PICTURE, text, 0);
    }
    free(block);
    free(text);
    return code;
}

static int add_pictures(remux *r)
{
    AVFormatContext *format = r->demux->format;
    int code = 0;
    for (unsigned i = 0; i < format->nb_streams && code >= 0; i++)
        if (is_picture(format->streams[i]) && r->places[i] < 0)
            code = add_picture(r, format->streams[i]);
    return code;
}

/* The time of a chapter must come before its title. If libav removes an entry of a dictionary, it moves the
 * last entry to its position, and the muxers remove the entry of the encoder. */
static int add_comments(remux *r, const sb_chapter *chapters, size_t n)
{
    int code = av_dict_set(r->tags, "encoder", NULL, 0);
    for (size_t i = 0; i < n && code >= 0; i++) {
        char key[SB_VORBIS_KEY], name_key[SB_VORBIS_KEY], time[SB_TIME_TEXT];
        sb_vorbis_chapter(key, name_key, time, &chapters[i], i);
        code = av_dict_set(r->tags, key, time, 0);
        if (code >= 0)
            code = av_dict_set(r->tags, name_key, chapters[i].title ? chapters[i].title : "", 0);
    }
    return code < 0 ? code : add_pictures(r);
}

static int copy_packets(remux *r)
{
    AVFormatContext *format = r->demux->format;
    AVPacket *packet = r->demux->packet;
    for (;;) {
        int code = av_read_frame(format, packet);
        if (code < 0)
            return code == AVERROR_EOF ? 0 : code;
        int place = packet->stream_index < (int)format->nb_streams ? r->places[packet->stream_index] : -1;
        if (place >= 0) {
            av_packet_rescale_ts(packet, format->streams[packet->stream_index]->time_base,
                                 r->muxer->streams[place]->time_base);
            packet->stream_index = place;
            packet->pos = -1;
            code = av_interleaved_write_frame(r->muxer, packet);
        }
        av_packet_unref(packet);
        if (code < 0)
            return code;
    }
}

static int copy(remux *r, const char *muxer, const sb_chapter *chapters, size_t n)
{
    int code = sb_muxer_open(&r->muxer, &r->sink, muxer);
    if (code < 0)
        return code;
    r->comments = !strcmp(muxer, "ogg") || !strcmp(muxer, "opus") || !strcmp(muxer, "flac");
    code = add_streams(r);
    if (code < 0)
        return code;
    r->tags = comments_of(r);
    code = r->comments ? add_comments(r, chapters, n) : sb_libav_chapters(r->muxer, chapters, n);
    if (code >= 0)
        code = sb_muxer_begin(r->muxer, NULL, 0, r->demux->stream->codecpar->sample_rate);
    if (code >= 0)
        code = copy_packets(r);
    return code < 0 ? code : sb_muxer_end(r->muxer);
}

sb_status sb_remux_with_chapters(sb_output *output, sb_demux *demux, const char *muxer,
                                 const sb_chapter *chapters, size_t n, sb_error *err)
{
    remux r = {.demux = demux};
    sb_status status = sb_sink_open(&r.sink, output, err);
    if (status)
        return status;
    sb_libav_watch();
    int code = sb_libav_checked(copy(&r, muxer, chapters, n));
    if (code < 0)
        status = sb_muxer_fail(&r.sink, code, muxer, "the audio cannot be copied", err);
    sb_muxer_free(&r.muxer);
    free(r.places);
    return sb_sink_close(&r.sink, status, err);
}
