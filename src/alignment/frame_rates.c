#include <math.h>

#include "alignment/alignment.h"

#define NTSC(fps) ((fps)*1000.0 / 1001.0)

/* The more common pair is first: 24 to 23.976 and 30 to 29.97 have the same ratio. */
static const sb_frame_rates pairs[] = {
    {25, NTSC(24), "25", "23.976"}, {NTSC(24), 25, "23.976", "25"}, {25, 24, "25", "24"},
    {24, 25, "24", "25"},           {24, NTSC(24), "24", "23.976"}, {NTSC(24), 24, "23.976", "24"},
    {30, NTSC(30), "30", "29.97"},  {NTSC(30), 30, "29.97", "30"},
};

const sb_frame_rates *sb_frame_rates_all(size_t *n)
{
    *n = sizeof pairs / sizeof pairs[0];
    return pairs;
}

double sb_frame_rates_ppm(const sb_frame_rates *rates)
{
    return (rates->made_for / rates->runs_at - 1) * 1e6;
}

const sb_frame_rates *sb_frame_rates_near(double ppm, double tolerance_ppm)
{
    const sb_frame_rates *nearest = NULL;
    double least = tolerance_ppm;
    for (size_t i = 0; i < sizeof pairs / sizeof pairs[0]; i++) {
        double off = fabs(sb_frame_rates_ppm(&pairs[i]) - ppm);
        if (off < least) {
            nearest = &pairs[i];
            least = off;
        }
    }
    return nearest;
}
