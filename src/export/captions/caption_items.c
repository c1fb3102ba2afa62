#include "export/captions/captions.h"

#include <stdlib.h>
#include <string.h>

#include "alignment/alignment.h"
#include "base/run/run.h"
#include "base/text/text.h"
#include "transcript/transcript.h"

#define SYLLABLE   (200 * SB_TIME_MS) /* at normal speed */
#define LONG_PAUSE SB_TIME_SECOND
#define MAX_EQUAL  64 /* turns with one time, on either side of a turn */

sb_status sb_caption_items_push(sb_caption_items *out, const sb_caption_item *item, sb_error *err)
{
    if (!sb_grow(&out->items, out->n_items, &out->capacity, sizeof *out->items))
        return sb_error_memory(err, "making captions");
    out->items[out->n_items++] = *item;
    return SB_OK;
}

/* Words in Thai and similar scripts keep the blank after them; see sb_word_gap. */
static bool ends_with_blank(const char *text)
{
    size_t size = strlen(text);
    return size > 1 && text[size - 1] == ' ';
}

static bool push_caption_item(sb_caption_items *items, sb_caption_item *item)
{
    item->size = strlen(item->text);
    item->size -= ends_with_blank(item->text);
    item->width = sb_utf8_width(item->text, item->size);
    return sb_caption_items_push(items, item, NULL) == SB_OK;
}

sb_caption_item sb_caption_name(const char *speaker, size_t turn, sb_time at)
{
    const char *text = speaker ? speaker : SB_CAPTION_NOBODY;
    size_t size = strlen(text);
    return (sb_caption_item){.text = text,
                             .size = size,
                             .width = sb_utf8_width(text, size) + (speaker != NULL),
                             .start = at,
                             .end = at,
                             .turn = turn,
                             .kind = SB_CAPTION_NAME};
}

static bool add_event(sb_caption_items *items, const sb_caption_words *words, const char *text)
{
    sb_caption_item item = {.text = text,
                            .start = SB_TIME_NONE,
                            .end = SB_TIME_NONE,
                            .turn = words->turn,
                            .kind = SB_CAPTION_EVENT};
    return push_caption_item(items, &item);
}

bool sb_event_is_shown(const char *text)
{
    size_t at = 0;
    return sb_utf8_has("[({*♪♫（［｛【", sb_utf8_next(text, strlen(text), &at));
}

static bool add_events(sb_caption_items *items, const sb_caption_words *words, size_t *next,
                       size_t before_word)
{
    const sb_aligned_turn *turn = &words->alignment->turns[words->turn];
    bool ok = true;
    for (; ok && *next < turn->n_events && turn->events[*next].before_word <= before_word; ++*next) {
        size_t at = turn->events[*next].before_word;
        bool between = at > words->first && at <= words->last;
        if ((between || words->events_around) && sb_event_is_shown(turn->events[*next].text))
            ok = add_event(items, words, turn->events[*next].text);
    }
    return ok;
}

/* In scripts without blanks, a word follows the one before directly. */
static bool joins_before(const sb_caption_items *items, const sb_caption_words *words, const char *text)
{
    const sb_caption_item *before = items->n_items ? &items->items[items->n_items - 1] : NULL;
    return before && before->kind == SB_CAPTION_WORD && before->turn == words->turn &&
           !ends_with_blank(before->text) && !*sb_word_gap(before->text, text);
}

static bool add_word_item(sb_caption_items *items, const sb_caption_words *words, size_t index)
{
    const sb_aligned_word *word = &words->alignment->turns[words->turn].words[index];
    bool timed = sb_word_has_place(word);
    if (sb_caption_leaves_out(words->alignment, word))
        return true;
    sb_caption_item item = {.text = word->text,
                            .start = timed ? word->start : SB_TIME_NONE,
                            .end = timed ? word->end : SB_TIME_NONE,
                            .turn = words->turn,
                            .word = index,
                            .joined = joins_before(items, words, word->text)};
    return push_caption_item(items, &item);
}

static bool add_all(sb_caption_items *items, const sb_caption_words *words)
{
    const sb_aligned_turn *turn = &words->alignment->turns[words->turn];
    size_t next_event = 0;
    for (size_t w = words->first; w < turn->n_words && w <= words->last; w++)
        if (!add_events(items, words, &next_event, w) || !add_word_item(items, words, w))
            return false;
    return !words->events_around || add_events(items, words, &next_event, SIZE_MAX);
}

static int64_t spoken_length(const sb_caption_item *item)
{
    int syllables = item->kind == SB_CAPTION_EVENT ? 0 : sb_word_syllables(item->text);
    return syllables > 0 ? syllables : 0;
}

/* Distributes items first ... end - 1, which have no times, over the available time. Events take no time:
 * they are placed at the next word, or at the beginning of a long pause. */
static void spread_items(sb_caption_item *items, size_t first, size_t end, sb_time from, sb_time until,
                         bool word_follows)
{
    int64_t total = 0, done = 0;
    for (size_t i = first; i < end; i++)
        total += spoken_length(&items[i]);
    if (until == SB_TIME_NONE)
        until = from + total * SYLLABLE;
    if (until < from)
        until = from;
    if (!total && word_follows && until - from < LONG_PAUSE)
        from = until;
    for (size_t i = first; i < end; i++) {
        double share = total ? (double)(until - from) / (double)total : 0;
        items[i].start = from + (sb_time)(share * (double)done);
        done += spoken_length(&items[i]);
        items[i].end = from + (sb_time)(share * (double)done);
    }
}

static void fill_times(sb_caption_item *items, size_t n, sb_span turn)
{
    sb_time from = turn.start;
    for (size_t i = 0, end; i < n; i = end) {
        end = i + 1;
        if (items[i].start == SB_TIME_NONE) {
            while (end < n && items[end].start == SB_TIME_NONE)
                end++;
            spread_items(items, i, end, from, end < n ? items[end].start : turn.end, end < n);
        }
        from = items[end - 1].end;
    }
}

/* The time that the words may have: from the end of the word before them to the start of the word after them,
 * or the turn's. */
static sb_span room_of(const sb_caption_words *words)
{
    const sb_aligned_turn *turn = &words->alignment->turns[words->turn];
    sb_span room = words->span;
    bool is_known = false;
    for (size_t w = words->first < turn->n_words ? words->first : 0; !is_known && w-- > 0;) {
        is_known = turn->words[w].end != SB_TIME_NONE;
        room.start = is_known ? turn->words[w].end : room.start;
    }
    is_known = false;
    for (size_t w = words->last; !is_known && w < turn->n_words - 1 && turn->n_words > 0; w++) {
        is_known = turn->words[w + 1].start != SB_TIME_NONE;
        room.end = is_known ? turn->words[w + 1].start : room.end;
    }
    return room;
}

static sb_time natural_length(const sb_aligned_turn *turn, sb_time least)
{
    sb_time length = 0;
    for (size_t i = 0; i < turn->n_words; i++) {
        int syllables = sb_word_syllables(turn->words[i].text);
        length += (syllables > 0 ? syllables : 0) * SYLLABLE;
    }
    return length > least ? length : least;
}

sb_span sb_caption_turn_span(const sb_alignment *alignment, size_t turn, const sb_caption_params *params)
{
    const sb_aligned_turn *turns = alignment->turns;
    sb_time start = turns[turn].start, length = 0, before = 0, own = 0;
    size_t first = turn, end = turn + 1;
    while (first > 0 && turn - first < MAX_EQUAL && turns[first - 1].start == start)
        first--;
    while (end < alignment->n_turns && end - turn < MAX_EQUAL && turns[end].start == start)
        end++;
    sb_span span = {start, turns[turn].end};
    sb_time until = end < alignment->n_turns ? turns[end].start : turns[end - 1].end;
    if (start == SB_TIME_NONE || end == first + 1 || until == SB_TIME_NONE || until <= start)
        return span;
    for (size_t i = first; i < end; i++) {
        sb_time natural = natural_length(&turns[i], params->min_duration);
        before += i < turn ? natural : 0;
        own = i == turn ? natural : own;
        length += natural;
    }
    double scale = until - start < length ? (double)(until - start) / (double)length : 1;
    span.start = start + (sb_time)((double)before * scale);
    span.start -= span.start % SB_TIME_MS; /* as it is written */
    sb_time stop = start + (sb_time)((double)(before + own) * scale);
    stop -= stop % SB_TIME_MS;
    span.end = turn + 1 < end || span.end == SB_TIME_NONE || span.end < stop ? stop : span.end;
    return span;
}

sb_status sb_caption_items_add(sb_caption_items *out, const sb_caption_words *words, sb_error *err)
{
    size_t before = out->n_items;
    if (!add_all(out, words))
        return sb_error_memory(err, "making captions");
    if (out->n_items > before)
        fill_times(out->items + before, out->n_items - before, room_of(words));
    return SB_OK;
}

void sb_caption_items_finish(sb_caption_items *items)
{
    free(items->items);
    *items = (sb_caption_items){0};
}
