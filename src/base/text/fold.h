/* Folding without allocating, for questions whose answer must not depend on memory: a failure there could not
 * be told from "no". */
#ifndef SB_BASE_TEXT_FOLD_H
#define SB_BASE_TEXT_FOLD_H

#include <stdbool.h>
#include <stddef.h>

/* Writes what sb_fold returns into `size` bytes at `out`. Returns false if it does not fit; the beginning is
 * then there. */
bool sb_fold_to(char *out, size_t size, const char *text);

#endif
