#include "cli/clips/clips.h"

#include "base/run/run.h"
#include "cli/session/session.h"

#include <stdlib.h>
#include <string.h>

void cli_joining_finish(cli_joining *joining)
{
    sb_montage_free(&joining->montage);
    sb_clip_result_finish(&joining->result);
}

static sb_status check_options(const cli_context *context, sb_error *err)
{
    bool gap = cli_has(context->args, CLI_OPT_GAP), crossfade = cli_has(context->args, CLI_OPT_CROSSFADE);
    if ((gap || crossfade) && !cli_has(context->args, CLI_OPT_JOIN))
        return sb_error_set(err, SB_ERR_ARGUMENT, "%s has no effect without --join FILE; add it",
                            gap ? "--gap" : "--crossfade");
    return SB_OK;
}

/* A montage without clips has no certificates and one level for all quotes. */
static sb_status check_alone(const cli_context *context, sb_error *err)
{
    bool strict = cli_has(context->args, CLI_OPT_STRICT);
    bool other_level =
        cli_whole(context->args, CLI_OPT_LOUDNESS_OF, SB_LOUDNESS_OF_CLIP) != SB_LOUDNESS_OF_CLIP;
    bool has_clips =
        cli_has(context->args, CLI_OPT_OUTPUT_TEMPLATE) || cli_has(context->args, CLI_OPT_OUTPUT_FOLDER);
    if (has_clips || (!strict && !other_level))
        return SB_OK;
    return sb_error_set(err, SB_ERR_ARGUMENT,
                        "--%s is for clips, but --join alone makes no clips; add -o, or leave it out",
                        strict ? "strict" : "loudness-of");
}

sb_status cli_joining_read(cli_joining *out, const cli_context *context, sb_error *err)
{
    *out = (cli_joining){0};
    if (check_options(context, err))
        return err->status;
    out->path = cli_text(context->args, CLI_OPT_JOIN, NULL);
    if (out->path && cli_has(context->args, CLI_OPT_COPY))
        return sb_error_set(
            err, SB_ERR_ARGUMENT,
            "--copy keeps the packets unchanged, but --join needs decoding; leave out one of the two");
    sb_option_targets options = {.montage = &out->params};
    sb_status status = cli_arguments_store(context->args, &options, err);
    sb_option_targets_finish(&options);
    if (status || sb_montage_params_check(&out->params, err))
        return err->status;
    if (!out->path)
        return SB_OK;
    return check_alone(context, err) || cli_clip_file_check("--join", out->path, false, err)
               ? err->status
               : cli_output_not_input(context, out->path, err);
}

static bool same_captions(const char *a, const char *b, bool *ok)
{
    char *left = sb_clip_captions_path(a, 0), *right = sb_clip_captions_path(b, 0);
    *ok = left && right;
    bool same = *ok && !strcmp(left, right);
    free(left);
    free(right);
    return same;
}

sb_status cli_joining_not_clip(const cli_joining *joining, const char *clip_path, unsigned captions,
                               sb_error *err)
{
    bool ok = true;
    if (!joining->path)
        return SB_OK;
    bool same =
        !strcmp(joining->path, clip_path) || (captions && same_captions(joining->path, clip_path, &ok));
    if (!ok)
        return sb_error_memory(err, "joining clips");
    return same ? sb_error_set(err, SB_ERR_ARGUMENT,
                               "-o and --join name %s and %s, which clash; give one of them another name",
                               clip_path, joining->path)
                : SB_OK;
}

sb_status cli_joining_begin(cli_joining *joining, sb_clip_request *requests, size_t n,
                            const sb_clip_params *params, const sb_render_params *render, sb_error *err)
{
    if (!joining->path)
        return SB_OK;
    joining->params.clip = *params;
    joining->params.overwrite = render->overwrite;
    joining->params.dry_run = render->dry_run;
    joining->params.monitor = render->monitor;
    if (!cli_is_video(joining->path))
        joining->params.clip.video = (sb_video_params){0};
    if (sb_montage_create(&joining->montage, joining->path, n, &joining->params, err))
        return err->status;
    for (size_t i = 0; requests && i < n; i++) {
        requests[i].montage = joining->montage;
        requests[i].part = i;
    }
    return SB_OK;
}

sb_status cli_joining_write(cli_joining *joining, sb_error *err)
{
    sb_error reason = {0};
    if (!joining->montage)
        return SB_OK;
    sb_status status = sb_montage_write(&joining->result, joining->montage, &reason);
    joining->written = !status;
    if (status == SB_ERR_INTERRUPTED || status == SB_ERR_MEMORY)
        *err = reason;
    return err->status;
}

int cli_joining_exit(const cli_joining *joining, int code)
{
    /* If all clips exist already, having nothing to join is not another error. */
    if (code == CLI_EXIT_EXISTS && joining->result.status == SB_ERR_ARGUMENT)
        return code;
    int own = joining->path ? cli_clips_exit(&joining->result, 1, false) : CLI_EXIT_OK;
    return own == CLI_EXIT_OK || code == CLI_EXIT_FAILED ? code : own;
}
