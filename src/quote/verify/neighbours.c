#include "quote/verify/verify.h"

#include <stdlib.h>
#include <string.h>

#include "base/run/run.h"
#include "base/text/text.h"
#include "base/words/words.h"

static bool shares_word(const sb_unit *a, const sb_unit *b)
{
    return b->first_word <= a->last_word;
}

/* One speaker says the second directly after the first: no mark is between them. */
static bool meets(const sb_said_unit *a, const sb_said_unit *b, const sb_runs *runs)
{
    if (a->run != b->run || !a->heard || !b->heard)
        return false;
    if (shares_word(&a->unit, &b->unit))
        return true;
    const char *word = runs->texts[a->unit.last_word], *next = runs->texts[b->unit.first_word];
    size_t size = strlen(word);
    return b->unit.first_word == a->unit.last_word + 1 && size > 0 &&
           !strchr(".,;:!?\"')]}-", word[size - 1]) && !strchr("\"([{", next[0]);
}

/* The two numbers of "3/4" and "3.4.5". Those of "3-2" can be quoted alone. */
static bool is_one_number(const sb_unit *a, const sb_unit *b)
{
    return sb_is_ascii_digit(a->text[0]) && sb_is_ascii_digit(b->text[0]) && shares_word(a, b) &&
           (b->joint == '/' || b->joint == '.');
}

/* "Minus" before "five degrees", "half" before "the town". A quote may begin after a negation: "cannot"
 * before "walk for ten minutes". */
static bool changes_next(const sb_unit *before, const sb_unit *first)
{
    static const char *const signs[] = {"minus", "negative", "point", "nought", NULL};
    static const char *const wholes[] = {"a",   "an",  "the",   "of",   "my",   "your", "his",
                                         "her", "our", "their", "this", "that", "as",   NULL};
    if (is_one_number(before, first) ||
        (sb_is_ascii_digit(first->text[0]) && sb_word_is_among(before->text, signs)))
        return true;
    if (strcmp(before->text, "half") == 0)
        return sb_is_ascii_digit(first->text[0]) || sb_word_is_among(first->text, wholes);
    return false;
}

static bool is_equal_match(const sb_step *step, const sb_wording *wording, const sb_said *said)
{
    return step->kind == SB_STEP_MATCH && !wording->rows[step->row].free &&
           wording->rows[step->row].id == said->units[step->unit].unit.id;
}

static bool adds_before(const sb_steps *steps, const sb_quote_place_maker *maker, const sb_wording *wording,
                        const sb_said *said)
{
    const sb_step *first = steps->items;
    if (wording->gap_first || !is_equal_match(first, wording, said) || first->unit == 0)
        return false;
    const sb_said_unit *unit = &said->units[first->unit];
    return meets(unit - 1, unit, &maker->runs) && changes_next(&unit[-1].unit, &unit->unit);
}

static bool adds_after(const sb_steps *steps, const sb_quote_place_maker *maker, const sb_wording *wording,
                       const sb_said *said)
{
    const sb_step *last = &steps->items[steps->n_items - 1];
    if (wording->gap_last || !is_equal_match(last, wording, said) || last->unit + 1 >= said->n_units)
        return false;
    const sb_said_unit *unit = &said->units[last->unit];
    return meets(unit, unit + 1, &maker->runs) && is_one_number(&unit->unit, &unit[1].unit);
}

bool sb_steps_add_neighbours(sb_steps *steps, const sb_quote_place_maker *maker, const sb_wording *wording,
                             const sb_said *said)
{
    if (steps->n_items == 0)
        return true;
    bool before = adds_before(steps, maker, wording, said), after = adds_after(steps, maker, wording, said);
    if (!before && !after)
        return true;
    sb_step *items = calloc(steps->n_items + 2, sizeof *items);
    if (!items)
        return false;
    const sb_step *first = steps->items, *last = &steps->items[steps->n_items - 1];
    size_t n = 0;
    if (before)
        items[n++] = (sb_step){.kind = SB_STEP_MISSING, .unit = first->unit - 1, .is_outside = true};
    memcpy(items + n, steps->items, steps->n_items * sizeof *items);
    n += steps->n_items;
    if (after)
        items[n++] = (sb_step){
            .kind = SB_STEP_MISSING, .row = wording->n_rows, .unit = last->unit + 1, .is_outside = true};
    free(steps->items);
    *steps = (sb_steps){items, n};
    return true;
}
