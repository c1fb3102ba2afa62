/* The archive of many episodes: what its source files share. */
#ifndef SB_ARCHIVE_ARCHIVE_H
#define SB_ARCHIVE_ARCHIVE_H

#include "archive/store/store.h"
#include "quote/terms/terms.h"
#include "soundbite/archive.h"
#include "soundbite/archive_sound.h"

struct sb_archive {
    sb_database *database;
    sb_dictionary *dictionary; /* of sb_sound_dictionary_read, after its first use */
};

/* The number of blocks that one episode may have, as bits of a block's id: id = episode << SB_BLOCK_BITS |
 * block. */
#define SB_BLOCK_BITS 20

/* Ids beyond this are no real ones. */
#define SB_IDS_MAX ((int64_t)1 << 24)

/* Returns the id in a column, or -1 and SB_ERR_FORMAT in `err` if it is no real one. */
int64_t sb_archive_row_id(const sb_archive *archive, sb_rows *rows, int column, sb_error *err);

typedef struct sb_alias_list {
    char **names, **meanings;
    size_t n;
    bool failed; /* memory ran out */
} sb_alias_list;

/* Finish `out` in any case. */
sb_status sb_alias_list_read(sb_alias_list *out, sb_archive *archive, sb_error *err);
void sb_alias_list_finish(sb_alias_list *aliases);
/* Returns what a speaker's name means, or the name. */
const char *sb_alias_of(const sb_alias_list *aliases, const char *name);

/* The names of an episode's speakers in the order of their numbers. */
typedef struct sb_archive_speakers {
    char **names; /* NULL for turns without a name */
    size_t n;
} sb_archive_speakers;

sb_status sb_archive_speakers_read(sb_archive_speakers *out, sb_archive *archive, int64_t episode,
                                   sb_error *err);
void sb_archive_speakers_finish(sb_archive_speakers *speakers);

/* What the full-text index has for a block. */
typedef struct sb_block_text {
    const char *text; /* terms */
    size_t size;
    int64_t sum; /* a hash of them */
} sb_block_text;

/* The blocks of an alignment with their terms. */
typedef struct sb_indexed {
    struct sb_blocks *blocks;
    sb_runs runs;
    sb_terms terms;
    sb_block_text *texts; /* of each block */
} sb_indexed;

/* Returns SB_ERR_MEMORY; finish `out` in any case. `alignment` must live longer. */
sb_status sb_indexed_make(sb_indexed *out, const sb_alignment *alignment, sb_error *err);
void sb_indexed_finish(sb_indexed *indexed);

/* Begin and end a transaction that writes. After an error in `err`, the end takes back what was written. */
sb_status sb_archive_begin(sb_archive *archive, sb_error *err);
sb_status sb_archive_end(sb_archive *archive, sb_error *err);

/* Between these calls, all reads see one state of the archive, whatever another process writes. They do not
 * nest. */
sb_status sb_archive_begin_reading(sb_archive *archive, sb_error *err);
void sb_archive_end_reading(sb_archive *archive);

/* Returns the id of the episode called `name`, or -1. An error is in `err`. */
int64_t sb_archive_id(sb_archive *archive, const char *name, sb_error *err);

/* Does the same, but that there is no such episode is an error too: SB_ERR_NOT_FOUND. */
int64_t sb_archive_known_id(sb_archive *archive, const char *name, sb_error *err);

/* What was heard in the audio of the episode with this id. `*has` is false if it was not heard. */
sb_status sb_archive_read_recording(sb_recording *out, bool *has, sb_archive *archive, int64_t id,
                                    sb_error *err);

/* Returns true if at least half of a span lies in a passage that recurs. An error is in `err`. */
bool sb_archive_in_repeat(sb_archive *archive, int64_t id, sb_span span, sb_error *err);

/* Removes that inside a transaction. */
sb_status sb_archive_drop_recording(sb_archive *archive, int64_t id, sb_error *err);

/* Read the columns hop, reach and codes, or heard and covariance, from `column` on. The first returns false
 * if memory runs out, and sets out->hop to 0 if the row is damaged; the second returns false if the row is
 * damaged. */
bool sb_print_of_row(sb_fingerprint *out, sb_rows *rows, int column);
bool sb_voice_of_row(sb_voice *out, sb_rows *rows, int column);

/* Reads the alignment of the episode with this id. */
sb_status sb_archive_read(sb_alignment **out, sb_archive *archive, int64_t id, sb_error *err);

/* Appends the rows of the blocks with the ids [first, end); see sb_block_read. */
sb_status sb_archive_read_blocks(sb_alignment *out, sb_archive *archive, const sb_archive_speakers *speakers,
                                 int64_t first, int64_t end, bool joins, sb_error *err);

/* Removes an episode inside a transaction. If its terms are not those in the index, because another version
 * of the program made it, the index is made again. */
sb_status sb_archive_drop(sb_archive *archive, int64_t id, sb_error *err);

/* Adds the terms of an episode to the index, or takes them out. */
sb_status sb_archive_index(sb_archive *archive, const sb_indexed *indexed, int64_t id, bool adds,
                           sb_error *err);

/* Reads the dictionary for sounds, once. */
sb_status sb_archive_read_dictionary(sb_archive *archive, sb_error *err);

/* Adds the phones of the words that are new in the archive, for searches by sound. */
sb_status sb_archive_add_sounds(sb_archive *archive, const sb_indexed *indexed, const char *language,
                                sb_error *err);

/* Marks the index as made by this version. Call it inside a transaction. */
sb_status sb_archive_set_version(sb_archive *archive, sb_error *err);

/* Returns true if the terms of an episode are those in the index. An error is in `err`. */
bool sb_archive_index_fits(sb_archive *archive, const sb_indexed *indexed, int64_t id, sb_error *err);

/* SB_ERR_FORMAT. */
sb_status sb_archive_damaged(const sb_archive *archive, sb_error *err);

/* Copies an error to the caller's, which may be NULL. Inside a call, errors are in a struct of its own, so
 * that they can be read. */
static inline sb_status sb_archive_report(sb_error *err, const sb_error *reason)
{
    if (reason->status && err && !err->status)
        *err = *reason;
    return reason->status;
}

/* Returns `text`, or NULL if it is "". */
static inline const char *sb_text_or_null(const char *text)
{
    return text && *text ? text : NULL;
}

#endif
