#include "export/captions.h"

#include <stdlib.h>

#include "base/memory.h"
#include "export/own_lines.h"
#include "export/writer.h"

/* The making of the cues; `source` is the transcript where it came as captions, else NULL. */
typedef struct cue_maker {
    const sb_alignment *alignment;
    sb_transcript *source;
    sb_caption_items items;
    sb_captions *cues;
    sb_error *err;
} cue_maker;

static sb_status out_of_memory(sb_error *err)
{
    return sb_error_set(err, SB_ERR_MEMORY, "out of memory");
}

void sb_captions_finish(sb_captions *cues)
{
    for (size_t i = 0; i < cues->n_items; i++)
        free(cues->items[i].text);
    free(cues->items);
    *cues = (sb_captions){0};
}

/* Adds the items first ... last. Takes `text`, which may be NULL for want of memory. */
static sb_status add_cue(cue_maker *m, sb_span span, size_t turn, size_t first, size_t last, char *text)
{
    sb_captions *cues = m->cues;
    sb_caption cue = {.turn = turn,
                      .begins_turn = first == 0,
                      .start = span.start > 0 ? span.start : 0,
                      .text = text,
                      .width = sb_caption_width(&m->items, first, last)};
    /* Captions are written in milliseconds, and none may be empty there. */
    cue.end = span.end / SB_TIME_MS > cue.start / SB_TIME_MS ? span.end : cue.start + SB_TIME_MS;
    if (!cue.text || !sb_grow(&cues->items, cues->n_items, &cues->capacity, sizeof *cues->items)) {
        free(cue.text);
        return out_of_memory(m->err);
    }
    cues->items[cues->n_items++] = cue;
    return SB_OK;
}

static sb_status add_own_cue(cue_maker *m, size_t turn)
{
    const sb_aligned_turn *t = &m->alignment->turns[turn];
    size_t last = m->items.n_items - 1;
    bool ok = true;
    char *text = sb_caption_own_lines(&m->items, m->source, turn, &ok);
    if (!text && ok)
        text = sb_caption_lines(&m->items, 0, last);
    sb_span span = {t->start, t->end != SB_TIME_NONE ? t->end : m->items.items[last].end};
    return add_cue(m, span, turn, 0, last, text);
}

static sb_status add_new_cues(cue_maker *m, size_t turn)
{
    size_t n = 0;
    size_t *firsts = sb_caption_breaks(&m->items, &n);
    sb_status status = firsts ? SB_OK : out_of_memory(m->err);
    for (size_t i = 0; status == SB_OK && i < n; i++) {
        size_t first = firsts[i], last = firsts[i + 1] - 1;
        sb_time start = i == 0 ? m->alignment->turns[turn].start : m->items.items[first].start;
        sb_span span = {start, m->items.items[last].end};
        status = add_cue(m, span, turn, first, last, sb_caption_lines(&m->items, first, last));
    }
    free(firsts);
    return status;
}

static sb_status add_turn(cue_maker *m, size_t turn)
{
    const sb_aligned_turn *t = &m->alignment->turns[turn];
    if (t->start == SB_TIME_NONE)
        return SB_OK;
    sb_status status = sb_caption_items_make(&m->items, t, m->err);
    if (status != SB_OK || m->items.n_items == 0)
        return status;
    return m->source ? add_own_cue(m, turn) : add_new_cues(m, turn);
}

static sb_time time_to_read(const sb_caption *cue)
{
    sb_time wanted = (sb_time)cue->width * SB_TIME_SECOND / SB_CAPTION_SPEED;
    if (wanted < SB_CAPTION_LEAST)
        return SB_CAPTION_LEAST;
    return wanted < SB_CAPTION_MOST ? wanted : SB_CAPTION_MOST;
}

/* Lets a cue stand as long as it takes to read it, where the next one that begins later leaves the time. */
static void give_time_to_read(sb_captions *cues, sb_time duration)
{
    sb_time next = duration;
    for (size_t i = cues->n_items; i-- > 0;) {
        sb_caption *cue = &cues->items[i];
        if (i + 1 < cues->n_items && cues->items[i + 1].start > cue->start)
            next = cues->items[i + 1].start;
        bool bounded = next != SB_TIME_NONE && next > cue->start;
        sb_time end = cue->start + time_to_read(cue);
        if (bounded && next < end)
            end = next;
        if (end > cue->end)
            cue->end = end;
        if (bounded && next > cue->end && next - cue->end < SB_CAPTION_NO_GAP)
            cue->end = next;
    }
}

/* Turns of a bare transcript last to the next stamp, pauses and all. */
static void end_long_cues(sb_captions *cues)
{
    for (size_t i = 0; i < cues->n_items; i++)
        if (cues->items[i].end - cues->items[i].start > SB_CAPTION_MOST)
            cues->items[i].end = cues->items[i].start + SB_CAPTION_MOST;
}

sb_status sb_captions_make(sb_captions *out, const sb_alignment *alignment, sb_error *err)
{
    *out = (sb_captions){0};
    cue_maker m = {.alignment = alignment, .cues = out, .err = err};
    sb_status status = SB_OK;
    if (sb_source_is(alignment, "srt") || sb_source_is(alignment, "vtt"))
        status = sb_source_read(&m.source, alignment, err);
    for (size_t turn = 0; status == SB_OK && turn < alignment->n_turns; turn++)
        status = add_turn(&m, turn);
    if (status == SB_OK && !m.source) {
        end_long_cues(out);
        give_time_to_read(out, alignment->audio.duration);
    }
    sb_caption_items_finish(&m.items);
    sb_transcript_free(&m.source);
    if (status != SB_OK)
        sb_captions_finish(out);
    return status;
}
