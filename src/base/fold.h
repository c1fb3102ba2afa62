/* Normalising text for comparison, and properties of characters. */
#ifndef SB_BASE_FOLD_H
#define SB_BASE_FOLD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Returns the text with case folded, accents and other marks removed, compatibility forms resolved (NFKD),
 * apostrophes as "'" and dashes as "-". Invalid UTF-8 becomes U+FFFD. The caller frees it. Returns NULL if
 * memory runs out. */
char *sb_fold(const char *text);

/* Returns the text in lower case and NFC, with apostrophes as "'" and dashes as "-". Accents and ligatures
 * stay. Invalid UTF-8 becomes U+FFFD. The caller frees it. Returns NULL if memory runs out. */
char *sb_fold_case(const char *text);

/* Returns the code point at `*at`, which must be less than `size`, and advances `*at`. Returns U+FFFD for an
 * invalid byte. */
int32_t sb_utf8_next(const char *text, size_t size, size_t *at);
bool sb_utf8_valid(const char *text, size_t size);
size_t sb_utf8_encode(int32_t code_point, char out[4]);

bool sb_is_letter(int32_t code_point); /* letters and marks */
bool sb_is_digit(int32_t code_point);
bool sb_is_upper(int32_t code_point);
bool sb_is_space(int32_t code_point); /* blanks and line ends */

/* Returns true for characters written without blanks between words: Han, kana, bopomofo and their
 * punctuation. */
bool sb_is_ideographic(int32_t code_point);

/* Returns true if the text has a letter or a digit. */
bool sb_text_is_spoken(const char *text);

/* Returns true for letters of Hebrew, Arabic and other right-to-left scripts. */
bool sb_is_right_to_left(int32_t code_point);

/* Returns the number of columns in a terminal: two for wide characters, none for combining marks and
 * controls. */
size_t sb_utf8_width(const char *text, size_t size);

/* Returns the end of the grapheme cluster that begins at `at`, which must be less than `size`. */
size_t sb_grapheme_end(const char *text, size_t size, size_t at);

/* Returns true if the texts are equal or both are NULL. */
bool sb_same_text(const char *a, const char *b);

/* Returns true if the whole of `text` matches `pattern`, in which '*' matches any text. Both are folded
 * first. */
bool sb_wildcard_match(const char *pattern, const char *text);

/* Returns the entry of `names` (NULL-terminated) nearest to `word` by Damerau-Levenshtein distance. Returns
 * NULL if none is near enough to suggest. */
const char *sb_nearest_name(const char *word, const char *const *names);

#endif
