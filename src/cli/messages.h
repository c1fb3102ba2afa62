/* What is said on standard error: "soundbite: FILE:LINE:COLUMN: what is wrong; what to do". */
#ifndef SB_CLI_MESSAGES_H
#define SB_CLI_MESSAGES_H

#include "soundbite/status.h"

struct cli_context;

/* An error; `context` may be NULL where there is none yet. An interruption is told in a word of its own, and a reader
 * who closed the pipe on standard output is told nothing. */
void cli_message_error(struct cli_context *context, const sb_error *err);

/* A warning about `file` (NULL: none). Silent with --quiet. */
void cli_message_warning(struct cli_context *context, const char *file, const char *format, ...)
    SB_PRINTF(3, 4);

/* Something good to know. Silent with --quiet. */
void cli_message_note(struct cli_context *context, const char *format, ...) SB_PRINTF(2, 3);

/* Something for those who asked with --verbose. */
void cli_message_detail(struct cli_context *context, const char *format, ...) SB_PRINTF(2, 3);

/* What a call noticed, as warnings: the first ten, all with --verbose. Empties the list. */
void cli_message_notes(struct cli_context *context, sb_notes *notes);

/* "s" after a noun that is counted, but for one. */
const char *cli_plural(size_t n);

#endif
