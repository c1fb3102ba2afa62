/* One clip between its request and its result. */
#ifndef SB_CLIP_JOB_H
#define SB_CLIP_JOB_H

#include "clip/level.h"
#include "clip/splice.h"
#include "clip/surroundings.h"
#include "media/encoder.h"
#include "soundbite/clip.h"

/* What all clips of one call share. */
typedef struct sb_clip_source {
    const char *audio_path;
    const sb_alignment *alignment;
    const sb_clip_params *params; /* of the call */
    const sb_media_info *info;    /* the decoder's */
    const char *sha256;
    const sb_rehearer *rehearer;       /* for certificates; NULL: there are none */
    const sb_monitor *cancel;          /* asked between blocks */
    struct sb_pictures_form *pictures; /* of the file's own, without width as long as nobody asked */
} sb_clip_source;

/* What a file becomes. */
typedef struct sb_clip_target {
    sb_clip_params params; /* as given, with what profile and format add */
    const sb_encoder_format *format;
    const char *codec; /* for manifests */
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
    double reference_lufs; /* where its gain is not taken from its own loudness: what from; NaN unknown */
    sb_clip_spool raw;     /* the source's own samples, collected by a decode pass */
    sb_splice *splices;    /* made in `raw`; NULL none */
    size_t n_splices;
    sb_aligned_turn
        spoken; /* the words that stayed, in times of the clip; without words: none were dropped */
    const struct sb_caption_span
        *spans; /* of a montage's words, all in the source's alignment; NULL: the match's */
    size_t n_spans;
    const sb_chapter *chapters;
    size_t n_chapters;
} sb_clip_job;

/* True where all of the source's samples are needed at once, in `raw`. */
bool sb_clip_job_needs_raw(const sb_clip_job *job);

/* Renders what `raw` holds, as a clip and as part of a montage, and frees it. */
sb_status sb_clip_job_render_raw(sb_clip_job *job, sb_error *err);

/* The part of a file name after its last dot; "" if it has none. */
const char *sb_clip_extension(const char *path);

/* Fills `own` from `given`; a value that `given` leaves open comes from the profile, else from the format. */
void sb_clip_target_settle(sb_clip_params *own, const sb_clip_params *given, bool is_video);

/* Finds what is written as `path`; `source` NULL: of several files. SB_ERR_UNSUPPORTED, SB_ERR_ARGUMENT (a video that is no .mp4,
 * or has its pictures from several files), as sb_video_check and sb_pictures_open. */
sb_status sb_clip_target_find(sb_clip_target *out, const char *path, const sb_clip_params *given,
                              const sb_clip_source *source, sb_error *err);

/* A warning where a clip of that length is nothing for the place that the profile is of. SB_ERR_MEMORY. */
sb_status sb_clip_warn_of_length(sb_clip_result *result, const sb_profile *profile, sb_time length,
                                 sb_error *err);

/* Says what stands in the way of writing `path`: SB_ERR_EXISTS, SB_ERR_IO. */
sb_status sb_clip_output_check(const char *path, bool overwrite, sb_error *err);

/* Places the cut, fills what is known of the result, checks the format and that the file may be written. The status is
 * kept in the result too. */
sb_status sb_clip_job_init(sb_clip_job *job, const sb_clip_source *source, const sb_clip_request *request,
                           sb_clip_result *result);

/* The samples of the source that the job needs: those of the cut, and more for its certificate. */
int64_t sb_clip_job_first(const sb_clip_job *job);
int64_t sb_clip_job_end(const sb_clip_job *job);

/* Levels, fades, encodes and writes `sound`, which has ended after `n_got` samples of the source, and completes the
 * result. */
sb_status sb_clip_job_write(sb_clip_job *job, sb_clip_sound *sound, int64_t n_got, sb_error *err);

/* A warning where `n_got` samples of the source are fewer than the cut has, an error where there are none. */
sb_status sb_clip_job_note_end(sb_clip_job *job, int64_t n_got, sb_error *err);

/* Warnings about events that a decoder met inside the clip. SB_ERR_MEMORY. */
sb_status sb_clip_job_note_damage(sb_clip_job *job, const sb_media_report *report, sb_error *err);

void sb_join_finish(sb_join *join);
void sb_drop_finish(sb_drop *drop);

/* Adds a copy of `text` to the result's warnings. SB_ERR_MEMORY. */
sb_status sb_clip_result_warn(sb_clip_result *result, sb_error *err, const char *format, ...) SB_PRINTF(3, 4);

#endif
