#include "quote/alike/alike.h"

#include <stdlib.h>
#include <string.h>

#include "base/words/words.h"

#define WINDOW(n)     SB_NEAR_WINDOW(n)
#define NEEDED_MAX    SB_NEAR_MAX
#define FORM_COST     0.05 /* another form of a word */
#define ORDER_COST    0.1
#define MISSING_COST  0.03 /* a very common word that is missing */
#define DISTANCE_COST 0.5  /* a window of the maximum length */

/* A word of the phrase. */
typedef struct needed {
    const char *text;
    char *stem;
    int id;
    bool optional;
} needed;

/* A unit that is a word of the phrase. */
typedef struct place {
    size_t unit, needed;
    bool exact;
} place;

typedef struct finder {
    const sb_pattern *pattern;
    sb_units units;
    needed items[NEEDED_MAX];
    size_t n_needed, n_must;
    place *places;
    size_t n_places, capacity;
} finder;

static const char *const common[] = {
    "a",    "about", "all",   "an",    "and",  "any",       "are",  "as",    "at",  "be",    "been",
    "but",  "by",    "did",   "do",    "does", "for",       "from", "get",   "got", "had",   "has",
    "have", "he",    "her",   "him",   "his",  "how",       "i",    "if",    "in",  "into",  "is",
    "it",   "its",   "just",  "like",  "me",   "my",        "no",   "not",   "of",  "on",    "or",
    "our",  "out",   "she",   "so",    "some", "something", "than", "that",  "the", "their", "them",
    "then", "there", "these", "they",  "this", "those",     "to",   "up",    "us",  "was",   "we",
    "were", "what",  "when",  "which", "who",  "will",      "with", "would", "you", "your"};

static int compare_words(const void *a, const void *b)
{
    return strcmp(a, *(const char *const *)b);
}

bool sb_word_is_common(const char *text)
{
    return bsearch(text, common, sizeof common / sizeof *common, sizeof *common, compare_words) != NULL;
}

static void finder_finish(finder *f)
{
    for (size_t i = 0; i < f->n_needed; i++)
        free(f->items[i].stem);
    sb_units_finish(&f->units);
    free(f->places);
}

/* A word that occurs twice in the phrase is needed only once. If a phrase consists only of common words, all
 * of them are needed. */
static bool list_needed(finder *f, sb_stems *stems)
{
    const sb_tokens *tokens = &f->pattern->tokens;
    for (size_t i = 0; i < tokens->n_items && f->n_needed < NEEDED_MAX; i++) {
        if (f->pattern->ids[i] != (int)i)
            continue;
        needed *n = &f->items[f->n_needed];
        *n = (needed){
            .text = tokens->items[i].text, .id = (int)i, .stem = sb_stem_of(stems, tokens->items[i].text)};
        if (!n->stem)
            return false;
        n->optional = sb_word_is_common(n->text);
        f->n_must += !n->optional;
        f->n_needed++;
    }
    for (size_t i = 0; f->n_must == 0 && i < f->n_needed; i++)
        f->items[i].optional = false;
    f->n_must = f->n_must ? f->n_must : f->n_needed;
    return true;
}

static bool add_needed_place(finder *f, size_t unit, size_t needed_index, bool exact)
{
    if (!sb_grow(&f->places, f->n_places, &f->capacity, sizeof *f->places))
        return false;
    f->places[f->n_places++] = (place){unit, needed_index, exact};
    return true;
}

static bool list_places(finder *f, sb_stems *stems)
{
    for (size_t u = 0; u < f->units.n_items; u++) {
        const sb_unit *unit = &f->units.items[u];
        size_t k = 0;
        while (k < f->n_needed && f->items[k].id != unit->id)
            k++;
        bool exact = k < f->n_needed;
        if (!exact) {
            char *stem = sb_stem_of(stems, unit->text);
            if (!stem)
                return false;
            for (k = 0; k < f->n_needed && strcmp(f->items[k].stem, stem) != 0;)
                k++;
            free(stem);
        }
        if (k < f->n_needed && !add_needed_place(f, u, k, exact))
            return false;
    }
    return true;
}

typedef struct window {
    size_t first, last; /* places */
    size_t at[NEEDED_MAX];
    bool has[NEEDED_MAX];
} window;

/* The shortest window that begins with place `first`. One word of several is not enough, even if the others
 * are common. */
static bool open_window(window *w, const finder *f, size_t first)
{
    size_t n = 0, n_all = 0, limit = WINDOW(f->n_needed), least = f->n_needed < 2 ? f->n_needed : 2;
    memset(w, 0, sizeof *w);
    w->first = first;
    if (f->items[f->places[first].needed].optional)
        return false;
    for (size_t p = first; p < f->n_places && f->places[p].unit - f->places[first].unit < limit; p++) {
        size_t k = f->places[p].needed;
        if (p > first && k == f->places[first].needed)
            return false; /* a later window is shorter */
        bool is_new = !w->has[k];
        w->has[k] = true;
        w->at[k] = p;
        w->last = p;
        n += is_new && !f->items[k].optional;
        n_all += is_new;
        if (n == f->n_must && n_all >= least)
            return true;
    }
    return false;
}

static bool is_in_order(const window *w, const finder *f)
{
    size_t before = 0;
    for (size_t k = 0; k < f->n_needed; k++) {
        if (!w->has[k])
            continue;
        if (w->at[k] < before)
            return false;
        before = w->at[k];
    }
    return true;
}

static const char *explain_window(const window *w, const finder *f, bool in_order, sb_arena *whys)
{
    sb_bytes text = {0};
    size_t n_units = f->places[w->last].unit - f->places[w->first].unit + 1, n_has = 0, n_missing = 0;
    for (size_t k = 0; k < f->n_needed; k++)
        n_has += w->has[k];
    if (n_units > 1)
        sb_bytes_print(&text, "%s within %zu words%s", n_has == f->n_needed ? "all its words" : "words of it",
                       n_units, in_order ? "" : ", in another order");
    else
        sb_bytes_text(&text, "the word");
    for (size_t k = 0; k < f->n_needed; k++)
        if (w->has[k] && !f->places[w->at[k]].exact)
            sb_bytes_print(&text, ", \"%s\" for \"%s\"", f->units.items[f->places[w->at[k]].unit].text,
                           f->items[k].text);
    for (size_t k = 0; k < f->n_needed; k++)
        if (!w->has[k])
            sb_bytes_print(&text, "%s\"%s\"", n_missing++ ? ", " : ", without ", f->items[k].text);
    const char *why = text.failed ? NULL : sb_why_print(whys, "%s", (char *)text.data);
    sb_bytes_finish(&text);
    return why;
}

static double score_of(const window *w, const finder *f, bool in_order)
{
    size_t n_units = f->places[w->last].unit - f->places[w->first].unit + 1, n_has = 0;
    double score = in_order ? 1 : 1 - ORDER_COST;
    for (size_t k = 0; k < f->n_needed; k++) {
        n_has += w->has[k];
        if (!w->has[k])
            score -= MISSING_COST;
        else if (!f->places[w->at[k]].exact)
            score -= FORM_COST;
    }
    size_t between = n_units > n_has ? n_units - n_has : 0;
    score -= DISTANCE_COST * (double)between / (double)WINDOW(f->n_needed);
    return score > 0 ? score : 0;
}

static sb_status find_windows(sb_hits *hits, finder *f, const sb_runs *runs, sb_arena *whys, sb_error *err)
{
    sb_status status = SB_OK;
    size_t begin = hits->n_items;
    for (size_t p = 0; status == SB_OK && p < f->n_places; p++) {
        window w;
        if (!open_window(&w, f, p))
            continue;
        bool in_order = is_in_order(&w, f);
        sb_hit hit = {.first = f->units.items[f->places[w.first].unit].first_word,
                      .last = f->units.items[f->places[w.last].unit].last_word,
                      .phrase = f->pattern->phrase,
                      .how = SB_MATCH_NEAR,
                      .score = score_of(&w, f, in_order),
                      .why = explain_window(&w, f, in_order, whys)};
        hit.run = sb_runs_run_of(runs, hit.first);
        status = hit.why ? sb_hits_add(hits, hit, err) : sb_error_memory(err, "searching");
    }
    if (status == SB_OK && !sb_hits_keep_best(hits, begin, runs->n_words))
        status = sb_error_memory(err, "searching");
    return status;
}

sb_status sb_near_find(sb_hits *hits, const sb_phrase_text *text, const sb_pattern *pattern,
                       const char *language, sb_arena *whys, sb_error *err)
{
    finder *f = calloc(1, sizeof *f);
    sb_stems *stems = NULL;
    sb_status status = f ? SB_OK : sb_error_memory(err, "searching");
    if (status == SB_OK) {
        f->pattern = pattern;
        status = sb_units_make_all(&f->units, text, pattern, err);
    }
    if (status == SB_OK &&
        (!sb_stems_create(&stems, language) || !list_needed(f, stems) || !list_places(f, stems)))
        status = sb_error_memory(err, "searching");
    if (status == SB_OK)
        status = find_windows(hits, f, text->runs, whys, err);
    if (f)
        finder_finish(f);
    sb_stems_free(&stems);
    free(f);
    return status;
}
