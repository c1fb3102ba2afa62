/* Pronunciations from spelling, in every language that espeak-ng speaks. */
#ifndef SB_PRONOUNCE_PHONEMES_H
#define SB_PRONOUNCE_PHONEMES_H

#include "pronounce/phones.h"
#include "soundbite/status.h"

/* Reads words aloud. Its library keeps its voice in globals and serves one caller at a time, so a speller holds a lock from
 * create to free: create late, free soon, and never two in one thread. */
typedef struct sb_speller sb_speller;

/* A word said one way or, where a sound has no neighbour among the model's phones, two. `n_phones` 0: no such way. */
#define SB_READINGS 2
typedef struct sb_reading {
    sb_phone phones[160];
    size_t n_phones;
} sb_reading;

/* NULL in `out` if this build or machine has no espeak-ng: that is no error. SB_ERR_MEMORY. */
sb_status sb_speller_create(sb_speller **out, sb_error *err);
void sb_speller_free(sb_speller **speller);

/* True if the speller has a voice for `language`, a BCP 47 tag ("de", "pt-BR", "zh-Hant"). */
bool sb_speller_speaks(sb_speller *speller, const char *language);

/* Reads a word in UTF-8, punctuation included; numbers are said in the language. Both readings are empty if there is no voice,
 * nothing to say, or a character whose reading is not known (Han characters in Japanese). */
void sb_speller_read(sb_speller *speller, const char *language, const char *word,
                     sb_reading out[SB_READINGS]);

#endif
