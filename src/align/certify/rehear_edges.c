#include "align/certify/certify.h"

#include "speech/speech.h"

#include <math.h>

#define OVER_ROOM  20 /* half decibels; louder sound may be heard */
#define UNDER_WORD 50 /* half decibels below a word, or below speech; softer sound is no part of it */
#define NEAR       4  /* hops on each side of an edge with continuous sound */
#define CLOSURE    10 /* hops: silence inside a word, before or after a plosive */
#define SWELL      12 /* in hops */
#define PAUSE      10 /* hops: longer than any closure */
#define USUAL      0.75

/* Hops count from the edge inwards; -1 is the first outside. Ends are mirrored, so everything works as at
 * a start. */
typedef struct edge {
    const sb_edge_view *view;
    bool at_end;
    int64_t n_outside, n_inside; /* in hops */
    int least;                   /* minimum audible level */
    bool is_clear;               /* the speech is audible, so that softer sound is no speech */
    bool runs_on;
} edge;

static int64_t hops(size_t samples)
{
    return (int64_t)samples * 1000 / SB_MONO_HZ * SB_TIME_MS / SB_HOP;
}

static uint8_t level_at(const edge *e, int64_t hop)
{
    const sb_rehear_splice *s = e->view->splice;
    int64_t at = e->at_end ? hops(s->end) - 1 - hop : hops(s->start) + hop;
    return at >= 0 && at < (int64_t)s->n_levels ? s->levels[at] : 0;
}

static bool sounds(const edge *e, int64_t hop)
{
    return level_at(e, hop) >= e->least;
}

/* The length of a word from the edge to hop `until`: as long as it sounds, including closures. In a loud room
 * all of it counts. */
static sb_time part_of_word(const edge *e, int64_t until)
{
    int64_t step = until < 0 ? -1 : 1, n = until * step, reached = 0;
    if (!e->is_clear)
        return n * SB_HOP;
    for (int64_t i = 0; i < n && i - reached <= CLOSURE; i++)
        if (sounds(e, step < 0 ? -1 - i : i))
            reached = i + 1;
    if (reached == 0)
        return 0;
    return (reached + CLOSURE < n ? reached + CLOSURE : n) * SB_HOP;
}

/* The level below which the share `part` of the clip's hops is. */
static int level_of_clip(const edge *e, double part)
{
    size_t counts[256] = {0}, sum = 0;
    int level = 0;
    for (int64_t hop = 0; hop < e->n_inside; hop++)
        counts[level_at(e, hop)]++;
    while (level < 255 && (double)(sum += counts[level]) < part * (double)e->n_inside)
        level++;
    return level;
}

static bool does_run_on(const edge *e)
{
    bool on = e->n_outside >= NEAR && e->n_inside >= NEAR;
    for (int64_t hop = -NEAR; on && hop < NEAR; hop++)
        on = sounds(e, hop);
    return on;
}

/* How many hops are silent from the edge on, outwards (-1) or inwards (1). */
static int64_t count_silent(const edge *e, int64_t step)
{
    int64_t n = 0, most = step < 0 ? e->n_outside : e->n_inside;
    while (n < most && !sounds(e, step < 0 ? -1 - n : n))
        n++;
    return n;
}

/* Nothing sounds before the start of the source and after its end. */
static sb_time quiet_around(const edge *e)
{
    int64_t outside = count_silent(e, -1), inside = count_silent(e, 1);
    bool is_quiet = inside >= NEAR && (outside >= NEAR || outside == e->n_outside);
    return is_quiet && e->is_clear ? (outside + inside) * SB_HOP : 0;
}

static const sb_heard_word *edge_word_at(const edge *e, size_t i)
{
    const sb_edge_view *v = e->view;
    return &v->words[e->at_end ? v->n_words - 1 - i : i];
}

/* The hop at which the word starts or ends, seen from this edge. */
static int64_t hop_of(const edge *e, const sb_heard_word *word, bool far_side)
{
    const sb_rehear_splice *s = e->view->splice;
    sb_time t = e->at_end == far_side ? word->span.start : word->span.end;
    sb_time clip = sb_time_from_samples((int64_t)(e->at_end ? s->end : s->start), SB_MONO_HZ);
    sb_time inwards = e->at_end ? clip - t : t - clip;
    return (inwards + (inwards < 0 ? -SB_HOP : SB_HOP) / 2) / SB_HOP;
}

static size_t own_index(const edge *e)
{
    const sb_edge_view *v = e->view;
    return e->at_end ? v->n_words - v->end : v->first;
}

/* The outermost requested word with a pronunciation, or NULL if it was not heard. */
static const sb_heard_word *own_word(const edge *e)
{
    const sb_edge_view *v = e->view;
    size_t n_own = v->end - v->first;
    for (size_t i = own_index(e), n = 0; n < n_own; i++, n++) {
        if (!v->said[e->at_end ? v->n_words - 1 - i : i])
            continue;
        const sb_heard_word *word = edge_word_at(e, i);
        return word->heard ? word : NULL;
    }
    return NULL;
}

/* The end of the last neighbour that was heard, or -n_outside. */
static int64_t neighbours_end(const edge *e)
{
    for (size_t i = own_index(e); i-- > 0;)
        if (edge_word_at(e, i)->heard)
            return hop_of(e, edge_word_at(e, i), true);
    return -e->n_outside;
}

/* The end of the sound that does not belong to the word: a neighbour, or continuous sound across the edge. */
static int64_t foreign_end(const edge *e, int64_t word)
{
    int64_t neighbours = neighbours_end(e), hop = neighbours > 0 ? neighbours : 0;
    while (hop < word && e->runs_on && sounds(e, hop))
        hop++;
    return hop < word ? hop : word;
}

/* In a pause, listeners follow the sound. Sound that fades after the model's end of the word, or swells
 * before its start, belongs to the word if silence follows soon. Only sound that crosses the edge of the
 * clip matters. */
static bool find_its_sound(const edge *e, int64_t *begins)
{
    int64_t hop = *begins < 0 ? *begins : 0, most = hop - SWELL, least = neighbours_end(e);
    if (!e->runs_on || *begins > SWELL)
        return false;
    while (hop > most && sounds(e, hop - 1))
        hop--;
    if (hop == most || hop - PAUSE < least)
        return false;
    for (int64_t i = 1; i <= PAUSE; i++)
        if (sounds(e, hop - i))
            return false;
    *begins = hop;
    return true;
}

static sb_time margin_of(const edge *e, int64_t begins)
{
    int64_t neighbours = -neighbours_end(e);
    return (begins < neighbours ? begins : neighbours) * SB_HOP;
}

/* No word crosses a real pause. */
static void judge_words(sb_reheard_edge *out, const edge *e)
{
    const sb_heard_word *word = own_word(e);
    if (!word)
        return;
    int64_t begins = hop_of(e, word, false);
    out->margin = margin_of(e, begins);
    out->before_pause = find_its_sound(e, &begins);
    out->lost = begins < 0 && out->quiet < SB_REAL_PAUSE ? part_of_word(e, begins) : 0;
    int64_t until = begins > 0 ? foreign_end(e, begins) : 0;
    out->foreign = until > 0 ? part_of_word(e, until) : 0;
}

void sb_rehear_edge_set(sb_reheard_edge *out, const sb_edge_view *view, bool at_end)
{
    const sb_rehear_splice *s = view->splice;
    edge e = {.view = view, .at_end = at_end};
    e.n_outside = at_end ? (int64_t)s->n_levels - hops(s->end) : hops(s->start);
    e.n_inside = hops(s->end) - hops(s->start);
    int usual = level_of_clip(&e, USUAL);
    e.least = usual - UNDER_WORD;
    if (e.least < view->room + OVER_ROOM)
        e.least = view->room + OVER_ROOM;
    e.is_clear = usual >= e.least;
    *out = (sb_reheard_edge){
        .moved = s->moved[at_end], .lost = SB_TIME_NONE, .foreign = SB_TIME_NONE, .margin = SB_TIME_NONE};
    out->level_db = s->has_levels[at_end] ? ((double)s->edge_levels[at_end] - (double)view->room) / 2 : NAN;
    out->runs_on = e.runs_on = does_run_on(&e);
    out->quiet = quiet_around(&e);
    if (view->words)
        judge_words(out, &e);
}
