#include "commands.h"

#include "help.h"
#include "messages.h"
#include "output.h"

#include <string.h>

static int run(cli_context *context)
{
    sb_error err = {0};
    sb_bytes text = {0};
    const char *shell = cli_operand(context, 0);
    if (cli_output_begin(context, &err))
        return cli_fail(context, &err);
    if (!strcmp(shell, "manual"))
        cli_manual(&text);
    else if (!cli_completion(&text, shell))
        sb_error_set(&err, SB_ERR_ARGUMENT, "there is no completion for '%s'; use bash, zsh or fish", shell);
    if (!err.status)
        cli_output_end(context, &text, &err);
    sb_bytes_finish(&text);
    return err.status ? cli_fail(context, &err) : CLI_EXIT_OK;
}

const cli_command cli_command_completion = {
    .name = "completion",
    .summary = "Print a completion script for bash, zsh or fish",
    .operands = (const char *const[]){"SHELL", NULL},
    .n_needed = 1,
    .details = "Installed packages bring these scripts along; this is for a program built by hand. With "
               "'manual' as SHELL "
               "the manual page soundbite(1) is printed.",
    .options = (const cli_option_id[]){CLI_OPT_OUTPUT, CLI_OPT_END},
    .examples =
        (const cli_example[]){{"source <(soundbite completion bash)",
                               "Completes soundbite's commands and options in this bash."},
                              {"soundbite completion fish -o ~/.config/fish/completions/soundbite.fish",
                               "Does so in every new fish."},
                              {"soundbite completion manual | man -l -", "Shows the manual page."},
                              {NULL, NULL}},
    .run = run,
};
