/* The words of a quotation, aligned with what was said. */
#ifndef SB_QUOTE_WORDING_WORDING_H
#define SB_QUOTE_WORDING_WORDING_H

#include <stddef.h>
#include <stdint.h>

#include "quote/find/find.h"
#include "soundbite/status.h"

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

/* The alignment of a quote with what was said, and the cost of each difference. */

/* One item to find: a token of the quote, or any word that a bracket may replace. */
typedef struct sb_wording_row {
    bool free;          /* part of a bracket: matches any one word, or none */
    int id;             /* index in the pattern */
    size_t first, last; /* words of `quoted` */
    char joint;         /* see sb_token */
    bool is_spelled;    /* a number in words */
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
typedef enum sb_proof {
    SB_PROOF_NONE,   /* words were not searched in the audio */
    SB_PROOF_WORDS,  /* each word has a status */
    SB_PROOF_UNSURE, /* too little to decide whether the text belongs to the audio */
    SB_PROOF_AGAINST /* the text is not in the audio */
} sb_proof;

typedef struct sb_said {
    sb_proof evidence;
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
    size_t row;      /* MISSING: the boundary */
    size_t unit;     /* unused for ADDED */
    bool is_outside; /* a MISSING one beside the passage, see sb_steps_add_neighbours */
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

#endif
