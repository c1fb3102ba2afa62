/* The alignment: the model, its JSON file (file/), and look-ups in it. */
#ifndef SB_ALIGNMENT_ALIGNMENT_H
#define SB_ALIGNMENT_ALIGNMENT_H

#include "base/json/json.h"
#include "base/text/text.h"
#include "soundbite/align.h"

/* Limit for times in an alignment (31 years), so that sums cannot overflow. */
#define SB_ALIGNMENT_TIME_MAX (INT64_C(1000000000) * SB_TIME_SECOND)

/* The confidence of an ESTIMATED word that the acoustic search skipped: its place is between its
 * neighbours. */
#define SB_SKIPPED_CONFIDENCE 0.2f

/* Copies path, hash, format, title, language, encoding, source and resolution. Returns SB_ERR_MEMORY. */
sb_status sb_alignment_take_transcript(sb_alignment *alignment, const sb_transcript *transcript,
                                       sb_error *err);

/* Makes the turns with speakers, words, events and timestamps but no positions: times are unknown,
 * confidences 0, words ESTIMATED and turns PARTLY. Returns SB_ERR_MEMORY. */
sb_status sb_alignment_take_turns(sb_alignment *alignment, const sb_transcript *transcript, sb_error *err);

void sb_aligned_turn_finish(sb_aligned_turn *turn);

/* The span and the status of a turn of `n_rows` rows: from the first start to the last end; PARTLY unless all
 * rows have the same status. */
sb_span sb_aligned_rows_span(const sb_aligned_turn *rows, size_t n_rows);
sb_turn_status sb_aligned_rows_status(const sb_aligned_turn *rows, size_t n_rows);

/* An alignment in which each row is a whole turn. `alignment` refers to texts and lists of the one it was
 * made from, which must live longer. Do not free it with sb_alignment_free. */
typedef struct sb_whole_turns {
    sb_alignment alignment;
    sb_aligned_turn *turns;
    sb_aligned_word *words;
    sb_event *events;
} sb_whole_turns;

/* Returns SB_ERR_MEMORY; finish `out` in any case. */
sb_status sb_whole_turns_make(sb_whole_turns *out, const sb_alignment *alignment, sb_error *err);
void sb_whole_turns_finish(sb_whole_turns *turns);

/* Maps transcript time `t` to audio time. Returns `t` if there is no map. */
sb_time sb_time_map_apply(const sb_alignment *alignment, sb_time t);

/* A pair of frame rates that are confused in conversions: the timestamps were made for video at `made_for`,
 * but the audio belongs to video at `runs_at`. Audio times are the timestamps times made_for / runs_at. */
typedef struct sb_frame_rates {
    double made_for, runs_at;
    const char *made_for_fps, *runs_at_fps; /* as they are usually written, such as "23.976" */
} sb_frame_rates;

/* Returns the static table and its length: 25, 24 and 23.976 in all pairs, and 30 with 29.97, each in both
 * directions. */
const sb_frame_rates *sb_frame_rates_all(size_t *n);
/* Returns the clock rate of the pair in the units of sb_map_piece.rate_ppm. */
double sb_frame_rates_ppm(const sb_frame_rates *rates);
/* Returns the nearest pair that is less than `tolerance_ppm` away, or NULL. */
const sb_frame_rates *sb_frame_rates_near(double ppm, double tolerance_ppm);

/* The alignment file, soundbite-alignment(5). */
#define SB_ALIGNMENT_FORMAT   "soundbite-alignment"
#define SB_ALIGNMENT_VERSION  1
#define SB_ALIGNMENT_DECIMALS 3 /* for confidences and rates */

/* Rounds confidences and rates to the file's precision, so that a new alignment and a saved one give the same
 * reports. */
void sb_alignment_round(sb_alignment *alignment);

/* Write parts of the file that reports contain in the same form. */
void sb_alignment_write_breaks(sb_json_writer *w, const sb_alignment *alignment);
void sb_alignment_write_spans(sb_json_writer *w, const char *key, const sb_span *spans, size_t n);

/* Overview levels: the loudness over time, for drawing. */

/* Fills alignment->levels with the loudest frame of each SB_OVERVIEW_HOP. Returns SB_ERR_MEMORY. */
sb_status sb_levels_take(sb_alignment *alignment, const sb_speech *speech, sb_error *err);

/* Appends the levels as text, one base64 digit each (RFC 4648, table 1), in steps of 2 dB: 'A' is -127.5 dB
 * and '/' is -1.5 dB. If an allocation fails, out->failed is set. */
void sb_levels_print(sb_bytes *out, const uint8_t *levels, size_t n_levels);

/* Parses that text. The caller frees `*levels`, which is NULL for empty text. Returns SB_ERR_FORMAT for any
 * other character; SB_ERR_MEMORY. No error text is set. */
sb_status sb_levels_parse(uint8_t **levels, size_t *n_levels, const char *text);

/* Fills alignment->sound with the mean energies of each whole SB_OVERVIEW_HOP. Returns SB_ERR_MEMORY. */
sb_status sb_sound_take(sb_alignment *alignment, const sb_speech *speech, sb_error *err);

/* Adds `by` to all times in the audio, and limits them to `duration`. */
void sb_alignment_move(sb_alignment *alignment, sb_time by, sb_time duration);

/* Sets the start, the end and the status of a turn from its words. Returns the first word with a position, or
 * NULL. */
const sb_aligned_word *sb_aligned_turn_settle(sb_aligned_turn *turn);

/* A turn none of whose spoken words was heard becomes SB_TURN_NOT_HEARD: it has no times and no confidence,
 * nor do its punctuation marks. Aligners may have placed it before its words were judged. */
void sb_alignment_settle_unheard(sb_alignment *alignment);

/* The words that are compared when passages are searched: those with a letter or a digit. */

typedef struct sb_word_unit {
    uint64_t hash; /* of sb_word_hash */
    const sb_aligned_word *word;
    size_t turn, index; /* of the word */
} sb_word_unit;

typedef struct sb_word_units {
    sb_word_unit *items;
    size_t n, capacity;
} sb_word_units;

/* Lists the units of all words in order. A zeroed struct may be finished. Returns false if memory runs
 * out. */
bool sb_word_units_make(sb_word_units *out, const sb_alignment *alignment);
void sb_word_units_finish(sb_word_units *units);

/* Returns the hash of the `n` units from `at` on. */
uint64_t sb_word_units_hash(const sb_word_units *units, size_t at, size_t n);

/* Speech that has no words in the transcript. */

/* Lists the speech that is not near any word with a position. Replaces the list. Returns SB_ERR_MEMORY. */
sb_status sb_unmatched_find(sb_alignment *alignment, sb_error *err);

/* Adds a span to the list, or extends the last one if they are at most about two seconds apart. Returns false
 * if memory runs out. */
bool sb_unmatched_add(sb_alignment *alignment, sb_span span);

/* Removes spans that are too short to report. */
void sb_unmatched_drop_short(sb_alignment *alignment);

/* The number of all words. */
size_t sb_alignment_n_words(const sb_alignment *alignment);

/* Returns the word with this index, counted through all turns, or NULL. */
const sb_aligned_word *sb_alignment_word(const sb_alignment *alignment, size_t index);

/* Returns true if it is known when the word begins and ends. */
static inline bool sb_word_has_place(const sb_aligned_word *word)
{
    return word->start != SB_TIME_NONE && word->end != SB_TIME_NONE;
}

/* Returns true if no word of the turn is proven, and an inserted passage is no further away than it is long:
 * the turn may belong on its other side. Any speech has sounds of a given text, so words that are found there
 * prove little. */
bool sb_turn_may_be_beyond_break(const sb_alignment *alignment, size_t turn);

/* Returns how many words have `status`, and sets `*n_words` to the number of all words. */
size_t sb_alignment_count_words(const sb_alignment *alignment, sb_word_status status, size_t *n_words);

#endif
