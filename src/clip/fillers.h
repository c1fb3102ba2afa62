/* Matching the words of a quote with the list of fillers. */
#ifndef SB_CLIP_FILLERS_H
#define SB_CLIP_FILLERS_H

#include "soundbite/drop.h"

/* A word with the properties that dropping needs. */
typedef struct sb_drop_word {
    const char *text; /* owned by the alignment */
    char *folded;     /* without case, accents and punctuation; "" for punctuation alone */
    sb_span span;     /* SB_TIME_NONE if it was not heard */
    bool heard;       /* it has a position */
    bool sure;        /* the position is certain */
    bool marked;      /* punctuation follows it */
    bool stopped;     /* a full stop, question mark or exclamation mark follows it */
    bool cut_off;     /* it ends in a dash: an abandoned word */
    unsigned dropped; /* bits of sb_drop_kind */
    size_t again;     /* for a repeat: index of the word that repeats it; 0: none */
} sb_drop_word;

/* Returns the number of words at `at` that form a filler, the longest if several do, or 0. */
size_t sb_fillers_match(const sb_fillers *fillers, const sb_drop_word *words, size_t n, size_t at);

/* Folds a word. The caller frees it. Returns NULL if memory runs out. */
char *sb_drop_fold(const char *text);

#endif
