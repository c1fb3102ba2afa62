/* An acoustic model of the CMU Sphinx family, phonetically tied: Gaussians shared by the states of a phone (Digalakis and
 * Murveit 1994), three-state hidden Markov models of phones in context, read from the files of such a model. */
#ifndef SB_ACOUSTIC_MODEL_H
#define SB_ACOUSTIC_MODEL_H

#include "acoustic/cepstra.h"
#include "pronounce/phones.h"

#define SB_STREAMS   3   /* cepstra, their first and second differences */
#define SB_DENSITIES 128 /* Gaussians of one phone and stream */
#define SB_STATES    3   /* of a phone, passed from left to right */
#define SB_VECTOR    (SB_STREAMS * SB_CEPSTRA)

/* Phones of the model beside those of phones.h, whose numbers the model's own take here. */
enum { SB_MODEL_SILENCE = SB_N_PHONES, SB_MODEL_NOISE, SB_MODEL_BABBLE, SB_MODEL_PHONES };

typedef enum sb_word_position {
    SB_WORD_INSIDE,
    SB_WORD_BEGIN,
    SB_WORD_END,
    SB_WORD_WHOLE /* a word of one phone */
} sb_word_position;

/* The Gaussians of one phone and stream, all densities of one dimension together: exponent = constant - sum of
 * (x - mean)^2 * half_precision, natural logarithms. */
typedef struct sb_gaussians {
    float constant[SB_DENSITIES];
    float mean[SB_CEPSTRA][SB_DENSITIES];
    float half_precision[SB_CEPSTRA][SB_DENSITIES];
} sb_gaussians;

/* Read once, then shared by any number of threads. */
typedef struct sb_acoustic_model {
    const struct sb_acoustic_model
        *base; /* of an adapted model: where all but the Gaussians belongs; else NULL */
    sb_gaussians (*gaussians)[SB_STREAMS];                                     /* [SB_MODEL_PHONES][stream] */
    float stay[SB_MODEL_PHONES][SB_STATES], leave[SB_MODEL_PHONES][SB_STATES]; /* log probabilities */
    uint16_t plain[SB_MODEL_PHONES][SB_STATES];                                /* senones without context */
    size_t n_senones;
    uint8_t *phone_of; /* of each senone */
    uint8_t *weights;  /* [senone][stream][density]: index into weight */
    float weight[256]; /* probability */
    struct sb_triphones *triphones;
} sb_acoustic_model;

/* Reads the model in `folder`. SB_ERR_IO where a file is missing, SB_ERR_FORMAT where one is not of this kind, SB_ERR_MEMORY. */
sb_status sb_acoustic_model_open(sb_acoustic_model **out, const char *folder, sb_error *err);
void sb_acoustic_model_free(sb_acoustic_model **model);

/* The senones (tied states) of `phone` between two others; `left` and `right` may be SB_MODEL_SILENCE. Where the model has no such triphone the
 * same at another position of the word, then the phone by itself. */
const uint16_t *sb_triphone_senones(const sb_acoustic_model *model, uint8_t phone, uint8_t left,
                                    uint8_t right, sb_word_position position);

#endif
