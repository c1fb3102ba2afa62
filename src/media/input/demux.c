#include "media/decode/decode.h"
#include "media/input/input.h"

#include "base/run/run.h"
#include "media/libav.h"
#include "media/media.h"

#include <string.h>

#include <libavcodec/avcodec.h>
#include <libavformat/avformat.h>

enum {
    PROBE_BYTES = 1 << 20,
    ANALYSE_BYTES = 5 << 20,
    STREAMS_MAX = 128,
    RATE_MIN = 4000,
    RATE_MAX = 768000,
    FRAME_SAMPLES_MAX = 1 << 21,
    READ_FAILURES_MAX = 64,
    TRAILER_BYTES = 32 * 1024,
};

static int refuse_open(AVFormatContext *format, AVIOContext **avio, const char *url, int flags,
                       AVDictionary **options)
{
    (void)format, (void)url, (void)flags, (void)options;
    *avio = NULL;
    return AVERROR(EPERM);
}

bool sb_demux_is_picture(const AVStream *stream)
{
    return stream->codecpar->codec_type == AVMEDIA_TYPE_VIDEO &&
           !(stream->disposition & (AV_DISPOSITION_ATTACHED_PIC | AV_DISPOSITION_TIMED_THUMBNAILS));
}

static sb_status unknown_format(sb_demux *d, sb_error *err)
{
    sb_status status = sb_input_trouble(d->input, err);
    if (status)
        return status;
    return sb_error_set_at(
        err, SB_ERR_FORMAT, d->path, 0, 0,
        "is not audio or video that can be read; check that it plays, or convert it first");
}

static sb_status index_at_end(const sb_demux *d, sb_error *err)
{
    return sb_error_set_at(err, SB_ERR_FORMAT, d->path, 0, 0,
                           "the index (moov) of this MP4 is at its end, which a pipe cannot reach; name the "
                           "file itself, or move the index to the front (\"faststart\")");
}

static sb_status unreadable(sb_demux *d, const AVInputFormat *kind, sb_error *err)
{
    sb_status status = sb_input_trouble(d->input, err);
    if (status)
        return status;
    if (strcmp(d->container->name, "caf") == 0 && sb_ending_caf_is_cut(d->input))
        return sb_error_set_at(
            err, SB_ERR_FORMAT, d->path, 0, 0,
            "the file is cut short, and the table of its packets, which was at its end, is missing; "
            "get the file again");
    if (strcmp(d->container->name, "mov") != 0)
        return sb_error_set_at(err, SB_ERR_FORMAT, d->path, 0, 0,
                               "looks like %s, but its beginning is damaged; get the file again",
                               kind->long_name);
    if (!sb_input_seekable(d->input))
        return index_at_end(d, err);
    return sb_error_set_at(err, SB_ERR_FORMAT, d->path, 0, 0,
                           "the index (moov) of this MP4 is missing, so the file is cut short; get the file "
                           "again, or repair it with a tool such as untrunc");
}

static sb_status probe(sb_demux *d, const AVInputFormat **kind, sb_error *err)
{
    AVIOContext *avio = sb_input_avio(d->input);
    sb_libav_watch();
    int score = sb_libav_checked(av_probe_input_buffer2(avio, kind, d->path, NULL, 0, PROBE_BYTES));
    sb_status status = sb_input_trouble(d->input, err);
    if (status)
        return status;
    if (score == AVERROR(ENOMEM))
        return sb_error_memory(err, "decoding");
    size_t n;
    const uint8_t *head = sb_input_head(d->input, &n);
    const char *refusal = sb_container_refuse(head, n);
    if (refusal)
        return sb_error_set_at(err, SB_ERR_FORMAT, d->path, 0, 0, "%s", refusal);
    if (score < 0 || !*kind)
        return unknown_format(d, err);
    d->container = sb_container_find((*kind)->name);
    return d->container ? SB_OK : unknown_format(d, err);
}

static sb_status open_format(sb_demux *d, sb_error *err)
{
    const AVInputFormat *kind = NULL;
    sb_status status = probe(d, &kind, err);
    if (status)
        return status;
    char whitelist[512];
    sb_container_whitelist(whitelist, sizeof whitelist);
    sb_libav_watch();
    AVFormatContext *format = avformat_alloc_context();
    AVDictionary *options = NULL;
    if (!format || av_dict_set(&options, "format_whitelist", whitelist, 0) < 0 ||
        av_dict_set(&options, "protocol_whitelist", "file,pipe", 0) < 0) {
        av_dict_free(&options);
        avformat_free_context(format);
        return sb_error_memory(err, "decoding");
    }
    format->pb = sb_input_avio(d->input);
    format->flags |= AVFMT_FLAG_CUSTOM_IO;
    format->io_open = refuse_open;
    format->interrupt_callback = sb_input_interrupt(d->input);
    format->max_streams = STREAMS_MAX;
    format->probesize = ANALYSE_BYTES;
    if (strcmp(kind->name, "wav") == 0)
        av_dict_set(&options, "max_size", "16384", 0);
    int failed = avformat_open_input(&format, "file:input", kind, &options);
    av_dict_free(&options);
    d->format = format;
    if (failed >= 0)
        avformat_find_stream_info(format, NULL);
    if (sb_libav_checked(failed) == AVERROR(ENOMEM))
        return sb_error_memory(err, "decoding");
    return failed < 0 ? unreadable(d, kind, err) : sb_input_trouble(d->input, err);
}

static sb_status missing_stream(sb_demux *d, int wanted, sb_error *err)
{
    char list[128] = "";
    bool picture = false;
    for (unsigned i = 0; i < d->format->nb_streams; i++) {
        size_t n = strlen(list);
        if (d->format->streams[i]->codecpar->codec_type == AVMEDIA_TYPE_AUDIO)
            snprintf(list + n, sizeof list - n, "%s%u", n ? ", " : "", i);
        picture |= sb_demux_is_picture(d->format->streams[i]);
    }
    if (*list && wanted >= 0)
        return sb_error_set_field(err, SB_ERR_ARGUMENT, "stream", d->path,
                                  "stream %d is not an audio stream; the audio streams are: %s", wanted,
                                  list);
    if (*list)
        return sb_error_set_at(err, SB_ERR_NO_AUDIO, d->path, 0, 0,
                               "its audio codec is unknown; convert it with another program first");
    return sb_error_set_at(err, SB_ERR_NO_AUDIO, d->path, 0, 0,
                           "contains %s but no audio; name a file with audio",
                           picture ? "pictures" : "a media header");
}

static sb_status check_limits(const sb_demux *d, sb_error *err)
{
    const AVCodecParameters *par = d->stream->codecpar;
    if (par->ch_layout.nb_channels > SB_CHANNELS_MAX)
        return sb_error_set_at(err, SB_ERR_LIMIT, d->path, 0, 0, "has %d channels; at most %d are supported",
                               par->ch_layout.nb_channels, SB_CHANNELS_MAX);
    if (par->sample_rate != 0 && (par->sample_rate < RATE_MIN || par->sample_rate > RATE_MAX))
        return sb_error_set_at(err, SB_ERR_LIMIT, d->path, 0, 0,
                               "has a sample rate of %d Hz; %d to %d are supported; resample it first",
                               par->sample_rate, RATE_MIN, RATE_MAX);
    return SB_OK;
}

static sb_status open_codec(sb_demux *d, const AVCodec *codec, sb_error *err)
{
    sb_libav_watch();
    d->codec = avcodec_alloc_context3(codec);
    if (!d->codec || avcodec_parameters_to_context(d->codec, d->stream->codecpar) < 0)
        return sb_error_memory(err, "decoding");
    d->codec->pkt_timebase = d->stream->time_base;
    d->codec->thread_count = 1;
    d->codec->max_samples = FRAME_SAMPLES_MAX;
    if (codec->id == AV_CODEC_ID_FLAC)
        d->codec->err_recognition = AV_EF_CRCCHECK | AV_EF_EXPLODE;
    int failed = sb_libav_checked(avcodec_open2(d->codec, codec, NULL));
    if (failed == AVERROR(ENOMEM))
        return sb_error_memory(err, "decoding");
    if (failed < 0)
        return sb_error_set_at(
            err, SB_ERR_NO_AUDIO, d->path, 0, 0,
            "the audio (%s) cannot be decoded because its header is damaged; get the file again",
            codec->name);
    return SB_OK;
}

static void find_zero(sb_demux *d)
{
    int64_t start = d->stream->start_time;
    for (unsigned i = 0; start != AV_NOPTS_VALUE && i < d->format->nb_streams; i++) {
        const AVStream *other = d->format->streams[i];
        if (!sb_demux_is_picture(other) || other->start_time == AV_NOPTS_VALUE)
            continue;
        int64_t pictures = av_rescale_q(other->start_time, other->time_base, d->stream->time_base);
        d->late |= pictures < start;
        start = FFMIN(start, pictures);
    }
    d->has_zero = start != AV_NOPTS_VALUE;
    d->zero = d->has_zero ? start : 0;
}

static sb_status choose_stream(sb_demux *d, int wanted, sb_error *err)
{
    const AVCodec *codec = NULL;
    int index = av_find_best_stream(d->format, AVMEDIA_TYPE_AUDIO, wanted, -1, &codec, 0);
    if (index < 0 || !codec)
        return missing_stream(d, wanted, err);
    for (unsigned i = 0; i < d->format->nb_streams; i++)
        if ((int)i != index)
            d->format->streams[i]->discard = AVDISCARD_ALL;
    d->stream = d->format->streams[index];
    sb_status status = check_limits(d, err);
    if (!status)
        status = open_codec(d, codec, err);
    if (!status)
        find_zero(d);
    return status;
}

int sb_demux_stream_of(const sb_media_params *params)
{
    return params->stream || params->has_stream ? params->stream : -1;
}

sb_status sb_demux_open(sb_demux *d, sb_input *input, const char *path, int wanted, sb_error *err)
{
    sb_libav_hush();
    d->input = input;
    d->path = path;
    sb_input_arm(input);
    d->packet = av_packet_alloc();
    sb_status status = d->packet ? SB_OK : sb_error_memory(err, "decoding");
    if (!status)
        status = open_format(d, err);
    if (!status)
        status = choose_stream(d, wanted, err);
    if (status)
        sb_demux_finish(d);
    return status;
}

void sb_demux_finish(sb_demux *d)
{
    avcodec_free_context(&d->codec);
    avformat_close_input(&d->format);
    av_packet_free(&d->packet);
    *d = (sb_demux){0};
}

sb_status sb_demux_restart(sb_demux *d, sb_error *err)
{
    sb_demux before = *d;
    int index = d->stream->index;
    if (!sb_input_seekable(d->input))
        return sb_error_set_at(err, SB_ERR_UNSUPPORTED, d->path, 0, 0,
                               "a pipe cannot be read twice; name the file itself");
    sb_demux_finish(d);
    sb_input_rewind(before.input);
    sb_status status = sb_demux_open(d, before.input, before.path, index, err);
    d->zero = before.zero;
    d->has_zero = before.has_zero;
    d->late = before.late;
    return status;
}

sb_status sb_demux_no_sound(const sb_demux *d, sb_error *err)
{
    sb_status status = sb_input_trouble(d->input, err);
    if (status)
        return status;
    if (strcmp(d->container->name, "mov") == 0 && !sb_input_seekable(d->input))
        return index_at_end(d, err);
    return sb_error_set_at(err, SB_ERR_NO_AUDIO, d->path, 0, 0,
                           "contains no audio that can be decoded; check that it plays, or get it again");
}

/* If a Xing frame states too few frames, libav would remove the encoder's padding from the middle of the
 * file. */
static void keep_middle(const sb_demux *d)
{
    size_t n;
    uint8_t *skip = av_packet_get_side_data(d->packet, AV_PKT_DATA_SKIP_SAMPLES, &n);
    int64_t rest = sb_input_size(d->input) - (d->packet->pos + d->packet->size);
    if (skip && n >= 8 && rest > TRAILER_BYTES && strcmp(d->container->name, "mp3") == 0)
        memset(skip + 4, 0, 4);
}

sb_status sb_demux_read(sb_demux *d, bool *end, sb_error *err)
{
    *end = false;
    sb_input_arm(d->input);
    for (int n_failures = 0; n_failures < READ_FAILURES_MAX;) {
        av_packet_unref(d->packet);
        sb_libav_watch();
        int failed = sb_libav_checked(av_read_frame(d->format, d->packet));
        sb_status status = sb_input_trouble(d->input, err);
        if (status)
            return status;
        if (failed == AVERROR(ENOMEM))
            return sb_error_memory(err, "decoding");
        if (failed == AVERROR_EOF)
            break;
        if (failed < 0)
            n_failures++;
        else if (d->packet->stream_index == d->stream->index) {
            keep_middle(d);
            return SB_OK;
        }
    }
    *end = true;
    return SB_OK;
}

sb_status sb_demux_send(sb_demux *d, const AVPacket *packet, int *failed, sb_error *err)
{
    sb_libav_watch();
    *failed = sb_libav_checked(avcodec_send_packet(d->codec, packet));
    return *failed == AVERROR(ENOMEM) ? sb_error_memory(err, "decoding") : SB_OK;
}
