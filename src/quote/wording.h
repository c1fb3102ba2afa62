/* A quote's wording and what was said, laid side by side: what each difference costs. */
#ifndef SB_QUOTE_WORDING_H
#define SB_QUOTE_WORDING_H

#include "quote/phrase.h"
#include "quote/quoted.h"
#include "quote/spelling.h"

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

#endif
