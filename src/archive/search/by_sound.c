#include "archive/search/search.h"

#include "base/run/run.h"
#include "base/text/text.h"
#include "quote/alike/sounds.h"

#include <stdlib.h>
#include <string.h>

/* What is looked up in the index: the words that sound most like a piece of the phrase. More would take
 * longer than they find. */
#define WORDS_MAX     1200
#define INSTANCES_MAX 20000 /* of one word; more frequent words may stand anywhere between others */
#define TOTAL_MAX     200000
#define CHAINS_MAX    60 /* places that are compared exactly */
#define CHAINS_EACH   6  /* of these, places that end in one word, so that other spellings have room */
#define NO_COST       (1 << 24)

/* A word of the index that sounds like a piece of the phrase. */
typedef struct heard {
    size_t word;
    sb_phrase_piece piece;
    int chain; /* the least cost of a whole phrase with it */
} heard;

/* The word at one place. */
typedef struct instance {
    int64_t block, offset;
    size_t first, end; /* of its pieces in `heard` */
} instance;

typedef struct hearing {
    sb_search *search;
    sb_phrases terms, phones; /* of the vocabulary, in the order of the phones */
    sb_sounds asked;
    heard *heard;
    size_t n_heard, heard_capacity;
    instance *instances;
    size_t n_instances, instances_capacity;
    int to[SB_PIECE_PHONES_MAX + 1],
        from[SB_PIECE_PHONES_MAX + 1]; /* least costs up to a phone, and from it on */
    int frequent[SB_PIECE_PHONES_MAX + 1]
                [SB_PIECE_PHONES_MAX + 1]; /* least cost of a frequent word for a piece */
} hearing;

static void hearing_finish(hearing *h)
{
    sb_phrases_finish(&h->terms);
    sb_phrases_finish(&h->phones);
    sb_sounds_finish(&h->asked);
    free(h->heard);
    free(h->instances);
}

static sb_status read_vocabulary(hearing *h, sb_error *err)
{
    sb_rows *rows =
        sb_database_read(h->search->archive->database, err,
                         "SELECT phones, term FROM sound WHERE phones != '' ORDER BY phones, term", "");
    while (sb_rows_next(rows, err)) {
        bool ok = sb_push_room(&h->phones.items, h->phones.n, sizeof *h->phones.items) &&
                  sb_push_room(&h->terms.items, h->terms.n, sizeof *h->terms.items);
        if (ok) {
            h->phones.items[h->phones.n++] = sb_copy_text(sb_rows_text(rows, 0), &ok);
            h->terms.items[h->terms.n++] = sb_copy_text(sb_rows_text(rows, 1), &ok);
        }
        if (!ok)
            sb_error_memory(err, "searching");
    }
    sb_rows_end(&rows);
    return err->status;
}

static sb_status read_asked(hearing *h, const char *text, const char *language, sb_error *err)
{
    sb_sounds none = {0};
    char *copy = sb_copy_text(text, NULL);
    const char **words = calloc(strlen(text) / 2 + 1, sizeof *words);
    sb_sounds_finish(&h->asked);
    h->asked = (sb_sounds){0};
    if (copy && words) {
        size_t n = sb_phrase_words(copy, words);
        if (!sb_archive_read_dictionary(h->search->archive, err))
            sb_sounds_make(&h->asked, &none, words, n, n, language, h->search->archive->dictionary, err);
    } else {
        sb_error_memory(err, "searching");
    }
    sb_sounds_finish(&none);
    free(copy);
    free(words);
    return err->status;
}

static bool take_heard(void *user, size_t word, const sb_phrase_piece *piece)
{
    hearing *h = user;
    if (!sb_grow(&h->heard, h->n_heard, &h->heard_capacity, sizeof *h->heard))
        return false;
    h->heard[h->n_heard++] = (heard){word, *piece, 0};
    return true;
}

static void lower(int *cost, int other)
{
    if (other < *cost)
        *cost = other;
}

static int by_from(const void *a, const void *b)
{
    const heard *x = a, *y = b;
    return (x->piece.from > y->piece.from) - (x->piece.from < y->piece.from);
}

/* The cost of the best chain of pieces that each belongs to, as if any word could follow any other. */
static void cost_chains(hearing *h)
{
    size_t n = h->asked.n;
    for (size_t i = 0; i <= n; i++)
        h->to[i] = h->from[i] = NO_COST;
    h->to[0] = h->from[n] = 0;
    if (h->n_heard > 1)
        qsort(h->heard, h->n_heard, sizeof *h->heard, by_from);
    for (size_t i = 0; i < h->n_heard; i++)
        lower(&h->to[h->heard[i].piece.until], h->to[h->heard[i].piece.from] + h->heard[i].piece.cost);
    for (size_t i = h->n_heard; i-- > 0;)
        lower(&h->from[h->heard[i].piece.from], h->from[h->heard[i].piece.until] + h->heard[i].piece.cost);
    for (size_t i = 0; i < h->n_heard; i++) {
        heard *at = &h->heard[i];
        at->chain = h->to[at->piece.from] + at->piece.cost + h->from[at->piece.until];
    }
}

/* Words that cover much of the phrase cheaply come first. */
static int worth(const heard *h)
{
    size_t n = h->piece.until - h->piece.from;
    return h->chain + h->piece.cost - 10 * (int)(n * n);
}

static int by_word(const void *a, const void *b)
{
    const heard *x = a, *y = b;
    if (x->word != y->word)
        return x->word < y->word ? -1 : 1;
    return worth(x) < worth(y) ? -1 : worth(x) > worth(y);
}

/* A word and its pieces in `heard`. */
typedef struct word_pieces {
    size_t first, end;
    int worth;
} word_pieces;

static int by_worth_of_word(const void *a, const void *b)
{
    const word_pieces *x = a, *y = b;
    if (x->worth != y->worth)
        return x->worth < y->worth ? -1 : 1;
    return (x->first > y->first) - (x->first < y->first);
}

static word_pieces *list_pronounced_words(hearing *h, size_t *n_words)
{
    int most = sb_sound_most(h->asked.n);
    size_t kept = 0, n = 0;
    for (size_t i = 0; i < h->n_heard; i++)
        if (h->heard[i].chain <= most)
            h->heard[kept++] = h->heard[i];
    h->n_heard = kept;
    word_pieces *words = calloc(kept + 1, sizeof *words);
    if (!words)
        return NULL;
    if (kept > 1)
        qsort(h->heard, kept, sizeof *h->heard, by_word);
    for (size_t i = 0; i < kept; i++) {
        if (i == 0 || h->heard[i].word != h->heard[i - 1].word)
            words[n++] = (word_pieces){i, i, worth(&h->heard[i])};
        words[n - 1].end = i + 1;
    }
    if (n > 1)
        qsort(words, n, sizeof *words, by_worth_of_word);
    *n_words = n;
    return words;
}

static void take_frequent(hearing *h, const word_pieces *word)
{
    for (size_t i = word->first; i < word->end; i++)
        lower(&h->frequent[h->heard[i].piece.from][h->heard[i].piece.until], h->heard[i].piece.cost);
}

static sb_status look_up_word(hearing *h, sb_rows *rows, const word_pieces *word, sb_error *err)
{
    size_t begin = h->n_instances;
    sb_rows_again(rows, err, "ti", h->terms.items[h->heard[word->first].word], (int64_t)INSTANCES_MAX + 1);
    while (sb_rows_next(rows, err)) {
        if (!sb_grow(&h->instances, h->n_instances, &h->instances_capacity, sizeof *h->instances))
            return sb_error_memory(err, "searching");
        h->instances[h->n_instances++] =
            (instance){sb_rows_whole(rows, 0), sb_rows_whole(rows, 1), word->first, word->end};
    }
    if (h->n_instances - begin > INSTANCES_MAX) {
        h->n_instances = begin;
        take_frequent(h, word);
    }
    return err->status;
}

static sb_status look_up_pieces(hearing *h, const word_pieces *words, size_t n_words, sb_error *err)
{
    for (size_t i = 0; i <= h->asked.n; i++)
        for (size_t k = 0; k <= h->asked.n; k++)
            h->frequent[i][k] = NO_COST;
    sb_rows *rows = sb_database_read(h->search->archive->database, err,
                                     "SELECT doc, \"offset\" FROM place WHERE term = ? LIMIT ?", "");
    for (size_t i = 0; i < n_words && i < WORDS_MAX && h->n_instances < TOTAL_MAX && !err->status; i++)
        look_up_word(h, rows, &words[i], err);
    sb_rows_end(&rows);
    return err->status;
}

static int compare_hits_by_place(const void *a, const void *b)
{
    const instance *x = a, *y = b;
    if (x->block != y->block)
        return x->block < y->block ? -1 : 1;
    return (x->offset > y->offset) - (x->offset < y->offset);
}

/* Costs up to each phone, after the words at one place. */
typedef struct reach {
    int cost[SB_PIECE_PHONES_MAX + 1];
} reach;

static void reach_nothing(reach *r, size_t n)
{
    for (size_t i = 0; i <= n; i++)
        r->cost[i] = NO_COST;
}

/* One frequent word after `before`. */
static void add_frequent(const hearing *h, reach *to, const reach *before)
{
    for (size_t i = 0; i < h->asked.n; i++)
        for (size_t k = i + 1; before->cost[i] < NO_COST && k <= h->asked.n; k++)
            lower(&to->cost[k], before->cost[i] + h->frequent[i][k]);
}

static void add_pieces(const hearing *h, reach *to, const reach *before, const instance *at)
{
    for (size_t i = at->first; i < at->end; i++) {
        const sb_phrase_piece *piece = &h->heard[i].piece;
        lower(&to->cost[piece->until], before->cost[piece->from] + piece->cost);
    }
}

/* `word` is the last one. A block is a candidate once. */
static bool add_chain(hearing *h, int64_t block, int cost, size_t word)
{
    sb_candidates *list = &h->search->candidates;
    if (list->n && list->items[list->n - 1].block == block) {
        if (cost < list->items[list->n - 1].rank)
            list->items[list->n - 1] = (sb_candidate){block, cost, word};
        return true;
    }
    if (!sb_grow(&list->items, list->n, &list->capacity, sizeof *list->items))
        return false;
    list->items[list->n++] = (sb_candidate){block, cost, word};
    return true;
}

/* Goes through the places in order. A phrase may begin at any place, and frequent words may be between,
 * before or after the others. */
static bool find_chains(hearing *h)
{
    size_t n = h->asked.n;
    int most = sb_sound_most(n);
    reach start, frequent_start, last, gap;
    int64_t block = -1, offset = 0;
    reach_nothing(&start, n);
    start.cost[0] = 0;
    frequent_start = start;
    add_frequent(h, &frequent_start, &start);
    for (size_t i = 0, end; i < h->n_instances; i = end) {
        const instance *at = &h->instances[i];
        reach before = frequent_start, here;
        if (at->block == block && at->offset == offset + 1)
            for (size_t k = 0; k <= n; k++)
                lower(&before.cost[k], last.cost[k]);
        if (at->block == block && at->offset == offset + 2)
            for (size_t k = 0; k <= n; k++)
                lower(&before.cost[k], gap.cost[k]);
        reach_nothing(&here, n);
        for (end = i; end < h->n_instances && compare_hits_by_place(at, &h->instances[end]) == 0; end++)
            add_pieces(h, &here, &before, &h->instances[end]);
        reach_nothing(&gap, n);
        add_frequent(h, &gap, &here);
        int cost = here.cost[n] < gap.cost[n] ? here.cost[n] : gap.cost[n];
        if (cost <= most && !add_chain(h, at->block, cost, h->heard[at->first].word))
            return false;
        last = here;
        block = at->block;
        offset = at->offset;
    }
    return true;
}

static int by_cost(const void *a, const void *b)
{
    const sb_candidate *x = a, *y = b;
    if (x->rank != y->rank)
        return x->rank < y->rank ? -1 : 1;
    return (x->block > y->block) - (x->block < y->block);
}

/* The chains in the episodes that are wanted. */
static sb_status keep_wanted(hearing *h, sb_error *err)
{
    sb_candidates *list = &h->search->candidates;
    size_t kept = 0;
    for (size_t i = 0; i < list->n && !err->status; i++)
        if (sb_search_wants(h->search, list->items[i].block, err))
            list->items[kept++] = list->items[i];
    list->n = h->search->out->n_places = kept;
    return err->status;
}

/* The cheapest chains, with room for several spellings. */
static sb_status keep_best(hearing *h, sb_error *err)
{
    sb_candidates *list = &h->search->candidates;
    uint8_t *n_each = calloc(h->terms.n + 1, sizeof *n_each);
    size_t kept = 0;
    if (!n_each)
        return sb_error_memory(err, "searching");
    if (list->n > 1)
        qsort(list->items, list->n, sizeof *list->items, by_cost);
    for (size_t i = 0; i < list->n && kept < CHAINS_MAX; i++)
        if (n_each[list->items[i].word] < CHAINS_EACH) {
            n_each[list->items[i].word]++;
            list->items[kept++] = list->items[i];
        }
    list->n = kept;
    free(n_each);
    return SB_OK;
}

static sb_status hear_phrase(hearing *h, sb_error *err)
{
    size_t n_words;
    h->n_heard = h->n_instances = 0;
    if (!sb_phrase_pieces_find(&h->asked, (const char *const *)h->phones.items, h->phones.n, take_heard, h))
        return sb_error_memory(err, "searching");
    cost_chains(h);
    word_pieces *words = list_pronounced_words(h, &n_words);
    if (!words)
        return sb_error_memory(err, "searching");
    if (!look_up_pieces(h, words, n_words, err)) {
        if (h->n_instances > 1)
            qsort(h->instances, h->n_instances, sizeof *h->instances, compare_hits_by_place);
        if (!find_chains(h))
            sb_error_memory(err, "searching");
    }
    free(words);
    return err->status || keep_wanted(h, err) ? err->status : keep_best(h, err);
}

/* The language of most episodes. */
static char *main_language(sb_search *search, sb_error *err)
{
    bool ok = true;
    sb_rows *rows =
        sb_database_read(search->archive->database, err,
                         "SELECT language FROM episode GROUP BY language ORDER BY count(*) DESC LIMIT 1", "");
    char *language = sb_rows_next(rows, err) && !sb_rows_is_null(rows, 0)
                         ? sb_copy_text(sb_rows_text(rows, 0), &ok)
                         : NULL;
    sb_rows_end(&rows);
    if (!ok)
        sb_error_memory(err, "searching");
    return language;
}

sb_status sb_search_by_sound(sb_search *search, sb_error *err)
{
    hearing *h = calloc(1, sizeof *h);
    if (!h)
        return sb_error_memory(err, "searching");
    h->search = search;
    char *language = main_language(search, err);
    if (!err->status && !read_asked(h, search->query->text, language, err)) {
        if (h->asked.n > SB_PIECE_PHONES_MAX)
            sb_error_set(err, SB_ERR_ARGUMENT,
                         "'%.40s...' is too long to be searched by sound; give fewer words",
                         search->query->text);
        else if (h->asked.n >= SB_SOUND_PHONES_MIN && !read_vocabulary(h, err) && !hear_phrase(h, err))
            sb_search_sounds(search, language, err);
    }
    free(language);
    hearing_finish(h);
    free(h);
    return err->status;
}
