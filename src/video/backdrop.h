/* What lies behind everything, and colours that can be read on it. */
#ifndef SB_VIDEO_BACKDROP_H
#define SB_VIDEO_BACKDROP_H

#include "video/canvas.h"
#include "video/theme.h"

/* Draws a colour, a picture file, the cover or the theme's own colours, as `background` says (NULL: the cover where there is
 * one), a picture darkened until the theme's text has a contrast of 4.5 on every part of it. Colours of the theme that cannot be
 * read are changed, with a note. SB_ERR_ARGUMENT, and as sb_still_read. */
sb_status sb_backdrop_draw(sb_canvas *canvas, sb_theme *theme, const char *background, const sb_still *cover,
                           sb_notes *notes, sb_error *err);

/* The picture that `background`, which is no colour, names; without a dot and a file of that name it was meant as a colour:
 * SB_ERR_ARGUMENT. Else as sb_still_read. */
sb_status sb_backdrop_picture(sb_still *out, const char *background, sb_error *err);

#endif
