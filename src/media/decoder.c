#include "soundbite/media.h"

#include "base/memory.h"
#include "media/convert.h"
#include "media/demux.h"
#include "media/events.h"
#include "media/info.h"
#include "media/remix.h"
#include "media/timeline.h"

#include <stdlib.h>
#include <string.h>

enum { SILENCE_SAMPLES = 8192, PREROLL_S = 1, NEAR_S = 5 };

static const float silence[SILENCE_SAMPLES];

struct sb_decoder {
    sb_input *input;
    sb_demux demux;
    AVFrame *frame;
    sb_converter converter;
    sb_remix remix;
    sb_timeline timeline;
    sb_media_info info;
    sb_media_report report;

    bool held;       /* the frame is decoded and not yet placed */
    bool from_start; /* everything since the first sample was counted, not sought */
    bool draining, ended;
    sb_time trouble_at; /* where packets could last not be decoded; SB_TIME_NONE once sound followed */

    int64_t cursor; /* position of the next sample that is handed out */
    int64_t wanted; /* samples before are dropped */
    int64_t n_silent;
    const float *const *pending;
    size_t n_pending;
    const float *planes[SB_CHANNELS_MAX];
};

static sb_status out_of_memory(sb_error *err)
{
    return sb_error_set(err, SB_ERR_MEMORY, "out of memory");
}

static sb_time time_at(const sb_decoder *d, int64_t sample)
{
    return sb_time_from_samples(sample, d->info.sample_rate);
}

/* What was met on the way is told once, on the first pass over it. */
static bool is_news(const sb_decoder *d)
{
    return d->from_start && d->timeline.counted >= d->report.n_samples;
}

static void note_trouble(sb_decoder *d)
{
    if (is_news(d) && d->trouble_at == SB_TIME_NONE && d->info.sample_rate)
        d->trouble_at = time_at(d, d->timeline.counted);
}

static sb_status feed(sb_decoder *d, sb_error *err)
{
    bool end;
    sb_status status = sb_demux_read(&d->demux, &end, err);
    if (status)
        return status;
    d->draining |= end;
    int failed = avcodec_send_packet(d->demux.codec, end ? NULL : d->demux.packet);
    if (failed == AVERROR(ENOMEM))
        return out_of_memory(err);
    if (failed < 0 && !end)
        note_trouble(d);
    return SB_OK;
}

/* The next frame that holds sound, into `d->frame`. */
static sb_status decode_frame(sb_decoder *d, bool *end, sb_error *err)
{
    *end = false;
    for (;;) {
        int failed = avcodec_receive_frame(d->demux.codec, d->frame);
        if (!failed && d->frame->nb_samples > 0)
            return SB_OK;
        if (failed == AVERROR(ENOMEM))
            return out_of_memory(err);
        if (failed == AVERROR_EOF || (failed && d->draining)) {
            *end = true;
            return SB_OK;
        }
        if (failed && failed != AVERROR(EAGAIN))
            note_trouble(d);
        sb_status status = failed == AVERROR(EAGAIN) ? feed(d, err) : SB_OK;
        if (status)
            return status;
    }
}

static int64_t frame_stamp(sb_decoder *d)
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
        return sb_error_set_at(err, SB_ERR_LIMIT, d->info.path, 0, 0, "has %d channels; 1 to %d are read",
                               channels, SB_CHANNELS_MAX);
    if (rate < 4000 || rate > 768000)
        return sb_error_set_at(err, SB_ERR_LIMIT, d->info.path, 0, 0,
                               "has %d samples a second; 4000 to 768000 are read", rate);
    return SB_OK;
}

static void note_seam(sb_decoder *d)
{
    if (!d->remix.rate_in)
        return;
    if (d->demux.stream->time_base.den == d->info.sample_rate)
        d->timeline.stamped = false; /* stamps count samples, from here on of another length */
    if (is_news(d))
        sb_events_add(&d->report, SB_MEDIA_SEAM, time_at(d, d->timeline.counted), 0,
                      "the sound changes to %d Hz, %d channel%s: files were joined here",
                      d->frame->sample_rate, d->frame->ch_layout.nb_channels,
                      d->frame->ch_layout.nb_channels == 1 ? "" : "s");
}

static sb_status flush_remix(sb_decoder *d, sb_error *err)
{
    sb_status status = sb_remix_flush(&d->remix, &d->pending, &d->n_pending, err);
    sb_timeline_count(&d->timeline, (int64_t)d->n_pending);
    return status;
}

static void note_jump(sb_decoder *d, sb_placing placing, int64_t jump)
{
    if (!is_news(d))
        return;
    sb_time at = time_at(d, d->timeline.counted), length = time_at(d, jump);
    double seconds = sb_time_to_seconds(length);
    if (placing == SB_PLACED_GAP && d->timeline.counted == 0 && d->demux.late)
        return;
    if (placing == SB_PLACED_GAP)
        sb_events_add(&d->report, SB_MEDIA_GAP, at, length,
                      "%.3f s of sound are missing: silence stands there", seconds);
    else if (placing == SB_PLACED_DISCONTINUITY)
        sb_events_add(&d->report, SB_MEDIA_DISCONTINUITY, at, length,
                      "time stamps jump ahead by %.1f s: the sound is taken to go on", seconds);
    else
        sb_events_add(&d->report, SB_MEDIA_RESET, at, length,
                      "time stamps jump back by %.1f s, as in joined files: the sound is taken to go on",
                      seconds);
}

static void note_damage(sb_decoder *d, int64_t jump)
{
    if (d->trouble_at == SB_TIME_NONE)
        return;
    sb_events_add(&d->report, SB_MEDIA_DAMAGE, d->trouble_at, time_at(d, jump),
                  "the file is damaged here: sound is missing");
    d->trouble_at = SB_TIME_NONE;
}

static sb_status hand_on(sb_decoder *d, sb_error *err)
{
    if (!sb_converter_take(&d->converter, d->frame))
        return out_of_memory(err);
    size_t n;
    sb_status status =
        sb_remix_push(&d->remix, d->converter.planes, (size_t)d->frame->nb_samples, &d->pending, &n, err);
    if (status)
        return status;
    d->n_pending = n;
    d->held = false;
    sb_timeline_count(&d->timeline, (int64_t)n);
    return SB_OK;
}

/* One step towards handing the held frame on: each may leave sound or silence to give out first. */
static sb_status place_frame(sb_decoder *d, sb_error *err)
{
    int rate = d->frame->sample_rate, channels = d->frame->ch_layout.nb_channels;
    if (!sb_remix_takes(&d->remix, rate, channels)) {
        if (d->remix.swr)
            return flush_remix(d, err);
        note_seam(d);
        return sb_remix_begin(&d->remix, rate, channels, d->info.sample_rate, d->info.channels, err);
    }
    int64_t stamp = frame_stamp(d), jump;
    bool first = d->timeline.counted == 0 && d->demux.late;
    sb_placing placing = sb_timeline_place(&d->timeline, stamp, first, &jump);
    if (placing == SB_PLACED_GAP && d->remix.swr)
        return flush_remix(d, err);
    if (placing != SB_PLACED && (d->trouble_at == SB_TIME_NONE || placing != SB_PLACED_GAP))
        note_jump(d, placing, jump);
    note_damage(d, placing == SB_PLACED_GAP ? jump : 0);
    if (placing == SB_PLACED_GAP) {
        d->n_silent = jump;
        sb_timeline_count(&d->timeline, jump);
        return SB_OK;
    }
    if (d->from_start)
        sb_timeline_learn(&d->timeline, stamp, d->frame->nb_samples);
    return hand_on(d, err);
}

static sb_status produce(sb_decoder *d, sb_error *err)
{
    if (d->held)
        return place_frame(d, err);
    bool end = false;
    sb_status status = d->draining && d->ended ? SB_OK : decode_frame(d, &end, err);
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

/* Gives out the first `n` of what is pending, less what lies before the sample wanted. */
static void give(sb_decoder *d, sb_pcm *block, const float *const *planes, int64_t n)
{
    int64_t skip = d->wanted - d->cursor;
    skip = skip < 0 ? 0 : skip > n ? n : skip;
    for (int ch = 0; ch < d->info.channels; ch++)
        d->planes[ch] = planes ? planes[ch] + skip : silence;
    block->planes = d->planes;
    block->first_sample = d->cursor + skip;
    block->n_samples = (size_t)(n - skip);
    d->cursor += n;
    if (d->from_start && d->cursor > d->report.n_samples)
        d->report.n_samples = d->cursor;
}

static void finish_report(sb_decoder *d)
{
    if (!d->from_start || d->report.ended)
        return;

    d->report.ended = true;
}

sb_status sb_decoder_read(sb_decoder *d, sb_pcm *block, sb_error *err)
{
    *block = (sb_pcm){.channels = d->info.channels, .sample_rate = d->info.sample_rate, .planes = d->planes};
    while (block->n_samples == 0 && !d->ended) {
        if (d->n_pending) {
            give(d, block, d->pending, (int64_t)d->n_pending);
            d->n_pending = 0;
        } else if (d->n_silent) {
            int64_t n = d->n_silent < SILENCE_SAMPLES ? d->n_silent : SILENCE_SAMPLES;
            give(d, block, NULL, n);
            d->n_silent -= n;
        } else {
            sb_status status = produce(d, err);
            if (status)
                return status;
        }
    }
    if (block->n_samples == 0)
        finish_report(d);
    return SB_OK;
}

static void begin(sb_decoder *d)
{
    const AVRational tb = d->demux.stream->time_base;
    bool coarse = (int64_t)tb.num * d->info.sample_rate > tb.den;
    sb_timeline_init(&d->timeline, d->info.sample_rate, d->demux.container->stamped, coarse);
    d->held = d->draining = d->ended = false;
    d->from_start = true;
    d->trouble_at = SB_TIME_NONE;
    d->cursor = d->wanted = d->n_silent = 0;
    d->n_pending = 0;
    sb_remix_reset(&d->remix);
}

static sb_status decode_first(sb_decoder *d, sb_error *err)
{
    bool end;
    sb_status status = decode_frame(d, &end, err);
    if (status)
        return status;
    if (end)
        return sb_error_set_at(err, SB_ERR_NO_AUDIO, d->info.path, 0, 0,
                               "holds no sound that can be decoded; check that it plays");
    return check_frame(d, err);
}

sb_status sb_decoder_open(sb_decoder **out, const char *path, const sb_media_params *params, sb_error *err)
{
    *out = NULL;
    sb_media_params defaults = SB_MEDIA_PARAMS_DEFAULT;
    if (!params)
        params = &defaults;
    sb_decoder *d = calloc(1, sizeof *d);
    if (!d)
        return out_of_memory(err);
    d->report.seek_safe = true;
    d->trouble_at = SB_TIME_NONE;
    sb_status status = SB_ERR_MEMORY;
    d->frame = av_frame_alloc();
    d->info.path = sb_copy_text(path, NULL);
    if (!d->frame || !d->info.path) {
        out_of_memory(err);
        goto fail;
    }
    if ((status = sb_input_open(&d->input, path, params, err)))
        goto fail;
    if ((status = sb_demux_open(&d->demux, d->input, d->info.path, params->stream, err)))
        goto fail;
    if ((status = decode_first(d, err)))
        goto fail;
    if ((status = sb_info_fill(&d->info, &d->demux, d->frame, err)))
        goto fail;
    begin(d);
    d->held = true;
    *out = d;
    return SB_OK;
fail:
    sb_decoder_free(&d);
    return status;
}

void sb_decoder_free(sb_decoder **decoder)
{
    sb_decoder *d = *decoder;
    if (!d)
        return;
    sb_remix_finish(&d->remix);
    sb_converter_finish(&d->converter);
    av_frame_free(&d->frame);
    sb_demux_finish(&d->demux);
    sb_input_free(&d->input);
    sb_events_finish(&d->report);
    sb_info_finish(&d->info);
    free(d);
    *decoder = NULL;
}

static bool is_lossless(const sb_decoder *d)
{
    const AVCodecDescriptor *codec = avcodec_descriptor_get(d->demux.codec->codec_id);
    return codec && (codec->props & AV_CODEC_PROP_LOSSLESS) != 0;
}

static bool can_jump(const sb_decoder *d)
{
    if (d->demux.container->seek == SB_SEEK_DECODE || !sb_input_seekable(d->input))
        return false;
    if (strcmp(d->demux.container->name, "ogg") == 0 && is_lossless(d))
        return false; /* libav dates FLAC in Ogg wrongly after a seek */
    return !(d->timeline.coarse && is_lossless(d));
}

static sb_status decode_from_start(sb_decoder *d, int64_t sample, sb_error *err)
{
    sb_status status = sb_demux_restart(&d->demux, err);
    if (status)
        return status;
    begin(d);
    d->wanted = sample;
    return SB_OK;
}

/* Stamps on a coarse grid place a frame only once the first frames have shown the grid. */
static sb_status learn_stamps(sb_decoder *d, sb_error *err)
{
    while (d->timeline.coarse && d->timeline.n_frames <= SB_TIMELINE_LEARNT && !d->ended) {
        d->n_pending = 0;
        d->n_silent = 0;
        sb_status status = produce(d, err);
        if (status)
            return status;
    }
    return SB_OK;
}

/* Reads on, from the start where that lies behind, to the packet that begins at `stamp` or after, and decodes it. */
static sb_status scan_to(sb_decoder *d, int64_t stamp, sb_error *err)
{
    bool end = false;
    sb_status status = sb_demux_restart(&d->demux, err);
    while (!status && !end) {
        status = sb_demux_read(&d->demux, &end, err);
        if (!status && !end && d->demux.packet->pts != AV_NOPTS_VALUE && d->demux.packet->pts >= stamp)
            break;
    }
    if (!status)
        avcodec_send_packet(d->demux.codec, end ? NULL : d->demux.packet);
    d->draining = end;
    return status;
}

/* `*found` where the first frame after the jump is held and lies at or before `sample`. */
static sb_status jump(sb_decoder *d, int64_t sample, bool *found, sb_error *err)
{
    AVRational unit = {1, d->info.sample_rate};
    int64_t early = sample - (int64_t)PREROLL_S * d->info.sample_rate;
    int64_t stamp = d->demux.zero + av_rescale_q(early, unit, d->demux.stream->time_base);
    bool end = false;
    d->held = d->draining = d->ended = d->from_start = false;
    d->n_pending = 0;
    d->n_silent = 0;
    sb_remix_reset(&d->remix);
    *found = false;
    if (d->demux.container->seek == SB_SEEK_SCAN) {
        sb_status status = scan_to(d, stamp, err);
        if (status)
            return status;
    } else {
        sb_input_arm(d->input);
        if (av_seek_frame(d->demux.format, d->demux.stream->index, stamp, AVSEEK_FLAG_BACKWARD) < 0)
            return sb_input_trouble(d->input, err);
        avcodec_flush_buffers(d->demux.codec);
    }
    sb_status status = decode_frame(d, &end, err);
    if (status || end || d->frame->pts == AV_NOPTS_VALUE)
        return status;
    sb_timeline_land(&d->timeline, frame_stamp(d), d->frame->nb_samples);
    d->cursor = d->timeline.counted;
    d->wanted = sample;
    d->held = true;
    *found = d->cursor <= sample;
    return SB_OK;
}

sb_status sb_decoder_seek(sb_decoder *d, int64_t sample, bool seek_safe, sb_error *err)
{
    if (sample < 0)
        return sb_error_set(err, SB_ERR_ARGUMENT, "a position before the beginning was asked for");
    int64_t near = (int64_t)NEAR_S * d->info.sample_rate;
    bool jumps = seek_safe && can_jump(d);
    if (sample >= d->cursor && (!jumps || sample - d->cursor < near)) {
        d->wanted = sample;
        return SB_OK;
    }
    if (!jumps || sample < near)
        return decode_from_start(d, sample, err);
    bool found;
    sb_status status = learn_stamps(d, err);
    if (status)
        return status;
    if (d->timeline.coarse && !d->timeline.grid_step)
        return decode_from_start(d, sample, err);
    status = jump(d, sample, &found, err);
    if (status || found)
        return status;
    return decode_from_start(d, sample, err);
}

const sb_media_info *sb_decoder_info(const sb_decoder *d)
{
    return &d->info;
}

const sb_media_report *sb_decoder_report(const sb_decoder *d)
{
    return &d->report;
}

sb_status sb_decoder_sha256(sb_decoder *d, char out[65], sb_error *err)
{
    return sb_input_sha256(d->input, out, err);
}
