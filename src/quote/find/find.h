/* Finds quotes: phrases, regular expressions, fuzzy matches, expansion, and the nearest passage. */
#ifndef SB_QUOTE_FIND_FIND_H
#define SB_QUOTE_FIND_FIND_H

#include "base/run/run.h"
#include "soundbite/align.h"
#include "soundbite/names.h"
#include "soundbite/quote.h"
#include "transcript/transcript.h"

/* The limits of a selection; SB_TIME_NONE: no limit. */
typedef struct sb_time_limits {
    sb_time from, until, min_length, max_length;
} sb_time_limits;

sb_time_limits sb_time_limits_of(const sb_selection *selection);

/* The words of an alignment in one sequence, and the runs in which quotes are searched. */

/* A run: consecutive rows of the alignment, [first_row, end_row), of one speaker, with words [first_word,
 * end_word). Rows without a name count as one speaker, so captions without names are one run. */
typedef struct sb_run {
    const char *speaker;
    size_t first_row, end_row;
    size_t first_word, end_word;
} sb_run;

/* Words are counted through the whole alignment. */
typedef struct sb_runs {
    const sb_alignment *alignment;
    const char **texts; /* of each word */
    size_t *row_of;     /* the row of each word */
    size_t *row_start;  /* the first word of each row, and at the end the number of words */
    size_t *row_head;   /* the first row of the turn of each row */
    uint32_t *
        /* number of syllables before each word, and at the end the total; NULL if words have their own
         * times */
        syllables_to;
    size_t n_words;
    sb_run *items;
    size_t n_items;
} sb_runs;

/* `out` refers to `alignment`, which must live longer. Returns SB_ERR_MEMORY. */
sb_status sb_runs_init(sb_runs *out, const sb_alignment *alignment, sb_error *err);
void sb_runs_finish(sb_runs *runs);

const sb_aligned_word *sb_runs_word(const sb_runs *runs, size_t word);

/* The run that `word` is in. */
size_t sb_runs_run_of(const sb_runs *runs, size_t word);

/* The speaker of a word, or NULL. */
const char *sb_runs_speaker(const sb_runs *runs, size_t word);

/* The first word of the turn that `word` is in, and the first word after that turn. */
size_t sb_runs_turn_first(const sb_runs *runs, size_t word);
size_t sb_runs_turn_end(const sb_runs *runs, size_t word);

/* The start and end of a word. If the source has only times of turns (method NONE), the time is estimated
 * from syllables. SB_TIME_NONE if the word was not heard or there are no times. */
sb_time sb_runs_word_start(const sb_runs *runs, size_t word);
sb_time sb_runs_word_end(const sb_runs *runs, size_t word);

/* The words joined by single blanks; the caller frees the text. NULL when out of memory. */
char *sb_runs_text(const sb_runs *runs, size_t first_word, size_t last_word);

/* Guesses the language from the first words. `*ok` becomes false if memory runs out. */
const struct sb_senses *sb_runs_guess_language(const sb_runs *runs, bool *ok);

/* Sets wanted[i] if the selection allows speaker i. A value without '*' that is not a speaker's name may be a
 * part of one name (sb_name_fit_of; the best fit counts). Returns SB_ERR_ARGUMENT if it is a part of several
 * names, and SB_ERR_MEMORY. */
sb_status sb_speakers_choose(bool *wanted, const sb_speakers *speakers, const sb_selection *selection,
                             sb_error *err);

/* Words first ... last (both included); `run` is the run of the first. `order` is the index of the phrase or
 * regex that found them. */
typedef struct sb_hit {
    size_t run, first, last, order;
    const char *phrase;
    sb_match_how how;
    double score;    /* from 0 to 1 */
    const char *why; /* see sb_match; NULL: the text for `how` is enough */
} sb_hit;

typedef struct sb_hits {
    sb_hit *items;
    size_t n_items, capacity;
} sb_hits;

/* Returns SB_ERR_MEMORY. */
sb_status sb_hits_add(sb_hits *hits, sb_hit hit, sb_error *err);
void sb_hits_finish(sb_hits *hits);

/* Expansion of matches to whole sentences or turns. */

/* The sentences of an alignment: starts[i] is the first word of sentence i, and starts[n_starts] is the
 * number of words. A sentence ends at its punctuation mark (sb_word_ends_sentence), which may be in a later
 * row, or at the end of its run. In text without punctuation, sentences end at pauses, and have at most 40
 * words and 30 s. */
typedef struct sb_sentences {
    size_t *starts;
    size_t n_starts;
} sb_sentences;

/* Returns SB_ERR_MEMORY. */
sb_status sb_sentences_init(sb_sentences *out, const sb_runs *runs, sb_error *err);
void sb_sentences_finish(sb_sentences *sentences);

/* The sentence that contains `word`. */
size_t sb_sentence_of(const sb_sentences *sentences, size_t word);

/* Expands hits[begin ...], which are in text order, to the sentences or turns that they touch, and joins
 * those that then overlap. `sentences` may be NULL unless the expansion is to sentences. */
void sb_hits_expand(sb_hits *hits, size_t begin, const sb_runs *runs, const sb_sentences *sentences,
                    sb_expand expand);

/* Conversion of hits to public matches. */

/* The speech of a hit: from its first word with a time to its last. Either end may be SB_TIME_NONE. */
sb_span sb_hit_span(const sb_runs *runs, const sb_hit *hit);

/* Sets all fields except `number`. Free the match with sb_match_finish. Returns SB_ERR_MEMORY. */
sb_status sb_match_make(sb_match *out, const sb_runs *runs, const sb_hit *hit, sb_error *err);
void sb_match_finish(sb_match *match);

/* Removes words from the text of a passage, and their speakers, that are said outside its time limits while
 * other people speak. Returns SB_ERR_MEMORY. */
sb_status sb_match_trim(sb_match *match, const sb_runs *runs, const sb_hit *hit, sb_error *err);

/* The nearest passage, for a selection without matches. */

/* The function to search again with a wider selection: sb_matches_find. */
typedef sb_status sb_find_matches(sb_matches **out, const sb_alignment *alignment,
                                  const sb_selection *selection, sb_error *err);

/* Does the same as sb_matches_find, but does not look for the nearest passage if nothing matches, which is
 * slow. `model` is that of sb_sounds_make. */
sb_status sb_matches_find_only(sb_matches **out, const sb_alignment *alignment, const sb_selection *selection,
                               const sb_dictionary *model, sb_error *err);

/* Sets `out->nearest` to the nearest passage that fits except for the times, the length or the speaker. For a
 * regex it may also be the passage that is most similar to its letters. If there is none, it stays NULL.
 * Returns SB_ERR_MEMORY, or a status of sb_matches_find. */
sb_status sb_nearest_elsewhere(sb_matches *out, const sb_alignment *alignment, const sb_selection *selection,
                               sb_find_matches *find, sb_error *err);

/* Makes a hit the nearest passage. Returns SB_ERR_MEMORY. */
sb_status sb_nearest_set(sb_matches *out, const sb_runs *runs, const sb_hit *hit, sb_nearest_why why,
                         sb_error *err);

/* The passage between two times or two phrases. */

/* Returns true if a time or phrase limits the selection. */
bool sb_selection_has_bounds(const sb_selection *selection);

/* Returns true if the selection is one passage: it has time or phrase limits and no other conditions. */
bool sb_selection_is_passage(const sb_selection *selection);

/* Words [first, end), and the time limits; SB_TIME_NONE at an end without a time limit. */
typedef struct sb_bounds {
    size_t first, end;
    sb_span asked;
} sb_bounds;

/* Makes the passage of an alignment of audio alone, which has one turn without words. Returns
 * SB_ERR_MEMORY. */
sb_status sb_match_without_words(sb_match *out, const sb_alignment *alignment, const sb_selection *selection,
                                 sb_error *err);

/* Finds the words between the phrases and, for a passage, between the times. If a phrase is not found, sets
 * `out->missing` and the nearest passage, and the bounds are empty. Sets `out->n_later`. Returns
 * SB_ERR_ARGUMENT if `from_phrase` is ambiguous; SB_ERR_MEMORY; and the statuses of sb_matches_find. */
sb_status sb_bounds_find(sb_bounds *bounds, sb_matches *out, const sb_runs *runs,
                         const sb_selection *selection, sb_find_matches *find, sb_error *err);

/* Search for phrases by whole words. Case, accents, punctuation and hyphens are ignored, and number words
 * match digits. */

/* The tokens of every run. Words are counted from the first word of the run. */
typedef struct sb_phrase_text {
    const sb_runs *runs;
    sb_tokens *of_run; /* one for each run */
} sb_phrase_text;

/* `out` refers to `runs`, which must live longer. Returns SB_ERR_MEMORY. */
sb_status sb_phrase_text_init(sb_phrase_text *out, const sb_runs *runs, sb_error *err);
void sb_phrase_text_finish(sb_phrase_text *text);

/* The tokens of a phrase. The id of a token is the smallest index of an equal one. `spellings` has each
 * token, what else it may be ("minute" for "minutes" of "3 min"), and each group as one token ("cohost" for
 * "co-host", "mph" for "miles per hour"). */
typedef struct sb_spelling {
    const char *text;
    size_t first_token, last_token;
    bool is_german;      /* the number that the token is in German: "12400" for "12.400" */
    bool is_other;       /* sb_token.other */
    bool is_contraction; /* "im" for "I am" */
} sb_spelling;

typedef struct sb_pattern {
    const char *phrase;
    sb_tokens tokens;
    int *ids;
    sb_spelling *spellings; /* sorted by text */
    size_t n_spellings;
    char **joined; /* memory of the spellings of groups */
    size_t n_joined;
} sb_pattern;

/* The last token of the group that begins with token `first`: a hyphenated word ("GPT-4", but not the
 * digits of "3-2"), or a date, time, unit or number that has several forms (see sb_form_read). */
size_t sb_tokens_group_end(const sb_tokens *tokens, size_t first);

/* The form of a group, or the tokens without anything between them. The caller frees the text. NULL when out
 * of memory. */
char *sb_tokens_join(const sb_tokens *tokens, size_t first, size_t last);

#define SB_PATTERN_MAX 4096 /* maximum number of tokens */

/* Splits `text` in place at blanks. `words` has room for half as many entries as `text` has bytes. Returns
 * their number. */
size_t sb_phrase_words(char *text, const char **words);

/* Returns SB_ERR_ARGUMENT for a phrase without words or with more than SB_PATTERN_MAX, or SB_ERR_MEMORY. */
sb_status sb_pattern_init(sb_pattern *out, const char *phrase, sb_error *err);

/* Does the same; contractions match what they stand for in a text whose tokens contract, and the units are
 * marked. */
sb_status sb_pattern_init_contracting(sb_pattern *out, const char *phrase, sb_error *err);
void sb_pattern_finish(sb_pattern *pattern);

/* The tokens of a run, adapted to a pattern: hyphenated words, dates, times and units are written as the
 * phrase writes them. `id` is -1 for words that are not in the phrase. Words are counted through the
 * alignment. */
typedef struct sb_unit {
    const char *text;
    int id;
    size_t first_word, last_word;
    char joint;      /* see sb_token */
    bool is_spelled; /* no signs are between its numbers: in words, or several tokens of the phrase in one */
    bool is_contraction; /* it matches a contraction, or what the phrase contracts */
} sb_unit;

typedef struct sb_units {
    sb_unit *items;
    size_t n_items, capacity;
} sb_units;

/* Appends the units of a run. Returns SB_ERR_MEMORY. */
sb_status sb_units_add(sb_units *out, const sb_phrase_text *text, size_t run, const sb_pattern *pattern,
                       sb_error *err);

/* Replaces the content of `out`, which may be zeroed. Returns SB_ERR_MEMORY. */
sb_status sb_units_make(sb_units *out, const sb_phrase_text *text, size_t run, const sb_pattern *pattern,
                        sb_error *err);
/* Does the same for all runs, one after the other. */
sb_status sb_units_make_all(sb_units *out, const sb_phrase_text *text, const sb_pattern *pattern,
                            sb_error *err);
void sb_units_finish(sb_units *units);

/* Passages of units that match a search. */

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

/* Adds the exact matches of the phrase, leftmost first, none overlapping (Knuth, Morris and Pratt 1977). They
 * may continue across a change of speaker. If a part of a hyphenated word matches ("art" in
 * "state-of-the-art"), the match has the whole word. Returns SB_ERR_MEMORY. */
sb_status sb_phrase_find(sb_hits *hits, const sb_phrase_text *text, const sb_pattern *pattern, sb_error *err);

/* Adds the matches in which at most `percent` of the words of the phrase are missing, added or different.
 * The best are chosen first; none overlap, and each contains at least one word of the phrase. A match runs
 * over a change of speaker only if it is better by a word than a match of one speaker in its place.
 * Approximate matching by dynamic programming (Sellers 1980). Among equal numbers of differences, the most
 * similar spelling wins. Returns SB_ERR_MEMORY. */
sb_status sb_phrase_find_fuzzy(sb_hits *hits, const sb_phrase_text *text, const sb_pattern *pattern,
                               int percent, sb_error *err);

/* Finds the passage most similar to the phrase (its first 64 tokens). `*cost` is comparable between
 * phrases, from 0 (equal) to 1 (nothing in common). It is undefined if the text has no words (`*found` is
 * false). Returns SB_ERR_MEMORY. */
sb_status sb_phrase_nearest(sb_hit *out, bool *found, double *cost, const sb_phrase_text *text,
                            const sb_pattern *pattern, sb_error *err);

/* Makes the passage whose words are most similar to one of `texts` the nearest. Returns SB_ERR_MEMORY. */
sb_status sb_nearest_by_words(sb_matches *out, const sb_phrase_text *text, const char *const *texts, size_t n,
                              sb_error *err);

/* Regular expressions. */

/* Adds the words that each match of `pattern` (PCRE2, caseless, Unicode, multi-line) touches. Empty matches
 * are ignored. The text is the words of all runs, joined as in sb_runs_text; each run is a line. A blank in
 * the pattern also matches the end of a line, unless the pattern has the option x. The search continues after
 * the last word of a match. Returns SB_ERR_ARGUMENT if the pattern does not compile (the message has the
 * column), SB_ERR_LIMIT if it needs too many steps or too much memory, SB_ERR_FORMAT if the text is not
 * UTF-8, or SB_ERR_MEMORY. */
sb_status sb_regex_find(sb_hits *hits, const sb_runs *runs, const char *pattern, sb_error *err);

/* One search of an alignment: the hits of a selection in the order of their rank. */

/* `phrases` has the text of the runs for phrases; it is made only if the selection has words. `alignment` and
 * `selection` must live longer. */
typedef struct sb_match_search {
    const sb_selection *selection;
    sb_time_limits limits;
    sb_bounds bounds; /* set by the caller before sb_match_search_run */
    bool is_passage;
    sb_expand expand;
    sb_runs runs;
    sb_phrase_text phrases;
    sb_sentences sentences;
    bool *run_wanted;    /* by its speaker */
    bool wants_somebody; /* one of the runs is wanted */
    sb_hits hits;
    sb_arena whys; /* of hits */
    const char *language;
    const sb_dictionary *model; /* for sounds; NULL: it is read */
} sb_match_search;

/* Returns SB_ERR_ARGUMENT if a speaker is ambiguous, or SB_ERR_MEMORY. Call sb_match_search_finish in any
 * case. */
sb_status sb_match_search_init(sb_match_search *s, const sb_alignment *alignment,
                               const sb_selection *selection, sb_error *err);
void sb_match_search_finish(sb_match_search *s);

/* Finds the hits of the selection. Returns the statuses of the functions for phrases, words near each other,
 * sounds and regular expressions. */
sb_status sb_match_search_run(sb_match_search *s, sb_error *err);

/* If there are no hits: finds the words of the phrases near each other, then their sound. */
sb_status sb_match_search_alike(sb_match_search *s, sb_error *err);

/* Differences in spelling. */

#define SB_MAX_UNLIKE 100 /* nothing in common */

/* A word prepared for many comparisons: the positions of each byte in its first 64 bytes. */
typedef struct sb_letters {
    uint64_t at[256];
    size_t n;
} sb_letters;

void sb_letters_init(sb_letters *out, const char *word);

/* Levenshtein distance as a percentage of the longer word; 0 for equal words. Bytes after the 64th are
 * ignored. A machine word holds a column (Myers 1999, Hyyrö 2003). */
int64_t sb_unlikeness(const sb_letters *word, const char *other);

#endif
