/* Text brought to the form in which it is compared. */
#ifndef SB_BASE_FOLD_H
#define SB_BASE_FOLD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Case folded, accents and other marks removed, compatibility forms resolved (NFKD), apostrophes made "'", dashes
 * "-"; invalid UTF-8 becomes U+FFFD. The caller frees; NULL when out of memory. */
char *sb_fold(const char *text);

/* In lower case, NFC, apostrophes made "'", dashes "-", invalid UTF-8 U+FFFD; accents and ligatures stay. The caller frees; NULL when out of
 * memory. */
char *sb_fold_case(const char *text);

/* The code point at `*at` (< size), advancing it; U+FFFD for a byte that begins none. */
int32_t sb_utf8_next(const char *text, size_t size, size_t *at);
bool sb_utf8_valid(const char *text, size_t size);
size_t sb_utf8_encode(int32_t code_point, char out[4]);

bool sb_is_letter(int32_t code_point); /* letters and marks */
bool sb_is_digit(int32_t code_point);
bool sb_is_upper(int32_t code_point);
bool sb_is_space(int32_t code_point); /* blanks and line ends of all kinds */

/* True of characters that are written without blanks between words: Han, kana, bopomofo and their punctuation. */
bool sb_is_ideographic(int32_t code_point);

/* True if something of the text is said aloud: it has a letter or a digit. */
bool sb_text_is_spoken(const char *text);

/* True of letters of Hebrew, Arabic and the other scripts that run from right to left. */
bool sb_is_right_to_left(int32_t code_point);

/* Columns that text takes on a grid: two for wide characters, none for marks and controls. */
size_t sb_utf8_width(const char *text, size_t size);

/* Where the character that a reader sees, marks and all, ends that begins at `at` < size. */
size_t sb_grapheme_end(const char *text, size_t size, size_t at);

/* True of two equal texts, and of two that are NULL. */
bool sb_same_text(const char *a, const char *b);

/* Caseless match of all of `text` against `pattern`, in which '*' stands for any run. Both are folded first. */
bool sb_wildcard_match(const char *pattern, const char *text);

/* The entry of `names` (NULL-terminated) nearest to `word` by Damerau-Levenshtein distance, or NULL where none is
 * near enough to be meant. */
const char *sb_nearest_name(const char *word, const char *const *names);

#endif
