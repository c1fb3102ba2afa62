/* Where in a long text some seconds of sound were said, without knowing anything of the place: local alignment of phones (Smith
 * and Waterman 1981), as sequences are searched for in genomes. */
#ifndef SB_ACOUSTIC_PHONE_MATCH_H
#define SB_ACOUSTIC_PHONE_MATCH_H

#include "acoustic/senones.h"
#include "pronounce/lexicon.h"

/* A text as one row of phones, each word said its likeliest way, with a place for a pause after every word. */
typedef struct sb_phone_text {
    uint8_t *phone; /* SB_MODEL_SILENCE: the pause after a word */
    uint32_t *word;
    float *begins; /* 0 where a match may begin, which is where words do; else impossible */
    size_t n;
    size_t *first; /* n_words + 1: of each word */
    size_t n_words;
} sb_phone_text;

/* Words that nobody can say are not in the row. False when out of memory. */
bool sb_phone_text_make(sb_phone_text *out, const sb_lexicon *lexicon);

/* A decoy: the first words of the lexicon with their phones from last to first, which nobody said. What it scores is chance (Elias
 * and Gygi 2007 judge peptides so). False when out of memory. */
bool sb_phone_decoy_make(sb_phone_text *out, const sb_lexicon *lexicon);
void sb_phone_text_finish(sb_phone_text *text);

/* Words [first, end) of a text, by its own memory: not to be finished. */
sb_phone_text sb_phone_text_part(const sb_phone_text *text, size_t first, size_t end);

#define SB_MATCH_STEP 2 /* frames of the cepstra for one of a match: 20 ms */

/* How well each phone explains each frame of a window: every SB_MATCH_STEP-th of the vectors given. `out` holds (n_vectors + 1) /
 * SB_MATCH_STEP rows. */
void sb_phone_scores(float (*out)[SB_MODEL_PHONES], sb_scorer *scorer, const float (*vectors)[SB_VECTOR],
                     size_t n_vectors);

typedef struct sb_word_place {
    uint32_t word;
    int32_t start, end; /* rows of the window */
} sb_word_place;

/* The best match: words in order, and the evidence in nats that they were said there and not something else; of that, `chance` would
 * be found in a text of this length without any of it being true, but for one search in a hundred or fewer. */
typedef struct sb_phone_match {
    float score, chance;
    sb_word_place *words;
    size_t n_words, capacity;
} sb_phone_match;

/* Searches rows [0, n_rows) for the text. `out` is overwritten and may be used again; no words where there is no evidence at all. False
 * when out of memory. */
bool sb_phone_match_find(sb_phone_match *out, const sb_phone_text *text, const sb_phone_text *decoy,
                         const float (*scores)[SB_MODEL_PHONES], size_t n_rows);
void sb_phone_match_finish(sb_phone_match *match);

#endif
