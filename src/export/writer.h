/* What a writer of one format is. To add a format is a file and a line in writers.c. */
#ifndef SB_EXPORT_WRITER_H
#define SB_EXPORT_WRITER_H

#include "soundbite/export.h"

typedef struct sb_writer {
    const char *name;
    const char *summary;
    const char *extension; /* without the dot */
    /* Append the whole file. Running out of memory may leave `out->failed` instead of setting the error. A format whose
     * times are frames has the second function in place of the first; one that is made of the sound has neither. */
    sb_status (*write)(sb_bytes *out, const sb_alignment *alignment, sb_notes *notes, sb_error *err);
    sb_status (*write_frames)(sb_bytes *out, const sb_alignment *alignment, sb_time frame, sb_notes *notes,
                              sb_error *err);
} sb_writer;

extern const sb_writer sb_writer_json, sb_writer_text, sb_writer_srt, sb_writer_vtt, sb_writer_vtt_words;
extern const sb_writer sb_writer_textgrid, sb_writer_ctm, sb_writer_audacity, sb_writer_audacity_turns;
extern const sb_writer sb_writer_ass, sb_writer_csv, sb_writer_podcast_json, sb_writer_podcast_html;
extern const sb_writer sb_writer_soundbite, sb_writer_chapters, sb_writer_ffmetadata;
extern const sb_writer sb_writer_reaper, sb_writer_edl, sb_writer_otio, sb_writer_fcpxml;
extern const sb_writer sb_writer_peaks;

/* Reads the transcript that the alignment was made from once more, in its own encoding. SB_ERR_ARGUMENT where the
 * alignment does not hold it, SB_ERR_FORMAT where it has other turns than the alignment, SB_ERR_MEMORY. */
sb_status sb_source_read(sb_transcript **out, const sb_alignment *alignment, sb_error *err);

/* Writes the transcript in its own form with the alignment's times: what `text` does. */
sb_status sb_source_write(sb_bytes *out, const sb_alignment *alignment, sb_notes *notes, sb_error *err);

/* True where the alignment holds a transcript that came in this format. */
bool sb_source_is(const sb_alignment *alignment, const char *format);

/* True where such a transcript is also what the format asks for: in UTF-8, and begun by `mark`. */
bool sb_source_is_proper(const sb_alignment *alignment, const char *format, const char *mark);

/* Tells which turns a format leaves out because they were not heard and have no times. */
void sb_note_left_out(sb_notes *notes, const sb_alignment *alignment);

#endif
