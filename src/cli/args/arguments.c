#include "cli/args/args.h"

#include "base/run/run.h"
#include "base/words/words.h"

#include "soundbite/file.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The position in argv. */
typedef struct cursor {
    cli_arguments *out;
    char **argv;
    int argc, at;
    sb_error *err;
} cursor;

static const char *option_name(const void *user, size_t index)
{
    const cli_option *option = cli_command_option(user, index);
    return option ? option->name : NULL;
}

static sb_status unknown_option(const cursor *c, const char *typed, const char *name)
{
    const cli_command *command = c->out->command;
    const char *nearest = sb_nearest(name, option_name, command);
    const char *of = command ? command->name : "soundbite";
    if (nearest)
        return sb_error_set(c->err, SB_ERR_ARGUMENT, "%s has no option %s; did you mean --%s?", of, typed,
                            nearest);
    return sb_error_set(c->err, SB_ERR_ARGUMENT, "%s has no option %s; see 'soundbite %s%s--help'", of, typed,
                        command ? of : "", command ? " " : "");
}

static sb_status unknown_command(const cursor *c, const char *name)
{
    const char *nearest = sb_nearest(name, cli_command_name, NULL);
    if (nearest)
        return sb_error_set(c->err, SB_ERR_ARGUMENT, "there is no command '%s'; did you mean '%s'?", name,
                            nearest);
    return sb_error_set(c->err, SB_ERR_ARGUMENT, "there is no command '%s'; see 'soundbite --help'", name);
}

static const cli_option *find_long(const cli_command *command, const char *name, size_t length)
{
    const cli_option *option;
    for (size_t i = 0; (option = cli_command_option(command, i)); i++)
        if (strlen(option->name) == length && !memcmp(option->name, name, length))
            return option;
    return NULL;
}

static const cli_option *find_letter(const cli_command *command, char letter)
{
    const cli_option *option;
    for (size_t i = 0; (option = cli_command_option(command, i)); i++)
        if (option->letter == letter)
            return option;
    return NULL;
}

static bool is_flag(const cli_option *option)
{
    return cli_option_as(option)->type == SB_OPTION_FLAG;
}

static bool is_choice(const cli_option *option, const char *text)
{
    const sb_option *as = cli_option_as(option);
    for (size_t i = 0; as->choice(i); i++)
        if (!strcmp(as->choice(i), text))
            return true;
    return false;
}

/* "--from srt" gives the transcript's format. No format name is a valid time. */
static const cli_option *meant_by(const cli_option *option, const char *text)
{
    const cli_option *format = &cli_options[CLI_OPT_TRANSCRIPT_FORMAT];
    bool is_from = option == &cli_options[CLI_OPT_FROM] || option == &cli_options[CLI_OPT_FROM_FORMAT];
    return is_from && text && is_choice(format, text) ? format : option;
}

static sb_status add_value(cursor *c, const cli_option *option, const char *text)
{
    if (is_flag(option) && text)
        return sb_error_set(c->err, SB_ERR_ARGUMENT, "--%s takes no argument; leave out '=%s'", option->name,
                            text);
    return cli_value_read(&c->out->values[c->out->n_values++], meant_by(option, text), text, c->err);
}

/* Uses the next word as the option's argument. "-14" can be an argument, "--json" cannot. */
static sb_status add_with_next(cursor *c, const cli_option *option)
{
    const char *next = c->at < c->argc ? c->argv[c->at] : NULL;
    if (option->if_bare && !(next && is_choice(option, next)))
        return add_value(c, option, option->if_bare);
    if (!next)
        return sb_error_set(c->err, SB_ERR_ARGUMENT, "--%s needs %s after it; add one", option->name,
                            cli_option_as(option)->argument);
    if (!strncmp(next, "--", 2))
        return sb_error_set(c->err, SB_ERR_ARGUMENT,
                            "--%s needs %s after it, not '%s'; add one, or write --%s='%s'", option->name,
                            cli_option_as(option)->argument, next, option->name, next);
    c->at++;
    return add_value(c, option, next);
}

static sb_status read_long(cursor *c, const char *word)
{
    const char *name = word + 2, *equals = strchr(name, '=');
    size_t length = equals ? (size_t)(equals - name) : strlen(name);
    const cli_option *option = find_long(c->out->command, name, length);
    if (!option) {
        char plain[64], typed[68];
        snprintf(plain, sizeof plain, "%.*s", (int)(length < 60 ? length : 60), name);
        snprintf(typed, sizeof typed, "--%s", plain);
        return unknown_option(c, typed, plain);
    }
    if (is_flag(option) || equals)
        return add_value(c, option, equals ? equals + 1 : NULL);
    return add_with_next(c, option);
}

static sb_status read_letters(cursor *c, const char *word)
{
    for (const char *at = word + 1; *at; at++) {
        const cli_option *option = find_letter(c->out->command, *at);
        char typed[3] = {'-', *at, 0};
        if (!option)
            return sb_error_set(c->err, SB_ERR_ARGUMENT,
                                "%s has no option %s; if '%s' is not an option, put -- before it",
                                c->out->command ? c->out->command->name : "soundbite", typed, word);
        if (!is_flag(option))
            return at[1] ? add_value(c, option, at + 1) : add_with_next(c, option);
        if (add_value(c, option, NULL))
            return SB_ERR_ARGUMENT;
    }
    return SB_OK;
}

static sb_status read_operand(cursor *c, const char *word)
{
    if (c->out->command) {
        c->out->operands[c->out->n_operands++] = word;
        return SB_OK;
    }
    c->out->command = cli_command_named(word);
    return c->out->command ? SB_OK : unknown_command(c, word);
}

sb_status cli_arguments_read(cli_arguments *out, int argc, char **argv, sb_error *err)
{
    *out = (cli_arguments){.program = argc > 0 ? argv[0] : NULL};
    size_t room = 1;
    for (int i = 0; i < argc; i++)
        room += strlen(argv[i]);
    out->operands = calloc((size_t)argc + 1, sizeof *out->operands);
    out->values = calloc(room, sizeof *out->values);
    if (!out->operands || !out->values)
        return sb_error_memory(err, "reading the options");
    cursor c = {.out = out, .argv = argv, .argc = argc, .at = 1, .err = err};
    bool ended = false;
    while (c.at < argc) {
        const char *word = argv[c.at++];
        sb_status status = SB_OK;
        if (ended || word[0] != '-' || !word[1])
            status = read_operand(&c, word);
        else if (!strcmp(word, "--"))
            ended = true;
        else
            status = word[1] == '-' ? read_long(&c, word) : read_letters(&c, word);
        if (status)
            return status;
    }
    return SB_OK;
}

void cli_arguments_finish(cli_arguments *arguments)
{
    free(arguments->operands);
    free(arguments->values);
    *arguments = (cli_arguments){0};
}

static const cli_option *given_instead(const cli_arguments *arguments)
{
    const cli_option_id *id = arguments->command->instead;
    for (; id && *id != CLI_OPT_END; id++)
        if (cli_has(arguments, *id))
            return &cli_options[*id];
    return NULL;
}

static bool is_unit(const char *text)
{
    char time[20];
    sb_time t;
    return snprintf(time, sizeof time, "1%s", text) < (int)sizeof time && *text &&
           (*text < '0' || *text > '9') && !sb_time_parse(&t, time, NULL);
}

/* The line in the message has the given operands, and the names of the missing ones. */
static sb_status too_few(const cli_arguments *arguments, sb_error *err)
{
    const cli_command *command = arguments->command;
    const char *const *names = command->operands + command->first_may_lack;
    size_t n_needed = command->n_needed - command->first_may_lack;
    sb_bytes line = {0};
    for (size_t i = 0; i < n_needed; i++)
        sb_bytes_print(&line, " %s", i < arguments->n_operands ? arguments->operands[i] : names[i]);
    if (line.failed)
        sb_error_memory(err, "reading the options");
    else
        sb_error_set(err, SB_ERR_ARGUMENT, "%s needs %s; type 'soundbite %s%s', or see 'soundbite %s --help'",
                     command->name, names[arguments->n_operands], command->name, (char *)line.data,
                     command->name);
    sb_bytes_finish(&line);
    return err->status;
}

static bool takes_phrase(const cli_command *command)
{
    const cli_option *option;
    for (size_t i = 0; (option = cli_command_option(command, i)); i++)
        if (option == &cli_options[CLI_OPT_PHRASE])
            return true;
    return false;
}

static sb_status too_many(const cli_arguments *arguments, const char *operand, sb_error *err)
{
    const char *name = arguments->command->name;
    for (size_t i = 0; i < arguments->n_values; i++) {
        const cli_value *value = &arguments->values[i];
        if (cli_option_as(value->option)->type == SB_OPTION_TIME && is_unit(operand))
            return sb_error_set(
                err, SB_ERR_ARGUMENT,
                "%s takes no argument '%s'; if it is the unit of a time, type it without a blank, "
                "such as --%s %s%s",
                name, operand, value->option->name, value->text, operand);
    }
    if (takes_phrase(arguments->command))
        return sb_error_set(err, SB_ERR_ARGUMENT,
                            "%s takes no argument '%.60s'; to find these words, type --phrase \"%.60s\"; see "
                            "'soundbite %s --help'",
                            name, operand, operand, name);
    return sb_error_set(err, SB_ERR_ARGUMENT, "%s takes no argument '%s'; see 'soundbite %s --help'", name,
                        operand, name);
}

sb_status cli_arguments_check(const cli_arguments *arguments, sb_error *err)
{
    const cli_command *command = arguments->command;
    size_t n_known = 0, n = arguments->n_operands;
    const cli_option *instead = given_instead(arguments);
    if (instead && n > 0)
        return sb_error_set(err, SB_ERR_ARGUMENT,
                            "--%s lists all files, so '%s' is not needed; see 'soundbite %s --help'",
                            instead->name, arguments->operands[0], command->name);
    while (command->operands[n_known])
        n_known++;
    if (n + command->first_may_lack < command->n_needed && !instead)
        return too_few(arguments, err);
    if (n > n_known && !(n_known && strstr(command->operands[n_known - 1], "...")))
        return too_many(arguments, arguments->operands[n_known], err);
    size_t n_stdin = 0;
    for (size_t i = 0; i < n; i++)
        n_stdin += !strcmp(arguments->operands[i], "-");
    if (n_stdin > 1)
        return sb_error_set(err, SB_ERR_ARGUMENT,
                            "standard input can be read only once; name a file instead of one of the -");
    return SB_OK;
}

static const cli_value *last_value(const cli_arguments *arguments, cli_option_id id)
{
    for (size_t i = arguments->n_values; i-- > 0;)
        if (arguments->values[i].option == &cli_options[id])
            return &arguments->values[i];
    return NULL;
}

bool cli_has(const cli_arguments *arguments, cli_option_id id)
{
    return last_value(arguments, id) != NULL;
}

const char *cli_text(const cli_arguments *arguments, cli_option_id id, const char *fallback)
{
    const cli_value *value = last_value(arguments, id);
    return value ? value->text : fallback;
}

int64_t cli_whole(const cli_arguments *arguments, cli_option_id id, int64_t fallback)
{
    const cli_value *value = last_value(arguments, id);
    return value ? value->value.whole : fallback;
}

size_t cli_texts(const cli_arguments *arguments, cli_option_id id, const char ***out, bool *ok)
{
    size_t n = 0;
    *out = NULL;
    for (size_t i = 0; i < arguments->n_values; i++)
        n += arguments->values[i].option == &cli_options[id];
    if (!n)
        return 0;
    *out = calloc(n, sizeof **out);
    if (!*out) {
        *ok = false;
        return 0;
    }
    n = 0;
    for (size_t i = 0; i < arguments->n_values; i++)
        if (arguments->values[i].option == &cli_options[id])
            (*out)[n++] = arguments->values[i].text;
    return n;
}
