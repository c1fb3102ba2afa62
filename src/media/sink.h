/* The file an encoder writes to, for the callbacks of muxers. */
#ifndef SB_MEDIA_SINK_H
#define SB_MEDIA_SINK_H

#include "soundbite/file.h"

/* Writes to a descriptor and keeps the first error. Muxers seek back to complete their headers. If the output
 * cannot seek (a pipe, a device), an unnamed temporary file is used, and sb_sink_close copies it to the
 * output. */
typedef struct sb_sink {
    sb_output *output;
    int fd;
    int spool; /* the temporary file; -1: none */
    int error; /* errno of the first failure; 0: none */
} sb_sink;

/* Returns SB_ERR_IO. */
sb_status sb_sink_open(sb_sink *sink, sb_output *output, sb_error *err);

/* Writes all of it. Returns `size`, or -1 with `error` set. */
int64_t sb_sink_write(sb_sink *sink, const void *data, size_t size);

/* Reads at most `size` bytes at `offset` without moving the position. Returns 0 at the end, -1 with `error`
 * set on failure. */
int64_t sb_sink_read_at(sb_sink *sink, void *data, size_t size, int64_t offset);

/* Does the same as lseek; also gives the size. Returns -1 with `error` set on failure. */
int64_t sb_sink_seek(sb_sink *sink, int64_t offset, int whence);
int64_t sb_sink_size(sb_sink *sink);

/* Returns SB_ERR_IO with the system's reason if anything failed so far. */
sb_status sb_sink_check(const sb_sink *sink, sb_error *err);

/* Copies a temporary file to the output if `status` is SB_OK, and releases it. */
sb_status sb_sink_close(sb_sink *sink, sb_status status, sb_error *err);

#endif
