/* Finding the words that two alignments have in common. */
#ifndef SB_REMAP_COMMON_WORDS_H
#define SB_REMAP_COMMON_WORDS_H

#include "soundbite/align.h"

typedef struct sb_common_word {
    const sb_aligned_word *from, *to;
} sb_common_word;

typedef struct sb_common_words {
    sb_common_word *items; /* in the order of both transcripts */
    size_t n_items;
    size_t n_from, n_to; /* number of words with a letter or digit in each */
} sb_common_words;

/* Matches the texts: passages of three words that occur once in each are chained as in patience diff
 * (https://bramcohen.livejournal.com/73318.html) and extended word by word. Case, accents and punctuation are
 * ignored. Returns SB_ERR_MEMORY. */
sb_status sb_common_words_find(sb_common_words *out, const sb_alignment *from, const sb_alignment *to,
                               sb_error *err);
void sb_common_words_finish(sb_common_words *common);

#endif
