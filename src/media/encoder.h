/* What stands behind sb_encoder_*: a table of formats, and two libraries that write them. */
#ifndef SB_MEDIA_ENCODER_H
#define SB_MEDIA_ENCODER_H

#include "media/sink.h"
#include "soundbite/media.h"

typedef struct sb_encoder_format sb_encoder_format;

typedef enum sb_pcm_file { SB_PCM_FILE_WAV, SB_PCM_FILE_FLAC } sb_pcm_file;

/* One library. `open` leaves `*state` NULL on failure; `finish` writes what is left and the headers; `free` takes NULL. */
typedef struct sb_encoder_backend {
    sb_status (*open)(void **state, sb_sink *sink, const sb_encoder_format *format,
                      const sb_encoder_params *params, sb_error *err);
    sb_status (*write)(void *state, const float *const *planes, size_t n_samples, sb_error *err);
    sb_status (*finish)(void *state, sb_error *err);
    void (*free)(void *state);
} sb_encoder_backend;

extern const sb_encoder_backend sb_encode_sndfile;
extern const sb_encoder_backend sb_encode_libav;

struct sb_encoder_format {
    const char *extension;             /* the canonical one */
    const char *other;                 /* another extension for the same, NULL none */
    const char *codec;                 /* for manifests */
    const sb_encoder_backend *backend; /* NULL: sb_encoder_open does not write it */
    sb_pcm_file pcm_file;              /* sndfile */
    const char *muxer, *av_encoder;    /* libav: their names */
    const int *rates;                  /* ascending, ended by 0; NULL any up to max_rate */
    int max_rate, max_channels;
    int min_channels; /* 0 is 1 */
};

/* NULL where no format has this extension (with or without its dot). */
const sb_encoder_format *sb_encoder_format_find(const char *extension);

/* The channel count nearest to `channels` that the format can hold. */
int sb_encoder_channels(const sb_encoder_format *format, int channels);

#endif
