#include <string.h>

#include "remap/lists/lists.h"

/* Characters that may precede and follow a time. */
#define LEADS "[(*>#- \t"
#define TAILS " \t\r\n])-:;,|>"

typedef struct times {
    sb_time start, end; /* SB_TIME_NONE in `start`: the line has no time */
    sb_range start_range, end_range;
    size_t label;
    const char *problem;
    size_t problem_at;
    bool is_bare; /* numbers without minutes or units, followed by text */
} times;

static bool is_in(char c, const char *set)
{
    return c && strchr(set, c);
}

static bool is_wide(const char *text, size_t at, size_t end, const char *mark)
{
    return end - at >= 3 && memcmp(text + at, mark, 3) == 0;
}

/* Skips blanks, bullets and opening brackets. */
static size_t skip_lead(const char *text, size_t at, size_t end)
{
    while (at < end) {
        size_t n = is_in(text[at], LEADS) ? 1 : is_wide(text, at, end, "\xe2\x80\xa2") ? 3 : 0;
        if (n == 0)
            break;
        at += n;
    }
    return at;
}

/* Returns the length of "s" or "ms" after a number, or 0. */
static size_t unit_length(const char *text, size_t at, size_t end)
{
    size_t n = end - at >= 2 && memcmp(text + at, "ms", 2) == 0 ? 2 : at < end && text[at] == 's' ? 1 : 0;
    bool ends = at + n == end || is_in(text[at + n], TAILS) || is_wide(text, at + n, end, "\xe2\x80\x93") ||
                is_wide(text, at + n, end, "\xe2\x80\x94");
    return ends ? n : 0;
}

static bool ends_time(const char *text, size_t at, size_t end)
{
    return at == end || is_in(text[at], TAILS) || is_wide(text, at, end, "\xe2\x80\x93") ||
           is_wide(text, at, end, "\xe2\x80\x94");
}

typedef struct found {
    sb_stamp stamp;
    size_t n_unit;
    bool is_clock;
} found;

static found read_plain_time(const char *text, size_t at, size_t end)
{
    found f = {.stamp = sb_stamp_clock(text + at, end - at), .is_clock = true};
    if (f.stamp.length > 0 && text[at] != '-')
        return f;
    f = (found){.stamp = {.time = SB_TIME_NONE}};
    if (at == end || text[at] < '0' || text[at] > '9')
        return f;
    f.stamp = sb_stamp_number(text + at, end - at, SB_TIME_SECOND);
    f.n_unit = unit_length(text, at + f.stamp.length, end);
    if (f.n_unit == 2)
        f.stamp = sb_stamp_number(text + at, f.stamp.length, SB_TIME_MS);
    if (!ends_time(text, at + f.stamp.length + f.n_unit, end))
        f = (found){.stamp = {.time = SB_TIME_NONE}};
    return f;
}

/* A second time may follow "-", a dash, an arrow, "to", a comma or a tab. */
static size_t skip_separator(const char *text, size_t at, size_t end)
{
    static const char *const marks[] = {"-->", "->", "-", "\xe2\x80\x93", "\xe2\x80\x94", "to ", ",", "\t"};
    while (at < end && is_in(text[at], " ])"))
        at++;
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
        size_t n = strlen(marks[i]);
        if (end - at < n || memcmp(text + at, marks[i], n) != 0)
            continue;
        for (at += n; at < end && is_in(text[at], " [("); at++)
            ;
        return at;
    }
    return end;
}

static void take_second(times *t, const char *text, size_t end, bool is_clock)
{
    size_t at = skip_separator(text, t->label, end);
    if (at == end)
        return;
    found second = read_plain_time(text, at, end);
    if (second.stamp.length == 0 || second.stamp.time == SB_TIME_NONE || second.is_clock != is_clock)
        return;
    t->end = second.stamp.time;
    t->end_range = (sb_range){at, second.stamp.length};
    t->label = at + second.stamp.length + second.n_unit;
    t->is_bare = t->is_bare && second.n_unit == 0;
}

static times read_plain_line(const char *text, const sb_line *line)
{
    times t = {.start = SB_TIME_NONE, .end = SB_TIME_NONE};
    size_t end = line->at + line->length, at = skip_lead(text, line->at, end);
    found first = read_plain_time(text, at, end);
    if (first.stamp.length == 0)
        return t;
    t.problem = first.stamp.problem;
    t.problem_at = at;
    t.start = first.stamp.time;
    t.start_range = (sb_range){at, first.stamp.length};
    t.label = at + first.stamp.length + first.n_unit;
    t.is_bare = !first.is_clock && first.n_unit == 0;
    take_second(&t, text, end, first.is_clock);
    while (t.label < end && is_in(text[t.label], TAILS))
        t.label++;
    t.is_bare = t.is_bare && t.label < end;
    return t;
}

/* "90 Sponsors" begins with a time if every line begins with one; "3 things I learned" in show notes does
 * not. */
static bool takes_bare(const char *text, size_t size)
{
    sb_line line = {0};
    while (sb_line_next(&line, text, size)) {
        if (!sb_line_is_blank(&line, text) && read_plain_line(text, &line).start == SB_TIME_NONE)
            return false;
    }
    return true;
}

static int sniff_plain(const char *text, size_t size)
{
    sb_line line = {0};
    bool bare = takes_bare(text, size);
    while (sb_line_next(&line, text, size)) {
        times t = read_plain_line(text, &line);
        if (t.problem || (t.start != SB_TIME_NONE && (bare || !t.is_bare)))
            return 10;
    }
    return 0;
}

static sb_status add_plain_line(sb_time_list *list, sb_reading *reading, const sb_line *line, const times *t)
{
    sb_timed_item *item = sb_time_list_add(list, t->start, t->start_range);
    if (!item)
        return SB_ERR_MEMORY;
    item->end = t->end;
    item->end_range = t->end_range;
    item->whole = (sb_range){line->at, line->next - line->at};
    return sb_list_set_label(item, reading, (sb_range){t->label, line->at + line->length - t->label});
}

static sb_status read_plain_list(sb_time_list *list, sb_reading *reading)
{
    sb_line line = {0};
    bool bare = takes_bare(reading->text, reading->size);
    sb_status status = SB_OK;
    while (status == SB_OK && sb_line_next(&line, reading->text, reading->size)) {
        times t = read_plain_line(reading->text, &line);
        if (t.problem)
            status = sb_reading_fail(reading, t.problem_at, "%s", t.problem);
        else if (t.start != SB_TIME_NONE && (bare || !t.is_bare))
            status = add_plain_line(list, reading, &line, &t);
    }
    return status;
}

const sb_list_reader sb_list_reader_plain = {
    .name = "plain",
    .summary = "lines that begin with a time or with two; others are left as they are",
    .sniff = sniff_plain,
    .read = read_plain_list,
};
