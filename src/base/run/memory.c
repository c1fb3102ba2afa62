#include "base/run/run.h"
#include "base/run/watch.h"

#include <errno.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static bool resize(void *items, size_t wanted, size_t item_size)
{
    void **slot = items;
    if (wanted > SIZE_MAX / item_size)
        return false;
    void *grown = realloc(*slot, wanted * item_size);
    if (!grown)
        return false;
    *slot = grown;
    return true;
}

bool sb_grow(void *items, size_t n, size_t *capacity, size_t item_size)
{
    if (n < *capacity)
        return true;
    size_t wanted = *capacity < 8 ? 8 : *capacity;
    if (n >= wanted && n > SIZE_MAX / 2)
        return false;
    while (wanted <= n)
        wanted *= 2;
    if (!resize(items, wanted, item_size))
        return false;
    *capacity = wanted;
    return true;
}

void sb_memory_watch(void)
{
    errno = 0;
}

/* Where the address space is limited, each successful allocation of a thread can leave ENOMEM: glibc finds no
 * place for an arena and falls back to mapped memory. Then ENOMEM means nothing. */
static bool always_leaves_enomem(void)
{
    errno = 0;
    void *volatile probe = malloc(1);
    bool spurious = probe && errno == ENOMEM;
    free(probe);
    return spurious;
}

bool sb_memory_failed(void)
{
    return errno == ENOMEM && !always_leaves_enomem();
}

bool sb_push_room(void *items, size_t n, size_t item_size)
{
    if (n & (n - 1))
        return true;
    if (n > SIZE_MAX / 2)
        return false;
    return resize(items, n ? 2 * n : 1, item_size);
}

char *sb_copy_bytes(const char *text, size_t size)
{
    char *copy = size < SIZE_MAX ? malloc(size + 1) : NULL;
    if (!copy)
        return NULL;
    if (size)
        memcpy(copy, text, size);
    copy[size] = '\0';
    return copy;
}

char *sb_copy_text(const char *text, bool *ok)
{
    if (!text)
        return NULL;
    char *copy = sb_copy_bytes(text, strlen(text));
    if (!copy && ok)
        *ok = false;
    return copy;
}

char *sb_text_print(const char *format, ...)
{
    va_list args;
    va_start(args, format);
    int size = vsnprintf(NULL, 0, format, args);
    va_end(args);
    char *text = size < 0 ? NULL : malloc((size_t)size + 1);
    if (!text)
        return NULL;
    va_start(args, format);
    vsnprintf(text, (size_t)size + 1, format, args);
    va_end(args);
    return text;
}

#define ARENA_BLOCK ((size_t)1 << 16)

struct sb_arena_block {
    struct sb_arena_block *before;
    char bytes[];
};

char *sb_arena_copy(sb_arena *arena, const char *text, size_t size)
{
    if (size >= arena->n_left) {
        size_t room = size < ARENA_BLOCK ? ARENA_BLOCK : size + 1;
        struct sb_arena_block *block = size < SIZE_MAX / 2 ? malloc(sizeof *block + room) : NULL;
        if (!block)
            return NULL;
        block->before = arena->blocks;
        arena->blocks = block;
        arena->next = block->bytes;
        arena->n_left = room;
    }
    char *copy = arena->next;
    memcpy(copy, text, size);
    copy[size] = 0;
    arena->next += size + 1;
    arena->n_left -= size + 1;
    return copy;
}

void sb_arena_finish(sb_arena *arena)
{
    while (arena->blocks) {
        struct sb_arena_block *before = arena->blocks->before;
        free(arena->blocks);
        arena->blocks = before;
    }
    *arena = (sb_arena){0};
}
