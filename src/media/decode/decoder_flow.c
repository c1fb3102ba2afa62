#include "media/decode/decode.h"
#include "media/input/input.h"

#include "base/run/run.h"
#include "media/libav.h"

#include <libavcodec/avcodec.h>
#include <libavformat/avformat.h>

enum { RATE_MIN = 4000, RATE_MAX = 768000 };

static sb_time time_at(const sb_decoder *d, int64_t sample)
{
    return sb_time_from_samples(sample, d->info.sample_rate);
}

static sb_time time_now(const sb_decoder *d)
{
    return time_at(d, d->timeline.counted);
}

/* Events are recorded only when a position is decoded for the first time. */
static bool is_news(const sb_decoder *d)
{
    return d->from_start && d->timeline.counted >= d->report.n_samples;
}

static void meet_trouble(sb_decoder *d, sb_trouble trouble)
{
    if (d->trouble < trouble)
        d->trouble = trouble;
    d->n_troubles++;
}

/* Sends the packet to the codec unless it has no sound. */
static sb_status feed(sb_decoder *d, sb_error *err)
{
    bool end;
    int failed;
    sb_status status = sb_demux_read(&d->demux, &end, err);
    if (status)
        return status;
    if (end) {
        d->draining = true;
        return sb_demux_send(&d->demux, NULL, &failed, err);
    }
    sb_packet_kind kind = sb_integrity_packet(&d->integrity, &d->demux);
    d->joined |= kind == SB_PACKET_TAG || kind == SB_PACKET_JOIN;
    if (kind == SB_PACKET_PADDING)
        meet_trouble(d, SB_TROUBLE_PADDING);
    if (kind == SB_PACKET_TORN)
        meet_trouble(d, SB_TROUBLE_DAMAGE);
    if (!sb_packet_has_sound(kind))
        return SB_OK;
    if (d->hashes_packets)
        sb_packets_add(&d->packets, &d->demux);
    status = sb_demux_send(&d->demux, d->demux.packet, &failed, err);
    if (failed < 0)
        meet_trouble(d, SB_TROUBLE_DAMAGE);
    return status;
}

sb_status sb_decoder_decode_frame(sb_decoder *d, bool *end, sb_error *err)
{
    *end = false;
    for (;;) {
        sb_libav_watch();
        int failed = sb_libav_checked(avcodec_receive_frame(d->demux.codec, d->frame));
        if (!failed && d->frame->nb_samples > 0)
            return SB_OK;
        if (failed == AVERROR(ENOMEM))
            return sb_error_memory(err, "decoding");
        if (failed == AVERROR_EOF || (failed && d->draining)) {
            *end = true;
            return SB_OK;
        }
        if (failed && failed != AVERROR(EAGAIN))
            meet_trouble(d, SB_TROUBLE_DAMAGE);
        sb_status status = failed == AVERROR(EAGAIN) ? feed(d, err) : SB_OK;
        if (status)
            return status;
    }
}

int64_t sb_decoder_frame_stamp(sb_decoder *d)
{
    int64_t pts = d->frame->pts;
    if (pts == AV_NOPTS_VALUE)
        return SB_TIMELINE_NO_STAMP;
    if (!d->demux.has_zero) {
        d->demux.zero = pts;
        d->demux.has_zero = true;
    }
    AVRational sample = {1, d->info.sample_rate};
    return av_rescale_q(pts - d->demux.zero, d->demux.stream->time_base, sample);
}

static sb_status check_frame(const sb_decoder *d, sb_error *err)
{
    int channels = d->frame->ch_layout.nb_channels, rate = d->frame->sample_rate;
    if (channels < 1 || channels > SB_CHANNELS_MAX)
        return sb_error_set_at(err, SB_ERR_LIMIT, d->info.path, 0, 0,
                               "has %d channels; 1 to %d are supported", channels, SB_CHANNELS_MAX);
    if (rate < RATE_MIN || rate > RATE_MAX)
        return sb_error_set_at(err, SB_ERR_LIMIT, d->info.path, 0, 0,
                               "has a sample rate of %d Hz; %d to %d are supported", rate, RATE_MIN,
                               RATE_MAX);
    return SB_OK;
}

static void tell_seam(sb_decoder *d)
{
    int channels = d->frame->ch_layout.nb_channels;
    if (is_news(d))
        sb_events_add(&d->report, SB_MEDIA_SEAM, time_now(d), 0,
                      "files were joined here: the audio continues at %d Hz with %d channel%s",
                      d->frame->sample_rate, channels, channels == 1 ? "" : "s");
    d->joined = false;
}

static void tell_join(sb_decoder *d)
{
    if (d->joined && d->timeline.counted > 0 && is_news(d))
        sb_events_add(&d->report, SB_MEDIA_SEAM, time_now(d), 0,
                      "files were joined here: a second header follows");
    d->joined = false;
}

static void tell_jump(sb_decoder *d, sb_placing placing, int64_t jump)
{
    bool begins_late = d->demux.late && d->timeline.counted == 0;
    if (placing == SB_PLACED || begins_late || !is_news(d))
        return;
    sb_time at = time_now(d), length = time_at(d, jump);
    double seconds = sb_time_to_seconds(length);
    if (placing == SB_PLACED_GAP)
        sb_events_add(&d->report, SB_MEDIA_GAP, at, length,
                      "%.3f s of audio are missing; silence fills the gap", seconds);
    else if (placing == SB_PLACED_DISCONTINUITY)
        sb_events_add(&d->report, SB_MEDIA_DISCONTINUITY, at, length,
                      "timestamps jump ahead by %.1f s; the audio is treated as continuous", seconds);
    else
        sb_events_add(
            &d->report, SB_MEDIA_RESET, at, length,
            "timestamps jump back by %.1f s, as in joined files; the audio is treated as continuous",
            seconds);
}

static void tell_damage(sb_decoder *d, int64_t n_missing)
{
    if (n_missing)
        sb_events_add(&d->report, SB_MEDIA_DAMAGE, time_now(d), time_at(d, n_missing),
                      "the file is damaged; %.3f s of audio are missing, silence fills the gap",
                      sb_time_to_seconds(time_at(d, n_missing)));
    else
        sb_events_add(&d->report, SB_MEDIA_DAMAGE, time_now(d), 0, "the file is damaged; audio is missing");
}

/* Bytes that are not sound may precede the first frame, and the first packets may depend on missing ones, as
 * in a recording of a broadcast. Neither is damage. */
static bool is_damaged(const sb_decoder *d, int64_t gap)
{
    enum { FEW = 3 };
    if (d->timeline.counted == 0 && (!d->timeline.stamped || d->n_troubles <= FEW))
        return false;
    return d->trouble != SB_TROUBLE_NONE || (gap > 0 && sb_integrity_lost_bytes(&d->integrity, &d->demux));
}

static void tell_placing(sb_decoder *d, sb_placing placing, int64_t jump)
{
    int64_t gap = placing == SB_PLACED_GAP ? jump : 0;
    bool damaged = is_damaged(d, gap);
    if (damaged && is_news(d))
        tell_damage(d, gap);
    if (!damaged || !gap)
        tell_jump(d, placing, jump);
    tell_join(d);
    d->trouble = SB_TROUBLE_NONE;
    d->n_troubles = 0;
}

static sb_status flush_remix(sb_decoder *d, sb_error *err)
{
    sb_status status = sb_remix_flush(&d->remix, &d->pending, &d->n_pending, err);
    sb_timeline_count(&d->timeline, (int64_t)d->n_pending);
    return status;
}

static sb_status change_format(sb_decoder *d, sb_error *err)
{
    if (d->remix.swr)
        return flush_remix(d, err);
    if (d->remix.rate_in) {
        tell_seam(d);
        if (d->demux.stream->time_base.den == d->info.sample_rate)
            d->timeline.stamped = false; /* timestamps count samples, whose duration changes here */
    }
    return sb_remix_begin(&d->remix, d->frame->sample_rate, d->frame->ch_layout.nb_channels,
                          sb_frame_speakers(&d->demux, d->frame), d->info.sample_rate, d->info.channels, err);
}

static sb_status hand_on(sb_decoder *d, sb_error *err)
{
    if (!sb_converter_take(&d->converter, d->frame, d->timeline.counted))
        return sb_error_memory(err, "decoding");
    sb_status status = sb_remix_push(&d->remix, d->converter.planes, (size_t)d->frame->nb_samples,
                                     &d->pending, &d->n_pending, err);
    if (status)
        return status;
    d->held = false;
    if (d->frame->nb_samples > d->longest_frame)
        d->longest_frame = d->frame->nb_samples;
    sb_timeline_count(&d->timeline, (int64_t)d->n_pending);
    return SB_OK;
}

/* One step towards outputting the held frame. A step may first make sound or silence pending. */
static sb_status place_frame(sb_decoder *d, sb_error *err)
{
    if (!sb_remix_takes(&d->remix, d->frame->sample_rate, d->frame->ch_layout.nb_channels))
        return change_format(d, err);
    int64_t stamp = sb_decoder_frame_stamp(d), jump;
    bool exact = d->demux.late && d->timeline.counted == 0;
    sb_placing placing = sb_timeline_place(&d->timeline, stamp, exact, &jump);
    if (placing == SB_PLACED_GAP && d->remix.swr)
        return flush_remix(d, err);
    tell_placing(d, placing, jump);
    if (placing == SB_PLACED_GAP) {
        d->n_silent = jump;
        sb_timeline_count(&d->timeline, jump);
        return SB_OK;
    }
    if (d->from_start)
        sb_timeline_learn(&d->timeline, stamp, d->frame->nb_samples);
    return hand_on(d, err);
}

sb_status sb_decoder_step(sb_decoder *d, sb_error *err)
{
    if (d->held)
        return place_frame(d, err);
    bool end;
    sb_status status = sb_decoder_decode_frame(d, &end, err);
    if (status)
        return status;
    if (!end) {
        d->held = true;
        return check_frame(d, err);
    }
    if (d->remix.swr)
        return flush_remix(d, err);
    d->ended = true;
    return SB_OK;
}
