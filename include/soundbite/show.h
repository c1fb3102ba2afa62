/* Pairing the audio files of a show with their transcripts: by a feed or a list, by the names of the files,
 * and by content. */
#ifndef SOUNDBITE_SHOW_H
#define SOUNDBITE_SHOW_H

#include "soundbite/file.h"
#include "soundbite/transcript.h"
#include "soundbite/tuning.h"

SB_BEGIN_DECLS

struct sb_media_params;

typedef enum sb_show_kind { SB_SHOW_AUDIO, SB_SHOW_TRANSCRIPT, SB_SHOW_ALIGNMENT } sb_show_kind;

/* A file of a show. Members that a feed or a list gives are NULL or 0 if they are unknown. */
typedef struct sb_show_file {
    const char *path; /* the names of its folders count too */
    sb_show_kind kind;
    /* The files of one entry of a list or feed have the same number, from 1: they belong together, whatever
     * their names are. 0: no entry names the file. */
    size_t entry;
    bool is_of_feed; /* the entry is of a feed, not of a list */
    const char *title;
    const char *date; /* YYYY-MM-DD */
    int season, number;
} sb_show_file;

/* PAIRED: audio and transcript belong together by the evidence in `how`. DOUBTFUL: there are candidates for
 * the audio, but it is not certain which; nothing is chosen. UNPAIRED: an audio file without a transcript, or
 * the other way round. */
typedef enum sb_episode_status {
    SB_EPISODE_PAIRED,
    SB_EPISODE_DOUBTFUL,
    SB_EPISODE_UNPAIRED
} sb_episode_status;
typedef enum sb_episode_how {
    SB_EPISODE_BY_NOTHING, /* not paired */
    SB_EPISODE_BY_LIST,
    SB_EPISODE_BY_FEED,
    SB_EPISODE_BY_NAME,
    SB_EPISODE_BY_CONTENT /* words of the transcript were heard in the audio */
} sb_episode_how;

/* An episode. The show owns all strings. */
typedef struct sb_episode {
    const char *audio, *transcript; /* paths; NULL: none */
    sb_episode_status status;
    sb_episode_how how;
    const char *evidence; /* why they are a pair: "both names have the number 12"; NULL if they are none */
    const char *reason;   /* why it is not PAIRED, and what to do; NULL if it is */
    /* other transcripts of this episode that were not chosen, and other files of the same audio */
    const char **others;
    size_t n_others;
    const char **candidates; /* of DOUBTFUL: the transcripts that may belong to the audio */
    size_t n_candidates;
    const char *title, *date; /* of the feed, or of the names; NULL: unknown */
    int season, number;       /* 0: unknown */
} sb_episode;

/* The episodes of a show in the order of their audio's paths, numbers in a path by their value; transcripts
 * without audio come last. sb_show_free frees all of it. */
typedef struct sb_show {
    sb_episode *episodes;
    size_t n_episodes;
    size_t n_paired, n_doubtful;   /* the others are unpaired */
    struct sb_show_memory *memory; /* private */
} sb_show;

/* How to pair. A zeroed struct means the defaults: by lists, feeds and names only. */
typedef struct sb_show_params {
    /* Reads the transcript at `path`. The show frees `*out`. It is needed to choose among several transcripts
     * of an episode, and to pair by content. NULL: neither is done. A transcript that cannot be read is not
     * chosen, and not paired. */
    sb_status (*read)(void *user, sb_transcript **out, const char *path, sb_error *err);
    void *user;
    bool no_content;                     /* do not pair by content */
    const struct sb_media_params *media; /* how to open audio; NULL: the defaults */
    const char *acoustic_model;          /* as in sb_align_params */
    const sb_dictionary *dictionary;     /* as in sb_align_params */
    const sb_monitor *monitor;           /* NULL: none */
} sb_show_params;

/* Pairs the files of a show.
 *
 * Names are compared without case, accents, punctuation and words such as "transcript" or "final". A pair
 * needs the same name, season and episode ("S02E05", "2x05"), number ("ep12", "12 - Title", "Ep. 012"), date
 * ("2024-05-01", "20240501"), or words of the title that no other file has. The title of a feed or playlist
 * replaces the words of the name, but files with one name in one folder are a pair anyway. What two files
 * share is no evidence for either of them. If the name of a file says nothing ("audio.mp3"), that of its
 * folder counts. Names whose numbers or dates differ are never a pair.
 *
 * Of several transcripts of one episode, the first of these is chosen: a saved alignment; one without a
 * language in its name ("ep1.srt" before "ep1.de.srt"); one that names speakers; one with
 * timestamps; one with times for each word; the one with the most words; the first by name. Of several files
 * with the same audio, one without a word such as "raw" or "final" in its name is chosen ("raw" comes last);
 * then the highest version
 * ("v2"); then an uncompressed or lossless one; then one without pictures.
 *
 * Every transcript that is left over is compared with every audio file that is left over: a few windows of
 * the sound are searched for its words. 64 audio files at a time are compared with all transcripts. What is
 * still left over is aligned, the most likely pairs first, up to four hours of audio; a pair is made if the
 * aligner is certain. That needs an acoustic model, and pronunciations for the language of the transcript.
 *
 * Strings are copied. `params` may be NULL. Files that cannot be read are left unpaired, with the reason.
 * Returns SB_ERR_INTERRUPTED or SB_ERR_MEMORY. */
SB_API sb_status sb_show_pair(sb_show **out, const sb_show_file *files, size_t n_files,
                              const sb_show_params *params, sb_error *err);
SB_API void sb_show_free(sb_show **show);

/* The names in JSON: "paired", "doubtful", "unpaired"; "list", "feed", "name", "content", and NULL for
 * NOTHING. */
SB_API const char *sb_episode_status_name(sb_episode_status status);
SB_API const char *sb_episode_how_name(sb_episode_how how);

/* An entry of a playlist or a feed. Members are NULL or 0 if unknown. */
typedef struct sb_show_entry {
    const char *audio; /* as written: a path or an address */
    const char **transcripts;
    size_t n_transcripts;
    const char *title, *date; /* YYYY-MM-DD */
    int season, number;
    int64_t line;
} sb_show_entry;

/* The entries of a playlist or a feed. sb_show_entries_free frees all of it. */
typedef struct sb_show_entries {
    sb_show_entry *items;
    size_t n_items;
    bool is_feed;
    const char *title;             /* of the show; NULL: unknown */
    struct sb_show_memory *memory; /* private */
} sb_show_entries;

/* Reads an M3U or M3U8 playlist, or a podcast feed: RSS with enclosures and, for transcripts,
 * podcast:transcript. Nothing that it names is opened. `path` is for messages and may be NULL. Returns
 * SB_ERR_FORMAT if it is neither, or has no entries; SB_ERR_LIMIT for a text that is too large;
 * SB_ERR_MEMORY. */
SB_API sb_status sb_show_entries_read(sb_show_entries **out, const void *data, size_t size, const char *path,
                                      sb_error *err);
SB_API void sb_show_entries_free(sb_show_entries **entries);

/* Returns true if the data begins like a playlist or a feed. */
SB_API bool sb_show_entries_sniff(const void *data, size_t size);

/* Returns the path that an address or path in a playlist or feed stands for: "a b.mp3" for
 * "https://example.org/x/a%20b.mp3?y=1", and a path without change. Of "file:" addresses, the whole path. The
 * caller frees it. Returns NULL if there is no name, or memory runs out. */
SB_API char *sb_show_entry_path(const char *address);

SB_END_DECLS

#endif
