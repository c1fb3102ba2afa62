#include "base/text/text.h"
#include "base/words/words.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#define MULTIPLY UINT64_C(1099511628211)

uint64_t sb_hash_add(uint64_t hash, uint64_t value)
{
    return (hash ^ value) * MULTIPLY;
}

uint64_t sb_hash_bytes(uint64_t hash, const void *data, size_t size)
{
    const unsigned char *bytes = data;
    for (size_t i = 0; i < size; i++)
        hash = sb_hash_add(hash, bytes[i]);
    return hash;
}

uint64_t sb_hash_text(uint64_t hash, const char *text)
{
    return sb_hash_bytes(hash, text, strlen(text));
}

bool sb_hash_index_init(sb_hash_index *index, size_t n)
{
    size_t n_slots = 16;

    while (n_slots < 2 * n)
        n_slots *= 2;
    *index = (sb_hash_index){calloc(n_slots, sizeof *index->slots), n_slots};
    return index->slots;
}

void sb_hash_index_finish(sb_hash_index *index)
{
    free(index->slots);
    *index = (sb_hash_index){0};
}

uint32_t *sb_hash_index_find(const sb_hash_index *index, uint64_t hash, sb_hash_same *same, const void *user)
{
    size_t mask = index->n_slots - 1, at = (size_t)(hash ^ hash >> 29) & mask;

    while (index->slots[at] && !same(user, index->slots[at] - 1))
        at = (at + 1) & mask;
    return &index->slots[at];
}

size_t sb_word_core(const char *word, size_t *from)
{
    size_t size = strlen(word), until = 0;

    *from = size;
    for (size_t at = 0; at < size;) {
        size_t begin = at;
        int32_t c = sb_utf8_next(word, size, &at);
        if (!sb_is_letter(c) && !sb_is_digit(c))
            continue;
        *from = begin < *from ? begin : *from;
        until = at;
    }
    return until > *from ? until - *from : 0;
}

uint64_t sb_word_hash(const char *folded)
{
    uint64_t hash = SB_HASH_SEED;
    bool any = false;
    size_t size = strlen(folded);

    for (size_t at = 0; at < size;) {
        int32_t c = sb_utf8_next(folded, size, &at);
        if (!sb_is_letter(c) && !sb_is_digit(c))
            continue;
        hash = sb_hash_add(hash, (uint64_t)c);
        any = true;
    }
    return any ? hash : 0;
}

bool sb_word_same_core(const char *one, const char *other)
{
    size_t from, size = sb_word_core(one, &from), other_from, other_size = sb_word_core(other, &other_from);
    return size == other_size && memcmp(one + from, other + other_from, size) == 0;
}
