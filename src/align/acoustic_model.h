/* Words found in sound by an acoustic model: pocketsphinx with its en-us model. */
#ifndef SB_ALIGN_ACOUSTIC_MODEL_H
#define SB_ALIGN_ACOUSTIC_MODEL_H

#include "pronounce/lexicon.h"

/* NULL where words of `language` (a BCP 47 tag such as "en-GB"; NULL is taken for English) can be aligned, else why not, in
 * words that follow "placed by energy: ". */
const char *sb_acoustic_model_missing(const char *language);

/* The model's dictionary in CMUdict format; NULL where none is installed. */
const char *sb_acoustic_model_dictionary(void);

/* One decoder serves one thread. What it gives depends on the call alone, never on calls before. */
typedef struct sb_acoustic_decoder sb_acoustic_decoder;

/* A decoder that knows the words of `lexicon`, which must outlive it. SB_ERR_UNSUPPORTED without the model, SB_ERR_MEMORY. */
sb_status sb_acoustic_decoder_create(sb_acoustic_decoder **out, const sb_lexicon *lexicon, sb_error *err);
void sb_acoustic_decoder_free(sb_acoustic_decoder **decoder);

/* A longer chunk is refused, with SB_ERR_LIMIT: time and memory grow faster than its length. */
#define SB_CHUNK_SECONDS_MAX 60
#define SB_CHUNK_WORDS_MAX   600

typedef struct sb_acoustic_params {
    bool strict; /* every word is said and nothing else; else words may be missing and speech unwritten */
    double skip_price; /* probability that a word is missing; 0: 0.01 */
    double silence;    /* probability that silence or noise goes on between words; 0: 0.2 */
    double
        unwritten; /* price of each phone of speech that is not in the text, as a probability; 0: 1e-4, negative: never */
} sb_acoustic_params;

/* Where one word lies. Frames count from the chunk's first; [start, end) in hundredths of a second. */
typedef struct sb_acoustic_word {
    bool heard;
    int32_t start, end;
    uint32_t way;                 /* index into the lexeme's ways */
    char first_class, last_class; /* of the way's phones, see sb_phone_class */
    char before_class,
        after_class; /* of what the alignment has next to it: SB_CLASS_SILENCE or the neighbour's phone */
    float score;     /* mean log-likelihood a frame, less that of the best Gaussian of any phone: 0 at best */
    float length_z;  /* log of its length against what its phones let expect, in standard deviations */
    float confidence; /* 0 ... 1 that it was said there, to 100 ms */
} sb_acoustic_word;

/* Lays the lexemes numbered in `words` onto n_frames frames of cepstra, in order; `params` may be NULL. `out` has n_words
 * items. A lexeme without ways is never heard. Where the chunk cannot be aligned at all every word is unheard.
 * SB_ERR_LIMIT, SB_ERR_MEMORY. */
sb_status sb_acoustic_align(sb_acoustic_decoder *decoder, const float *cepstra, size_t n_frames,
                            const uint32_t *words, size_t n_words, const sb_acoustic_params *params,
                            sb_acoustic_word *out, sb_error *err);

#endif
