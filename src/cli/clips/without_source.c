#include "cli/clips/clips.h"

#include "base/run/run.h"
#include "cli/session/session.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static sb_status needs(const cli_context *context, const char *audio, const char *source, const char *what,
                       sb_error *err)
{
    char *line = cli_line_to_type(context->args, (const char *const[]){audio, source}, 2);
    if (line)
        sb_error_set(err, SB_ERR_ARGUMENT, "%s: type '%s'", what, line);
    else
        sb_error_memory(err, "reading the options");
    free(line);
    return err->status;
}

/* The options that need words. */
static const cli_option *option_of_words(const cli_arguments *args)
{
    static const cli_option_id selecting[] = {CLI_SELECTION_OPTIONS};
    static const cli_option_id others[] = {CLI_OPT_CAPTIONS, CLI_OPT_CAPTION_NAMES,
                                           CLI_OPT_DROP,     CLI_OPT_SPEAKERS,
                                           CLI_OPT_ALIAS,    CLI_OPT_TRANSCRIPT_FORMAT};
    for (size_t i = 0; i < sizeof selecting / sizeof *selecting; i++)
        if (selecting[i] != CLI_OPT_FROM && selecting[i] != CLI_OPT_UNTIL && cli_has(args, selecting[i]))
            return &cli_options[selecting[i]];
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        if (cli_has(args, others[i]))
            return &cli_options[others[i]];
    return NULL;
}

sb_status cli_clip_check_source(const cli_context *context, sb_error *err)
{
    const cli_arguments *args = context->args;
    const char *first = cli_operand(context, 0);
    cli_file_kind kind = CLI_FILE_UNKNOWN;
    const char *description;
    char what[120];
    if (args->n_operands != 1)
        return SB_OK;
    if (cli_file_kind_of(&kind, first, &description, err))
        return err->status;
    if (kind == CLI_FILE_TEXT || kind == CLI_FILE_ALIGNMENT || kind == CLI_FILE_DOCUMENT) {
        snprintf(what, sizeof what, "%.60s is %s, and clip needs the audio too", first, description);
        return needs(context, "AUDIO", first, what, err);
    }
    const cli_option *option = option_of_words(args);
    if (option) {
        snprintf(what, sizeof what, "--%s needs a transcript or an alignment file", option->name);
        return needs(context, first, "TRANSCRIPT", what, err);
    }
    if (cli_has(args, CLI_OPT_FROM) || cli_has(args, CLI_OPT_UNTIL))
        return SB_OK;
    return needs(context, first, "TRANSCRIPT", "clip needs a transcript, or --from TIME and --until TIME",
                 err);
}
