/* Where results go: standard output, or the file of -o. */
#ifndef SB_CLI_OUTPUT_H
#define SB_CLI_OUTPUT_H

#include "context.h"

/* Opens what -o names before the long work begins, so that a mistake shows at once; nothing to do without -o. A file that
 * is also an operand is refused even with --force. With --dry-run it is looked at only. As sb_output_open. */
sb_status cli_output_begin(cli_context *context, sb_error *err);

/* Refuses a path that names the same file as an operand or as an option for what is read: SB_ERR_EXISTS. */
sb_status cli_output_not_input(const cli_context *context, const char *path, sb_error *err);

/* What --dry-run does in place of opening `path`: says what would stand in the way (SB_ERR_EXISTS, SB_ERR_IO) ... */
sb_status cli_output_look(const cli_context *context, const char *path, sb_error *err);
/* ... and in place of writing it: prints its name and size. */
sb_status cli_output_tell(const char *path, size_t size, sb_error *err);
/* The same of a file beside the results; with --json standard output is for these alone. */
sb_status cli_output_tell_beside(const cli_context *context, const char *path, sb_error *err);

/* Writes `data` to what cli_output_begin opened and completes it, or to standard output. With --dry-run the name and size are
 * printed instead. Checks `data->failed`. */
sb_status cli_output_end(cli_context *context, const sb_bytes *data, sb_error *err);

/* Writes to standard output at once. SB_ERR_IO; where its reader went away, the error has no message. */
sb_status cli_print(const void *data, size_t size, sb_error *err);

#endif
