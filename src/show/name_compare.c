#include "show/show.h"

#include "base/text/text.h"

#include <string.h>

bool sb_name_facts_conflict(const sb_name_facts *a, const sb_name_facts *b)
{
    bool both = a->kind && b->kind && (a->kind == SB_NAME_NUMBER_LAST) == (b->kind == SB_NAME_NUMBER_LAST);
    return (a->date && b->date && a->date != b->date) || (a->season && b->season && a->season != b->season) ||
           (both && a->number != b->number);
}

bool sb_name_facts_equal(const sb_name_facts *a, const sb_name_facts *b)
{
    bool is_empty = !a->n_words && !a->kind && !a->date;
    if (is_empty || a->n_words != b->n_words || a->date != b->date || a->season != b->season ||
        !a->kind != !b->kind || (a->kind && a->number != b->number))
        return false;
    for (size_t i = 0; i < a->n_words; i++)
        if (strcmp(a->words[i], b->words[i]))
            return false;
    return true;
}

static bool has_word(const sb_name_facts *facts, const char *word)
{
    for (size_t i = 0; i < facts->n_words; i++)
        if (!strcmp(facts->words[i], word))
            return true;
    return false;
}

bool sb_name_words_nested(const sb_name_facts *a, const sb_name_facts *b)
{
    const sb_name_facts *less = a->n_words <= b->n_words ? a : b, *more = less == a ? b : a;
    for (size_t i = 0; i < less->n_words; i++)
        if (!has_word(more, less->words[i]))
            return false;
    return true;
}

static size_t digits_at(const char *text)
{
    size_t n = 0;
    while (sb_is_ascii_digit(text[n]))
        n++;
    return n;
}

int sb_path_compare(const char *a, const char *b)
{
    const char *left = a, *right = b;
    while (*left && *right) {
        size_t n = digits_at(left), m = digits_at(right);
        if (!n || !m) {
            if (*left != *right)
                return (unsigned char)*left < (unsigned char)*right ? -1 : 1;
            left++;
            right++;
            continue;
        }
        for (; n > 1 && *left == '0'; n--)
            left++;
        for (; m > 1 && *right == '0'; m--)
            right++;
        int order = n != m ? (n < m ? -1 : 1) : memcmp(left, right, n);
        if (order)
            return order;
        left += n;
        right += m;
    }
    int order = (*left != 0) - (*right != 0);
    return order ? order : strcmp(a, b);
}
