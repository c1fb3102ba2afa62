/* Processing a stream of samples on a second thread while the caller produces more. */
#ifndef SB_BASE_RELAY_H
#define SB_BASE_RELAY_H

#include "soundbite/status.h"

#include <stddef.h>

typedef struct sb_relay sb_relay;

/* Called with the samples in order, in blocks of SB_RELAY_BLOCK samples (the last block is shorter), never by
 * two threads at once. The blocks are the same with and without a thread. */
typedef sb_status (*sb_relay_work)(void *user, const float *samples, size_t n_samples, sb_error *err);

#define SB_RELAY_BLOCK 16384

/* Creates a relay. Its thread starts with the first full block. On one core, or if no thread can be started,
 * the caller's thread does the work. Returns SB_ERR_MEMORY. */
sb_status sb_relay_create(sb_relay **out, sb_relay_work work, void *user, sb_error *err);

/* Waits for the current block and discards the blocks after it. */
void sb_relay_free(sb_relay **relay);

/* Copies the samples. Waits if the work is four blocks behind. Returns the first failure of the work, which
 * may be about an earlier block; later blocks are then not processed. */
sb_status sb_relay_push(sb_relay *relay, const float *samples, size_t n_samples, sb_error *err);

/* Hands over the last block, waits for all work and returns its first failure. Nothing can be pushed
 * afterwards. */
sb_status sb_relay_end(sb_relay *relay, sb_error *err);

#endif
