#include "cli/args/args.h"

#include <string.h>

const sb_option *cli_option_as(const cli_option *option)
{
    return option->own.name ? &option->own : sb_option_find(option->name);
}

cli_group cli_option_group(const cli_option *option)
{
    if (option->own.name || option->group)
        return option->group;
    switch (cli_option_as(option)->group) {
    case SB_OPTION_SELECTION:
        return CLI_GROUP_SELECTION;
    case SB_OPTION_CLIP:
    case SB_OPTION_MONTAGE:
        return CLI_GROUP_CLIP;
    default:
        return CLI_GROUP_COMMAND;
    }
}

void cli_option_help(sb_bytes *out, const cli_option *option)
{
    if (option->own.name)
        sb_bytes_text(out, option->own.help);
    else
        sb_option_help(out, cli_option_as(option), "--");
    sb_bytes_print(out, "%s%s", option->more ? " " : "", option->more ? option->more : "");
}

bool cli_option_lists_values(const sb_option *option)
{
    for (size_t i = 0; option->choice && option->choice(i); i++)
        if (i == CLI_MANY_VALUES)
            return false;
    return option->choice != NULL;
}

const cli_option *cli_option_for_field(const char *field, size_t length)
{
    for (size_t i = 0; i < CLI_N_OPTIONS; i++) {
        const sb_option *as = cli_option_as(&cli_options[i]);
        const char *own[] = {as->field, as->off_field};
        for (int k = 0; k < 2; k++)
            if (own[k] && strlen(own[k]) == length && !memcmp(own[k], field, length))
                return &cli_options[i];
    }
    return NULL;
}

bool cli_option_reads(const cli_option *option)
{
    sb_option_type type = cli_option_as(option)->type;
    return !option->writes && (type == SB_OPTION_FILE || type == SB_OPTION_FOLDER);
}
