/* Spans of a file copied into files of their own, packets untouched: nothing is decoded, and nothing is lost. */
#ifndef SB_MEDIA_COPY_H
#define SB_MEDIA_COPY_H

#include "media/copy_codec.h"
#include "soundbite/media.h"

struct sb_output;

typedef struct sb_copy_span {
    int64_t start, end; /* samples of the timeline that are wanted */

    /* For edges that lie between packets (FLAC, raw AAC, the end of AAC): [speech_start, speech_end) is always whole. An edge goes
     * outwards to the next packet, unless that is beyond quiet_from or quiet_until and a packet nearer leaves the speech
     * whole. */
    int64_t quiet_from, speech_start, speech_end, quiet_until;

    const char *extension;    /* without its dot; sb_copy_codec_check has passed it */
    struct sb_output *output; /* stays the caller's; NULL: the edges are found, nothing is written */
    const sb_tag *tags;
    size_t n_tags;

    int64_t got_start, got_end;          /* what the file presents */
    int64_t hidden_before, hidden_after; /* what a player adds that knows nothing of delays in this format */
    sb_status status;
    sb_error error;
} sb_copy_span;

#define SB_COPY_AT_ONCE 64

/* Copies `n` spans, at most SB_COPY_AT_ONCE, in one pass over the packets of the file; they must be in the order of their
 * start. The file must be one whose places by count and by time stamp agree (sb_media_report.seek_safe). What is wrong
 * with one span is kept in its status; the call itself fails as sb_decoder_open does, with SB_ERR_UNSUPPORTED where
 * the codec is not copied, and with SB_ERR_FORMAT at a broken packet. */
sb_status sb_copy_spans(sb_copy_span *spans, size_t n, const char *path, const sb_media_params *params,
                        sb_error *err);

#endif
