/* SHA-256 of data that arrives in pieces. Built on nettle. */
#ifndef SB_BASE_SHA256_H
#define SB_BASE_SHA256_H

#include <stddef.h>
#include <stdint.h>

typedef struct sb_sha256_state {
    _Alignas(16) uint8_t opaque[160];
} sb_sha256_state;

void sb_sha256_init(sb_sha256_state *state);
void sb_sha256_update(sb_sha256_state *state, const void *data, size_t size);

/* Writes 64 lower-case hex digits and a NUL. The state must then be initialised again. */
void sb_sha256_finish(sb_sha256_state *state, char out[65]);

#endif
