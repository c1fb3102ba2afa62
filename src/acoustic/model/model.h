/* The files of a CMU Sphinx acoustic model: phones, triphones, Gaussians, weights and dictionary. */
#ifndef SB_ACOUSTIC_MODEL_MODEL_H
#define SB_ACOUSTIC_MODEL_MODEL_H

#include "acoustic/acoustic.h"
#include "soundbite/file.h"

/* The bytes of a model file, read in order. */

/* `failed` is set when a piece is missing. All later pieces are zeros. */
typedef struct sb_model_bytes {
    sb_bytes file;
    size_t at;
    bool failed;
    char path[512];
} sb_model_bytes;

/* Returns SB_ERR_IO or SB_ERR_MEMORY. */
sb_status sb_model_bytes_open(sb_model_bytes *b, const char *folder, const char *name, sb_error *err);
void sb_model_bytes_close(sb_model_bytes *b);

/* NULL if fewer than `size` bytes are left. */
const void *sb_model_bytes_take(sb_model_bytes *b, size_t size);
int32_t sb_model_bytes_int(sb_model_bytes *b);

/* Reads the text header of format version 3 and the byte order mark. */
void sb_model_bytes_header(sb_model_bytes *b);

/* Returns SB_ERR_FORMAT if a piece was missing. */
sb_status sb_model_bytes_check(const sb_model_bytes *b, sb_error *err);

/* Returns SB_ERR_UNSUPPORTED: the file is valid, but its kind is not supported. `what` follows the file
 * name in the message. */
sb_status sb_model_bytes_refuse(const sb_model_bytes *b, sb_error *err, const char *what, ...)
    SB_PRINTF(3, 4);

/* The files of a model other than its definition (mdef). For model.c. */

/* Reads `folder`/means and variances into the codebooks of the model, and finds the codebook of each
 * senone. Call it after the triphones were read. Returns SB_ERR_IO, SB_ERR_FORMAT, SB_ERR_UNSUPPORTED or
 * SB_ERR_MEMORY. */
sb_status sb_model_read_gaussians(sb_acoustic_model *model, const char *folder, sb_error *err);

/* Reads `folder`/sendump (one byte per weight), or if it does not exist mixture_weights (numbers, rounded
 * to such bytes). Call it after the codebooks were read. Returns the same statuses as
 * sb_model_read_gaussians. */
sb_status sb_model_read_weights(sb_acoustic_model *model, const char *folder, sb_error *err);

/* Finds the pronouncing dictionary of the model in `folder`: dict.txt or a file *.dict or *.dic in this
 * folder, else in its parent folder. If there are several, the first by name is used. Lists of noises are
 * ignored. `*out` is NULL if there is no dictionary; the caller frees it. Returns SB_ERR_MEMORY. */
sb_status sb_model_find_dictionary(char **out, const char *folder, sb_error *err);

/* Finds the tied states of a phone between two other phones, from the model's definition file in binary or
 * text form. */

typedef struct sb_triphone_node {
    int16_t context; /* a phone, by the model's own number */
    int16_t n_below;
    int32_t below; /* first node of the next level, or number of the triphone */
} sb_triphone_node;

/* A phone without context, as listed in the file. */
typedef struct sb_defined_phone {
    char name[SB_PHONE_NAME];
    bool filler;         /* silence or noise, which is not part of words */
    int32_t transitions; /* number of its transition matrix */
} sb_defined_phone;

typedef struct sb_triphones {
    int n_phones; /* phones without context, counted by the model */
    sb_defined_phone *defined;
    int own[SB_MODEL_PHONES]; /* the model's own number of each phone, or -1 if it does not have the phone */
    sb_phone_set own_set;
    const sb_phone_set *phones; /* `own_set`, or the built-in set if the model has exactly those phones */
    size_t n_senones, n_nodes, n_triphones, n_sequences, n_transitions;
    sb_triphone_node *nodes; /* levels: position, phone, left, right */
    int32_t *sequence_of;    /* of each triphone */
    uint16_t *sequences;     /* [n_sequences][SB_STATES]: senones */
    uint8_t *phone_of;       /* of each senone, by the library's number */
    uint16_t plain[SB_MODEL_PHONES][SB_STATES];
} sb_triphones;

/* Reads `folder`/mdef, and the IPA of its phones from `folder`/phoneset.json if that exists. Returns
 * SB_ERR_IO, SB_ERR_FORMAT, SB_ERR_UNSUPPORTED or SB_ERR_MEMORY. */
sb_status sb_triphones_read(sb_triphones **out, const char *folder, sb_error *err);
void sb_triphones_free(sb_triphones **triphones);

/* Reads the tables of a definition in text form. sb_triphones_read then checks them. */
sb_status sb_triphones_read_text(sb_triphones *out, sb_model_bytes *file, sb_error *err);

/* Returns SB_ERR_UNSUPPORTED if the counts of a definition are above the limits. */
sb_status sb_triphones_check_counts(const sb_triphones *t, int n_states, const sb_model_bytes *file,
                                    sb_error *err);

/* See sb_triphone_senones. */
const uint16_t *sb_triphones_find(const sb_triphones *triphones, uint8_t phone, uint8_t left, uint8_t right,
                                  sb_word_position position);

#endif
