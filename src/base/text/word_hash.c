#include "base/text/text.h"

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

#define MULTIPLY UINT64_C(1099511628211)

uint64_t sb_hash_add(uint64_t hash, uint64_t value)
{
    return (hash ^ value) * MULTIPLY;
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
