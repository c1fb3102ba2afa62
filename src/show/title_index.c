#include "show/show.h"

#include "base/words/words.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define LONG_WORD    4 /* bytes */
#define SHORT_WEIGHT 0.3
/* Less weight than that is no evidence: log 2 is a word that half of the items have. */
#define LEAST_WEIGHT 1.0

/* The words of all items, with the number of items that have them. */
typedef struct title_word {
    const char *text;
    size_t n_audio, n_transcripts, last; /* `last`: 1 + the last item counted */
} title_word;

struct sb_title_index {
    const sb_show_pool *pool;
    sb_hash_index hashes;
    title_word *words;
    size_t n_words;
    size_t n_audio, n_transcripts;
};

typedef struct wanted_word {
    const sb_title_index *index;
    const char *text;
} wanted_word;

static bool same_word(const void *user, size_t item)
{
    const wanted_word *wanted = user;
    return !strcmp(wanted->index->words[item].text, wanted->text);
}

static uint32_t *slot_of(const sb_title_index *index, const char *text)
{
    const wanted_word wanted = {index, text};
    return sb_hash_index_find(&index->hashes, sb_hash_text(SB_HASH_SEED, text), same_word, &wanted);
}

static void count_words(sb_title_index *index, size_t item)
{
    const sb_show_item *one = &index->pool->items[item];
    for (size_t i = 0; i < one->facts.n_words; i++) {
        uint32_t *slot = slot_of(index, one->facts.words[i]);
        if (!*slot) {
            index->words[index->n_words++] = (title_word){.text = one->facts.words[i]};
            *slot = (uint32_t)index->n_words;
        }
        title_word *word = &index->words[*slot - 1];
        if (word->last == item + 1)
            continue;
        word->last = item + 1;
        word->n_audio += one->is_audio;
        word->n_transcripts += !one->is_audio;
    }
}

bool sb_title_index_create(sb_title_index **out, const sb_show_pool *pool)
{
    size_t n = 0;
    sb_title_index *index = calloc(1, sizeof *index);
    *out = index;
    for (size_t i = 0; i < pool->n_items; i++)
        n += pool->items[i].facts.n_words;
    if (!index)
        return false;
    index->pool = pool;
    index->words = calloc(n + 1, sizeof *index->words);
    if (!index->words || !sb_hash_index_init(&index->hashes, n + 1))
        return false;
    for (size_t i = 0; i < pool->n_items; i++) {
        index->n_audio += pool->items[i].is_audio;
        index->n_transcripts += !pool->items[i].is_audio;
        count_words(index, i);
    }
    return true;
}

void sb_title_index_free(sb_title_index **index)
{
    if (!*index)
        return;
    sb_hash_index_finish(&(*index)->hashes);
    free((*index)->words);
    free(*index);
    *index = NULL;
}

static double rarity(size_t n_with, size_t n_all)
{
    return log((double)(n_all + 1) / (double)n_with);
}

/* The rarer the word on its more frequent side, the more it weighs: 0 if nearly all have it, or if only one
 * side has it. Short words are mostly articles and the like. */
static double weight_of(const sb_title_index *index, const char *text)
{
    const title_word *word = &index->words[*slot_of(index, text) - 1];
    if (!word->n_audio || !word->n_transcripts)
        return 0;
    double audio = rarity(word->n_audio, index->n_audio),
           other = rarity(word->n_transcripts, index->n_transcripts);
    return fmin(audio, other) * (strlen(text) < LONG_WORD ? SHORT_WEIGHT : 1);
}

static bool has_before(const sb_name_facts *facts, size_t n, const char *text)
{
    for (size_t i = 0; i < n; i++)
        if (!strcmp(facts->words[i], text))
            return true;
    return false;
}

static double weight_of_title(const sb_title_index *index, const sb_name_facts *facts,
                              const sb_name_facts *shared)
{
    double sum = 0;
    for (size_t i = 0; i < facts->n_words; i++)
        if (!has_before(facts, i, facts->words[i]) &&
            (!shared || has_before(shared, shared->n_words, facts->words[i])))
            sum += weight_of(index, facts->words[i]);
    return sum;
}

double sb_title_likeness(const sb_title_index *index, size_t audio, size_t transcript)
{
    const sb_name_facts *a = &index->pool->items[audio].facts, *b = &index->pool->items[transcript].facts;
    double shared = weight_of_title(index, a, b);
    if (shared < LEAST_WEIGHT)
        return 0;
    double least = fmin(weight_of_title(index, a, NULL), weight_of_title(index, b, NULL));
    return fmin(1, shared / least); /* rounding must not tell equal titles apart */
}

void sb_title_shared(sb_bytes *out, const sb_title_index *index, size_t audio, size_t transcript)
{
    const sb_name_facts *a = &index->pool->items[audio].facts, *b = &index->pool->items[transcript].facts;
    bool is_first = true;
    for (size_t i = 0; i < a->n_words; i++) {
        if (has_before(a, i, a->words[i]) || !has_before(b, b->n_words, a->words[i]) ||
            weight_of(index, a->words[i]) <= 0)
            continue;
        sb_bytes_print(out, "%s%s", is_first ? "" : " ", a->words[i]);
        is_first = false;
    }
}
