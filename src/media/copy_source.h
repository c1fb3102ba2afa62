/* Reading the packets of a file together with their positions, for copying. */
#ifndef SB_MEDIA_COPY_SOURCE_H
#define SB_MEDIA_COPY_SOURCE_H

#include "media/copy_codec.h"
#include "media/integrity.h"

typedef struct sb_copy_source {
    sb_input *input;
    sb_demux demux;
    sb_integrity integrity;
    const sb_copy_codec *codec;
    int rate;      /* sample rate of the positions */
    int n_dead;    /* packets at the start that decode to nothing */
    int64_t at;    /* position of the current packet; the first is before 0 by the encoder's delay */
    int n_samples; /* samples that it decodes to */
} sb_copy_source;

/* Opens the file and finds the position of its first packet by decoding to the first sound. Zero the source
 * before; it may be finished after a failure. Returns SB_ERR_UNSUPPORTED if the codec cannot be copied, and
 * the statuses of sb_demux_open. */
sb_status sb_copy_source_open(sb_copy_source *source, const char *path, const sb_media_params *params,
                              sb_error *err);
void sb_copy_source_finish(sb_copy_source *source);

/* Reads the next audio packet into `source->demux.packet`. Sets `*end` after the last. Returns SB_ERR_FORMAT
 * if it is broken, and the statuses of sb_demux_read. */
sb_status sb_copy_source_next(sb_copy_source *source, bool *end, sb_error *err);

#endif
