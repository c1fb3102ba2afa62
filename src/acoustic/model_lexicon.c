#include "acoustic/acoustic.h"

#include "pronounce/pronounce.h"

static sb_status make_by_dictionary(sb_lexicon *out, const sb_acoustic_model *model, const char *const *words,
                                    size_t n_words, const sb_dictionary *user, sb_error *err)
{
    if (!model->dictionary)
        return sb_error_set(err, SB_ERR_IO,
                            "the acoustic model has no pronouncing dictionary; put its dictionary into its "
                            "folder, as dict.txt or a file *.dict");
    sb_dictionary *dictionary = NULL;
    sb_status status = sb_dictionary_open_in(&dictionary, model->dictionary, model->phones, err);
    sb_dictionary_lexicon_params params = {.dictionary = dictionary, .user = user};
    if (status == SB_OK)
        status = sb_dictionary_lexicon_make(out, words, n_words, &params, err);
    sb_dictionary_free(&dictionary);
    return status;
}

sb_status sb_model_lexicon_make(sb_lexicon *out, const sb_acoustic_model *model, const char *const *words,
                                const char *const *languages, size_t n_words, const sb_dictionary *user,
                                sb_error *err)
{
    *out = (sb_lexicon){0};
    if (user && !sb_phone_set_same(sb_dictionary_phones(user), model->phones))
        return sb_error_set(
            err, SB_ERR_ARGUMENT,
            "the dictionary does not use the phones of the acoustic model; use the phones of the "
            "model's own dictionary");
    if (!model->phones->arpabet)
        return make_by_dictionary(out, model, words, n_words, user, err);
    const char *installed = sb_acoustic_model_dictionary();
    sb_lexicon_params params = {.dictionary = model->dictionary ? model->dictionary : installed,
                                .user = user,
                                .languages = languages};
    return sb_lexicon_make(out, words, n_words, &params, err);
}
