/* Input for libav: one file descriptor. libav cannot open anything else. */
#ifndef SB_MEDIA_INPUT_H
#define SB_MEDIA_INPUT_H

#include "soundbite/media.h"

#include <libavformat/avio.h>

#define SB_INPUT_HEAD 4096
#define SB_INPUT_TAIL (128 * 1024) /* a power of two; an Ogg page has at most 65307 bytes */

typedef struct sb_input sb_input;

/* Opens a file; "-" is standard input. The hash is computed while reading if `params->hash` is set or the
 * input cannot be read twice. Returns SB_ERR_IO, SB_ERR_FORMAT (an empty file) or SB_ERR_MEMORY. */
sb_status sb_input_open(sb_input **out, const char *path, const sb_media_params *params, sb_error *err);
void sb_input_free(sb_input **input);

/* Owned by the input. Not seekable for a pipe. */
AVIOContext *sb_input_avio(sb_input *input);
bool sb_input_seekable(const sb_input *input);

/* Returns the size in bytes. For a pipe it is known once its end was read; until then the result is -1. */
int64_t sb_input_size(const sb_input *input);

/* For AVFormatContext.interrupt_callback. Stops a call that was cancelled or exceeds the deadline.
 * sb_input_arm restarts the deadline. */
AVIOInterruptCB sb_input_interrupt(sb_input *input);
void sb_input_arm(sb_input *input);

/* Returns why reading stopped early: SB_ERR_INTERRUPTED or SB_ERR_IO with the error set, or SB_OK if it did
 * not. */
sb_status sb_input_trouble(const sb_input *input, sb_error *err);

/* Returns the first bytes of the file, up to SB_INPUT_HEAD, and sets `*n` to their number. */
const uint8_t *sb_input_head(sb_input *input, size_t *n);

/* Copies bytes at `offset` without moving libav's position. For a pipe, only the first SB_INPUT_HEAD and the
 * last SB_INPUT_TAIL bytes read are available. Returns the number of bytes copied, 0 if none are
 * available. */
size_t sb_input_peek(const sb_input *input, int64_t offset, uint8_t *out, size_t size);

/* Returns to the first byte, for a new demuxer. Returns false for a pipe. */
bool sb_input_rewind(sb_input *input);

/* Writes the SHA-256 of all bytes, reading to the end. Returns SB_ERR_IO or SB_ERR_INTERRUPTED. */
sb_status sb_input_sha256(sb_input *input, char out[65], sb_error *err);

#endif
