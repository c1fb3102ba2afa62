#include "align/stamps/stamps.h"

#include "alignment/alignment.h"
#include "base/run/run.h"
#include "base/text/text.h"

#include <math.h>
#include <stdlib.h>

#define SLACK            (150 * SB_TIME_MS) /* beyond the resolution of the stamp */
#define CONFIDENCE       0.19f              /* of a place given by the stamp; the time map does not use it */
#define TAIL_WIDTH       (250 * SB_TIME_MS)
#define LEAST_ODDS       4.0                /* for a place outside the resolution of the stamp */
#define EXACT            (100 * SB_TIME_MS) /* or finer */
#define EXACT_TAIL_WIDTH (100 * SB_TIME_MS)
#define EXACT_LEAST_ODDS 8.0
#define BACKWARDS        SB_TIME_SECOND
#define BACKWARDS_ODDS   12.0f
#define MOST_LEAD        (5 * SB_TIME_SECOND)
/* Maximum length of the words before the first that was heard, relative to the usual length. */
#define LEAD  1.5
#define ONSET (80 * SB_TIME_MS) /* of speech that no word may cover */

/* The places of words in time order. */
typedef struct cover {
    sb_span *items;
    size_t n;
} cover;

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
        qsort(c->items, c->n, sizeof *c->items, sb_compare_span_starts);
    return c->items != NULL;
}

/* The first word that starts at `t` or later. */
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

static void place_turn_at(sb_aligned_turn *turn, sb_time start, sb_time most)
{
    sb_time wanted = 0, passed = 0;
    for (size_t w = 0; w < turn->n_words; w++)
        wanted += sb_word_usual_time(&turn->words[w]);
    sb_time length = wanted < most - start ? wanted : most - start;
    for (size_t w = 0; w < turn->n_words; w++) {
        sb_aligned_word *word = &turn->words[w];
        word->start = start + (sb_time)((double)length * (double)passed / (double)wanted);
        passed += sb_word_usual_time(word);
        word->end = start + (sb_time)((double)length * (double)passed / (double)wanted);
        word->status = SB_WORD_ESTIMATED;
        word->confidence = CONFIDENCE / 2;
    }
    turn->start = start;
    turn->end = start + length;
    turn->confidence = CONFIDENCE;
    turn->status = SB_TURN_PARTLY;
}

/* By the map, a stamp in a passage that was cut out is where the audio still has the text before the cut. */
static bool is_cut_out(const sb_alignment *a, sb_time stamp, sb_time until)
{
    for (size_t i = 0; i < a->n_breaks; i++)
        if (a->breaks[i].gap < 0 && stamp >= a->breaks[i].at && until < a->breaks[i].audio.start)
            return true;
    return false;
}

/* The first speech in [from, until) that no word covers, up to the next word or its end. The span itself
 * if there is none. */
static sb_span free_speech(const sb_alignment *a, const cover *c, sb_time from, sb_time until)
{
    for (size_t i = 0; i < a->n_speech && a->speech[i].start < until; i++) {
        sb_span span = a->speech[i];
        if (span.start < from || !is_free(c, span.start, span.start + ONSET))
            continue;
        size_t next = first_from(c, span.start);
        if (next < c->n && c->items[next].start < span.end)
            span.end = c->items[next].start;
        return span;
    }
    return (sb_span){SB_TIME_NONE, SB_TIME_NONE};
}

static sb_time next_due(const sb_alignment *a, size_t t, sb_time due)
{
    for (size_t next = t + 1; next < a->n_turns; next++)
        if (a->turns[next].stamp != SB_TIME_NONE) {
            sb_time then = sb_time_map_apply(a, a->turns[next].stamp);
            return then > due ? then : a->audio.duration;
        }
    return a->audio.duration;
}

static void put_at_stamp(sb_alignment *a, size_t t, const cover *c)
{
    sb_aligned_turn *turn = &a->turns[t];
    sb_time resolution = a->transcript.resolution, due = sb_time_map_apply(a, turn->stamp);
    if (turn->n_words == 0 || due + resolution < 0 || due >= a->audio.duration)
        return;
    sb_span sound = free_speech(a, c, due - SLACK, due + (resolution > SLACK ? resolution : SLACK));
    if (sound.start == SB_TIME_NONE) {
        sb_time start = due + resolution / 2 > 0 ? due + resolution / 2 : 0, end = next_due(a, t, due);
        sound = (sb_span){start, end > start ? end : start + ONSET};
    }
    place_turn_at(turn, sound.start, sound.end);
}

sb_time sb_stamp_distance(const sb_alignment *a, const sb_aligned_turn *turn, sb_time start)
{
    sb_time due = sb_time_map_apply(a, turn->stamp), latest = due + a->transcript.resolution;
    return start < due ? due - start : start > latest ? start - latest : 0;
}

/* The tail of the prior is heavy (Cauchy), because stamps that are off by seconds are common. */
static float odds_needed(sb_time off, sb_time resolution)
{
    bool exact = resolution <= EXACT;
    double widths = (double)off / (double)(exact ? EXACT_TAIL_WIDTH : TAIL_WIDTH);
    double least = exact ? EXACT_LEAST_ODDS : LEAST_ODDS;
    return off <= SLACK ? -INFINITY : (float)(least + log(1 + widths * widths));
}

static bool runs_backwards(const sb_alignment *a, size_t t)
{
    for (size_t before = t; before-- > 0;) {
        const sb_aligned_turn *one = &a->turns[before], *two = &a->turns[t];
        if (one->start == SB_TIME_NONE || one->stamp == SB_TIME_NONE)
            continue;
        return one->stamp <= two->stamp && two->start < one->start - BACKWARDS;
    }
    return false;
}

bool sb_stamp_decides(const sb_alignment *a, size_t t, const sb_turn_evidence *evidence)
{
    const sb_aligned_turn *turn = &a->turns[t];
    if (turn->stamp == SB_TIME_NONE || evidence[t].denied)
        return false;
    if (turn->start == SB_TIME_NONE) {
        sb_time due = sb_time_map_apply(a, turn->stamp);
        return !is_cut_out(a, turn->stamp, due + a->transcript.resolution + SLACK);
    }
    float needed = odds_needed(sb_stamp_distance(a, turn, turn->start), a->transcript.resolution) +
                   (runs_backwards(a, t) ? BACKWARDS_ODDS : 0);
    return evidence[t].odds < needed;
}

/* The first word that was heard, if there are others before it. */
static size_t first_heard(const sb_aligned_turn *turn)
{
    size_t w = 0;
    while (w < turn->n_words && turn->words[w].status != SB_WORD_ALIGNED)
        w++;
    return w < turn->n_words ? w : 0;
}

static bool lacks_first_words(const sb_aligned_turn *turn)
{
    return turn->stamp != SB_TIME_NONE && turn->start != SB_TIME_NONE && turn->n_words > 0 &&
           turn->words[0].status != SB_WORD_ALIGNED;
}

static sb_time usual_time_of(const sb_aligned_word *words, size_t n)
{
    sb_time sum = 0;
    for (size_t w = 0; w < n; w++)
        sum += sb_word_usual_time(&words[w]);
    return sum;
}

/* Spreads words that have a place but were not heard there from `start` to `until`. */
static void spread_estimates(sb_aligned_word *words, size_t n, sb_time start, sb_time until)
{
    sb_time wanted = usual_time_of(words, n), passed = 0;
    for (size_t w = 0; w < n; w++) {
        sb_time from = start + (sb_time)((double)(until - start) * (double)passed / (double)wanted);
        passed += sb_word_usual_time(&words[w]);
        if (words[w].start == SB_TIME_NONE)
            continue;
        words[w].start = from;
        words[w].end = start + (sb_time)((double)(until - start) * (double)passed / (double)wanted);
    }
}

static bool any_is_spoken(const sb_aligned_word *words, size_t n)
{
    for (size_t w = 0; w < n; w++)
        if (sb_text_is_spoken(words[w].text))
            return true;
    return false;
}

/* A turn whose first words were not heard starts at its stamp. It does not start at the first word heard
 * if the words before it take about as long as the distance from the stamp, and not where those words were
 * estimated. */
static void begin_at_stamp(sb_alignment *a, size_t t, const cover *c)
{
    sb_aligned_turn *turn = &a->turns[t];
    sb_time due = sb_time_map_apply(a, turn->stamp), latest = due + a->transcript.resolution + SLACK;
    size_t heard = first_heard(turn);
    sb_time lead = MOST_LEAD + (sb_time)(LEAD * (double)usual_time_of(turn->words, heard)),
            limit = heard > 0 ? turn->words[heard].start : turn->start;
    bool early = heard > 0 && turn->start < due - SLACK && turn->start >= due - lead;
    bool late = turn->start > latest && turn->start - latest <= lead;
    if ((!early && !late) || due < 0)
        return;
    sb_span sound = free_speech(a, c, due - SLACK, latest);
    sb_time start = sound.start != SB_TIME_NONE ? sound.start : due + a->transcript.resolution / 2;
    if (early && limit < due - SLACK && any_is_spoken(turn->words, heard))
        return;
    turn->start = start < limit ? start : limit;
    turn->confidence = fminf(turn->confidence, CONFIDENCE);
    if (early)
        spread_estimates(turn->words, heard, turn->start, limit);
}

sb_status sb_stamp_places_fill(sb_alignment *a, const sb_turn_evidence *evidence, sb_error *err)
{
    cover c = {0};
    if (a->transcript.resolution == SB_TIME_NONE || a->n_map == 0)
        return SB_OK;
    if (!make_cover(&c, a))
        return sb_error_memory(err, "aligning");
    for (size_t t = 0; t < a->n_turns; t++) {
        if (sb_stamp_decides(a, t, evidence))
            put_at_stamp(a, t, &c);
        else if (lacks_first_words(&a->turns[t]))
            begin_at_stamp(a, t, &c);
    }
    free(c.items);
    return SB_OK;
}
