/* Messages on standard error: "soundbite: FILE:LINE:COLUMN: what is wrong; what to do". */
#ifndef SB_CLI_MESSAGES_H
#define SB_CLI_MESSAGES_H

#include "soundbite/status.h"

struct cli_context;

#define CLI_ADVICE_SIZE 96

/* What the user typed or can type for the field of an error: " (--copy, --loudness)" or "; use --force to overwrite it".
 * Empty if no option belongs to it. It goes behind the message. Returns `out`. */
const char *cli_error_advice(char out[CLI_ADVICE_SIZE], const sb_error *err);

/* Prints an error with its options. `context` may be NULL. An interruption has a sentence of its own. */
void cli_message_error(struct cli_context *context, const sb_error *err);

/* Shows a warning about `file` (NULL: none). Silent with --quiet. */
void cli_message_warning(struct cli_context *context, const char *file, const char *format, ...)
    SB_PRINTF(3, 4);

/* A note. Silent with --quiet. */
void cli_message_note(struct cli_context *context, const char *format, ...) SB_PRINTF(2, 3);

/* A detail, printed only with --verbose. */
void cli_message_detail(struct cli_context *context, const char *format, ...) SB_PRINTF(2, 3);

/* Prints notes as warnings: the first ten, all with --verbose. Empties the list. */
void cli_message_notes(struct cli_context *context, sb_notes *notes);

/* "s", or "" for one. */
const char *cli_plural(size_t n);

#endif
