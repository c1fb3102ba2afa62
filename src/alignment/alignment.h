/* The alignment model, its file, and look-ups in it: what the makers and the readers of an alignment share. */
#ifndef SB_ALIGNMENT_ALIGNMENT_H
#define SB_ALIGNMENT_ALIGNMENT_H

#include "base/json_write.h"
#include "soundbite/align.h"

/* No time in an alignment lies further from zero (31 years), so that sums of several cannot overflow. */
#define SB_ALIGNMENT_TIME_MAX (INT64_C(1000000000) * SB_TIME_SECOND)

/* Copies path, hash, format, title, language, encoding, source and resolution. SB_ERR_MEMORY. */
sb_status sb_alignment_take_transcript(sb_alignment *alignment, const sb_transcript *transcript,
                                       sb_error *err);

/* Makes the turns with their speakers, words and events, the stamps as they are, and no place in the audio yet:
 * times unknown, confidence 0, words estimated, turns partly placed. SB_ERR_MEMORY. */
sb_status sb_alignment_take_turns(sb_alignment *alignment, const sb_transcript *transcript, sb_error *err);

/* Audio time of transcript time `t` by the map; `t` itself without a map. */
sb_time sb_time_map_apply(const sb_alignment *alignment, sb_time t);

/* Frame rates that are mixed up when a film is converted: timestamps made for video at `made_for` frames a second, audio that
 * belongs to video at `runs_at`. The audio's times are then the timestamps times made_for / runs_at. */
typedef struct sb_frame_rates {
    double made_for, runs_at;
    const char *made_for_fps, *runs_at_fps; /* as people write them: "23.976" */
} sb_frame_rates;

/* 25, 24 and 23.976, 30 and 29.97, each pair both ways; the static table and its length. */
const sb_frame_rates *sb_frame_rates_all(size_t *n);
/* What the pair makes of a clock, as sb_map_piece.rate_ppm. */
double sb_frame_rates_ppm(const sb_frame_rates *rates);
/* The pair nearest to a clock and less than `tolerance_ppm` away; NULL if there is none. */
const sb_frame_rates *sb_frame_rates_near(double ppm, double tolerance_ppm);

/* The alignment file, soundbite-alignment(5). */
#define SB_ALIGNMENT_FORMAT   "soundbite-alignment"
#define SB_ALIGNMENT_VERSION  1
#define SB_ALIGNMENT_DECIMALS 3 /* of confidences and rates */

/* Rounds confidences and rates to what the file keeps, so that an alignment just made and the same one read back give the
 * same reports. */
void sb_alignment_round(sb_alignment *alignment);

/* Parts of the file that reports show in the same form. */
void sb_alignment_write_breaks(sb_json_writer *w, const sb_alignment *alignment);
void sb_alignment_write_spans(sb_json_writer *w, const char *key, const sb_span *spans, size_t n);

/* The overview levels: how loud the audio is along its length, for pictures. */

/* Fills alignment->levels with the loudest frame of each SB_OVERVIEW_HOP. SB_ERR_MEMORY. */
sb_status sb_levels_take(sb_alignment *alignment, const sb_speech *speech, sb_error *err);

/* Appends the levels as text, a letter each: the digits of base64 (RFC 4648, table 1) in steps of 2 dB, so that 'A' is
 * -127.5 dB and '/' -1.5 dB. A failed allocation sets out->failed. */
void sb_levels_print(sb_bytes *out, const uint8_t *levels, size_t n_levels);

/* The reverse; `*levels` is the caller's, NULL for empty text. SB_ERR_FORMAT for any other letter, SB_ERR_MEMORY, without
 * an error text. */
sb_status sb_levels_parse(uint8_t **levels, size_t *n_levels, const char *text);

/* Speech without words in the transcript. */

/* Lists anew the speech that lies away from every word that has a place. SB_ERR_MEMORY. */
sb_status sb_unmatched_find(sb_alignment *alignment, sb_error *err);

/* Adds a span to the list, or to its last one where hardly two seconds part them. False when out of memory. */
bool sb_unmatched_add(sb_alignment *alignment, sb_span span);

/* Takes out what is too short to be told. */
void sb_unmatched_drop_short(sb_alignment *alignment);

#endif
