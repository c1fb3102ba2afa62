#include "transcript/model/model.h"

#include <string.h>

/* Abbreviations that are no other words, and what people say for them. */
static const struct {
    const char *written, *said;
} units[] = {{"kg", "kilograms"},   {"kgs", "kilograms"},  {"mg", "milligrams"},  {"km", "kilometers"},
             {"kms", "kilometers"}, {"cm", "centimeters"}, {"mm", "millimeters"}, {"ml", "milliliters"},
             {"lbs", "pounds"},     {"kmh", "kph"},        {"kmph", "kph"},       {"khz", "kilohertz"},
             {"mhz", "megahertz"},  {"ghz", "gigahertz"},  {"kb", "kilobytes"},   {"mb", "megabytes"},
             {"gb", "gigabytes"},   {"tb", "terabytes"},   {"kw", "kilowatts"},   {"kwh", "kilowatthours"},
             {"mw", "megawatts"},   {"hrs", "hours"},      {"mins", "minutes"},   {"secs", "seconds"},
             {"yrs", "years"},      {"mph", "mph"},        {"kph", "kph"},        {"am", "am"},
             {"pm", "pm"}};
#define N_UNITS (sizeof units / sizeof *units)

const char *sb_unit_said(const char *text, size_t size)
{
    for (size_t i = 0; i < N_UNITS; i++) {
        if (strlen(units[i].written) == size && memcmp(units[i].written, text, size) == 0)
            return units[i].said;
    }
    return NULL;
}

static size_t count_digits(const char *text, size_t size)
{
    size_t n = 0;
    while (n < size && text[n] >= '0' && text[n] <= '9')
        n++;
    return n;
}

size_t sb_measured_number(const char *text, size_t size)
{
    size_t n = count_digits(text, size);
    if (n > 0 && n < size && text[n] == '.')
        n += 1 + count_digits(text + n + 1, size - n - 1);
    return n > 0 && sb_unit_said(text + n, size - n) ? n : 0;
}

bool sb_is_clock_time(const char *text)
{
    size_t size = strlen(text), hour = count_digits(text, size);
    return (hour == 1 || hour == 2) && size == hour + 3 && text[hour] == '.' &&
           count_digits(text + hour + 1, 2) == 2 && text[hour + 1] < '6';
}
