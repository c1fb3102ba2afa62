/* The user's own data for the acoustic aligner: pronunciations and boundary model weights. Both are read once
 * and do not change, so several threads may use them at once. */
#ifndef SOUNDBITE_TUNING_H
#define SOUNDBITE_TUNING_H

#include "soundbite/file.h"

SB_BEGIN_DECLS

/* A pronouncing dictionary in CMUdict format: one line "word P H O N E S" per pronunciation, in ARPAbet.
 * Further pronunciations are written as "word(2) ...". Stress digits are ignored. Comments begin with ";;;"
 * or "#". Words are compared without case and accents. */
typedef struct sb_dictionary sb_dictionary;

/* Reads a dictionary. `data` may be freed afterwards. `path` is for messages and may be NULL. Returns
 * SB_ERR_FORMAT for an invalid entry, with its line, and for an unknown phone, with its line and column;
 * SB_ERR_LIMIT above 64 MB; SB_ERR_MEMORY. */
SB_API sb_status sb_dictionary_read(sb_dictionary **out, const void *data, size_t size, const char *path,
                                    sb_error *err);

/* Reads a dictionary in the phones of the acoustic model in the folder `model`; see
 * sb_align_params.acoustic_model. Words are compared without case, first with their accents and then without.
 * If `model` is NULL, it does the same as sb_dictionary_read. Also returns SB_ERR_IO, SB_ERR_FORMAT or
 * SB_ERR_UNSUPPORTED if the model's mdef cannot be used. */
SB_API sb_status sb_dictionary_read_for(sb_dictionary **out, const void *data, size_t size, const char *path,
                                        const char *model, sb_error *err);
SB_API void sb_dictionary_free(sb_dictionary **dictionary);

/* Weights of the boundary model. That model refines where a word begins and ends after forced alignment. */
typedef struct sb_boundary_weights sb_boundary_weights;

/* Reads weights as scripts/train-boundary-model writes them: a JSON object in which "bias_s", "mean", "std",
 * "w_hidden", "w_context", "w_out" and "w_offset" are arrays of numbers. The other known members describe the
 * shape of the model, which must be the one that this library supports. Unknown members are skipped. `path`
 * is for messages and may be NULL. Returns SB_ERR_FORMAT, with the place, if an array is missing, has the
 * wrong size or holds an implausible number, or if the shape differs; SB_ERR_MEMORY. */
SB_API sb_status sb_boundary_weights_read(sb_boundary_weights **out, const void *data, size_t size,
                                          const char *path, sb_error *err);

/* Writes weights in the same form. NULL writes the built-in weights. Reading the result gives exactly the
 * same numbers. Returns SB_ERR_MEMORY. */
SB_API sb_status sb_boundary_weights_write(sb_bytes *out, const sb_boundary_weights *weights, sb_error *err);
SB_API void sb_boundary_weights_free(sb_boundary_weights **weights);

SB_END_DECLS

#endif
