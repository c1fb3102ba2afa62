#include "align/anchors/anchors.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Price of a jump in nats. */
#define BREAK       40.0
#define WORD_TIME   0.38 /* seconds per word, with pauses */
#define LEAST_SLACK 3.0  /* seconds by which text and sound, or sound and stamps, may differ */
#define LAST_TRIED  400  /* number of earlier matches that a match may follow */
#define EDGE        1    /* words at each end of a match, which are less certain */
#define OVERLAP     (200 * SB_TIME_MS)
#define TAIL_WIDTH  1.0 /* width in seconds of the prior of an offset and of its jumps */
#define CUT_WORDS   8   /* minimum number of words between two matches that are in neither */
#define CUT_PACE    0.6 /* seconds per such word */
#define CUT_PAUSE   1.0 /* and an additional pause */

/* Words that were heard in more than one place. */
#define TWICE         (3 * SB_TIME_SECOND / 2) /* minimum distance of the places */
#define TWICE_NATS    25.0f                    /* minimum nats of the matches that count */
#define TWICE_AS_WELL 0.25                     /* relative to the better place */
#define TWICE_RUN     8                        /* minimum words in a row */
#define TWICE_EDGE    4                        /* a run may be extended by one part in TWICE_EDGE */
#define TWICE_WORTH   1.0                      /* nats of each such word */

typedef struct link {
    double worth;
    double nats;   /* evidence of the sound only, without the stamps */
    size_t before; /* SIZE_MAX for the first */
} link;

typedef struct chain {
    const sb_window_match *const *matches;
    size_t n;
    const sb_chain_prior *prior;
    const sb_anchors *out; /* for its trusted stretches */
    size_t n_words;
    bool *twice;   /* of each word: heard in more than one place */
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

/* The number of words of a match from `word` on. */
static size_t count_from(const sb_window_match *m, uint32_t word)
{
    size_t n = 0;
    while (n < m->n_words && m->words[m->n_words - 1 - n].word >= word)
        n++;
    return n;
}

/* The share of its evidence that a match has per word, and its distance from the next match. */
typedef struct junction {
    const sb_window_match *before, *after;
    double worth_before, worth_after;
    size_t n_shared;       /* words of `before` that are also in `after`, or are replaced there */
    const sb_anchor *last; /* last word of `before` that is not shared */
} junction;

/* Words in both matches count only once. */
static double worth_shared(const junction *j)
{
    size_t n_after = j->after->n_words - count_from(j->after, last_of(j->before)->word + 1);
    double one = j->worth_before * (double)j->n_shared / (double)j->before->n_words;
    double two = j->worth_after * (double)n_after / (double)j->after->n_words;
    return fmin(one, two);
}

bool sb_anchors_trust(const sb_anchors *anchors, sb_span sound)
{
    for (size_t i = 0; i < anchors->n_trusted; i++)
        if (anchors->trusted[i].start <= sound.start && anchors->trusted[i].end >= sound.end)
            return true;
    return false;
}

/* Returns true if the word was heard at its expected position, in a span in which the expected positions are
 * trusted. */
static bool is_where_expected(const chain *c, const sb_anchor *word)
{
    sb_time expected = c->prior->expected ? c->prior->expected[word->word] : SB_TIME_NONE;
    return expected != SB_TIME_NONE && sb_time_to_seconds(llabs(word->span.start - expected)) <= LEAST_SLACK;
}

/* Words at the border of two windows, and words of trusted spans that were not searched, may be missing
 * although they were said. They count like the words next to them. A span is trusted only for the expected
 * positions, so words that were heard at other positions in it are no evidence for the words between them. */
static double worth_missed(const chain *c, const junction *j, bool fits)
{
    const sb_anchor *first = first_of(j->after);
    sb_span sound = {j->last->span.end, first->span.start};
    double n_missed = (double)first->word - (double)j->last->word - 1, most = n_missed * CUT_PACE + CUT_PAUSE;
    bool is_cut = n_missed <= CUT_WORDS && sb_time_to_seconds(sound.end - sound.start) <= most;
    bool is_skipped = fits && sb_anchors_trust(c->out, sound) && is_where_expected(c, j->last) &&
                      is_where_expected(c, first);
    if (n_missed <= 0 || !(is_cut || is_skipped))
        return 0;
    double each =
               fmin(j->worth_before / (double)j->before->n_words, j->worth_after / (double)j->after->n_words),
           sum = 0;
    for (size_t w = (size_t)j->last->word + 1; w < first->word; w++)
        sum += c->twice[w] ? fmin(each, TWICE_WORTH) : each;
    return sum;
}

/* Seconds by which the offset of the stamps jumps between two words, beyond the tolerance of the stamps.
 * Negative: no jump. Infinite without stamps. */
static double jump_between(const sb_word_stamp *stamps, const sb_anchor *one, const sb_anchor *two)
{
    const sb_word_stamp *before = stamps ? &stamps[one->word] : NULL,
                        *after = stamps ? &stamps[two->word] : NULL;
    if (!stamps || before->at == SB_TIME_NONE || after->at == SB_TIME_NONE)
        return INFINITY;
    sb_time jump = llabs(two->span.start - one->span.start - (after->at - before->at));
    return sb_time_to_seconds(jump - before->give - after->give) - LEAST_SLACK;
}

/* Seconds by which the sound between two words differs from the length of their text. */
static double misfit_between(const sb_anchor *one, const sb_anchor *two)
{
    double words = (double)two->word - (double)one->word - 1;
    double sound = sb_time_to_seconds(two->span.start - one->span.end);
    double text = words * WORD_TIME;
    return fabs(sound - text) - LEAST_SLACK - 0.6 * fmin(sound, text);
}

/* The prior of an offset and of a jump has a heavy tail (Cauchy): large offsets are not rare, but smaller
 * ones are more likely. */
static double tail_price(double off)
{
    return off > 0 && isfinite(off) ? log(1 + off / TAIL_WIDTH * (off / TAIL_WIDTH)) : 0;
}

static double price_of_first(const chain *c, const sb_anchor *first)
{
    const sb_word_stamp *stamp = c->prior->stamps ? &c->prior->stamps[first->word] : NULL;
    if (!stamp || stamp->at == SB_TIME_NONE)
        return 0;
    return tail_price(sb_time_to_seconds(llabs(first->span.start - stamp->at) - stamp->give) - LEAST_SLACK);
}

/* A match may continue into words of the next: after a jump of the sound, some words are similar by
 * chance. */
static bool may_follow(const sb_window_match *before, const sb_window_match *after)
{
    return first_of(after)->word > first_of(before)->word && last_of(after)->word > last_of(before)->word &&
           first_of(after)->span.start >= last_of(before)->span.end - OVERLAP;
}

/* The cost of match `here` after match `last`. */
static link follow(const chain *c, size_t last, size_t here)
{
    junction j = {c->matches[last], c->matches[here], c->worth[last], c->worth[here], 0, NULL};
    j.n_shared = count_from(j.before, first_of(j.after)->word);
    j.last = &j.before->words[j.before->n_words - 1 - j.n_shared];
    double jump = jump_between(c->prior->stamps, j.last, first_of(j.after)),
           misfit = fmin(misfit_between(j.last, first_of(j.after)), jump),
           price = (misfit <= 0 ? 0 : BREAK * (1 - exp(-misfit / 4))) + worth_shared(&j);
    return (link){c->links[last].worth + j.worth_after - price + worth_missed(c, &j, misfit <= 0) -
                      tail_price(jump),
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

/* Where a word was heard, over all matches that contain it: the best score, the first and the last place. */
typedef struct hearing {
    double best; /* in nats */
    sb_time first, last;
} hearing;

static double nats_each(const sb_window_match *m)
{
    return (double)m->evidence / (double)m->n_words;
}

static void note_hearing(hearing *h, sb_time at)
{
    h->first = h->last == SB_TIME_NONE || at < h->first ? at : h->first;
    h->last = h->last == SB_TIME_NONE || at > h->last ? at : h->last;
}

/* Expected words of a trusted stretch count as heard. */
static void collect_hearings(hearing *hearings, const chain *c)
{
    const sb_time *expected = c->prior->expected;
    for (size_t w = 0; w < c->n_words; w++) {
        hearings[w] = (hearing){0, SB_TIME_NONE, SB_TIME_NONE};
        if (expected && expected[w] != SB_TIME_NONE &&
            sb_anchors_trust(c->out, (sb_span){expected[w], expected[w]}))
            note_hearing(&hearings[w], expected[w]);
    }
    for (size_t i = 0; i < c->n; i++)
        for (size_t k = 0; k < c->matches[i]->n_words; k++) {
            hearing *h = &hearings[c->matches[i]->words[k].word];
            h->best = fmax(h->best, nats_each(c->matches[i]));
        }
    for (size_t i = 0; i < c->n; i++)
        for (size_t k = 0; k < c->matches[i]->n_words && c->matches[i]->evidence >= TWICE_NATS; k++) {
            const sb_anchor *anchor = &c->matches[i]->words[k];
            if (nats_each(c->matches[i]) >= TWICE_AS_WELL * hearings[anchor->word].best)
                note_hearing(&hearings[anchor->word], anchor->span.start);
        }
}

/* Single words may be missing in one of the places, inside or at the ends of a run. Short runs are common
 * phrases. */
static void close_runs(bool *twice, size_t n)
{
    size_t last = SIZE_MAX;
    for (size_t w = 0; w < n; w++) {
        if (!twice[w])
            continue;
        for (size_t i = last == SIZE_MAX ? w : last + 1; i < w && w - last - 1 <= CUT_WORDS; i++)
            twice[i] = true;
        last = w;
    }
    for (size_t w = 0, end; w < n; w = end + 1) {
        for (end = w; end < n && twice[end]; end++)
            continue;
        size_t length = end - w, more = length / TWICE_EDGE < CUT_WORDS ? length / TWICE_EDGE : CUT_WORDS;
        if (length == 0)
            continue;
        for (size_t i = w; length < TWICE_RUN && i < end; i++)
            twice[i] = false;
        for (size_t i = 0; length >= TWICE_RUN && i < more; i++) {
            if (w > i)
                twice[w - 1 - i] = true;
            if (end < n)
                twice[end++] = true;
        }
    }
}

/* If the same words were said at two positions, the fit depends on voice and noise, and does not show which
 * position is right. Such words therefore count little: enough to be in the chain at both positions, too
 * little to outweigh the stamps. Returns false if memory runs out. */
static bool weigh_chain(chain *c)
{
    hearing *hearings = calloc(c->n_words + 1, sizeof *hearings);
    if (!hearings)
        return false;
    collect_hearings(hearings, c);
    for (size_t w = 0; w < c->n_words; w++)
        c->twice[w] = hearings[w].last != SB_TIME_NONE && hearings[w].last - hearings[w].first > TWICE;
    close_runs(c->twice, c->n_words);
    for (size_t i = 0; i < c->n; i++)
        for (size_t k = 0; k < c->matches[i]->n_words; k++) {
            double each = nats_each(c->matches[i]);
            c->worth[i] += c->twice[c->matches[i]->words[k].word] ? fmin(each, TWICE_WORTH) : each;
        }
    free(hearings);
    return true;
}

/* Adds words `from` ... `until` - 1, without those at the edges of the match. */
static size_t add_match_words(sb_anchors *out, const sb_window_match *m, uint32_t from, uint32_t until,
                              size_t end)
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

/* Adds the words of the chain that ends with match `last`. `out` has room for `room` words. */
static void trace_chain(sb_anchors *out, const chain *c, size_t last, size_t room)
{
    size_t at = room;
    uint32_t until = UINT32_MAX;
    out->evidence = last == SIZE_MAX ? 0 : c->links[last].nats;
    for (; last != SIZE_MAX; last = c->links[last].before) {
        size_t before = c->links[last].before;
        at = add_match_words(out, c->matches[last],
                             before == SIZE_MAX ? 0 : last_of(c->matches[before])->word + 1, until, at);
        until = first_of(c->matches[last])->word;
        out->n_found++;
    }
    out->n_items = room - at;
    memmove(out->items, out->items + at, out->n_items * sizeof *out->items);
}

bool sb_match_chain(sb_anchors *out, const sb_window_match *const *matches, size_t n,
                    const sb_chain_prior *prior)
{
    size_t n_anchors = 0;
    chain c = {.matches = matches, .n = n, .prior = prior, .out = out};
    for (size_t i = 0; i < n; i++) {
        n_anchors += matches[i]->n_words;
        c.n_words = last_of(matches[i])->word >= c.n_words ? last_of(matches[i])->word + 1 : c.n_words;
    }
    c.worth = calloc(n + 1, sizeof *c.worth);
    c.links = calloc(n + 1, sizeof *c.links);
    c.twice = calloc(c.n_words + 1, sizeof *c.twice);
    out->items = calloc(n_anchors + 1, sizeof *out->items);
    bool ok = c.worth && c.links && c.twice && out->items && weigh_chain(&c);
    if (ok) {
        link_all(&c);
        trace_chain(out, &c, best_end(&c), n_anchors);
    }
    free(c.worth);
    free(c.links);
    free(c.twice);
    return ok;
}
