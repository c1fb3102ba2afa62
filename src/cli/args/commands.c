#include "cli/args/args.h"

#include "soundbite/file.h"

#include <stdio.h>
#include <string.h>

static const cli_command *const commands[] = {
    &cli_command_align,   &cli_command_drift,  &cli_command_find,   &cli_command_clip,
    &cli_command_batch,   &cli_command_export, &cli_command_verify, &cli_command_remap,
    &cli_command_archive, &cli_command_search, &cli_command_info,   &cli_command_completion,
    &cli_command_help,
};

const cli_command *cli_command_at(size_t index)
{
    return index < sizeof commands / sizeof commands[0] ? commands[index] : NULL;
}

const char *cli_command_name(const void *user, size_t index)
{
    (void)user;
    const cli_command *command = cli_command_at(index);
    return command ? command->name : NULL;
}

const cli_command *cli_command_named(const char *name)
{
    const cli_command *command;
    for (size_t i = 0; (command = cli_command_at(i)); i++)
        if (!strcmp(command->name, name))
            return command;
    return NULL;
}

static const cli_option *general_option(size_t index)
{
    for (size_t id = 0; id < CLI_N_OPTIONS; id++)
        if (cli_option_group(&cli_options[id]) == CLI_GROUP_GENERAL && index-- == 0)
            return &cli_options[id];
    return NULL;
}

const cli_option *cli_command_option(const cli_command *command, size_t index)
{
    size_t n = 0;
    while (command && command->options[n] != CLI_OPT_END)
        n++;
    return index < n ? &cli_options[command->options[index]] : general_option(index - n);
}

bool cli_command_takes(const cli_command *command, const cli_option *option)
{
    const cli_option *own;
    for (size_t i = 0; (own = cli_command_option(command, i)); i++)
        if (own == option)
            return true;
    return false;
}

void cli_command_usage(const cli_command *command, char *out, size_t size)
{
    size_t used = (size_t)snprintf(out, size, "soundbite %s [options]", command->name);
    for (size_t i = 0; command->operands[i] && used < size; i++) {
        bool needed = i < command->n_needed && !(i == 0 && command->first_may_lack);
        used += (size_t)snprintf(out + used, size - used, needed ? " %s" : " [%s]", command->operands[i]);
    }
}
