/* The words of an alignment in one row, and the runs of consecutive turns of one speaker in which quotes are sought. */
#ifndef SB_QUOTE_RUNS_H
#define SB_QUOTE_RUNS_H

#include "soundbite/align.h"

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

#endif
