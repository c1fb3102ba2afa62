/* The writers: one file and one table line for each format. */
#ifndef SB_EXPORT_WRITERS_WRITERS_H
#define SB_EXPORT_WRITERS_WRITERS_H

#include "alignment/alignment.h"
#include "soundbite/align.h"
#include "soundbite/export.h"

/* Words and turns as labels sorted by time, for label tracks, tiers and tables. */

typedef enum sb_label_kind {
    SB_LABEL_WORDS,
    SB_LABEL_TURNS,
    SB_LABEL_WORDS_OR_TURN /* one label for a turn in which no word has a time */
} sb_label_kind;

typedef struct sb_label {
    size_t turn;
    const sb_aligned_word *word; /* owned by the alignment; NULL: the whole turn */
    sb_span span;                /* start >= 0, end >= start */
} sb_label;

typedef struct sb_labels {
    sb_label *items;
    size_t n_items, capacity;
} sb_labels;

/* Makes a label of every word or turn that has a time, sorted by start and then by text order. Items without
 * a time become a note. The end of a turn, if unknown, is estimated from its syllables. Returns
 * SB_ERR_MEMORY. */
sb_status sb_labels_make(sb_labels *out, const sb_alignment *alignment, sb_label_kind kind, sb_notes *notes,
                         sb_error *err);
void sb_labels_finish(sb_labels *labels);

/* Returns SB_ERR_ARGUMENT if the alignment has words but no word times. `format` is for the message. */
sb_status sb_labels_need_word_times(const sb_alignment *alignment, const char *format, sb_error *err);

/* Turns placed end to end on the timeline of an editor. */

/* Values in units of the timeline: [in, in + length) of the source is played at `at`. */
typedef struct sb_edit {
    const sb_aligned_turn *turn;
    int64_t in, length, at;
} sb_edit;

typedef struct sb_edits {
    sb_edit *items;
    size_t n_items;
    int64_t length;        /* total length */
    int64_t source_length; /* of the audio; if unknown, the end of the last turn */
} sb_edits;

/* Makes an edit of every turn that has a time, sorted by start. Times are in units of `unit`, from the unit
 * in which the turn begins to the one in which it ends. `unit` > 0. Returns SB_ERR_MEMORY. */
sb_status sb_edits_make(sb_edits *out, const sb_alignment *alignment, sb_time unit, sb_notes *notes,
                        sb_error *err);

/* Does the same in samples of the audio, rounded to the nearest. `rate` > 0. */
sb_status sb_edits_make_samples(sb_edits *out, const sb_alignment *alignment, int rate, sb_notes *notes,
                                sb_error *err);
void sb_edits_finish(sb_edits *edits);

/* Returns the audio's sample rate, or 48000 if it is unknown. */
int sb_edits_rate(const sb_alignment *alignment);

/* Labels as Praat tiers: consecutive intervals without gaps or overlaps. */

/* Times in microseconds, the resolution of tiers. */
typedef struct sb_tier_interval {
    int64_t start, end;
    const sb_label *label; /* NULL: silence */
} sb_tier_interval;

typedef struct sb_tier {
    sb_tier_interval *items;
    size_t n_items;
    size_t n_changed; /* labels that were shortened, moved or left out */
} sb_tier;

/* Places labels, sorted by start, in [0, length). A label ends where the next begins but lasts at least one
 * millisecond, which may move the next. Gaps become intervals. Labels that do not fit before `length` are
 * left out. `length` is in microseconds and greater than 0. Returns false if memory runs out. */
bool sb_tier_make(sb_tier *out, const sb_label *const *labels, size_t n_labels, int64_t length);
void sb_tier_finish(sb_tier *tier);

int64_t sb_tier_time(sb_time t);

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
    bool takes_turns; /* whole turns are written, not the cues that they consist of */
} sb_writer;

extern const sb_writer sb_writer_json, sb_writer_text, sb_writer_srt, sb_writer_vtt, sb_writer_vtt_words;
extern const sb_writer sb_writer_textgrid, sb_writer_ctm, sb_writer_audacity, sb_writer_audacity_turns;
extern const sb_writer sb_writer_ass, sb_writer_csv, sb_writer_podcast_json, sb_writer_podcast_html;
extern const sb_writer sb_writer_soundbite, sb_writer_chapters, sb_writer_ffmetadata;
extern const sb_writer sb_writer_reaper, sb_writer_edl, sb_writer_otio, sb_writer_fcpxml;
extern const sb_writer sb_writer_peaks;

/* The turns of a transcript and the rows of its alignment. A turn has several rows if a layer of speakers has split it;
 * both have the same words in the same order. */

/* Returns the first row of each turn, and after them the number of rows. The caller frees the list. Returns NULL if the
 * rows are not those of the transcript, or with `*ok` false if memory runs out. */
size_t *sb_source_rows_find(const sb_transcript *transcript, const sb_alignment *alignment, bool *ok);

/* Splits the turns of the transcript as the rows are. The first part of a turn keeps its start, the last its end. Returns
 * false if memory runs out; free the transcript in any case. */
bool sb_source_rows_split(sb_transcript *transcript, const sb_alignment *alignment, const size_t *firsts);

/* Joins the rows to the `n` turns of the transcript. Returns SB_ERR_MEMORY; finish `out` in any case. */
sb_status sb_source_rows_join(sb_whole_turns *out, const sb_alignment *alignment, const size_t *firsts,
                              size_t n, sb_error *err);

/* Reads the transcript in the alignment again, in its own encoding, with one turn for each row. Returns SB_ERR_ARGUMENT
 * if the alignment does not contain it; SB_ERR_FORMAT if its turns differ from the alignment's; SB_ERR_MEMORY. */
sb_status sb_source_read(sb_transcript **out, const sb_alignment *alignment, sb_error *err);

/* Writes the transcript in its own format with the alignment's times, as the format `text` does. */
sb_status sb_source_write(sb_bytes *out, const sb_alignment *alignment, sb_notes *notes, sb_error *err);

/* Returns true if the alignment contains a transcript that was read from this format. */
bool sb_source_is(const sb_alignment *alignment, const char *format);

/* Does the same as sb_source_write if that transcript came in this format and keeps its rules: with `mark`, it is UTF-8 and
 * begins with it, it is not broken (see sb_transcript), and the speakers have the names of the transcript. Otherwise
 * `*is_written` is false. */
sb_status sb_source_write_proper(bool *is_written, sb_bytes *out, const sb_alignment *alignment,
                                 const char *format, const char *mark, sb_notes *notes, sb_error *err);

/* Adds a note about the turns that the format leaves out because they were not heard and have no times. */
void sb_note_left_out(sb_notes *notes, const sb_alignment *alignment);

#endif
