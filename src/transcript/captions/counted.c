#include <string.h>
#include <strings.h>

#include "base/run/run.h"
#include "transcript/cues/cues.h"

/* Captions with counted times, one a line: `{0}{25}text|text` of MicroDVD in frames, `[10][40]text` of MPL2
 * in tenths of a second. "|" begins a new line; "/" begins one in italics. */

#define LINE_BREAK  "|"
#define DEFAULT_FPS "25"
#define MAX_DIGITS  9

typedef struct counted {
    sb_range first, second, text;
} counted;

/* Reads a number in brackets at text[*at] and moves `*at` after it. An empty one is read too. */
static bool read_bracket(sb_range *out, const char *text, size_t end, size_t *at, char open, char close)
{
    size_t from = *at + 1, n = 0;
    if (*at >= end || text[*at] != open)
        return false;
    while (from + n < end && text[from + n] >= '0' && text[from + n] <= '9')
        n++;
    if (from + n >= end || text[from + n] != close || n > MAX_DIGITS)
        return false;
    *out = (sb_range){from, n};
    *at = from + n + 1;
    return true;
}

static bool read_counted_line(counted *out, const char *text, const sb_line *line, char open, char close)
{
    size_t end = line->at + line->length, at = line->at;
    while (at < end && (text[at] == ' ' || text[at] == '\t'))
        at++;
    if (!read_bracket(&out->first, text, end, &at, open, close) || out->first.length == 0 ||
        !read_bracket(&out->second, text, end, &at, open, close))
        return false;
    out->text = (sb_range){at, end - at};
    return true;
}

/* Rates such as 23.976 stand for a multiple of 1000/1001. */
static sb_time frame_of(const char *text, size_t size)
{
    sb_stamp rate = sb_stamp_number(text, size, 1000);
    if (rate.length == 0 || rate.length != size || rate.time < 1000 || rate.time > 300000)
        return 0;
    int64_t whole = (rate.time + 999) / 1000;
    bool is_ntsc = rate.time % 1000 != 0 && whole * 1000000 / 1001 - rate.time <= 1 &&
                   whole * 1000000 / 1001 - rate.time >= -1;
    return is_ntsc ? SB_TIME_SECOND * 1001 / (whole * 1000) : SB_TIME_SECOND * 1000 / rate.time;
}

/* The first line may give the frame rate: `{1}{1}25.000`. */
static sb_time take_frame(sb_reading *reading, sb_line *line)
{
    sb_line first = *line;
    counted c;
    const char *text = reading->text;
    sb_time unit = 0;
    while (unit == 0 && sb_line_next(&first, text, reading->size)) {
        if (sb_line_is_blank(&first, text))
            continue;
        if (!read_counted_line(&c, text, &first, '{', '}'))
            break;
        sb_range rate = sb_range_trim(text, c.text);
        unit = rate.length ? frame_of(text + rate.at, rate.length) : 0;
        if (unit > 0)
            *line = first;
        break;
    }
    if (unit > 0)
        return unit;
    sb_reading_note(
        reading, 0,
        "the file does not give its frame rate; " DEFAULT_FPS
        " frames a second are assumed; write {1}{1}RATE above the first line if it is another one");
    return frame_of(DEFAULT_FPS, sizeof DEFAULT_FPS - 1);
}

static sb_time time_of_count(const sb_reading *reading, sb_range digits, sb_time unit)
{
    sb_stamp n = sb_stamp_number(reading->text + digits.at, digits.length, 1);
    return digits.length && n.time < INT64_MAX / unit ? n.time * unit : SB_TIME_NONE;
}

static sb_status take_counted_line(sb_cues *cues, sb_reading *reading, const counted *c, const sb_line *line,
                                   sb_time unit, size_t *n_problems)
{
    sb_cue cue = {.start = time_of_count(reading, c->first, unit),
                  .end = time_of_count(reading, c->second, unit),
                  .start_range = c->first,
                  .end_range = c->second,
                  .text = c->text,
                  .line = line->number,
                  .separator = LINE_BREAK};
    if (cue.end != SB_TIME_NONE && cue.end < cue.start) {
        sb_cue_note(reading, n_problems, c->second.at,
                    "the cue ends before it starts; its start is used, and its end is ignored");
        cue.end = SB_TIME_NONE;
        cue.end_range = (sb_range){0};
    }
    if (!sb_grow(&cues->items, cues->n_items, &cues->capacity, sizeof *cues->items))
        return SB_ERR_MEMORY;
    cues->items[cues->n_items++] = cue;
    return SB_OK;
}

static sb_status read_with(sb_reading *reading, sb_line line, sb_time unit, char open, char close)
{
    sb_cues cues = {0};
    sb_status status = SB_OK;
    counted c;
    size_t n_problems = 0;
    reading->transcript->number_unit = unit;
    while (status == SB_OK && sb_line_next(&line, reading->text, reading->size)) {
        if (read_counted_line(&c, reading->text, &line, open, close))
            status = take_counted_line(&cues, reading, &c, &line, unit, &n_problems);
        else if (cues.n_items > 0 && !sb_line_is_blank(&line, reading->text)) {
            sb_range *text = &cues.items[cues.n_items - 1].text; /* a line without times continues it */
            text->length = line.at + line.length - text->at;
        }
    }
    sb_cue_notes_end(reading, n_problems);
    if (status == SB_OK && cues.n_items == 0)
        status =
            sb_reading_fail(reading, 0, "no line begins with two times in brackets; choose another format");
    if (status == SB_OK)
        status = sb_cues_add_turns(reading, &cues);
    sb_cues_finish(&cues);
    return status;
}

static sb_status read_microdvd(sb_reading *reading)
{
    sb_line line = {0};
    sb_time unit = take_frame(reading, &line);
    return read_with(reading, line, unit, '{', '}');
}

static sb_status read_mpl2(sb_reading *reading)
{
    return read_with(reading, (sb_line){0}, SB_TIME_SECOND / 10, '[', ']');
}

static bool has_lines(const char *text, size_t size, char open, char close)
{
    size_t n = 0, n_lines = 0;
    sb_line line = {0};
    counted c;
    while (sb_line_next(&line, text, size)) {
        n_lines += !sb_line_is_blank(&line, text);
        n += read_counted_line(&c, text, &line, open, close);
    }
    return n > 0 && 2 * n >= n_lines;
}

static sb_sniff sniff_microdvd(const char *text, size_t size)
{
    return has_lines(text, size, '{', '}') ? (sb_sniff){95, "lines such as {0}{25}text"} : (sb_sniff){0};
}

static sb_sniff sniff_mpl2(const char *text, size_t size)
{
    return has_lines(text, size, '[', ']') ? (sb_sniff){92, "lines such as [10][40]text"} : (sb_sniff){0};
}

const sb_reader sb_reader_microdvd = {"microdvd", "MicroDVD captions in frames: {0}{25}text|text",
                                      sniff_microdvd, read_microdvd, SB_UNIT_CUE};
const sb_reader sb_reader_mpl2 = {"mpl2", "MPL2 captions in tenths of a second: [10][40]text|text",
                                  sniff_mpl2, read_mpl2, SB_UNIT_CUE};
