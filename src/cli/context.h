/* What every command gets: the arguments, the general options, and how to speak. */
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
    sb_monitor monitor;     /* for every call that takes one */
    cli_tuning tuning;      /* as --dict and --boundary-model say */
    sb_output *output;      /* -o, once cli_output_begin opened it */
    const char *audio_path; /* in place of the first operand; NULL that itself */
} cli_context;

void cli_context_init(cli_context *context, const cli_arguments *args);

/* Ends the progress and removes an output that was not completed. */
void cli_context_finish(cli_context *context);

/* Operand `index`, NULL where it was not given. */
const char *cli_operand(const cli_context *context, size_t index);

/* Shows `err` and returns the exit code for it. */
int cli_fail(cli_context *context, const sb_error *err);

#endif
