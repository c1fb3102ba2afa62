/* Colours of the screen, sRGB. */
#ifndef SB_VIDEO_COLOUR_H
#define SB_VIDEO_COLOUR_H

#include <stdbool.h>
#include <stdint.h>

typedef uint32_t sb_colour; /* 0xRRGGBB */

/* Reads "#rgb", "#rrggbb" or one of the sixteen names of HTML and a few more, such as "navy"; case does not matter. */
bool sb_colour_read(sb_colour *out, const char *text);

/* Relative luminance, 0 (black) to 1 (white), and the contrast of two colours, 1 to 21, as WCAG 2 defines them. */
double sb_colour_luminance(sb_colour colour);
double sb_colour_contrast(sb_colour a, sb_colour b);

#define SB_COLOUR_CONTRAST 4.5 /* what text needs to be read (WCAG 2, success criterion 1.4.3) */

/* The colour that is seen where `over` lies on `under`; `alpha` 0 to 1. */
sb_colour sb_colour_mix(sb_colour under, sb_colour over, double alpha);

#endif
