#include "transcript/captions/captions.h"

#include <string.h>

#include "transcript/model/model.h"

#define MAX_NAMES 64

typedef struct name_list {
    sb_range items[MAX_NAMES];
    size_t n_items;
} name_list;

typedef struct cue_builder {
    sb_reading *reading;
    const char *text;
    const sb_cue *cue;
    sb_text_writer writer;
    name_list names;
    sb_range carried; /* the speaker of the cue before; length 0 if none */
    bool uses_names, rolls;
    bool has_voice; /* this cue has a `<v>` tag */
    size_t n_empty, empty_at;
} cue_builder;

static bool knows(const name_list *names, const char *text, sb_range name)
{
    for (size_t i = 0; i < names->n_items; i++) {
        if (names->items[i].length == name.length &&
            memcmp(text + names->items[i].at, text + name.at, name.length) == 0)
            return true;
    }
    return false;
}

static void learn(name_list *names, const char *text, sb_range name)
{
    if (names->n_items < MAX_NAMES && !knows(names, text, name))
        names->items[names->n_items++] = name;
}

/* Skips markup, ">>" and a dash before a name. Sets `*is_change` if there was a ">>". */
static size_t skip_lead(const char *text, sb_range line, bool *is_change)
{
    size_t at = line.at, end = line.at + line.length;
    *is_change = false;
    while (at < end) {
        sb_cue_tag tag = sb_cue_tag_read(text + at, end - at);
        size_t length = tag.voice || tag.time_length ? 0 : tag.length;
        if (end - at >= 8 && memcmp(text + at, "&gt;&gt;", 8) == 0)
            length = 8;
        else if (end - at >= 2 && memcmp(text + at, ">>", 2) == 0)
            length = 2;
        if (length > 0 && tag.length == 0)
            *is_change = true;
        if (length == 0 && text[at] != ' ' && text[at] != '>')
            break;
        at += length ? length : 1;
    }
    return at;
}

static sb_range name_at(const char *text, size_t at, size_t end)
{
    size_t dash = end - at > 2 && text[at] == '-' && text[at + 1] == ' ' ? 2 : 0;
    return (sb_range){at + dash, sb_name_prefix(text + at + dash, end - at - dash)};
}

static bool document_uses_names(const sb_cues *cues, const char *text)
{
    name_list names = {0};
    bool is_first = true;
    for (size_t i = 0; i < cues->n_items; i++) {
        sb_line line = {0};
        sb_range content;
        for (; sb_cue_next_line(&cues->items[i], text, &line, &content); is_first = false) {
            bool is_change;
            size_t at = skip_lead(text, content, &is_change);
            sb_range name = name_at(text, at, content.at + content.length);
            if (name.length > 0 && (is_first || knows(&names, text, name)))
                return true;
            if (name.length > 0)
                learn(&names, text, name);
        }
    }
    return false;
}

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
        b->has_voice = true;
        return change_speaker(b, (sb_range){(size_t)(tag->voice - b->text), tag->voice_length});
    }
    if (tag->time_length == 0 || tag->time == SB_TIME_NONE)
        return SB_OK;
    sb_text_break(&b->writer);
    b->writer.next_start = tag->time;
    return sb_reading_add_inner_time(b->reading, b->reading->transcript->n_turns - 1,
                                     (sb_range){at + 1, tag->time_length}, tag->time);
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
            sb_text_put(&b->writer, b->text + plain, at - plain);
        in_ruby = tag.begins_ruby || (in_ruby && !tag.ends_ruby);
        status = take_tag(b, &tag, at);
        at += tag.length;
        plain = at;
    }
    if (status == SB_OK) {
        if (!in_ruby)
            sb_text_put(&b->writer, b->text + plain, at - plain);
        sb_text_break(&b->writer);
    }
    return status;
}

static sb_status take_line(cue_builder *b, sb_range line, bool is_first)
{
    bool is_change;
    size_t end = line.at + line.length, at = skip_lead(b->text, line, &is_change);
    sb_range name = b->uses_names && !b->has_voice ? name_at(b->text, at, end) : (sb_range){0};
    sb_status status = SB_OK;
    if (name.length > 0 && (is_first || is_change || knows(&b->names, b->text, name))) {
        learn(&b->names, b->text, name);
        b->carried = name;
        at = name.at + name.length + 1;
        status = change_speaker(b, name);
    } else if (is_change) {
        b->carried = (sb_range){0};
        status = change_speaker(b, b->carried);
    }
    return status == SB_OK ? put_line(b, at, end) : status;
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
    size_t n_repeated = b->rolls && before ? sb_cue_repeated_lines(before, b->cue, b->text) : 0;
    sb_line line = {0};
    sb_range content;
    sb_status status = SB_OK;
    b->has_voice = false;
    for (size_t i = 0; status == SB_OK && sb_cue_next_line(b->cue, b->text, &line, &content); i++) {
        if (i >= n_repeated)
            status = take_line(b, content, i == n_repeated);
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

sb_status sb_cues_add_turns(sb_reading *reading, const sb_cues *cues)
{
    cue_builder b = {.reading = reading, .text = reading->text};
    sb_status status = SB_OK;
    b.uses_names = document_uses_names(cues, b.text);
    b.rolls = sb_cues_roll(cues, b.text);
    for (size_t i = 0; status == SB_OK && i < cues->n_items; i++) {
        b.cue = &cues->items[i];
        status = take_cue(&b, i ? b.cue - 1 : NULL);
    }
    if (status == SB_OK && b.n_empty > 0)
        sb_reading_note(reading, b.empty_at, "%zu cue%s without text; ignored", b.n_empty,
                        b.n_empty == 1 ? "" : "s");
    return status;
}
