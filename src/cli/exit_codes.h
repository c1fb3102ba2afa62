/* The exit codes of the program. */
#ifndef SB_CLI_EXIT_CODES_H
#define SB_CLI_EXIT_CODES_H

#include "soundbite/status.h"

typedef enum cli_exit {
    CLI_EXIT_OK = 0,
    CLI_EXIT_FAILED = 1,
    CLI_EXIT_USAGE = 2,
    CLI_EXIT_NOT_FOUND = 3,
    CLI_EXIT_DRIFT = 4,
    CLI_EXIT_EXISTS = 5,
    CLI_EXIT_DAMAGED = 6,
    CLI_EXIT_INTERRUPTED = 130,
    CLI_EXIT_TERMINATED = 143
} cli_exit;

/* Returns the exit code for a status; CLI_EXIT_TERMINATED after SIGTERM. */
cli_exit cli_exit_for(sb_status status);

/* The meaning of entry `index` of the table, and its code; NULL beyond the last. */
const char *cli_exit_meaning(size_t index, int *code);

#endif
