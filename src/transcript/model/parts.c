#include "transcript/transcript.h"

#include <stdlib.h>
#include <string.h>

#include "base/run/run.h"
#include "base/text/text.h"
#include "base/words/words.h"
#include "transcript/model/model.h"

#define SHARP_SIGN 0x266F
#define DEGREE     0xB0

/* A word that is being split. text[from..to) is the part being collected. */
typedef struct splitter {
    sb_parts *parts;
    char *text;
    size_t size, at;
    char *part;
    size_t length, n_chars;
    bool is_initials;
    bool may_be_negative; /* it begins with a hyphen or a minus sign, not with another dash */
    bool is_whole;        /* one character of a script without blanks, and its marks */
    const char *unit;
    size_t word, first_part;
    bool failed;
} splitter;

static bool is_ascii_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_part_char(int32_t c)
{
    return c != 0xFFFD && (sb_is_letter(c) || sb_is_digit(c));
}

/* In scripts without blanks, each character is compared separately, so that a phrase is found wherever its
 * words end. */
static bool is_sign(int32_t c)
{
    return sb_is_ideographic(c) || sb_is_unspaced(c);
}

static bool is_number(const char *text, size_t size)
{
    for (size_t i = 0; i < size; i++) {
        if (!is_ascii_digit(text[i]) && text[i] != '.')
            return false;
    }
    return size > 0 && is_ascii_digit(text[0]);
}

static bool part_is_number(const splitter *s)
{
    return is_number(s->part, s->length);
}

static sb_part *last_part(const splitter *s)
{
    return s->parts->n_items > s->first_part ? &s->parts->items[s->parts->n_items - 1] : NULL;
}

static void push_part(splitter *s, const char *text, size_t size, const char *unit)
{
    sb_parts *list = s->parts;
    char *copy = sb_copy_bytes(text, size);
    if (!copy || !sb_grow(&list->items, list->n_items, &list->capacity, sizeof *list->items)) {
        free(copy);
        s->failed = true;
        return;
    }
    list->items[list->n_items++] =
        (sb_part){.text = copy, .word = s->word, .last_word = s->word, .unit = unit};
}

static void push_text(splitter *s, const char *text)
{
    push_part(s, text, strlen(text), NULL);
}

/* "22nd" becomes "20" "2nd", because "twenty second" is read like that. */
static bool push_split_second(splitter *s)
{
    size_t n = s->length;
    if (n < 4 || n > 20 || memcmp(s->part + n - 3, "2nd", 3) != 0 || s->part[n - 4] == '1')
        return false;
    for (size_t i = 0; i < n - 3; i++) {
        if (!is_ascii_digit(s->part[i]))
            return false;
    }
    s->part[n - 3] = '0';
    push_part(s, s->part, n - 2, NULL);
    push_part(s, "2nd", 3, NULL);
    return true;
}

/* "10k" is said "ten thousand", and "$2.5m" "two point five million dollars". "5m" alone may be metres or
 * minutes. */
static bool push_scaled(splitter *s)
{
    static const struct {
        const char *ending, *word;
        bool of_money;
    } scales[] = {{"k", "thousand", false}, {"m", "million", true},   {"mn", "million", false},
                  {"b", "billion", true},   {"bn", "billion", false}, {"tn", "trillion", false}};
    size_t digits = 0;
    while (digits < s->length && (is_ascii_digit(s->part[digits]) || s->part[digits] == '.'))
        digits++;
    if (!is_number(s->part, digits) || digits == s->length)
        return false;
    for (size_t i = 0; i < sizeof scales / sizeof *scales; i++) {
        size_t size = strlen(scales[i].ending);
        if (s->length - digits != size || memcmp(s->part + digits, scales[i].ending, size) != 0 ||
            (scales[i].of_money && !s->unit))
            continue;
        push_part(s, s->part, digits, s->unit);
        push_text(s, scales[i].word);
        return true;
    }
    return false;
}

/* "7.30" before "pm" is "7" "30". */
static void split_clock_time(splitter *s)
{
    sb_part *hour = s->parts->n_items > 0 ? &s->parts->items[s->parts->n_items - 1] : NULL;
    if (!hour || hour->stop != SB_STOP_NONE || !sb_is_clock_time(hour->text))
        return;
    char *point = strchr(hour->text, '.');
    size_t word = s->word;
    s->word = hour->word;
    *point = '\0';
    push_part(s, point + 1, 2, NULL);
    s->word = word;
}

static bool is_half_of_day(const char *text, size_t size)
{
    return size == 2 && (text[0] == 'a' || text[0] == 'p') && text[1] == 'm';
}

/* "5kg" is "5" "kilograms", and "7.30pm" "7" "30" "pm". */
static bool push_measure(splitter *s)
{
    size_t digits = sb_measured_number(s->part, s->length), size = s->length - digits;
    const char *said = sb_unit_said(s->part + digits, size);
    if (!said)
        return false;
    if (digits > 0)
        push_part(s, s->part, digits, NULL);
    if (is_half_of_day(s->part + digits, size))
        split_clock_time(s);
    push_text(s, said);
    return true;
}

/* Words that are also written as two. The hit of one of them is still the whole word. */
static bool push_two_words(splitter *s)
{
    static const char *const pairs[][2] = {{"can", "not"},  {"all", "right"}, {"any", "more"},
                                           {"any", "time"}, {"a", "while"},   {"a", "lot"}};
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        size_t first = strlen(pairs[i][0]), second = strlen(pairs[i][1]);
        bool is_alright = i == 1 && s->length == 7 && memcmp(s->part, "alright", 7) == 0;
        if (!is_alright && (s->length != first + second || memcmp(s->part, pairs[i][0], first) != 0 ||
                            memcmp(s->part + first, pairs[i][1], second) != 0))
            continue;
        push_text(s, pairs[i][0]);
        push_text(s, pairs[i][1]);
        return true;
    }
    return false;
}

static bool digit_at(const splitter *s, size_t at)
{
    return at < s->size && is_ascii_digit(s->text[at]);
}

static void end_part(splitter *s)
{
    if (s->length > 0) {
        if (!push_split_second(s) && !push_scaled(s) && !push_measure(s) && !push_two_words(s))
            push_part(s, s->part, s->length, part_is_number(s) ? s->unit : NULL);
        s->unit = NULL;
    }
    s->length = s->n_chars = 0;
    s->is_initials = s->is_whole = false;
}

static void stop_number(splitter *s)
{
    if (last_part(s))
        last_part(s)->stop = SB_STOP_FULL;
}

static int32_t split_char_at(const splitter *s, size_t at)
{
    return at < s->size ? sb_utf8_next(s->text, s->size, &at) : 0;
}

/* True if the comma at `at` groups thousands: "2,500,000". */
static bool comma_groups(const splitter *s, size_t at)
{
    return part_is_number(s) && digit_at(s, at + 1) && digit_at(s, at + 2) && digit_at(s, at + 3) &&
           !digit_at(s, at + 4);
}

/* True if the point at `at` is decimal: "3.14". */
static bool point_is_decimal(const splitter *s, size_t at)
{
    return part_is_number(s) && !memchr(s->part, '.', s->length) && digit_at(s, at + 1);
}

/* True if the point at `at` is between initials: "U.S.", "e.g.". */
static bool point_joins_initials(const splitter *s, size_t at)
{
    if (s->n_chars != 1 && !s->is_initials)
        return false;
    size_t next = at + 1;
    if (next >= s->size || !sb_is_letter(sb_utf8_next(s->text, s->size, &next)))
        return false;
    return !is_part_char(split_char_at(s, next));
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

/* True if the part is "2.5" or "2.5m", to which a sign after it belongs. */
static bool part_is_amount(const splitter *s)
{
    size_t n = s->length;
    while (n > 0 && s->length - n < 2 && s->part[n - 1] >= 'a' && s->part[n - 1] <= 'z')
        n--;
    return is_number(s->part, n);
}

static void take_currency(splitter *s, const char *unit)
{
    if (part_is_amount(s)) {
        s->unit = unit;
        end_part(s);
    } else {
        end_part(s);
        s->unit = unit;
    }
}

static bool word_follows(const splitter *s, size_t at)
{
    return is_part_char(split_char_at(s, at));
}

/* True if nothing but opening marks is before `at`. */
static bool is_at_front(const splitter *s, size_t at)
{
    for (size_t i = 0; i < at; i++) {
        if (!strchr("\"'([{", s->text[i]))
            return false;
    }
    return true;
}

static void take_point(splitter *s, size_t at)
{
    size_t end = at + 1;
    while (end < s->size && s->text[end] >= 'a' && s->text[end] <= 'z')
        end++;
    bool is_front = is_at_front(s, at);
    bool is_name = !word_follows(s, end) && sb_is_dot_name(s->text + at + 1, end - at - 1, !is_front);
    end_part(s);
    if (is_name && (is_front || last_part(s)))
        s->part[s->length++] = '.';
    else if (is_front && digit_at(s, at + 1)) {
        memcpy(s->part, "0.", 2);
        s->length = 2;
    } else
        stop_number(s);
}

/* The letter of "C#". "A sharp turn" and "I" are words. */
static bool part_is_key(const splitter *s)
{
    return s->n_chars == 1 && s->length == 1 && s->part[0] >= 'b' && s->part[0] <= 'z' && s->part[0] != 'i';
}

static void take_hash(splitter *s, size_t at)
{
    size_t next = at + (s->text[at] == '#' ? 1 : 3);
    bool goes_on = word_follows(s, next);
    if (part_is_key(s) && !goes_on) {
        s->part[s->length++] = '#';
        end_part(s);
        return;
    }
    end_part(s);
    if (goes_on)
        push_text(s, digit_at(s, next) ? "number" : "hashtag");
    else
        stop_number(s);
}

static void take_plus(splitter *s, size_t at)
{
    bool is_double = at + 1 < s->size && s->text[at + 1] == '+';
    if (is_double && s->length > 0 && !part_is_number(s)) {
        memcpy(s->part + s->length, "++", 2);
        s->length += 2;
        s->at = at + 2;
        end_part(s);
        return;
    }
    end_part(s);
    push_text(s, "plus");
}

static void push_range(splitter *s)
{
    push_text(s, "to");
    if (!s->failed)
        s->parts->items[s->parts->n_items - 1].is_range = true;
}

static void take_dash(splitter *s, size_t at)
{
    bool is_front = is_at_front(s, at),
         goes_on = digit_at(s, at + 1) || currency_of(split_char_at(s, at + 1));
    end_part(s);
    if (is_front && goes_on && s->may_be_negative)
        push_text(s, "minus");
    else if (last_part(s) && goes_on)
        push_range(s);
}

static void take_degree(splitter *s)
{
    size_t letter = s->at;
    end_part(s);
    push_text(s, "degrees");
    if (letter < s->size && !word_follows(s, letter + 1) && strchr("cf", s->text[letter])) {
        push_text(s, s->text[letter] == 'c' ? "celsius" : "fahrenheit");
        s->at = letter + 1;
    }
}

/* Returns true if a sign is said as a word. */
static bool take_said_sign(splitter *s, int32_t c, size_t at)
{
    switch (c) {
    case '%':
        end_part(s);
        push_text(s, "percent");
        return true;
    case '&':
        end_part(s);
        push_text(s, "and");
        return true;
    case '@':
        end_part(s);
        push_text(s, "at");
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
static bool slash_is_speed(const splitter *s, size_t at)
{
    bool is_km = s->length >= 2 && memcmp(s->part + s->length - 2, "km", 2) == 0;
    return is_km && at + 1 < s->size && s->text[at + 1] == 'h' && !word_follows(s, at + 2);
}

/* "l'été": both words are searched. */
static bool apostrophe_elides(const splitter *s, size_t at)
{
    int32_t next = split_char_at(s, at + 1);
    return next > 0 && next < 0x80 && strchr("aeiouyh", next) && word_follows(s, at + 2) &&
           sb_is_elision(s->part, s->length);
}

static void take_mark(splitter *s, int32_t c, size_t at)
{
    if (c == '\'' && apostrophe_elides(s, at)) {
        end_part(s);
        return;
    }
    if (c == '\'' || (c == '/' && slash_is_speed(s, at)) || (c == ',' && comma_groups(s, at)))
        return;
    if (c == '.' && point_joins_initials(s, at)) {
        s->is_initials = true;
        return;
    }
    if (c == '.' && point_is_decimal(s, at)) {
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
    end_part(s);
    stop_number(s);
}

static void take_char(splitter *s)
{
    size_t at = s->at;
    int32_t c = sb_utf8_next(s->text, s->size, &s->at);
    if (s->is_whole && !sb_is_mark(c))
        end_part(s);
    if (!is_part_char(c)) {
        take_mark(s, c, at);
        return;
    }
    if (is_sign(c) && !s->is_whole) {
        end_part(s);
        s->is_whole = true;
    }
    memmove(s->part + s->length, s->text + at, s->at - at);
    s->length += s->at - at;
    s->n_chars++;
}

/* The end of the word decides whether a number may continue in the next word. */
static void set_stop(splitter *s)
{
    if (!last_part(s) || s->size == 0)
        return;
    char end = s->text[s->size - 1];
    if (end == ',')
        last_part(s)->stop = SB_STOP_COMMA;
    else if (end > 0 && strchr(".;:!?\"')]}-/", end))
        last_part(s)->stop = SB_STOP_FULL;
    last_part(s)->has_point = end == '.';
}

static bool opens_with_mark(const char *folded)
{
    return *folded && strchr("\"([{'/", *folded);
}

/* Writes "3½" as "3.5", and "½" as "half". Folded, they would be "31/2" and "1/2". */
static char *spell_fractions(const char *word)
{
    static const struct {
        const char *sign, *decimals, *words;
    } fractions[] = {{"½", ".5", " half "},
                     {"¼", ".25", " quarter "},
                     {"¾", ".75", " three quarters "},
                     {"⅓", " 1/3 ", " third "},
                     {"⅔", " 2/3 ", " two thirds "}};
    sb_bytes out = {0};
    const char *rest = word;
    while (*rest) {
        size_t i = 0, n = sizeof fractions / sizeof *fractions;
        while (i < n && strncmp(rest, fractions[i].sign, strlen(fractions[i].sign)) != 0)
            i++;
        bool after_digit = rest > word && is_ascii_digit(rest[-1]);
        if (i == n)
            sb_bytes_append(&out, rest++, 1);
        else {
            sb_bytes_text(&out, after_digit ? fractions[i].decimals : fractions[i].words);
            rest += strlen(fractions[i].sign);
        }
    }
    sb_bytes_text(&out, "");
    char *folded = out.failed ? NULL : sb_fold(out.data);
    sb_bytes_finish(&out);
    return folded;
}

/* "10 – 15": the dash between two numbers is a word of its own. A long one is punctuation. */
static bool is_range_word(const sb_parts *parts, const char *word, const char *folded)
{
    return strcmp(folded, "-") == 0 && strcmp(word, "—") != 0 && parts->n_items > 0 &&
           parts->items[parts->n_items - 1].stop == SB_STOP_NONE;
}

bool sb_parts_add_word(sb_parts *parts, const char *word, size_t index)
{
    char *folded = strpbrk(word, "\xC2\xE2") ? spell_fractions(word) : sb_fold(word);
    splitter s = {.parts = parts,
                  .text = folded,
                  .word = index,
                  .first_part = parts->n_items,
                  .may_be_negative = word[0] == '-' || strncmp(word, "\u2212", 3) == 0};
    if (!folded)
        return false;
    s.size = strlen(folded);
    s.part = malloc(s.size + 4);
    s.failed = !s.part;
    if (parts->n_items > 0 && opens_with_mark(folded))
        parts->items[parts->n_items - 1].stop = SB_STOP_FULL;
    if (!s.failed && is_range_word(parts, word, folded)) {
        push_range(&s);
        s.size = 0;
    }
    while (!s.failed && s.at < s.size)
        take_char(&s);
    if (!s.failed) {
        end_part(&s);
        set_stop(&s);
    }
    free(s.part);
    free(folded);
    return !s.failed;
}

void sb_parts_finish(sb_parts *parts)
{
    for (size_t i = 0; i < parts->n_items; i++)
        free(parts->items[i].text);
    free(parts->items);
    *parts = (sb_parts){0};
}
