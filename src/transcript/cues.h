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
#ifndef SB_TRANSCRIPT_CUES_H
#define SB_TRANSCRIPT_CUES_H

#include "transcript/reader.h"

typedef struct sb_cue {
    sb_time start, end;
    sb_range start_range, end_range;
    sb_range text; /* all lines of the cue */
    int64_t line;  /* line of the times */
} sb_cue;

typedef struct sb_cues {
    sb_cue *items;
    size_t n_items, capacity;
} sb_cues;

typedef enum sb_cue_line { SB_CUE_LINE_OTHER, SB_CUE_LINE_TIMES, SB_CUE_LINE_CUT } sb_cue_line;

/* Reads `TIME --> TIME` with optional blanks and ignores the rest of the line. Sets `*kind` to OTHER if the
 * line is something else and to CUT if it is cut short by the end of the file. Returns SB_ERR_FORMAT if the
 * line has invalid times. */
sb_status sb_cue_read_times(sb_cue *out, sb_cue_line *kind, sb_reading *reading, const sb_line *line);

/* Features for format detection: the first line of cue times, and whether it has a decimal comma, hours, an
 * index or another line directly above it. The function returns false if there are no cue times. */
typedef struct sb_cue_style {
    bool has_comma, has_hours, has_index;
} sb_cue_style;
bool sb_cue_sniff(sb_cue_style *out, const char *text, size_t size);

/* Finds the cues from `line` on; a zeroed `line` starts at the first. Outside WebVTT, a blank line does not
 * end a cue's text, identifiers are numbers, and text above the first cue is not speech. A last cue that is
 * cut short by the end of the file is left out. Returns the statuses of sb_cue_read_times and
 * SB_ERR_MEMORY. */
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
} sb_cue_tag;
sb_cue_tag sb_cue_tag_read(const char *text, size_t size);

/* Returns true if the text has word timestamps, such as "<00:00:01.500>". */
bool sb_cue_has_word_times(const sb_cue *cue, const char *text);

/* sb_cues_roll returns true if the cues are rolling captions. The other function returns the number of lines
 * at the head of a cue that the cue before already showed. */
bool sb_cues_roll(const sb_cues *cues, const char *text);
size_t sb_cue_repeated_lines(const sb_cue *before, const sb_cue *cue, const char *text);

#endif
