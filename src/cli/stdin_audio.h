/* Audio from standard input, for commands that read it more than once or not from its beginning. */
#ifndef SB_CLI_STDIN_AUDIO_H
#define SB_CLI_STDIN_AUDIO_H

#include "context.h"

/* Makes standard input a file in which any place can be reached: what comes from a pipe is copied to a temporary file that has
 * no name. SB_ERR_IO, SB_ERR_INTERRUPTED. */
sb_status cli_stdin_settle(cli_context *context, sb_error *err);

/* Where the first operand is "-": settles standard input, and has the operand name a path at which it can be opened again.
 * As cli_stdin_settle. */
sb_status cli_stdin_audio(cli_context *context, sb_error *err);

#endif
