#include "alignment/alignment.h"

#include "base/run/run.h"
#include "base/words/words.h"

#include <stdlib.h>

static bool add_unit(sb_word_units *units, const sb_aligned_word *word, size_t turn, size_t index)
{
    char *folded = sb_fold(word->text);
    if (!folded)
        return false;
    uint64_t hash = sb_word_hash(folded);
    free(folded);
    if (hash == 0)
        return true;
    if (!sb_grow(&units->items, units->n, &units->capacity, sizeof *units->items))
        return false;
    units->items[units->n++] = (sb_word_unit){hash, word, turn, index};
    return true;
}

bool sb_word_units_make(sb_word_units *out, const sb_alignment *a)
{
    *out = (sb_word_units){0};
    for (size_t i = 0; i < a->n_turns; i++)
        for (size_t j = 0; j < a->turns[i].n_words; j++)
            if (!add_unit(out, &a->turns[i].words[j], i, j))
                return false;
    return true;
}

void sb_word_units_finish(sb_word_units *units)
{
    free(units->items);
    *units = (sb_word_units){0};
}

uint64_t sb_word_units_hash(const sb_word_units *units, size_t at, size_t n)
{
    uint64_t hash = SB_HASH_SEED;
    for (size_t i = 0; i < n; i++)
        hash = sb_hash_add(hash, units->items[at + i].hash);
    return hash;
}
