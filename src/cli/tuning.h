/* The options --dict, --boundary-model and --acoustic-model. */
#ifndef SB_CLI_TUNING_H
#define SB_CLI_TUNING_H

#include "arguments.h"

#include "soundbite/tuning.h"

/* NULL and "" if an option was not given. */
typedef struct cli_tuning {
    sb_dictionary *dictionary;
    sb_boundary_weights *boundary;
    const char *acoustic_model;                                              /* the folder */
    char dictionary_sha256[SB_SHA256_TEXT], boundary_sha256[SB_SHA256_TEXT]; /* of the files */
    char acoustic_model_sha256[SB_SHA256_TEXT]; /* of the names, sizes and times of change of its files */
} cli_tuning;

/* Reads the files before any work begins. Zero `out` before, and call cli_tuning_finish even on failure.
 * Returns the statuses of sb_file_read, sb_dictionary_read_for and sb_boundary_weights_read, and
 * SB_ERR_ARGUMENT if the model is not a folder. */
sb_status cli_tuning_read(cli_tuning *out, const cli_arguments *args, sb_error *err);
void cli_tuning_finish(cli_tuning *tuning);

#endif
