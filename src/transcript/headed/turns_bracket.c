#include <string.h>

#include "base/text/text.h"
#include "transcript/model/model.h"
#include "transcript/readers/readers.h"
#include "transcript/transcript.h"

#define MAX_NAME_CHARS       80
#define MAX_LOWER_NAME_WORDS 2

/* A header `NAME [TIME]:` and the text after it on the same line. */
typedef struct header {
    sb_range name, stamp, rest;
    sb_stamp time;
} header;

#define MAX_NAMES 64

typedef struct scan {
    sb_reading *reading;
    sb_text_writer writer;
    sb_range names[MAX_NAMES]; /* distinct names in the headers so far */
    size_t n_names;
} scan;

static bool holds_no_time(const char *text, size_t size)
{
    for (size_t i = 0; i < size; i++) {
        if (!strchr(" -_?:.", text[i]) || !text[i])
            return false;
    }
    return true;
}

/* Returns the length of `plain`, or of its full-width form, at text[at]; 0 if neither is there. */
static size_t mark_length(const char *text, size_t at, size_t end, char plain)
{
    size_t length;
    return at < end && sb_narrow_char(text + at, end - at, &length) == plain ? length : 0;
}

static size_t find_mark(const char *text, size_t at, size_t end, char plain)
{
    while (at < end && mark_length(text, at, end, plain) == 0)
        at++;
    return at;
}

/* Reads the time in the bracket at text[open] and the colon after it. */
static bool read_bracket(header *out, const char *text, sb_range line, size_t open)
{
    size_t end = line.at + line.length, inside = open + mark_length(text, open, end, '[');
    size_t close = find_mark(text, inside, end, ']');
    size_t colon = close + mark_length(text, close, end, ']');
    size_t colon_length = close < end ? mark_length(text, colon, end, ':') : 0;
    if (colon_length == 0)
        return false;
    size_t after = colon + colon_length;
    out->stamp = sb_range_trim(text, (sb_range){inside, close - inside});
    out->time = sb_stamp_clock(text + out->stamp.at, out->stamp.length);
    out->rest = sb_range_trim(text, (sb_range){after, end - after});
    if (out->time.length == 0 && holds_no_time(text + out->stamp.at, out->stamp.length)) {
        out->stamp.length = 0;
        return true;
    }
    return out->time.length == out->stamp.length;
}

/* A sentence that quotes a time has words in lower case before the bracket. Names do too ("guest", "Ludwig van
 * Beethoven", "speaker one"), but they are short, or each of their other words begins with a capital. */
static bool is_name(const char *text, sb_range name)
{
    size_t n_words = 0, n_chars = 0, end = name.at + name.length;
    for (size_t at = name.at; at < end; n_chars++)
        sb_utf8_next(text, end, &at);
    for (size_t at = name.at; at < end; at++)
        n_words += text[at] != ' ' && (at == name.at || text[at - 1] == ' ');
    if (n_chars > MAX_NAME_CHARS)
        return false;
    return n_words <= MAX_LOWER_NAME_WORDS || sb_is_name(text + name.at, name.length);
}

static bool read_header(header *out, const char *text, sb_range line)
{
    size_t end = line.at + line.length;
    size_t limit = line.at + (line.length < 4 * MAX_NAME_CHARS ? line.length : 4 * MAX_NAME_CHARS);
    size_t open = find_mark(text, line.at, limit, '[');
    if (open == limit)
        return false;
    out->name = sb_range_trim(text, (sb_range){line.at, open - line.at});
    return is_name(text, out->name) && read_bracket(out, text, (sb_range){line.at, end - line.at}, open);
}

static bool ranges_equal(const char *text, sb_range a, sb_range b)
{
    return a.length == b.length && memcmp(text + a.at, text + b.at, a.length) == 0;
}

static bool knows_name(const scan *s, sb_range name)
{
    for (size_t i = 0; i < s->n_names; i++) {
        if (ranges_equal(s->reading->text, s->names[i], name))
            return true;
    }
    return false;
}

/* Reads `NAME:` alone on a line. It is a header only if the same name had a header before. */
static bool read_bare_header(header *out, const scan *s, sb_range line)
{
    const char *text = s->reading->text;
    if (line.length < 2 || line.length > 4 * MAX_NAME_CHARS || text[line.at + line.length - 1] != ':')
        return false;
    sb_range name = sb_range_trim(text, (sb_range){line.at, line.length - 1});
    *out = (header){.name = name, .time = {.time = SB_TIME_NONE}};
    return knows_name(s, name);
}

static sb_status take_text(scan *s, sb_range content, int64_t line)
{
    sb_status status =
        content.length > 0 && !s->writer.turn ? sb_reading_begin_turn(s->reading, &s->writer, line) : SB_OK;
    if (status != SB_OK || content.length == 0)
        return status;
    sb_text_put(&s->writer, s->reading->text + content.at, content.length);
    sb_text_break(&s->writer);
    return SB_OK;
}

static sb_status take_header(scan *s, const header *h, int64_t line)
{
    const char *text = s->reading->text;
    if (h->time.problem)
        return sb_reading_fail(s->reading, h->stamp.at, "%s", h->time.problem);
    sb_status status = sb_reading_begin_turn(s->reading, &s->writer, line);
    if (status != SB_OK)
        return status;
    if (s->n_names < MAX_NAMES && h->name.length > 0 && !knows_name(s, h->name))
        s->names[s->n_names++] = h->name;
    s->writer.turn->stamp = h->time.time;
    s->writer.turn->stamp_range = h->stamp;
    status = sb_reading_set_speaker(s->writer.turn, text + h->name.at, h->name.length);
    return status == SB_OK ? take_text(s, h->rest, line) : status;
}

static sb_status take_line(scan *s, const sb_line *line)
{
    header h;
    sb_range content = sb_range_trim(s->reading->text, (sb_range){line->at, line->length});
    if (read_header(&h, s->reading->text, content) || read_bare_header(&h, s, content))
        return take_header(s, &h, line->number);
    return take_text(s, content, line->number);
}

/* Sets `start` to the last line that is not speech. Returns false if no header follows. */
static bool find_speech(sb_line *start, sb_line *first_header, const char *text, size_t size)
{
    header h;
    sb_line line = {0}, above = {0};
    bool is_marked = false;
    *start = above;
    while (sb_line_next(&line, text, size)) {
        sb_range content = sb_range_trim(text, (sb_range){line.at, line.length});
        *first_header = line;
        if (read_header(&h, text, content)) {
            if (!is_marked)
                *start = above;
            return true;
        }
        if (sb_front_matter_ends(text, content)) {
            *start = line;
            is_marked = true;
        }
        above = line;
    }
    return false;
}

/* A bracket without a time is a header only beside others that have one. */
static sb_sniff sniff(const char *text, size_t size)
{
    sb_line line = {0};
    header h;
    while (sb_line_next(&line, text, size)) {
        sb_range content = sb_range_trim(text, (sb_range){line.at, line.length});
        if (read_header(&h, text, content) && h.stamp.length > 0)
            return (sb_sniff){90, "headers such as NAME [00:01:30]:"};
    }
    return (sb_sniff){0};
}

static sb_status read(sb_reading *reading)
{
    scan s = {.reading = reading};
    sb_line line, first_header;
    if (!find_speech(&line, &first_header, reading->text, reading->size))
        return sb_reading_fail(
            reading, 0,
            "no header such as \"NAME [00:01:30]:\" on a line of its own; add one, or choose another format");
    sb_status status = sb_front_matter_take(reading, line.next);
    while (status == SB_OK && sb_line_next(&line, reading->text, reading->size))
        status = take_line(&s, &line);
    sb_status end_status = sb_text_end(&s.writer);
    return status == SB_OK ? end_status : status;
}

const sb_reader sb_reader_turns_bracket = {"turns-bracket", "NAME [HH:MM:SS]: on a line, its text below",
                                           sniff, read, SB_UNIT_TURN};
