/* How the words of a text are said in the phones of a model. */
#ifndef SB_ACOUSTIC_MODEL_LEXICON_H
#define SB_ACOUSTIC_MODEL_LEXICON_H

#include "acoustic/model.h"
#include "pronounce/lexicon.h"

/* In the phones of CMUdict, by the rules of lexicon.h and the model's own dictionary, else the one installed; in others, by the model's
 * dictionary alone. `languages` are those of the words, see sb_lexicon_params. `user` has the user's own words, in the model's phones (sb_dictionary_read_for); NULL none. SB_ERR_IO, SB_ERR_FORMAT where
 * the model's dictionary is missing or in other phones, SB_ERR_ARGUMENT where the user's is; SB_ERR_MEMORY. */
sb_status sb_model_lexicon_make(sb_lexicon *out, const sb_acoustic_model *model, const char *const *words,
                                const char *const *languages, size_t n_words, const sb_dictionary *user,
                                sb_error *err);

#endif
