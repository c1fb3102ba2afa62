#include "cli/term/term.h"

#include "base/text/text.h"
#include "cli/session/session.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#define MAX_WARNINGS 10
#define RED          "\033[1;31m"
#define YELLOW       "\033[33m"
#define PLAIN        "\033[0m"

const char *cli_plural(size_t n)
{
    return n == 1 ? "" : "s";
}

static void put_ascii(const char *text)
{
    for (; *text; text++)
        fputc(*text >= ' ' && *text < 0x7f ? *text : '?', stderr);
}

/* A message that memory ran out must not need memory. */
static void put_safe(const char *text)
{
    sb_bytes safe = {0};
    sb_append_printable(&safe, text);
    if (safe.failed)
        put_ascii(text);
    else if (safe.size > 0)
        fwrite(safe.data, 1, safe.size, stderr);
    sb_bytes_finish(&safe);
}

static void put_colored(const cli_context *context, const char *color, const char *text)
{
    bool colored = color && context && context->color_err;
    fprintf(stderr, "%s%s%s", colored ? color : "", text, colored ? PLAIN : "");
}

/* Colours are never inside the text of a message, so that searching for the text works. */
static void begin_message(cli_context *context, const char *color)
{
    if (context)
        cli_progress_clear(&context->progress);
    put_colored(context, color, "soundbite:");
    fputc(' ', stderr);
}

static void put_place(const char *file, int64_t line, int64_t column)
{
    if (!file || !file[0])
        return;
    put_safe(strcmp(file, "-") ? file : "standard input");
    if (line > 0)
        fprintf(stderr, ":%lld", (long long)line);
    if (line > 0 && column > 0)
        fprintf(stderr, ":%lld", (long long)column);
    fputs(": ", stderr);
}

/* Messages about a value begin with the name of the option, which is also the name of the column. */
static bool names_itself(const char *message, const char *name)
{
    size_t length = strlen(name);
    return !strncmp(message, name, length) && (message[length] == ' ' || message[length] == ':');
}

const char *cli_error_advice(char out[CLI_ADVICE_SIZE], const sb_error *err)
{
    const char *field = err->field ? err->field : "";
    size_t used = 0;
    out[0] = 0;
    for (size_t length; *field; field += length + (field[length] == ',')) {
        length = strcspn(field, ",");
        const cli_option *option = cli_option_for_field(field, length);
        int n = 0;
        if (option && !strchr(err->field, ',') && names_itself(err->message, option->name))
            continue;
        if (option && option->remedy)
            n = snprintf(out + used, CLI_ADVICE_SIZE - used, "; use --%s %s", option->name, option->remedy);
        else if (option)
            n = snprintf(out + used, CLI_ADVICE_SIZE - used, "%s--%s", used ? ", " : " (", option->name);
        used += n > 0 ? (size_t)n : 0;
    }
    if (out[0] == ' ' && used + 1 < CLI_ADVICE_SIZE)
        memcpy(out + used, ")", 2);
    return out;
}

void cli_message_error(cli_context *context, const sb_error *err)
{
    char advice[CLI_ADVICE_SIZE];
    if (!err->message[0])
        return;
    begin_message(context, RED);
    if (err->status == SB_ERR_INTERRUPTED) {
        fputs("interrupted; no partial file is left\n", stderr);
        return;
    }
    put_place(err->file, err->line, err->column);
    put_safe(err->message);
    put_safe(cli_error_advice(advice, err));
    fputc('\n', stderr);
}

static void warn(cli_context *context, const sb_note *note)
{
    begin_message(context, NULL);
    put_place(note->file, note->line, note->column);
    put_colored(context, YELLOW, "warning:");
    fputc(' ', stderr);
    put_safe(note->text);
    fputc('\n', stderr);
}

SB_PRINTF(3, 0)
static char *format_text(char *out, size_t size, const char *format, va_list arguments)
{
    vsnprintf(out, size, format, arguments);
    return out;
}

void cli_message_warning(cli_context *context, const char *file, const char *format, ...)
{
    if (context->quiet)
        return;
    char text[1024];
    va_list arguments;
    va_start(arguments, format);
    warn(context,
         &(sb_note){.file = (char *)file, .text = format_text(text, sizeof text, format, arguments)});
    va_end(arguments);
}

SB_PRINTF(2, 0)
static void say(cli_context *context, const char *format, va_list arguments)
{
    char text[1024];
    begin_message(context, NULL);
    put_safe(format_text(text, sizeof text, format, arguments));
    fputc('\n', stderr);
}

void cli_message_note(cli_context *context, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    if (!context->quiet)
        say(context, format, arguments);
    va_end(arguments);
}

void cli_message_detail(cli_context *context, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    if (context->verbose && !context->quiet)
        say(context, format, arguments);
    va_end(arguments);
}

void cli_message_notes(cli_context *context, sb_notes *notes)
{
    size_t n_shown = context->verbose ? notes->n_items : MAX_WARNINGS;
    if (n_shown > notes->n_items)
        n_shown = notes->n_items;
    for (size_t i = 0; i < n_shown && !context->quiet; i++)
        warn(context, &notes->items[i]);
    size_t n_more = notes->n_items - n_shown + notes->n_dropped;
    if (n_more)
        cli_message_warning(context, NULL, "%zu more warning%s%s", n_more, cli_plural(n_more),
                            context->verbose ? " were not kept" : "; see them all with --verbose");
    sb_notes_finish(notes);
}
