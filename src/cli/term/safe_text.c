#include "cli/term/term.h"

#include <string.h>

/* Returns the length of the character at `at` if it could control a terminal, otherwise 0. */
static size_t unsafe_length(const unsigned char *at)
{
    if (at[0] < 0x20 || at[0] == 0x7f)
        return 1;
    if (at[0] == 0xc2 && at[1] >= 0x80 && at[1] < 0xa0)
        return 2;
    bool turns = (at[0] == 0xe2 && at[1] == 0x80 && at[2] >= 0xaa && at[2] <= 0xae) ||
                 (at[0] == 0xe2 && at[1] == 0x81 && at[2] >= 0xa6 && at[2] <= 0xa9);
    return turns ? 3 : 0;
}

void cli_add_safe(sb_bytes *out, const char *text)
{
    const unsigned char *from = (const unsigned char *)text, *at = from;
    while (*at) {
        size_t n = unsafe_length(at);
        if (!n) {
            at++;
            continue;
        }
        sb_bytes_append(out, from, (size_t)(at - from));
        sb_bytes_append(out, "?", 1);
        from = at += n;
    }
    sb_bytes_append(out, from, (size_t)(at - from));
}
