#include "transcript/json/json_forms.h"

#include <stdlib.h>
#include <string.h>

#include "base/text/text.h"
#include "transcript/transcript.h"

#define PAUSE (SB_TIME_SECOND + SB_TIME_SECOND / 2)

typedef struct segment_builder {
    sb_reading *reading;
    sb_json_scan scan; /* only its text is used */
    sb_text_writer writer;
    sb_bytes body, speaker, next_speaker;
    bool joins;
    sb_time last; /* latest time in the open turn */
    size_t n_empty, empty_at;
} segment_builder;

static bool is_single_word(const sb_reading *reading, sb_range body)
{
    body = sb_range_trim(reading->text, body);
    return body.length > 0 && body.length < 80 && !memchr(reading->text + body.at, ' ', body.length);
}

static bool is_word_by_word(const sb_reading *reading, const sb_segments *segments)
{
    size_t n_single = 0, n = 0;
    for (size_t i = 0; i < segments->n_items; i++) {
        n += segments->items[i].body.length > 0;
        n_single += is_single_word(reading, segments->items[i].body);
    }
    return n >= 2 && 2 * n_single >= n;
}

static bool bytes_equal(const sb_bytes *a, const sb_bytes *b)
{
    return a->size == b->size && (a->size == 0 || memcmp(a->data, b->data, a->size) == 0);
}

/* Takes the speaker of the segment. Returns true if it differs from the one before. */
static bool change_speaker(segment_builder *b, const sb_segment *segment)
{
    if (!segment->has_speaker)
        return false;
    b->next_speaker.size = 0;
    sb_json_scan_text(&b->next_speaker, &b->scan, segment->speaker);
    bool is_other = !bytes_equal(&b->speaker, &b->next_speaker);
    b->speaker.size = 0;
    if (b->next_speaker.size > 0)
        sb_bytes_append(&b->speaker, b->next_speaker.data, b->next_speaker.size);
    return is_other;
}

static sb_status begin_turn(segment_builder *b, const sb_segment *segment)
{
    if (sb_reading_begin_turn(b->reading, &b->writer, segment->line) != SB_OK)
        return SB_ERR_MEMORY;
    sb_turn *turn = b->writer.turn;
    turn->stamp = segment->start;
    turn->stamp_range = segment->start_range;
    return b->speaker.size ? sb_reading_set_speaker(turn, b->speaker.data, b->speaker.size) : SB_OK;
}

/* Returns true if this segment continues the open turn. */
static bool goes_on(const segment_builder *b, const sb_segment *segment, bool is_other_speaker)
{
    if (!b->writer.turn || !b->joins || is_other_speaker)
        return false;
    const sb_turn *turn = b->writer.turn;
    if (turn->n_words > 0 && sb_word_ends_sentence(turn->words[turn->n_words - 1].text))
        return false;
    if (segment->start == SB_TIME_NONE || b->last == SB_TIME_NONE)
        return true;
    return segment->start >= turn->stamp && segment->start - b->last < PAUSE;
}

static sb_status add_inner(segment_builder *b, sb_range range, sb_time time)
{
    size_t n_turns = b->reading->transcript->n_turns;
    if (range.length == 0)
        return SB_OK;
    return sb_reading_add_inner_time(b->reading, n_turns ? n_turns - 1 : 0, range, time);
}

static sb_status keep_times(segment_builder *b, const sb_segment *segment)
{
    if (b->n_empty++ == 0)
        b->empty_at = segment->start_range.at;
    sb_status status = add_inner(b, segment->start_range, segment->start);
    return status == SB_OK ? add_inner(b, segment->end_range, segment->end) : status;
}

static void put_body(segment_builder *b, const sb_segment *segment)
{
    sb_turn *turn = b->writer.turn;
    size_t n_before = turn->n_words;
    if (b->joins)
        b->writer.next_start = segment->start;
    sb_text_put(&b->writer, b->body.data, b->body.size);
    sb_text_break(&b->writer);
    if (b->joins && turn->n_words > n_before)
        turn->words[turn->n_words - 1].end = segment->end;
    b->last = segment->end != SB_TIME_NONE ? segment->end : segment->start;
}

static sb_status take_segment(segment_builder *b, const sb_segment *segment)
{
    bool is_other = change_speaker(b, segment);
    b->body.size = 0;
    sb_json_scan_text(&b->body, &b->scan, segment->body);
    if (b->body.failed || b->speaker.failed || b->next_speaker.failed)
        return SB_ERR_MEMORY;
    if (b->body.size == 0 || sb_range_trim(b->body.data, (sb_range){0, b->body.size}).length == 0)
        return keep_times(b, segment);
    sb_status status;
    if (goes_on(b, segment, is_other)) {
        status = add_inner(b, b->writer.turn->stop_range, b->writer.turn->stop);
        if (status == SB_OK)
            status = add_inner(b, segment->start_range, segment->start);
    } else {
        status = begin_turn(b, segment);
    }
    if (status != SB_OK)
        return status;
    put_body(b, segment);
    b->writer.turn->stop = segment->end;
    b->writer.turn->stop_range = segment->end_range;
    return SB_OK;
}

sb_status sb_segments_add_turns(sb_reading *reading, const sb_segments *segments)
{
    segment_builder b = {.reading = reading, .scan = {.text = reading->text, .size = reading->size}};
    sb_status status = SB_OK;
    b.last = SB_TIME_NONE;
    b.joins = is_word_by_word(reading, segments);
    for (size_t i = 0; status == SB_OK && i < segments->n_items; i++)
        status = take_segment(&b, &segments->items[i]);
    sb_status end_status = sb_text_end(&b.writer);
    if (b.n_empty > 0 && status == SB_OK)
        sb_reading_note(reading, b.empty_at, "%zu segment%s without text; ignored", b.n_empty,
                        b.n_empty == 1 ? "" : "s");
    sb_bytes_finish(&b.body);
    sb_bytes_finish(&b.speaker);
    sb_bytes_finish(&b.next_speaker);
    return status == SB_OK ? end_status : status;
}

void sb_segments_finish(sb_segments *segments)
{
    free(segments->items);
    *segments = (sb_segments){0};
}
