/* The bytes of a model's file, taken piece by piece. */
#ifndef SB_ACOUSTIC_MODEL_BYTES_H
#define SB_ACOUSTIC_MODEL_BYTES_H

#include "soundbite/file.h"

/* `failed` is set by the first piece that is not there; pieces are zeros from then on. */
typedef struct sb_model_bytes {
    sb_bytes file;
    size_t at;
    bool failed;
    char path[512];
} sb_model_bytes;

/* SB_ERR_IO, SB_ERR_MEMORY. */
sb_status sb_model_bytes_open(sb_model_bytes *b, const char *folder, const char *name, sb_error *err);
void sb_model_bytes_close(sb_model_bytes *b);

/* NULL where fewer than `size` bytes are left. */
const void *sb_model_bytes_take(sb_model_bytes *b, size_t size);
int32_t sb_model_bytes_int(sb_model_bytes *b);

/* The text header of a file in version 3 of the format, and the mark of its byte order. */
void sb_model_bytes_header(sb_model_bytes *b);

/* SB_ERR_FORMAT where a piece was missing. */
sb_status sb_model_bytes_check(const sb_model_bytes *b, sb_error *err);

/* SB_ERR_UNSUPPORTED: the file is sound, but of a kind that is not read. `what` follows the file's name. */
sb_status sb_model_bytes_refuse(const sb_model_bytes *b, sb_error *err, const char *what, ...)
    SB_PRINTF(3, 4);

#endif
