/* What somebody may have meant. */
#ifndef SB_CLI_SUGGEST_H
#define SB_CLI_SUGGEST_H

#include <stddef.h>

/* The name nearest to `word` among name(user, 0), name(user, 1) ... until it gives NULL; NULL where none is near
 * enough: in up to five letters one may differ, in longer words a third of them, at most three. A name that `word`
 * begins counts as one change. */
const char *cli_suggest(const char *word, const char *(*name)(const void *user, size_t index),
                        const void *user);

#endif
