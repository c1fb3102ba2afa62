#include "pronounce/pronounce.h"

#include <string.h>

/* "(en)", where espeak-ng switches to another language's voice. */
static size_t switch_at(const char *text)
{
    const char *end = *text == '(' ? strchr(text, ')') : NULL;
    return end ? (size_t)(end - text) + 1 : 0;
}

/* The longest that the text begins with, or NULL. */
static const sb_ipa_symbol *symbol_at(const char *text, size_t *size)
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

bool sb_ipa_read(const char *ipa, sb_ipa_word *out)
{
    for (const char *at = ipa; *at;) {
        size_t size = switch_at(at);
        const sb_ipa_symbol *symbol = size ? NULL : symbol_at(at, &size);
        at += size;
        if (symbol && out->n == SB_IPA_WORD_MAX)
            return false;
        if (symbol)
            out->rows[out->n++] = (uint8_t)(symbol - sb_ipa_symbols);
    }
    return true;
}

static size_t list_choices(uint8_t out[SB_IPA_CHOICES], const sb_ipa_word *word)
{
    size_t n = 0;
    for (size_t i = 0; i < word->n && n < SB_IPA_CHOICES; i++)
        if (*sb_ipa_symbols[word->rows[i]].second && !memchr(out, word->rows[i], n))
            out[n++] = word->rows[i];
    return n;
}

size_t sb_ipa_word_ways(const sb_ipa_word *word)
{
    uint8_t choices[SB_IPA_CHOICES];
    return word->n ? (size_t)1 << list_choices(choices, word) : 0;
}

size_t sb_ipa_word_say(const sb_ipa_word *word, size_t way, sb_phone *out, size_t room)
{
    uint8_t choices[SB_IPA_CHOICES];
    size_t n_choices = list_choices(choices, word), n = 0;
    for (size_t i = 0; i < word->n; i++) {
        const sb_ipa_symbol *symbol = &sb_ipa_symbols[word->rows[i]];
        const uint8_t *choice = memchr(choices, word->rows[i], n_choices);
        bool second = choice && way >> (choice - choices) & 1;
        if (!sb_phones_add(second ? symbol->second : symbol->phones, out, &n, room))
            return 0;
    }
    return n;
}
