#include <string.h>

#include "transcript/captions/captions.h"

#define MAX_DASHES 4

static size_t skip_blanks(const char *text, size_t at, size_t end)
{
    while (at < end && (text[at] == ' ' || text[at] == '\t'))
        at++;
    return at;
}

/* Returns the length of the dash or equals sign at text[at], or 0. */
static size_t dash_length(const char *text, size_t at, size_t end)
{
    static const char *const dashes[] = {"-", "=", "\xE2\x80\x93", "\xE2\x80\x94", "\xE2\x88\x92"};
    for (size_t i = 0; i < sizeof dashes / sizeof *dashes; i++) {
        size_t n = strlen(dashes[i]);
        if (end - at >= n && memcmp(text + at, dashes[i], n) == 0)
            return n;
    }
    return 0;
}

/* Returns the length of the point of an arrow at text[at], or 0. */
static size_t point_length(const char *text, size_t at, size_t end)
{
    static const char *const points[] = {">", "&gt;", "\xEF\xBC\x9E"};
    for (size_t i = 0; i < sizeof points / sizeof *points; i++) {
        size_t n = strlen(points[i]);
        if (end - at >= n && memcmp(text + at, points[i], n) == 0)
            return n;
    }
    return 0;
}

/* Skips blanks and an arrow and sets `*is_exact` if it is "-->". Damaged arrows are "->", "-- >", "--&gt;", a long
 * dash with ">", and U+2192. Returns `at` if there is none. */
static size_t skip_arrow(const char *text, size_t at, size_t end, bool *is_exact)
{
    size_t begin = skip_blanks(text, at, end), next = begin, dash, n_dashes = 0;
    *is_exact = end - begin >= 3 && memcmp(text + begin, "-->", 3) == 0;
    if (*is_exact)
        return begin + 3;
    if (end - begin >= 3 && memcmp(text + begin, "\xE2\x86\x92", 3) == 0)
        return begin + 3;
    while (n_dashes < MAX_DASHES && (dash = dash_length(text, next, end)) > 0) {
        next = skip_blanks(text, next + dash, end);
        n_dashes++;
    }
    size_t point = n_dashes ? point_length(text, next, end) : 0;
    return point ? next + point : at;
}

static bool has_exact_arrow(const char *text, size_t at, size_t end)
{
    return memmem(text + at, end - at, "-->", 3) != NULL;
}

static bool begins_like_time(const char *text, size_t at, size_t end)
{
    if (at < end && text[at] == '-')
        at++;
    return at < end && text[at] >= '0' && text[at] <= '9';
}

/* Applies the document's way of writing decimals. */
static sb_stamp read_clock(const sb_cue_clock *clock, const char *text, size_t size, bool *is_rounded)
{
    sb_stamp stamp = sb_stamp_clock(text, size);
    if (stamp.time == SB_TIME_NONE || stamp.n_decimals == 0)
        return stamp;
    sb_time whole = stamp.time - stamp.time % SB_TIME_SECOND;
    bool is_1000 = stamp.n_decimals == 4 && stamp.decimals == 1000 && !clock->has_4_digits;
    if (is_1000)
        stamp.time = whole + SB_TIME_SECOND;
    else if (clock->counts_ms && stamp.n_decimals <= 3)
        stamp.time = whole + stamp.decimals * SB_TIME_MS;
    *is_rounded = *is_rounded || is_1000;
    return stamp;
}

/* A line that has an arrow but whose first time is damaged. */
static sb_cue_line damaged_times(sb_cue_repair *repair, size_t at, const char *problem)
{
    repair->at = at;
    repair->problem =
        problem ? problem : "not a line of cue times; write it as 00:00:01,000 --> 00:00:04,000";
    repair->what = "the cue's times cannot be read; its text is kept without a time";
    return SB_CUE_LINE_TIMES;
}

/* Reads the end of a cue whose start was read. */
static void read_end(sb_cue *out, sb_cue_repair *repair, const sb_cue_clock *clock, const char *text,
                     size_t at, size_t end)
{
    bool is_rounded = false;
    sb_stamp stop = read_clock(clock, text + at, end - at, &is_rounded);
    out->end_range = (sb_range){at, stop.length};
    out->end = stop.time;
    if (is_rounded)
        *repair = (sb_cue_repair){"1000 milliseconds; read as one second more", NULL, at};
    if (stop.length == 0 || stop.problem) {
        *repair = (sb_cue_repair){"the cue's end cannot be read; the cue lasts until the next one",
                                  stop.problem
                                      ? stop.problem
                                      : "not a line of cue times; write it as 00:00:01,000 --> 00:00:04,000",
                                  at};
        out->end_range.length = 0;
    } else if (stop.time < out->start) {
        *repair = (sb_cue_repair){"the cue ends before it starts; its start is used, and its end is ignored",
                                  "the cue ends before it starts; correct one of its two times", at};
        out->end = SB_TIME_NONE;
    }
}

sb_cue_line sb_cue_read_times(sb_cue *out, sb_cue_repair *repair, const sb_cue_clock *clock, const char *text,
                              const sb_line *line)
{
    size_t end = line->at + line->length, at = skip_blanks(text, line->at, end);
    bool is_exact = false, is_rounded = false;
    *out = (sb_cue){.start = SB_TIME_NONE, .end = SB_TIME_NONE, .line = line->number};
    *repair = (sb_cue_repair){0};
    sb_stamp start = read_clock(clock, text + at, end - at, &is_rounded);
    size_t arrow = at + start.length, after = start.length ? skip_arrow(text, arrow, end, &is_exact) : arrow;
    if (start.length == 0 || after == arrow || start.problem) {
        bool has_arrow = begins_like_time(text, at, end) && has_exact_arrow(text, at, end);
        return has_arrow && line->has_end ? damaged_times(repair, at, start.problem)
               : has_arrow                ? SB_CUE_LINE_CUT
                                          : SB_CUE_LINE_OTHER;
    }
    size_t stop_at = skip_blanks(text, after, end);
    sb_stamp stop = sb_stamp_clock(text + stop_at, end - stop_at);
    if (!is_exact && stop.length == 0)
        return SB_CUE_LINE_OTHER;
    out->start = start.time;
    out->start_range = (sb_range){at, start.length};
    if (is_rounded)
        *repair = (sb_cue_repair){"1000 milliseconds; read as one second more", NULL, at};
    if (!is_exact)
        *repair = (sb_cue_repair){"the arrow is damaged; read as \"-->\"", NULL, arrow};
    read_end(out, repair, clock, text, stop_at, end);
    bool is_broken = stop.length == 0 || stop.problem || out->end == SB_TIME_NONE;
    return !line->has_end && is_broken ? SB_CUE_LINE_CUT : SB_CUE_LINE_TIMES;
}

static bool is_number(const char *text, size_t at, size_t length)
{
    for (size_t i = 0; i < length; i++) {
        if (text[at + i] < '0' || text[at + i] > '9')
            return false;
    }
    return length > 0;
}

bool sb_cue_sniff(sb_cue_style *out, const char *text, size_t size)
{
    sb_line line = {0}, above = {0};
    while (sb_line_next(&line, text, size)) {
        size_t end = line.at + line.length, at = skip_blanks(text, line.at, end);
        sb_stamp start = sb_stamp_clock(text + at, end - at);
        bool is_exact;
        if (start.length > 0 && skip_arrow(text, at + start.length, end, &is_exact) > at + start.length) {
            sb_range index = sb_range_trim(text, (sb_range){above.at, above.length});
            *out = (sb_cue_style){memchr(text + at, ',', start.length) != NULL, start.has_hours,
                                  is_number(text, index.at, index.length)};
            return true;
        }
        above = line;
    }
    return false;
}
