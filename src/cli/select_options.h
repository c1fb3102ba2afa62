/* Converting the selection options to a selection, for every command that finds quotes. */
#ifndef SB_CLI_SELECT_OPTIONS_H
#define SB_CLI_SELECT_OPTIONS_H

#include "arguments.h"

#include "soundbite/quote.h"

typedef struct cli_selection {
    sb_selection selection; /* its strings belong to argv */
    const char **phrases, **regexes, **speakers;
    size_t *matches; /* values of --match after the first */
} cli_selection;

/* Reads the selection options. Without any, every turn is selected. Returns SB_ERR_ARGUMENT if a range is
 * empty; SB_ERR_MEMORY. */
sb_status cli_selection_read(cli_selection *out, const cli_arguments *arguments, sb_error *err);

/* Returns true if any of them was given. */
bool cli_selection_given(const cli_arguments *arguments);
void cli_selection_finish(cli_selection *selection);

/* Returns SB_ERR_NOT_FOUND with suggestions: the number of quotes, the nearest passage, the speakers. `path`
 * is that of the source. */
sb_status cli_selection_nothing(const sb_matches *matches, const sb_selection *selection,
                                const sb_alignment *alignment, const char *path, sb_error *err);

#endif
