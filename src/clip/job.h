/* One clip between its request and its result. */
#ifndef SB_CLIP_JOB_H
#define SB_CLIP_JOB_H

#include "clip/level.h"
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

typedef struct sb_clip_job {
    const sb_clip_source *source;
    const sb_clip_request *request;
    const sb_clip_params *params; /* `settled` */
    sb_clip_params settled; /* the request's own, or those of the call, with what profile and format add */
    sb_clip_result *result;
    const sb_encoder_format *format;
    bool is_video;
    sb_clip_shape shape;
    sb_clip_surroundings around;
    sb_clip_spool raw;     /* the source's own samples, collected by a decode pass */
    double reference_lufs; /* where its gain is not taken from its own loudness: what from; NaN unknown */
} sb_clip_job;

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

/* Warnings about events that a decoder met inside the clip. SB_ERR_MEMORY. */
sb_status sb_clip_job_note_damage(sb_clip_job *job, const sb_media_report *report, sb_error *err);

/* Adds a copy of `text` to the result's warnings. SB_ERR_MEMORY. */
sb_status sb_clip_result_warn(sb_clip_result *result, sb_error *err, const char *format, ...) SB_PRINTF(3, 4);

#endif
