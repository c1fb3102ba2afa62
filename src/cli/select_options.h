/* The selection options as the library wants them: for every command that looks for quotes. */
#ifndef SB_CLI_SELECT_OPTIONS_H
#define SB_CLI_SELECT_OPTIONS_H

#include "arguments.h"

#include "soundbite/quote.h"

typedef struct cli_selection {
    sb_selection selection; /* its texts stay argv's */
    const char **phrases, **regexes, **speakers;
    size_t *matches; /* of --match, but for the first */
} cli_selection;

/* Reads the selection options; none given selects every turn. SB_ERR_ARGUMENT where a range is empty, SB_ERR_MEMORY. */
sb_status cli_selection_read(cli_selection *out, const cli_arguments *arguments, sb_error *err);

/* True where any of them was given. */
bool cli_selection_given(const cli_arguments *arguments);
void cli_selection_finish(cli_selection *selection);

/* "nothing matched", with what is there instead: how many quotes, the nearest passage, the speakers. SB_ERR_NOT_FOUND. `path`
 * is the source's. */
sb_status cli_selection_nothing(const sb_matches *matches, const sb_selection *selection,
                                const sb_alignment *alignment, const char *path, sb_error *err);

#endif
