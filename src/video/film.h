/* A video of one clip: pictures drawn to its sound, both encoded side by side. */
#ifndef SB_VIDEO_FILM_H
#define SB_VIDEO_FILM_H

#include "export/captions.h"
#include "media/encoder.h"
#include "soundbite/video.h"
#include "video/wave.h"

typedef struct sb_film_params {
    const sb_video_params *video; /* its shape is not ANY */
    const char *audio_path;       /* whose cover may be shown, or whose pictures are */
    int stream;                   /* of its sound */
    sb_time start;                /* of the clip, in that file */
    const char *title, *speaker;  /* NULL or empty: none */
    const sb_alignment *alignment;
    const sb_caption_span *spans; /* of its words, laid onto the clip's time */
    size_t n_spans;
    sb_wave *wave;     /* of all the sound that will come; it is scaled */
    int64_t n_samples; /* that will come */
    int64_t bit_rate;  /* of the pictures, at most; 0 no bound */
    sb_encoder_params sound;
} sb_film_params;

typedef struct sb_film sb_film;

/* Begins a video on `output`, which stays the caller's. `notes` get what is not as it was asked for. The same params and samples
 * give the same bytes. SB_ERR_UNSUPPORTED where this build makes no videos; as sb_video_check, sb_mp4_open. */
sb_status sb_film_open(sb_film **out, sb_output *output, const sb_film_params *params, sb_notes *notes,
                       sb_error *err);

/* The next samples; the pictures that they are seen with are drawn here and encoded by another thread. */
sb_status sb_film_write(sb_film *film, const float *const *planes, size_t n_samples, sb_error *err);

/* Completes the file and frees the film whatever happens; sets it to NULL. */
sb_status sb_film_close(sb_film **film, sb_error *err);
void sb_film_abort(sb_film **film);

#endif
