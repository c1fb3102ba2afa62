#include "align/energy/energy.h"

#include "base/run/run.h"

#include <math.h>
#include <stdlib.h>

#define PAUSED      1.25 /* seconds that pass per second of speech */
#define SAME        1e-3 /* seconds */
#define LOOSE_SLACK 20.0 /* seconds, without any stamp; plus a share of the distance to the nearer end */
#define LOOSE_SHARE 0.2
#define LOOSE_MOST  120.0

typedef struct window {
    double least, most;
} window;

typedef struct anchor {
    size_t word;
    double time;
    bool known;
} anchor;

static anchor next_anchor(const sb_lattice_model *m, size_t turn)
{
    const sb_script *s = m->script;
    for (; turn < s->n_turns; turn++)
        if (!isnan(m->params->turn_time[turn]) && s->first_word[turn] < s->first_word[turn + 1])
            return (anchor){s->first_word[turn], m->params->turn_time[turn], true};
    return (anchor){s->n_words, m->start[m->n_pauses - 1], false};
}

static void widen_window(window *w, double time)
{
    w->least = fmin(w->least, time);
    w->most = fmax(w->most, time);
}

/* Between two anchors, at least one of which is known. */
static window window_between(const sb_lattice_model *m, anchor before, anchor after, size_t word)
{
    const double *length = m->script->length;
    double done = length[word] - length[before.word], left = length[after.word] - length[word];
    window w = {INFINITY, -INFINITY};
    if (before.known)
        widen_window(&w, before.time + done * PAUSED);
    if (after.known)
        widen_window(&w, after.time - left * PAUSED);
    if (before.known && after.known)
        widen_window(&w, before.time + (after.time - before.time) * done / fmax(done + left, 1e-6));
    double loose = before.known && after.known ? 0 : 0.3 * (before.known ? done : left);
    double slack = m->params->slack + m->params->resolution + loose;
    return (window){w.least - slack, w.most + slack};
}

/* Without stamps: by the share of all speech. */
static window window_by_share(const sb_lattice_model *m, size_t word, size_t *pause)
{
    const double *length = m->script->length;
    size_t last = m->n_pauses - 1;
    double share = length[word] / fmax(length[m->script->n_words], 1e-6);
    while (*pause < last && m->spoken[*pause] < share * m->spoken[last])
        ++*pause;
    double to_end = fmin(length[word], length[m->script->n_words] - length[word]);
    double slack = fmin(LOOSE_SLACK + LOOSE_SHARE * to_end, LOOSE_MOST);
    return (window){m->start[*pause] - slack, m->start[*pause] + slack};
}

static bool ends_any(const sb_span *spans, size_t n, double time)
{
    for (size_t i = 0; i < n; i++)
        if (fabs(sb_time_to_seconds(spans[i].end) - time) < SAME)
            return true;
    return false;
}

static void fill_windows(const sb_lattice_model *m, window *windows)
{
    const sb_script *s = m->script;
    anchor before = {0, 0, false}, after = next_anchor(m, 0);
    bool stamped = after.known;
    size_t pause = 0;
    for (size_t w = 0; w <= s->n_words; w++) {
        double least = INFINITY;
        if (after.known && w == after.word) {
            /* Sound without words is expected before this time. */
            if (ends_any(m->params->surpluses, m->params->n_surpluses, after.time) ||
                ends_any(m->params->insertions, m->params->n_insertions, after.time))
                least = window_between(m, before, after, w).least;
            before = after;
            after = next_anchor(m, s->turn[w] + 1);
        }
        windows[w] = stamped ? window_between(m, before, after, w) : window_by_share(m, w, &pause);
        /* The words before a stamp may end long before it, if music or an ad follows. */
        windows[w].least = fmin(windows[w].least, least);
    }
    windows[0].least = -INFINITY;
    windows[s->n_words].most = INFINITY;
    for (size_t w = 1; w <= s->n_words; w++)
        windows[w].most = fmax(windows[w].most, windows[w - 1].most);
    for (size_t w = s->n_words; w-- > 0;)
        windows[w].least = fmin(windows[w].least, windows[w + 1].least);
}

static void fill_rows(sb_lattice_band *out, const sb_lattice_model *m, const window *windows)
{
    size_t low = 0, high = 0, n_words = m->script->n_words;
    out->cell[0] = 0;
    for (size_t p = 0; p < m->n_pauses; p++) {
        bool last = p + 1 == m->n_pauses;
        while (low < n_words && windows[low].most < m->start[p])
            low++;
        high = high < low ? low : high;
        while (high < n_words && (windows[high + 1].least <= m->start[p] || last))
            high++;
        /* Rows overlap, so that there is always a path to the end. */
        out->low[p] = p == 0 ? 0 : low < out->high[p - 1] ? (uint32_t)low : out->high[p - 1];
        out->high[p] = (uint32_t)high;
        out->cell[p + 1] = out->cell[p] + out->high[p] - out->low[p] + 1;
    }
}

sb_status sb_lattice_band_make(sb_lattice_band *out, const sb_lattice_model *model, sb_error *err)
{
    *out = (sb_lattice_band){0};
    window *windows = calloc(model->script->n_words + 1, sizeof *windows);
    out->low = calloc(model->n_pauses, sizeof *out->low);
    out->high = calloc(model->n_pauses, sizeof *out->high);
    out->cell = calloc(model->n_pauses + 1, sizeof *out->cell);
    bool good = windows && out->low && out->high && out->cell;
    if (good) {
        fill_windows(model, windows);
        fill_rows(out, model, windows);
    } else {
        sb_lattice_band_finish(out);
    }
    free(windows);
    return good ? SB_OK : sb_error_memory(err, "aligning");
}

void sb_lattice_band_finish(sb_lattice_band *band)
{
    free(band->low);
    free(band->high);
    free(band->cell);
    *band = (sb_lattice_band){0};
}
