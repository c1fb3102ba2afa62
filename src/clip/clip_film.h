/* Making the video of a clip. */
#ifndef SB_CLIP_CLIP_FILM_H
#define SB_CLIP_CLIP_FILM_H

#include "clip/job.h"
#include "video/film.h"

/* Begins the video of a clip. `wave` was measured on its sound. Notes become warnings of the result. Returns
 * the statuses of sb_film_open. */
sb_status sb_clip_film_open(sb_film **out, sb_clip_job *job, sb_wave *wave, sb_output *output,
                            const sb_encoder_params *sound, sb_error *err);

#endif
