/* The operands that name the episodes of a show: folders, glob patterns, playlists, feeds, archives and
 * lists. */
#ifndef SB_CLI_SHOW_SHOW_H
#define SB_CLI_SHOW_SHOW_H

#include <sys/types.h>

#include "cli/session/session.h"
#include "soundbite/batch.h"
#include "soundbite/show.h"

typedef enum cli_show_kind {
    CLI_SHOW_NONE, /* one file, or there is no such file */
    CLI_SHOW_FOLDER,
    CLI_SHOW_GLOB,    /* the name has wildcards, and there is no file with that name */
    CLI_SHOW_ENTRIES, /* a playlist or a feed */
    CLI_SHOW_ARCHIVE
} cli_show_kind;

/* Returns the kind of an operand. A list in CSV or JSON Lines is NONE: only its columns can tell what it
 * is. */
cli_show_kind cli_show_kind_of(const char *path);

/* Returns true for GLOB, without opening a file. */
bool cli_show_is_glob(const char *path);

/* Finds the episodes of `n` sources: operands of any kind above, or lists with the columns audio and
 * transcript. Files are searched for in all of them, so one may be a folder of downloads for a feed, or of
 * transcripts for a playlist. Shows warnings about what cannot be read. Symbolic links are followed; hidden
 * files, and folders in which this program wrote clips, are left out. Returns SB_ERR_NOT_FOUND if there is no
 * audio, or no transcript; the message says what was found. Otherwise the statuses of sb_file_read,
 * sb_show_entries_read, sb_batch_list_read and sb_show_pair. */
sb_status cli_show_read(sb_show **out, cli_context *context, const char *const *sources, size_t n,
                        sb_error *err);

/* Appends the paths of the files that the sources name, each with a NUL, for cli_command.name_files. Files in
 * folders are named only if they are symbolic links. */
void cli_show_name_files(sb_bytes *out, const char *const *sources, size_t n);

/* Returns the folder that must be readable for a glob pattern: the part before the first wildcard. The caller
 * frees it. Returns NULL if memory runs out. */
char *cli_show_glob_folder(const char *pattern);

/* Does the same as cli_show_read, and warns about files without a pair. Also returns SB_ERR_NOT_FOUND if
 * there are no pairs. */
sb_status cli_show_read_paired(sb_show **out, cli_context *context, const char *const *sources, size_t n,
                               sb_error *err);

/* Makes a row of each pair in the sources, with the parameters `defaults` (NULL: none), and warns about files
 * without a pair. Returns the statuses of cli_show_read, and SB_ERR_NOT_FOUND if there are no pairs. The
 * paths are relative to the current folder. */
sb_status cli_show_rows(sb_batch_list **out, cli_context *context, const char *const *sources, size_t n,
                        const sb_clip_params *defaults, sb_error *err);

/* Prints the episodes for the command info, as text or with --json. Returns the statuses of
 * cli_output_end. */
sb_status cli_show_print(cli_context *context, const sb_show *show, sb_error *err);

/* Finding the files. */

typedef struct cli_show_file {
    sb_show_file file; /* owns its strings */
    dev_t device;
    ino_t id;
    bool is_link;
    bool is_given;    /* an entry names it */
    bool is_beside;   /* it is beside a file that an entry names */
    bool is_left_out; /* a list pairs it with a file that is missing */
} cli_show_file;

typedef struct cli_show_files {
    cli_context *context; /* for warnings; NULL: none */
    bool only_names;      /* do not look into the files */
    const char *output;   /* a folder that is left out where it is in another; NULL: none */
    cli_show_file *items;
    size_t n, n_entries;
    size_t n_other, n_missing; /* files of other kinds; files that entries name and that were not found */
} cli_show_files;

void cli_show_files_finish(cli_show_files *files);

/* Adds the file at `path`, unless it is neither audio nor text. Returns SB_ERR_MEMORY or SB_ERR_LIMIT. */
sb_status cli_show_add_file(cli_show_files *files, const char *path, sb_error *err);

/* Adds a file with what entry number `n_entries` says about it. `*added` becomes true if it is audio or text.
 * Returns the statuses of cli_show_add_file. */
sb_status cli_show_add_of_entry(cli_show_files *files, const char *path, const sb_show_entry *entry,
                                bool is_feed, bool *added, sb_error *err);

/* Adds the files of a folder, or that match a pattern. Also return SB_ERR_IO if the folder cannot be
 * opened. */
sb_status cli_show_walk(cli_show_files *files, const char *folder, sb_error *err);
sb_status cli_show_expand(cli_show_files *files, const char *pattern, sb_error *err);

/* Adds the files that a playlist, a feed or a list names. They are looked for at their path, beside the list,
 * and by name among the files that were added before. Return the statuses of reading them. */
sb_status cli_show_take_entries(cli_show_files *files, const char *path, sb_error *err);
sb_status cli_show_take_list(cli_show_files *files, const char *path, sb_error *err);

/* Adds the files of an archive's episodes. Returns the statuses of sb_archive_open. */
sb_status cli_show_take_archive(cli_show_files *files, const char *path, sb_error *err);

/* Keeps the first of several paths of one file, and removes files that are left out. Returns
 * SB_ERR_MEMORY. */
sb_status cli_show_files_merge(cli_show_files *files, sb_error *err);

/* Adds the files of all sources. */
sb_status cli_show_gather(cli_show_files *files, const char *const *sources, size_t n, sb_error *err);

#endif
