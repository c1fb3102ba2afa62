/* The words of a quote against the list of fillers. */
#ifndef SB_CLIP_FILLERS_H
#define SB_CLIP_FILLERS_H

#include "soundbite/drop.h"

/* A word as drops see it. */
typedef struct sb_drop_word {
    const char *text; /* the alignment's */
    char *folded;     /* without case, accents and the marks around it; "" for marks alone */
    sb_span span;     /* SB_TIME_NONE where it was not heard */
    bool heard;       /* it has a place */
    bool sure;        /* and that is certain */
    bool marked;      /* punctuation follows it */
    bool stopped;     /* a full stop, question or exclamation mark does */
    bool cut_off;     /* it ends in a dash: a word begun and given up */
    unsigned dropped; /* of sb_drop_kind */
    size_t again;     /* of a repeat: the word that says it again; 0 none */
} sb_drop_word;

/* How many of the words from `at` on are a filler of the list; 0 for none, the longest otherwise. */
size_t sb_fillers_match(const sb_fillers *fillers, const sb_drop_word *words, size_t n, size_t at);

/* Folds a word; the caller frees. NULL when out of memory. */
char *sb_drop_fold(const char *text);

#endif
