#include "media/decode/decode.h"
#include "media/input/input.h"

#include "base/run/run.h"

#include <stdlib.h>
#include <string.h>

#include <libavcodec/avcodec.h>
#include <libavformat/avformat.h>

enum { SILENCE_SAMPLES = 8192 };

static const float silence[SILENCE_SAMPLES];

void sb_decoder_drop_pending(sb_decoder *d)
{
    d->n_pending = 0;
    d->n_silent = 0;
}

void sb_decoder_begin(sb_decoder *d)
{
    const AVRational tb = d->demux.stream->time_base;
    bool coarse = (int64_t)tb.num * d->info.sample_rate > tb.den;
    sb_timeline_init(&d->timeline, d->info.sample_rate, d->demux.container->stamped, coarse);
    sb_remix_reset(&d->remix);
    sb_decoder_drop_pending(d);
    d->held = d->joined = d->draining = d->ended = false;
    d->from_start = true;
    d->integrity = (sb_integrity){0};
    d->cursor = d->wanted = 0;
}

static sb_status decode_first(sb_decoder *d, sb_error *err)
{
    bool end;
    sb_status status = sb_decoder_decode_frame(d, &end, err);
    return status || !end ? status : sb_demux_no_sound(&d->demux, err);
}

static sb_status open_parts(sb_decoder *d, const char *path, const sb_media_params *params, sb_error *err)
{
    d->frame = av_frame_alloc();
    d->info.path = sb_copy_text(path, NULL);
    if (!d->frame || !d->info.path)
        return sb_error_memory(err, "decoding");
    sb_status status = sb_input_open(&d->input, path, params, err);
    if (!status)
        status = sb_demux_open(&d->demux, d->input, d->info.path, sb_demux_stream_of(params), err);
    if (!status)
        status = decode_first(d, err);
    if (!status)
        status = sb_info_fill(&d->info, &d->demux, d->frame, err);
    if (!status && params->microphones)
        d->info.speakers = 0;
    if (!status)
        sb_low_meter_init(&d->low, &d->info);
    return status;
}

sb_status sb_decoder_open(sb_decoder **out, const char *path, const sb_media_params *params, sb_error *err)
{
    const sb_media_params defaults = {0};
    *out = NULL;
    sb_decoder *d = calloc(1, sizeof *d);
    if (!d)
        return sb_error_memory(err, "decoding");
    d->report.seek_safe = true;
    d->hashes_packets = params && params->hash;
    sb_status status = open_parts(d, path, params ? params : &defaults, err);
    if (status) {
        sb_decoder_free(&d);
        return status;
    }
    sb_integrity first = d->integrity;
    sb_decoder_begin(d);
    d->integrity = first;
    d->held = true;
    sb_decoder_frame_stamp(d);
    *out = d;
    return SB_OK;
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

const sb_media_info *sb_decoder_info(const sb_decoder *d)
{
    return &d->info;
}

const sb_media_report *sb_decoder_report(const sb_decoder *d)
{
    return &d->report;
}

/* Outputs the first `n` pending samples, without those before the wanted sample. */
static void give(sb_decoder *d, sb_pcm *block, const float *const *planes, int64_t n)
{
    int64_t skip = d->wanted - d->cursor;
    skip = skip < 0 ? 0 : skip > n ? n : skip;
    for (int ch = 0; ch < d->info.channels; ch++)
        d->planes[ch] = planes ? planes[ch] + skip : silence;
    block->first_sample = d->cursor + skip;
    block->n_samples = (size_t)(n - skip);
    if (planes && d->from_start && d->cursor >= d->report.n_samples)
        sb_low_meter_push(&d->low, planes, (size_t)n);
    d->cursor += n;
    if (d->from_start && d->cursor > d->report.n_samples)
        d->report.n_samples = d->cursor;
}

static void give_silence(sb_decoder *d, sb_pcm *block)
{
    int64_t n = d->n_silent < SILENCE_SAMPLES ? d->n_silent : SILENCE_SAMPLES;
    give(d, block, NULL, n);
    d->n_silent -= n;
}

sb_status sb_decoder_read(sb_decoder *d, sb_pcm *block, sb_error *err)
{
    *block = (sb_pcm){.channels = d->info.channels,
                      .speakers = d->info.speakers,
                      .sample_rate = d->info.sample_rate,
                      .planes = d->planes};
    while (block->n_samples == 0 && !d->ended) {
        sb_status status = SB_OK;
        if (d->n_pending) {
            give(d, block, d->pending, (int64_t)d->n_pending);
            d->n_pending = 0;
        } else if (d->n_silent)
            give_silence(d, block);
        else
            status = sb_decoder_step(d, err);
        if (status)
            return status;
    }
    if (block->n_samples == 0)
        sb_decoder_tell_end(d);
    return SB_OK;
}

sb_status sb_decoder_sha256(sb_decoder *d, char out[65], sb_error *err)
{
    return sb_input_sha256(d->input, out, err);
}

sb_status sb_decoder_packets(sb_decoder *d, char out[65], sb_error *err)
{
    *out = 0;
    if (!d->hashes_packets || !d->from_start || !d->ended)
        return sb_error_set(err, SB_ERR_ARGUMENT,
                            "the packets are only known after a whole pass with `hash`");
    d->hashes_packets = false;
    sb_packets_finish(&d->packets, out);
    return SB_OK;
}

sb_status sb_decoder_read_all(sb_decoder *decoder,
                              sb_status (*take)(void *user, const sb_pcm *block, sb_error *err), void *user,
                              sb_error *err)
{
    for (;;) {
        sb_pcm block;
        sb_status status = sb_decoder_read(decoder, &block, err);
        if (status != SB_OK || block.n_samples == 0)
            return status;
        status = take(user, &block, err);
        if (status != SB_OK)
            return status;
    }
}
