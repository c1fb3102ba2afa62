/* The one descriptor that a media file is read from: libav sees it through here and can open nothing else. */
#ifndef SB_MEDIA_INPUT_H
#define SB_MEDIA_INPUT_H

#include "soundbite/media.h"

#include <libavformat/avio.h>

#define SB_INPUT_HEAD 4096
#define SB_INPUT_TAIL (128 * 1024) /* a power of two; an Ogg page is at most 65307 bytes */

typedef struct sb_input sb_input;

/* `path` "-" is standard input. The file's hash is kept up while it is read where `params->hash` is set, or where it
 * cannot be read twice. SB_ERR_IO, SB_ERR_FORMAT (an empty file), SB_ERR_MEMORY. */
sb_status sb_input_open(sb_input **out, const char *path, const sb_media_params *params, sb_error *err);
void sb_input_free(sb_input **input);

/* Owned by the input; for a pipe not seekable. */
AVIOContext *sb_input_avio(sb_input *input);
bool sb_input_seekable(const sb_input *input);

/* Bytes in all: of a regular file at once, of a pipe once its end was read, else -1. */
int64_t sb_input_size(const sb_input *input);

/* For AVFormatContext.interrupt_callback: ends a call that was cancelled or took longer than the deadline, which
 * sb_input_arm sets anew. */
AVIOInterruptCB sb_input_interrupt(sb_input *input);
void sb_input_arm(sb_input *input);

/* What ended reading early: SB_OK where nothing did, else SB_ERR_INTERRUPTED or SB_ERR_IO, with the error set. */
sb_status sb_input_trouble(const sb_input *input, sb_error *err);

/* The first bytes of the file, up to SB_INPUT_HEAD of them; `*n` is how many there are. */
const uint8_t *sb_input_head(sb_input *input, size_t *n);

/* Bytes of the file at `offset`, without moving the position that libav reads at. Of a pipe only the first
 * SB_INPUT_HEAD and the last SB_INPUT_TAIL bytes read are there. The number copied, 0 where there are none. */
size_t sb_input_peek(const sb_input *input, int64_t offset, uint8_t *out, size_t size);

/* Back to the first byte, for a new demuxer. False for a pipe. */
bool sb_input_rewind(sb_input *input);

/* SHA-256 of all bytes, read to the end. SB_ERR_IO, SB_ERR_INTERRUPTED. */
sb_status sb_input_sha256(sb_input *input, char out[65], sb_error *err);

#endif
