/* Allocations, of the program and of its libraries. new, strdup, av_malloc and others end here. */
#include <errno.h>
#include <stdlib.h>

#include "shim_faults.h"

static void *(*next_malloc)(size_t), *(*next_calloc)(size_t, size_t), *(*next_realloc)(void *, size_t);
static void *(*next_aligned)(size_t, size_t);
static int (*next_posix)(void **, size_t, size_t);
static void (*next_free)(void *);

/* What dlsym itself allocates while the functions are looked up. */
static _Alignas(max_align_t) char early[8192];
static size_t n_early;
static bool is_looking_up;

static void *take_early(size_t size)
{
    void *p = early + n_early;
    n_early += (size + sizeof(max_align_t) - 1) / sizeof(max_align_t) * sizeof(max_align_t);
    return n_early <= sizeof early ? p : NULL;
}

static bool is_early(const void *p)
{
    return (const char *)p >= early && (const char *)p < early + sizeof early;
}

/* Returns false during the search itself. */
static bool look_up(void)
{
    if (next_free)
        return true;
    if (is_looking_up)
        return false;
    is_looking_up = true;
    next_malloc = NEXT(void *(*)(size_t), "malloc");
    next_calloc = NEXT(void *(*)(size_t, size_t), "calloc");
    next_realloc = NEXT(void *(*)(void *, size_t), "realloc");
    next_aligned = NEXT(void *(*)(size_t, size_t), "aligned_alloc");
    next_posix = NEXT(int (*)(void **, size_t, size_t), "posix_memalign");
    next_free = NEXT(void (*)(void *), "free");
    return true;
}

SHOWN void *malloc(size_t size)
{
    if (!look_up())
        return take_early(size);
    return fault_strikes("memory") ? NULL : next_malloc(size);
}

SHOWN void *calloc(size_t n, size_t size)
{
    if (!look_up())
        return take_early(n * size);
    return fault_strikes("memory") ? NULL : next_calloc(n, size);
}

SHOWN void *realloc(void *p, size_t size)
{
    look_up();
    return fault_strikes("memory") ? NULL : next_realloc(p, size);
}

SHOWN void *aligned_alloc(size_t alignment, size_t size)
{
    look_up();
    return fault_strikes("memory") ? NULL : next_aligned(alignment, size);
}

SHOWN void *memalign(size_t alignment, size_t size);
SHOWN void *memalign(size_t alignment, size_t size)
{
    return aligned_alloc(alignment, size);
}

SHOWN int posix_memalign(void **out, size_t alignment, size_t size)
{
    look_up();
    return fault_strikes("memory") ? ENOMEM : next_posix(out, alignment, size);
}

SHOWN void free(void *p)
{
    if (!is_early(p) && look_up())
        next_free(p);
}
