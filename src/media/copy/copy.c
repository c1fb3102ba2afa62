#include "media/media.h"

#include "base/run/run.h"
#include "media/copy/copy.h"

#include <string.h>
#include <strings.h>

#include <libavcodec/avcodec.h>
#include <libavformat/avformat.h>

/* in packets; Opus needs up to 33 for the pre-roll, MP3 up to 24 for the bit reservoir */
enum { HISTORY = 64 };

typedef struct copying {
    sb_copy_span *span;
    sb_copy_file *file; /* NULL if it is not begun or not written */
    bool begun, done;
} copying;

typedef struct pass {
    sb_copy_source source;
    sb_copy_packet history[HISTORY]; /* the last is the current packet */
    int n_history;
    copying copies[SB_COPY_AT_ONCE];
    size_t n_copies;
} pass;

static sb_copy_packet *current(pass *p)
{
    return &p->history[p->n_history - 1];
}

static enum AVCodecID codec_of(const pass *p)
{
    return p->source.demux.stream->codecpar->codec_id;
}

static bool is_pcm(const pass *p)
{
    return strncmp(p->source.codec->name, "pcm_", 4) == 0;
}

static bool starts_with_packet(const pass *p, const sb_copy_span *span)
{
    return codec_of(p) == AV_CODEC_ID_FLAC || strcasecmp(span->extension, "aac") == 0;
}

/* MP4 can end within a packet, but many players ignore that. */
static bool ends_with_packet(const pass *p)
{
    return codec_of(p) == AV_CODEC_ID_FLAC || codec_of(p) == AV_CODEC_ID_AAC;
}

/* Some players ignore the way in which these formats store the delay. */
static bool can_be_overheard(const pass *p, const sb_copy_span *span)
{
    return codec_of(p) == AV_CODEC_ID_MP3 || (codec_of(p) == AV_CODEC_ID_AAC && !starts_with_packet(p, span));
}

/* Returns the packet to begin with so that the sound is correct from `start` on. */
static int first_needed(const pass *p, int64_t start)
{
    const sb_copy_codec *codec = p->source.codec;
    int first = p->n_history - 1;
    while (first > 0 && (p->history[first].at > start - codec->preroll_samples ||
                         p->n_history - 1 - first < codec->preroll_packets))
        first--;
    return first;
}

static sb_status write_packet(pass *p, copying *c, const sb_copy_packet *packet, sb_error *err)
{
    const sb_copy_span *span = c->span;
    if (!c->file)
        return SB_OK;
    if (!is_pcm(p))
        return sb_copy_file_write(c->file, packet, span->got_end, err);
    int frame = packet->packet->size / packet->n_samples;
    int64_t from = packet->at > span->got_start ? packet->at : span->got_start;
    int64_t until = packet->at + packet->n_samples;
    until = until < span->got_end ? until : span->got_end;
    AVPacket *part = av_packet_clone(packet->packet);
    if (!part)
        return sb_error_memory(err, "copying packets");
    part->data += (from - packet->at) * frame;
    part->size = (int)(until - from) * frame;
    sb_copy_packet cut = {.packet = part, .at = from, .n_samples = (int)(until - from)};
    sb_status status = until > from ? sb_copy_file_write(c->file, &cut, span->got_end, err) : SB_OK;
    av_packet_free(&part);
    return status;
}

static sb_status open_file(pass *p, copying *c, int first, sb_error *err)
{
    sb_copy_span *span = c->span;
    sb_copy_packet carrier = {0};
    int64_t at = is_pcm(p) ? span->got_start : p->history[first].at;
    sb_status status = SB_OK;
    if (codec_of(p) == AV_CODEC_ID_MP3)
        status = sb_copy_reservoir(&carrier, p->history, first, err);
    at -= carrier.n_samples;
    if (can_be_overheard(p, span))
        span->hidden_before = span->got_start - at;
    if (!status && span->output)
        status = sb_copy_file_open(&c->file, span->output, span->extension, &p->source, at, span->got_start,
                                   span->tags, span->n_tags, err);
    if (!status && carrier.packet)
        status = write_packet(p, c, &carrier, err);
    av_packet_free(&carrier.packet);
    for (int i = first; !status && i < p->n_history - 1; i++)
        status = write_packet(p, c, &p->history[i], err);
    c->begun = true;
    return status;
}

/* True if it is better to begin with the next packet. */
static bool begins_later(const pass *p, const sb_copy_span *span)
{
    const sb_copy_packet *packet = &p->history[p->n_history - 1];
    int64_t next = packet->at + packet->n_samples;
    return packet->at < span->quiet_from && next <= span->speech_start && next < span->end;
}

/* Raw AAC has no frame before the first one that it could overlap with. */
static int first_settled(const pass *p, const sb_copy_span *span)
{
    int first = p->n_history - 1;
    bool overlaps = codec_of(p) == AV_CODEC_ID_AAC;
    const sb_copy_packet *packet = &p->history[first];
    return overlaps && first > 0 && packet->at + packet->n_samples > span->speech_start ? first - 1 : first;
}

static sb_status begin_copying(pass *p, copying *c, sb_error *err)
{
    sb_copy_span *span = c->span;
    const sb_copy_packet *packet = current(p);
    span->got_end = ends_with_packet(p) ? INT64_MAX : span->end;
    if (!starts_with_packet(p, span)) {
        span->got_start = packet->at > span->start ? packet->at : span->start;
        return open_file(p, c, is_pcm(p) ? p->n_history - 1 : first_needed(p, span->got_start), err);
    }
    if (begins_later(p, span)) {
        span->start = packet->at + packet->n_samples;
        return SB_OK;
    }
    int first = first_settled(p, span);
    span->got_start = p->history[first].at;
    return open_file(p, c, first, err);
}

static sb_status close_file(copying *c, sb_error *err)
{
    c->done = true;
    return c->file ? sb_copy_file_close(&c->file, err) : SB_OK;
}

static sb_status go_on(pass *p, copying *c, sb_error *err)
{
    sb_copy_span *span = c->span;
    const sb_copy_packet *packet = current(p);
    int64_t until = packet->at + packet->n_samples;
    bool last = until >= span->end;
    if (last && ends_with_packet(p)) {
        bool ends_before =
            until > span->quiet_until && packet->at >= span->speech_end && packet->at > span->got_start;
        span->got_end = ends_before ? packet->at : until;
        if (ends_before)
            return close_file(c, err);
    }
    sb_status status = write_packet(p, c, packet, err);
    if (status || !last)
        return status;
    if (can_be_overheard(p, span))
        span->hidden_after = until - span->got_end;
    return close_file(c, err);
}

static void stop(copying *c, sb_status status, const sb_error *err)
{
    sb_copy_file_abort(&c->file);
    c->done = true;
    c->span->status = status;
    c->span->error = *err;
}

static void feed(pass *p, copying *c)
{
    sb_error err = {0};
    const sb_copy_packet *packet = current(p);
    sb_status status = SB_OK;
    if (c->done || packet->at + packet->n_samples <= c->span->start)
        return;
    if (!c->begun)
        status = begin_copying(p, c, &err);
    if (!status && c->begun)
        status = go_on(p, c, &err);
    if (status)
        stop(c, status, &err);
}

static sb_status remember(pass *p, sb_error *err)
{
    AVPacket *packet = av_packet_clone(p->source.demux.packet);
    if (!packet)
        return sb_error_memory(err, "copying packets");
    if (p->n_history == HISTORY) {
        av_packet_free(&p->history[0].packet);
        memmove(p->history, p->history + 1, sizeof *p->history * --p->n_history);
    }
    p->history[p->n_history++] =
        (sb_copy_packet){.packet = packet, .at = p->source.at, .n_samples = p->source.n_samples};
    return SB_OK;
}

static bool all_done(const pass *p)
{
    for (size_t i = 0; i < p->n_copies; i++)
        if (!p->copies[i].done)
            return false;
    return true;
}

static sb_status read_packets(pass *p, sb_error *err)
{
    bool end = false;
    while (!all_done(p)) {
        sb_status status = sb_copy_source_next(&p->source, &end, err);
        if (end || status)
            return status;
        status = remember(p, err);
        if (status)
            return status;
        for (size_t i = 0; i < p->n_copies; i++)
            feed(p, &p->copies[i]);
    }
    return SB_OK;
}

/* The file ends before the span does. */
static void cut_short(pass *p, copying *c)
{
    sb_error err = {0};
    sb_status status = SB_OK;
    if (!c->begun)
        status =
            sb_error_set(&err, SB_ERR_IO, "the audio ends before the quote begins; make the alignment again");
    else
        c->span->got_end = current(p)->at + current(p)->n_samples;
    if (!status)
        status = close_file(c, &err);
    if (status)
        stop(c, status, &err);
}

static void finish_pass(pass *p, sb_status status, const sb_error *err)
{
    for (size_t i = 0; i < p->n_copies; i++) {
        if (p->copies[i].done)
            continue;
        if (status)
            stop(&p->copies[i], status, err);
        else
            cut_short(p, &p->copies[i]);
    }
    for (int i = 0; i < p->n_history; i++)
        av_packet_free(&p->history[i].packet);
    sb_copy_source_finish(&p->source);
}

sb_status sb_copy_spans(sb_copy_span *spans, size_t n, const char *path, const sb_media_params *params,
                        sb_error *err)
{
    pass p = {.n_copies = n < SB_COPY_AT_ONCE ? n : SB_COPY_AT_ONCE};
    for (size_t i = 0; i < p.n_copies; i++)
        p.copies[i].span = &spans[i];
    sb_error reason = {0};
    sb_status status = sb_copy_source_open(&p.source, path, params, &reason);
    if (!status)
        status = read_packets(&p, &reason);
    finish_pass(&p, status, &reason);
    if (status && err)
        *err = reason;
    return status;
}
