#include <string.h>

#include "transcript/cues/cues.h"

#define MAX_DASHES    4
#define LINES_PER_CUE 12 /* at most */

static size_t skip_cue_blanks(const char *text, size_t at, size_t end)
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

/* Skips blanks and an arrow and sets `*is_exact` if it is "-->". Damaged arrows are "->", "-- >", "--&gt;", a
 * long dash with ">", and U+2192. Returns `at` if there is none. */
static size_t skip_arrow(const char *text, size_t at, size_t end, bool *is_exact)
{
    size_t begin = skip_cue_blanks(text, at, end), next = begin, dash, n_dashes = 0;
    *is_exact = end - begin >= 3 && memcmp(text + begin, "-->", 3) == 0;
    if (*is_exact)
        return begin + 3;
    if (end - begin >= 3 && memcmp(text + begin, "\xE2\x86\x92", 3) == 0)
        return begin + 3;
    while (n_dashes < MAX_DASHES && (dash = dash_length(text, next, end)) > 0) {
        next = skip_cue_blanks(text, next + dash, end);
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
static sb_stamp read_cue_clock(const sb_cue_clock *clock, const char *text, size_t size, bool *is_rounded)
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
    sb_stamp stop = read_cue_clock(clock, text + at, end - at, &is_rounded);
    out->end_range = (sb_range){at, stop.length};
    out->end = stop.time;
    if (is_rounded)
        *repair = (sb_cue_repair){.what = "1000 milliseconds; read as one second more", .at = at};
    if (stop.length == 0 || stop.problem) {
        *repair = (sb_cue_repair){
            .what = "the cue's end cannot be read; the cue lasts until the next one",
            .problem = stop.problem ? stop.problem
                                    : "not a line of cue times; write it as 00:00:01,000 --> 00:00:04,000",
            .at = at};
        out->end_range.length = 0;
    } else if (stop.time < out->start) {
        *repair = (sb_cue_repair){
            .what = "the cue ends before it starts; its start is used, and its end is ignored",
            .problem = "the cue ends before it starts; correct one of its two times",
            .at = at};
        out->end = SB_TIME_NONE;
    }
}

/* True for cue settings such as "align:start position:0%" and the coordinates of SubRip, "X1:117 X2:619". */
static bool is_settings(const char *text, size_t at, size_t end)
{
    while ((at = skip_cue_blanks(text, at, end)) < end) {
        size_t word = at, colon;
        while (at < end && text[at] != ' ' && text[at] != '\t')
            at++;
        for (colon = word; colon < at && text[colon] != ':';)
            colon++;
        if (colon == word || colon + 1 >= at)
            return false;
    }
    return true;
}

/* Text on the line of the times is the first line of the cue. */
static void take_rest(sb_cue *out, const char *text, size_t at, size_t end)
{
    while (at < end && text[at] && strchr(",.;:)]", text[at]))
        at++;
    at = skip_cue_blanks(text, at, end);
    if (at < end && !is_settings(text, at, end))
        out->text = (sb_range){at, end - at};
}

/* A line with an arrow and an end but no start. */
static sb_cue_line read_end_alone(sb_cue *out, sb_cue_repair *repair, const char *text, const sb_line *line)
{
    size_t end = line->at + line->length, at = skip_cue_blanks(text, line->at, end);
    if (end - at < 3 || memcmp(text + at, "-->", 3) != 0 || !line->has_end)
        return SB_CUE_LINE_OTHER;
    size_t stop_at = skip_cue_blanks(text, at + 3, end);
    sb_stamp stop = sb_stamp_clock(text + stop_at, end - stop_at);
    if (stop.time == SB_TIME_NONE || skip_cue_blanks(text, stop_at + stop.length, end) < end)
        return SB_CUE_LINE_OTHER;
    out->end = stop.time;
    out->end_range = (sb_range){stop_at, stop.length};
    *repair = (sb_cue_repair){.what = "the cue's start is missing; its text is kept with its end only",
                              .problem = "the cue has no start; write it as 00:00:01,000 --> 00:00:04,000",
                              .at = at};
    return SB_CUE_LINE_TIMES;
}

static sb_cue_line read_exact(sb_cue *out, sb_cue_repair *repair, const sb_cue_clock *clock, const char *text,
                              const sb_line *line)
{
    size_t end = line->at + line->length, at = skip_cue_blanks(text, line->at, end);
    bool is_exact = false, is_rounded = false;
    *out = (sb_cue){.start = SB_TIME_NONE, .end = SB_TIME_NONE, .line = line->number};
    *repair = (sb_cue_repair){0};
    sb_stamp start = read_cue_clock(clock, text + at, end - at, &is_rounded);
    size_t arrow = at + start.length, after = start.length ? skip_arrow(text, arrow, end, &is_exact) : arrow;
    if (start.length == 0 || after == arrow || start.problem) {
        bool has_arrow = begins_like_time(text, at, end) && has_exact_arrow(text, at, end);
        return has_arrow && line->has_end ? damaged_times(repair, at, start.problem)
               : has_arrow                ? SB_CUE_LINE_CUT
                                          : SB_CUE_LINE_OTHER;
    }
    size_t stop_at = skip_cue_blanks(text, after, end);
    sb_stamp stop = sb_stamp_clock(text + stop_at, end - stop_at);
    if (stop.length == 0 && (!is_exact || (stop_at < end && !begins_like_time(text, stop_at, end))))
        return SB_CUE_LINE_OTHER;
    out->start = start.time;
    out->start_range = (sb_range){at, start.length};
    if (is_rounded)
        *repair = (sb_cue_repair){.what = "1000 milliseconds; read as one second more", .at = at};
    if (!is_exact)
        *repair = (sb_cue_repair){.what = "the arrow is damaged; read as \"-->\"", .at = arrow};
    read_end(out, repair, clock, text, stop_at, end);
    take_rest(out, text, stop_at + stop.length, end);
    bool is_broken = stop.length == 0 || stop.problem || out->end == SB_TIME_NONE;
    return !line->has_end && is_broken ? SB_CUE_LINE_CUT : SB_CUE_LINE_TIMES;
}

sb_cue_line sb_cue_read_times(sb_cue *out, sb_cue_repair *repair, const sb_cue_clock *clock, const char *text,
                              const sb_line *line)
{
    sb_cue_line kind = read_exact(out, repair, clock, text, line);
    if (kind == SB_CUE_LINE_TIMES && !repair->problem)
        return kind;
    sb_cue cue = {.start = SB_TIME_NONE, .end = SB_TIME_NONE, .line = line->number};
    sb_cue_repair loose = {0};
    if (sb_cue_read_loose(&cue, &loose, text, line)) {
        *out = cue;
        *repair = loose;
        return line->has_end ? SB_CUE_LINE_TIMES : SB_CUE_LINE_CUT;
    }
    return kind == SB_CUE_LINE_OTHER ? read_end_alone(out, repair, text, line) : kind;
}

static bool is_cue_index(const char *text, size_t at, size_t length)
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
        sb_cue cue;
        sb_cue_repair repair;
        sb_range index = sb_range_trim(text, (sb_range){above.at, above.length});
        bool has_index = is_cue_index(text, index.at, index.length);
        sb_cue_line kind = sb_cue_read_times(&cue, &repair, &(sb_cue_clock){0}, text, &line);
        size_t begin = cue.start_range.length ? cue.start_range.at : repair.at;
        size_t length = cue.start_range.length;
        if (length == 0 && has_index && kind != SB_CUE_LINE_OTHER)
            length = sb_stamp_clock(text + begin, line.at + line.length - begin).length;
        if (kind != SB_CUE_LINE_OTHER && length > 0 && (has_index || !repair.is_weak)) {
            *out =
                (sb_cue_style){memchr(text + begin, ',', length) != NULL,
                               sb_stamp_clock(text + begin, length).has_hours, has_index, repair.shows_times};
            return true;
        }
        if (!sb_line_is_blank(&line, text))
            above = line;
    }
    return false;
}

bool sb_cues_prevail(const char *text, size_t size)
{
    size_t n_lines = 0, n_arrows = 0;
    for (sb_line line = {0}; sb_line_next(&line, text, size);) {
        n_lines += !sb_line_is_blank(&line, text);
        n_arrows += memmem(text + line.at, line.length, "-->", 3) != NULL;
    }
    return LINES_PER_CUE * n_arrows >= n_lines;
}
