/* Suggesting the name that was probably meant. */
#ifndef SB_CLI_SUGGEST_H
#define SB_CLI_SUGGEST_H

#include <stddef.h>

/* Returns the name most similar to `word` among name(user, 0), name(user, 1) ... up to NULL. Returns NULL if
 * none is similar enough: up to five letters allow one difference, longer words one third of their letters,
 * at most three. A name that begins with `word` has one difference. */
const char *cli_suggest(const char *word, const char *(*name)(const void *user, size_t index),
                        const void *user);

#endif
