#include "remap/remap.h"

#include "base/run/run.h"
#include "base/text/text.h"

#include <stdlib.h>

#define EDGE_LIKE   (40 * SB_TIME_MS) /* tolerance for pauses in the same sound */
#define NEAR        (100 * SB_TIME_MS) /* between the end of a passage, which is that of a word, and its pause */
#define LEAST_EDGES 3                  /* matching edges that are more than chance */
#define WORDS_LEFT  (2 * SB_TIME_SECOND) /* of a sentence whose last words were heard in one audio only */

/* The edges of speech in order; even ones are starts. */
static sb_time speech_edge(const sb_alignment *a, size_t edge)
{
    return edge % 2 ? a->speech[edge / 2].end : a->speech[edge / 2].start;
}

static size_t first_edge_after(const sb_alignment *a, sb_time t)
{
    size_t span = sb_span_after(a->speech, a->n_speech, t);
    return span < a->n_speech && a->speech[span].start <= t ? 2 * span + 1 : 2 * span;
}

static bool like_edges(const sb_alignment *a, const sb_alignment *b, size_t edge, size_t other,
                       sb_time offset, sb_time tolerance)
{
    return edge % 2 == other % 2 && llabs(speech_edge(a, edge) + offset - speech_edge(b, other)) <= tolerance;
}

/* One end of a passage in one audio. */
typedef struct passage_end {
    const sb_alignment *alignment;
    sb_time at;
    size_t edge; /* the nearest edge of speech inside of the passage */
    bool is_head;
} passage_end;

/* Moves to the next edge if the edge that is passed or added is at the end of the passage. */
static bool step_word(passage_end *end, int by)
{
    size_t n = 2 * end->alignment->n_speech;
    if ((by < 0 && end->edge == 0) || end->edge + (size_t)(by > 0) >= n)
        return false;
    size_t next = by < 0 ? end->edge - 1 : end->edge + 1;
    size_t passed = end->is_head == (by > 0) ? end->edge : next;
    end->edge = next;
    return llabs(speech_edge(end->alignment, passed) - end->at) <= NEAR;
}

/* Finds the first edges of speech that match, and the offset between them. The ends of the passages are word
 * edges, which are less exact than the pauses. Returns false if no edges match. */
static bool pair_up(passage_end *a, passage_end *b, sb_time *offset)
{
    static const int steps[][2] = {{0, 0}, {0, 1}, {0, -1}, {1, 0}, {-1, 0}};
    for (size_t i = 0; i < sizeof steps / sizeof steps[0]; i++) {
        passage_end x = *a, y = *b;
        if ((steps[i][0] && !step_word(&x, steps[i][0])) || (steps[i][1] && !step_word(&y, steps[i][1])))
            continue;
        if (!like_edges(a->alignment, b->alignment, x.edge, y.edge, *offset, NEAR))
            continue;
        *a = x;
        *b = y;
        *offset = speech_edge(b->alignment, y.edge) - speech_edge(a->alignment, x.edge);
        return true;
    }
    return false;
}

static bool edges_go_on(const sb_alignment *a, const sb_alignment *b, size_t i, size_t j, sb_span from,
                        sb_span to, sb_time offset)
{
    sb_time edge = speech_edge(a, i), other = speech_edge(b, j);
    return edge >= from.start - NEAR && edge <= from.end + NEAR && other >= to.start - NEAR &&
           other <= to.end + NEAR && like_edges(a, b, i, j, offset, EDGE_LIKE);
}

static sb_time believed(size_t n, sb_time alike)
{
    return alike > 0 && (n >= LEAST_EDGES || alike <= WORDS_LEFT) ? alike : 0;
}

sb_time sb_alike_head(const sb_alignment *a, const sb_alignment *b, sb_span from, sb_span to)
{
    passage_end x = {a, from.start, first_edge_after(a, from.start), true};
    passage_end y = {b, to.start, first_edge_after(b, to.start), true};
    sb_time offset = to.start - from.start, alike = 0;
    size_t n = 0;
    if (x.edge >= 2 * a->n_speech || y.edge >= 2 * b->n_speech || !pair_up(&x, &y, &offset))
        return 0;
    for (size_t i = x.edge, j = y.edge; i < 2 * a->n_speech && j < 2 * b->n_speech; i++, j++, n++) {
        if (!edges_go_on(a, b, i, j, from, to, offset))
            break;
        alike = sb_least_int64(sb_least_int64(speech_edge(a, i), from.end) - from.start,
                               sb_least_int64(speech_edge(b, j), to.end) - to.start);
    }
    return believed(n, alike);
}

sb_time sb_alike_tail(const sb_alignment *a, const sb_alignment *b, sb_span from, sb_span to)
{
    size_t after = first_edge_after(a, from.end - 1), after_other = first_edge_after(b, to.end - 1), n = 0;
    sb_time offset = to.end - from.end, alike = 0;
    if (after == 0 || after_other == 0)
        return 0;
    passage_end x = {a, from.end, after - 1, false}, y = {b, to.end, after_other - 1, false};
    if (!pair_up(&x, &y, &offset))
        return 0;
    for (size_t i = x.edge + 1, j = y.edge + 1; i > 0 && j > 0; i--, j--, n++) {
        if (!edges_go_on(a, b, i - 1, j - 1, from, to, offset))
            break;
        sb_time edge = speech_edge(a, i - 1), other = speech_edge(b, j - 1);
        alike = sb_least_int64(from.end - (edge > from.start ? edge : from.start),
                               to.end - (other > to.start ? other : to.start));
    }
    return believed(n, alike);
}
