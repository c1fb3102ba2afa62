#include <stdlib.h>

#include "base/run/run.h"
#include "base/text/text.h"
#include "remap/remap.h"
#include "soundbite/remap.h"

/* tolerance for passages between the same two words in both audios */
#define SAME_LENGTH  (120 * SB_TIME_MS)
#define CLOCK_PARTS  100                /* plus one part in CLOCK_PARTS for long passages */
#define LEAST_SPEECH (100 * SB_TIME_MS) /* in a passage; less may be lost without a message */
#define SCRAP        (500 * SB_TIME_MS) /* of speech; the rest of a word */
#define LEAST_CHANGE SB_TIME_SECOND     /* inside an item; less is not reported */
/* maximum length of speech beyond a word edge that still belongs to the word */
#define WORD_TAIL   (250 * SB_TIME_MS)
#define LONG_SPEECH (2 * SB_TIME_SECOND) /* enough to distinguish two passages */
/* A chapter is marked by hand, so its mark may lie inside the last word. */
#define MARK_SLACK   SB_TIME_SECOND
#define PATTERN_STEP (20 * SB_TIME_MS)
#define MOST_STEPS   1000000
#define PATTERN_LIKE 0.85 /* share of matching steps in two copies of a passage */
#define LEAST_COMMON 3    /* in words */
#define COMMON_SHARE 10   /* at least one word in COMMON_SHARE of the shorter transcript */

/* Time is linear inside a piece. A hole has sound that only one audio has. */
typedef struct piece {
    sb_span from, to;
    bool is_hole;
    bool loses_speech;
    sb_time removed_before, inserted_before; /* in all holes before this piece */
    /* For a hole: the pause around it in the first audio; the end of the speech before it and the start of
     * the speech after it in the second; the start of the last word before it in the first. */
    sb_span pause, speech;
    sb_time last_word;
} piece;

struct sb_audio_map {
    piece *pieces; /* without gaps, in ascending order in both audios */
    size_t n_pieces, capacity;
    sb_time from_duration, to_duration;
    const sb_alignment *from_alignment, *to_alignment; /* only while the map is made */
    sb_time last_word; /* only while the map is made: start of the word before */
};

static sb_time not_before(sb_time t, sb_time limit)
{
    return t > limit ? t : limit;
}

static size_t first_span_after(const sb_alignment *a, sb_time t)
{
    return sb_span_after(a->speech, a->n_speech, t);
}

static sb_time speech_in(const sb_alignment *a, sb_span within)
{
    return sb_spans_in(a->speech, a->n_speech, within);
}

/* The silence at the beginning of a passage, without the rest of the word before it. */
static sb_time silent_head(const sb_alignment *a, sb_span passage)
{
    size_t i = first_span_after(a, passage.start);
    if (i < a->n_speech && a->speech[i].start <= passage.start &&
        a->speech[i].end < passage.start + WORD_TAIL)
        i++;
    if (i == a->n_speech || a->speech[i].start >= passage.end)
        return passage.end - passage.start;
    sb_time head = a->speech[i].start - passage.start;
    return head > 0 ? head : 0;
}

static sb_time silent_tail(const sb_alignment *a, sb_span passage)
{
    size_t i = first_span_after(a, passage.end - 1);
    if (i < a->n_speech && a->speech[i].start > passage.end - WORD_TAIL && a->speech[i].start < passage.end)
        passage.end = a->speech[i].start;
    else if (i < a->n_speech && a->speech[i].start < passage.end)
        return 0;
    if (i == 0 || a->speech[i - 1].end <= passage.start)
        return passage.end > passage.start ? passage.end - passage.start : 0;
    return passage.end - a->speech[i - 1].end;
}

static bool is_speech(const sb_alignment *a, sb_time t)
{
    size_t i = first_span_after(a, t);
    return i < a->n_speech && a->speech[i].start <= t;
}

/* The positions of pauses distinguish two advertisements of the same length. */
static bool sound_alike(const sb_audio_map *m, sb_span from, sb_span to)
{
    size_t n = 0, n_alike = 0;
    sb_time length = sb_least_int64(from.end - from.start, to.end - to.start);
    sb_time step = length / MOST_STEPS > PATTERN_STEP ? length / MOST_STEPS : PATTERN_STEP;
    if (speech_in(m->from_alignment, from) < LONG_SPEECH || speech_in(m->to_alignment, to) < LONG_SPEECH)
        return true;
    for (sb_time t = 0; t < length; t += step, n++)
        n_alike += is_speech(m->from_alignment, from.start + t) == is_speech(m->to_alignment, to.start + t);
    return (double)n_alike >= PATTERN_LIKE * (double)n;
}

static void count_before(piece *p, const piece *before)
{
    sb_time removed = before->from.end - before->from.start, inserted = before->to.end - before->to.start;
    p->removed_before = before->removed_before + (before->loses_speech ? removed : 0);
    p->inserted_before = before->inserted_before + (before->is_hole ? inserted : 0);
}

static bool add_map_piece(sb_audio_map *m, sb_span from, sb_span to, bool is_hole)
{
    if (from.start == from.end && to.start == to.end)
        return true;
    if (!sb_grow(&m->pieces, m->n_pieces, &m->capacity, sizeof *m->pieces))
        return false;
    piece *added = &m->pieces[m->n_pieces];
    *added = (piece){.from = from, .to = to, .is_hole = is_hole};
    added->loses_speech = is_hole && speech_in(m->from_alignment, from) >= LEAST_SPEECH;
    if (m->n_pieces++ > 0)
        count_before(added, added - 1);
    return true;
}

/* The part at one end that is in both passages: speech whose pauses agree, and the silence after it. */
typedef struct common_end {
    sb_time speech, all;
} common_end;

/* The beginning `head` and the end `tail` of the passage are in both audios; the middle is not. */
static bool add_parts(sb_audio_map *m, sb_span from, sb_span to, common_end head, common_end tail)
{
    sb_span hole = {from.start + head.all, from.end - tail.all};
    sb_span other = {to.start + head.all, to.end - tail.all};
    if (!add_map_piece(m, (sb_span){from.start, hole.start}, (sb_span){to.start, other.start}, false))
        return false;
    size_t n = m->n_pieces;
    if (!add_map_piece(m, hole, other, true))
        return false;
    if (m->n_pieces > n) {
        piece *added = &m->pieces[n];
        added->pause = (sb_span){sb_least_int64(from.start + head.speech, hole.start),
                                 not_before(from.end - tail.speech, hole.end)};
        added->speech = (sb_span){sb_least_int64(to.start + head.speech, other.start),
                                  not_before(to.end - tail.speech, other.end)};
        added->last_word = m->last_word;
    }
    return add_map_piece(m, (sb_span){hole.end, from.end}, (sb_span){other.end, to.end}, false);
}

static bool same_length(sb_span from, sb_span to)
{
    sb_time length = from.end - from.start, other = to.end - to.start;
    return llabs(length - other) <= SAME_LENGTH + length / CLOCK_PARTS;
}

static common_end common_head(const sb_audio_map *m, sb_span from, sb_span to)
{
    sb_time alike = sb_alike_head(m->from_alignment, m->to_alignment, from, to);
    from.start += alike;
    to.start += alike;
    sb_time silence = sb_least_int64(silent_head(m->from_alignment, from), silent_head(m->to_alignment, to));
    return (common_end){alike, alike + silence};
}

static common_end common_tail(const sb_audio_map *m, sb_span from, sb_span to)
{
    sb_time alike = sb_alike_tail(m->from_alignment, m->to_alignment, from, to);
    from.end -= alike;
    to.end -= alike;
    sb_time silence = sb_least_int64(silent_tail(m->from_alignment, from), silent_tail(m->to_alignment, to));
    return (common_end){alike, alike + silence};
}

/* Handles the sound between two words: a pause, or a passage with pauses around it that only one audio
 * has. */
static bool add_passage(sb_audio_map *m, sb_span from, sb_span to)
{
    if (same_length(from, to) && sound_alike(m, from, to))
        return add_map_piece(m, from, to, false);
    common_end head = common_head(m, from, to), tail = common_tail(m, from, to);
    sb_time room = sb_least_int64(from.end - from.start, to.end - to.start);
    if (head.all + tail.all > room) {
        sb_time least_head = tail.all < room ? room - tail.all : 0;
        sb_time half = room / 2 < least_head ? least_head : room / 2;
        head.all = sb_least_int64(head.all, half);
        tail.all = room - head.all;
    }
    return add_parts(m, from, to, head, tail);
}

/* Handles the sound before the first word, which has a word on one side only. The sound after the last word
 * is similar. */
static bool add_opening(sb_audio_map *m, sb_span from, sb_span to)
{
    common_end none = {0}, tail = {sb_least_int64(from.end, to.end), sb_least_int64(from.end, to.end)};
    if (!sound_alike(m, (sb_span){from.end - tail.all, from.end}, (sb_span){to.end - tail.all, to.end}))
        tail = common_tail(m, from, to);
    return add_parts(m, from, to, none, tail);
}

static bool add_ending(sb_audio_map *m, sb_span from, sb_span to)
{
    sb_time room = sb_least_int64(from.end - from.start, to.end - to.start);
    common_end none = {0}, head = {room, room};
    if (!sound_alike(m, (sb_span){from.start, from.start + room}, (sb_span){to.start, to.start + room}))
        head = common_head(m, from, to);
    size_t n = m->n_pieces;
    bool ok = add_parts(m, from, to, head, none);
    for (; n < m->n_pieces; n++) /* there is no speech after it to which a start could move */
        m->pieces[n].pause = (sb_span){INT64_MAX, INT64_MAX};
    return ok;
}

static bool add_pieces(sb_audio_map *m, const sb_edge_pairs *edges)
{
    const sb_edge_pair *items = edges->items, *last = &items[edges->n_items - 1];
    bool ok =
        add_opening(m, (sb_span){0, not_before(items->from, 0)}, (sb_span){0, not_before(items->to, 0)});
    for (size_t i = 0; ok && i + 1 < edges->n_items; i++) {
        sb_span from = {items[i].from, items[i + 1].from}, to = {items[i].to, items[i + 1].to};
        bool is_word = items[i].word == items[i + 1].word;
        m->last_word = i > 0 && items[i - 1].word == items[i].word ? items[i - 1].from : items[i].from;
        ok = is_word ? add_map_piece(m, from, to, false) : add_passage(m, from, to);
    }
    return ok && add_ending(m, (sb_span){last->from, not_before(m->from_duration, last->from)},
                            (sb_span){last->to, not_before(m->to_duration, last->to)});
}

static sb_status check_common(const sb_common_words *common, sb_error *err)
{
    size_t shorter = common->n_from < common->n_to ? common->n_from : common->n_to;
    if (common->n_items >= LEAST_COMMON && common->n_items * COMMON_SHARE >= shorter)
        return SB_OK;
    return sb_error_set(err, SB_ERR_MISMATCH,
                        "the two alignments have different transcripts: %zu of %zu words match; use two "
                        "alignments of the same episode",
                        common->n_items, shorter);
}

static sb_status check_heard(const sb_edge_pairs *edges, sb_error *err)
{
    if (edges->n_items >= 2 * LEAST_COMMON)
        return SB_OK;
    return sb_error_set(err, SB_ERR_MISMATCH,
                        "the two alignments have the same text, but too few words were heard in both; align "
                        "the transcript to each audio again");
}

static sb_status make(sb_audio_map *m, sb_error *err)
{
    sb_common_words common = {0};
    sb_edge_pairs edges = {0};
    sb_status status = sb_common_words_find(&common, m->from_alignment, m->to_alignment, err);
    if (status == SB_OK)
        status = check_common(&common, err);
    if (status == SB_OK)
        status = sb_edge_pairs_find(&edges, &common, m->from_alignment, m->to_alignment, err);
    if (status == SB_OK)
        status = check_heard(&edges, err);
    if (status == SB_OK && !add_pieces(m, &edges))
        status = sb_error_memory(err, "comparing the alignments");
    sb_edge_pairs_finish(&edges);
    sb_common_words_finish(&common);
    return status;
}

static sb_status create_map(sb_audio_map **out, const sb_alignment *from, const sb_alignment *to,
                            sb_error *err)
{
    sb_audio_map *m = calloc(1, sizeof *m);
    if (!m)
        return sb_error_memory(err, "comparing the alignments");
    *m = (sb_audio_map){.from_duration = from->audio.duration,
                        .to_duration = to->audio.duration,
                        .from_alignment = from,
                        .to_alignment = to};
    sb_status status = make(m, err);
    m->from_alignment = m->to_alignment = NULL;
    if (status != SB_OK)
        sb_audio_map_free(&m);
    *out = m;
    return status;
}

sb_status sb_audio_map_create(sb_audio_map **out, const sb_alignment *from, const sb_alignment *to,
                              sb_error *err)
{
    *out = NULL;
    if (to->method == SB_METHOD_NONE)
        return sb_error_set(
            err, SB_ERR_ARGUMENT,
            "the second of the two was made without audio; align the transcript to its audio first");
    if (from->method != SB_METHOD_NONE)
        return create_map(out, from, to, err);
    sb_stamped stamped;
    sb_status status = sb_stamped_make(&stamped, from, to, err);
    if (status == SB_OK)
        status = create_map(out, &stamped.alignment, to, err);
    sb_stamped_finish(&stamped);
    return status;
}

void sb_audio_map_free(sb_audio_map **map)
{
    if (!*map)
        return;
    free((*map)->pieces);
    free(*map);
    *map = NULL;
}

static sb_time within(const piece *p, sb_time t)
{
    sb_time length = p->from.end - p->from.start, other = p->to.end - p->to.start;
    if (length == other || length == 0)
        return p->to.start + (t - p->from.start);
    return p->to.start + (sb_time)((__int128)(t - p->from.start) * other / length);
}

/* Returns the first piece that ends at `t` or later, or the last that starts at `t` or before. */
static const piece *piece_ending(const sb_audio_map *map, sb_time t)
{
    size_t low = 0, high = map->n_pieces - 1;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (map->pieces[middle].from.end < t)
            low = middle + 1;
        else
            high = middle;
    }
    return &map->pieces[low];
}

static const piece *piece_starting(const sb_audio_map *map, sb_time t)
{
    size_t low = 0, high = map->n_pieces - 1;
    while (low < high) {
        size_t middle = low + (high - low + 1) / 2;
        if (map->pieces[middle].from.start <= t)
            low = middle;
        else
            high = middle - 1;
    }
    return &map->pieces[low];
}

/* Returns true for a time outside the first audio and sets its new position. */
static bool is_outside(const sb_audio_map *map, sb_time t, sb_mapped_time *out)
{
    const piece *first = map->pieces, *last = &map->pieces[map->n_pieces - 1];
    if (t < first->from.start)
        *out = (sb_mapped_time){first->to.start, first->from.start - t};
    else if (t > last->from.end)
        *out = (sb_mapped_time){last->to.end, t - last->from.end};
    else
        return false;
    return true;
}

/* True for a hole in which only the second audio has sound, such as an advertisement. */
static bool is_insertion(const piece *p)
{
    bool is_scrap = p->from.end - p->from.start <= SCRAP;
    return p->is_hole && (!p->loses_speech || is_scrap) &&
           (p->to.end - p->to.start) - (p->from.end - p->from.start) >= LEAST_CHANGE;
}

/* Returns the insertion whose pause contains `t`, or NULL. `t` may be up to `slack` before the pause, in the
 * last word. */
static const piece *insertion_around(const sb_audio_map *map, sb_time t, sb_time slack)
{
    const piece *p = piece_starting(map, t), *last = &map->pieces[map->n_pieces - 1];
    for (const piece *q = p - sb_least_int64(p - map->pieces, 2); q <= last && q <= p + 2; q++) {
        sb_time first =
            not_before(q->pause.start - slack, slack ? q->last_word + LEAST_SPEECH : q->pause.start);
        if (is_insertion(q) && t >= sb_least_int64(first, q->pause.start) && t <= q->pause.end)
            return q;
    }
    return NULL;
}

/* A start keeps its distance from the speech after the insertion, if the pause there is long enough. */
static sb_time after_insertion(const piece *hole, sb_time t)
{
    return not_before(hole->speech.end - (hole->pause.end - t), hole->to.end);
}

sb_mapped_time sb_audio_map_start(const sb_audio_map *map, sb_time t)
{
    sb_mapped_time out;
    if (is_outside(map, t, &out))
        return out;
    const piece *p = piece_starting(map, t), *hole = insertion_around(map, t, 0);
    if (hole)
        return (sb_mapped_time){after_insertion(hole, t), 0};
    if (p->is_hole)
        return (sb_mapped_time){p->to.end, p->loses_speech ? p->from.end - t : 0};
    return (sb_mapped_time){within(p, t), 0};
}

sb_mapped_time sb_audio_map_end(const sb_audio_map *map, sb_time t)
{
    sb_mapped_time out;
    if (is_outside(map, t, &out))
        return out;
    const piece *p = piece_ending(map, t), *hole = insertion_around(map, t, 0);
    if (hole)
        return (sb_mapped_time){sb_least_int64(hole->speech.start + (t - hole->pause.start), hole->to.start),
                                0};
    if (p->is_hole)
        return (sb_mapped_time){p->to.start, p->loses_speech ? t - p->from.start : 0};
    return (sb_mapped_time){within(p, t), 0};
}

sb_time sb_audio_map_chapter(sb_time *out, const sb_audio_map *map, sb_time t)
{
    const piece *hole = insertion_around(map, t, MARK_SLACK);
    if (hole) {
        *out = after_insertion(hole, t);
        return (hole->to.end - hole->to.start) - (hole->from.end - hole->from.start);
    }
    sb_mapped_time start = sb_audio_map_start(map, t), end = sb_audio_map_end(map, t);
    sb_time past = start.time - end.time - start.lost - end.lost;
    if (start.lost > SCRAP || past < LEAST_CHANGE)
        return 0;
    *out = start.time;
    return past;
}

/* Holes that extend beyond an end are not counted here. They are reported as a change of that end. */
void sb_audio_map_changes(sb_time *removed, sb_time *inserted, const sb_audio_map *map, sb_time start,
                          sb_time end)
{
    const piece *first = piece_starting(map, start), *last = piece_ending(map, end);
    *removed = *inserted = 0;
    if (first->from.start <= start)
        first++;
    if (first >= last)
        return;
    *removed = last->removed_before - first->removed_before;
    *inserted = last->inserted_before - first->inserted_before;
    if (*removed < LEAST_CHANGE)
        *removed = 0;
    if (*inserted < LEAST_CHANGE)
        *inserted = 0;
}
