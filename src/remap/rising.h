/* The longest rising part of a row of numbers. */
#ifndef SB_REMAP_RISING_H
#define SB_REMAP_RISING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Sets keep[i] for one longest subsequence of values[0 .. n) that never falls. False when out of memory. */
bool sb_longest_rising(bool *keep, const int64_t *values, size_t n);

#endif
