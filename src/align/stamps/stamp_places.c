#include "align/stamps/stamp_places.h"

#include "alignment/alignment.h"

#include <stdlib.h>
#include <string.h>

#define SLACK       (150 * SB_TIME_MS) /* beyond what the stamp's resolution allows */
#define LETTER_TIME (75 * SB_TIME_MS)
#define CONFIDENCE  0.3f
#define ONSET       (80 * SB_TIME_MS) /* of speech that no word may cover */

/* Where words lie, in order of time: a span covers no other's start twice. */
typedef struct cover {
    sb_span *items;
    size_t n;
} cover;

static int compare_spans(const void *a, const void *b)
{
    const sb_span *x = a, *y = b;
    return (x->start > y->start) - (x->start < y->start);
}

static bool make_cover(cover *c, const sb_alignment *a)
{
    size_t n_words = 0;
    for (size_t t = 0; t < a->n_turns; t++)
        n_words += a->turns[t].n_words;
    c->items = calloc(n_words + 1, sizeof *c->items);
    for (size_t t = 0; c->items && t < a->n_turns; t++)
        for (size_t w = 0; w < a->turns[t].n_words; w++)
            if (a->turns[t].words[w].start != SB_TIME_NONE)
                c->items[c->n++] = (sb_span){a->turns[t].words[w].start, a->turns[t].words[w].end};
    if (c->items)
        qsort(c->items, c->n, sizeof *c->items, compare_spans);
    return c->items != NULL;
}

/* The first word that begins at `t` or later. */
static size_t first_from(const cover *c, sb_time t)
{
    size_t low = 0, high = c->n;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (c->items[middle].start < t)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static bool is_free(const cover *c, sb_time from, sb_time until)
{
    size_t next = first_from(c, from);
    bool before = next > 0 && c->items[next - 1].end > from,
         after = next < c->n && c->items[next].start < until;
    return !before && !after;
}

static sb_time usual_time(const sb_aligned_word *word)
{
    return (sb_time)(strlen(word->text) + 1) * LETTER_TIME;
}

static void place(sb_aligned_turn *turn, sb_time start, sb_time most)
{
    sb_time wanted = 0, passed = 0;
    for (size_t w = 0; w < turn->n_words; w++)
        wanted += usual_time(&turn->words[w]);
    sb_time length = wanted < most - start ? wanted : most - start;
    for (size_t w = 0; w < turn->n_words; w++) {
        sb_aligned_word *word = &turn->words[w];
        word->start = start + (sb_time)((double)length * (double)passed / (double)wanted);
        passed += usual_time(word);
        word->end = start + (sb_time)((double)length * (double)passed / (double)wanted);
        word->status = SB_WORD_ESTIMATED;
        word->confidence = CONFIDENCE / 2;
    }
    turn->start = start;
    turn->end = start + length;
    turn->confidence = CONFIDENCE;
    turn->status = SB_TURN_PARTLY;
}

/* By the map, a stamp in a passage that was cut out lies where the audio still says what stands before the cut. */
static bool is_cut_out(const sb_alignment *a, sb_time stamp, sb_time until)
{
    for (size_t i = 0; i < a->n_breaks; i++)
        if (a->breaks[i].gap < 0 && stamp >= a->breaks[i].at && until < a->breaks[i].audio.start)
            return true;
    return false;
}

static void try_turn(sb_alignment *a, sb_aligned_turn *turn, const cover *c)
{
    sb_time due = sb_time_map_apply(a, turn->stamp), until = due + a->transcript.resolution + SLACK;
    if (is_cut_out(a, turn->stamp, until))
        return;
    for (size_t i = 0; i < a->n_speech && a->speech[i].start < until; i++) {
        sb_span span = a->speech[i];
        if (span.start < due - SLACK || !is_free(c, span.start, span.start + ONSET))
            continue;
        size_t next = first_from(c, span.start);
        if (next < c->n && c->items[next].start < span.end)
            span.end = c->items[next].start;
        place(turn, span.start, span.end);
        return;
    }
}

sb_status sb_stamp_places_fill(sb_alignment *a, sb_error *err)
{
    cover c = {0};
    if (a->transcript.resolution == SB_TIME_NONE || a->n_map == 0)
        return SB_OK;
    if (!make_cover(&c, a))
        return sb_error_set(err, SB_ERR_MEMORY, "out of memory");
    for (size_t t = 0; t < a->n_turns; t++)
        if (a->turns[t].status == SB_TURN_NOT_HEARD && a->turns[t].stamp != SB_TIME_NONE &&
            a->turns[t].n_words > 0)
            try_turn(a, &a->turns[t], &c);
    free(c.items);
    return SB_OK;
}
