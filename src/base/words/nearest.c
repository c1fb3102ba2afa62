#include "base/run/run.h"
#include "base/text/text.h"
#include "base/words/words.h"

#include <stdlib.h>
#include <string.h>

#define MAX_LENGTH 64
#define EDIT       2 /* cost of an insertion, deletion or substitution */
#define SWAP       1 /* of neighbours; cheaper, because all letters are correct */

/* Optimal string alignment distance: Damerau-Levenshtein in which no substring is edited twice. */
static size_t edit_distance(const char *a, const char *b)
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
            row[j] = sb_least_size(sb_least_size(above[j], row[j - 1]) + EDIT, above[j - 1] + differs);
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                row[j] = sb_least_size(row[j], two_above[j - 2] + SWAP);
        }
    }
    return rows[n_a % 3][n_b];
}

static size_t name_distance(const char *word, const char *name)
{
    size_t length = strlen(word);
    char *folded = sb_fold(name);
    bool begins = folded && length > 1 && strncmp(folded, word, length) == 0;
    size_t d = !folded ? MAX_LENGTH * EDIT : begins && folded[length] ? EDIT : edit_distance(word, folded);
    free(folded);
    return d;
}

const char *sb_nearest(const char *word, sb_name_at *name_at, const void *user)
{
    const char *nearest = NULL, *name;
    char *folded = sb_fold(word);
    size_t length = folded ? strlen(folded) : 0;
    size_t best = (length < 6 ? 1 : sb_least_size(3, length / 3)) * EDIT + 1;
    for (size_t i = 0; length > 0 && (name = name_at(user, i)); i++) {
        size_t d = name_distance(folded, name);
        if (d < best) {
            best = d;
            nearest = name;
        }
    }
    free(folded);
    return nearest;
}

static const char *name_in(const void *names, size_t index)
{
    return ((const char *const *)names)[index];
}

const char *sb_nearest_name(const char *word, const char *const *names)
{
    return sb_nearest(word, name_in, names);
}
