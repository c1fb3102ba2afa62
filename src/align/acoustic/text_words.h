/* The words of a whole text, one after the other, with what is known of each before it is listened for. */
#ifndef SB_ALIGN_TEXT_WORDS_H
#define SB_ALIGN_TEXT_WORDS_H

#include "acoustic/model.h"
#include "pronounce/lexicon.h"
#include "soundbite/align.h"

/* Arrays have one entry a word, unless they say otherwise. */
typedef struct sb_text_words {
    sb_alignment *alignment;
    size_t n_words, n_sayable;
    sb_aligned_word **words; /* of the alignment */
    sb_lexicon lexicon;
    bool *begins_turn, *sayable;
    bool *anchored; /* false at first */
    sb_time *expected,
        *expected_end;        /* as the words lay when this was made, which is where energy has them */
    float *energy_confidence; /* of each turn */
    bool *foreign;            /* of each turn: in a language that the model does not speak */
    bool *kept; /* of each turn: left as it was placed before it was listened to; false at first */
} sb_text_words;

/* `dictionary` is the user's own, NULL none. Words whose pronunciation was guessed are listed in the alignment. `out` is to be finished
 * even on failure. SB_ERR_MEMORY, and what the dictionary's reader returns. */
sb_status sb_text_words_make(sb_text_words *out, sb_alignment *alignment, const sb_acoustic_model *model,
                             const sb_dictionary *dictionary, sb_error *err);
void sb_text_words_finish(sb_text_words *text);

const sb_lexeme *sb_text_lexeme(const sb_text_words *text, size_t word);

#endif
