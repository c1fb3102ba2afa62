#include "media/copy/copy.h"

#include "base/run/run.h"
#include "media/media.h"

#include <string.h>

#include <libavcodec/avcodec.h>
#include <libavformat/avformat.h>

static bool read_frame(sb_mpeg_layer3 *out, const AVPacket *packet)
{
    return sb_mpeg_layer3_read(out, packet->data, (size_t)packet->size);
}

/* Fills the end of `bytes` with the last `wanted` bytes of main data before history[first]. Returns the
 * number of bytes. */
static size_t collect_reservoir(uint8_t bytes[SB_MPEG_RESERVOIR], const sb_copy_packet *history, int first,
                                size_t wanted)
{
    size_t got = 0;
    sb_mpeg_layer3 frame;
    for (int i = first - 1; i >= 0 && got < wanted; i--) {
        if (!read_frame(&frame, history[i].packet))
            break;
        size_t n = frame.bytes - frame.main_data;
        n = n < wanted - got ? n : wanted - got;
        got += n;
        memcpy(bytes + SB_MPEG_RESERVOIR - got, history[i].packet->data + frame.bytes - n, n);
    }
    return got;
}

sb_status sb_copy_reservoir(sb_copy_packet *out, const sb_copy_packet *history, int first, sb_error *err)
{
    uint8_t bytes[SB_MPEG_RESERVOIR], frame[SB_MPEG_FRAME_MAX];
    sb_mpeg_layer3 head;
    *out = (sb_copy_packet){0};
    if (!read_frame(&head, history[first].packet))
        return sb_error_set_field(err, SB_ERR_FORMAT, "copy", NULL,
                                  "a packet is broken and cannot be copied; turn copying off");
    size_t got = collect_reservoir(bytes, history, first, head.reservoir);
    size_t n = sb_mpeg_layer3_carry(frame, sizeof frame, history[first].packet->data,
                                    bytes + SB_MPEG_RESERVOIR - got, got);
    if (n == 0)
        return sb_error_set_field(err, SB_ERR_UNSUPPORTED, "copy", NULL,
                                  "its bit reservoir does not fit into a frame; turn copying off");
    out->packet = av_packet_alloc();
    if (!out->packet || av_new_packet(out->packet, (int)n) < 0) {
        av_packet_free(&out->packet);
        return sb_error_memory(err, "copying packets");
    }
    memcpy(out->packet->data, frame, n);
    out->n_samples = head.n_samples;
    out->at = history[first].at - head.n_samples;
    return SB_OK;
}
