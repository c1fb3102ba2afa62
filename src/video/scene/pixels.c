#include "video/scene/scene.h"

#include <stdlib.h>
#include <string.h>

static int least(int a, int b)
{
    return a < b ? a : b;
}

static int most(int a, int b)
{
    return a > b ? a : b;
}

sb_rect sb_rect_within(sb_rect r, int width, int height)
{
    int right = least(r.x + r.width, width), bottom = least(r.y + r.height, height);
    sb_rect out = {most(r.x, 0), most(r.y, 0), 0, 0};
    out.width = most(right - out.x, 0);
    out.height = most(bottom - out.y, 0);
    return out;
}

sb_rect sb_rect_join(sb_rect a, sb_rect b)
{
    if (a.width <= 0 || a.height <= 0)
        return b;
    if (b.width <= 0 || b.height <= 0)
        return a;
    sb_rect out = {least(a.x, b.x), least(a.y, b.y), 0, 0};
    out.width = most(a.x + a.width, b.x + b.width) - out.x;
    out.height = most(a.y + a.height, b.y + b.height) - out.y;
    return out;
}

void sb_pixels_copy(const sb_pixels *to, const sb_pixels *from, sb_rect rect)
{
    rect = sb_rect_within(rect, to->width, to->height);
    for (int y = rect.y; y < rect.y + rect.height; y++)
        memcpy(to->rows + (size_t)y * (size_t)to->stride + rect.x,
               from->rows + (size_t)y * (size_t)from->stride + rect.x, (size_t)rect.width * sizeof *to->rows);
}

/* Replaces each of `n` pixels, `step` apart, by the average of 2 * radius + 1 pixels. Pixels outside equal
 * the edge. */
static void blur_line(uint32_t *line, size_t step, int n, int radius, uint32_t *copy)
{
    uint32_t sums[3] = {0}, count = 2 * (uint32_t)radius + 1;
    for (int i = 0; i < n; i++)
        copy[i] = line[(size_t)i * step];
    for (int i = -radius; i <= radius; i++)
        for (int c = 0; c < 3; c++)
            sums[c] += copy[least(most(i, 0), n - 1)] >> 8 * c & 255;
    for (int i = 0; i < n; i++) {
        uint32_t out = 0xff000000, next = copy[least(i + radius + 1, n - 1)],
                 last = copy[most(i - radius, 0)];
        for (int c = 0; c < 3; c++) {
            out |= (sums[c] + count / 2) / count << 8 * c;
            sums[c] += (next >> 8 * c & 255) - (last >> 8 * c & 255);
        }
        line[(size_t)i * step] = out;
    }
}

bool sb_pixels_blur(const sb_pixels *p, double radius)
{
    int box =
        (int)(radius * 0.94 + 0.5); /* half of d = s * 3 * sqrt(2 * pi) / 4 + 0.5 in the specification */
    if (box < 1)
        return true;
    uint32_t *copy = malloc((size_t)most(p->width, p->height) * sizeof *copy);
    for (int pass = 0; copy && pass < 3; pass++) {
        for (int y = 0; y < p->height; y++)
            blur_line(p->rows + (size_t)y * (size_t)p->stride, 1, p->width, box, copy);
        for (int x = 0; x < p->width; x++)
            blur_line(p->rows + x, (size_t)p->stride, p->height, box, copy);
    }
    free(copy);
    return copy != NULL;
}
