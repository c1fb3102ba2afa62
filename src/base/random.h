/* Pseudo-random numbers that are the same on every run. */
#ifndef SB_BASE_RANDOM_H
#define SB_BASE_RANDOM_H

#include <stdint.h>

/* Returns the next 64 bits of xorshift64* (Marsaglia 2003, Vigna 2016). Initialise `*state` with a seed other
 * than 0. */
uint64_t sb_random_next(uint64_t *state);

#endif
