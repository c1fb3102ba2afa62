/* The interface of transcript readers. To add a format, write one file and add one line to readers.c. */
#ifndef SB_TRANSCRIPT_READER_H
#define SB_TRANSCRIPT_READER_H

#include "soundbite/transcript.h"

/* Number of bytes that a sniffer looks at. */
#define SB_SNIFF_BYTES (1 << 20)

/* A document that is being read. `transcript` holds the source as valid UTF-8 and receives the turns. */
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
    /* Returns how certain it is that the text has this format, from 0 (not at all) to 100 (it has a
     * signature). */
    int (*sniff)(const char *text, size_t size);
    /* Adds the turns in file order. Returns SB_ERR_FORMAT with its place set, or SB_ERR_MEMORY, for which
     * `err` need not be set. */
    sb_status (*read)(sb_reading *reading);
} sb_reader;

extern const sb_reader sb_reader_turns_bracket;
extern const sb_reader sb_reader_vtt;
extern const sb_reader sb_reader_srt;
extern const sb_reader sb_reader_podcast_json;

/* Returns reader `index` of the table, or NULL beyond the last. */
const sb_reader *sb_reader_at(size_t index);

/* Finds the reader called `name`; returns SB_ERR_ARGUMENT if there is none. If `name` is NULL, finds the
 * reader that is most certain; returns SB_ERR_FORMAT if no reader accepts the text. */
sb_status sb_reader_choose(const sb_reader **out, const sb_reading *reading, const char *name);

/* Returns SB_ERR_FORMAT if the bytes are not text. The message says what they are. */
sb_status sb_reader_refuse_binary(const unsigned char *data, size_t size, const char *path, sb_error *err);

/* Adds a turn without words. `line` is the line of its header. Returns NULL if memory runs out. The pointer
 * is valid until the next turn is added. */
sb_turn *sb_reading_add_turn(sb_reading *reading, int64_t line);

/* Sets the speaker from a part of the source: decodes entities and Markdown escapes and trims blanks. An
 * empty name gives NULL. Returns SB_ERR_MEMORY. */
sb_status sb_reading_set_speaker(sb_turn *turn, const char *name, size_t size);
sb_status sb_reading_add_inner_time(sb_reading *reading, size_t turn, sb_range range, sb_time time);

/* Set the error, or add a note, at byte `at` of the source. `err` may be NULL. */
sb_status sb_reading_fail(sb_reading *reading, size_t at, const char *format, ...) SB_PRINTF(3, 4);
void sb_reading_note(sb_reading *reading, size_t at, const char *format, ...) SB_PRINTF(3, 4);

/* One line: its position and its length without the line end (LF, CRLF or CR). Start with a zeroed struct;
 * the function returns false after the last line. */
typedef struct sb_line {
    size_t at, length, next;
    int64_t number;
    bool has_end; /* false for a last line without a line end */
} sb_line;

bool sb_line_next(sb_line *line, const char *text, size_t size);

/* Returns text[at .. at + length) without blanks at both ends. */
sb_range sb_range_trim(const char *text, sb_range range);

#endif
