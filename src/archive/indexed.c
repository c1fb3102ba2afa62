#include "archive/archive.h"

#include "archive/pack/pack.h"
#include "base/run/run.h"
#include "base/words/words.h"

#include <stdlib.h>

static size_t first_word_of(const sb_indexed *indexed, size_t block)
{
    const sb_blocks *blocks = indexed->blocks;
    if (block == blocks->n_blocks)
        return indexed->runs.n_words;
    const sb_piece *piece = &blocks->pieces[blocks->starts[block]];
    return indexed->runs.row_start[piece->row] + piece->first_word;
}

/* A block has its own places and the first SB_TERM_SPAN ones after it. */
static void list_texts(sb_indexed *indexed)
{
    const sb_terms *terms = &indexed->terms;
    size_t place = 0;
    for (size_t i = 0; i < indexed->blocks->n_blocks; i++) {
        size_t end_word = first_word_of(indexed, i + 1), first = place;
        while (place < terms->n_places && terms->places[place].word < end_word)
            place++;
        size_t end = sb_least_size(place + SB_TERM_SPAN, terms->n_places);
        if (place == first) /* it has no words */
            end = first;
        const char *text = terms->text.data ? terms->text.data : "";
        sb_block_text *out = &indexed->texts[i];
        if (end > first) {
            out->text = text + terms->places[first].at;
            out->size = terms->places[end - 1].at + terms->places[end - 1].size - terms->places[first].at;
        } else {
            out->text = "";
        }
        out->sum = (int64_t)sb_hash_bytes(SB_HASH_SEED, out->text, out->size);
    }
}

sb_status sb_indexed_make(sb_indexed *out, const sb_alignment *alignment, sb_error *err)
{
    *out = (sb_indexed){.blocks = calloc(1, sizeof *out->blocks)};
    if (!out->blocks)
        return sb_error_memory(err, "indexing an alignment");
    if (sb_blocks_make(out->blocks, alignment, err) || sb_runs_init(&out->runs, alignment, err) ||
        sb_terms_make(&out->terms, &out->runs, alignment->transcript.language, err))
        return SB_ERR_MEMORY;
    out->texts = calloc(out->blocks->n_blocks + 1, sizeof *out->texts);
    if (!out->texts)
        return sb_error_memory(err, "indexing an alignment");
    list_texts(out);
    return SB_OK;
}

void sb_indexed_finish(sb_indexed *indexed)
{
    if (indexed->blocks)
        sb_blocks_finish(indexed->blocks);
    free(indexed->blocks);
    sb_terms_finish(&indexed->terms);
    sb_runs_finish(&indexed->runs);
    free(indexed->texts);
    *indexed = (sb_indexed){0};
}
