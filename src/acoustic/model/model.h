/* The files of a Sphinx acoustic model: phones, triphones, Gaussians, weights and the dictionary beside
 * them. */
#ifndef SB_ACOUSTIC_MODEL_MODEL_H
#define SB_ACOUSTIC_MODEL_MODEL_H

#include "acoustic/acoustic.h"
#include "soundbite/file.h"

/* The bytes of a model's file, taken piece by piece. */

/* `failed` is set by the first piece that is not there; pieces are zeros from then on. */
typedef struct sb_model_bytes {
    sb_bytes file;
    size_t at;
    bool failed;
    char path[512];
} sb_model_bytes;

/* SB_ERR_IO, SB_ERR_MEMORY. */
sb_status sb_model_bytes_open(sb_model_bytes *b, const char *folder, const char *name, sb_error *err);
void sb_model_bytes_close(sb_model_bytes *b);

/* NULL where fewer than `size` bytes are left. */
const void *sb_model_bytes_take(sb_model_bytes *b, size_t size);
int32_t sb_model_bytes_int(sb_model_bytes *b);

/* The text header of a file in version 3 of the format, and the mark of its byte order. */
void sb_model_bytes_header(sb_model_bytes *b);

/* SB_ERR_FORMAT where a piece was missing. */
sb_status sb_model_bytes_check(const sb_model_bytes *b, sb_error *err);

/* SB_ERR_UNSUPPORTED: the file is sound, but of a kind that is not read. `what` follows the file's name. */
sb_status sb_model_bytes_refuse(const sb_model_bytes *b, sb_error *err, const char *what, ...)
    SB_PRINTF(3, 4);

/* The files of a model's folder beside its definition (triphones.h), for model.c. */

/* Reads `folder`/means and variances into the model's codebooks and finds which codebook each senone has. The model's triphones were read.
 * SB_ERR_IO, SB_ERR_FORMAT, SB_ERR_UNSUPPORTED, SB_ERR_MEMORY. */
sb_status sb_model_read_gaussians(sb_acoustic_model *model, const char *folder, sb_error *err);

/* Reads `folder`/sendump (a byte a weight) or, where there is none, mixture_weights (numbers, rounded to such bytes). The model's
 * codebooks were read. The same. */
sb_status sb_model_read_weights(sb_acoustic_model *model, const char *folder, sb_error *err);

/* The pronouncing dictionary that belongs to the model in `folder`: dict.txt or a file *.dict or *.dic in it, else such a file in the folder
 * around it; the first by name where there are several, files of noises left out. NULL where there is none. The caller frees.
 * SB_ERR_MEMORY. */
sb_status sb_model_find_dictionary(char **out, const char *folder, sb_error *err);

/* Which tied states a phone has between two others: the model's definition file, in its binary or its text form. */

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
