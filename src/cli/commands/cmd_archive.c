#include "cli/archive/archive.h"

#include "base/words/words.h"
#include "cli/args/args.h"

#include <string.h>

/* What archive can do, with the number of operands after the action. `operands` is what may be typed. */
static const struct action {
    const char *name;
    size_t least, most;
    const char *operands;
    int (*run)(cli_context *context);
} actions[] = {
    {"add", 1, SIZE_MAX, "AUDIO TRANSCRIPT", cli_archive_add},
    {"list", 0, SIZE_MAX, "EPISODE...", cli_archive_list},
    {"get", 1, 1, "EPISODE", cli_archive_get},
    {"check", 0, 0, "", cli_archive_check},
    {"remove", 1, SIZE_MAX, "EPISODE...", cli_archive_remove},
    {"merge", 1, SIZE_MAX, "FILE...", cli_archive_merge},
    {"index", 0, 0, "", cli_archive_index},
    {"alias", 0, 2, "NAME NEW-NAME", cli_archive_alias},
    {"listen", 0, SIZE_MAX, "EPISODE...", cli_archive_listen},
    {"repeats", 0, 2, "NUMBER NAME", cli_archive_repeats},
    {"voices", 0, 0, "", cli_archive_voices},
};

static const char *action_name(const void *user, size_t index)
{
    (void)user;
    return index < sizeof actions / sizeof *actions ? actions[index].name : NULL;
}

static const struct action *action_of(const cli_context *context)
{
    const char *name = cli_operand(context, 0);
    for (size_t i = 0; name && i < sizeof actions / sizeof *actions; i++)
        if (!strcmp(actions[i].name, name))
            return &actions[i];
    return NULL;
}

static sb_status check_action(const cli_context *context, const struct action *action, sb_error *err)
{
    const char *name = cli_operand(context, 0), *nearest = sb_nearest(name, action_name, NULL);
    size_t n = context->args->n_operands - CLI_ARCHIVE_OPERANDS;
    if (!action && nearest)
        return sb_error_set(err, SB_ERR_ARGUMENT, "archive has no action '%s'; did you mean '%s'?", name,
                            nearest);
    if (!action)
        return sb_error_set(err, SB_ERR_ARGUMENT,
                            "archive has no action '%s'; choose add, list, get, check, remove, merge, index, "
                            "alias, listen, repeats or voices",
                            name);
    if (n < action->least || n > action->most ||
        (n == 1 && (action->run == cli_archive_alias || action->run == cli_archive_repeats)))
        return sb_error_set(err, SB_ERR_ARGUMENT,
                            "type 'soundbite archive %s%s%s', or see 'soundbite archive --help'",
                            action->name, *action->operands ? " " : "", action->operands);
    return SB_OK;
}

static int run_archive(cli_context *context)
{
    sb_error err = {0};
    const struct action *action = action_of(context);
    return check_action(context, action, &err) ? cli_fail(context, &err) : action->run(context);
}

bool cli_archive_names_episodes(const cli_context *context)
{
    const struct action *action = action_of(context);
    if (context->args->command == &cli_command_search)
        return cli_has(context->args, CLI_OPT_VERIFY);
    return context->args->command == &cli_command_archive && action &&
           (action->run == cli_archive_check || action->run == cli_archive_listen);
}

bool cli_archive_merges(const cli_context *context)
{
    const struct action *action = action_of(context);
    return context->args->command == &cli_command_archive && action && action->run == cli_archive_merge;
}

static void name_archive_files(cli_context *context, sb_bytes *out)
{
    const struct action *action = action_of(context);
    if (action && action->run == cli_archive_add)
        cli_archive_name_listed(context, out);
    else if (cli_archive_names_episodes(context))
        cli_archive_name_episodes(context, out);
}

const cli_command cli_command_archive = {
    .name = "archive",
    .summary = "Keep the alignments of many episodes in one file, for search",
    .operands = (const char *const[]){"ACTION", "OPERAND...", NULL},
    .n_needed = 1,
    .details =
        (const cli_detail[]){
            {NULL, "ACTION is one of these:"},
            {"add", "AUDIO TRANSCRIPT, DIR..., or LIST: align episodes and add them. DIR is a folder, a "
                    "pattern, a playlist "
                    "or a feed; 'soundbite info DIR' shows how its files are paired. LIST is CSV with a "
                    "header, or JSON "
                    "Lines, as for batch. An episode that is in the archive already is skipped, unless its "
                    "sound, its "
                    "transcript or an option has changed. Each episode is written as a whole; after an "
                    "interruption, the "
                    "same command goes on."},
            {"list",
             "[EPISODE...]: list all episodes, or those with these names. In a name, * matches any text."},
            {"get", "EPISODE: write the alignment of one episode, byte for byte as it was added."},
            {"check", "Read the whole archive, and compare the files of its episodes. If there is a problem, "
                      "the exit code is 1. The index can only be checked if the archive may be written."},
            {"remove", "EPISODE...: remove episodes from the archive. Their files are not changed."},
            {"merge", "FILE...: add the episodes of other archives, such as those of --shard."},
            {"index",
             "Rebuild the search index after a newer version of soundbite was installed. search says when "
             "this is needed."},
            {"alias",
             "[NAME NEW-NAME]: treat the speaker NAME as NEW-NAME in searches. An empty NEW-NAME removes the "
             "alias. Without operands, list the aliases."},
            {"listen", "[EPISODE...]: analyse the sound of episodes that were not analysed yet; repeats and "
                       "voices need it."},
            {"repeats",
             "[NUMBER NAME]: list passages of 4 s and more that occur in several of the episodes that "
             "were analysed, such as intros and ads. With operands, name one; an empty NAME removes the "
             "name."},
            {"voices",
             "Suggest who speakers without a real name (\"Speaker 2\") are, by comparing their voices "
             "with those of named speakers in other episodes. A smaller distance is a more similar voice; "
             "the second one is that of the nearest other speaker. Nothing changes without --accept."},
            {NULL, "Without --archive, the file is $XDG_DATA_HOME/soundbite/archive.db, or "
                   "~/.local/share/soundbite/archive.db. Several processes may use it at the same time."},
            {NULL, NULL}},
    .options = (const cli_option_id[]){CLI_OPT_ARCHIVE, CLI_OPT_ACCEPT, CLI_OPT_JSON, CLI_OPT_OUTPUT,
                                       CLI_OPT_JOBS, CLI_OPT_SHARD, CLI_OPT_TRANSCRIPT_FORMAT, CLI_OPT_ALIAS,
                                       CLI_ALIGN_OPTIONS, CLI_OPT_STRICT_PAIR, CLI_OPT_END},
    .examples =
        (const cli_example[]){
            {"soundbite archive add episode.mp3 episode.txt",
             "Add one episode to the archive in your data folder."},
            {"soundbite archive add show/ --archive show.db --jobs 4",
             "Add all episodes of a folder, four at the same time."},
            {"soundbite archive list --archive show.db", "List what is in it."},
            {"soundbite archive get episode --archive show.db -o episode.json",
             "Save the alignment of an episode as a file."},
            {"soundbite archive merge part-1.db part-2.db --archive show.db",
             "Join the archives of two machines."},
            {"soundbite archive listen", "Analyse all episodes, for the next two commands."},
            {"soundbite archive repeats", "List intros and ads that recur."},
            {"soundbite archive voices --accept", "Name \"Speaker 2\" where the voice is known."},
            {NULL, NULL}},
    .has_temporaries = true,
    .name_files = name_archive_files,
    .run = run_archive,
};
