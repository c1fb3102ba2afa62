/* Measuring drift: errors, the verdict and its reason, suspect turns, regions that were not heard. */
#ifndef SB_DRIFT_MEASURE_MEASURE_H
#define SB_DRIFT_MEASURE_MEASURE_H

#include "soundbite/drift.h"

/* Shared by the files that measure and report drift. */

/* A turn with a lower confidence is not evidence by itself. */
#define SB_DRIFT_SURE 0.5F

/* Fills drift->suspects in the order of the turns. Returns SB_ERR_MEMORY. */
sb_status sb_drift_find_suspects(sb_drift *drift, const sb_alignment *alignment, sb_error *err);

/* Adds a suspect and takes ownership of its note. A NULL note means that an allocation failed. Returns
 * SB_ERR_MEMORY. */
sb_status sb_drift_add_suspect(sb_drift *drift, size_t turn, sb_suspect_kind kind, char *note, sb_error *err);

/* Copies the audio span, speech and needed time of `weighed` to the last suspect. */
void sb_drift_keep_evidence(sb_drift *drift, const sb_suspect *weighed);

/* Adds turns with words that were not heard, and the amount of speech at their place. Returns
 * SB_ERR_MEMORY. */
sb_status sb_drift_find_unheard(sb_drift *drift, const sb_alignment *alignment, sb_error *err);

/* Adds passages of at least six words that occur twice in one turn or in nearby turns. Passages are left out
 * if the later turn has enough speech for them or if both copies were heard. Returns SB_ERR_MEMORY. */
sb_status sb_drift_find_duplicates(sb_drift *drift, const sb_alignment *alignment, sb_error *err);

/* Returns a sentence that gives the reason for the verdict. Returns NULL if memory runs out. */
char *sb_drift_reason(const sb_drift *drift, const sb_alignment *alignment);

/* Returns the verdict for the errors counted so far. */
sb_verdict sb_drift_judge(const sb_drift *drift, const sb_alignment *alignment);

/* Returns true if the error of turn `turn` exceeds the limit. */
bool sb_drift_is_beyond(const sb_drift *drift, size_t turn);
/* Returns true if more than half of the mapped timestamps are beyond the end of the audio and the words were
 * not heard in it. */
bool sb_drift_beyond_audio(const sb_alignment *alignment);
/* Returns true if a timestamp is certainly after the end of the audio. */
bool sb_drift_is_after_audio(const sb_alignment *alignment, sb_time stamp);
/* Returns the number of turns that the audio can hold: all, unless it is damaged. Then the last turns, none
 * of whose words was heard, may be after its end, by their timestamps or because no sound is left. */
size_t sb_drift_n_held(const sb_alignment *alignment);
typedef struct sb_drift_words {
    size_t n, n_aligned, n_unheard;
} sb_drift_words;
/* Counts the words that the audio can hold. */
sb_drift_words sb_drift_count_held(const sb_alignment *alignment);
/* Returns true if more than half of the words that the audio can hold were not heard. */
bool sb_drift_mostly_unheard(const sb_alignment *alignment);
/* Returns true if the text was heard in damaged audio, but too few of its words to judge the pair. */
bool sb_drift_too_little_left(const sb_alignment *alignment);
/* Returns true if almost every timestamp precedes speech that begins after a pause, much more often than by
 * chance. The timestamps then belong to this audio, whatever the words are. */
bool sb_drift_stamps_fit_pauses(const sb_alignment *alignment);
/* Returns the first certain break larger than `max_drift`, or NULL. */
const sb_break *sb_drift_large_break(const sb_alignment *alignment, sb_time max_drift);

/* Smallest number of unheard words in a region that is reported. */
#define SB_DRIFT_REGION_WORDS 6

/* Consecutive turns that were not heard. */
typedef struct sb_drift_region {
    size_t first, last;
    size_t n_words;    /* that were not heard */
    size_t n_unproven; /* words that were not heard, and words whose position is only a guess */
} sb_drift_region;

/* Finds the next region at or after turn `from`. A region consists of turns that were almost completely not
 * heard, with short turns and turns without a proven word between them. Returns false if there is none. */
bool sb_drift_next_region(sb_drift_region *region, const sb_alignment *alignment, size_t from);
/* Returns true if the words without proof in a region are at least 20 and a fifth of the text, so that part
 * of the transcript belongs to other audio. */
bool sb_drift_has_large_region(const sb_alignment *alignment);
/* Returns "turns 12 to 40 (00:10:00 to 00:12:30, 210 words)". Returns NULL if memory runs out. */
char *sb_drift_print_region(const sb_drift_region *region, const sb_alignment *alignment);
/* Takes ownership of a sentence and returns it with the largest regions appended. Returns NULL if memory runs
 * out. */
char *sb_drift_name_regions(char *sentence, const sb_alignment *alignment);

/* Returns true if the word begins with a letter that is not a capital. */
bool sb_drift_starts_small(const char *word);

/* Returns words first ... last for a note, at most `max_words` of them and then "...". Returns NULL if memory
 * runs out. */
char *sb_drift_quote_words(const sb_aligned_turn *turn, size_t first, size_t last, size_t max_words);

/* Prints a timestamp: "00:12:31", or "00:12:31.250" if it is not a whole second. */
char *sb_drift_print_stamp(char out[SB_TIME_TEXT], sb_time t);
/* Returns true if timestamps have a resolution of 0.1 s or coarser. Reports then mention it, because it
 * contributes to every error. */
bool sb_drift_has_steps(const sb_drift *drift);
/* Prints the resolution in seconds: "1" or "0.100". */
char *sb_drift_print_step(char out[SB_TIME_TEXT], const sb_drift *drift);
/* Prints a duration such as "2.341 s" without a sign. */
char *sb_drift_print_length(char out[SB_TIME_TEXT], sb_time t);

/* Finding words at the edge of a turn that belong to the other speaker. */

/* Adds a suspect of kind SPEAKER for each turn whose first or last words seem to belong to the neighbouring
 * turn. The evidence is one of two things, and the timestamp must agree. Either a sentence continues across
 * the edge without a pause and is complete if the words are moved, or there is a clear pause at the new edge
 * and none at the old one.
 *
 * A pause alone is not evidence, because speakers often answer at once and then pause to think. Neither are
 * words whose times are estimated on both sides of the edge. `generic` says for each turn whether its speaker
 * is a label such as "Speaker 2"; edges between a label and a name have another rule. Returns
 * SB_ERR_MEMORY. */
sb_status sb_drift_find_slips(sb_drift *drift, const sb_alignment *alignment, const bool *generic,
                              sb_error *err);

/* Deciding from the speaking rate whether a turn has enough speech for its words. */

/* Computes the letters and digits per second of speech in the median turn. 0 if too few turns can be used.
 * Returns SB_ERR_MEMORY. */
sb_status sb_drift_speaking_rate(double *letters_a_second, const sb_alignment *alignment, sb_error *err);

/* Returns true if `turn` is long enough that words `first` to `last`, a large part of it, must have been said
 * in it. */
bool sb_drift_has_time_for(const sb_alignment *alignment, const sb_aligned_turn *turn, size_t first,
                           size_t last, double letters_a_second);

/* Sets a suspect's evidence: the amount of speech in `place`, and the time that words `first` to `last` of
 * its turn would need. */
void sb_drift_weigh_speech(sb_suspect *suspect, const sb_alignment *alignment, sb_span place, size_t first,
                           size_t last, double letters_a_second);

#endif
