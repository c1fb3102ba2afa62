/* Alignments written in the formats of other programs. */
#ifndef SOUNDBITE_EXPORT_H
#define SOUNDBITE_EXPORT_H

#include "soundbite/quote.h"

SB_BEGIN_DECLS

/* The name, one-line description and usual extension of writer `index`; NULL beyond the last. */
SB_API const char *sb_export_format(size_t index, const char **summary, const char **extension);

typedef struct sb_export_params {
    sb_time frame; /* length of a frame, for formats that edit pictures; 0 is 1/25 s */
} sb_export_params;

/* True where `format` counts frames, so that `frame` may be given. */
SB_API bool sb_export_has_frames(const char *format);

/* True where `format` is made of the sound, which an alignment does not hold: soundbite/waveform.h writes it. */
SB_API bool sb_export_needs_audio(const char *format);

/* Writes `alignment` as `format`. `params` may be NULL. An alignment of method NONE (a bare transcript) keeps the transcript's own times.
 * What the format cannot say becomes a note. SB_ERR_ARGUMENT: no such format (the message names the nearest), one that needs times or sound
 * that the source does not have, or that has no frames though `frame` is given; SB_ERR_LIMIT: more than the format can number;
 * SB_ERR_MEMORY. */
SB_API sb_status sb_export(sb_bytes *out, const sb_alignment *alignment, const char *format,
                           const sb_export_params *params, sb_notes *notes, sb_error *err);

SB_END_DECLS

#endif
