#include "cli/verify/verify.h"

#include "base/run/run.h"
#include "base/text/text.h"
#include "cli/clips/clips.h"

#include <stdio.h>
#include <stdlib.h>

#define NAMES        "{n:02}-{speaker}-{slug}.mp3"
#define PAGE_BITRATE 64000 /* for clips that are only part of the page */

static const char *const lists[] = {"quotes.jsonl", "clips.jsonl"};

sb_status cli_quote_clips_check(const cli_context *context, bool has_audio, sb_error *err)
{
    const char *folder = cli_text(context->args, CLI_OPT_CLIPS, NULL);
    if (!folder)
        return SB_OK;
    if (!has_audio)
        return sb_error_set(err, SB_ERR_ARGUMENT, "--clips needs the audio; name it before the transcript");
    for (size_t i = 0; !err->status && i < sizeof lists / sizeof *lists; i++) {
        char *path = sb_path_join(folder, lists[i]);
        if (!path)
            return sb_error_memory(err, "cutting clips");
        if (!cli_output_not_input(context, path, err))
            cli_output_look(context, path, err);
        free(path);
    }
    return err->status;
}

static sb_status find_folder(cli_quote_clips *out, const cli_context *context, sb_error *err)
{
    out->folder = cli_text(context->args, CLI_OPT_CLIPS, NULL);
    if (out->folder || context->dry_run)
        return SB_OK;
    return cli_scratch_folder_make(&out->scratch, err);
}

/* A quote that was not said has no place to cut. */
static bool has_clip(const sb_verification *v)
{
    return v->n_places && v->verdict != SB_QUOTE_NOT_SAID && v->places->context.span.start != SB_TIME_NONE &&
           v->places->context.span.end != SB_TIME_NONE;
}

static sb_status name_clips(cli_quote_clips *out, const cli_context *context, const sb_verification *verified,
                            sb_error *err)
{
    const char *folder = out->folder ? out->folder : out->scratch.path ? out->scratch.path : "";
    sb_template *tmpl = NULL;
    if (sb_template_read(&tmpl, NAMES, err))
        return err->status;
    char *episode = cli_episode_name(cli_operand(context, 0)),
         **paths = calloc(out->n_quotes + 1, sizeof *paths);
    bool ok = episode && paths;
    size_t n = 0;
    for (size_t i = 0; ok && i < out->n_quotes; i++) {
        if (!has_clip(&verified[i]))
            continue;
        char *name = sb_template_path(tmpl, &verified[i].places->match, i + 1, episode, NULL);
        paths[n] = name ? sb_path_join(folder, name) : NULL;
        ok = paths[n] != NULL;
        n += ok;
        free(name);
    }
    if (ok && sb_clip_paths_distinct(paths, n, err))
        ok = false;
    for (size_t i = 0, k = 0; ok && i < out->n_quotes; i++)
        if (has_clip(&verified[i]))
            out->paths[i] = paths[k++];
    for (size_t k = 0; !ok && k < n; k++)
        free(paths[k]);
    free(paths);
    free(episode);
    sb_template_free(&tmpl);
    return ok ? SB_OK : err->status ? err->status : sb_error_memory(err, "cutting clips");
}

static sb_status render(cli_quote_clips *out, cli_context *context, const sb_alignment *alignment,
                        const sb_verification *verified, sb_error *err)
{
    cli_clip_params params;
    sb_clip_request *requests = calloc(out->n_quotes + 1, sizeof *requests);
    out->results = calloc(out->n_quotes + 1, sizeof *out->results);
    out->quote_of = calloc(out->n_quotes + 1, sizeof *out->quote_of);
    if (!requests || !out->results || !out->quote_of) {
        free(requests);
        return sb_error_memory(err, "cutting clips");
    }
    if (!cli_clip_params_read(&params, context, err)) {
        if (!out->folder) {
            params.clip.bit_rate = PAGE_BITRATE;
            params.clip.channels = 1;
            params.clip.no_certificate = true;
        }
        for (size_t i = 0; i < out->n_quotes; i++) {
            if (!out->paths[i])
                continue;
            out->quote_of[out->n_results] = i;
            requests[out->n_results++] =
                (sb_clip_request){.path = out->paths[i],
                                  .folder = out->folder ? out->folder : out->scratch.path,
                                  .match = &verified[i].places->context,
                                  .params = &params.clip};
        }
        if (out->n_results)
            sb_clip_render(out->results, cli_operand(context, 0), alignment, requests, out->n_results,
                           &params.render, NULL, err);
        cli_progress_clear(&context->progress);
    }
    cli_clip_params_finish(&params);
    free(requests);
    return err->status;
}

static sb_status check_names(const cli_quote_clips *out, const cli_context *context, sb_error *err)
{
    for (size_t i = 0; i < out->n_quotes; i++)
        if (out->folder && out->paths[i] && cli_output_not_input(context, out->paths[i], err))
            return err->status;
    return SB_OK;
}

sb_status cli_quote_clips_make(cli_quote_clips *out, cli_context *context, bool has_audio,
                               const sb_alignment *alignment, sb_verification *verified, size_t n,
                               sb_error *err)
{
    bool wanted =
        cli_has(context->args, CLI_OPT_CLIPS) || (cli_has(context->args, CLI_OPT_PAGE) && !context->dry_run);
    bool ok = true;
    *out = (cli_quote_clips){.n_quotes = n};
    if (!wanted || !has_audio)
        return SB_OK;
    out->paths = calloc(n + 1, sizeof *out->paths);
    if (!out->paths)
        return sb_error_memory(err, "cutting clips");
    if (find_folder(out, context, err) || name_clips(out, context, verified, err) ||
        check_names(out, context, err) || render(out, context, alignment, verified, err))
        return err->status;
    for (size_t k = 0; ok && out->folder && k < out->n_results; k++)
        if (!out->results[k].status && out->results[k].file)
            verified[out->quote_of[k]].clip = sb_copy_text(out->results[k].file, &ok);
    return ok ? SB_OK : sb_error_memory(err, "cutting clips");
}

static sb_status write_list(const cli_quote_clips *clips, const cli_context *context, size_t which,
                            const sb_bytes *text, sb_error *err)
{
    char *path = sb_path_join(clips->folder, lists[which]);
    if (!path || text->failed)
        sb_error_memory(err, "cutting clips");
    else if (context->dry_run)
        cli_output_tell_beside(context, path, err);
    else if (!sb_folders_make(path, err))
        sb_file_write(path, text->data, text->size, context->force, err);
    free(path);
    return err->status;
}

sb_status cli_quote_clips_report(const cli_quote_clips *clips, cli_context *context,
                                 const sb_verification *verified, const sb_claim *claims, sb_error *err)
{
    cli_clip_warnings warnings = {0};
    sb_bytes quotes = {0}, manifest = {0};
    if (!clips->folder || !clips->paths)
        return SB_OK;
    for (size_t k = 0; k < clips->n_results; k++) {
        const sb_clip_result *result = &clips->results[k];
        if (result->status)
            cli_message_error(context, &result->error);
        else
            cli_clip_warnings_show(&warnings, context, result);
        if (!result->status && context->dry_run)
            cli_output_tell_beside(context, clips->paths[clips->quote_of[k]], err);
        else if (!result->status && result->file)
            cli_manifest_add(&manifest, result, false);
    }
    cli_clip_warnings_finish(&warnings, context);
    for (size_t i = 0; i < clips->n_quotes; i++) {
        sb_verification_write_json(&quotes, &verified[i], &claims[i]);
        sb_bytes_text(&quotes, "\n");
    }
    sb_bytes_text(&manifest, "");
    if (!err->status && !write_list(clips, context, 0, &quotes, err))
        write_list(clips, context, 1, &manifest, err);
    sb_bytes_finish(&quotes);
    sb_bytes_finish(&manifest);
    return err->status;
}

void cli_quote_clips_finish(cli_quote_clips *clips)
{
    for (size_t k = 0; clips->results && k < clips->n_results; k++)
        sb_clip_result_finish(&clips->results[k]);
    for (size_t i = 0; clips->paths && i < clips->n_quotes; i++)
        free(clips->paths[i]);
    cli_scratch_folder_remove(&clips->scratch);
    free(clips->paths);
    free(clips->results);
    free(clips->quote_of);
    *clips = (cli_quote_clips){0};
}
