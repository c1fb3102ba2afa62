#include <string.h>

#include "base/text/text.h"
#include "drift/measure/measure.h"

bool sb_drift_ends_sentence(const char *word)
{
    size_t n = strlen(word);

    while (n > 0 && strchr("\"')]*_", word[n - 1]))
        n--;
    if (n >= 3 && (!memcmp(word + n - 3, "\xe2\x80\x9d", 3) || !memcmp(word + n - 3, "\xe2\x80\x99", 3)))
        n -= 3;
    if (n >= 3 && (!memcmp(word + n - 3, "\xe2\x80\xa6", 3) || !memcmp(word + n - 3, "\xe3\x80\x82", 3)))
        return true;
    return n > 0 && strchr(".?!", word[n - 1]);
}

bool sb_drift_starts_small(const char *word)
{
    size_t at = 0;
    int32_t c = sb_utf8_next(word, strlen(word), &at);

    return sb_is_letter(c) && !sb_is_upper(c);
}
