#include "fingerprint/fingerprint.h"

#include "base/run/run.h"

#include <stdlib.h>

#define LEAST_S        4.0
#define LEAST_EVER_S   3.0
#define WITHIN_DEFAULT 100
/* Codes at the edges of a passage describe other sound too, but are still alike enough to match. So much
 * sound of the first and of the last code of a match lies outside the passage, in seconds: medians of the
 * bench `recurrences`. */
#define BEFORE_START_S 0.72
#define AFTER_END_S    1.79

static size_t codes_of(const sb_fingerprint *print, sb_time least)
{
    sb_time rest = least - print->reach + sb_time_from_seconds(BEFORE_START_S + AFTER_END_S);
    return rest <= 0 ? 1 : (size_t)(rest / print->hop) + 1;
}

static size_t least_codes(const sb_fingerprint *recordings, size_t n, const sb_recurrence_params *params)
{
    sb_time least = params && params->least ? params->least : sb_time_from_seconds(LEAST_S);
    if (least < sb_time_from_seconds(LEAST_EVER_S))
        least = sb_time_from_seconds(LEAST_EVER_S);
    for (size_t i = 0; i < n; i++)
        if (recordings[i].n_codes)
            return codes_of(&recordings[i], least);
    return 1;
}

/* A passage that matches from the first code on, or up to the last, begins or ends with the recording. */
static sb_recurrence_place place_of(const sb_fingerprint *print, const sb_print_part *part)
{
    sb_time start = (sb_time)part->first * print->hop;
    sb_time end = ((sb_time)part->end - 1) * print->hop + print->reach;
    if (part->first > 0)
        start += sb_time_from_seconds(BEFORE_START_S);
    if (part->end < print->n_codes)
        end -= sb_time_from_seconds(AFTER_END_S);
    return (sb_recurrence_place){.recording = part->recording, .start = start, .end = end};
}

static bool describe(sb_recurrences *out, const sb_fingerprint *recordings, const sb_print_parts *parts)
{
    if (parts->n_items == 0)
        return true;
    out->items = calloc(parts->n_items, sizeof *out->items);
    if (!out->items)
        return false;
    out->n_items = parts->n_items;
    for (size_t i = 0; i < parts->n; i++) {
        const sb_print_part *part = &parts->items[i];
        sb_recurrence *item = &out->items[part->item];
        if (!sb_push_room(&item->places, item->n_places, sizeof *item->places))
            return false;
        item->places[item->n_places++] = place_of(&recordings[part->recording], part);
    }
    return true;
}

sb_status sb_recurrences_find(sb_recurrences *out, const sb_fingerprint *recordings, size_t n,
                              const sb_recurrence_params *params, sb_error *err)
{
    *out = (sb_recurrences){0};
    sb_print_matches matches = {0};
    sb_print_parts parts = {0};
    size_t least = least_codes(recordings, n, params);
    size_t within = params && params->within ? params->within : WITHIN_DEFAULT;
    sb_status status =
        sb_print_matches_find(&matches, recordings, n, least, within, params ? params->monitor : NULL, err);
    if (status == SB_OK)
        status = sb_print_parts_of(&parts, &matches, least, err);
    if (status == SB_OK && !describe(out, recordings, &parts))
        status = sb_error_memory(err, "comparing recordings");
    sb_print_matches_finish(&matches);
    sb_print_parts_finish(&parts);
    if (status != SB_OK)
        sb_recurrences_finish(out);
    return status;
}

void sb_recurrences_finish(sb_recurrences *recurrences)
{
    for (size_t i = 0; i < recurrences->n_items; i++)
        free(recurrences->items[i].places);
    free(recurrences->items);
    *recurrences = (sb_recurrences){0};
}
