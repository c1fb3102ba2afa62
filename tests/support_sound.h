/* Test sounds: made here, written through the encoders, and decoded independently by ffmpeg. */
#ifndef SUPPORT_SOUND_H
#define SUPPORT_SOUND_H

#include "soundbite/media.h"

typedef struct sound {
    int channels, sample_rate;
    size_t n_samples;
    float *planes[8];
} sound;

/* Makes bursts of noise at irregular positions, so that a shift by one sample is detected. The samples are
 * exact in 16 bits. */
void sound_make(sound *out, int channels, int sample_rate, double seconds, unsigned seed);
void sound_finish(sound *s);

/* Writes the sound through sb_encoder in blocks of irregular length. */
sb_status sound_write(const sound *s, const char *path, const char *extension,
                      const sb_encoder_params *params, sb_error *err);

/* Decodes with ffmpeg. `sample_rate` and `channels` must be those of the file. */
void sound_decode(sound *out, const char *path, int channels, int sample_rate);

/* Returns the shift of `b` against `a` in samples (within +-range) with the best correlation, and the
 * correlation (1 is identical). */
int sound_shift(const sound *a, const sound *b, int range, double *correlation);

/* Returns the first line of a command's output without its newline. The caller frees it. */
char *command_line(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* Creates a folder in the build's temporary folder. folder_remove removes it. */
char *folder_make(void);
void folder_remove(char *path);

/* One folder for all tests of a group, with its setup and teardown. */
extern char *group_folder;
int folder_begin(void **state);
int folder_end(void **state);

#endif
