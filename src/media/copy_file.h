/* Writing packets of another file to a new file. */
#ifndef SB_MEDIA_COPY_FILE_H
#define SB_MEDIA_COPY_FILE_H

#include "media/copy_source.h"
#include "media/sink.h"

typedef struct sb_copy_file sb_copy_file;

typedef struct sb_copy_packet {
    AVPacket *packet;
    int64_t at; /* position in the source */
    int n_samples;
} sb_copy_packet;

/* Begins a file on `output`, which the caller keeps. `first` is the first packet; samples before `start` are
 * hidden. Returns SB_ERR_UNSUPPORTED if the format cannot hide samples; SB_ERR_IO; SB_ERR_MEMORY. */
sb_status sb_copy_file_open(sb_copy_file **out, sb_output *output, const char *extension,
                            const sb_copy_source *source, int64_t first, int64_t start, const sb_tag *tags,
                            size_t n_tags, sb_error *err);

/* Writes a packet. Its samples from `end` on are hidden. Returns SB_ERR_IO or SB_ERR_MEMORY. */
sb_status sb_copy_file_write(sb_copy_file *file, const sb_copy_packet *packet, int64_t end, sb_error *err);

/* Completes the headers, frees the file and sets it to NULL, even on failure. */
sb_status sb_copy_file_close(sb_copy_file **file, sb_error *err);
void sb_copy_file_abort(sb_copy_file **file);

#endif
