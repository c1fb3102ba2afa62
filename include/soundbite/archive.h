/* The archive: the alignments of many episodes in one file, and searching in all of them. */
#ifndef SOUNDBITE_ARCHIVE_H
#define SOUNDBITE_ARCHIVE_H

#include "soundbite/align.h"
#include "soundbite/quote.h"

SB_BEGIN_DECLS

/* An archive is an SQLite database. Several processes may use one file at the same time: each episode is written in one
 * transaction, and whoever finds the file busy waits for up to a minute. A process that is killed leaves all episodes
 * that it finished. Use an sb_archive in one thread at a time, and open it after fork, not before. */
typedef struct sb_archive sb_archive;

typedef enum sb_archive_use {
    SB_ARCHIVE_READ,
    SB_ARCHIVE_WRITE /* the file is created if it does not exist */
} sb_archive_use;

/* Opens an archive. The file is not trusted: a damaged one gives an error. Returns SB_ERR_IO if it cannot be opened or
 * is busy for a minute; SB_ERR_FORMAT if it is not an archive or is damaged; SB_ERR_UNSUPPORTED if a newer version of
 * soundbite made it, or if this build has no archive; SB_ERR_MEMORY. The calls below return SB_ERR_IO, SB_ERR_FORMAT and SB_ERR_MEMORY too. */
SB_API sb_status sb_archive_open(sb_archive **out, const char *path, sb_archive_use use, sb_error *err);
SB_API void sb_archive_close(sb_archive **archive);

/* Returns true if the bytes begin like an archive. */
SB_API bool sb_archive_sniff(const void *data, size_t size);

/* What is kept of an episode beside its alignment. Strings may be NULL where the comment says so. */
typedef struct sb_archive_episode {
    const char
        *name; /* unique in the archive. For sb_archive_add: NULL makes one from the file name of `audio` */
    const char *audio;      /* path */
    const char *transcript; /* path */
    const char *title;      /* NULL: unknown */
    const char *date;       /* "2024-05-31", or the beginning of it; NULL: unknown */
    /* Everything else that the alignment depends on, such as options, in any form; NULL: nothing. An episode with other settings is out of date. */
    const char *settings;
    /* sb_archive_add takes the following from the alignment. */
    const char *packets, *transcript_sha256; /* hashes; "" if unknown */
    const char *language;                    /* NULL: unknown */
    sb_method method;
    sb_pairing pairing;
    sb_time duration;
    size_t n_turns, n_words, n_heard; /* `n_heard`: words that were aligned */
} sb_archive_episode;

/* Adds an episode. An episode with the same name, the same audio path, or the same packets and transcript is replaced.
 * What sb_archive_get returns later is the same as `alignment`, to the bit, after rounding as in its file. `name` may
 * be NULL; otherwise it receives the name, which the caller frees. Returns SB_ERR_LIMIT if the alignment has a word of more than 1 MB. */
SB_API sb_status sb_archive_add(sb_archive *archive, char **name, const sb_alignment *alignment,
                                const sb_archive_episode *episode, sb_error *err);

/* A list of episodes, sorted by date and name. sb_archive_list_free frees all of it. */
typedef struct sb_archive_list {
    sb_archive_episode *items;
    size_t n_items;
    char *texts; /* internal */
} sb_archive_list;

/* Lists the episodes whose names match one of `names`: '*' matches any text, case and accents are ignored. Without
 * names, all. A name that matches nothing is not an error. */
SB_API sb_status sb_archive_episodes(sb_archive_list **out, sb_archive *archive, const char *const *names,
                                     size_t n_names, sb_error *err);
SB_API void sb_archive_list_free(sb_archive_list **list);

/* Returns true in `*is_current` if the archive has this audio with this transcript and these settings. The audio is
 * given by the hash of its packets, see sb_media_packets. If the files have moved, the paths of the episode are changed to those in
 * `episode`. */
SB_API sb_status sb_archive_has(bool *is_current, sb_archive *archive, const sb_archive_episode *episode,
                                sb_error *err);

/* Returns the alignment of an episode. The caller frees it. Returns SB_ERR_NOT_FOUND if there is no episode with
 * exactly this name. */
SB_API sb_status sb_archive_get(sb_alignment **out, sb_archive *archive, const char *name, sb_error *err);

/* Returns the alignment of the episode with this audio: the same packets, or else the same path. The caller frees it.
 * Returns SB_ERR_NOT_FOUND if there is none. */
SB_API sb_status sb_archive_get_audio(sb_alignment **out, sb_archive *archive, const char *packets,
                                      const char *path, sb_error *err);

/* Removes an episode. The space is used again by later ones. Returns SB_ERR_NOT_FOUND. */
SB_API sb_status sb_archive_remove(sb_archive *archive, const char *name, sb_error *err);

/* Adds the episodes of another archive that are not in this one, and replaces those that differ. Sets `*n_added` to
 * their number. Aliases of speakers are added too; those of `archive` have precedence. `monitor` and `n_added` may be NULL. Returns SB_ERR_INTERRUPTED; the episodes
 * so far are then in the archive. */
SB_API sb_status sb_archive_merge(sb_archive *archive, const char *path, size_t *n_added,
                                  const sb_monitor *monitor, sb_error *err);

/* Reads everything and compares the index with the texts. Problems become notes, each with the episode in its text.
 * `monitor` may be NULL. Returns SB_ERR_FORMAT if the file itself is damaged. */
SB_API sb_status sb_archive_check(sb_archive *archive, sb_notes *notes, const sb_monitor *monitor,
                                  sb_error *err);

/* Says that speakers with the name `name` are `means`. Case and accents are ignored, '*' in `name` matches any text. NULL or "" as
 * `means` removes the alias. Alignments do not change; searches by speaker use the aliases. */
SB_API sb_status sb_archive_alias(sb_archive *archive, const char *name, const char *means, sb_error *err);

/* Calls take(user, name, means) for each alias, sorted by name, until it returns false. */
SB_API sb_status sb_archive_aliases(sb_archive *archive,
                                    bool (*take)(void *user, const char *name, const char *means), void *user,
                                    sb_error *err);

SB_END_DECLS

#endif
