/* Verifying quotes: quotations and their wording, passages that fit, differences and places. */
#ifndef SB_QUOTE_VERIFY_VERIFY_H
#define SB_QUOTE_VERIFY_VERIFY_H

#include <stddef.h>
#include <stdint.h>

#include "quote/find/find.h"
#include "soundbite/status.h"
#include "soundbite/verify.h"

/* A quotation as it is printed: its words, the places where words were left out, and what the editor put in. */

/* What stands between blanks, or a whole bracket with the words in it: "[the city],". */
typedef struct sb_quoted_word {
    char *text; /* as it stands */
    char *said; /* without brackets: "The" of "[T]he"; NULL for a whole bracket */
    char *head,
        *tail; /* of a word with a bracket in it, what surely was said at its beginning and end, folded; else NULL */
    size_t n_bracketed; /* words in a whole bracket, else 0 */
    bool gap_before;    /* an ellipsis stands before it */
} sb_quoted_word;

typedef struct sb_quoted {
    sb_quoted_word *words;
    size_t n_words;
} sb_quoted;

/* Ellipses are "...", "…" and ". . .", bare or in square or round brackets; other round brackets are punctuation. A square
 * bracket that is never closed is punctuation too. SB_ERR_MEMORY. */
sb_status sb_quoted_read(sb_quoted *out, const char *quote, sb_error *err);
void sb_quoted_finish(sb_quoted *quoted);

/* How unlike two words are spelled. */

#define SB_MAX_UNLIKE 100 /* nothing in common */

/* A word made ready to be compared with many: in which of its first 64 bytes each byte stands. */
typedef struct sb_letters {
    uint64_t at[256];
    size_t n;
} sb_letters;

void sb_letters_init(sb_letters *out, const char *word);

/* Levenshtein distance as a percentage of the longer word, 0 for equal ones; bytes beyond the 64th are not seen. One machine
 * word stands for a column (Myers 1999, Hyyro 2003). */
int64_t sb_unlikeness(const sb_letters *word, const char *other);

/* A quote's wording and what was said, laid side by side: what each difference costs. */

/* One thing to be found: a token of the quote, or a word that may stand for a bracket. */
typedef struct sb_wording_row {
    bool free;          /* may take any one word, or none */
    int id;             /* of the pattern */
    size_t first, last; /* words of `quoted` */
} sb_wording_row;

/* Between rows b - 1 and b lies boundary b; gaps[b] tells that words may be left out there. */
typedef struct sb_wording {
    sb_quoted quoted;
    sb_pattern pattern; /* of the quote without its brackets */
    char *phrase;       /* the pattern's memory */
    sb_wording_row *rows;
    sb_letters *letters; /* of each row; apart, for they are large */
    size_t n_rows;
    bool *gaps;
    size_t n_tokens; /* rows that are not free */
    size_t n_words;  /* words of the quote that hold a token */
} sb_wording;

#define SB_WORDING_MAX ((size_t)64 << 10) /* bytes of a quote */

/* SB_ERR_ARGUMENT: a quote without words or with too many; SB_ERR_MEMORY. */
sb_status sb_wording_init(sb_wording *out, const char *quote, sb_error *err);
void sb_wording_finish(sb_wording *wording);

/* What was said, over all the runs, as a pattern sees it. */
typedef struct sb_said_unit {
    sb_unit unit;
    size_t run;
    bool heard;  /* else the transcript has it and the audio does not */
    bool proven; /* heard where it should be, by its sound */
    bool alone;  /* not heard between words that were: as likely missed as not said */
    bool aside;  /* a few words of somebody else between words of one speaker */
    bool barred; /* of a speaker who is not meant */
} sb_said_unit;

/* What the alignment knows of the audio. */
typedef enum sb_evidence {
    SB_EVIDENCE_NONE,   /* its words were not listened for */
    SB_EVIDENCE_WORDS,  /* each word tells whether it was heard */
    SB_EVIDENCE_UNSURE, /* too little to tell whether it is this text that was heard */
    SB_EVIDENCE_AGAINST /* the text is not in the audio */
} sb_evidence;

typedef struct sb_said {
    sb_evidence evidence;
    sb_said_unit *units;
    size_t n_units, capacity;
} sb_said;

/* SB_ERR_MEMORY. */
sb_status sb_said_init(sb_said *out, const sb_phrase_text *text, const sb_pattern *pattern, sb_error *err);
void sb_said_finish(sb_said *said);

/* Costs count differing words in units of SB_COST_WORD; how unlike they are spelled, and how much is left out where that is
 * marked, count for less. */
#define SB_COST_WORD   (INT64_C(1) << 32)
#define SB_COST_GAP    (SB_COST_WORD + SB_MAX_UNLIKE + 1)
#define SB_COST_MARKED (SB_COST_WORD / 10000) /* a word left out at an ellipsis */
#define SB_COST_EQUAL  (SB_COST_WORD / 100)   /* passages that differ by less are equally good */
#define SB_COST_UNHEARD                                                                                      \
    (SB_COST_WORD / 2) /* the transcript's very word: nearer than another that was heard */
#define SB_COST_NEVER (INT64_C(1) << 60)

/* Words left out without a mark cost one each, or together this to begin with and so much a word: a long omission is one
 * difference, not proof that the quote was never said. */
#define SB_COST_OMIT      (2 * SB_COST_WORD)
#define SB_COST_OMIT_WORD (SB_COST_WORD / 20)

/* Of taking the unit for the row. How unlike they are is looked at where `spelling`. */
int64_t sb_cost_match(const sb_wording *wording, size_t row, const sb_said_unit *unit, bool spelling);
/* Of a row that nothing was said for. */
int64_t sb_cost_added(const sb_wording *wording, size_t row);
/* Of a unit at a boundary that the quote does not have. */
int64_t sb_cost_missing(const sb_wording *wording, size_t boundary, const sb_said_unit *unit);
/* The same inside a long omission. */
int64_t sb_cost_omitted(const sb_said_unit *unit);

/* True where the unit is said for a word with a bracket in it: "works" for "work[ed]". */
bool sb_wording_fits(const sb_wording *wording, size_t row, const sb_said_unit *unit);

/* The passages of what was said that fit a quote's wording best. */

/* In the order of the text, no two with a unit in common: the best passage, and all that are as good but for how unlike the words are spelled and a hundred words more left
 * out at ellipses. Empty where not a word fits. Semi-global alignment (Sellers 1980) with affine gaps for omissions (Gotoh 1982) in memory
 * linear in the quote. SB_ERR_MEMORY. */
sb_status sb_passages_find(sb_passages *out, const sb_wording *wording, const sb_said *said, sb_error *err);

typedef enum sb_step_kind {
    SB_STEP_MATCH,   /* a row and a unit */
    SB_STEP_ADDED,   /* a row alone */
    SB_STEP_MISSING, /* a unit alone */
} sb_step_kind;

typedef struct sb_step {
    sb_step_kind kind;
    size_t row;  /* MISSING: the boundary */
    size_t unit; /* ADDED: not used */
} sb_step;

typedef struct sb_steps {
    sb_step *items;
    size_t n_items;
} sb_steps;

/* How the passage's units and the quote's rows go together at the least cost, first to last. The way back is found from
 * columns kept at every square root of the passage's length, the others being made again (Myers and Miller 1988 have it linear;
 * this is simpler). SB_ERR_MEMORY. */
sb_status sb_steps_find(sb_steps *out, const sb_wording *wording, const sb_said *said,
                        const sb_passage *passage, sb_error *err);
void sb_steps_finish(sb_steps *steps);

/* Steps of an alignment gathered into pieces of whole words. */

/* Words first ... last of the quote and of what was said; `n_` is 0 where there are none. */
typedef struct sb_wording_part {
    sb_diff_kind kind;
    size_t first_quoted, last_quoted, n_quoted;
    size_t first_said, last_said, n_said;
    size_t n_proven; /* of SAME: words quoted that were heard by their sound */
    size_t n_missed; /* of NOT_HEARD: words that stand alone among heard ones */
} sb_wording_part;

typedef struct sb_pieces {
    sb_wording_part *items;
    size_t n_items;
} sb_pieces;

/* Neighbours of one kind are one piece; what is missing, added and changed side by side is changed. SB_ERR_MEMORY. */
sb_status sb_pieces_make(sb_pieces *out, const sb_steps *steps, const sb_wording *wording,
                         const sb_said *said, sb_error *err);
void sb_pieces_finish(sb_pieces *pieces);

/* Words that differ, as a reader would count them. */
size_t sb_piece_differences(const sb_wording_part *piece);

/* The same for the judgement, where a long omission counts for less. */
double sb_piece_weight(const sb_wording_part *piece);

/* Where a quote was said, and how well it fits there. */

typedef struct sb_quote_place_maker {
    sb_runs runs;
    sb_sentences sentences;
} sb_quote_place_maker;

/* Everything of `out` but its attribution. SB_ERR_MEMORY. */
sb_status sb_quote_places_find(const sb_quote_place_maker *maker, sb_verification *out,
                               const sb_wording *wording, const sb_said *said, sb_error *err);

/* `before` and `after` of a place whose match is made. SB_ERR_MEMORY. */
sb_status sb_quote_place_add_context(sb_quote_place *place, const sb_quote_place_maker *maker,
                                     size_t first_word, size_t last_word, sb_error *err);

#endif
