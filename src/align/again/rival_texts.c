#include "align/again/again.h"

#include "base/run/run.h"
#include "base/text/text.h"
#include "base/words/words.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define CONTENT_LETTERS 4 /* shorter words are said too fast to be judged by other words */
#define DIGITS_MOST     6 /* in which a written number may differ */

static const char *const negated[][2] = {
    {"is", "isn't"},       {"was", "wasn't"},   {"are", "aren't"},       {"were", "weren't"},
    {"do", "don't"},       {"does", "doesn't"}, {"did", "didn't"},       {"can", "can't"},
    {"could", "couldn't"}, {"will", "won't"},   {"would", "wouldn't"},   {"has", "hasn't"},
    {"have", "haven't"},   {"had", "hadn't"},   {"should", "shouldn't"}, {"must", "mustn't"}};

static const char *const numbers[] = {
    "one",      "two",      "three",   "four",     "five",     "six",     "seven",   "eight",     "nine",
    "ten",      "eleven",   "twelve",  "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen",
    "nineteen", "twenty",   "thirty",  "forty",    "fifty",    "sixty",   "seventy", "eighty",    "ninety",
    "hundred",  "thousand", "million", "billion",  "zero",     NULL};

#define N_OF(table) (sizeof(table) / sizeof *(table))

static bool add_text(sb_rival_texts *out, size_t *n, const char *text)
{
    size_t at = out->n_numbers + out->n_opposites;
    bool ok = true;
    if (at == SB_RIVAL_TEXTS_MOST)
        return true;
    out->items[at] = sb_copy_text(text, &ok);
    *n += ok;
    return ok;
}

/* "not" alone. "Nothing" and "nobody" are judged like other words. */
static bool is_bare_negation(const char *word)
{
    static const char *const list[] = {"not", "never", "no", NULL};
    return sb_word_is_among(word, list);
}

static bool add_number_words(sb_rival_texts *out, const char *word)
{
    bool ok = true;
    if (sb_word_is_among(word, numbers))
        for (size_t i = 0; ok && numbers[i]; i++)
            ok = add_text(out, &out->n_numbers, numbers[i]);
    return ok;
}

/* The written number with another digit, for each of its first digits. */
static bool add_other_digits(sb_rival_texts *out, const char *word)
{
    size_t n_digits = 0;
    char *text = strdup(word);
    bool ok = text != NULL;
    for (size_t i = 0; ok && text[i] && n_digits < DIGITS_MOST; i++) {
        char digit = text[i];
        if (digit < '0' || digit > '9')
            continue;
        for (char other = n_digits++ == 0 ? '1' : '0'; ok && other <= '9'; other++) {
            text[i] = other;
            ok = other == digit || add_text(out, &out->n_numbers, text);
        }
        text[i] = digit;
    }
    free(text);
    return ok;
}

static bool add_opposites(sb_rival_texts *out, const char *word, const char *next)
{
    char with_not[40];
    bool ok = true;
    for (size_t i = 0; ok && i < N_OF(negated); i++) {
        const char *plain = negated[i][0];
        if (!strcmp(word, negated[i][1])) {
            out->is_negation = true;
            ok = add_text(out, &out->n_opposites, plain);
        }
        if (strcmp(word, plain) || (next && is_bare_negation(next)))
            continue;
        ok = add_text(out, &out->n_opposites, negated[i][1]);
        snprintf(with_not, sizeof with_not, "%s-not", plain);
        ok = ok && add_text(out, &out->n_opposites, with_not);
        snprintf(with_not, sizeof with_not, "%s-never", plain);
        ok = ok && add_text(out, &out->n_opposites, with_not);
    }
    return ok;
}

/* In lower case, without punctuation around it. NULL if memory runs out. */
static char *core_of(const char *word)
{
    size_t from, size = sb_word_core(word, &from);
    char *core = sb_copy_bytes(word + from, size), *folded = core ? sb_fold(core) : NULL;
    free(core);
    return folded;
}

bool sb_rival_texts_find(sb_rival_texts *out, const char *word, const char *next)
{
    char *core = core_of(word), *after = next ? core_of(next) : NULL;
    bool ok = core && (after || !next);
    *out = (sb_rival_texts){0};
    if (ok) {
        out->is_negation = is_bare_negation(core);
        ok = add_number_words(out, core) && add_other_digits(out, word) && add_opposites(out, core, after);
        out->is_content = out->n_numbers == 0 && out->n_opposites == 0 && strlen(core) >= CONTENT_LETTERS;
    }
    free(core);
    free(after);
    return ok;
}

void sb_rival_texts_finish(sb_rival_texts *texts)
{
    for (size_t i = 0; i < texts->n_numbers + texts->n_opposites; i++)
        free(texts->items[i]);
    *texts = (sb_rival_texts){0};
}
