/* Detecting the language of each part of a text from its letters. */
#ifndef SB_PRONOUNCE_LANGUAGES_H
#define SB_PRONOUNCE_LANGUAGES_H

#include "soundbite/status.h"

#include <stddef.h>

/* Size of the longest tag that is returned, such as "en", "pt" or "zh", with its NUL. */
#define SB_LANGUAGE_SIZE 16
typedef struct sb_language {
    char tag[SB_LANGUAGE_SIZE]; /* "" if unknown */
} sb_language;

typedef enum sb_language_surety {
    SB_LANGUAGE_UNTOLD,   /* the part is too short to tell; it counts as the main language */
    SB_LANGUAGE_TOLD,     /* detected from its letters */
    SB_LANGUAGE_DOUBTFUL, /* it seems to be another language, but the evidence is weak or the script differs */
} sb_language_surety;

/* Detects the languages of `texts`, the turns of one transcript. `*main_language` is that of most of the
 * text, `out[i]` that of part i. The classifier compares letter n-grams (Cavnar and Trenkle 1994). A single
 * sentence is little evidence, so a part has another language only if it is long enough, clearly nearer to
 * that language, and enough of the transcript is in that language, or if it is in the script of such a language.
 * `surety` has one entry per part and may be NULL. `known` is the main language if it is given; NULL detects it.
 * Tags are empty if the text is too short or the classifier's data is not installed. Returns SB_ERR_MEMORY. */
sb_status sb_languages_find(sb_language *main_language, sb_language *out, sb_language_surety *surety,
                            const char *const *texts, size_t n_texts, const char *known, sb_error *err);

#endif
