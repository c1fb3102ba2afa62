/* Messages on standard error: "soundbite: FILE:LINE:COLUMN: what is wrong; what to do". */
#ifndef SB_CLI_MESSAGES_H
#define SB_CLI_MESSAGES_H

#include "soundbite/status.h"

struct cli_context;

/* Shows an error. `context` may be NULL if there is none yet. An interruption has its own message. If the
 * reader of standard output has closed the pipe, nothing is shown. */
void cli_message_error(struct cli_context *context, const sb_error *err);

/* Shows a warning about `file` (NULL: none). Silent with --quiet. */
void cli_message_warning(struct cli_context *context, const char *file, const char *format, ...)
    SB_PRINTF(3, 4);

/* Shows information. Silent with --quiet. */
void cli_message_note(struct cli_context *context, const char *format, ...) SB_PRINTF(2, 3);

/* Shows details with --verbose. */
void cli_message_detail(struct cli_context *context, const char *format, ...) SB_PRINTF(2, 3);

/* Shows notes as warnings: the first ten, or all with --verbose. Empties the list. */
void cli_message_notes(struct cli_context *context, sb_notes *notes);

/* Returns the plural ending "s", or "" if `n` is 1. */
const char *cli_plural(size_t n);

#endif
