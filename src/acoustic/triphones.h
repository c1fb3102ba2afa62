/* Which tied states a phone has between two others: the model's definition file. */
#ifndef SB_ACOUSTIC_TRIPHONES_H
#define SB_ACOUSTIC_TRIPHONES_H

#include "acoustic/model.h"

typedef struct sb_triphone_node {
    int16_t context; /* a phone by the model's own number */
    int16_t n_below;
    int32_t below; /* first node of the next level, or the triphone's number */
} sb_triphone_node;

typedef struct sb_triphones {
    int n_phones;             /* without context, as the model counts */
    int own[SB_MODEL_PHONES]; /* the model's own number of each phone */
    size_t n_senones, n_nodes, n_triphones, n_sequences;
    sb_triphone_node *nodes; /* position, phone, left, right */
    int32_t *sequence_of;    /* of each triphone */
    uint16_t *sequences;     /* [n_sequences][SB_STATES]: senones */
    uint8_t *phone_of;       /* of each senone, numbered as in phones.h */
    uint16_t plain[SB_MODEL_PHONES][SB_STATES];
} sb_triphones;

/* SB_ERR_IO, SB_ERR_FORMAT, SB_ERR_MEMORY. */
sb_status sb_triphones_read(sb_triphones **out, const char *folder, sb_error *err);
void sb_triphones_free(sb_triphones **triphones);

/* As sb_triphone_senones. */
const uint16_t *sb_triphones_find(const sb_triphones *triphones, uint8_t phone, uint8_t left, uint8_t right,
                                  sb_word_position position);

#endif
