#include "remap/remap.h"

#include <stdlib.h>
#include <string.h>

#include "base/run/run.h"
#include "base/text/text.h"

#define PASSAGE 3

typedef struct unit {
    uint64_t hash;
    const sb_aligned_word *word;
} unit;

typedef struct text {
    unit *units;
    size_t n, capacity;
} text;

/* A run of PASSAGE words and its position. */
typedef struct passage {
    uint64_t hash;
    size_t at;
} passage;

typedef struct pair {
    size_t from, to;
} pair;

typedef struct matcher {
    text from, to;
    passage *from_passages, *to_passages;
    pair *chain;
    size_t n_chain;
    size_t *partner; /* for each word of `from`; SIZE_MAX: none */
} matcher;

static bool add_word(text *t, const sb_aligned_word *word)
{
    char *folded = sb_fold(word->text);
    if (!folded)
        return false;
    uint64_t hash = sb_word_hash(folded);
    free(folded);
    if (hash == 0)
        return true;
    if (!sb_grow(&t->units, t->n, &t->capacity, sizeof *t->units))
        return false;
    t->units[t->n++] = (unit){hash, word};
    return true;
}

static bool take_words(text *t, const sb_alignment *a)
{
    for (size_t i = 0; i < a->n_turns; i++)
        for (size_t j = 0; j < a->turns[i].n_words; j++)
            if (!add_word(t, &a->turns[i].words[j]))
                return false;
    return true;
}

static int compare_passages(const void *a, const void *b)
{
    const passage *left = a, *right = b;
    if (left->hash != right->hash)
        return left->hash < right->hash ? -1 : 1;
    return (left->at > right->at) - (left->at < right->at);
}

static size_t n_passages(const text *t)
{
    return t->n < PASSAGE ? 0 : t->n - PASSAGE + 1;
}

static passage *sort_passages(const text *t)
{
    size_t n = n_passages(t);
    passage *passages = calloc(n + 1, sizeof *passages);
    for (size_t i = 0; passages && i < n; i++) {
        uint64_t hash = SB_HASH_SEED;
        for (size_t j = 0; j < PASSAGE; j++)
            hash = sb_hash_add(hash, t->units[i + j].hash);
        passages[i] = (passage){hash, i};
    }
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
    return m->from.units[from].hash == m->to.units[to].hash;
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
                (sb_common_word){m->from.units[i].word, m->to.units[m->partner[i]].word};
    return out->items;
}

sb_status sb_common_words_find(sb_common_words *out, const sb_alignment *from, const sb_alignment *to,
                               sb_error *err)
{
    matcher m = {0};
    *out = (sb_common_words){0};
    bool ok = take_words(&m.from, from) && take_words(&m.to, to) && match(&m) && take_common(out, &m);
    free(m.from.units);
    free(m.to.units);
    free(m.from_passages);
    free(m.to_passages);
    free(m.chain);
    free(m.partner);
    return ok ? SB_OK : sb_error_set(err, SB_ERR_MEMORY, "out of memory while comparing the transcripts");
}

void sb_common_words_finish(sb_common_words *common)
{
    free(common->items);
    *common = (sb_common_words){0};
}
