#include "cli/args/args.h"

#include "base/words/words.h"

#include "cli/session/session.h"
#include "cli/term/term.h"

#include <string.h>

static sb_status unknown(const char *name, sb_error *err)
{
    const char *nearest = sb_nearest(name, cli_command_name, NULL);
    if (nearest)
        return sb_error_set(err, SB_ERR_ARGUMENT, "there is no command '%s'; did you mean '%s'?", name,
                            nearest);
    return sb_error_set(err, SB_ERR_ARGUMENT, "there is no command '%s'; see 'soundbite --help'", name);
}

static int run_help(cli_context *context)
{
    sb_error err = {0};
    sb_bytes text = {0};
    const char *name = cli_operand(context, 0);
    const cli_command *command = name ? cli_command_named(name) : NULL;
    bool is_formats = name && !strcmp(name, "formats");
    if (name && !command && !is_formats) {
        unknown(name, &err);
        return cli_fail(context, &err);
    }
    if (is_formats)
        cli_reader_help(&text);
    else
        cli_help_text(&text, command);
    cli_print(text.data, text.size, &err);
    sb_bytes_finish(&text);
    return err.status ? cli_fail(context, &err) : CLI_EXIT_OK;
}

const cli_command cli_command_help = {
    .name = "help",
    .summary = "Show help for the program or a command, or the formats of transcripts",
    .operands = (const char *const[]){"COMMAND|formats", NULL},
    .options = (const cli_option_id[]){CLI_OPT_END},
    .examples = (const cli_example[]){{"soundbite help clip", "Show the same as 'soundbite clip --help'."},
                                      {"soundbite help formats",
                                       "List the formats of transcripts, with an example of each."},
                                      {NULL, NULL}},
    .run = run_help,
};
