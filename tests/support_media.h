/* Making media files with pulses at known times, and decoding them. */
#ifndef SUPPORT_MEDIA_H
#define SUPPORT_MEDIA_H

#include "soundbite/media.h"

/* Changes to an empty folder of that name in the build folder. Later paths are relative to it. */
void media_enter(const char *name);

/* Runs a shell command, in which "FF" stands for a silent, overwriting ffmpeg. Fails the test if the command
 * fails. */
void media_run(const char *format, ...) SB_PRINTF(1, 2);
bool media_has_ffmpeg(void);
/* Skips the test if it is not installed. */
void media_need_ffmpeg(void);

/* Writes a 16-bit WAV file with one pulse per second, each at a different fraction of a second; see
 * media_pulse_s. Every channel has the pulses and its own low hum. */
void media_write_pulses(const char *path, int rate, int channels, int seconds);
double media_pulse_s(int index);

/* Read and write the bytes of a file. The caller frees them. */
unsigned char *media_load(const char *path, size_t *size);
void media_store(const char *path, const void *data, size_t size);

/* Copies `path` to `out` with `n` bytes from `at` replaced by noise. */
void media_corrupt(const char *path, const char *out, size_t at, size_t n);

typedef struct media_sound {
    int rate, channels;
    float *planes[8];
    int64_t n_samples;
    sb_media_info info; /* without its strings */
    sb_media_report report;
} media_sound;

/* Decodes the whole file. Fails the test on any error and if blocks are not consecutive. */
media_sound media_decode(const char *path);
void media_sound_finish(media_sound *sound);

/* Returns the time in seconds of the pulse expected at `at_s`; NaN if there is none within 50 ms. */
double media_find_pulse(const float *samples, int64_t n, int rate, double at_s);

/* Fails unless pulses `first` to `last` - 1 are within `tolerance_s` of their times plus `offset_s`. */
void media_check_pulses(const media_sound *sound, int first, int last, double offset_s, double tolerance_s);

/* Returns the number of events of the kind, and the first of them in the last argument (NULL if there is
 * none). */
size_t media_count_events(const sb_media_report *report, sb_media_event_kind kind,
                          const sb_media_event **first);

/* Seeks to many positions and compares with the full decode. Returns the largest difference. Fails if a
 * position is missed. */
double media_check_seeks(const char *path, const media_sound *full, bool seek_safe);

/* Returns the status of opening and writes the message to `message`. */
sb_status media_open_fails(const char *path, char message[512]);

#endif
