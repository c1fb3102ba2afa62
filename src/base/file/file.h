/* Files: hashing, and errors of the operating system. */
#ifndef SB_BASE_FILE_FILE_H
#define SB_BASE_FILE_FILE_H

#include <stddef.h>
#include <stdint.h>

#include "soundbite/status.h"

/* SHA-256 of data that arrives in pieces. Built on nettle. */

typedef struct sb_sha256_state {
    _Alignas(16) uint8_t opaque[160];
} sb_sha256_state;

void sb_sha256_init(sb_sha256_state *state);
void sb_sha256_update(sb_sha256_state *state, const void *data, size_t size);

/* Writes 64 lower-case hex digits and a NUL. The state must then be initialised again. */
void sb_sha256_finish(sb_sha256_state *state, char out[65]);

/* Error messages for failed system calls. */

/* Sets `err` to "cannot be DONE (the system's reason); advice" for the errno value `reason` and the file
 * `path`. `done` is "opened", "read" or "written". Returns SB_ERR_IO. */
sb_status sb_error_set_system(sb_error *err, const char *path, const char *done, int reason);

#endif
