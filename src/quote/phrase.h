/* Phrases sought by whole words, ignoring case, accents, punctuation and hyphens, number words equal to digits. */
#ifndef SB_QUOTE_PHRASE_H
#define SB_QUOTE_PHRASE_H

#include "quote/runs.h"
#include "transcript/tokens.h"

/* The tokens of every run; words in them are counted from the run's first. */
typedef struct sb_phrase_text {
    const sb_runs *runs;
    sb_tokens *of_run; /* one for each run */
} sb_phrase_text;

/* Refers to `runs`. SB_ERR_MEMORY. */
sb_status sb_phrase_text_init(sb_phrase_text *out, const sb_runs *runs, sb_error *err);
void sb_phrase_text_finish(sb_phrase_text *text);

/* Tokens of a phrase, each with the smallest index of an equal one as its id, and the ways to spell them: each token,
 * and each hyphenated word written in one ("cohost" for "co-host"). */
typedef struct sb_spelling {
    const char *text;
    size_t first_token, last_token;
} sb_spelling;

typedef struct sb_pattern {
    const char *phrase;
    sb_tokens tokens;
    int *ids;
    sb_spelling *spellings; /* sorted by text */
    size_t n_spellings;
    char *joined; /* the memory of the hyphenated spellings */
} sb_pattern;

#define SB_PATTERN_MAX 4096 /* tokens */

/* SB_ERR_ARGUMENT: a phrase without words, or with more than SB_PATTERN_MAX; SB_ERR_MEMORY. */
sb_status sb_pattern_init(sb_pattern *out, const char *phrase, sb_error *err);
void sb_pattern_finish(sb_pattern *pattern);

/* A run's tokens as a pattern sees them: hyphenated words are joined or split where that makes them equal to a word of
 * the phrase. `id` is -1 for what the phrase does not have. Words are counted through the alignment. */
typedef struct sb_unit {
    const char *text;
    int id;
    size_t first_word, last_word;
} sb_unit;

typedef struct sb_units {
    sb_unit *items;
    size_t n_items, capacity;
} sb_units;

/* Replaces what `out` holds, which may be zeroed. SB_ERR_MEMORY. */
sb_status sb_units_make(sb_units *out, const sb_phrase_text *text, size_t run, const sb_pattern *pattern,
                        sb_error *err);
void sb_units_finish(sb_units *units);

/* Adds where the phrase stands word for word, leftmost first, no two with a word in common (Knuth, Morris and Pratt
 * 1977). A word found in part only, "art" in "state-of-the-art", is found as a whole. SB_ERR_MEMORY. */
sb_status sb_phrase_find(sb_hits *hits, const sb_phrase_text *text, const sb_pattern *pattern, sb_error *err);

/* Adds where at most `percent` of the phrase's words are missing, added or different, the best ones first chosen, no two
 * with a word in common; at least one word of the phrase is always there. Approximate matching by dynamic programming (Sellers
 * 1980); among equally many differences those whose words are spelled most alike win. SB_ERR_MEMORY. */
sb_status sb_phrase_find_fuzzy(sb_hits *hits, const sb_phrase_text *text, const sb_pattern *pattern,
                               int percent, sb_error *err);

/* The passage most like the phrase (its first 64 tokens). `*cost` is comparable between phrases, 0 (equal) to 1 (nothing
 * in common), and says nothing where the text has no words (`*found` false). SB_ERR_MEMORY. */
sb_status sb_phrase_nearest(sb_hit *out, bool *found, double *cost, const sb_phrase_text *text,
                            const sb_pattern *pattern, sb_error *err);

#endif
