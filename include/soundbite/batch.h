/* A list of quotes over many episodes, exported in one go. */
#ifndef SOUNDBITE_BATCH_H
#define SOUNDBITE_BATCH_H

#include "soundbite/clip.h"

SB_BEGIN_DECLS

/* One row of a LIST: what the command line of `clip` says, by its long names. */
typedef struct sb_batch_row {
    int64_t line;
    char *id, *audio, *transcript; /* paths as written in the list, relative to the list's folder */
    char *language;                /* of the transcript, a BCP 47 tag; NULL: as for the others */
    char *template_text;           /* column `output`; NULL: the batch's own */
    sb_selection selection;        /* its strings belong to the row */
    sb_clip_params clip;
    sb_error error; /* status other than SB_OK: this row cannot be used, and why */
    void *owned;    /* what sb_batch_list_free frees */
} sb_batch_row;

typedef struct sb_batch_list {
    sb_batch_row *rows;
    size_t n_rows;
} sb_batch_list;

/* Reads CSV with a header (RFC 4180, comma, semicolon or tab) or JSON Lines, told by content. `defaults` are the clip
 * options of rows that say nothing else. A bad row is kept with its error; SB_ERR_FORMAT only where the list as a
 * whole cannot be read (no header, no `audio` column, an unknown column: the message names the nearest one). */
SB_API sb_status sb_batch_list_read(sb_batch_list **out, const void *data, size_t size, const char *path,
                                    const sb_clip_params *defaults, sb_error *err);
SB_API void sb_batch_list_free(sb_batch_list **list);

/* Splits a list among `n_shards` processes that know nothing of each other: mine[i] tells whether row i is of shard `shard`,
 * from 1. Rows of one episode (audio and transcript as written) stay together, so that it is decoded once; episodes go to
 * the shards in the order of their first rows, by the number of rows before them. Where the rows of each episode stand
 * together, so do those of each shard, and the manifests one after the other are that of the whole list. A row with an
 * error counts as an episode. `mine` has room for every row. SB_ERR_ARGUMENT: no such shard; SB_ERR_MEMORY. */
SB_API sb_status sb_batch_list_shard(bool *mine, const sb_batch_list *list, size_t shard, size_t n_shards,
                                     sb_error *err);

/* The manifest of an earlier run, by which a later one knows what is done. */
typedef struct sb_manifest sb_manifest;

/* Reads JSON Lines as sb_clip_result_json writes them. Lines that do not read, such as the last one of a run that was
 * killed, are left out. SB_ERR_MEMORY. */
SB_API sb_status sb_manifest_read(sb_manifest **out, const void *data, size_t size, sb_error *err);
SB_API void sb_manifest_free(sb_manifest **manifest);

/* Completes `planned`, the result of a dry run, from the line about the same file, or one of its name in a folder
 * written in another way, where that has the same id, cut, codec and source: levels, certificate, sha256 and warnings. False where there is none, or where memory ran out. */
SB_API bool sb_manifest_recall(const sb_manifest *manifest, sb_clip_result *planned);

SB_END_DECLS

#endif
