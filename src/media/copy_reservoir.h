/* The bit reservoir of MP3, for a file that begins in the middle of another. */
#ifndef SB_MEDIA_COPY_RESERVOIR_H
#define SB_MEDIA_COPY_RESERVOIR_H

#include "media/copy_file.h"

/* A silent frame, to be written before history[first], that carries the main data which that frame needs of the frames
 * before it; the caller frees its packet. SB_ERR_FORMAT where a frame is broken, SB_ERR_UNSUPPORTED where no bit
 * rate has room for the bytes, SB_ERR_MEMORY. */
sb_status sb_copy_reservoir(sb_copy_packet *out, const sb_copy_packet *history, int first, sb_error *err);

#endif
