#include "align/anchors/anchors.h"

#include "base/run/run.h"

#include <stdlib.h>
#include <string.h>

#define TRIPLE      3
#define MOST_COPIES 8     /* per match */
#define LEAST_NATS  10.0f /* minimum evidence of a copy */

/* For qsort, whose comparison has no context. */
typedef struct triple {
    uint32_t words[TRIPLE], at;
} triple;

static int compare_triples(const void *a, const void *b)
{
    const triple *x = a, *y = b;
    for (size_t i = 0; i < TRIPLE; i++)
        if (x->words[i] != y->words[i])
            return x->words[i] < y->words[i] ? -1 : 1;
    return (x->at > y->at) - (x->at < y->at);
}

static void read_triple(triple *out, const uint32_t *lexeme_of, size_t n_words, size_t at)
{
    out->at = (uint32_t)at;
    for (size_t i = 0; i < TRIPLE; i++)
        out->words[i] = at + i < n_words ? lexeme_of[at + i] : UINT32_MAX;
}

bool sb_repeats_make(sb_repeats *out, const sb_lexicon *lexicon)
{
    size_t n = lexicon->n_words;
    triple *triples = calloc(n + 1, sizeof *triples);
    *out = (sb_repeats){.lexeme_of = lexicon->lexeme_of,
                        .n_words = n,
                        .sorted = calloc(n + 1, sizeof *out->sorted),
                        .rank = calloc(n + 1, sizeof *out->rank)};
    bool ok = triples && out->sorted && out->rank;
    for (size_t i = 0; ok && i < n; i++)
        read_triple(&triples[i], lexicon->lexeme_of, n, i);
    if (ok)
        qsort(triples, n, sizeof *triples, compare_triples);
    for (size_t i = 0; ok && i < n; i++) {
        out->sorted[i] = triples[i].at;
        out->rank[triples[i].at] = (uint32_t)i;
    }
    free(triples);
    if (!ok)
        sb_repeats_finish(out);
    return ok;
}

void sb_repeats_finish(sb_repeats *r)
{
    free(r->sorted);
    free(r->rank);
    *r = (sb_repeats){0};
}

static bool begin_alike(const sb_repeats *r, size_t one, size_t two)
{
    for (size_t i = 0; i < TRIPLE; i++)
        if (one + i >= r->n_words || two + i >= r->n_words || r->lexeme_of[one + i] != r->lexeme_of[two + i])
            return false;
    return true;
}

static bool is_copied(const sb_repeats *r, uint32_t word, int64_t moved)
{
    int64_t to = (int64_t)word + moved;
    return to >= 0 && to < (int64_t)r->n_words && r->lexeme_of[word] == r->lexeme_of[to];
}

/* The longest run of words of a match that are repeated `moved` words later. */
static size_t longest_run(size_t *first, const sb_repeats *r, const sb_window_match *m, int64_t moved)
{
    size_t best = 0, run = 0;
    for (size_t i = 0; i < m->n_words; i++) {
        run = is_copied(r, m->words[i].word, moved) ? run + 1 : 0;
        if (run > best) {
            best = run;
            *first = i + 1 - run;
        }
    }
    return best;
}

static bool add_copy(sb_window_match **matches, size_t *n, const sb_repeats *r, const sb_window_match *m,
                     int64_t moved)
{
    size_t first = 0, n_words = longest_run(&first, r, m, moved);
    float evidence = m->evidence * (float)n_words / (float)m->n_words;
    if (n_words < TRIPLE || evidence < LEAST_NATS)
        return true;
    sb_anchor *words = malloc(n_words * sizeof *words);
    if (!words || !sb_push_room(matches, *n, sizeof **matches)) {
        free(words);
        return false;
    }
    for (size_t i = 0; i < n_words; i++)
        words[i] =
            (sb_anchor){(uint32_t)((int64_t)m->words[first + i].word + moved), m->words[first + i].span};
    (*matches)[(*n)++] = (sb_window_match){.evidence = evidence, .words = words, .n_words = n_words};
    return true;
}

static bool is_new(const int64_t *moves, size_t n, int64_t moved)
{
    for (size_t i = 0; i < n; i++)
        if (moves[i] == moved)
            return false;
    return true;
}

/* The distances in words to the places that start like the text at `word`: the nearest on either side. */
static size_t add_moves(int64_t *moves, size_t n, const sb_repeats *r, uint32_t word)
{
    size_t here = r->rank[word];
    for (int side = -1; side <= 1; side += 2)
        for (size_t i = 1; i <= MOST_COPIES / 2 && n < 2 * MOST_COPIES; i++) {
            if (side < 0 ? i > here : here + i >= r->n_words)
                break;
            uint32_t other = r->sorted[side < 0 ? here - i : here + i];
            if (!begin_alike(r, word, other))
                break;
            int64_t moved = (int64_t)other - (int64_t)word;
            if (is_new(moves, n, moved))
                moves[n++] = moved;
        }
    return n;
}

bool sb_repeats_add(sb_window_match **matches, size_t *n_matches, const sb_repeats *r,
                    const sb_window_match *match)
{
    int64_t moves[2 * MOST_COPIES];
    size_t n = 0;
    for (size_t i = 0; i < match->n_words; i++)
        n = add_moves(moves, n, r, match->words[i].word);
    for (size_t i = 0; i < n; i++)
        if (!add_copy(matches, n_matches, r, match, moves[i]))
            return false;
    return true;
}
