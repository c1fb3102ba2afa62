#include "fingerprint/fingerprint.h"

#include "base/run/run.h"

#include <stdlib.h>

/* Bits in which codes differ: 16 of 32 between unrelated sounds. The limits were fitted to spans of field
 * recordings and music that were put into others and encoded anew; see docs/alignment.md. */
enum {
    SEED_REACH = 8,    /* codes around an equal pair of codes that must be alike */
    SEED_BITS = 9,     /* on average */
    ALIKE_BITS = 10,   /* codes that differ more count against a match */
    DROP = 64,         /* a match ends where its score is so far below the best */
    MEAN_BITS = 8,     /* of a whole match */
    DULL_RUN = 4,      /* so many equal codes are silence or a held tone, and tell nothing */
    SAME_DIAGONAL = 2, /* matches with so little difference are one */
    CHAIN_STEPS = 512, /* of equal codes: more are too common to tell anything */
    HASH_BITS_LEAST = 12,
};

/* All codes of the recordings within reach, by value. A code has a number that counts all codes of all
 * recordings. */
typedef struct code_index {
    uint64_t *heads; /* by hash of the code: number + 1 of the latest such code; 0: none */
    uint64_t *next;  /* by number modulo `n_next`: the one before it */
    size_t n_next;
    int hash_bits;
} code_index;

typedef struct search {
    const sb_fingerprint *recordings;
    uint64_t *begins; /* number of each recording's first code; one more than recordings */
    code_index index;
    size_t least;
    sb_print_matches *out;
    size_t n_before; /* matches of the recordings before */
} search;

static size_t hash_of(const code_index *index, uint32_t code)
{
    return (size_t)((code * 2654435769u) >> (32 - index->hash_bits));
}

static bool is_dull(const sb_fingerprint *print, size_t at)
{
    size_t first = at, end = at + 1;
    while (first > 0 && at - first < DULL_RUN && print->codes[first - 1] == print->codes[at])
        first--;
    while (end < print->n_codes && end - at < DULL_RUN && print->codes[end] == print->codes[at])
        end++;
    return end - first >= DULL_RUN;
}

static void index_recording(search *s, size_t recording)
{
    const sb_fingerprint *print = &s->recordings[recording];
    for (size_t i = 0; i < print->n_codes; i++) {
        if (is_dull(print, i))
            continue;
        uint64_t number = s->begins[recording] + i;
        uint64_t *head = &s->index.heads[hash_of(&s->index, print->codes[i])];
        s->index.next[number % s->index.n_next] = *head;
        *head = number + 1;
    }
}

/* Codes a + i and b + i are compared. */
typedef struct diagonal {
    const sb_fingerprint *a, *b;
    size_t a_at, b_at;
} diagonal;

static int bits_at(const diagonal *d, int64_t step)
{
    return __builtin_popcount(d->a->codes[(int64_t)d->a_at + step] ^ d->b->codes[(int64_t)d->b_at + step]);
}

static bool inside(const diagonal *d, int64_t step)
{
    return (int64_t)d->a_at + step >= 0 && (int64_t)d->b_at + step >= 0 &&
           (int64_t)d->a_at + step < (int64_t)d->a->n_codes &&
           (int64_t)d->b_at + step < (int64_t)d->b->n_codes;
}

static bool alike_around(const diagonal *d)
{
    int bits = 0, n = 0;
    for (int64_t step = -SEED_REACH; step <= SEED_REACH; step++)
        if (inside(d, step)) {
            bits += bits_at(d, step);
            n++;
        }
    return bits <= SEED_BITS * n;
}

/* Returns how many steps in this direction belong to the match, and adds their bits to `*bits`. */
static size_t extend(const diagonal *d, int direction, int *bits)
{
    int score = 0, best = 0, sum = 0;
    size_t n_best = 0;
    for (int64_t n = 1; inside(d, direction * n) && best - score <= DROP; n++) {
        int here = bits_at(d, direction * n);
        score += ALIKE_BITS - here;
        sum += here;
        if (score > best) {
            best = score;
            n_best = (size_t)n;
            *bits = sum;
        }
    }
    return n_best;
}

/* Whether a match of this recording has these codes already. */
static bool is_known(const search *s, size_t a, size_t a_at, size_t b_at)
{
    for (size_t i = s->out->n; i-- > s->n_before;) {
        const sb_print_match *match = &s->out->items[i];
        int64_t apart = (int64_t)(match->b_first + a_at) - (int64_t)(match->a_first + b_at);
        if (match->a == a && apart <= SAME_DIAGONAL && apart >= -SAME_DIAGONAL && b_at >= match->b_first &&
            b_at < match->b_first + match->n)
            return true;
    }
    return false;
}

static sb_status try_pair(search *s, size_t a, size_t b, size_t a_at, size_t b_at, sb_error *err)
{
    diagonal d = {&s->recordings[a], &s->recordings[b], a_at, b_at};
    if (!alike_around(&d) || is_known(s, a, a_at, b_at))
        return SB_OK;
    int bits_left = 0, bits_right = 0;
    size_t left = extend(&d, -1, &bits_left), right = extend(&d, 1, &bits_right);
    size_t n = left + 1 + right;
    if (n < s->least || (size_t)bits_left + (size_t)bits_right > MEAN_BITS * n)
        return SB_OK;
    if (!sb_grow(&s->out->items, s->out->n, &s->out->capacity, sizeof *s->out->items))
        return sb_error_memory(err, "comparing recordings");
    s->out->items[s->out->n++] =
        (sb_print_match){.a = a, .b = b, .a_first = a_at - left, .b_first = b_at - left, .n = n};
    return SB_OK;
}

/* Compares a code with the equal ones of the recordings from `oldest` to before `b`. */
static sb_status look_up_code(search *s, size_t oldest, size_t b, size_t b_at, sb_error *err)
{
    uint32_t code = s->recordings[b].codes[b_at];
    size_t a = b;
    uint64_t link = s->index.heads[hash_of(&s->index, code)];
    for (int steps = 0; link > s->begins[oldest] && steps < CHAIN_STEPS; steps++) {
        uint64_t number = link - 1;
        while (number < s->begins[a])
            a--;
        size_t a_at = (size_t)(number - s->begins[a]);
        if (s->recordings[a].codes[a_at] == code) {
            sb_status status = try_pair(s, a, b, a_at, b_at, err);
            if (status != SB_OK)
                return status;
        }
        link = s->index.next[number % s->index.n_next];
    }
    return SB_OK;
}

static bool overlaps(size_t a_first, size_t a_n, size_t b_first, size_t b_n)
{
    return a_first < b_first + b_n && b_first < a_first + a_n;
}

static int compare_lengths(const void *x, const void *y)
{
    const sb_print_match *a = x, *b = y;
    if (a->n != b->n)
        return a->n > b->n ? -1 : 1;
    if (a->a != b->a)
        return a->a < b->a ? -1 : 1;
    return a->b_first < b->b_first ? -1 : a->b_first > b->b_first;
}

/* Music that loops also matches itself later. Of matches that overlap in both recordings, the longest
 * stays. */
static void drop_loops(search *s)
{
    sb_print_match *items = s->out->items;
    size_t kept = s->n_before;
    if (s->out->n > s->n_before)
        qsort(items + kept, s->out->n - kept, sizeof *items, compare_lengths);
    for (size_t i = s->n_before; i < s->out->n; i++) {
        bool is_loop = false;
        for (size_t j = s->n_before; j < kept && !is_loop; j++)
            is_loop = items[i].a == items[j].a &&
                      overlaps(items[i].a_first, items[i].n, items[j].a_first, items[j].n) &&
                      overlaps(items[i].b_first, items[i].n, items[j].b_first, items[j].n);
        if (!is_loop)
            items[kept++] = items[i];
    }
    s->out->n = kept;
}

static sb_status search_recording(search *s, size_t oldest, size_t b, sb_error *err)
{
    s->n_before = s->out->n;
    for (size_t i = 0; i < s->recordings[b].n_codes; i++) {
        if (is_dull(&s->recordings[b], i))
            continue;
        sb_status status = look_up_code(s, oldest, b, i, err);
        if (status != SB_OK)
            return status;
    }
    drop_loops(s);
    return SB_OK;
}

static sb_status search_all(search *s, size_t n, size_t within, const sb_monitor *monitor, sb_error *err)
{
    for (size_t b = 0; b < n; b++) {
        sb_status status = search_recording(s, b > within ? b - within : 0, b, err);
        if (status != SB_OK)
            return status;
        index_recording(s, b);
        if (monitor) {
            sb_monitor_step(monitor, "compare", (double)(b + 1), (double)n);
            if (sb_monitor_cancelled(monitor))
                return sb_error_set(err, SB_ERR_INTERRUPTED, "interrupted");
        }
    }
    return SB_OK;
}

/* The most codes that a recording and the `within` before it have. */
static size_t largest_reach(const uint64_t *begins, size_t n, size_t within)
{
    uint64_t most = 1;
    for (size_t b = 0; b < n; b++) {
        uint64_t reach = begins[b + 1] - begins[b > within ? b - within : 0];
        most = reach > most ? reach : most;
    }
    return (size_t)most;
}

static bool begin_search(search *s, size_t n, size_t within)
{
    s->begins = calloc(n + 1, sizeof *s->begins);
    if (!s->begins)
        return false;
    for (size_t i = 0; i < n; i++)
        s->begins[i + 1] = s->begins[i] + s->recordings[i].n_codes;
    code_index *index = &s->index;
    index->n_next = largest_reach(s->begins, n, within);
    index->hash_bits = HASH_BITS_LEAST;
    while (index->hash_bits < 30 && ((size_t)1 << index->hash_bits) < index->n_next)
        index->hash_bits++;
    index->heads = calloc((size_t)1 << index->hash_bits, sizeof *index->heads);
    index->next = calloc(index->n_next, sizeof *index->next);
    return index->heads && index->next;
}

sb_status sb_print_matches_find(sb_print_matches *out, const sb_fingerprint *recordings, size_t n,
                                size_t least, size_t within, const sb_monitor *monitor, sb_error *err)
{
    *out = (sb_print_matches){0};
    search s = {.recordings = recordings, .least = least, .out = out};
    sb_status status = begin_search(&s, n, within) ? SB_OK : sb_error_memory(err, "comparing recordings");
    if (status == SB_OK)
        status = search_all(&s, n, within, monitor, err);
    free(s.begins);
    free(s.index.heads);
    free(s.index.next);
    if (status != SB_OK)
        sb_print_matches_finish(out);
    return status;
}

void sb_print_matches_finish(sb_print_matches *matches)
{
    free(matches->items);
    *matches = (sb_print_matches){0};
}
