/* The codecs whose packets are copied. */
#ifndef SB_MEDIA_COPY_CODEC_H
#define SB_MEDIA_COPY_CODEC_H

#include "media/demux.h"

typedef struct sb_copy_codec {
    const char *name;          /* libav's */
    const char *extensions[2]; /* of files that can hold it, the likeliest first */
    int (*samples)(const AVPacket *packet, const sb_demux *demux, int rate); /* it decodes to; 0 broken */
    int preroll_samples, preroll_packets; /* at least so much before the first sample that must be right */
} sb_copy_codec;

/* NULL where sound of that codec is not copied. */
const sb_copy_codec *sb_copy_codec_find(const char *name);

/* SB_ERR_UNSUPPORTED where sound of `codec` is not copied, or not into files with `extension` (without its dot). */
sb_status sb_copy_codec_check(const char *codec, const char *extension, sb_error *err);

#endif
