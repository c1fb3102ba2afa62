/* Times written for one version of the audio, carried to another: chapters, soundbites, labels, captions. */
#ifndef SOUNDBITE_REMAP_H
#define SOUNDBITE_REMAP_H

#include "soundbite/align.h"

SB_BEGIN_DECLS

/* Which instant of one audio is which of another. Two alignments of the same transcript, or of an edit of it, say where each
 * word lies in both; between the edges of words heard in both, time runs evenly. A time in a pause keeps its distance to the
 * nearer word where one version has more there than the other. */
typedef struct sb_audio_map sb_audio_map;

/* Makes the map from the audio of `from` to that of `to`. SB_ERR_ARGUMENT for an alignment of method NONE; SB_ERR_MISMATCH
 * where they have no transcript in common, or hardly a word heard in both; SB_ERR_MEMORY. */
SB_API sb_status sb_audio_map_make(sb_audio_map **out, const sb_alignment *from, const sb_alignment *to,
                                   sb_error *err);
SB_API void sb_audio_map_free(sb_audio_map **map);

typedef struct sb_mapped_time {
    sb_time time;
    sb_time
        lost; /* how far it moved to the next sound that is kept; 0 where the second audio has the place itself */
} sb_mapped_time;

/* Carries `t`, which is not SB_TIME_NONE. Where a passage was removed, a start goes to what follows it and an end to what came
 * before; so they do where one was inserted just there. What lies outside the first audio is lost too. */
SB_API sb_mapped_time sb_audio_map_start(const sb_audio_map *map, sb_time t);
SB_API sb_mapped_time sb_audio_map_end(const sb_audio_map *map, sb_time t);

/* How much of the first audio between `start` and `end` the second has not, and how much the second has there that the first
 * has not; silence is not counted. */
SB_API void sb_audio_map_changes(sb_time *removed, sb_time *inserted, const sb_audio_map *map, sb_time start,
                                 sb_time end);

typedef struct sb_timed_item {
    sb_time start, end; /* SB_TIME_NONE in `end`: an instant */
    bool runs_on;       /* a chapter without an end: it lasts to the start of the next one */
    char *label;        /* its title or text; NULL none */
    int64_t line;
    /* Where it stands in `source`: the digits of its times, and all that goes where it goes. */
    sb_range start_range, end_range, whole;
    bool end_is_length; /* what stands for the end is how long it lasts */
} sb_timed_item;

typedef struct sb_time_list {
    char *path; /* as given by the caller; NULL none */
    const char *format;
    sb_timed_item *items; /* in the order of the file */
    size_t n_items;
    sb_inner_time *inner_times; /* times inside a caption, `turn` being the item's index */
    size_t n_inner_times;
    char *source; /* UTF-8 without BOM */
    size_t source_size;
    const char *encoding;
} sb_time_list;

/* Reads a list from memory, as `format` or, where that is NULL, by its content. Total: any bytes give a list, or SB_ERR_FORMAT
 * with line and column. `path` is for messages; it and `notes` may be NULL. SB_ERR_MEMORY, SB_ERR_ARGUMENT (no such
 * format). The formats: "chapters", Podcasting 2.0 JSON chapters 1.2; "soundbite", <podcast:soundbite> tags in a feed or
 * alone; "audacity", label tracks; "srt"; "vtt"; "plain", lines that begin with a time or with two. */
SB_API sb_status sb_time_list_read(sb_time_list **out, const void *data, size_t size, const char *path,
                                   const char *format, sb_notes *notes, sb_error *err);
SB_API void sb_time_list_free(sb_time_list **list);

/* The name and one-line description of format `index`; NULL beyond the last. */
SB_API const char *sb_time_list_format(size_t index, const char **summary);

/* What became of an item. */
typedef struct sb_moved_item {
    sb_time start, end;           /* in the second audio; SB_TIME_NONE in `start`: it is not there */
    sb_time lost_head, lost_tail; /* of its two ends, in passages that were removed */
    sb_time removed, inserted;    /* within what is left; 0 for chapters, which take in what comes */
} sb_moved_item;

/* Carries the items of `list`: `*out` has as many, and is the caller's to free. SB_ERR_MEMORY. */
SB_API sb_status sb_time_list_move(sb_moved_item **out, const sb_time_list *list, const sb_audio_map *map,
                                   sb_error *err);

/* Tells what was removed, cut short or changed inside, as a note for each such item. */
SB_API void sb_time_list_report(sb_notes *notes, const sb_time_list *list, const sb_moved_item *moved,
                                const sb_audio_map *map);

/* Writes the list in its own form and encoding. Clock times keep their spelling and are rounded to their decimals, numbers get
 * up to three decimals where they need them; items that are not in the second audio are left out; everything else is byte for
 * byte. SB_ERR_MEMORY. */
SB_API sb_status sb_time_list_write(sb_bytes *out, const sb_time_list *list, const sb_moved_item *moved,
                                    const sb_audio_map *map, sb_error *err);

SB_END_DECLS

#endif
