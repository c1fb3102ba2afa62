#include "transcript/transcript.h"

#include "base/text/text.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define MAX_HOUR_DIGITS    6
#define MAX_MINUTE_DIGITS  3
#define MAX_DECIMALS       9
#define MAX_WHOLE_DIGITS   12
#define MAX_EXPONENT       400
#define NUMBER_DECIMALS    3
#define MAX_STYLE_DECIMALS 6
#define CLOSE_ENOUGH       (5 * SB_TIME_MS) /* to a number with fewer decimals */
#define NEGATIVE           "the time is negative; correct it, as transcripts begin at zero"
#define MAX_CLOCK          40

static size_t count_digits(const char *text, size_t size, size_t at)
{
    size_t n = 0;
    while (at + n < size && sb_is_ascii_digit(text[at + n]))
        n++;
    return n;
}

static int64_t value_of_digits(const char *text, size_t n)
{
    int64_t value = 0;
    for (size_t i = 0; i < n; i++)
        value = value * 10 + (text[i] - '0');
    return value;
}

/* Converts the decimals text[0..n) to a part of `unit`, rounded to the nearest flick. */
static sb_time fraction_of(const char *text, size_t n, sb_time unit)
{
    int64_t power = 1;
    size_t used = n < MAX_DECIMALS ? n : MAX_DECIMALS;
    for (size_t i = 0; i < used; i++)
        power *= 10;
    return (value_of_digits(text, used) * unit + power / 2) / power;
}

/* Up to three runs of digits separated by colons, and decimals. */
typedef struct clock_parts {
    size_t n_parts;
    size_t at[3], digits[3];
    size_t decimals_at, n_decimals;
    size_t length;
} clock_parts;

static clock_parts split_clock(const char *text, size_t size)
{
    clock_parts c = {0};
    size_t at = 0;
    while (c.n_parts < 3) {
        size_t n = count_digits(text, size, at);
        if (n == 0)
            break;
        c.at[c.n_parts] = at;
        c.digits[c.n_parts++] = n;
        c.length = at + n;
        if (c.length >= size || text[c.length] != ':')
            break;
        at = c.length + 1;
    }
    if (c.length + 1 < size && (text[c.length] == '.' || text[c.length] == ',')) {
        c.decimals_at = c.length + 1;
        c.n_decimals = count_digits(text, size, c.decimals_at);
        if (c.n_decimals > 0)
            c.length = c.decimals_at + c.n_decimals;
    }
    return c;
}

static const char *clock_problem(const clock_parts *c, int64_t minutes, int64_t seconds)
{
    if (seconds > 59)
        return "the time has more than 59 seconds; write it as minutes and seconds";
    if (c->n_parts == 3 && minutes > 59)
        return "the time has hours and more than 59 minutes; correct it";
    return NULL;
}

static sb_stamp read_clock_stamp(const char *text, size_t size)
{
    if (size > 1 && text[0] == '-' && sb_is_ascii_digit(text[1])) {
        sb_stamp stamp = read_clock_stamp(text + 1, size - 1);
        if (stamp.length > 0)
            stamp = (sb_stamp){.time = SB_TIME_NONE, .length = stamp.length + 1, .problem = NEGATIVE};
        return stamp;
    }
    clock_parts c = split_clock(text, size);
    sb_stamp stamp = {.time = SB_TIME_NONE};
    if (c.n_parts < 2)
        return stamp;
    size_t n = c.n_parts;
    stamp.length = c.length;
    stamp.has_hours = n == 3;
    stamp.n_decimals = c.n_decimals;
    stamp.decimals =
        value_of_digits(text + c.decimals_at, c.n_decimals < MAX_DECIMALS ? c.n_decimals : MAX_DECIMALS);
    if (c.digits[n - 1] > 2 || c.digits[n - 2] > MAX_MINUTE_DIGITS || c.digits[0] > MAX_HOUR_DIGITS) {
        stamp.problem = "the time has too many digits; write hours, minutes and seconds as HH:MM:SS";
        return stamp;
    }
    int64_t seconds = value_of_digits(text + c.at[n - 1], c.digits[n - 1]);
    int64_t minutes = value_of_digits(text + c.at[n - 2], c.digits[n - 2]);
    int64_t hours = n == 3 ? value_of_digits(text, c.digits[0]) : 0;
    stamp.problem = clock_problem(&c, minutes, seconds);
    if (!stamp.problem)
        stamp.time = (hours * 3600 + minutes * 60 + seconds) * SB_TIME_SECOND +
                     fraction_of(text + c.decimals_at, c.n_decimals, SB_TIME_SECOND);
    return stamp;
}

/* A clock time in full-width characters, such as U+FF11 U+FF1A, as plain ones. */
typedef struct narrowed {
    char text[MAX_CLOCK];
    size_t at[MAX_CLOCK + 1]; /* position of each character in the original */
    size_t size;
} narrowed;

char sb_narrow_char(const char *text, size_t size, size_t *length)
{
    bool is_low = size >= 3 && text[0] == '\xEF' && text[1] == '\xBC', /* U+FF01 to U+FF3F */
        is_high = size >= 3 && text[0] == '\xEF' && text[1] == '\xBD' && (unsigned char)text[2] <= 0x9E;
    *length = is_low || is_high ? 3 : 1;
    return is_low    ? (char)((unsigned char)text[2] - 0x60)
           : is_high ? (char)((unsigned char)text[2] - 0x20)
                     : text[0];
}

/* Returns false if the text does not begin with a clock time that has full-width characters. */
static bool narrow_clock(narrowed *out, const char *text, size_t size)
{
    size_t at = 0, length = 0;
    bool is_wide = false;
    while (at < size && at < MAX_CLOCK &&
           (sb_is_ascii_digit(text[at]) || (text[at] && strchr(":.,-", text[at]))))
        at++;
    if (at == size || at == MAX_CLOCK || text[at] != '\xEF')
        return false;
    at = 0;
    for (out->size = 0; at < size && out->size < MAX_CLOCK; at += length) {
        char c = sb_narrow_char(text + at, size - at, &length);
        if (!sb_is_ascii_digit(c) && (!c || !strchr(":.,-", c)))
            break;
        is_wide = is_wide || length > 1;
        out->at[out->size] = at;
        out->text[out->size++] = c;
    }
    out->at[out->size] = at;
    return is_wide;
}

sb_stamp sb_stamp_clock(const char *text, size_t size)
{
    narrowed n;
    if (!narrow_clock(&n, text, size))
        return read_clock_stamp(text, size);
    sb_stamp stamp = read_clock_stamp(n.text, n.size);
    stamp.length = n.at[stamp.length];
    return stamp;
}

/* Reads the exponent at text[*at] and advances `*at`. A value out of range is clamped. */
static int read_exponent(const char *text, size_t size, size_t *at)
{
    size_t i = *at;
    if (i >= size || (text[i] != 'e' && text[i] != 'E'))
        return 0;
    i++;
    bool negative = i < size && text[i] == '-';
    if (i < size && (text[i] == '-' || text[i] == '+'))
        i++;
    size_t n = count_digits(text, size, i);
    if (n == 0)
        return 0;
    int value = n > 3 ? MAX_EXPONENT : (int)value_of_digits(text + i, n);
    *at = i + n;
    return negative ? -value : value;
}

static sb_time time_of_number(const char *text, size_t n_whole, size_t n_decimals, int exponent, sb_time unit)
{
    const char *decimals = text + n_whole + 1;
    if (exponent == 0 && n_whole <= MAX_WHOLE_DIGITS) {
        int64_t whole = value_of_digits(text, n_whole);
        if (whole < INT64_MAX / unit - 1)
            return whole * unit + fraction_of(decimals, n_decimals, unit);
        return SB_TIME_NONE;
    }
    double value = 0;
    for (size_t i = 0; i < n_whole; i++)
        value = value * 10 + (text[i] - '0');
    for (size_t i = 0; i < n_decimals; i++)
        value += (decimals[i] - '0') * pow(10, -(double)(i + 1));
    return sb_time_from_seconds(value * pow(10, exponent) * sb_time_to_seconds(unit));
}

sb_stamp sb_stamp_number(const char *text, size_t size, sb_time unit)
{
    sb_stamp stamp = {.time = SB_TIME_NONE};
    size_t sign = size > 0 && text[0] == '-' ? 1 : 0;
    size_t n_whole = count_digits(text, size, sign), n_decimals = 0, at = sign + n_whole;
    if (n_whole == 0)
        return stamp;
    if (at + 1 < size && (text[at] == '.' || text[at] == ',') && sb_is_ascii_digit(text[at + 1])) {
        n_decimals = count_digits(text, size, at + 1);
        at += 1 + n_decimals;
    }
    int exponent = read_exponent(text, size, &at);
    stamp.length = at;
    stamp.time = time_of_number(text + sign, n_whole, n_decimals, exponent, unit);
    if (stamp.time == SB_TIME_NONE)
        stamp.problem = "the time is too large; correct it";
    else if (sign && stamp.time > 0)
        stamp = (sb_stamp){.time = SB_TIME_NONE, .length = at, .problem = NEGATIVE};
    return stamp;
}

sb_stamp sb_stamp_any(const char *text, size_t size)
{
    sb_stamp stamp = sb_stamp_clock(text, size);
    if (stamp.length == 0) {
        stamp = sb_stamp_number(text, size, SB_TIME_SECOND);
        if (stamp.length > 0 && stamp.length < size && text[stamp.length] == 's')
            size--;
    }
    return stamp.length == size ? stamp : (sb_stamp){.time = SB_TIME_NONE};
}

static void narrow(int *width, size_t digits)
{
    if ((int)digits < *width)
        *width = (int)digits;
}

void sb_stamp_style_add(sb_stamp_style *style, const char *old, size_t length)
{
    narrowed n;
    bool is_wide = narrow_clock(&n, old, length);
    clock_parts c = is_wide ? split_clock(n.text, n.size) : split_clock(old, length);
    if (c.n_parts < 2) {
        int decimals = c.n_decimals < MAX_STYLE_DECIMALS ? (int)c.n_decimals : MAX_STYLE_DECIMALS;
        style->decimals = style->decimals > decimals ? style->decimals : decimals;
        return;
    }
    narrow(&style->seconds, c.digits[c.n_parts - 1]);
    narrow(c.n_parts == 3 ? &style->minutes : &style->first_minutes, c.digits[c.n_parts - 2]);
    if (c.n_parts == 3)
        narrow(&style->hours, c.digits[0]);
}

static void append_decimals(sb_bytes *out, sb_time rest, sb_time unit, char point, size_t n)
{
    if (n > 0)
        sb_bytes_append(out, &point, 1);
    for (size_t i = 0; i < n; i++) {
        rest *= 10;
        char digit = (char)('0' + rest / unit);
        sb_bytes_append(out, &digit, 1);
        rest %= unit;
    }
}

static int width_or(int width, int otherwise)
{
    return width == SB_STAMP_STYLE_NONE.hours ? otherwise : width;
}

static void respell_clock(sb_bytes *out, const char *old, const clock_parts *c, sb_time time,
                          const sb_stamp_style *style)
{
    int64_t whole = time / SB_TIME_SECOND, minutes = whole / 60;
    bool had_long_minutes = c->n_parts == 2 && value_of_digits(old, c->digits[0]) > 59;
    int seconds_width = width_or(style->seconds, 2);
    if (c->n_parts == 3 || (minutes > 59 && !had_long_minutes))
        sb_bytes_print(out, "%0*lld:%0*lld:", width_or(style->hours, 2), (long long)(minutes / 60),
                       width_or(style->minutes, 2), (long long)(minutes % 60));
    else
        sb_bytes_print(out, "%0*lld:", width_or(style->first_minutes, 1), (long long)minutes);
    sb_bytes_print(out, "%0*lld", seconds_width, (long long)(whole % 60));
    char point = c->n_decimals ? old[c->decimals_at - 1] : '.';
    if (style->counts_ms && c->n_decimals)
        sb_bytes_print(out, "%c%lld", point, (long long)(time % SB_TIME_SECOND / SB_TIME_MS));
    else
        append_decimals(out, time % SB_TIME_SECOND, SB_TIME_SECOND, point, c->n_decimals);
}

static bool has_exponent(const char *old, size_t length)
{
    return memchr(old, 'e', length) || memchr(old, 'E', length);
}

/* Appends `time` with up to `most` decimals. Zeros at the end are left out if there are more than `least`
 * decimals. */
static void append_number(sb_bytes *out, sb_time time, sb_time unit, char point, size_t least, size_t most)
{
    sb_bytes_print(out, "%lld", (long long)(time / unit));
    append_decimals(out, time % unit, unit, point, most);
    for (size_t n = most; !out->failed && n > least && out->data[out->size - 1] == '0'; n--)
        out->data[--out->size] = 0;
    if (!out->failed && least == 0 && most > 0 && out->data[out->size - 1] == point)
        out->data[--out->size] = 0;
}

static void cut_number(sb_bytes *out, const char *old, size_t length, const clock_parts *c, sb_time time,
                       sb_time unit, const sb_stamp_style *style)
{
    size_t least = has_exponent(old, length) ? NUMBER_DECIMALS : c->n_decimals, most = least;
    if (unit == SB_TIME_SECOND && (size_t)style->decimals > most)
        most = (size_t)style->decimals;
    append_number(out, time, unit, c->n_decimals ? old[c->decimals_at - 1] : '.', least, most);
}

/* A unit that is not a whole number of flicks: see SB_UNIT_TICKS. */
static void write_small_units(sb_bytes *out, sb_time time, sb_time unit)
{
    sb_bytes_print(out, "%lld", (long long)(((__int128)time * 10000 - unit / 2) / -unit));
}

/* Writes a duration of ISO 8601, with minutes and hours if it had any, or needs them. */
static void respell_duration(sb_bytes *out, const char *old, size_t length, sb_time time,
                             const sb_stamp_style *style)
{
    const char *point = memchr(old, '.', length);
    size_t decimals = point ? count_digits(old, length, (size_t)(point + 1 - old)) : 0,
           most = NUMBER_DECIMALS;
    bool has_minutes = memchr(old, 'M', length) || memchr(old, 'H', length);
    if ((size_t)style->decimals > most)
        most = (size_t)style->decimals;
    if (decimals > most)
        most = decimals;
    int64_t minutes = has_minutes ? time / SB_TIME_SECOND / 60 : 0;
    sb_bytes_text(out, "PT");
    if (minutes >= 60)
        sb_bytes_print(out, "%lldH", (long long)(minutes / 60));
    if (minutes % 60 > 0)
        sb_bytes_print(out, "%lldM", (long long)(minutes % 60));
    append_number(out, time - minutes * 60 * SB_TIME_SECOND, SB_TIME_SECOND, '.', 0, most);
    sb_bytes_text(out, "S");
}

/* Rounds `time` to `decimals` decimals of `unit`; halves are rounded up. */
static sb_time rounded(sb_time time, sb_time unit, size_t decimals)
{
    int64_t power = 1;
    for (size_t i = 0; i < decimals && i < 9; i++)
        power *= 10;
    __int128 steps = ((__int128)time * power * 2 + unit) / (2 * (__int128)unit);
    return (sb_time)((steps * unit + power / 2) / power);
}

/* Keeps the number of decimals, or uses up to three if a number of seconds needs them. */
static size_t decimals_needed(sb_time time, sb_time unit, size_t decimals)
{
    while (unit == SB_TIME_SECOND && decimals < NUMBER_DECIMALS &&
           llabs(rounded(time, unit, decimals) - time) > CLOSE_ENOUGH)
        decimals++;
    return decimals;
}

static void round_number(sb_bytes *out, const char *old, size_t length, const clock_parts *c, sb_time time,
                         sb_time unit)
{
    char text[SB_TIME_TEXT];
    size_t decimals =
        decimals_needed(time, unit, has_exponent(old, length) ? NUMBER_DECIMALS : c->n_decimals);
    sb_time seconds = unit == SB_TIME_SECOND ? time : (sb_time)((__int128)time * SB_TIME_SECOND / unit);
    sb_time_print_seconds(text, seconds, (int)(decimals < 9 ? decimals : 9));
    char *point = strchr(text, '.');
    if (point && memchr(old, ',', length))
        *point = ',';
    sb_bytes_text(out, text);
}

/* True for spellings such as "00.00.01;5" and "1m 2s". */
static bool is_misspelled(const char *old, size_t length, const clock_parts *c)
{
    for (size_t i = 0; i < length; i++) {
        if (!sb_is_ascii_digit(old[i]) && !(old[i] && strchr(c->n_parts < 2 ? ".,eE+-" : ":.,", old[i])))
            return true;
    }
    return c->n_parts < 2 ? c->n_decimals > 0 && c->length != length && !has_exponent(old, length)
                          : c->length != length;
}

static void spell_right(sb_bytes *out, const char *old, size_t length, sb_time time)
{
    char text[SB_TIME_TEXT];
    sb_time_print(text, time, 3);
    char *point = strchr(text, '.');
    if (point && memchr(old, ',', length))
        *point = ',';
    sb_bytes_text(out, text);
}

void sb_stamp_respell(sb_bytes *out, const char *old, size_t length, sb_time time,
                      const sb_stamp_style *style, sb_time unit, bool rounds)
{
    narrowed n;
    if (narrow_clock(&n, old, length)) {
        old = n.text;
        length = n.size;
    }
    clock_parts c = split_clock(old, length);
    if (time < 0)
        time = 0;
    if (length > 2 && memcmp(old, "PT", 2) == 0) {
        respell_duration(out, old, length, time, style);
        return;
    }
    if (c.n_parts < 2 && unit < 0) {
        write_small_units(out, time, unit);
        return;
    }
    if (sb_stamp_respell_frames(out, old, length, time, unit))
        return;
    if (is_misspelled(old, length, &c)) {
        spell_right(out, old, length, time);
        return;
    }
    if (c.n_parts < 2 && rounds) {
        round_number(out, old, length, &c, time, unit);
        return;
    }
    if (c.n_parts < 2) {
        cut_number(out, old, length, &c, time, unit, style);
        return;
    }
    if (rounds)
        time = rounded(time, SB_TIME_SECOND, c.n_decimals);
    if (rounds && c.n_decimals > 5)
        time++; /* half a flick avoids losing the last decimal when the time is cut */
    respell_clock(out, old, &c, time, style);
}
