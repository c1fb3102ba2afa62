#include <stdlib.h>

#include "base/run/run.h"
#include "quote/alike/alike.h"
#include "quote/find/find.h"

void sb_match_search_finish(sb_match_search *s)
{
    sb_hits_finish(&s->hits);
    sb_sentences_finish(&s->sentences);
    if (s->phrases.of_run)
        sb_phrase_text_finish(&s->phrases);
    sb_runs_finish(&s->runs);
    sb_arena_finish(&s->whys);
    free(s->run_wanted);
    *s = (sb_match_search){0};
}

static sb_expand resolve_expand(const sb_selection *selection)
{
    if (selection->expand != SB_EXPAND_AUTO)
        return selection->expand;
    bool by_words = selection->n_phrases || selection->n_near || selection->n_sounds ||
                    selection->n_regexes || sb_selection_is_passage(selection);
    return by_words ? SB_EXPAND_NONE : SB_EXPAND_TURN;
}

static sb_status choose_runs(sb_match_search *s, const sb_alignment *alignment, sb_error *err)
{
    sb_speakers speakers;
    sb_status status = sb_speakers_of_alignment(&speakers, alignment, err);
    if (status != SB_OK)
        return status;
    bool *wanted = calloc(speakers.n_items + 1, sizeof *wanted);
    s->run_wanted = calloc(s->runs.n_items + 1, sizeof *s->run_wanted);
    status = wanted && s->run_wanted ? sb_speakers_choose(wanted, &speakers, s->selection, err)
                                     : sb_error_memory(err, "searching");
    for (size_t r = 0; status == SB_OK && r < s->runs.n_items; r++) {
        s->run_wanted[r] = wanted[speakers.of_turn[s->runs.items[r].first_row]];
        s->wants_somebody |= s->run_wanted[r];
    }
    free(wanted);
    sb_speakers_finish(&speakers);
    return status;
}

sb_status sb_match_search_init(sb_match_search *s, const sb_alignment *alignment,
                               const sb_selection *selection, sb_error *err)
{
    *s = (sb_match_search){.selection = selection,
                           .limits = sb_time_limits_of(selection),
                           .is_passage = sb_selection_is_passage(selection),
                           .expand = resolve_expand(selection),
                           .language = alignment->transcript.language};
    sb_status status = sb_runs_init(&s->runs, alignment, err);
    if (status == SB_OK && (selection->n_phrases || selection->n_near || selection->n_sounds))
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

/* Everybody who speaks in the hit is wanted. */
static bool speakers_wanted(const sb_match_search *s, const sb_hit *hit)
{
    for (size_t run = hit->run; run < s->runs.n_items && s->runs.items[run].first_word <= hit->last; run++)
        if (!s->run_wanted[run])
            return false;
    return true;
}

static void drop_unwanted_speakers(sb_match_search *s, size_t begin)
{
    size_t kept = begin;
    for (size_t i = begin; i < s->hits.n_items; i++)
        if (speakers_wanted(s, &s->hits.items[i]))
            s->hits.items[kept++] = s->hits.items[i];
    s->hits.n_items = kept;
}

/* Sorts and expands the hits of one phrase or regex, from hit `begin` on. */
static void settle_hits(sb_match_search *s, size_t begin, size_t order)
{
    drop_unwanted_speakers(s, begin);
    for (size_t i = begin; i < s->hits.n_items; i++)
        s->hits.items[i].order = order;
    sort_hits(&s->hits, begin);
    sb_hits_expand(&s->hits, begin, &s->runs, &s->sentences, s->expand);
}

static sb_status find_pattern(sb_match_search *s, const sb_pattern *pattern, sb_match_how how, sb_error *err)
{
    if (how == SB_MATCH_NEAR)
        return sb_near_find(&s->hits, &s->phrases, pattern, s->language, &s->whys, err);
    if (how == SB_MATCH_SOUND)
        return sb_sound_find(&s->hits, &s->runs, pattern->phrase, s->language, s->model, &s->whys, err);
    if (s->selection->fuzzy > 0)
        return sb_phrase_find_fuzzy(&s->hits, &s->phrases, pattern, s->selection->fuzzy, err);
    sb_status status = sb_phrase_find(&s->hits, &s->phrases, pattern, err);
    return status ? status : sb_number_parts_find(&s->hits, &s->phrases, pattern, &s->whys, err);
}

/* Adds the hits of texts that are searched for in one way. */
static sb_status find_texts(sb_match_search *s, const char *const *texts, size_t n, sb_match_how how,
                            sb_error *err)
{
    for (size_t i = 0; i < n; i++) {
        sb_pattern pattern;
        size_t begin = s->hits.n_items;
        sb_status status = sb_pattern_init(&pattern, texts[i], err);
        if (status != SB_OK)
            return status;
        status = find_pattern(s, &pattern, how, err);
        sb_pattern_finish(&pattern);
        if (status != SB_OK)
            return status;
        settle_hits(s, begin, i);
    }
    return SB_OK;
}

static sb_status find_regexes(sb_match_search *s, sb_error *err)
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

/* The kinds of conditions on words. */
static bool has_kind(const sb_selection *selection, sb_match_how how)
{
    return how == SB_MATCH_PHRASE  ? selection->n_phrases > 0
           : how == SB_MATCH_NEAR  ? selection->n_near > 0
           : how == SB_MATCH_SOUND ? selection->n_sounds > 0
                                   : selection->n_regexes > 0;
}

static sb_status find_kind(sb_match_search *s, sb_match_how how, sb_error *err)
{
    const sb_selection *selection = s->selection;
    switch (how) {
    case SB_MATCH_PHRASE:
        return find_texts(s, selection->phrases, selection->n_phrases, how, err);
    case SB_MATCH_NEAR:
        return find_texts(s, selection->near, selection->n_near, how, err);
    case SB_MATCH_SOUND:
        return find_texts(s, selection->sounds, selection->n_sounds, how, err);
    default:
        return find_regexes(s, err);
    }
}

/* Hits of the first kind that is given, if they share a word with a hit of each other kind. */
static sb_status find_word_matches(sb_match_search *s, sb_error *err)
{
    static const sb_match_how kinds[] = {SB_MATCH_PHRASE, SB_MATCH_NEAR, SB_MATCH_SOUND, SB_MATCH_REGEX};
    bool is_first = true;
    sb_status status = SB_OK;
    for (size_t i = 0; status == SB_OK && i < sizeof kinds / sizeof *kinds; i++) {
        if (!has_kind(s->selection, kinds[i]))
            continue;
        size_t begin = s->hits.n_items;
        status = find_kind(s, kinds[i], err);
        if (status == SB_OK && !is_first)
            status = sb_hits_keep_shared(&s->hits, begin, s->runs.n_words, err);
        is_first = false;
    }
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
static bool narrow_to_bounds(const sb_match_search *s, sb_hit *hit)
{
    if (hit->first < s->bounds.first)
        hit->first = s->bounds.first;
    if (hit->last >= s->bounds.end)
        hit->last = s->bounds.end - 1;
    return s->bounds.end > 0 && hit->first <= hit->last;
}

/* Reduces a turn to the words within the requested times. */
static bool narrow_to_times(const sb_match_search *s, sb_hit *hit)
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
static sb_status add_turn_match(sb_match_search *s, size_t run, size_t turn, size_t end, sb_error *err)
{
    sb_hit hit = {.run = run, .first = s->runs.row_start[turn]};
    if (s->runs.row_start[end] == hit.first)
        return SB_OK;
    hit.last = s->runs.row_start[end] - 1;
    if (!narrow_to_bounds(s, &hit) || (s->expand == SB_EXPAND_NONE && !narrow_to_times(s, &hit)))
        return SB_OK;
    return sb_hits_add(&s->hits, hit, err);
}

static sb_status add_sentences(sb_match_search *s, size_t run, sb_error *err)
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
static sb_status find_by_speaker(sb_match_search *s, sb_error *err)
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
            status = add_turn_match(s, r, t, end, err);
        }
    }
    return status;
}

static bool times_hold(const sb_match_search *s, const sb_hit *hit)
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

static int compare_ranks(const void *a, const void *b)
{
    const sb_hit *x = a, *y = b;
    if (x->score != y->score)
        return x->score > y->score ? -1 : 1;
    return compare_hits(a, b);
}

/* Keeps the hits within the requested times, and each passage once even if several patterns found it. */
static void keep_in_order(sb_match_search *s)
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
    if (kept > 1)
        qsort(s->hits.items, kept, sizeof *s->hits.items, compare_ranks);
}

/* If a phrase is not found, the user may remember it in other words, or the transcript may spell it
 * differently. */
sb_status sb_match_search_alike(sb_match_search *s, sb_error *err)
{
    static const sb_match_how ways[] = {SB_MATCH_NEAR, SB_MATCH_SOUND};
    sb_status status = SB_OK;
    for (size_t i = 0; status == SB_OK && i < 2 && s->hits.n_items == 0; i++) {
        status = find_texts(s, s->selection->phrases, s->selection->n_phrases, ways[i], err);
        if (status == SB_OK)
            keep_in_order(s);
    }
    return status;
}

static bool searches_words(const sb_selection *selection)
{
    return selection->n_phrases || selection->n_near || selection->n_sounds || selection->n_regexes;
}

static sb_status find_passage(sb_match_search *s, sb_error *err)
{
    if (s->bounds.first >= s->bounds.end)
        return SB_OK;
    sb_hit hit = {.how = SB_MATCH_PASSAGE, .first = s->bounds.first, .last = s->bounds.end - 1};
    while (s->runs.items[hit.run].end_word <= hit.first)
        hit.run++;
    sb_status status = sb_hits_add(&s->hits, hit, err);
    if (!status)
        sb_hits_expand(&s->hits, 0, &s->runs, &s->sentences, s->expand);
    return status;
}

/* If no whole turn is within the times, parts of turns are. */
static sb_status find_parts(sb_match_search *s, sb_error *err)
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

sb_status sb_match_search_run(sb_match_search *s, sb_error *err)
{
    sb_status status = s->is_passage                  ? find_passage(s, err)
                       : searches_words(s->selection) ? find_word_matches(s, err)
                                                      : find_by_speaker(s, err);
    if (status == SB_OK)
        keep_in_order(s);
    if (status == SB_OK && s->selection->or_alike)
        status = sb_match_search_alike(s, err);
    return status == SB_OK ? find_parts(s, err) : status;
}
