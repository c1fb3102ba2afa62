/* Timed captions: cues, their times and their markup. */
#ifndef SB_TRANSCRIPT_CAPTIONS_CAPTIONS_H
#define SB_TRANSCRIPT_CAPTIONS_CAPTIONS_H

#include "transcript/transcript.h"

/* Turning timed cues of SRT and WebVTT into turns: one turn per cue, in file order.
 *
 * Speakers: a line that begins with "Name:" begins a turn of that speaker if the document uses such names,
 * that is, if its first cue with text does or if one name occurs twice. Cues without a name then belong to
 * the speaker before. `<v Name>` names the speaker of its own cue only. ">>" marks a change to an unknown
 * speaker. A second speaker in a cue gets a turn without a timestamp; the end of the cue is the end of its
 * last turn.
 *
 * Rolling captions: if half of the cues repeat the last lines of the cue before, as YouTube's do, repeated
 * lines and cues without new lines are dropped. */

typedef struct sb_cue {
    sb_time start, end; /* SB_TIME_NONE if the time is damaged */
    sb_range start_range, end_range;
    sb_range text;         /* all lines of the cue */
    int64_t line;          /* line of the times */
    const char *separator; /* begins a new line inside the text: "|" or "[br]"; NULL: none */
} sb_cue;

typedef struct sb_cues {
    sb_cue *items;
    size_t n_items, capacity;
} sb_cues;

typedef enum sb_cue_line { SB_CUE_LINE_OTHER, SB_CUE_LINE_TIMES, SB_CUE_LINE_CUT } sb_cue_line;

/* How a document writes the decimals of its cue times. */
typedef struct sb_cue_clock {
    bool counts_ms;    /* "0:0:1.90" is 1.090 s: Microsoft Teams writes milliseconds without padding */
    bool has_4_digits; /* decimals have four digits or more, so ".1000" is a tenth of a second */
} sb_cue_clock;

/* Measures it over all cue times of the document. */
sb_cue_clock sb_cue_clock_measure(const char *text, size_t size);

/* A repair of a line of cue times. */
typedef struct sb_cue_repair {
    const char *what;    /* what is wrong, and what was assumed; NULL: nothing */
    const char *problem; /* what is wrong, and what to do; for a file without a usable cue */
    size_t at;
} sb_cue_repair;

/* Reads `TIME --> TIME` with optional blanks and ignores the rest of the line. Returns OTHER if the line is
 * something else and CUT if it is cut short by the end of the file. Accepts damaged arrows. A time that cannot
 * be used is SB_TIME_NONE. */
sb_cue_line sb_cue_read_times(sb_cue *out, sb_cue_repair *repair, const sb_cue_clock *clock, const char *text,
                              const sb_line *line);

/* Features for format detection: the first line of cue times, and whether it has a decimal comma, hours, an
 * index or another line directly above it. The function returns false if there are no cue times. */
typedef struct sb_cue_style {
    bool has_comma, has_hours, has_index;
} sb_cue_style;
bool sb_cue_sniff(sb_cue_style *out, const char *text, size_t size);

/* Finds the cues from `line` on; a zeroed `line` starts at the first. Outside WebVTT, a blank line does not
 * end a cue's text, identifiers are numbers, and text above the first cue is not speech. A last cue that is
 * cut short by the end of the file is left out. Damaged times become notes. Returns SB_ERR_FORMAT if there
 * are cues and none has a usable time; SB_ERR_MEMORY. */
sb_status sb_cues_read(sb_cues *out, sb_reading *reading, sb_line line, bool is_vtt);
void sb_cues_finish(sb_cues *cues);

/* Adds the turns of all cues. Returns SB_ERR_MEMORY. */
sb_status sb_cues_add_turns(sb_reading *reading, const sb_cues *cues);

/* Reads the next line of a cue's text that is not blank, trimmed. Start with a zeroed line. */
bool sb_cue_next_line(const sb_cue *cue, const char *text, sb_line *line, sb_range *content);

/* Markup at text[0], such as "<i>", "</v>" or "{\an8}". `voice` is the name in a voice tag, `time` that of a
 * word timestamp, which is at text + 1. `length` is 0 if there is no markup. Looks at a bounded number of
 * bytes. */
typedef struct sb_cue_tag {
    size_t length;
    const char *voice;
    size_t voice_length;
    sb_time time;
    size_t time_length;
    bool is_line_break;
    bool begins_ruby,
        ends_ruby; /* between them is how the text before is read aloud, which is not spoken twice */
} sb_cue_tag;
sb_cue_tag sb_cue_tag_read(const char *text, size_t size);

/* Returns true if the text has word timestamps, such as "<00:00:01.500>". */
bool sb_cue_has_word_times(const sb_cue *cue, const char *text);

/* sb_cues_roll returns true if the cues are rolling captions. The other function returns the number of lines
 * at the head of a cue that the cue before already showed. */
bool sb_cues_roll(const sb_cues *cues, const char *text);
size_t sb_cue_repeated_lines(const sb_cue *before, const sb_cue *cue, const char *text);

/* Adds a note about a time, up to five in a document, which `*n` counts; the other function gives the number of the rest. */
void sb_cue_note(sb_reading *reading, size_t *n, size_t at, const char *what);
void sb_cue_notes_end(sb_reading *reading, size_t n);

#endif
