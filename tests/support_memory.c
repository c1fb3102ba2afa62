#include "support_memory.h"

#include <errno.h>
#include <stdatomic.h>
#include <stdlib.h>

static atomic_bool armed, once;
static atomic_bool refused;
static atomic_size_t countdown;

void *__real_malloc(size_t size);
void *__real_calloc(size_t n, size_t size);
void *__real_realloc(void *p, size_t size);
void *__wrap_malloc(size_t size);
void *__wrap_calloc(size_t n, size_t size);
void *__wrap_realloc(void *p, size_t size);

void memory_fail_from(size_t n)
{
    countdown = n;
    refused = false;
    once = false;
    armed = true;
}

void memory_fail_once(size_t n)
{
    memory_fail_from(n);
    once = true;
}

bool memory_fail_end(void)
{
    armed = false;
    return refused;
}

static bool refuse(void)
{
    if (!armed)
        return false;
    if (countdown > 0) {
        countdown--;
        return false;
    }
    refused = true;
    armed = !once;
    errno = ENOMEM;
    return true;
}

void *__wrap_malloc(size_t size)
{
    return refuse() ? NULL : __real_malloc(size);
}

void *__wrap_calloc(size_t n, size_t size)
{
    return refuse() ? NULL : __real_calloc(n, size);
}

void *__wrap_realloc(void *p, size_t size)
{
    return refuse() ? NULL : __real_realloc(p, size);
}

void *memory_malloc(size_t size)
{
    return __wrap_malloc(size);
}

void memory_free(void *p)
{
    free(p);
}
