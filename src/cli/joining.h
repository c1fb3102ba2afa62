/* --join: the quotes of one run in one file. */
#ifndef SB_CLI_JOINING_H
#define SB_CLI_JOINING_H

#include "context.h"

#include "soundbite/montage.h"

typedef struct cli_joining {
    const char *path; /* NULL: not asked for */
    sb_montage_params params;
    sb_montage *montage;
    sb_clip_result result;
    bool written; /* and the result is good for the manifest */
} cli_joining;

/* Reads --join, --gap and --crossfade. SB_ERR_ARGUMENT where they contradict each other, name no format, or nothing is
 * joined; SB_ERR_EXISTS where the file is an operand. */
sb_status cli_joining_read(cli_joining *out, const cli_context *context, sb_error *err);
void cli_joining_finish(cli_joining *joining);

/* SB_ERR_ARGUMENT where a clip has the montage's name, or their captions would have one. SB_ERR_MEMORY. */
sb_status cli_joining_not_clip(const cli_joining *joining, const char *clip_path, unsigned captions,
                               sb_error *err);

/* Makes the requests parts of the montage, in their order; nothing to do without --join. As sb_montage_create. */
sb_status cli_joining_begin(cli_joining *joining, sb_clip_request *requests, size_t n,
                            const sb_clip_params *params, sb_error *err);

/* Writes the montage; what goes wrong with it alone is in the result. Fails only where all work has to end. */
sb_status cli_joining_write(cli_joining *joining, sb_error *err);

/* The exit code of the whole run, when that of the clips is `code`. */
int cli_joining_exit(const cli_joining *joining, int code);

#endif
