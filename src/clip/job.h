/* A clip between its request and its result. */
#ifndef SB_CLIP_JOB_H
#define SB_CLIP_JOB_H

#include "clip/level.h"
#include "clip/splice.h"
#include "clip/surroundings.h"
#include "media/encoder.h"
#include "soundbite/clip.h"

/* What all clips of a call share. */
typedef struct sb_clip_source {
    const char *audio_path;
    const sb_alignment *alignment;
    const sb_clip_params *params; /* of the call */
    const sb_media_info *info;    /* of the decoder */
    const char *sha256;
    const sb_rehearer *rehearer;       /* for certificates; NULL: none are made */
    const sb_monitor *cancel;          /* checked between blocks */
    struct sb_pictures_form *pictures; /* of the file's own pictures; width 0 until it is needed */
} sb_clip_source;

/* The properties of the file to write. */
typedef struct sb_clip_target {
    sb_clip_params params; /* as given, completed from the profile and the format */
    const sb_encoder_format *format;
    const char *codec; /* for the manifest */
    bool is_video;
    int width, height; /* of a video */
} sb_clip_target;

typedef struct sb_clip_job {
    const sb_clip_source *source;
    const sb_clip_request *request;
    const sb_clip_params *params; /* those of `target` */
    sb_clip_target target;
    sb_clip_result *result;
    sb_clip_shape shape;
    sb_clip_surroundings around;
    double reference_lufs; /* loudness of the speaker or episode that determines the gain; NaN: unknown */
    sb_clip_spool raw;     /* samples of the source, collected while decoding */
    sb_splice *splices;    /* made in `raw`; NULL: none */
    size_t n_splices;
    sb_aligned_turn spoken; /* the remaining words, in times of the clip; no words if none were dropped */
    const struct sb_caption_span
        *spans; /* for a montage's words, all in the source's alignment; NULL: the match's */
    size_t n_spans;
    const sb_chapter *chapters;
    size_t n_chapters;
} sb_clip_job;

/* Returns true if all samples of the source are needed at once, in `raw`. */
bool sb_clip_job_needs_raw(const sb_clip_job *job);

/* Renders the sound in `raw`, as a clip and as part of a montage, and frees it. */
sb_status sb_clip_job_render_raw(sb_clip_job *job, sb_error *err);

/* Returns the part of a file name after its last dot, or "" if it has none. */
const char *sb_clip_extension(const char *path);

/* Fills `own` from `given`. Values that are not set come from the profile, or else from the format. */
void sb_clip_target_settle(sb_clip_params *own, const sb_clip_params *given, bool is_video);

/* Determines the properties of the file `path`. `source` is NULL if there are several source files. Returns
 * SB_ERR_UNSUPPORTED; SB_ERR_ARGUMENT for a video that is not .mp4 or that needs pictures of several files;
 * and the statuses of sb_video_check and sb_pictures_open. */
sb_status sb_clip_target_find(sb_clip_target *out, const char *path, const sb_clip_params *given,
                              const sb_clip_source *source, sb_error *err);

/* Adds a warning if the length is outside the profile's limits. Returns SB_ERR_MEMORY. */
sb_status sb_clip_warn_of_length(sb_clip_result *result, const sb_profile *profile, sb_time length,
                                 sb_error *err);

/* Checks that `path` can be written. Returns SB_ERR_EXISTS or SB_ERR_IO if not. */
sb_status sb_clip_output_check(const char *path, bool overwrite, sb_error *err);

/* Places the cut, fills what is known of the result, and checks the format and the output. The status is also
 * stored in the result. */
sb_status sb_clip_job_init(sb_clip_job *job, const sb_clip_source *source, const sb_clip_request *request,
                           sb_clip_result *result);

/* The range of source samples that the job needs: the cut, and more for its certificate. */
int64_t sb_clip_job_first(const sb_clip_job *job);
int64_t sb_clip_job_end(const sb_clip_job *job);

/* Levels, fades, encodes and writes `sound` and completes the result. `n_got` is the number of source samples
 * that were read. */
sb_status sb_clip_job_write(sb_clip_job *job, sb_clip_sound *sound, int64_t n_got, sb_error *err);

/* Adds a warning if `n_got` is less than the cut has. Returns an error if it is 0. */
sb_status sb_clip_job_note_end(sb_clip_job *job, int64_t n_got, sb_error *err);

/* Adds warnings about decoding events inside the clip. Returns SB_ERR_MEMORY. */
sb_status sb_clip_job_note_damage(sb_clip_job *job, const sb_media_report *report, sb_error *err);

void sb_join_finish(sb_join *join);
void sb_drop_finish(sb_drop *drop);

/* Adds a warning to the result. Returns SB_ERR_MEMORY. */
sb_status sb_clip_result_warn(sb_clip_result *result, sb_error *err, const char *format, ...) SB_PRINTF(3, 4);

#endif
