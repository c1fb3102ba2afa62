/* What the program can be told to do. */
#ifndef SB_CLI_COMMAND_H
#define SB_CLI_COMMAND_H

#include "options.h"

struct cli_context;

typedef struct cli_example {
    const char *line; /* what to type */
    const char *does; /* what comes of it, one sentence */
} cli_example;

typedef struct cli_command {
    const char *name;
    const char *summary;                     /* one line, an order, no full stop */
    const char *const *operands;             /* "AUDIO", "TRANSCRIPT" ... NULL-terminated */
    size_t n_needed;                         /* how many of them must be given */
    const cli_option_id *instead;            /* options that stand for all operands; NULL none */
    const char *details;                     /* paragraphs separated by blank lines; NULL none */
    const cli_option_id *options;            /* CLI_OPT_END last; the general ones are understood */
    const cli_example *examples;             /* the last one all NULL */
    int (*run)(struct cli_context *context); /* returns the exit code */
} cli_command;

/* The table: command `index` in the order of help; NULL beyond the last. To add one is a file and a line. */
const cli_command *cli_command_at(size_t index);
const cli_command *cli_command_named(const char *name);

/* The name of command `index`, for cli_suggest; `user` is not used. */
const char *cli_command_name(const void *user, size_t index);

/* Option `index` of what `command` (NULL: none yet) takes, its own first, then the general ones; NULL beyond. */
const cli_option *cli_command_option(const cli_command *command, size_t index);

/* Line "soundbite align [options] AUDIO TRANSCRIPT" into `out`, always terminated. */
void cli_command_usage(const cli_command *command, char *out, size_t size);

#endif
