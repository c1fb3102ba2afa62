/* Parts and numbers, from which the tokens of a text are made. */
#ifndef SB_TRANSCRIPT_TOKENS_TOKENS_H
#define SB_TRANSCRIPT_TOKENS_TOKENS_H

#include <stddef.h>
#include <stdint.h>

#include "transcript/transcript.h"

/* The English number words. */

/* UNIT is 0 to 9, TEEN 10 to 19, SCALE a thousand and more. */
typedef enum sb_number_kind {
    SB_NUMBER_UNIT,
    SB_NUMBER_TEEN,
    SB_NUMBER_TENS,
    SB_NUMBER_HUNDRED,
    SB_NUMBER_SCALE
} sb_number_kind;
typedef enum sb_number_form { SB_NUMBER_CARDINAL, SB_NUMBER_ORDINAL, SB_NUMBER_DECADE } sb_number_form;

typedef struct sb_number_word {
    const char *text;
    uint64_t value;
    sb_number_kind kind;
    sb_number_form form;
} sb_number_word;

/* Returns the entry of a folded word, or NULL if it is not a number word. */
const sb_number_word *sb_number_word_find(const char *text);

/* Reading numbers that are written as English words. Number words of other languages stay words. */

/* A folded piece of one or more words: only letters or only digits, with the point of a decimal number and
 * the signs that make a word ("c++", "c#", ".net"). */
typedef struct sb_part {
    char *text;
    size_t word, last_word; /* indices of its words, inclusive */
    const char *unit;       /* "dollars" for "$5", spoken after the number; NULL: none */
    const char *other;      /* the other of "minute" and "minutes", if its word is "min"; NULL: none */
    sb_part_stop stop;
    char joint;     /* the sign between it and the part before in its word ('-'), or 0 */
    bool has_point; /* a full stop comes after it, as in "No." */
    bool is_hour;   /* minutes follow after a colon */
    bool is_lower;  /* its word begins with a small letter */
    /* a "to" for a dash before a number; sb_parts_join_styles removes it if the numbers are not a range */
    bool is_range;
} sb_part;

typedef struct sb_parts {
    sb_part *items;
    size_t n_items, capacity;
} sb_parts;

/* Splits a word into parts. Signs become the words that people say for them: "50%" gives "50" "percent",
 * "10-15" gives "10" "to" "15", "10k" gives "10" "thousand", "#tag" gives "hashtag" "tag". Returns false if
 * memory runs out. */
bool sb_parts_add_word(sb_parts *parts, const char *word, size_t index);

/* Gives words that are the same in another house style one form: "per cent" and "percent", "Mister" and "Mr",
 * "C sharp" and "C#", "organise" and "organize". Call it once, after the last word. Returns false if memory
 * runs out. */
bool sb_parts_join_styles(sb_parts *parts);
void sb_parts_finish(sb_parts *parts);

/* A word that is being split. `part` has the letters or digits collected last. */
typedef struct sb_splitter {
    sb_parts *parts;
    char *text;
    size_t size, at;
    char *part;
    size_t length, n_chars;
    bool is_initials;
    bool may_be_negative; /* it begins with a hyphen or a minus sign, not with another dash */
    bool is_lower;        /* it begins with a small letter */
    bool is_grade;        /* it is "B-" */
    char joint;           /* the sign before the part that is collected */
    bool is_whole;        /* one character of a script without blanks, and its marks */
    const char *unit;
    size_t word, first_part;
    bool failed;
} sb_splitter;

/* Adds a part. `unit` may be NULL. */
void sb_splitter_push(sb_splitter *s, const char *text, size_t size, const char *unit);
void sb_splitter_push_text(sb_splitter *s, const char *text);

/* Adds the "to" of a range. */
void sb_splitter_push_range(sb_splitter *s);

/* Adds the part being collected, if there is one. "10k" gives two parts, and so do "5kg" and "cannot". */
void sb_splitter_end(sb_splitter *s);

/* A number does not go on after the last part. */
void sb_splitter_stop(sb_splitter *s);

/* The last part of the word; NULL: it has none yet. */
sb_part *sb_splitter_last(const sb_splitter *s);
bool sb_splitter_has_number(const sb_splitter *s);

/* True if the part is "2.5" or "2.5m", to which a sign after it belongs. */
bool sb_splitter_has_amount(const sb_splitter *s);

/* Takes `c` at `at`, which is no letter and no digit: it ends the part, belongs to it, or is said as a word
 * ("and" for "&"). */
void sb_splitter_take_sign(sb_splitter *s, int32_t c, size_t at);
bool sb_is_part_char(int32_t c);

/* Returns true if `name` is said after a dot: "net" of ".net", "com". `inner`: also inside a word
 * ("example.com"). */
bool sb_is_dot_name(const char *name, size_t size, bool inner);

/* Units of measure. */

/* Returns what is said for the unit that a part is, "kilograms" for "kg" and "kilogram"; NULL: it is none.
 * `before` are the parts before it: some units are other words without a number ("Mm", "GB"). `*other`
 * becomes what else may be said: "min" of "a 3 min film" and "a 3-min film" is "minutes" or "minute". NULL:
 * nothing else. */
const char *sb_unit_said(const char **other, const sb_part *part, const sb_part *before, size_t n_before);

/* Returns what is said for a unit whose case counts, at the end of an unfolded word: "milliwatts" for "mW"
 * and "5mW"; NULL: there is none. */
const char *sb_unit_by_case(const char *word);

/* Returns the length of the number in "5kg" or "7.30pm", without the unit, or 0. */
size_t sb_measured_number(const char *text, size_t size);

/* Dates, times, units and numbers that are said or written in several ways. */

#define SB_FORM_SIZE 24

/* Writes the common form of the tokens that begin at tokens[at], and returns their number, or 0 if they have
 * only one form. "May 21", "the 21st of May" and "21. Mai" have "5-21", "7:30" has "7:30", before
 * "am" "7.30", "miles an hour" "mph", "kilowatt hours" "kwh". */
size_t sb_form_read(char out[SB_FORM_SIZE], const sb_tokens *tokens, size_t at);

/* Returns true if a number before tokens[at] counts it: "20 people", "12 of them", "24 hours". */
bool sb_is_counted(const sb_tokens *tokens, size_t at);

/* The same for a telephone number that is written in blocks and begins with 0 or +: "0800 123 456" has
 * "0800123456". Other numbers in blocks may be several. */
size_t sb_phone_read(char out[SB_FORM_SIZE], const sb_tokens *tokens, size_t at);

/* The same for a number whose points group thousands in any language: "1.234.567", "1.234,56". */
size_t sb_grouped_read(char out[SB_FORM_SIZE], const sb_tokens *tokens, size_t at);

/* The same for a percentage: "15 percent" and "百分之十五" have "15%". */
size_t sb_percent_read(char out[SB_FORM_SIZE], const sb_tokens *tokens, size_t at);

/* The same for two words that English contracts: "im" for "I am", "hes" for "he is" and "he has". */
size_t sb_contraction_read(char out[SB_FORM_SIZE], const sb_tokens *tokens, size_t at);

/* True for one to three digits, a point and three digits: "12.400". */
bool sb_has_thousands(const char *text);

/* Writes the digits of a token that is a number in German: "12400" for "12.400" and
 * "zwolftausendvierhundert". Returns false for other tokens, and for "ein". */
bool sb_german_number(char out[SB_FORM_SIZE], const char *text);

#define SB_NUMBER_TEXT 48

/* Reads the longest number that begins at parts[at] and writes its digits. Returns the number of parts that
 * it covers, or 0 if there is none. Looks at a bounded number of parts.
 *
 * Examples: "twenty five hundred" and "2.5 thousand" give "2500", "nineteen ninety five" "1995", "twenty
 * first" "21st", "nineteen eighties" "1980s", "three point one four" "3.14", "two and a half million"
 * "2500000", "a hundred" "100". Digits alone give 0 because they are not number words. "second" is never
 * joined to the number before it, because a "thirty second clip" is not a 32nd clip. */
size_t sb_number_read(char out[SB_NUMBER_TEXT], const sb_part *parts, size_t n_parts, size_t at);

#endif
