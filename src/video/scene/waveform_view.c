#include "video/scene/scene.h"

#include <math.h>

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
    /* A whole number of pixels for each picture avoids flicker and helps the encoder. */
    int middle = box->x + box->width / 2, step = v->pitch * SB_WAVE_RATE / v->fps, wide = v->pitch / 2;
    for (size_t i = 0; i < v->wave->n_levels; i++) {
        int x = middle + (int)((int64_t)i * v->pitch - index * step);
        if (x < box->x || x + wide > box->x + box->width)
            continue;
        double height = fmax(wide, v->wave->levels[i] * box->height);
        double fade = fade_at(box, x + wide / 2.0);
        bool heard = x < middle;
        sb_canvas_bar(canvas, x, box->y + (box->height - height) / 2, wide, height,
                      heard ? v->heard : v->rest, heard ? fade : fade * REST_ALPHA);
    }
}
