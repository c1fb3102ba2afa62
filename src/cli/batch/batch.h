/* The command batch: its list, its folder, its plan and its summary. */
#ifndef SB_CLI_BATCH_BATCH_H
#define SB_CLI_BATCH_BATCH_H

#include "cli/clips/clips.h"

/* --shard: processing a part of a list in a separate process. */

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

/* The output folder of a batch. A folder belongs to one batch, and one process (or one per shard) works in it
 * at a time. */

typedef struct batch_folder {
    char *manifest_path, *csv_path, *journal_path;
    bool takes_over; /* continue or replace an earlier batch: --resume or --force */
    bool shared;     /* with other shards */
    int lock;        /* file descriptor; -1 if not locked */
    int journal;     /* file descriptor; -1 if not open */
    bool has_journal;
} batch_folder;

/* Initialises a folder. A shard has its own manifests, such as manifest-2-of-8.jsonl. Returns SB_ERR_EXISTS
 * if the folder has an earlier batch, unless `takes_over`; SB_ERR_MEMORY. */
sb_status batch_folder_init(batch_folder *out, const char *path, const batch_shard *shard, bool takes_over,
                            sb_error *err);

/* Returns true for a row of a whole episode. */
bool batch_selects_nothing(const sb_selection *selection);

/* Returns true if a batch or a shard left a manifest or a journal in the folder. */
bool batch_folder_was_used(const char *path);

/* Reads the manifest of the earlier batch and the later lines of its journal. `*out` is NULL if there is
 * none. Returns the statuses of sb_file_read and sb_manifest_read. */
sb_status batch_folder_earlier(sb_manifest **out, const batch_folder *folder, sb_error *err);

/* Creates the folder and locks it until batch_folder_finish or the end of the process. Returns SB_ERR_IO if
 * another process is working in it; SB_ERR_EXISTS if another process has finished there since
 * batch_folder_init. */
sb_status batch_folder_lock(batch_folder *folder, const char *path, sb_error *err);

/* Returns true if an earlier batch has finished or was interrupted here. */
bool batch_folder_has_manifest(const batch_folder *folder);

/* Opens the journal: a hidden file that gets a manifest line for each clip as soon as it is written, so that
 * a killed batch can be continued. The manifests are written once, at the end. With `takes_over`, the lines
 * of an earlier journal stay. Errors are ignored; without a journal, more clips are made again. */
void batch_folder_journal_open(batch_folder *folder);
void batch_folder_journal_add(batch_folder *folder, const sb_clip_result *result);
/* Call it when the manifest is complete. */
void batch_folder_journal_remove(batch_folder *folder);

void batch_folder_finish(batch_folder *folder);

/* Planning a batch: groups rows by episode and names a clip for each match. */

/* One episode: all rows with the same audio, transcript and language. */
typedef struct batch_group {
    char *audio_path, *source_path;
    const char *language; /* of the rows; NULL: none */
    const char **aliases; /* aliases of all its rows, which own the strings */
    size_t n_aliases;
    cli_source source;
    sb_error error;         /* if it is set, no row of the episode can be processed */
    size_t *clips, n_clips; /* indices of its clips, after batch_plan_assign; part of `clip_order` */
} batch_group;

typedef struct batch_clip {
    size_t row, group;
    const sb_match *match; /* owned by `found` */
    char *path;
    sb_clip_result result;
    bool recalled; /* finished in an earlier run */
} batch_clip;

typedef struct batch_plan {
    cli_context *context;
    const char *list_path;
    const char *folder;             /* for the clips */
    char *list_folder;              /* base of paths in the list */
    const sb_clip_params *defaults; /* from the command line */
    sb_batch_list *list;
    bool is_show;         /* the rows are the pairs of a folder, playlist or feed */
    bool *is_episode;     /* for each row: the options for selections select from it */
    bool *mine;           /* for each row, whether it is in this shard */
    char **video_paths;   /* theme and background of each row; NULL if it has none of its own */
    size_t *group_of_row; /* one per row; SIZE_MAX if the row is invalid */
    sb_matches **found;   /* one per row */
    batch_group *groups;
    size_t n_groups;
    batch_clip *clips; /* in the order of the rows */
    size_t n_clips;
    size_t n_avoided;   /* matches in passages that recur in several episodes */
    size_t *clip_order; /* the clips by episode */
} batch_plan;

/* Reads the list, aligns each episode once, and finds and names all clips. An error of one row is stored in
 * the row. Fails if the list as a whole cannot be used. */
sb_status batch_plan_make(batch_plan *plan, cli_context *context, const char *list_path, const char *folder,
                          const batch_shard *shard, const sb_clip_params *defaults,
                          const sb_selection *selection, sb_error *err);
void batch_plan_finish(batch_plan *plan);

/* Sets the clips of each episode. Call it when no more clips will be removed from the plan. Returns
 * SB_ERR_MEMORY. */
sb_status batch_plan_assign(batch_plan *plan, sb_error *err);

/* Stores the first error of a row with its position in the list. */
void batch_plan_fail_row(batch_plan *plan, size_t row, const sb_error *reason);

/* Reads the episode, and takes from an archive what is known of it. Its error is stored in the group. */
void batch_group_read(batch_plan *plan, batch_group *group);

/* Aligns an episode that was read. */
void batch_group_align(batch_plan *plan, batch_group *group);

/* Rows that are whole episodes. */

/* Gives `selection` to the rows that select nothing themselves, and gives them an id that is different for
 * each. The caller keeps its strings. Returns SB_ERR_ARGUMENT if selection options were given and no row
 * needs them; SB_ERR_MEMORY. */
sb_status batch_episodes_select(batch_plan *plan, const sb_selection *selection, sb_error *err);

/* Returns the name of an episode for people. The caller frees it. Returns NULL if memory runs out. */
char *batch_group_name(const batch_plan *plan, size_t group);

/* Aligns the episodes that have no alignment yet in several processes, --jobs at once, and puts them into the
 * cache. Without a cache it does nothing. Errors of episodes are found again when they are aligned. Returns
 * the statuses of cli_workers_run. */
sb_status batch_align_ahead(batch_plan *plan, sb_error *err);

/* Protecting the input files of a batch from being overwritten. */

/* Removes clips from the plan that, with their captions, would overwrite the list or the audio or transcript
 * of a row. Their rows fail with SB_ERR_EXISTS. Returns SB_ERR_MEMORY. */
sb_status batch_inputs_spare(batch_plan *plan, sb_error *err);

/* The summary of a batch by episode. */

/* Returns true if the row has no match. That does not count as a failure. */
bool batch_row_unmatched(const sb_batch_row *row);
bool batch_row_failed(const sb_batch_row *row);

/* Prints a table with a line for each episode and a total. With --json it goes to standard error, with
 * --quiet it is left out. Returns SB_ERR_IO or SB_ERR_MEMORY. */
sb_status batch_summary_show(const batch_plan *plan, sb_error *err);

/* Plans and makes the clips of a batch, and writes its manifests, its page and its montage. Returns the exit
 * code. */
int batch_run_all(cli_context *context);

#endif
