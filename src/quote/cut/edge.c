#include "quote/cut/cut.h"

#include "alignment/alignment.h"
#include "base/run/run.h"
#include "base/text/text.h"

#define NEAR (15 * SB_TIME_MS) /* precision of speech lists and word times */
/* Sound that belongs to no other word and is at most this long before a word is part of the word. */
#define WEAK_ONSET     (200 * SB_TIME_MS)
#define DECAY          (400 * SB_TIME_MS) /* the same after a word; in a room, a voice fades slowly */
#define CLOSURE        (70 * SB_TIME_MS)  /* silence inside a word, before or after a plosive */
#define TIGHT          (60 * SB_TIME_MS)  /* words also contain silences as short as this */
#define BURST          (120 * SB_TIME_MS)
#define MOVE           (120 * SB_TIME_MS)
#define MOVE_MIN_PAUSE (60 * SB_TIME_MS)
#define SOFT_ENDING    (80 * SB_TIME_MS) /* of a neighbour's word, below the threshold of the speech list */
#define GUARD          (20 * SB_TIME_MS)
#define OVERLAP        (20 * SB_TIME_MS)
#define FAR            (INT64_MAX / 4)
#define SHORT_PAUSE    (100 * SB_TIME_MS)
#define PAUSE          (200 * SB_TIME_MS)
/* A passage begins at most this far from the requested time. */
#define REACH (3 * SB_TIME_SECOND)

static sb_span as_seen(const sb_edge *edge, sb_time start, sb_time end)
{
    return edge->mirrored ? (sb_span){-end, -start} : (sb_span){start, end};
}

static sb_span speech_span(const sb_edge *edge, size_t i)
{
    const sb_alignment *a = edge->alignment;
    sb_span span = a->speech[edge->mirrored ? a->n_speech - 1 - i : i];
    return as_seen(edge, span.start, span.end);
}

static size_t count_begun(const sb_edge *edge, sb_time at)
{
    size_t low = 0, high = edge->alignment->n_speech;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (speech_span(edge, middle).start <= at)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static bool heard(const sb_aligned_word *word)
{
    return word->status != SB_WORD_NOT_HEARD && sb_word_has_place(word);
}

static bool in_match(const sb_match *match, size_t turn, size_t word)
{
    if (turn < match->first_turn || turn > match->last_turn)
        return false;
    return (turn > match->first_turn || word >= match->first_word) &&
           (turn < match->last_turn || word <= match->last_word);
}

/* The first word of the match that was heard, or the last if mirrored. Sources without word times have
 * only the span. */
static bool find_own_word(sb_edge *edge, const sb_match *match)
{
    const sb_alignment *a = edge->alignment;
    if (match->span.start == SB_TIME_NONE || match->span.end == SB_TIME_NONE)
        return false;
    edge->word = as_seen(edge, match->span.start, match->span.end);
    edge->estimated = true;
    size_t turn = edge->mirrored ? match->last_turn : match->first_turn;
    size_t n_turns = match->last_turn - match->first_turn + 1;
    for (size_t i = 0; i < n_turns; i++, turn += edge->mirrored ? (size_t)-1 : 1) {
        size_t n_words = a->turns[turn].n_words;
        for (size_t k = 0; k < n_words; k++) {
            size_t w = edge->mirrored ? n_words - 1 - k : k;
            const sb_aligned_word *word = &a->turns[turn].words[w];
            if (!in_match(match, turn, w) || !heard(word))
                continue;
            edge->word = as_seen(edge, word->start, word->end);
            edge->has_words = true;
            edge->estimated = word->status == SB_WORD_ESTIMATED;
            return true;
        }
    }
    return true;
}

/* Uses the words of a turn that start before the quote, if one of them reaches closer than the neighbour
 * so far. */
static void look_for_neighbour(sb_edge *edge, const sb_match *match, size_t turn)
{
    const sb_aligned_turn *t = &edge->alignment->turns[turn];
    if (t->start == SB_TIME_NONE || t->end == SB_TIME_NONE)
        return;
    sb_span whole = as_seen(edge, t->start, t->end);
    if (whole.start >= edge->word.start ||
        (edge->neighbour.end != SB_TIME_NONE && whole.end <= edge->neighbour.end))
        return;
    for (size_t w = 0; w < t->n_words; w++) {
        if (!heard(&t->words[w]) || in_match(match, turn, w))
            continue;
        sb_span span = as_seen(edge, t->words[w].start, t->words[w].end);
        if (span.start >= edge->word.start ||
            (edge->neighbour.end != SB_TIME_NONE && span.end <= edge->neighbour.end))
            continue;
        edge->neighbour = span;
        edge->neighbour_estimated = t->words[w].status == SB_WORD_ESTIMATED;
    }
}

/* Goes outwards from the quote, so that distant turns are excluded quickly. */
static void find_neighbour(sb_edge *edge, const sb_match *match)
{
    edge->neighbour = (sb_span){SB_TIME_NONE, SB_TIME_NONE};
    size_t own = edge->mirrored ? match->last_turn : match->first_turn;
    for (size_t turn = own + 1; turn-- > 0;)
        look_for_neighbour(edge, match, turn);
    for (size_t turn = own + 1; turn < edge->alignment->n_turns; turn++)
        look_for_neighbour(edge, match, turn);
}

/* True if what starts at `start` does not belong to the neighbour. */
static bool is_unclaimed(const sb_edge *edge, sb_time start)
{
    return edge->neighbour.end == SB_TIME_NONE || edge->neighbour.end <= start + NEAR;
}

static void put_in_pause(sb_edge *edge, sb_time speech, sb_time quiet_from)
{
    edge->speech = speech;
    edge->quiet_from = quiet_from;
    edge->in_pause = true;
}

static sb_time end_before(const sb_edge *edge, size_t i)
{
    return i > 0 ? speech_span(edge, i - 1).end : edge->limit;
}

/* Estimated words ignore pauses. A word that crosses a pause near its edge more likely starts or ends
 * there. */
static bool move_to_pause(sb_edge *edge, size_t i)
{
    sb_span span = speech_span(edge, i);
    sb_time at = edge->word.start;
    if (!edge->estimated && !edge->neighbour_estimated)
        return false;
    if (i > 0 && at - span.start <= MOVE && edge->neighbour.end != SB_TIME_NONE) {
        sb_time before = end_before(edge, i);
        if (span.start - before >= MOVE_MIN_PAUSE && edge->neighbour.start < before)
            put_in_pause(edge, span.start, before);
    }
    if (!edge->in_pause && i + 1 < edge->alignment->n_speech && span.end - at <= MOVE) {
        sb_time next = speech_span(edge, i + 1).start;
        if (next - span.end >= MOVE_MIN_PAUSE && edge->word.end > next)
            put_in_pause(edge, next, span.end);
    }
    edge->moved = edge->in_pause;
    return edge->in_pause;
}

/* The edge is after span `i`, or within NEAR of its end. */
static void settle_after_speech(sb_edge *edge, size_t i)
{
    sb_time end = speech_span(edge, i).end, speech = edge->word.start;
    if (speech < end && i + 1 < edge->alignment->n_speech && speech_span(edge, i + 1).start < edge->word.end)
        speech = speech_span(edge, i + 1).start;
    put_in_pause(edge, speech < end ? end : speech, end);
}

static void settle_in_running_speech(sb_edge *edge)
{
    bool apart = edge->neighbour.end != SB_TIME_NONE && edge->neighbour.end < edge->word.start;
    edge->speech = edge->word.start;
    edge->quiet_from = apart ? edge->neighbour.end : edge->word.start;
}

static void settle_by_speech_list(sb_edge *edge)
{
    sb_time at = edge->word.start;
    size_t n_begun = count_begun(edge, at + NEAR);
    if (n_begun == 0) {
        put_in_pause(edge, at, edge->limit);
        return;
    }
    sb_span span = speech_span(edge, n_begun - 1);
    sb_time reach = edge->mirrored ? DECAY : WEAK_ONSET;
    bool at_onset = at <= span.start + NEAR;
    if (at_onset || (at <= span.start + reach && at < span.end - NEAR && is_unclaimed(edge, span.start)))
        put_in_pause(edge, at < span.start ? at : span.start, end_before(edge, n_begun - 1));
    else if (at >= span.end - NEAR)
        settle_after_speech(edge, n_begun - 1);
    else if (!move_to_pause(edge, n_begun - 1))
        settle_in_running_speech(edge);
}

/* A burst that belongs to no other word, and is separated from the quote by at most the closure of a
 * plosive, is part of the quote. */
static void take_own_burst(sb_edge *edge)
{
    size_t n_begun = count_begun(edge, edge->speech - 1);
    if (!edge->in_pause || n_begun == 0)
        return;
    sb_span burst = speech_span(edge, n_begun - 1);
    if (burst.end > edge->speech || edge->speech - burst.end > CLOSURE || burst.end - burst.start > BURST ||
        !is_unclaimed(edge, burst.start))
        return;
    put_in_pause(edge, burst.start, end_before(edge, n_begun - 1));
}

/* The neighbour's word may continue softly after the speech list has ended it. */
static void keep_off_soft_ending(sb_edge *edge)
{
    sb_time pause = edge->speech - edge->quiet_from;
    sb_time most = pause / 2 < SOFT_ENDING ? pause / 2 : SOFT_ENDING;
    sb_time end = edge->neighbour.end;
    if (!edge->in_pause || edge->neighbour_estimated || end == SB_TIME_NONE || end <= edge->quiet_from)
        return;
    edge->quiet_from = end < edge->quiet_from + most ? end : edge->quiet_from + most;
}

/* If the words touch, the aligner found no pause. Such a short silence is not enough evidence against it. */
static bool is_tight(const sb_edge *edge)
{
    bool touch = edge->neighbour.end != SB_TIME_NONE && edge->neighbour.end > edge->word.start - NEAR;
    if (!edge->in_pause || !touch)
        return false;
    size_t next = count_begun(edge, edge->quiet_from);
    return next > 0 && next < edge->alignment->n_speech &&
           speech_span(edge, next).start - edge->quiet_from < TIGHT;
}

static sb_time apart(sb_time t, sb_span span)
{
    return t < span.start ? span.start - t : t > span.end ? t - span.end : 0;
}

/* A short pause may be the closure of a plosive, so a longer pause is preferred even if it is farther
 * away. */
static sb_time way_to(sb_time at, sb_span gap)
{
    sb_time length = gap.end - gap.start;
    sb_time detour = length < TIGHT         ? 4 * SB_TIME_SECOND
                     : length < SHORT_PAUSE ? SB_TIME_SECOND
                     : length < PAUSE       ? SB_TIME_SECOND / 4
                                            : 0;
    return apart(at, gap) + detour;
}

/* The silence before span `i` of the speech list; before the first and after the last it reaches to the edge
 * of the file. */
static sb_span gap_before(const sb_edge *edge, size_t i)
{
    sb_time end = edge->mirrored ? 0 : edge->alignment->audio.duration;
    return (sb_span){end_before(edge, i), i < edge->alignment->n_speech ? speech_span(edge, i).start : end};
}

/* Finds the silence nearest to `at` that has no word of the neighbour after it. */
static bool nearest_gap(sb_span *out, const sb_edge *edge, sb_time at)
{
    sb_time best = REACH;
    bool found = false;
    size_t begun = count_begun(edge, at);
    for (size_t side = 0; side < 2; side++)
        for (size_t i = begun + side; side ? i <= edge->alignment->n_speech : i <= begun; side ? i++ : i--) {
            sb_span gap = gap_before(edge, i);
            if (apart(at, gap) >= REACH || !is_unclaimed(edge, gap.end))
                break;
            if (way_to(at, gap) < best) {
                best = way_to(at, gap);
                *out = gap;
                found = true;
            }
        }
    return found;
}

void sb_edge_reach(sb_edge *edge, sb_time asked)
{
    sb_time at = edge->mirrored ? -asked : asked;
    sb_span gap = {0};
    if (at < edge->limit)
        at = edge->limit;
    if (edge->neighbour.end != SB_TIME_NONE && at < edge->neighbour.end)
        at = edge->neighbour.end;
    if (edge->has_words && at >= edge->quiet_from)
        return;
    edge->estimated = edge->moved = edge->tight = edge->in_pause = false;
    if (at <= edge->limit + NEAR && count_begun(edge, edge->limit + TIGHT)) {
        put_in_pause(edge, edge->limit, edge->limit);
        return;
    }
    if (edge->alignment->n_speech && nearest_gap(&gap, edge, at)) {
        bool beyond = edge->has_words && gap.end > edge->speech;
        put_in_pause(edge, beyond ? edge->speech : gap.end, gap.start);
        return;
    }
    edge->speech = edge->quiet_from = at;
    edge->adrift = true;
}

bool sb_edge_settle(sb_edge *out, const sb_alignment *alignment, const sb_match *match, bool mirrored)
{
    *out = (sb_edge){.alignment = alignment, .mirrored = mirrored};
    if (!find_own_word(out, match))
        return false;
    sb_time duration = alignment->audio.duration;
    out->limit = !mirrored ? 0 : duration > 0 ? -duration : -FAR;
    find_neighbour(out, match);
    if (alignment->n_speech == 0) {
        settle_in_running_speech(out);
        return true;
    }
    settle_by_speech_list(out);
    take_own_burst(out);
    out->tight = is_tight(out);
    keep_off_soft_ending(out);
    return true;
}

sb_time sb_edge_padding(const sb_edge *edge, sb_time wanted, sb_time others)
{
    sb_time room = edge->speech - edge->quiet_from;
    if (wanted <= 0 || room <= 0)
        return 0;
    if (!edge->in_pause)
        return sb_least_int64(wanted, room / 2);
    if (edge->quiet_from == edge->limit)
        return sb_least_int64(wanted, room);
    double share = (double)wanted / ((double)wanted + (double)others);
    sb_time most = (sb_time)((double)room * share);
    if (most < room - SOFT_ENDING)
        most = room - SOFT_ENDING;
    return sb_least_int64(sb_least_int64(wanted, most), room - sb_least_int64(GUARD, room / 3));
}

static bool turn_overlaps(const sb_aligned_turn *turn, sb_span span)
{
    return turn->start != SB_TIME_NONE && turn->end != SB_TIME_NONE && turn->start < span.end &&
           turn->end > span.start;
}

bool sb_match_overlapped(const sb_alignment *alignment, const sb_match *match)
{
    for (size_t t = 0; t < alignment->n_turns; t++) {
        const sb_aligned_turn *turn = &alignment->turns[t];
        bool is_own = turn->speaker && sb_same_text(turn->speaker, match->speaker);
        if (!turn_overlaps(turn, match->span) || is_own)
            continue;
        for (size_t w = 0; w < turn->n_words; w++) {
            const sb_aligned_word *word = &turn->words[w];
            if (heard(word) && !in_match(match, t, w) && word->start < match->span.end - OVERLAP &&
                word->end > match->span.start + OVERLAP)
                return true;
        }
    }
    return false;
}
