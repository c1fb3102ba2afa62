#include "archive/pack/pack.h"

#include "base/run/run.h"

#include <stdlib.h>

/* A block takes the rest of a row that is not longer than this. */
#define REST_WORDS 40

static bool begin_block(sb_blocks *blocks)
{
    if (!sb_grow(&blocks->starts, blocks->n_blocks, &blocks->starts_capacity, sizeof *blocks->starts))
        return false;
    blocks->starts[blocks->n_blocks++] = blocks->n_pieces;
    return true;
}

static bool add_piece(sb_blocks *blocks, sb_piece piece)
{
    if (!sb_grow(&blocks->pieces, blocks->n_pieces, &blocks->pieces_capacity, sizeof *blocks->pieces))
        return false;
    blocks->pieces[blocks->n_pieces++] = piece;
    return true;
}

static bool add_row(sb_blocks *blocks, size_t row, size_t n_words, size_t *n_free)
{
    size_t first = 0;
    do {
        size_t rest = n_words - first;
        if (*n_free == 0) {
            if (!begin_block(blocks))
                return false;
            *n_free = SB_BLOCK_WORDS;
        }
        size_t taken = rest <= *n_free + REST_WORDS ? rest : *n_free;
        if (!add_piece(blocks, (sb_piece){row, first, first + taken}))
            return false;
        *n_free -= sb_least_size(*n_free, taken);
        first += taken;
    } while (first < n_words);
    return true;
}

sb_status sb_blocks_make(sb_blocks *out, const sb_alignment *alignment, sb_error *err)
{
    size_t n_free = 0;
    bool ok = true;
    *out = (sb_blocks){0};
    for (size_t row = 0; ok && row < alignment->n_turns; row++)
        ok = add_row(out, row, alignment->turns[row].n_words, &n_free);
    ok = ok && sb_grow(&out->starts, out->n_blocks, &out->starts_capacity, sizeof *out->starts);
    if (!ok) {
        sb_blocks_finish(out);
        return sb_error_memory(err, "packing an alignment");
    }
    out->starts[out->n_blocks] = out->n_pieces;
    return SB_OK;
}

void sb_blocks_finish(sb_blocks *blocks)
{
    free(blocks->pieces);
    free(blocks->starts);
    *blocks = (sb_blocks){0};
}
