/* What the fuzz targets share: requirements, and values taken from the bytes. */
#ifndef FUZZ_H
#define FUZZ_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "soundbite/status.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Ends the process with the condition that does not hold. */
#define require(holds) ((holds) ? (void)0 : fuzz_fail(__FILE__, __LINE__, #holds))

static inline void fuzz_fail(const char *file, int line, const char *holds)
{
    fprintf(stderr, "%s:%d: does not hold: %s\n", file, line, holds);
    abort();
}

/* A call succeeds and makes its output, or fails with a reason. */
static inline void require_outcome(sb_status status, const sb_error *err, bool has_output)
{
    require(err->status == status && has_output == (status == SB_OK));
    require(status == SB_OK || err->message[0]);
}

/* Bytes that are not used yet. */
typedef struct fuzz_bytes {
    const uint8_t *data;
    size_t size;
} fuzz_bytes;

/* The next byte; 0 at the end. */
static inline uint8_t fuzz_take(fuzz_bytes *bytes)
{
    if (bytes->size == 0)
        return 0;
    bytes->size--;
    return *bytes->data++;
}

/* The next line without its end, up to a NUL at most. The caller frees it. */
static inline char *fuzz_take_line(fuzz_bytes *bytes)
{
    size_t length = 0;
    while (length < bytes->size && bytes->data[length] != '\n' && bytes->data[length] != 0)
        length++;
    char *line = malloc(length + 1);
    require(line != NULL);
    if (length > 0)
        memcpy(line, bytes->data, length);
    line[length] = 0;
    size_t used = length < bytes->size ? length + 1 : length;
    bytes->data += used;
    bytes->size -= used;
    return line;
}

#endif
