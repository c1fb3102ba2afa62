#include "cli/args/args.h"

#include "cli/session/session.h"
#include "cli/term/term.h"

#include <string.h>

static int run_completion(cli_context *context)
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
    .details =
        (const cli_detail[]){{NULL, "An installed soundbite already has these scripts. Use this command if "
                                    "you built the program yourself and did not install it. If SHELL is the "
                                    "word manual, the command prints the man page soundbite(1)."},
                             {NULL, NULL}},
    .options = (const cli_option_id[]){CLI_OPT_OUTPUT, CLI_OPT_END},
    .examples =
        (const cli_example[]){
            {"source <(soundbite completion bash)", "Turn on completion in this bash session."},
            {"soundbite completion fish -o ~/.config/fish/completions/soundbite.fish",
             "Turn on completion in every new fish session."},
            {"soundbite completion manual | man -l -", "Show the man page."},
            {NULL, NULL}},
    .run = run_completion,
};
