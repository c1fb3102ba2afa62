#include "cli/archive/archive.h"

#include "base/json/json.h"
#include "base/run/run.h"
#include "base/text/text.h"
#include "soundbite/archive_sound.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Episodes to hear. */
typedef struct hearing {
    cli_context *context;
    const char **names;
    size_t n;
    char *archive;
} hearing;

static const sb_archive_episode *episode_called(const sb_archive_list *list, const char *name)
{
    for (size_t i = 0; i < list->n_items; i++)
        if (!strcmp(list->items[i].name, name))
            return &list->items[i];
    return NULL;
}

static sb_status hear_named(const hearing *h, const char *name, sb_error *err)
{
    sb_archive *archive = NULL;
    sb_alignment *alignment = NULL;
    sb_archive_list *list = NULL;
    sb_recording recording = {0};
    sb_media_params media = {.monitor = &h->context->monitor};
    if (!sb_archive_open(&archive, h->archive, SB_ARCHIVE_WRITE, err) &&
        !sb_archive_get(&alignment, archive, name, err) &&
        !sb_archive_episodes(&list, archive, &name, 1, err)) {
        const sb_archive_episode *episode = episode_called(list, name);
        if (!episode)
            sb_error_set(err, SB_ERR_NOT_FOUND, "the episode was removed by another process");
        else if (!sb_recording_hear(&recording, episode->audio, alignment, &media, err))
            sb_archive_set_recording(archive, name, episode->packets, &recording, err);
    }
    sb_recording_finish(&recording);
    sb_archive_list_free(&list);
    sb_alignment_free(&alignment);
    sb_archive_close(&archive);
    return err->status;
}

/* Runs in a process of its own. The result is the error's text, or "". */
static void hear_episode(void *user, size_t index, sb_bytes *result)
{
    const hearing *h = user;
    sb_error err = {0};
    char text[2 * sizeof err.message] = "";
    cli_progress_init(&h->context->progress, CLI_PROGRESS_NONE, true);
    if (hear_named(h, h->names[index], &err))
        sb_error_print(text, sizeof text, &err);
    sb_bytes_append(result, text, strlen(text) + 1);
}

static sb_status choose_unheard(hearing *h, sb_archive *archive, const sb_archive_list *list, sb_error *err)
{
    h->names = calloc(list->n_items + 1, sizeof *h->names);
    if (!h->names)
        return sb_error_memory(err, "choosing episodes");
    for (size_t i = 0; i < list->n_items && !err->status; i++) {
        bool has;
        if (!sb_archive_has_recording(&has, archive, list->items[i].name, err) && !has)
            h->names[h->n++] = list->items[i].name;
    }
    return err->status;
}

static size_t tell_failures(const hearing *h, const cli_work *works)
{
    size_t n_failed = 0;
    for (size_t i = 0; i < h->n; i++) {
        if (works[i].result.size == 1)
            continue;
        n_failed++;
        cli_message_warning(h->context, h->names[i], "could not be analysed: %s",
                            works[i].result.size ? works[i].result.data
                                                 : "its process failed; use a lower --jobs");
    }
    return n_failed;
}

static size_t hear_all(hearing *h, sb_error *err)
{
    size_t n_failed = 0;
    cli_work *works = calloc(h->n + 1, sizeof *works);
    if (!works)
        sb_error_memory(err, "hearing episodes");
    else if (!cli_workers_run(works, h->n, (int)cli_whole(h->context->args, CLI_OPT_JOBS, 0), "listen",
                              hear_episode, h, h->context, err))
        n_failed = tell_failures(h, works);
    cli_works_finish(works, h->n);
    return n_failed;
}

int cli_archive_listen(cli_context *context)
{
    sb_error err = {0};
    sb_archive *archive = NULL;
    sb_archive_list *list = NULL;
    hearing h = {.context = context};
    size_t n_failed = 0;
    if (!cli_archive_open(&archive, context, SB_ARCHIVE_READ, &err) &&
        !cli_archive_chosen(&list, archive, context, &err) &&
        (h.archive = cli_archive_path(context->args, &err)))
        choose_unheard(&h, archive, list, &err);
    sb_archive_close(&archive); /* before the processes begin */
    if (!err.status && context->dry_run)
        cli_message_note(context, "would analyse %zu episode%s", h.n, cli_plural(h.n));
    else if (!err.status)
        n_failed = hear_all(&h, &err);
    cli_progress_clear(&context->progress);
    if (!err.status && !context->dry_run)
        cli_message_note(context, "analysed %zu episode%s, %zu failed", h.n - n_failed,
                         cli_plural(h.n - n_failed), n_failed);
    else if (err.status == SB_ERR_INTERRUPTED)
        cli_message_note(context, "type the same command again to go on");
    free(h.names);
    free(h.archive);
    sb_archive_list_free(&list);
    return err.status ? cli_fail(context, &err) : n_failed ? CLI_EXIT_FAILED : CLI_EXIT_OK;
}

static void add_repeat_text(sb_bytes *out, const sb_archive_repeat *item)
{
    char start[SB_TIME_TEXT], length[SB_TIME_TEXT];
    sb_bytes_print(out, "%zu  %s  ", item->number,
                   sb_time_print(length, item->places[0].end - item->places[0].start, 0));
    sb_append_printable(out, *item->name ? item->name : "(no name)");
    sb_bytes_print(out, ", %zu places\n", item->n_places);
    for (size_t i = 0; i < item->n_places; i++) {
        sb_bytes_print(out, "     %s  ", sb_time_print(start, item->places[i].start, 1));
        sb_append_printable(out, item->places[i].episode);
        sb_bytes_text(out, "\n");
    }
}

static void add_repeat_json(sb_bytes *out, const sb_archive_repeat *item)
{
    for (size_t i = 0; i < item->n_places; i++) {
        sb_json_writer json = {.out = out};
        sb_json_begin(&json, NULL, '{');
        sb_json_int(&json, "passage", (int64_t)item->number);
        sb_json_text(&json, "name", *item->name ? item->name : NULL);
        sb_json_text(&json, "episode", item->places[i].episode);
        sb_json_text(&json, "audio", item->places[i].audio);
        sb_json_time(&json, "from", item->places[i].start);
        sb_json_time(&json, "until", item->places[i].end);
        sb_json_end(&json, '}');
        sb_json_end_line(&json);
    }
}

/* Says why there is no result, and what to type if some episodes were not analysed. */
static sb_status tell_nothing(cli_context *context, sb_archive *archive, const char *what, sb_error *err)
{
    sb_archive_list *list = NULL;
    hearing unheard = {0};
    if (!sb_archive_episodes(&list, archive, NULL, 0, err) && !choose_unheard(&unheard, archive, list, err)) {
        char *line = cli_archive_line(context->args, "listen");
        cli_message_note(context, unheard.n ? "%s; to analyse more episodes, type '%s'" : "%s", what,
                         line ? line : "soundbite archive listen");
        free(line);
    }
    free(unheard.names);
    sb_archive_list_free(&list);
    return err->status;
}

static sb_status list_repeats(cli_context *context, sb_archive *archive, size_t *n, sb_error *err)
{
    sb_archive_repeats repeats = {0};
    sb_bytes text = {0};
    sb_recurrence_params params = {.monitor = &context->monitor};
    if (!context->dry_run) /* else those of the last time */
        sb_archive_find_repeats(archive, &params, err);
    if (!err->status && !sb_archive_repeats_read(&repeats, archive, err)) {
        *n = repeats.n_items;
        cli_progress_clear(&context->progress);
        for (size_t i = 0; i < repeats.n_items; i++)
            cli_has(context->args, CLI_OPT_JSON) ? add_repeat_json(&text, &repeats.items[i])
                                                 : add_repeat_text(&text, &repeats.items[i]);
        cli_output_end(context, &text, err);
        if (!*n && context->dry_run)
            cli_message_note(context, "no passage was found before; without --dry-run, they are searched");
        else if (!*n && !err->status)
            tell_nothing(context, archive, "no passage occurs in several of the analysed episodes", err);
    }
    sb_bytes_finish(&text);
    sb_archive_repeats_finish(&repeats);
    return err->status;
}

static sb_status name_repeat(cli_context *context, sb_archive *archive, sb_error *err)
{
    char *end;
    const char *number = cli_operand(context, CLI_ARCHIVE_OPERANDS);
    unsigned long value = strtoul(number, &end, 10);
    if (*number < '0' || *number > '9' || *end)
        return sb_error_set(err, SB_ERR_ARGUMENT, "the number of a passage is needed, not '%.60s'", number);
    const char *name = cli_operand(context, CLI_ARCHIVE_OPERANDS + 1);
    if (!context->dry_run)
        return sb_archive_name_repeat(archive, value, name, err);
    cli_message_note(context, *name ? "would name passage %lu '%s'" : "would remove the name of passage %lu",
                     value, name);
    return SB_OK;
}

int cli_archive_repeats(cli_context *context)
{
    sb_error err = {0};
    sb_archive *archive = NULL;
    bool names = cli_operand(context, CLI_ARCHIVE_OPERANDS) != NULL;
    size_t n = 0;
    if (!cli_output_begin(context, &err) &&
        !cli_archive_open(&archive, context, context->dry_run ? SB_ARCHIVE_READ : SB_ARCHIVE_WRITE, &err))
        names ? name_repeat(context, archive, &err) : list_repeats(context, archive, &n, &err);
    sb_archive_close(&archive);
    cli_progress_clear(&context->progress);
    if (err.status)
        return cli_fail(context, &err);
    return names || n ? CLI_EXIT_OK : CLI_EXIT_NOT_FOUND;
}

static void add_hint_text(sb_bytes *out, const sb_voice_hint *hint)
{
    sb_append_printable(out, hint->episode);
    sb_bytes_text(out, ": ");
    sb_append_printable(out, hint->speaker);
    sb_bytes_text(out, " sounds like ");
    sb_append_printable(out, hint->name);
    sb_bytes_print(out, " (distance %.2f", hint->distance);
    if (hint->other < 1e9)
        sb_bytes_print(out, "; %.2f to the next speaker", hint->other);
    sb_bytes_text(out, "; compared with ");
    sb_append_printable(out, hint->heard_in);
    sb_bytes_text(out, ")\n");
}

static void add_hint_json(sb_bytes *out, const sb_voice_hint *hint)
{
    sb_json_writer json = {.out = out};
    sb_json_begin(&json, NULL, '{');
    sb_json_text(&json, "episode", hint->episode);
    sb_json_text(&json, "speaker", hint->speaker);
    sb_json_text(&json, "suggestion", hint->name);
    sb_json_text(&json, "heard_in", hint->heard_in);
    sb_json_number(&json, "distance", hint->distance, 3);
    if (hint->other < 1e9)
        sb_json_number(&json, "next_distance", hint->other, 3);
    else
        sb_json_text(&json, "next_distance", NULL);
    sb_json_end(&json, '}');
    sb_json_end_line(&json);
}

static sb_status tell_voices(cli_context *context, sb_archive *archive, bool accepts, size_t *n,
                             sb_error *err)
{
    sb_voice_hints hints = {0};
    sb_bytes text = {0};
    if (!sb_archive_voice_hints(&hints, archive, err)) {
        *n = hints.n_items;
        for (size_t i = 0; i < hints.n_items && !err->status; i++) {
            const sb_voice_hint *hint = &hints.items[i];
            cli_has(context->args, CLI_OPT_JSON) ? add_hint_json(&text, hint) : add_hint_text(&text, hint);
            if (accepts)
                sb_archive_rename_speaker(archive, hint->episode, hint->speaker, hint->name, err);
        }
        if (!err->status)
            cli_output_end(context, &text, err);
        if (!*n && !err->status)
            tell_nothing(context, archive, "no speaker without a name sounds like a named one", err);
    }
    sb_bytes_finish(&text);
    sb_voice_hints_finish(&hints);
    return err->status;
}

int cli_archive_voices(cli_context *context)
{
    sb_error err = {0};
    sb_archive *archive = NULL;
    bool accepts = cli_has(context->args, CLI_OPT_ACCEPT) && !context->dry_run;
    size_t n = 0;
    if (!cli_output_begin(context, &err) &&
        !cli_archive_open(&archive, context, accepts ? SB_ARCHIVE_WRITE : SB_ARCHIVE_READ, &err))
        tell_voices(context, archive, accepts, &n, &err);
    sb_archive_close(&archive);
    if (err.status)
        return cli_fail(context, &err);
    if (n)
        cli_message_note(context, accepts ? "renamed %zu speaker%s" : "%zu suggestion%s; --accept uses them",
                         n, cli_plural(n));
    return n ? CLI_EXIT_OK : CLI_EXIT_NOT_FOUND;
}
