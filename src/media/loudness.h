/* Loudness after ITU-R BS.1770 and EBU R 128, as a listener of the clip meets it. */
#ifndef SB_MEDIA_LOUDNESS_H
#define SB_MEDIA_LOUDNESS_H

#include "soundbite/status.h"

typedef enum sb_loudness_kind {
    SB_LOUDNESS_INTEGRATED,
    SB_LOUDNESS_MOMENTARY, /* under 3 s: the loudest 400 ms */
    SB_LOUDNESS_NONE       /* under 400 ms, or nothing above the gate of -70 LUFS */
} sb_loudness_kind;

typedef struct sb_loudness_meter sb_loudness_meter;

/* One channel counts as two, as it is played. SB_ERR_MEMORY, SB_ERR_ARGUMENT. */
sb_status sb_loudness_meter_create(sb_loudness_meter **out, int sample_rate, int channels, sb_error *err);
void sb_loudness_meter_free(sb_loudness_meter **meter);
sb_status sb_loudness_meter_push(sb_loudness_meter *meter, const float *const *planes, size_t n,
                                 sb_error *err);

/* LUFS of what was pushed so far; NaN where the kind is NONE. */
double sb_loudness_meter_read(const sb_loudness_meter *meter, sb_loudness_kind *kind);

/* How the loudness of so many samples is measured. */
sb_loudness_kind sb_loudness_kind_of(int64_t n_samples, int sample_rate);

/* The same by one way of measuring, whatever the length; NaN where that gives nothing, as NONE always does. */
double sb_loudness_meter_read_as(const sb_loudness_meter *meter, sb_loudness_kind kind);

#define SB_MAX_GAIN_DB 20.0

/* The gain in dB that brings `lufs` to `target`, at most SB_MAX_GAIN_DB; 0 where either is NaN. */
double sb_loudness_gain(double lufs, double target);

#endif
