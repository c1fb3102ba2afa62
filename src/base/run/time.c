#include "soundbite/time.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

static sb_time saturate(__int128 t)
{
    if (t > INT64_MAX)
        return INT64_MAX;
    return t < -INT64_MAX ? -INT64_MAX : (sb_time)t;
}

static __int128 divide_rounded(__int128 a, __int128 b)
{
    return a >= 0 ? (a + b / 2) / b : -((-a + b / 2) / b);
}

sb_time sb_time_from_samples(int64_t n, int64_t rate)
{
    return saturate(divide_rounded((__int128)n * SB_TIME_SECOND, rate));
}

int64_t sb_time_to_samples(sb_time t, int64_t rate)
{
    return saturate(divide_rounded((__int128)t * rate, SB_TIME_SECOND));
}

sb_time sb_time_from_seconds(double seconds)
{
    double flicks = seconds * (double)SB_TIME_SECOND;
    if (!(fabs(flicks) < 9.2e18))
        return SB_TIME_NONE;
    return llround(flicks);
}

double sb_time_to_seconds(sb_time t)
{
    return t == SB_TIME_NONE ? NAN : (double)t / (double)SB_TIME_SECOND;
}

/* Converts digits to flicks without floating point, so that the value is exact. */
static const char *read_seconds_part(const char *text, int64_t *whole, sb_time *fraction)
{
    if (*text < '0' || *text > '9')
        return NULL;
    int64_t n = 0;
    for (; *text >= '0' && *text <= '9'; text++) {
        n = n * 10 + (*text - '0');
        if (n > INT64_C(10000000000))
            return NULL;
    }
    *whole = n;
    *fraction = 0;
    if (*text != '.' && *text != ',')
        return text;
    int64_t scale = 1, digits = 0;
    for (text++; *text >= '0' && *text <= '9'; text++) {
        if (scale < INT64_C(1000000000000)) {
            digits = digits * 10 + (*text - '0');
            scale *= 10;
        }
    }
    *fraction = (sb_time)divide_rounded((__int128)digits * SB_TIME_SECOND, scale);
    return text;
}

static const char *skip_leading_blanks(const char *text)
{
    while (*text == ' ' || *text == '\t')
        text++;
    return text;
}

typedef struct time_unit {
    const char *name;
    sb_time length;
} time_unit;

#define MINUTE (60 * SB_TIME_SECOND)
#define HOUR   (60 * MINUTE)

/* Every unit is followed by smaller ones. */
static const time_unit time_units[] = {
    {"h", HOUR},
    {"hr", HOUR},
    {"hrs", HOUR},
    {"hour", HOUR},
    {"hours", HOUR},
    {"m", MINUTE},
    {"min", MINUTE},
    {"mins", MINUTE},
    {"minute", MINUTE},
    {"minutes", MINUTE},
    {"'", MINUTE},
    {"\xe2\x80\x99", MINUTE}, /* right single quotation mark */
    {"\xe2\x80\xb2", MINUTE}, /* prime */
    {"s", SB_TIME_SECOND},
    {"sec", SB_TIME_SECOND},
    {"secs", SB_TIME_SECOND},
    {"second", SB_TIME_SECOND},
    {"seconds", SB_TIME_SECOND},
    {"\"", SB_TIME_SECOND},
    {"\xe2\x80\x9d", SB_TIME_SECOND}, /* right double quotation mark */
    {"\xe2\x80\xb3", SB_TIME_SECOND}, /* double prime */
    {"ms", SB_TIME_MS},
    {"msec", SB_TIME_MS},
    {"msecs", SB_TIME_MS},
    {"millisecond", SB_TIME_MS},
    {"milliseconds", SB_TIME_MS},
};

static bool same_word(const char *name, const char *text, size_t length)
{
    for (size_t i = 0; i < length; i++) {
        bool is_capital = text[i] >= 'A' && text[i] <= 'Z';
        if (!name[i] || (is_capital ? text[i] + ('a' - 'A') : text[i]) != name[i])
            return false;
    }
    return !name[length];
}

/* Returns the length of the unit at `text`; 0 if there is none. */
static sb_time read_unit(const char **text)
{
    size_t length = strcspn(*text, " \t.0123456789");
    for (size_t i = 0; i < sizeof time_units / sizeof *time_units; i++)
        if (same_word(time_units[i].name, *text, length)) {
            *text += length;
            *text += **text == '.'; /* "sec." */
            return time_units[i].length;
        }
    return 0;
}

/* Reads "90", "90 s" or "1h 2m 3.5s", beginning after the first number. A last number without a unit has the
 * next smaller one: "1h30" is an hour and a half. */
static bool read_units(const char *text, int64_t whole, sb_time fraction, sb_time *out)
{
    __int128 sum = 0;
    for (sb_time before = 0;;) {
        text = skip_leading_blanks(text);
        sb_time unit = *text ? read_unit(&text) : before == HOUR ? MINUTE : SB_TIME_SECOND;
        if (!unit || (before && unit >= before))
            return false;
        sum += (__int128)whole * unit + divide_rounded((__int128)fraction * unit, SB_TIME_SECOND);
        text = skip_leading_blanks(text);
        if (!*text)
            break;
        text = fraction ? NULL : read_seconds_part(text, &whole, &fraction);
        if (!text)
            return false;
        before = unit;
    }
    *out = saturate(sum);
    return true;
}

static bool read_clock_time(const char *text, int64_t first, sb_time *out)
{
    int64_t parts[3] = {first}, n = 1;
    sb_time fraction = 0;
    while (*text == ':' && n < 3) {
        text = read_seconds_part(text + 1, &parts[n], &fraction);
        if (!text || parts[n] >= 60 || (fraction && *text == ':'))
            return false;
        n++;
    }
    if (*skip_leading_blanks(text))
        return false;
    __int128 seconds =
        n == 3 ? (__int128)parts[0] * 3600 + parts[1] * 60 + parts[2] : (__int128)parts[0] * 60 + parts[1];
    *out = saturate(seconds * SB_TIME_SECOND + fraction);
    return true;
}

sb_status sb_time_parse(sb_time *out, const char *text, sb_error *err)
{
    const char *at = skip_leading_blanks(text);
    bool negative = *at == '-';
    int64_t whole = 0;
    sb_time fraction = 0, t = 0;
    const char *after = read_seconds_part(at + negative, &whole, &fraction);
    bool good = after && (*after == ':' ? !fraction && read_clock_time(after, whole, &t)
                                        : read_units(after, whole, fraction, &t));
    *out = good ? (negative ? -t : t) : SB_TIME_NONE;
    if (good)
        return SB_OK;
    return sb_error_set(err, SB_ERR_ARGUMENT,
                        "'%.60s' is not a time; write it as 90, 90s, 1500ms, 1:30, 1m30s or 1:02:03.5", text);
}

static int64_t power_of_ten(int n)
{
    int64_t p = 1;
    while (n-- > 0)
        p *= 10;
    return p;
}

static int limit_decimals(int decimals)
{
    return decimals < 0 ? 0 : decimals > 9 ? 9 : decimals;
}

char *sb_time_print(char out[SB_TIME_TEXT], sb_time t, int decimals)
{
    if (t == SB_TIME_NONE)
        return strcpy(out, "-");
    decimals = limit_decimals(decimals);
    int64_t magnitude = t < 0 ? -t : t;
    int64_t seconds = magnitude / SB_TIME_SECOND;
    int64_t rest =
        (int64_t)((__int128)(magnitude % SB_TIME_SECOND) * power_of_ten(decimals) / SB_TIME_SECOND);
    int n = snprintf(out, SB_TIME_TEXT, "%s%02lld:%02lld:%02lld", t < 0 ? "-" : "",
                     (long long)(seconds / 3600), (long long)(seconds / 60 % 60), (long long)(seconds % 60));
    if (decimals)
        snprintf(out + n, (size_t)(SB_TIME_TEXT - n), ".%0*lld", decimals, (long long)rest);
    return out;
}

char *sb_time_print_seconds(char out[SB_TIME_TEXT], sb_time t, int decimals)
{
    if (t == SB_TIME_NONE)
        return strcpy(out, "null");
    decimals = limit_decimals(decimals);
    int64_t scale = power_of_ten(decimals);
    __int128 units = divide_rounded((__int128)(t < 0 ? -(__int128)t : t) * scale, SB_TIME_SECOND);
    int n = snprintf(out, SB_TIME_TEXT, "%s%lld", t < 0 && units ? "-" : "", (long long)(units / scale));
    if (decimals)
        snprintf(out + n, (size_t)(SB_TIME_TEXT - n), ".%0*lld", decimals, (long long)(units % scale));
    return out;
}
