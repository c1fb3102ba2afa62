#include <stdlib.h>
#include <string.h>

#include "alignment/alignment.h"
#include "base/run/run.h"
#include "base/words/words.h"
#include "drift/measure/measure.h"

#define MIN_PASSAGE  6 /* in words */
#define MIN_DISTINCT 4 /* different words among the first MIN_PASSAGE, to exclude stuttering */
#define NEAR_TURNS   2
#define NEAR_WORDS   40 /* speakers do repeat themselves; at a larger distance only longer passages count */
#define FAR_PASSAGE  10
#define QUOTED_WORDS 8
#define PLACED_SHARE 0.7 /* share of a passage that must have a position to count as said, */
#define SURE_SHARE   0.4 /* share that must have been heard with certainty, */
#define LENGTH_SHARE 0.5 /* and its length relative to the other copy */

typedef struct run {
    const sb_word_units *units;
    size_t at;
} run;

static bool is_same_run(const void *user, size_t other)
{
    const run *r = user;

    for (size_t i = 0; i < MIN_PASSAGE; i++)
        if (r->units->items[r->at + i].hash != r->units->items[other + i].hash)
            return false;
    return true;
}

/* Returns the last position before `at` with the same run, or `at` if there is none, and stores `at`. */
static size_t exchange(sb_hash_index *last, const sb_word_units *u, size_t at)
{
    uint32_t *slot =
        sb_hash_index_find(last, sb_word_units_hash(u, at, MIN_PASSAGE), is_same_run, &(run){u, at});
    size_t before = *slot ? *slot - 1 : at;

    *slot = (uint32_t)at + 1;
    return before;
}

static bool is_varied(const sb_word_units *u, size_t at)
{
    size_t n_distinct = 0;

    for (size_t i = 0; i < MIN_PASSAGE; i++) {
        bool seen = false;
        for (size_t j = 0; j < i; j++)
            seen = seen || u->items[at + j].hash == u->items[at + i].hash;
        n_distinct += !seen;
    }
    return n_distinct >= MIN_DISTINCT;
}

static size_t passage_length(const sb_word_units *u, size_t first, size_t second)
{
    size_t n = MIN_PASSAGE;

    while (second + n < u->n && first + n < second && u->items[first + n].hash == u->items[second + n].hash)
        n++;
    return n;
}

static bool is_duplicate(const sb_word_units *u, size_t first, size_t second, size_t n)
{
    if (u->items[second].turn - u->items[first].turn > NEAR_TURNS || !is_varied(u, second))
        return false;
    return second - (first + n) <= NEAR_WORDS || n >= FAR_PASSAGE;
}

static size_t last_word(const sb_word_units *u, size_t first, size_t n)
{
    size_t last = u->items[first].index;

    for (size_t i = 0; i < n && u->items[first + i].turn == u->items[first].turn; i++)
        last = u->items[first + i].index;
    return last;
}

/* How well a passage was heard. The span covers the words that have a position. */
typedef struct heard {
    size_t n_placed, n_sure;
    sb_span span;
} heard;

static heard take_heard(const sb_word_units *u, size_t first, size_t n)
{
    heard h = {.span = {SB_TIME_NONE, SB_TIME_NONE}};

    for (size_t i = first; i < first + n; i++) {
        const sb_aligned_word *word = u->items[i].word;
        if (word->start == SB_TIME_NONE)
            continue;
        h.n_sure += word->status == SB_WORD_ALIGNED && word->confidence >= SB_DRIFT_SURE;
        h.span.start = h.n_placed++ == 0 ? word->start : h.span.start;
        h.span.end = word->end;
    }
    return h;
}

static bool is_heard(const heard *h, size_t n)
{
    return (double)h->n_placed >= PLACED_SHARE * (double)n && (double)h->n_sure >= SURE_SHARE * (double)n;
}

/* True if they were heard at two places and the second is not too short. */
static bool were_heard_apart(const heard *first, const heard *second, size_t n)
{
    double length = (double)(first->span.end - first->span.start);

    return is_heard(first, n) && is_heard(second, n) && second->span.start >= first->span.end &&
           (double)(second->span.end - second->span.start) >= LENGTH_SHARE * length;
}

/* Speakers do repeat themselves. Words heard at two places were said twice. Words heard twice at one place
 * were said once. Otherwise the time in the later turn decides. */
static bool was_said_again(const sb_alignment *a, const sb_word_units *u, size_t first, size_t second,
                           size_t n, double pace)
{
    const sb_word_unit *from = &u->items[second];
    heard before = take_heard(u, first, n), after = take_heard(u, second, n);
    bool same_place = before.n_placed > 0 && after.n_placed > 0 && after.span.start < before.span.end;

    if (a->method == SB_METHOD_ACOUSTIC && were_heard_apart(&before, &after, n))
        return true;
    if (a->method == SB_METHOD_ACOUSTIC && same_place)
        return false;
    return sb_drift_has_time_for(a, &a->turns[from->turn], from->index, last_word(u, second, n), pace);
}

/* Weighs the whole turn, because it is unknown where in it the words were said. */
static sb_suspect weigh_turn(const sb_alignment *a, size_t index, double pace)
{
    const sb_aligned_turn *turn = &a->turns[index];
    sb_suspect suspect = {
        .turn = index, .audio = {turn->start, turn->end}, .speech = SB_TIME_NONE, .needed = SB_TIME_NONE};

    if (turn->start != SB_TIME_NONE && turn->end != SB_TIME_NONE)
        sb_drift_weigh_speech(&suspect, a, suspect.audio, 0, turn->n_words - 1, pace);
    else
        suspect.audio = (sb_span){SB_TIME_NONE, SB_TIME_NONE};
    return suspect;
}

static char *add_evidence(char *note, const sb_suspect *suspect)
{
    char speech[SB_TIME_TEXT], needed[SB_TIME_TEXT];

    if (!note || suspect->needed == SB_TIME_NONE)
        return note;
    char *longer = sb_text_print("%s; the turn has %s s of speech, but its text needs about %s s", note,
                                 sb_time_print_seconds(speech, suspect->speech, 1),
                                 sb_time_print_seconds(needed, suspect->needed, 1));
    free(note);
    return longer;
}

static char *duplicate_note(const sb_alignment *a, const sb_word_units *u, size_t first, size_t second,
                            size_t n)
{
    const sb_word_unit *from = &u->items[second], *before = &u->items[first];
    const sb_aligned_turn *turn = &a->turns[from->turn], *other = &a->turns[before->turn];
    char at[SB_TIME_TEXT], *note = NULL;
    char *words = sb_drift_quote_words(turn, from->index, last_word(u, second, n), QUOTED_WORDS);
    sb_time time = other->stamp != SB_TIME_NONE ? other->stamp : other->start;
    if (words && from->turn == before->turn)
        note = sb_text_print("%zu words are repeated in this turn but may have been said only once: \"%s\"",
                             n, words);
    else if (words)
        note =
            sb_text_print("%zu words are already in the turn at %s and may have been said only once: \"%s\"",
                          n, sb_drift_print_stamp(at, time), words);
    free(words);
    return note;
}

static sb_status add_duplicate(sb_drift *d, const sb_alignment *a, const sb_word_units *u, size_t first,
                               size_t second, size_t n, double pace, sb_error *err)
{
    sb_suspect weighed = weigh_turn(a, u->items[second].turn, pace);
    char *note = add_evidence(duplicate_note(a, u, first, second, n), &weighed);
    sb_status status = sb_drift_add_suspect(d, weighed.turn, SB_SUSPECT_DUPLICATE_TEXT, note, err);

    if (status == SB_OK)
        sb_drift_keep_evidence(d, &weighed);
    return status;
}

static sb_status scan(sb_drift *d, const sb_alignment *a, const sb_word_units *u, sb_hash_index *last,
                      double pace, sb_error *err)
{
    for (size_t at = 0; at + MIN_PASSAGE <= u->n;) {
        size_t before = exchange(last, u, at);
        size_t n = at - before < MIN_PASSAGE ? 0 : passage_length(u, before, at);
        if (n == 0 || !is_duplicate(u, before, at, n)) {
            at++;
            continue;
        }
        if (!was_said_again(a, u, before, at, n, pace) && add_duplicate(d, a, u, before, at, n, pace, err))
            return SB_ERR_MEMORY;
        at += n;
    }
    return SB_OK;
}

sb_status sb_drift_find_duplicates(sb_drift *drift, const sb_alignment *alignment, sb_error *err)
{
    sb_word_units u = {0};
    sb_hash_index last = {0};
    double pace;
    sb_status status = sb_drift_speaking_rate(&pace, alignment, err);

    if (status != SB_OK)
        return status;
    if (sb_word_units_make(&u, alignment) && sb_hash_index_init(&last, u.n))
        status = scan(drift, alignment, &u, &last, pace, err);
    else
        status = sb_error_memory(err, "looking for suspect turns");
    sb_word_units_finish(&u);
    sb_hash_index_finish(&last);
    return status;
}
