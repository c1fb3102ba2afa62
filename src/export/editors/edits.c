#include "export/editors/edits.h"
#include "export/labels/labels.h"

#include "base/run/run.h"

#include <stdlib.h>

/* Frames of a fixed length, or samples at a rate. */
typedef struct grid {
    sb_time unit;
    int rate;
} grid;

static int64_t first_of(const grid *g, sb_time t)
{
    return g->rate ? sb_time_to_samples(t, g->rate) : t / g->unit;
}

static int64_t end_in_units(const grid *g, sb_time t)
{
    return g->rate ? sb_time_to_samples(t, g->rate) : (t + g->unit - 1) / g->unit;
}

static void add_edit(sb_edits *edits, const grid *g, const sb_aligned_turn *turn, sb_span span)
{
    int64_t in = first_of(g, span.start), out = end_in_units(g, span.end);
    int64_t length = out > in ? out - in : 1;
    edits->items[edits->n_items++] = (sb_edit){turn, in, length, edits->length};
    edits->length += length;
    if (in + length > edits->source_length)
        edits->source_length = in + length;
}

static sb_status make_edits(sb_edits *out, const sb_alignment *alignment, const grid *g, sb_notes *notes,
                            sb_error *err)
{
    *out = (sb_edits){0};
    sb_labels labels;
    sb_status status = sb_labels_make(&labels, alignment, SB_LABEL_TURNS, notes, err);
    if (status != SB_OK)
        return status;
    out->items = calloc(labels.n_items + 1, sizeof *out->items);
    if (!out->items)
        status = sb_error_memory(err, "exporting");
    if (alignment->audio.duration != SB_TIME_NONE)
        out->source_length = end_in_units(g, alignment->audio.duration);
    for (size_t i = 0; status == SB_OK && i < labels.n_items; i++)
        add_edit(out, g, &alignment->turns[labels.items[i].turn], labels.items[i].span);
    sb_labels_finish(&labels);
    return status;
}

sb_status sb_edits_make(sb_edits *out, const sb_alignment *alignment, sb_time unit, sb_notes *notes,
                        sb_error *err)
{
    return make_edits(out, alignment, &(grid){.unit = unit}, notes, err);
}

sb_status sb_edits_make_samples(sb_edits *out, const sb_alignment *alignment, int rate, sb_notes *notes,
                                sb_error *err)
{
    return make_edits(out, alignment, &(grid){.rate = rate}, notes, err);
}

void sb_edits_finish(sb_edits *edits)
{
    free(edits->items);
    *edits = (sb_edits){0};
}

int sb_edits_rate(const sb_alignment *alignment)
{
    return alignment->audio.sample_rate > 0 ? alignment->audio.sample_rate : 48000;
}
