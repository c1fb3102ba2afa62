/* Finding quotes: phrases, regular expressions, inexact matches, expansion, and the nearest passage. */
#ifndef SB_QUOTE_FIND_FIND_H
#define SB_QUOTE_FIND_FIND_H

#include "soundbite/align.h"
#include "soundbite/quote.h"
#include "transcript/transcript.h"

/* The words of an alignment in one row, and the runs of consecutive turns of one speaker in which quotes are sought. */

/* Turns [first_turn, end_turn) of one speaker with words [first_word, end_word). Turns that name nobody follow one
 * another as one speaker's do: captions without names are one run. */
typedef struct sb_run {
    const char *speaker;
    size_t first_turn, end_turn;
    size_t first_word, end_word;
} sb_run;

/* Words are counted through the whole alignment. */
typedef struct sb_runs {
    const sb_alignment *alignment;
    const char **texts; /* of each word */
    size_t *turn_of;    /* the turn of each word */
    size_t *turn_start; /* the first word of each turn, and the number of words at the end */
    uint32_t *
        syllables_to; /* spoken before each word, and in all at the end; NULL where words have their own times */
    size_t n_words;
    sb_run *items;
    size_t n_items;
} sb_runs;

/* Refers to `alignment`. SB_ERR_MEMORY. */
sb_status sb_runs_init(sb_runs *out, const sb_alignment *alignment, sb_error *err);
void sb_runs_finish(sb_runs *runs);

const sb_aligned_word *sb_runs_word(const sb_runs *runs, size_t word);

/* When the word begins and ends. Where the source times only turns (method NONE), by syllables between the turn's own
 * times. SB_TIME_NONE: not heard, or no times at all. */
sb_time sb_runs_word_start(const sb_runs *runs, size_t word);
sb_time sb_runs_word_end(const sb_runs *runs, size_t word);

/* The words joined by single blanks; the caller frees. NULL when out of memory. */
char *sb_runs_text(const sb_runs *runs, size_t first_word, size_t last_word);

/* Words first ... last (both included) of run `run`. `order` tells which of the values of its kind found them. */
typedef struct sb_hit {
    size_t run, first, last, order;
    const char *phrase;
} sb_hit;

typedef struct sb_hits {
    sb_hit *items;
    size_t n_items, capacity;
} sb_hits;

/* SB_ERR_MEMORY. */
sb_status sb_hits_add(sb_hits *hits, sb_hit hit, sb_error *err);
void sb_hits_finish(sb_hits *hits);

/* Matches widened to whole sentences or turns. */

/* Where the sentences of an alignment begin: starts[i] is the first word of sentence i, starts[n_starts] the number of
 * words. A sentence ends at its mark (sb_word_ends_sentence), which may stand turns later, or with its run. */
typedef struct sb_sentences {
    size_t *starts;
    size_t n_starts;
} sb_sentences;

/* SB_ERR_MEMORY. */
sb_status sb_sentences_init(sb_sentences *out, const sb_runs *runs, sb_error *err);
void sb_sentences_finish(sb_sentences *sentences);

/* The sentence that has `word`. */
size_t sb_sentence_of(const sb_sentences *sentences, size_t word);

/* Widens hits[begin ...], which are in the order of the text, to the sentences (`sentences` may be NULL for other ways) or the
 * turns that they touch, and makes one of those that then overlap. */
void sb_hits_expand(sb_hits *hits, size_t begin, const sb_runs *runs, const sb_sentences *sentences,
                    sb_expand expand);

/* Words found, as the caller sees them. */

/* The speech of words first ... last: from the first of them that has a time to the last. Either end may be
 * SB_TIME_NONE. */
sb_span sb_hit_span(const sb_runs *runs, const sb_hit *hit);

/* Fills everything but `number`. The caller frees `text`. SB_ERR_MEMORY. */
sb_status sb_match_make(sb_match *out, const sb_runs *runs, const sb_hit *hit, sb_error *err);

/* What is there instead of quotes that a selection does not find. */

/* The search to run again with a wider selection: sb_matches_find. */
typedef sb_status sb_find_matches(sb_matches **out, const sb_alignment *alignment,
                                  const sb_selection *selection, sb_error *err);

/* Where what is asked for is there, but at other times, of another length or said by somebody else, the nearest of these
 * becomes `out->nearest`; for a regex also the passage most like its letters. It stays NULL where there is nothing of the kind.
 * SB_ERR_MEMORY and as sb_matches_find. */
sb_status sb_nearest_elsewhere(sb_matches *out, const sb_alignment *alignment, const sb_selection *selection,
                               sb_find_matches *find, sb_error *err);

/* Phrases sought by whole words, ignoring case, accents, punctuation and hyphens, number words equal to digits. */

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

/* Passages of units that fit what is searched. */

/* Units `start` ... `end`, both included. */
typedef struct sb_passage {
    int64_t cost;
    size_t start, end;
} sb_passage;

typedef struct sb_passages {
    sb_passage *items;
    size_t n_items, capacity;
} sb_passages;

/* Returns false if memory runs out. */
bool sb_passages_add(sb_passages *passages, int64_t cost, size_t start, size_t end);

/* The lowest cost first; equal ones in the order of the text. */
void sb_passages_sort(sb_passages *passages);
void sb_passages_finish(sb_passages *passages);

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

/* Regular expressions over the text of consecutive turns of one speaker. */

/* Adds the words that each match of `pattern` (PCRE2, caseless, Unicode) touches; empty matches are none. A run's text is its
 * words joined by single blanks, and a search goes on after the last word found. SB_ERR_ARGUMENT: it does not
 * compile, the message has the column; SB_ERR_LIMIT: it needs too many steps or too much memory; SB_ERR_FORMAT: the text is not
 * UTF-8; SB_ERR_MEMORY. */
sb_status sb_regex_find(sb_hits *hits, const sb_runs *runs, const char *pattern, sb_error *err);

#endif
