#include "cli/archive/archive.h"

#include "base/json/json.h"
#include "base/run/run.h"
#include "base/text/text.h"

#include <stdlib.h>
#include <string.h>

static void add_json_archived(sb_bytes *out, const sb_archive_episode *episode)
{
    sb_json_writer json = {.out = out};
    sb_json_begin(&json, NULL, '{');
    sb_json_text(&json, "episode", episode->name);
    sb_json_text(&json, "title", episode->title);
    sb_json_text(&json, "date", episode->date);
    sb_json_text(&json, "audio", episode->audio);
    sb_json_text(&json, "transcript", episode->transcript);
    sb_json_text(&json, "language", episode->language);
    sb_json_text(&json, "method", sb_method_name(episode->method));
    sb_json_text(&json, "pairing", sb_pairing_name(episode->pairing));
    sb_json_time(&json, "duration", episode->duration);
    sb_json_int(&json, "turns", (int64_t)episode->n_turns);
    sb_json_int(&json, "words", (int64_t)episode->n_words);
    sb_json_int(&json, "aligned", (int64_t)episode->n_heard);
    sb_json_text(&json, "packets", episode->packets);
    sb_json_text(&json, "transcript_sha256", episode->transcript_sha256);
    sb_json_end(&json, '}');
    sb_json_end_line(&json);
}

static void add_line(sb_bytes *out, const sb_archive_episode *episode)
{
    char duration[SB_TIME_TEXT];
    double heard = episode->n_words ? 100.0 * (double)episode->n_heard / (double)episode->n_words : 0;
    if (episode->date)
        sb_append_printable(out, episode->date);
    size_t length = episode->date ? strlen(episode->date) : 0;
    sb_bytes_print(out, "%*s  %s  %6zu words  %3.0f %% of the words found  ",
                   length < 10 ? (int)(10 - length) : 0, "", sb_time_print(duration, episode->duration, 0),
                   episode->n_words, heard);
    sb_append_printable(out, episode->name);
    if (episode->title) {
        sb_bytes_text(out, ": ");
        sb_append_printable(out, episode->title);
    }
    if (episode->pairing != SB_PAIRING_OK)
        sb_bytes_print(out, "  (%s)", sb_pairing_name(episode->pairing));
    sb_bytes_text(out, "\n");
}

int cli_archive_list(cli_context *context)
{
    sb_error err = {0};
    sb_archive *archive = NULL;
    sb_archive_list *list = NULL;
    sb_bytes text = {0};
    bool as_json = cli_has(context->args, CLI_OPT_JSON);
    if (!cli_output_begin(context, &err) && !cli_archive_open(&archive, context, SB_ARCHIVE_READ, &err) &&
        !cli_archive_chosen(&list, archive, context, &err)) {
        for (size_t i = 0; i < list->n_items; i++)
            as_json ? add_json_archived(&text, &list->items[i]) : add_line(&text, &list->items[i]);
        cli_output_end(context, &text, &err);
    }
    sb_bytes_finish(&text);
    sb_archive_list_free(&list);
    sb_archive_close(&archive);
    return err.status ? cli_fail(context, &err) : CLI_EXIT_OK;
}

/* The one episode that the operand names. */
static sb_status get(cli_context *context, sb_archive *archive, sb_bytes *text, sb_error *err)
{
    sb_archive_list *list = NULL;
    sb_alignment *alignment = NULL;
    if (cli_archive_chosen(&list, archive, context, err))
        return err->status;
    if (list->n_items > 1)
        sb_error_set(err, SB_ERR_ARGUMENT,
                     "'%.100s' fits %zu episodes, such as '%.60s' and '%.60s'; name one of them",
                     cli_operand(context, CLI_ARCHIVE_OPERANDS), list->n_items, list->items[0].name,
                     list->items[1].name);
    else if (!sb_archive_get(&alignment, archive, list->items[0].name, err) &&
             !sb_alignment_write(text, alignment, err))
        cli_output_end(context, text, err);
    sb_alignment_free(&alignment);
    sb_archive_list_free(&list);
    return err->status;
}

int cli_archive_get(cli_context *context)
{
    sb_error err = {0};
    sb_archive *archive = NULL;
    sb_bytes text = {0};
    if (!cli_output_begin(context, &err) && !cli_archive_open(&archive, context, SB_ARCHIVE_READ, &err))
        get(context, archive, &text, &err);
    sb_bytes_finish(&text);
    sb_archive_close(&archive);
    return err.status ? cli_fail(context, &err) : CLI_EXIT_OK;
}

static sb_status remove_all(cli_context *context, sb_archive *archive, const sb_archive_list *list,
                            sb_error *err)
{
    sb_bytes text = {0};
    for (size_t i = 0; i < list->n_items && !err->status && !cli_signal_seen(NULL); i++) {
        if (context->dry_run || !sb_archive_remove(archive, list->items[i].name, err)) {
            sb_bytes_text(&text, context->dry_run ? "would remove " : "removed ");
            sb_append_printable(&text, list->items[i].name);
            sb_bytes_text(&text, "\n");
        }
    }
    if (!context->quiet && text.size)
        cli_print(text.data, text.size, err);
    sb_bytes_finish(&text);
    if (cli_signal_seen(NULL))
        sb_error_set(err, SB_ERR_INTERRUPTED, "interrupted");
    return err->status;
}

int cli_archive_remove(cli_context *context)
{
    sb_error err = {0};
    sb_archive *archive = NULL;
    sb_archive_list *list = NULL;
    sb_archive_use use = context->dry_run ? SB_ARCHIVE_READ : SB_ARCHIVE_WRITE;
    if (!cli_archive_open(&archive, context, use, &err) && !cli_archive_chosen(&list, archive, context, &err))
        remove_all(context, archive, list, &err);
    sb_archive_list_free(&list);
    sb_archive_close(&archive);
    return err.status ? cli_fail(context, &err) : CLI_EXIT_OK;
}

/* All are opened before the first is merged, so that a wrong name changes nothing. With --dry-run, says what
 * would be merged, without reading the episodes. */
static sb_status check_merged(cli_context *context, const char *path, sb_error *err)
{
    sb_archive *from = NULL;
    sb_archive_list *list = NULL;
    if (!cli_archive_open_file(&from, path, err) && context->dry_run &&
        !sb_archive_episodes(&list, from, NULL, 0, err))
        cli_message_note(context, "would merge %s: %zu episode%s", path, list->n_items,
                         cli_plural(list->n_items));
    sb_archive_list_free(&list);
    sb_archive_close(&from);
    return err->status;
}

static sb_status merge_all(cli_context *context, const char *path, sb_error *err)
{
    sb_archive *archive = NULL;
    const cli_arguments *args = context->args;
    size_t n_all = 0;
    if (sb_archive_open(&archive, path, SB_ARCHIVE_WRITE, err))
        return err->status;
    for (size_t i = CLI_ARCHIVE_OPERANDS; i < args->n_operands && !err->status; i++) {
        size_t n = 0;
        sb_archive_merge(archive, args->operands[i], &n, &context->monitor, err);
        n_all += n;
    }
    sb_archive_close(&archive);
    cli_progress_clear(&context->progress);
    if (n_all || !err->status)
        cli_message_note(context, "added or replaced %zu episode%s", n_all, cli_plural(n_all));
    return err->status;
}

int cli_archive_merge(cli_context *context)
{
    sb_error err = {0};
    const cli_arguments *args = context->args;
    char *path = cli_archive_path(args, &err);
    for (size_t i = CLI_ARCHIVE_OPERANDS; i < args->n_operands && !err.status; i++)
        check_merged(context, args->operands[i], &err);
    if (!err.status && !context->dry_run)
        merge_all(context, path, &err);
    free(path);
    return err.status ? cli_fail(context, &err) : CLI_EXIT_OK;
}

static void index_all(cli_context *context, sb_archive *archive, sb_error *err)
{
    sb_archive_list *list = NULL;
    bool is_outdated = false;
    if (sb_archive_episodes(&list, archive, NULL, 0, err) ||
        sb_archive_is_outdated(&is_outdated, archive, err))
        return;
    size_t n = list->n_items;
    sb_archive_list_free(&list);
    if (!context->dry_run)
        sb_archive_index_all(archive, &context->monitor, err);
    cli_progress_clear(&context->progress);
    if (!err->status)
        cli_message_note(context, "%s %zu episode%s%s", context->dry_run ? "would index" : "indexed", n,
                         cli_plural(n),
                         !is_outdated       ? ""
                         : context->dry_run ? "; the old index is of an older version"
                                            : "; the old index was of an older version");
}

int cli_archive_index(cli_context *context)
{
    sb_error err = {0};
    sb_archive *archive = NULL;
    sb_archive_use use = context->dry_run ? SB_ARCHIVE_READ : SB_ARCHIVE_WRITE;
    if (!cli_archive_open(&archive, context, use, &err))
        index_all(context, archive, &err);
    sb_archive_close(&archive);
    return err.status ? cli_fail(context, &err) : CLI_EXIT_OK;
}

static bool add_alias_line(void *user, const char *name, const char *means)
{
    sb_bytes *out = user;
    sb_append_printable(out, name);
    sb_bytes_text(out, " = ");
    sb_append_printable(out, means);
    sb_bytes_text(out, "\n");
    return true;
}

static void tell_alias(cli_context *context, const char *name, const char *means)
{
    cli_message_note(context, *means ? "would say that '%s' is '%s'" : "would remove the alias '%s'", name,
                     means);
}

int cli_archive_alias(cli_context *context)
{
    sb_error err = {0};
    sb_archive *archive = NULL;
    sb_bytes text = {0};
    const char *name = cli_operand(context, CLI_ARCHIVE_OPERANDS),
               *means = cli_operand(context, CLI_ARCHIVE_OPERANDS + 1);
    bool writes = name && !context->dry_run;
    if (!cli_archive_open(&archive, context, writes ? SB_ARCHIVE_WRITE : SB_ARCHIVE_READ, &err)) {
        if (writes)
            sb_archive_alias(archive, name, means, &err);
        else if (name)
            tell_alias(context, name, means);
        else if (!sb_archive_aliases(archive, add_alias_line, &text, &err) && text.size)
            cli_print(text.data, text.size, &err);
    }
    sb_bytes_finish(&text);
    sb_archive_close(&archive);
    return err.status ? cli_fail(context, &err) : CLI_EXIT_OK;
}
