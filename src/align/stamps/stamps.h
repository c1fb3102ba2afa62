/* What timestamps tell: offsets, jumps, clock rate, their own noise, and the places they give turns. */
#ifndef SB_ALIGN_STAMPS_STAMPS_H
#define SB_ALIGN_STAMPS_STAMPS_H

#include <stdbool.h>
#include <stddef.h>

#include "align/energy/energy.h"
#include "soundbite/align.h"
#include "soundbite/speech.h"

/* From stamps to audio time: a piecewise offset found from the pattern of pauses alone. */

/* What the pauses say of the stamps. `offset` has one value a turn, in seconds: audio time less transcript time.
 * Between jumps it is constant or creeps with the clock. */
typedef struct sb_offsets {
    double *offset;
    size_t *jumps;    /* turns before which the offset jumps */
    float *jump_gain; /* log-likelihood gained by the jump, after its price */
    size_t n_jumps;
    size_t n_stamps;
    double
        fit; /* mean log-likelihood ratio of a stamp against a random place, the jumps paid for: near 0 or under it,
                 * nothing fits */
} sb_offsets;

/* For every turn the chance that a turn begins within `resolution` after the stamp is looked up in the pauses; a Viterbi
 * search over (turn, offset) finds the path of offsets with a price for creeping and one for each jump, for clock rates up to 5 %. Offsets are looked for to 15 minutes from the stamps as they
 * are, and from where the first stamp falls on the first speech: a programme's timecode. SB_ERR_MEMORY. */
sb_status sb_offsets_find(sb_offsets *out, const sb_transcript *transcript, const sb_speech *speech,
                          sb_error *err);
void sb_offsets_finish(sb_offsets *offsets);

/* How likely a turn begins, instant by instant, as the pauses have it. */

#define SB_ONSET_BIN 0.1 /* seconds */

/* For every bin of audio time the log-likelihood ratio, against the mean of all bins, of a turn that begins within `resolution`
 * seconds after it. */
typedef struct sb_onsets {
    float *ratio;
    size_t n;
} sb_onsets;

/* False when out of memory. */
bool sb_onsets_make(sb_onsets *out, const sb_speech *speech, double resolution);
void sb_onsets_finish(sb_onsets *onsets);

/* The line that makes the most stamps right. */

/* A stamp, and how far after it the sound was found, in seconds. */
typedef struct sb_stamp_point {
    double stamp, error, residual; /* `residual`: room for the fit to work in */
} sb_stamp_point;

/* error = offset + (stamp - origin) * ppm * 1e-6. A stamp is right where its error lies from 0 up to a window above the line. */
typedef struct sb_stamp_line {
    double offset, ppm;
    size_t n_right;
    double room; /* the offset may move by so much to either side */
} sb_stamp_line;

/* The best offset at a given rate; reorders the points. */
sb_stamp_line sb_stamp_line_fit(sb_stamp_point *points, size_t n, double origin, double ppm, double window);

/* The rate, in ppm, within 6000 of `near_ppm`, at which the most of `n` stamps over `seconds` are right, in the middle of what they
 * allow; 0 where it gains no more than one stamp and one in a hundred over that. */
double sb_stamp_rate_fit(sb_stamp_point *points, size_t n, double origin, double seconds, double window,
                         double near_ppm);

/* Stamps finer than the window lie about a line, not in a window above it: least squares over those near `line`, whose middle it
 * moves. */
void sb_stamp_line_refine(sb_stamp_line *line, const sb_stamp_point *points, size_t n, double origin,
                          double window, bool with_rate);

/* How far stamps scatter about what was heard, and the clock they seem to follow, before any line is fitted. */

/* The largest clock rate that is looked for: all conversions between 23.976, 24 and 25 frames a second, and tape. */
#define SB_STAMP_MOST_PPM 50000.0

typedef struct sb_stamp_noise {
    double scale; /* standard deviation of a stamp's error, in seconds, as if it were normal */
    size_t run;   /* so many stamps in a row err alike; 1: each on its own */
} sb_stamp_noise;

/* Measures the noise of points in the order of the transcript, for a clock of `ppm`. It is the median size of the differences
 * between points 1, 2, 4 and 8 apart, which neither an offset nor a few breaks change; interpolated stamps wander, so that points further
 * apart differ by more. It is at least what `resolution` (seconds) makes it. False when out of memory. */
bool sb_stamp_noise_measure(sb_stamp_noise *out, const sb_stamp_point *points, size_t n, double ppm,
                            double resolution);

/* The clock rate, to about 1000 ppm, that leaves the least differences between points a few turns apart: 0 where another does not
 * leave clearly less. The pairs of sb_frame_rates_all are tried as they are. */
bool sb_stamp_clock_seed(double *ppm, const sb_stamp_point *points, size_t n, double resolution);

/* What two stamps of one piece may differ by. */
double sb_stamp_tolerance(const sb_stamp_noise *noise, double resolution);

/* The least jump of the offset that can be told from the noise, in seconds. */
double sb_stamp_least_gap(const sb_stamp_noise *noise);

/* The timestamp as a prior of where a turn begins: inside its resolution it is likely, far from it only strong evidence is believed. */

/* What energy's confidence is worth: on real recordings it is wrong more often than it says. */
#define SB_ENERGY_TRUST 0.75f

/* What was heard of a turn, and what energy found. */
typedef struct sb_turn_evidence {
    float odds;  /* log-odds that it was said where it was heard, summed over its words */
    bool denied; /* heard not to have been said */
    const sb_time *energy_start, *energy_end; /* of its words, as the energy aligner has them; NULL unknown */
    float energy_confidence;
} sb_turn_evidence;

/* How far a turn would begin outside the resolution of its stamp, by the map; it has a stamp. */
sb_time sb_stamp_distance(const sb_alignment *alignment, const sb_aligned_turn *turn, sb_time start);

/* True if turn `t` has no place, or lies farther from its stamp than its evidence is worth, so that the stamp says where it belongs. */
bool sb_stamp_decides(const sb_alignment *alignment, size_t t, const sb_turn_evidence *evidence);

/* Decides between two starts of a turn: that of its first word, and energy's, if that lies inside the stamp's resolution. For the word speak
 * its own log-odds, those of the next word and of words heard before energy's start; against it, how far outside the resolution it
 * lies. For both starts counts how long the words take up to the next one that was heard. Where energy's start wins, the turn begins there, and its
 * words before the next one heard are estimated from there. `evidence` has one entry a turn. Does nothing if the alignment has no map. */
void sb_turn_starts_weigh(sb_alignment *alignment, const sb_turn_evidence *evidence);

/* Moves turns that lie farther from their stamp, by the map, than their evidence is worth: to the first speech inside the stamp's resolution
 * that no other words cover, else to its middle. Turns without a place are put there as well, but those that were denied or that lie in a passage
 * that was cut out. Moved words are estimates of little confidence. A turn never begins before the one before it unless its stamp does.
 * `evidence` has one entry a turn. The alignment has a map, else nothing is done. SB_ERR_MEMORY. */
sb_status sb_stamp_places_fill(sb_alignment *alignment, const sb_turn_evidence *evidence, sb_error *err);

/* The line from transcript time to audio time, fitted through turns that have been placed. */

/* A jump of the offset between two turns, and how sure it is. What lies between them may belong to either side; mostly nothing does. */
typedef struct sb_jump {
    size_t before, turn;
    float confidence;
} sb_jump;

/* Fills `map` and `breaks` of an alignment whose turns are placed. Stamps are cut down, so that a right one is at most a
 * resolution too early: of all offsets (and clock rates, where enough turns lie far enough apart) the one is taken that makes the
 * most stamps right, in the middle of what they allow; the stamps as they are win where they do as well. Jumps and clock rates that
 * the stamps' own noise (stamp_noise.h) may have made are left out; a rate near that of a conversion between frame rates is taken to be
 * it. SB_ERR_MEMORY. */
sb_status sb_time_map_fit(sb_alignment *alignment, const sb_jump *jumps, size_t n_jumps, sb_error *err);

/* Takes the map and the breaks away, before they are fitted anew. */
void sb_time_map_forget(sb_alignment *alignment);

/* Where the stamps and the sound come apart: jumps of the offset, seen from turns that were heard. */

/* Lists the turns before which the offset jumps. Turns are chained by how far each begins from its stamp, the clock taken out: a turn
 * that agrees with the one before adds to the chain what it is sure of, and more if more of its words were heard. Turns agree within
 * what the stamps' own noise makes likely. A jump has a price that grows with the logarithm of the turns, and a turn that agrees with
 * neither neighbour is passed over. The caller frees `*out`. SB_ERR_MEMORY. */
sb_status sb_turn_jumps_find(sb_jump **out, size_t *n_out, const sb_alignment *alignment, sb_error *err);

/* True of a turn of which next to nothing was heard, and whose place nobody is sure of. */
bool sb_turn_is_guess(const sb_aligned_turn *turn);

/* True of a turn whose place tells something of the stamps: heard, and no guess. */
bool sb_turn_is_evidence(const sb_aligned_turn *turn);

/* The map from the stamps to the sound, as the turns that were heard have it. */

/* Replaces `map` and `breaks` by those that the turns' places tell of. SB_ERR_MEMORY. */
sb_status sb_turn_map_make(sb_alignment *alignment, sb_error *err);

/* When the timestamps have each word. */

/* In transcript time. `at` is SB_TIME_NONE before the first stamp; the word may lie `give` before or after it. */
typedef struct sb_word_stamp {
    sb_time at, give;
} sb_word_stamp;

/* One entry for each word of the whole text. The words from one stamp to the next follow each other at a usual pace, and end before
 * the next stamp; the farther a word is from its stamp, the more it may be off. */
void sb_word_stamps_make(sb_word_stamp *out, const sb_alignment *alignment);

#endif
