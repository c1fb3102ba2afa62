/* The archive: the alignments of many episodes in one file, and searching in all of them. */
#ifndef SOUNDBITE_ARCHIVE_H
#define SOUNDBITE_ARCHIVE_H

#include "soundbite/align.h"
#include "soundbite/quote.h"

SB_BEGIN_DECLS

/* An archive is an SQLite database. Several processes may use one file at the same time: each episode is
 * written in one transaction, and a process that finds the file busy waits for up to a minute. A process that
 * is killed leaves all episodes that it finished. Use an sb_archive in one thread at a time, and open it
 * after fork, not before. */
typedef struct sb_archive sb_archive;

typedef enum sb_archive_use {
    SB_ARCHIVE_READ,
    SB_ARCHIVE_WRITE /* the file is created if it does not exist */
} sb_archive_use;

/* Opens an archive. The file is not trusted: a damaged one gives an error. Returns SB_ERR_IO if it cannot be
 * opened or is busy for a minute; SB_ERR_FORMAT if it is not an archive or is damaged; SB_ERR_UNSUPPORTED if
 * a newer version of soundbite made it, or if this build has no archive; SB_ERR_MEMORY. The calls below
 * return SB_ERR_IO, SB_ERR_FORMAT and SB_ERR_MEMORY too. */
SB_API sb_status sb_archive_open(sb_archive **out, const char *path, sb_archive_use use, sb_error *err);
SB_API void sb_archive_close(sb_archive **archive);

/* Returns true if the bytes begin like an archive. */
SB_API bool sb_archive_sniff(const void *data, size_t size);

/* What is kept of an episode beside its alignment. Strings may be NULL where the comment says so. */
typedef struct sb_archive_episode {
    /* unique in the archive. For sb_archive_add: NULL makes one from the file name of `audio` */
    const char *name;
    const char *audio;      /* path */
    const char *transcript; /* path */
    const char *title;      /* NULL: unknown */
    const char *date;       /* "2024-05-31", or the beginning of it; NULL: unknown */
    /* What else the alignment depends on, such as options, as a text that the program chooses; NULL: nothing.
     * An episode with other settings is out of date. */
    const char *settings;
    /* sb_archive_add takes the following from the alignment. */
    const char *packets, *transcript_sha256; /* hashes; "" if unknown */
    const char *language;                    /* NULL: unknown */
    sb_method method;
    sb_pairing pairing;
    sb_time duration;
    size_t n_turns, n_words, n_heard; /* `n_heard`: words that were aligned */
} sb_archive_episode;

/* Adds an episode. An episode with the same name, the same audio path, or the same packets and transcript is
 * replaced. What sb_archive_get returns later is the same as `alignment`, to the bit, after rounding as in
 * its file. `name` may be NULL; otherwise it receives the name, which the caller frees. Returns SB_ERR_LIMIT
 * if the alignment has a word of more than 1 MB. */
SB_API sb_status sb_archive_add(sb_archive *archive, char **name, const sb_alignment *alignment,
                                const sb_archive_episode *episode, sb_error *err);

/* A list of episodes, sorted by date and name. sb_archive_list_free frees all of it. */
typedef struct sb_archive_list {
    sb_archive_episode *items;
    size_t n_items;
    char *texts; /* internal */
} sb_archive_list;

/* Lists the episodes whose names match one of `names`: '*' matches any text, case and accents are ignored.
 * Without names, all. A name that matches nothing is not an error. */
SB_API sb_status sb_archive_episodes(sb_archive_list **out, sb_archive *archive, const char *const *names,
                                     size_t n_names, sb_error *err);
SB_API void sb_archive_list_free(sb_archive_list **list);

/* Returns true in `*is_current` if the archive has this audio with this transcript and these settings: the
 * members `packets` (see sb_media_packets), `transcript_sha256` and `settings` of `episode` are compared. If
 * so, the paths `audio` and `transcript` of `episode` replace those in the archive, since the files may have
 * moved. */
SB_API sb_status sb_archive_has(bool *is_current, sb_archive *archive, const sb_archive_episode *episode,
                                sb_error *err);

/* Returns the alignment of an episode. The caller frees it. Returns SB_ERR_NOT_FOUND if there is no episode
 * with exactly this name. */
SB_API sb_status sb_archive_get(sb_alignment **out, sb_archive *archive, const char *name, sb_error *err);

/* Returns the alignment of the episode with this audio: the same packets, or else the same path. The caller
 * frees it. Returns SB_ERR_NOT_FOUND if there is none. */
SB_API sb_status sb_archive_get_audio(sb_alignment **out, sb_archive *archive, const char *packets,
                                      const char *path, sb_error *err);

/* Removes an episode. The space is used again by later ones. Returns SB_ERR_NOT_FOUND. */
SB_API sb_status sb_archive_remove(sb_archive *archive, const char *name, sb_error *err);

/* Adds the episodes of another archive that are not in this one, and replaces those that differ. Sets
 * `*n_added` to their number. Aliases of speakers are added too; those of `archive` have precedence.
 * `monitor` and `n_added` may be NULL. Returns SB_ERR_INTERRUPTED; the episodes so far are then in the
 * archive. */
SB_API sb_status sb_archive_merge(sb_archive *archive, const char *path, size_t *n_added,
                                  const sb_monitor *monitor, sb_error *err);

/* An older version of soundbite may have indexed the archive. Then a search may miss numbers, dates and units
 * that were written in another way. Returns SB_ERR_IO, SB_ERR_FORMAT or SB_ERR_MEMORY. */
SB_API sb_status sb_archive_is_outdated(bool *is_outdated, sb_archive *archive, sb_error *err);

/* Rebuilds the index in one transaction; the archive is not outdated afterwards. `monitor` may be NULL.
 * Returns SB_ERR_INTERRUPTED, SB_ERR_IO, SB_ERR_FORMAT or SB_ERR_MEMORY; nothing has changed then. */
SB_API sb_status sb_archive_index_all(sb_archive *archive, const sb_monitor *monitor, sb_error *err);

/* Reads everything and compares the index with the texts. Problems become notes, each with the episode in its
 * text. The index of an archive that is outdated is not compared; sb_archive_is_outdated tells it. `monitor`
 * may be NULL. Returns SB_ERR_FORMAT if the file itself is damaged. */
SB_API sb_status sb_archive_check(sb_archive *archive, sb_notes *notes, const sb_monitor *monitor,
                                  sb_error *err);

/* Makes `means` the name of the speakers `name` in searches. Case and accents are ignored, and '*' in `name`
 * matches any text. NULL or "" as `means` removes the alias. Alignments do not change. */
SB_API sb_status sb_archive_alias(sb_archive *archive, const char *name, const char *means, sb_error *err);

/* Calls take(user, name, means) for each alias, sorted by name, until it returns false. */
SB_API sb_status sb_archive_aliases(sb_archive *archive,
                                    bool (*take)(void *user, const char *name, const char *means), void *user,
                                    sb_error *err);

/* How the text of a search is matched. */
typedef enum sb_search_how {
    SB_SEARCH_PHRASE, /* as sb_selection.phrases; a word that ends in '*' stands for all words that begin so
                       */
    SB_SEARCH_NEAR,   /* as sb_selection.near */
    SB_SEARCH_SOUND   /* as sb_selection.sounds */
} sb_search_how;

/* What to search for. A zeroed struct with a text is a phrase in all episodes. */
typedef struct sb_archive_query {
    const char *text;
    sb_search_how how;
    bool or_alike; /* if no place has the phrase, search for its words near each other, and else by sound */
    /* Conditions; of several values, one is enough. Names of episodes as in sb_archive_episodes. Speakers by
     * their name in the episode or by its alias, whole or one or more words of it; '*' matches any text. */
    const char *const *episodes;
    size_t n_episodes;
    const char *const *speakers;
    size_t n_speakers;
    const char *since,
        *until; /* dates; both are included. NULL: no limit. An episode without a date is then left out */
    /* Matches by sound are never expanded. */
    sb_expand expand;               /* AUTO means NONE */
    sb_time min_length, max_length; /* of the speech, after expanding; 0: no limit */
    size_t limit;                   /* greatest number of matches; 0 means SB_SEARCH_LIMIT */
    bool repeats;   /* also matches in passages that recur in several episodes, see archive_sound.h */
    size_t context; /* words before and after; 0 means SB_SEARCH_CONTEXT */
    bool places;    /* also find which words of the episode a match has; takes some ms for each match */
} sb_archive_query;

#define SB_SEARCH_LIMIT   20
#define SB_SEARCH_CONTEXT 10

/* A match. Strings are never NULL unless the comment says so. */
typedef struct sb_archive_match {
    const char *episode, *audio;
    const char *transcript, *title, *date; /* NULL: unknown */
    char *speakers;                        /* names, or their aliases, separated by ", "; "" if unnamed */
    char *text, *before, *after;           /* the words, and those around them */
    sb_match_how how;
    double score; /* as in sb_match */
    char *why;
    sb_span span;
    float confidence;
    size_t n_not_heard;
    bool estimated;
    /* The words, counted through all turns of the episode's alignment. first_word is 0 without
     * sb_archive_query.places. */
    size_t first_word, n_words;
} sb_archive_match;

/* A condition that no episode meets. */
typedef enum sb_archive_unmet {
    SB_UNMET_NONE,
    SB_UNMET_EPISODE, /* no episode has one of the names */
    SB_UNMET_DATED,   /* no episode that meets the condition above has a date */
    SB_UNMET_DATE,    /* the same, a date in the range */
    SB_UNMET_SPEAKER  /* no episode that meets the conditions above has one of the speakers */
} sb_archive_unmet;

/* The result of a search. sb_archive_matches_free frees it. */
typedef struct sb_archive_matches {
    sb_archive_match *items;
    size_t n_items;
    /* Places in the archive that may match: as many as there are matches, or more than the limit. */
    size_t n_places;
    size_t n_repeats;       /* matches that were left out because they lie in passages that recur */
    bool is_partial;        /* there were too many places to look at: there may be more matches than these */
    sb_archive_unmet unmet; /* if there are no matches */
    struct sb_archive_source *sources; /* internal: the episodes */
    size_t n_sources;
} sb_archive_matches;

/* Searches. The best come first: by score; then those spelled as in the text of the search; then by BM25
 * (Robertson and Zaragoza 2009); then in the order in which episodes were added. The matches are those that
 * sb_matches_find gives for each episode, up to the limit. If nothing matches, it returns SB_OK with n_items
 * 0. Returns SB_ERR_ARGUMENT if the text has no words, or more than eight different ones for NEAR, or more
 * than 48 speech sounds (about a dozen words) for SOUND; if a number is out of range; SB_ERR_FORMAT if the
 * archive is damaged; SB_ERR_IO; SB_ERR_MEMORY. */
SB_API sb_status sb_archive_find(sb_archive_matches **out, sb_archive *archive, const sb_archive_query *query,
                                 sb_error *err);
SB_API void sb_archive_matches_free(sb_archive_matches **matches);

SB_END_DECLS

#endif
