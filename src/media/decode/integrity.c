#include "media/decode/decode.h"
#include "media/input/input.h"

#include "media/media.h"

#include <string.h>

#include <libavcodec/avcodec.h>
#include <libavformat/avformat.h>

/* More than the headers of an Ogg page, or of a Matroska cluster and its blocks. */
enum { OVERHEAD_BYTES = 600 };

static bool is_kind(const sb_demux *d, const char *container)
{
    return strcmp(d->container->name, container) == 0;
}

static bool begins(const AVPacket *packet, const char *magic)
{
    size_t n = strlen(magic);
    return (size_t)packet->size >= n && memcmp(packet->data, magic, n) == 0;
}

/* A tag may contain a picture with bytes that look like frames. */
static bool is_in_tag(sb_integrity *g, const AVPacket *packet)
{
    const uint8_t *p = packet->data;
    if (begins(packet, "ID3") && packet->size >= 10)
        g->tag_end =
            packet->pos + 10 + ((p[6] & 127) << 21 | (p[7] & 127) << 14 | (p[8] & 127) << 7 | (p[9] & 127));
    return packet->pos >= 0 && packet->pos < g->tag_end;
}

static bool is_tag(const AVPacket *packet)
{
    return begins(packet, "TAG") || begins(packet, "APETAGEX") || begins(packet, "LYRICSBEGIN");
}

static bool is_zero(const AVPacket *packet)
{
    for (int i = 0; i < packet->size; i++)
        if (packet->data[i])
            return false;
    return true;
}

static void account(sb_integrity *g, const AVPacket *packet)
{
    if (packet->pos < 0)
        return;
    if (packet->pos != g->place) {
        g->n_lost = g->n_packets ? packet->pos - (g->place + g->n_read) : 0;
        g->place = packet->pos;
        g->n_read = 0;
    }
    g->n_read += packet->size;
    g->n_packets++;
}

static sb_packet_kind mpeg_kind(const sb_integrity *g, const AVPacket *packet)
{
    int length = sb_mpeg_frame_bytes(packet->data, (size_t)packet->size);
    if (length > packet->size)
        return SB_PACKET_TORN;
    if (length && g->n_packets > 1 && sb_mpeg_is_header_frame(packet->data, (size_t)packet->size))
        return SB_PACKET_JOIN;
    return SB_PACKET_SOUND;
}

sb_packet_kind sb_integrity_packet(sb_integrity *g, const sb_demux *d)
{
    const AVPacket *packet = d->packet;
    account(g, packet);
    if (!is_kind(d, "mp3") && !is_kind(d, "aac"))
        return SB_PACKET_SOUND;
    if (is_in_tag(g, packet) || is_tag(packet))
        return SB_PACKET_TAG;
    if (is_zero(packet))
        return SB_PACKET_PADDING;
    return is_kind(d, "mp3") ? mpeg_kind(g, packet) : SB_PACKET_SOUND;
}

bool sb_packet_has_sound(sb_packet_kind kind)
{
    return kind == SB_PACKET_SOUND || kind == SB_PACKET_JOIN;
}

bool sb_integrity_lost_bytes(const sb_integrity *g, const sb_demux *d)
{
    return d->format->nb_streams == 1 && g->n_lost > OVERHEAD_BYTES &&
           (is_kind(d, "ogg") || is_kind(d, "matroska"));
}

static bool index_goes_on(const sb_demux *d)
{
    int n = avformat_index_get_entries_count(d->stream);
    const AVIndexEntry *last = n > 0 ? avformat_index_get_entry(d->stream, n - 1) : NULL;
    int64_t size = sb_input_size(d->input);
    return last && size >= 0 && last->pos + last->size > size;
}

static bool header_promises_more(const sb_demux *d, int64_t n_samples, int longest_frame, int rate)
{
    if (d->stream->duration <= 0)
        return false;
    AVRational sample = {1, rate};
    int64_t promised = av_rescale_q(d->stream->duration, d->stream->time_base, sample);
    return promised - n_samples > FFMAX(rate / 10, longest_frame);
}

bool sb_integrity_is_cut(const sb_demux *d, int64_t n_samples, int longest_frame, int rate, bool broken_last)
{
    static const char *const exact[] = {"aiff", "au", "w64", "tta", "nistsphere"};
    if (is_kind(d, "flac") && d->stream->duration > 0)
        return header_promises_more(d, n_samples, 0,
                                    rate); /* a tag after the last frame looks like a broken frame */
    if (broken_last)
        return true;
    if (is_kind(d, "wav"))
        return sb_ending_wav_is_cut(d->input);
    if (is_kind(d, "caf"))
        return sb_ending_caf_is_cut(d->input);
    if (is_kind(d, "ogg"))
        return sb_ending_ogg_is_cut(d->input);
    if (is_kind(d, "matroska"))
        return sb_ending_matroska_is_cut(d->input);
    if (is_kind(d, "mov"))
        return index_goes_on(d);
    for (size_t i = 0; i < sizeof exact / sizeof *exact; i++)
        if (is_kind(d, exact[i]))
            return header_promises_more(d, n_samples, longest_frame, rate);
    return false;
}
