/* Copying spans of a file to new files without decoding and without loss. */
#ifndef SB_MEDIA_COPY_H
#define SB_MEDIA_COPY_H

#include "media/copy_codec.h"
#include "soundbite/media.h"

struct sb_output;

typedef struct sb_copy_span {
    int64_t start, end; /* the samples to copy */

    /* Limits for formats whose edges can only be between packets (FLAC, raw AAC, the end of AAC).
     * [speech_start, speech_end) is always complete. An edge moves outwards to the next packet, unless that
     * is beyond quiet_from or quiet_until and a nearer packet also keeps the speech complete. */
    int64_t quiet_from, speech_start, speech_end, quiet_until;

    const char *extension;    /* without its dot; must have passed sb_copy_codec_check */
    struct sb_output *output; /* kept by the caller; NULL: find the edges without writing */
    const sb_tag *tags;
    size_t n_tags;

    int64_t got_start, got_end;          /* what the file plays */
    int64_t hidden_before, hidden_after; /* extra samples in players that ignore this format's delay */
    sb_status status;
    sb_error error;
} sb_copy_span;

#define SB_COPY_AT_ONCE 64

/* Copies `n` spans, at most SB_COPY_AT_ONCE, in one pass over the packets. The spans must be sorted by start.
 * In the file, positions by count and by timestamp must agree (sb_media_report.seek_safe). An error of one
 * span is kept in its status. The call itself returns the statuses of sb_decoder_open; SB_ERR_UNSUPPORTED if
 * the codec cannot be copied; SB_ERR_FORMAT for a broken packet. */
sb_status sb_copy_spans(sb_copy_span *spans, size_t n, const char *path, const sb_media_params *params,
                        sb_error *err);

#endif
