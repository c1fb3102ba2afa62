/* The commands of the program. */
#ifndef SB_CLI_COMMAND_H
#define SB_CLI_COMMAND_H

#include "options.h"

struct cli_context;

typedef struct cli_example {
    const char *line; /* what to type */
    const char *does; /* what it does, one or two sentences */
} cli_example;

/* One paragraph of help, or one item of a list. */
typedef struct cli_detail {
    const char *item; /* the term that `text` explains; NULL: `text` is a paragraph */
    const char *text;
} cli_detail;

typedef struct cli_command {
    const char *name;
    const char *summary;                     /* one line, imperative, no full stop */
    const char *const *operands;             /* "AUDIO", "TRANSCRIPT" ... NULL-terminated */
    size_t n_needed;                         /* how many of them are required */
    const cli_option_id *instead;            /* options that replace all operands; NULL none */
    const cli_detail *details;               /* the last one has no text; NULL none */
    const cli_option_id *options;            /* CLI_OPT_END last; without the general options */
    const cli_example *examples;             /* the last one is all NULL */
    int (*run)(struct cli_context *context); /* returns the exit code */
} cli_command;

/* Command `index` in the order of help; NULL beyond the last. */
const cli_command *cli_command_at(size_t index);
const cli_command *cli_command_named(const char *name);

/* The name of command `index`, for cli_suggest; ignores `user`. */
const char *cli_command_name(const void *user, size_t index);

/* Option `index` of `command`: its own options first, then the general ones; NULL beyond the last. `command` may be NULL. */
const cli_option *cli_command_option(const cli_command *command, size_t index);

/* Writes "soundbite align [options] AUDIO TRANSCRIPT" to `out`, always terminated. */
void cli_command_usage(const cli_command *command, char *out, size_t size);

#endif
