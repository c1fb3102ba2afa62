/* What a decoder heard, matched to the words that it was given. */
#ifndef SB_ALIGN_WORD_MATCH_H
#define SB_ALIGN_WORD_MATCH_H

#include "align/acoustic_model.h"

#define SB_HEARD_FILLER UINT32_MAX

/* A stretch of frames [start, end) taken for one word or for a filler: silence, noise, unwritten speech. */
typedef struct sb_heard {
    uint32_t lexeme; /* or SB_HEARD_FILLER */
    uint32_t way;
    int32_t start, end;
    double log_likelihood; /* of all its frames, in nats */
} sb_heard;

/* Room for one more. False when out of memory. */
bool sb_heard_room(sb_heard **heard, size_t n, size_t *capacity);

/* Gives every stretch that is a word its place among the lexemes `words`, in order: where words that repeat leave a choice,
 * the one that keeps the most neighbours together. Word i goes to out[place[i]]. False when out of memory. */
bool sb_heard_assign(const sb_heard *heard, size_t n_heard, const uint32_t *words, const uint32_t *place,
                     size_t n_words, const sb_lexicon *lexicon, sb_acoustic_word *out);

#endif
