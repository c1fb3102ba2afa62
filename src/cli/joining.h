/* --join: writing all quotes of a run to one file. */
#ifndef SB_CLI_JOINING_H
#define SB_CLI_JOINING_H

#include "context.h"

#include "soundbite/montage.h"

typedef struct cli_joining {
    const char *path; /* NULL if it was not asked for */
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

/* Makes the requests parts of the montage, in order. Does nothing without --join. Returns the statuses of
 * sb_montage_create. */
sb_status cli_joining_begin(cli_joining *joining, sb_clip_request *requests, size_t n,
                            const sb_clip_params *params, sb_error *err);

/* Writes the montage. An error of the montage goes to its result. Fails only if all work must end. */
sb_status cli_joining_write(cli_joining *joining, sb_error *err);

/* Returns the exit code of the run. `code` is that of the clips. */
int cli_joining_exit(const cli_joining *joining, int code);

#endif
