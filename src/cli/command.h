/* The table of commands. */
#ifndef SB_CLI_COMMAND_H
#define SB_CLI_COMMAND_H

#include "options.h"

struct cli_context;

typedef struct cli_example {
    const char *line; /* the command line */
    const char *does; /* its effect, as one sentence */
} cli_example;

typedef struct cli_command {
    const char *name;
    const char *summary;                     /* one line in the imperative, without a full stop */
    const char *const *operands;             /* "AUDIO", "TRANSCRIPT" ...; terminated by NULL */
    size_t n_needed;                         /* number of required operands */
    const cli_option_id *instead;            /* options that replace all operands; NULL: none */
    const char *details;                     /* paragraphs separated by blank lines; NULL: none */
    const cli_option_id *options;            /* terminated by CLI_OPT_END; the general options are implied */
    const cli_example *examples;             /* terminated by a zeroed entry */
    int (*run)(struct cli_context *context); /* returns the exit code */
} cli_command;

/* Returns command `index` in the order of the help, or NULL beyond the last. To add a command, write one file
 * and add one line. */
const cli_command *cli_command_at(size_t index);
const cli_command *cli_command_named(const char *name);

/* Returns the name of command `index`, for cli_suggest. `user` is not used. */
const char *cli_command_name(const void *user, size_t index);

/* Returns option `index` of `command` (NULL: no command yet): first its own, then the general ones. Returns
 * NULL beyond the last. */
const cli_option *cli_command_option(const cli_command *command, size_t index);

/* Writes the line "soundbite align [options] AUDIO TRANSCRIPT" to `out`, always terminated. */
void cli_command_usage(const cli_command *command, char *out, size_t size);

#endif
