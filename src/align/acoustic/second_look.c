#include "align/acoustic/acoustic_aligner.h"

#include "alignment/alignment.h"
#include "base/run/run.h"

#include <stdlib.h>
#include <string.h>

#define FEW_ODDS    6.0f /* per turn; below it the turn needs a second pass */
#define BETTER_ODDS 2.0f /* the second pass must be better by this */
#define BEFORE      (300 * SB_TIME_MS)
#define AFTER       (700 * SB_TIME_MS)
#define LETTER_TIME (110 * SB_TIME_MS) /* for slow speech */
#define NEAR        (150 * SB_TIME_MS)

typedef struct look {
    const sb_second_look *in;
    sb_chunk *chunks;
    size_t *turns; /* of each chunk */
    size_t n;
    sb_heard_word *again; /* of each word */
} look;

static float odds_of(const sb_heard_word *words, size_t n)
{
    float sum = 0;
    for (size_t w = 0; w < n; w++)
        if (words[w].heard)
            sum += words[w].odds;
    return sum;
}

static bool is_at_stamp(const sb_alignment *a, const sb_aligned_turn *turn)
{
    sb_time due = sb_time_map_apply(a, turn->stamp);
    return turn->start != SB_TIME_NONE && turn->start >= due - NEAR &&
           turn->start <= due + a->transcript.resolution + NEAR;
}

static sb_span sound_of(const sb_alignment *a, const sb_aligned_turn *turn)
{
    sb_time due = sb_time_map_apply(a, turn->stamp), most = SB_CHUNK_SECONDS_MAX * SB_TIME_SECOND / 2,
            length = AFTER;
    for (size_t w = 0; w < turn->n_words; w++)
        length += sb_word_usual_time(&turn->words[w]);
    sb_time start = due > BEFORE ? due - BEFORE : 0,
            end = due + a->transcript.resolution + (length < most ? length : most);
    return (sb_span){start, end < a->audio.duration ? end : a->audio.duration};
}

/* Words of a voice with too little evidence have no odds at any position, so no position would be better. */
static bool can_be_judged(const sb_second_look *in, size_t first, size_t n)
{
    for (size_t w = first; w < first + n; w++)
        if (in->sayable[w] && sb_evidence_can_tell(in->evidence[w]))
            return true;
    return false;
}

static void plan(look *l)
{
    const sb_alignment *a = l->in->alignment;
    for (size_t t = 0, first = 0; t < a->n_turns; first += a->turns[t].n_words, t++) {
        const sb_aligned_turn *turn = &a->turns[t];
        if (turn->stamp == SB_TIME_NONE || turn->n_words == 0 || turn->n_words > SB_CHUNK_WORDS_MAX ||
            !can_be_judged(l->in, first, turn->n_words))
            continue;
        float odds = odds_of(l->in->heard + first, turn->n_words);
        sb_span sound = sound_of(a, turn);
        if ((odds >= FEW_ODDS && is_at_stamp(a, turn)) || odds >= 4 * FEW_ODDS ||
            sound.end - sound.start < 2 * BEFORE)
            continue;
        l->turns[l->n] = t;
        l->chunks[l->n++] = (sb_chunk){.own = {first, first + turn->n_words},
                                       .heard = {{first, first + turn->n_words}},
                                       .sound = {sound, {sound.end, sound.end}}};
    }
}

static sb_status take_better(look *l, bool *changed, sb_error *err)
{
    sb_status status = SB_OK;
    for (size_t i = 0; i < l->n && status == SB_OK; i++) {
        size_t first = l->chunks[i].own.first, n = l->chunks[i].own.end - first;
        const sb_evidence_words words = {.begins_turn = l->in->begins_turn + first,
                                         .can_be_said = l->in->sayable + first,
                                         .evidence = l->in->evidence + first};
        status = sb_evidence_judge_words(l->again + first, n, &words, err);
        if (status != SB_OK || odds_of(l->again + first, n) <= odds_of(l->in->heard + first, n) + BETTER_ODDS)
            continue;
        memcpy(l->in->heard + first, l->again + first, n * sizeof *l->again);
        changed[l->turns[i]] = true;
    }
    return status;
}

sb_status sb_second_look_take(bool *changed, const sb_second_look *in, sb_error *err)
{
    const sb_alignment *a = in->alignment;
    size_t n_words = sb_alignment_n_words(a);
    look l = {.in = in,
              .chunks = calloc(a->n_turns + 1, sizeof *l.chunks),
              .turns = calloc(a->n_turns + 1, sizeof *l.turns),
              .again = calloc(n_words + 1, sizeof *l.again)};
    sb_status status = l.chunks && l.turns && l.again ? SB_OK : sb_error_memory(err, "aligning");
    if (status == SB_OK && a->n_map > 0 && a->transcript.resolution != SB_TIME_NONE) {
        plan(&l);
        if (l.n > 0)
            status = sb_listen(l.again, &(sb_chunks){l.chunks, l.n}, in->listen, err);
        if (status == SB_OK)
            status = take_better(&l, changed, err);
    }
    free(l.chunks);
    free(l.turns);
    free(l.again);
    return status;
}
