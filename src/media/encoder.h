/* The table of formats behind sb_encoder, and the two libraries that write them. */
#ifndef SB_MEDIA_ENCODER_H
#define SB_MEDIA_ENCODER_H

#include "media/sink.h"
#include "soundbite/media.h"

typedef struct sb_encoder_format sb_encoder_format;

typedef enum sb_pcm_file { SB_PCM_FILE_WAV, SB_PCM_FILE_FLAC } sb_pcm_file;

/* A library that writes files. `open` leaves `*state` NULL on failure. `finish` flushes and writes the
 * headers. `free` accepts NULL. */
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
    const char *other;                 /* another extension of the same format; NULL: none */
    const char *codec;                 /* for manifests */
    const sb_encoder_backend *backend; /* NULL: sb_encoder_open cannot write it */
    sb_pcm_file pcm_file;              /* for libsndfile */
    const char *muxer, *av_encoder;    /* for libav: its names */
    const int *rates;                  /* ascending and terminated by 0; NULL: any rate up to max_rate */
    int max_rate, max_channels;
    int min_channels; /* 0 means 1 */
};

/* Returns NULL if no format has this extension (with or without its dot). */
const sb_encoder_format *sb_encoder_format_find(const char *extension);

/* Returns the number of channels nearest to `channels` that the format supports. */
int sb_encoder_channels(const sb_encoder_format *format, int channels);

#endif
