/* What the acoustic aligner can be given of one's own: pronunciations, and the weights of its boundary model. Both are
 * read once, never change afterwards and may be used by several threads at once. */
#ifndef SOUNDBITE_TUNING_H
#define SOUNDBITE_TUNING_H

#include "soundbite/file.h"

SB_BEGIN_DECLS

/* A pronouncing dictionary in CMUdict format: a line "word P H O N E S" in ARPAbet, stress digits passed over, further ways
 * as "word(2) ...", comments after ";;;" or "#". Words are compared without case and accents. */
typedef struct sb_dictionary sb_dictionary;

/* `data` may go afterwards; `path` is for messages and may be NULL. SB_ERR_FORMAT with the line of what is no entry and the
 * column of what is no phone, SB_ERR_LIMIT (64 MB), SB_ERR_MEMORY. */
SB_API sb_status sb_dictionary_read(sb_dictionary **out, const void *data, size_t size, const char *path,
                                    sb_error *err);

/* The same in the phones of the acoustic model in folder `model` (see sb_align_params.acoustic_model), whose words are compared without case,
 * with their accents first; NULL: as sb_dictionary_read. Also SB_ERR_IO, SB_ERR_FORMAT and SB_ERR_UNSUPPORTED for the model's mdef. */
SB_API sb_status sb_dictionary_read_for(sb_dictionary **out, const void *data, size_t size, const char *path,
                                        const char *model, sb_error *err);
SB_API void sb_dictionary_free(sb_dictionary **dictionary);

/* The weights of the boundary model, which says where near the place that forced alignment gave a word begins or ends. */
typedef struct sb_boundary_weights sb_boundary_weights;

/* Reads weights as scripts/train-boundary-model writes them: a JSON object whose "bias_s", "mean", "std", "w_hidden",
 * "w_context", "w_out" and "w_offset" are arrays of numbers, and whose other members name the shape of the model, which
 * must be the one that this library computes; members that it does not know are skipped. SB_ERR_FORMAT with the place for
 * what is missing, of another size or shape, or no number within reason; SB_ERR_MEMORY. */
SB_API sb_status sb_boundary_weights_read(sb_boundary_weights **out, const void *data, size_t size,
                                          const char *path, sb_error *err);

/* Writes such a file; NULL `weights` are the ones built in. What is read back is the same to the bit. SB_ERR_MEMORY. */
SB_API sb_status sb_boundary_weights_write(sb_bytes *out, const sb_boundary_weights *weights, sb_error *err);
SB_API void sb_boundary_weights_free(sb_boundary_weights **weights);

SB_END_DECLS

#endif
