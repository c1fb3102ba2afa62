/* Numbers that look random and are the same on every run. */
#ifndef SB_BASE_RANDOM_H
#define SB_BASE_RANDOM_H

#include <stdint.h>

/* The next 64 bits by xorshift64* (Marsaglia 2003, Vigna 2016). `*state` is a seed other than 0 at first. */
uint64_t sb_random_next(uint64_t *state);

#endif
