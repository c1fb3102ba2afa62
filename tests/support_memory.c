#include "support_memory.h"

#include <stdatomic.h>
#include <stdlib.h>

static atomic_bool armed;
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
    armed = true;
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
