/* The options --drop and --fillers. */
#ifndef SB_CLI_DROPPING_H
#define SB_CLI_DROPPING_H

#include "context.h"

#include "soundbite/clip.h"

typedef struct cli_dropping {
    unsigned kinds;
    sb_fillers *fillers; /* NULL: the built-in list */
} cli_dropping;

/* Reads the options and the file of fillers. Returns SB_ERR_ARGUMENT and the statuses of sb_file_read and
 * sb_fillers_read. */
sb_status cli_dropping_read(cli_dropping *out, const cli_context *context, sb_error *err);
void cli_dropping_finish(cli_dropping *dropping);

/* Sets the parameters, which then refer to `dropping`. */
void cli_dropping_set(const cli_dropping *dropping, sb_clip_params *params);

#endif
