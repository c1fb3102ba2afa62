/* The folder of a batch: it holds one batch, and one process at a time works in it, or the shards of one. */
#ifndef SB_CLI_BATCH_FOLDER_H
#define SB_CLI_BATCH_FOLDER_H

#include "batch_shard.h"

#include "soundbite/batch.h"
#include "soundbite/file.h"

typedef struct batch_folder {
    char *manifest_path, *csv_path, *journal_path;
    bool takes_over; /* what an earlier batch left: with --resume or --force */
    bool shared;     /* with other shards */
    int lock;        /* a descriptor; -1 not locked */
    int journal;     /* a descriptor; -1 not open */
} batch_folder;

/* A shard has manifests of its own, manifest-2-of-8.jsonl. SB_ERR_EXISTS where another batch was done in the folder, unless `takes_over`; SB_ERR_MEMORY. */
sb_status batch_folder_init(batch_folder *out, const char *path, const batch_shard *shard, bool takes_over,
                            sb_error *err);

/* True where a batch, or a shard of one, left a manifest or a journal in the folder. */
bool batch_folder_was_used(const char *path);

/* The manifest of the earlier batch, and what its journal says more; NULL where there is none. As sb_file_read and sb_manifest_read. */
sb_status batch_folder_earlier(sb_manifest **out, const batch_folder *folder, sb_error *err);

/* Makes the folder and keeps other processes out until batch_folder_finish or the end of this one, however it comes.
 * SB_ERR_IO where one works there now, SB_ERR_EXISTS where one has finished since the call above. */
sb_status batch_folder_lock(batch_folder *folder, const char *path, sb_error *err);

/* Opens the journal, a hidden file with a manifest line for each clip as soon as it is written, so that a batch that is killed
 * inside an episode can be taken up there. With `takes_over` it begins with what an earlier batch left. It is a help alone: where
 * it cannot be written, more clips are made again. */
void batch_folder_journal_open(batch_folder *folder);
void batch_folder_journal_add(batch_folder *folder, const sb_clip_result *result);
/* For when the manifest has it all. */
void batch_folder_journal_remove(batch_folder *folder);

void batch_folder_finish(batch_folder *folder);

#endif
