/* The context of a command: arguments, general options and output. */
#ifndef SB_CLI_CONTEXT_H
#define SB_CLI_CONTEXT_H

#include "arguments.h"
#include "exit_codes.h"
#include "progress.h"
#include "tuning.h"

#include "soundbite/file.h"

typedef struct cli_context {
    const cli_arguments *args;
    bool quiet, verbose, force, dry_run;
    bool color_out, color_err;
    cli_progress progress;
    sb_monitor monitor;     /* for calls that take one */
    cli_tuning tuning;      /* from --dict, --boundary-model and --acoustic-model */
    sb_output *output;      /* of -o, after cli_output_begin */
    const char *audio_path; /* replaces the first operand; NULL: not replaced */
} cli_context;

void cli_context_init(cli_context *context, const cli_arguments *args);

/* Ends the progress display and removes an incomplete output. */
void cli_context_finish(cli_context *context);

/* Returns operand `index`, or NULL if it was not given. */
const char *cli_operand(const cli_context *context, size_t index);

/* Shows `err` and returns its exit code. */
int cli_fail(cli_context *context, const sb_error *err);

#endif
