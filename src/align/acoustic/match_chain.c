#include "align/acoustic/match_chain.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define BREAK       40.0 /* nats that a jump must be worth */
#define WORD_TIME   0.38 /* seconds, pauses included */
#define LEAST_SLACK 3.0  /* seconds by which text and sound may differ, and sound and stamps */
#define LAST_TRIED  400  /* places before this one whose matches it may follow */
#define EDGE        1    /* words at each end of a match, which are less sure */
#define OVERLAP     (200 * SB_TIME_MS)
#define TAIL_WIDTH  1.0 /* seconds, of the prior of an offset and of its jumps */
#define AS_WELL     0.7 /* of what the words are worth where they were heard best */
#define CUT_WORDS   2   /* between two windows, which both of them lost */
#define CUT_SOUND   SB_TIME_SECOND

typedef struct link {
    double worth;
    double nats;   /* of that, what was heard, without what the stamps say */
    size_t before; /* SIZE_MAX: the first */
} link;

typedef struct chain {
    const sb_window_match *const *matches;
    size_t n;
    const sb_word_stamp *stamps;
    double *worth; /* of each match */
    link *links;
} chain;

void sb_window_matches_free(sb_window_match *matches, size_t n)
{
    for (size_t i = 0; i < n; i++)
        free(matches[i].words);
    free(matches);
}

static const sb_anchor *first_of(const sb_window_match *m)
{
    return &m->words[0];
}

static const sb_anchor *last_of(const sb_window_match *m)
{
    return &m->words[m->n_words - 1];
}

/* How many of a match's words are `word` or after it. */
static size_t count_from(const sb_window_match *m, uint32_t word)
{
    size_t n = 0;
    while (n < m->n_words && m->words[m->n_words - 1 - n].word >= word)
        n++;
    return n;
}

/* What of its evidence a match has for each word, and how far apart it lies from its neighbour. */
typedef struct junction {
    const sb_window_match *before, *after;
    double worth_before, worth_after;
    size_t n_shared;       /* words of `before` that `after` has as well, or has others in their place */
    const sb_anchor *last; /* of `before`, that is not shared */
} junction;

/* Words that both matches have are evidence but once. */
static double worth_shared(const junction *j)
{
    size_t n_after = j->after->n_words - count_from(j->after, last_of(j->before)->word + 1);
    double one = j->worth_before * (double)j->n_shared / (double)j->before->n_words;
    double two = j->worth_after * (double)n_after / (double)j->after->n_words;
    return fmin(one, two);
}

/* A word on the border of two windows is heard by neither: that says nothing of whether it was said. */
static double worth_cut(const junction *j)
{
    const sb_anchor *first = first_of(j->after);
    int64_t n_cut = (int64_t)first->word - (int64_t)j->last->word - 1;
    if (n_cut <= 0 || n_cut > CUT_WORDS || first->span.start - j->last->span.end > CUT_SOUND)
        return 0;
    return (double)n_cut *
           fmin(j->worth_before / (double)j->before->n_words, j->worth_after / (double)j->after->n_words);
}

/* Seconds by which the offset of the stamps jumps between two words, beyond what the stamps leave open; negative: none. Infinite where there
 * are no stamps. */
static double jump_between(const sb_word_stamp *stamps, const sb_anchor *one, const sb_anchor *two)
{
    const sb_word_stamp *before = stamps ? &stamps[one->word] : NULL,
                        *after = stamps ? &stamps[two->word] : NULL;
    if (!stamps || before->at == SB_TIME_NONE || after->at == SB_TIME_NONE)
        return INFINITY;
    sb_time jump = llabs(two->span.start - one->span.start - (after->at - before->at));
    return sb_time_to_seconds(jump - before->give - after->give) - LEAST_SLACK;
}

/* Seconds by which the sound between two words is longer or shorter than their text may take. */
static double misfit_between(const sb_anchor *one, const sb_anchor *two)
{
    double words = (double)two->word - (double)one->word - 1;
    double sound = sb_time_to_seconds(two->span.start - one->span.end);
    double text = words * WORD_TIME;
    return fabs(sound - text) - LEAST_SLACK - 0.6 * fmin(sound, text);
}

/* The prior of an offset and of a jump has a heavy tail (Cauchy): stamps that are far off are no rarity, but the less far the likelier. */
static double tail_price(double off)
{
    return off > 0 && isfinite(off) ? log(1 + off / TAIL_WIDTH * (off / TAIL_WIDTH)) : 0;
}

static double price_of_first(const chain *c, const sb_anchor *first)
{
    const sb_word_stamp *stamp = c->stamps ? &c->stamps[first->word] : NULL;
    if (!stamp || stamp->at == SB_TIME_NONE)
        return 0;
    return tail_price(sb_time_to_seconds(llabs(first->span.start - stamp->at) - stamp->give) - LEAST_SLACK);
}

/* The one may run on into words of the other: where the sound jumps, some of what comes next is like the text by chance. */
static bool may_follow(const sb_window_match *before, const sb_window_match *after)
{
    return first_of(after)->word > first_of(before)->word && last_of(after)->word > last_of(before)->word &&
           first_of(after)->span.start >= last_of(before)->span.end - OVERLAP;
}

/* Match `here` after match `last`. */
static link follow(const chain *c, size_t last, size_t here)
{
    junction j = {c->matches[last], c->matches[here], c->worth[last], c->worth[here], 0, NULL};
    j.n_shared = count_from(j.before, first_of(j.after)->word);
    j.last = &j.before->words[j.before->n_words - 1 - j.n_shared];
    double jump = jump_between(c->stamps, j.last, first_of(j.after)),
           misfit = fmin(misfit_between(j.last, first_of(j.after)), jump),
           price = (misfit <= 0 ? 0 : BREAK * (1 - exp(-misfit / 4))) + worth_shared(&j);
    return (link){c->links[last].worth + j.worth_after - price + worth_cut(&j) - tail_price(jump),
                  c->links[last].nats + (double)j.after->evidence - price, last};
}

static void link_all(chain *c)
{
    for (size_t i = 0; i < c->n; i++) {
        sb_time start = first_of(c->matches[i])->span.start;
        c->links[i] = (link){c->worth[i] - price_of_first(c, first_of(c->matches[i])),
                             (double)c->matches[i]->evidence, SIZE_MAX};
        for (size_t j = i, n_tried = 0; j-- > 0 && n_tried <= LAST_TRIED;) {
            n_tried += first_of(c->matches[j])->span.start != start;
            start = first_of(c->matches[j])->span.start;
            if (!may_follow(c->matches[j], c->matches[i]))
                continue;
            link way = follow(c, j, i);
            if (way.worth > c->links[i].worth)
                c->links[i] = way;
        }
    }
}

/* Words that were surely heard in two places were said in both. How well tells of the voice and the noise there, and not of which is meant:
 * each is worth what the better one is. False when out of memory. */
static bool weigh(chain *c)
{
    size_t n_words = 0;
    for (size_t i = 0; i < c->n; i++)
        n_words = last_of(c->matches[i])->word + 1 > n_words ? last_of(c->matches[i])->word + 1 : n_words;
    double *best = calloc(n_words + 1, sizeof *best);
    for (size_t i = 0; best && i < c->n; i++) {
        const sb_window_match *m = c->matches[i];
        for (size_t w = 0; w < m->n_words && m->evidence >= SB_MATCH_SURE; w++)
            best[m->words[w].word] = fmax(best[m->words[w].word], (double)m->evidence / (double)m->n_words);
    }
    for (size_t i = 0; best && i < c->n; i++) {
        const sb_window_match *m = c->matches[i];
        double own = (double)m->evidence / (double)m->n_words;
        for (size_t w = 0; w < m->n_words; w++) {
            double most = m->evidence >= SB_MATCH_SURE ? best[m->words[w].word] : own;
            c->worth[i] += own >= AS_WELL * most ? most : own;
        }
    }
    free(best);
    return best != NULL;
}

/* Words from `from` on and before `until`, those at the edges of the match aside. */
static size_t add_words(sb_anchors *out, const sb_window_match *m, uint32_t from, uint32_t until, size_t end)
{
    size_t least = m->n_words > 2 * EDGE + 2 ? EDGE : 0;
    for (size_t i = m->n_words - least; i-- > least;)
        if (m->words[i].word >= from && m->words[i].word < until)
            out->items[--end] = m->words[i];
    return end;
}

static size_t best_end(const chain *c)
{
    size_t best = SIZE_MAX;
    for (size_t i = 0; i < c->n; i++)
        if (best == SIZE_MAX || c->links[i].worth > c->links[best].worth)
            best = i;
    return best;
}

/* Adds the words of the row that ends with match `last`; `out` has room for `room` of them. */
static void trace(sb_anchors *out, const chain *c, size_t last, size_t room)
{
    size_t at = room;
    uint32_t until = UINT32_MAX;
    out->evidence = last == SIZE_MAX ? 0 : c->links[last].nats;
    for (; last != SIZE_MAX; last = c->links[last].before) {
        size_t before = c->links[last].before;
        at = add_words(out, c->matches[last], before == SIZE_MAX ? 0 : last_of(c->matches[before])->word + 1,
                       until, at);
        until = first_of(c->matches[last])->word;
        out->n_found++;
    }
    out->n_items = room - at;
    memmove(out->items, out->items + at, out->n_items * sizeof *out->items);
}

bool sb_match_chain(sb_anchors *out, const sb_window_match *const *matches, size_t n,
                    const sb_word_stamp *stamps)
{
    size_t n_words = 0;
    for (size_t i = 0; i < n; i++)
        n_words += matches[i]->n_words;
    chain c = {.matches = matches,
               .n = n,
               .stamps = stamps,
               .worth = calloc(n + 1, sizeof *c.worth),
               .links = calloc(n + 1, sizeof *c.links)};
    out->items = calloc(n_words + 1, sizeof *out->items);
    bool ok = c.worth && c.links && out->items && weigh(&c);
    if (ok) {
        link_all(&c);
        trace(out, &c, best_end(&c), n_words);
    }
    free(c.worth);
    free(c.links);
    return ok;
}
