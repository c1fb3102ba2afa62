/* Text above the speech: title, description, YAML, show notes. */
#ifndef SB_TRANSCRIPT_READERS_READERS_H
#define SB_TRANSCRIPT_READERS_READERS_H

#include "transcript/transcript.h"

/* Returns true for a heading that introduces the speech, such as "Transcript" or "## Full transcript:". */
bool sb_front_matter_ends(const char *text, sb_range line);

/* Takes title and language from the first `size` bytes of the source. They come from YAML between lines of
 * "---"; without YAML, the title is the first line. Returns SB_ERR_MEMORY. */
sb_status sb_front_matter_take(sb_reading *reading, size_t size);

/* Returns the last line of YAML front matter, so that sb_line_next continues after it. Returns a zeroed line
 * if there is none. */
sb_line sb_yaml_end(const char *text, size_t size);

/* Returns true for a line of marks only, such as "---" or "* * *". */
bool sb_is_rule(const char *text, sb_range line);

/* Returns true for a line about the transcript itself, such as "Transcribed by https://otter.ai". Near the
 * end of the file, `is_tail`, lines without an address count too: "[END]". */
bool sb_is_footer(const char *text, sb_range line, bool is_tail);

/* Returns true for a line such as "This transcript was generated automatically." or "Copyright 2024 Ann Lee".
 */
bool sb_is_about_transcript(const char *text, sb_range line);

/* Returns true for "Page 12 of 45", and for a line that occurs again and is above such a line. */
bool sb_is_page_head(const char *text, size_t size, sb_line line);

/* Returns the position of the first line below the speech: notes, lists of links, copyright and the like up
 * to the end of the text. Looks below `line`, which is the last header, and `has_speech` if it has text.
 * Without headers (`has_headers` false), headings below which there is prose are no end. SIZE_MAX: there is
 * none. */
size_t sb_closing_find(const char *text, size_t size, sb_line line, bool has_speech, bool has_headers);

/* Returns NULL if the text is prose. Otherwise says what it looks like: "a table", "program code". */
const char *sb_not_prose(const char *text, size_t size);

#endif
