/* Evidence from timestamps: offsets, jumps, clock rate, noise, and the positions of turns that follow from
 * them. */
#ifndef SB_ALIGN_STAMPS_STAMPS_H
#define SB_ALIGN_STAMPS_STAMPS_H

#include <stdbool.h>
#include <stddef.h>

#include "align/energy/energy.h"
#include "soundbite/align.h"
#include "soundbite/speech.h"

/* Offsets of the stamps, found from the pattern of pauses alone. */

/* `offset` has one value per turn, in seconds: audio time minus transcript time. Between jumps it is constant
 * or changes slowly with the clock. */
typedef struct sb_offsets {
    double *offset;
    size_t *jumps;    /* turns before which the offset jumps */
    float *jump_gain; /* log-likelihood gained by the jump, minus its price */
    size_t n_jumps;
    size_t n_stamps;
    /* Mean log-likelihood ratio of a stamp against a random place, minus the price of jumps. Near or below 0,
     * nothing fits. */
    double fit;
} sb_offsets;

/* The pauses give the likelihood that a turn starts within `resolution` after each stamp. A Viterbi search
 * over (turn, offset) finds the path of offsets for clock rates up to 5 %. Slow changes and jumps have a
 * cost. A jump keeps the order of the turns. Offsets are searched up to 15 minutes around 0, and around the
 * offset that puts the first stamp on the first speech (for the timecode of a programme). Returns
 * SB_ERR_MEMORY or SB_ERR_INTERRUPTED. */
sb_status sb_offsets_find(sb_offsets *out, const sb_transcript *transcript, const sb_speech *speech,
                          sb_error *err);
void sb_offsets_finish(sb_offsets *offsets);

/* The likelihood that a turn starts, over time, from the pauses. */

#define SB_ONSET_BIN 0.1 /* seconds */

/* For every bin of audio time: the log-likelihood ratio, relative to the mean of all bins, that a turn
 * starts within `resolution` seconds after it. */
typedef struct sb_onsets {
    float *ratio;
    size_t n;
} sb_onsets;

/* False when out of memory. */
bool sb_onsets_make(sb_onsets *out, const sb_speech *speech, double resolution);
void sb_onsets_finish(sb_onsets *onsets);

/* The search of offsets: Viterbi over (turn, offset). Set `stamps`, `n`, `onsets` and `bin`, and zero the
 * rest. */
typedef struct sb_offset_search {
    const double *stamps;
    size_t n; /* number of turns with a stamp */
    sb_onsets onsets;
    long least; /* the first offset, in bins of `bin` */
    size_t n_offsets;
    double bin;            /* of the offsets */
    double rate;           /* of the audio's clock relative to the stamps' clock, minus 1 */
    double centre;         /* added to the stamps before the search, in seconds */
    uint8_t *step;         /* NULL if only the score is needed */
    uint32_t *records;     /* for each turn, the offsets from which a jump to it may be best, ascending */
    size_t *record_end;    /* of each turn, in `records` */
    uint32_t *best_before; /* for each turn, the best offset of the turn before */
    size_t n_records, records_capacity;
    float *score, *next; /* with one more cell on each side */
    float *row;          /* emissions of one turn at every offset */
    float *
        padded; /* emissions of the onsets, extended beyond both ends of the audio by the number of offsets */
} sb_offset_search;

#define SB_OFFSET_REACH      900.0 /* maximum offset from the centre of the search, in seconds */
#define SB_OFFSET_JUMP_PRICE 14.0f

/* Allocates for the present centre, and chooses the range and the bin of the offsets. Returns false if memory
 * runs out. */
bool sb_offset_search_make_rows(sb_offset_search *search);
void sb_offset_search_finish(sb_offset_search *search);

/* Returns the time in the audio of a turn's stamp for offset 0. The rate changes the distance from the first
 * stamp, so it does not move a timecode that starts at ten hours. */
double sb_offset_search_placed(const sb_offset_search *search, size_t turn);

/* Returns the log-likelihood ratio of a turn that starts at this offset against a random place. */
float sb_offset_search_emission(const sb_offset_search *search, size_t turn, double offset);

/* Returns the score of the best path over every `every`-th turn. */
float sb_offset_search_score(sb_offset_search *search, size_t every);

/* Finds the best path; `path` gets the offset of each turn. Returns false if memory runs out. */
bool sb_offset_search_path(sb_offset_search *search, double *path);

/* Fitting the line for which the most stamps are correct. */

/* A stamp and its error: the position of the sound minus the stamp, in seconds. */
typedef struct sb_stamp_point {
    double stamp, error, residual; /* `residual`: for use by the fit */
} sb_stamp_point;

/* error = offset + (stamp - origin) * ppm * 1e-6. A stamp is correct if its error is from 0 to one window
 * above the line. */
typedef struct sb_stamp_line {
    double offset, ppm;
    size_t n_right;
    double room; /* in seconds: the fit stays equally good if the offset changes by up to this much */
} sb_stamp_line;

/* Returns the line with the best offset for a given rate. Reorders the points. */
sb_stamp_line sb_stamp_line_fit(sb_stamp_point *points, size_t n, double origin, double ppm, double window);

/* Returns the rate in ppm, within 6000 of `near_ppm`, for which the most of `n` stamps over `seconds` are
 * correct: the middle of the range of such rates. Returns 0 if the gain is at most one stamp plus 1 %. */
double sb_stamp_rate_fit(sb_stamp_point *points, size_t n, double origin, double seconds, double window,
                         double near_ppm);

/* Improves a line for stamps with a resolution finer than the window. Their errors are on both sides of the
 * line, so it fits the points near `line` by least squares. */
void sb_stamp_line_refine(sb_stamp_line *line, const sb_stamp_point *points, size_t n, double origin,
                          double window, bool with_rate);

/* Measuring the noise and the approximate clock rate of stamps before a line is fitted. */

/* The largest clock rate in the search: it covers all conversions between 23.976, 24 and 25 frames per
 * second, and tape. */
#define SB_STAMP_MOST_PPM 50000.0

typedef struct sb_stamp_noise {
    double scale; /* standard deviation of a stamp's error in seconds, as if it were normal */
    size_t run;   /* number of consecutive stamps with the same error; 1: independent */
} sb_stamp_noise;

/* Measures the noise of points in transcript order, for a clock of `ppm`. The noise is the median absolute
 * difference between points that are 1, 2, 4 and 8 apart; an offset or a few breaks do not change it.
 * Interpolated stamps drift, so points further apart differ more. The noise is at least what `resolution` (in
 * seconds) causes. Returns false if memory runs out. */
bool sb_stamp_noise_measure(sb_stamp_noise *out, const sb_stamp_point *points, size_t n, double ppm,
                            double resolution);

/* Finds the clock rate, accurate to about 1000 ppm, for which points a few turns apart differ least. It is 0
 * unless another rate is clearly better. The pairs of sb_frame_rates_all are tried exactly. */
bool sb_stamp_clock_seed(double *ppm, const sb_stamp_point *points, size_t n, double resolution);

/* Returns the maximum difference in seconds between the errors of two stamps of one piece of the map. */
double sb_stamp_tolerance(const sb_stamp_noise *noise, double resolution);

/* The smallest jump of the offset that is larger than the noise, in seconds. */
double sb_stamp_least_gap(const sb_stamp_noise *noise);

/* The length of a word in letters. Punctuation counts too, because a pause follows it; a character of Han,
 * kana or hangul counts as three. */
size_t sb_letters_of(const char *text);

/* Returns the usual length of a word, from the number of its letters. */
sb_time sb_word_usual_time(const sb_aligned_word *word);

/* The timestamp as a prior for the start of a turn: the start is probably within the resolution of the stamp,
 * and far from it only with strong evidence. */

/* Maximum confidence of energy alone, and its weight in combination with words. On real recordings, the
 * energy aligner is wrong more often than its confidence says. */
#define SB_ENERGY_TRUST 0.75f

/* What was heard of a turn, and what the energy aligner found. */
typedef struct sb_turn_evidence {
    float odds;  /* log-odds that it was said where it was heard, summed over its words */
    bool denied; /* the evidence says that the turn was not said */
    /* times of its words from the energy aligner; NULL if unknown */
    const sb_time *energy_start, *energy_end;
    float energy_confidence;
} sb_turn_evidence;

/* Returns the distance of `start` from the mapped interval [stamp, stamp + resolution) of the turn; 0 if it
 * is inside. The turn must have a stamp. */
sb_time sb_stamp_distance(const sb_alignment *alignment, const sb_aligned_turn *turn, sb_time start);

/* Returns true if turn `t` has no position, or if it is farther from its stamp than its evidence
 * justifies. */
bool sb_stamp_decides(const sb_alignment *alignment, size_t t, const sb_turn_evidence *evidence);

/* Decides between two starts of a turn: the start of its first word, and the start that the energy aligner
 * found, if that is within the resolution of the stamp. Evidence for the word is its own log-odds, those of
 * the next word, and words that were heard before the other start. Evidence against it is its distance from
 * the stamp. For both starts, the time that the words would take up to the next heard word counts too. If the
 * energy aligner's start wins, the turn starts there, and its words before the next heard word are estimated.
 * `evidence` has one entry per turn. Without a map nothing changes. */
void sb_turn_starts_weigh(sb_alignment *alignment, const sb_turn_evidence *evidence);

/* Moves turns that are farther from their mapped stamp than their evidence justifies. They move to the first
 * free speech within the resolution of the stamp, or else to the middle of that interval. Turns without a
 * position are moved there as well, except those that were denied or are in a passage that was cut out. Moved
 * words are estimates with low confidence. A turn never starts before the previous one, unless its stamp
 * does. `evidence` has one entry per turn. Without a map nothing changes. Returns SB_ERR_MEMORY. */
sb_status sb_stamp_places_fill(sb_alignment *alignment, const sb_turn_evidence *evidence, sb_error *err);

/* Fitting the time map to turns that have positions. */

/* A jump of the offset between two turns, and its certainty. Turns between them may belong to either side;
 * usually there are none. */
typedef struct sb_jump {
    size_t before, turn;
    float confidence;
} sb_jump;

/* Sets `map` and `breaks` of an alignment with placed turns. Stamps are rounded down, so a correct stamp is
 * early by at most its resolution. The map has the offset for which the most stamps are correct, in the
 * middle of the possible range, and a clock rate if enough turns are far enough apart. If offset 0 is equally
 * good, it is used. Jumps and clock rates that the noise of the stamps (sb_stamp_noise) can explain are left
 * out. A rate near that of a frame rate conversion is replaced by the exact rate. Returns SB_ERR_MEMORY. */
sb_status sb_time_map_fit(sb_alignment *alignment, const sb_jump *jumps, size_t n_jumps, sb_error *err);

/* Removes the map and the breaks, so that they can be fitted again. */
void sb_time_map_forget(sb_alignment *alignment);

/* Jumps of the offset between stamps and audio, found from turns that were heard. */

/* Lists the turns before which the offset jumps. Turns are chained by their distance from the stamp, without
 * the clock. A turn that agrees with the previous one adds its certainty to the chain, which grows with the
 * number of words heard. Turns agree within the noise of the stamps. The cost of a jump grows with the
 * logarithm of the number of turns. A turn that agrees with neither neighbour is ignored. The caller frees
 * `*out`. Returns SB_ERR_MEMORY. */
sb_status sb_turn_jumps_find(sb_jump **out, size_t *n_out, const sb_alignment *alignment, sb_error *err);

/* Returns true for a turn whose position is uncertain because hardly any of it was heard. */
bool sb_turn_is_guess(const sb_aligned_turn *turn);

/* Returns true for a turn whose position is evidence about the stamps: it was heard and is not a guess. */
bool sb_turn_is_evidence(const sb_aligned_turn *turn);

/* Making the time map from turns that were heard. */

/* Replaces `map` and `breaks` by those fitted to the positions of the turns. Returns SB_ERR_MEMORY. */
sb_status sb_turn_map_make(sb_alignment *alignment, sb_error *err);

/* The times of words according to the timestamps. */

/* In transcript time. `at` is SB_TIME_NONE before the first stamp. The word may be up to `give` before or
 * after it. */
typedef struct sb_word_stamp {
    sb_time at, give;
} sb_word_stamp;

/* One entry per word of the whole text. The words from one stamp to the next follow at a usual pace and
 * end before the next stamp. The tolerance of a word grows with its distance from the stamp. */
void sb_word_stamps_make(sb_word_stamp *out, const sb_alignment *alignment);

#endif
