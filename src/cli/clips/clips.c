#include "cli/clips/clips.h"

#include "base/run/run.h"
#include "base/text/text.h"
#include "cli/session/session.h"
#include "cli/term/term.h"

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

sb_status cli_clip_params_read(cli_clip_params *out, const cli_context *context, sb_error *err)
{
    *out = (cli_clip_params){.render = {.acoustic_model = context->tuning.acoustic_model,
                                        .dictionary = context->tuning.dictionary,
                                        .media = &out->media,
                                        .monitor = &context->monitor}};
    out->options = (sb_option_targets){.clip = &out->clip, .render = &out->render, .media = &out->media};
    return cli_arguments_store(context->args, &out->options, err);
}

void cli_clip_params_finish(cli_clip_params *params)
{
    sb_option_targets_finish(&params->options);
}

char *cli_episode_name(const char *audio_path)
{
    const char *name = sb_path_name(audio_path);
    return strndup(name, sb_path_stem(name));
}

sb_status cli_clip_format_check(const char *template_text, bool copy, sb_error *err)
{
    return cli_clip_file_check("-o", template_text, copy, err);
}

sb_status cli_clip_file_check(const char *option, const char *template_text, bool copy, sb_error *err)
{
    const char *name = sb_path_name(template_text);
    struct stat info;
    bool is_folder = !*name || (stat(template_text, &info) == 0 && S_ISDIR(info.st_mode));
    if (is_folder)
        return sb_error_set(err, SB_ERR_ARGUMENT, "%s %s: is a folder; add a name: type %s %s%s%s", option,
                            template_text, option, template_text, *name ? "/" : "",
                            strcmp(option, "-o") ? "all.mp3" : "{n:02}-{speaker}-{slug}.mp3");
    const char *end = name + sb_path_stem(name);
    if (strchr(end, '}') || (copy ? sb_copy_knows(end) : sb_encoder_knows(end, NULL)))
        return SB_OK;
    end = *end ? end : name;
    if (copy)
        return sb_error_set(err, SB_ERR_ARGUMENT,
                            "%s %s: --copy cannot write '%s'; end the name with .wav, .flac, .mp3, .m4a, "
                            ".aac or .opus, like the source, or leave out --copy",
                            option, template_text, end);
    return sb_error_set(
        err, SB_ERR_ARGUMENT,
        "%s %s: audio cannot be written as '%s'; end the name with .wav, .flac, .mp3, .m4a, .opus or .mp4",
        option, template_text, end);
}

bool cli_is_video(const char *path)
{
    return sb_path_has_extension(path, "mp4");
}

sb_status cli_clip_video_check(const char *template_text, const sb_clip_params *params, sb_error *err)
{
    const sb_video_params *video = &params->video;
    if (cli_is_video(template_text))
        return SB_OK;
    if (video->shape != SB_VIDEO_ANY)
        return sb_error_set(err, SB_ERR_ARGUMENT, "%.80s is not a name for a video; end it with .mp4",
                            template_text);
    if (params->profile && params->profile->shape != SB_VIDEO_ANY)
        return sb_error_set(err, SB_ERR_ARGUMENT, "--for %s makes videos; end %.80s with .mp4",
                            params->profile->name, template_text);
    if (video->background || video->title || video->theme || video->logo || video->style ||
        video->uppercase || video->draft)
        return sb_error_set(
            err, SB_ERR_ARGUMENT,
            "background, title, theme, style, uppercase, logo and draft are for videos; end %.80s "
            "with .mp4",
            template_text);
    return SB_OK;
}

static void add_text_line(sb_bytes *out, const sb_clip_result *result, bool dry_run)
{
    char start[SB_TIME_TEXT];
    if (result->n_joins)
        snprintf(start, sizeof start, "%zu quote%s", result->n_joins, cli_plural(result->n_joins));
    else
        sb_time_print(start, result->cut.speech.start, 3);
    double seconds = sb_time_to_seconds(result->length);
    sb_bytes_text(out, dry_run ? "would write " : "");
    sb_append_printable(out, result->file);
    sb_bytes_print(out, "  %s  %.1f s%s", start, seconds, result->speaker ? "  " : "");
    sb_append_printable(out, result->speaker ? result->speaker : "");
    if (result->text && *result->text) {
        sb_bytes_text(out, ": ");
        sb_append_printable(out, result->text);
    }
    sb_bytes_text(out, "\n");
    for (size_t i = 0; i < result->n_captions; i++) {
        sb_bytes_text(out, dry_run ? "would write " : "");
        sb_append_printable(out, result->captions[i]);
        sb_bytes_text(out, "\n");
    }
}

static sb_status print_result(cli_context *context, const sb_clip_result *result, sb_error *err)
{
    sb_bytes line = {0};
    if (cli_has(context->args, CLI_OPT_JSON))
        cli_manifest_add(&line, result, false);
    else if (!context->quiet || context->dry_run)
        add_text_line(&line, result, context->dry_run);
    sb_status status =
        line.failed ? sb_error_memory(err, "cutting clips") : cli_print(line.data, line.size, err);
    sb_bytes_finish(&line);
    return status;
}

sb_status cli_clip_show(cli_context *context, const sb_clip_result *result, cli_clip_warnings *warnings,
                        sb_error *err)
{
    if (result->status) {
        cli_message_error(context, &result->error);
        return SB_OK;
    }
    cli_clip_warnings_show(warnings, context, result);
    return print_result(context, result, err);
}

void cli_manifest_add(sb_bytes *out, const sb_clip_result *result, bool csv)
{
    if (csv) {
        sb_clip_result_write_csv(out, result);
        return;
    }
    sb_clip_result_write_json(out, result);
    sb_bytes_text(out, "\n");
}

int cli_clips_exit(const sb_clip_result *results, size_t n, bool damaged)
{
    int code = damaged ? CLI_EXIT_DAMAGED : CLI_EXIT_OK;
    for (size_t i = 0; i < n; i++) {
        if (!results[i].status || code == CLI_EXIT_FAILED)
            continue;
        code = results[i].status == SB_ERR_EXISTS ? CLI_EXIT_EXISTS : CLI_EXIT_FAILED;
    }
    return code;
}
