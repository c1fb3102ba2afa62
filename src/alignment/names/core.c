#include <string.h>

#include "alignment/names/names.h"
#include "base/text/fold.h"
#include "base/text/text.h"
#include "base/words/words.h"

static const char *const titles[] = {"dr", "mr", "mrs", "ms", "prof", "professor", "sir", "rev", NULL};
static const char *const roles[] = {"host", "cohost", "guest", "interviewer", "moderator", "byline", NULL};

static bool word_char_at(const char *text, size_t size, size_t at, size_t *next)
{
    *next = at;
    int32_t c = sb_utf8_next(text, size, next);
    return sb_is_letter(c) || sb_is_digit(c) || c == '\'';
}

/* The text after a comma or a bracket is an aside. */
static bool begins_aside(char c)
{
    return c == ',' || c == '(' || c == '[';
}

static void add_core_word(sb_name_core *core, const char *word, bool aside)
{
    if (aside && core->n_aside < SB_NAME_WORDS)
        core->aside[core->n_aside++] = word;
    else if (!aside && core->n_words < SB_NAME_WORDS)
        core->words[core->n_words++] = word;
}

static void drop_titles(sb_name_core *core)
{
    size_t first = 0;
    while (core->n_words - first > 1 &&
           (sb_word_is_among(core->words[first], titles) || sb_word_is_among(core->words[first], roles)))
        first++;
    core->n_words -= first;
    memmove(core->words, core->words + first, core->n_words * sizeof *core->words);
    while (core->n_words > 1 && sb_word_is_among(core->words[core->n_words - 1], roles))
        core->n_words--;
}

/* Cuts the folded name into words in place. */
static void cut(sb_name_core *core, char *text)
{
    bool aside = false;
    for (size_t at = 0, next, size = strlen(text); at < size; at = next) {
        if (!word_char_at(text, size, at, &next)) {
            aside = (aside || begins_aside(text[at])) && text[at] != ')' && text[at] != ']';
            continue;
        }
        size_t begin = at;
        while (at < size && word_char_at(text, size, at, &next))
            at = next;
        next = at + (at < size);
        bool opens = at < size && begins_aside(text[at]), closes = at < size && strchr(")]", text[at]);
        text[at] = 0;
        add_core_word(core, text + begin, aside);
        aside = (aside || opens) && !closes;
    }
}

/* If the whole name is an aside, the aside is compared. */
void sb_name_core_make(sb_name_core *out, const char *name)
{
    *out = (sb_name_core){.n_words = 0};
    sb_fold_to(out->text, sizeof out->text, name);
    cut(out, out->text);
    if (out->n_words == 0) {
        memcpy(out->words, out->aside, sizeof out->words);
        out->n_words = out->n_aside;
        out->n_aside = 0;
    }
    drop_titles(out);
}

bool sb_name_has_words(const char *name, const char *words)
{
    char whole[SB_NAME_BYTES], part[SB_NAME_BYTES];
    sb_fold_to(whole, sizeof whole, name);
    bool found = false, fits = sb_fold_to(part, sizeof part, words);
    size_t size = strlen(whole), length = fits ? strlen(part) : 0, next;
    for (const char *at = whole; length && at && !found && (at = strstr(at, part)); at++) {
        size_t begin = (size_t)(at - whole), before = begin;
        int32_t c = begin ? sb_utf8_last(whole, 0, &before) : ' ';
        found = !sb_is_letter(c) && !sb_is_digit(c) &&
                (begin + length == size || !word_char_at(whole, size, begin + length, &next));
    }
    return found;
}

/* Leaves letters and digits, and a blank around and between the words. An apostrophe does not part words. */
static void keep_words(char *out, const char *folded)
{
    size_t length = 0;
    out[length++] = ' ';
    for (size_t at = 0, next, size = strlen(folded); at < size; at = next) {
        if (folded[at] == '\'')
            next = at + 1;
        else if (word_char_at(folded, size, at, &next))
            for (size_t i = at; i < next; i++)
                out[length++] = folded[i];
        else if (out[length - 1] != ' ')
            out[length++] = ' ';
    }
    if (out[length - 1] != ' ')
        out[length++] = ' ';
    out[length] = 0;
}

static void drop_blanks(char *text)
{
    char *to = text;
    for (const char *at = text; *at; at++)
        if (*at != ' ')
            *to++ = *at;
    *to = 0;
}

sb_name_fit sb_name_fit_of(const char *name, const char *typed)
{
    char folded[SB_NAME_BYTES], whole[SB_NAME_BYTES + 2], part[SB_NAME_BYTES + 2];
    if (!sb_fold_to(folded, sizeof folded, typed))
        return SB_FIT_NONE;
    keep_words(part, folded);
    sb_fold_to(folded, sizeof folded, name);
    keep_words(whole, folded);
    bool has_words = strstr(whole, part) || sb_name_has_words(name, typed);
    drop_blanks(whole);
    drop_blanks(part);
    if (!part[0] || !strstr(whole, part))
        return SB_FIT_NONE;
    return !strcmp(whole, part) ? SB_FIT_WHOLE : has_words ? SB_FIT_WORDS : SB_FIT_PART;
}
