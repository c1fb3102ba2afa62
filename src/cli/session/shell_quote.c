#include "cli/session/session.h"

#include <string.h>

void cli_shell_quote(sb_bytes *out, const char *text)
{
    static const char plain[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-+=.,/:@%";
    if (*text && strspn(text, plain) == strlen(text)) {
        sb_bytes_text(out, text);
        return;
    }
    sb_bytes_text(out, "'");
    for (; *text; text++)
        sb_bytes_append(out, *text == '\'' ? "'\\''" : text, *text == '\'' ? 4 : 1);
    sb_bytes_text(out, "'");
}
