#include "acoustic/acoustic.h"

#include <stddef.h>
#include <strings.h>
#include <unistd.h>

#define MODEL      SB_POCKETSPHINX_MODELS "/en-us/en-us"
#define DICTIONARY SB_POCKETSPHINX_MODELS "/en-us/cmudict-en-us.dict"

static int is_english(const char *language)
{
    return !language || (strncasecmp(language, "en", 2) == 0 &&
                         (language[2] == '\0' || language[2] == '-' || language[2] == '_'));
}

static int model_is_installed(void)
{
    static const char *const files[] = {
        MODEL "/mdef", MODEL "/means", MODEL "/variances", MODEL "/sendump", MODEL "/transition_matrices",
        DICTIONARY};
    for (size_t i = 0; i < sizeof files / sizeof *files; i++)
        if (access(files[i], R_OK) != 0)
            return 0;
    return 1;
}

const char *sb_acoustic_model_missing(const char *language)
{
    if (!is_english(language))
        return "there is an acoustic model for English only";
    if (!model_is_installed())
        return "the acoustic model for English is not installed; add it, or name another one";
    return NULL;
}

const char *sb_acoustic_model_folder(void)
{
    return MODEL;
}

const char *sb_acoustic_model_dictionary(void)
{
    return access(DICTIONARY, R_OK) == 0 ? DICTIONARY : NULL;
}
