#include <string.h>
#include <strings.h>

#include "base/text/text.h"
#include "transcript/headed/headed.h"

#define MAX_BRACKETS 2
#define MAX_LINK     400

size_t sb_skip_blanks(const char *text, size_t at, size_t end)
{
    while (at < end) {
        size_t next = at;
        int32_t c = sb_utf8_next(text, end, &next);
        if (!sb_is_space(c) && !sb_is_invisible(c))
            break;
        at = next;
    }
    return at;
}

/* Returns the length of a tag of emphasis at text[0], such as "<b>". */
static size_t tag_length(const char *text, size_t size)
{
    static const char *const tags[] = {"<b>",  "</b>",  "<strong>", "</strong>", "<i>",  "</i>",
                                       "<em>", "</em>", "<u>",      "</u>",      "<br>", "<br/>"};
    for (size_t i = 0; i < sizeof tags / sizeof *tags; i++) {
        size_t n = strlen(tags[i]);
        if (size >= n && strncasecmp(text, tags[i], n) == 0)
            return n;
    }
    return 0;
}

size_t sb_skip_marks(const char *text, size_t at, size_t end)
{
    for (size_t before = SIZE_MAX; at != before;) {
        before = at;
        at = sb_skip_blanks(text, at, end);
        while (at < end && text[at] && strchr("*_`~", text[at]))
            at++;
        if (at < end && text[at] == '<')
            at += tag_length(text + at, end - at);
    }
    return at;
}

/* Returns the bracket at text[at] as ASCII, also if it is escaped, full-width or lenticular; 0 if there is
 * none. */
static char bracket_at(const char *text, size_t at, size_t end, size_t *next)
{
    size_t length = 1;
    if (at < end && text[at] == '\\')
        at++;
    if (at >= end)
        return 0;
    char c = sb_narrow_char(text + at, end - at, &length);
    if (end - at >= 3 &&
        (memcmp(text + at, "\xE3\x80\x90", 3) == 0 || memcmp(text + at, "\xE3\x80\x91", 3) == 0)) {
        c = text[at + 2] == '\x90' ? '[' : ']';
        length = 3;
    }
    *next = at + length;
    return c && strchr("([{)]}", c) ? c : 0;
}

/* "10:15 am" is the time of a clock on the wall. */
static bool is_time_of_day(const char *text, size_t at, size_t end)
{
    at = sb_skip_blanks(text, at, end);
    if (end - at < 2 || !strchr("aApP", text[at]))
        return false;
    at += text[at + 1] == '.' ? 2 : 1;
    if (at >= end || (text[at] != 'm' && text[at] != 'M'))
        return false;
    size_t next = at + 1;
    return next == end || !sb_is_letter(sb_utf8_next(text, end, &next));
}

/* Reads one time, with a number of frames. Returns the position after it, or `at` if there is none. */
static size_t read_header_clock(sb_stamp *time, sb_range *range, int *frame, const char *text, size_t at,
                                size_t end)
{
    *frame = -1;
    *time = sb_stamp_clock(text + at, end - at);
    size_t next = at + time->length;
    if (time->length == 0)
        return at;
    if (time->has_hours && time->n_decimals == 0 && end - next >= 3 && strchr(":;", text[next]) &&
        sb_is_ascii_digit(text[next + 1]) && sb_is_ascii_digit(text[next + 2])) {
        *frame = (text[next + 1] - '0') * 10 + (text[next + 2] - '0');
        next += 3;
    }
    *range = (sb_range){at, next - at};
    if (next < end) {
        size_t after = next;
        int32_t c = sb_utf8_next(text, end, &after);
        bool digit_follows = after < end && sb_is_ascii_digit(text[after]);
        if (sb_is_letter(c) || sb_is_digit(c) || (digit_follows && c < 0x80 && strchr(":.,;/", (char)c)))
            return at;
    }
    return is_time_of_day(text, next, end) ? at : next;
}

/* Returns the position after "-", "-->", "to" or similar between two times; `at` if there is none. */
static size_t skip_until_mark(const char *text, size_t at, size_t end, bool *is_arrow)
{
    static const char *const marks[] = {"-->",          "->",           "\xE2\x86\x92", "-",
                                        "\xE2\x80\x93", "\xE2\x80\x94", "to ",          "until "};
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
        size_t n = strlen(marks[i]);
        if (end - at >= n && memcmp(text + at, marks[i], n) == 0) {
            *is_arrow = i < 2;
            return at + n;
        }
    }
    return at;
}

static size_t read_end(sb_header_time *out, const char *text, size_t at, size_t end)
{
    bool is_arrow = false;
    size_t mark = sb_skip_marks(text, at, end), after = skip_until_mark(text, mark, end, &is_arrow);
    if (after == mark)
        return at;
    size_t begin = sb_skip_marks(text, after, end);
    size_t next = read_header_clock(&out->end, &out->stop, &out->end_frame, text, begin, end);
    if (next == begin) {
        out->stop.length = 0;
        out->end = (sb_stamp){.time = SB_TIME_NONE};
        return at;
    }
    out->is_arrow = is_arrow;
    return next;
}

/* Skips the target of a Markdown link: "(https://...)" directly after "]". */
static size_t skip_target(const char *text, size_t at, size_t end)
{
    size_t limit = end - at < MAX_LINK ? end : at + MAX_LINK;
    if (at >= end || text[at] != '(')
        return at;
    size_t stop = at;
    while (stop < limit && text[stop] != ')' && text[stop] != ' ')
        stop++;
    bool is_link = memmem(text + at, stop - at, "//", 2) || (at + 1 < end && strchr("#?/", text[at + 1]));
    return is_link && stop < limit && text[stop] == ')' ? stop + 1 : at;
}

static bool close_brackets(sb_header_time *out, const char *open, size_t n_open, const char *text, size_t at,
                           size_t end)
{
    while (n_open > 0) {
        size_t next;
        char wanted = open[--n_open] == '(' ? ')' : open[n_open] == '[' ? ']' : '}';
        at = sb_skip_marks(text, at, end);
        if (bracket_at(text, at, end, &next) != wanted)
            return false;
        at = wanted == ']' ? skip_target(text, next, end) : next;
    }
    out->next = at;
    return true;
}

/* A number of seconds. Without the unit it needs decimals. */
static size_t read_plain_seconds(sb_stamp *time, sb_range *range, const char *text, size_t at, size_t end,
                                 bool *has_unit)
{
    *time = sb_stamp_number(text + at, end - at, SB_TIME_SECOND);
    *range = (sb_range){at, time->length};
    at += time->length;
    *has_unit = time->length > 0 && at < end && text[at] == 's';
    return *has_unit ? at + 1 : at;
}

/* Reads "0.00s -> 4.00s", "1.25 - 4.75" or "1.25s" in brackets. Returns the position after it, or `at` if
 * there is none. */
static size_t read_seconds(sb_header_time *out, const char *text, size_t at, size_t end)
{
    bool has_unit, end_has_unit, is_arrow = false;
    size_t next = read_plain_seconds(&out->time, &out->stamp, text, at, end, &has_unit);
    size_t mark = sb_skip_blanks(text, next, end), after = skip_until_mark(text, mark, end, &is_arrow);
    size_t begin = sb_skip_blanks(text, after, end);
    bool has_decimals = memchr(text + at, '.', next - at), is_sure = has_unit || has_decimals;
    if (next > at && after > mark && (is_arrow || is_sure)) {
        next = read_plain_seconds(&out->end, &out->stop, text, begin, end, &end_has_unit);
        if (next > begin && (is_arrow || (end_has_unit == has_unit && (has_unit || out->bracket == '[')))) {
            out->is_arrow = is_arrow;
            return next;
        }
    } else if (next > at && has_unit && after == mark) {
        return next;
    }
    *out = (sb_header_time){.time.time = SB_TIME_NONE,
                            .end.time = SB_TIME_NONE,
                            .frame = -1,
                            .end_frame = -1,
                            .bracket = out->bracket};
    return at;
}

static size_t skip_empty(const char *text, size_t at, size_t end)
{
    while (at < end && text[at] && strchr(" -_?:.", text[at]))
        at++;
    return at;
}

/* "[Time 0:00:34]" */
static size_t skip_time_word(const char *text, size_t at, size_t end)
{
    static const char *const words[] = {"time ", "time: ", "timestamp ", "timestamp: ", "timecode ", "tc "};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        size_t n = strlen(words[i]);
        if (end - at > n && sb_text_begins(text + at, n, words[i]) && sb_is_ascii_digit(text[at + n]))
            return at + n;
    }
    return at;
}

bool sb_header_time_read(sb_header_time *out, const char *text, size_t at, size_t end)
{
    char open[MAX_BRACKETS];
    size_t n_open = 0, next;
    *out =
        (sb_header_time){.time.time = SB_TIME_NONE, .end.time = SB_TIME_NONE, .frame = -1, .end_frame = -1};
    for (char c; n_open < MAX_BRACKETS && (c = bracket_at(text, at, end, &next)) && strchr("([{", c);) {
        open[n_open++] = c;
        at = sb_skip_marks(text, next, end);
    }
    out->bracket = n_open ? open[0] : 0;
    if (n_open == 1)
        at = skip_time_word(text, at, end);
    next = read_header_clock(&out->time, &out->stamp, &out->frame, text, at, end);
    if (next == at && out->bracket && n_open == 1 && (next = read_seconds(out, text, at, end)) > at)
        return close_brackets(out, open, n_open, text, next, end);
    if (next == at) {
        out->stamp.length = 0;
        out->is_empty = n_open == 1;
        out->time = (sb_stamp){.time = SB_TIME_NONE};
        return n_open == 1 && close_brackets(out, open, n_open, text, skip_empty(text, at, end), end);
    }
    if (out->time.problem && n_open == 0)
        return false;
    next = read_end(out, text, next, end);
    return close_brackets(out, open, n_open, text, next, end);
}
