/* Time as whole flicks, so that samples, milliseconds and frames are all exact. */
#ifndef SOUNDBITE_TIME_H
#define SOUNDBITE_TIME_H

#include "soundbite/status.h"

SB_BEGIN_DECLS

/* A flick is 1/705 600 000 s: every sample at the common rates from 8 to 192 kHz, every millisecond and
 * every frame at 24, 25, 30, 50 and 60 fps is a whole number of them
 * (https://github.com/facebookarchive/Flicks). The range is +-414 years.
 * Time zero of a file is the first sample that a player presents. */
typedef int64_t sb_time;

#define SB_TIME_SECOND INT64_C(705600000)
#define SB_TIME_MS     (SB_TIME_SECOND / 1000)
#define SB_TIME_NONE   INT64_MIN

/* Half-open: `end` is the first instant that no longer belongs. */
typedef struct sb_span {
    sb_time start, end;
} sb_span;

/* Sample `n` of a stream with `rate` samples a second begins at this time, rounded to the nearest flick.
 * `rate` > 0. Saturates at the ends of the range. */
SB_API sb_time sb_time_from_samples(int64_t n, int64_t rate);

/* The sample nearest to `t`, halves away from zero. `t` must not be SB_TIME_NONE. */
SB_API int64_t sb_time_to_samples(sb_time t, int64_t rate);

/* Seconds are for people and for arithmetic on differences; NaN and values out of range give SB_TIME_NONE. */
SB_API sb_time sb_time_from_seconds(double seconds);

/* NaN for SB_TIME_NONE. */
SB_API double sb_time_to_seconds(sb_time t);

/* Reads a time as a person types it: "90", "90s", "1500ms", "1.5", "1:30", "1:02:03.5". A leading '-' is
 * taken, a decimal comma too. SB_ERR_ARGUMENT says what is wrong; `*out` is then SB_TIME_NONE. */
SB_API sb_status sb_time_parse(sb_time *out, const char *text, sb_error *err);

/* "HH:MM:SS.mmm" with `decimals` 0 to 9 digits, hours at least two digits, '-' before negative times,
 * cut (not rounded) to the digits shown. "-" for SB_TIME_NONE. Always terminated; returns `out`. */
#define SB_TIME_TEXT 40
SB_API char *sb_time_print(char out[SB_TIME_TEXT], sb_time t, int decimals);

/* Seconds as a locale-free decimal number, rounded to `decimals` 0 to 9 digits: "-0.125000".
 * "null" for SB_TIME_NONE. Always terminated; returns `out`. */
SB_API char *sb_time_print_seconds(char out[SB_TIME_TEXT], sb_time t, int decimals);

SB_END_DECLS

#endif
