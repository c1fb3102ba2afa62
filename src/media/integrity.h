/* Detecting damage that libav ignores: truncated frames, lost bytes and missing ends. */
#ifndef SB_MEDIA_INTEGRITY_H
#define SB_MEDIA_INTEGRITY_H

#include "media/demux.h"

typedef enum sb_packet_kind {
    SB_PACKET_SOUND,
    SB_PACKET_JOIN,   /* an encoder's header frame in the middle: the sound of another file begins */
    SB_PACKET_TORN,   /* a frame shorter than its header states */
    SB_PACKET_TAG,    /* a tag between or after the frames */
    SB_PACKET_PADDING /* zeros */
} sb_packet_kind;

typedef struct sb_integrity {
    int64_t place;  /* position of the last packet, or of its page */
    int64_t n_read; /* bytes of packets at that position */
    int64_t n_lost; /* bytes skipped before the last position that belong to no packet */
    int64_t n_packets;
    int64_t tag_end; /* end of the last ID3v2 tag between the frames */
} sb_integrity;

/* Returns the kind of the demux's packet. Call it once per packet, in order. */
sb_packet_kind sb_integrity_packet(sb_integrity *g, const sb_demux *demux);

/* Returns true if bytes were skipped just before the last packet, as after a broken page or cluster. Always
 * false for files with several streams. */
bool sb_integrity_lost_bytes(const sb_integrity *g, const sb_demux *demux);

/* To be called at the end of the file. Returns true if the container's structure says that the file
 * continues. `n_samples` were decoded. `broken_last` is true if the last packets could not be decoded. */
bool sb_integrity_is_cut(const sb_demux *demux, int64_t n_samples, int rate, bool broken_last);

#endif
