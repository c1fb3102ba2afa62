#include "transcript/cues/cues.h"

#include <stdlib.h>
#include <string.h>

#include <string.h>

#define MAX_VOICES 4
#define MANY_CUES  4096

typedef struct cue_builder {
    sb_reading *reading;
    const char *text;
    const sb_cue *cue;
    sb_text_writer writer;
    sb_cue_speakers speakers;
    sb_range carried; /* the speaker of the cue before; length 0 if none */
    sb_cue_rolling rolls;
    bool has_voice;              /* this cue has a `<v>` tag */
    sb_range voices[MAX_VOICES]; /* those that are open */
    size_t n_voices;
    bool voice_ended; /* the next word belongs to the voice around the one that ended */
    size_t n_empty, empty_at, n_ruby, ruby_at, n_credits, credit_at;
} cue_builder;

/* The first turn of a cue gets its timestamp. Later turns get none. */
static sb_status begin_turn(cue_builder *b, bool is_first, sb_range speaker)
{
    if (sb_reading_begin_turn(b->reading, &b->writer, b->cue->line) != SB_OK)
        return SB_ERR_MEMORY;
    sb_turn *turn = b->writer.turn;
    if (is_first) {
        turn->stamp = b->cue->start;
        turn->stamp_range = b->cue->start_range;
        if (sb_cue_has_word_times(b->cue, b->text))
            b->writer.next_start = b->cue->start;
    }
    return sb_reading_set_speaker(turn, b->text + speaker.at, speaker.length);
}

static bool turn_is_empty(const cue_builder *b)
{
    const sb_turn *turn = b->writer.turn;
    return turn->n_words == 0 && turn->n_events == 0 && b->writer.word.size == 0;
}

static sb_status change_speaker(cue_builder *b, sb_range speaker)
{
    if (!b->writer.turn)
        return begin_turn(b, true, speaker);
    if (!turn_is_empty(b))
        return begin_turn(b, false, speaker);
    return sb_reading_set_speaker(b->writer.turn, b->text + speaker.at, speaker.length);
}

static sb_status take_tag(cue_builder *b, const sb_cue_tag *tag, size_t at)
{
    if (tag->is_line_break)
        sb_text_break(&b->writer);
    if (tag->voice) {
        sb_range voice = {(size_t)(tag->voice - b->text), tag->voice_length};
        b->has_voice = true;
        b->voice_ended = false;
        if (b->n_voices < MAX_VOICES)
            b->voices[b->n_voices++] = voice;
        return change_speaker(b, voice);
    }
    if (tag->ends_voice && b->n_voices > 0) {
        b->n_voices--;
        b->voice_ended = true;
    }
    if (tag->time_length == 0 || tag->time == SB_TIME_NONE)
        return SB_OK;
    sb_text_break(&b->writer);
    b->writer.next_start = tag->time;
    return sb_reading_add_inner_time(b->reading, b->reading->transcript->n_turns - 1,
                                     (sb_range){at + 1, tag->time_length}, tag->time);
}

static bool has_words(const char *text, size_t size)
{
    for (size_t i = 0; i < size; i++) {
        unsigned char c = (unsigned char)text[i], letter = c | 32;
        if (c >= 0x80 || (c >= '0' && c <= '9') || (letter >= 'a' && letter <= 'z'))
            return true;
    }
    return false;
}

static sb_status put_plain(cue_builder *b, size_t at, size_t end)
{
    sb_status status = SB_OK;
    if (b->voice_ended && has_words(b->text + at, end - at)) {
        b->voice_ended = false;
        status = change_speaker(b, b->n_voices ? b->voices[b->n_voices - 1] : (sb_range){0});
    }
    if (status == SB_OK)
        sb_text_put(&b->writer, b->text + at, end - at);
    return status;
}

static sb_status put_line(cue_builder *b, size_t at, size_t end)
{
    sb_status status = b->writer.turn ? SB_OK : begin_turn(b, true, b->carried);
    size_t plain = at;
    bool in_ruby = false;
    while (status == SB_OK && at < end) {
        sb_cue_tag tag = sb_cue_tag_read(b->text + at, end - at);
        if (tag.length == 0) {
            at++;
            continue;
        }
        if (!in_ruby)
            status = put_plain(b, plain, at);
        if (tag.begins_ruby && b->n_ruby++ == 0)
            b->ruby_at = at;
        in_ruby = tag.begins_ruby || (in_ruby && !tag.ends_ruby);
        if (status == SB_OK)
            status = take_tag(b, &tag, at);
        at += tag.length;
        plain = at;
    }
    if (status == SB_OK && !in_ruby)
        status = put_plain(b, plain, at);
    sb_text_break(&b->writer);
    return status;
}

/* The text of one speaker in a line. */
static sb_status take_segment(cue_builder *b, sb_range segment, bool is_first)
{
    sb_cue_lead lead = {0};
    if (!b->has_voice)
        lead = sb_cue_lead_read(&b->speakers, b->text, segment, is_first);
    sb_status status = SB_OK;
    if (lead.name.length > 0 || lead.is_change) {
        b->carried = lead.name;
        status = change_speaker(b, lead.name);
        if (status == SB_OK)
            b->writer.turn->is_change = lead.name.length == 0;
    }
    return status == SB_OK ? put_line(b, segment.at + lead.length, segment.at + segment.length) : status;
}

static sb_status take_cue_line(cue_builder *b, sb_range line, bool is_first)
{
    size_t end = line.at + line.length;
    sb_status status = SB_OK;
    for (size_t at = line.at, next; status == SB_OK && at < end; at = next) {
        next = b->has_voice ? end : sb_cue_next_speaker(&b->speakers, b->text, at, end);
        status = take_segment(b, (sb_range){at, next - at}, is_first);
        is_first = false;
    }
    return status;
}

/* A cue without new text still has times that sb_transcript_restamp must move. */
static sb_status keep_times(cue_builder *b)
{
    size_t n_turns = b->reading->transcript->n_turns, turn = n_turns ? n_turns - 1 : 0;
    if (b->cue->text.length == 0 && b->n_empty++ == 0)
        b->empty_at = b->cue->start_range.at;
    if (b->cue->start == SB_TIME_NONE || b->cue->end == SB_TIME_NONE)
        return SB_OK;
    sb_status status = sb_reading_add_inner_time(b->reading, turn, b->cue->start_range, b->cue->start);
    return status == SB_OK ? sb_reading_add_inner_time(b->reading, turn, b->cue->end_range, b->cue->end)
                           : status;
}

static sb_status take_cue(cue_builder *b, const sb_cue *before)
{
    size_t n_repeated =
        before && b->rolls == SB_CUE_ROLLS_LINES ? sb_cue_repeated_lines(before, b->cue, b->text) : 0;
    size_t from = before && b->rolls == SB_CUE_ROLLS_WORDS ? sb_cue_new_text(before, b->cue, b->text) : 0;
    sb_line line = {0};
    sb_range content;
    sb_status status = SB_OK;
    bool is_first = true;
    sb_range id = b->speakers.uses_ids ? sb_cue_id(b->cue, b->text) : (sb_range){0};
    if (id.length > 0)
        b->carried = id;
    b->has_voice = b->voice_ended = false;
    b->n_voices = 0;
    for (size_t i = 0; status == SB_OK && sb_cue_next_line(b->cue, b->text, &line, &content); i++) {
        size_t end = content.at + content.length;
        if (i < n_repeated || end <= from)
            continue;
        if (content.at < from)
            content = (sb_range){from, end - from};
        status = take_cue_line(b, content, is_first);
        is_first = false;
    }
    if (status == SB_OK && !b->writer.turn)
        return keep_times(b);
    if (b->writer.turn) {
        b->writer.turn->stop = b->cue->end;
        b->writer.turn->stop_range = b->cue->end_range;
    }
    sb_status end_status = sb_text_end(&b->writer);
    return status == SB_OK ? end_status : status;
}

/* What nobody says is an event. */
static sb_status take_credit(cue_builder *b)
{
    sb_status status = begin_turn(b, true, (sb_range){0, 0});
    if (status != SB_OK)
        return status;
    if (b->n_credits++ == 0)
        b->credit_at = b->cue->text.at;
    sb_text_put_event(&b->writer, b->text + b->cue->text.at, b->cue->text.length);
    b->writer.turn->stop = b->cue->end;
    b->writer.turn->stop_range = b->cue->end_range;
    return sb_text_end(&b->writer);
}

/* Frees the cues before cue `at - 1` if they are most of them. */
static size_t drop_cues(sb_cues *cues, size_t at)
{
    if (at < MANY_CUES || 2 * at < cues->n_items)
        return at;
    cues->n_items -= at - 1;
    cues->n_dropped += at - 1;
    memmove(cues->items, cues->items + at - 1, cues->n_items * sizeof *cues->items);
    sb_cue *items = realloc(cues->items, cues->n_items * sizeof *items);
    if (items) {
        cues->items = items;
        cues->capacity = cues->n_items;
    }
    return 1;
}

sb_status sb_cues_add_turns(sb_reading *reading, sb_cues *cues)
{
    cue_builder b = {.reading = reading, .text = reading->text};
    sb_status status = SB_OK;
    sb_cue_speakers_measure(&b.speakers, cues, b.text);
    b.rolls = sb_cues_roll(cues, b.text);
    if (b.rolls)
        sb_reading_note(reading, cues->items[0].start_range.at,
                        "the captions roll: cues repeat the text of the cue before, which is read once");
    for (size_t i = 0; status == SB_OK && i < cues->n_items; i++) {
        b.cue = &cues->items[i];
        status = sb_cue_is_credit(cues, i, b.text) ? take_credit(&b) : take_cue(&b, i ? b.cue - 1 : NULL);
        i = drop_cues(cues, i + 1) - 1;
    }
    if (status == SB_OK && b.n_ruby > 0)
        sb_reading_note(reading, b.ruby_at,
                        "ruby shows how a word is read; left out, as it is not said twice");
    if (status == SB_OK && b.n_credits > 0)
        sb_reading_note(reading, b.credit_at,
                        "%zu cue%s who made the captions or advertise%s; not read as speech", b.n_credits,
                        b.n_credits == 1 ? " names" : "s name", b.n_credits == 1 ? "s" : "");
    if (status == SB_OK && b.n_empty > 0)
        sb_reading_note(reading, b.empty_at, "%zu cue%s without text; ignored", b.n_empty,
                        b.n_empty == 1 ? "" : "s");
    return status;
}
