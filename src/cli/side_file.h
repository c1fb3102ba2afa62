/* An additional output file, such as that of drift --html. */
#ifndef SB_CLI_SIDE_FILE_H
#define SB_CLI_SIDE_FILE_H

#include "context.h"

/* A zeroed struct stands for an option that was not given: the calls below then do nothing. */
typedef struct cli_side_file {
    const char *path;
    sb_output *output; /* NULL with --dry-run */
} cli_side_file;

/* Opens the file of `option` before the work begins, so that errors are found early. Returns the statuses of
 * cli_output_begin, and SB_ERR_ARGUMENT if it is the file of the main output. */
sb_status cli_side_file_open(cli_side_file *out, const cli_context *context, cli_option_id option,
                             sb_error *err);

/* Writes `data` and commits the file. With --dry-run, prints its name and size instead. Checks
 * `data->failed`. */
sb_status cli_side_file_write(cli_side_file *file, const cli_context *context, const sb_bytes *data,
                              sb_error *err);

/* Removes a file that was not committed. */
void cli_side_file_finish(cli_side_file *file);

#endif
