/* A command line, read against the table of options. */
#ifndef SB_CLI_ARGUMENTS_H
#define SB_CLI_ARGUMENTS_H

#include "command.h"

typedef struct cli_value {
    const cli_option *option;
    const char *text; /* as typed; NULL for a flag */
    sb_time time;     /* CLI_TIME */
    int64_t whole;    /* CLI_WHOLE; CLI_CHOICE: the index */
    double number;    /* CLI_NUMBER */
} cli_value;

typedef struct cli_arguments {
    const cli_command *command; /* NULL: none was named */
    const char **operands;
    size_t n_operands;
    cli_value *values; /* in the order typed */
    size_t n_values;
} cli_arguments;

/* Reads argv. Options may stand before or after operands, as --name VALUE, --name=VALUE, -x VALUE, -xVALUE, letters may be
 * joined; "--" ends them. Strings stay argv's. SB_ERR_ARGUMENT with the nearest name for what is mistyped,
 * SB_ERR_MEMORY. What was read until then is in `out`, and cli_arguments_finish is due in any case. */
sb_status cli_arguments_read(cli_arguments *out, int argc, char **argv, sb_error *err);
void cli_arguments_finish(cli_arguments *arguments);

/* SB_ERR_ARGUMENT where operands are missing or too many. */
sb_status cli_arguments_check(const cli_arguments *arguments, sb_error *err);

bool cli_has(const cli_arguments *arguments, cli_option_id id);

/* The last value given for an option, or the fallback. */
const char *cli_text(const cli_arguments *arguments, cli_option_id id, const char *fallback);
sb_time cli_time(const cli_arguments *arguments, cli_option_id id, sb_time fallback);
int64_t cli_whole(const cli_arguments *arguments, cli_option_id id, int64_t fallback); /* also choices */
double cli_number(const cli_arguments *arguments, cli_option_id id, double fallback);

/* The value that was given as the n-th for an option, from 0; NULL beyond the last. */
const cli_value *cli_nth(const cli_arguments *arguments, cli_option_id id, size_t n);

/* All values of an option, in order: how many, and in `*out` an array to free (NULL for none). `*ok` becomes false when
 * out of memory. */
size_t cli_texts(const cli_arguments *arguments, cli_option_id id, const char ***out, bool *ok);

/* SB_ERR_ARGUMENT for what cannot be a BCP 47 tag such as "de" or "pt-BR"; the message says what to write. */
sb_status cli_language_check(const char *text, sb_error *err);

/* Reads `text` as the option's type demands. SB_ERR_ARGUMENT names the option and what it takes. */
sb_status cli_value_read(cli_value *out, const cli_option *option, const char *text, sb_error *err);

#endif
