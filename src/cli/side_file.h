/* A file that a command writes beside what it prints, such as the page of drift --html. */
#ifndef SB_CLI_SIDE_FILE_H
#define SB_CLI_SIDE_FILE_H

#include "context.h"

/* Zeroed it stands for an option that was not given: then nothing below does anything. */
typedef struct cli_side_file {
    const char *path;
    sb_output *output; /* NULL with --dry-run */
} cli_side_file;

/* Opens what `option` names before the long work begins, so that a mistake shows at once. As cli_output_begin, and
 * SB_ERR_ARGUMENT where the main output goes to the same place. */
sb_status cli_side_file_open(cli_side_file *out, const cli_context *context, cli_option_id option,
                             sb_error *err);

/* Writes `data` and completes the file; with --dry-run its name and size are printed instead. Checks `data->failed`. */
sb_status cli_side_file_write(cli_side_file *file, const cli_context *context, const sb_bytes *data,
                              sb_error *err);

/* Removes a file that was not completed. */
void cli_side_file_finish(cli_side_file *file);

#endif
