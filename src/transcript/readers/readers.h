/* Text above the speech: title, description, YAML, show notes. */
#ifndef SB_TRANSCRIPT_READERS_READERS_H
#define SB_TRANSCRIPT_READERS_READERS_H

#include "transcript/transcript.h"

/* Returns true for a heading that introduces the speech, such as "Transcript" or "## Full transcript:". */
bool sb_front_matter_ends(const char *text, sb_range line);

/* Returns true for such a heading with "#", or below a blank line or a rule, or near the start of the text.
 */
bool sb_is_transcript_heading(const char *text, sb_line line);

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

/* Lines that are above "Page 12" again and again, such as the title of the document. */
#define SB_N_PAGE_HEADS 4

typedef struct sb_page_head {
    sb_range range;
    size_t count;
} sb_page_head;

typedef struct sb_page_heads {
    sb_page_head heads[SB_N_PAGE_HEADS];
    size_t n_pages; /* lines "Page 12" */
} sb_page_heads;

void sb_page_heads_find(sb_page_heads *out, const char *text, size_t size);

/* Returns true for "Page 12 of 45", if there is another such line, and for a head above it. */
bool sb_is_page_head(const sb_page_heads *heads, const char *text, size_t size, sb_line line);

/* Returns "Ann Lee" of "Ann Lee (call)". */
sb_range sb_without_remark(const char *text, sb_range name);

/* Returns true for a key with numbers: "Total time: 45:10", "Page 12 of 45". */
bool sb_is_number_line(const char *text, sb_range line);

/* Returns true for a heading of Markdown. */
bool sb_is_heading(const char *text, sb_range line);

/* Returns true for a line with a word that is said rather than written in a credit: "I", "she", "told". */
bool sb_is_said(const char *text, sb_range line);

/* Returns true for names and words between them, and nothing else: "Ann Lee and the River Show". */
bool sb_is_names(const char *text, sb_range line);

/* Returns the position of the first line below the speech: notes, lists of links, copyright and the like up
 * to the end of the text. Looks below `line`, which is the last header, and `has_speech` if it has text.
 * Without headers (`has_headers` false), headings below which there is prose are no end. SIZE_MAX: there is
 * none. */
size_t sb_closing_find(const char *text, size_t size, sb_line line, bool has_speech, bool has_headers);

/* Returns NULL if the text is prose. Otherwise says what it looks like: "a table", "program code". */
const char *sb_not_prose(const char *text, size_t size);

#endif
