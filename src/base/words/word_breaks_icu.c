#include <stdlib.h>

#include <unicode/ubrk.h>
#include <unicode/utext.h>

#include "base/text/text.h"
#include "base/words/words.h"

struct sb_word_breaker {
    UBreakIterator *iterator;
    UText text;
    const char *bytes;
    size_t size;
};

bool sb_word_breaker_exists(void)
{
    return true;
}

static sb_word_breaker *create_breaker(void)
{
    UErrorCode code = U_ZERO_ERROR;
    sb_word_breaker *b = calloc(1, sizeof *b);
    if (!b)
        return NULL;
    b->text = (UText)UTEXT_INITIALIZER;
    b->iterator = ubrk_open(UBRK_WORD, "", NULL, 0, &code);
    if (U_FAILURE(code))
        sb_word_breaker_free(&b);
    return b;
}

bool sb_word_breaker_begin(sb_word_breaker **breaker, const char *text, size_t size)
{
    UErrorCode code = U_ZERO_ERROR;
    sb_word_breaker *b = *breaker ? *breaker : create_breaker();
    *breaker = b;
    if (!b)
        return false;
    b->bytes = text;
    b->size = size;
    utext_openUTF8(&b->text, text, (int64_t)size, &code);
    ubrk_setUText(b->iterator, &b->text, &code);
    return U_SUCCESS(code);
}

/* ICU also breaks at punctuation and between scripts, where words of other languages would not end. */
static bool is_between_words(const sb_word_breaker *b, size_t at)
{
    size_t before = at, after = at;
    int32_t last = sb_utf8_last(b->bytes, 0, &before);
    if (last == 0x200B && before > 0)
        last = sb_utf8_last(b->bytes, 0, &before);
    return sb_is_unspaced(last) && sb_is_unspaced(sb_utf8_next(b->bytes, b->size, &after));
}

size_t sb_word_breaker_next(sb_word_breaker *b)
{
    for (int32_t at; (at = ubrk_next(b->iterator)) != UBRK_DONE;) {
        if (at > 0 && (size_t)at < b->size && is_between_words(b, (size_t)at))
            return (size_t)at;
    }
    return b->size;
}

void sb_word_breaker_free(sb_word_breaker **breaker)
{
    if (!*breaker)
        return;
    ubrk_close((*breaker)->iterator);
    utext_close(&(*breaker)->text);
    free(*breaker);
    *breaker = NULL;
}
