/* What a batch will do: rows grouped by episode, each match a clip with its name. */
#ifndef SB_CLI_BATCH_PLAN_H
#define SB_CLI_BATCH_PLAN_H

#include "batch_shard.h"
#include "context.h"
#include "source.h"

#include "soundbite/batch.h"

/* One episode: every row with the same audio, transcript and language. */
typedef struct batch_group {
    char *audio_path, *source_path;
    const char *language; /* the rows'; NULL none */
    cli_source source;
    sb_error error; /* why none of its rows can be done */
} batch_group;

typedef struct batch_clip {
    size_t row, group;
    const sb_match *match; /* of `found` */
    char *path;
    sb_clip_result result;
    bool recalled; /* finished by an earlier run */
} batch_clip;

typedef struct batch_plan {
    cli_context *context;
    const char *list_path;
    const char *folder;             /* of the clips */
    char *list_folder;              /* that paths in the list start from */
    const sb_clip_params *defaults; /* of the command line */
    sb_batch_list *list;
    bool *mine;           /* one a row: of this shard */
    char **video_paths;   /* theme and background of each row; NULL where its own are none */
    size_t *group_of_row; /* one a row; SIZE_MAX where the row is of no use */
    sb_matches **found;   /* one a row */
    batch_group *groups;
    size_t n_groups;
    batch_clip *clips; /* in the order of the rows */
    size_t n_clips;
} batch_plan;

/* Reads the list, aligns every episode once, finds and names all clips. What is wrong with one row is kept in its error;
 * fails where the list as a whole cannot be used. */
sb_status batch_plan_make(batch_plan *plan, cli_context *context, const char *list_path, const char *folder,
                          const batch_shard *shard, const sb_clip_params *defaults, sb_error *err);
void batch_plan_finish(batch_plan *plan);

/* Keeps the first thing that went wrong with a row, with the row's place in the list. */
void batch_plan_fail_row(batch_plan *plan, size_t row, const sb_error *reason);

#endif
