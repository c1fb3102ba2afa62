/* The interface of export writers. To add a format, write one file and add one line to writers.c. */
#ifndef SB_EXPORT_WRITER_H
#define SB_EXPORT_WRITER_H

#include "soundbite/export.h"

typedef struct sb_writer {
    const char *name;
    const char *summary;
    const char *extension; /* without the dot */
    /* Append the whole file. If memory runs out, `out->failed` may be set instead of the error. Formats that
     * count frames have the second function instead of the first. Formats made from the audio have
     * neither. */
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

/* Reads the transcript in the alignment again, in its own encoding. Returns SB_ERR_ARGUMENT if the alignment
 * does not contain it; SB_ERR_FORMAT if its turns differ from the alignment's; SB_ERR_MEMORY. */
sb_status sb_source_read(sb_transcript **out, const sb_alignment *alignment, sb_error *err);

/* Writes the transcript in its own format with the alignment's times, as the format `text` does. */
sb_status sb_source_write(sb_bytes *out, const sb_alignment *alignment, sb_notes *notes, sb_error *err);

/* Returns true if the alignment contains a transcript that was read from this format. */
bool sb_source_is(const sb_alignment *alignment, const char *format);

/* Returns true if that transcript also conforms to the format: it is UTF-8 and begins with `mark`. */
bool sb_source_is_proper(const sb_alignment *alignment, const char *format, const char *mark);

/* Adds a note about the turns that the format leaves out because they were not heard and have no times. */
void sb_note_left_out(sb_notes *notes, const sb_alignment *alignment);

#endif
