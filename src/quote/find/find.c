#include <stdlib.h>

#include "base/run/run.h"
#include "base/text/text.h"
#include "quote/find/find.h"

/* One search. `phrases` has the text of the runs for phrases; it is made only if there are phrases. */
typedef struct search {
    const sb_selection *selection;
    sb_time_limits limits;
    sb_bounds bounds;
    bool is_passage;
    sb_expand expand;
    sb_runs runs;
    sb_phrase_text phrases;
    sb_sentences sentences;
    bool *run_wanted; /* by its speaker */
    sb_hits hits;
} search;

static void search_finish(search *s)
{
    sb_hits_finish(&s->hits);
    sb_sentences_finish(&s->sentences);
    if (s->phrases.of_run)
        sb_phrase_text_finish(&s->phrases);
    sb_runs_finish(&s->runs);
    free(s->run_wanted);
    *s = (search){0};
}

static sb_expand resolve_expand(const sb_selection *selection)
{
    if (selection->expand != SB_EXPAND_AUTO)
        return selection->expand;
    bool by_words = selection->n_phrases || selection->n_regexes || sb_selection_is_passage(selection);
    return by_words ? SB_EXPAND_NONE : SB_EXPAND_TURN;
}

static sb_status choose_runs(search *s, const sb_alignment *alignment, sb_error *err)
{
    sb_speakers speakers;
    sb_status status = sb_speakers_of_alignment(&speakers, alignment, err);
    if (status != SB_OK)
        return status;
    bool *wanted = calloc(speakers.n_items + 1, sizeof *wanted);
    s->run_wanted = calloc(s->runs.n_items + 1, sizeof *s->run_wanted);
    status = wanted && s->run_wanted ? sb_speakers_choose(wanted, &speakers, s->selection, err)
                                     : sb_error_memory(err, "searching");
    for (size_t r = 0; status == SB_OK && r < s->runs.n_items; r++)
        s->run_wanted[r] = wanted[speakers.of_turn[s->runs.items[r].first_row]];
    free(wanted);
    sb_speakers_finish(&speakers);
    return status;
}

static sb_status search_init(search *s, const sb_alignment *alignment, const sb_selection *selection,
                             sb_error *err)
{
    *s = (search){.selection = selection,
                  .limits = sb_time_limits_of(selection),
                  .is_passage = sb_selection_is_passage(selection),
                  .expand = resolve_expand(selection)};
    sb_status status = sb_runs_init(&s->runs, alignment, err);
    if (status == SB_OK && selection->n_phrases)
        status = sb_phrase_text_init(&s->phrases, &s->runs, err);
    if (status == SB_OK && s->expand == SB_EXPAND_SENTENCE)
        status = sb_sentences_init(&s->sentences, &s->runs, err);
    if (status != SB_OK)
        return status;
    return choose_runs(s, alignment, err);
}

static int compare_hits(const void *a, const void *b)
{
    const sb_hit *x = a, *y = b;
    if (x->first != y->first)
        return x->first < y->first ? -1 : 1;
    if (x->last != y->last)
        return x->last < y->last ? -1 : 1;
    return (x->order > y->order) - (x->order < y->order);
}

static void sort_hits(sb_hits *hits, size_t begin)
{
    if (hits->n_items > begin + 1)
        qsort(hits->items + begin, hits->n_items - begin, sizeof *hits->items, compare_hits);
}

static void drop_unwanted_speakers(search *s, size_t begin)
{
    size_t kept = begin;
    for (size_t i = begin; i < s->hits.n_items; i++)
        if (s->run_wanted[s->hits.items[i].run])
            s->hits.items[kept++] = s->hits.items[i];
    s->hits.n_items = kept;
}

/* Sorts and expands the hits of one phrase or regex, from hit `begin` on. */
static void settle_hits(search *s, size_t begin, size_t order)
{
    drop_unwanted_speakers(s, begin);
    for (size_t i = begin; i < s->hits.n_items; i++)
        s->hits.items[i].order = order;
    sort_hits(&s->hits, begin);
    sb_hits_expand(&s->hits, begin, &s->runs, &s->sentences, s->expand);
}

static sb_status find_phrases(search *s, sb_error *err)
{
    for (size_t i = 0; i < s->selection->n_phrases; i++) {
        sb_pattern pattern;
        size_t begin = s->hits.n_items;
        sb_status status = sb_pattern_init(&pattern, s->selection->phrases[i], err);
        if (status != SB_OK)
            return status;
        if (s->selection->fuzzy > 0)
            status = sb_phrase_find_fuzzy(&s->hits, &s->phrases, &pattern, s->selection->fuzzy, err);
        else
            status = sb_phrase_find(&s->hits, &s->phrases, &pattern, err);
        sb_pattern_finish(&pattern);
        if (status != SB_OK)
            return status;
        settle_hits(s, begin, i);
    }
    return SB_OK;
}

static sb_status find_regexes(search *s, sb_error *err)
{
    for (size_t i = 0; i < s->selection->n_regexes; i++) {
        size_t begin = s->hits.n_items;
        sb_status status = sb_regex_find(&s->hits, &s->runs, s->selection->regexes[i], err);
        if (status != SB_OK)
            return status;
        settle_hits(s, begin, i);
    }
    return SB_OK;
}

/* Keeps the hits that share a word with a hit of a regex. */
static sb_status keep_with_regexes(search *s, sb_error *err)
{
    sb_hits found = {0};
    sb_status status = SB_OK;
    size_t *marked_to = calloc(s->runs.n_words + 1, sizeof *marked_to);
    if (!marked_to)
        status = sb_error_memory(err, "searching");
    for (size_t i = 0; status == SB_OK && i < s->selection->n_regexes; i++)
        status = sb_regex_find(&found, &s->runs, s->selection->regexes[i], err);
    if (status != SB_OK)
        goto done;
    for (size_t i = 0; i < found.n_items; i++)
        for (size_t w = found.items[i].first; w <= found.items[i].last; w++)
            marked_to[w + 1] = 1;
    for (size_t w = 0; w < s->runs.n_words; w++)
        marked_to[w + 1] += marked_to[w];
    size_t kept = 0;
    for (size_t i = 0; i < s->hits.n_items; i++) {
        sb_hit hit = s->hits.items[i];
        if (marked_to[hit.last + 1] > marked_to[hit.first])
            s->hits.items[kept++] = hit;
    }
    s->hits.n_items = kept;
done:
    sb_hits_finish(&found);
    free(marked_to);
    return status;
}

static bool time_within(const sb_time_limits *limits, sb_span span)
{
    bool from = limits->from != SB_TIME_NONE, until = limits->until != SB_TIME_NONE;
    if ((from || until) && (span.start == SB_TIME_NONE || span.end == SB_TIME_NONE))
        return false;
    return (!from || span.start >= limits->from) && (!until || span.end <= limits->until);
}

/* Reduces a turn to the words between the phrases. */
static bool narrow_to_bounds(const search *s, sb_hit *hit)
{
    if (hit->first < s->bounds.first)
        hit->first = s->bounds.first;
    if (hit->last >= s->bounds.end)
        hit->last = s->bounds.end - 1;
    return s->bounds.end > 0 && hit->first <= hit->last;
}

/* Reduces a turn to the words within the requested times. */
static bool narrow_to_times(const search *s, sb_hit *hit)
{
    size_t first = hit->last + 1, last = hit->first;
    for (size_t w = hit->first; w <= hit->last; w++) {
        sb_span span = {sb_runs_word_start(&s->runs, w), sb_runs_word_end(&s->runs, w)};
        if (!time_within(&s->limits, span))
            continue;
        first = first > hit->last ? w : first;
        last = w;
    }
    hit->first = first;
    hit->last = last;
    return first <= last;
}

/* Adds the turn that begins with row `turn` and ends before row `end`. */
static sb_status add_turn(search *s, size_t run, size_t turn, size_t end, sb_error *err)
{
    sb_hit hit = {.run = run, .first = s->runs.row_start[turn]};
    if (s->runs.row_start[end] == hit.first)
        return SB_OK;
    hit.last = s->runs.row_start[end] - 1;
    if (!narrow_to_bounds(s, &hit) || (s->expand == SB_EXPAND_NONE && !narrow_to_times(s, &hit)))
        return SB_OK;
    return sb_hits_add(&s->hits, hit, err);
}

static sb_status add_sentences(search *s, size_t run, sb_error *err)
{
    const sb_run *r = &s->runs.items[run];
    sb_status status = SB_OK;
    for (size_t w = r->first_word, end; status == SB_OK && w < r->end_word; w = end) {
        end = s->sentences.starts[sb_sentence_of(&s->sentences, w) + 1];
        status = sb_hits_add(&s->hits, (sb_hit){.run = run, .first = w, .last = end - 1}, err);
    }
    return status;
}

/* Without a phrase or regex, each turn or sentence is a match. */
static sb_status find_by_speaker(search *s, sb_error *err)
{
    sb_status status = SB_OK;
    for (size_t r = 0; status == SB_OK && r < s->runs.n_items; r++) {
        const sb_run *run = &s->runs.items[r];
        if (!s->run_wanted[r])
            continue;
        if (s->expand == SB_EXPAND_SENTENCE)
            status = add_sentences(s, r, err);
        for (size_t t = run->first_row, end;
             status == SB_OK && s->expand != SB_EXPAND_SENTENCE && t < run->end_row; t = end) {
            end = sb_aligned_turn_end(s->runs.alignment, t);
            end = end < run->end_row ? end : run->end_row;
            status = add_turn(s, r, t, end, err);
        }
    }
    return status;
}

static bool times_hold(const search *s, const sb_hit *hit)
{
    if (s->is_passage)
        return true;
    if (hit->first < s->bounds.first || hit->last >= s->bounds.end)
        return false;
    const sb_time_limits *limits = &s->limits;
    sb_span span = sb_hit_span(&s->runs, hit);
    if (!time_within(limits, span))
        return false;
    if (limits->min_length == SB_TIME_NONE && limits->max_length == SB_TIME_NONE)
        return true;
    if (span.start == SB_TIME_NONE || span.end == SB_TIME_NONE)
        return false;
    sb_time length = span.end - span.start;
    return (limits->min_length == SB_TIME_NONE || length >= limits->min_length) &&
           (limits->max_length == SB_TIME_NONE || length <= limits->max_length);
}

/* Keeps the hits within the requested times, and each passage once even if several patterns found it. */
static void keep_in_order(search *s)
{
    size_t kept = 0;
    sort_hits(&s->hits, 0);
    for (size_t i = 0; i < s->hits.n_items; i++) {
        const sb_hit *hit = &s->hits.items[i], *before = kept ? &s->hits.items[kept - 1] : NULL;
        if (before && before->first == hit->first && before->last == hit->last)
            continue;
        if (times_hold(s, hit))
            s->hits.items[kept++] = *hit;
    }
    s->hits.n_items = kept;
}

static sb_status find_passage(search *s, sb_error *err)
{
    if (s->bounds.first >= s->bounds.end)
        return SB_OK;
    sb_hit hit = {.first = s->bounds.first, .last = s->bounds.end - 1};
    while (s->runs.items[hit.run].end_word <= hit.first)
        hit.run++;
    sb_status status = sb_hits_add(&s->hits, hit, err);
    if (!status)
        sb_hits_expand(&s->hits, 0, &s->runs, &s->sentences, s->expand);
    return status;
}

/* If no whole turn is within the times, parts of turns are. */
static sb_status find_parts(search *s, sb_error *err)
{
    bool timed = s->limits.from != SB_TIME_NONE || s->limits.until != SB_TIME_NONE;
    if (s->hits.n_items || !timed || s->is_passage || s->selection->expand != SB_EXPAND_AUTO ||
        s->expand != SB_EXPAND_TURN)
        return SB_OK;
    s->expand = SB_EXPAND_NONE;
    sb_status status = find_by_speaker(s, err);
    if (!status)
        keep_in_order(s);
    return status;
}

static sb_status find_hits(search *s, sb_error *err)
{
    sb_status status;
    if (s->is_passage) {
        status = find_passage(s, err);
    } else if (s->selection->n_phrases) {
        status = find_phrases(s, err);
        if (status == SB_OK && s->selection->n_regexes)
            status = keep_with_regexes(s, err);
    } else if (s->selection->n_regexes) {
        status = find_regexes(s, err);
    } else {
        status = find_by_speaker(s, err);
    }
    if (status == SB_OK)
        keep_in_order(s);
    return status == SB_OK ? find_parts(s, err) : status;
}

static bool number_wanted(const sb_selection *selection, size_t number)
{
    for (size_t i = 0; i < selection->n_more_matches; i++)
        if (number >= selection->more_matches[i].first && number <= selection->more_matches[i].last)
            return true;
    return selection->match == 0 || selection->match == number;
}

static sb_status add_matches(sb_matches *out, const search *s, sb_error *err)
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

static bool is_sound(const search *s, const sb_alignment *alignment)
{
    return s->is_passage && !s->runs.n_words && alignment->n_turns == 1 && !s->selection->from_phrase &&
           !s->selection->until_phrase;
}

static sb_status add_most_alike(sb_matches *out, const search *s, sb_error *err)
{
    double least = 2;
    sb_hit nearest = {0};
    for (size_t i = 0; i < s->selection->n_phrases; i++) {
        sb_pattern pattern;
        sb_hit hit;
        bool found = false;
        double cost = 0;
        sb_status status = sb_pattern_init(&pattern, s->selection->phrases[i], err);
        if (status == SB_OK)
            status = sb_phrase_nearest(&hit, &found, &cost, &s->phrases, &pattern, err);
        sb_pattern_finish(&pattern);
        if (status != SB_OK)
            return status;
        if (!found || cost >= least)
            continue;
        least = cost;
        nearest = hit;
    }
    if (least > 1)
        return SB_OK;
    out->nearest = sb_runs_text(&s->runs, nearest.first, nearest.last);
    out->nearest_at = sb_hit_span(&s->runs, &nearest).start;
    out->nearest_speaker = s->runs.items[nearest.run].speaker;
    return out->nearest ? SB_OK : sb_error_memory(err, "searching");
}

static sb_status add_nearest(sb_matches *out, const search *s, const sb_alignment *alignment, sb_error *err)
{
    sb_status status = sb_nearest_elsewhere(out, alignment, s->selection, sb_matches_find, err);
    if (status != SB_OK || out->nearest || !s->selection->n_phrases)
        return status;
    return add_most_alike(out, s, err);
}

sb_status sb_matches_find(sb_matches **out, const sb_alignment *alignment, const sb_selection *selection,
                          sb_error *err)
{
    *out = NULL;
    sb_status status = sb_selection_check(selection, err);
    if (status != SB_OK)
        return status;
    search s = {0};
    sb_matches *matches = calloc(1, sizeof *matches);
    if (!matches) {
        status = sb_error_memory(err, "searching");
        goto done;
    }
    matches->nearest_at = SB_TIME_NONE;
    status = search_init(&s, alignment, selection, err);
    if (status == SB_OK && is_sound(&s, alignment)) {
        status = add_sound(matches, alignment, selection, err);
        goto done;
    }
    if (status == SB_OK)
        status = sb_bounds_find(&s.bounds, matches, &s.runs, selection, sb_matches_find, err);
    if (status == SB_OK)
        status = find_hits(&s, err);
    if (status == SB_OK)
        status = add_matches(matches, &s, err);
    if (status == SB_OK && s.hits.n_items == 0 && !matches->missing)
        status = add_nearest(matches, &s, alignment, err);
done:
    search_finish(&s);
    if (status == SB_OK)
        *out = matches;
    else
        sb_matches_free(&matches);
    return status;
}
