/* One audio stream of a media file: its packets and its codec. */
#ifndef SB_MEDIA_DEMUX_H
#define SB_MEDIA_DEMUX_H

#include "media/container.h"
#include "media/input.h"

#include <libavcodec/avcodec.h>
#include <libavformat/avformat.h>

typedef struct sb_demux {
    sb_input *input;  /* not owned */
    const char *path; /* for messages */
    const sb_container *container;
    AVFormatContext *format;
    AVCodecContext *codec;
    AVStream *stream;
    AVPacket *packet;
    int64_t zero;  /* stamp of the timeline's zero, in the stream's time base */
    bool has_zero; /* else the first frame's stamp is zero */
    bool late;     /* the pictures begin before the sound */
} sb_demux;

/* Opens the stream with index `wanted`, -1 the best audio stream. The demux is zeroed before, and after a failure
 * finished. SB_ERR_FORMAT, SB_ERR_NO_AUDIO, SB_ERR_ARGUMENT (no such audio stream), SB_ERR_LIMIT, SB_ERR_IO,
 * SB_ERR_INTERRUPTED, SB_ERR_MEMORY. */
sb_status sb_demux_open(sb_demux *d, sb_input *input, const char *path, int wanted, sb_error *err);
void sb_demux_finish(sb_demux *d);

/* Opens the same stream again at the first byte. */
sb_status sb_demux_restart(sb_demux *d, sb_error *err);

/* The stream's next packet, into `d->packet`; `*end` where there is none. */
sb_status sb_demux_read(sb_demux *d, bool *end, sb_error *err);

/* The error for a stream that ended before its first frame. */
sb_status sb_demux_no_sound(const sb_demux *d, sb_error *err);

bool sb_demux_is_picture(const AVStream *stream); /* moving pictures, no cover */

#endif
