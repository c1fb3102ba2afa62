/* Independent pieces of work on several threads. */
#ifndef SB_BASE_PARALLEL_H
#define SB_BASE_PARALLEL_H

#include <stddef.h>

/* The number of cores this process may use, at least 1. */
int sb_cores(void);

/* Calls work(user, i) for every i < n, each once, on `jobs` threads (0: sb_cores(); 1: here). Returns when all are done.
 * Pieces are taken in order; where a thread cannot be started, the others do its share. */
void sb_parallel_for(size_t n, int jobs, void (*work)(void *user, size_t index), void *user);

#endif
