/* Splitting raw text into words and events: decodes HTML entities and Markdown escapes, and separates
 * "[laughter]" and similar events from speech. */
#ifndef SB_TRANSCRIPT_TEXT_H
#define SB_TRANSCRIPT_TEXT_H

#include "soundbite/file.h"
#include "soundbite/transcript.h"

/* Receives the text of one turn in pieces. A word may continue in the next piece. A word ends at a blank, and
 * in scripts without blanks after each character (see sb_may_part). */
typedef struct sb_text_writer {
    sb_turn *turn;
    sb_bytes word;
    int32_t last; /* last character of `word` */
    bool spoken;  /* `word` has a letter or a digit */
    sb_time word_start;
    sb_time next_start; /* time of the next word; SB_TIME_NONE: none */
    bool failed;
} sb_text_writer;

void sb_text_begin(sb_text_writer *writer, sb_turn *turn);
void sb_text_put(sb_text_writer *writer, const char *text, size_t size);

/* Ends the current word, as a blank does. */
void sb_text_break(sb_text_writer *writer);

/* Ends the turn and frees the writer's memory. Returns SB_ERR_MEMORY if any allocation since sb_text_begin
 * failed. */
sb_status sb_text_end(sb_text_writer *writer);

/* Returns the text with entities and escapes decoded, trimmed, and with runs of blanks reduced to one.
 * Returns NULL if nothing is left, or with `*ok` false if memory runs out. The caller frees it. */
char *sb_text_plain(const char *text, size_t size, bool *ok);

/* Returns the length of the event that begins with a bracket at text[0]: "[inaudible 00:12:01]",
 * "(crosstalk)", "\[laughter\]". Returns 0 if the brackets hold speech. Looks at a bounded number of
 * bytes. */
size_t sb_event_length(const char *text, size_t size);

/* Returns the character of an entity such as "&amp;" or "&#39;" at text[0] and sets `*length` to the entity's
 * length. Returns 0 if there is none. */
int32_t sb_entity_read(const char *text, size_t size, size_t *length);

#endif
