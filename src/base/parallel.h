/* Running independent jobs on several threads. */
#ifndef SB_BASE_PARALLEL_H
#define SB_BASE_PARALLEL_H

#include <stddef.h>

/* Returns the number of cores that this process may use, at least 1. */
int sb_cores(void);

/* Calls work(user, i) once for every i < n on `jobs` threads and returns when all calls are done. `jobs` 0
 * means sb_cores(); 1 means the calling thread. Indices are started in ascending order. If a thread cannot be
 * started, the others do its work. */
void sb_parallel_for(size_t n, int jobs, void (*work)(void *user, size_t index), void *user);

#endif
