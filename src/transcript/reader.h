/* What a reader of one transcript format is, and what it fills. To add a format is a file and a line in readers.c. */
#ifndef SB_TRANSCRIPT_READER_H
#define SB_TRANSCRIPT_READER_H

#include "soundbite/transcript.h"

/* How many bytes a sniffer looks at. */
#define SB_SNIFF_BYTES (1 << 20)

/* One document on its way into the model. `transcript` holds the source as valid UTF-8, and takes the turns. */
typedef struct sb_reading {
    sb_transcript *transcript;
    const char *text; /* transcript->source */
    size_t size;
    sb_notes *notes;
    sb_error *err;
} sb_reading;

typedef struct sb_reader {
    const char *name;
    const char *summary;
    /* How sure it is that the text is of this format: 0 not at all, 100 a signature. */
    int (*sniff)(const char *text, size_t size);
    /* Adds the turns in file order. Returns SB_ERR_FORMAT with its place set, or SB_ERR_MEMORY, which need not be set. */
    sb_status (*read)(sb_reading *reading);
} sb_reader;

extern const sb_reader sb_reader_turns_bracket;
extern const sb_reader sb_reader_vtt;
extern const sb_reader sb_reader_srt;
extern const sb_reader sb_reader_podcast_json;

/* The table; NULL beyond the last. */
const sb_reader *sb_reader_at(size_t index);

/* The reader called `name`, SB_ERR_ARGUMENT; or, where `name` is NULL, the one surest of the text, SB_ERR_FORMAT. */
sb_status sb_reader_choose(const sb_reader **out, const sb_reading *reading, const char *name);

/* Refuses bytes that are no text at all, naming what they are: SB_ERR_FORMAT. */
sb_status sb_reader_refuse_binary(const unsigned char *data, size_t size, const char *path, sb_error *err);

/* Adds a turn without words. `line` is that of its header. NULL when out of memory; valid until the next one is added. */
sb_turn *sb_reading_add_turn(sb_reading *reading, int64_t line);

/* Sets the speaker from a piece of source, entities and Markdown undone and blanks trimmed; nothing left is NULL. */
sb_status sb_reading_set_speaker(sb_turn *turn, const char *name, size_t size);
sb_status sb_reading_add_inner_time(sb_reading *reading, size_t turn, sb_range range, sb_time time);

/* Sets the error at byte `at` of the source, or adds a note there. `err` may be NULL. */
sb_status sb_reading_fail(sb_reading *reading, size_t at, const char *format, ...) SB_PRINTF(3, 4);
void sb_reading_note(sb_reading *reading, size_t at, const char *format, ...) SB_PRINTF(3, 4);

/* One line: `at` and `length` without its end, LF, CRLF or CR. Start from a zeroed struct; false after the last. */
typedef struct sb_line {
    size_t at, length, next;
    int64_t number;
    bool has_end; /* false for a last line that nothing ends */
} sb_line;

bool sb_line_next(sb_line *line, const char *text, size_t size);

/* Blanks of all kinds at both ends of text[at .. at + length) left out. */
sb_range sb_range_trim(const char *text, sb_range range);

#endif
