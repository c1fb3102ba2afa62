#include <string.h>

#include "transcript/transcript.h"

static size_t skip_blanks(const char *text, size_t at, size_t end)
{
    while (at < end && (text[at] == ' ' || text[at] == '\t'))
        at++;
    return at;
}

/* Skips blanks. Returns the position of "-->", or `end` if it is not there. */
static size_t arrow_at(const char *text, size_t at, size_t end)
{
    at = skip_blanks(text, at, end);
    return end - at >= 3 && memcmp(text + at, "-->", 3) == 0 ? at : end;
}

static bool has_arrow(const char *text, size_t at, size_t end)
{
    const char *dash = memchr(text + at, '-', end - at);
    for (; dash; dash = memchr(dash + 1, '-', (size_t)(text + end - dash) - 1)) {
        if (text + end - dash >= 3 && memcmp(dash, "-->", 3) == 0)
            return true;
    }
    return false;
}

static bool begins_like_time(const char *text, size_t at, size_t end)
{
    if (at < end && text[at] == '-')
        at++;
    return at < end && text[at] >= '0' && text[at] <= '9';
}

static sb_status fail_times(sb_reading *reading, size_t at, const char *problem)
{
    return sb_reading_fail(reading, at, "%s",
                           problem ? problem
                                   : "not a line of cue times; write it as 00:00:01,000 --> 00:00:04,000");
}

sb_status sb_cue_read_times(sb_cue *out, sb_cue_line *kind, sb_reading *reading, const sb_line *line)
{
    const char *text = reading->text;
    size_t end = line->at + line->length, at = skip_blanks(text, line->at, end);
    *kind = SB_CUE_LINE_OTHER;
    *out = (sb_cue){.line = line->number};
    if (!begins_like_time(text, at, end) || !has_arrow(text, at, end))
        return SB_OK;
    sb_stamp start = sb_stamp_clock(text + at, end - at);
    size_t arrow = arrow_at(text, at + start.length, end);
    if (start.length == 0 || start.problem || arrow == end)
        return fail_times(reading, at, start.problem);
    size_t stop_at = skip_blanks(text, arrow + 3, end);
    sb_stamp stop = sb_stamp_clock(text + stop_at, end - stop_at);
    if (!line->has_end && (stop.length == 0 || stop.problem || stop.time < start.time)) {
        *kind = SB_CUE_LINE_CUT;
        return SB_OK;
    }
    if (stop.length == 0 || stop.problem)
        return fail_times(reading, stop_at, stop.problem);
    if (stop.time < start.time)
        return fail_times(reading, stop_at, "the cue ends before it starts; correct one of its two times");
    *out = (sb_cue){.start = start.time,
                    .end = stop.time,
                    .start_range = {at, start.length},
                    .end_range = {stop_at, stop.length},
                    .line = line->number};
    *kind = SB_CUE_LINE_TIMES;
    return SB_OK;
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
        sb_stamp start = begins_like_time(text, at, end) ? sb_stamp_clock(text + at, end - at)
                                                         : (sb_stamp){.time = SB_TIME_NONE};
        if (start.length > 0 && arrow_at(text, at + start.length, end) < end) {
            sb_range index = sb_range_trim(text, (sb_range){above.at, above.length});
            const char *colon = memchr(text + at, ':', start.length);
            *out =
                (sb_cue_style){memchr(text + at, ',', start.length) != NULL,
                               memchr(colon + 1, ':', start.length - (size_t)(colon + 1 - text - at)) != NULL,
                               is_number(text, index.at, index.length)};
            return true;
        }
        above = line;
    }
    return false;
}
