#include "video/captions/captions_view.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define DIRECTIONS 16
#define TURN       6.283185307179586

/* The opacity of a part of a layer. */
typedef struct mask {
    uint8_t *rows, *other; /* `other` has the same size, for work */
    int width, height;
} mask;

static bool read_mask(mask *out, const sb_pixels *layer, sb_rect part)
{
    size_t n = (size_t)part.width * (size_t)part.height;
    *out = (mask){malloc(n), malloc(n), part.width, part.height};
    if (!out->rows || !out->other)
        return false;
    for (int y = 0; y < part.height; y++)
        for (int x = 0; x < part.width; x++)
            out->rows[(size_t)y * (size_t)part.width + (size_t)x] =
                (uint8_t)(layer->rows[(size_t)(part.y + y) * (size_t)layer->stride + (size_t)(part.x + x)] >>
                          24);
    return true;
}

/* Makes each pixel of `other` at least as opaque as the one that is `dx` and `dy` away in `rows`. */
static void spread_by(mask *m, int dx, int dy)
{
    int from = dx > 0 ? dx : 0, until = m->width + (dx < 0 ? dx : 0);
    for (int y = dy > 0 ? dy : 0; y < m->height + (dy < 0 ? dy : 0); y++) {
        const uint8_t *in = m->rows + (size_t)(y - dy) * (size_t)m->width;
        uint8_t *out = m->other + (size_t)y * (size_t)m->width;
        for (int x = from; x < until; x++)
            out[x] = in[x - dx] > out[x] ? in[x - dx] : out[x];
    }
}

static void swap(mask *m)
{
    uint8_t *rows = m->rows;
    m->rows = m->other;
    m->other = rows;
}

static void spread_mask(mask *m, double radius)
{
    memcpy(m->other, m->rows, (size_t)m->width * (size_t)m->height);
    for (double r = radius; r >= 1; r -= 3)
        for (int i = 0; i < DIRECTIONS; i++)
            spread_by(m, (int)lround(r * cos(i * TURN / DIRECTIONS)),
                      (int)lround(r * sin(i * TURN / DIRECTIONS)));
    swap(m);
}

/* Averages 2 * radius + 1 pixels of a line. */
static void soften_line(const uint8_t *in, uint8_t *out, size_t step, int n, int radius)
{
    unsigned sum = 0, count = 2 * (unsigned)radius + 1;
    for (int i = 0; i < radius && i < n; i++)
        sum += in[(size_t)i * step];
    for (int i = 0; i < n; i++) {
        sum += i + radius < n ? in[(size_t)(i + radius) * step] : 0;
        out[(size_t)i * step] = (uint8_t)((sum + count / 2) / count);
        sum -= i - radius >= 0 ? in[(size_t)(i - radius) * step] : 0;
    }
}

static void soften(mask *m, int radius)
{
    for (int y = 0; y < m->height; y++)
        soften_line(m->rows + (size_t)y * (size_t)m->width, m->other + (size_t)y * (size_t)m->width, 1,
                    m->width, radius);
    swap(m);
    for (int x = 0; x < m->width; x++)
        soften_line(m->rows + x, m->other + x, (size_t)m->width, m->height, radius);
    swap(m);
}

static uint32_t below(uint32_t pixel, sb_colour colour, uint32_t alpha)
{
    uint32_t own = (alpha * (255 - (pixel >> 24)) + 127) / 255, out = ((pixel >> 24) + own) << 24;
    for (int shift = 0; shift < 24; shift += 8)
        out |= ((pixel >> shift & 255) + ((colour >> shift & 255) * own + 127) / 255) << shift;
    return out;
}

bool sb_pixels_outline(const sb_pixels *layer, sb_rect part, const sb_outline *outline)
{
    mask m;
    part = sb_rect_within(part, layer->width, layer->height);
    if (part.width <= 0 || part.height <= 0)
        return true;
    bool ok = read_mask(&m, layer, part);
    if (ok) {
        spread_mask(&m, outline->radius);
        int soft = (int)lround(outline->softness);
        for (int pass = 0; pass < 2 && soft > 0; pass++)
            soften(&m, soft);
        for (int y = 0; y < part.height; y++) {
            uint32_t *row = layer->rows + (size_t)(part.y + y) * (size_t)layer->stride + part.x;
            const uint8_t *alpha = m.rows + (size_t)y * (size_t)part.width;
            for (int x = 0; x < part.width; x++)
                if (alpha[x])
                    row[x] = below(row[x], outline->colour, (uint32_t)(alpha[x] * outline->opacity + 0.5));
        }
    }
    free(m.rows);
    free(m.other);
    return ok;
}

void sb_pixels_over(const sb_pixels *on, const sb_pixels *layer, sb_rect from, int x, int y)
{
    from = sb_rect_within(from, layer->width, layer->height);
    sb_rect to = sb_rect_within((sb_rect){x, y, from.width, from.height}, on->width, on->height);
    for (int row = to.y; row < to.y + to.height; row++) {
        const uint32_t *in = layer->rows + (size_t)(from.y + row - y) * (size_t)layer->stride + from.x - x;
        uint32_t *out = on->rows + (size_t)row * (size_t)on->stride;
        for (int column = to.x; column < to.x + to.width; column++) {
            uint32_t over = in[column], left = 255 - (over >> 24), mixed = 0xff000000;
            if (left == 255)
                continue;
            for (int shift = 0; shift < 24; shift += 8)
                mixed |= ((over >> shift & 255) + ((out[column] >> shift & 255) * left + 127) / 255) << shift;
            out[column] = mixed;
        }
    }
}
