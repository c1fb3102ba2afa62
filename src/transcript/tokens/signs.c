#include "transcript/tokens/tokens.h"

#include <string.h>

#include "base/text/text.h"
#include "transcript/model/model.h"

#define SHARP_SIGN 0x266F
#define DEGREE     0xB0

bool sb_is_part_char(int32_t c)
{
    return c != 0xFFFD && (sb_is_letter(c) || sb_is_digit(c));
}

static bool digit_at(const sb_splitter *s, size_t at)
{
    return at < s->size && sb_is_ascii_digit(s->text[at]);
}

static int32_t split_char_at(const sb_splitter *s, size_t at)
{
    return at < s->size ? sb_utf8_next(s->text, s->size, &at) : 0;
}

/* True if the comma at `at` groups thousands: "2,500,000", not "0,125". */
static bool comma_groups(const sb_splitter *s, size_t at)
{
    return sb_splitter_has_number(s) && s->part[0] != '0' && digit_at(s, at + 1) && digit_at(s, at + 2) &&
           digit_at(s, at + 3) && !digit_at(s, at + 4);
}

/* True if the point at `at` is decimal: "3.14". */
static bool point_is_decimal(const sb_splitter *s, size_t at)
{
    return sb_splitter_has_number(s) && !memchr(s->part, '.', s->length) && digit_at(s, at + 1);
}

/* True if the comma at `at`, which does not group thousands, is decimal: "1,5". "1,2,3" is a list. */
static bool comma_is_decimal(const sb_splitter *s, size_t at)
{
    size_t end = at + 1, begin = at;
    while (digit_at(s, end))
        end++;
    while (begin > 0 && digit_at(s, begin - 1))
        begin--;
    bool goes_on = end < s->size && strchr(",.", s->text[end]) && digit_at(s, end + 1);
    return sb_splitter_has_number(s) && end > at + 1 && !goes_on &&
           (begin == 0 || !strchr(",.", s->text[begin - 1]));
}

/* True if the point at `at` is between initials: "U.S.", "e.g.". */
static bool point_joins_initials(const sb_splitter *s, size_t at)
{
    if (s->n_chars != 1 && !s->is_initials)
        return false;
    size_t next = at + 1;
    if (next >= s->size || !sb_is_letter(sb_utf8_next(s->text, s->size, &next)))
        return false;
    return !sb_is_part_char(split_char_at(s, next));
}

static const char *currency_of(int32_t c)
{
    static const struct {
        int32_t sign;
        const char *unit;
    } signs[] = {{'$', "dollars"},   {0x20AC, "euros"},  {0xA3, "pounds"}, {0xA5, "yen"},
                 {0x20B9, "rupees"}, {0x20BD, "rubles"}, {0x20A9, "won"},  {0x20BA, "lira"}};
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++) {
        if (signs[i].sign == c)
            return signs[i].unit;
    }
    return NULL;
}

static void take_currency(sb_splitter *s, const char *unit)
{
    if (sb_splitter_has_amount(s)) {
        s->unit = unit;
        sb_splitter_end(s);
    } else {
        sb_splitter_end(s);
        s->unit = unit;
    }
}

static bool word_follows(const sb_splitter *s, size_t at)
{
    return sb_is_part_char(split_char_at(s, at));
}

/* True if nothing but opening marks is before `at`. */
static bool is_at_front(const sb_splitter *s, size_t at)
{
    for (size_t i = 0; i < at; i++) {
        if (!strchr("\"'([{", s->text[i]))
            return false;
    }
    return true;
}

static void take_point(sb_splitter *s, size_t at)
{
    size_t end = at + 1;
    while (end < s->size && s->text[end] >= 'a' && s->text[end] <= 'z')
        end++;
    bool is_front = is_at_front(s, at);
    bool is_name = !word_follows(s, end) && sb_is_dot_name(s->text + at + 1, end - at - 1, !is_front);
    sb_splitter_end(s);
    if (is_name && (is_front || sb_splitter_last(s)))
        s->part[s->length++] = '.';
    else if (is_front && digit_at(s, at + 1)) {
        memcpy(s->part, "0.", 2);
        s->length = 2;
    } else
        sb_splitter_stop(s);
}

/* The letter of "C#". "A sharp turn" and "I" are words. */
static bool part_is_key(const sb_splitter *s)
{
    return s->n_chars == 1 && s->length == 1 && s->part[0] >= 'b' && s->part[0] <= 'z' && s->part[0] != 'i';
}

static void take_hash(sb_splitter *s, size_t at)
{
    size_t next = at + (s->text[at] == '#' ? 1 : 3);
    bool goes_on = word_follows(s, next);
    if (part_is_key(s) && !goes_on) {
        s->part[s->length++] = '#';
        sb_splitter_end(s);
        return;
    }
    sb_splitter_end(s);
    if (goes_on)
        sb_splitter_push_text(s, digit_at(s, next) ? "number" : "hashtag");
    else
        sb_splitter_stop(s);
}

static void take_plus(sb_splitter *s, size_t at)
{
    bool is_double = at + 1 < s->size && s->text[at + 1] == '+';
    if (is_double && s->length > 0 && !sb_splitter_has_number(s)) {
        memcpy(s->part + s->length, "++", 2);
        s->length += 2;
        s->at = at + 2;
        sb_splitter_end(s);
        return;
    }
    bool is_of_name = s->length > 0 && !sb_is_ascii_digit(s->part[0]) && !word_follows(s, at + 1);
    if (is_of_name) { /* "Radio+", and "Radio+'s" */
        s->part[s->length++] = '+';
        if (at + 1 == s->size || s->text[at + 1] != '\'')
            sb_splitter_end(s);
        return;
    }
    sb_splitter_end(s);
    sb_splitter_push_text(s, "plus");
}

static void take_dash(sb_splitter *s, size_t at)
{
    bool is_front = is_at_front(s, at),
         goes_on = digit_at(s, at + 1) || currency_of(split_char_at(s, at + 1));
    if (s->is_grade && s->length == 1)
        s->part[s->length++] = '-';
    sb_splitter_end(s);
    if (is_front && goes_on && s->may_be_negative)
        sb_splitter_push_text(s, "minus");
    else if (sb_splitter_last(s) && goes_on)
        sb_splitter_push_range(s);
}

static void take_degree(sb_splitter *s)
{
    size_t letter = s->at;
    sb_splitter_end(s);
    sb_splitter_push_text(s, "degrees");
    if (letter < s->size && !word_follows(s, letter + 1) && strchr("cf", s->text[letter])) {
        sb_splitter_push_text(s, s->text[letter] == 'c' ? "celsius" : "fahrenheit");
        s->at = letter + 1;
    }
}

/* Returns true if a sign is said as a word. */
static bool take_said_sign(sb_splitter *s, int32_t c, size_t at)
{
    switch (c) {
    case '%':
        sb_splitter_end(s);
        sb_splitter_push_text(s, "percent");
        return true;
    case '&':
        sb_splitter_end(s);
        sb_splitter_push_text(s, "and");
        return true;
    case '@':
        sb_splitter_end(s);
        sb_splitter_push_text(s, "at");
        return true;
    case '#':
    case SHARP_SIGN:
        take_hash(s, at);
        return true;
    case '+':
        take_plus(s, at);
        return true;
    case '-':
        take_dash(s, at);
        return true;
    case DEGREE:
        take_degree(s);
        return true;
    default:
        return false;
    }
}

/* The slash of "km/h". */
static bool slash_is_speed(const sb_splitter *s, size_t at)
{
    bool is_km = s->length >= 2 && memcmp(s->part + s->length - 2, "km", 2) == 0;
    return is_km && at + 1 < s->size && s->text[at + 1] == 'h' && !word_follows(s, at + 2);
}

/* True if the colon at `at` is that of "7:30". */
static bool hour_ends(const sb_splitter *s, size_t at)
{
    return s->length <= 2 && sb_splitter_has_number(s) && digit_at(s, at + 1) && s->text[at + 1] < '6' &&
           digit_at(s, at + 2) && !digit_at(s, at + 3);
}

/* "l'été": both words are searched. */
static bool apostrophe_elides(const sb_splitter *s, size_t at)
{
    int32_t next = split_char_at(s, at + 1);
    return next > 0 && next < 0x80 && strchr("aeiouyh", next) && word_follows(s, at + 2) &&
           sb_is_elision(s->part, s->length);
}

void sb_splitter_take_sign(sb_splitter *s, int32_t c, size_t at)
{
    if (c == '\'' && apostrophe_elides(s, at)) {
        sb_splitter_end(s);
        return;
    }
    if (c == '\'' || (c == '/' && slash_is_speed(s, at)) || (c == ',' && comma_groups(s, at)))
        return;
    if (c == '.' && point_joins_initials(s, at)) {
        s->is_initials = true;
        return;
    }
    if ((c == '.' && point_is_decimal(s, at)) || (c == ',' && comma_is_decimal(s, at))) {
        s->part[s->length++] = '.';
        return;
    }
    if (c == '.') {
        take_point(s, at);
        return;
    }
    if (currency_of(c)) {
        take_currency(s, currency_of(c));
        return;
    }
    if (take_said_sign(s, c, at))
        return;
    bool is_hour = c == ':' && hour_ends(s, at);
    sb_splitter_end(s);
    sb_splitter_stop(s);
    if (is_hour)
        sb_splitter_last(s)->is_hour = true;
}
