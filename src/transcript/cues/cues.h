/* Cues: their times, markup, speakers and repetitions. */
#ifndef SB_TRANSCRIPT_CUES_CUES_H
#define SB_TRANSCRIPT_CUES_CUES_H

#include "transcript/transcript.h"

/* Turning timed cues of SRT and WebVTT into turns: one turn per cue, in file order.
 *
 * Speakers: a line that begins with "Name:" or "[NAME]" begins a turn of that speaker if the document uses
 * such names (see sb_cue_speakers). Cues without a name then belong to the speaker before. `<v Name>` names
 * the speaker of its own cue only. ">>" marks a change to an unknown speaker; so does a dash, in documents
 * that use dashes for this. A second speaker in a cue gets a turn without a timestamp; the end of the cue is
 * the end of its last turn.
 *
 * Rolling captions: if half of the cues repeat the last lines or words of the cue before, as YouTube's do,
 * the repeated words and cues without new text are dropped. */

typedef struct sb_cue {
    sb_time start, end; /* SB_TIME_NONE if the time is damaged */
    sb_range start_range, end_range;
    sb_range text;         /* all lines of the cue */
    int64_t line;          /* line of the times */
    bool has_id;           /* there is an identifier above the times */
    const char *separator; /* the separator of lines inside the text: "|" or "[br]"; NULL: none */
} sb_cue;

typedef struct sb_cues {
    sb_cue *items;
    size_t n_items, capacity;
    size_t n_dropped; /* cues of the document before `items`, which were freed */
} sb_cues;

typedef enum sb_cue_line { SB_CUE_LINE_OTHER, SB_CUE_LINE_TIMES, SB_CUE_LINE_CUT } sb_cue_line;

/* How a document writes the decimals of its cue times. */
typedef struct sb_cue_clock {
    bool counts_ms;    /* "0:0:1.90" is 1.090 s: Microsoft Teams writes milliseconds without padding */
    bool has_4_digits; /* decimals have four digits or more, so ".1000" is a tenth of a second */
} sb_cue_clock;

/* Measures the clock from all cue times of the document. */
sb_cue_clock sb_cue_clock_measure(const char *text, size_t size);

/* A repair of a line of cue times. */
typedef struct sb_cue_repair {
    const char *what;    /* what is wrong, and what was assumed; NULL: nothing */
    const char *problem; /* what is wrong, and what to do; for a file without a usable cue */
    size_t at;
    bool shows_times; /* in the message, the times that were read come after `what` */
    bool has_index;   /* the cue's number is on the same line */
    bool is_weak; /* there is no arrow between the times; only an index above it shows that this is a cue */
} sb_cue_repair;

/* Reads `TIME --> TIME` with optional blanks and cue settings; other text on the line becomes the cue's text.
 * Returns OTHER if the line is something else and CUT if it is cut short by the end of the file. Accepts
 * damaged arrows and times. A time that cannot be used is SB_TIME_NONE. */
sb_cue_line sb_cue_read_times(sb_cue *out, sb_cue_repair *repair, const sb_cue_clock *clock, const char *text,
                              const sb_line *line);

/* Reads a line of cue times in any other spelling: other signs between the parts and the times, blanks
 * inside, an index on the same line, "0h 0m 1.5s", 60 seconds. Returns false if the line is something else;
 * `out` is then unchanged. */
bool sb_cue_read_loose(sb_cue *out, sb_cue_repair *repair, const char *text, const sb_line *line);

/* Features for format detection: the first line of cue times, and whether it has a decimal comma, hours, or
 * an index above it. The function returns false if there are no cue times. */
typedef struct sb_cue_style {
    bool has_comma, has_hours, has_index, is_loose;
} sb_cue_style;
bool sb_cue_sniff(sb_cue_style *out, const char *text, size_t size);

/* Returns true if at least one line in twelve has an arrow "-->". A text that merely quotes a cue has fewer
 * arrows. */
bool sb_cues_prevail(const char *text, size_t size);

/* Finds the cues from `line` on; a zeroed `line` starts at the first. Outside WebVTT, a blank line does not
 * end a cue's text, identifiers are numbers, and text above the first cue is not speech. A last cue that is
 * cut short by the end of the file is left out. Damaged times become notes. Returns SB_ERR_FORMAT if there
 * are cues and none has a usable time; SB_ERR_MEMORY. */
sb_status sb_cues_read(sb_cues *out, sb_reading *reading, sb_line line, bool is_vtt);
void sb_cues_finish(sb_cues *cues);

/* Adds the turns of all cues, and empties `cues`. Returns SB_ERR_MEMORY. */
sb_status sb_cues_add_turns(sb_reading *reading, sb_cues *cues);

/* Returns text[at .. at + length) without blanks and byte order marks at both ends. */
sb_range sb_cue_trim(const char *text, sb_range range);

/* Reads the next line of a cue's text that is not blank, trimmed. Start with a zeroed line. */
bool sb_cue_next_line(const sb_cue *cue, const char *text, sb_line *line, sb_range *content);

/* Markup at text[0], such as "<i>", "</v>", "{\an8}", "{y:i}" of MicroDVD or "\N" of Aegisub. `voice` is the
 * name in a voice tag, `time` that of a word timestamp, which is at text + 1. `length` is 0 if there is no
 * markup. Looks at a bounded number of bytes. */
typedef struct sb_cue_tag {
    size_t length;
    const char *voice;
    size_t voice_length; /* 0 in "<v>", which has no name */
    bool ends_voice;
    sb_time time;
    size_t time_length;
    bool is_line_break;
    bool begins_ruby,
        /* the text between the two tags is the pronunciation of the text before it, so it is not spoken a
         * second time */
        ends_ruby;
} sb_cue_tag;
sb_cue_tag sb_cue_tag_read(const char *text, size_t size);

/* How the captions of a document mark speakers. */

#define SB_CUE_MAX_NAMES 64

typedef struct sb_cue_name {
    sb_range range;
    size_t n_seen;
} sb_cue_name;

typedef struct sb_cue_names {
    sb_cue_name items[SB_CUE_MAX_NAMES];
    size_t n_items;
} sb_cue_names;

typedef struct sb_cue_speakers {
    bool uses_names;    /* "NAME: text": the first line has a name, or a name occurs twice */
    bool uses_brackets; /* "[NAME] text" or "(NAME) text": a name occurs twice */
    /* a dash begins the words of another speaker: a cue has two dashes, or two cues have a dash below other
     * text */
    bool uses_dashes;
    bool uses_wide_names;  /* most cues begin with a name and a full-width colon */
    bool uses_small_names; /* two labels are in small letters, "nora:" */
    bool uses_ids;         /* the identifiers of the cues are names */
    sb_cue_names names, bracketed;
    size_t n_measured, n_wide_names, n_small_again;
} sb_cue_speakers;

/* Returns the identifier above the times of the cue; length 0: none. */
sb_range sb_cue_id(const sb_cue *cue, const char *text);

void sb_cue_speakers_measure(sb_cue_speakers *out, const sb_cues *cues, const char *text);

/* The part of a line before its words: markup, ">>", a dash, a name. */
typedef struct sb_cue_lead {
    size_t length;
    bool is_change; /* another speaker begins */
    sb_range name;  /* length 0: none */
} sb_cue_lead;

/* Set `is_first` for the first line of a cue, in which every name counts. */
sb_cue_lead sb_cue_lead_read(sb_cue_speakers *speakers, const char *text, sb_range line, bool is_first);

/* Returns the position after text[at] at which another speaker begins inside a line: at ">>", or at a name
 * that occurs twice. Returns `end` if there is none. */
size_t sb_cue_next_speaker(sb_cue_speakers *speakers, const char *text, size_t at, size_t end);

/* Returns true for a cue that nobody says: an advertisement of a site for captions, or, near the beginning
 * and the end, the name of who made them. */
bool sb_cue_is_credit(const sb_cues *cues, size_t index, const char *text);

/* Returns true if the text has word timestamps, such as "<00:00:01.500>". */
bool sb_cue_has_word_times(const sb_cue *cue, const char *text);

typedef enum sb_cue_rolling {
    SB_CUE_ROLLS_NOT,
    SB_CUE_ROLLS_LINES, /* cues begin with the last lines of the cue before */
    SB_CUE_ROLLS_WORDS  /* cues begin with its last words, or with all of it */
} sb_cue_rolling;
sb_cue_rolling sb_cues_roll(const sb_cues *cues, const char *text);

/* The first function returns the number of lines at the beginning of a cue that the cue before already
 * showed. The other returns the position of the first word that the cue before did not show; the end of the
 * text if there is none. */
size_t sb_cue_repeated_lines(const sb_cue *before, const sb_cue *cue, const char *text);
size_t sb_cue_new_text(const sb_cue *before, const sb_cue *cue, const char *text);

/* Adds a note about a time. A document gets at most five such notes; `*n` counts all of them. The other
 * function adds a note with the number of the remaining ones. */
void sb_cue_note(sb_reading *reading, size_t *n, size_t at, const char *what);
void sb_cue_notes_end(sb_reading *reading, size_t n);

#endif
