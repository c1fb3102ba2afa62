#include "align/again/again.h"

#include "base/run/run.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define PHONES_MOST 40 /* of a rival */
/* Frames by which the edges of the stretch may be wrong, and the cost of each row of it that a rival leaves
 * out. */
#define SLACK      8
#define LEFT_ROW   1.5f
#define IMPOSSIBLE (-1e30f)

void sb_rival_words_finish(sb_rival_words *r)
{
    free(r->phones);
    free(r->words);
    *r = (sb_rival_words){0};
}

/* A pronunciation of the dictionary. */
typedef struct entry {
    sb_phone phones[PHONES_MOST];
    uint8_t n;
} entry;

static int by_phones(const void *a, const void *b)
{
    const entry *x = a, *y = b;
    int order = memcmp(x->phones, y->phones, x->n < y->n ? x->n : y->n);
    return order ? order : (int)x->n - (int)y->n;
}

static size_t count_shared(const entry *a, const entry *b)
{
    size_t n = 0;
    while (n < a->n && n < b->n && a->phones[n] == b->phones[n])
        n++;
    return n;
}

/* Words that sound the same become one. */
static bool take_entries(sb_rival_words *out, const entry *entries, size_t n)
{
    out->phones = malloc(n * PHONES_MOST + 1);
    out->words = malloc((n + 1) * sizeof *out->words);
    if (!out->phones || !out->words)
        return false;
    for (size_t i = 0, n_phones = 0; i < n; i++) {
        size_t shared = i > 0 ? count_shared(&entries[i - 1], &entries[i]) : 0;
        if (i > 0 && shared == entries[i].n && shared == entries[i - 1].n)
            continue;
        out->words[out->n_words++] = (sb_rival_word){(uint32_t)n_phones, entries[i].n, (uint8_t)shared};
        memcpy(out->phones + n_phones, entries[i].phones, entries[i].n);
        n_phones += entries[i].n;
    }
    return true;
}

sb_status sb_rival_words_read(sb_rival_words *out, const sb_acoustic_model *model, sb_error *err)
{
    const char *path = model->dictionary ? model->dictionary : sb_acoustic_model_dictionary();
    sb_dictionary *dictionary = NULL;
    *out = (sb_rival_words){0};
    if (!path)
        return SB_OK;
    sb_status status = sb_dictionary_open_in(&dictionary, path, model->phones, err);
    if (status)
        return status;
    size_t n = 0, size = sb_dictionary_size(dictionary);
    entry *entries = calloc(size + 1, sizeof *entries);
    for (size_t i = 0; entries && i < size; i++) {
        entries[n].n = (uint8_t)sb_dictionary_at(dictionary, i, entries[n].phones, PHONES_MOST);
        n += entries[n].n > 0;
    }
    if (entries)
        qsort(entries, n, sizeof *entries, by_phones);
    if (!entries || !take_entries(out, entries, n))
        status = sb_error_memory(err, "hearing words again");
    free(entries);
    sb_dictionary_free(&dictionary);
    if (status)
        sb_rival_words_finish(out);
    return status;
}

typedef struct ranked {
    float fit;
    uint32_t word;
} ranked;

/* Finds the words whose phones, one after the other, fit the rows best: all rows but some at the edges. Words
 * that begin with the same phones share the work. */
typedef struct ranking {
    const sb_rival_words *rivals;
    const float (*rows)[SB_MODEL_PHONES]; /* scores of the phones in every second frame */
    size_t n_rows, slack;
    float *rest; /* n_rows + 1: most that the rows from this one on can add */
    float *fits; /* [phone of the word][row]: best fit of the phones until this one, which ends with the row
                    or goes on after it */
    ranked best[SB_RIVALS_MOST];
    size_t n_best;
} ranking;

/* The best fit of all words that begin with these phones is at most this. */
static float most_after(const ranking *r, size_t i)
{
    const float *fits = r->fits + i * r->n_rows;
    float most = IMPOSSIBLE;
    for (size_t row = 0; row < r->n_rows; row++)
        if (fits[row] + r->rest[row + 1] > most)
            most = fits[row] + r->rest[row + 1];
    return most;
}

static void fit_phone(const ranking *r, size_t i, sb_phone phone)
{
    float *fits = r->fits + i * r->n_rows;
    const float *before = fits - r->n_rows;
    float now = IMPOSSIBLE;
    for (size_t row = 0; row < r->n_rows; row++) {
        float enter = i > 0 ? (row > 0 ? before[row - 1] : IMPOSSIBLE)
                            : (row <= r->slack ? -LEFT_ROW * (float)row : IMPOSSIBLE);
        now = (now > enter ? now : enter) + r->rows[row][phone];
        fits[row] = now;
    }
}

/* The fit of a word with this last phone. */
static float fit_of_word(const ranking *r, size_t last)
{
    const float *fits = r->fits + last * r->n_rows;
    float best = IMPOSSIBLE;
    for (size_t left = 0; left <= r->slack && left < r->n_rows; left++)
        best = fmaxf(best, fits[r->n_rows - 1 - left] - LEFT_ROW * (float)left);
    return best;
}

static float least_of_best(const ranking *r)
{
    return r->n_best == SB_RIVALS_MOST ? r->best[SB_RIVALS_MOST - 1].fit : IMPOSSIBLE / 2;
}

/* Keeps the best in descending order. */
static void keep_ranked(ranking *r, ranked word)
{
    if (word.fit <= least_of_best(r))
        return;
    size_t at = r->n_best < SB_RIVALS_MOST ? r->n_best++ : r->n_best - 1;
    for (; at > 0 && word.fit > r->best[at - 1].fit; at--)
        r->best[at] = r->best[at - 1];
    r->best[at] = word;
}

static void rank_words(ranking *r)
{
    /* Of the previous word: phones whose fits are known, and the first phones with which no word can be among
     * the best. */
    size_t known = 0, hopeless = SIZE_MAX;
    for (size_t w = 0; w < r->rivals->n_words; w++) {
        const sb_rival_word *word = &r->rivals->words[w];
        if (word->n_shared >= hopeless)
            continue;
        known = word->n_shared < known ? word->n_shared : known;
        hopeless = SIZE_MAX;
        for (; known < word->n_phones && hopeless == SIZE_MAX; known++) {
            fit_phone(r, known, r->rivals->phones[word->first + known]);
            if (most_after(r, known) <= least_of_best(r))
                hopeless = known + 1;
        }
        if (hopeless == SIZE_MAX)
            keep_ranked(r, (ranked){fit_of_word(r, word->n_phones - 1u), (uint32_t)w});
    }
}

/* False if memory runs out. */
static bool begin_ranking(ranking *r)
{
    r->rest = calloc(r->n_rows + 1, sizeof *r->rest);
    r->fits = malloc(PHONES_MOST * r->n_rows * sizeof *r->fits);
    for (size_t row = r->n_rows; r->rest && row-- > 0;) {
        float most = -LEFT_ROW;
        for (size_t p = 0; p < SB_PHONES_MAX; p++)
            most = fmaxf(most, r->rows[row][p]);
        r->rest[row] = r->rest[row + 1] + most;
    }
    return r->rest && r->fits;
}

bool sb_rivals_find(sb_spoken_way out[SB_RIVALS_MOST], size_t *n, const sb_rival_words *rivals,
                    sb_scorer *scorer, const float (*vectors)[SB_VECTOR], size_t n_vectors,
                    sb_vector_range range)
{
    size_t first = range.first > SLACK / 2 ? range.first - SLACK / 2 : 0;
    size_t end = range.end + SLACK / 2 < n_vectors ? range.end + SLACK / 2 : n_vectors;
    *n = 0;
    if (end <= first || rivals->n_words == 0)
        return true;
    size_t n_rows = (end - first + 1) / SB_MATCH_STEP;
    float(*rows)[SB_MODEL_PHONES] = calloc(n_rows, sizeof *rows);
    ranking r = {.rivals = rivals,
                 .rows = (const float(*)[SB_MODEL_PHONES])rows,
                 .n_rows = n_rows,
                 .slack = SLACK / SB_MATCH_STEP};
    bool ok = rows && sb_scorer_choose(scorer, NULL, 0);
    if (ok)
        sb_phone_scores(rows, scorer, vectors + first, end - first);
    ok = ok && begin_ranking(&r);
    if (ok)
        rank_words(&r);
    for (size_t i = 0; ok && i < r.n_best; i++) {
        const sb_rival_word *word = &rivals->words[r.best[i].word];
        out[(*n)++] = (sb_spoken_way){rivals->phones + word->first, word->n_phones};
    }
    free(rows);
    free(r.rest);
    free(r.fits);
    return ok;
}
