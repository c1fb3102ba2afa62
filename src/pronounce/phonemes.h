/* Pronunciations from spelling, in every language of espeak-ng. */
#ifndef SB_PRONOUNCE_PHONEMES_H
#define SB_PRONOUNCE_PHONEMES_H

#include "pronounce/phones.h"
#include "soundbite/status.h"

/* Reads words aloud. espeak-ng keeps its voice in globals, so a speller holds a lock from create to free.
 * Create it late, free it soon, and never have two in one thread. */
typedef struct sb_speller sb_speller;

/* A word has two readings if a sound has no equivalent among the model's phones. `n_phones` 0: no such
 * reading. */
#define SB_READINGS 2
typedef struct sb_reading {
    sb_phone phones[160];
    size_t n_phones;
} sb_reading;

/* Sets `*out` to NULL, without an error, if this build or system has no espeak-ng. Returns SB_ERR_MEMORY. */
sb_status sb_speller_create(sb_speller **out, sb_error *err);
void sb_speller_free(sb_speller **speller);

/* Returns true if there is a voice for `language`, a BCP 47 tag ("de", "pt-BR", "zh-Hant"). */
bool sb_speller_speaks(sb_speller *speller, const char *language);

/* Reads a word in UTF-8 with its punctuation. Numbers are read in the language. Both readings are empty if
 * there is no voice, nothing to say, or a character whose reading is unknown (Han characters in Japanese). */
void sb_speller_read(sb_speller *speller, const char *language, const char *word,
                     sb_reading out[SB_READINGS]);

#endif
