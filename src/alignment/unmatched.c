#include "alignment/alignment.h"

#include "base/run/run.h"

#include <stdlib.h>

#define LEAST      SB_TIME_SECOND
#define JOINED     (2 * SB_TIME_SECOND)
#define NEAR       (300 * SB_TIME_MS) /* of a word, which may be longer than it was placed */
#define NEXT_WORDS (SB_TIME_SECOND)   /* words that are this close leave no room for others */

bool sb_unmatched_add(sb_alignment *a, sb_span span)
{
    sb_span *last = a->n_unmatched ? &a->unmatched[a->n_unmatched - 1] : NULL;
    if (last && span.start - last->end < JOINED) {
        last->end = span.end > last->end ? span.end : last->end;
        return true;
    }
    if (!sb_push_room(&a->unmatched, a->n_unmatched, sizeof *a->unmatched))
        return false;
    a->unmatched[a->n_unmatched++] = span;
    return true;
}

void sb_unmatched_drop_short(sb_alignment *a)
{
    size_t kept = 0;
    for (size_t i = 0; i < a->n_unmatched; i++)
        if (a->unmatched[i].end - a->unmatched[i].start >= LEAST)
            a->unmatched[kept++] = a->unmatched[i];
    a->n_unmatched = kept;
}

/* Adds the speech between two times. */
static bool add_speech(sb_alignment *a, size_t *at, sb_time from, sb_time until)
{
    while (*at < a->n_speech && a->speech[*at].end <= from)
        ++*at;
    for (size_t i = *at; i < a->n_speech && a->speech[i].start < until; i++) {
        sb_span span = a->speech[i];
        span.start = span.start > from ? span.start : from;
        span.end = span.end < until ? span.end : until;
        if (span.end > span.start && !sb_unmatched_add(a, span))
            return false;
    }
    return true;
}

sb_status sb_unmatched_find(sb_alignment *a, sb_error *err)
{
    size_t at = 0;
    sb_time covered = 0;
    bool ok = true;
    a->n_unmatched = 0;
    for (size_t t = 0; t < a->n_turns; t++)
        for (size_t w = 0; w < a->turns[t].n_words; w++) {
            const sb_aligned_word *word = &a->turns[t].words[w];
            if (word->start == SB_TIME_NONE)
                continue;
            if (word->start - covered > NEXT_WORDS)
                ok = ok && add_speech(a, &at, covered, word->start - NEAR);
            covered = word->end + NEAR > covered ? word->end + NEAR : covered;
        }
    ok = ok && add_speech(a, &at, covered, a->audio.duration);
    sb_unmatched_drop_short(a);
    return ok ? SB_OK : sb_error_memory(err, "aligning");
}
