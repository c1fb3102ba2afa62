#include <stdlib.h>
#include <string.h>

#include "base/run/run.h"
#include "base/text/text.h"
#include "transcript/json/json_forms.h"

/* Rows end at pauses of this length, and are at most so long. */
#define PAUSE   (SB_TIME_SECOND + SB_TIME_SECOND / 2)
#define LONGEST (60 * SB_TIME_SECOND)

#define FAR (SB_TIME_SECOND / 2) /* between words that no blank parts */

#define MAX_PARTS 3  /* places in a word at which a line could end: more are a text without blanks */
#define LOOKED_AT 64 /* words, to see whether their blanks count */

typedef struct rows {
    sb_reading *reading;
    const sb_json_form *form;
    const sb_json_finds *finds;
    sb_json_scan scan; /* only its text is used */
    sb_text_writer writer;
    const sb_json_piece *segment; /* whose rows are being written; NULL: words without one */
    bool is_passage;              /* rows end with sentences and at pauses */
    bool joins;                   /* most segments are single words */
    bool has_times;               /* at least one item has a time */
    bool blanks_count;            /* words without a blank between them are one word */
    sb_json_piece voice;          /* the item that named the current speaker */
    sb_bytes name, next_name, piece, word, text;
    sb_time word_start, word_end, latest;
    bool blank_after, attaches_next, is_started, has_voice; /* about the row's last word */
    sb_line line;
    size_t n_empty, empty_at;
} rows;

static bool same_mark(const rows *r, sb_json_mark a, sb_json_mark b)
{
    return a.length == b.length && memcmp(r->scan.text + a.at, r->scan.text + b.at, a.length) == 0;
}

/* Takes the item's speaker. Returns true if it is not the one before. */
static bool change_voice(rows *r, const sb_json_piece *item)
{
    bool is_silent = !item->has_speaker || (item->is_null_speaker && !r->form->carries_speaker);
    if (is_silent && (item->channel < 0 || !r->finds->has_channels))
        return false;
    if (same_mark(r, item->speaker, r->voice.speaker) && item->channel == r->voice.channel)
        return false;
    r->voice = *item;
    r->next_name.size = 0;
    sb_json_speaker_name(&r->next_name, r->finds, r->form, &r->scan, item);
    bool is_same = r->next_name.size == r->name.size &&
                   (r->name.size == 0 || memcmp(r->next_name.data, r->name.data, r->name.size) == 0);
    r->name.size = 0;
    if (r->next_name.size > 0)
        sb_bytes_append(&r->name, r->next_name.data, r->next_name.size);
    return !is_same;
}

static sb_status add_inner(rows *r, sb_range range, sb_time time)
{
    size_t n_turns = r->reading->transcript->n_turns;
    if (range.length == 0 || time == SB_TIME_NONE)
        return SB_OK;
    return sb_reading_add_inner_time(r->reading, n_turns ? n_turns - 1 : 0, range, time);
}

static sb_status add_repeats(rows *r, const sb_json_piece *item)
{
    sb_status status = add_inner(r, sb_json_range(item->start_again), item->start);
    return status == SB_OK ? add_inner(r, sb_json_range(item->end_again), item->end) : status;
}

static sb_status keep_marks(rows *r, const sb_json_piece *item)
{
    sb_status status = add_inner(r, sb_json_range(item->start_mark), item->start);
    if (status == SB_OK)
        status = add_inner(r, sb_json_range(item->end_mark), item->end);
    return status == SB_OK ? add_repeats(r, item) : status;
}

static sb_status set_stop(rows *r, const sb_json_piece *item)
{
    sb_turn *turn = r->writer.turn;
    sb_status status = add_inner(r, turn->stop_range, turn->stop);
    turn->stop = item->end;
    turn->stop_range = sb_json_range(item->end_mark);
    return status;
}

/* Gives the times of a word or segment to the open row. */
static sb_status take_times(rows *r, const sb_json_piece *item)
{
    sb_turn *turn = r->writer.turn;
    sb_status status = SB_OK;
    if (!turn)
        return SB_OK;
    if (turn->stamp == SB_TIME_NONE && item->start != SB_TIME_NONE) {
        turn->stamp = item->start;
        turn->stamp_range = sb_json_range(item->start_mark);
    } else {
        status = add_inner(r, sb_json_range(item->start_mark), item->start);
    }
    if (status == SB_OK && item->end != SB_TIME_NONE)
        status = set_stop(r, item);
    sb_time latest = item->end != SB_TIME_NONE ? item->end : item->start;
    if (latest != SB_TIME_NONE)
        r->latest = latest;
    return status == SB_OK ? add_repeats(r, item) : status;
}

static void flush_word(rows *r)
{
    if (r->word.size > 0 && r->writer.turn)
        sb_text_put_timed(&r->writer, r->word.data, r->word.size, r->word_start, r->word_end);
    r->word.size = 0;
    r->blank_after = r->attaches_next = false;
}

static sb_status end_row(rows *r)
{
    flush_word(r);
    if (r->writer.turn)
        sb_json_fill_times(r->writer.turn);
    return sb_text_end(&r->writer);
}

static sb_status begin_row(rows *r, size_t at)
{
    if (end_row(r) != SB_OK ||
        sb_reading_begin_turn(r->reading, &r->writer, sb_line_number_at(&r->line, r->reading, at)) != SB_OK)
        return SB_ERR_MEMORY;
    r->is_started = true;
    r->has_voice = r->name.size > 0;
    return r->name.size ? sb_reading_set_speaker(r->writer.turn, r->name.data, r->name.size) : SB_OK;
}

static bool ends_row(const rows *r, const sb_json_piece *item)
{
    const sb_turn *turn = r->writer.turn;
    sb_time start = item->start;
    bool knows = start != SB_TIME_NONE && turn->stamp != SB_TIME_NONE;
    if (knows && start >= turn->stamp && start - turn->stamp > LONGEST)
        return true;
    if (r->segment && !r->is_passage)
        return false;
    if (turn->n_words > 0 && sb_word_ends_sentence(turn->words[turn->n_words - 1].text))
        return true;
    return knows && r->latest != SB_TIME_NONE && (start < turn->stamp || start - r->latest >= PAUSE);
}

/* Ends the word before, and begins a row if one ends there. */
static sb_status make_room_for_rows(rows *r, const sb_json_piece *item)
{
    flush_word(r);
    bool is_other = change_voice(r, item);
    if (r->writer.turn && !ends_row(r, item)) {
        if (!is_other)
            return SB_OK;
        if (!r->has_voice) { /* the first words of a row may have no speaker, as numbers without times have
                                none */
            r->has_voice = true;
            return sb_reading_set_speaker(r->writer.turn, r->name.data, r->name.size);
        }
    }
    bool is_first = !r->is_started;
    bool is_natural = r->segment && !r->is_passage;
    sb_status status = begin_row(r, is_first && is_natural ? r->segment->at : item->at);
    if (status != SB_OK)
        return status;
    if (is_natural && is_first && r->segment->start != SB_TIME_NONE) {
        r->writer.turn->stamp = r->segment->start;
        r->writer.turn->stamp_range = sb_json_range(r->segment->start_mark);
    } else if (item->start == SB_TIME_NONE && !item->has_bad_start &&
               (item->end != SB_TIME_NONE || !is_first)) {
        r->writer.turn->stamp = r->latest != SB_TIME_NONE || !r->has_times ? r->latest : 0;
    }
    return SB_OK;
}

static sb_status put_event(rows *r, const char *text, size_t size)
{
    sb_turn *turn = r->writer.turn;
    char *copy = sb_copy_bytes(text, size);
    if (!copy || !sb_push_room(&turn->events, turn->n_events, sizeof *turn->events)) {
        free(copy);
        return SB_ERR_MEMORY;
    }
    turn->events[turn->n_events++] = (sb_event){copy, turn->n_words};
    return SB_OK;
}

/* "%HESITATION" and the like, and what the file calls an event. */
static bool is_event(const sb_json_piece *item, const char *text, size_t size)
{
    bool is_mark = size > 3 && text[0] == '%';
    for (size_t i = 1; i < size && is_mark; i++)
        is_mark = text[i] >= 'A' && text[i] <= 'Z';
    return item->is_event || is_mark;
}

/* Marks that end words and are never words themselves. */
static bool is_closing_mark(const char *text, size_t size)
{
    bool is_mark = size > 0;
    for (size_t at = 0; at < size && is_mark;)
        is_mark = sb_utf8_has(".,?!;:\u2026\u3002\uFF0C\uFF1F\uFF01\u3001", sb_utf8_next(text, size, &at));
    return is_mark;
}

static bool attaches(const rows *r, const sb_json_piece *item, const char *text, size_t size,
                     bool blank_before)
{
    if (r->word.size == 0 || blank_before || r->blank_after)
        return false;
    bool is_far = item->start != SB_TIME_NONE && r->latest != SB_TIME_NONE && item->start - r->latest >= FAR;
    return (r->blanks_count && !is_far) || item->attaches_before || r->attaches_next ||
           is_closing_mark(text, size);
}

/* Puts a word, a part of one or a mark. */
static sb_status put_word(rows *r, const sb_json_piece *item)
{
    r->piece.size = 0;
    sb_json_scan_text(&r->piece, &r->scan, sb_json_range(item->text));
    if (r->piece.failed)
        return SB_ERR_MEMORY;
    sb_range inside =
        r->piece.size ? sb_range_trim(r->piece.data, (sb_range){0, r->piece.size}) : (sb_range){0, 0};
    if (inside.length == 0) {
        r->blank_after = r->blank_after || r->piece.size > 0;
        return keep_marks(r, item);
    }
    const char *text = r->piece.data + inside.at;
    bool is_sound = is_event(item, text, inside.length);
    bool is_part = attaches(r, item, text, inside.length, inside.at > 0);
    if (is_sound)
        flush_word(r);
    bool has_room = is_part || (is_sound && r->writer.turn && !change_voice(r, item));
    sb_status status = has_room ? SB_OK : make_room_for_rows(r, item);
    if (status == SB_OK && is_sound) {
        status = put_event(r, text, inside.length);
        return status == SB_OK ? take_times(r, item) : status;
    }
    if (status != SB_OK)
        return status;
    sb_bytes_append(&r->word, text, inside.length);
    if (!is_part || r->word_start == SB_TIME_NONE)
        r->word_start = item->start;
    r->word_end = is_part && item->end == SB_TIME_NONE ? r->word_end : item->end;
    r->blank_after = inside.at + inside.length < r->piece.size;
    r->attaches_next = item->attaches_after;
    return r->word.failed ? SB_ERR_MEMORY : take_times(r, item);
}

/* The end of the word of the text in which `at` is. Words end at blanks, and between ideographs. */
static size_t word_end(const char *text, size_t size, size_t at)
{
    size_t before = at;
    int32_t last = at > 0 ? sb_utf8_last(text, 0, &before) : 0;
    while (at < size && !sb_is_ascii_space(text[at])) {
        size_t next = at;
        int32_t c = sb_utf8_next(text, size, &next);
        if (last && sb_may_part(last, c))
            break;
        last = c;
        at = next;
    }
    return at;
}

static size_t word_begin(const char *text, size_t size, size_t at, size_t least)
{
    size_t next = at;
    int32_t first = sb_utf8_next(text, size, &next);
    while (at > least && !sb_is_ascii_space(text[at - 1])) {
        size_t before = at;
        int32_t c = sb_utf8_last(text, least, &before);
        if (sb_may_part(c, first))
            break;
        first = c;
        at = before;
    }
    return at;
}

/* Puts the text up to `end`, which has no times of its own. */
static sb_status put_untimed(rows *r, size_t from, size_t end, const sb_json_piece *next)
{
    sb_status status = SB_OK;
    if (sb_range_trim(r->text.data, (sb_range){from, end - from}).length == 0)
        return SB_OK;
    flush_word(r);
    if (!r->writer.turn)
        status = make_room_for_rows(r, next);
    if (status != SB_OK)
        return status;
    sb_text_put(&r->writer, r->text.data + from, end - from);
    sb_text_break(&r->writer);
    return SB_OK;
}

/* Writes the text of the segment. Its words only give times and speakers. */
static sb_status lay_words(rows *r, const sb_json_piece *words, size_t n_words)
{
    const char *text = r->text.data;
    size_t size = r->text.size, at = 0, done = 0;
    sb_status status = SB_OK;
    for (size_t i = 0; i < n_words && status == SB_OK; i++) {
        const sb_json_piece *word = &words[i];
        r->piece.size = 0;
        sb_json_scan_text(&r->piece, &r->scan, sb_json_range(word->text));
        sb_json_spot place = r->piece.size ? sb_json_find_word(text, size, &at, r->piece.data, r->piece.size)
                                           : (sb_json_spot){0, 0};
        if (r->piece.failed)
            return SB_ERR_MEMORY;
        if (place.end <= done) {
            if (place.end > 0 && word->end != SB_TIME_NONE)
                r->word_end = word->end;
            status = take_times(r, word);
            continue;
        }
        size_t begin = place.begin > done ? word_begin(text, size, place.begin, done) : done;
        size_t end = word_end(text, size, place.end);
        status = put_untimed(r, done, begin, word);
        if (status == SB_OK)
            status = make_room_for_rows(r, word);
        if (status != SB_OK)
            break;
        if (is_event(word, text + begin, end - begin))
            status = put_event(r, text + begin, end - begin);
        else
            sb_bytes_append(&r->word, text + begin, end - begin);
        r->word_start = word->start;
        r->word_end = word->end;
        done = end;
        if (status == SB_OK)
            status = take_times(r, word);
    }
    return status == SB_OK ? put_untimed(r, done, size, r->segment) : status;
}

static sb_status put_words(rows *r, const sb_json_piece *words, size_t n_words)
{
    sb_status status = SB_OK;
    for (size_t i = 0; i < n_words && status == SB_OK; i++)
        status = put_word(r, &words[i]);
    return status;
}

static sb_status keep_times(rows *r, const sb_json_piece *segment)
{
    bool has_time = segment->start != SB_TIME_NONE || segment->end != SB_TIME_NONE;
    if (has_time && segment->has_text && r->n_empty++ == 0)
        r->empty_at = segment->start_mark.length ? segment->start_mark.at : segment->at;
    return keep_marks(r, segment);
}

/* Gives the segment's own times to its last row. */
static sb_status end_segment(rows *r, const sb_json_piece *segment, const sb_json_piece *next)
{
    sb_status status = SB_OK;
    flush_word(r);
    if (!r->writer.turn)
        return SB_OK;
    if (r->is_passage) {
        status = add_inner(r, sb_json_range(segment->start_mark), segment->start);
        if (status == SB_OK)
            status = add_inner(r, sb_json_range(segment->end_mark), segment->end);
    } else if (segment->end != SB_TIME_NONE) {
        sb_json_piece last = *segment;
        if (next && r->form->stops_overlap && last.end_mark.length == 0 && next->start > last.start &&
            next->start < last.end) {
            last.end = next->start;
            last.end_mark = (sb_json_mark){0};
        }
        status = set_stop(r, &last);
        r->latest = last.end;
    } else if (segment->start != SB_TIME_NONE && segment->n_inside == 0) {
        r->latest = segment->start;
    }
    if (status == SB_OK)
        status = add_repeats(r, segment);
    return status == SB_OK ? end_row(r) : status;
}

static sb_status put_segment(rows *r, const sb_json_piece *segment, const sb_json_piece *next)
{
    bool is_silent = !segment->has_speaker && !(r->finds->has_channels && segment->channel >= 0);
    sb_status status = end_row(r);
    r->segment = segment;
    r->is_passage = segment->role == SB_JSON_PASSAGE && segment->n_inside > 0;
    r->is_started = false;
    if (is_silent && !r->form->carries_speaker) {
        r->voice = (sb_json_piece){.channel = -1};
        r->name.size = 0;
    }
    change_voice(r, segment);
    r->text.size = 0;
    sb_json_scan_text(&r->text, &r->scan, sb_json_range(segment->text));
    if (status != SB_OK || r->text.failed || r->name.failed || r->next_name.failed)
        return SB_ERR_MEMORY;
    bool has_text = r->text.size > 0 && sb_range_trim(r->text.data, (sb_range){0, r->text.size}).length > 0;
    if (!has_text && segment->n_inside == 0)
        return keep_times(r, segment);
    status = has_text ? lay_words(r, segment + 1, segment->n_inside)
                      : put_words(r, segment + 1, segment->n_inside);
    return status == SB_OK ? end_segment(r, segment, next) : status;
}

static bool has_outer_blank(const char *text, sb_json_mark mark)
{
    return mark.length > 0 && (text[mark.at] == ' ' || text[mark.at + mark.length - 1] == ' ');
}

/* Chinese and Japanese have no blanks between their words. */
static size_t count_parts(const char *text, size_t size)
{
    size_t n = 0;
    int32_t last = 0;
    for (size_t at = 0; at < size;) {
        int32_t c = sb_utf8_next(text, size, &at);
        n += last && sb_may_part(last, c);
        last = c;
    }
    return n;
}

static bool is_single_word(const char *text, sb_json_mark mark)
{
    sb_range body = sb_range_trim(text, sb_json_range(mark));
    return body.length > 0 && body.length < 80 && !memchr(text + body.at, ' ', body.length) &&
           count_parts(text + body.at, body.length) <= MAX_PARTS;
}

/* Detects how the file writes its words. */
static void look_at_words(rows *r)
{
    const sb_json_pieces *list = &r->finds->items;
    size_t n = 0, n_single = 0, n_words = 0;
    for (size_t i = 0; i < list->n_items; i++) {
        const sb_json_piece *item = &list->items[i];
        r->has_times = r->has_times || item->start != SB_TIME_NONE || item->end != SB_TIME_NONE;
        if (item->role == SB_JSON_WORD || item->n_inside > 0) {
            n_words++;
            r->blanks_count = r->blanks_count || (item->role == SB_JSON_WORD && n_words < 2 * LOOKED_AT &&
                                                  has_outer_blank(r->scan.text, item->text));
            continue;
        }
        n += item->text.length > 0;
        n_single += is_single_word(r->scan.text, item->text);
    }
    r->joins = n_words == 0 && n >= 2 && 4 * n_single >= 3 * n;
    for (size_t i = 0; r->joins && i < list->n_items && i < LOOKED_AT; i++)
        r->blanks_count = r->blanks_count || has_outer_blank(r->scan.text, list->items[i].text);
}

static sb_status put_all(rows *r)
{
    sb_status status = SB_OK;
    const sb_json_pieces *list = &r->finds->items;
    for (size_t i = 0; i < list->n_items && status == SB_OK; i += 1 + list->items[i].n_inside) {
        const sb_json_piece *item = &list->items[i];
        if (item->is_dropped)
            continue;
        bool is_empty = item->role != SB_JSON_WORD && item->text.length == 0;
        if (item->role == SB_JSON_WORD || (r->joins && !is_empty))
            status = put_word(r, item);
        else if (r->joins)
            status = keep_times(r, item);
        else
            status = put_segment(r, item,
                                 i + 1 + item->n_inside < list->n_items ? item + 1 + item->n_inside : NULL);
    }
    sb_status end_status = end_row(r);
    return status == SB_OK ? end_status : status;
}

sb_status sb_json_add_turns(sb_reading *reading, const sb_json_form *form, sb_json_finds *finds)
{
    rows r = {.reading = reading, .form = form, .finds = finds};
    r.scan = (sb_json_scan){.text = reading->text, .size = reading->size};
    r.voice.channel = -1;
    r.latest = SB_TIME_NONE;
    look_at_words(&r);
    sb_status status = put_all(&r);
    if (r.name.failed || r.next_name.failed || r.word.failed || r.text.failed)
        status = SB_ERR_MEMORY;
    if (r.n_empty > 0 && status == SB_OK)
        sb_reading_note(reading, r.empty_at, "%zu segment%s without text; ignored", r.n_empty,
                        r.n_empty == 1 ? "" : "s");
    sb_bytes_finish(&r.name);
    sb_bytes_finish(&r.next_name);
    sb_bytes_finish(&r.piece);
    sb_bytes_finish(&r.word);
    sb_bytes_finish(&r.text);
    return status;
}
