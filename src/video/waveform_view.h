/* The scrolling waveform, with the current sound in its middle. */
#ifndef SB_VIDEO_WAVEFORM_VIEW_H
#define SB_VIDEO_WAVEFORM_VIEW_H

#include "video/canvas.h"
#include "video/wave.h"

typedef struct sb_wave_view {
    const sb_wave *wave; /* scaled */
    sb_rect box;
    sb_colour heard, rest; /* colours of the sound before and after now */
} sb_wave_view;

/* Draws the waveform of picture `index` over the background. */
void sb_wave_view_draw(const sb_wave_view *view, sb_canvas *canvas, int64_t index);

#endif
