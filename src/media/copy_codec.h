/* The codecs that can be copied. */
#ifndef SB_MEDIA_COPY_CODEC_H
#define SB_MEDIA_COPY_CODEC_H

#include "media/demux.h"

typedef struct sb_copy_codec {
    const char *name;          /* libav's name */
    const char *extensions[2]; /* extensions of files that support it, the most usual first */
    /* samples that the packet decodes to; 0 if it is broken */
    int (*samples)(const AVPacket *packet, const sb_demux *demux, int rate);
    int preroll_samples, preroll_packets; /* needed before the first sample that must be correct */
} sb_copy_codec;

/* Returns NULL if this codec cannot be copied. */
const sb_copy_codec *sb_copy_codec_find(const char *name);

/* Returns SB_ERR_UNSUPPORTED if `codec` cannot be copied, or not to files with `extension` (without its
 * dot). */
sb_status sb_copy_codec_check(const char *codec, const char *extension, sb_error *err);

#endif
