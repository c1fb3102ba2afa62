/* Videos of clips. */
#ifndef SB_VIDEO_VIDEO_H
#define SB_VIDEO_VIDEO_H

#include "export/export.h"
#include "media/media.h"
#include "soundbite/file.h"
#include "video/style/style.h"

/* The loudness of a clip over time, for its waveform. */

/* Set the rate and zero the rest to begin. */
typedef struct sb_wave {
    int sample_rate;
    float *levels; /* largest absolute sample in each 1/SB_WAVE_RATE s */
    size_t n_levels, n_samples;
} sb_wave;

#define SB_WAVE_RATE 15

/* Adds the next samples of each channel. Returns SB_ERR_MEMORY. */
sb_status sb_wave_push(sb_wave *wave, const float *const *planes, int channels, size_t n, sb_error *err);
void sb_wave_finish(sb_wave *wave);

/* Scales the loudest to 1 and raises low levels, so that speech is visible. */
void sb_wave_scale(sb_wave *wave);

/* Making the video of a clip: drawing pictures and encoding them with the sound. */

typedef struct sb_film_params {
    const sb_video_params *video; /* its shape must not be ANY */
    const char *audio_path;       /* for its cover or its pictures */
    int stream;                   /* of the file's sound */
    sb_time start;                /* of the clip in the file */
    const char *title, *speaker;  /* NULL or "": none */
    const sb_alignment *episode;  /* for the order of its speakers and its language; NULL: `alignment` */
    const sb_alignment *alignment;
    const sb_caption_span *spans; /* of the clip's words, with times relative to the clip */
    size_t n_spans;
    sb_wave *wave;     /* of the whole sound; it is scaled */
    int64_t n_samples; /* total number */
    int64_t bit_rate;  /* maximum for the pictures in bits per second; 0: no limit */
    sb_encoder_params sound;
} sb_film_params;

typedef struct sb_film sb_film;

/* Begins a video on `output`, which the caller keeps. Deviations from the parameters become notes. The same
 * parameters and samples give the same bytes. Returns SB_ERR_UNSUPPORTED if this build makes no videos, and
 * the statuses of sb_video_check and sb_mp4_open. */
sb_status sb_film_open(sb_film **out, sb_output *output, const sb_film_params *params, sb_notes *notes,
                       sb_error *err);

/* Adds samples. Their pictures are drawn on the calling thread and encoded on another thread. */
sb_status sb_film_write(sb_film *film, const float *const *planes, size_t n_samples, sb_error *err);

/* Completes the file, frees the film and sets it to NULL, even on failure. */
sb_status sb_film_close(sb_film **film, sb_error *err);
void sb_film_abort(sb_film **film);

#endif
