/* Alignment by energy alone: places turns and words by the pauses between them. */
#ifndef SB_ALIGN_ENERGY_ENERGY_H
#define SB_ALIGN_ENERGY_ENERGY_H

#include "soundbite/align.h"
#include "soundbite/speech.h"
#include "soundbite/transcript.h"

/* The energy aligner. It needs no model and no language, and uses only the lengths of the words. */

/* Places the turns and words of `alignment`, made by sb_alignment_take_turns, and sets its map, breaks and
 * unmatched speech. The pairing is OK or UNSURE, never MISMATCH. Returns SB_ERR_ARGUMENT without words,
 * SB_ERR_MEMORY or SB_ERR_INTERRUPTED. */
sb_status sb_energy_align(sb_alignment *alignment, const sb_speech *speech, const sb_transcript *transcript,
                          const sb_align_params *params, sb_error *err);

/* The transcript for the energy aligner: words with lengths, and boundaries where people pause. */

/* The kind of boundary before a word, ordered by how often people pause there. */
typedef enum sb_script_boundary {
    SB_BOUNDARY_WORD,
    SB_BOUNDARY_CLAUSE,
    SB_BOUNDARY_SENTENCE,
    SB_BOUNDARY_TURN
} sb_script_boundary;

typedef struct sb_script {
    size_t n_words, n_turns;
    float *units; /* of each word: its syllables, plus a share for its edges */
    /* n_words + 1: expected seconds of speech before each word, at the pace of each speaker */
    double *length;
    /* n_words + 1: sb_script_boundary before each word; the end counts as a turn, and a turn of the same
     * speaker as a sentence or clause. */
    uint8_t *boundary;
    uint32_t *turn;     /* of each word */
    size_t *first_word; /* n_turns + 1 */
    uint32_t *speaker;  /* of each turn, numbered from 0 in order of appearance */
    size_t n_speakers;
    float *pace; /* of each speaker, in seconds per unit */
} sb_script;

/* Returns SB_ERR_ARGUMENT without words, or SB_ERR_MEMORY. */
sb_status sb_script_make(sb_script *out, const sb_transcript *transcript, sb_error *err);
void sb_script_finish(sb_script *script);

/* Makes a script of the same words in reverse order, in one turn without a stamp. It is used as an example of
 * a text that does not belong to the audio but is otherwise similar. Returns SB_ERR_MEMORY. */
sb_status sb_script_reverse(sb_script *out, const sb_script *script, sb_error *err);

/* Recomputes `length` from `pace`. */
void sb_script_set_lengths(sb_script *script);

/* Music and noise in the speech. */

/* Copies the speech with its spans split at the edges of music. If two thirds or more of the speech is music,
 * the copy has no music. The caller frees `speech` only; the other lists belong to the original. Returns
 * SB_ERR_MEMORY. */
sb_status sb_music_part(sb_speech *out, const sb_speech *speech, sb_error *err);

/* Returns the duration of music in the span. */
sb_time sb_music_in(const sb_speech *speech, sb_span span);

/* Returns true if most of the span is music. */
bool sb_music_is(const sb_speech *speech, sb_span span);

/* The lattice: dynamic programming of words against pauses over the whole file. */

/* A run of speech between two pauses, with the words [first_word, end_word). Without words it is speech
 * without text. */
typedef struct sb_word_run {
    size_t first_span, end_span; /* of the speech list */
    size_t first_word, end_word;
} sb_word_run;

typedef struct sb_lattice_params {
    /* of each turn: the earliest start that its stamp allows, in seconds of audio; NaN without a stamp */
    const double *turn_time;
    double resolution; /* of the stamps: a turn starts within this time after `turn_time` */
    double slack;      /* additional search range in seconds, beyond the ranges that stamps and text give */
    const sb_span *insertions; /* where audio without text is expected */
    size_t n_insertions;
    const sb_span *surpluses; /* the same, but only between two turns */
    size_t n_surpluses;
    /* find only the path, in half the time; the confidence is then 1 if a pause precedes the turn, otherwise
     * 0.1 */
    bool path_only;
    const sb_monitor *monitor;
} sb_lattice_params;

/* The best path: runs in order that cover all speech. Words between the runs were skipped. `confidence`
 * has one value per turn: the probability, over all paths, that the turn starts within 50 ms of its start
 * in the best path. */
typedef struct sb_lattice_path {
    sb_word_run *runs;
    size_t n_runs;
    float *confidence;
    /* negative log-likelihood of the best path; comparable between scripts for the same speech */
    double cost;
    size_t n_cells; /* states that were searched, as a measure of the work */
} sb_lattice_path;

/* A hidden semi-Markov model (Rabiner 1989; Yu 2010). States are (pause, next word). A path pays for the
 * duration of each run given its words, for the length of each pause given its boundary, and for the distance
 * of each turn from its stamp. Returns SB_ERR_MEMORY or SB_ERR_INTERRUPTED. */
sb_status sb_lattice_search(sb_lattice_path *out, const sb_script *script, const sb_speech *speech,
                            const sb_lattice_params *params, sb_error *err);
void sb_lattice_path_finish(sb_lattice_path *path);

/* One offset for all stamps, from the fit of words and speech. */

/* Finds the offset if the pauses at the stamps are too little evidence. The lengths of the text between
 * stamps are better evidence. Tries offsets within one second around `*offset` (in seconds, found from the
 * pauses) and around the offset that puts the first stamp on the first speech, and within two seconds around
 * 0. Small offsets have a larger prior probability. Sets `*offset` to the middle of the offsets that are as
 * good as the best, and `*gain` to the gain in log-likelihood, with the prior, compared with offset 0; if
 * stamps are too rare, nothing is tried and `*gain` is 0. `params` gives resolution, slack and monitor.
 * Returns SB_ERR_MEMORY or SB_ERR_INTERRUPTED. */
sb_status sb_find_offset(double *offset, double *gain, const sb_script *script,
                         const sb_transcript *transcript, const sb_speech *speech,
                         const sb_lattice_params *params, sb_error *err);

/* Finding the turn before which the offset jumps. */

/* A jump between two offsets, and the turns before which it may be. */
typedef struct sb_jump_place {
    size_t turn;          /* input: according to the stamps; output: according to the best fit of the words */
    double before, after; /* the offsets in seconds */
    size_t least, most;   /* input: the turns to try; output: those that fit nearly as well */
} sb_jump_place;

/* Tries the jump before every turn from least to most. A lattice over the surrounding turns shows how well
 * the words then fit the speech. Returns SB_ERR_MEMORY. */
sb_status sb_jump_place_find(sb_jump_place *jump, const sb_script *script, const sb_transcript *transcript,
                             const sb_speech *speech, sb_error *err);

/* Correcting turns that the pauses placed outside the window of their stamp without enough evidence. */

/* `turn_time` is the earliest start that each stamp allows, in seconds of audio; NaN without a stamp. A
 * turn outside the window of its stamp moves to the onset with the longest pause before it in the window,
 * or else to the middle of the window. It never moves before the previous turn, unless its stamp is
 * earlier, and ends before the next one starts. Its confidence becomes low. With `only_unsure`, turns with
 * high confidence stay. But with stamps finer than 0.1 s, they also move if they are much farther from
 * their stamps than most turns. False when out of memory. */
bool sb_keep_stamps(sb_alignment *alignment, const double *turn_time, bool only_unsure);

/* The costs of the lattice: durations of words, pauses, errors of stamps. Costs are negative natural
 * logarithms of likelihoods. */

#define SB_N_BOUNDARIES 4

/* Durations are tabulated in steps of 5 ms, the hop of the silence map, up to 40 s. */
#define SB_DURATION_STEP 0.005
#define SB_N_DURATIONS   8000

typedef struct sb_lattice_model {
    const sb_script *script;
    const sb_lattice_params *params;
    size_t n_pauses; /* n_spans + 1: before each span, and after the last */
    double *start;   /* of the span after each pause, in seconds; at the last, the end of the audio */
    double *spoken;  /* seconds of speech before each pause */
    double *music;   /* seconds of music in that speech */
    float *pause[SB_N_BOUNDARIES]; /* cost of the pause at each kind of boundary */
    /* cost of treating the span after each pause as speech without text, for each kind of boundary before
     * the next word */
    float *extra[SB_N_BOUNDARIES];
    float *hidden;                  /* cost of the pause inside a run of words */
    struct duration_row *durations; /* cost of words by length, in steps of SB_DURATION_STEP */
    double *run_on; /* n_words + 1: sum of the costs of no pause, over all words before this one */
} sb_lattice_model;

/* Returns SB_ERR_MEMORY. */
sb_status sb_lattice_model_make(sb_lattice_model *out, const sb_script *script, const sb_speech *speech,
                                const sb_lattice_params *params, sb_error *err);
void sb_lattice_model_finish(sb_lattice_model *model);

/* The cost of words [first, end) that take `seconds` of speech. Never below SB_LEAST_COST_OF_DURATION, which
 * includes a margin for rounding. */
#define SB_LEAST_COST_OF_DURATION (-1.8f)
float sb_cost_of_duration(const sb_lattice_model *model, size_t first, size_t end, double seconds);

/* Returns the cost of treating the span after a pause, before `word`, as speech without text. */
float sb_cost_of_extra(const sb_lattice_model *model, size_t pause, size_t word);

/* Returns the cost of words in the music between two pauses. */
float sb_cost_of_music(const sb_lattice_model *model, size_t from, size_t to);

/* The cost of words [first, end) in one run that starts at `start` and takes `seconds`: no pauses between
 * them, and turns that start inside the run. */
float sb_cost_inside_run(const sb_lattice_model *model, size_t first, size_t end, double start,
                         double seconds);

/* The cost of a turn that starts with `word` at `time`; 0 if no turn starts with it. */
float sb_cost_of_start(const sb_lattice_model *model, size_t word, double time);

/* The cost of a word that was not said. */
float sb_cost_of_missing_word(const sb_lattice_model *model, size_t word);

/* The range of words that is possible at each pause. It limits the work of the lattice. */

/* The next word at pause p is one of low[p] ... high[p], both included; both ascend. Its cells start at
 * cell[p]. */
typedef struct sb_lattice_band {
    uint32_t *low, *high;
    size_t *cell; /* n_pauses + 1 */
} sb_lattice_band;

/* The range of a word is between its place if the speaker continues from the last stamped turn, and its
 * place if the speaker reaches the next one in time, plus or minus the slack. Returns SB_ERR_MEMORY. */
sb_status sb_lattice_band_make(sb_lattice_band *out, const sb_lattice_model *model, sb_error *err);
void sb_lattice_band_finish(sb_lattice_band *band);

/* Converting the runs of the lattice to times of words and turns. */

/* Gives every word of a run its share of the speech by its length, and sets the start and end of every turn.
 * Skipped words are `not_heard` if they would take more than 1.5 s; otherwise they are put into the adjacent
 * run. A word that fills the speech between two pauses is `aligned`, all others are `estimated`. Also sets
 * `unmatched`. Returns SB_ERR_MEMORY. */
sb_status sb_place_words(sb_alignment *alignment, const sb_script *script, const sb_speech *speech,
                         const sb_lattice_path *path, sb_error *err);

#endif
