/* The line that makes the most stamps right. */
#ifndef SB_ALIGN_STAMP_LINE_H
#define SB_ALIGN_STAMP_LINE_H

#include <stdbool.h>
#include <stddef.h>

/* A stamp, and how far after it the sound was found, in seconds. */
typedef struct sb_stamp_point {
    double stamp, error, residual; /* `residual`: room for the fit to work in */
} sb_stamp_point;

/* error = offset + (stamp - origin) * ppm * 1e-6. A stamp is right where its error lies from 0 up to a window above the line. */
typedef struct sb_stamp_line {
    double offset, ppm;
    size_t n_right;
    double room; /* the offset may move by so much to either side */
} sb_stamp_line;

/* The best offset at a given rate; reorders the points. */
sb_stamp_line sb_stamp_line_fit(sb_stamp_point *points, size_t n, double origin, double ppm, double window);

/* The rate, in ppm, within 6000 of `near_ppm`, at which the most of `n` stamps over `seconds` are right, in the middle of what they
 * allow; 0 where it gains no more than one stamp and one in a hundred over that. */
double sb_stamp_rate_fit(sb_stamp_point *points, size_t n, double origin, double seconds, double window,
                         double near_ppm);

/* Stamps finer than the window lie about a line, not in a window above it: least squares over those near `line`, whose middle it
 * moves. */
void sb_stamp_line_refine(sb_stamp_line *line, const sb_stamp_point *points, size_t n, double origin,
                          double window, bool with_rate);

#endif
