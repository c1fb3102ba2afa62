/* Matches made clips: what clip and batch share. */
#ifndef SB_CLI_CLIPS_H
#define SB_CLI_CLIPS_H

#include "clip_warnings.h"

#include "soundbite/clip.h"

/* The clip options, those not given as the library has them. `media` must live as long; it takes --stream. */
void cli_clip_params_read(sb_clip_params *out, sb_media_params *media, cli_context *context);

/* SB_ERR_ARGUMENT where --strict is to go by a certificate that --no-certificate leaves out. */
sb_status cli_clip_options_check(const cli_context *context, sb_error *err);

/* The name of the episode for templates: that of its file without folder and extension. The caller frees. */
char *cli_episode_name(const char *audio_path);

/* SB_ERR_ARGUMENT where a template's extension is no format that can be written, or copied into; the message names them. */
sb_status cli_clip_format_check(const char *template_text, bool copy, sb_error *err);

/* SB_ERR_ARGUMENT where the options of videos do not go with a template's extension. */
sb_status cli_clip_video_check(const char *template_text, const sb_clip_params *params, sb_error *err);

/* The same for a file that another option names. */
sb_status cli_clip_file_check(const char *option, const char *path, bool copy, sb_error *err);

/* True for a name that ends in .mp4. */
bool cli_is_video(const char *path);

/* Shows one result: a line on standard output, JSON with --json, "would write" with --dry-run; warnings and the error on
 * standard error. SB_ERR_IO where standard output fails. */
sb_status cli_clip_show(cli_context *context, const sb_clip_result *result, cli_clip_warnings *warnings,
                        sb_error *err);

/* Adds the result to a manifest: CSV or JSON Lines. */
void cli_manifest_add(sb_bytes *out, const sb_clip_result *result, bool csv);

/* The exit code for all results together: 5 where nothing worse happened than files that exist. */
int cli_clips_exit(const sb_clip_result *results, size_t n, bool damaged);

#endif
