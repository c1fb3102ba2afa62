/* How far stamps scatter about what was heard, and the clock they seem to follow, before any line is fitted. */
#ifndef SB_ALIGN_STAMP_NOISE_H
#define SB_ALIGN_STAMP_NOISE_H

#include "align/stamps/stamp_line.h"

/* The largest clock rate that is looked for: all conversions between 23.976, 24 and 25 frames a second, and tape. */
#define SB_STAMP_MOST_PPM 50000.0

typedef struct sb_stamp_noise {
    double scale; /* standard deviation of a stamp's error, in seconds, as if it were normal */
    size_t run;   /* so many stamps in a row err alike; 1: each on its own */
} sb_stamp_noise;

/* Measures the noise of points in the order of the transcript, for a clock of `ppm`. It is the median size of the differences
 * between points 1, 2, 4 and 8 apart, which neither an offset nor a few breaks change; interpolated stamps wander, so that points further
 * apart differ by more. It is at least what `resolution` (seconds) makes it. False when out of memory. */
bool sb_stamp_noise_measure(sb_stamp_noise *out, const sb_stamp_point *points, size_t n, double ppm,
                            double resolution);

/* The clock rate, to about 1000 ppm, that leaves the least differences between points a few turns apart: 0 where another does not
 * leave clearly less. The pairs of sb_frame_rates_all are tried as they are. */
bool sb_stamp_clock_seed(double *ppm, const sb_stamp_point *points, size_t n, double resolution);

/* What two stamps of one piece may differ by. */
double sb_stamp_tolerance(const sb_stamp_noise *noise, double resolution);

/* The least jump of the offset that can be told from the noise, in seconds. */
double sb_stamp_least_gap(const sb_stamp_noise *noise);

#endif
