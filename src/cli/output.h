/* Writing results to standard output or to the file of -o. */
#ifndef SB_CLI_OUTPUT_H
#define SB_CLI_OUTPUT_H

#include "context.h"

/* Opens the file of -o before the work begins, so that errors are found early. Does nothing without -o.
 * Refuses a file that is also an operand, even with --force. With --dry-run, only checks it. Returns the
 * statuses of sb_output_open. */
sb_status cli_output_begin(cli_context *context, sb_error *err);

/* Returns SB_ERR_EXISTS if `path` is the same file as an operand or as the file of an input option. */
sb_status cli_output_not_input(const cli_context *context, const char *path, sb_error *err);

/* For --dry-run, instead of opening `path`: returns SB_ERR_EXISTS or SB_ERR_IO if it could not be written. */
sb_status cli_output_look(const cli_context *context, const char *path, sb_error *err);
/* For --dry-run, instead of writing: prints the name and size. */
sb_status cli_output_tell(const char *path, size_t size, sb_error *err);
/* Does the same for an additional file. With --json, standard output is reserved for results. */
sb_status cli_output_tell_beside(const cli_context *context, const char *path, sb_error *err);

/* Writes `data` to the output of cli_output_begin and commits it, or writes to standard output. With
 * --dry-run, prints the name and size instead. Checks `data->failed`. */
sb_status cli_output_end(cli_context *context, const sb_bytes *data, sb_error *err);

/* Writes to standard output immediately. Returns SB_ERR_IO. If the reader has closed the pipe, the error has
 * no message. */
sb_status cli_print(const void *data, size_t size, sb_error *err);

#endif
