#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/run/run.h"
#include "base/text/text.h"
#include "transcript/transcript.h"

#define MESSAGE_BYTES 512

static sb_turn *add_empty_turn(sb_reading *reading, int64_t line)
{
    sb_transcript *t = reading->transcript;
    if (!sb_push_room(&t->turns, t->n_turns, sizeof *t->turns))
        return NULL;
    sb_turn *turn = &t->turns[t->n_turns++];
    *turn = (sb_turn){.stamp = SB_TIME_NONE, .stop = SB_TIME_NONE, .line = line};
    return turn;
}

sb_status sb_reading_set_speaker(sb_turn *turn, const char *name, size_t size)
{
    bool ok = true;
    free(turn->speaker);
    turn->speaker = sb_text_plain(name, size, &ok);
    return ok ? SB_OK : SB_ERR_MEMORY;
}

sb_status sb_reading_add_inner_time(sb_reading *reading, size_t turn, sb_range range, sb_time time)
{
    sb_transcript *t = reading->transcript;
    if (!sb_push_room(&t->inner_times, t->n_inner_times, sizeof *t->inner_times))
        return SB_ERR_MEMORY;
    t->inner_times[t->n_inner_times++] = (sb_inner_time){turn, range, time};
    return SB_OK;
}

/* The column counts characters, not bytes. */
static void find_place(const sb_reading *reading, size_t at, int64_t *line_number, int64_t *column)
{
    sb_line line = {0};
    *line_number = *column = 1;
    while (sb_line_next(&line, reading->text, reading->size)) {
        *line_number = line.number;
        if (at < line.next || line.next == reading->size)
            break;
    }
    for (size_t i = line.at; i < at && i < reading->size; ++*column)
        sb_utf8_next(reading->text, reading->size, &i);
}

sb_status sb_reading_fail(sb_reading *reading, size_t at, const char *format, ...)
{
    char message[MESSAGE_BYTES];
    int64_t line, column;
    va_list args;
    va_start(args, format);
    vsnprintf(message, sizeof message, format, args);
    va_end(args);
    find_place(reading, at, &line, &column);
    return sb_error_set_at(reading->err, SB_ERR_FORMAT, reading->transcript->path, line, column, "%s",
                           message);
}

void sb_reading_note(sb_reading *reading, size_t at, const char *format, ...)
{
    char message[MESSAGE_BYTES];
    int64_t line, column;
    va_list args;
    if (!reading->notes)
        return;
    if (reading->notes->n_items >= SB_NOTES_MAX) {
        reading->notes->n_dropped++;
        return;
    }
    va_start(args, format);
    vsnprintf(message, sizeof message, format, args);
    va_end(args);
    find_place(reading, at, &line, &column);
    sb_notes_add(reading->notes, reading->transcript->path, line, column, "%s", message);
}

bool sb_line_next(sb_line *line, const char *text, size_t size)
{
    if (line->next >= size)
        return false;
    size_t end = line->next;
    while (end < size && text[end] != '\n' && text[end] != '\r')
        end++;
    line->at = line->next;
    line->length = end - line->at;
    line->has_end = end < size;
    line->next = end + line->has_end;
    if (line->has_end && text[end] == '\r' && end + 1 < size && text[end + 1] == '\n')
        line->next++;
    line->number++;
    return true;
}

int64_t sb_line_number_at(sb_line *line, const sb_reading *reading, size_t at)
{
    if (at < line->at)
        *line = (sb_line){0};
    while (line->next <= at && sb_line_next(line, reading->text, reading->size))
        continue;
    return line->number ? line->number : 1;
}

size_t sb_cell_end(const char *text, size_t at, size_t end)
{
    const char *tab = at < end ? memchr(text + at, '\t', end - at) : NULL;
    return tab ? (size_t)(tab - text) : end;
}

bool sb_ranges_equal(const char *text, sb_range a, sb_range b)
{
    return a.length == b.length && memcmp(text + a.at, text + b.at, a.length) == 0;
}

bool sb_range_is(const char *text, sb_range range, const char *word)
{
    return range.length == strlen(word) && sb_range_begins(text, range, word);
}

bool sb_range_begins(const char *text, sb_range range, const char *with)
{
    return sb_text_begins(text + range.at, range.length, with);
}

bool sb_text_begins(const char *text, size_t size, const char *with)
{
    size_t n = strlen(with);
    return size >= n && strncasecmp(text, with, n) == 0;
}

sb_range sb_range_trim(const char *text, sb_range range)
{
    size_t begin = range.at, end = range.at + range.length;
    while (begin < end) {
        size_t next = begin;
        if (!sb_is_space(sb_utf8_next(text, end, &next)))
            break;
        begin = next;
    }
    for (size_t at = end; at > begin && sb_is_space(sb_utf8_last(text, begin, &at));)
        end = at;
    return (sb_range){begin, end - begin};
}

bool sb_line_is_blank(const sb_line *line, const char *text)
{
    return sb_range_trim(text, (sb_range){line->at, line->length}).length == 0;
}

sb_status sb_reading_begin_turn(sb_reading *reading, sb_text_writer *writer, int64_t line)
{
    sb_status status = sb_text_end(writer);
    sb_turn *turn = status == SB_OK ? add_empty_turn(reading, line) : NULL;
    if (!turn)
        return SB_ERR_MEMORY;
    *writer = (sb_text_writer){.turn = turn,
                               .memory = reading->transcript->memory,
                               .word_start = SB_TIME_NONE,
                               .next_start = SB_TIME_NONE};
    return SB_OK;
}
