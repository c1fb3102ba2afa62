/* --shard: processing a part of a list in a separate process. */
#ifndef SB_CLI_BATCH_SHARD_H
#define SB_CLI_BATCH_SHARD_H

#include "arguments.h"

#include "soundbite/batch.h"

/* `n` is 0 if the whole list is processed. */
typedef struct batch_shard {
    size_t k, n;
} batch_shard;

/* Returns SB_ERR_ARGUMENT if --shard is not K/N with K from 1 to N. */
sb_status batch_shard_read(batch_shard *out, const cli_arguments *arguments, sb_error *err);

/* Sets mine[i] for each row. Rows whose clips could have the same names as another shard's get an error,
 * because the shards cannot detect the conflict. Returns SB_ERR_MEMORY. */
sb_status batch_shard_choose(bool *mine, sb_batch_list *list, const batch_shard *shard, const char *list_path,
                             sb_error *err);

#endif
