/* Reading the packets of one audio stream. */
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
    int64_t zero;  /* timestamp of time 0, in the stream's time base */
    bool has_zero; /* false: the first frame's timestamp is 0 */
    bool late;     /* the pictures begin before the sound */
} sb_demux;

/* Opens the stream with index `wanted`; -1 selects the best audio stream. Zero the demux before and finish it
 * even after a failure. Returns SB_ERR_FORMAT, SB_ERR_NO_AUDIO, SB_ERR_ARGUMENT (no such audio stream),
 * SB_ERR_LIMIT, SB_ERR_IO, SB_ERR_INTERRUPTED or SB_ERR_MEMORY. */
sb_status sb_demux_open(sb_demux *d, sb_input *input, const char *path, int wanted, sb_error *err);
void sb_demux_finish(sb_demux *d);

/* Opens the same stream again at its beginning. */
sb_status sb_demux_restart(sb_demux *d, sb_error *err);

/* Reads the stream's next packet into `d->packet`. Sets `*end` after the last. */
sb_status sb_demux_read(sb_demux *d, bool *end, sb_error *err);

/* Sets the error for a stream that ended before its first frame. */
sb_status sb_demux_no_sound(const sb_demux *d, sb_error *err);

bool sb_demux_is_picture(const AVStream *stream); /* moving pictures, not a cover */

#endif
