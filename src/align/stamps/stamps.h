/* Evidence from timestamps: offsets, jumps, clock rate, their noise, and the places that they give turns. */
#ifndef SB_ALIGN_STAMPS_STAMPS_H
#define SB_ALIGN_STAMPS_STAMPS_H

#include <stdbool.h>
#include <stddef.h>

#include "align/energy/energy.h"
#include "soundbite/align.h"
#include "soundbite/speech.h"

/* Offsets of the stamps, found from the pattern of pauses alone. */

/* `offset` has one value per turn, in seconds: audio time minus transcript time. Between jumps it is
 * constant or creeps with the clock. */
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
 * over (turn, offset) finds the path of offsets, with a price for creeping and for each jump, for clock
 * rates up to 5 %. A jump keeps the order of the turns. Offsets are searched up to 15 minutes from the stamps as
 * they are, and from the offset that puts the first stamp on the first speech (a programme's timecode). Returns
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

/* The search of offsets: Viterbi over (turn, offset). Set `stamps`, `n`, `onsets` and `bin`, and zero the rest. */
typedef struct sb_offset_search {
    const double *stamps;
    size_t n; /* stamped turns */
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
        padded; /* emissions of the onsets, with as many outside the audio on each side as there are offsets */
} sb_offset_search;

#define SB_OFFSET_REACH      900.0 /* maximum offset from the centre of the search, in seconds */
#define SB_OFFSET_JUMP_PRICE 14.0f

/* Allocates for the present centre, and chooses the range and the bin of the offsets. Returns false if memory runs out. */
bool sb_offset_search_make_rows(sb_offset_search *search);
void sb_offset_search_finish(sb_offset_search *search);

/* Returns where the stamp of a turn is in the audio if the offset is 0. The rate changes the distance from the first stamp, so it
 * does not move a timecode that starts at ten hours. */
double sb_offset_search_placed(const sb_offset_search *search, size_t turn);

/* Returns the log-likelihood ratio of a turn that starts at this offset against a random place. */
float sb_offset_search_emission(const sb_offset_search *search, size_t turn, double offset);

/* Returns the score of the best path over every `every`-th turn, in any order of the turns. */
float sb_offset_search_score(sb_offset_search *search, size_t every);

/* Finds the best path; `path` gets the offset of each turn. Returns false if memory runs out. */
bool sb_offset_search_path(sb_offset_search *search, double *path);

/* The line that makes the most stamps correct. */

/* A stamp, and how far after it the sound was found, in seconds. */
typedef struct sb_stamp_point {
    double stamp, error, residual; /* `residual`: for use by the fit */
} sb_stamp_point;

/* error = offset + (stamp - origin) * ppm * 1e-6. A stamp is correct if its error is from 0 to one window
 * above the line. */
typedef struct sb_stamp_line {
    double offset, ppm;
    size_t n_right;
    double room; /* the offset may move by this in either direction */
} sb_stamp_line;

/* The best offset at a given rate. Reorders the points. */
sb_stamp_line sb_stamp_line_fit(sb_stamp_point *points, size_t n, double origin, double ppm, double window);

/* The rate in ppm, within 6000 of `near_ppm`, that makes the most of `n` stamps over `seconds` correct, in
 * the middle of the possible range. 0 if it gains at most one stamp plus one in a hundred. */
double sb_stamp_rate_fit(sb_stamp_point *points, size_t n, double origin, double seconds, double window,
                         double near_ppm);

/* Stamps finer than the window are around a line, not in a window above it: least squares over those near
 * `line`, whose middle it moves. */
void sb_stamp_line_refine(sb_stamp_line *line, const sb_stamp_point *points, size_t n, double origin,
                          double window, bool with_rate);

/* The noise of stamps and their apparent clock, measured before a line is fitted. */

/* The largest clock rate in the search: it covers all conversions between 23.976, 24 and 25 frames per
 * second, and tape. */
#define SB_STAMP_MOST_PPM 50000.0

typedef struct sb_stamp_noise {
    double scale; /* standard deviation of a stamp's error in seconds, as if it were normal */
    size_t run;   /* number of consecutive stamps with the same error; 1: independent */
} sb_stamp_noise;

/* Measures the noise of points in transcript order, for a clock of `ppm`. It is the median size of the
 * differences between points 1, 2, 4 and 8 apart, which an offset or a few breaks do not change.
 * Interpolated stamps drift, so points further apart differ more. It is at least the noise that
 * `resolution` (seconds) implies. False when out of memory. */
bool sb_stamp_noise_measure(sb_stamp_noise *out, const sb_stamp_point *points, size_t n, double ppm,
                            double resolution);

/* The clock rate, accurate to about 1000 ppm, with the smallest differences between points a few turns
 * apart. 0 unless another rate is clearly better. The pairs of sb_frame_rates_all are tried exactly. */
bool sb_stamp_clock_seed(double *ppm, const sb_stamp_point *points, size_t n, double resolution);

/* The maximum difference between two stamps of one piece. */
double sb_stamp_tolerance(const sb_stamp_noise *noise, double resolution);

/* The smallest jump of the offset that is larger than the noise, in seconds. */
double sb_stamp_least_gap(const sb_stamp_noise *noise);

/* Returns the usual length of a word, from the number of its letters. */
sb_time sb_word_usual_time(const sb_aligned_word *word);

/* The timestamp as a prior for the start of a turn: likely inside its resolution, and far from it only
 * with strong evidence. */

/* Maximum confidence of energy alone, and its weight together with words: on real recordings it is wrong more often than it says. */
#define SB_ENERGY_TRUST 0.75f

/* What was heard of a turn, and what the energy aligner found. */
typedef struct sb_turn_evidence {
    float odds;  /* log-odds that it was said where it was heard, summed over its words */
    bool denied; /* its evidence says that it was not said */
    /* Of its words, according to the energy aligner; NULL if unknown. */
    const sb_time *energy_start, *energy_end;
    float energy_confidence;
} sb_turn_evidence;

/* Returns how far `start` is outside the resolution of the turn's stamp, by the map. The turn must have a stamp. */
sb_time sb_stamp_distance(const sb_alignment *alignment, const sb_aligned_turn *turn, sb_time start);

/* Returns true if turn `t` has no place, or is farther from its stamp than its evidence justifies. */
bool sb_stamp_decides(const sb_alignment *alignment, size_t t, const sb_turn_evidence *evidence);

/* Decides between two starts of a turn: that of its first word, and energy's, if that is inside the stamp's resolution. Evidence for
 * the word is its own log-odds, those of the next word, and words heard before energy's start. Evidence against it is its distance from
 * the resolution. Both starts also depend on how long the words take up to the next word that was heard. If energy's start wins, the turn
 * starts there, and its words before the next heard one are estimated. `evidence` has one entry per turn. Without a map nothing changes. */
void sb_turn_starts_weigh(sb_alignment *alignment, const sb_turn_evidence *evidence);

/* Moves turns that are farther from their stamp, by the map, than their evidence justifies: to the first
 * free speech inside the resolution of the stamp, or else to its middle. Turns without a place are moved
 * there as well, except those that were denied or are in a passage that was cut out. Moved words are
 * estimates with low confidence. A turn never starts before the previous one, unless its stamp does.
 * `evidence` has one entry per turn. Without a map nothing changes. Returns SB_ERR_MEMORY. */
sb_status sb_stamp_places_fill(sb_alignment *alignment, const sb_turn_evidence *evidence, sb_error *err);

/* The time map, fitted through turns that have places. */

/* A jump of the offset between two turns, and its certainty. Turns between them may belong to either side;
 * usually there are none. */
typedef struct sb_jump {
    size_t before, turn;
    float confidence;
} sb_jump;

/* Sets `map` and `breaks` of an alignment with placed turns. Stamps are rounded down, so a correct one is
 * early by at most its resolution. The map has the offset (and clock rate, if enough turns are far enough
 * apart) that makes the most stamps correct, in the middle of the possible range; the stamps as they are
 * win ties. Jumps and clock rates that the noise of the stamps (sb_stamp_noise) can explain are left out.
 * A rate near that of a frame rate conversion becomes that rate. Returns SB_ERR_MEMORY. */
sb_status sb_time_map_fit(sb_alignment *alignment, const sb_jump *jumps, size_t n_jumps, sb_error *err);

/* Removes the map and the breaks before they are fitted again. */
void sb_time_map_forget(sb_alignment *alignment);

/* Jumps of the offset between stamps and audio, found from turns that were heard. */

/* Lists the turns before which the offset jumps. Turns are chained by their distance from the stamp,
 * without the clock. A turn that agrees with the previous one adds its certainty to the chain, which grows
 * with the number of words heard. Turns agree within the noise of the stamps. The price of a jump grows
 * with the logarithm of the number of turns. A turn that agrees with neither neighbour is ignored. The
 * caller frees `*out`. Returns SB_ERR_MEMORY. */
sb_status sb_turn_jumps_find(sb_jump **out, size_t *n_out, const sb_alignment *alignment, sb_error *err);

/* True for a turn of which hardly anything was heard, and whose place is uncertain. */
bool sb_turn_is_guess(const sb_aligned_turn *turn);

/* True for a turn whose place is evidence about the stamps: it was heard and is not a guess. */
bool sb_turn_is_evidence(const sb_aligned_turn *turn);

/* The time map from turns that were heard. */

/* Replaces `map` and `breaks` by those fitted to the turns' places. Returns SB_ERR_MEMORY. */
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
