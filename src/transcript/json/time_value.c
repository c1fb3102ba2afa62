#include <math.h>
#include <string.h>

#include "transcript/json/json_forms.h"

/* Flicks in a hundred of each unit. */
static const int64_t flicks_in_hundred[] = {
    [SB_JSON_SECONDS] = 70560000000, [SB_JSON_MS] = 70560000, [SB_JSON_US] = 70560, [SB_JSON_TICKS] = 7056};

#define NS_DIVISOR 1000000000

/* Reads whole numbers of microseconds, ticks or nanoseconds, which sb_time cannot hold as units. */
static const char *read_small_units(sb_time *time, sb_range *written, const char *text, size_t size,
                                    sb_json_unit unit)
{
    __int128 value = 0;
    size_t at = 0;
    for (; at < size && text[at] >= '0' && text[at] <= '9' && at < 19; at++)
        value = value * 10 + (text[at] - '0');
    if (at == 0 && size > 0 && text[0] == '-')
        return SB_JSON_NEGATIVE;
    if (at == 0 || (at < size && text[at] != '.'))
        return "not a time; write a whole number";
    value = unit == SB_JSON_NS ? value * SB_TIME_SECOND / NS_DIVISOR : value * flicks_in_hundred[unit] / 100;
    if (value > INT64_MAX)
        return "the time is too large; correct it";
    *time = (sb_time)value;
    written->length = at == size ? size : 0;
    return NULL;
}

static const char *read_time_number(sb_time *time, sb_range *written, const char *text, size_t size,
                                    sb_json_unit unit)
{
    if (unit > SB_JSON_MS)
        return read_small_units(time, written, text, size, unit);
    sb_stamp stamp = sb_stamp_number(text, size, unit == SB_JSON_MS ? SB_TIME_MS : SB_TIME_SECOND);
    if (stamp.problem)
        return stamp.problem;
    if (stamp.length != size)
        return "not a time; write it in seconds";
    *time = stamp.time;
    written->length = size;
    return NULL;
}

/* Reads a duration of ISO 8601 without days: "PT1H2M3.5S". */
static bool read_iso(sb_time *time, sb_range *written, const char *text, size_t size)
{
    size_t at = 2, n_parts = 0;
    sb_time sum = 0;
    if (size < 4 || memcmp(text, "PT", 2) != 0)
        return false;
    for (; at < size; n_parts++) {
        sb_stamp part = sb_stamp_number(text + at, size - at, SB_TIME_SECOND);
        if (part.length == 0 || part.problem || at + part.length >= size ||
            part.time > SB_TIME_SECOND * 100000000)
            return false;
        char letter = text[at + part.length];
        sb_time factor = letter == 'H' ? 3600 : letter == 'M' ? 60 : letter == 'S' ? 1 : 0;
        if (factor == 0)
            return false;
        sum += part.time * factor;
        at += part.length + 1;
    }
    written->length = size;
    *time = sum;
    return n_parts > 0;
}

static const char *read_time_text(sb_time *time, sb_range *written, const char *text, size_t size,
                                  sb_json_unit unit)
{
    sb_range trimmed = sb_range_trim(text, (sb_range){0, size});
    sb_range at_start = *written;
    if (trimmed.length > 2 && strchr("[(", text[trimmed.at]) &&
        strchr("])", text[trimmed.at + trimmed.length - 1]))
        trimmed = (sb_range){trimmed.at + 1, trimmed.length - 2};
    text += trimmed.at;
    written->at += trimmed.at;
    size = trimmed.length;
    if (size == 0)
        return NULL;
    if (read_iso(time, written, text, size))
        return NULL;
    *written = (sb_range){at_start.at + trimmed.at, 0};
    sb_stamp clock = sb_stamp_clock(text, size);
    if (clock.length == size || clock.problem) {
        *time = clock.time;
        written->length = clock.problem ? 0 : size;
        return clock.problem;
    }
    size_t n = size;
    if (n > 2 && memcmp(text + n - 2, "ms", 2) == 0) {
        sb_range ignored = {0};
        return read_time_number(time, &ignored, text, n - 2, SB_JSON_MS);
    }
    if (n > 1 && text[n - 1] == 's')
        return read_time_number(time, written, text, n - 1, SB_JSON_SECONDS);
    return read_time_number(time, written, text, n, unit);
}

const char *sb_json_read_time(sb_time *time, sb_range *written, const char *text, const sb_scan_token *token,
                              sb_json_unit unit)
{
    const char *value = text + token->range.at;
    *time = SB_TIME_NONE;
    *written = (sb_range){token->range.at, 0};
    if (token->kind == SB_SCAN_NUMBER)
        return read_time_number(time, written, value, token->range.length, unit);
    if (token->kind == SB_SCAN_TEXT)
        return read_time_text(time, written, value, token->range.length, unit);
    if (token->kind == SB_SCAN_WORD && memchr("NI-", value[0], 3))
        return value[0] == 'N' ? "NaN is not a time; write the time in seconds, or null"
                               : "the time is infinite; write the time in seconds, or null";
    return token->kind == SB_SCAN_WORD ? NULL : "the time is not a number; write it in seconds";
}

static bool read_part(sb_time *time, sb_range *written, const char *text, sb_range part)
{
    part = sb_range_trim(text, part);
    *time = SB_TIME_NONE;
    *written = (sb_range){part.at, 0};
    bool is_clock = part.length > 1 && (memchr(text + part.at, ':', part.length) != NULL ||
                                        text[part.at + part.length - 1] == 's');
    return is_clock && !read_time_text(time, written, text + part.at, part.length, SB_JSON_SECONDS) &&
           *time != SB_TIME_NONE;
}

bool sb_json_read_span(const char *text, const sb_scan_token *token, sb_json_span_read *out)
{
    static const char *const signs[] = {"-->", "->", "–", "—", "~", " to ", "-", NULL};
    sb_json_span_read own, *span = out ? out : &own;
    sb_range all = sb_range_trim(text, token->range);
    if (token->kind != SB_SCAN_TEXT || all.length < 7)
        return false;
    if (strchr("[(", text[all.at]) && strchr("])", text[all.at + all.length - 1]))
        all = (sb_range){all.at + 1, all.length - 2};
    for (size_t i = 0; signs[i]; i++) {
        size_t n = strlen(signs[i]);
        const char *sign = memmem(text + all.at, all.length, signs[i], n);
        size_t at = sign ? (size_t)(sign - text) : 0;
        if (sign)
            return read_part(&span->times[0], &span->written[0], text, (sb_range){all.at, at - all.at}) &&
                   read_part(&span->times[1], &span->written[1], text,
                             (sb_range){at + n, all.at + all.length - at - n});
    }
    return false;
}

/* Speech has about 15 characters a second, so one takes 0.07 s, 66 ms, 66 000 us, 660 000 ticks or 66 000 000
 * ns. Pauses count too. */
sb_json_unit sb_json_guess_unit(double sum, double n_chars)
{
    double each = n_chars > 0 ? sum / n_chars : 0;
    static const double most[] = {20, 2e4, 2e5, 2e7};
    size_t i = 0;
    while (i < 4 && each >= most[i])
        i++;
    return (sb_json_unit)(SB_JSON_SECONDS + i);
}
