/* Text: UTF-8, folding for comparison, CSV, and small helpers on names of files and spans. */
#ifndef SB_BASE_TEXT_TEXT_H
#define SB_BASE_TEXT_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "soundbite/file.h"
#include "soundbite/status.h"
#include "soundbite/time.h"
#include "soundbite/transcript.h" /* sb_word_gap, sb_range */

/* Converting the encodings of documents to UTF-8 and back. */

/* Returns the name of the encoding if the bytes are UTF-16. Without a byte order mark, it is detected from
 * zero bytes at even or odd positions. Returns NULL for other bytes. */
const char *sb_encoding_of_utf16(const void *data, size_t size);

/* Converts a document to UTF-8 without BOM and sets `*encoding`: UTF-8 or UTF-16 LE or BE, each with or
 * without BOM, Windows-1252, or with ICU another encoding that fits better. A character that is cut short by
 * the end of the file is left out. A lone surrogate, or a damaged character in text that is otherwise valid,
 * becomes U+FFFD. Each of these sets `*lossy`.
 * Returns false if memory runs out. */
bool sb_encoding_decode(sb_bytes *out, const char **encoding, bool *lossy, const void *data, size_t size);

/* Returns true if the encoding is only a guess that may be wrong: one that was found by the frequency of its
 * letters, or Windows-1252 for text that does not look like Western Europe. `text` is the text in UTF-8. */
bool sb_encoding_is_doubtful(const char *encoding, const char *text, size_t size);

/* Returns true if sb_encoding_decode would give the same bytes: whole UTF-8 without BOM. */
bool sb_encoding_is_plain(const void *data, size_t size);

/* Converts back. A character that the encoding does not have becomes "?", or the encoding's own sign. If an
 * allocation fails, out->failed is set. */
void sb_encoding_encode(sb_bytes *out, const char *text, size_t size, const char *encoding);

/* Reading CSV (RFC 4180) and the variants that spreadsheets write. */

typedef struct sb_csv {
    const char *data;
    size_t size, at;
    int64_t line; /* line of `at`, from 1 */
    char separator;
    bool is_plain; /* quotation marks have no special meaning */
} sb_csv;

typedef struct sb_csv_record {
    char **cells;
    sb_range *ranges; /* of each cell in the data, with its quotation marks */
    size_t n_cells;
    int64_t line;  /* line on which the record begins */
    bool unclosed; /* a quotation mark is not closed before the end of the file */
} sb_csv_record;

/* Begins reading. The separator is that of a first line such as "sep=;", which is skipped. Otherwise it is
 * detected: the most frequent of comma, semicolon, tab and vertical bar in the first line, outside quotes. */
void sb_csv_init(sb_csv *csv, const char *data, size_t size);

/* Reads the next record that is not blank. At the end, n_cells is 0. Returns SB_ERR_MEMORY. */
sb_status sb_csv_next(sb_csv *csv, sb_csv_record *out, sb_error *err);
void sb_csv_record_finish(sb_csv_record *record);

/* Writing CSV cells (RFC 4180). */

/* Appends a cell, quoted if necessary. Control characters become blanks. `text` may be NULL. */
void sb_csv_append_cell(sb_bytes *out, const char *text);

/* Does the same for spreadsheets: text that looks like a formula gets an apostrophe before it. */
void sb_csv_append_safe(sb_bytes *out, const char *text);

/* Returns true for text that a spreadsheet would run as a formula. An apostrophe before it prevents that
 * (OWASP, CSV injection). */
bool sb_csv_is_formula(const char *text);

/* Append seconds or a number, and a comma. SB_TIME_NONE, and a value that is not finite, give an empty
 * cell. */
void sb_csv_time_cell(sb_bytes *out, sb_time t);
void sb_csv_number_cell(sb_bytes *out, double value, int decimals);

/* Normalising text for comparison, and properties of characters. */

/* Returns the text with case folded, accents and the points of Hebrew and Arabic removed, compatibility forms
 * resolved (NFKD: full-width letters become plain ones), apostrophes as "'" and dashes as "-". The marks of
 * other scripts stay. Invalid UTF-8 becomes U+FFFD. The caller frees it. Returns NULL if memory runs out. */
char *sb_fold(const char *text);

/* Returns the text in lower case and NFC, with apostrophes as "'" and dashes as "-". Accents and ligatures
 * stay. Invalid UTF-8 becomes U+FFFD. The caller frees it. Returns NULL if memory runs out. */
char *sb_fold_case(const char *text);

/* Returns the code point at `*at`, which must be less than `size`, and advances `*at`. Returns U+FFFD for an
 * invalid byte. */
int32_t sb_utf8_next(const char *text, size_t size, size_t *at);
/* Returns the code point that ends at `*end`, which must be greater than `begin`, and moves `*end` to its
 * first byte. */
int32_t sb_utf8_last(const char *text, size_t begin, size_t *end);
/* Returns `size`, or less if that would cut a character of `text` in half. `text` must have more than `size`
 * bytes. */
size_t sb_utf8_cut(const char *text, size_t size);
bool sb_utf8_valid(const char *text, size_t size);
size_t sb_utf8_encode(int32_t code_point, char out[4]);

static inline bool sb_is_ascii_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* Numbers and digits. */

/* Appends a finite number, rounded, with a point whatever the locale is. */
void sb_bytes_number(sb_bytes *out, double value, int decimals);

/* Numbers of 32 bits with the lowest byte first. */
void sb_bytes_little32(sb_bytes *out, uint32_t value);

static inline uint32_t sb_little32(const unsigned char *at)
{
    return at[0] | (uint32_t)at[1] << 8 | (uint32_t)at[2] << 16 | (uint32_t)at[3] << 24;
}

/* Returns the value of a hexadecimal digit, or -1. */
static inline int sb_hex_value(char c)
{
    int lower = c | 32;
    return sb_is_ascii_digit(c) ? c - '0' : lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

/* Blanks, tabs and line ends. */
static inline bool sb_is_ascii_space(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

bool sb_is_letter(int32_t code_point); /* letters and marks */
bool sb_is_mark(int32_t code_point);   /* combining marks alone */
bool sb_is_digit(int32_t code_point);
bool sb_is_upper(int32_t code_point);
#define SB_FIRST_CASELESS 0x590       /* letters from here on have no capitals: Hebrew, Arabic, Chinese */
bool sb_is_space(int32_t code_point); /* blanks and line ends */

/* Returns true for characters without ink or width: the soft hyphen, the zero-width blank, joiners, marks of
 * direction, the word joiner and the byte order mark. */
bool sb_is_invisible(int32_t code_point);

/* Returns true for characters written without blanks between words: Han, kana, bopomofo and their
 * punctuation. */
bool sb_is_ideographic(int32_t code_point);

/* Returns true if the text has a letter or a digit. */
bool sb_text_is_spoken(const char *text);

/* Returns true for letters of Hebrew, Arabic and other right-to-left scripts. */
bool sb_is_right_to_left(int32_t code_point);

/* Appends `text` for a terminal. Each control character, including line ends, and each bidirectional control
 * becomes '?'. Invalid UTF-8 becomes U+FFFD. */
void sb_append_printable(sb_bytes *out, const char *text);
void sb_append_printable_n(sb_bytes *out, const char *text, size_t size);

/* Appends text on one line: control characters, including tabs and line ends, become blanks. */
void sb_one_line_append(sb_bytes *out, const char *text);

/* Returns the number of columns in a terminal: two for wide characters, none for combining marks and
 * controls. */
size_t sb_utf8_width(const char *text, size_t size);

/* Returns the end of the grapheme cluster that begins at `at`, which must be less than `size`. */
size_t sb_grapheme_end(const char *text, size_t size, size_t at);

/* Returns the part of a path after its last slash; NULL for NULL. */
const char *sb_path_name(const char *path);

/* Returns the path of `name` in `folder`, which may end with a slash, or be empty. The caller frees it.
 * Returns NULL if memory runs out. */
char *sb_path_join(const char *folder, const char *name);

/* Returns the length of a path without the extension of its file. A dot at the beginning of the name does not
 * begin an extension. */
size_t sb_path_stem(const char *path);

/* Returns the extension of a path without its dot: "" if its name has none, or for NULL. */
const char *sb_path_extension(const char *path);
bool sb_path_has_extension(const char *path, const char *extension); /* ignoring case */

/* Returns true if `list` has the character. */
bool sb_utf8_has(const char *list, int32_t code_point);

/* Returns true if the texts are equal or both are NULL. */
bool sb_same_text(const char *a, const char *b);

/* Returns true if the whole of `text` matches `pattern`, in which '*' matches any text. Both are folded
 * first. */
bool sb_wildcard_match(const char *pattern, const char *text);

/* Appends text in upper case by the rules of a language (BCP 47 tag; NULL: the rules common to most
 * languages): "i" becomes a dotted capital in Turkish, and a sharp s becomes SS. It needs ICU; without it,
 * only a to z change. */
void sb_upper_append(sb_bytes *out, const char *text, size_t size, const char *language);

/* Scripts written without blanks between words: Han, kana and bopomofo. Each character counts as a word. */

/* Returns true if a line may break between two neighbouring characters, at least one of which is ideographic.
 * Closing marks, small kana and long marks stay with the character before, opening marks with the character
 * after (JIS X 4051, kinsoku shori). Letters and digits of either width stay together. */
bool sb_may_part(int32_t before, int32_t after);

/* Look-ups in sorted lists of spans, such as the speech list. */

/* Returns the index of the first span that ends after `t`, or `n` if there is none. */
size_t sb_span_after(const sb_span *spans, size_t n, sb_time t);

/* Returns the total length of the spans inside `within`. */
sb_time sb_spans_in(const sb_span *spans, size_t n, sb_span within);

#endif
