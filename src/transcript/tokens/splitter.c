#include "transcript/tokens/tokens.h"

#include <stdlib.h>
#include <string.h>

#include "base/run/run.h"
#include "base/text/text.h"

static bool is_number(const char *text, size_t size)
{
    for (size_t i = 0; i < size; i++) {
        if (!sb_is_ascii_digit(text[i]) && text[i] != '.')
            return false;
    }
    return size > 0 && sb_is_ascii_digit(text[0]);
}

bool sb_splitter_has_number(const sb_splitter *s)
{
    return is_number(s->part, s->length);
}

bool sb_splitter_has_amount(const sb_splitter *s)
{
    size_t n = s->length;
    while (n > 0 && s->length - n < 2 && s->part[n - 1] >= 'a' && s->part[n - 1] <= 'z')
        n--;
    return is_number(s->part, n);
}

sb_part *sb_splitter_last(const sb_splitter *s)
{
    return s->parts->n_items > s->first_part ? &s->parts->items[s->parts->n_items - 1] : NULL;
}

void sb_splitter_push(sb_splitter *s, const char *text, size_t size, const char *unit)
{
    sb_parts *list = s->parts;
    char *copy = sb_copy_bytes(text, size);
    if (!copy || !sb_grow(&list->items, list->n_items, &list->capacity, sizeof *list->items)) {
        free(copy);
        s->failed = true;
        return;
    }
    list->items[list->n_items++] =
        (sb_part){.text = copy, .word = s->word, .last_word = s->word, .unit = unit, .is_lower = s->is_lower};
    if (list->n_items - 1 > s->first_part)
        list->items[list->n_items - 1].joint = s->joint;
    s->joint = 0;
}

void sb_splitter_push_text(sb_splitter *s, const char *text)
{
    sb_splitter_push(s, text, strlen(text), NULL);
}

void sb_splitter_push_range(sb_splitter *s)
{
    sb_splitter_push_text(s, "to");
    if (!s->failed)
        s->parts->items[s->parts->n_items - 1].is_range = true;
}

/* "22nd" becomes "20" "2nd", because "twenty second" is read like that. */
static bool push_split_second(sb_splitter *s)
{
    size_t n = s->length;
    if (n < 4 || n > 20 || memcmp(s->part + n - 3, "2nd", 3) != 0 || s->part[n - 4] == '1')
        return false;
    for (size_t i = 0; i < n - 3; i++) {
        if (!sb_is_ascii_digit(s->part[i]))
            return false;
    }
    s->part[n - 3] = '0';
    sb_splitter_push(s, s->part, n - 2, NULL);
    sb_splitter_push(s, "2nd", 3, NULL);
    return true;
}

/* "10k" is said "ten thousand", and "$2.5m" "two point five million dollars". "5m" alone may be metres or
 * minutes. */
static bool push_scaled(sb_splitter *s)
{
    static const struct {
        const char *ending, *word;
        bool of_money;
    } scales[] = {{"k", "thousand", false}, {"m", "million", true},   {"mn", "million", false},
                  {"b", "billion", true},   {"bn", "billion", false}, {"tn", "trillion", false}};
    size_t digits = 0;
    while (digits < s->length && (sb_is_ascii_digit(s->part[digits]) || s->part[digits] == '.'))
        digits++;
    if (!is_number(s->part, digits) || digits == s->length)
        return false;
    for (size_t i = 0; i < sizeof scales / sizeof *scales; i++) {
        size_t size = strlen(scales[i].ending);
        if (s->length - digits != size || memcmp(s->part + digits, scales[i].ending, size) != 0 ||
            (scales[i].of_money && !s->unit))
            continue;
        sb_splitter_push(s, s->part, digits, s->unit);
        sb_splitter_push_text(s, scales[i].word);
        return true;
    }
    return false;
}

/* "5kg" is "5" "kg", and "7.30pm" "7.30" "pm". */
static bool push_measure(sb_splitter *s)
{
    size_t digits = sb_measured_number(s->part, s->length);
    if (digits == 0)
        return false;
    sb_splitter_push(s, s->part, digits, NULL);
    sb_splitter_push(s, s->part + digits, s->length - digits, NULL);
    return true;
}

/* Words that are also written as two. The hit of one of them is still the whole word. */
static bool push_two_words(sb_splitter *s)
{
    static const char *const pairs[][2] = {{"can", "not"},  {"all", "right"}, {"any", "more"},
                                           {"any", "time"}, {"a", "while"},   {"a", "lot"}};
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        size_t first = strlen(pairs[i][0]), second = strlen(pairs[i][1]);
        bool is_alright = i == 1 && s->length == 7 && memcmp(s->part, "alright", 7) == 0;
        if (!is_alright && (s->length != first + second || memcmp(s->part, pairs[i][0], first) != 0 ||
                            memcmp(s->part + first, pairs[i][1], second) != 0))
            continue;
        sb_splitter_push_text(s, pairs[i][0]);
        sb_splitter_push_text(s, pairs[i][1]);
        return true;
    }
    return false;
}

void sb_splitter_end(sb_splitter *s)
{
    if (s->length > 0) {
        if (!push_split_second(s) && !push_scaled(s) && !push_measure(s) && !push_two_words(s))
            sb_splitter_push(s, s->part, s->length, sb_splitter_has_number(s) ? s->unit : NULL);
        s->unit = NULL;
    }
    s->length = s->n_chars = 0;
    s->is_initials = s->is_whole = false;
}

void sb_splitter_stop(sb_splitter *s)
{
    if (sb_splitter_last(s))
        sb_splitter_last(s)->stop = SB_STOP_FULL;
}
