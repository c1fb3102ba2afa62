/* Supplying the MP3 bit reservoir for a copy that begins in the middle of a file. */
#ifndef SB_MEDIA_COPY_RESERVOIR_H
#define SB_MEDIA_COPY_RESERVOIR_H

#include "media/copy_file.h"

/* Makes a silent frame to write before history[first]. It carries the main data that this frame needs from
 * the frames before it. The caller frees its packet. Returns SB_ERR_FORMAT if a frame is broken;
 * SB_ERR_UNSUPPORTED if no bit rate has room for the bytes; SB_ERR_MEMORY. */
sb_status sb_copy_reservoir(sb_copy_packet *out, const sb_copy_packet *history, int first, sb_error *err);

#endif
