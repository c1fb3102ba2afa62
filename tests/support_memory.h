/* Making allocations of the library fail. The linker redirects malloc, calloc and realloc to this file. */
#ifndef SUPPORT_MEMORY_H
#define SUPPORT_MEMORY_H

#include <stdbool.h>
#include <stddef.h>

/* From now on, the n-th allocation (from 0) and all later ones return NULL. */
void memory_fail_from(size_t n);

/* From now on, the n-th allocation (from 0) returns NULL, and later ones succeed. Finds failures that are
 * ignored. */
void memory_fail_once(size_t n);

/* Ends that. Returns true if an allocation failed. */
bool memory_fail_end(void);

/* malloc and free for third-party libraries that accept their own, under the same rule. */
void *memory_malloc(size_t size);
void memory_free(void *p);

#endif
