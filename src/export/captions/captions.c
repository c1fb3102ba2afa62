#include "export/export.h"

#include <stdlib.h>

#include "base/run/run.h"
#include "base/text/text.h"
#include "export/captions/captions.h"
#include "export/text/text.h"
#include "export/writers/writers.h"

#define OUTSIDE (500 * SB_TIME_MS) /* farther than a cut moves from the times of its words */

/* The state while captions are made. `own` is the transcript if it came as captions, otherwise NULL. */
typedef struct caption_maker {
    const sb_alignment *alignment;
    const sb_caption_params *params;
    sb_captions *captions;
    sb_caption_items turn_items;
    sb_time *untils; /* one for each item in captions->words */
    size_t last_turn;
    bool whole;
    sb_transcript *own;
    sb_error *err;
} caption_maker;

void sb_captions_finish(sb_captions *captions)
{
    free(captions->items);
    sb_caption_items_finish(&captions->words);
    *captions = (sb_captions){0};
}

static const char *last_speaker(const caption_maker *m)
{
    return m->captions->words.n_items ? m->alignment->turns[m->last_turn].speaker : NULL;
}

/* In a bare transcript only timestamps are known, so each turn has its own cues. */
static bool begins_cue(const caption_maker *m, size_t turn, bool new_passage)
{
    const sb_caption_items *words = &m->captions->words;
    if (words->n_items == 0 || new_passage || m->own || m->alignment->method == SB_METHOD_NONE)
        return true;
    return !sb_same_text(last_speaker(m), m->alignment->turns[turn].speaker) ||
           m->turn_items.items[0].start < words->items[words->n_items - 1].start;
}

static sb_status add_cue_item(caption_maker *m, const sb_caption_item *item, sb_time until)
{
    sb_caption_items *words = &m->captions->words;
    size_t before = words->n_items;
    sb_status status = m->own ? sb_caption_items_push(words, item, m->err)
                              : sb_caption_items_split(words, item, m->params->max_line_width, m->err);
    if (status != SB_OK)
        return status;
    for (size_t i = before; i < words->n_items; i++) {
        if (!sb_push_room(&m->untils, i, sizeof *m->untils))
            return sb_error_memory(m->err, "making captions");
        m->untils[i] = until;
    }
    return SB_OK;
}

static sb_time placed(const caption_maker *m, sb_time t, const sb_caption_span *span)
{
    t += span->shift;
    if (m->whole)
        return t;
    if (t < span->within.start)
        t = span->within.start;
    return span->within.end != SB_TIME_NONE && t > span->within.end ? span->within.end : t;
}

/* If people speak at the same time, a passage may have words of a turn that lie outside of it. */
static void drop_outside(caption_maker *m, const sb_caption_span *span)
{
    sb_caption_items *items = &m->turn_items;
    size_t kept = 0;
    for (size_t i = 0; i < items->n_items; i++) {
        sb_caption_item item = items->items[i];
        sb_time start = item.start + span->shift, end = item.end + span->shift;
        bool after = span->within.end != SB_TIME_NONE && start >= span->within.end + OUTSIDE;
        if (end > span->within.start - OUTSIDE && !after)
            items->items[kept++] = item;
    }
    items->n_items = kept;
}

static sb_status add_turn_items(caption_maker *m, const sb_caption_span *span, size_t turn, bool new_passage)
{
    sb_caption_items *items = &m->turn_items;
    const char *speaker = m->alignment->turns[turn].speaker;
    for (size_t i = 0; i < items->n_items; i++) {
        items->items[i].start = placed(m, items->items[i].start, span);
        items->items[i].end = placed(m, items->items[i].end, span);
    }
    sb_status status = SB_OK;
    bool breaks = begins_cue(m, turn, new_passage);
    if (m->params->names && !sb_same_text(last_speaker(m), speaker)) {
        sb_caption_item name = sb_caption_name(speaker, turn, items->items[0].start);
        name.breaks = true;
        breaks = false;
        status = add_cue_item(m, &name, span->within.end);
    }
    items->items[0].breaks = breaks;
    for (size_t i = 0; status == SB_OK && i < items->n_items; i++)
        status = add_cue_item(m, &items->items[i], span->within.end);
    m->last_turn = turn;
    return status;
}

/* A turn without a place is between its neighbours. */
static sb_span span_between(const caption_maker *m, size_t turn, const sb_caption_span *span)
{
    sb_time at = SB_TIME_NONE;
    for (size_t t = turn; at == SB_TIME_NONE && t-- > span->first_turn;)
        at = m->alignment->turns[t].end;
    for (size_t t = turn + 1; at == SB_TIME_NONE && t <= span->last_turn && t < m->alignment->n_turns; t++)
        at = m->alignment->turns[t].start;
    return (sb_span){at, at};
}

static sb_span span_of_turn(const caption_maker *m, size_t turn, const sb_caption_span *span)
{
    if (m->alignment->turns[turn].start == SB_TIME_NONE && !m->whole)
        return span_between(m, turn, span);
    if (m->whole && !m->own && m->alignment->method == SB_METHOD_NONE)
        return sb_caption_turn_span(m->alignment, turn, m->params);
    return (sb_span){m->alignment->turns[turn].start, m->alignment->turns[turn].end};
}

static sb_status add_span(caption_maker *m, const sb_caption_span *span)
{
    bool new_passage = !span->goes_on;
    sb_status status = SB_OK;
    for (size_t t = span->first_turn; status == SB_OK && t <= span->last_turn; t++) {
        if (t >= m->alignment->n_turns)
            break;
        sb_caption_words words = {.alignment = m->alignment,
                                  .turn = t,
                                  .span = span_of_turn(m, t, span),
                                  .first = t == span->first_turn ? span->first_word : 0,
                                  .last = t == span->last_turn ? span->last_word : SIZE_MAX,
                                  .events_around = m->whole};
        m->turn_items.n_items = 0;
        if (words.span.start == SB_TIME_NONE)
            continue;
        status = sb_caption_items_add(&m->turn_items, &words, m->err);
        if (status == SB_OK && !m->whole)
            drop_outside(m, span);
        if (status != SB_OK || m->turn_items.n_items == 0)
            continue;
        status = add_turn_items(m, span, t, new_passage);
        new_passage = false;
    }
    return status;
}

/* A word's highlight must be inside its cue. */
static void keep_within(sb_caption_item *items, size_t n, sb_span span)
{
    sb_time at = span.start;
    for (size_t i = 0; i < n; i++) {
        sb_time start = items[i].start > at ? items[i].start : at;
        items[i].start = start < span.end ? start : span.end;
        sb_time end = items[i].end > items[i].start ? items[i].end : items[i].start;
        items[i].end = end < span.end ? end : span.end;
        at = items[i].start;
    }
}

static sb_status add_cue(caption_maker *m, sb_caption_layout *layout, size_t first, size_t last, sb_span span,
                         size_t n_lines)
{
    sb_captions *captions = m->captions;
    sb_caption_item *items = &captions->words.items[first];
    if (!sb_grow(&captions->items, captions->n_items, &captions->capacity, sizeof *captions->items))
        return sb_error_memory(m->err, "making captions");
    keep_within(items, last - first + 1, span);
    captions->items[captions->n_items++] =
        (sb_caption){.turn = items->turn,
                     .speaker = m->alignment->turns[items->turn].speaker,
                     .start = span.start,
                     .end = span.end,
                     .items = items,
                     .n_items = last - first + 1,
                     .n_lines = n_lines,
                     .width = sb_caption_layout_width(layout, first, last)};
    return SB_OK;
}

static sb_status add_new_cues(caption_maker *m, sb_caption_layout *layout)
{
    size_t n = 0;
    size_t *firsts = sb_caption_cues(layout, &n);
    sb_status status = firsts ? SB_OK : sb_error_memory(m->err, "making captions");
    for (size_t i = 0; status == SB_OK && i < n; i++) {
        size_t first = firsts[i], last = firsts[i + 1] - 1;
        sb_span span = sb_caption_times(layout, first, last);
        size_t n_lines = sb_caption_lines_set(layout, first, last);
        status = add_cue(m, layout, first, last, span, n_lines);
    }
    free(firsts);
    return status;
}

/* A cue of the transcript keeps its text but must not extend into an inserted passage. */
static sb_time end_before_insertion(const sb_alignment *a, sb_span cue)
{
    for (size_t b = 0; b < a->n_breaks; b++)
        if (a->breaks[b].gap > 0 && cue.start < a->breaks[b].audio.start && cue.end >= a->breaks[b].audio.end)
            cue.end = a->breaks[b].audio.start;
    return cue.end;
}

static sb_status add_own_cue(caption_maker *m, sb_caption_layout *layout, size_t first, size_t last)
{
    sb_caption_item *items = &m->captions->words.items[first];
    const sb_aligned_turn *turn = &m->alignment->turns[items->turn];
    size_t n_names = items->kind == SB_CAPTION_NAME;
    sb_span span = {turn->start > 0 ? turn->start : 0,
                    turn->end != SB_TIME_NONE ? turn->end : items[last - first].end};
    span.end = end_before_insertion(m->alignment, span);
    if (span.end / SB_TIME_MS <= span.start / SB_TIME_MS)
        span.end = span.start + SB_TIME_MS;
    bool ok = true;
    size_t n_lines =
        sb_caption_own_lines(items + n_names, last - first + 1 - n_names, m->own, items->turn, &ok);
    if (!ok)
        return sb_error_memory(m->err, "making captions");
    if (n_lines == 0)
        n_lines = sb_caption_lines_set(layout, first, last);
    return add_cue(m, layout, first, last, span, n_lines);
}

static sb_status add_own_cues(caption_maker *m, sb_caption_layout *layout)
{
    sb_status status = SB_OK;
    for (size_t first = 0, last; status == SB_OK && first < layout->n_items; first = last + 1) {
        for (last = first; last + 1 < layout->n_items && !layout->items[last + 1].breaks;)
            last++;
        status = add_own_cue(m, layout, first, last);
    }
    return status;
}

/* A cue begins where an inserted passage ends, and the cue before ends where the passage begins. */
static void part_at_insertions(caption_maker *m)
{
    const sb_alignment *a = m->alignment;
    sb_caption_item *items = m->captions->words.items;
    for (size_t i = 1, b = 0; i < m->captions->words.n_items; i++)
        for (; b < a->n_breaks; b++) {
            sb_span ad = a->breaks[b].audio;
            if (items[i].start < ad.start + (ad.end - ad.start) / 2)
                break;
            if (a->breaks[b].gap <= 0 || items[i - 1].start >= ad.start || m->own)
                continue;
            items[i].breaks = true;
            m->untils[i - 1] = items[i - 1].end > ad.start ? items[i - 1].end : ad.start;
        }
}

static sb_status make_captions(caption_maker *m, const sb_caption_span *spans, size_t n)
{
    sb_status status = SB_OK;
    for (size_t i = 0; status == SB_OK && i < n; i++)
        status = add_span(m, &spans[i]);
    sb_caption_layout layout = {.items = m->captions->words.items,
                                .n_items = m->captions->words.n_items,
                                .params = m->params,
                                .untils = m->untils};
    if (status == SB_OK)
        status = sb_caption_layout_init(&layout, m->err);
    if (status == SB_OK && m->whole)
        part_at_insertions(m);
    if (status == SB_OK)
        status = m->own ? add_own_cues(m, &layout) : add_new_cues(m, &layout);
    if (status == SB_OK)
        status = sb_captions_put_in_order(m->captions, m->params, m->err);
    sb_caption_layout_finish(&layout);
    sb_caption_items_finish(&m->turn_items);
    free(m->untils);
    if (status != SB_OK)
        sb_captions_finish(m->captions);
    return status;
}

sb_status sb_captions_of_spans(sb_captions *out, const sb_alignment *alignment, const sb_caption_span *spans,
                               size_t n, const sb_caption_params *params, sb_error *err)
{
    sb_caption_params defaults = SB_CAPTION_WIDE;
    *out = (sb_captions){0};
    caption_maker m = {
        .alignment = alignment, .params = params ? params : &defaults, .captions = out, .err = err};
    return make_captions(&m, spans, n);
}

sb_status sb_captions_make(sb_captions *out, const sb_alignment *alignment, const sb_caption_params *params,
                           sb_error *err)
{
    sb_caption_params defaults = SB_CAPTION_WIDE;
    *out = (sb_captions){0};
    caption_maker m = {.alignment = alignment,
                       .params = params ? params : &defaults,
                       .captions = out,
                       .whole = true,
                       .err = err};
    sb_status status = SB_OK;
    if (sb_source_is(alignment, "srt") || sb_source_is(alignment, "vtt"))
        status = sb_source_read(&m.own, alignment, err);
    sb_caption_span all = {.last_turn = SIZE_MAX, .within = {0, alignment->audio.duration}};
    if (m.own || alignment->method == SB_METHOD_NONE)
        all.within.end = SB_TIME_NONE;
    if (status == SB_OK)
        status = make_captions(&m, &all, 1);
    sb_transcript_free(&m.own);
    return status;
}
