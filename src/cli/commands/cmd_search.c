#include "cli/archive/archive.h"

#include "base/run/run.h"
#include "cli/args/args.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* In the order of the choices of --to. */
enum { TO_TEXT, TO_CSV, TO_JSON };

static int days_of_month(int year, int month)
{
    bool is_leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    return month == 2 ? 28 + is_leap : month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31;
}

static sb_status check_date(const char *text, const char *name, sb_error *err)
{
    static const char form[] = "dddd-dd-dd";
    int year = 0, month = 1, day = 1;
    size_t length = text ? strlen(text) : 0;
    bool ok = text == NULL || length == 4 || length == 7 || length == 10;
    for (size_t i = 0; ok && i < length; i++)
        ok = form[i] == 'd' ? text[i] >= '0' && text[i] <= '9' : text[i] == '-';
    if (!ok)
        return sb_error_set(err, SB_ERR_ARGUMENT,
                            "--%s takes a date such as 2024-05-31, 2024-05 or 2024, not '%.40s'", name, text);
    if (text)
        sscanf(text, "%4d-%2d-%2d", &year, &month, &day);
    if (month < 1 || month > 12)
        return sb_error_set(err, SB_ERR_ARGUMENT, "--%s %s: there is no month %02d; months are 01 to 12",
                            name, text, month);
    if (day < 1 || day > days_of_month(year, month))
        return sb_error_set(err, SB_ERR_ARGUMENT, "--%s %s: there is no day %02d; that month has 01 to %d",
                            name, text, day, days_of_month(year, month));
    return SB_OK;
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
    if (cli_has(args, CLI_OPT_JSON) && cli_whole(args, CLI_OPT_TO_LIST, TO_JSON) != TO_JSON)
        return sb_error_set(err, SB_ERR_ARGUMENT, "--json and --to %s exclude each other; give one of them",
                            cli_whole(args, CLI_OPT_TO_LIST, TO_JSON) == TO_CSV ? "csv" : "text");
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
                                    .limit = selection->limit ? selection->limit : SB_SEARCH_LIMIT,
                                    .since = cli_text(args, CLI_OPT_SINCE, NULL),
                                    .until = cli_text(args, CLI_OPT_BEFORE, NULL)};
    out->query.n_episodes = cli_texts(args, CLI_OPT_EPISODE, &out->episodes, &ok);
    out->query.episodes = out->episodes;
    if (!ok)
        return sb_error_memory(err, "reading the options");
    return check_date(out->query.since, "since", err) ? err->status
                                                      : check_date(out->query.until, "up-to", err);
}

static void add_match(sb_bytes *out, const cli_context *context, const sb_archive_match *match,
                      const cli_found_check *check, size_t index)
{
    int64_t to =
        cli_has(context->args, CLI_OPT_JSON) ? TO_JSON : cli_whole(context->args, CLI_OPT_TO_LIST, TO_TEXT);
    if (to == TO_JSON)
        cli_found_json(out, match, check);
    else if (to == TO_CSV)
        cli_found_csv(out, match, check, index == 0);
    else
        cli_found_text(out, match, check, index + 1, cli_text(context->args, CLI_OPT_ARCHIVE, NULL),
                       context->color_out && !context->output);
}

/* `n_shown` matches were printed, and `n_left_out` were not, because they were not heard. */
static void tell_how(cli_context *context, const sb_archive_matches *matches, const sb_archive_query *query,
                     size_t n_shown, size_t n_left_out)
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
    if (matches->n_places > n_shown + n_left_out)
        cli_message_note(context, "these are the best %zu of about %zu places; --limit shows more", n_shown,
                         matches->n_places);
}

/* Without --verify, all places are listed, unless there are more than `limit`. */
static const char *advice_to_list(const sb_archive_matches *matches, size_t limit)
{
    bool lists_all = matches->n_places <= limit && !matches->is_partial;
    return lists_all ? "; without --verify, all are listed" : "";
}

static void tell_checks(cli_context *context, const cli_found_checks *checks,
                        const sb_archive_matches *matches, size_t limit)
{
    char left_out[128] = "";
    if (checks->n_not_heard)
        snprintf(left_out, sizeof left_out, "; %zu left out, because the text was not heard there%s",
                 checks->n_not_heard, advice_to_list(matches, limit));
    cli_message_note(context, "%zu heard, %zu doubtful, %zu not checked%s", checks->n_heard,
                     checks->n - checks->n_heard - checks->n_unknown, checks->n_unknown, left_out);
}

static sb_status fail_without_heard(const sb_archive_matches *matches, const cli_found_checks *checks,
                                    const sb_archive_query *query, size_t limit, sb_error *err)
{
    size_t n = checks->n_not_heard;
    if (matches->n_places > n)
        return sb_error_set(err, SB_ERR_NOT_FOUND,
                            "'%.100s' was not heard at any of the first %zu of about %zu places; a larger "
                            "--limit checks more",
                            query->text, n, matches->n_places);
    return sb_error_set(err, SB_ERR_NOT_FOUND, "'%.100s' was not heard at %s%zu place%s%s", query->text,
                        n == 1 ? "" : "any of ", n, cli_plural(n), advice_to_list(matches, limit));
}

/* Names the condition that no episode meets. */
static sb_status fail_unmet(const cli_context *context, sb_archive_unmet unmet, const sb_archive_query *query,
                            sb_error *err)
{
    const char *range = !query->until ? "--since" : query->since ? "--since and --up-to" : "--up-to";
    const char *which = query->n_episodes ? " with this name" : " in the archive";
    if (unmet == SB_UNMET_EPISODE)
        return cli_archive_no_episode(context->args, query->episodes[0], err);
    if (unmet == SB_UNMET_DATED)
        return sb_error_set(err, SB_ERR_NOT_FOUND, "no episode%s has a date; leave out %s", which, range);
    if (unmet == SB_UNMET_DATE) {
        char *line = cli_archive_line(context->args, "list");
        sb_error_set(err, SB_ERR_NOT_FOUND, "no episode%s has a date that %s allow%s; '%s' shows the dates",
                     which, range, query->since && query->until ? "" : "s",
                     line ? line : "soundbite archive list");
        free(line);
        return err->status;
    }
    return sb_error_set(
        err, SB_ERR_NOT_FOUND,
        "there is no speaker '%.100s' in the %s; leave out --speaker to see who says it", query->speakers[0],
        query->n_episodes || query->since || query->until ? "episodes of the other conditions" : "archive");
}

/* Says why there is no match. */
static sb_status fail_without_match(const cli_context *context, const sb_archive_matches *matches,
                                    const sb_archive_query *query, sb_error *err)
{
    bool has_conditions = query->n_episodes || query->n_speakers || query->since || query->until ||
                          query->min_length || query->max_length;
    if (matches->unmet)
        return fail_unmet(context, matches->unmet, query, err);
    if (matches->is_partial)
        return sb_error_set(
            err, SB_ERR_NOT_FOUND,
            "'%.100s' was not found, but not all places with these words were looked at; use more words "
            "or conditions",
            query->text);
    if (matches->n_repeats)
        return sb_error_set(
            err, SB_ERR_NOT_FOUND,
            "'%.100s' occurs only in passages that recur, such as ads; --repeats finds it there",
            query->text);
    return sb_error_set(err, SB_ERR_NOT_FOUND,
                        "nothing %s matches '%.100s' or sounds like it; use other words%s",
                        has_conditions ? "that meets the conditions" : "in the archive", query->text,
                        has_conditions ? " or fewer conditions" : "");
}

static sb_status print_matches(cli_context *context, const sb_archive_matches *matches,
                               const cli_found_checks *checks, sb_error *err)
{
    sb_bytes text = {0};
    for (size_t i = 0; checks && i < checks->n; i++)
        add_match(&text, context, &matches->items[checks->order[i]], &checks->items[checks->order[i]], i);
    for (size_t i = 0; !checks && i < matches->n_items; i++)
        add_match(&text, context, &matches->items[i], NULL, i);
    cli_output_end(context, &text, err);
    sb_bytes_finish(&text);
    return err->status;
}

static sb_status print_verified(cli_context *context, sb_archive *archive, const sb_archive_matches *matches,
                                const sb_archive_query *query, size_t limit, sb_error *err)
{
    cli_found_checks checks;
    if (!cli_found_verify(&checks, context, archive, matches, query->text, limit, err) && !checks.n)
        fail_without_heard(matches, &checks, query, limit, err);
    if (!err->status && !print_matches(context, matches, &checks, err)) {
        tell_checks(context, &checks, matches, limit);
        tell_how(context, matches, query, checks.n, checks.n_not_heard);
    }
    cli_found_checks_finish(&checks);
    return err->status;
}

/* More places than are wanted are found for --verify, since at some the text was not said. */
#define VERIFIED 3

static sb_status warn_if_outdated(cli_context *context, sb_archive *archive, sb_error *err)
{
    bool is_outdated = false;
    if (sb_archive_is_outdated(&is_outdated, archive, err) || !is_outdated)
        return err->status;
    char *path = cli_archive_path(context->args, err), *line = cli_archive_line(context->args, "index");
    if (path && line)
        cli_message_warning(context, path,
                            "was indexed by an older version of soundbite, so that some numbers, dates and "
                            "units may not be found; index it again: '%s'",
                            line);
    else if (!err->status)
        sb_error_memory(err, "searching");
    free(path);
    free(line);
    return err->status;
}

static sb_status search(cli_context *context, const sb_archive_query *given, sb_error *err)
{
    sb_archive *archive = NULL;
    sb_archive_matches *matches = NULL;
    sb_archive_query query = *given;
    size_t limit = query.limit;
    query.places = cli_has(context->args, CLI_OPT_VERIFY);
    if (query.places)
        query.limit = VERIFIED * limit;
    if (cli_output_begin(context, err) || cli_archive_open(&archive, context, SB_ARCHIVE_READ, err))
        return err->status;
    if (!warn_if_outdated(context, archive, err) && !sb_archive_find(&matches, archive, &query, err)) {
        if (!matches->n_items)
            fail_without_match(context, matches, &query, err);
        else if (query.places)
            print_verified(context, archive, matches, &query, limit, err);
        else if (!print_matches(context, matches, NULL, err))
            tell_how(context, matches, &query, matches->n_items, 0);
    }
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

static void name_files(cli_context *context, sb_bytes *out)
{
    if (cli_archive_names_episodes(context))
        cli_archive_name_episodes(context, out);
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
            {NULL, "The best matches come first. --limit says how many are listed (default: 20)."},
            {NULL, "Each match is followed by the command line that cuts it. With --json or --to csv, the "
                   "result is a list that "
                   "'soundbite batch' takes."},
            {NULL, "--verify listens to a few seconds of the audio at each place: was TEXT said there? What "
                   "is found by sound is compared with the "
                   "words of the transcript. Each match is then heard, doubtful, or not checked, with the "
                   "reason: for example, its audio "
                   "has changed or is not there. Places where TEXT was not heard are left out and counted in "
                   "a message. --limit counts the places that are left, and those where it was heard come "
                   "first. At most three times as many places are checked. Only English can be checked."},
            {NULL, "With --verify, the JSON has heard: heard, doubtful or null, and unchecked: the reason "
                   "for null. If TEXT was compared with other "
                   "words, advantage says by how many nats per frame it fits better than these (from 0 on, "
                   "it was heard; below -0.7, it was not), "
                   "and fit how well it fits at all."},
            {NULL, "The archive is made by 'soundbite archive add'."},
            {NULL, NULL}},
    .options =
        (const cli_option_id[]){CLI_OPT_ARCHIVE, CLI_OPT_WORDS_NEAR, CLI_OPT_BY_SOUND, CLI_OPT_VERIFY,
                                CLI_OPT_EPISODE, CLI_OPT_SINCE, CLI_OPT_BEFORE, CLI_OPT_REPEATS, CLI_OPT_JSON,
                                CLI_OPT_TO_LIST, CLI_OPT_OUTPUT, CLI_OPT_SPEAKER, CLI_OPT_MIN_LENGTH,
                                CLI_OPT_MAX_LENGTH, CLI_OPT_EXPAND, CLI_OPT_LIMIT, CLI_OPT_END},
    .examples =
        (const cli_example[]){
            {"soundbite search \"imposter syndrome\"", "List where somebody says it, in all episodes."},
            {"soundbite search \"price of milk\" --near --speaker \"ben*\" --since 2024",
             "List where Ben says these words close together, in the episodes since 2024."},
            {"soundbite search \"Kowalczyk\" --sound --verify",
             "Find a name however the transcripts spell it, and listen whether it was said."},
            {"soundbite search \"imposter syndrome\" --expand sentence --to csv -o found.csv",
             "Save whole sentences as a list, to cut with 'soundbite batch found.csv -o clips'."},
            {NULL, NULL}},
    .name_files = name_files,
    .run = run_search,
};
