#include "remap/remap.h"

#include "alignment/alignment.h"
#include "base/run/run.h"

#include <stdlib.h>
#include <string.h>

/* Between words of the second audio; a passage may have been inserted there. */
#define LONG_GAP     (3 * SB_TIME_SECOND)
#define FEW_LOST     3 /* words that only the transcript has; more may be a removed passage */
#define LEAST_STAMPS 3
#define FIRST_WORDS  3 /* of a turn; one of them must be in the second audio */
#define WORD_LENGTH  (300 * SB_TIME_MS)
#define NOISE        (500 * SB_TIME_MS) /* of stamps, beyond their resolution */
#define SAME_BREATH  (300 * SB_TIME_MS) /* a shorter gap is no pause */
#define LEAST_LOST   SB_TIME_SECOND     /* of the first audio, for words that only the transcript has */
#define OWN_TIMES    2                  /* at least one word in this many has its own time */

/* A turn with a stamp, and where it begins in the second audio. */
typedef struct anchor {
    sb_time offset; /* second audio minus transcript */
    size_t passage;
} anchor;

/* Words between two places where something may have been inserted or removed. */
typedef struct passage {
    sb_time gap;    /* before it, in the second audio */
    sb_time offset; /* SB_TIME_NONE: no stamps */
    size_t first_anchor, n_anchors;
} passage;

typedef struct stamper {
    sb_stamped *out;
    sb_common_words common;
    size_t *passage_of; /* of each common word */
    size_t *before;     /* of each common word: the words before it that only the transcript has */
    size_t n_lost_last; /* such words after the last */
    passage *passages;
    size_t n_passages;
    anchor *anchors;
    size_t n_anchors;
    sb_time resolution;
} stamper;

void sb_stamped_finish(sb_stamped *stamped)
{
    for (size_t i = 0; i < stamped->alignment.n_turns && stamped->alignment.turns; i++)
        free(stamped->alignment.turns[i].words);
    free(stamped->alignment.turns);
    free(stamped->alignment.speech);
    *stamped = (sb_stamped){0};
}

static bool copy_turns(sb_stamped *out, const sb_alignment *from)
{
    out->alignment = *from;
    out->alignment.speech = NULL;
    out->alignment.n_speech = 0;
    out->alignment.method = SB_METHOD_ENERGY;
    out->alignment.turns = calloc(from->n_turns + 1, sizeof *from->turns);
    if (!out->alignment.turns)
        return false;
    for (size_t i = 0; i < from->n_turns; i++) {
        sb_aligned_turn *turn = &out->alignment.turns[i];
        *turn = from->turns[i];
        turn->words = calloc(turn->n_words + 1, sizeof *turn->words);
        if (!turn->words)
            return false;
        if (turn->n_words)
            memcpy(turn->words, from->turns[i].words, turn->n_words * sizeof *turn->words);
    }
    return true;
}

/* True if the transcript has times of words, which are then as good as those of an alignment. */
static bool has_word_times(const sb_stamped *stamped)
{
    size_t n = 0, n_placed = 0;
    for (size_t i = 0; i < stamped->alignment.n_turns; i++) {
        sb_aligned_turn *turn = &stamped->alignment.turns[i];
        for (size_t w = 0; w < turn->n_words; w++, n++)
            if (sb_word_has_place(&turn->words[w])) {
                n_placed++;
                turn->words[w].status = SB_WORD_ALIGNED;
                turn->words[w].confidence = 1;
            }
    }
    return n && n_placed * OWN_TIMES >= n;
}

/* Goes through the transcript and its common words, which are in the same order. */
static void take_anchors(stamper *s)
{
    const sb_alignment *a = &s->out->alignment;
    size_t next = 0, n_lost = 0;
    for (size_t i = 0; i < a->n_turns; i++) {
        const sb_aligned_turn *turn = &a->turns[i];
        bool wanted = turn->stamp != SB_TIME_NONE;
        for (size_t w = 0; w < turn->n_words; w++) {
            if (next == s->common.n_items || s->common.items[next].from != &turn->words[w]) {
                n_lost++;
                continue;
            }
            const sb_aligned_word *to = s->common.items[next].to;
            if (wanted && w < FIRST_WORDS && sb_word_has_place(to)) {
                s->anchors[s->n_anchors++] =
                    (anchor){to->start - (sb_time)w * WORD_LENGTH - turn->stamp, next};
                wanted = false;
            }
            s->before[next++] = n_lost;
            n_lost = 0;
        }
    }
    s->n_lost_last = n_lost;
}

static void part_passages(stamper *s)
{
    sb_time last_end = SB_TIME_NONE;
    for (size_t i = 0; i < s->common.n_items; i++) {
        const sb_aligned_word *to = s->common.items[i].to;
        sb_time gap = sb_word_has_place(to) && last_end != SB_TIME_NONE ? to->start - last_end : 0;
        if (i == 0 || gap >= LONG_GAP || s->before[i] >= FEW_LOST)
            s->passages[s->n_passages++] = (passage){.gap = gap, .offset = SB_TIME_NONE};
        s->passage_of[i] = s->n_passages - 1;
        if (sb_word_has_place(to))
            last_end = to->end;
    }
    for (size_t i = 0; i < s->n_anchors; i++) {
        anchor *mark = &s->anchors[i];
        mark->passage = s->passage_of[mark->passage];
        passage *p = &s->passages[mark->passage];
        if (p->n_anchors++ == 0)
            p->first_anchor = i;
    }
}

/* A stamp is truncated to its resolution, so the offsets are between the true offset and one resolution more.
 * The middle of their range is the best estimate; if they vary by more than the resolution, the median is. */
static sb_time offset_of(const stamper *s, size_t first, size_t n, sb_time *room)
{
    for (size_t i = 0; i < n; i++)
        room[i] = s->anchors[first + i].offset;
    qsort(room, n, sizeof *room, sb_compare_times);
    bool is_even = room[n - 1] - room[0] <= s->resolution;
    sb_time middle = is_even ? room[0] + (room[n - 1] - room[0]) / 2 : room[n / 2];
    return middle - s->resolution / 2;
}

/* Neighbours with the same offset share their stamps. `last` is the last passage with stamps before. */
static void settle_shift(stamper *s, sb_time *room)
{
    size_t begin = SIZE_MAX, n = 0; /* the anchors of the present offset */
    sb_time offset = 0;
    for (size_t i = 0; i < s->n_passages; i++) {
        passage *p = &s->passages[i];
        if (p->n_anchors == 0)
            continue;
        p->offset = offset_of(s, p->first_anchor, p->n_anchors, room);
        bool goes_on = begin != SIZE_MAX && llabs(p->offset - offset) <= s->resolution + NOISE;
        begin = goes_on ? begin : p->first_anchor;
        n = p->first_anchor + p->n_anchors - begin;
        offset = offset_of(s, begin, n, room);
        for (size_t k = 0; k <= i; k++)
            if (s->passages[k].n_anchors && s->passages[k].first_anchor >= begin)
                s->passages[k].offset = offset;
    }
}

/* Passages without stamps between `left` and `right`: the jump is at the longest gap. */
static void fill_between(stamper *s, size_t left, size_t right)
{
    size_t jump = left + 1;
    for (size_t i = left + 1; i <= right; i++)
        if (s->passages[i].gap > s->passages[jump].gap)
            jump = i;
    for (size_t i = left + 1; i < right; i++)
        s->passages[i].offset = s->passages[i < jump ? left : right].offset;
}

static void fill_unplaced(stamper *s)
{
    size_t left = SIZE_MAX;
    for (size_t i = 0; i < s->n_passages; i++) {
        if (s->passages[i].offset == SB_TIME_NONE)
            continue;
        for (size_t k = 0; left == SIZE_MAX && k < i; k++)
            s->passages[k].offset = s->passages[i].offset;
        if (left != SIZE_MAX)
            fill_between(s, left, i);
        left = i;
    }
    for (size_t i = left + 1; i < s->n_passages; i++)
        s->passages[i].offset = s->passages[left].offset;
}

/* Each word gets its time in the second audio, minus the insertions before it. */
static void place_words(stamper *s)
{
    sb_time last = 0;
    for (size_t i = 0; i < s->common.n_items; i++) {
        const sb_aligned_word *to = s->common.items[i].to;
        sb_aligned_word *word = (sb_aligned_word *)s->common.items[i].from; /* in the copy */
        if (!sb_word_has_place(to))
            continue;
        sb_time offset = s->passages[s->passage_of[i]].offset;
        word->start = to->start - offset > last ? to->start - offset : last;
        word->end = to->end - offset > word->start ? to->end - offset : word->start;
        word->status = to->status;
        word->confidence = to->confidence;
        last = word->end;
    }
}

static bool add_speech(sb_alignment *a, sb_time start, sb_time end)
{
    if (a->n_speech && start - a->speech[a->n_speech - 1].end < SAME_BREATH) {
        sb_span *last = &a->speech[a->n_speech - 1];
        last->end = end > last->end ? end : last->end;
        return true;
    }
    if (!sb_push_room(&a->speech, a->n_speech, sizeof *a->speech))
        return false;
    a->speech[a->n_speech++] = (sb_span){start, end};
    return true;
}

/* The speech list is made from the words. Words that only the transcript has fill the time between their
 * neighbours. */
static bool find_speech(sb_alignment *a)
{
    bool ok = true, has_lost = false;
    sb_time last = 0;
    for (size_t i = 0; i < a->n_turns; i++)
        for (size_t w = 0; w < a->turns[i].n_words && ok; w++) {
            const sb_aligned_word *word = &a->turns[i].words[w];
            if (!sb_word_has_place(word)) {
                has_lost = true;
                continue;
            }
            if (has_lost && word->start - last >= LEAST_LOST)
                ok = add_speech(a, last, word->start);
            ok = ok && add_speech(a, word->start, word->end);
            last = word->end > last ? word->end : last;
            has_lost = false;
        }
    return ok;
}

/* After the last word, the two audios are assumed to be the same. */
static sb_time length_of_audio(const sb_alignment *a, const sb_alignment *to)
{
    sb_time end = a->n_speech ? a->speech[a->n_speech - 1].end : 0, other = 0;
    for (size_t i = 0; i < to->n_turns; i++)
        for (size_t w = 0; w < to->turns[i].n_words; w++)
            if (sb_word_has_place(&to->turns[i].words[w]) && to->turns[i].words[w].end > other)
                other = to->turns[i].words[w].end;
    return to->audio.duration != SB_TIME_NONE && to->audio.duration > other ? end + to->audio.duration - other
                                                                            : end;
}

static sb_status place_by_stamps(sb_stamped *out, const sb_alignment *to, sb_error *err)
{
    stamper s = {.out = out, .resolution = out->alignment.transcript.resolution};
    sb_status status = sb_common_words_find(&s.common, &out->alignment, to, err);
    if (status)
        return status;
    size_t n = s.common.n_items, n_turns = out->alignment.n_turns;
    if (s.resolution == SB_TIME_NONE || s.resolution < 0 || s.resolution > 60 * SB_TIME_SECOND)
        s.resolution = SB_TIME_SECOND;
    s.passage_of = calloc(n + 1, sizeof *s.passage_of);
    s.before = calloc(n + 1, sizeof *s.before);
    s.passages = calloc(n + 1, sizeof *s.passages);
    s.anchors = calloc(n_turns + 1, sizeof *s.anchors);
    sb_time *room = calloc(n_turns + 1, sizeof *room);
    if (!s.passage_of || !s.before || !s.passages || !s.anchors || !room) {
        status = sb_error_memory(err, "comparing the transcripts");
    } else {
        take_anchors(&s);
        part_passages(&s);
        if (s.n_anchors < LEAST_STAMPS) {
            status = sb_error_set(
                err, SB_ERR_MISMATCH,
                "only %zu of its turns with timestamps are in the second audio; use a transcript "
                "of the same episode with timestamps",
                s.n_anchors);
        } else {
            settle_shift(&s, room);
            fill_unplaced(&s);
            place_words(&s);
        }
    }
    sb_common_words_finish(&s.common);
    free(s.passage_of);
    free(s.before);
    free(s.passages);
    free(s.anchors);
    free(room);
    return status;
}

sb_status sb_stamped_make(sb_stamped *out, const sb_alignment *transcript, const sb_alignment *to,
                          sb_error *err)
{
    *out = (sb_stamped){0};
    if (!copy_turns(out, transcript))
        return sb_error_memory(err, "comparing the transcripts");
    sb_status status = has_word_times(out) ? SB_OK : place_by_stamps(out, to, err);
    if (!status && !find_speech(&out->alignment))
        status = sb_error_memory(err, "comparing the transcripts");
    if (!status)
        out->alignment.audio.duration = length_of_audio(&out->alignment, to);
    return status;
}
