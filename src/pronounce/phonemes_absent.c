#include "pronounce/pronounce.h"

sb_status sb_speller_create(sb_speller **out, sb_error *err)
{
    (void)err;
    *out = NULL;
    return SB_OK;
}

void sb_speller_free(sb_speller **speller)
{
    *speller = NULL;
}

bool sb_speller_speaks(sb_speller *speller, const char *language)
{
    (void)speller, (void)language;
    return false;
}

void sb_speller_read(sb_speller *speller, const char *language, const char *word,
                     sb_phoneme_reading out[SB_READINGS])
{
    (void)speller, (void)language, (void)word;
    for (int i = 0; i < SB_READINGS; i++)
        out[i].n_phones = 0;
}
