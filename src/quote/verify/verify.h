/* Verifies quotes: the differences of a quotation from what was said, their weight, and its places. */
#ifndef SB_QUOTE_VERIFY_VERIFY_H
#define SB_QUOTE_VERIFY_VERIFY_H

#include <stddef.h>

#include "quote/sense/sense.h"
#include "quote/wording/wording.h"
#include "soundbite/status.h"
#include "soundbite/verify.h"

/* Steps joined into pieces of whole words. */

/* Words first ... last of the quote, and of what was said. `n_` is 0 if there are none. */
typedef struct sb_wording_part {
    sb_diff_kind kind;
    size_t first_quoted, last_quoted, n_quoted;
    size_t first_said, last_said, n_said;
    size_t n_rows, n_units; /* number of tokens of both; a number is one token */
    size_t n_proven;        /* for SAME: quoted words that were proven by their sound */
    bool is_edge;           /* LEFT_OUT before the first quoted word or after the last */
    bool is_contraction;    /* "I'm" for "I am" */
    bool is_outside;        /* words beside the quote that change its sense */
    bool is_foreign;        /* the words said are another speaker's */
    sb_diff_grade grade;
    unsigned misleads;
} sb_wording_part;

typedef struct sb_pieces {
    sb_wording_part *items;
    size_t n_items;
} sb_pieces;

/* Adjacent steps of one kind become one piece. Adjacent missing, added and changed words become one
 * changed piece. There is room for two more. Returns SB_ERR_MEMORY. */
sb_status sb_pieces_make(sb_pieces *out, const sb_steps *steps, const sb_wording *wording,
                         const sb_said *said, sb_error *err);
void sb_pieces_finish(sb_pieces *pieces);

/* Returns the number of different words, as a reader counts them. */
size_t sb_piece_differences(const sb_wording_part *piece);

/* Returns the number of different words for the verdict, in which a long omission counts less. */
double sb_piece_weight(const sb_wording_part *piece);

/* The words of a transcript that are written with a capital letter, to recognise names. */

typedef struct sb_cased_word {
    char *text; /* folded */
    bool lower; /* it is also written without a capital letter */
    bool upper; /* it has a capital letter within a sentence */
} sb_cased_word;

typedef struct sb_cased_words {
    sb_cased_word *items; /* sorted by text */
    size_t n_items, capacity;
    bool says_nothing; /* capital letters are no evidence: nearly all words have them, or no word has */
} sb_cased_words;

/* Returns SB_ERR_MEMORY. */
sb_status sb_cased_words_init(sb_cased_words *out, const sb_runs *runs, const sb_sentences *sentences,
                              sb_error *err);
void sb_cased_words_finish(sb_cased_words *words);

/* Finding the passages in which a quote was said, and their differences from it. */

typedef struct sb_quote_place_maker {
    sb_runs runs;
    sb_sentences sentences;
    sb_cased_words cased;
    const sb_senses *senses;
} sb_quote_place_maker;

/* See sb_quote_place. NULL: none. */
typedef struct sb_doubted_words {
    char *words, *unnegated;
} sb_doubted_words;

/* A passage with its differences and its verdict. */
typedef struct sb_judged {
    sb_passage passage;
    sb_pieces pieces;
    sb_quote_verdict verdict;
    sb_doubted_words doubted; /* the place that is made takes it over */
    size_t n_differences, n_left_out, n_heard, n_unheard;
    sb_diff_grade grade;
    unsigned misleads;
} sb_judged;

/* Sets the words of the passage that were perhaps not said: those that were doubted when they were heard
 * again, and negations that the search skipped although words around them are clear. Returns false if memory
 * runs out; free the members even then. */
bool sb_words_doubted(sb_doubted_words *out, const sb_steps *steps, const sb_wording *wording,
                      const sb_said *said, const sb_quote_place_maker *maker);

/* Adds the unit directly before or after the passage as missing if it gives the quote another sense: "minus"
 * before "five degrees", "/7" after "5". Returns false if memory runs out. */
bool sb_steps_add_neighbours(sb_steps *steps, const sb_quote_place_maker *maker, const sb_wording *wording,
                             const sb_said *said);

/* Returns SB_ERR_MEMORY. Free `pieces` and the members of `doubted` even then. */
sb_status sb_passage_judge(sb_judged *out, const sb_passage *passage, const sb_quote_place_maker *maker,
                           const sb_wording *wording, const sb_said *said, sb_error *err);

/* The words of a piece as printed and as said; NULL if it has none. The caller frees them. `*ok` becomes
 * false if memory runs out. */
char *sb_piece_quoted(const sb_wording_part *piece, const sb_wording *wording, bool *ok);
char *sb_piece_said(const sb_wording_part *piece, const sb_runs *runs, bool *ok);

/* Adds the words that an ellipsis at the beginning or the end leaves out of the sentence. */
void sb_pieces_add_edges(sb_pieces *pieces, const sb_quote_place_maker *maker, const sb_wording *wording);

/* Set `grade`, `misleads` and `is_foreign` of all pieces. Return SB_ERR_MEMORY. */
sb_status sb_pieces_grade(sb_pieces *pieces, const sb_quote_place_maker *maker, const sb_wording *wording,
                          sb_error *err);
sb_status sb_pieces_find_misleading(sb_pieces *pieces, const sb_quote_place_maker *maker,
                                    const sb_wording *wording, sb_error *err);

/* Sets all fields of `out` except its attribution. Returns SB_ERR_MEMORY. */
sb_status sb_quote_places_find(const sb_quote_place_maker *maker, sb_verification *out,
                               const sb_wording *wording, const sb_said *said, sb_error *err);

/* Sets `before` and `after` of a place whose match exists. Returns SB_ERR_MEMORY. */
sb_status sb_quote_place_add_context(sb_quote_place *place, const sb_quote_place_maker *maker,
                                     size_t first_word, size_t last_word, sb_error *err);

#endif
