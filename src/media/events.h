/* Recording events during decoding. */
#ifndef SB_MEDIA_EVENTS_H
#define SB_MEDIA_EVENTS_H

#include "soundbite/media.h"

#define SB_EVENTS_MAX 1000

/* Adds an event with the text "HH:MM:SS.mmm: " and the formatted message. Damage within one second of the
 * last damage extends that event. */
void sb_events_add(sb_media_report *report, sb_media_event_kind kind, sb_time at, sb_time length,
                   const char *format, ...) SB_PRINTF(5, 6);

void sb_events_finish(sb_media_report *report);

#endif
