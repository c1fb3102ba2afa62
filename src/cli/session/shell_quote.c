#include "cli/session/session.h"

#include <string.h>

/* What needs no quotes. */
static const char plain[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-+=.,/:@%";

void cli_shell_quote(sb_bytes *out, const char *text)
{
    if (*text && strspn(text, plain) == strlen(text)) {
        sb_bytes_text(out, text);
        return;
    }
    sb_bytes_text(out, "'");
    for (; *text; text++)
        sb_bytes_append(out, *text == '\'' ? "'\\''" : text, *text == '\'' ? 4 : 1);
    sb_bytes_text(out, "'");
}

void cli_quote_inside(sb_bytes *out, const char *text)
{
    bool is_plain = *text && strspn(text, plain) == strlen(text);
    if (is_plain) {
        sb_bytes_text(out, text);
        return;
    }
    const char *quote = strpbrk(text, "\"$`\\!") ? "'" : "\""; /* the line itself is between single quotes */
    sb_bytes_text(out, quote);
    sb_bytes_text(out, text);
    sb_bytes_text(out, quote);
}

void cli_add_option(sb_bytes *out, const cli_value *value)
{
    const cli_option *option = value->option;
    if (option->letter)
        sb_bytes_print(out, " -%c", option->letter);
    else
        sb_bytes_print(out, " --%s", option->name);
    if (!value->text)
        return;
    sb_bytes_text(out, " ");
    cli_quote_inside(out, value->text);
}
