/* --drop and --fillers: words left out of the quotes. */
#ifndef SB_CLI_DROPPING_H
#define SB_CLI_DROPPING_H

#include "context.h"

#include "soundbite/clip.h"

typedef struct cli_dropping {
    unsigned kinds;
    sb_fillers *fillers; /* NULL: the built-in list */
} cli_dropping;

/* Reads the options and the file of fillers. SB_ERR_ARGUMENT, and as sb_file_read and sb_fillers_read. */
sb_status cli_dropping_read(cli_dropping *out, const cli_context *context, sb_error *err);
void cli_dropping_finish(cli_dropping *dropping);

/* Puts them into the parameters, which must not live longer. */
void cli_dropping_set(const cli_dropping *dropping, sb_clip_params *params);

#endif
