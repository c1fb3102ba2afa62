#include "cli/session/session.h"

#include "cli/term/term.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { COLOR_AUTO, COLOR_ALWAYS, COLOR_NEVER };

static bool use_color(int64_t when, int fd)
{
    if (when != COLOR_AUTO)
        return when == COLOR_ALWAYS;
    const char *no_color = getenv("NO_COLOR"), *terminal = getenv("TERM");
    if ((no_color && *no_color) || (terminal && !strcmp(terminal, "dumb")))
        return false;
    return isatty(fd);
}

void cli_context_init(cli_context *context, const cli_arguments *args)
{
    int64_t color = cli_whole(args, CLI_OPT_COLOR, COLOR_AUTO);
    *context = (cli_context){
        .args = args,
        .quiet = cli_has(args, CLI_OPT_QUIET),
        .verbose = cli_has(args, CLI_OPT_VERBOSE),
        .force = cli_has(args, CLI_OPT_FORCE),
        .dry_run = cli_has(args, CLI_OPT_DRY_RUN),
        .color_out = use_color(color, STDOUT_FILENO),
        .color_err = use_color(color, STDERR_FILENO),
    };
    cli_progress_kind kind = (cli_progress_kind)cli_whole(args, CLI_OPT_PROGRESS, CLI_PROGRESS_AUTO);
    cli_progress_init(&context->progress, kind, context->quiet);
    context->monitor =
        (sb_monitor){.user = &context->progress, .progress = cli_progress_step, .cancelled = cli_signal_seen};
}

void cli_context_finish(cli_context *context)
{
    cli_progress_clear(&context->progress);
    sb_output_abort(&context->output);
    cli_tuning_finish(&context->tuning);
    cli_names_finish(&context->names);
}

const char *cli_operand(const cli_context *context, size_t index)
{
    if (index == 0 && context->audio_path)
        return context->audio_path;
    return index < context->args->n_operands ? context->args->operands[index] : NULL;
}

/* After a signal, every error is a consequence of it. */
int cli_fail(cli_context *context, const sb_error *err)
{
    const sb_error interrupted = {.status = SB_ERR_INTERRUPTED, .message = "interrupted"};
    if (cli_signal_seen(NULL))
        err = &interrupted;
    cli_message_error(context, err);
    return cli_exit_for(err->status);
}
