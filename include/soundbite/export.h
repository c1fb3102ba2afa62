/* Writing alignments as captions, labels, edit lists and other formats. */
#ifndef SOUNDBITE_EXPORT_H
#define SOUNDBITE_EXPORT_H

#include "soundbite/quote.h"

SB_BEGIN_DECLS

/* Returns the name of writer `index` and sets its one-line description and usual extension. Either output may
 * be NULL. Returns NULL beyond the last. */
SB_API const char *sb_export_format(size_t index, const char **summary, const char **extension);

/* How to export. A zeroed struct means the defaults. */
typedef struct sb_export_params {
    sb_time frame; /* duration of a video frame, for formats that count frames; 0 means 1/25 s */
    /* The path of the audio as seen from the folder of the exported file, or an absolute path, for formats
     * that refer to the audio. NULL means the path in the alignment. */
    const char *media;
} sb_export_params;

/* Returns the name of frame rate `index`, such as "23.976", and sets the duration of its frame, which may be
 * NULL. Returns NULL beyond the last. sb_export_params.frame may also be another duration. */
SB_API const char *sb_export_frame_rate(size_t index, sb_time *frame);

/* Returns true if `format` counts frames. Only then may `frame` be set. */
SB_API bool sb_export_has_frames(const char *format);

/* Returns true if files of `format` refer to the audio file. */
SB_API bool sb_export_refers_to_audio(const char *format);

/* Checks the parameters for a format. sb_alignment_export does so too. Returns SB_ERR_ARGUMENT, with the
 * field, if `frame` is set and the format does not count frames. */
SB_API sb_status sb_export_params_check(const sb_export_params *params, const char *format, sb_error *err);

/* Returns true if `format` is made from the audio, not from the alignment. sb_alignment_export cannot write
 * such a format; see soundbite/waveform.h. */
SB_API bool sb_export_needs_audio(const char *format);

/* Appends `alignment` in `format`. For an alignment of method NONE, the times are those of the transcript.
 * Notes say what the format cannot express. `params` and `notes` may be NULL.
 *
 * Returns SB_ERR_ARGUMENT if the format is unknown (the message names the nearest one), needs audio or the
 * transcript's text that the source does not have, or does not count frames but `frame` is set; SB_ERR_FORMAT
 * if the source has no times but the format needs them, or if the transcript's text in the alignment does not
 * have its turns; SB_ERR_LIMIT if there are more items than the format can number; SB_ERR_MEMORY. */
SB_API sb_status sb_alignment_export(sb_bytes *out, const sb_alignment *alignment, const char *format,
                                     const sb_export_params *params, sb_notes *notes, sb_error *err);

SB_END_DECLS

#endif
