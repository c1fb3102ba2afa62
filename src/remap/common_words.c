#include "remap/remap.h"

#include "base/run/run.h"

#include <stdlib.h>
#include <string.h>

#include "alignment/alignment.h"

#define PASSAGE 3

/* A run of PASSAGE words and its position. */
typedef struct passage {
    uint64_t hash;
    size_t at;
} passage;

typedef struct pair {
    size_t from, to;
} pair;

typedef struct matcher {
    sb_word_units from, to;
    passage *from_passages, *to_passages;
    pair *chain;
    size_t n_chain;
    size_t *partner; /* for each word of `from`; SIZE_MAX: none */
} matcher;

static int compare_passages(const void *a, const void *b)
{
    const passage *left = a, *right = b;
    if (left->hash != right->hash)
        return left->hash < right->hash ? -1 : 1;
    return (left->at > right->at) - (left->at < right->at);
}

static size_t n_passages(const sb_word_units *t)
{
    return t->n < PASSAGE ? 0 : t->n - PASSAGE + 1;
}

static passage *sort_passages(const sb_word_units *t)
{
    size_t n = n_passages(t);
    passage *passages = calloc(n + 1, sizeof *passages);
    for (size_t i = 0; passages && i < n; i++)
        passages[i] = (passage){sb_word_units_hash(t, i, PASSAGE), i};
    if (passages && n > 0)
        qsort(passages, n, sizeof *passages, compare_passages);
    return passages;
}

static size_t run_length(const passage *passages, size_t n, size_t at)
{
    size_t end = at;
    while (end < n && passages[end].hash == passages[at].hash)
        end++;
    return end - at;
}

static int compare_pairs(const void *a, const void *b)
{
    size_t left = ((const pair *)a)->from, right = ((const pair *)b)->from;
    return (left > right) - (left < right);
}

/* Finds the passages that occur exactly once in each text, in the order of `from`. */
static void pair_passages(matcher *m)
{
    size_t i = 0, j = 0, n = n_passages(&m->from), k = n_passages(&m->to);
    while (i < n && j < k) {
        const passage *a = &m->from_passages[i], *b = &m->to_passages[j];
        if (a->hash != b->hash) {
            i += a->hash < b->hash;
            j += b->hash < a->hash;
            continue;
        }
        size_t n_a = run_length(m->from_passages, n, i), n_b = run_length(m->to_passages, k, j);
        if (n_a == 1 && n_b == 1)
            m->chain[m->n_chain++] = (pair){a->at, b->at};
        i += n_a;
        j += n_b;
    }
    if (m->n_chain > 0)
        qsort(m->chain, m->n_chain, sizeof *m->chain, compare_pairs);
}

static bool chain_passages(matcher *m)
{
    size_t n = m->n_chain;
    int64_t *values = calloc(n + 1, sizeof *values);
    bool *keep = calloc(n + 1, sizeof *keep);
    for (size_t i = 0; values && i < n; i++)
        values[i] = (int64_t)m->chain[i].to;
    bool ok = values && keep && sb_longest_rising(keep, values, n);
    m->n_chain = 0;
    for (size_t i = 0; ok && i < n; i++)
        if (keep[i])
            m->chain[m->n_chain++] = m->chain[i];
    free(values);
    free(keep);
    return ok;
}

static bool same(const matcher *m, size_t from, size_t to)
{
    return m->from.items[from].hash == m->to.items[to].hash;
}

/* Pairs equal words between `begin` and `end` (exclusive), first from the front and then from the back. */
static void extend(matcher *m, pair begin, pair end)
{
    while (begin.from < end.from && begin.to < end.to && same(m, begin.from, begin.to))
        m->partner[begin.from++] = begin.to++;
    while (end.from > begin.from && end.to > begin.to && same(m, end.from - 1, end.to - 1)) {
        end.from--;
        m->partner[end.from] = --end.to;
    }
}

static void match_words(matcher *m)
{
    pair begin = {0, 0}, end = {m->from.n, m->to.n};
    for (size_t i = 0; i < m->from.n; i++)
        m->partner[i] = SIZE_MAX;
    for (size_t i = 0; i < m->n_chain; i++) {
        pair next = m->chain[i];
        if (next.from < begin.from || next.to < begin.to)
            continue; /* the passage overlaps the one before, which has been extended as far as possible */
        extend(m, begin, next);
        for (begin = next; begin.from < next.from + PASSAGE;)
            m->partner[begin.from++] = begin.to++;
    }
    extend(m, begin, end);
}

static bool match(matcher *m)
{
    m->from_passages = sort_passages(&m->from);
    m->to_passages = sort_passages(&m->to);
    m->chain = calloc(m->from.n + 1, sizeof *m->chain);
    m->partner = calloc(m->from.n + 1, sizeof *m->partner);
    if (!m->from_passages || !m->to_passages || !m->chain || !m->partner)
        return false;
    pair_passages(m);
    if (!chain_passages(m))
        return false;
    match_words(m);
    return true;
}

static bool take_common(sb_common_words *out, const matcher *m)
{
    out->items = calloc(m->from.n + 1, sizeof *out->items);
    out->n_from = m->from.n;
    out->n_to = m->to.n;
    for (size_t i = 0; out->items && i < m->from.n; i++)
        if (m->partner[i] != SIZE_MAX)
            out->items[out->n_items++] =
                (sb_common_word){m->from.items[i].word, m->to.items[m->partner[i]].word};
    return out->items;
}

sb_status sb_common_words_find(sb_common_words *out, const sb_alignment *from, const sb_alignment *to,
                               sb_error *err)
{
    matcher m = {0};
    *out = (sb_common_words){0};
    bool ok = sb_word_units_make(&m.from, from) && sb_word_units_make(&m.to, to) && match(&m) &&
              take_common(out, &m);
    sb_word_units_finish(&m.from);
    sb_word_units_finish(&m.to);
    free(m.from_passages);
    free(m.to_passages);
    free(m.chain);
    free(m.partner);
    return ok ? SB_OK : sb_error_memory(err, "comparing the transcripts");
}

void sb_common_words_finish(sb_common_words *common)
{
    free(common->items);
    *common = (sb_common_words){0};
}
