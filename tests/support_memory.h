/* Allocations of the library that fail on demand: the linker sends malloc, calloc and realloc through here. */
#ifndef SUPPORT_MEMORY_H
#define SUPPORT_MEMORY_H

#include <stdbool.h>
#include <stddef.h>

/* Lets the n-th allocation from now on (from 0) and all after it return NULL. */
void memory_fail_from(size_t n);

/* Ends that, and tells whether an allocation was refused. */
bool memory_fail_end(void);

/* malloc and free for third-party libraries that take their own, under the same rule. */
void *memory_malloc(size_t size);
void memory_free(void *p);

#endif
