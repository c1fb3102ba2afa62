#include "pronounce/spoken/spoken.h"

#include "base/run/run.h"
#include "base/text/text.h"

#include <stdlib.h>
#include <string.h>

#define WORD_SIZE_MAX 200 /* in bytes; a longer word is not speech */
#define COMPOUND_PART 4   /* smallest number of letters of a word in a closed compound */

typedef struct reader {
    sb_is_known_word *known;
    const void *user;
} reader;

static bool is_upper(char c)
{
    return c >= 'A' && c <= 'Z';
}

static bool is_lower(char c)
{
    return c >= 'a' && c <= 'z';
}

static bool knows(const reader *r, const char *word)
{
    return r->known(r->user, word);
}

static const struct {
    const char *written, *said[2];
} abbreviations[] = {
    {"dr.", {"doctor", "drive"}},
    {"st.", {"saint", "street"}},
    {"vs", {"versus", "V S"}},
    {"vs.", {"versus", NULL}},
    {"etc", {"et cetera", NULL}},
    {"etc.", {"et cetera", NULL}},
    {"e.g.", {"E G", "for example"}},
    {"e.g", {"E G", "for example"}},
    {"eg", {"E G", "for example"}},
    {"i.e.", {"I E", "that is"}},
    {"i.e", {"I E", "that is"}},
    {"prof.", {"professor", NULL}},
    {"jr.", {"junior", NULL}},
    {"sr.", {"senior", NULL}},
    {"inc.", {"inc", "incorporated"}},
    {"approx.", {"approximately", NULL}},
    {"w/", {"with", NULL}},
    {"w/o", {"without", NULL}},
    {"mt.", {"mount", NULL}},
    {"ave.", {"avenue", NULL}},
    {"dept.", {"department", NULL}},
    {"ok", {"okay", NULL}},
    {"a.m.", {"A M", NULL}},
    {"p.m.", {"P M", NULL}},
    {"24/7", {"twenty four seven", NULL}},
    {"9/11", {"nine eleven", NULL}},
    {"c++", {"C plus plus", NULL}},
    {"c#", {"C sharp", NULL}},
    {".net", {"dot net", NULL}},
};

static bool say_abbreviation(sb_sayings *out, const char *folded)
{
    for (size_t i = 0; i < sizeof abbreviations / sizeof *abbreviations; i++)
        if (strcmp(folded, abbreviations[i].written) == 0) {
            for (size_t k = 0; k < 2 && abbreviations[i].said[k]; k++)
                sb_sayings_add(out, abbreviations[i].said[k]);
            return true;
        }
    return false;
}

static bool all_upper(const char *text, size_t size)
{
    for (size_t i = 0; i < size; i++)
        if (!is_upper(text[i]))
            return false;
    return size > 0;
}

/* "GPU" is read as "G P U". */
static void say_letters(sb_sayings *out, const char *text, size_t size)
{
    char letters[2 * WORD_SIZE_MAX + 1];
    size_t n = 0;
    for (size_t i = 0; i < size; i++) {
        if (!is_upper(text[i]) && !is_lower(text[i]))
            continue;
        letters[n++] = (char)(text[i] & ~32);
        letters[n++] = ' ';
    }
    letters[n > 0 ? n - 1 : 0] = '\0';
    sb_sayings_add(out, letters);
}

/* Letters that are spelled out, with an "s" for the plural. */
static bool say_initialism(const reader *r, sb_sayings *out, const char *text, size_t size,
                           const char *folded)
{
    size_t upper = 0;
    while (upper < size && is_upper(text[upper]))
        upper++;
    bool many = upper >= 2 && upper + 1 == size && text[upper] == 's';
    if (!many && (upper != size || size < 2))
        return false;
    if (knows(r, folded))
        sb_sayings_add(out, folded);
    if (upper > 5 && out->n_items > 0)
        return true;
    sb_sayings letters = {.n_items = 0};
    say_letters(&letters, text, upper);
    if (many)
        sb_sayings_append(&letters, SB_ENDING_S);
    sb_sayings_add(out, letters.items[0]);
    if (upper >= 4)
        sb_sayings_add(out, folded);
    return true;
}

static bool say_stem(const reader *r, sb_sayings *out, const char *folded, const char *written,
                     const char *restored, const char *ending)
{
    char stem[WORD_SIZE_MAX + 8];
    size_t size = strlen(folded), cut = strlen(written);
    if (size < cut + 2 || strcmp(folded + size - cut, written) != 0)
        return false;
    memcpy(stem, folded, size - cut);
    strcpy(stem + size - cut, restored);
    if (!knows(r, stem))
        return false;
    sb_sayings_print(out, "%s %s", stem, ending);
    return true;
}

static bool say_inflected(const reader *r, sb_sayings *out, const char *folded)
{
    return say_stem(r, out, folded, "'s", "", SB_ENDING_S) || say_stem(r, out, folded, "s'", "s", "") ||
           say_stem(r, out, folded, "ies", "y", SB_ENDING_S) ||
           say_stem(r, out, folded, "es", "", SB_ENDING_S) ||
           say_stem(r, out, folded, "s", "", SB_ENDING_S) ||
           say_stem(r, out, folded, "ed", "e", SB_ENDING_D) ||
           say_stem(r, out, folded, "ed", "", SB_ENDING_D) ||
           say_stem(r, out, folded, "ing", "", SB_ENDING_ING) ||
           say_stem(r, out, folded, "ing", "e", SB_ENDING_ING);
}

/* "huggingface": two known words written as one. */
static void say_compound(const reader *r, sb_sayings *out, const char *folded)
{
    size_t size = strlen(folded);
    for (size_t at = size; at-- > COMPOUND_PART;) {
        char first[WORD_SIZE_MAX + 8];
        if (size - at < COMPOUND_PART)
            continue;
        memcpy(first, folded, at);
        first[at] = '\0';
        if (knows(r, first) && knows(r, folded + at)) {
            sb_sayings_print(out, "%s %s", first, folded + at);
            return;
        }
    }
}

static bool begins_part(const char *text, size_t at, size_t size)
{
    return is_upper(text[at]) && (!is_upper(text[at - 1]) || (at + 1 < size && is_lower(text[at + 1]) &&
                                                              !(at + 2 == size && text[at + 1] == 's')));
}

static bool say_run(const reader *r, sb_sayings *out, const char *text, size_t size);

/* "XGBoost", "OpenAI", "iPhone": splits the word at its capitals. Returns false if there is only one part. */
static bool say_parts(const reader *r, sb_sayings *out, const char *text, size_t size)
{
    sb_sayings whole = {.n_items = 0};
    size_t from = 0;
    for (size_t at = 1; at <= size; at++) {
        if (at < size && !begins_part(text, at, size))
            continue;
        if (from == 0 && at == size)
            return false;
        sb_sayings part = {.n_items = 0};
        if (say_run(r, &part, text + from, at - from))
            sb_sayings_join(&whole, &part);
        from = at;
    }
    *out = whole;
    return out->n_items > 0;
}

static void say_folded(const reader *r, sb_sayings *out, const char *folded)
{
    if (knows(r, folded)) {
        sb_sayings_add(out, folded);
        return;
    }
    if (say_inflected(r, out, folded))
        return;
    say_compound(r, out, folded);
    sb_sayings_add(out, folded);
}

static bool say_run(const reader *r, sb_sayings *out, const char *text, size_t size)
{
    char *run = sb_copy_bytes(text, size), *folded = run ? sb_fold(run) : NULL;
    bool done = folded != NULL;
    if (done && size == 1 && strchr("aAI", text[0]) == NULL && sb_is_letter_byte(text[0]))
        say_letters(out, text, 1);
    else if (done && !say_initialism(r, out, text, size, folded) &&
             (knows(r, folded) || all_upper(text, size) || !say_parts(r, out, text, size)))
        say_folded(r, out, folded);
    free(folded);
    free(run);
    return done;
}

/* Returns the length of letters with apostrophes between them: "rock'n'roll", "dogs'". */
static size_t run_size(const char *text)
{
    size_t n = 0;
    while (sb_is_letter_byte(text[n]) || (text[n] == '\'' && (n > 0 || sb_is_letter_byte(text[1]))))
        n++;
    while (n > 1 && text[n - 1] == '\'' && text[n - 2] != 's')
        n--;
    return n;
}

/* "U.S." and "J.R.R.": single letters with full stops. */
static size_t dotted_size(const char *text)
{
    size_t n = 0;
    while (sb_is_letter_byte(text[n]) && (unsigned char)text[n] < 128 && text[n + 1] == '.')
        n += 2;
    return n >= 4 ? n : 0;
}

static const char *symbol_word(const char *text, size_t at)
{
    bool after_word = at > 0 && (sb_is_letter_byte(text[at - 1]) || sb_is_ascii_digit(text[at - 1]));
    switch (text[at]) {
    case '&':
        return "and";
    case '@':
        return "at";
    case '%':
        return "percent";
    case '=':
        return "equals";
    case '+':
        return "plus";
    case '#':
        return sb_is_ascii_digit(text[at + 1]) ? "number" : NULL;
    case '.':
        return after_word && is_lower(text[at + 1]) && run_size(text + at + 1) <= 3 ? "dot" : NULL;
    default:
        return NULL;
    }
}

/* Reads the piece at text[*at] and advances `*at`. */
static bool say_piece(const reader *r, sb_sayings *piece, const char *text, size_t *at)
{
    size_t size = sb_number_sayings(piece, text + *at);
    bool done = true;
    if (size == 0 && (size = dotted_size(text + *at)) > 0)
        say_letters(piece, text + *at, size);
    else if (size == 0 && (size = run_size(text + *at)) > 0)
        done = say_run(r, piece, text + *at, size);
    else if (size == 0) {
        const char *word = symbol_word(text, *at);
        if (word)
            sb_sayings_add(piece, word);
        size = 1;
    }
    *at += size;
    return done;
}

/* Replaces typographic apostrophes and dashes by ASCII, and other punctuation by blanks. */
static void to_plain_marks(char *text)
{
    static const char *const marks[][2] = {
        {"\xE2\x80\x99", "'"}, {"\xE2\x80\x98", "'"}, {"\xCA\xBC", "'"},     {"\xE2\x80\x90", "-"},
        {"\xE2\x80\x91", "-"}, {"\xE2\x80\x93", "-"}, {"\xE2\x80\x94", "-"}, {"\xE2\x80\xA6", " "},
        {"\xE2\x80\x9C", " "}, {"\xE2\x80\x9D", " "}, {"\xC2\xAB", " "},     {"\xC2\xBB", " "},
        {"\xC2\xBF", " "},     {"\xC2\xA1", " "}};
    size_t out = 0;
    for (size_t at = 0; text[at];) {
        size_t size = 1;
        text[out] = text[at];
        for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
            if (strncmp(text + at, marks[i][0], strlen(marks[i][0])) == 0) {
                text[out] = marks[i][1][0];
                size = strlen(marks[i][0]);
            }
        out++;
        at += size;
    }
    text[out] = '\0';
}

static char *trimmed(char *text)
{
    size_t size;
    while (*text && strchr(" \"([{<*_-,;:!?)", *text))
        text++;
    while ((size = strlen(text)) > 0 && strchr(" \")]}>*_-,;:!?", text[size - 1]))
        text[size - 1] = '\0';
    return text;
}

static void cut_full_stop(char *text)
{
    size_t size = strlen(text);
    while (size > 0 && strchr(".'\"", text[size - 1]))
        text[--size] = '\0';
}

static bool say_whole(const reader *r, sb_sayings *out, const char *text)
{
    char *folded = sb_fold(text);
    if (folded && !say_abbreviation(out, folded) && strpbrk(text, "-'.&/") && knows(r, folded))
        sb_sayings_add(out, folded);
    bool done = folded != NULL;
    free(folded);
    return done;
}

static bool say_pieces(const reader *r, sb_sayings *out, const char *text)
{
    for (size_t at = 0; text[at];) {
        sb_sayings piece = {.n_items = 0};
        if (!say_piece(r, &piece, text, &at))
            return false;
        sb_sayings_join(out, &piece);
    }
    return true;
}

sb_status sb_word_sayings(sb_sayings *out, const char *word, sb_is_known_word *known, const void *user,
                          sb_error *err)
{
    reader r = {known, user};
    out->n_items = 0;
    if (strlen(word) > WORD_SIZE_MAX)
        return SB_OK;
    char *copy = sb_copy_text(word, NULL);
    bool done = copy != NULL;
    if (done) {
        to_plain_marks(copy);
        char *text = trimmed(copy);
        done = say_whole(&r, out, text);
        if (done && out->n_items == 0) {
            if (!dotted_size(text))
                cut_full_stop(text);
            done = say_whole(&r, out, text) && (out->n_items > 0 || say_pieces(&r, out, text));
        }
    }
    free(copy);
    return done ? SB_OK : sb_error_memory(err, "looking up pronunciations");
}
