/* Pronunciations guessed from spelling. */
#ifndef SB_PRONOUNCE_PHONEMES_H
#define SB_PRONOUNCE_PHONEMES_H

#include "pronounce/phones.h"
#include "soundbite/status.h"

/* A voice that reads American English. Its library serves one caller at a time, so a speller holds a lock from create to
 * free: create late, free soon, and never two in one thread. */
typedef struct sb_speller sb_speller;

/* NULL in `out` where this build or machine has none: that is no error. SB_ERR_MEMORY. */
sb_status sb_speller_create(sb_speller **out, sb_error *err);
void sb_speller_free(sb_speller **speller);

/* The phones of a word in UTF-8; 0 where there are none or more than `room`. */
size_t sb_speller_read(sb_speller *speller, const char *word, sb_phone *out, size_t room);

#endif
