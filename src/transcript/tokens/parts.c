#include "transcript/tokens/tokens.h"

#include <stdlib.h>
#include <string.h>

#include "base/run/run.h"
#include "base/text/text.h"
#include "base/words/words.h"

/* In scripts without blanks, each character is compared separately, so that a phrase is found wherever its
 * words end. */
static bool is_sign(int32_t c)
{
    return sb_is_ideographic(c) || sb_is_unspaced(c);
}

static void take_char(sb_splitter *s)
{
    size_t at = s->at;
    int32_t c = sb_utf8_next(s->text, s->size, &s->at);
    if (s->is_whole && !sb_is_mark(c))
        sb_splitter_end(s);
    if (!sb_is_part_char(c)) {
        sb_splitter_take_sign(s, c, at);
        s->joint = s->length == 0 && c < 0x80 && strchr("-/:.,", (int)c) ? (char)c : 0;
        return;
    }
    if (is_sign(c) && !s->is_whole) {
        sb_splitter_end(s);
        s->is_whole = true;
    }
    memmove(s->part + s->length, s->text + at, s->at - at);
    s->length += s->at - at;
    s->n_chars++;
}

/* The end of the word decides whether a number may continue in the next word. */
static void set_stop(sb_splitter *s)
{
    if (!sb_splitter_last(s) || s->size == 0)
        return;
    char end = s->text[s->size - 1];
    if (end == ',')
        sb_splitter_last(s)->stop = SB_STOP_COMMA;
    else if (end > 0 && strchr(".;:!?\"')]}-/", end))
        sb_splitter_last(s)->stop = SB_STOP_FULL;
    sb_splitter_last(s)->has_point = end == '.';
}

static bool opens_with_mark(const char *folded)
{
    return *folded && strchr("\"([{'/", *folded);
}

/* Writes "3½" as "3.5", "½" as "half" and "10²" as "10 squared". Folded, they would be "31/2", "1/2" and
 * "102". */
static char *spell_small_digits(const char *word)
{
    static const struct {
        const char *sign, *decimals, *words;
    } fractions[] = {
        {"½", ".5", " half "},     {"¼", ".25", " quarter "},      {"¾", ".75", " three quarters "},
        {"⅓", " 1/3 ", " third "}, {"⅔", " 2/3 ", " two thirds "}, {"⅛", ".125", " 1/8 "},
        {"⅜", ".375", " 3/8 "},    {"⅝", ".625", " 5/8 "},         {"⅞", ".875", " 7/8 "},
        {"²", " squared ", "2"},   {"³", " cubed ", "3"},          {"¹", " power 1 ", "1"},
        {"⁰", " power 0 ", "0"},   {"⁴", " power 4 ", "4"},        {"⁵", " power 5 ", "5"},
        {"⁶", " power 6 ", "6"},   {"⁷", " power 7 ", "7"},        {"⁸", " power 8 ", "8"},
        {"⁹", " power 9 ", "9"}};
    sb_bytes out = {0};
    const char *rest = word;
    while (*rest) {
        size_t i = 0, n = sizeof fractions / sizeof *fractions;
        while (i < n && strncmp(rest, fractions[i].sign, strlen(fractions[i].sign)) != 0)
            i++;
        bool after_digit = rest > word && sb_is_ascii_digit(rest[-1]);
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

/* "MW" and "mW" after a number, which are equal when folded. */
static void use_case_of_unit(sb_splitter *s, const char *word)
{
    const char *said = sb_unit_by_case(word);
    sb_part *last = sb_splitter_last(s);
    if (!said || !last || s->parts->n_items < 2 || strlen(last->text) > 3)
        return;
    const sb_part *number = last - 1;
    if (number->stop != SB_STOP_NONE ||
        !(sb_is_ascii_digit(number->text[0]) || sb_number_word_find(number->text)))
        return;
    char *text = sb_copy_text(said, NULL);
    s->failed = !text;
    if (text) {
        free(last->text);
        last->text = text;
    }
}

/* "B-" and "(C-)", not "B—", which breaks off. */
static bool is_grade(const char *word)
{
    word += strspn(word, "\"'([{");
    if (word[0] < 'A' || word[0] > 'F')
        return false;
    size_t sign = word[1] == '-' ? 1 : strncmp(word + 1, "\u2212", 3) == 0 ? 3 : 0;
    return sign > 0 && strspn(word + 1 + sign, ".,;:!?\"')]}") == strlen(word + 1 + sign);
}

bool sb_parts_add_word(sb_parts *parts, const char *word, size_t index)
{
    char *folded = strpbrk(word, "\xC2\xE2") ? spell_small_digits(word) : sb_fold(word);
    sb_splitter s = {.parts = parts,
                     .text = folded,
                     .word = index,
                     .first_part = parts->n_items,
                     .is_grade = is_grade(word),
                     .is_lower = !sb_word_is_capitalised(word),
                     .may_be_negative = word[0] == '-' || strncmp(word, "\u2212", 3) == 0};
    if (!folded)
        return false;
    s.size = strlen(folded);
    s.part = malloc(s.size + 4);
    s.failed = !s.part;
    if (parts->n_items > 0 && opens_with_mark(folded))
        parts->items[parts->n_items - 1].stop = SB_STOP_FULL;
    if (!s.failed && is_range_word(parts, word, folded)) {
        sb_splitter_push_range(&s);
        s.size = 0;
    }
    while (!s.failed && s.at < s.size)
        take_char(&s);
    if (!s.failed) {
        sb_splitter_end(&s);
        use_case_of_unit(&s, word);
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
