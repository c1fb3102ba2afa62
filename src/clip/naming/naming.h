/* File names, tags and caption files of clips. */
#ifndef SB_CLIP_NAMING_NAMING_H
#define SB_CLIP_NAMING_NAMING_H

#include "clip/clip.h"
#include "export/export.h"
#include "soundbite/clip.h"

/* Writing the caption files beside a clip. */

#define SB_CLIP_CAPTION_FORMATS 3

/* Caption files that are written but do not have their final names yet. A zeroed struct is empty. */
typedef struct sb_caption_files {
    sb_output *outputs[SB_CLIP_CAPTION_FORMATS];
    size_t n_outputs;
} sb_caption_files;

/* Sets result->captions to the paths for `formats`, bits of sb_clip_captions. Returns SB_ERR_MEMORY. */
sb_status sb_caption_files_name(sb_clip_result *result, unsigned formats, sb_error *err);

/* Writes a file for every bit of `formats` with the words of `spans`, whose times are relative to the clip.
 * Returns the statuses of sb_output_open and SB_ERR_MEMORY. On failure no files remain. */
typedef struct sb_caption_wish {
    const sb_alignment *alignment;
    const sb_caption_span *spans;
    size_t n_spans;
    unsigned formats;
    const char *folder; /* as in sb_clip_request */
    bool names, overwrite;
} sb_caption_wish;
sb_status sb_caption_files_write(sb_caption_files *out, const char *clip_path, const sb_caption_wish *wish,
                                 sb_error *err);

/* Does the same for a job's clip of length `length`. */
sb_status sb_caption_files_of_job(sb_caption_files *out, const sb_clip_job *job, sb_time length,
                                  sb_error *err);

/* Renames the files to their final names. Call it after the clip has its final name. Returns the statuses of
 * sb_output_commit. */
sb_status sb_caption_files_commit(sb_caption_files *files, sb_error *err);

/* Removes the files that do not have their final names. */
void sb_caption_files_abort(sb_caption_files *files);

/* Names of clip files. */

/* Returns the first words of a text as lower-case letters and digits of any script without accents, joined by
 * '-'. At most about 40 bytes, cut between words. "quote" if there are none. The caller frees it. Returns
 * NULL if memory runs out. */
char *sb_clip_slug(const char *text);

/* The metadata of a clip file. */

#define SB_CLIP_N_TAGS    4
#define SB_CLIP_TITLE_MAX 200

typedef struct sb_clip_tags {
    sb_tag items[SB_CLIP_N_TAGS];
    char title[SB_CLIP_TITLE_MAX + 4];
    char comment[512];
} sb_clip_tags;

/* Makes title, artist, album and the position in the source. They refer to `tags` and to the job. */
void sb_clip_tags_make(sb_clip_tags *tags, const sb_clip_job *job);

#endif
