/* Verifies quotes: the words of a quotation, passages that fit it, differences and places. */
#ifndef SB_QUOTE_VERIFY_VERIFY_H
#define SB_QUOTE_VERIFY_VERIFY_H

#include <stddef.h>
#include <stdint.h>

#include "quote/find/find.h"
#include "quote/sense/sense.h"
#include "soundbite/status.h"
#include "soundbite/verify.h"

/* A printed quotation: its words, its ellipses, and its brackets (words of the editor). */

/* A word between blanks, or a whole bracket with the words in it: "[the city],". */
typedef struct sb_quoted_word {
    char *text; /* as printed */
    char *said; /* without brackets: "The" of "[T]he"; NULL for a whole bracket */
    char *head,
        /* for a word with a bracket in it: its beginning and end outside the bracket, folded; otherwise
         * NULL */
        *tail;
    size_t n_bracketed; /* number of words in a whole bracket, otherwise 0 */
    bool gap_before;    /* an ellipsis is before it */
} sb_quoted_word;

typedef struct sb_quoted {
    sb_quoted_word *words;
    size_t n_words;
    bool gap_after; /* an ellipsis is after the last word */
} sb_quoted;

/* Splits a quotation into words. Ellipses are "...", "…" and ". . .", also in square or round brackets.
 * Other round brackets, and square brackets that are never closed, are punctuation. Returns SB_ERR_MEMORY. */
sb_status sb_quoted_read(sb_quoted *out, const char *quote, sb_error *err);
void sb_quoted_finish(sb_quoted *quoted);

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

/* The alignment of a quote with what was said, and the cost of each difference. */

/* One item to find: a token of the quote, or any word that a bracket may replace. */
typedef struct sb_wording_row {
    bool free;          /* part of a bracket: matches any one word, or none */
    int id;             /* index in the pattern */
    size_t first, last; /* words of `quoted` */
} sb_wording_row;

/* Boundary b is between rows b - 1 and b. gaps[b] is true if words may be omitted there. */
typedef struct sb_wording {
    sb_quoted quoted;
    sb_pattern pattern; /* of the quote without its brackets */
    char *phrase;       /* memory of the pattern */
    sb_wording_row *rows;
    sb_letters *letters; /* of each row; separate because they are large */
    size_t n_rows;
    bool *gaps;
    bool gap_first, gap_last; /* an ellipsis before the first word, and after the last */
    size_t n_tokens;          /* rows that are not free */
    size_t n_words;           /* words of the quote that have a token */
} sb_wording;

#define SB_WORDING_MAX ((size_t)64 << 10) /* maximum bytes of a quote */

/* Returns SB_ERR_ARGUMENT for a quote without words or with too many, or SB_ERR_MEMORY. */
sb_status sb_wording_init(sb_wording *out, const char *quote, sb_error *err);
void sb_wording_finish(sb_wording *wording);

/* The words that were said in all runs, as units of a pattern. */
typedef struct sb_said_unit {
    sb_unit unit;
    size_t run;
    bool heard;  /* false: it is in the transcript, but was not heard */
    bool proven; /* the acoustic aligner heard it at its position */
    bool alone;  /* not heard, between words that were heard: it was either missed or not said */
    bool barred; /* by a speaker who is excluded */
} sb_said_unit;

/* How much the alignment can prove about the audio. */
typedef enum sb_evidence {
    SB_EVIDENCE_NONE,   /* words were not searched in the audio */
    SB_EVIDENCE_WORDS,  /* each word has a status */
    SB_EVIDENCE_UNSURE, /* too little to decide whether the text belongs to the audio */
    SB_EVIDENCE_AGAINST /* the text is not in the audio */
} sb_evidence;

typedef struct sb_said {
    sb_evidence evidence;
    sb_said_unit *units;
    size_t n_units, capacity;
} sb_said;

/* Returns SB_ERR_MEMORY. */
sb_status sb_said_init(sb_said *out, const sb_phrase_text *text, const sb_pattern *pattern, sb_error *err);
void sb_said_finish(sb_said *said);

/* Costs count differing words in units of SB_COST_WORD. Differences in spelling, and the length of marked
 * omissions, count less. */
#define SB_COST_WORD   (INT64_C(1) << 32)
#define SB_COST_GAP    (SB_COST_WORD + SB_MAX_UNLIKE + 1)
#define SB_COST_MARKED (SB_COST_WORD / 10000) /* a word omitted at an ellipsis */
#define SB_COST_EQUAL  (SB_COST_WORD / 100)   /* passages whose costs differ by less are equally good */
/* A transcript's word that equals the quote's but was not heard costs less than a different word that was
 * heard. */
#define SB_COST_UNHEARD (SB_COST_WORD / 2)
#define SB_COST_NEVER   (INT64_C(1) << 60)

/* Omitted words without an ellipsis cost one each, or together this start cost and a small cost per word. A
 * long omission therefore counts as one difference and does not prove that the quote was never said. */
#define SB_COST_OMIT      (2 * SB_COST_WORD)
#define SB_COST_OMIT_WORD (SB_COST_WORD / 20)

/* Returns the cost of matching the unit with the row. If `spelling` is true, differences in spelling cost
 * too. */
int64_t sb_cost_match(const sb_wording *wording, size_t row, const sb_said_unit *unit, bool spelling);
/* Returns the cost of a row without a unit. */
int64_t sb_cost_added(const sb_wording *wording, size_t row);
/* Returns the cost of a unit without a row, at a boundary. */
int64_t sb_cost_missing(const sb_wording *wording, size_t boundary, const sb_said_unit *unit);
/* Returns the cost of such a unit inside a long omission. */
int64_t sb_cost_omitted(const sb_said_unit *unit);

/* Returns true if the unit matches a word with a bracket in it: "works" matches "work[ed]". */
bool sb_wording_fits(const sb_wording *wording, size_t row, const sb_said_unit *unit);

/* The passages that fit a quote best. */

/* Finds the best passage, and all passages that are as good except for spelling and up to a hundred more
 * words omitted at ellipses. `out` is empty if no word matches. Semi-global alignment (Sellers 1980) with
 * affine gaps for omissions (Gotoh 1982); memory is linear in the quote. They are in text order, and no two
 * share a unit. Returns SB_ERR_MEMORY. */
sb_status sb_passages_find(sb_passages *out, const sb_wording *wording, const sb_said *said, sb_error *err);

typedef enum sb_step_kind {
    SB_STEP_MATCH,   /* a row and a unit */
    SB_STEP_ADDED,   /* a row without a unit */
    SB_STEP_MISSING, /* a unit without a row */
} sb_step_kind;

typedef struct sb_step {
    sb_step_kind kind;
    size_t row;  /* MISSING: the boundary */
    size_t unit; /* unused for ADDED */
} sb_step;

typedef struct sb_steps {
    sb_step *items;
    size_t n_items;
} sb_steps;

/* Aligns the units of the passage with the rows of the quote at the lowest cost, first to last. Columns
 * are kept at every square root of the length of the passage; the columns between are recomputed (Myers
 * and Miller 1988 need linear memory; this is simpler). Returns SB_ERR_MEMORY. */
sb_status sb_steps_find(sb_steps *out, const sb_wording *wording, const sb_said *said,
                        const sb_passage *passage, sb_error *err);
void sb_steps_finish(sb_steps *steps);

/* Steps joined into pieces of whole words. */

/* Words first ... last of the quote, and of what was said. `n_` is 0 if there are none. */
typedef struct sb_wording_part {
    sb_diff_kind kind;
    size_t first_quoted, last_quoted, n_quoted;
    size_t first_said, last_said, n_said;
    size_t n_rows, n_units; /* number of tokens of both; a number is one token */
    size_t n_proven;        /* for SAME: quoted words that were proven by their sound */
    bool is_edge;           /* LEFT_OUT before the first quoted word or after the last */
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

/* A passage with its differences and its verdict. */
typedef struct sb_judged {
    sb_passage passage;
    sb_pieces pieces;
    sb_quote_verdict verdict;
    char *doubted; /* see sb_words_doubted; the place that is made takes it over */
    size_t n_differences, n_left_out, n_heard, n_unheard;
    sb_diff_grade grade;
    unsigned misleads;
} sb_judged;

/* Words of the passage that were perhaps not said, in quotation marks and joined by commas: the search skipped them although
 * the words around them are clear. For negations fewer clear words are enough. Returns NULL if there are none, or memory runs
 * out (then `*ok` becomes false). The caller frees it. */
char *sb_words_doubted(const sb_steps *steps, const sb_wording *wording, const sb_said *said,
                       const sb_quote_place_maker *maker, bool *ok);

/* Returns SB_ERR_MEMORY. Free `pieces` and `doubted` even then. */
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
