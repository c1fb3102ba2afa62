/* Times as transcripts spell them. */
#ifndef SB_TRANSCRIPT_STAMP_H
#define SB_TRANSCRIPT_STAMP_H

#include "soundbite/file.h"
#include "soundbite/time.h"

/* A time that was looked for at some place. */
typedef struct sb_stamp {
    sb_time time;        /* SB_TIME_NONE where there is none or it makes no sense */
    size_t length;       /* bytes it takes; 0: no time begins there */
    const char *problem; /* "what is wrong; what to do", NULL nothing */
} sb_stamp;

/* `[H+:]M{1,3}:SS[(.|,)f{1,9}]`, also unpadded; without hours the minutes may pass 59. More digits of a second than nine
 * are passed over. */
sb_stamp sb_stamp_clock(const char *text, size_t size);

/* A JSON number or `42.25` in `unit`s (SB_TIME_SECOND, SB_TIME_MS), to the nearest flick. */
sb_stamp sb_stamp_number(const char *text, size_t size, sb_time unit);

/* A clock time or else a number of seconds, with "s" or not; NONE unless it is all of `text` but blanks. */
sb_stamp sb_stamp_any(const char *text, size_t size);

/* How wide the parts of a document's clock times are at least. All are as wide where nothing was measured. */
typedef struct sb_stamp_style {
    int hours, first_minutes, minutes, seconds;
} sb_stamp_style;

#define SB_STAMP_STYLE_NONE ((sb_stamp_style){9, 9, 9, 9})

/* Narrows the style to that of one more spelling. */
void sb_stamp_style_add(sb_stamp_style *style, const char *old, size_t length);

/* Writes `time` as `old` is spelled, cut down to its decimals; what lies before zero becomes zero. */
void sb_stamp_respell(sb_bytes *out, const char *old, size_t length, sb_time time,
                      const sb_stamp_style *style, sb_time number_unit);

#endif
