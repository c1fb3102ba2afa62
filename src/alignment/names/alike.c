#include <string.h>

#include "alignment/names/names.h"
#include "base/run/run.h"
#include "base/text/text.h"

#define MAX_LETTERS      32
#define LONG_WORD        8 /* letters; two of them may differ */
#define MEDIUM_WORD      5 /* one may differ */
#define SHORT_WORD       4 /* only the vowels may differ: "Jon" and "John", but not "Dan" and "Don" */
#define MAX_DISTANCE     2
#define SHORT_FORM_LEAST 3 /* letters; shorter names are initials */

typedef struct letters {
    int32_t items[MAX_LETTERS];
    size_t n;
    bool has_digits, is_cut;
} letters;

static letters letters_of(const char *word)
{
    letters out = {0};
    for (size_t at = 0, size = strlen(word); at < size;) {
        int32_t c = sb_utf8_next(word, size, &at);
        out.has_digits = out.has_digits || sb_is_digit(c);
        out.is_cut = out.is_cut || out.n == MAX_LETTERS;
        if (!out.is_cut)
            out.items[out.n++] = c;
    }
    return out;
}

/* Edits of single letters, and swaps of neighbours. */
static size_t letter_distance(const letters *a, const letters *b)
{
    size_t rows[3][MAX_LETTERS + 1];
    for (size_t j = 0; j <= b->n; j++)
        rows[0][j] = j;
    for (size_t i = 1; i <= a->n; i++) {
        size_t *row = rows[i % 3], *above = rows[(i - 1) % 3], *two_above = rows[(i + 1) % 3];
        row[0] = i;
        for (size_t j = 1; j <= b->n; j++) {
            row[j] = sb_least_size(sb_least_size(above[j], row[j - 1]) + 1,
                                   above[j - 1] + (a->items[i - 1] != b->items[j - 1]));
            if (i > 1 && j > 1 && a->items[i - 1] == b->items[j - 2] && a->items[i - 2] == b->items[j - 1])
                row[j] = sb_least_size(row[j], two_above[j - 2] + 1);
        }
    }
    return rows[a->n % 3][b->n];
}

static int32_t sound_of(const letters *word, size_t at)
{
    int32_t c = word->items[at], next = at + 1 < word->n ? word->items[at + 1] : 0;
    switch (c) {
    case 'p':
        return next == 'h' ? 'f' : c;
    case 'c':
        return next == 'e' || next == 'i' || next == 'y' ? 's' : 'k';
    case 'q':
        return 'k';
    case 'z':
        return 's';
    case 'v':
        return 'f';
    case 'h':
    case 'w':
        return 0;
    default:
        return c < 0x80 && strchr("aeiouy", (char)c) ? 0 : c;
    }
}

/* The consonants in the order of their sounds; a doubled one counts once. A first vowel is 'a'. */
static letters consonants_of(const letters *word)
{
    letters out = {0};
    for (size_t i = 0; i < word->n; i++) {
        int32_t sound = sound_of(word, i);
        if (!sound && i == 0)
            sound = word->items[0] == 'h' || word->items[0] == 'w' ? word->items[0] : 'a';
        if (sound && !(out.n && out.items[out.n - 1] == sound))
            out.items[out.n++] = sound;
    }
    return out;
}

static bool sounds_same(const letters *a, const letters *b)
{
    letters x = consonants_of(a), y = consonants_of(b);
    return x.n >= 2 && x.n == y.n && !memcmp(x.items, y.items, x.n * sizeof *x.items);
}

static bool word_is_near(const char *one, const char *two)
{
    letters a = letters_of(one), b = letters_of(two);
    if (a.has_digits || b.has_digits || a.is_cut || b.is_cut)
        return false;
    size_t shorter = sb_least_size(a.n, b.n), d = letter_distance(&a, &b);
    if (d > MAX_DISTANCE)
        return false;
    if (shorter >= LONG_WORD || (d == 1 && shorter >= MEDIUM_WORD))
        return true;
    return (a.n > b.n ? a.n : b.n) >= SHORT_WORD && sounds_same(&a, &b);
}

/* "Walt" and "Walter", "Rob" and "Robert". */
static bool is_short_form(const char *one, const char *two)
{
    letters a = letters_of(one), b = letters_of(two);
    size_t shorter = sb_least_size(a.n, b.n);
    return shorter >= SHORT_FORM_LEAST && !a.has_digits && !b.has_digits &&
           !memcmp(a.items, b.items, shorter * sizeof *a.items);
}

bool sb_name_word_is_similar(const char *one, const char *two)
{
    return !strcmp(one, two) || word_is_near(one, two) || is_short_form(one, two);
}

bool sb_name_core_is_same(const sb_name_core *a, const sb_name_core *b)
{
    bool same = a->n_words == b->n_words && a->n_words > 0;
    for (size_t i = 0; same && i < a->n_words; i++)
        same = !strcmp(a->words[i], b->words[i]);
    return same;
}

bool sb_name_core_is_near(const sb_name_core *a, const sb_name_core *b)
{
    bool near = a->n_words == b->n_words && a->n_words > 0;
    for (size_t i = 0; near && i < a->n_words; i++)
        near = !strcmp(a->words[i], b->words[i]) || word_is_near(a->words[i], b->words[i]);
    return near;
}

static bool has_words_at(const sb_name_core *part, const sb_name_core *whole, size_t at)
{
    for (size_t i = 0; i < part->n_words; i++)
        if (strcmp(part->words[i], whole->words[at + i]))
            return false;
    return true;
}

static bool is_aside_of(const sb_name_core *part, const sb_name_core *whole)
{
    bool same = part->n_words == whole->n_aside && part->n_words > 0;
    for (size_t i = 0; same && i < part->n_words; i++)
        same = !strcmp(part->words[i], whole->aside[i]);
    return same;
}

static bool is_initials_of(const sb_name_core *part, const sb_name_core *whole)
{
    size_t n = whole->n_words, at = 0, size = part->n_words == 1 ? strlen(part->words[0]) : 0;
    bool same = size > 0 && n >= 2;
    for (size_t i = 0; same && i < n; i++) {
        size_t first = 0;
        same = at < size && sb_utf8_next(part->words[0], size, &at) ==
                                sb_utf8_next(whole->words[i], strlen(whole->words[i]), &first);
    }
    return same && at == size;
}

bool sb_name_core_is_part(const sb_name_core *part, const sb_name_core *whole)
{
    if (part->n_words == 0 || whole->n_words == 0)
        return false;
    if (is_aside_of(part, whole) || is_initials_of(part, whole))
        return true;
    return part->n_words < whole->n_words &&
           (has_words_at(part, whole, 0) || has_words_at(part, whole, whole->n_words - part->n_words));
}
