#include "quote/find/find.h"

#include <string.h>

#define LETTERS_SEEN 64

static size_t seen_length(const char *text)
{
    size_t n = strlen(text);
    return n < LETTERS_SEEN ? n : LETTERS_SEEN;
}

void sb_letters_init(sb_letters *out, const char *word)
{
    *out = (sb_letters){.n = seen_length(word)};
    for (size_t k = 0; k < out->n; k++)
        out->at[(unsigned char)word[k]] |= UINT64_C(1) << k;
}

int64_t sb_unlikeness(const sb_letters *word, const char *other)
{
    size_t n = seen_length(other), distance = word->n, longest = n > word->n ? n : word->n;
    if (word->n == 0 || n == 0)
        return longest ? SB_MAX_UNLIKE : 0;
    uint64_t up = ~UINT64_C(0), down = 0, last = UINT64_C(1) << (word->n - 1);
    for (size_t k = 0; k < n; k++) {
        uint64_t equal = word->at[(unsigned char)other[k]];
        uint64_t vertical = equal | down;
        uint64_t horizontal = (((equal & up) + up) ^ up) | equal;
        uint64_t increase = down | ~(horizontal | up), decrease = up & horizontal;
        if (increase & last)
            distance++;
        if (decrease & last)
            distance--;
        increase = (increase << 1) | 1;
        decrease <<= 1;
        up = decrease | ~(vertical | increase);
        down = increase & vertical;
    }
    return (int64_t)(distance * SB_MAX_UNLIKE / longest);
}
