/* Times in flicks: integers that represent samples, milliseconds and video frames exactly. */
#ifndef SOUNDBITE_TIME_H
#define SOUNDBITE_TIME_H

#include "soundbite/status.h"

SB_BEGIN_DECLS

/* A time or a duration in flicks. A flick is 1/705 600 000 s. A sample at any common rate from 8 to 192 kHz,
 * a millisecond, and a frame at 24, 25, 30, 50 or 60 fps each last a whole number of flicks
 * (https://github.com/facebookarchive/Flicks). The range is +-414 years. Time 0 of a file is the first sample
 * that a player presents. SB_TIME_NONE means unknown or not set. */
typedef int64_t sb_time;

#define SB_TIME_SECOND INT64_C(705600000)
#define SB_TIME_MS     (SB_TIME_SECOND / 1000)
#define SB_TIME_NONE   INT64_MIN

/* A half-open interval: it includes `start` and excludes `end`. */
typedef struct sb_span {
    sb_time start, end;
} sb_span;

/* Returns the start of sample `n` in a stream of `rate` samples per second, rounded to the nearest flick.
 * `rate` must be greater than 0. The result is clamped to the range of sb_time. */
SB_API sb_time sb_time_from_samples(int64_t n, int64_t rate);

/* Returns the index of the sample nearest to `t`. Halves are rounded away from zero. `t` must not be
 * SB_TIME_NONE; `rate` is in Hz and greater than 0. */
SB_API int64_t sb_time_to_samples(sb_time t, int64_t rate);

/* Converts seconds to flicks. Returns SB_TIME_NONE if `seconds` is NaN or out of range. */
SB_API sb_time sb_time_from_seconds(double seconds);

/* Converts flicks to seconds. Returns NaN for SB_TIME_NONE. */
SB_API double sb_time_to_seconds(sb_time t);

/* Parses a time as a person types it: "90", "90s", "20 sec", "1500ms", "1.5", "1:30", "1:02:03.5", "1m30s",
 * "1h 2min", "1h30" or "4'3\"". A leading '-' and a decimal comma are accepted. Returns SB_ERR_ARGUMENT if
 * `text` is not a time; `*out` is then SB_TIME_NONE. */
SB_API sb_status sb_time_parse(sb_time *out, const char *text, sb_error *err);

/* Writes "HH:MM:SS.mmm" to `out` and returns it. `decimals` is the number of decimal digits, 0 to 9. Further
 * digits are cut off, not rounded. The hours have at least two digits. Negative times begin with '-'.
 * SB_TIME_NONE gives "-". */
#define SB_TIME_TEXT 40
SB_API char *sb_time_print(char out[SB_TIME_TEXT], sb_time t, int decimals);

/* Writes `t` to `out` in seconds, such as "-0.125000", and returns it. The decimal separator is always '.'.
 * `decimals` is the number of decimal digits, 0 to 9; the value is rounded. SB_TIME_NONE gives "null". */
SB_API char *sb_time_print_seconds(char out[SB_TIME_TEXT], sb_time t, int decimals);

SB_END_DECLS

#endif
