/* Converting IPA to phones of the acoustic model. */
#ifndef SB_PRONOUNCE_IPA_H
#define SB_PRONOUNCE_IPA_H

#include "pronounce/phones.h"

#include <stdbool.h>

/* A row of ipa_to_arpabet.tsv, from which the build generates C. `second` is empty if there is only one
 * nearest phone. */
typedef struct sb_ipa_symbol {
    const char *symbol; /* NULL ends the table */
    const char *phones, *second;
} sb_ipa_symbol;

extern const sb_ipa_symbol sb_ipa_symbols[];

typedef enum sb_ipa_choice { SB_IPA_FIRST, SB_IPA_SECOND } sb_ipa_choice;

/* Appends the phones of `ipa` to out[*n], at most `room` in total. Returns false if there are more. '_',
 * blanks and "(en)" separate symbols. Stress, length, tones and unknown symbols are skipped. */
bool sb_ipa_read(const char *ipa, sb_ipa_choice choice, sb_phone *out, size_t *n, size_t room);

#endif
