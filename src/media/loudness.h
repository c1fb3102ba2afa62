/* Loudness according to ITU-R BS.1770 and EBU R 128. */
#ifndef SB_MEDIA_LOUDNESS_H
#define SB_MEDIA_LOUDNESS_H

#include "soundbite/status.h"

typedef enum sb_loudness_kind {
    SB_LOUDNESS_INTEGRATED,
    SB_LOUDNESS_MOMENTARY, /* under 3 s: the loudest 400 ms */
    SB_LOUDNESS_NONE       /* under 400 ms, or nothing above the gate of -70 LUFS */
} sb_loudness_kind;

typedef struct sb_loudness_meter sb_loudness_meter;

/* A single channel counts as two, because it is played on two speakers. Returns SB_ERR_ARGUMENT or
 * SB_ERR_MEMORY. */
sb_status sb_loudness_meter_create(sb_loudness_meter **out, int sample_rate, int channels, sb_error *err);
void sb_loudness_meter_free(sb_loudness_meter **meter);
sb_status sb_loudness_meter_push(sb_loudness_meter *meter, const float *const *planes, size_t n,
                                 sb_error *err);

/* Returns the loudness so far in LUFS; NaN if the kind is NONE. */
double sb_loudness_meter_read(const sb_loudness_meter *meter, sb_loudness_kind *kind);

/* Returns how the loudness of `n_samples` samples is measured. */
sb_loudness_kind sb_loudness_kind_of(int64_t n_samples, int sample_rate);

/* Measures by the given kind, whatever the length. NaN if that gives no value, which is always so for
 * NONE. */
double sb_loudness_meter_read_as(const sb_loudness_meter *meter, sb_loudness_kind kind);

#define SB_MAX_GAIN_DB 20.0

/* Returns the gain in dB that brings `lufs` to `target`, at most SB_MAX_GAIN_DB. 0 if either is NaN. */
double sb_loudness_gain(double lufs, double target);

#endif
