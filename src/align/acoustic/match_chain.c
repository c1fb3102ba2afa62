#include "align/acoustic/match_chain.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define BREAK       40.0 /* nats that a jump must be worth */
#define WORD_TIME   0.38 /* seconds, pauses included */
#define LEAST_SLACK 3.0  /* seconds by which text and sound may differ */
#define LAST_TRIED  400  /* matches before this one that it may follow */
#define EDGE        1    /* words at each end of a match, which are less sure */
#define OVERLAP     (200 * SB_TIME_MS)

typedef struct link {
    double worth;
    size_t before; /* SIZE_MAX: the first */
} link;

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

/* Words that both matches have are evidence but once. */
static double evidence_shared(const sb_window_match *before, const sb_window_match *after, size_t n_before)
{
    size_t n_after = after->n_words - count_from(after, last_of(before)->word + 1);
    double one = (double)before->evidence * (double)n_before / (double)before->n_words;
    double two = (double)after->evidence * (double)n_after / (double)after->n_words;
    return fmin(one, two);
}

static double price(const sb_window_match *before, const sb_window_match *after)
{
    size_t n_shared = count_from(before, first_of(after)->word);
    const sb_anchor *last = &before->words[before->n_words - 1 - n_shared];
    double words = (double)first_of(after)->word - (double)last->word - 1;
    double sound = sb_time_to_seconds(first_of(after)->span.start - last->span.end);
    double text = words * WORD_TIME;
    double off = fabs(sound - text) - LEAST_SLACK - 0.6 * fmin(sound, text);
    return (off <= 0 ? 0 : BREAK * (1 - exp(-off / 4))) + evidence_shared(before, after, n_shared);
}

/* The one may run on into words of the other: where the sound jumps, some of what comes next is like the text by chance. */
static bool may_follow(const sb_window_match *before, const sb_window_match *after)
{
    return first_of(after)->word > first_of(before)->word && last_of(after)->word > last_of(before)->word &&
           first_of(after)->span.start >= last_of(before)->span.end - OVERLAP;
}

static void link_all(link *links, const sb_window_match *const *matches, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        double own = (double)matches[i]->evidence;
        links[i] = (link){own, SIZE_MAX};
        for (size_t j = i; j-- > (i > LAST_TRIED ? i - LAST_TRIED : 0);) {
            if (!may_follow(matches[j], matches[i]))
                continue;
            double worth = links[j].worth + own - price(matches[j], matches[i]);
            if (worth > links[i].worth)
                links[i] = (link){worth, j};
        }
    }
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

bool sb_match_chain(sb_anchors *out, const sb_window_match *const *matches, size_t n)
{
    size_t n_words = 0, last = SIZE_MAX;
    for (size_t i = 0; i < n; i++)
        n_words += matches[i]->n_words;
    link *links = calloc(n + 1, sizeof *links);
    out->items = calloc(n_words + 1, sizeof *out->items);
    bool ok = links && out->items;
    if (ok)
        link_all(links, matches, n);
    for (size_t i = 0; ok && i < n; i++)
        if (last == SIZE_MAX || links[i].worth > links[last].worth)
            last = i;
    size_t at = n_words;
    out->evidence = last == SIZE_MAX ? 0 : links[last].worth;
    uint32_t until = UINT32_MAX;
    for (; ok && last != SIZE_MAX; last = links[last].before) {
        size_t before = links[last].before;
        at = add_words(out, matches[last], before == SIZE_MAX ? 0 : last_of(matches[before])->word + 1, until,
                       at);
        until = first_of(matches[last])->word;
        out->n_found++;
    }
    if (ok) {
        out->n_items = n_words - at;
        memmove(out->items, out->items + at, out->n_items * sizeof *out->items);
    }
    free(links);
    return ok;
}
