#include "media/copy/copy.h"

#include "base/run/run.h"
#include "media/input/input.h"
#include "media/libav.h"

#include <libavutil/intreadwrite.h>
#include <string.h>

#include <libavcodec/avcodec.h>
#include <libavformat/avformat.h>

static sb_status broken(const sb_copy_source *s, sb_error *err)
{
    char place[SB_TIME_TEXT];
    sb_time_print(place, sb_time_from_samples(s->at, s->rate > 0 ? s->rate : 1), 3);
    return sb_error_set_field(err, SB_ERR_FORMAT, "copy", s->demux.path,
                              "the packet at %s is broken and cannot be copied; turn copying off", place);
}

static sb_status read_sound(sb_copy_source *s, bool *end, sb_error *err)
{
    for (;;) {
        sb_status status = sb_demux_read(&s->demux, end, err);
        if (status || *end)
            return status;
        sb_packet_kind kind = sb_integrity_packet(&s->integrity, &s->demux);
        if (kind == SB_PACKET_TORN)
            return broken(s, err);
        if (kind == SB_PACKET_SOUND)
            return SB_OK;
    }
}

/* If a packet has no skip value, the Opus decoder takes the pre-skip from the header. */
static int64_t first_skip(const sb_copy_source *s)
{
    const AVCodecParameters *par = s->demux.stream->codecpar;
    return par->codec_id == AV_CODEC_ID_OPUS && par->extradata_size >= 12 ? AV_RL16(par->extradata + 10) : 0;
}

static int64_t skip_of(const AVPacket *packet, int64_t otherwise)
{
    size_t n;
    const uint8_t *side = av_packet_get_side_data(packet, AV_PKT_DATA_SKIP_SAMPLES, &n);
    return side && n >= 4 ? AV_RL32(side) : otherwise;
}

/* Decodes the packet. Sets `*heard` if there is sound, and `*dead` if it cannot be decoded. */
static sb_status try_packet(sb_copy_source *s, AVFrame *frame, bool *heard, bool *dead, sb_error *err)
{
    int failed;
    *heard = false;
    sb_status status = sb_demux_send(&s->demux, s->demux.packet, &failed, err);
    if (!failed)
        failed = sb_libav_checked(avcodec_receive_frame(s->demux.codec, frame));
    if (!status && failed == AVERROR(ENOMEM))
        status = sb_error_memory(err, "copying packets");
    *heard = !failed && frame->nb_samples > 0;
    if (*heard)
        s->rate = frame->sample_rate;
    *dead = failed && failed != AVERROR(EAGAIN);
    return status;
}

/* If the sound begins after the pictures, time 0 is before the first sample. */
static int64_t sample_of_frame(const sb_copy_source *s, const AVFrame *frame)
{
    AVRational sample = {1, s->rate};
    if (!s->demux.late || frame->pts == AV_NOPTS_VALUE || frame->pts < s->demux.zero)
        return 0;
    return av_rescale_q(frame->pts - s->demux.zero, s->demux.stream->time_base, sample);
}

/* The decoder drops the encoder's delay, which is known only from the first packet with sound. The packets
 * before it are kept because later packets depend on them. */
static sb_status find_start(sb_copy_source *s, AVFrame *frame, sb_error *err)
{
    bool end, dead, heard = false;
    for (int64_t skip = first_skip(s), before = 0; !heard;) {
        sb_status status = read_sound(s, &end, err);
        if (!status && end)
            status = sb_demux_no_sound(&s->demux, err);
        if (status)
            return status;
        skip = skip_of(s->demux.packet, skip);
        status = try_packet(s, frame, &heard, &dead, err);
        if (status)
            return status;
        if (dead) {
            s->n_dead++;
            continue;
        }
        int rate = s->rate ? s->rate : s->demux.stream->codecpar->sample_rate;
        int n_samples = s->codec->samples(s->demux.packet, &s->demux, rate);
        if (n_samples <= 0)
            return broken(s, err);
        s->at = (heard ? sample_of_frame(s, frame) : 0) - skip - before;
        skip = skip > n_samples ? skip - n_samples : 0;
        before += n_samples;
    }
    return SB_OK;
}

static sb_status start_over(sb_copy_source *s, sb_error *err)
{
    bool end = false;
    sb_status status = sb_demux_restart(&s->demux, err);
    s->integrity = (sb_integrity){0};
    for (int i = 0; !status && !end && i < s->n_dead; i++)
        status = read_sound(s, &end, err);
    s->n_samples = 0;
    return status;
}

sb_status sb_copy_source_open(sb_copy_source *s, const char *path, const sb_media_params *params,
                              sb_error *err)
{
    AVFrame *frame = av_frame_alloc();
    if (!frame)
        return sb_error_memory(err, "copying packets");
    sb_status status = sb_input_open(&s->input, path, params, err);
    if (!status)
        status = sb_demux_open(&s->demux, s->input, path, sb_demux_stream_of(params), err);
    if (!status) {
        const char *name = avcodec_get_name(s->demux.stream->codecpar->codec_id);
        s->codec = sb_copy_codec_find(name);
        if (!s->codec)
            status = sb_copy_codec_check(name, "", err);
    }
    if (!status)
        status = find_start(s, frame, err);
    av_frame_free(&frame);
    return status ? status : start_over(s, err);
}

void sb_copy_source_finish(sb_copy_source *s)
{
    sb_demux_finish(&s->demux);
    sb_input_free(&s->input);
    *s = (sb_copy_source){0};
}

sb_status sb_copy_source_next(sb_copy_source *s, bool *end, sb_error *err)
{
    sb_status status = read_sound(s, end, err);
    if (status || *end)
        return status;
    s->at += s->n_samples;
    s->n_samples = s->codec->samples(s->demux.packet, &s->demux, s->rate);
    if (s->n_samples <= 0)
        return broken(s, err);
    if ((s->demux.packet->flags & AV_PKT_FLAG_DISCARD) && s->at + s->n_samples > 0)
        return sb_error_set_field(
            err, SB_ERR_UNSUPPORTED, "copy", s->demux.path,
            "its edit list leaves out audio in the middle, which cannot be copied; turn copying off");
    return SB_OK;
}
