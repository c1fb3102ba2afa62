/* --shard: a part of a list, done by a process of its own. */
#ifndef SB_CLI_BATCH_SHARD_H
#define SB_CLI_BATCH_SHARD_H

#include "arguments.h"

#include "soundbite/batch.h"

/* `n` is 0 where the whole list is done. */
typedef struct batch_shard {
    size_t k, n;
} batch_shard;

/* SB_ERR_ARGUMENT where --shard is not K/N with K from 1 to N. */
sb_status batch_shard_read(batch_shard *out, const cli_arguments *arguments, sb_error *err);

/* Fills mine[i] for each row, and gives those rows an error whose clips could take the names of another shard's: nobody could
 * tell, as each sees its own alone. SB_ERR_MEMORY. */
sb_status batch_shard_choose(bool *mine, sb_batch_list *list, const batch_shard *shard, const char *list_path,
                             sb_error *err);

#endif
