#include "cli/archive/archive.h"

#include "base/run/run.h"
#include "cli/args/args.h"

#include <stdlib.h>
#include <string.h>

/* In the order of the choices of --to. */
enum { TO_TEXT, TO_CSV, TO_JSON };

static sb_status check_date(const char *text, const char *name, sb_error *err)
{
    static const char form[] = "dddd-dd-dd";
    bool ok = text == NULL || strlen(text) == 4 || strlen(text) == 7 || strlen(text) == 10;
    for (size_t i = 0; ok && text && text[i]; i++)
        ok = form[i] == 'd' ? text[i] >= '0' && text[i] <= '9' : text[i] == '-';
    return ok ? SB_OK
              : sb_error_set(err, SB_ERR_ARGUMENT,
                             "--%s takes a date such as 2024-05-31, 2024-05 or 2024, not '%.40s'", name,
                             text);
}

typedef struct search_options {
    sb_archive_query query;
    cli_selection selection;
    const char **episodes;
} search_options;

static sb_status read_options(search_options *out, const cli_context *context, sb_error *err)
{
    const cli_arguments *args = context->args;
    bool ok = true, near = cli_has(args, CLI_OPT_WORDS_NEAR), sound = cli_has(args, CLI_OPT_BY_SOUND);
    if (near && sound)
        return sb_error_set(err, SB_ERR_ARGUMENT, "--near and --sound exclude each other; give one of them");
    if (sound && cli_has(args, CLI_OPT_EXPAND))
        return sb_error_set(err, SB_ERR_ARGUMENT,
                            "--sound and --expand exclude each other; give one of them");
    if (cli_selection_read(&out->selection, args, err))
        return err->status;
    const sb_selection *selection = &out->selection.selection;
    out->query = (sb_archive_query){.text = cli_operand(context, 0),
                                    .how = near    ? SB_SEARCH_NEAR
                                           : sound ? SB_SEARCH_SOUND
                                                   : SB_SEARCH_PHRASE,
                                    .or_alike = true,
                                    .speakers = selection->speakers,
                                    .n_speakers = selection->n_speakers,
                                    .min_length = selection->min_length,
                                    .max_length = selection->max_length,
                                    .expand = selection->expand,
                                    .repeats = cli_has(args, CLI_OPT_REPEATS),
                                    .limit = selection->limit,
                                    .since = cli_text(args, CLI_OPT_SINCE, NULL),
                                    .until = cli_text(args, CLI_OPT_BEFORE, NULL)};
    out->query.n_episodes = cli_texts(args, CLI_OPT_EPISODE, &out->episodes, &ok);
    out->query.episodes = out->episodes;
    if (!ok)
        return sb_error_memory(err, "reading the options");
    return check_date(out->query.since, "since", err) ? err->status
                                                      : check_date(out->query.until, "up-to", err);
}

static void add_match(sb_bytes *out, const cli_context *context, const sb_archive_match *match, size_t index)
{
    int64_t to =
        cli_has(context->args, CLI_OPT_JSON) ? TO_JSON : cli_whole(context->args, CLI_OPT_TO_LIST, TO_TEXT);
    if (to == TO_JSON)
        cli_found_json(out, match);
    else if (to == TO_CSV)
        cli_found_csv(out, match, index == 0);
    else
        cli_found_text(out, match, index + 1, context->color_out && !context->output);
}

static void tell_how(cli_context *context, const sb_archive_matches *matches, const sb_archive_query *query)
{
    sb_match_how how = matches->items[0].how;
    if (matches->is_partial)
        cli_message_note(context, "only the first places with these words were looked at; use more words or "
                                  "conditions to search all");
    if (query->how == SB_SEARCH_PHRASE && (how == SB_MATCH_NEAR || how == SB_MATCH_SOUND))
        cli_message_note(context, "'%s' was not found; these are %s", query->text,
                         how == SB_MATCH_NEAR ? "its words near each other" : "passages that sound like it");
    if (matches->n_repeats)
        cli_message_note(context, "%zu more in passages that recur, such as ads; --repeats finds them",
                         matches->n_repeats);
    if (matches->n_places > matches->n_items + matches->n_repeats)
        cli_message_note(context, "these are the best %zu of about %zu places; --limit shows more",
                         matches->n_items, matches->n_places);
}

static sb_status search(cli_context *context, const sb_archive_query *query, sb_error *err)
{
    sb_archive *archive = NULL;
    sb_archive_matches *matches = NULL;
    sb_bytes text = {0};
    if (cli_output_begin(context, err) || cli_archive_open(&archive, context, SB_ARCHIVE_READ, err))
        return err->status;
    if (!sb_archive_find(&matches, archive, query, err) && !matches->n_items && matches->is_partial)
        sb_error_set(
            err, SB_ERR_NOT_FOUND,
            "'%.100s' was not found, but not all places with these words were looked at; use more words "
            "or conditions",
            query->text);
    else if (!err->status && !matches->n_items && matches->n_repeats)
        sb_error_set(err, SB_ERR_NOT_FOUND,
                     "'%.100s' occurs only in passages that recur, such as ads; --repeats finds it there",
                     query->text);
    else if (!err->status && !matches->n_items)
        sb_error_set(
            err, SB_ERR_NOT_FOUND,
            "nothing in the archive matches '%.100s' or sounds like it; use other words or fewer conditions",
            query->text);
    for (size_t i = 0; !err->status && i < matches->n_items; i++)
        add_match(&text, context, &matches->items[i], i);
    if (!err->status && !cli_output_end(context, &text, err))
        tell_how(context, matches, query);
    sb_bytes_finish(&text);
    sb_archive_matches_free(&matches);
    sb_archive_close(&archive);
    return err->status;
}

static int run_search(cli_context *context)
{
    sb_error err = {0};
    search_options options = {0};
    if (!read_options(&options, context, &err))
        search(context, &options.query, &err);
    cli_selection_finish(&options.selection);
    free(options.episodes);
    return err.status ? cli_fail(context, &err) : CLI_EXIT_OK;
}

const cli_command cli_command_search = {
    .name = "search",
    .summary = "Find quotes in all episodes of an archive",
    .operands = (const char *const[]){"TEXT", NULL},
    .n_needed = 1,
    .details =
        (const cli_detail[]){
            {NULL,
             "TEXT is a phrase, matched as with 'soundbite find'. A word that ends in * stands for all words "
             "that "
             "begin so. If it is not found, passages that have its words near each other are listed, or else "
             "passages that sound like it. If nothing is found, the exit code is 3."},
            {NULL, "Each match is followed by the command line that cuts it. With --json or --to csv, the "
                   "result is a list that "
                   "'soundbite batch' takes."},
            {NULL, "The archive is made by 'soundbite archive add'."},
            {NULL, NULL}},
    .options = (const cli_option_id[]){CLI_OPT_ARCHIVE, CLI_OPT_WORDS_NEAR, CLI_OPT_BY_SOUND, CLI_OPT_EPISODE,
                                       CLI_OPT_SINCE, CLI_OPT_BEFORE, CLI_OPT_REPEATS, CLI_OPT_JSON,
                                       CLI_OPT_TO_LIST, CLI_OPT_OUTPUT, CLI_OPT_SPEAKER, CLI_OPT_MIN_LENGTH,
                                       CLI_OPT_MAX_LENGTH, CLI_OPT_EXPAND, CLI_OPT_LIMIT, CLI_OPT_END},
    .examples =
        (const cli_example[]){
            {"soundbite search \"imposter syndrome\"", "List where somebody says it, in all episodes."},
            {"soundbite search \"price of milk\" --near --speaker \"ben*\" --since 2024",
             "List where Ben says these words close together, in the episodes since 2024."},
            {"soundbite search \"Kowalczyk\" --sound", "Find a name however the transcripts spell it."},
            {"soundbite search \"imposter syndrome\" --expand sentence --to csv -o found.csv",
             "Save whole sentences as a list, to cut with 'soundbite batch found.csv -o clips'."},
            {NULL, NULL}},
    .run = run_search,
};
