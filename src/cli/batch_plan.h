/* Planning a batch: groups rows by episode and names a clip for each match. */
#ifndef SB_CLI_BATCH_PLAN_H
#define SB_CLI_BATCH_PLAN_H

#include "batch_shard.h"
#include "context.h"
#include "source.h"

#include "soundbite/batch.h"

/* One episode: all rows with the same audio, transcript and language. */
typedef struct batch_group {
    char *audio_path, *source_path;
    const char *language; /* of the rows; NULL: none */
    cli_source source;
    sb_error error; /* if set, no row of the episode can be processed */
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
    bool *mine;           /* for each row, whether it is in this shard */
    char **video_paths;   /* theme and background of each row; NULL if it has none of its own */
    size_t *group_of_row; /* one per row; SIZE_MAX if the row is invalid */
    sb_matches **found;   /* one per row */
    batch_group *groups;
    size_t n_groups;
    batch_clip *clips; /* in the order of the rows */
    size_t n_clips;
} batch_plan;

/* Reads the list, aligns each episode once, and finds and names all clips. An error of one row is stored in
 * the row. Fails if the list as a whole cannot be used. */
sb_status batch_plan_make(batch_plan *plan, cli_context *context, const char *list_path, const char *folder,
                          const batch_shard *shard, const sb_clip_params *defaults, sb_error *err);
void batch_plan_finish(batch_plan *plan);

/* Stores the first error of a row with its position in the list. */
void batch_plan_fail_row(batch_plan *plan, size_t row, const sb_error *reason);

#endif
