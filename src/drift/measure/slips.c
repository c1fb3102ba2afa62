#include "drift/measure/measure.h"

#include <stdlib.h>
#include <string.h>

#include "alignment/alignment.h"
#include "base/run/run.h"
#include "base/text/text.h"
#include "transcript/transcript.h"

#define NEAR_WORDS 3                  /* most slips are shorter; more words need a pause as evidence */
#define FAR_WORDS  12                 /* longest slip */
#define NO_PAUSE   (100 * SB_TIME_MS) /* longest silence inside a sentence, including plosives */
#define RUN_ON     (80 * SB_TIME_MS)  /* the same if the text does not show a sentence */
/* shortest pause that is evidence without the text, together with RUN_ON at the edge and a timestamp */
#define CLEAR_PAUSE (250 * SB_TIME_MS)
#define SMALL_PAUSE (80 * SB_TIME_MS)
/* a pause is longer than the silence at the edge by this, and twice as long */
#define LONGER       (60 * SB_TIME_MS)
#define STAMP_SLACK  (100 * SB_TIME_MS)
#define STAMPS_RIGHT 90 /* in percent; with fewer, timestamps are not evidence */
#define QUOTED_WORDS 12

bool sb_drift_starts_small(const char *word)
{
    size_t at = 0;
    int32_t c = sb_utf8_next(word, strlen(word), &at);

    return sb_is_letter(c) && !sb_is_upper(c);
}

typedef struct edge {
    const sb_alignment *a;
    size_t turn; /* the turn after the edge */
    const sb_aligned_turn *before, *after;
    sb_time resolution, pause;
    bool stamped; /* the timestamp of that turn is reliable */
    bool runs_on; /* according to punctuation and capitals, the sentence continues across the edge */
} edge;

/* The edge should be `shift` words later, or earlier if negative. */
typedef struct slip {
    int shift;
    sb_time pause; /* at that place */
    bool sentence, clear, stamp;
    int rank; /* 0: not a slip */
} slip;

/* Counted from the first word after the edge. NULL beyond either turn. */
static const sb_aligned_word *edge_word_at(const edge *e, int at)
{
    if (at >= 0)
        return (size_t)at < e->after->n_words ? &e->after->words[at] : NULL;
    return (size_t)-at <= e->before->n_words ? &e->before->words[e->before->n_words - (size_t)-at] : NULL;
}

static bool is_placed(const sb_aligned_word *word)
{
    return word && sb_word_has_place(word);
}

/* The longest silence between the middles of two words, because the silence is known better than the edges of
 * words. */
static sb_time silence_between(const sb_alignment *a, const sb_aligned_word *one, const sb_aligned_word *two)
{
    sb_time at = one->start / 2 + one->end / 2, until = two->start / 2 + two->end / 2, longest = 0;

    for (size_t i = sb_span_after(a->speech, a->n_speech, at); at < until; i++) {
        bool any = i < a->n_speech && a->speech[i].start < until;
        sb_time next = any ? a->speech[i].start : until;
        if (next - at > longest)
            longest = next - at;
        at = any ? a->speech[i].end : until;
    }
    return longest;
}

static bool stamp_fits(const edge *e, sb_time start, sb_time slack)
{
    sb_time from = sb_time_map_apply(e->a, e->after->stamp);

    return start >= from - slack && start < from + e->resolution + slack;
}

static bool is_longer(sb_time pause, sb_time than)
{
    return pause >= SMALL_PAUSE && pause >= than + LONGER && pause >= 2 * than;
}

static int rank_of(const edge *e, const slip *s)
{
    bool near = abs(s->shift) <= NEAR_WORDS;
    bool told = s->sentence && ((near && s->stamp) || (e->pause <= NO_PAUSE && (near || s->clear)));
    bool timed = near && s->stamp && e->pause <= RUN_ON && s->pause >= CLEAR_PAUSE;

    if (!told && !timed)
        return 0;
    return (near ? 8 : 1) + 2 * s->sentence + s->clear + 2 * s->stamp;
}

static slip judge_shift(const edge *e, int shift)
{
    const sb_aligned_word *one = edge_word_at(e, shift - 1), *two = edge_word_at(e, shift);
    slip s = {.shift = shift};

    if (!is_placed(one) || !is_placed(two))
        return s;
    s.sentence = e->runs_on && sb_word_ends_sentence(one->text) && !sb_drift_starts_small(two->text);
    s.stamp = e->stamped && two->status == SB_WORD_ALIGNED && stamp_fits(e, two->start, 0) &&
              !stamp_fits(e, edge_word_at(e, 0)->start, STAMP_SLACK);
    if (!s.sentence && !s.stamp)
        return s;
    s.pause = silence_between(e->a, one, two);
    s.clear = is_longer(s.pause, e->pause);
    s.rank = rank_of(e, &s);
    return s;
}

static slip best_on_side(const edge *e, int step)
{
    slip best = {0};

    for (int shift = step; abs(shift) <= FAR_WORDS && edge_word_at(e, shift) && edge_word_at(e, shift - 1);
         shift += step) {
        slip s = judge_shift(e, shift);
        if (s.rank > best.rank)
            best = s;
    }
    return best;
}

static slip find_slip(const edge *e)
{
    slip earlier = best_on_side(e, -1), later = best_on_side(e, 1);

    if (earlier.rank != later.rank)
        return earlier.rank > later.rank ? earlier : later;
    return earlier.pause > later.pause ? earlier : later;
}

static char *name_words(const edge *e, const slip *s)
{
    const sb_aligned_turn *turn = s->shift > 0 ? e->after : e->before;
    size_t n = (size_t)abs(s->shift), first = s->shift > 0 ? 0 : turn->n_words - n;
    const char *which = s->shift > 0 ? "first" : "last";
    char at[SB_TIME_TEXT];

    char *words = sb_drift_quote_words(turn, first, first + n - 1, QUOTED_WORDS), *out = NULL;
    sb_time_print(at, turn->words[first].start, 2);
    if (words && n == 1)
        out = sb_text_print("Its %s word, \"%s\" at %s of the audio, seems", which, words, at);
    else if (words)
        out = sb_text_print("Its %s %zu words, \"%s\" at %s of the audio, seem", which, n, words, at);
    free(words);
    return out;
}

static char *note(const edge *e, const slip *s)
{
    const sb_aligned_turn *owner = s->shift > 0 ? e->before : e->after;
    const char *side = s->shift > 0 ? "previous" : "next", *them = abs(s->shift) == 1 ? "it" : "them";
    char near[SB_TIME_TEXT], far[SB_TIME_TEXT], *out = NULL, *words = name_words(e, s);

    sb_drift_print_length(near, e->pause);
    sb_drift_print_length(far, s->pause);
    if (words)
        out =
            sb_text_print("%s to belong to the %s turn (%s): the pause between %s and that turn is %s s, the "
                          "pause on the other side %s s%s%s.",
                          words, side, owner->speaker ? owner->speaker : "no name", them, near, far,
                          s->sentence ? "; the sentence continues across the boundary" : "",
                          !s->stamp      ? ""
                          : s->shift > 0 ? "; the time of this turn fits its later words"
                                         : "; the time of that turn fits these words");
    free(words);
    return out;
}

/* Returns false if memory runs out. */
static bool are_different(bool *different, const char *one, const char *two)
{
    *different = one || two;
    if (!one || !two)
        return true;
    char *left = sb_fold(one), *right = sb_fold(two);
    bool ok = left && right;
    *different = ok && strcmp(left, right) != 0;
    free(left);
    free(right);
    return ok;
}

static bool can_tell(edge *e)
{
    const sb_aligned_word *last = edge_word_at(e, -1), *first = edge_word_at(e, 0);

    if (!is_placed(last) || !is_placed(first) ||
        (last->status != SB_WORD_ALIGNED && first->status != SB_WORD_ALIGNED))
        return false;
    e->pause = silence_between(e->a, last, first);
    e->runs_on = !sb_word_ends_sentence(last->text) && sb_drift_starts_small(first->text);
    return true;
}

static sb_status judge_edge(sb_drift *d, edge *e, sb_error *err)
{
    bool different;

    e->before = &e->a->turns[e->turn - 1];
    e->after = &e->a->turns[e->turn];
    if (!are_different(&different, e->before->speaker, e->after->speaker))
        return sb_error_memory(err, "looking for suspect turns");
    if (!different || !can_tell(e))
        return SB_OK;
    slip s = find_slip(e);
    if (s.rank == 0)
        return SB_OK;
    return sb_drift_add_suspect(d, s.shift > 0 ? e->turn : e->turn - 1, SB_SUSPECT_SPEAKER, note(e, &s), err);
}

static bool stamps_are_right(const sb_drift *d, const sb_alignment *a)
{
    size_t n = 0, n_right = 0;

    for (size_t i = 0; i < a->n_turns; i++) {
        edge e = {.a = a, .after = &a->turns[i], .resolution = d->resolution};
        if (d->errors[i] == SB_TIME_NONE)
            continue;
        n++;
        n_right += stamp_fits(&e, e.after->start, STAMP_SLACK);
    }
    return n > 0 && n_right * 100 >= n * STAMPS_RIGHT;
}

sb_status sb_drift_find_slips(sb_drift *drift, const sb_alignment *alignment, const bool *generic,
                              sb_error *err)
{
    bool right = stamps_are_right(drift, alignment);
    sb_status status = SB_OK;

    for (size_t i = 1; alignment->n_speech > 0 && i < alignment->n_turns && status == SB_OK; i++) {
        edge e = {.a = alignment, .turn = i, .resolution = drift->resolution};
        e.stamped = right && alignment->turns[i].stamp != SB_TIME_NONE;
        if (generic[i - 1] == generic[i])
            status = judge_edge(drift, &e, err);
    }
    return status;
}
