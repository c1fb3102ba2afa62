/* Finds passages that are similar to a phrase: parts of spoken numbers, words near each other, and words that
 * sound alike. */
#ifndef SB_QUOTE_ALIKE_ALIKE_H
#define SB_QUOTE_ALIKE_ALIKE_H

#include "base/run/run.h"
#include "quote/find/find.h"

/* Adds the matches in which a number of the phrase is only a part of the number that was said: "twelve
 * thousand" in "twelve thousand four hundred", "four hundred books" at its end, "nineteen" in "1960". A match
 * covers the words of that part, or the whole word if the number is written in digits. `whys` owns the
 * explanations. Returns SB_ERR_MEMORY. */
sb_status sb_number_parts_find(sb_hits *hits, const sb_phrase_text *text, const sb_pattern *pattern,
                               sb_arena *whys, sb_error *err);

/* A window of sb_near_find has at most this many units for `n` words that are needed. Words of one sentence
 * are closer than this. Fitted to the list in fixtures/find. */
#define SB_NEAR_WINDOW(n) (8 + 4 * (n))
#define SB_NEAR_MAX       32 /* words after these are not needed */

/* Returns true for very common words such as "the", which may be missing. */
bool sb_word_is_common(const char *text);

/* Appends each word of the number in words[first] ... words[last] as it may be said, after the byte `before`
 * and "#". Words may repeat. Returns false if memory runs out. */
bool sb_number_words_add(sb_bytes *out, char before, const char *const *words, size_t first, size_t last);

/* Adds the passages that have all words of the phrase close together, in any order and form ("valve" matches
 * "valves"). Very common words such as "the" may be missing. `language`, a BCP 47 tag, chooses the rules for
 * word forms; NULL: English. Passages do not overlap. Returns SB_ERR_MEMORY. */
sb_status sb_near_find(sb_hits *hits, const sb_phrase_text *text, const sb_pattern *pattern,
                       const char *language, sb_arena *whys, sb_error *err);

/* Adds the passages of whole words that sound like the phrase: "fair new turn" for "fern neutron". Passages
 * do not overlap. Semi-global alignment of phones (Sellers 1980); phones of one class cost less than others.
 * `language` is as in sb_near_find; `model` as in sb_sounds_make. Returns SB_ERR_MEMORY, or SB_ERR_IO if the
 * dictionary cannot be read. */
sb_status sb_sound_find(sb_hits *hits, const sb_runs *runs, const char *phrase, const char *language,
                        const sb_dictionary *model, sb_arena *whys, sb_error *err);

/* Keeps the best of overlapping hits among hits[begin ...]: the highest score first, then the order of the
 * text. Returns false if memory runs out. */
bool sb_hits_keep_best(sb_hits *hits, size_t begin, size_t n_words);

/* Of the first `begin` hits, keeps those that share a word with one of the later hits. Removes all other
 * hits. Returns SB_ERR_MEMORY. */
sb_status sb_hits_keep_shared(sb_hits *hits, size_t begin, size_t n_words, sb_error *err);

/* Stores a formatted explanation. Returns NULL if memory runs out. */
const char *sb_why_print(sb_arena *whys, const char *format, ...) SB_PRINTF(2, 3);

#endif
