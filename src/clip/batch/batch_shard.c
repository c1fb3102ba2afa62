#include "soundbite/batch.h"

#include "base/run/run.h"

#include <stdlib.h>
#include <string.h>

typedef struct key {
    const sb_batch_row *row;
    size_t index;
} key;

static int compare_text(const char *a, const char *b)
{
    return strcmp(a ? a : "", b ? b : "");
}

static int by_episode(const void *a, const void *b)
{
    const key *left = a, *right = b;
    int order = compare_text(left->row->audio, right->row->audio);
    if (!order)
        order = compare_text(left->row->transcript, right->row->transcript);
    return order ? order : (left->index > right->index) - (left->index < right->index);
}

static bool same_episode(const key *a, const key *b)
{
    return !a->row->error.status && !b->row->error.status && !compare_text(a->row->audio, b->row->audio) &&
           !compare_text(a->row->transcript, b->row->transcript);
}

/* Finds for each row the first row of its episode, and for that the number of rows. An invalid row is its own
 * episode. */
static void find_first_rows(size_t *first_of, size_t *n_rows_of, key *keys, size_t n)
{
    const key *first = keys;
    if (n)
        qsort(keys, n, sizeof *keys, by_episode);
    for (const key *k = keys; k < keys + n; k++) {
        if (!same_episode(first, k))
            first = k;
        first_of[k->index] = first->index;
        n_rows_of[first->index]++;
    }
}

sb_status sb_batch_list_shard(bool *mine, const sb_batch_list *list, size_t shard, size_t n_shards,
                              sb_error *err)
{
    size_t n = list->n_rows, n_before = 0;
    if (shard < 1 || shard > n_shards)
        return sb_error_set(err, SB_ERR_ARGUMENT, "there is no shard %zu of %zu; choose one from 1 to %zu",
                            shard, n_shards, n_shards);
    size_t *first_of = calloc(n + 1, sizeof *first_of), *n_rows_of = calloc(n + 1, sizeof *n_rows_of);
    key *keys = calloc(n + 1, sizeof *keys);
    bool ok = first_of && n_rows_of && keys;
    for (size_t i = 0; ok && i < n; i++)
        keys[i] = (key){&list->rows[i], i};
    if (ok)
        find_first_rows(first_of, n_rows_of, keys, n);
    for (size_t i = 0; ok && i < n; i++) {
        if (first_of[i] != i) {
            mine[i] = mine[first_of[i]];
            continue;
        }
        mine[i] = n_before * n_shards / n == shard - 1;
        n_before += n_rows_of[i];
    }
    free(first_of);
    free(n_rows_of);
    free(keys);
    return ok ? SB_OK : sb_error_memory(err, "dividing the list");
}
