/* Comparing names of speakers. */
#ifndef SB_ALIGNMENT_NAMES_NAMES_H
#define SB_ALIGNMENT_NAMES_NAMES_H

#include "soundbite/names.h"

/* Names are compared by at most this many words. */
#define SB_NAME_WORDS 8

/* At most this many bytes of a folded name are compared. */
#define SB_NAME_BYTES 512

/* The words of a name without case, accents, punctuation and roles: "TERRY GROSS, HOST" and "Terry Gross
 * (host)" are "terry" "gross". `aside` has the words in brackets or after a comma. Both point into `text`, so
 * a core cannot be copied. */
typedef struct sb_name_core {
    char text[SB_NAME_BYTES];
    const char *words[SB_NAME_WORDS];
    size_t n_words;
    const char *aside[SB_NAME_WORDS];
    size_t n_aside;
} sb_name_core;

/* A name without a letter or digit has no words. Of a name that is longer than SB_NAME_BYTES, the beginning
 * counts. */
void sb_name_core_make(sb_name_core *out, const char *name);

/* Returns true if both have the same words. */
bool sb_name_core_is_same(const sb_name_core *a, const sb_name_core *b);

/* Returns true if both have the same number of words, each spelled the same or almost the same. */
bool sb_name_core_is_near(const sb_name_core *a, const sb_name_core *b);

/* Returns true if two folded words of names may belong to one person: they are spelled almost the same, or
 * one is the beginning of the other, as in "Walt" and "Walter". */
bool sb_name_word_is_similar(const char *one, const char *two);

/* Returns true if `part` is the first or last words of the longer name `whole`, its initials, or the words in
 * brackets there. */
bool sb_name_core_is_part(const sb_name_core *part, const sb_name_core *whole);

/* Returns true if `name` has the words `words` in sequence, ignoring case and accents. */
bool sb_name_has_words(const char *name, const char *words);

/* How well a name fits what a user typed, the worst first. */
typedef enum sb_name_fit {
    SB_FIT_NONE,  /* another name */
    SB_FIT_PART,  /* letters in sequence: "tob" or "as hea" for "Tobias Hearn" */
    SB_FIT_WORDS, /* whole words in sequence: "hearn" */
    SB_FIT_WHOLE
} sb_name_fit;

/* Ignores case, accents, blanks, apostrophes and other punctuation: "oneil" is the same as "O'Neil". Returns
 * SB_FIT_NONE if `typed` has no letter or digit. */
sb_name_fit sb_name_fit_of(const char *name, const char *typed);

/* Returns true for "Speaker 1", "SPEAKER_00", "S1", "B", "Unknown Speaker", and identifiers such as GUIDs.
 * `*ok` becomes false if memory runs out. */
bool sb_name_is_label(const char *name, bool *ok);

#endif
