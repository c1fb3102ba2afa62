/* An acoustic model of the CMU Sphinx family, read from the files of its folder: three-state hidden Markov models of phones in context,
 * whose states weigh Gaussians. These belong to all states (semi-continuous), to the states of a phone (phonetically tied, Digalakis and
 * Murveit 1994), or to one state each (continuous); all three are read. */
#ifndef SB_ACOUSTIC_MODEL_H
#define SB_ACOUSTIC_MODEL_H

#include "acoustic/cepstra.h"
#include "pronounce/phones.h"

#define SB_STATES        3 /* of a phone, passed from left to right */
#define SB_DIFFERENCES   3 /* cepstra, their first and second differences */
#define SB_VECTOR        (SB_DIFFERENCES * SB_CEPSTRA)
#define SB_STREAMS_MAX   3   /* parts of a vector with Gaussians of their own */
#define SB_DENSITIES_MAX 256 /* Gaussians of a codebook and stream */
#define SB_LANES         16 /* Gaussians that are computed together; a codebook is filled up to a multiple of it */

/* Phones of the model beside those of its set, whose numbers the model's own take here. */
enum { SB_MODEL_SILENCE = SB_PHONES_MAX, SB_MODEL_NOISE, SB_MODEL_BABBLE, SB_MODEL_PHONES };

typedef enum sb_word_position {
    SB_WORD_INSIDE,
    SB_WORD_BEGIN,
    SB_WORD_END,
    SB_WORD_WHOLE /* a word of one phone */
} sb_word_position;

/* Read once, then shared by any number of threads. Logarithms are natural. */
typedef struct sb_acoustic_model {
    const struct sb_acoustic_model
        *base; /* of an adapted model: where all but the Gaussians belongs; else NULL */
    const sb_phone_set *phones;
    sb_front_end front_end;
    char *dictionary;                 /* file beside the model in CMUdict format and its phones; NULL none */
    uint8_t present[SB_MODEL_PHONES]; /* phones that the model has, by our number */
    size_t n_present;
    size_t n_codebooks, n_densities; /* n_densities: a multiple of SB_LANES */
    int n_streams;
    int first_dim[SB_STREAMS_MAX +
                  1]; /* stream s has dimensions [first_dim[s], first_dim[s + 1]) of a vector */
    float *gaussians; /* codebooks, see sb_codebook */
    float stay[SB_MODEL_PHONES][SB_STATES], leave[SB_MODEL_PHONES][SB_STATES]; /* log probabilities */
    uint16_t plain[SB_MODEL_PHONES]
                  [SB_STATES]; /* senones without context; of fillers that it lacks, those of silence */
    size_t n_senones;
    uint8_t *phone_of;     /* of each senone */
    uint16_t *codebook_of; /* of each senone */
    uint8_t *weights;      /* [senone][stream][density]: index into weight */
    float weight[256];     /* probability */
    struct sb_triphones *triphones;
} sb_acoustic_model;

/* Reads the model in `folder`. SB_ERR_IO where a file is missing; SB_ERR_FORMAT where one is damaged or does not fit the others;
 * SB_ERR_UNSUPPORTED where the model is of a kind that is not read: features other than 13 cepstra with two differences a hundred
 * times a second (see front_end.h), phones that have not three states, more than 256 Gaussians a mixture or 125 phones, weights
 * packed in clusters; SB_ERR_MEMORY. The message names the file. */
sb_status sb_acoustic_model_open(sb_acoustic_model **out, const char *folder, sb_error *err);
void sb_acoustic_model_free(sb_acoustic_model **model);

/* The Gaussians of a codebook, all densities of one dimension together: exponent = constant - sum of (x - mean)^2 *
 * half_precision. */
typedef struct sb_codebook {
    float *constant;       /* [stream][density] */
    float *mean;           /* [dimension of the vector][density] */
    float *half_precision; /* the same */
} sb_codebook;

/* Room for the Gaussians of all codebooks, zeroed, which begins at a multiple of the size of all lanes; to be freed. NULL when out of memory. */
float *sb_gaussians_allocate(const sb_acoustic_model *model);
size_t sb_codebook_size(const sb_acoustic_model *model); /* floats of one */
sb_codebook sb_codebook_at(const sb_acoustic_model *model, size_t codebook);

/* The senones (tied states) of `phone` between two others; `left` and `right` may be SB_MODEL_SILENCE. Where the model has no such triphone the
 * same at another position of the word, then the phone by itself. */
const uint16_t *sb_triphone_senones(const sb_acoustic_model *model, uint8_t phone, uint8_t left,
                                    uint8_t right, sb_word_position position);

#endif
