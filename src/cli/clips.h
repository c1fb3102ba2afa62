/* Shared by the commands clip and batch. */
#ifndef SB_CLI_CLIPS_H
#define SB_CLI_CLIPS_H

#include "clip_warnings.h"

#include "soundbite/clip.h"

/* Reads the clip options; options that are not given have the library's defaults. `media` takes --stream and
 * must live as long as `out`. */
void cli_clip_params_read(sb_clip_params *out, sb_media_params *media, cli_context *context);

/* Returns SB_ERR_ARGUMENT if --strict is combined with --no-certificate. */
sb_status cli_clip_options_check(const cli_context *context, sb_error *err);

/* Returns the name of the episode for templates: its file name without folder and extension. The caller frees
 * it. */
char *cli_episode_name(const char *audio_path);

/* Returns SB_ERR_ARGUMENT if a template's extension is not a format that can be written (or copied to); the
 * message lists the formats. */
sb_status cli_clip_format_check(const char *template_text, bool copy, sb_error *err);

/* Returns SB_ERR_ARGUMENT if video options are combined with a template for audio files. */
sb_status cli_clip_video_check(const char *template_text, const sb_clip_params *params, sb_error *err);

/* Does the same for a file that another option names. */
sb_status cli_clip_file_check(const char *option, const char *path, bool copy, sb_error *err);

/* Returns true if the name ends in .mp4. */
bool cli_is_video(const char *path);

/* Shows one result: a line on standard output, JSON with --json, "would write" with --dry-run. Warnings and
 * errors go to standard error. Returns SB_ERR_IO if standard output fails. */
sb_status cli_clip_show(cli_context *context, const sb_clip_result *result, cli_clip_warnings *warnings,
                        sb_error *err);

/* Adds the result to a manifest as CSV or JSON Lines. */
void cli_manifest_add(sb_bytes *out, const sb_clip_result *result, bool csv);

/* Returns the exit code for all results together: 5 if the only problem is files that exist. */
int cli_clips_exit(const sb_clip_result *results, size_t n, bool damaged);

#endif
