#include "media/decode/decode.h"
#include "media/input/input.h"

#include "media/libav.h"

#include <string.h>

#include <libavcodec/avcodec.h>
#include <libavformat/avformat.h>

/* PREROLL_S: decoding starts this much earlier, which is longer than a codec needs to converge (Opus 80 ms;
 * the bit reservoir of MP3 0.7 s at the lowest rates). NEAR_S: positions that are nearer are reached by
 * decoding. */
enum { PREROLL_S = 1, NEAR_S = 5 };

static bool is_lossless(const sb_decoder *d)
{
    const AVCodecDescriptor *codec = avcodec_descriptor_get(d->demux.codec->codec_id);
    return codec && (codec->props & AV_CODEC_PROP_LOSSLESS) != 0;
}

/* libav gives Vorbis packets in Ogg only rough times. After a seek this is true for all codecs in Ogg except
 * Opus. */
static sb_seek_way seek_way(const sb_decoder *d)
{
    enum AVCodecID codec = d->demux.codec->codec_id;
    if (codec == AV_CODEC_ID_VORBIS)
        return SB_SEEK_DECODE;
    if (codec != AV_CODEC_ID_OPUS && strcmp(d->demux.container->name, "ogg") == 0)
        return SB_SEEK_SCAN;
    return d->demux.container->seek;
}

static bool can_jump(const sb_decoder *d)
{
    bool exact = !(d->timeline.coarse && is_lossless(d));
    return exact && seek_way(d) != SB_SEEK_DECODE && sb_input_seekable(d->input);
}

static sb_status decode_from_start(sb_decoder *d, int64_t sample, sb_error *err)
{
    sb_status status = sb_demux_restart(&d->demux, err);
    if (status)
        return status;
    sb_decoder_begin(d);
    d->wanted = sample;
    return SB_OK;
}

/* With coarse timestamps, a frame can be placed only after the first frames have shown their grid. */
static sb_status learn_stamps(sb_decoder *d, sb_error *err)
{
    sb_status status = SB_OK;
    while (!status && d->timeline.coarse && d->timeline.n_frames <= SB_TIMELINE_LEARNT && !d->ended) {
        sb_decoder_drop_pending(d);
        status = sb_decoder_step(d, err);
    }
    return status;
}

/* Reads packets from the start, or from here if the position is `ahead`, to the packet that begins at or
 * after `stamp`. */
static sb_status scan_to(sb_decoder *d, int64_t stamp, bool ahead, sb_error *err)
{
    bool end = false;
    sb_status status = SB_OK;
    if (ahead)
        avcodec_flush_buffers(d->demux.codec);
    else
        status = sb_demux_restart(&d->demux, err);
    while (!status && !end) {
        status = sb_demux_read(&d->demux, &end, err);
        if (!status && !end && d->demux.packet->pts != AV_NOPTS_VALUE && d->demux.packet->pts >= stamp)
            break;
    }
    if (status)
        return status;
    d->draining = end;
    int failed;
    return sb_demux_send(&d->demux, end ? NULL : d->demux.packet, &failed, err);
}

/* Returns false if the container cannot seek, or if memory runs out; decoding from the start then gives the
 * position. */
static bool seek_to(sb_decoder *d, int64_t stamp)
{
    sb_input_arm(d->input);
    sb_libav_watch();
    if (av_seek_frame(d->demux.format, d->demux.stream->index, stamp, AVSEEK_FLAG_BACKWARD) < 0)
        return false;
    avcodec_flush_buffers(d->demux.codec);
    return sb_libav_checked(0) == 0;
}

/* Sets `*found` if the first frame after the jump is held and begins at or before `sample`. */
static sb_status jump(sb_decoder *d, int64_t sample, bool *found, sb_error *err)
{
    AVRational unit = {1, d->info.sample_rate};
    int64_t early = sample - (int64_t)PREROLL_S * d->info.sample_rate;
    int64_t stamp = d->demux.zero + av_rescale_q(early, unit, d->demux.stream->time_base);
    /* The codec has consumed the delay at the start before a second jump, but not before the first. */
    bool ahead = !d->from_start && !d->draining && early > d->cursor;
    sb_status status = SB_OK;
    *found = false;
    sb_decoder_drop_pending(d);
    sb_remix_reset(&d->remix);
    d->held = d->draining = d->ended = d->from_start = false;
    if (seek_way(d) == SB_SEEK_SCAN)
        status = scan_to(d, stamp, ahead, err);
    else if (!seek_to(d, stamp))
        return sb_input_trouble(d->input, err);

    bool end = false;
    if (!status)
        status = sb_decoder_decode_frame(d, &end, err);
    if (status || end || d->frame->pts == AV_NOPTS_VALUE)
        return status;
    sb_timeline_land(&d->timeline, sb_decoder_frame_stamp(d), d->frame->nb_samples);
    d->cursor = d->timeline.counted;
    d->wanted = sample;
    d->held = true;
    *found = d->cursor <= sample;
    return SB_OK;
}

sb_status sb_decoder_seek(sb_decoder *d, int64_t sample, bool seek_safe, sb_error *err)
{
    if (sample < 0)
        return sb_error_set(err, SB_ERR_ARGUMENT, "the sample position is negative; give 0 or more");
    d->hashes_packets = false;
    int64_t near = (int64_t)NEAR_S * d->info.sample_rate;
    bool jumps = seek_safe && can_jump(d);
    if (sample >= d->cursor && (!jumps || sample - d->cursor < near)) {
        d->wanted = sample;
        return SB_OK;
    }
    if (!jumps || sample < near)
        return decode_from_start(d, sample, err);

    bool found = false;
    sb_status status = learn_stamps(d, err);
    bool placeable = !d->timeline.coarse || d->timeline.grid_step;
    if (!status && placeable)
        status = jump(d, sample, &found, err);
    if (status || found)
        return status;
    return decode_from_start(d, sample, err);
}
