#include "cli/clips/clips.h"

#include "cli/term/term.h"

#include <stdlib.h>
#include <string.h>

#define MOST_SHOWN 3

/* Returns how many clips have had this warning, including this one. */
static size_t count(cli_clip_warnings *warnings, const char *text)
{
    for (size_t i = 0; i < warnings->n_kinds; i++)
        if (!strcmp(warnings->kinds[i].text, text))
            return ++warnings->kinds[i].n;
    if (warnings->n_kinds < CLI_WARNING_KINDS && (warnings->kinds[warnings->n_kinds].text = strdup(text)))
        warnings->kinds[warnings->n_kinds++].n = 1;
    return 1;
}

void cli_clip_warnings_show(cli_clip_warnings *warnings, cli_context *context, const sb_clip_result *result)
{
    for (size_t i = 0; i < result->n_warnings; i++)
        if (count(warnings, result->warnings[i]) <= MOST_SHOWN || context->verbose)
            cli_message_warning(context, result->file, "%s", result->warnings[i]);
}

void cli_clip_warnings_finish(cli_clip_warnings *warnings, cli_context *context)
{
    for (size_t i = 0; i < warnings->n_kinds; i++) {
        size_t n = warnings->kinds[i].n;
        if (n > MOST_SHOWN && !context->verbose)
            cli_message_warning(context, NULL, "%zu clips in all: %s", n, warnings->kinds[i].text);
        free(warnings->kinds[i].text);
    }
    *warnings = (cli_clip_warnings){0};
}
