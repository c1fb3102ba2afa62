/* A file made of packets from another one. */
#ifndef SB_MEDIA_COPY_FILE_H
#define SB_MEDIA_COPY_FILE_H

#include "media/copy_source.h"
#include "media/sink.h"

typedef struct sb_copy_file sb_copy_file;

typedef struct sb_copy_packet {
    AVPacket *packet;
    int64_t at; /* on the source's timeline */
    int n_samples;
} sb_copy_packet;

/* Begins a file on `output`, which stays the caller's, for packets from `first` on of which samples from `start` on are to
 * be heard. SB_ERR_IO, SB_ERR_MEMORY, SB_ERR_UNSUPPORTED where the format has no way to say that. */
sb_status sb_copy_file_open(sb_copy_file **out, sb_output *output, const char *extension,
                            const sb_copy_source *source, int64_t first, int64_t start, const sb_tag *tags,
                            size_t n_tags, sb_error *err);

/* Writes the packet, of which samples from `end` on are not to be heard. */
sb_status sb_copy_file_write(sb_copy_file *file, const sb_copy_packet *packet, int64_t end, sb_error *err);

/* Completes the headers; frees the file whatever happens and sets it to NULL. */
sb_status sb_copy_file_close(sb_copy_file **file, sb_error *err);
void sb_copy_file_abort(sb_copy_file **file);

#endif
