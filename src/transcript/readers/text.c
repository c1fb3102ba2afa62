#include "transcript/transcript.h"

#include <stdlib.h>
#include <string.h>

#include "base/run/run.h"
#include "base/text/text.h"

#define ESCAPABLE "\\`*_{}[]()<>#+-.!|~\"'$&:"

static void push_word(sb_text_writer *writer)
{
    sb_turn *turn = writer->turn;
    char *text = sb_copy_bytes(writer->word.data, writer->word.size);
    if (!text || !sb_push_room(&turn->words, turn->n_words, sizeof *turn->words)) {
        free(text);
        writer->failed = true;
        return;
    }
    turn->words[turn->n_words++] = (sb_word){text, writer->word_start, SB_TIME_NONE};
}

void sb_text_break(sb_text_writer *writer)
{
    if (writer->word.size > 0 && !writer->word.failed && !writer->failed)
        push_word(writer);
    writer->word.size = 0;
    writer->spoken = false;
}

static void put_char(sb_text_writer *writer, int32_t c)
{
    char bytes[4];
    if (writer->spoken && sb_may_part(writer->last, c))
        sb_text_break(writer);
    if (writer->word.size == 0) {
        writer->word_start = writer->next_start;
        writer->next_start = SB_TIME_NONE;
    }
    sb_bytes_append(&writer->word, bytes, sb_utf8_encode(c, bytes));
    writer->last = c;
    writer->spoken = writer->spoken || sb_is_letter(c) || sb_is_digit(c);
}

void sb_text_put_event(sb_text_writer *writer, const char *text, size_t size)
{
    sb_turn *turn = writer->turn;
    sb_text_break(writer);
    char *copy = sb_copy_bytes(text, size);
    if (!copy || !sb_push_room(&turn->events, turn->n_events, sizeof *turn->events)) {
        free(copy);
        writer->failed = true;
        return;
    }
    size_t n = 0;
    for (size_t i = 0; i < size; i++) {
        if (copy[i] != '\\')
            copy[n++] = copy[i] == '\r' || copy[i] == '\n' ? ' ' : copy[i];
    }
    copy[n] = 0;
    turn->events[turn->n_events++] = (sb_event){copy, turn->n_words};
}

/* Reads one character of source and decodes entities and escapes. Sets `*bytes` to its length in the
 * source. */
static int32_t read_char(const char *text, size_t size, size_t *bytes)
{
    int32_t entity = text[0] == '&' ? sb_entity_read(text, size, bytes) : 0;
    if (entity)
        return entity;
    if (text[0] == '\\' && size > 1 && text[1] && strchr(ESCAPABLE, text[1])) {
        *bytes = 2;
        return text[1];
    }
    *bytes = 0;
    return sb_utf8_next(text, size, bytes);
}

/* U+200B parts words in scripts without blanks. */
static bool is_blank(int32_t c)
{
    return c == 0 || c == 0x200B || sb_is_space(c);
}

/* Marks of direction, U+2060, U+FEFF and the soft hyphen are invisible. */
static bool is_invisible(int32_t c)
{
    return c == 0xAD || c == 0x200E || c == 0x200F || (c >= 0x202A && c <= 0x202E) || c == 0x2060 ||
           (c >= 0x2066 && c <= 0x2069) || c == 0xFEFF;
}

void sb_text_put(sb_text_writer *writer, const char *text, size_t size)
{
    for (size_t at = 0, bytes; at < size && !writer->failed; at += bytes) {
        bytes = sb_event_length(text + at, size - at);
        if (bytes > 0) {
            sb_text_put_event(writer, text + at, bytes);
            continue;
        }
        int32_t c = read_char(text + at, size - at, &bytes);
        if (is_blank(c))
            sb_text_break(writer);
        else if (!is_invisible(c))
            put_char(writer, c);
    }
}

void sb_text_put_timed(sb_text_writer *writer, const char *text, size_t size, sb_time start, sb_time end)
{
    size_t n_before;
    sb_text_break(writer);
    n_before = writer->turn->n_words;
    writer->next_start = start;
    sb_text_put(writer, text, size);
    sb_text_break(writer);
    writer->next_start = SB_TIME_NONE;
    if (writer->turn->n_words > n_before)
        writer->turn->words[writer->turn->n_words - 1].end = end;
}

sb_status sb_text_end(sb_text_writer *writer)
{
    if (!writer->turn)
        return SB_OK;
    sb_text_break(writer);
    writer->turn = NULL;
    bool ok = !writer->failed && !writer->word.failed;
    sb_bytes_finish(&writer->word);
    return ok ? SB_OK : SB_ERR_MEMORY;
}

char *sb_text_plain(const char *text, size_t size, bool *ok)
{
    sb_bytes out = {0};
    bool blank_due = false;
    for (size_t at = 0, bytes; at < size; at += bytes) {
        char encoded[4];
        int32_t c = read_char(text + at, size - at, &bytes);
        if (is_blank(c)) {
            blank_due = out.size > 0;
            continue;
        }
        if (is_invisible(c))
            continue;
        if (blank_due)
            sb_bytes_append(&out, " ", 1);
        blank_due = false;
        sb_bytes_append(&out, encoded, sb_utf8_encode(c, encoded));
    }
    *ok = !out.failed;
    if (out.failed)
        sb_bytes_finish(&out);
    /* A transcript has many of these, so they are not kept larger than they are. */
    char *fitted = out.data ? realloc(out.data, out.size + 1) : NULL;
    return fitted ? fitted : out.data;
}
