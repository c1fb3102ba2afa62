/* Alignment by energy alone: turns and words are placed by the pauses between them. */
#ifndef SB_ALIGN_ENERGY_ENERGY_H
#define SB_ALIGN_ENERGY_ENERGY_H

#include "soundbite/align.h"
#include "soundbite/speech.h"
#include "soundbite/transcript.h"

/* Alignment by energy alone: no model, no language, no word of the text but its length. */

/* Places the turns and words of `alignment`, which sb_alignment_take_turns has made, and fills its map, breaks and unmatched
 * speech. The pairing is OK or UNSURE, never MISMATCH. SB_ERR_ARGUMENT without words, SB_ERR_MEMORY, SB_ERR_INTERRUPTED. */
sb_status sb_energy_align(sb_alignment *alignment, const sb_speech *speech, const sb_transcript *transcript,
                          const sb_align_params *params, sb_error *err);

/* The transcript as the energy aligner sees it: a row of words with lengths, and places where people pause. */

/* What stands before a word, in the order of how often a pause does. */
typedef enum sb_script_boundary {
    SB_BOUNDARY_WORD,
    SB_BOUNDARY_CLAUSE,
    SB_BOUNDARY_SENTENCE,
    SB_BOUNDARY_TURN
} sb_script_boundary;

typedef struct sb_script {
    size_t n_words, n_turns;
    float *units;   /* of each word: its syllables and a share for its edges */
    double *length; /* n_words + 1: expected seconds of speech before each word, at the speakers' paces */
    uint8_t *
        boundary; /* n_words + 1: sb_script_boundary before each word; the end counts as a turn, a turn that goes on
                           * with the same speaker as a sentence or clause */
    uint32_t *turn;     /* of each word */
    size_t *first_word; /* n_turns + 1 */
    uint32_t *speaker;  /* of each turn, counted from 0 in order of appearance */
    size_t n_speakers;
    float *pace; /* of each speaker, seconds a unit */
} sb_script;

/* SB_ERR_ARGUMENT without words, SB_ERR_MEMORY. */
sb_status sb_script_make(sb_script *out, const sb_transcript *transcript, sb_error *err);
void sb_script_finish(sb_script *script);

/* The same words from last to first, in one turn without a stamp: what a text that does not belong to the audio looks like,
 * all else being equal. SB_ERR_MEMORY. */
sb_status sb_script_reverse(sb_script *out, const sb_script *script, sb_error *err);

/* Recomputes `length` from `pace`. */
void sb_script_set_lengths(sb_script *script);

/* Music and noise among the speech. */

/* The same speech, its spans parted at the edges of music; without music where two thirds and more of it are. Only `speech` is a copy, which the caller frees. SB_ERR_MEMORY. */
sb_status sb_music_part(sb_speech *out, const sb_speech *speech, sb_error *err);

/* How much of the span is music. */
sb_time sb_music_in(const sb_speech *speech, sb_span span);

/* True if most of it is. */
bool sb_music_is(const sb_speech *speech, sb_span span);

/* Words against pauses: a dynamic programme over the whole file at once. */

/* A run of speech between two pauses and the words [first_word, end_word) that it holds; none: speech without text. */
typedef struct sb_word_run {
    size_t first_span, end_span; /* of the speech list */
    size_t first_word, end_word;
} sb_word_run;

typedef struct sb_lattice_params {
    const double
        *turn_time;    /* of each turn: the earliest that its stamp allows, seconds of audio; NaN without */
    double resolution; /* of the stamps: a turn begins within so much after `turn_time` */
    double slack;      /* how far beyond that it is looked for, besides what the text gives; seconds */
    const sb_span
        *insertions; /* where audio is expected that has no text: speech without words is no surprise there */
    size_t n_insertions;
    const sb_span *surpluses; /* the same, between two turns only */
    size_t n_surpluses;
    bool path_only; /* half the work; confidence is then 1 where a pause stands before the turn */
    const sb_monitor *monitor;
} sb_lattice_params;

/* The best path: runs in order that cover every span of speech; words between the runs were skipped. `confidence` has a value a
 * turn: the probability, summed over all paths, that the turn begins within 50 ms of where the best one has it. */
typedef struct sb_lattice_path {
    sb_word_run *runs;
    size_t n_runs;
    float *confidence;
    double cost; /* of the best path: a negative log-likelihood, to compare scripts over the same speech by */
} sb_lattice_path;

/* A hidden semi-Markov model (Rabiner 1989; Yu 2010): states are (pause, next word), a run emits its duration given the words
 * in it, pauses emit their length given the boundary they stand at, turns their distance from the stamp.
 * SB_ERR_MEMORY, SB_ERR_INTERRUPTED. */
sb_status sb_lattice_search(sb_lattice_path *out, const sb_script *script, const sb_speech *speech,
                            const sb_lattice_params *params, sb_error *err);
void sb_lattice_path_finish(sb_lattice_path *path);

/* One offset for all stamps, told by how the words lie on the speech. */

/* Where the pauses at the stamps alone tell little, the length of the text between them says more. Offsets within a second about
 * `*offset` (seconds, what the pauses have found) and about the one that puts the first stamp on the first speech are tried; `*offset`
 * becomes the middle of those that fare as well as the best. `*gain` is what it gains over the stamps as they are, in log-likelihood.
 * `params` gives resolution, slack and monitor. SB_ERR_MEMORY, SB_ERR_INTERRUPTED. */
sb_status sb_find_offset(double *offset, double *gain, const sb_script *script,
                         const sb_transcript *transcript, const sb_speech *speech,
                         const sb_lattice_params *params, sb_error *err);

/* Which turn a jump of the offset comes before. */

/* A jump between two offsets, and the turns that it may come before. */
typedef struct sb_jump_place {
    size_t turn;          /* in: as the stamps have it; out: as the words fit best */
    double before, after; /* the offsets, seconds */
    size_t least, most;   /* in: the turns looked at; out: those that fit nearly as well */
} sb_jump_place;

/* Tries the jump before every turn from least to most: a lattice over the turns around says how well the words then fit the
 * speech. SB_ERR_MEMORY. */
sb_status sb_jump_place_find(sb_jump_place *jump, const sb_script *script, const sb_transcript *transcript,
                             const sb_speech *speech, sb_error *err);

/* Turns that the pauses put outside their stamp's window without evidence. */

/* `turn_time` is the earliest start that each stamp allows, in seconds of audio; NaN without a stamp. A turn that lies outside its
 * stamp's window moves to the onset in the window that has the longest pause before it, or to the middle of the window if there is
 * none; never before the turn before it, if its stamp is no earlier. It ends before the next one begins. Its confidence becomes low. With `only_unsure`, turns of high confidence keep their place; but where stamps are finer than
 * 0.1 s, not if they lie much farther from theirs than most turns do. False when out of memory. */
bool sb_keep_stamps(sb_alignment *alignment, const double *turn_time, bool only_unsure);

/* What the energy aligner believes of speech: how long words take, where people pause, how stamps err. All costs are negative
 * natural logarithms of likelihoods. */

#define SB_N_BOUNDARIES 4

/* Durations are looked up to 5 ms, the hop of the silence map, up to 40 s. */
#define SB_DURATION_STEP 0.005
#define SB_N_DURATIONS   8000

typedef struct sb_lattice_model {
    const sb_script *script;
    const sb_lattice_params *params;
    size_t n_pauses; /* n_spans + 1: before each span, and after the last */
    double *start;   /* of the span after each pause, seconds; the end of the audio at the last */
    double *spoken;  /* seconds of speech before each pause */
    double *music;   /* and of music among them */
    float *pause[SB_N_BOUNDARIES];  /* cost of the pause where a boundary of each kind stands */
    float *extra[SB_N_BOUNDARIES];  /* cost of the span after each pause as speech without text, before a word
                                     * that follows a boundary of each kind */
    float *hidden;                  /* cost of the pause inside a run of words */
    struct duration_row *durations; /* what words of a length cost, in steps of SB_DURATION_STEP */
    double *run_on;                 /* n_words + 1: cost of no pause before all the words so far */
} sb_lattice_model;

/* SB_ERR_MEMORY. */
sb_status sb_lattice_model_make(sb_lattice_model *out, const sb_script *script, const sb_speech *speech,
                                const sb_lattice_params *params, sb_error *err);
void sb_lattice_model_finish(sb_lattice_model *model);

/* That words [first, end) take `seconds` of speech; never less than SB_LEAST_COST_OF_DURATION, with room for rounding. */
#define SB_LEAST_COST_OF_DURATION (-1.8f)
float sb_cost_of_duration(const sb_lattice_model *model, size_t first, size_t end, double seconds);

/* That the span after a pause is speech without text, before `word`. */
float sb_cost_of_extra(const sb_lattice_model *model, size_t pause, size_t word);

/* That the spans between two pauses hold words although they sound like music. */
float sb_cost_of_music(const sb_lattice_model *model, size_t from, size_t to);

/* That words [first, end) are said in one run that begins at `start` and takes `seconds`: no pause between them, turns that
 * begin inside where the run has them. */
float sb_cost_inside_run(const sb_lattice_model *model, size_t first, size_t end, double start,
                         double seconds);

/* That the turn which `word` begins does so at `time`; 0 where it begins none. */
float sb_cost_of_start(const sb_lattice_model *model, size_t word, double time);

/* That `word` was not said. */
float sb_cost_of_missing_word(const sb_lattice_model *model, size_t word);

/* Which words can stand at which pause: keeps the lattice narrow. */

/* Pause p can stand before the words low[p] ... high[p], both included; both ascend. Its cells begin at cell[p]. */
typedef struct sb_lattice_band {
    uint32_t *low, *high;
    size_t *cell; /* n_pauses + 1 */
} sb_lattice_band;

/* A word lies between where it would be if its speaker went on from the last stamped turn and where it would be if he
 * arrived in time at the next one, give or take the slack. SB_ERR_MEMORY. */
sb_status sb_lattice_band_make(sb_lattice_band *out, const sb_lattice_model *model, sb_error *err);
void sb_lattice_band_finish(sb_lattice_band *band);

/* From the lattice's runs to times for every word and turn. */

/* Gives every word of a run its share of the run's speech by its length, and from them every turn its start and end. Words
 * that the path skipped are `not_heard` where they would have taken more than a second and a half, else squeezed into the
 * run beside them. A word that fills a stretch between two pauses is `aligned`, all others `estimated`. Fills `unmatched` too. SB_ERR_MEMORY. */
sb_status sb_place_words(sb_alignment *alignment, const sb_script *script, const sb_speech *speech,
                         const sb_lattice_path *path, sb_error *err);

#endif
