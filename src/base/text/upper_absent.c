#include "base/text/text.h"

/* Without ICU, only the letters A to Z change. */
void sb_upper_append(sb_bytes *out, const char *text, size_t size, const char *language)
{
    (void)language;
    for (size_t i = 0; i < size; i++) {
        char c = text[i];
        if (c >= 'a' && c <= 'z')
            c = (char)(c - 'a' + 'A');
        sb_bytes_append(out, &c, 1);
    }
}
