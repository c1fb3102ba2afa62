/* The background of a video, and text colours that are readable on it. */
#ifndef SB_VIDEO_BACKDROP_H
#define SB_VIDEO_BACKDROP_H

#include "video/canvas.h"
#include "video/theme.h"

/* Draws what `background` says: a colour, a picture file, the cover or the theme's colours (NULL: the cover
 * if there is one). A picture is darkened until the theme's text has a contrast of 4.5 everywhere. Unreadable
 * colours of the theme are changed, with a note. Returns SB_ERR_ARGUMENT and the statuses of
 * sb_still_read. */
sb_status sb_backdrop_draw(sb_canvas *canvas, sb_theme *theme, const char *background, const sb_still *cover,
                           sb_notes *notes, sb_error *err);

/* Reads the picture file `background`, which is not a colour. If it has no dot and no such file exists, it
 * was probably meant as a colour: SB_ERR_ARGUMENT. Otherwise returns the statuses of sb_still_read. */
sb_status sb_backdrop_picture(sb_still *out, const char *background, sb_error *err);

#endif
