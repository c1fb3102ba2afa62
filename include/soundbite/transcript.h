/* Transcripts: what was said, by whom, and when the transcript thinks it was. */
#ifndef SOUNDBITE_TRANSCRIPT_H
#define SOUNDBITE_TRANSCRIPT_H

#include "soundbite/time.h"

SB_BEGIN_DECLS

/* Bytes of sb_transcript.source, so that a stamp can be put back where it stood. Empty: length 0. */
typedef struct sb_range {
    size_t at, length;
} sb_range;

/* A word is what stands between blanks, punctuation included. */
typedef struct sb_word {
    char *text;
    sb_time start, end; /* where the transcript itself times words; else SB_TIME_NONE */
} sb_word;

/* "[inaudible 00:12:01]", "(crosstalk)": markup that stands before word `before_word` (n_words: after the last). */
typedef struct sb_event {
    char *text;
    size_t before_word;
} sb_event;

typedef struct sb_turn {
    char *speaker;  /* NULL: nobody named */
    sb_time stamp;  /* SB_TIME_NONE: none */
    sb_time stop;   /* the transcript's own end, mostly SB_TIME_NONE */
    sb_word *words; /* joined by single blanks they are the turn's text */
    size_t n_words;
    sb_event *events;
    size_t n_events;
    int64_t line;                     /* of the stamp or header, from 1 */
    sb_range stamp_range, stop_range; /* the digits of the times in `source` */
} sb_turn;

/* A time inside a turn, a word's own or that of a cue without text: it moves along where the turn is given a new stamp. */
typedef struct sb_inner_time {
    size_t turn;
    sb_range range;
    sb_time time;
} sb_inner_time;

typedef struct sb_transcript {
    char *path;     /* as given by the caller; NULL none */
    char *format;   /* the reader's name */
    char *title;    /* front matter; NULL none */
    char *language; /* BCP 47, where the file says it; NULL unknown */
    sb_turn *turns;
    size_t n_turns;
    sb_inner_time *inner_times;
    size_t n_inner_times;
    sb_time number_unit; /* of times without a colon: SB_TIME_SECOND or SB_TIME_MS */
    sb_time resolution;  /* of the stamps, measured: 1 s, 0.1 s, 1 ms ...; SB_TIME_NONE without stamps */
    char *source;        /* the document as UTF-8 without BOM, newlines as they were */
    size_t source_size;
    char *encoding;  /* "utf-8", "utf-8-bom", "utf-16le", "utf-16be", "windows-1252" */
    char sha256[65]; /* of the original bytes */
} sb_transcript;

typedef struct sb_transcript_params {
    const char *path;   /* for messages and the alignment file; NULL none */
    const char *format; /* the reader to use; NULL chooses by content */
} sb_transcript_params;

/* Reads a transcript from memory. Total: any bytes give turns, or SB_ERR_FORMAT with line and column. What is odd but
 * readable (stamps that go backwards, cues without text) becomes a note; `notes` may be NULL. `params` may be
 * NULL. SB_ERR_FORMAT, SB_ERR_MEMORY, SB_ERR_ARGUMENT (no such reader: the message names them). */
SB_API sb_status sb_transcript_read(sb_transcript **out, const void *data, size_t size,
                                    const sb_transcript_params *params, sb_notes *notes, sb_error *err);
SB_API void sb_transcript_free(sb_transcript **transcript);

/* The name and one-line description of reader `index`; NULL beyond the last. */
SB_API const char *sb_transcript_format(size_t index, const char **summary);

/* Writes the document back in its own form and encoding with new times: stamps[i] and stops[i] (may be NULL) for turn
 * i, SB_TIME_NONE keeps what stands there. Each time keeps its own spelling (digits, separators, hours, decimals),
 * cut down to its decimals; everything else is byte for byte. `out` is struct sb_bytes. SB_ERR_MEMORY. */
struct sb_bytes;
SB_API sb_status sb_transcript_restamp(struct sb_bytes *out, const sb_transcript *transcript,
                                       const sb_time *stamps, const sb_time *stops, sb_error *err);

/* What joins two words into text: "" between ideographic characters (Han, kana, bopomofo), otherwise " ". Quotes, dashes and other
 * marks at the edges of the words are ignored. */
SB_API const char *sb_word_gap(const char *before, const char *after);

/* The turn's words joined by sb_word_gap; the caller frees. NULL when out of memory. */
SB_API char *sb_turn_text(const sb_turn *turn);

SB_END_DECLS

#endif
