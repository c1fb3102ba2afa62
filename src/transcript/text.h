/* Raw text made into words and events: HTML entities and Markdown escapes undone, "[laughter]" and its like told from speech. */
#ifndef SB_TRANSCRIPT_TEXT_H
#define SB_TRANSCRIPT_TEXT_H

#include "soundbite/file.h"
#include "soundbite/transcript.h"

/* Takes the text of one turn piece by piece; a word may run across pieces. A word ends at a blank, and in scripts without blanks after each
 * character (sb_may_part). */
typedef struct sb_text_writer {
    sb_turn *turn;
    sb_bytes word;
    int32_t last; /* character of `word` */
    bool spoken;  /* `word` has a letter or a digit */
    sb_time word_start;
    sb_time next_start; /* given to the word that begins next; SB_TIME_NONE none */
    bool failed;
} sb_text_writer;

void sb_text_begin(sb_text_writer *writer, sb_turn *turn);
void sb_text_put(sb_text_writer *writer, const char *text, size_t size);

/* Ends the word, as a blank does. */
void sb_text_break(sb_text_writer *writer);

/* Ends the turn and frees what the writer holds. SB_ERR_MEMORY where anything since sb_text_begin failed. */
sb_status sb_text_end(sb_text_writer *writer);

/* The text with entities and escapes undone, blanks trimmed and runs of them made one; NULL where nothing is left, or,
 * with `*ok` false, out of memory. The caller frees. */
char *sb_text_plain(const char *text, size_t size, bool *ok);

/* Bytes of the event that begins at text[0] with a bracket: "[inaudible 00:12:01]", "(crosstalk)", "\[laughter\]". 0 where
 * the bracket holds speech. Looks at a bounded number of bytes. */
size_t sb_event_length(const char *text, size_t size);

/* The character that an entity such as "&amp;" or "&#39;" at text[0] stands for; `*length` is that of the entity. 0 where
 * none begins. */
int32_t sb_entity_read(const char *text, size_t size, size_t *length);

#endif
