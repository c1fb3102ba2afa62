/* Signs of damage that libav passes over in silence: torn frames, lost bytes, a missing end. */
#ifndef SB_MEDIA_INTEGRITY_H
#define SB_MEDIA_INTEGRITY_H

#include "media/demux.h"

typedef enum sb_packet_kind {
    SB_PACKET_SOUND,
    SB_PACKET_JOIN,   /* sound that begins a file of its own: an encoder's header frame in the middle */
    SB_PACKET_TORN,   /* a frame shorter than its header says */
    SB_PACKET_TAG,    /* a tag between or after the frames, no sound */
    SB_PACKET_PADDING /* zeros */
} sb_packet_kind;

typedef struct sb_integrity {
    int64_t place;  /* of the last packet, or of the page it lay in */
    int64_t n_read; /* bytes of packets at that place */
    int64_t n_lost; /* bytes passed over before the last place that no packet accounts for */
    int64_t n_packets;
    int64_t tag_end; /* where the last ID3v2 tag between the frames ends */
} sb_integrity;

/* What the demux's packet is. Call it once for each, in order. */
sb_packet_kind sb_integrity_packet(sb_integrity *g, const sb_demux *demux);

/* True where bytes were passed over just before the last packet, as happens when a page or a cluster is broken. Told
 * only of files with a single stream. */
bool sb_integrity_lost_bytes(const sb_integrity *g, const sb_demux *demux);

/* At the end of the file: true where it goes on according to its own structure. `n_samples` were decoded;
 * `broken_last` tells that the last packets could not be. */
bool sb_integrity_is_cut(const sb_demux *demux, int64_t n_samples, int rate, bool broken_last);

#endif
