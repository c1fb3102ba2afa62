/* The writers: one file and one table line for each format. */
#ifndef SB_EXPORT_WRITERS_WRITERS_H
#define SB_EXPORT_WRITERS_WRITERS_H

#include "alignment/alignment.h"
#include "soundbite/align.h"
#include "soundbite/export.h"

/* The interface of export writers. To add a format, write one file and add one line to writers.c. */

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
    bool takes_turns;     /* whole turns are written, not the cues that they consist of */
    bool refers_to_audio; /* the file names the audio by its path */
} sb_writer;

extern const sb_writer sb_writer_json, sb_writer_text, sb_writer_srt, sb_writer_vtt, sb_writer_vtt_words;
extern const sb_writer sb_writer_textgrid, sb_writer_ctm, sb_writer_audacity, sb_writer_audacity_turns;
extern const sb_writer sb_writer_ass, sb_writer_csv, sb_writer_podcast_json, sb_writer_podcast_html;
extern const sb_writer sb_writer_soundbite, sb_writer_chapters, sb_writer_ffmetadata;
extern const sb_writer sb_writer_reaper, sb_writer_edl, sb_writer_otio, sb_writer_fcpxml;
extern const sb_writer sb_writer_peaks;

/* The turns of a transcript and the rows of its alignment. A turn has several rows if a layer of speakers has
 * split it; both have the same words in the same order. */

/* Returns the first row of each turn, and after them the number of rows. The caller frees the list. Returns
 * NULL if the rows are not those of the transcript, or with `*ok` false if memory runs out. */
size_t *sb_source_rows_find(const sb_transcript *transcript, const sb_alignment *alignment, bool *ok);

/* Splits the turns of the transcript as the rows are. The first part of a turn keeps its start, the last its
 * end. Returns false if memory runs out; free the transcript in any case. */
bool sb_source_rows_split(sb_transcript *transcript, const sb_alignment *alignment, const size_t *firsts);

/* Joins the rows to the `n` turns of the transcript. Returns SB_ERR_MEMORY; finish `out` in any case. */
sb_status sb_source_rows_join(sb_whole_turns *out, const sb_alignment *alignment, const size_t *firsts,
                              size_t n, sb_error *err);

/* Reads the transcript in the alignment again, in its own encoding, with one turn for each row. Returns
 * SB_ERR_ARGUMENT if the alignment does not contain it; SB_ERR_FORMAT if its turns differ from the
 * alignment's; SB_ERR_MEMORY. */
sb_status sb_source_read(sb_transcript **out, const sb_alignment *alignment, sb_error *err);

/* Writes the transcript in its own format with the alignment's times, as the format `text` does. */
sb_status sb_source_write(sb_bytes *out, const sb_alignment *alignment, sb_notes *notes, sb_error *err);

/* Returns true if the alignment contains a transcript that was read from this format. */
bool sb_source_is(const sb_alignment *alignment, const char *format);

/* Does the same as sb_source_write if that transcript came in this format and keeps its rules: with `mark`,
 * it is UTF-8 and begins with it, it is not broken (see sb_transcript), and the speakers have the names of
 * the transcript. Otherwise
 * `*is_written` is false. */
sb_status sb_source_write_proper(bool *is_written, sb_bytes *out, const sb_alignment *alignment,
                                 const char *format, const char *mark, sb_notes *notes, sb_error *err);

/* Adds a note about the turns that the format leaves out because they were not heard and have no times. */
void sb_note_left_out(sb_notes *notes, const sb_alignment *alignment);

/* Adds notes that name the words that captions leave out, and a note about turns without a time. */
void sb_note_captions_left_out(sb_notes *notes, const sb_alignment *alignment);

#endif
