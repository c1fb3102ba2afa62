/* Sound for tests: made, written through the encoders, and read back by ffmpeg, which is nobody's code here. */
#ifndef SUPPORT_SOUND_H
#define SUPPORT_SOUND_H

#include "soundbite/media.h"

typedef struct sound {
    int channels, sample_rate;
    size_t n_samples;
    float *planes[8];
} sound;

/* Noise in bursts whose places never repeat, so that a shift by one sample shows. On the 16-bit grid. */
void sound_make(sound *out, int channels, int sample_rate, double seconds, unsigned seed);
void sound_finish(sound *s);

/* Writes it through sb_encoder_* in blocks of uneven length. */
sb_status sound_write(const sound *s, const char *path, const char *extension,
                      const sb_encoder_params *params, sb_error *err);

/* ffmpeg's own decode. `sample_rate` and `channels` must be the file's own. */
void sound_decode(sound *out, const char *path, int channels, int sample_rate);

/* The shift of `b` against `a` in samples (within +-range) at which they agree best, and how well (1 is alike). */
int sound_shift(const sound *a, const sound *b, int range, double *correlation);

/* First line of a command's output, without its newline; the caller frees. */
char *command_line(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* A new folder below the build's temporary one, removed by folder_remove. */
char *folder_make(void);
void folder_remove(char *path);

/* One for all tests of a group: its setup and teardown. */
extern char *group_folder;
int folder_begin(void **state);
int folder_end(void **state);

#endif
