/* Audio from standard input, for commands that read it more than once. */
#ifndef SB_CLI_STDIN_AUDIO_H
#define SB_CLI_STDIN_AUDIO_H

#include "context.h"

/* Makes standard input seekable: a pipe is copied to an unnamed temporary file. Returns SB_ERR_IO or
 * SB_ERR_INTERRUPTED. */
sb_status cli_stdin_settle(cli_context *context, sb_error *err);

/* If the first operand is "-", makes standard input seekable and replaces the operand by a path that can be
 * opened again. Returns the statuses of cli_stdin_settle. */
sb_status cli_stdin_audio(cli_context *context, sb_error *err);

#endif
