/* The commands archive and search: where the archive is, and what archive does. */
#ifndef SB_CLI_ARCHIVE_ARCHIVE_H
#define SB_CLI_ARCHIVE_ARCHIVE_H

#include "cli/session/session.h"
#include "soundbite/archive.h"
#include "soundbite/batch.h"

#define CLI_ARCHIVE_OPERANDS 1 /* the operand before the files or episodes is the action */

/* Returns true for archive and search, which use the default file if no other is named. */
bool cli_archive_is_operated(const cli_arguments *args);

/* Returns the file of --archive, or else the one in the user's data folder. The caller frees it. Returns NULL
 * and sets `err` if there is no home folder; SB_ERR_MEMORY. */
char *cli_archive_path(const cli_arguments *args, sb_error *err);

/* Returns the default file, $XDG_DATA_HOME/soundbite/archive.db or ~/.local/share/soundbite/archive.db. The
 * caller frees it. NULL if there is no home folder or memory runs out. */
char *cli_archive_default(void);

/* Opens the archive that the options name, which is never made. Returns the statuses of sb_archive_open;
 * SB_ERR_IO with advice if there is none yet. */
sb_status cli_archive_open(sb_archive **out, const cli_context *context, sb_archive_use use, sb_error *err);

/* Does the same for reading the archive `path`. */
sb_status cli_archive_open_file(sb_archive **out, const char *path, sb_error *err);

/* Returns the line "soundbite archive ACTION" with the archive of the command line. The caller frees it. NULL
 * if memory runs out. */
char *cli_archive_line(const cli_arguments *args, const char *action);

/* Checks before the work begins that a command which may take alignments from an archive can open that of
 * --archive, even if the command will not need it. Returns the statuses of cli_archive_open. */
sb_status cli_archive_check_given(const cli_context *context, sb_error *err);

/* The actions. Return exit codes. */
int cli_archive_add(cli_context *context);
int cli_archive_list(cli_context *context);
int cli_archive_get(cli_context *context);
int cli_archive_check(cli_context *context);
int cli_archive_remove(cli_context *context);
int cli_archive_merge(cli_context *context);
int cli_archive_index(cli_context *context);
int cli_archive_alias(cli_context *context);
int cli_archive_listen(cli_context *context);
int cli_archive_repeats(cli_context *context);
int cli_archive_voices(cli_context *context);

/* Returns true if the operands of add are one pair: AUDIO TRANSCRIPT. */
bool cli_archive_is_pair(const cli_context *context);

/* Returns true if one of the operands of add is a folder, a pattern, a playlist or a feed. */
bool cli_archive_is_show(const cli_context *context);

/* Appends the files that the lists among the operands of add name, each with a NUL. */
void cli_archive_name_listed(const cli_context *context, sb_bytes *out);

/* Returns true if the action, or search, reads the files of the episodes; or if the action reads other
 * archives. */
bool cli_archive_names_episodes(const cli_context *context);
bool cli_archive_merges(const cli_context *context);

/* Appends the audio files and transcripts of all episodes in the archive, each with a NUL. Of an archive that
 * cannot be read, nothing is appended: the action itself reports it. */
void cli_archive_name_episodes(cli_context *context, sb_bytes *out);

/* The path with which others find the file, from any folder. The caller frees it. NULL if memory runs out. */
char *cli_archive_whole_path(const char *path);

/* What listening to the audio says about a match. */
typedef struct cli_found_check {
    sb_hearing hearing;
    char *why;            /* it is UNKNOWN */
    bool was_compared;    /* with the words of the transcript */
    float advantage, fit; /* then: of the text, see sb_heard_text */
} cli_found_check;

typedef struct cli_found_checks {
    cli_found_check *items; /* of the first `n_items` matches */
    size_t n_items;
    /* Those that were heard, then the others, without those that were not heard: indices of matches. */
    size_t *order, n;
    size_t n_not_heard;        /* of `items` */
    size_t n_heard, n_unknown; /* of those in `order` */
} cli_found_checks;

/* Listens to the audio at the places of the matches for `text`, until it was heard at `limit` of them, and
 * puts at most `limit` in order. The search had sb_archive_query.places. What cannot be checked, because its
 * audio is missing or has changed, is UNKNOWN. Returns SB_ERR_INTERRUPTED or SB_ERR_MEMORY; finish `out` in
 * any case. */
sb_status cli_found_verify(cli_found_checks *out, cli_context *context, sb_archive *archive,
                           const sb_archive_matches *matches, const char *text, size_t limit, sb_error *err);
void cli_found_checks_finish(cli_found_checks *checks);

/* Append a match of a search: as text with the command that cuts it, as a line of JSON, or as a row of CSV,
 * with the header before the first. The last two are lists for batch. `check` is NULL if nobody listened. The
 * command names `archive` unless it is NULL. */
void cli_found_text(sb_bytes *out, const sb_archive_match *match, const cli_found_check *check, size_t number,
                    const char *archive, bool color);
void cli_found_json(sb_bytes *out, const sb_archive_match *match, const cli_found_check *check);
void cli_found_csv(sb_bytes *out, const sb_archive_match *match, const cli_found_check *check, bool is_first);

/* The episodes whose names the operands of the action give; all if there are none. Returns SB_ERR_NOT_FOUND
 * if there are names and none fits. */
sb_status cli_archive_chosen(sb_archive_list **out, sb_archive *archive, const cli_context *context,
                             sb_error *err);

/* Sets `err`: no episode has this name. Returns SB_ERR_NOT_FOUND. */
sb_status cli_archive_no_episode(const cli_arguments *args, const char *name, sb_error *err);

#endif
