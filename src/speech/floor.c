#include "speech/speech.h"

#include "base/run/run.h"

#include <stdlib.h>

#define FLOOR_REACH 1600 /* hops on each side */
#define TOP_REACH   12000
#define FLOOR_PART  0.08
#define TOP_PART    0.90

typedef struct histogram {
    uint32_t counts[256];
    size_t total;
} histogram;

static uint8_t percentile(const histogram *h, double part)
{
    size_t wanted = (size_t)((double)h->total * part), seen = 0;
    for (int level = 0; level < 255; level++) {
        seen += h->counts[level];
        if (seen > wanted)
            return (uint8_t)level;
    }
    return 255;
}

uint8_t sb_level_percentile(const uint8_t *levels, size_t n, double part)
{
    histogram h = {0};
    for (size_t i = 0; i < n; i++)
        h.counts[levels[i]]++;
    h.total = n;
    return percentile(&h, part);
}

static void slide(uint8_t *out, size_t n_out, const uint8_t *levels, size_t n, size_t reach, double part)
{
    histogram h = {0};
    size_t first = 0, end = 0;
    for (size_t i = 0; i < n_out; i++) {
        size_t middle = i * SB_FLOOR_STEP;
        size_t want_first = middle > reach ? middle - reach : 0;
        size_t want_end = n - middle > reach ? middle + reach : n;
        for (; end < want_end; end++, h.total++)
            h.counts[levels[end]]++;
        for (; first < want_first; first++, h.total--)
            h.counts[levels[first]]--;
        out[i] = percentile(&h, part);
    }
}

sb_status sb_floor_follow(sb_floor *out, const uint8_t *levels, size_t n, sb_error *err)
{
    *out = (sb_floor){.n = (n + SB_FLOOR_STEP - 1) / SB_FLOOR_STEP};
    out->floor = malloc(out->n + 1);
    out->top = malloc(out->n + 1);
    out->near_top = malloc(out->n + 1);
    if (!out->near_top || !out->floor || !out->top) {
        sb_floor_finish(out);
        return sb_error_memory(err, "measuring the audio");
    }
    slide(out->floor, out->n, levels, n, FLOOR_REACH, FLOOR_PART);
    slide(out->near_top, out->n, levels, n, FLOOR_REACH, TOP_PART);
    slide(out->top, out->n, levels, n, TOP_REACH, TOP_PART);
    return SB_OK;
}

void sb_floor_finish(sb_floor *floor)
{
    free(floor->floor);
    free(floor->top);
    free(floor->near_top);
    *floor = (sb_floor){0};
}
