#include "archive/search/search.h"

#include "alignment/alignment.h"

#include <stdlib.h>

/* Blocks have different numbers of words, so those before are counted. */
sb_status sb_search_place(sb_archive_match *match, sb_search *search, const sb_found *found, sb_error *err)
{
    sb_alignment before = {0};
    const sb_archive_source *source = &search->out->sources[found->source];
    sb_archive_read_blocks(&before, search->archive, &source->speakers, source->id << SB_BLOCK_BITS,
                           found->block, true, err);
    match->first_word = (size_t)((int64_t)sb_alignment_n_words(&before) + found->word);
    for (size_t i = 0; i < before.n_turns; i++)
        sb_aligned_turn_finish(&before.turns[i]);
    free(before.turns);
    return err->status;
}
