/* Parsing a command line with the table of options. */
#ifndef SB_CLI_ARGUMENTS_H
#define SB_CLI_ARGUMENTS_H

#include "command.h"

typedef struct cli_value {
    const cli_option *option;
    const char *text; /* as typed; NULL for a flag */
    sb_time time;     /* CLI_TIME */
    int64_t whole;    /* for CLI_WHOLE the number, for CLI_CHOICE the index */
    double number;    /* CLI_NUMBER */
} cli_value;

typedef struct cli_arguments {
    const cli_command *command; /* NULL if none was given */
    const char **operands;
    size_t n_operands;
    cli_value *values; /* in the order typed */
    size_t n_values;
} cli_arguments;

/* Parses argv. Options may come before or after operands, as --name VALUE, --name=VALUE, -x VALUE or -xVALUE;
 * letters may be joined; "--" ends the options. Strings still belong to argv. `out` has what was read before
 * an error, so always call cli_arguments_finish. Returns SB_ERR_ARGUMENT with the nearest name for a mistyped
 * one; SB_ERR_MEMORY. */
sb_status cli_arguments_read(cli_arguments *out, int argc, char **argv, sb_error *err);
void cli_arguments_finish(cli_arguments *arguments);

/* Returns SB_ERR_ARGUMENT if there are too few or too many operands. */
sb_status cli_arguments_check(const cli_arguments *arguments, sb_error *err);

bool cli_has(const cli_arguments *arguments, cli_option_id id);

/* Returns the last value of an option, or the fallback. */
const char *cli_text(const cli_arguments *arguments, cli_option_id id, const char *fallback);
sb_time cli_time(const cli_arguments *arguments, cli_option_id id, sb_time fallback);
int64_t cli_whole(const cli_arguments *arguments, cli_option_id id, int64_t fallback); /* also for choices */
double cli_number(const cli_arguments *arguments, cli_option_id id, double fallback);

/* Returns value number `n` of an option, from 0, or NULL beyond the last. */
const cli_value *cli_nth(const cli_arguments *arguments, cli_option_id id, size_t n);

/* Returns the number of values of an option, and in `*out` an array of them, which the caller frees (NULL if
 * there are none). `*ok` becomes false if memory runs out. */
size_t cli_texts(const cli_arguments *arguments, cli_option_id id, const char ***out, bool *ok);

/* Returns SB_ERR_ARGUMENT if `text` cannot be a BCP 47 tag such as "de" or "pt-BR". */
sb_status cli_language_check(const char *text, sb_error *err);

/* Reads `text` as a value of the option's type. Returns SB_ERR_ARGUMENT with the option and the values that
 * it accepts. */
sb_status cli_value_read(cli_value *out, const cli_option *option, const char *text, sb_error *err);

#endif
