/* Reading lists of quotes from many episodes, splitting them among processes, and resuming from a
 * manifest. */
#ifndef SOUNDBITE_BATCH_H
#define SOUNDBITE_BATCH_H

#include "soundbite/clip.h"
#include "soundbite/names.h"

SB_BEGIN_DECLS

/* One row of a list. Its columns are the options for selections and clips, `alias`, `language`, and those
 * below; see soundbite/option.h. */
typedef struct sb_batch_row {
    int64_t line;
    char *id, *audio, *transcript; /* paths as written in the list, relative to its folder */
    const char *language;          /* BCP 47 tag of the transcript's language; NULL if the row gives none */
    char *template_text;           /* column `output`; NULL if the row gives none */
    sb_selection selection;        /* the row owns its strings */
    sb_names_params names;         /* aliases for the speakers of the row's episode; the row owns them */
    sb_clip_params clip;
    sb_error error; /* if the status is not SB_OK, the row is invalid for this reason */
    void *owned;    /* internal; sb_batch_list_free frees it */
} sb_batch_row;

/* A list of quotes. sb_batch_list_free frees it with its rows. */
typedef struct sb_batch_list {
    sb_batch_row *rows;
    size_t n_rows;
} sb_batch_list;

/* Reads a list: CSV with a header line (RFC 4180; comma, semicolon or tab; a line such as "sep=;" may come
 * first) or JSON Lines, as UTF-8, UTF-16 or Windows-1252. The format is detected from the content. A manifest
 * is a list too: its rows make the same clips. Lines of sb_verification_write_json are a list too, if the
 * members `audio` and `transcript` are added to them.
 *
 * A column `quote` means `phrase`. A column `text` means `phrase` too if no other column selects words. Other
 * unknown columns are ignored, with a note. `defaults` are the clip parameters for columns that a row leaves
 * empty. `path` is for messages. `path`, `defaults` and `notes` may be NULL. An invalid row is kept with its
 * error. A row without any value for a known column is left out.
 *
 * Returns SB_ERR_FORMAT if the whole list cannot be read: it has no header or no `audio` column, or a column
 * name is almost certainly misspelled (the message names the correct one). Returns SB_ERR_MEMORY. */
SB_API sb_status sb_batch_list_read(sb_batch_list **out, const void *data, size_t size, const char *path,
                                    const sb_clip_params *defaults, sb_notes *notes, sb_error *err);
SB_API void sb_batch_list_free(sb_batch_list **list);

/* Divides a list among `n_shards` processes that work independently. Sets mine[i] to whether row i belongs to
 * shard `shard`, counted from 1. `mine` has one element per row.
 *
 * Rows of one episode (same audio and transcript as written) go to the same shard, so that each episode is
 * decoded once. A row with an error counts as an episode of its own. Episodes are assigned in the order of
 * their first rows, by the number of rows before them. If the rows of each episode are adjacent in the list,
 * the shards' manifests in sequence equal the manifest of the whole list.
 *
 * Returns SB_ERR_ARGUMENT if there is no such shard; SB_ERR_MEMORY. */
SB_API sb_status sb_batch_list_shard(bool *mine, const sb_batch_list *list, size_t shard, size_t n_shards,
                                     sb_error *err);

/* The manifest of an earlier run, used to skip clips that exist already. */
typedef struct sb_manifest sb_manifest;

/* Reads a manifest: JSON Lines as sb_clip_result_write_json writes them. Invalid lines are skipped, such as
 * an incomplete last line after the program was killed. Returns SB_ERR_MEMORY. */
SB_API sb_status sb_manifest_read(sb_manifest **out, const void *data, size_t size, sb_error *err);
SB_API void sb_manifest_free(sb_manifest **manifest);

/* Looks for a finished clip in the manifest. `planned` is the result of a dry run. A line matches if it names
 * the same file, or a file of the same name in a folder that is spelled differently, and has the same id,
 * cut, codec and source. Copies the line's levels, certificate, sha256 and warnings to `planned` and returns
 * true. Returns false if no line matches or memory runs out. */
SB_API bool sb_manifest_recall(const sb_manifest *manifest, sb_clip_result *planned);

SB_END_DECLS

#endif
