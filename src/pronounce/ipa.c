#include "pronounce/pronounce.h"

#include <string.h>

#define CLEAN_SIZE 1024

/* Diacritics that do not make another phone: stress, length, ties and tones, and palatalised, aspirated,
 * rounded, raised, lowered, devoiced or unreleased sounds. */
static const char *const marks[] = {
    "ˈ",      "ˌ",      "ː",      "ˑ",      "͡",       "͜",       "ʲ",      "ʰ",      "ʷ",      "ᵝ",
    "ˠ",      "ˤ",      "˞",      "ʱ",      "̥",       "̬",       "\u031d", "\u031e", "\u031f", "\u0320",
    "\u032a", "\u032f", "\u0308", "\u0324", "\u0330", "\u0306", "\u031a", "\u0339", "\u031c", "."};

static size_t mark_at(const char *text)
{
    if (*text >= '0' && *text <= '9')
        return 1;
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
        size_t size = strlen(marks[i]);
        if (strncmp(text, marks[i], size) == 0)
            return size;
    }
    return 0;
}

/* "(en)", where espeak-ng switches to another language's voice. */
static size_t switch_at(const char *text)
{
    const char *end = *text == '(' ? strchr(text, ')') : NULL;
    return end ? (size_t)(end - text) + 1 : 0;
}

static void remove_marks(char out[CLEAN_SIZE], const char *ipa)
{
    size_t n = 0;
    while (*ipa && n + 1 < CLEAN_SIZE) {
        size_t skipped = mark_at(ipa);
        if (skipped == 0)
            skipped = switch_at(ipa);
        if (skipped == 0)
            out[n++] = *ipa++;
        ipa += skipped;
    }
    out[n] = '\0';
}

static const sb_ipa_symbol *longest_symbol(const char *text, size_t *size)
{
    const sb_ipa_symbol *best = NULL;
    *size = 1;
    for (const sb_ipa_symbol *s = sb_ipa_symbols; s->symbol; s++) {
        size_t length = strlen(s->symbol);
        if ((!best || length > *size) && strncmp(text, s->symbol, length) == 0) {
            best = s;
            *size = length;
        }
    }
    return best;
}

bool sb_ipa_read(const char *ipa, sb_ipa_choice choice, sb_phone *out, size_t *n, size_t room)
{
    char clean[CLEAN_SIZE];
    remove_marks(clean, ipa);
    for (const char *at = clean; *at;) {
        size_t size;
        const sb_ipa_symbol *symbol = longest_symbol(at, &size);
        at += size;
        if (!symbol)
            continue;
        bool second = choice == SB_IPA_SECOND && *symbol->second;
        if (!sb_phones_add(second ? symbol->second : symbol->phones, out, n, room))
            return false;
    }
    return true;
}
