#include "quote/sense/sense.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/run/run.h"
#include "base/text/fold.h"
#include "base/text/text.h"

enum { ENTRY_BYTES = 128, WORD_BYTES = 512 };

const sb_senses *sb_senses_of(const char *code)
{
    for (size_t i = 0; code && i < sb_n_sense_languages; i++) {
        size_t n = strlen(sb_sense_languages[i].language);
        if (!strncmp(code, sb_sense_languages[i].language, n) && (!code[n] || strchr("-_@.", code[n])))
            return &sb_sense_languages[i];
    }
    return code && !strncmp(code, "no", 2) ? sb_senses_of("nb") : NULL;
}

static bool is_sense_char(int32_t c)
{
    return sb_is_letter(c) || sb_is_digit(c) || c == '&' || c == '%' || c == '$';
}

/* True for the apostrophe of "don't", but not for a quotation mark. */
static bool joins(const char *text, size_t size, size_t after, bool blank, int32_t c)
{
    return c == '\'' && !blank && after < size && is_sense_char(sb_utf8_next(text, size, &after));
}

char *sb_plain_words(const char *text)
{
    char *folded = sb_fold(text);
    sb_bytes out = {0};
    bool blank = true;
    size_t size = folded ? strlen(folded) : 0;
    sb_bytes_text(&out, " ");
    for (size_t at = 0; at < size;) {
        size_t from = at;
        int32_t c = sb_utf8_next(folded, size, &at);
        bool keep = is_sense_char(c) || joins(folded, size, at, blank, c);
        if (keep)
            sb_bytes_append(&out, folded + from, at - from);
        else if (!blank)
            sb_bytes_text(&out, " ");
        blank = !keep;
    }
    sb_bytes_text(&out, blank ? "" : " ");
    if (!folded || out.failed)
        sb_bytes_finish(&out);
    free(folded);
    return out.data;
}

/* True if the entry, without its stars, is in the words `plain` where the stars allow. */
static bool entry_is_in(const char *plain, const char *entry, size_t size)
{
    bool open_start = size > 1 && entry[0] == '*', open_end = size > 1 && entry[size - 1] == '*';
    const char *core = entry + open_start;
    size_t n = size - open_start - open_end;
    size_t length = strlen(plain);
    for (size_t i = 1; i + n <= length; i++) {
        if (memcmp(plain + i, core, n))
            continue;
        if ((open_start || plain[i - 1] == ' ') && (open_end || plain[i + n] == ' '))
            return true;
    }
    return false;
}

static const char *next_entry(const char *list, size_t *size)
{
    *size = strcspn(list, "|");
    return list[*size] ? list + *size + 1 : NULL;
}

/* Entries are written with accents and folded here. */
static bool any_is_in(const char *list, const char *plain)
{
    bool found = false;
    size_t size;
    for (const char *entry = list, *next; entry && *entry && !found; entry = next) {
        char written[ENTRY_BYTES], folded[ENTRY_BYTES];
        next = next_entry(entry, &size);
        snprintf(written, sizeof written, "%.*s", (int)size, entry);
        sb_fold_to(folded, sizeof folded, written);
        found = entry_is_in(plain, folded, strlen(folded));
    }
    return found;
}

bool sb_senses_has(const char *list, const char *word)
{
    char plain[WORD_BYTES];
    int size = snprintf(plain, sizeof plain, " %s ", word);
    return size >= 0 && (size_t)size < sizeof plain && any_is_in(list, plain);
}

static bool has_question_mark(const char *text)
{
    static const char *const marks[] = {"?", "\u037e", "\u055e", "\u061f", "\uff1f", "\u2e2e", "\u2047"};
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
        if (strstr(text, marks[i]))
            return true;
    return false;
}

unsigned sb_senses_in(const sb_senses *senses, const char *text, bool *ok)
{
    unsigned found = 0;
    if (!text)
        return 0;
    char *plain = sb_plain_words(text);
    *ok = *ok && plain;
    if (plain && any_is_in(senses->negations, plain))
        found |= SB_MISLEADS_NEGATION;
    if (plain && any_is_in(senses->conditions, plain))
        found |= SB_MISLEADS_CONDITION;
    if (has_question_mark(text))
        found |= SB_MISLEADS_QUESTION;
    free(plain);
    return found;
}

static size_t count_common(const sb_senses *senses, const char *plain, bool *ok)
{
    char *list = sb_fold(senses->common);
    size_t n = 0, size;
    *ok = *ok && list;
    for (const char *entry = list, *next; entry; entry = next) {
        next = next_entry(entry, &size);
        bool open = *entry == '*';
        sb_bytes word = {0};
        sb_bytes_print(&word, open ? "%.*s" : " %.*s ", (int)(size - 2 * open), entry + open);
        *ok = *ok && !word.failed;
        for (const char *at = word.failed ? NULL : plain; at && (at = strstr(at, word.data)); at++)
            n++;
        sb_bytes_finish(&word);
    }
    free(list);
    return n;
}

const sb_senses *sb_senses_guess(const char *text, bool *ok)
{
    const sb_senses *best = sb_sense_languages;
    size_t most = 0;
    char *plain = sb_plain_words(text);
    *ok = *ok && plain;
    for (size_t i = 0; plain && i < sb_n_sense_languages; i++) {
        size_t n = count_common(&sb_sense_languages[i], plain, ok);
        if (n > most) {
            most = n;
            best = &sb_sense_languages[i];
        }
    }
    free(plain);
    return best;
}
