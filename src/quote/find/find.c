#include <stdlib.h>

#include "base/run/run.h"
#include "base/run/watch.h"
#include "quote/find/find.h"

static bool number_wanted(const sb_selection *selection, size_t number)
{
    for (size_t i = 0; i < selection->n_more_matches; i++)
        if (number >= selection->more_matches[i].first && number <= selection->more_matches[i].last)
            return true;
    return selection->match == 0 || selection->match == number;
}

static bool is_avoided(const sb_selection *selection, sb_span span)
{
    for (size_t i = 0; i < selection->n_avoid && span.start != SB_TIME_NONE; i++) {
        const sb_span *avoid = &selection->avoid[i];
        sb_time start = avoid->start > span.start ? avoid->start : span.start,
                end = avoid->end < span.end ? avoid->end : span.end;
        if (2 * (end - start) >= span.end - span.start)
            return true;
    }
    return false;
}

static void remove_avoided(sb_matches *out, sb_match_search *s)
{
    size_t kept = 0;
    for (size_t i = 0; i < s->hits.n_items; i++)
        if (s->is_passage || !is_avoided(s->selection, sb_hit_span(&s->runs, &s->hits.items[i])))
            s->hits.items[kept++] = s->hits.items[i];
    out->n_avoided = s->hits.n_items - kept;
    s->hits.n_items = kept;
}

static sb_status add_matches(sb_matches *out, const sb_match_search *s, sb_error *err)
{
    size_t n = s->hits.n_items, limit = s->selection->limit;
    out->items = calloc(n + 1, sizeof *out->items);
    if (!out->items)
        return sb_error_memory(err, "searching");
    out->n_found = n;
    for (size_t i = 0; i < n && (limit == 0 || out->n_items < limit); i++) {
        if (!number_wanted(s->selection, i + 1))
            continue;
        sb_match *match = &out->items[out->n_items];
        sb_status status = sb_match_make(match, &s->runs, &s->hits.items[i], err);
        if (status != SB_OK)
            return status;
        match->number = i + 1;
        match->is_passage = s->is_passage;
        if (s->is_passage)
            match->asked = s->bounds.asked;
        out->n_items++;
        if (s->is_passage && sb_match_trim(match, &s->runs, &s->hits.items[i], err))
            return SB_ERR_MEMORY;
    }
    return SB_OK;
}

/* The times select a piece of audio that has no transcript. */
static sb_status add_sound(sb_matches *out, const sb_alignment *alignment, const sb_selection *selection,
                           sb_error *err)
{
    out->items = calloc(1, sizeof *out->items);
    if (!out->items)
        return sb_error_memory(err, "searching");
    sb_status status = sb_match_without_words(out->items, alignment, selection, err);
    out->n_items = out->n_found = !status;
    return status;
}

static bool is_sound(const sb_match_search *s, const sb_alignment *alignment)
{
    return s->is_passage && !s->runs.n_words && alignment->n_turns == 1 && !s->selection->from_phrase &&
           !s->selection->until_phrase;
}

static sb_status add_nearest(sb_matches *out, sb_match_search *s, const sb_alignment *alignment,
                             sb_error *err)
{
    const sb_selection *selection = s->selection;
    sb_status status = sb_nearest_elsewhere(out, alignment, selection, sb_matches_find, err);
    if (status != SB_OK || out->nearest)
        return status;
    if (selection->n_phrases) {
        status = sb_match_search_alike(s, err);
        if (status == SB_OK && s->hits.n_items) {
            bool is_near = s->hits.items[0].how == SB_MATCH_NEAR;
            return sb_nearest_set(out, &s->runs, s->hits.items,
                                  is_near ? SB_NEAREST_BY_ORDER : SB_NEAREST_BY_SOUND, err);
        }
    }
    if (status == SB_OK && selection->n_phrases)
        status = sb_nearest_by_words(out, &s->phrases, selection->phrases, selection->n_phrases, err);
    else if (status == SB_OK && selection->n_near)
        status = sb_nearest_by_words(out, &s->phrases, selection->near, selection->n_near, err);
    else if (status == SB_OK && selection->n_sounds)
        status = sb_nearest_by_words(out, &s->phrases, selection->sounds, selection->n_sounds, err);
    return status;
}

static sb_status find_matches(sb_matches **out, const sb_alignment *alignment, const sb_selection *selection,
                              bool wants_nearest, const sb_dictionary *model, sb_error *err)
{
    *out = NULL;
    sb_status status = sb_selection_check(selection, err);
    if (status != SB_OK)
        return status;
    sb_match_search s = {0};
    sb_memory_watch();
    sb_matches *matches = calloc(1, sizeof *matches);
    if (!matches) {
        status = sb_error_memory(err, "searching");
        goto done;
    }
    matches->nearest_at = SB_TIME_NONE;
    status = sb_match_search_init(&s, alignment, selection, err);
    matches->no_such_speaker = status == SB_OK && selection->n_speakers && !s.wants_somebody;
    s.model = model;
    if (status == SB_OK && is_sound(&s, alignment)) {
        status = add_sound(matches, alignment, selection, err);
        goto done;
    }
    if (status == SB_OK)
        status = sb_bounds_find(&s.bounds, matches, &s.runs, selection, sb_matches_find, err);
    if (status == SB_OK)
        status = sb_match_search_run(&s, err);
    if (status == SB_OK) {
        remove_avoided(matches, &s);
        status = add_matches(matches, &s, err);
    }
    if (status == SB_OK && wants_nearest && s.hits.n_items == 0 && !matches->n_avoided && !matches->missing)
        status = add_nearest(matches, &s, alignment, err);
done:
    if (status == SB_OK && sb_memory_failed())
        status = sb_error_memory(err, "searching");
    sb_match_search_finish(&s);
    if (status == SB_OK)
        *out = matches;
    else
        sb_matches_free(&matches);
    return status;
}

sb_status sb_matches_find(sb_matches **out, const sb_alignment *alignment, const sb_selection *selection,
                          sb_error *err)
{
    return find_matches(out, alignment, selection, true, NULL, err);
}

sb_status sb_matches_find_only(sb_matches **out, const sb_alignment *alignment, const sb_selection *selection,
                               const sb_dictionary *model, sb_error *err)
{
    return find_matches(out, alignment, selection, false, model, err);
}
