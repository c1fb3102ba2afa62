/* What the parts of the drift report share. */
#ifndef SB_DRIFT_DRIFT_H
#define SB_DRIFT_DRIFT_H

#include "soundbite/drift.h"

/* A turn whose confidence is below this proves nothing alone. */
#define SB_DRIFT_SURE 0.5F

/* Fills drift->suspects, in the order of the turns. SB_ERR_MEMORY. */
sb_status sb_drift_find_suspects(sb_drift *drift, const sb_alignment *alignment, sb_error *err);

/* Adds a suspect and takes its note; a NULL note is an allocation that failed. SB_ERR_MEMORY. */
sb_status sb_drift_add_suspect(sb_drift *drift, size_t turn, sb_suspect_kind kind, char *note, sb_error *err);

/* Gives the suspect that was added last the place, speech and need of `weighed`. */
void sb_drift_keep_evidence(sb_drift *drift, const sb_suspect *weighed);

/* Adds the turns with words that were not heard, with how much speech lies in their place. SB_ERR_MEMORY. */
sb_status sb_drift_find_unheard(sb_drift *drift, const sb_alignment *alignment, sb_error *err);

/* Adds the passages of six words and more that stand twice in one turn or in turns near each other, but for those that the
 * later turn has speech enough for and those heard both times. SB_ERR_MEMORY. */
sb_status sb_drift_find_duplicates(sb_drift *drift, const sb_alignment *alignment, sb_error *err);

/* The sentence that gives the verdict its grounds; NULL when out of memory. */
char *sb_drift_reason(const sb_drift *drift, const sb_alignment *alignment);

/* The verdict, from the errors counted so far. */
sb_verdict sb_drift_judge(const sb_drift *drift, const sb_alignment *alignment);

/* True where turn `turn` has an error that is larger than the drift allowed. */
bool sb_drift_is_beyond(const sb_drift *drift, size_t turn);
/* True where more than half of the stamps lie beyond the end of the audio, the map applied, and the words were not heard in it. */
bool sb_drift_beyond_audio(const sb_alignment *alignment);
/* True where more than half of the words were not heard. */
bool sb_drift_mostly_unheard(const sb_alignment *alignment);
/* True where nearly every stamp stands before speech that begins after a pause, far more often than by chance: times of this audio,
 * whatever the words are. */
bool sb_drift_stamps_fit_pauses(const sb_alignment *alignment);
/* The first break that is sure and larger than `max_drift`; NULL none. */
const sb_break *sb_drift_large_break(const sb_alignment *alignment, sb_time max_drift);

/* Words not heard that make a region worth naming. */
#define SB_DRIFT_REGION_WORDS 6

/* Turns in a row whose words were not heard; `n_words` of them. */
typedef struct sb_drift_region {
    size_t first, last, n_words;
} sb_drift_region;

/* The next region from turn `from` on. Turns of which next to nothing was heard make it, and short ones between them. */
bool sb_drift_next_region(sb_drift_region *region, const sb_alignment *alignment, size_t from);
/* True where one region has 20 words and a fifth of the text: a part of it belongs elsewhere. */
bool sb_drift_has_large_region(const sb_alignment *alignment);
/* "turns 12 to 40 (00:10:00 to 00:12:30, 210 words)"; NULL when out of memory. */
char *sb_drift_print_region(const sb_drift_region *region, const sb_alignment *alignment);
/* Takes a sentence and gives it back with the largest regions named behind it; NULL when out of memory. */
char *sb_drift_name_regions(char *sentence, const sb_alignment *alignment);

/* What the writing says of a word: its last letters end a sentence; its first is a letter and no capital. */
bool sb_drift_ends_sentence(const char *word);
bool sb_drift_starts_small(const char *word);

/* The words first ... last, at most `max_words` of them and then "...", for a note; NULL when out of memory. */
char *sb_drift_quote_words(const sb_aligned_turn *turn, size_t first, size_t last, size_t max_words);

/* "00:12:31", or "00:12:31.250" where the time is no whole second: a stamp as people write it. */
char *sb_drift_print_stamp(char out[SB_TIME_TEXT], sb_time t);
/* Steps of a tenth of a second and more are part of every error, and are named where errors are. */
bool sb_drift_has_steps(const sb_drift *drift);
/* "1" or "0.100": the seconds of a step. */
char *sb_drift_print_step(char out[SB_TIME_TEXT], const sb_drift *drift);
/* "2.341 s", never signed. */
char *sb_drift_print_length(char out[SB_TIME_TEXT], sb_time t);

#endif
