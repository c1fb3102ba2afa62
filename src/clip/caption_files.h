/* The caption files beside a clip. */
#ifndef SB_CLIP_CAPTION_FILES_H
#define SB_CLIP_CAPTION_FILES_H

#include "clip/job.h"
#include "export/captions.h"

#define SB_CLIP_CAPTION_FORMATS 3

/* Caption files on their way: written, but without their final names. A zeroed struct is none. */
typedef struct sb_caption_files {
    sb_output *outputs[SB_CLIP_CAPTION_FORMATS];
    size_t n_outputs;
} sb_caption_files;

/* Puts the names of the files for `formats`, of sb_clip_captions, into result->captions. SB_ERR_MEMORY. */
sb_status sb_caption_files_name(sb_clip_result *result, unsigned formats, sb_error *err);

/* Sets the words of `spans`, whose times count from the beginning of the clip, and writes every file of `formats`. As
 * sb_output_open; SB_ERR_MEMORY. On failure nothing is left behind. */
typedef struct sb_caption_wish {
    const sb_alignment *alignment;
    const sb_caption_span *spans;
    size_t n_spans;
    unsigned formats;
    bool names, overwrite;
} sb_caption_wish;
sb_status sb_caption_files_write(sb_caption_files *out, const char *clip_path, const sb_caption_wish *wish,
                                 sb_error *err);

/* The same for the words of a job's clip, which lasts `length`. */
sb_status sb_caption_files_of_job(sb_caption_files *out, const sb_clip_job *job, sb_time length,
                                  sb_error *err);

/* Gives the files their names, once the clip has its own. As sb_output_commit. */
sb_status sb_caption_files_commit(sb_caption_files *files, sb_error *err);

/* Removes what has no final name yet. */
void sb_caption_files_abort(sb_caption_files *files);

#endif
