#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "alignment/names/names.h"
#include "base/text/text.h"
#include "base/words/words.h"

#define MIN_IDENTIFIER 16

/* Words that tools use as labels of a voice: alone, or before a number or letter. */
static const char *const voices[] = {
    "speaker",     "speakers",    "spk",      "spkr",    "sprecher", "sprecherin", "locuteur",
    "orateur",     "intervenant", "hablante", "orador",  "falante",  "oratore",    "parlante",
    "spreker",     "talare",      "mowca",    "channel", "ch",       "voice",      "person",
    "participant", "track",       "user",     "s",       "p",        NULL};

/* The same in Chinese, Japanese, Korean and Russian. */
static const char *const foreign_voices[] = {
    "\xe8\xaf\xb4\xe8\xaf\x9d\xe4\xba\xba",
    "\xe5\x8f\x91\xe8\xa8\x80\xe4\xba\xba",
    "\xe7\x99\xbc\xe8\xa8\x80\xe4\xba\xba",
    "\xe8\xa9\xb1\xe8\x80\x85",
    "\xe7\x99\xba\xe8\xa8\x80\xe8\x80\x85",
    "\xe3\x82\xb9\xe3\x83\x94\xe3\x83\xbc\xe3\x82\xab\xe3\x83\xbc",
    "\xed\x99\x94\xec\x9e\x90",
    "\xec\xb0\xb8\xec\x84\x9d\xec\x9e\x90",
    "\xd0\xa1\xd0\xbf\xd0\xb8\xd0\xba\xd0\xb5\xd1\x80",
    "\xd0\x93\xd0\xbe\xd0\xb2\xd0\xbe\xd1\x80\xd1\x8f\xd1\x89\xd0\xb8\xd0\xb9",
    NULL};

/* Words for a speaker whose name is unknown. */
static const char *const unknowns[] = {"unknown",   "unidentified", "unnamed",     "anonymous",
                                       "unbekannt", "inconnu",      "desconocido", NULL};
static const char *const persons[] = {"speaker", "male",   "female",      "man",      "woman", "voice",
                                      "person",  "caller", "participant", "sprecher", NULL};

static bool is_separator(char c)
{
    return c == ' ' || c == '_' || c == '-' || c == '#' || c == ':' || c == '.';
}

/* A number, or one letter. */
static bool is_number_or_letter(const char *text)
{
    size_t size = strlen(text), digits = strspn(text, "0123456789");
    return size > 0 && (digits == size || (size == 1 && isalpha((unsigned char)*text)));
}

/* 8-4-4-4-12 hexadecimal digits, perhaps in braces or with more after it, or a long hexadecimal number. */
static bool is_identifier(const char *text)
{
    static const size_t groups[] = {8, 4, 4, 4, 12};
    static const char hex[] = "0123456789abcdef";
    text += *text == '{';
    size_t digits = strspn(text, hex);
    if (digits >= MIN_IDENTIFIER && !text[digits] && strcspn(text, "0123456789") < digits)
        return true;
    for (size_t i = 0; i < 5; i++) {
        if (strspn(text, hex) < groups[i])
            return false;
        text += groups[i];
        if (i < 4 && *text++ != '-')
            return false;
    }
    return !isalnum((unsigned char)*text);
}

static bool is_unknown(const char *text)
{
    size_t size = strcspn(text, " _-");
    if (!sb_part_is_among(text, size, unknowns))
        return false;
    text += size + strspn(text + size, " _-");
    size = strcspn(text, " _-0123456789");
    return !*text || sb_part_is_among(text, size, persons) || is_number_or_letter(text);
}

static bool is_label(const char *text)
{
    if (is_number_or_letter(text) || is_identifier(text) || is_unknown(text))
        return true;
    size_t size = 0;
    while (isalpha((unsigned char)text[size]))
        size++;
    const char *rest = text + size;
    while (is_separator(*rest))
        rest++;
    if (!sb_part_is_among(text, size, voices))
        return false;
    if (!*rest)
        return size > 2 && rest == text + size;
    return is_number_or_letter(rest) && (size > 2 || isdigit((unsigned char)*rest));
}

static bool is_foreign_voice(const char *name)
{
    for (const char *const *voice = foreign_voices; *voice; voice++) {
        size_t size = strlen(*voice);
        if (strncmp(name, *voice, size))
            continue;
        name += size;
        while (is_separator(*name))
            name++;
        return !*name || is_number_or_letter(name);
    }
    return false;
}

bool sb_name_is_label(const char *name, bool *ok)
{
    char *folded = sb_fold(name);
    bool label = is_foreign_voice(name) || (folded && is_label(folded));
    *ok = *ok && folded;
    free(folded);
    return label;
}
