/* Clips from the command line: code that the commands clip and batch share. */
#ifndef SB_CLI_CLIPS_CLIPS_H
#define SB_CLI_CLIPS_CLIPS_H

#include "cli/args/args.h"
#include "cli/session/session.h"
#include "cli/source/source.h"
#include "soundbite/batch.h"
#include "soundbite/clip.h"
#include "soundbite/clip_page.h"
#include "soundbite/file.h"
#include "soundbite/montage.h"

/* Showing the warnings of many clips without repeating them. */

#define CLI_WARNING_KINDS 16

typedef struct cli_clip_warnings {
    struct {
        char *text;
        size_t n;
    } kinds[CLI_WARNING_KINDS];
    size_t n_kinds;
} cli_clip_warnings;

/* Shows the warnings of a clip, except those that three earlier clips had; with --verbose, all. Start with a
 * zeroed struct. */
void cli_clip_warnings_show(cli_clip_warnings *warnings, cli_context *context, const sb_clip_result *result);

/* Says how often each repeated warning occurred, and frees the struct. */
void cli_clip_warnings_finish(cli_clip_warnings *warnings, cli_context *context);

/* Shared by the commands clip and batch. */

/* The options for clips. Do not copy or move it, because its members point to each other. */
typedef struct cli_clip_params {
    sb_clip_params clip;
    sb_render_params render;
    sb_media_params media;
    sb_option_targets options; /* owns the strings and lists of `clip` */
} cli_clip_params;

/* Reads the options for clips. Call cli_clip_params_finish even on failure. Returns SB_ERR_MEMORY. */
sb_status cli_clip_params_read(cli_clip_params *out, const cli_context *context, sb_error *err);
void cli_clip_params_finish(cli_clip_params *params);

/* Checks the operands and options of clip if there is no transcript. Then only times can select, and no
 * option may need words. Returns SB_ERR_ARGUMENT; the message has the command line to type. */
sb_status cli_clip_check_source(const cli_context *context, sb_error *err);

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

/* Reads the file of --fillers; `*out` is NULL if there is none. The caller frees it. Returns the statuses of
 * sb_file_read and sb_fillers_read. */
sb_status cli_fillers_read(sb_fillers **out, const cli_context *context, sb_error *err);

/* --index: a web page with all clips. */

/* Checks the page before the work begins. Returns SB_ERR_EXISTS if it exists or is an operand; SB_ERR_IO if
 * it is a folder. */
sb_status cli_index_check(const cli_context *context, bool overwrite, sb_error *err);

/* Writes the page with links relative to its folder and fills items[i].path. Does nothing without --index or
 * without clips; with --dry-run, only prints what it would do. Returns the statuses of sb_file_write and
 * SB_ERR_MEMORY. */
sb_status cli_index_write(const cli_context *context, sb_clip_page_item *items, size_t n, const char *title,
                          bool overwrite, sb_error *err);

/* --join: writing all quotes of a run to one file. */

typedef struct cli_joining {
    const char *path; /* NULL without --join */
    sb_montage_params params;
    sb_montage *montage;
    sb_clip_result result;
    bool written; /* its result belongs in the manifest */
} cli_joining;

/* Reads --join, --gap and --crossfade. Returns SB_ERR_ARGUMENT if they conflict, if the format is unknown, or
 * if there is nothing to join; SB_ERR_EXISTS if the file is an operand. */
sb_status cli_joining_read(cli_joining *out, const cli_context *context, sb_error *err);
void cli_joining_finish(cli_joining *joining);

/* Returns SB_ERR_ARGUMENT if a clip or its captions would have the montage's name or that of its captions;
 * SB_ERR_MEMORY. */
sb_status cli_joining_not_clip(const cli_joining *joining, const char *clip_path, unsigned captions,
                               sb_error *err);

/* Makes the requests parts of the montage, in order; `requests` may be NULL if the caller does that. Does
 * nothing without --join. Returns the statuses of sb_montage_create. */
sb_status cli_joining_begin(cli_joining *joining, sb_clip_request *requests, size_t n,
                            const sb_clip_params *params, const sb_render_params *render, sb_error *err);

/* Writes the montage. An error of the montage is stored in its result. Fails only if all work must stop. */
sb_status cli_joining_write(cli_joining *joining, sb_error *err);

/* Returns the exit code of the run. `code` is that of the clips. */
int cli_joining_exit(const cli_joining *joining, int code);

/* Paths of the files that a list names. */

/* Returns the folder of a list; "" for the current folder. `path` may be "-". The caller frees it. Returns
 * NULL if memory runs out. */
char *cli_list_folder(const char *path);

/* Returns a path of the list relative to `folder`. Absolute paths are unchanged. The caller frees it. Returns
 * NULL if memory runs out. */
char *cli_list_path(const char *folder, const char *path);

/* Does the same for an input file. If there is no such file in `folder`, but there is one in the current
 * folder, that one is used: paths in manifests are relative to the current folder. */
char *cli_list_input(const char *folder, const char *path);

/* Appends the paths of all files that a list names, each with a NUL, for cli_command.name_files. A list that
 * cannot be read names none. */
void cli_list_name_files(sb_bytes *out, const char *path);

#endif
