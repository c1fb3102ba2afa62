#include "cli/session/session.h"

#include "base/run/run.h"
#include "base/text/text.h"
#include "cli/show/show.h"

#include <string.h>

#define LIST_LIMIT ((size_t)16 << 20)

/* Commands for one episode, and what does the same for all episodes of a show. %s is the show. */
static const struct {
    const char *command, *line;
    bool keeps_options;
} lines[] = {
    {"align", "soundbite archive add %s", false},
    {"clip", "soundbite batch %s -o clips", true},
    {"find", "soundbite archive add %s && soundbite search TEXT", false},
    {"drift", "soundbite drift --list %s", false},
    {"verify", "soundbite archive add %s && soundbite search QUOTE --verify", false},
    {"export", "soundbite archive add %s && soundbite archive get NAME | soundbite export - --to FORMAT",
     false},
};

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

char *cli_line_for_all(const cli_arguments *args, const char *show)
{
    sb_bytes line = {0}, quoted = {0};
    cli_quote_inside(&quoted, show);
    sb_bytes_append(&quoted, "", 1);
    for (size_t i = 0; i < sizeof lines / sizeof *lines && !quoted.failed; i++) {
        const char *text = lines[i].line, *at = strstr(text, "%s");
        if (strcmp(lines[i].command, args->command->name))
            continue;
        sb_bytes_append(&line, text, (size_t)(at - text));
        sb_bytes_text(&line, quoted.data);
        sb_bytes_text(&line, at + 2);
        for (size_t v = 0; lines[i].keeps_options && v < args->n_values; v++)
            if (args->values[v].option != &cli_options[CLI_OPT_OUTPUT_TEMPLATE])
                cli_add_option(&line, &args->values[v]);
    }
    sb_bytes_finish(&quoted);
    if (line.failed)
        sb_bytes_finish(&line);
    return line.data;
}

sb_status cli_operand_is_episode(const cli_arguments *args, sb_error *err)
{
    const char *show = args->n_operands ? args->operands[0] : NULL;
    cli_show_kind kind = show ? cli_show_kind_of(show) : CLI_SHOW_NONE;
    if (kind == CLI_SHOW_FOLDER || !show)
        return SB_OK;
    bool cuts_list =
        kind == CLI_SHOW_NONE && !strcmp(args->command->name, "clip") && strcmp(show, "-") && is_list(show);
    char *line = kind == CLI_SHOW_NONE && !cuts_list ? NULL : cli_line_for_all(args, show);
    if (line)
        sb_error_set_at(err, kind == CLI_SHOW_ENTRIES ? SB_ERR_FORMAT : SB_ERR_ARGUMENT, show, 0, 0,
                        "is %s; for all its %s, type '%s'", cuts_list ? "a list" : description_of(kind),
                        cuts_list ? "rows" : "episodes", line);
    sb_bytes unused = {.data = line};
    sb_bytes_finish(&unused);
    return err->status;
}
