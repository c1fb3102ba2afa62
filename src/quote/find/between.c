#include "quote/find/find.h"

#include <stdlib.h>

#include "base/run/run.h"
#include "base/text/text.h"

#define PAUSE (60 * SB_TIME_MS)
/* A pause may be this much farther away than the edge of a word in running speech, and by this part of a
 * short passage. */
#define RUNNING      (400 * SB_TIME_MS)
#define RUNNING_PART 8
/* so near to the edge of a word that the user probably meant that edge */
#define EXACT         (25 * SB_TIME_MS)
#define LOST          2
#define SILENCE       (100 * SB_TIME_MS) /* shorter ones may be closures of plosives */
#define TOUCH         (60 * SB_TIME_MS)
#define PLACES_LISTED 5

static bool has_phrases(const sb_selection *s)
{
    return s->from_phrase || s->until_phrase;
}

bool sb_selection_has_bounds(const sb_selection *s)
{
    return has_phrases(s) || s->from || s->has_from || s->until || s->has_until;
}

bool sb_selection_is_passage(const sb_selection *s)
{
    return sb_selection_has_bounds(s) && !s->each && !s->n_phrases && !s->n_near && !s->n_sounds &&
           !s->n_regexes && !s->n_speakers && !s->min_length && !s->max_length && !s->has_max_length;
}

/* The first and the last word of one place where a phrase is said. */
typedef struct place {
    size_t first, last;
    sb_span span;
    const char *speaker;
} place;

typedef struct places {
    place *items;
    size_t n;
    sb_matches *matches;
} places;

static void finish_places(places *p)
{
    free(p->items);
    sb_matches_free(&p->matches);
    *p = (places){0};
}

typedef struct search {
    const sb_runs *runs;
    const sb_selection *selection;
    sb_time_limits limits;
    sb_find_matches *find;
    sb_error *err;
} search;

static sb_status find_phrase(places *out, const search *s, const char *phrase)
{
    sb_selection selection = {.phrases = &phrase, .n_phrases = 1, .fuzzy = s->selection->fuzzy};
    *out = (places){0};
    sb_status status = s->find(&out->matches, s->runs->alignment, &selection, s->err);
    if (status)
        return status;
    out->items = calloc(out->matches->n_items + 1, sizeof *out->items);
    if (!out->items)
        return sb_error_memory(s->err, "searching");
    for (size_t i = 0; i < out->matches->n_items; i++) {
        const sb_match *match = &out->matches->items[i];
        out->items[out->n++] = (place){.first = s->runs->row_start[match->first_turn] + match->first_word,
                                       .last = s->runs->row_start[match->last_turn] + match->last_word,
                                       .span = match->span,
                                       .speaker = match->speaker};
    }
    return SB_OK;
}

static bool is_after(const search *s, const place *p)
{
    return s->limits.from == SB_TIME_NONE ||
           (p->span.start != SB_TIME_NONE && p->span.start >= s->limits.from);
}

static bool is_before(const search *s, const place *p)
{
    return s->limits.until == SB_TIME_NONE || (p->span.end != SB_TIME_NONE && p->span.end <= s->limits.until);
}

static bool follows(const place *until, const place *from)
{
    return until->first >= from->first && until->last > from->last;
}

/* The place where the passage ends that begins at `from`: the first, or the last before the time limit. NULL
 * if there is none. */
static const place *end_for(const search *s, const place *from, const places *untils)
{
    const place *found = NULL;
    for (size_t i = 0; i < untils->n; i++) {
        const place *p = &untils->items[i];
        if ((from && !follows(p, from)) || !is_after(s, p) || !is_before(s, p))
            continue;
        if (s->limits.until == SB_TIME_NONE)
            return p;
        found = p;
    }
    return found;
}

static void list_place(sb_bytes *out, const place *p, size_t index)
{
    char at[SB_TIME_TEXT];
    sb_bytes_text(out, index ? ", " : "");
    if (p->span.start != SB_TIME_NONE)
        sb_bytes_text(out, sb_time_print(at, p->span.start, 0));
    else
        sb_bytes_print(out, "word %zu", p->first + 1);
    if (p->speaker)
        sb_bytes_print(out, " (%.40s)", p->speaker);
}

static sb_status ambiguous(const search *s, const places *froms, const bool *fits, size_t n)
{
    sb_bytes list = {0};
    size_t n_listed = 0;
    for (size_t i = 0; i < froms->n && n_listed < PLACES_LISTED; i++)
        if (fits[i])
            list_place(&list, &froms->items[i], n_listed++);
    if (n > n_listed)
        sb_bytes_text(&list, " ...");
    sb_status status =
        list.failed ? sb_error_memory(s->err, "searching")
                    : sb_error_set_field(
                          s->err, SB_ERR_ARGUMENT, "from_phrase", NULL,
                          "from-phrase: \"%.60s\" is said at %zu places: %s; add words to it, or add a "
                          "time to begin from",
                          s->selection->from_phrase, n, (char *)list.data);
    sb_bytes_finish(&list);
    return status;
}

/* Several places are accepted if a time limit selects one of them. */
static sb_status choose_start(const place **out, const search *s, const places *froms, const places *untils)
{
    bool *fits = calloc(froms->n + 1, sizeof *fits);
    size_t n = 0;
    *out = NULL;
    if (!fits)
        return sb_error_memory(s->err, "searching");
    for (size_t i = 0; i < froms->n; i++) {
        const place *p = &froms->items[i];
        fits[i] = is_after(s, p) && is_before(s, p) && (!s->selection->until_phrase || end_for(s, p, untils));
        if (fits[i] && !n++)
            *out = p;
    }
    sb_status status = n > 1 && s->limits.from == SB_TIME_NONE ? ambiguous(s, froms, fits, n) : SB_OK;
    free(fits);
    return status;
}

static void take_missing(sb_matches *out, const char *phrase, places *p)
{
    out->missing = phrase;
    if (p->n) { /* it is said, but elsewhere */
        sb_match *nearest = &p->matches->items[0];
        out->nearest = nearest->text;
        out->nearest_at = nearest->span.start;
        out->nearest_speaker = nearest->speaker;
        out->nearest_why = SB_NEAREST_BY_TIME;
        nearest->text = NULL;
        return;
    }
    out->nearest = p->matches->nearest;
    out->nearest_at = p->matches->nearest_at;
    out->nearest_speaker = p->matches->nearest_speaker;
    out->nearest_why = p->matches->nearest_why;
    p->matches->nearest = NULL;
}

static void count_later(sb_matches *out, const search *s, const place *end, const places *untils)
{
    out->later_at = SB_TIME_NONE;
    for (size_t i = 0; i < untils->n; i++) {
        const place *p = &untils->items[i];
        if (p->first <= end->last || !is_before(s, p))
            continue;
        if (!out->n_later++)
            out->later_at = p->span.start;
    }
}

static sb_status bound_by_phrases(sb_bounds *bounds, sb_matches *out, const search *s)
{
    places froms = {0}, untils = {0};
    const place *from = NULL, *until = NULL;
    const sb_selection *asked = s->selection;
    sb_status status = asked->from_phrase ? find_phrase(&froms, s, asked->from_phrase) : SB_OK;
    if (!status && asked->until_phrase)
        status = find_phrase(&untils, s, asked->until_phrase);
    if (status)
        goto done;
    if (asked->from_phrase && !froms.n) {
        take_missing(out, asked->from_phrase, &froms);
        goto done;
    }
    if (asked->from_phrase)
        status = choose_start(&from, s, &froms, &untils);
    if (status)
        goto done;
    if (asked->until_phrase)
        until = end_for(s, from, &untils);
    if (asked->from_phrase && !from && (!asked->until_phrase || untils.n))
        take_missing(out, asked->until_phrase ? asked->until_phrase : asked->from_phrase,
                     asked->until_phrase ? &untils : &froms);
    else if (asked->until_phrase && !until)
        take_missing(out, asked->until_phrase, &untils);
    if (from)
        bounds->first = from->first;
    if (until) {
        bounds->end = until->last + 1;
        count_later(out, s, until, &untils);
    }
done:
    finish_places(&froms);
    finish_places(&untils);
    return status;
}

/* A missing part of the requested passage is worse than an additional part. */
static sb_time apart(sb_time t, sb_time low, sb_time high, bool is_end)
{
    bool before = t < low;
    sb_time way = before ? low - t : t > high ? t - high : 0;
    return before == is_end ? way : way * LOST;
}

/* How far `t`, the start or the end of a passage, is from the boundary between a word that ends at `end` and
 * one that starts at `start`. Either may be unknown at the ends of the text. */
static sb_time boundary_distance(sb_time t, sb_span boundary, sb_time running, bool is_end)
{
    sb_time end = boundary.start, start = boundary.end;
    if (end == SB_TIME_NONE || start == SB_TIME_NONE) {
        sb_time edge = end == SB_TIME_NONE ? start : end;
        bool beyond = end == SB_TIME_NONE ? t <= edge : t >= edge;
        return edge == SB_TIME_NONE || beyond ? 0 : apart(t, edge, edge, is_end);
    }
    sb_time low = end < start ? end : start, high = end < start ? start : end;
    sb_time way = apart(t, low, high, is_end), overlap = end > start ? end - start : 0;
    bool runs_on = start - end < PAUSE, is_exact = way <= EXACT && !overlap;
    return way + (runs_on && !is_exact ? running + overlap : 0);
}

/* Words that were placed by estimate, or whose ends are soft, may touch although there is a silence between
 * them. Widens the boundary to the silence of the speech list that is there. */
static sb_span with_silence(const sb_alignment *a, sb_span boundary)
{
    if (boundary.start == SB_TIME_NONE || boundary.end == SB_TIME_NONE ||
        boundary.end - boundary.start >= PAUSE)
        return boundary;
    sb_time low = boundary.start < boundary.end ? boundary.start : boundary.end;
    sb_time high = boundary.start < boundary.end ? boundary.end : boundary.start;
    for (size_t i = sb_span_after(a->speech, a->n_speech, low - TOUCH); i < a->n_speech; i++) {
        sb_time from = i ? a->speech[i - 1].end : 0, until = a->speech[i].start;
        if (from > high + TOUCH)
            break;
        if (until >= low - TOUCH && until - from >= SILENCE)
            return (sb_span){from, until};
    }
    return boundary;
}

/* Returns the boundary nearest to `t`: the number of words before it. Words without a time stay with the word
 * before. */
static size_t nearest_boundary(const search *s, sb_time t, bool is_end)
{
    const sb_runs *runs = s->runs;
    sb_time running = RUNNING, end = SB_TIME_NONE, best = INT64_MAX;
    size_t nearest = 0;
    if (s->limits.from != SB_TIME_NONE && s->limits.until != SB_TIME_NONE)
        running = (s->limits.until - s->limits.from) / RUNNING_PART;
    running = running < RUNNING ? running : RUNNING;
    for (size_t w = 0; w <= runs->n_words; w++) {
        bool is_last = w == runs->n_words;
        sb_time start = is_last ? SB_TIME_NONE : sb_runs_word_start(runs, w);
        if (!is_last && start == SB_TIME_NONE)
            continue;
        sb_time far =
            boundary_distance(t, with_silence(runs->alignment, (sb_span){end, start}), running, is_end);
        if (far < best) {
            best = far;
            nearest = w;
        }
        sb_time word_end = is_last ? SB_TIME_NONE : sb_runs_word_end(runs, w);
        if (word_end != SB_TIME_NONE &&
            (end == SB_TIME_NONE || word_end > end)) /* people may speak at once */
            end = word_end;
    }
    return nearest;
}

/* Words at the edges that were not heard are not between the times. */
static void drop_unheard(sb_bounds *b, const sb_runs *runs)
{
    while (b->first < b->end && sb_runs_word_start(runs, b->first) == SB_TIME_NONE)
        b->first++;
    while (b->first < b->end && sb_runs_word_end(runs, b->end - 1) == SB_TIME_NONE)
        b->end--;
}

/* Times so near to each other that no edge of a word is between them still select the words that are said
 * there. */
static void take_touched(sb_bounds *b, const search *s)
{
    sb_bounds touched = {.asked = b->asked};
    bool any = false;
    for (size_t w = 0; w < s->runs->n_words; w++) {
        sb_time start = sb_runs_word_start(s->runs, w), end = sb_runs_word_end(s->runs, w);
        if (start == SB_TIME_NONE || end == SB_TIME_NONE || end <= s->limits.from || start >= s->limits.until)
            continue;
        touched.first = any ? touched.first : w;
        touched.end = w + 1;
        any = true;
    }
    if (any)
        *b = touched;
}

static void bound_by_times(sb_bounds *bounds, const search *s)
{
    bool from = s->limits.from != SB_TIME_NONE && !s->selection->from_phrase;
    bool until = s->limits.until != SB_TIME_NONE && !s->selection->until_phrase;
    if (from) {
        size_t word = nearest_boundary(s, s->limits.from, false);
        bounds->first = word > bounds->first ? word : bounds->first;
        bounds->asked.start = s->limits.from;
    }
    if (until) {
        size_t word = nearest_boundary(s, s->limits.until, true);
        bounds->end = word < bounds->end ? word : bounds->end;
        bounds->asked.end = s->limits.until;
    }
    if (from && until && bounds->first >= bounds->end)
        take_touched(bounds, s);
    drop_unheard(bounds, s->runs);
}

sb_status sb_bounds_find(sb_bounds *bounds, sb_matches *out, const sb_runs *runs,
                         const sb_selection *selection, sb_find_matches *find, sb_error *err)
{
    search s = {.runs = runs,
                .selection = selection,
                .limits = sb_time_limits_of(selection),
                .find = find,
                .err = err};
    *bounds = (sb_bounds){.end = runs->n_words, .asked = {SB_TIME_NONE, SB_TIME_NONE}};
    sb_status status = has_phrases(selection) ? bound_by_phrases(bounds, out, &s) : SB_OK;
    if (out->missing)
        bounds->end = bounds->first;
    if (!status && !out->missing && sb_selection_is_passage(selection))
        bound_by_times(bounds, &s);
    return status;
}

sb_status sb_match_without_words(sb_match *out, const sb_alignment *alignment, const sb_selection *selection,
                                 sb_error *err)
{
    sb_time_limits limits = sb_time_limits_of(selection);
    sb_span span = {limits.from == SB_TIME_NONE ? 0 : limits.from,
                    limits.until == SB_TIME_NONE || limits.until > alignment->audio.duration
                        ? alignment->audio.duration
                        : limits.until};
    *out = (sb_match){.number = 1,
                      .how = SB_MATCH_PASSAGE,
                      .score = 1,
                      .text = sb_copy_text("", NULL),
                      .why = sb_copy_text("everything between", NULL),
                      .span = span,
                      .asked = span,
                      .confidence = 1,
                      .is_passage = true};
    if (out->text && out->why)
        return SB_OK;
    free(out->text);
    free(out->why);
    *out = (sb_match){0};
    return sb_error_memory(err, "searching");
}
