#include "cli/archive/archive.h"

#include "base/run/run.h"
#include "base/text/text.h"
#include "cli/clips/clips.h"
#include "cli/session/session.h"
#include "cli/show/show.h"

#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

char *cli_archive_default(void)
{
    const char *data = getenv("XDG_DATA_HOME"), *home = getenv("HOME");
    if (data && data[0] == '/')
        return sb_text_print("%s/soundbite/archive.db", data);
    return home && home[0] == '/' ? sb_text_print("%s/.local/share/soundbite/archive.db", home) : NULL;
}

bool cli_archive_is_operated(const cli_arguments *args)
{
    return args->command == &cli_command_archive || args->command == &cli_command_search;
}

char *cli_archive_path(const cli_arguments *args, sb_error *err)
{
    const char *given = cli_text(args, CLI_OPT_ARCHIVE, NULL);
    char *path = given ? sb_copy_text(given, NULL) : cli_archive_default();
    if (!path && !given && !getenv("HOME"))
        sb_error_set(err, SB_ERR_ARGUMENT,
                     "there is no home folder for the archive; name a file with --archive");
    else if (!path)
        sb_error_memory(err, "opening the archive");
    return path;
}

static bool is_missing(const char *path)
{
    return access(path, F_OK) && errno == ENOENT;
}

static sb_status no_such_archive(const char *path, bool is_default, sb_error *err)
{
    sb_bytes option = {0};
    if (!is_default) {
        sb_bytes_text(&option, " --archive ");
        cli_quote_inside(&option, path);
    }
    sb_error_set_at(err, SB_ERR_IO, path, 0, 0,
                    "there is no such archive; check the name, or make it: 'soundbite archive add AUDIO "
                    "TRANSCRIPT%s'",
                    option.data ? option.data : "");
    sb_bytes_finish(&option);
    return err->status;
}

char *cli_archive_line(const cli_arguments *args, const char *action)
{
    sb_bytes line = {0};
    sb_bytes_print(&line, "soundbite archive %s", action);
    cli_line_add_given(&line, args, CLI_OPT_ARCHIVE);
    if (line.failed)
        sb_bytes_finish(&line);
    return line.data;
}

sb_status cli_archive_open_file(sb_archive **out, const char *path, sb_error *err)
{
    *out = NULL;
    return is_missing(path) ? no_such_archive(path, false, err)
                            : sb_archive_open(out, path, SB_ARCHIVE_READ, err);
}

sb_status cli_archive_open(sb_archive **out, const cli_context *context, sb_archive_use use, sb_error *err)
{
    *out = NULL;
    char *path = cli_archive_path(context->args, err);
    if (path && is_missing(path))
        no_such_archive(path, !cli_has(context->args, CLI_OPT_ARCHIVE), err);
    else if (path)
        sb_archive_open(out, path, use, err);
    free(path);
    return err->status;
}

sb_status cli_archive_check_given(const cli_context *context, sb_error *err)
{
    sb_archive *archive = NULL;
    const char *path = cli_text(context->args, CLI_OPT_ARCHIVE, NULL);
    if (path && !cli_archive_is_operated(context->args))
        cli_archive_open_file(&archive, path, err);
    sb_archive_close(&archive);
    return err->status;
}

char *cli_archive_whole_path(const char *path)
{
    char real[PATH_MAX];
    return sb_copy_text(realpath(path, real) ? real : path, NULL);
}

bool cli_archive_is_pair(const cli_context *context)
{
    sb_error unheard = {0};
    cli_file_kind kind;
    const char *description;
    return context->args->n_operands == CLI_ARCHIVE_OPERANDS + 2 &&
           !cli_file_kind_of(&kind, context->args->operands[CLI_ARCHIVE_OPERANDS], &description, &unheard) &&
           kind == CLI_FILE_MEDIA;
}

bool cli_archive_is_show(const cli_context *context)
{
    for (size_t i = CLI_ARCHIVE_OPERANDS; i < context->args->n_operands; i++)
        if (cli_show_kind_of(context->args->operands[i]) != CLI_SHOW_NONE)
            return true;
    return false;
}

void cli_archive_name_listed(const cli_context *context, sb_bytes *out)
{
    if (cli_archive_is_pair(context))
        return;
    if (cli_archive_is_show(context)) {
        cli_show_name_files(out, (const char *const *)context->args->operands + CLI_ARCHIVE_OPERANDS,
                            context->args->n_operands - CLI_ARCHIVE_OPERANDS);
        return;
    }
    for (size_t i = CLI_ARCHIVE_OPERANDS; i < context->args->n_operands; i++)
        cli_list_name_files(out, context->args->operands[i]);
}

static void add_name(sb_bytes *out, const char *path)
{
    if (path)
        sb_bytes_append(out, path, strlen(path) + 1);
}

void cli_archive_name_episodes(cli_context *context, sb_bytes *out)
{
    sb_error err = {0};
    sb_archive *archive = NULL;
    sb_archive_list *list = NULL;
    if (!cli_archive_open(&archive, context, SB_ARCHIVE_READ, &err) &&
        !sb_archive_episodes(&list, archive, NULL, 0, &err))
        for (size_t i = 0; i < list->n_items; i++) {
            add_name(out, list->items[i].audio);
            add_name(out, list->items[i].transcript);
        }
    out->failed = out->failed || err.status == SB_ERR_MEMORY;
    sb_archive_list_free(&list);
    sb_archive_close(&archive);
}

static bool has_name(const sb_archive_list *list, const char *name)
{
    for (size_t i = 0; i < list->n_items; i++)
        if (!strcmp(list->items[i].name, name))
            return true;
    return false;
}

/* An operand that is the name of an episode means that one, whatever else it fits. */
static void prefer_exact(sb_archive_list *list, const char *const *names, size_t n)
{
    size_t kept = 0;
    for (size_t i = 0; i < list->n_items; i++) {
        bool fits = false;
        for (size_t k = 0; k < n && !fits; k++)
            fits = has_name(list, names[k]) ? !strcmp(list->items[i].name, names[k])
                                            : sb_wildcard_match(names[k], list->items[i].name);
        if (fits) {
            sb_archive_episode item = list->items[i];
            list->items[i] = list->items[kept];
            list->items[kept++] = item;
        }
    }
    list->n_items = kept;
}

sb_status cli_archive_no_episode(const cli_arguments *args, const char *name, sb_error *err)
{
    char *line = cli_archive_line(args, "list");
    sb_error_set(err, SB_ERR_NOT_FOUND, "there is no episode '%.100s' in the archive; '%s' shows the names",
                 name, line ? line : "soundbite archive list");
    free(line);
    return err->status;
}

sb_status cli_archive_chosen(sb_archive_list **out, sb_archive *archive, const cli_context *context,
                             sb_error *err)
{
    const cli_arguments *args = context->args;
    size_t n = args->n_operands - CLI_ARCHIVE_OPERANDS;
    const char *const *names = (const char *const *)args->operands + CLI_ARCHIVE_OPERANDS;
    if (sb_archive_episodes(out, archive, names, n, err))
        return err->status;
    if (n)
        prefer_exact(*out, names, n);
    if (n && (*out)->n_items == 0) {
        sb_archive_list_free(out);
        cli_archive_no_episode(args, names[0], err);
    }
    return err->status;
}
