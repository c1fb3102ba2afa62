#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "alignment/alignment.h"
#include "base/run/run.h"
#include "transcript/transcript.h"

/* Diarization and aligners put the edges of speech at slightly different places; a word is at most this far
 * from its segment. */
#define NEAR_SEGMENT (SB_TIME_SECOND / 2)
#define SHORTEST     (10 * SB_TIME_MS) /* length of a word for comparison, if it has none */
#define MOVED_WORDS  4                 /* about a second of speech */
#define NOBODY       SIZE_MAX
#define UNPLACED     (SIZE_MAX - 1)

typedef struct speaker_pass {
    const sb_alignment *alignment;
    const sb_speaker_layer *layer;
    sb_span *spans;  /* of the words of one turn */
    size_t *owners;  /* of the words of one turn: a speaker, NOBODY or UNPLACED */
    size_t current;  /* the last speaker */
    size_t n_placed; /* words that belong to a speaker */
    size_t n_turns;  /* so far */
    size_t n_changed, first_changed, number_changed;
    bool is_counted; /* the current turn was counted */
    const char *changed_to;
    bool has_cues;
    sb_aligned_turn *rows;
    size_t n_rows, capacity;
} speaker_pass;

/* Words without a time share the time between their neighbours, by their letters. */
static void share_time(sb_span *spans, const sb_aligned_word *words, size_t n, sb_span within)
{
    size_t total = 0, done = 0;
    for (size_t i = 0; i < n; i++)
        total += strlen(words[i].text) + 1;
    double step = (double)(within.end - within.start) / (double)total;
    for (size_t i = 0; i < n; i++) {
        spans[i].start = within.start + (sb_time)(step * (double)done);
        done += strlen(words[i].text) + 1;
        spans[i].end = within.start + (sb_time)(step * (double)done);
    }
}

static void find_spans(sb_span *spans, const sb_aligned_turn *turn)
{
    for (size_t i = 0, end; i < turn->n_words; i = end) {
        const sb_aligned_word *word = &turn->words[i];
        end = i + 1;
        spans[i] = (sb_span){word->start, word->end};
        if (word->start != SB_TIME_NONE)
            continue;
        while (end < turn->n_words && turn->words[end].start == SB_TIME_NONE)
            end++;
        sb_time from = i > 0 ? spans[i - 1].end : turn->start;
        sb_time until = end < turn->n_words ? turn->words[end].start : turn->end;
        from = from == SB_TIME_NONE ? until : from;
        until = until == SB_TIME_NONE || until < from ? from : until;
        if (from != SB_TIME_NONE)
            share_time(spans + i, turn->words + i, end - i, (sb_span){from, until});
    }
}

static sb_time distance_to_speaker(const sb_layer_speaker *s, sb_span span)
{
    size_t after = sb_span_after(s->spans, s->n_spans, span.start);
    sb_time least = INT64_MAX;
    if (after < s->n_spans)
        least = s->spans[after].start > span.end ? s->spans[after].start - span.end : 0;
    if (after > 0 && span.start - s->spans[after - 1].end < least)
        least = span.start - s->spans[after - 1].end;
    return least;
}

static size_t owner_of(const speaker_pass *p, sb_span span)
{
    size_t best = NOBODY, nearest = NOBODY;
    sb_time most = 0, least = NEAR_SEGMENT;
    if (span.start == SB_TIME_NONE)
        return UNPLACED;
    if (span.end == SB_TIME_NONE || span.end - span.start < SHORTEST)
        span.end = span.start + SHORTEST;
    for (size_t i = 0; i < p->layer->n_speakers; i++) {
        const sb_layer_speaker *s = &p->layer->speakers[i];
        sb_time covered = sb_spans_in(s->spans, s->n_spans, span);
        if (covered > most || (covered == most && most > 0 && i == p->current)) {
            most = covered;
            best = i;
        }
        sb_time away = best == NOBODY ? distance_to_speaker(s, span) : INT64_MAX;
        if (away < least || (away == least && away < NEAR_SEGMENT && i == p->current)) {
            least = away;
            nearest = i;
        }
    }
    return best != NOBODY ? best : nearest;
}

static void find_owners(speaker_pass *p, const sb_aligned_turn *turn)
{
    size_t first = NOBODY, last = UNPLACED;
    for (size_t i = 0; i < turn->n_words; i++) {
        p->owners[i] = owner_of(p, p->spans[i]);
        if (p->owners[i] == UNPLACED)
            continue;
        if (p->owners[i] != NOBODY) {
            p->current = p->owners[i];
            p->n_placed++;
        }
        first = last == UNPLACED ? p->owners[i] : first;
        last = p->owners[i];
    }
    last = first;
    for (size_t i = 0; i < turn->n_words; i++)
        last = p->owners[i] = p->owners[i] == UNPLACED ? last : p->owners[i];
}

/* If the times of words are not known, a change of speaker is moved to the nearest end of a sentence. */
static void move_changes(speaker_pass *p, const sb_aligned_turn *turn)
{
    for (size_t i = 1; i < turn->n_words; i++) {
        if (p->owners[i] == p->owners[i - 1] || turn->words[i].start != SB_TIME_NONE ||
            turn->words[i - 1].start != SB_TIME_NONE)
            continue;
        for (size_t d = 0; d <= MOVED_WORDS; d++) {
            bool is_later = i + d < turn->n_words && sb_word_ends_sentence(turn->words[i + d - 1].text);
            bool is_earlier = d > 0 && d < i && sb_word_ends_sentence(turn->words[i - d - 1].text);
            size_t before = p->owners[i - 1], after = p->owners[i];
            if (!is_later && !is_earlier)
                continue;
            for (size_t k = 0; is_later && k < d && p->owners[i + k] == after; k++)
                p->owners[i + k] = before;
            for (size_t k = 1; !is_later && k <= d && p->owners[i - k] == before; k++)
                p->owners[i - k] = after;
            i += is_later ? d : 0;
            break;
        }
    }
}

static const char *name_of_owner(const speaker_pass *p, const sb_aligned_turn *turn, size_t word)
{
    return p->owners[word] == NOBODY ? turn->speaker : p->layer->speakers[p->owners[word]].name;
}

static bool copy_events(sb_aligned_turn *row, const sb_aligned_turn *turn, size_t first, size_t end)
{
    for (size_t i = 0; i < turn->n_events; i++) {
        size_t before = turn->events[i].before_word;
        bool is_here = before >= first && (before < end || end == turn->n_words);
        if (!is_here)
            continue;
        if (!sb_push_room(&row->events, row->n_events, sizeof *row->events))
            return false;
        row->events[row->n_events++] = (sb_event){turn->events[i].text, before - first};
    }
    return true;
}

/* The status of a part, as aligners give it to turns. */
static sb_turn_status status_of(const sb_aligned_turn *row)
{
    size_t n_aligned = 0, n_unheard = 0;
    for (size_t i = 0; i < row->n_words; i++) {
        n_aligned += row->words[i].status == SB_WORD_ALIGNED;
        n_unheard += row->words[i].status == SB_WORD_NOT_HEARD;
    }
    return n_unheard == row->n_words   ? SB_TURN_NOT_HEARD
           : n_aligned == row->n_words ? SB_TURN_ALIGNED
                                       : SB_TURN_PARTLY;
}

static void place_part(sb_aligned_turn *row, const speaker_pass *p, const sb_aligned_turn *turn, size_t first,
                       size_t end)
{
    row->status = status_of(row);
    if (row->status == SB_TURN_NOT_HEARD) {
        row->start = row->end = SB_TIME_NONE;
        return;
    }
    if (first > 0)
        row->start = p->spans[first].start;
    if (end < turn->n_words)
        row->end = p->spans[end - 1].end;
    if (row->start != SB_TIME_NONE && row->end != SB_TIME_NONE && row->end < row->start)
        row->end = row->start;
}

static bool row_goes_on(const speaker_pass *p, const sb_aligned_turn *row, bool went_on)
{
    if (p->n_rows == 0 || !p->has_cues)
        return false;
    const sb_aligned_turn *before = &p->rows[p->n_rows - 1];
    if (!sb_same_text(before->speaker, row->speaker))
        return false;
    bool goes_back =
        row->start != SB_TIME_NONE && before->start != SB_TIME_NONE && row->start < before->start;
    return row->speaker ? !goes_back : went_on;
}

/* Adds words first ... end - 1 of a turn as a row. The texts still belong to the turn. */
static bool add_row(speaker_pass *p, const sb_aligned_turn *turn, size_t first, size_t end, const char *name)
{
    bool ok = true, is_whole = first == 0 && end == turn->n_words;
    if (!sb_grow(&p->rows, p->n_rows, &p->capacity, sizeof *p->rows))
        return false;
    sb_aligned_turn row = *turn;
    row.words = NULL;
    row.events = NULL;
    row.n_words = row.n_events = 0;
    row.speaker = sb_copy_text(name, &ok);
    row.language = sb_copy_text(turn->language, &ok);
    row.stamp = first == 0 ? turn->stamp : SB_TIME_NONE;
    if (end > first) {
        row.words = malloc((end - first) * sizeof *row.words);
        ok = ok && row.words;
    }
    if (row.words) {
        row.n_words = end - first;
        memcpy(row.words, turn->words + first, row.n_words * sizeof *row.words);
    }
    ok = copy_events(&row, turn, first, end) && ok;
    if (ok && !is_whole)
        place_part(&row, p, turn, first, end);
    row.goes_on = ok && row_goes_on(p, &row, first == 0 && turn->goes_on);
    p->rows[p->n_rows++] = row;
    return ok;
}

/* Counts turns, not rows. */
static void count_change(speaker_pass *p, size_t index, const char *name)
{
    if (p->is_counted)
        return;
    p->is_counted = true;
    if (p->n_changed++ == 0) {
        p->first_changed = index;
        p->number_changed = p->n_turns;
        p->changed_to = name;
    }
}

static bool take_turn(speaker_pass *p, size_t index)
{
    const sb_aligned_turn *turn = &p->alignment->turns[index];
    if (!turn->goes_on) {
        p->n_turns++;
        p->is_counted = false;
    }
    find_spans(p->spans, turn);
    find_owners(p, turn);
    move_changes(p, turn);
    if (turn->n_words == 0)
        return add_row(p, turn, 0, 0, turn->speaker);
    for (size_t first = 0, end; first < turn->n_words; first = end) {
        const char *name = name_of_owner(p, turn, first);
        for (end = first + 1; end < turn->n_words && sb_same_text(name, name_of_owner(p, turn, end));)
            end++;
        if (turn->speaker && name && strcasecmp(name, turn->speaker) != 0) {
            count_change(p, index, name);
        }
        if (!add_row(p, turn, first, end, name))
            return false;
    }
    return true;
}

/* Frees rows without the texts of their words and events. */
static void free_rows(sb_aligned_turn *rows, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        free(rows[i].speaker);
        free(rows[i].language);
        free(rows[i].words);
        free(rows[i].events);
    }
    free(rows);
}

static void add_notes(const speaker_pass *p, sb_notes *notes)
{
    const char *audio = p->alignment->method == SB_METHOD_NONE ? "transcript" : "audio";
    if (p->n_placed == 0)
        sb_notes_add(
            notes, p->layer->path, 0, 0,
            "no word is near a segment of this file, so the speakers stay as they are; check that its "
            "times are those of the %s",
            audio);
    else if (p->n_changed > 0)
        sb_notes_add(
            notes, p->layer->path, 0, 0,
            "%zu turn%s another speaker in the transcript, the first is turn %zu (\"%s\" there, \"%s\" "
            "here); the names of this file were used",
            p->n_changed, p->n_changed == 1 ? " has" : "s have", p->number_changed,
            p->alignment->turns[p->first_changed].speaker, p->changed_to);
}

static bool make_rows(speaker_pass *p)
{
    size_t n_most = 0;
    for (size_t i = 0; i < p->alignment->n_turns; i++) {
        const sb_aligned_turn *turn = &p->alignment->turns[i];
        n_most = turn->n_words > n_most ? turn->n_words : n_most;
        p->has_cues = p->has_cues || turn->goes_on;
    }
    p->spans = malloc((n_most + 1) * sizeof *p->spans);
    p->owners = malloc((n_most + 1) * sizeof *p->owners);
    bool ok = p->spans && p->owners;
    for (size_t i = 0; ok && i < p->alignment->n_turns; i++)
        ok = take_turn(p, i);
    free(p->spans);
    free(p->owners);
    return ok;
}

sb_status sb_alignment_apply_speakers(sb_alignment *alignment, const sb_speaker_layer *layer, sb_notes *notes,
                                      sb_error *err)
{
    speaker_pass p = {.alignment = alignment, .layer = layer, .current = NOBODY};
    if (!make_rows(&p)) {
        free_rows(p.rows, p.n_rows);
        return sb_error_memory(err, "applying the speakers");
    }
    add_notes(&p, notes);
    free_rows(alignment->turns, alignment->n_turns);
    alignment->turns = p.rows;
    alignment->n_turns = p.n_rows;
    return SB_OK;
}
