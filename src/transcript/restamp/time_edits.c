#include "transcript/transcript.h"

#include <stdlib.h>

#include "base/run/run.h"
#include "base/text/text.h"

void sb_time_edits_measure(sb_time_edits *edits, sb_range range)
{
    sb_stamp_style_add(&edits->style, edits->source + range.at, range.length);
}

void sb_time_edits_add(sb_time_edits *edits, sb_range range, sb_time time, sb_time unit)
{
    if (range.length == 0)
        return;
    if (!sb_grow(&edits->items, edits->n_items, &edits->capacity, sizeof *edits->items)) {
        edits->failed = true;
        return;
    }
    edits->items[edits->n_items++] = (sb_time_edit){range, time, unit};
}

static int compare_edits(const void *a, const void *b)
{
    const sb_time_edit *left = a, *right = b;
    if (left->range.at != right->range.at)
        return left->range.at < right->range.at ? -1 : 1;
    return (left->range.length < right->range.length) - (left->range.length > right->range.length);
}

static void make_edits(sb_bytes *out, const sb_time_edits *edits)
{
    const char *source = edits->source;
    size_t at = 0;
    for (size_t i = 0; i < edits->n_items; i++) {
        const sb_time_edit *edit = &edits->items[i];
        size_t end = edit->range.at + edit->range.length;
        if (edit->range.at > at)
            sb_bytes_append(out, source + at, edit->range.at - at);
        if (edit->range.at >= at && edit->time != SB_TIME_NONE)
            sb_stamp_respell(out, source + edit->range.at, edit->range.length, edit->time, &edits->style,
                             edit->unit, edits->rounds);
        if (end > at)
            at = end;
    }
    sb_bytes_append(out, source + at, edits->size - at);
}

bool sb_time_edits_apply(sb_bytes *out, sb_time_edits *edits, const char *encoding)
{
    sb_bytes text = {.failed = edits->failed};
    *out = (sb_bytes){0};
    if (edits->n_items > 1)
        qsort(edits->items, edits->n_items, sizeof *edits->items, compare_edits);
    make_edits(&text, edits);
    if (!text.failed)
        sb_encoding_encode(out, text.data, text.size, encoding);
    bool failed = text.failed || out->failed;
    sb_bytes_finish(&text);
    free(edits->items);
    *edits = (sb_time_edits){0};
    if (failed)
        sb_bytes_finish(out);
    return !failed;
}
