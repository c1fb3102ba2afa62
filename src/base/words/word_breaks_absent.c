#include "base/words/words.h"

bool sb_word_breaker_exists(void)
{
    return false;
}

bool sb_word_breaker_begin(sb_word_breaker **breaker, const char *text, size_t size)
{
    (void)breaker;
    (void)text;
    (void)size;
    return false;
}

size_t sb_word_breaker_next(sb_word_breaker *breaker)
{
    (void)breaker;
    return 0;
}

void sb_word_breaker_free(sb_word_breaker **breaker)
{
    *breaker = NULL;
}
