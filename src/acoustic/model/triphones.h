/* Which tied states a phone has between two others: the model's definition file, in its binary or its text form. */
#ifndef SB_ACOUSTIC_TRIPHONES_H
#define SB_ACOUSTIC_TRIPHONES_H

#include "acoustic/model.h"
#include "acoustic/model/model_bytes.h"

typedef struct sb_triphone_node {
    int16_t context; /* a phone by the model's own number */
    int16_t n_below;
    int32_t below; /* first node of the next level, or the triphone's number */
} sb_triphone_node;

/* A phone without context as the file lists it. */
typedef struct sb_defined_phone {
    char name[SB_PHONE_NAME];
    bool filler;         /* silence, noise: nothing that words are made of */
    int32_t transitions; /* number of its matrix */
} sb_defined_phone;

typedef struct sb_triphones {
    int n_phones; /* without context, as the model counts */
    sb_defined_phone *defined;
    int own[SB_MODEL_PHONES]; /* the model's own number of each phone; -1: it has none */
    sb_phone_set own_set;
    const sb_phone_set *phones; /* `own_set`, or the built-in one where the model has just those */
    size_t n_senones, n_nodes, n_triphones, n_sequences, n_transitions;
    sb_triphone_node *nodes; /* position, phone, left, right */
    int32_t *sequence_of;    /* of each triphone */
    uint16_t *sequences;     /* [n_sequences][SB_STATES]: senones */
    uint8_t *phone_of;       /* of each senone, by our number */
    uint16_t plain[SB_MODEL_PHONES][SB_STATES];
} sb_triphones;

/* Reads `folder`/mdef; `folder`/phoneset.json, where there is one, tells what its phones are in the IPA. SB_ERR_IO, SB_ERR_FORMAT,
 * SB_ERR_UNSUPPORTED, SB_ERR_MEMORY. */
sb_status sb_triphones_read(sb_triphones **out, const char *folder, sb_error *err);
void sb_triphones_free(sb_triphones **triphones);

/* The tables of a definition in text form, for sb_triphones_read, which checks them. */
sb_status sb_triphones_read_text(sb_triphones *out, sb_model_bytes *file, sb_error *err);

/* SB_ERR_UNSUPPORTED where the counts of a definition are beyond what is read. */
sb_status sb_triphones_check_counts(const sb_triphones *t, int n_states, const sb_model_bytes *file,
                                    sb_error *err);

/* As sb_triphone_senones. */
const uint16_t *sb_triphones_find(const sb_triphones *triphones, uint8_t phone, uint8_t left, uint8_t right,
                                  sb_word_position position);

#endif
