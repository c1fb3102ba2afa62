/* The packets of a file that can be copied, each with its place on the timeline. */
#ifndef SB_MEDIA_COPY_SOURCE_H
#define SB_MEDIA_COPY_SOURCE_H

#include "media/copy_codec.h"
#include "media/integrity.h"

typedef struct sb_copy_source {
    sb_input *input;
    sb_demux demux;
    sb_integrity integrity;
    const sb_copy_codec *codec;
    int rate;      /* of the timeline */
    int n_dead;    /* packets at the start that decode to nothing */
    int64_t at;    /* where the packet last read lies; the first lies before 0 by the encoder's delay */
    int n_samples; /* that it decodes to */
} sb_copy_source;

/* Opens the file and finds the place of its first packet by decoding to the first sound. SB_ERR_UNSUPPORTED for a codec
 * that is not copied, and as sb_demux_open. Zeroed before; may be finished after a failure. */
sb_status sb_copy_source_open(sb_copy_source *source, const char *path, const sb_media_params *params,
                              sb_error *err);
void sb_copy_source_finish(sb_copy_source *source);

/* The next packet of sound, in `source->demux.packet`; `*end` beyond the last. SB_ERR_FORMAT where it is broken, and as
 * sb_demux_read. */
sb_status sb_copy_source_next(sb_copy_source *source, bool *end, sb_error *err);

#endif
