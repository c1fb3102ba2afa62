#include "cli/session/session.h"

#include "base/run/run.h"
#include "base/text/text.h"
#include "cli/show/show.h"

#include <stdlib.h>
#include <string.h>

#define LIST_LIMIT ((size_t)16 << 20)

/* Commands for one episode, and what does the same for all episodes of a show or of an archive. {show} is the
 * operand, {text} what is searched, and {options} are those that the command `last` takes too. */
static const struct {
    const char *command, *show, *archive;
    const cli_command *last;
} lines[] = {
    {"align", "archive add {show}", "archive add DIR --archive {show}", NULL},
    {"clip", "batch {show} -o clips{options}", NULL, &cli_command_batch},
    {"find", "archive add {show} && soundbite search {text}{options}",
     "search {text} --archive {show}{options}", &cli_command_search},
    {"drift", "drift --list {show}", NULL, NULL},
    {"verify", "archive add {show} && soundbite search {text} --verify{options}",
     "search {text} --archive {show} --verify{options}", &cli_command_search},
    {"export", "archive add {show} && soundbite archive get NAME | soundbite export -{options}",
     "archive get NAME --archive {show} | soundbite export -{options}", &cli_command_export},
};

/* What a search would look for, and the option that makes it look in the same way. */
static const struct {
    cli_option_id id;
    const char *option;
} texts[] = {
    {CLI_OPT_PHRASE, ""}, {CLI_OPT_NEAR, " --near"}, {CLI_OPT_SOUNDS_LIKE, " --sound"}, {CLI_OPT_QUOTE, ""}};

/* A list for batch, such as the results of search. */
static bool is_list(const char *path)
{
    sb_error unheard = {0};
    cli_file_kind kind;
    const char *description;
    sb_bytes bytes = {0};
    sb_notes notes = {0};
    sb_batch_list *list = NULL;
    bool is = !cli_file_kind_of(&kind, path, &description, &unheard) && kind == CLI_FILE_TEXT &&
              !sb_file_read(&bytes, path, LIST_LIMIT, &unheard) &&
              !sb_batch_list_read(&list, bytes.data, bytes.size, path, NULL, &notes, &unheard) &&
              list->n_rows && !list->rows[0].error.status;
    sb_batch_list_free(&list);
    sb_notes_finish(&notes);
    sb_bytes_finish(&bytes);
    return is;
}

static const char *description_of(cli_show_kind kind)
{
    return kind == CLI_SHOW_FOLDER    ? "a folder"
           : kind == CLI_SHOW_GLOB    ? "a pattern"
           : kind == CLI_SHOW_ARCHIVE ? "an archive of episodes"
                                      : "a playlist or feed";
}

static void add_text(sb_bytes *line, const cli_arguments *args)
{
    const char *text = args->command == &cli_command_find && args->n_operands > 1 ? args->operands[1] : NULL;
    for (size_t i = 0; !text && i < sizeof texts / sizeof *texts; i++)
        text = cli_text(args, texts[i].id, NULL);
    if (text)
        cli_quote_inside(line, text);
    else
        sb_bytes_text(line, args->command == &cli_command_verify ? "QUOTE" : "TEXT");
}

static void add_options(sb_bytes *line, const cli_arguments *args, const cli_command *last)
{
    for (size_t i = 0; last == &cli_command_search && i < sizeof texts / sizeof *texts; i++)
        sb_bytes_text(line, cli_has(args, texts[i].id) ? texts[i].option : "");
    cli_line_add_options(line, args, last);
    if (last == &cli_command_export && !cli_has(args, CLI_OPT_TO))
        sb_bytes_text(line, " --to srt");
}

char *cli_line_for_all(const cli_arguments *args, const char *show)
{
    sb_bytes line = {0};
    bool is_archive = cli_show_kind_of(show) == CLI_SHOW_ARCHIVE;
    size_t i = 0, n = sizeof lines / sizeof *lines;
    while (i < n && strcmp(lines[i].command, args->command->name))
        i++;
    if (i == n)
        return NULL;
    sb_bytes_text(&line, "soundbite ");
    const char *at = is_archive && lines[i].archive ? lines[i].archive : lines[i].show;
    for (size_t length; *at; at += length) {
        length = *at == '{' ? strcspn(at, "}") + 1 : strcspn(at, "{");
        if (!strncmp(at, "{show}", length))
            cli_quote_inside(&line, show);
        else if (!strncmp(at, "{text}", length))
            add_text(&line, args);
        else if (!strncmp(at, "{options}", length))
            add_options(&line, args, lines[i].last);
        else
            sb_bytes_append(&line, at, length);
    }
    if (line.failed)
        sb_bytes_finish(&line);
    return line.data;
}

/* Where a transcript is expected, an archive is a source of one. */
static sb_status refuse_archive(const char *archive, sb_error *err)
{
    sb_bytes quoted = {0};
    cli_quote_inside(&quoted, archive);
    sb_error_set_at(err, SB_ERR_ARGUMENT, archive, 0, 0,
                    "is an archive of episodes; write one of them to a file and name that: type 'soundbite "
                    "archive get NAME --archive %s -o NAME.json'",
                    quoted.data ? quoted.data : "");
    sb_bytes_finish(&quoted);
    return err->status;
}

sb_status cli_refuse_show(const cli_arguments *args, size_t index, sb_error *err)
{
    const char *show = args->operands[index];
    cli_show_kind kind = cli_show_kind_of(show);
    if (kind == CLI_SHOW_FOLDER)
        return SB_OK;
    bool cuts_list = kind == CLI_SHOW_NONE && args->command == &cli_command_clip && !index &&
                     strcmp(show, "-") && is_list(show);
    if (kind == CLI_SHOW_NONE && !cuts_list)
        return SB_OK;
    char *line = index ? NULL : cli_line_for_all(args, show);
    if (!line && kind == CLI_SHOW_ARCHIVE)
        return refuse_archive(show, err);
    if (line && kind == CLI_SHOW_ARCHIVE && args->command == &cli_command_align)
        sb_error_set_at(err, SB_ERR_ARGUMENT, show, 0, 0,
                        "is an archive, and its episodes are aligned; to add others, type '%s'", line);
    else if (line)
        sb_error_set_at(err, SB_ERR_ARGUMENT, show, 0, 0, "is %s; for all its %s, type '%s'",
                        cuts_list ? "a list" : description_of(kind), cuts_list ? "rows" : "episodes", line);
    free(line);
    return err->status;
}
