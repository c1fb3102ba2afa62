/* The waveform that passes by: what is heard now in its middle. */
#ifndef SB_VIDEO_WAVEFORM_VIEW_H
#define SB_VIDEO_WAVEFORM_VIEW_H

#include "video/canvas.h"
#include "video/wave.h"

typedef struct sb_wave_view {
    const sb_wave *wave; /* scaled */
    sb_rect box;
    sb_colour heard, rest; /* of what has been heard, and of what will be */
} sb_wave_view;

/* Draws what picture `index` shows, over what lies there. */
void sb_wave_view_draw(const sb_wave_view *view, sb_canvas *canvas, int64_t index);

#endif
