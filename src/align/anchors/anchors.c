#include "align/anchors/anchors.h"

#include "base/run/run.h"

#include <math.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#define WINDOW       1000 /* frames of cepstra: ten seconds */
#define AROUND       500  /* frames on each side that are added for the mean */
#define LEAST_REST   150  /* frames; a longer rest of a window next to a match is searched too */
#define LEAST_SPEECH (3 * SB_TIME_SECOND / 2)
#define SAMPLE       6 /* one window in SAMPLE is searched first */
#define STRAY_WORDS  3
#define STRAY_PAUSE  25 /* rows: half a second */
#define NEAR         (5 * SB_TIME_SECOND)
#define NEAR_NATS    8.0f /* a match elsewhere must be better by this */
#define AGREE        1.0  /* seconds between found and expected word */
#define FRAME        (SB_TIME_SECOND / SB_CEPSTRA_RATE)

/* A window, its matches, and whether they confirm the expected places. */
typedef struct window {
    size_t first, end; /* in frames */
    bool wanted, searched, agrees;
    sb_window_match *matches;
    size_t n_matches;
} window;

typedef struct searcher {
    const sb_anchor_search *in;
    sb_phone_text text, decoy;
    window *windows;
    size_t n_windows;
    size_t *wanted; /* indices of the windows to search in this round */
    size_t n_wanted;
    atomic_size_t next, n_done;
    atomic_int status;
} searcher;

/* The data of one thread. */
typedef struct worker {
    sb_scorer *scorer;
    float (*vectors)[SB_VECTOR];
    float (*scores)[SB_MODEL_PHONES];
    sb_phone_match match, near;
} worker;

static void finish_searcher(searcher *s)
{
    for (size_t i = 0; i < s->n_windows; i++)
        sb_window_matches_free(s->windows[i].matches, s->windows[i].n_matches);
    free(s->windows);
    free(s->wanted);
    sb_phone_text_finish(&s->text);
    sb_phone_text_finish(&s->decoy);
}

static bool worker_begin(worker *w, const sb_acoustic_model *model)
{
    *w = (worker){.scorer = sb_scorer_create(model),
                  .vectors = malloc(WINDOW * sizeof *w->vectors),
                  .scores = malloc((WINDOW / SB_MATCH_STEP + 1) * sizeof *w->scores)};
    return w->scorer && w->vectors && w->scores;
}

static void worker_finish(worker *w)
{
    sb_scorer_free(&w->scorer);
    free(w->vectors);
    free(w->scores);
    sb_phone_match_finish(&w->match);
    sb_phone_match_finish(&w->near);
}

/* A word or two separated by a pause from the rest of a match may be there by chance. */
static void trim_strays(sb_phone_match *m)
{
    size_t first = 0, end = m->n_words;
    for (size_t i = 1; i <= STRAY_WORDS && i < end; i++)
        if (m->words[i].start - m->words[i - 1].end > STRAY_PAUSE)
            first = i;
    for (size_t i = 1; i <= STRAY_WORDS && i < end - first; i++)
        if (m->words[m->n_words - i].start - m->words[m->n_words - i - 1].end > STRAY_PAUSE)
            end = m->n_words - i;
    m->n_words = end - first;
    memmove(m->words, m->words + first, m->n_words * sizeof *m->words);
}

static bool keep_match(window *win, const worker *w, size_t first_row)
{
    const sb_phone_match *m = &w->match;
    if (!sb_push_room(&win->matches, win->n_matches, sizeof *win->matches))
        return false;
    sb_window_match *kept = &win->matches[win->n_matches];
    *kept = (sb_window_match){.evidence = m->score - m->chance, .n_words = m->n_words};
    kept->words = malloc(m->n_words * sizeof *kept->words);
    if (!kept->words)
        return false;
    win->n_matches++;
    for (size_t i = 0; i < m->n_words; i++) {
        sb_time origin = (sb_time)(win->first + first_row * SB_MATCH_STEP) * FRAME;
        kept->words[i] = (sb_anchor){m->words[i].word,
                                     {origin + m->words[i].start * SB_MATCH_STEP * FRAME,
                                      origin + m->words[i].end * SB_MATCH_STEP * FRAME}};
    }
    return true;
}

/* The words expected in a window, or a little before or after it. */
static sb_phone_text text_expected(const searcher *s, const window *win)
{
    sb_time from = (sb_time)win->first * FRAME - NEAR, until = (sb_time)win->end * FRAME + NEAR;
    size_t first = SIZE_MAX, end = 0;
    for (size_t w = 0; s->in->expected && w < s->text.n_words; w++) {
        sb_time at = s->in->expected[w];
        if (at == SB_TIME_NONE || at < from || at >= until)
            continue;
        first = first < w ? first : w;
        end = w + 1;
    }
    return first < end ? sb_phone_text_part(&s->text, first, end) : (sb_phone_text){0};
}

/* If the text repeats itself, or the sound is unclear, the words expected here are more likely. */
static bool find_match(const searcher *s, const window *win, worker *w,
                       const float (*scores)[SB_MODEL_PHONES], size_t n_rows)
{
    sb_phone_text expected = text_expected(s, win);
    if (!sb_phone_match_find(&w->match, &s->text, &s->decoy, scores, n_rows))
        return false;
    if (expected.n == 0 || expected.n == s->text.n)
        return true;
    if (!sb_phone_match_find(&w->near, &expected, &s->decoy, scores, n_rows))
        return false;
    bool elsewhere = w->match.score > w->match.chance && w->match.score > w->near.score + NEAR_NATS;
    if (w->near.n_words > 0 && w->near.score > w->near.chance && !elsewhere) {
        sb_phone_match far = w->match;
        w->match = w->near;
        w->near = far;
    }
    return true;
}

/* The best match of some rows, then those of the rest on both sides. The sound may jump in the middle of a
 * window. */
static bool search_rows(const searcher *s, window *win, worker *w, size_t first, size_t end)
{
    const size_t least = LEAST_REST / SB_MATCH_STEP;
    if (end - first < least)
        return true;
    if (!find_match(s, win, w, (const float(*)[SB_MODEL_PHONES])w->scores + first, end - first))
        return false;
    if (w->match.n_words == 0 || w->match.score <= w->match.chance)
        return true;
    trim_strays(&w->match);
    size_t from = first + (size_t)w->match.words[0].start,
           until = first + (size_t)w->match.words[w->match.n_words - 1].end;
    return keep_match(win, w, first) && search_rows(s, win, w, first, from) &&
           search_rows(s, win, w, until, end);
}

static bool search_window(const searcher *s, window *win, worker *w)
{
    const sb_cepstra *cepstra = s->in->cepstra;
    size_t from = win->first > AROUND ? win->first - AROUND : 0, until = win->end + AROUND;
    float mean[SB_CEPSTRA];
    sb_cepstra_mean(mean, cepstra, from, until < cepstra->n_frames ? until : cepstra->n_frames);
    sb_vectors_make(w->vectors, cepstra, mean, win->first, win->end - win->first);
    sb_phone_scores(w->scores, w->scorer, (const float(*)[SB_VECTOR])w->vectors, win->end - win->first);
    return search_rows(s, win, w, 0, (win->end - win->first + SB_MATCH_STEP - 1) / SB_MATCH_STEP);
}

static void search_window_job(void *user, size_t index)
{
    searcher *s = user;
    worker w;
    size_t i;
    int none = SB_OK, status = worker_begin(&w, s->in->model) ? SB_OK : SB_ERR_MEMORY;
    while (status == SB_OK && s->status == SB_OK && (i = s->next++) < s->n_wanted) {
        window *win = &s->windows[s->wanted[i]];
        status = sb_monitor_cancelled(s->in->monitor) ? SB_ERR_INTERRUPTED
                 : search_window(s, win, &w)          ? SB_OK
                                                      : SB_ERR_MEMORY;
        win->searched = true;
        s->n_done++;
        if (index == 0 && s->in->monitor && s->in->monitor->progress)
            s->in->monitor->progress(s->in->monitor->user, "search", (double)s->n_done, (double)s->n_wanted);
    }
    if (status != SB_OK)
        atomic_compare_exchange_strong(&s->status, &none, status);
    worker_finish(&w);
}

static sb_status search_wanted(searcher *s, sb_error *err)
{
    s->n_wanted = 0;
    for (size_t i = 0; i < s->n_windows; i++)
        if (s->windows[i].wanted && !s->windows[i].searched)
            s->wanted[s->n_wanted++] = i;
    s->next = s->n_done = 0;
    size_t n_threads = (size_t)sb_cores();
    sb_parallel_for(n_threads, (int)n_threads, search_window_job, s);
    if (s->status == SB_ERR_MEMORY)
        return sb_error_memory(err, "aligning");
    return s->status == SB_OK ? SB_OK : sb_error_set(err, (sb_status)s->status, "interrupted");
}

static bool has_speech(const sb_speech *speech, size_t *span, sb_time from, sb_time until)
{
    sb_time sum = 0;
    while (*span < speech->n_speech && speech->speech[*span].end <= from)
        ++*span;
    for (size_t i = *span; i < speech->n_speech && speech->speech[i].start < until; i++) {
        sb_span s = speech->speech[i];
        sum += (s.end < until ? s.end : until) - (s.start > from ? s.start : from);
    }
    return sum >= LEAST_SPEECH;
}

static bool plan_windows(searcher *s)
{
    size_t n = s->in->cepstra->n_frames, span = 0;
    s->windows = calloc(n / WINDOW + 1, sizeof *s->windows);
    s->wanted = calloc(n / WINDOW + 1, sizeof *s->wanted);
    if (!s->windows || !s->wanted)
        return false;
    /* Windows start at the first sound, so that silence before it moves them and changes nothing else. */
    for (size_t at = s->in->cepstra->n_lead; at < n; at += WINDOW) {
        size_t end = at + WINDOW < n ? at + WINDOW : n;
        if (has_speech(s->in->speech, &span, (sb_time)at * FRAME, (sb_time)end * FRAME))
            s->windows[s->n_windows++] = (window){.first = at, .end = end};
    }
    return true;
}

/* True if the window's best match is where its words were expected. */
static bool agrees(const searcher *s, const window *win)
{
    const sb_window_match *best = win->n_matches ? &win->matches[0] : NULL;
    if (!best || best->evidence < SB_MATCH_SURE)
        return false;
    double *off = malloc(best->n_words * sizeof *off);
    size_t n = 0;
    for (size_t i = 0; off && i < best->n_words; i++) {
        sb_time expected = s->in->expected[best->words[i].word];
        off[n++] = expected == SB_TIME_NONE ? INFINITY
                                            : fabs(sb_time_to_seconds(best->words[i].span.start - expected));
    }
    bool right = off && sb_median_of_doubles(off, n) <= AGREE;
    free(off);
    return right;
}

static void want_all(searcher *s, size_t first, size_t end)
{
    for (size_t i = first; i < end; i++)
        s->windows[i].wanted = true;
}

static bool trust(sb_anchors *out, const searcher *s, size_t from, size_t until)
{
    sb_span span = {(sb_time)s->windows[from].first * FRAME, (sb_time)s->windows[until].end * FRAME};
    if (out->n_trusted > 0 && out->trusted[out->n_trusted - 1].end >= span.start) {
        out->trusted[out->n_trusted - 1].end = span.end;
        return true;
    }
    if (!sb_push_room(&out->trusted, out->n_trusted, sizeof *out->trusted))
        return false;
    out->trusted[out->n_trusted++] = span;
    return true;
}

static bool want_doubtful(searcher *s, sb_anchors *out)
{
    bool ok = true;
    size_t last = SIZE_MAX;
    for (size_t i = 0; i < s->n_windows && ok; i++) {
        if (!s->windows[i].searched)
            continue;
        s->windows[i].agrees = agrees(s, &s->windows[i]);
        if (last != SIZE_MAX && s->windows[last].agrees && s->windows[i].agrees)
            ok = trust(out, s, last, i);
        else
            want_all(s, last == SIZE_MAX ? 0 : last, i);
        last = i;
    }
    want_all(s, last == SIZE_MAX ? 0 : last, s->n_windows);
    return ok;
}

static sb_status search_windows(searcher *s, sb_anchors *out, sb_error *err)
{
    if (!s->in->expected || !s->in->expected_is_fair || s->n_windows < 4 * SAMPLE) {
        want_all(s, 0, s->n_windows);
        return search_wanted(s, err);
    }
    for (size_t i = SAMPLE / 2; i < s->n_windows; i += SAMPLE)
        s->windows[i].wanted = true;
    sb_status status = search_wanted(s, err);
    if (status == SB_OK && !want_doubtful(s, out))
        status = sb_error_memory(err, "aligning");
    return status == SB_OK ? search_wanted(s, err) : status;
}

static int compare_matches(const void *a, const void *b)
{
    const sb_window_match *x = *(const sb_window_match *const *)a, *y = *(const sb_window_match *const *)b;
    sb_time one = x->words[0].span.start, two = y->words[0].span.start;
    if (one != two)
        return one < two ? -1 : 1;
    uint32_t word = x->words[0].word, other = y->words[0].word;
    return word != other ? (word > other) - (word < other)
                         : (x->n_words > y->n_words) - (x->n_words < y->n_words);
}

/* A match may stand for other places of the text as well. The chain decides. */
static bool add_repeats(searcher *s)
{
    sb_repeats repeats;
    bool ok = sb_repeats_make(&repeats, s->in->lexicon);
    for (size_t i = 0; i < s->n_windows; i++)
        for (size_t m = 0, n = s->windows[i].n_matches; ok && m < n; m++) {
            const sb_window_match found = s->windows[i].matches[m];
            ok = sb_repeats_add(&s->windows[i].matches, &s->windows[i].n_matches, &repeats, &found);
        }
    sb_repeats_finish(&repeats);
    return ok;
}

static sb_status chain(searcher *s, sb_anchors *out, sb_error *err)
{
    size_t n = 0;
    if (!add_repeats(s))
        return sb_error_memory(err, "aligning");
    for (size_t i = 0; i < s->n_windows; i++)
        n += s->windows[i].n_matches;
    const sb_window_match **all = calloc(n + 1, sizeof *all);
    n = 0;
    for (size_t i = 0; all && i < s->n_windows; i++) {
        out->n_windows += s->windows[i].searched;
        for (size_t m = 0; m < s->windows[i].n_matches; m++)
            all[n++] = &s->windows[i].matches[m];
    }
    if (all)
        qsort(all, n, sizeof *all, compare_matches);
    const sb_chain_prior prior = {s->in->stamps, s->in->expected};
    bool ok = all && sb_match_chain(out, all, n, &prior);
    free(all);
    return ok ? SB_OK : sb_error_memory(err, "aligning");
}

sb_status sb_anchors_find(sb_anchors *out, const sb_anchor_search *search, sb_error *err)
{
    *out = (sb_anchors){0};
    searcher s = {.in = search};
    bool ready = sb_phone_text_make(&s.text, search->lexicon) &&
                 sb_phone_decoy_make(&s.decoy, search->lexicon) && plan_windows(&s);
    sb_status status = ready ? search_windows(&s, out, err) : sb_error_memory(err, "aligning");
    if (status == SB_OK)
        status = chain(&s, out, err);
    finish_searcher(&s);
    if (status != SB_OK)
        sb_anchors_finish(out);
    return status;
}

void sb_anchors_finish(sb_anchors *a)
{
    free(a->items);
    free(a->trusted);
    *a = (sb_anchors){0};
}
