#include "base/words/words.h"

#include "base/text/text.h"

#include <string.h>
#include <strings.h>

bool sb_word_is_among(const char *word, const char *const *list)
{
    while (*list && strcmp(*list, word) != 0)
        list++;
    return *list != NULL;
}

bool sb_part_is_among(const char *text, size_t size, const char *const *list)
{
    for (; *list; list++)
        if (strlen(*list) == size && strncasecmp(*list, text, size) == 0)
            return true;
    return false;
}

bool sb_word_is_capitalised(const char *word)
{
    size_t size = strlen(word);
    for (size_t at = 0; at < size;) {
        int32_t c = sb_utf8_next(word, size, &at);
        if (sb_is_letter(c))
            return sb_is_upper(c);
    }
    return false;
}
