/* Reading transcripts: turns, speakers, words and timestamps, from any supported format. */
#ifndef SOUNDBITE_TRANSCRIPT_H
#define SOUNDBITE_TRANSCRIPT_H

#include "soundbite/time.h"

SB_BEGIN_DECLS

/* A range of bytes in sb_transcript.source, used to replace timestamps in place. `length` 0 means there is
 * none. */
typedef struct sb_range {
    size_t at, length;
} sb_range;

/* A word: the text between two blanks, with its punctuation. */
typedef struct sb_word {
    char *text;         /* freed with the transcript, never alone; other words may share it */
    sb_time start, end; /* the word's own times, if the transcript has them; otherwise SB_TIME_NONE */
} sb_word;

/* Markup such as "[inaudible 00:12:01]" or "(crosstalk)". It is before word `before_word`, or after the
 * last word if `before_word` is `n_words`. */
typedef struct sb_event {
    char *text;
    size_t before_word;
} sb_event;

/* A turn: consecutive words of one speaker. In formats with cues, each cue is one sb_turn; all cues of a turn
 * except the first have `goes_on` set. */
typedef struct sb_turn {
    char *speaker;  /* NULL if the transcript does not name the speaker */
    sb_time stamp;  /* the start time in the transcript; SB_TIME_NONE if it has none */
    sb_time stop;   /* the end time in the transcript; usually SB_TIME_NONE */
    sb_word *words; /* sb_turn_text joins them to the turn's text */
    size_t n_words;
    sb_event *events;
    size_t n_events;
    int64_t line;                     /* line of the timestamp or header, from 1 */
    bool goes_on;                     /* this is the next cue of the same turn as the one before */
    bool is_change;                   /* another speaker begins here, but the transcript does not name them */
    sb_range stamp_range, stop_range; /* where the digits of the two times are in `source` */
} sb_turn;

/* A timestamp inside a turn: of a word, or of a cue without text. sb_transcript_restamp moves it by as much
 * as the turn's own timestamp. */
typedef struct sb_inner_time {
    size_t turn;
    sb_range range;
    sb_time time;
} sb_inner_time;

/* A transcript. sb_transcript_free frees all of it. */
typedef struct sb_transcript {
    char *path;   /* as the caller gave it; NULL if none */
    char *format; /* name of the reader; see sb_transcript_format */
    /* the kind of document that `source` was extracted from: "docx", "odt", "rtf" or "html"; NULL: the file
     * was plain text */
    char *container;
    char *title;    /* from the front matter; NULL if none */
    char *language; /* BCP 47 tag, if the file gives one; NULL if unknown */
    /* The document breaks the rules of its format, and the reader had to assume something. The notes say
     * what. */
    bool is_broken;
    sb_turn *turns;
    size_t n_turns;
    sb_inner_time *inner_times;
    size_t n_inner_times;
    /* unit of times without a colon: SB_TIME_SECOND or SB_TIME_MS. A negative value -n means n/10 000 of a
     * flick, for units that are not a whole number of flicks, such as 100 ns */
    sb_time number_unit;
    /* resolution of the timestamps as measured: 1 s, 0.1 s, 1 ms ...; SB_TIME_NONE without timestamps */
    sb_time resolution;
    char *source; /* the document as UTF-8 without BOM; line ends are unchanged */
    size_t source_size;
    /* "utf-8", "utf-8-bom", "utf-16le", "utf-16be", "utf-16le-no-bom", "utf-16be-no-bom", "windows-1252" */
    char *encoding;
    char sha256[65];               /* of the original bytes */
    struct sb_text_memory *memory; /* private: holds the texts of the words */
    /* How certain the format is, if it was detected from the content: 100 for a signature, 90 for a feature
     * that only this format has, 50 if the text could be in this format. 0 if the caller named the format. */
    int certainty;
    /* The evidence for the format; another format that fits almost as well; and the evidence for that one.
     * Static strings. NULL if there is no other format, or if the caller named the format. */
    const char *evidence, *other_format, *other_evidence;
} sb_transcript;

/* How to read a transcript. A zeroed struct means the defaults. */
typedef struct sb_transcript_params {
    const char *path;   /* for messages and the alignment file; may be NULL */
    const char *format; /* name of the reader to use; NULL detects the format from the content */
} sb_transcript_params;

/* Reads a transcript from memory. Any input gives either turns or an error with line and column. Faults that
 * do not prevent reading, such as timestamps that go backwards, become notes. `params` and `notes` may be
 * NULL. `data` is copied. Returns SB_ERR_FORMAT if the text cannot be read as a transcript; SB_ERR_ARGUMENT
 * if `params->format` is not a reader (the message lists the readers); SB_ERR_MEMORY. */
SB_API sb_status sb_transcript_read(sb_transcript **out, const void *data, size_t size,
                                    const sb_transcript_params *params, sb_notes *notes, sb_error *err);

/* Does the same, but takes ownership of `data` instead of copying it, which saves memory. `data` is empty
 * afterwards, even if the call fails. */
struct sb_bytes;
SB_API sb_status sb_transcript_take(sb_transcript **out, struct sb_bytes *data,
                                    const sb_transcript_params *params, sb_notes *notes, sb_error *err);
SB_API void sb_transcript_free(sb_transcript **transcript);

/* Returns the name of reader `index` and sets `*summary` to its one-line description. Returns NULL beyond the
 * last. */
SB_API const char *sb_transcript_format(size_t index, const char **summary);

/* Returns a short example of format `index`: a few lines that end with a line feed. Returns NULL beyond the
 * last format, or if there is no example. */
SB_API const char *sb_transcript_example(size_t index);

/* Writes the document with new times, in its own format and encoding. `stamps[i]` and `stops[i]` are the new
 * start and end of turn i; SB_TIME_NONE leaves a time unchanged. `stops` may be NULL. Each time keeps its
 * spelling (digits, separators, hours). It is truncated, not rounded, to its number of decimals; a number of
 * seconds may get as many decimals as the document uses. All other bytes stay the same. If the text came from
 * a container such as docx, only the text is written. Returns SB_ERR_MEMORY. `out` is the struct sb_bytes of
 * soundbite/file.h. */
struct sb_bytes;
SB_API sb_status sb_transcript_restamp(struct sb_bytes *out, const sb_transcript *transcript,
                                       const sb_time *stamps, const sb_time *stops, sb_error *err);

/* One speaker of a speaker layer, and when this speaker talks. Segments of different speakers may overlap;
 * those of one speaker do not. */
typedef struct sb_layer_speaker {
    char *name;
    sb_span *spans; /* sorted by time */
    size_t n_spans;
} sb_layer_speaker;

/* A speaker layer: who speaks when, from a separate file such as the output of a diarization tool.
 * sb_speaker_layer_free frees all of it. */
typedef struct sb_speaker_layer {
    char *path;                 /* as the caller gave it; NULL if none */
    sb_layer_speaker *speakers; /* in the order of their first segments in the file */
    size_t n_speakers;
    char sha256[65]; /* of the file */
} sb_speaker_layer;

/* Reads a speaker layer: an RTTM file, Audacity labels whose texts are names, or a table with the columns
 * start, end (or duration) and speaker. Of any other transcript, only the speakers and their times are used.
 * `path` is for messages and may be NULL; `notes` may be NULL. Returns SB_ERR_FORMAT if the file has no
 * segments with speakers, or has segments of several recordings; SB_ERR_MEMORY. */
SB_API sb_status sb_speaker_layer_read(sb_speaker_layer **out, const void *data, size_t size,
                                       const char *path, sb_notes *notes, sb_error *err);
SB_API void sb_speaker_layer_free(sb_speaker_layer **layer);

/* Returns the text between two words: "" between ideographic characters (Han, kana, bopomofo) and between
 * words in Thai, Lao, Khmer or Burmese, otherwise " ". Quotation marks, dashes and other punctuation at the
 * edges of the words are ignored. In such scripts a blank stands between phrases; it is stored at the end of
 * the word before it. */
SB_API const char *sb_word_gap(const char *before, const char *after);

/* Returns the turn's words joined by sb_word_gap. The caller frees the text. Returns NULL if memory runs
 * out. */
SB_API char *sb_turn_text(const sb_turn *turn);

SB_END_DECLS

#endif
