#include <string.h>

#include "base/text/text.h"
#include "transcript/cues/cues.h"

#define MAX_GROUPS     4
#define MAX_TIME_BYTES 160 /* of a line, in which both times must end */
#define MAX_DIGITS     9

/* Runs of digits, and the marks between them: "00.00.01,250", "0h 1m 2.5s". */
typedef struct loose_time {
    int64_t value[MAX_GROUPS];
    size_t digits[MAX_GROUPS];
    char mark[MAX_GROUPS]; /* above each run: ':', '.', ...; 0 for the first */
    char unit[MAX_GROUPS]; /* 'h', 'm', 's'; 0: none */
    size_t n, end;
} loose_time;

static size_t char_length(const char *text, size_t at, size_t end, int32_t *c)
{
    size_t next = at;
    *c = at < end ? sb_utf8_next(text, end, &next) : 0;
    return next - at;
}

static size_t skip_blanks_and_invisible(const char *text, size_t at, size_t end)
{
    int32_t c;
    for (size_t n; (n = char_length(text, at, end, &c)) > 0 && (sb_is_space(c) || sb_is_invisible(c));)
        at += n;
    return at;
}

static size_t skip_among(const char *text, size_t at, size_t end, const char *marks)
{
    int32_t c;
    for (size_t n; (n = char_length(text, at, end, &c)) > 0 &&
                   (sb_is_space(c) || sb_is_invisible(c) || sb_utf8_has(marks, c));)
        at += n;
    return at;
}

/* Returns the value of the digit at text[at], or -1. Scanned captions have letters in place of 0 and 1. */
static int digit_at(const char *text, size_t at, size_t end, size_t *length)
{
    static const int32_t zeros[] = {'0', 0x660, 0x6F0, 0x966, 0x9E6, 0xE50, 0xFF10};
    int32_t c;
    *length = char_length(text, at, end, &c);
    for (size_t i = 0; i < sizeof zeros / sizeof *zeros; i++) {
        if (c >= zeros[i] && c < zeros[i] + 10)
            return (int)(c - zeros[i]);
    }
    return c == 'O' || c == 'o' ? 0 : c == 'l' || c == 'I' ? 1 : -1;
}

static bool is_digit_at(const char *text, size_t at, size_t end)
{
    size_t length;
    return at < end && digit_at(text, at, end, &length) >= 0;
}

/* Returns the mark between two parts of a time, or 0. */
static char mark_at(const char *text, size_t at, size_t end, size_t *length)
{
    if (at >= end)
        return 0;
    if (end - at >= 3 && memcmp(text + at, "\xE2\x80\x99", 3) == 0) {
        *length = 3;
        return '\'';
    }
    char c = sb_narrow_char(text + at, end - at, length);
    return c && strchr(":.,;'_", c) ? c : 0;
}

static char unit_at(const char *text, size_t at, size_t end)
{
    bool ends = at + 1 >= end || !((text[at + 1] | 32) >= 'a' && (text[at + 1] | 32) <= 'z');
    return at < end && strchr("hms", text[at]) && text[at] && ends ? text[at] : 0;
}

static size_t read_digit_group(loose_time *t, const char *text, size_t at, size_t end)
{
    size_t length, i = t->n++;
    t->value[i] = 0;
    t->digits[i] = 0;
    for (int digit; at < end && (digit = digit_at(text, at, end, &length)) >= 0; at += length) {
        if (t->digits[i]++ < MAX_DIGITS)
            t->value[i] = t->value[i] * 10 + digit;
    }
    t->unit[i] = unit_at(text, at, end);
    return at + (t->unit[i] != 0);
}

/* Returns false if there is no run of digits. */
static bool read_groups(loose_time *t, const char *text, size_t at, size_t end)
{
    *t = (loose_time){0};
    while (t->n < MAX_GROUPS && is_digit_at(text, at, end)) {
        size_t length;
        at = t->end = read_digit_group(t, text, at, end);
        size_t next = skip_blanks_and_invisible(text, at, end);
        char mark = mark_at(text, next, end, &length);
        if (t->unit[t->n - 1] && is_digit_at(text, next, end)) {
            at = next;
            continue;
        }
        if (!mark || t->n == MAX_GROUPS || t->unit[t->n - 1])
            break;
        t->end = next + length;
        next = skip_blanks_and_invisible(text, t->end, end);
        if (next + 1 < end && text[next] == '-' && is_digit_at(text, next + 1, end))
            next++;
        if (!is_digit_at(text, next, end))
            break;
        t->mark[t->n] = mark;
        at = next;
    }
    return t->n > 0;
}

static sb_time fraction_of(const loose_time *t, size_t i)
{
    sb_time power = 1;
    for (size_t n = 0; n < t->digits[i] && n < MAX_DIGITS; n++)
        power *= 10;
    return t->value[i] * SB_TIME_SECOND / power;
}

static sb_time clock_of(int64_t hours, int64_t minutes, int64_t seconds, bool has_hours)
{
    if (seconds > 60 || (has_hours && minutes > 59) || hours > 999999 || minutes > 999999)
        return SB_TIME_NONE;
    return (hours * 3600 + minutes * 60 + seconds) * SB_TIME_SECOND;
}

/* "0h 1m 2.5s": the group before "5s" has no unit. */
static sb_time time_of_units(const loose_time *t)
{
    sb_time time = 0;
    for (size_t i = 0; i < t->n; i++) {
        bool is_fraction = i > 0 && !t->unit[i - 1] && strchr(".,", t->mark[i]) && t->unit[i] == 's';
        bool is_whole = !t->unit[i] && i + 1 < t->n && t->unit[i + 1] == 's';
        if (!t->unit[i] && !is_whole)
            return SB_TIME_NONE;
        time += is_fraction ? fraction_of(t, i)
                            : t->value[i] * SB_TIME_SECOND *
                                  (t->unit[i] == 'h'   ? 3600
                                   : t->unit[i] == 'm' ? 60
                                                       : 1);
    }
    return time;
}

static bool is_point(char mark)
{
    return mark && strchr(".,'_", mark);
}

/* Four runs are hours, minutes, seconds and decimals. Three are minutes, seconds and decimals if the last has
 * three digits or another mark above it. Two digits after a colon are frames; without their rate they are not
 * used. */
static sb_time time_of_loose(const loose_time *t, bool *has_frames)
{
    const int64_t *v = t->value;
    const size_t *digits = t->digits;
    for (size_t i = 0; i < t->n; i++) {
        if (t->unit[i])
            return time_of_units(t);
    }
    if (t->n == 4) {
        bool is_decimal = is_point(t->mark[3]) || digits[3] > 2;
        sb_time whole = clock_of(v[0], v[1], v[2], true);
        *has_frames = *has_frames || !is_decimal;
        return whole == SB_TIME_NONE || !is_decimal ? whole : whole + fraction_of(t, 3);
    }
    if (t->n == 3 && (digits[2] > 2 || (is_point(t->mark[2]) && !is_point(t->mark[1])))) {
        sb_time whole = clock_of(0, v[0], v[1], false);
        return whole == SB_TIME_NONE ? whole : whole + fraction_of(t, 2);
    }
    if (t->n == 3)
        return clock_of(v[0], v[1], v[2], true);
    if (t->n == 2 && (t->mark[1] == '.' || t->mark[1] == ','))
        return v[0] * SB_TIME_SECOND + fraction_of(t, 1);
    return t->n == 2 && t->mark[1] == ':' ? clock_of(0, v[0], v[1], false) : SB_TIME_NONE;
}

typedef enum arrow_kind { ARROW_NONE, ARROW_WEAK, ARROW_STRONG } arrow_kind;

/* An arrow in any spelling is strong. A dash, "to" or ">" alone is weak. */
static arrow_kind skip_arrow(const char *text, size_t *at, size_t end)
{
    size_t begin = skip_among(text, *at, end, "])}\"”"), next = begin;
    int32_t c;
    size_t n = char_length(text, begin, end, &c);
    *at = begin + n;
    if (sb_utf8_has("→⟶⇒⟹➔➜➝➞➡►▶↦⭢", c))
        return ARROW_STRONG;
    if (end - begin > 2 && memcmp(text + begin, "to", 2) == 0) {
        *at = begin + 2;
        return ARROW_WEAK;
    }
    next = skip_among(text, begin, end, "-=–—−―ー－─~＝_.");
    bool has_dash = next > begin, has_point = false;
    for (;;) {
        n = end - next >= 4 && memcmp(text + next, "&gt;", 4) == 0 ? 4 : char_length(text, next, end, &c);
        if (n == 0 || (n != 4 && !sb_utf8_has(">›»＞〉", c)))
            break;
        has_point = true;
        next += n;
    }
    *at = next;
    return has_dash && has_point ? ARROW_STRONG : has_dash || has_point ? ARROW_WEAK : ARROW_NONE;
}

static bool has_milliseconds(const loose_time *t)
{
    return t->n >= 3 && t->digits[t->n - 1] == 3;
}

/* Reads times from `at` on. */
static bool read_at(sb_cue *out, sb_cue_repair *repair, const char *text, size_t at, size_t end)
{
    loose_time start, stop;
    bool has_frames = false;
    if (!read_groups(&start, text, at, end))
        return false;
    size_t next = start.end;
    arrow_kind arrow = skip_arrow(text, &next, end);
    next = skip_among(text, next, end, "[({\"“");
    if (arrow == ARROW_NONE || !read_groups(&stop, text, next, end))
        return false;
    size_t rest = skip_among(text, stop.end, end, "])}\"”");
    if (arrow == ARROW_WEAK && (rest < end || !has_milliseconds(&start) || !has_milliseconds(&stop)))
        return false;
    out->start = time_of_loose(&start, &has_frames);
    out->end = time_of_loose(&stop, &has_frames);
    if (out->start == SB_TIME_NONE || out->end == SB_TIME_NONE)
        return false;
    out->start_range = (sb_range){at, start.end - at};
    out->end_range = (sb_range){next, stop.end - next};
    out->text = (sb_range){rest, end - rest};
    repair->is_weak = arrow == ARROW_WEAK;
    repair->shows_times = true;
    repair->at = at;
    repair->what = has_frames ? "the cue times have frames, which are not used without their rate; read as"
                              : "the cue times are misspelled; read as";
    return true;
}

/* Returns the position after an index such as "12", "12." or "12)" and the blanks after it; `at` if there is
 * none. */
static size_t skip_index(const char *text, size_t at, size_t end)
{
    size_t next = at;
    while (next < end && text[next] >= '0' && text[next] <= '9')
        next++;
    if (next == at)
        return at;
    next += next < end && strchr(".)", text[next]) && text[next];
    size_t after = skip_blanks_and_invisible(text, next, end);
    return after > next ? skip_among(text, after, end, "[({\"“") : at;
}

bool sb_cue_read_loose(sb_cue *out, sb_cue_repair *repair, const char *text, const sb_line *line)
{
    size_t end = line->at + line->length;
    size_t most =
        line->length < MAX_TIME_BYTES ? end : line->at + sb_utf8_cut(text + line->at, MAX_TIME_BYTES);
    size_t at = skip_among(text, line->at, most, "#[({\"“");
    sb_cue cue = *out;
    if (!is_digit_at(text, at, most))
        return false;
    size_t after = skip_index(text, at, most);
    repair->has_index = after > at && read_at(&cue, repair, text, after, most);
    if (!repair->has_index && !read_at(&cue, repair, text, at, most))
        return false;
    if (repair->has_index)
        repair->what = "the cue's number is on the line of its times; read as";
    if (cue.end < cue.start)
        return false;
    if (end > most) /* the rest of a long line is text */
        cue.text.length = end - cue.text.at;
    *out = cue;
    return true;
}
