#include "transcript/transcript.h"

#include <stdlib.h>
#include <string.h>

#include "base/run/run.h"
#include "base/text/text.h"
#include "transcript/model/model.h"

typedef struct part_list {
    sb_part *items;
    size_t n_items, capacity;
} part_list;

/* A word that is being split. text[from..to) is the part being collected. */
typedef struct splitter {
    part_list *parts;
    char *text;
    size_t size, at;
    char *part;
    size_t length, n_chars;
    bool is_initials;
    const char *unit;
    size_t word, first_part;
    bool failed;
} splitter;

static bool is_ascii_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_word_char(int32_t c)
{
    return c != 0xFFFD && (sb_is_letter(c) || sb_is_digit(c));
}

/* In scripts without blanks, each character is compared separately, so that a phrase is found wherever its words end. */
static bool is_sign(int32_t c)
{
    return sb_is_ideographic(c) || sb_is_unspaced(c);
}

static bool part_is_number(const splitter *s)
{
    for (size_t i = 0; i < s->length; i++) {
        if (!is_ascii_digit(s->part[i]) && s->part[i] != '.')
            return false;
    }
    return s->length > 0;
}

static void push_part(splitter *s, const char *text, size_t size, const char *unit)
{
    part_list *list = s->parts;
    char *copy = sb_copy_bytes(text, size);
    if (!copy || !sb_grow(&list->items, list->n_items, &list->capacity, sizeof *list->items)) {
        free(copy);
        s->failed = true;
        return;
    }
    list->items[list->n_items++] = (sb_part){.text = copy, .word = s->word, .unit = unit};
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

static void end_part(splitter *s)
{
    if (s->length > 0 && !push_split_second(s))
        push_part(s, s->part, s->length, part_is_number(s) ? s->unit : NULL);
    if (s->length > 0)
        s->unit = NULL;
    s->length = s->n_chars = 0;
    s->is_initials = false;
}

static void stop_number(splitter *s)
{
    if (s->parts->n_items > s->first_part)
        s->parts->items[s->parts->n_items - 1].stop = SB_STOP_FULL;
}

static int32_t char_at(const splitter *s, size_t at)
{
    return at < s->size ? sb_utf8_next(s->text, s->size, &at) : 0;
}

static bool digit_at(const splitter *s, size_t at)
{
    return at < s->size && is_ascii_digit(s->text[at]);
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
    return !is_word_char(char_at(s, next));
}

static const char *currency_of(int32_t c)
{
    return c == '$' ? "dollars" : c == 0x20AC ? "euros" : c == 0xA3 ? "pounds" : c == 0xA5 ? "yen" : NULL;
}

static void take_currency(splitter *s, const char *unit)
{
    if (part_is_number(s)) {
        s->unit = unit;
        end_part(s);
    } else {
        end_part(s);
        s->unit = unit;
    }
}

static void take_mark(splitter *s, int32_t c, size_t at)
{
    const char *unit = currency_of(c);
    if (c == '\'')
        return;
    if ((c == ',' && comma_groups(s, at)))
        return;
    if (c == '.' && point_joins_initials(s, at)) {
        s->is_initials = true;
        return;
    }
    if (c == '.' && point_is_decimal(s, at)) {
        s->part[s->length++] = '.';
        return;
    }
    if (unit) {
        take_currency(s, unit);
        return;
    }
    end_part(s);
    if (c == '%')
        push_part(s, "percent", 7, NULL);
    else if (c == '&')
        push_part(s, "and", 3, NULL);
    else if (c != '-')
        stop_number(s);
}

static void take_char(splitter *s)
{
    size_t at = s->at;
    int32_t c = sb_utf8_next(s->text, s->size, &s->at);
    if (!is_word_char(c)) {
        take_mark(s, c, at);
        return;
    }
    if (is_sign(c))
        end_part(s);
    memmove(s->part + s->length, s->text + at, s->at - at);
    s->length += s->at - at;
    s->n_chars++;
    if (is_sign(c))
        end_part(s);
}

/* The end of the word decides whether a number may continue in the next word. */
static void set_stop(splitter *s)
{
    if (s->parts->n_items == s->first_part || s->size == 0)
        return;
    sb_part *last = &s->parts->items[s->parts->n_items - 1];
    char end = s->text[s->size - 1];
    if (end == ',')
        last->stop = SB_STOP_COMMA;
    else if (end > 0 && strchr(".;:!?\"')]}-/", end))
        last->stop = SB_STOP_FULL;
}

static bool opens_with_mark(const char *folded)
{
    return *folded && strchr("\"([{'/", *folded);
}

static bool split_word(part_list *parts, const char *word, size_t index)
{
    char *folded = sb_fold(word);
    splitter s = {.parts = parts, .text = folded, .word = index, .first_part = parts->n_items};
    if (!folded)
        return false;
    s.size = strlen(folded);
    s.part = malloc(s.size + 1);
    s.failed = !s.part;
    if (parts->n_items > 0 && opens_with_mark(folded))
        parts->items[parts->n_items - 1].stop = SB_STOP_FULL;
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

static bool push_token(sb_tokens *out, const char *text, size_t first_word, size_t last_word)
{
    char *copy = sb_copy_text(text, NULL);
    if (!copy || !sb_push_room(&out->items, out->n_items, sizeof *out->items)) {
        free(copy);
        return false;
    }
    out->items[out->n_items++] = (sb_token){copy, first_word, last_word};
    return true;
}

/* Returns one spelling for words that are written in two ways. */
static const char *common_spelling(const char *text)
{
    static const char *const pairs[][2] = {
        {"dollar", "dollars"}, {"euro", "euros"}, {"pound", "pounds"}, {"ok", "okay"}};
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        if (strcmp(text, pairs[i][0]) == 0)
            return pairs[i][1];
    }
    return text;
}

/* Adds the token or tokens that begin at parts[at]: a number with its unit, or the part itself. */
static bool push_tokens_at(sb_tokens *out, const part_list *parts, size_t at, size_t *n_used)
{
    char number[SB_NUMBER_TEXT];
    size_t used = sb_number_read(number, parts->items, parts->n_items, at);
    const sb_part *part = &parts->items[at];
    *n_used = used ? used : 1;
    size_t last_word = parts->items[at + *n_used - 1].word;
    if (!push_token(out, used ? number : common_spelling(part->text), part->word, last_word))
        return false;
    return !part->unit || push_token(out, part->unit, part->word, last_word);
}

sb_status sb_tokens_make(sb_tokens *out, const char *const *words, size_t n_words, sb_error *err)
{
    part_list parts = {0};
    bool ok = true;
    *out = (sb_tokens){0};
    for (size_t i = 0; ok && i < n_words; i++)
        ok = split_word(&parts, words[i], i);
    for (size_t at = 0, used = 0; ok && at < parts.n_items; at += used)
        ok = push_tokens_at(out, &parts, at, &used);
    for (size_t i = 0; i < parts.n_items; i++)
        free(parts.items[i].text);
    free(parts.items);
    if (ok)
        return SB_OK;
    sb_tokens_finish(out);
    return sb_error_set(err, SB_ERR_MEMORY,
                        "not enough memory to compare %zu words; close other programs and try again",
                        n_words);
}

void sb_tokens_finish(sb_tokens *tokens)
{
    for (size_t i = 0; i < tokens->n_items; i++)
        free(tokens->items[i].text);
    free(tokens->items);
    *tokens = (sb_tokens){0};
}
