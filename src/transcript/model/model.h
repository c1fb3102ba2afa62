/* Parts of the transcript model: names, numbers and segments. */
#ifndef SB_TRANSCRIPT_MODEL_MODEL_H
#define SB_TRANSCRIPT_MODEL_MODEL_H

#include <stddef.h>
#include <stdint.h>

#include "transcript/transcript.h"

/* Detecting speaker names at the beginning of a line. */

/* Returns the length of the name in "Name: text", or 0 if there is none. A name has at most 4 words and 40
 * characters. Each word begins with a capital or a digit, or is "de", "van" or similar. A colon follows, then
 * a blank or the end. "Note:", "http:", "12:30" and similar are not names. */
size_t sb_name_prefix(const char *text, size_t size);

/* Returns true if the text can be such a name. A name in capitals may have a comma ("ANN LEE, HOST"). */
bool sb_is_plain_name(const char *text, size_t size);

/* Returns true for "Note", "Episode 12" and similar, which are not names. */
bool sb_is_section_name(const char *text, size_t size);

/* Returns true if it is a plain name with two words, or a word that means a person ("Caller"). */
bool sb_is_full_name(const char *text, size_t size);

/* Returns true if the text can be a name with a title and a role, such as "Dr. Ann Lee, Jr. (host)": at most
 * 8 words, each as in sb_name_prefix, and no end of a sentence inside. */
bool sb_is_name(const char *text, size_t size);

/* Returns true if the text can be a name beside a timestamp: as sb_is_name, or at most two words also in
 * lower case ("speaker 1"), at most 80 characters, or a GUID. */
bool sb_is_speaker(const char *text, size_t size);

/* From cues to turns. The cues are the rows of sb_transcript.turns. */

/* Joins words that were cut in two at the end of a cue ("I'" + "m"). The word then belongs to the first cue.
 * Returns SB_ERR_MEMORY. */
sb_status sb_cues_join_split_words(sb_transcript *transcript);

/* Sets `goes_on` of each row. Consecutive cues of one speaker are one turn, unless time goes back. Cues
 * without a speaker make turns that end at a pause, mostly after a sentence, and last at most about a
 * minute. */
void sb_cues_divide_into_turns(sb_transcript *transcript);

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

/* The punctuation after a part, which decides whether a number may continue. */
typedef enum sb_part_stop { SB_STOP_NONE, SB_STOP_COMMA, SB_STOP_FULL } sb_part_stop;

/* A folded piece of one or more words: only letters or only digits, with the point of a decimal number and
 * the signs that make a word ("c++", "c#", ".net"). */
typedef struct sb_part {
    char *text;
    size_t word, last_word; /* indices of its words, inclusive */
    const char *unit;       /* "dollars" for "$5", spoken after the number; NULL: none */
    sb_part_stop stop;
    bool has_point; /* a full stop comes after it, as in "No." */
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

/* Returns true if `name` is said after a dot: "net" of ".net", "com". `inner`: also inside a word
 * ("example.com"). */
bool sb_is_dot_name(const char *name, size_t size, bool inner);

/* Units of measure. */

/* Returns what is said for a folded abbreviation, "kilograms" for "kg" and "kph" for "kmh"; NULL: it is none.
 * "pm" stays "pm". */
const char *sb_unit_said(const char *text, size_t size);

/* Returns the length of the number in "5kg" or "7.30pm", without the unit, or 0. */
size_t sb_measured_number(const char *text, size_t size);

/* Returns true for "7.30", which is a time if "pm" comes after it. */
bool sb_is_clock_time(const char *text);

/* Returns true if the folded text is the first word of an elision, as in "l'été", "dell'acqua". */
bool sb_is_elision(const char *text, size_t size);

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
