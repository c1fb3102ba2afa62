/* A stream of samples worked on by a thread of its own, while the caller makes the next ones. */
#ifndef SB_BASE_RELAY_H
#define SB_BASE_RELAY_H

#include "soundbite/status.h"

#include <stddef.h>

typedef struct sb_relay sb_relay;

/* Called with the samples in order, in blocks of SB_RELAY_BLOCK (the last is shorter), never twice at the same time. The blocks are the
 * same with a thread and without. */
typedef sb_status (*sb_relay_work)(void *user, const float *samples, size_t n_samples, sb_error *err);

#define SB_RELAY_BLOCK 16384

/* The thread starts with the first full block. On one core, or where no thread can be started, the caller's thread does the work.
 * SB_ERR_MEMORY. */
sb_status sb_relay_create(sb_relay **out, sb_relay_work work, void *user, sb_error *err);

/* Waits for the work that is under way; what waits behind it is dropped. */
void sb_relay_free(sb_relay **relay);

/* Copies the samples; waits while four blocks are ahead of the work. Returns the first failure of the work, which may be that of an earlier
 * block; nothing is worked on after it. */
sb_status sb_relay_push(sb_relay *relay, const float *samples, size_t n_samples, sb_error *err);

/* Hands over the last block and returns when all the work is done, with its first failure. Nothing can be pushed afterwards. */
sb_status sb_relay_end(sb_relay *relay, sb_error *err);

#endif
