/* sRGB colours. */
#ifndef SB_VIDEO_COLOUR_H
#define SB_VIDEO_COLOUR_H

#include <stdbool.h>
#include <stdint.h>

typedef uint32_t sb_colour; /* 0xRRGGBB */

/* Reads "#rgb", "#rrggbb", one of the sixteen colour names of HTML or a few more, such as "navy". Case is
 * ignored. Returns false for anything else. */
bool sb_colour_read(sb_colour *out, const char *text);

/* The relative luminance, from 0 (black) to 1 (white), and the contrast of two colours, from 1 to 21, as
 * defined by WCAG 2. */
double sb_colour_luminance(sb_colour colour);
double sb_colour_contrast(sb_colour a, sb_colour b);

#define SB_COLOUR_CONTRAST 4.5 /* minimum for readable text (WCAG 2, success criterion 1.4.3) */

/* Returns the visible colour if `over` is drawn on `under`; `alpha` is from 0 to 1. */
sb_colour sb_colour_mix(sb_colour under, sb_colour over, double alpha);

#endif
