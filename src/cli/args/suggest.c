#include "cli/args/args.h"

#include <stdbool.h>
#include <string.h>

#define MAX_LENGTH 40
#define EDIT       2 /* cost of an insertion, deletion or substitution */
#define SWAP       1 /* of neighbours; cheaper, because all letters are correct */

static size_t least(size_t a, size_t b)
{
    return a < b ? a : b;
}

/* Optimal string alignment distance. */
static size_t distance(const char *a, const char *b)
{
    size_t n_a = strlen(a), n_b = strlen(b);
    if (n_a > MAX_LENGTH || n_b > MAX_LENGTH)
        return MAX_LENGTH * EDIT;
    size_t rows[3][MAX_LENGTH + 1];
    for (size_t j = 0; j <= n_b; j++)
        rows[0][j] = j * EDIT;
    for (size_t i = 1; i <= n_a; i++) {
        size_t *row = rows[i % 3], *above = rows[(i - 1) % 3], *two_above = rows[(i + 1) % 3];
        row[0] = i * EDIT;
        for (size_t j = 1; j <= n_b; j++) {
            size_t differs = a[i - 1] != b[j - 1] ? EDIT : 0;
            row[j] = least(least(above[j], row[j - 1]) + EDIT, above[j - 1] + differs);
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                row[j] = least(row[j], two_above[j - 2] + SWAP);
        }
    }
    return rows[n_a % 3][n_b];
}

const char *cli_suggest(const char *word, const char *(*name)(const void *user, size_t index),
                        const void *user)
{
    const char *nearest = NULL;
    size_t length = strlen(word), allowed = length < 6 ? 1 : least(3, length / 3);
    size_t best = allowed * EDIT + 1;
    const char *candidate;
    for (size_t i = 0; (candidate = name(user, i)); i++) {
        bool begins = length > 1 && !strncmp(candidate, word, length);
        size_t d = begins ? EDIT : distance(word, candidate);
        if (d < best) {
            best = d;
            nearest = candidate;
        }
    }
    return nearest;
}
