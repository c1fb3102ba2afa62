/* The file that an encoder writes to, as the callbacks of muxers see it. */
#ifndef SB_MEDIA_SINK_H
#define SB_MEDIA_SINK_H

#include "soundbite/file.h"

/* Writes to a descriptor and keeps the first error. Muxers go back to complete their headers: where the output
 * cannot seek (a pipe, a device), an unnamed temporary file takes its place until sb_sink_close copies it over. */
typedef struct sb_sink {
    sb_output *output;
    int fd;
    int spool; /* the temporary file, -1 none */
    int error; /* errno of the first failure, 0 none */
} sb_sink;

/* SB_ERR_IO. */
sb_status sb_sink_open(sb_sink *sink, sb_output *output, sb_error *err);

/* Writes all of it: `size`, or -1 with `error` set. */
int64_t sb_sink_write(sb_sink *sink, const void *data, size_t size);

/* Reads at `offset` without moving the position; at most `size`, 0 at the end, -1 with `error` set. */
int64_t sb_sink_read_at(sb_sink *sink, void *data, size_t size, int64_t offset);

/* lseek and the size of what is written; -1 with `error` set. */
int64_t sb_sink_seek(sb_sink *sink, int64_t offset, int whence);
int64_t sb_sink_size(sb_sink *sink);

/* SB_ERR_IO with the system's reason where anything failed so far. */
sb_status sb_sink_check(const sb_sink *sink, sb_error *err);

/* Hands a temporary file over to the output where `status` is SB_OK, and releases it. */
sb_status sb_sink_close(sb_sink *sink, sb_status status, sb_error *err);

#endif
