#include "media/decode/decode.h"

#include "base/run/run.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

static bool spoils_seeking(sb_media_event_kind kind)
{
    switch (kind) {
    case SB_MEDIA_DAMAGE:
    case SB_MEDIA_TRUNCATED:
    case SB_MEDIA_GAP:
    case SB_MEDIA_DISCONTINUITY:
    case SB_MEDIA_RESET:
    case SB_MEDIA_SEAM:
        return true;
    case SB_MEDIA_DURATION:
    case SB_MEDIA_NON_FINITE:
    case SB_MEDIA_OVER_FULL:
        return false;
    }
    return true;
}

static bool joins(sb_media_report *report, sb_media_event_kind kind, sb_time at, sb_time length)
{
    if (kind != SB_MEDIA_DAMAGE || report->n_events == 0)
        return false;
    sb_media_event *last = &report->events[report->n_events - 1];
    if (last->kind != kind || at - (last->at + last->length) > SB_TIME_SECOND)
        return false;
    if (at + length - last->at > last->length)
        last->length = at + length - last->at;
    return true;
}

void sb_events_add(sb_media_report *report, sb_media_event_kind kind, sb_time at, sb_time length,
                   const char *format, ...)
{
    report->damaged |= kind == SB_MEDIA_DAMAGE || kind == SB_MEDIA_TRUNCATED;
    report->seek_safe &= !spoils_seeking(kind);
    if (joins(report, kind, at, length))
        return;
    if (report->n_events >= SB_EVENTS_MAX ||
        !sb_push_room(&report->events, report->n_events, sizeof *report->events)) {
        report->n_events_dropped++;
        return;
    }
    sb_media_event *event = &report->events[report->n_events++];
    *event = (sb_media_event){.kind = kind, .at = at, .length = length};
    char place[SB_TIME_TEXT];
    int n = snprintf(event->text, sizeof event->text, "%s: ", sb_time_print(place, at, 3));
    va_list args;
    va_start(args, format);
    vsnprintf(event->text + n, sizeof event->text - (size_t)n, format, args);
    va_end(args);
}

void sb_events_finish(sb_media_report *report)
{
    free(report->events);
    *report = (sb_media_report){0};
}

const char *sb_media_first_damage(const sb_media_report *report)
{
    for (size_t i = 0; i < report->n_events; i++)
        if (report->events[i].kind == SB_MEDIA_DAMAGE || report->events[i].kind == SB_MEDIA_TRUNCATED)
            return report->events[i].text;
    return NULL;
}
