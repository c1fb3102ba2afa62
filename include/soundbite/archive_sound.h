/* The sound of an archive's episodes: passages that recur in several of them, and voices. */
#ifndef SOUNDBITE_ARCHIVE_SOUND_H
#define SOUNDBITE_ARCHIVE_SOUND_H

#include "soundbite/archive.h"
#include "soundbite/voice.h"

SB_BEGIN_DECLS

/* All calls also return SB_ERR_IO, SB_ERR_FORMAT and SB_ERR_MEMORY, as those of archive.h. */

/* Stores the recording of an episode and replaces an earlier one. It is deleted with the episode. `packets`
 * is the hash in the alignment of the audio that was heard. Returns SB_ERR_NOT_FOUND if there is no episode
 * with this name and these packets. */
SB_API sb_status sb_archive_set_recording(sb_archive *archive, const char *name, const char *packets,
                                          const sb_recording *recording, sb_error *err);

/* Returns true in `*has` if there is an episode with this name whose audio was heard. */
SB_API sb_status sb_archive_has_recording(bool *has, sb_archive *archive, const char *name, sb_error *err);

/* A passage in one episode. */
typedef struct sb_archive_place {
    char *episode, *audio;
    sb_time start, end;
} sb_archive_place;

/* A passage that recurs. */
typedef struct sb_archive_repeat {
    size_t number; /* from 1 */
    char *name;    /* "" until it is named */
    sb_archive_place *places;
    size_t n_places;
} sb_archive_repeat;

typedef struct sb_archive_repeats {
    sb_archive_repeat *items; /* by number */
    size_t n_items;
} sb_archive_repeats;

/* Searches the episodes that were heard for passages that recur, in the order of their dates and names; see
 * sb_recurrences_find. Passages keep their names. `params` may be NULL. Returns SB_ERR_INTERRUPTED; the
 * passages are then those from before. */
SB_API sb_status sb_archive_find_repeats(sb_archive *archive, const sb_recurrence_params *params,
                                         sb_error *err);

/* Lists the passages that the last search found. The caller frees them with sb_archive_repeats_finish. */
SB_API sb_status sb_archive_repeats_read(sb_archive_repeats *out, sb_archive *archive, sb_error *err);
SB_API void sb_archive_repeats_finish(sb_archive_repeats *repeats);

/* Lists the passages in the audio with these packets, by their start. `*out` is NULL if there are none; the
 * caller frees it. */
SB_API sb_status sb_archive_repeats_in(sb_span **out, size_t *n, sb_archive *archive, const char *packets,
                                       sb_error *err);

/* Names a passage. "" removes the name. Returns SB_ERR_NOT_FOUND if there is no passage with this number. */
SB_API sb_status sb_archive_name_repeat(sb_archive *archive, size_t number, const char *name, sb_error *err);

/* Who a speaker without a real name ("Speaker 2") could be. */
typedef struct sb_voice_hint {
    char *episode, *speaker;
    char *name;             /* a speaker with a name in another episode, after aliases */
    char *heard_in;         /* that episode */
    double distance, other; /* to this speaker and to the nearest other one; see sb_voice_distance */
} sb_voice_hint;

typedef struct sb_voice_hints {
    sb_voice_hint *items; /* only sure ones, by episode and speaker */
    size_t n_items;
} sb_voice_hints;

/* Compares the voices of speakers without real names with those of all named speakers. Nothing is changed.
 * The caller frees the hints with sb_voice_hints_finish. */
SB_API sb_status sb_archive_voice_hints(sb_voice_hints *out, sb_archive *archive, sb_error *err);
SB_API void sb_voice_hints_finish(sb_voice_hints *hints);

/* Gives a speaker of one episode another name. Returns SB_ERR_NOT_FOUND if there is no such speaker there. */
SB_API sb_status sb_archive_rename_speaker(sb_archive *archive, const char *episode, const char *speaker,
                                           const char *name, sb_error *err);

SB_END_DECLS

#endif
