/* Alignments written in the formats of other programs. */
#ifndef SOUNDBITE_EXPORT_H
#define SOUNDBITE_EXPORT_H

#include "soundbite/quote.h"

/* The name, one-line description and usual extension of writer `index`; NULL beyond the last. */
SB_API const char *sb_export_format(size_t index, const char **summary, const char **extension);

/* Writes `alignment` as `format`. An alignment of method NONE (a bare transcript) keeps the transcript's own times.
 * What the format cannot say becomes a note. SB_ERR_ARGUMENT: no such format (the message names the nearest), or one that needs times
 * that the source does not have; SB_ERR_MEMORY. */
SB_API sb_status sb_export(sb_bytes *out, const sb_alignment *alignment, const char *format, sb_notes *notes,
                           sb_error *err);

#endif
