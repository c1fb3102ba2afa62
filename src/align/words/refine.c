#include "align/words/words.h"

#include "acoustic/boundary/boundary.h"

#include <math.h>
#include <stdlib.h>

/* A word that would become shorter keeps its span. */
#define SHORTEST (20 * SB_TIME_MS)

typedef struct refiner {
    const sb_band_levels *levels;
    const sb_boundary_weights *weights;
    sb_boundary_scale scale;
} refiner;

static bool measure_scale(refiner *r, const sb_heard_word *words, size_t n_words, sb_status *status)
{
    sb_span *spans = calloc(n_words + 1, sizeof *spans);
    *status = spans ? SB_OK : SB_ERR_MEMORY;
    if (!spans)
        return false;
    size_t n = 0;
    for (size_t w = 0; w < n_words; w++)
        if (words[w].heard)
            spans[n++] = words[w].span;
    bool measured = sb_boundary_scale_set(&r->scale, r->levels, spans, n);
    free(spans);
    return measured;
}

static sb_time refine_start(const refiner *r, const sb_heard_word *word, float *peak)
{
    sb_refined_edges boundary = {false, word->before_class, word->first_class};
    return sb_boundary_refine(r->weights, r->levels, &r->scale, boundary, word->span.start, peak);
}

static sb_time refine_end(const refiner *r, const sb_heard_word *word, float *peak)
{
    sb_refined_edges boundary = {true, word->last_class, word->after_class};
    return sb_boundary_refine(r->weights, r->levels, &r->scale, boundary, word->span.end, peak);
}

/* An edge of a word and its certainty. */
typedef struct edge {
    sb_time at;
    float peak;
} edge;

static edge find_start(const refiner *r, const sb_heard_word *word)
{
    edge e;
    e.at = refine_start(r, word, &e.peak);
    return e;
}

/* If an end and the next start are at the same time, they stay together. */
static edge find_end(const refiner *r, const sb_heard_word *word, bool joined)
{
    edge e, next;
    e.at = refine_end(r, word, &e.peak);
    if (!joined)
        return e;
    next = find_start(r, word + 1);
    return (edge){e.at / 2 + next.at / 2, fminf(e.peak, next.peak)};
}

static float moved(const sb_heard_word *word, sb_span refined)
{
    sb_time start = llabs(refined.start - word->span.start), end = llabs(refined.end - word->span.end);
    return (float)sb_time_to_seconds(start > end ? start : end);
}

sb_status sb_refine_words(sb_heard_word *words, size_t n_words, const sb_band_levels *levels,
                          const sb_boundary_weights *weights)
{
    refiner r = {.levels = levels, .weights = weights};
    sb_status status;
    if (!measure_scale(&r, words, n_words, &status))
        return status;
    bool joined = false;
    edge last = {0};
    for (size_t w = 0; w < n_words; w++) {
        sb_heard_word *word = &words[w];
        if (!word->heard)
            continue;
        edge start = joined ? last : find_start(&r, word);
        joined = w + 1 < n_words && word->heard && word[1].heard && word->span.end == word[1].span.start;
        last = find_end(&r, word, joined);
        sb_span refined = {start.at, last.at};
        if (refined.end - refined.start < SHORTEST)
            continue;
        word->edge_peak = fminf(start.peak, last.peak);
        word->edge_moved = moved(word, refined);
        word->span = refined;
    }
    return SB_OK;
}
