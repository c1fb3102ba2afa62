#include "quote/sense/sense.h"

#include <stdlib.h>
#include <string.h>

#include "base/run/run.h"
#include "base/text/text.h"
#include "transcript/transcript.h"

#define MOST_CELLS ((size_t)1 << 20) /* of the comparison of two texts */

/* One side of a difference: its tokens after spellings were made equal. */
typedef struct side {
    sb_bytes text; /* the words, each with a NUL */
    const char **words;
    size_t n_words;
    sb_tokens tokens;
    bool *kept; /* for each token, whether the other side has it too */
} side;

static void side_finish(side *s)
{
    sb_bytes_finish(&s->text);
    free(s->words);
    free(s->kept);
    if (s->tokens.items)
        sb_tokens_finish(&s->tokens);
}

/* Returns the other spelling of the word, and in `*stem` the bytes of the word that stay before it. */
static const char *variant_of(const char *variants, const char *word, size_t length, size_t *stem,
                              size_t *size)
{
    for (const char *entry = variants; *entry; entry += strcspn(entry, "|"), entry += *entry == '|') {
        size_t n = strcspn(entry, "="), open = *entry == '*';
        const char *core = entry + open;
        n -= open;
        if (n > length || (!open && n != length) || memcmp(word + length - n, core, n))
            continue;
        *stem = length - n;
        *size = strcspn(core + n + 1, "|");
        return core + n + 1;
    }
    return NULL;
}

static void put_word(side *s, const char *variants, const char *word, size_t length)
{
    size_t stem = 0, size = 0;
    const char *other = variant_of(variants, word, length, &stem, &size);
    sb_bytes_append(&s->text, word, other ? stem : length);
    if (other)
        sb_bytes_append(&s->text, other, size);
    sb_bytes_append(&s->text, " ", 1);
}

static bool split_side(side *s)
{
    size_t n = 0;
    for (size_t i = 0; i < s->text.size; i++)
        n += s->text.data[i] == ' ';
    s->words = calloc(n + 1, sizeof *s->words);
    if (!s->words)
        return false;
    for (char *at = s->text.data; *at;) {
        size_t size = strcspn(at, " ");
        if (size)
            s->words[s->n_words++] = at;
        at += size;
        if (*at)
            *at++ = '\0';
    }
    return true;
}

/* A sign is a part of a number and of some words: "-5", "1.5", "3-4", "C++", "B-". */
static bool has_signs(const char *word)
{
    size_t end = strlen(word);
    while (end > 0 && strchr(".,;:!?\"')]}", word[end - 1]))
        end--;
    bool is_grade = end > 1 && word[end - 1] == '-' && word[end - 2] >= 'A' && word[end - 2] <= 'F' &&
                    (end == 2 || strchr("\"'([{", word[end - 3]));
    return is_grade || strpbrk(word, "0123456789+#");
}

static bool put_words(side *s, const char *variants, const char *text)
{
    for (const char *at = text; *(at += strspn(at, " ")); at += strcspn(at, " ")) {
        char *word = sb_copy_bytes(at, strcspn(at, " "));
        bool stays = word && has_signs(word);
        char *plain = word && !stays ? sb_plain_words(word) : NULL;
        for (const char *part = plain; part && *(part += strspn(part, " ")); part += strcspn(part, " "))
            put_word(s, variants, part, strcspn(part, " "));
        if (stays)
            sb_bytes_print(&s->text, "%s ", word);
        bool ok = stays || plain;
        free(plain);
        free(word);
        if (!ok)
            return false;
    }
    return true;
}

static bool side_init(side *s, const sb_senses *senses, const char *text)
{
    sb_error err = {0};
    *s = (side){0};
    char *variants = sb_fold(senses->variants);
    bool ok = variants && put_words(s, variants, text ? text : "");
    sb_bytes_text(&s->text, "");
    ok = ok && !s->text.failed && split_side(s) && !sb_tokens_make(&s->tokens, s->words, s->n_words, &err);
    free(variants);
    if (ok)
        s->kept = calloc(s->tokens.n_items + 1, sizeof *s->kept);
    return ok && s->kept;
}

static bool is_same(const side *a, size_t i, const side *b, size_t k)
{
    return !strcmp(a->tokens.items[i].text, b->tokens.items[k].text);
}

/* The longest common subsequence of tokens first ... n - 1 of both. */
static bool keep_common(side *a, side *b, size_t first, size_t end_a, size_t end_b)
{
    size_t n = end_a - first, m = end_b - first, width = m + 1;
    if (!n || !m || n > MOST_CELLS / width)
        return true;
    uint32_t *best = calloc((n + 1) * width, sizeof *best);
    if (!best)
        return false;
    for (size_t i = n; i-- > 0;)
        for (size_t k = m; k-- > 0;) {
            uint32_t down = best[(i + 1) * width + k], right = best[i * width + k + 1];
            best[i * width + k] = is_same(a, first + i, b, first + k) ? best[(i + 1) * width + k + 1] + 1
                                  : down > right                      ? down
                                                                      : right;
        }
    for (size_t i = 0, k = 0; i < n && k < m;) {
        if (is_same(a, first + i, b, first + k))
            a->kept[first + i++] = b->kept[first + k++] = true;
        else if (best[(i + 1) * width + k] >= best[i * width + k + 1])
            i++;
        else
            k++;
    }
    free(best);
    return true;
}

static bool compare_sides(side *a, side *b)
{
    size_t first = 0, end_a = a->tokens.n_items, end_b = b->tokens.n_items;
    while (first < end_a && first < end_b && is_same(a, first, b, first)) {
        a->kept[first] = b->kept[first] = true;
        first++;
    }
    while (end_a > first && end_b > first && is_same(a, end_a - 1, b, end_b - 1))
        a->kept[--end_a] = b->kept[--end_b] = true;
    return keep_common(a, b, first, end_a, end_b);
}

static bool is_number(const side *s, size_t i)
{
    return i < s->tokens.n_items && sb_is_ascii_digit(s->tokens.items[i].text[0]);
}

/* "To" of "3-4", and "minus", make other numbers. */
static bool changes_number(const side *s, size_t i)
{
    return (i > 0 && is_number(s, i - 1) && is_number(s, i + 1)) ||
           strcmp(s->tokens.items[i].text, "minus") == 0;
}

static bool is_measure(const side *s, size_t i, bool after_number)
{
    return sb_is_measure(s->tokens.items[i].text, i > 0 ? is_number(s, i - 1) : after_number);
}

/* True for numbers and their units alone. */
static bool is_amount(const side *s, bool after_number)
{
    for (size_t i = 0; i < s->tokens.n_items; i++)
        if (!is_number(s, i) && !is_measure(s, i, after_number))
            return false;
    return s->tokens.n_items > 0;
}

static bool is_repeat(const side *s, size_t i)
{
    return (i > 0 && is_same(s, i, s, i - 1)) || (i + 1 < s->tokens.n_items && is_same(s, i, s, i + 1));
}

static sb_diff_grade grade_of(const sb_senses *senses, const side *s, size_t i, bool after_number,
                              sb_is_name *is_name, const void *user)
{
    const char *token = s->tokens.items[i].text;
    if (is_repeat(s, i) || sb_senses_has(senses->fillers, token))
        return SB_GRADE_STYLE;
    if (is_number(s, i) || is_measure(s, i, after_number) || changes_number(s, i) ||
        sb_senses_has(senses->negations, token) || sb_senses_has(senses->conditions, token) ||
        sb_senses_has(senses->weighty, token) || (is_name && is_name(user, token)))
        return SB_GRADE_SUBSTANCE;
    return SB_GRADE_WORDING;
}

static sb_diff_grade grade_side(const sb_senses *senses, const side *s, bool after_number,
                                sb_is_name *is_name, const void *user)
{
    sb_diff_grade worst = SB_GRADE_STYLE;
    for (size_t i = 0; i < s->tokens.n_items && worst < SB_GRADE_SUBSTANCE; i++) {
        sb_diff_grade grade =
            s->kept[i] ? SB_GRADE_NONE : grade_of(senses, s, i, after_number, is_name, user);
        worst = grade > worst ? grade : worst;
    }
    return worst;
}

/* True if only the signs between numbers differ: "3-2" and "3:2". A slash may make a fraction. */
static bool differs_in_signs(const side *a, const side *b)
{
    bool same = a->tokens.n_items == b->tokens.n_items, has_other = false;
    for (size_t i = 0; same && i < a->tokens.n_items; i++) {
        char left = a->tokens.items[i].joint, right = b->tokens.items[i].joint;
        has_other = has_other || left != right;
        same = is_same(a, i, b, i) && (left == '/') == (right == '/');
    }
    return same && has_other;
}

sb_diff_grade sb_words_grade(const sb_senses *senses, const char *quoted, const char *said, bool after_number,
                             sb_is_name *is_name, const void *user, bool *ok)
{
    side a = {0}, b = {0};
    bool done = side_init(&a, senses, quoted) && side_init(&b, senses, said) && compare_sides(&a, &b);
    sb_diff_grade grade = SB_GRADE_STYLE;
    if (done) {
        sb_diff_grade other = grade_side(senses, &b, after_number, is_name, user);
        grade = grade_side(senses, &a, after_number, is_name, user);
        grade = other > grade ? other : grade;
        /* "3/20" is not "3:20", and "mW" not "MW" */
        if (is_amount(&a, after_number) && is_amount(&b, after_number))
            grade = differs_in_signs(&a, &b) ? SB_GRADE_STYLE : SB_GRADE_SUBSTANCE;
    }
    *ok = *ok && done;
    side_finish(&a);
    side_finish(&b);
    return grade;
}
