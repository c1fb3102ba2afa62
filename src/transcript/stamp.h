/* Reading and writing timestamps in the spellings of transcripts. */
#ifndef SB_TRANSCRIPT_STAMP_H
#define SB_TRANSCRIPT_STAMP_H

#include "soundbite/file.h"
#include "soundbite/time.h"

/* The result of reading a time at some position. */
typedef struct sb_stamp {
    sb_time time;        /* SB_TIME_NONE if there is no valid time */
    size_t length;       /* length in bytes; 0: no time begins there */
    const char *problem; /* "what is wrong; what to do"; NULL if nothing is */
} sb_stamp;

/* Reads `[H+:]M{1,3}:SS[(.|,)f{1,9}]`, also without leading zeros. Without hours, minutes may exceed 59.
 * Decimals after the ninth are skipped. */
sb_stamp sb_stamp_clock(const char *text, size_t size);

/* Reads a JSON number, or `42.25`, in units of `unit` (SB_TIME_SECOND or SB_TIME_MS), rounded to the nearest
 * flick. */
sb_stamp sb_stamp_number(const char *text, size_t size, sb_time unit);

/* Reads a clock time, or a number of seconds with or without "s". It must be all of `text` except for
 * blanks. */
sb_stamp sb_stamp_any(const char *text, size_t size);

/* The minimum width of each part of a document's clock times. Zero means that no time was measured yet. */
typedef struct sb_stamp_style {
    int hours, first_minutes, minutes, seconds;
} sb_stamp_style;

#define SB_STAMP_STYLE_NONE ((sb_stamp_style){9, 9, 9, 9})

/* Includes one more spelling in the style. */
void sb_stamp_style_add(sb_stamp_style *style, const char *old, size_t length);

/* Writes `time` in the spelling of `old`, cut to its decimals. Negative times become zero. */
void sb_stamp_respell(sb_bytes *out, const char *old, size_t length, sb_time time,
                      const sb_stamp_style *style, sb_time number_unit);

#endif
