#include "show/show.h"

#include "base/text/text.h"

#include <stdlib.h>
#include <string.h>

/* Kinds of evidence, the strongest first. The places of the files count within a kind. */
#define SAME_NAME   4000
#define AND_TITLE   0.5 /* more than the same name: what an entry says is the same too */
#define SAME_NUMBER 3000
#define SAME_DATE   2000
#define SAME_TITLE  1000 /* times the likeness */
#define LIKENESS    0.5  /* of titles, at least */
#define PLACES_MAX  99

/* The best and the second best score of an item. */
typedef struct best_match {
    double score, second;
    size_t item;
} best_match;

typedef struct name_matcher {
    sb_show_pool *pool;
    sb_title_index *titles;
    best_match *best; /* of each item, among those of the other kind */
} name_matcher;

static const char *name_of_item(const sb_show_pool *pool, size_t item)
{
    return sb_path_name(sb_show_item_path(pool, item));
}

/* A trailing number that only one of them marks needs more than that. */
static bool share_number(const sb_name_facts *a, const sb_name_facts *b)
{
    if (!a->kind || !b->kind || a->number != b->number)
        return false;
    bool is_weak = a->kind == SB_NAME_NUMBER_LAST || b->kind == SB_NAME_NUMBER_LAST;
    return !is_weak || a->kind == b->kind || sb_name_words_nested(a, b);
}

/* The folders that both paths have, and one for being in the same folder. */
static int shared_folders(const char *a, const char *b)
{
    int n = 0;
    size_t a_length = (size_t)(sb_path_name(a) - a), b_length = (size_t)(sb_path_name(b) - b);
    bool is_same = a_length == b_length && !strncmp(a, b, a_length);
    for (size_t at = 0, end; at < a_length; at = end + 1) {
        end = at + strcspn(a + at, "/");
        for (size_t other = 0, stop; other < b_length; other = stop + 1) {
            stop = other + strcspn(b + other, "/");
            if (end - at == stop - other && !strncmp(a + at, b + other, end - at)) {
                n++;
                break;
            }
        }
    }
    return n + is_same < PLACES_MAX ? n + is_same : PLACES_MAX;
}

/* Files beside each other with one name, whatever an entry says about one of them. */
static bool are_beside(const sb_show_pool *pool, size_t audio, size_t transcript)
{
    const char *a = sb_show_item_path(pool, audio), *b = sb_show_item_path(pool, transcript);
    size_t length = (size_t)(sb_path_name(a) - a);
    return length == (size_t)(sb_path_name(b) - b) && !strncmp(a, b, length) &&
           sb_name_facts_equal(&pool->items[audio].own, &pool->items[transcript].own);
}

static double score_of(const name_matcher *m, size_t audio, size_t transcript)
{
    const sb_name_facts *a = &m->pool->items[audio].facts, *b = &m->pool->items[transcript].facts;
    double likeness, score = 0;
    if (sb_name_facts_equal(a, b))
        score = SAME_NAME + AND_TITLE;
    else if (are_beside(m->pool, audio, transcript))
        score = SAME_NAME;
    else if (sb_name_facts_conflict(a, b))
        return 0;
    else if (share_number(a, b))
        score = SAME_NUMBER;
    else if (a->date && a->date == b->date)
        score = SAME_DATE;
    else if ((likeness = sb_title_likeness(m->titles, audio, transcript)) >= LIKENESS)
        return SAME_TITLE * likeness; /* places would blur it */
    return score > 0 ? score + shared_folders(sb_show_item_path(m->pool, audio),
                                              sb_show_item_path(m->pool, transcript))
                     : 0;
}

static void offer(best_match *best, size_t item, double score)
{
    if (score > best->score) {
        best->second = best->score;
        best->score = score;
        best->item = item;
    } else if (score > best->second) {
        best->second = score;
    }
}

static void find_best(name_matcher *m)
{
    const sb_show_pool *pool = m->pool;
    for (size_t a = 0; a < pool->n_items; a++)
        for (size_t t = 0; pool->items[a].is_audio && t < pool->n_items; t++) {
            double score = pool->items[t].is_audio ? 0 : score_of(m, a, t);
            if (score > 0) {
                offer(&m->best[a], t, score);
                offer(&m->best[t], a, score);
            }
        }
}

static bool is_clear(const best_match *best)
{
    if (best->score > SAME_TITLE)
        return best->second < best->score;
    return best->score > 0 && best->second <= best->score / 2;
}

/* Names that do not contradict each other. Of two translations, the name does not tell which was spoken. */
static bool may_be_one_episode(const sb_show_pool *pool, size_t one, size_t other)
{
    const sb_name_facts *a = &pool->items[one].facts, *b = &pool->items[other].facts;
    bool is_translation = a->language[0] && b->language[0] && strcmp(a->language, b->language);
    return !is_translation && !sb_name_facts_conflict(a, b) && sb_name_words_nested(a, b);
}

static void doubt(sb_show_pool *pool, size_t audio, size_t rival, const char *reason)
{
    sb_show_item *item = &pool->items[audio];
    if (!item->doubt)
        item->doubt = reason;
    if (!pool->items[rival].doubt)
        pool->items[rival].doubt = reason;
    for (size_t i = 0; i < item->n_rivals; i++)
        if (item->rivals[i] == rival)
            return;
    if (item->n_rivals < sizeof item->rivals / sizeof *item->rivals)
        item->rivals[item->n_rivals++] = rival;
}

static void add_number(sb_bytes *out, const sb_name_facts *a, const sb_name_facts *b)
{
    int season = a->season ? a->season : b->season;
    if (season)
        sb_bytes_print(out, "season %d, ", season);
    sb_bytes_print(out, season ? "episode %lld" : "number %lld", (long long)a->number);
}

static void add_common(sb_bytes *out, const name_matcher *m, size_t audio, size_t transcript, double score)
{
    const sb_name_facts *a = &m->pool->items[audio].facts, *b = &m->pool->items[transcript].facts;
    if (score >= SAME_NAME) {
        sb_bytes_text(out, "the same name");
    } else if (score >= SAME_NUMBER) {
        sb_bytes_text(out, "the ");
        add_number(out, a, b);
    } else if (score >= SAME_DATE) {
        sb_bytes_print(out, "the date %04d-%02d-%02d", a->date / 10000, a->date / 100 % 100, a->date % 100);
    } else {
        sb_bytes_text(out, "the words \"");
        sb_title_shared(out, m->titles, audio, transcript);
        sb_bytes_text(out, "\"");
    }
}

static const char *keep_bytes(const name_matcher *m, sb_bytes *text)
{
    const char *kept = text->failed ? NULL : sb_show_keep(m->pool->memory, text->data);
    sb_bytes_finish(text);
    return kept;
}

static const char *evidence_of(const name_matcher *m, size_t audio, size_t transcript, double score)
{
    sb_bytes text = {0};
    sb_bytes_text(&text, "both have ");
    add_common(&text, m, audio, transcript, score);
    return keep_bytes(m, &text);
}

/* Each audio that fits the transcript as well as another is doubtful. */
static bool doubt_tied_audio(name_matcher *m, size_t transcript)
{
    const best_match *best = &m->best[transcript];
    size_t other = SIZE_MAX;
    for (size_t a = m->pool->n_items; a-- > 0;) {
        if (!m->pool->items[a].is_audio || a == best->item || score_of(m, a, transcript) < best->second)
            continue;
        other = a;
    }
    sb_bytes text = {0};
    sb_bytes_print(&text, "%s may belong to %s or to %s, which both have ", name_of_item(m->pool, transcript),
                   name_of_item(m->pool, best->item), other == SIZE_MAX ? "" : name_of_item(m->pool, other));
    add_common(&text, m, best->item, transcript, best->second);
    const char *reason = keep_bytes(m, &text);
    for (size_t a = 0; reason && a < m->pool->n_items; a++)
        if (m->pool->items[a].is_audio && score_of(m, a, transcript) >= best->second)
            doubt(m->pool, a, transcript, reason);
    return reason != NULL;
}

/* A transcript whose number names one audio and whose title names another. */
static size_t audio_of_title(const name_matcher *m, size_t transcript, size_t audio)
{
    double own = sb_title_likeness(m->titles, audio, transcript);
    for (size_t a = 0; a < m->pool->n_items; a++) {
        double other =
            a != audio && m->pool->items[a].is_audio ? sb_title_likeness(m->titles, a, transcript) : 0;
        if (other >= LIKENESS && other > 2 * own)
            return a;
    }
    return SIZE_MAX;
}

static bool doubt_title(name_matcher *m, size_t audio, size_t transcript, size_t other, double score)
{
    sb_bytes text = {0};
    sb_bytes_print(&text, "%s has ", name_of_item(m->pool, transcript));
    add_common(&text, m, audio, transcript, score);
    sb_bytes_print(&text, " of this audio, but the title of %s", name_of_item(m->pool, other));
    const char *reason = keep_bytes(m, &text);
    if (reason)
        doubt(m->pool, audio, transcript, reason);
    return reason != NULL;
}

static bool doubt_rivals(name_matcher *m, size_t audio, size_t one, size_t other, double score)
{
    sb_bytes text = {0};
    sb_bytes_print(&text, "%s and %s both have ", name_of_item(m->pool, one), name_of_item(m->pool, other));
    add_common(&text, m, audio, one, score);
    const char *reason = keep_bytes(m, &text);
    if (reason) {
        doubt(m->pool, audio, one, reason);
        doubt(m->pool, audio, other, reason);
    }
    return reason != NULL;
}

static bool is_own(const name_matcher *m, size_t audio, size_t transcript)
{
    return !m->pool->items[transcript].is_audio && m->best[transcript].item == audio &&
           is_clear(&m->best[transcript]);
}

/* The best of the transcripts whose clear best audio is this one. */
static size_t best_own(const name_matcher *m, size_t audio)
{
    size_t top = SIZE_MAX;
    for (size_t t = 0; t < m->pool->n_items; t++)
        if (is_own(m, audio, t) && (top == SIZE_MAX || m->best[t].score > m->best[top].score))
            top = t;
    return top;
}

static bool pair_audio(name_matcher *m, size_t audio)
{
    sb_show_item *items = m->pool->items;
    size_t top = best_own(m, audio), other;
    if (top == SIZE_MAX)
        return true;
    double score = m->best[top].score, least = score > SAME_TITLE ? score : score / 2;
    if (score < SAME_NAME && score > SAME_TITLE && (other = audio_of_title(m, top, audio)) != SIZE_MAX)
        return doubt_title(m, audio, top, other, score);
    for (size_t t = 0; t < m->pool->n_items; t++)
        if (t != top && is_own(m, audio, t) && m->best[t].score >= least &&
            !may_be_one_episode(m->pool, top, t))
            return doubt_rivals(m, audio, top, t, score);
    for (size_t t = 0; t < m->pool->n_items; t++) {
        if (!is_own(m, audio, t) || !may_be_one_episode(m->pool, top, t))
            continue;
        items[t].pair = audio;
        items[t].doubt = NULL;
        items[t].evidence = evidence_of(m, audio, t, m->best[t].score);
        if (!items[t].evidence)
            return false;
    }
    items[audio].doubt = NULL;
    return true;
}

sb_status sb_show_match_names(sb_show_pool *pool, sb_error *err)
{
    name_matcher m = {.pool = pool, .best = calloc(pool->n_items + 1, sizeof *m.best)};
    bool ok = m.best && sb_title_index_create(&m.titles, pool);
    if (ok)
        find_best(&m);
    for (size_t t = 0; ok && t < pool->n_items; t++)
        if (!pool->items[t].is_audio && m.best[t].score > 0 && !is_clear(&m.best[t]))
            ok = doubt_tied_audio(&m, t);
    for (size_t a = 0; ok && a < pool->n_items; a++)
        if (pool->items[a].is_audio)
            ok = pair_audio(&m, a);
    sb_title_index_free(&m.titles);
    free(m.best);
    return ok ? SB_OK : sb_error_memory(err, "pairing the files");
}
