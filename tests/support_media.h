/* Media files made on the spot, with pulses at known times, and what the decoder makes of them. */
#ifndef SUPPORT_MEDIA_H
#define SUPPORT_MEDIA_H

#include "soundbite/media.h"

/* Enters an empty folder of that name in the build folder; everything below is relative to it. */
void media_enter(const char *name);

/* Runs a shell command, in which "FF" stands for a silent, overwriting ffmpeg; fails the test where it fails. */
void media_run(const char *format, ...) SB_PRINTF(1, 2);
bool media_has_ffmpeg(void);

/* Writes a 16-bit WAV file with one pulse a second, each at an instant that no other shares: see media_pulse_s. Every
 * channel has the pulses, with its own low hum. */
void media_write_pulses(const char *path, int rate, int channels, int seconds);
double media_pulse_s(int index);

/* Bytes of a file, to be freed; and back. */
unsigned char *media_load(const char *path, size_t *size);
void media_store(const char *path, const void *data, size_t size);

/* `path` with `n` bytes from `at` replaced by noise, as `out`. */
void media_corrupt(const char *path, const char *out, size_t at, size_t n);

typedef struct media_sound {
    int rate, channels;
    float *planes[8];
    int64_t n_samples;
    sb_media_info info; /* without its strings */
    sb_media_report report;
} media_sound;

/* Decodes all of it; fails the test on any error, and where blocks do not follow each other. */
media_sound media_decode(const char *path);
void media_sound_finish(media_sound *sound);

/* Where the pulse expected at `at_s` is, in seconds; NaN where none is within 50 ms. */
double media_find_pulse(const float *samples, int64_t n, int rate, double at_s);

/* Fails unless pulses `first` to `last` - 1 lie within `tolerance_s` of their times plus `offset_s`. */
void media_check_pulses(const media_sound *sound, int first, int last, double offset_s, double tolerance_s);

/* How many events of the kind there are, and the first of them (NULL where none). */
size_t media_count_events(const sb_media_report *report, sb_media_event_kind kind,
                          const sb_media_event **first);

/* Seeks to many places and compares with the full decode: the largest difference. Fails where a place is missed. */
double media_check_seeks(const char *path, const media_sound *full, bool seek_safe);

/* The status of opening, with the message in `message`. */
sb_status media_open_fails(const char *path, char message[512]);

#endif
