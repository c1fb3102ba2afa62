#include "cli/args/args.h"

#include <string.h>

/* Adds the first clause of a help text inside single quotes. `apostrophe` is the shell's spelling of an
 * apostrophe there. */
static void add_brief(sb_bytes *out, const char *text, const char *apostrophe)
{
    const char *end = strpbrk(text, ";:(");
    const char *stop = strstr(text, ". ");
    size_t length = strlen(text);
    if (end && end > text)
        length = (size_t)(end - text);
    if (stop && (size_t)(stop - text) < length)
        length = (size_t)(stop - text);
    while (length > 0 && (text[length - 1] == '.' || text[length - 1] == ' '))
        length--;
    for (size_t i = 0; i < length; i++)
        if (text[i] == '\'')
            sb_bytes_text(out, apostrophe);
        else
            sb_bytes_append(out, text + i, 1);
}

static void add_option_brief(sb_bytes *out, const cli_option *option, const char *apostrophe)
{
    sb_bytes help = {0};
    cli_option_help(&help, option);
    add_brief(out, help.data ? help.data : "", apostrophe);
    sb_bytes_finish(&help);
}

static void add_choices(sb_bytes *out, const cli_option *option)
{
    const sb_option *as = cli_option_as(option);
    for (size_t i = 0; as->choice(i); i++)
        sb_bytes_print(out, "%s%s", i ? " " : "", as->choice(i));
}

static void add_commands(sb_bytes *out)
{
    const cli_command *command;
    for (size_t i = 0; (command = cli_command_at(i)); i++)
        sb_bytes_print(out, "%s%s", i ? " " : "", command->name);
}

static void add_bash_options(sb_bytes *out, const cli_command *command)
{
    const cli_option *option;
    for (size_t i = 0; (option = cli_command_option(command, i)); i++) {
        sb_bytes_print(out, "%s--%s", i ? " " : "", option->name);
        if (option->letter)
            sb_bytes_print(out, " -%c", option->letter);
    }
}

/* Adds the values after an option: its choices, folders or nothing. Files are bash's default. */
static void add_bash_values(sb_bytes *out)
{
    for (size_t id = 0; id < CLI_N_OPTIONS; id++) {
        const cli_option *option = &cli_options[id];
        sb_option_type type = cli_option_as(option)->type;
        if (type == SB_OPTION_FLAG || type == SB_OPTION_FILE || type == SB_OPTION_FOLDER || option->if_bare)
            continue;
        sb_bytes_print(out, "    --%s)\n        COMPREPLY=(", option->name);
        if (cli_option_as(option)->choice) {
            sb_bytes_text(out, "$(compgen -W '");
            add_choices(out, option);
            sb_bytes_text(out, "' -- \"$current\")");
        }
        sb_bytes_text(out, ")\n        compopt +o default\n        return\n        ;;\n");
    }
}

static void add_bash(sb_bytes *out)
{
    sb_bytes_text(
        out, "_soundbite()\n{\n"
             "    local current=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD-1]}\n"
             "    local command='' options word\n"
             "    if [[ $current == '=' ]]; then\n        current=''\n"
             "    elif [[ $previous == '=' && $COMP_CWORD -gt 1 ]]; then\n"
             "        previous=${COMP_WORDS[COMP_CWORD-2]}\n    fi\n"
             "    for word in \"${COMP_WORDS[@]:1:COMP_CWORD-1}\"; do\n"
             "        if [[ $word != -* ]]; then\n            command=$word\n            break\n        fi\n"
             "    done\n    case $previous in\n");
    add_bash_values(out);
    sb_bytes_text(out, "    esac\n    case $command in\n    '')\n        options='");
    add_commands(out);
    sb_bytes_text(out, " ");
    add_bash_options(out, NULL);
    sb_bytes_text(out, "'\n        compopt +o default\n        ;;\n");
    const cli_command *command;
    for (size_t i = 0; (command = cli_command_at(i)); i++) {
        sb_bytes_print(out, "    %s)\n        options='", command->name);
        add_bash_options(out, command);
        sb_bytes_text(out, "'\n        ;;\n");
    }
    sb_bytes_text(out, "    esac\n    if [[ $current == -* || -z $command ]]; then\n"
                       "        COMPREPLY=($(compgen -W \"$options\" -- \"$current\"))\n    fi\n}\n"
                       "complete -o default -o bashdefault -F _soundbite soundbite\n");
}

static void add_zsh_option(sb_bytes *out, const cli_option *option)
{
    const sb_option *as = cli_option_as(option);
    const char *repeats = as->repeats ? "*" : "";
    const char *equals = as->type == SB_OPTION_FLAG ? "" : option->if_bare ? "=-" : "=";
    if (option->letter)
        sb_bytes_print(out, "            '(-%c --%s)'{-%c%s,--%s%s}'[", option->letter, option->name,
                       option->letter, as->type == SB_OPTION_FLAG ? "" : "+", option->name, equals);
    else
        sb_bytes_print(out, "            '%s--%s%s[", repeats, option->name, equals);
    add_option_brief(out, option, "'\\''");
    sb_bytes_text(out, "]");
    if (as->argument)
        sb_bytes_print(out, ":%s:", as->argument);
    if (cli_option_as(option)->choice) {
        sb_bytes_text(out, "(");
        add_choices(out, option);
        sb_bytes_text(out, ")");
    }
    if (as->type == SB_OPTION_FILE)
        sb_bytes_text(out, "_files");
    if (as->type == SB_OPTION_FOLDER)
        sb_bytes_text(out, "_files -/");
    sb_bytes_text(out, "' \\\n");
}

static void add_zsh_options(sb_bytes *out, const cli_command *command)
{
    const cli_option *option;
    for (size_t i = 0; (option = cli_command_option(command, i)); i++)
        add_zsh_option(out, option);
}

static void add_zsh(sb_bytes *out)
{
    sb_bytes_text(out, "#compdef soundbite\n\n_soundbite()\n{\n    local context state state_descr line\n"
                       "    typeset -A opt_args\n    local -a commands\n    commands=(\n");
    const cli_command *command;
    for (size_t i = 0; (command = cli_command_at(i)); i++) {
        sb_bytes_print(out, "        '%s:", command->name);
        add_brief(out, command->summary, "'\\''");
        sb_bytes_text(out, "'\n");
    }
    sb_bytes_text(out, "    )\n    _arguments -C \\\n");
    add_zsh_options(out, NULL);
    sb_bytes_text(out, "            '1:command:->command' '*::argument:->argument'\n"
                       "    case $state in\n    command)\n        _describe command commands\n        ;;\n"
                       "    argument)\n        case $words[1] in\n");
    for (size_t i = 0; (command = cli_command_at(i)); i++) {
        sb_bytes_print(out, "        %s)\n            _arguments \\\n", command->name);
        add_zsh_options(out, command);
        sb_bytes_text(out, "            '*:file:_files'\n            ;;\n");
    }
    sb_bytes_text(out, "        esac\n        ;;\n    esac\n}\n\n"
                       "if [[ $funcstack[1] == _soundbite ]]; then\n    _soundbite \"$@\"\nelse\n"
                       "    compdef _soundbite soundbite\nfi\n");
}

static void add_fish_option(sb_bytes *out, const char *condition, const cli_option *option)
{
    sb_option_type type = cli_option_as(option)->type;
    sb_bytes_print(out, "complete -c soundbite%s -l %s", condition, option->name);
    if (option->letter)
        sb_bytes_print(out, " -s %c", option->letter);
    if (cli_option_as(option)->choice) {
        sb_bytes_text(out, option->if_bare ? " -f -a '" : " -x -a '");
        add_choices(out, option);
        sb_bytes_text(out, "'");
    } else if (type == SB_OPTION_FILE || type == SB_OPTION_FOLDER) {
        sb_bytes_text(out, " -r");
    } else if (type != SB_OPTION_FLAG) {
        sb_bytes_text(out, " -x");
    }
    sb_bytes_text(out, " -d '");
    add_option_brief(out, option, "\\'");
    sb_bytes_text(out, "'\n");
}

static void add_fish(sb_bytes *out)
{
    const cli_command *command;
    const cli_option *option;
    for (size_t i = 0; (command = cli_command_at(i)); i++) {
        sb_bytes_print(out, "complete -c soundbite -n __fish_use_subcommand -f -a %s -d '", command->name);
        add_brief(out, command->summary, "\\'");
        sb_bytes_text(out, "'\n");
    }
    for (size_t i = 0; (option = cli_command_option(NULL, i)); i++)
        add_fish_option(out, "", option);
    for (size_t i = 0; (command = cli_command_at(i)); i++)
        for (size_t j = 0; command->options[j] != CLI_OPT_END; j++) {
            sb_bytes condition = {0};
            sb_bytes_print(&condition, " -n '__fish_seen_subcommand_from %s'", command->name);
            add_fish_option(out, condition.data ? condition.data : "", &cli_options[command->options[j]]);
            sb_bytes_finish(&condition);
        }
}

bool cli_completion(sb_bytes *out, const char *shell)
{
    static const struct {
        const char *shell;
        void (*add)(sb_bytes *out);
    } scripts[] = {{"bash", add_bash}, {"zsh", add_zsh}, {"fish", add_fish}};
    for (size_t i = 0; i < sizeof scripts / sizeof scripts[0]; i++)
        if (!strcmp(scripts[i].shell, shell)) {
            scripts[i].add(out);
            return true;
        }
    return false;
}
