#include "cli/batch/batch.h"

#include "base/run/run.h"
#include "cli/session/session.h"
#include "cli/source/source.h"
#include "cli/term/term.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

typedef struct batch_run {
    cli_context *context;
    batch_plan plan;
    batch_shard shard;
    cli_clip_params params;
    cli_selection selection;
    cli_joining joining;
    sb_fillers *fillers;
    sb_monitor monitor; /* counts the clips of all episodes */
    size_t n_before;
    batch_folder folder;
    sb_manifest *earlier; /* NULL without --resume */
    bool replaces;        /* an earlier run's files may be replaced: --force or --resume */
} batch_run;

static void finish_batch_run(batch_run *run)
{
    cli_joining_finish(&run->joining);
    batch_plan_finish(&run->plan);
    cli_selection_finish(&run->selection);
    sb_manifest_free(&run->earlier);
    batch_folder_finish(&run->folder);
    cli_clip_params_finish(&run->params);
    sb_fillers_free(&run->fillers);
}

static void report_step(void *user, const char *stage, double done, double total)
{
    batch_run *run = user;
    bool clips = !strcmp(stage, "clip");
    cli_progress_step(&run->context->progress, stage, clips ? done + (double)run->n_before : done,
                      clips ? (double)run->plan.n_clips : total);
}

static bool cancelled(void *user)
{
    batch_run *run = user;
    return run->context->monitor.cancelled(run->context->monitor.user);
}

static void note_clip(void *user, const sb_clip_result *result)
{
    batch_run *run = user;
    batch_folder_journal_add(&run->folder, result);
}

typedef struct group_clips {
    sb_clip_request *requests;
    sb_clip_result *results;
    size_t *clips; /* indices in the plan */
    size_t n;
} group_clips;

static bool alloc_group(group_clips *group, size_t n)
{
    *group = (group_clips){.requests = calloc(n + 1, sizeof *group->requests),
                           .results = calloc(n + 1, sizeof *group->results),
                           .clips = calloc(n + 1, sizeof *group->clips)};
    return group->requests && group->results && group->clips;
}

static void free_group(group_clips *group)
{
    free(group->requests);
    free(group->results);
    free(group->clips);
}

/* The clips of an episode that are not done yet. */
static void collect_group(batch_run *run, size_t index, group_clips *out)
{
    const batch_group *group = &run->plan.groups[index];
    for (size_t i = 0; i < group->n_clips; i++) {
        const batch_clip *clip = &run->plan.clips[group->clips[i]];
        const sb_batch_row *row = &run->plan.list->rows[clip->row];
        if (clip->recalled)
            continue;
        out->clips[out->n] = group->clips[i];
        out->requests[out->n++] = (sb_clip_request){.id = row->id,
                                                    .path = clip->path,
                                                    .folder = run->plan.folder,
                                                    .match = clip->match,
                                                    .montage = run->joining.montage,
                                                    .part = group->clips[i],
                                                    .params = &row->clip,
                                                    .transcript = group->source_path};
    }
}

static sb_status render(batch_run *run, size_t index, group_clips *clips, sb_error *err)
{
    const batch_group *group = &run->plan.groups[index];
    sb_notes notes = {0};
    run->params.render.fits = group->source.fits;
    sb_status status =
        sb_clip_render(clips->results, group->audio_path, group->source.alignment, clips->requests, clips->n,
                       &run->params.render, group->source.transcript ? NULL : &notes, err);
    cli_progress_clear(&run->context->progress);
    cli_source_show_notes(&group->source, run->context, &notes);
    return status;
}

static void keep_results(batch_run *run, group_clips *clips)
{
    for (size_t i = 0; i < clips->n; i++) {
        sb_clip_result *kept = &run->plan.clips[clips->clips[i]].result;
        sb_clip_result_finish(kept);
        *kept = clips->results[i];
    }
}

static bool has_captions(const sb_clip_result *result)
{
    for (size_t i = 0; i < result->n_captions; i++)
        if (access(result->captions[i], R_OK))
            return false;
    return true;
}

/* A clip is made again if the run requires a certificate that the clip lacks or does not pass. */
static bool has_its_certificate(const batch_run *run, const batch_clip *clip)
{
    const sb_clip_params *params = &run->plan.list->rows[clip->row].clip;
    const sb_certificate *certificate = &clip->result.certificate;
    return params->no_certificate || params->drop ||
           (certificate->made && !(params->strict && certificate->failed));
}

/* A clip is done if the earlier manifest has the same entry and the file still has that hash. */
static void recall(batch_run *run, group_clips *clips)
{
    char sha256[SB_SHA256_TEXT];
    for (size_t i = 0; i < clips->n; i++) {
        batch_clip *clip = &run->plan.clips[clips->clips[i]];
        if (!clip->result.status && sb_manifest_recall(run->earlier, &clip->result) &&
            has_captions(&clip->result) && !sb_file_sha256(sha256, clip->path, NULL) &&
            !strcmp(sha256, clip->result.sha256) && has_its_certificate(run, clip))
            clip->recalled = true;
    }
}

static sb_status look_back(batch_run *run, size_t index, sb_error *err)
{
    group_clips clips;
    bool ok = alloc_group(&clips, run->plan.groups[index].n_clips);
    if (ok) {
        run->params.render.dry_run = true;
        collect_group(run, index, &clips);
        if (!render(run, index, &clips, err)) {
            keep_results(run, &clips);
            recall(run, &clips);
        }
    }
    free_group(&clips);
    return ok ? err->status : sb_error_memory(err, "cutting clips");
}

static sb_status render_group(batch_run *run, size_t index, sb_error *err)
{
    group_clips clips;
    bool ok = alloc_group(&clips, run->plan.groups[index].n_clips);
    if (ok) {
        run->params.render.dry_run = run->context->dry_run;
        collect_group(run, index, &clips);
        if (clips.n)
            render(run, index, &clips, err);
        keep_results(run, &clips);
        run->n_before += clips.n;
    }
    free_group(&clips);
    return ok ? err->status : sb_error_memory(err, "cutting clips");
}

static bool is_done(const batch_clip *clip)
{
    return clip->recalled || (!clip->result.status && clip->result.sha256[0]);
}

/* A shard always writes its manifests, and only the first shard has the CSV header: in sequence, they equal
 * the manifest of the whole list. */
static sb_status write_manifest(batch_run *run, bool csv, sb_error *err)
{
    sb_bytes text = {0};
    size_t n_done = 0;
    if (csv && run->shard.k <= 1)
        sb_clip_result_write_csv_header(&text);
    for (size_t i = 0; i < run->plan.n_clips; i++)
        if (is_done(&run->plan.clips[i])) {
            cli_manifest_add(&text, &run->plan.clips[i].result, csv);
            n_done++;
        }
    if (text.failed)
        sb_error_memory(err, "cutting clips");
    else if (n_done || run->shard.n)
        sb_file_write(csv ? run->folder.csv_path : run->folder.manifest_path, text.data ? text.data : "",
                      text.size, run->replaces, err);
    sb_bytes_finish(&text);
    return err->status;
}

static sb_status write_manifests(batch_run *run, sb_error *err)
{
    if (run->context->dry_run || write_manifest(run, false, err))
        return err->status;
    return write_manifest(run, true, err);
}

/* An error of an episode is stored in its rows. Only interruption and lack of memory end the batch. */
static sb_status do_group(batch_run *run, size_t index, sb_error *err)
{
    sb_error reason = {0};
    if (run->plan.groups[index].error.status)
        return SB_OK;
    if (!run->earlier || !look_back(run, index, &reason))
        render_group(run, index, &reason);
    if (reason.status == SB_ERR_INTERRUPTED || reason.status == SB_ERR_MEMORY)
        *err = reason;
    return err->status;
}

/* Until the manifests are written, the journal lists the finished clips. If a batch that continues an earlier
 * one is interrupted, it keeps the journal and the manifest of the earlier batch, which may have more
 * clips. */
static sb_status do_groups(batch_run *run, sb_error *err)
{
    sb_error unwritten = {0};
    if (run->folder.lock >= 0)
        batch_folder_journal_open(&run->folder);
    cli_progress_episode(&run->context->progress, NULL, 0, run->plan.n_groups);
    for (size_t i = 0; i < run->plan.n_groups && !err->status; i++) {
        do_group(run, i, err);
        cli_progress_episode(&run->context->progress, run->plan.groups[i].audio_path, i + 1,
                             run->plan.n_groups);
    }
    if (!err->status)
        cli_joining_write(&run->joining, err);
    if (err->status && run->earlier && batch_folder_has_manifest(&run->folder))
        return err->status;
    if (write_manifests(run, &unwritten) && !err->status)
        *err = unwritten;
    if (!unwritten.status && (!err->status || !run->earlier))
        batch_folder_journal_remove(&run->folder);
    return err->status;
}

/* A part of a list cannot make the whole montage. */
static sb_status read_joining(batch_run *run, sb_error *err)
{
    if (cli_joining_read(&run->joining, run->context, err) || !run->joining.path || !run->shard.n)
        return err->status;
    return sb_error_set(err, SB_ERR_ARGUMENT,
                        "--join needs the clips of all shards; leave out --shard, or leave out --join");
}

#define DRY_FOLDER "clips" /* of a dry run without -o */

static sb_status do_all(batch_run *run, sb_error *err)
{
    cli_context *context = run->context;
    const char *given = cli_text(context->args, CLI_OPT_OUTPUT_FOLDER, NULL);
    const char *folder = given || !context->dry_run ? given : DRY_FOLDER;
    if (!folder)
        return sb_error_set(err, SB_ERR_ARGUMENT,
                            "no folder for the clips was given; add one, such as -o clips");
    if (!given)
        cli_message_note(context, "no folder for the clips was given; these are the names with -o %s",
                         folder);
    if (batch_shard_read(&run->shard, context->args, err))
        return err->status;
    if (cli_selection_read(&run->selection, context->args, err) ||
        cli_clip_params_read(&run->params, context, err) || cli_fillers_read(&run->fillers, context, err) ||
        read_joining(run, err))
        return err->status;
    run->params.clip.fillers = run->fillers;
    if (sb_clip_params_check(&run->params.clip, err))
        return err->status;
    run->monitor = (sb_monitor){.user = run, .progress = report_step, .cancelled = cancelled};
    run->params.render.monitor = &run->monitor;
    run->params.render.done = note_clip;
    run->params.render.done_user = run;
    run->replaces = context->force || !given || cli_has(context->args, CLI_OPT_RESUME);
    if (cli_index_check(context, run->replaces, err))
        return err->status;
    if (batch_folder_init(&run->folder, folder, &run->shard, run->replaces, err) ||
        cli_output_not_input(context, run->folder.manifest_path, err) ||
        cli_output_not_input(context, run->folder.csv_path, err))
        return err->status;
    /* with --resume, only clips that an earlier run may have made */
    run->params.render.overwrite =
        context->force || !given || (run->replaces && batch_folder_was_used(folder));
    if (cli_has(context->args, CLI_OPT_RESUME) && !run->joining.path &&
        batch_folder_earlier(&run->earlier, &run->folder, err))
        return err->status;
    if (batch_plan_make(&run->plan, run->context, cli_operand(context, 0), folder, &run->shard,
                        &run->params.clip, &run->selection.selection, err) ||
        batch_inputs_spare(&run->plan, err) || batch_plan_assign(&run->plan, err) ||
        (run->plan.n_clips && cli_joining_begin(&run->joining, NULL, run->plan.n_clips, &run->params.clip,
                                                &run->params.render, err)))
        return err->status;
    if ((run->plan.n_clips || run->shard.n) && !context->dry_run &&
        batch_folder_lock(&run->folder, folder, err))
        return err->status;
    return do_groups(run, err);
}

static sb_status write_index(batch_run *run, sb_error *err)
{
    size_t n = 0;
    const batch_plan *plan = &run->plan;
    sb_clip_page_item *items = calloc(plan->n_clips + 1, sizeof *items);
    char **episodes = calloc(plan->n_groups + 1, sizeof *episodes),
         *title = cli_episode_name(plan->list_path);
    bool ok = items && episodes && title;
    for (size_t i = 0; ok && i < plan->n_groups; i++)
        ok = (episodes[i] = batch_group_name(plan, i));
    for (size_t i = 0; ok && i < plan->n_clips; i++)
        if (is_done(&plan->clips[i]))
            items[n++] = (sb_clip_page_item){.result = &plan->clips[i].result,
                                             .episode = episodes[plan->clips[i].group]};
    if (ok)
        cli_index_write(run->context, items, n, strcmp(title, "-") ? title : NULL, run->replaces, err);
    for (size_t i = 0; episodes && i < plan->n_groups; i++)
        free(episodes[i]);
    free(episodes);
    free(items);
    free(title);
    return ok ? err->status : sb_error_memory(err, "cutting clips");
}

/* Of whole episodes, the summary is enough. */
static bool has_own_line(const batch_run *run, const batch_clip *clip)
{
    const cli_context *context = run->context;
    return !run->plan.is_episode[clip->row] || context->verbose || context->dry_run ||
           cli_has(context->args, CLI_OPT_JSON);
}

static sb_status show_clips(batch_run *run, sb_error *err)
{
    cli_clip_warnings warnings = {0};
    for (size_t i = 0; i < run->plan.n_clips && !err->status; i++) {
        batch_clip *clip = &run->plan.clips[i];
        if (clip->result.status)
            batch_plan_fail_row(&run->plan, clip->row, &clip->result.error);
        else if (has_own_line(run, clip))
            cli_clip_show(run->context, &clip->result, &warnings, err);
        else
            cli_clip_warnings_show(&warnings, run->context, &clip->result);
    }
    if (run->joining.montage && !err->status)
        cli_clip_show(run->context, &run->joining.result, &warnings, err);
    cli_clip_warnings_finish(&warnings, run->context);
    return err->status;
}

static sb_status tell_manifests(const batch_run *run, sb_error *err)
{
    if (!run->context->dry_run || (!run->plan.n_clips && !run->shard.n) ||
        cli_output_tell_beside(run->context, run->folder.manifest_path, err))
        return err->status;
    return cli_output_tell_beside(run->context, run->folder.csv_path, err);
}

/* Of many episodes, it is usual that some have no match. If none has, the first says how to change the
 * selection. */
static bool is_told(const batch_run *run, size_t row, size_t n_unmatched)
{
    return !run->plan.is_episode[row] || !batch_row_unmatched(&run->plan.list->rows[row]) ||
           run->context->verbose || (!run->plan.n_clips && n_unmatched == 1);
}

/* Shows the rows that failed and returns the exit code. */
static int show_rows(batch_run *run)
{
    size_t n_rows = 0, n_failed = 0, n_unmatched = 0, n_exist = 0, n_recalled = 0;
    bool damaged = false;
    for (size_t i = 0; i < run->plan.list->n_rows; i++) {
        const sb_error *reason = &run->plan.list->rows[i].error;
        if (!run->plan.mine[i])
            continue;
        n_rows++;
        n_failed += batch_row_failed(&run->plan.list->rows[i]);
        n_unmatched += batch_row_unmatched(&run->plan.list->rows[i]);
        n_exist += reason->status == SB_ERR_EXISTS;
        if (reason->status && is_told(run, i, n_unmatched))
            cli_message_error(run->context, reason);
    }
    for (size_t i = 0; i < run->plan.n_clips; i++)
        n_recalled += run->plan.clips[i].recalled;
    for (size_t i = 0; i < run->plan.n_groups; i++)
        damaged = damaged || (run->plan.groups[i].source.alignment &&
                              run->plan.groups[i].source.alignment->audio.damaged);
    if (run->shard.n && !n_rows)
        cli_message_note(run->context,
                         "shard %zu/%zu has no rows, because the list has fewer episodes than shards",
                         run->shard.k, run->shard.n);
    cli_message_note(
        run->context,
        "%zu row%s, %zu clip%s (%zu already finished); %zu row%s without a match; %zu row%s failed", n_rows,
        cli_plural(n_rows), run->plan.n_clips, cli_plural(run->plan.n_clips), n_recalled, n_unmatched,
        cli_plural(n_unmatched), n_failed, cli_plural(n_failed));
    if (run->plan.n_avoided)
        cli_message_note(
            run->context,
            "%zu match%s left out in passages that recur in several episodes, such as ads; --repeats cuts "
            "them too",
            run->plan.n_avoided, run->plan.n_avoided == 1 ? "" : "es");
    if (n_failed)
        return n_exist == n_failed ? CLI_EXIT_EXISTS : CLI_EXIT_FAILED;
    if (n_unmatched && !run->plan.n_clips)
        return CLI_EXIT_NOT_FOUND;
    return damaged ? CLI_EXIT_DAMAGED : CLI_EXIT_OK;
}

int batch_run_all(cli_context *context)
{
    sb_error err = {0};
    batch_run run = {.context = context, .folder = {.lock = -1, .journal = -1}};
    int code;
    sb_error shown = {0}; /* the clips are there, so the index is written even if standard output cannot be */
    if (!do_all(&run, &err) && !show_clips(&run, &shown))
        tell_manifests(&run, &shown);
    if (err.status || write_index(&run, &err) || shown.status || batch_summary_show(&run.plan, &err))
        code = cli_fail(context, err.status ? &err : &shown);
    else
        code = cli_joining_exit(&run.joining, show_rows(&run));
    if (cli_signal_seen(NULL) && run.folder.manifest_path)
        cli_message_note(context, "what is finished is kept; to go on, give the same command with --resume");
    finish_batch_run(&run);
    return code;
}
