/* The passages of what was said that fit a quote's wording best. */
#ifndef SB_QUOTE_PASSAGE_H
#define SB_QUOTE_PASSAGE_H

#include "quote/wording.h"

/* Units `start` ... `end`, both included. */
typedef struct sb_passage {
    int64_t cost;
    size_t start, end;
} sb_passage;

typedef struct sb_passages {
    sb_passage *items; /* in the order of the text, no two with a unit in common */
    size_t n_items, capacity;
} sb_passages;

/* The best passage, and all that are as good but for how unlike the words are spelled and a hundred words more left
 * out at ellipses. Empty where not a word fits. Semi-global alignment (Sellers 1980) with affine gaps for omissions (Gotoh 1982) in memory
 * linear in the quote. SB_ERR_MEMORY. */
sb_status sb_passages_find(sb_passages *out, const sb_wording *wording, const sb_said *said, sb_error *err);
void sb_passages_finish(sb_passages *passages);

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

#endif
