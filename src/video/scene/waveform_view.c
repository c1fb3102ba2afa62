#include "video/scene/scene.h"

#include <math.h>

/* An integer number of pixels per picture avoids flicker and helps the encoder. */
#define STEP       8
#define PITCH      (STEP * SB_VIDEO_FPS / SB_WAVE_RATE)
#define BAR_WIDTH  8
#define REST_ALPHA 0.45
#define FADE       0.16 /* part of the width at each side */

static double fade_at(const sb_rect *box, double x)
{
    double edge = fmin(x - box->x, box->x + box->width - x) / (FADE * box->width);
    return edge <= 0 ? 0 : edge >= 1 ? 1 : edge * edge * (3 - 2 * edge);
}

void sb_wave_view_draw(const sb_wave_view *v, sb_canvas *canvas, int64_t index)
{
    const sb_rect *box = &v->box;
    int middle = box->x + box->width / 2;
    for (size_t i = 0; i < v->wave->n_levels; i++) {
        int x = middle + (int)((int64_t)i * PITCH - index * STEP);
        if (x < box->x || x + BAR_WIDTH > box->x + box->width)
            continue;
        double height = fmax(BAR_WIDTH, v->wave->levels[i] * box->height);
        double fade = fade_at(box, x + BAR_WIDTH / 2.0);
        bool heard = x < middle;
        sb_canvas_bar(canvas, x, box->y + (box->height - height) / 2, BAR_WIDTH, height,
                      heard ? v->heard : v->rest, heard ? fade : fade * REST_ALPHA);
    }
}
