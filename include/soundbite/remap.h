/* Moving times (chapters, soundbites, labels, captions) from one version of the audio to another. */
#ifndef SOUNDBITE_REMAP_H
#define SOUNDBITE_REMAP_H

#include "soundbite/align.h"

SB_BEGIN_DECLS

/* Maps times of one version of the audio to another version. It is made from two alignments of the same
 * transcript, or of a transcript and an edit of it. Words that were heard in both versions give the fixed
 * points; time is linear between them. In a pause that is longer in one version, a time keeps its distance
 * from the nearer word. */
typedef struct sb_audio_map sb_audio_map;

/* Makes the map from the audio of `from` to the audio of `to`. If `from` is of method NONE (a transcript
 * whose audio no longer exists), its timestamps are used as the times of the first audio; the map is then
 * only as exact as they are. Returns SB_ERR_ARGUMENT if `to` is of method NONE; SB_ERR_MISMATCH if the
 * transcripts have no text in common, if hardly any word was heard in both versions, or if `from` has too few
 * timestamps; SB_ERR_MEMORY. */
SB_API sb_status sb_audio_map_create(sb_audio_map **out, const sb_alignment *from, const sb_alignment *to,
                                     sb_error *err);
SB_API void sb_audio_map_free(sb_audio_map **map);

/* A time in the second audio. */
typedef struct sb_mapped_time {
    sb_time time;
    /* How far the time moved because its place was removed. 0 if its place was kept. */
    sb_time lost;
} sb_mapped_time;

/* Map the time `t` of the first audio, which must not be SB_TIME_NONE. If its place was removed, a start
 * moves to the sound after the removed passage and an end to the sound before it. In a pause in which
 * something was inserted, a start goes after the insertion, to the speech that follows, and an end goes
 * before it. A time outside the first audio counts as removed. */
SB_API sb_mapped_time sb_audio_map_start(const sb_audio_map *map, sb_time t);
SB_API sb_mapped_time sb_audio_map_end(const sb_audio_map *map, sb_time t);

/* Compares the first audio from `start` to `end` with the second audio. Sets `*removed` to the duration of
 * sound that is only in the first one, and `*inserted` to the duration of sound that is only in the second
 * one. Silence is not counted. */
SB_API void sb_audio_map_changes(sb_time *removed, sb_time *inserted, const sb_audio_map *map, sb_time start,
                                 sb_time end);

/* One item of a list: a chapter, a soundbite, a label or a caption. */
typedef struct sb_timed_item {
    sb_time start, end; /* SB_TIME_NONE in `end`: a point in time */
    bool runs_on;       /* a chapter without an end, which lasts until the next chapter */
    char *label;        /* title or text; NULL if none */
    int64_t line;
    /* Ranges in `source`: the digits of the two times, and the whole text that is removed with the item. */
    sb_range start_range, end_range, whole;
    bool end_is_length; /* the file gives a length instead of an end */
} sb_timed_item;

/* A list of times. sb_time_list_free frees it. */
typedef struct sb_time_list {
    char *path; /* as the caller gave it; NULL if none */
    const char *format;
    sb_timed_item *items; /* in the order of the file */
    size_t n_items;
    sb_inner_time *inner_times; /* timestamps inside captions; `turn` is the index of the item */
    size_t n_inner_times;
    char *source; /* the document as UTF-8 without BOM */
    size_t source_size;
    const char *encoding;
} sb_time_list;

/* Reads a list from memory. If `format` is NULL, the format is detected from the content. Any input gives
 * either a list or an error with line and column. `path` is for messages; `path` and `notes` may be NULL.
 *
 * The formats are "chapters" (Podcasting 2.0 JSON chapters 1.2), "soundbite" (<podcast:soundbite> tags in a
 * feed or alone), "audacity" (label tracks), "srt", "vtt" and "plain" (lines that begin with one or two
 * times).
 *
 * Returns SB_ERR_FORMAT if the list is malformed; SB_ERR_ARGUMENT if the format is unknown; SB_ERR_MEMORY. */
SB_API sb_status sb_time_list_read(sb_time_list **out, const void *data, size_t size, const char *path,
                                   const char *format, sb_notes *notes, sb_error *err);
SB_API void sb_time_list_free(sb_time_list **list);

/* Returns the name of format `index` and sets `*summary` to its one-line description. Returns NULL beyond the
 * last. */
SB_API const char *sb_time_list_format(size_t index, const char **summary);

/* An item in the second audio. */
typedef struct sb_moved_item {
    sb_time start, end;           /* SB_TIME_NONE in `start`: the item was removed */
    sb_time lost_head, lost_tail; /* how far its ends moved because passages were removed */
    sb_time removed, inserted; /* duration of sound removed and inserted inside it; always 0 for chapters */
    /* For a chapter or a point in a pause in which sound was inserted: the length of that sound. The item was
     * moved to the end of it. 0 for other items. */
    sb_time moved_past;
} sb_moved_item;

/* Moves the items of `list`. `*out` has as many elements as the list; the caller frees it. Returns
 * SB_ERR_MEMORY. */
SB_API sb_status sb_time_list_move(sb_moved_item **out, const sb_time_list *list, const sb_audio_map *map,
                                   sb_error *err);

/* Adds a note for each item that was removed, shortened or changed inside. */
SB_API void sb_time_list_report(sb_notes *notes, const sb_time_list *list, const sb_moved_item *moved,
                                const sb_audio_map *map);

/* Appends the list in its own format and encoding. Clock times keep their spelling and are rounded to their
 * decimals. Numbers get up to three decimals if they need them. Items that were removed from the audio are
 * left out. All other bytes stay the same. Returns SB_ERR_MEMORY. */
SB_API sb_status sb_time_list_write(sb_bytes *out, const sb_time_list *list, const sb_moved_item *moved,
                                    const sb_audio_map *map, sb_error *err);

SB_END_DECLS

#endif
