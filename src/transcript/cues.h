/* Timed cues, as SRT and WebVTT have them, made into turns: one turn a cue, in file order.
 *
 * Names: a cue's line that begins with "Name:" begins a turn of that speaker, if the document names speakers so: its first
 * cue with text does, or one such name stands twice. Then cues without a name belong to the speaker before them. `<v Name>`
 * always names, for its cue alone. ">>" marks a change of speaker to somebody unknown.
 * A second speaker in the same cue gets a turn without a stamp; the cue's end goes to the last of them.
 * Rolling captions: where half the cues repeat the last lines of the cue before (YouTube's, which show each line up to
 * three times), the repeated lines are dropped, and cues with nothing new in them. */
#ifndef SB_TRANSCRIPT_CUES_H
#define SB_TRANSCRIPT_CUES_H

#include "transcript/reader.h"

typedef struct sb_cue {
    sb_time start, end;
    sb_range start_range, end_range;
    sb_range text; /* all its lines */
    int64_t line;  /* of the times */
} sb_cue;

typedef struct sb_cues {
    sb_cue *items;
    size_t n_items, capacity;
} sb_cues;

typedef enum sb_cue_line { SB_CUE_LINE_OTHER, SB_CUE_LINE_TIMES, SB_CUE_LINE_CUT } sb_cue_line;

/* Reads `TIME --> TIME`, blanks optional, whatever follows ignored. OTHER where the line is something else, CUT where
 * the end of the file cuts it short. Fails where it is meant to be times and makes no sense. */
sb_status sb_cue_read_times(sb_cue *out, sb_cue_line *kind, sb_reading *reading, const sb_line *line);

/* How the text looks to a sniffer: the first line of cue times, and whether it has a decimal comma, hours, an index or
 * other blank-separated line above it. False where there is none. */
typedef struct sb_cue_style {
    bool has_comma, has_hours, has_index;
} sb_cue_style;
bool sb_cue_sniff(sb_cue_style *out, const char *text, size_t size);

/* Finds the cues from `line` on (zeroed: from the first). Outside WebVTT, blank lines do not end a cue's text; there
 * identifiers are numbers, and what stands above the first cue is no speech. Cut short by the end of the file, the last cue
 * is left out. Fails as sb_cue_read_times, and SB_ERR_MEMORY. */
sb_status sb_cues_read(sb_cues *out, sb_reading *reading, sb_line line, bool is_vtt);
void sb_cues_finish(sb_cues *cues);

/* Adds the turns for all cues. */
sb_status sb_cues_add_turns(sb_reading *reading, const sb_cues *cues);

/* The next line of a cue's text, trimmed, blank ones skipped. Start from a zeroed line. */
bool sb_cue_next_line(const sb_cue *cue, const char *text, sb_line *line, sb_range *content);

/* Markup at text[0]: "<i>", "</v>", "{\an8}". `voice` is a voice's, `time` is that of a word and its place is
 * text + 1. `length` 0: there is no markup. Looks at a bounded number of bytes. */
typedef struct sb_cue_tag {
    size_t length;
    const char *voice;
    size_t voice_length;
    sb_time time;
    size_t time_length;
    bool is_line_break;
} sb_cue_tag;
sb_cue_tag sb_cue_tag_read(const char *text, size_t size);

/* Whether there are times inside the text, "<00:00:01.500>". */
bool sb_cue_has_word_times(const sb_cue *cue, const char *text);

/* Whether the cues roll, and the number of lines at the head of a cue that the one before already showed. */
bool sb_cues_roll(const sb_cues *cues, const char *text);
size_t sb_cue_repeated_lines(const sb_cue *before, const sb_cue *cue, const char *text);

#endif
