/* The language of each part of a text, found by its letters. */
#ifndef SB_PRONOUNCE_LANGUAGES_H
#define SB_PRONOUNCE_LANGUAGES_H

#include "soundbite/status.h"

#include <stddef.h>

/* A tag such as "en", "pt", "zh"; the longest that is given out. */
#define SB_LANGUAGE_SIZE 16
typedef struct sb_language {
    char tag[SB_LANGUAGE_SIZE]; /* "" not known */
} sb_language;

typedef enum sb_language_surety {
    SB_LANGUAGE_UNTOLD, /* the part is too short to tell: it is taken to be in the main language */
    SB_LANGUAGE_TOLD,   /* by its letters */
    SB_LANGUAGE_DOUBTFUL, /* it looks like another language, but one sentence is little; or its script is not that of the main one */
} sb_language_surety;

/* The languages of `texts`, which are the turns of one transcript: `*main_language` is that of most of it, `out[i]` that of a part. The
 * classifier compares n-grams of letters (Cavnar and Trenkle 1994). One sentence is little, so a part is in another language than
 * the main one only if it is long enough, clearly nearer to that language, and enough of the transcript is in it, or if it stands in the
 * script of a language that is. `surety` (may be NULL) has one entry a part. `known` is the
 * main language where somebody says it; NULL finds it. Tags stay empty if the text is too short or the classifier's data is not
 * installed. SB_ERR_MEMORY. */
sb_status sb_languages_find(sb_language *main_language, sb_language *out, sb_language_surety *surety,
                            const char *const *texts, size_t n_texts, const char *known, sb_error *err);

#endif
