/* The output folder of a batch. A folder belongs to one batch, and one process (or one per shard) works in it
 * at a time. */
#ifndef SB_CLI_BATCH_FOLDER_H
#define SB_CLI_BATCH_FOLDER_H

#include "batch_shard.h"

#include "soundbite/batch.h"
#include "soundbite/file.h"

typedef struct batch_folder {
    char *manifest_path, *csv_path, *journal_path;
    bool takes_over; /* continue or replace an earlier batch: --resume or --force */
    bool shared;     /* with other shards */
    int lock;        /* file descriptor; -1 if not locked */
    int journal;     /* file descriptor; -1 if not open */
} batch_folder;

/* Initialises a folder. A shard has its own manifests, such as manifest-2-of-8.jsonl. Returns SB_ERR_EXISTS
 * if the folder has an earlier batch, unless `takes_over`; SB_ERR_MEMORY. */
sb_status batch_folder_init(batch_folder *out, const char *path, const batch_shard *shard, bool takes_over,
                            sb_error *err);

/* Returns true if a batch or a shard left a manifest or a journal in the folder. */
bool batch_folder_was_used(const char *path);

/* Reads the manifest of the earlier batch and the later lines of its journal. `*out` is NULL if there is
 * none. Returns the statuses of sb_file_read and sb_manifest_read. */
sb_status batch_folder_earlier(sb_manifest **out, const batch_folder *folder, sb_error *err);

/* Creates the folder and locks it until batch_folder_finish or the end of the process. Returns SB_ERR_IO if
 * another process is working in it; SB_ERR_EXISTS if another process has finished there since
 * batch_folder_init. */
sb_status batch_folder_lock(batch_folder *folder, const char *path, sb_error *err);

/* Opens the journal: a hidden file that gets a manifest line for each clip as soon as it is written, so that
 * a killed batch can continue inside an episode. With `takes_over`, it begins with the lines of the earlier
 * batch. Errors are ignored; without a journal, more clips are made again. */
void batch_folder_journal_open(batch_folder *folder);
void batch_folder_journal_add(batch_folder *folder, const sb_clip_result *result);
/* Call it when the manifest is complete. */
void batch_folder_journal_remove(batch_folder *folder);

void batch_folder_finish(batch_folder *folder);

#endif
