#include "cli/session/session.h"

#include <string.h>

#define MAX_LINE 360 /* so that it fits into an error message together with the problem */

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
    /* The line itself is between single quotes, so double ones are easier to read. */
    bool is_plain = *text && strspn(text, plain) == strlen(text);
    if (is_plain || strpbrk(text, "\"$`\\!"))
        cli_shell_quote(out, text);
    else
        sb_bytes_print(out, "\"%s\"", text);
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

void cli_line_add_given(sb_bytes *line, const cli_arguments *args, cli_option_id id)
{
    for (size_t i = 0; i < args->n_values; i++)
        if (args->values[i].option == &cli_options[id])
            cli_add_option(line, &args->values[i]);
}

void cli_line_add_options(sb_bytes *line, const cli_arguments *args, const cli_command *command)
{
    size_t short_size = line->size;
    for (size_t i = 0; i < args->n_values; i++)
        if (!command || cli_command_takes(command, args->values[i].option))
            cli_add_option(line, &args->values[i]);
    if (line->size > MAX_LINE && line->size > short_size) {
        line->size = short_size;
        sb_bytes_text(line, " ...");
    }
}
