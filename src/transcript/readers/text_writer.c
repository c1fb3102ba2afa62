#include "transcript/transcript.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/run/run.h"
#include "base/text/text.h"
#include "base/words/words.h"

#define ESCAPABLE "\\`*_{}[]()<>#+-.!|~\"'$&:"

/* Most words of a transcript occur in it again and again, so words of one spelling share their text. */
static char *store_word(sb_text_memory *memory, const char *word, size_t size)
{
    char **recent = &memory->recent[sb_hash_bytes(SB_HASH_SEED, word, size) % SB_RECENT_WORDS];
    if (!*recent || strncmp(*recent, word, size) || (*recent)[size])
        *recent = sb_arena_copy(&memory->texts, word, size);
    return *recent;
}

static void push_word(sb_text_writer *writer, const char *word, size_t size, sb_time start)
{
    sb_turn *turn = writer->turn;
    char *text = store_word(writer->memory, word, size);
    if (!text || !sb_grow(&turn->words, turn->n_words, &writer->capacity, sizeof *turn->words)) {
        writer->failed = true;
        return;
    }
    turn->words[turn->n_words++] = (sb_word){text, start, SB_TIME_NONE};
}

static bool has_unspaced(const char *text, size_t size)
{
    for (size_t at = 0; at < size;) {
        if ((unsigned char)text[at] < 0xE0)
            at++;
        else if (sb_is_unspaced(sb_utf8_next(text, size, &at)))
            return true;
    }
    return false;
}

/* Between two words of these scripts, sb_word_gap returns no blank, so a blank in the text is stored with the
 * word. */
static void keep_blank(sb_text_writer *writer)
{
    sb_turn *turn = writer->turn;
    sb_word *last = turn->n_words ? &turn->words[turn->n_words - 1] : NULL;
    size_t size = last ? strlen(last->text) : 0;
    if (!last || !has_unspaced(last->text, size) || *sb_word_gap(last->text, writer->word.data))
        return;
    char *text = sb_arena_copy(&writer->memory->texts, last->text, size + 1);
    if (text) {
        text[size] = ' ';
        last->text = text;
    }
    writer->failed = writer->failed || !text;
}

static void push_divided(sb_text_writer *writer)
{
    sb_text_memory *memory = writer->memory;
    const char *text = writer->word.data;
    size_t size = writer->word.size, at = 0, next;
    sb_time start = writer->word_start;
    if (writer->blank_due)
        keep_blank(writer);
    memory->has_undivided = memory->has_undivided || !sb_word_breaker_exists();
    if (!sb_word_breaker_begin(&memory->breaker, text, size)) {
        writer->failed = writer->failed || sb_word_breaker_exists();
        push_word(writer, text, size, start);
        return;
    }
    for (; at < size; at = next) {
        next = sb_word_breaker_next(memory->breaker);
        push_word(writer, text + at, next - at, start);
        start = SB_TIME_NONE;
    }
}

static void push_whole(sb_text_writer *writer)
{
    push_word(writer, writer->word.data, writer->word.size, writer->word_start);
}

void sb_text_break(sb_text_writer *writer)
{
    if (writer->word.size > 0 && !writer->word.failed && !writer->failed)
        (has_unspaced(writer->word.data, writer->word.size) ? push_divided : push_whole)(writer);
    if (writer->word.size > 0)
        writer->blank_due = false;
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
    writer->blank_due = false;
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
static bool is_blank_char(int32_t c)
{
    return c == 0 || c == 0x200B || sb_is_space(c);
}

/* Joiners (U+200C and U+200D) change the shape of letters, so they are part of the word. */
static bool is_ignorable(int32_t c)
{
    return sb_is_invisible(c) && c != 0x200C && c != 0x200D;
}

/* Returns the length of the run of plain characters at text[0], which need no decoding. */
static size_t plain_length(const char *text, size_t size)
{
    size_t n = 0;
    while (n < size && text[n] > ' ' && text[n] < 0x7F && !strchr("&[({<*\\", text[n]))
        n++;
    return n;
}

/* Appends characters of ASCII, between which no word ends. */
static void put_plain(sb_text_writer *writer, const char *text, size_t size)
{
    put_char(writer, text[0]);
    sb_bytes_append(&writer->word, text + 1, size - 1);
    writer->last = text[size - 1];
    for (size_t i = 1; !writer->spoken && i < size; i++)
        writer->spoken =
            (text[i] >= '0' && text[i] <= '9') || ((text[i] | 32) >= 'a' && (text[i] | 32) <= 'z');
}

/* "Mm-hmm <affirmative>" */
static bool is_after_hum(const sb_text_writer *writer)
{
    static const char *const hums[] = {"mm", "mh", "hm", "m-hm", "uh", "um", "unh", "nuh", NULL};
    const sb_turn *turn = writer->turn;
    const char *word = writer->word.size ? writer->word.data : turn->words[turn->n_words - 1].text;
    size_t size = writer->word.size ? writer->word.size : strlen(word);
    for (size_t i = 0; hums[i]; i++) {
        if (size >= strlen(hums[i]) && strncasecmp(word, hums[i], strlen(hums[i])) == 0)
            return true;
    }
    return false;
}

/* True if the text at text[at] is not inside a sentence, or the brackets are the whole text. */
static bool may_have_remark(const sb_text_writer *writer, size_t at, size_t bytes, size_t size)
{
    if ((writer->turn->n_words == 0 && writer->word.size == 0) || (at == 0 && bytes == size))
        return true;
    return sb_utf8_has(".?!)]\"\u2026\u201D\u2019\u3002\uFF1F\uFF01", writer->last) || is_after_hum(writer);
}

/* Returns the length of an event at text[at], or 0. */
static size_t event_length(const sb_text_writer *writer, const char *text, size_t at, size_t size)
{
    size_t bytes = sb_event_length(text + at, size - at);
    bool is_inside =
        bytes > 0 && sb_event_is_doubtful(text + at, bytes) && !may_have_remark(writer, at, bytes, size);
    return is_inside ? 0 : bytes;
}

void sb_text_put(sb_text_writer *writer, const char *text, size_t size)
{
    for (size_t at = 0, bytes; at < size && !writer->failed; at += bytes) {
        bytes = plain_length(text + at, size - at);
        if (bytes > 0) {
            put_plain(writer, text + at, bytes);
            continue;
        }
        bytes = event_length(writer, text, at, size);
        if (bytes > 0) {
            sb_text_put_event(writer, text + at, bytes);
            continue;
        }
        int32_t c = read_char(text + at, size - at, &bytes);
        if (is_blank_char(c)) {
            sb_text_break(writer);
            writer->blank_due = c != '\n' && c != '\r' && c != 0;
        } else if (!is_ignorable(c)) {
            put_char(writer, c);
        }
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

/* Most turns of captions have few words, so unused room would be a large part of all memory. */
static void drop_room(const sb_text_writer *writer)
{
    sb_turn *turn = writer->turn;
    bool has_room = turn->n_words > 0 && writer->capacity > turn->n_words;
    sb_word *words = has_room ? realloc(turn->words, turn->n_words * sizeof *words) : NULL;
    if (words)
        turn->words = words;
}

sb_status sb_text_end(sb_text_writer *writer)
{
    if (!writer->turn)
        return SB_OK;
    sb_text_break(writer);
    drop_room(writer);
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
        if (is_blank_char(c)) {
            blank_due = out.size > 0;
            continue;
        }
        if (is_ignorable(c))
            continue;
        if (blank_due)
            sb_bytes_append(&out, " ", 1);
        blank_due = false;
        sb_bytes_append(&out, encoded, sb_utf8_encode(c, encoded));
    }
    *ok = !out.failed;
    if (out.failed)
        sb_bytes_finish(&out);
    /* A transcript has many of these texts, so unused memory is released. */
    char *fitted = out.data ? realloc(out.data, out.size + 1) : NULL;
    return fitted ? fitted : out.data;
}
