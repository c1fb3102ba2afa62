#include "cli/session/session.h"

#include "base/run/run.h"
#include "base/text/text.h"
#include "cli/show/show.h"

#include <stdlib.h>
#include <string.h>

#define LIST_LIMIT ((size_t)16 << 20)

/* A longer text is left out of the line, so that the line fits into the message. */
#define MOST_TEXT 120

/* Commands for one episode, and what does the same for all episodes of a show or of an archive. {show} is the
 * operand, {text} what is searched, {archive} the archive that was named, and {options} are those that the
 * command `last` takes too. */
static const struct {
    const char *command, *show, *archive;
    const cli_command *last;
} lines[] = {
    {"align", "archive add {show}{archive}", "archive add DIR --archive {show}", NULL},
    {"clip", "batch {show} -o clips{options}", NULL, &cli_command_batch},
    {"find", "archive add {show}{archive} && soundbite search {text}{options}",
     "search {text} --archive {show}{options}", &cli_command_search},
    {"drift", "drift --list {show}{options}", NULL, &cli_command_drift},
    {"verify", "archive add {show}{archive} && soundbite search {text} --verify{options}",
     "search {text} --archive {show} --verify{options}", &cli_command_search},
    {"export", "archive add {show}{archive} && soundbite archive get NAME | soundbite export -{options}",
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

typedef struct searched {
    const char *text;   /* NULL: none that a search could look for */
    const char *option; /* of search */
    const cli_value *value;
} searched;

static searched what_is_searched(const cli_arguments *args)
{
    if (args->command == &cli_command_find && args->n_operands > 1)
        return (searched){args->operands[1], "", NULL};
    for (size_t i = 0; i < args->n_values; i++)
        for (size_t k = 0; k < sizeof texts / sizeof *texts; k++)
            if (args->values[i].option == &cli_options[texts[k].id])
                return (searched){args->values[i].text, texts[k].option, &args->values[i]};
    return (searched){NULL, "", NULL};
}

static bool fits_into_line(const char *text)
{
    return text && *text != '-' && strlen(text) <= MOST_TEXT;
}

static void add_text(sb_bytes *line, const cli_arguments *args)
{
    searched what = what_is_searched(args);
    if (fits_into_line(what.text))
        cli_quote_inside(line, what.text);
    else
        sb_bytes_text(line, args->command == &cli_command_verify ? "QUOTE" : "TEXT");
}

static void add_path(sb_bytes *line, const char *path)
{
    char *plain = *path == '-' ? sb_text_print("./%s", path) : NULL;
    cli_quote_inside(line, plain ? plain : path);
    free(plain);
}

/* The archive that is the operand replaces one that was named. */
static bool is_kept(const cli_value *value, const cli_command *last, bool is_archive)
{
    bool other = is_archive && value->option == &cli_options[CLI_OPT_ARCHIVE];
    return last && !other && cli_command_takes(last, value->option);
}

static void add_options(sb_bytes *line, const cli_arguments *args, const cli_command *last, bool is_archive)
{
    cli_arguments kept = *args;
    kept.values = calloc(args->n_values + 1, sizeof *kept.values);
    kept.n_values = 0;
    for (size_t i = 0; kept.values && i < args->n_values; i++)
        if (is_kept(&args->values[i], last, is_archive))
            kept.values[kept.n_values++] = args->values[i];
    if (last == &cli_command_search)
        sb_bytes_text(line, what_is_searched(args).option);
    cli_line_add_options(line, &kept, last);
    free(kept.values);
    if (last == &cli_command_export && !cli_has(args, CLI_OPT_TO))
        sb_bytes_text(line, " --to srt");
}

static size_t line_of(const cli_arguments *args)
{
    size_t i = 0, n = sizeof lines / sizeof *lines;
    while (i < n && strcmp(lines[i].command, args->command->name))
        i++;
    return i;
}

/* Appends " (without --from and so on)" for what was typed and is not in the line. */
static void add_left_out(sb_bytes *out, const cli_arguments *args, bool is_archive)
{
    const cli_command *last = lines[line_of(args)].last;
    const cli_value *text = what_is_searched(args).value;
    size_t n = 0;
    for (size_t i = 0; last && i < args->n_values; i++) {
        const cli_value *value = &args->values[i];
        bool is_output = value->option->writes != CLI_READS;
        if (is_kept(value, last, is_archive) || value == text || is_output)
            continue;
        sb_bytes_print(out, "%s--%s", n++ ? ", " : " (without ", value->option->name);
    }
    sb_bytes_text(out, n ? ")" : "");
}

char *cli_line_for_all(const cli_arguments *args, const char *show)
{
    sb_bytes line = {0};
    bool is_archive = cli_show_kind_of(show) == CLI_SHOW_ARCHIVE;
    size_t i = line_of(args);
    if (i == sizeof lines / sizeof *lines)
        return NULL;
    sb_bytes_text(&line, "'soundbite ");
    const char *at = is_archive && lines[i].archive ? lines[i].archive : lines[i].show;
    for (size_t length; *at; at += length) {
        length = *at == '{' ? strcspn(at, "}") + 1 : strcspn(at, "{");
        if (!strncmp(at, "{show}", length))
            add_path(&line, show);
        else if (!strncmp(at, "{text}", length))
            add_text(&line, args);
        else if (!strncmp(at, "{archive}", length))
            cli_line_add_given(&line, args, CLI_OPT_ARCHIVE);
        else if (!strncmp(at, "{options}", length))
            add_options(&line, args, lines[i].last, is_archive);
        else
            sb_bytes_append(&line, at, length);
    }
    sb_bytes_text(&line, "'");
    add_left_out(&line, args, is_archive);
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
                        "is an archive, and its episodes are aligned; to add others, type %s", line);
    else if (line)
        sb_error_set_at(err, SB_ERR_ARGUMENT, show, 0, 0, "is %s; for all its %s, type %s",
                        cuts_list ? "a list" : description_of(kind), cuts_list ? "rows" : "episodes", line);
    free(line);
    return err->status;
}
