/* The longest non-decreasing subsequence. */
#ifndef SB_REMAP_RISING_H
#define SB_REMAP_RISING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Sets keep[i] for one longest subsequence of values[0 .. n) that never decreases. Returns false if memory
 * runs out. */
bool sb_longest_rising(bool *keep, const int64_t *values, size_t n);

#endif
