#include "quote/find/find.h"

#include <ctype.h>
#include <math.h>
#include <stdlib.h>

#include "base/run/run.h"

#define FAR 1000

/* Seconds by which `value` is outside low ... high, either of which may be open. */
static double beyond(sb_time low, sb_time value, sb_time high)
{
    if (low != SB_TIME_NONE && value < low)
        return sb_time_to_seconds(low) - sb_time_to_seconds(value);
    return high != SB_TIME_NONE && value > high ? sb_time_to_seconds(value) - sb_time_to_seconds(high) : 0;
}

/* The distance of a match from the requested times. A match that overlaps them is nearer than one that
 * does not. */
static double selection_distance(const sb_selection *s, sb_span span)
{
    if (span.start == SB_TIME_NONE || span.end == SB_TIME_NONE)
        return HUGE_VAL;
    sb_time_limits l = sb_time_limits_of(s);
    double apart = beyond(l.from, span.end, SB_TIME_NONE) + beyond(SB_TIME_NONE, span.start, l.until);
    double over = beyond(l.from, span.start, SB_TIME_NONE) + beyond(SB_TIME_NONE, span.end, l.until);
    return FAR * apart + over + beyond(l.min_length, span.end - span.start, l.max_length);
}

static void take_nearest(sb_matches *out, sb_matches *others, const sb_selection *selection,
                         sb_nearest_why why)
{
    sb_match *best = others->items;
    for (size_t i = 1; i < others->n_items; i++)
        if (selection_distance(selection, others->items[i].span) < selection_distance(selection, best->span))
            best = &others->items[i];
    out->nearest = best->text;
    out->nearest_at = best->span.start;
    out->nearest_speaker = best->speaker;
    out->nearest_why = why;
    best->text = NULL;
}

static void take_over(sb_matches *out, sb_matches *others)
{
    out->nearest = others->nearest;
    out->nearest_at = others->nearest_at;
    out->nearest_speaker = others->nearest_speaker;
    out->nearest_why = others->nearest_why;
    others->nearest = NULL;
}

/* Removes the times, or if there are none the speaker. Without a phrase or regex the speaker stays, because
 * then nothing else is left to search for. */
static bool relax(sb_selection *selection, sb_nearest_why *why)
{
    if (sb_selection_has_bounds(selection) || selection->min_length || selection->max_length ||
        selection->has_max_length) {
        selection->from = selection->until = selection->min_length = selection->max_length = 0;
        selection->has_from = selection->has_until = selection->has_max_length = false;
        selection->from_phrase = selection->until_phrase = NULL;
        *why = SB_NEAREST_BY_TIME;
        return true;
    }
    if (!selection->n_speakers ||
        (!selection->n_phrases && !selection->n_regexes && !selection->n_near && !selection->n_sounds))
        return false;
    selection->n_speakers = 0;
    *why = SB_NEAREST_BY_SPEAKER;
    return true;
}

static sb_status look(sb_matches *out, const sb_alignment *alignment, const sb_selection *asked,
                      const sb_selection *wider, sb_nearest_why why, sb_find_matches *find, sb_error *err)
{
    sb_matches *others;
    sb_status status = find(&others, alignment, wider, err);
    if (status != SB_OK)
        return status;
    if (others->n_items)
        take_nearest(out, others, asked, why);
    else
        take_over(out, others);
    sb_matches_free(&others);
    return SB_OK;
}

/* Turns "\bscal(e|ing)" into " scal e ing ". */
static char *letters_of(const char *regex)
{
    char *text = sb_copy_text(regex, NULL);
    bool escaped = false;
    for (char *at = text; at && *at; at++) {
        bool escapes = *at == '\\' && !escaped;
        if (escaped || ispunct((unsigned char)*at))
            *at = ' ';
        escaped = escapes;
    }
    return text;
}

/* A regex cannot be compared with text for similarity, but its letters can. */
static sb_status look_for_letters(sb_matches *out, const sb_alignment *alignment,
                                  const sb_selection *selection, sb_find_matches *find, sb_error *err)
{
    char *letters = letters_of(selection->regexes[0]);
    sb_selection wider = *selection;
    sb_error unlike = {0};
    if (!letters)
        return sb_error_memory(err, "searching");
    wider.phrases = (const char *const *)&letters;
    wider.n_phrases = 1;
    wider.n_regexes = 0;
    sb_status status = look(out, alignment, selection, &wider, SB_NEAREST_BY_WORDS, find, &unlike);
    free(letters);
    return status == SB_ERR_MEMORY ? sb_error_set(err, status, "%s", unlike.message) : SB_OK;
}

sb_status sb_nearest_elsewhere(sb_matches *out, const sb_alignment *alignment, const sb_selection *selection,
                               sb_find_matches *find, sb_error *err)
{
    sb_selection wider = *selection;
    sb_nearest_why why;
    wider.limit = wider.match = wider.n_more_matches = 0;
    if (relax(&wider, &why))
        return look(out, alignment, selection, &wider, why, find, err);
    if (selection->n_regexes && !selection->n_phrases)
        return look_for_letters(out, alignment, &wider, find, err);
    return SB_OK;
}

sb_status sb_nearest_set(sb_matches *out, const sb_runs *runs, const sb_hit *hit, sb_nearest_why why,
                         sb_error *err)
{
    out->nearest = sb_runs_text(runs, hit->first, hit->last);
    out->nearest_at = sb_hit_span(runs, hit).start;
    out->nearest_speaker = runs->items[hit->run].speaker;
    out->nearest_why = why;
    return out->nearest ? SB_OK : sb_error_memory(err, "searching");
}

sb_status sb_nearest_by_words(sb_matches *out, const sb_phrase_text *text, const char *const *texts, size_t n,
                              sb_error *err)
{
    double least = 2;
    sb_hit nearest = {0};
    for (size_t i = 0; i < n; i++) {
        sb_pattern pattern;
        sb_hit hit;
        bool found = false;
        double cost = 0;
        sb_status status = sb_pattern_init(&pattern, texts[i], err);
        if (status == SB_OK)
            status = sb_phrase_nearest(&hit, &found, &cost, text, &pattern, err);
        sb_pattern_finish(&pattern);
        if (status != SB_OK)
            return status;
        if (!found || cost >= least)
            continue;
        least = cost;
        nearest = hit;
    }
    return least > 1 ? SB_OK : sb_nearest_set(out, text->runs, &nearest, SB_NEAREST_BY_WORDS, err);
}
