#include "media/decode/decode.h"
#include "media/input/input.h"

#include "base/run/run.h"

#include <stdio.h>
#include <string.h>

#include <libavcodec/avcodec.h>
#include <libavformat/avformat.h>
#include <libavutil/intreadwrite.h>

/* Adds the values that, in addition to the packets, determine the first sample. */
static void add_start(sb_packets *p, const sb_demux *d)
{
    char text[160];
    size_t n;
    const uint8_t *skip = av_packet_get_side_data(d->packet, AV_PKT_DATA_SKIP_SAMPLES, &n);
    const AVCodecParameters *par = d->stream->codecpar;
    uint32_t n_skipped = skip && n >= 4 ? AV_RL32(skip) : 0;
    int length = snprintf(text, sizeof text, "%s %s %d %d %d %u %lld\n", d->container->name,
                          avcodec_get_name(par->codec_id), par->sample_rate, par->ch_layout.nb_channels,
                          par->initial_padding, n_skipped, (long long)(d->packet->pts - d->zero));
    sb_sha256_update(&p->state, text, (size_t)length);
}

void sb_packets_add(sb_packets *p, const sb_demux *d)
{
    if (!p->begun) {
        sb_sha256_init(&p->state);
        add_start(p, d);
    }
    p->begun = true;
    sb_sha256_update(&p->state, d->packet->data, (size_t)d->packet->size);
}

void sb_packets_finish(sb_packets *p, char out[65])
{
    *out = 0;
    if (p->begun)
        sb_sha256_finish(&p->state, out);
    *p = (sb_packets){0};
}

static sb_status read_packets(sb_packets *p, sb_demux *d, const sb_monitor *monitor, sb_error *err)
{
    sb_integrity integrity = {0};
    for (;;) {
        bool end;
        sb_status status = sb_demux_read(d, &end, err);
        if (status || end)
            return status;
        if (sb_monitor_cancelled(monitor))
            return sb_error_set(err, SB_ERR_INTERRUPTED, "interrupted");
        if (sb_packet_has_sound(sb_integrity_packet(&integrity, d)))
            sb_packets_add(p, d);
    }
}

sb_status sb_media_packets(char out[65], const char *path, const sb_media_params *params, sb_error *err)
{
    const sb_media_params defaults = {0};
    sb_input *input = NULL;
    sb_demux demux = {0};
    sb_packets packets = {0};
    params = params ? params : &defaults;
    *out = 0;
    sb_status status = sb_input_open(&input, path, params, err);
    if (!status)
        status = sb_demux_open(&demux, input, path, sb_demux_stream_of(params), err);
    if (!status)
        status = read_packets(&packets, &demux, params->monitor, err);
    if (!status)
        sb_packets_finish(&packets, out);
    sb_demux_finish(&demux);
    sb_input_free(&input);
    return status;
}
