/* Transcripts: turns, tokens, and functions that all readers use: cues, timestamps, text, encodings. */
#ifndef SB_TRANSCRIPT_TRANSCRIPT_H
#define SB_TRANSCRIPT_TRANSCRIPT_H

#include "base/run/run.h"
#include "base/words/words.h"
#include "soundbite/file.h"
#include "soundbite/status.h"
#include "soundbite/time.h"
#include "soundbite/transcript.h"

/* Splitting words into tokens for comparison, and counting syllables. */

/* The punctuation after a token, which decides whether a number or a date may continue. */
typedef enum sb_part_stop { SB_STOP_NONE, SB_STOP_COMMA, SB_STOP_FULL } sb_part_stop;

/* A unit of comparison: a folded word, a part of a hyphenated word, or a number. A number is one token of
 * digits in any spelling ("2,500", "twenty-five hundred", "2500"), so it may cover several words. A
 * hyphenated word gives several tokens. */
typedef struct sb_token {
    char *text;
    const char *other;            /* another spelling, "minute" for "minutes" of "3 min"; NULL: none */
    size_t first_word, last_word; /* indices of the words, inclusive */
    bool is_lower;                /* its word begins with a small letter */
    bool is_hour;                 /* the next token has the minutes: "7:30" */
    bool is_spelled;              /* a number that was read from words */
    char joint;                   /* the sign between it and the token before in its word, or 0: "3-2" */
    bool has_point;               /* a full stop comes after it, perhaps that of an abbreviation */
    sb_part_stop stop;
} sb_token;

typedef struct sb_tokens {
    sb_token *items;
    size_t n_items;
    bool is_german; /* the text is German; the caller sets it */
    bool contracts; /* "I'm" is found as "I am"; the caller sets it */
} sb_tokens;

/* Makes the tokens of `words`. Words of punctuation alone give none. Returns SB_ERR_MEMORY. */
sb_status sb_tokens_make(sb_tokens *out, const char *const *words, size_t n_words, sb_error *err);
void sb_tokens_finish(sb_tokens *tokens);

/* Returns true for a token that may be a unit of measure: "kg", "kilograms". "am" and "mm" are units only
 * after a number. */
bool sb_is_measure(const char *token, bool after_number);

/* Estimates the number of spoken syllables from the letters (vowel groups, silent e; digits and initialisms
 * as spoken). Returns 0 for pure punctuation. Works for every alphabet of Unicode. */
int sb_word_syllables(const char *word);

/* Returns true if the word ends with . ! ? ... or a similar mark, also before closing quotes and brackets.
 * Abbreviations such as "Dr." and initials do not count. */
bool sb_word_ends_sentence(const char *word);

/* Does the same for the last word of text[0 .. size). */
bool sb_text_ends_sentence(const char *text, size_t size);

/* Returns true if the word ends with a comma, colon, semicolon or dash, where speakers usually pause. */
bool sb_word_ends_clause(const char *word);

/* The interface of transcript readers. To add a format, write one file and add one line to readers.c. */

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

/* How certain it is that a text has a format. A zeroed struct means that it does not have it. */
#define SB_SNIFF_NO_MEMORY (-1) /* a score: memory ran out */

typedef struct sb_sniff {
    /* 100: it has a signature; 90: it has headers or times that only this format has; 50: it could be this
     * format; 0: it is not */
    int score;
    const char *why; /* the evidence, a static phrase such as "cues such as 00:00:01,000 --> 00:00:04,000" */
} sb_sniff;

/* The unit that has a time in a format. */
typedef enum sb_reader_unit {
    SB_UNIT_TURN, /* each unit is a turn, or a part of one with a header of its own */
    SB_UNIT_CUE   /* cues or segments that are cut by time; one turn may have several */
} sb_reader_unit;

typedef struct sb_reader {
    const char *name;
    const char *summary;
    sb_sniff (*sniff)(const char *text, size_t size);
    /* Adds the turns in file order. Returns SB_ERR_FORMAT with its place set, or SB_ERR_MEMORY, for which
     * `err` need not be set. */
    sb_status (*read)(sb_reading *reading);
    sb_reader_unit unit;
} sb_reader;

extern const sb_reader sb_reader_turns_bracket;
extern const sb_reader sb_reader_vtt;
extern const sb_reader sb_reader_srt;
extern const sb_reader sb_reader_whisper_json;
extern const sb_reader sb_reader_whisperx_json;
extern const sb_reader sb_reader_whispercpp_json;
extern const sb_reader sb_reader_chunks_json;
extern const sb_reader sb_reader_nemo_json;
extern const sb_reader sb_reader_aws_json;
extern const sb_reader sb_reader_google_json;
extern const sb_reader sb_reader_azure_json;
extern const sb_reader sb_reader_watson_json;
extern const sb_reader sb_reader_vosk_json;
extern const sb_reader sb_reader_deepgram_json;
extern const sb_reader sb_reader_assemblyai_json;
extern const sb_reader sb_reader_speechmatics_json;
extern const sb_reader sb_reader_revai_json;
extern const sb_reader sb_reader_elevenlabs_json;
extern const sb_reader sb_reader_gladia_json;
extern const sb_reader sb_reader_podcast_json;
extern const sb_reader sb_reader_podlove_json;
extern const sb_reader sb_reader_youtube_json;
extern const sb_reader sb_reader_sonix_json;
extern const sb_reader sb_reader_trint_json;
extern const sb_reader sb_reader_happyscribe_json;
extern const sb_reader sb_reader_editor_json;
extern const sb_reader sb_reader_premiere_json;
extern const sb_reader sb_reader_json;
extern const sb_reader sb_reader_whisper_tsv;
extern const sb_reader sb_reader_textgrid;
extern const sb_reader sb_reader_ctm;
extern const sb_reader sb_reader_stm;
extern const sb_reader sb_reader_rttm;
extern const sb_reader sb_reader_audacity;
extern const sb_reader sb_reader_csv;
extern const sb_reader sb_reader_tsv;
extern const sb_reader sb_reader_podcast_html;
extern const sb_reader sb_reader_ttml;
extern const sb_reader sb_reader_youtube_xml;
extern const sb_reader sb_reader_sbv;
extern const sb_reader sb_reader_subviewer;
extern const sb_reader sb_reader_lrc;
extern const sb_reader sb_reader_ass;
extern const sb_reader sb_reader_microdvd;
extern const sb_reader sb_reader_mpl2;
extern const sb_reader sb_reader_sami;
extern const sb_reader sb_reader_teams;
extern const sb_reader sb_reader_turns_paren;
extern const sb_reader sb_reader_turns_otter;
extern const sb_reader sb_reader_turns_markdown;
extern const sb_reader sb_reader_lines_timed;
extern const sb_reader sb_reader_whisper_txt;
extern const sb_reader sb_reader_plain;

/* Returns reader `index` of the table, or NULL beyond the last. */
const sb_reader *sb_reader_at(size_t index);

/* Finds the reader called `name`; returns SB_ERR_ARGUMENT if there is none. If `name` is NULL, finds the most
 * certain reader, and stores in the transcript how certain it is and which other reader is close; returns
 * SB_ERR_FORMAT if no reader accepts the text. */
sb_status sb_reader_choose(const sb_reader **out, const sb_reading *reading, const char *name);

/* Returns SB_ERR_FORMAT if the bytes are not text. The message says what they are. */
sb_status sb_reader_refuse_binary(const unsigned char *data, size_t size, const char *path, sb_error *err);

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
bool sb_line_is_blank(const sb_line *line, const char *text);

/* Moves `line` to the line of byte `at` and returns its number. Fast if `at` ascends from call to call. */
int64_t sb_line_number_at(sb_line *line, const sb_reading *reading, size_t at);

/* Returns text[at .. at + length) without blanks at both ends. */
sb_range sb_range_trim(const char *text, sb_range range);

/* Returns the position of the first tab in text[at .. end), or `end`. */
size_t sb_cell_end(const char *text, size_t at, size_t end);

/* Compare parts of a text. The last three ignore the case of a to z. */
bool sb_ranges_equal(const char *text, sb_range a, sb_range b);
bool sb_range_is(const char *text, sb_range range, const char *word);
bool sb_range_begins(const char *text, sb_range range, const char *with);
bool sb_text_begins(const char *text, size_t size, const char *with);

/* Reading and writing timestamps in the spellings of transcripts. */

/* The result of reading a time at some position. */
typedef struct sb_stamp {
    sb_time time;        /* SB_TIME_NONE if there is no valid time */
    size_t length;       /* length in bytes; 0: no time begins there */
    const char *problem; /* "what is wrong; what to do"; NULL if nothing is */
    /* for clock times: the decimals as a whole number (at most nine digits), and the number of digits */
    int64_t decimals;
    size_t n_decimals;
    bool has_hours;
} sb_stamp;

/* Returns the first character as ASCII if it is a full-width form, as keyboards for Chinese and Japanese
 * write it (U+FF01 to U+FF5E), and otherwise its first byte. `size` is at least 1. */
char sb_narrow_char(const char *text, size_t size, size_t *length);

/* Reads `[H+:]M{1,3}:SS[(.|,)f{1,9}]`, also without leading zeros and in full-width characters. Without
 * hours, minutes may exceed 59. Decimals after the ninth are skipped. */
sb_stamp sb_stamp_clock(const char *text, size_t size);

/* Reads a JSON number, or `42.25`, in units of `unit` (SB_TIME_SECOND or SB_TIME_MS), rounded to the nearest
 * flick. */
sb_stamp sb_stamp_number(const char *text, size_t size, sb_time unit);

/* Reads a clock time, or a number of seconds with or without "s". It must be all of `text` except for
 * blanks. */
sb_stamp sb_stamp_any(const char *text, size_t size);

/* Reads HH:MM:SS:FF, with frames of length `frame`; ';' before the frames means drop-frame counting.
 * `decimals` is the number of frames. */
sb_stamp sb_stamp_frames(const char *text, size_t size, sb_time frame);

/* Returns the length of a frame in a document whose highest frame number among `n` times is `most`. */
sb_time sb_frame_length(int64_t most, size_t n, bool drops);

/* Writes `time` as HH:MM:SS:FF in the spelling of `old`. Returns false if `old` is not such a time. */
bool sb_stamp_respell_frames(sb_bytes *out, const char *old, size_t length, sb_time time, sb_time frame);

/* The minimum width of each part of a document's clock times. Zero means that no time was measured yet. */
typedef struct sb_stamp_style {
    int hours, first_minutes, minutes, seconds;
    bool counts_ms; /* the digits after the point count milliseconds, as in "0:0:1.90" for 1.090 s */
    int decimals;   /* the largest number of decimals of numbers without a colon, at most 6 */
} sb_stamp_style;

#define SB_STAMP_STYLE_NONE ((sb_stamp_style){9, 9, 9, 9, false, 0})

/* Includes one more spelling in the style. */
void sb_stamp_style_add(sb_stamp_style *style, const char *old, size_t length);

/* Units for sb_transcript.number_unit that are not a whole number of flicks. */
#define SB_UNIT_US    ((sb_time)-7056000)
#define SB_UNIT_TICKS ((sb_time)-705600) /* 100 ns */
#define SB_UNIT_NS    ((sb_time)-7056)

/* Writes `time` in the spelling of `old`: a clock time, a duration such as "PT1M3.5S", or a number of `unit`.
 * Numbers of seconds get the decimals of the style if they need them. A time with frames has frames of length
 * `unit`. The time is truncated to the decimals of `old`. If `rounds` is true, it is rounded to them, and a
 * number of seconds gets up to three decimals if it needs them. Negative times become zero. A spelling that
 * is neither a clock time nor a number is replaced by HH:MM:SS.mmm. */
void sb_stamp_respell(sb_bytes *out, const char *old, size_t length, sb_time time,
                      const sb_stamp_style *style, sb_time unit, bool rounds);

/* Splitting raw text into words and events: decodes HTML entities and Markdown escapes, and separates
 * "[laughter]" and similar events from speech. */

#define SB_RECENT_WORDS 4096

/* Memory of a transcript while it is read; the texts exist until the transcript is freed. */
typedef struct sb_text_memory {
    sb_arena texts;
    char *recent[SB_RECENT_WORDS]; /* words that were stored lately, by their hash; NULL: none */
    sb_word_breaker *breaker;
    bool has_undivided; /* there is text that could not be divided into words */
} sb_text_memory;

/* Receives the text of one turn in pieces. A word may continue in the next piece. A word ends at a blank, and
 * in scripts without blanks after each character (see sb_may_part) or where ICU finds an end (see
 * sb_word_breaker). */
typedef struct sb_text_writer {
    sb_turn *turn;                 /* the turn to which text is added; NULL: none */
    struct sb_text_memory *memory; /* of the transcript */
    size_t capacity;               /* of turn->words */
    bool blank_due;                /* a blank must be written before the next word */
    sb_bytes word;
    int32_t last; /* last character of `word` */
    bool spoken;  /* `word` has a letter or a digit */
    sb_time word_start;
    sb_time next_start; /* time of the next word; SB_TIME_NONE: none */
    bool failed;
} sb_text_writer;

/* Ends the turn before, adds a turn and begins its text. Start with a zeroed writer. Returns
 * SB_ERR_MEMORY. */
sb_status sb_reading_begin_turn(sb_reading *reading, sb_text_writer *writer, int64_t line);
void sb_text_put(sb_text_writer *writer, const char *text, size_t size);

/* Writes text that has its own times, usually one word: its first word starts at `start`, its last word ends
 * at `end`. Either may be SB_TIME_NONE. Ends the word before and after it. */
void sb_text_put_timed(sb_text_writer *writer, const char *text, size_t size, sb_time start, sb_time end);

/* Adds an event before the next word, such as the heading of a chapter. */
void sb_text_put_event(sb_text_writer *writer, const char *text, size_t size);

/* Ends the current word, as a blank does. */
void sb_text_break(sb_text_writer *writer);

/* Ends the turn, if there is one, and frees the writer's memory. Returns SB_ERR_MEMORY if any allocation
 * since sb_reading_begin_turn failed. */
sb_status sb_text_end(sb_text_writer *writer);

/* Returns the text with entities and escapes decoded, trimmed, and with runs of blanks reduced to one.
 * Returns NULL if nothing is left, or with `*ok` false if memory runs out. The caller frees it. */
char *sb_text_plain(const char *text, size_t size, bool *ok);

/* Returns the length of the event at text[0], in brackets of any kind or other marks: "[inaudible 00:12:01]",
 * "(crosstalk)", "\[laughter\]", "{sighs}", "<laughs>", "*sighs*", a note of music or two with their text.
 * Returns 0 if the brackets contain speech. Looks at a bounded number of bytes. */
size_t sb_event_length(const char *text, size_t size);

/* Returns true if an event of this length at text[0] is a remark only where no sentence goes on around it. */
bool sb_event_is_doubtful(const char *text, size_t length);

/* Returns the character of an entity such as "&amp;" or "&#39;" at text[0] and sets `*length` to the entity's
 * length. Returns 0 if there is none. */
int32_t sb_entity_read(const char *text, size_t size, size_t *length);

/* Appends a text with its entities as characters. */
void sb_entities_decode(sb_bytes *out, const char *text, size_t size);

/* Replacing times in a document. The times keep their spelling, and all other bytes stay the same. */

typedef struct sb_time_edit {
    sb_range range;
    sb_time time, unit;
} sb_time_edit;

/* Set `source` and `size`, a document in UTF-8, and `style` to SB_STAMP_STYLE_NONE. */
typedef struct sb_time_edits {
    const char *source;
    size_t size;
    sb_stamp_style style; /* of all times of the document */
    bool rounds;          /* as in sb_stamp_respell */
    sb_time_edit *items;
    size_t n_items, capacity;
    bool failed;
} sb_time_edits;

/* Includes the spelling of the time at `range` in the style, whether it is edited or not. */
void sb_time_edits_measure(sb_time_edits *edits, sb_range range);

/* Adds an edit. Does nothing for an empty range. If `time` is SB_TIME_NONE, the text at `range` is removed. A
 * number is written in `unit`. */
void sb_time_edits_add(sb_time_edits *edits, sb_range range, sb_time time, sb_time unit);

/* Gives the document with the edits applied, in `encoding`, and frees the edits. If edits overlap, the one
 * that begins first is applied, or the longer if two begin together. Returns false, with `out` empty, if
 * memory runs out. */
bool sb_time_edits_apply(sb_bytes *out, sb_time_edits *edits, const char *encoding);

#endif
