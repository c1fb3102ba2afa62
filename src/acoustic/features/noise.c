#include "acoustic/features/mel.h"

#include <math.h>

#define POWER_KEPT    0.7   /* of the smoothed power, per frame */
#define ENVELOPE_RISE 0.005 /* per frame, of the lower envelope towards a higher power */
#define ENVELOPE_FALL 0.5   /* towards a lower power */
#define PEAK_KEPT     0.85  /* per frame; sounds below it are masked */
#define MASKED        0.2   /* of the peak, for a masked sound */
#define GAIN_LEAST    0.05
#define GAIN_MOST     20
#define SMOOTHED      4     /* filters on each side over which gains are averaged */
#define POWER_LEAST   1e-15 /* so that nothing divides by 0 */

static void follow_below(double *envelope, const double *power, int n)
{
    for (int i = 0; i < n; i++) {
        double share = power[i] >= envelope[i] ? ENVELOPE_RISE : ENVELOPE_FALL;
        envelope[i] += share * (power[i] - envelope[i]);
    }
}

static void mask_in_time(double *signal, double *peak, int n)
{
    for (int i = 0; i < n; i++) {
        double now = signal[i];
        peak[i] *= PEAK_KEPT;
        if (now < PEAK_KEPT * peak[i])
            signal[i] = peak[i] * MASKED;
        peak[i] = fmax(peak[i], now);
    }
}

static void start(sb_noise_state *s, const double *bands, int n)
{
    for (int i = 0; i < n; i++) {
        s->power[i] = bands[i];
        s->noise[i] = s->floor[i] = bands[i] / GAIN_MOST;
        s->peak[i] = 0;
    }
    s->started = true;
}

void sb_noise_remove(sb_noise_state *s, double *bands, int n)
{
    double signal[SB_FILTERS_MAX], gain[SB_FILTERS_MAX];
    if (!s->started)
        start(s, bands, n);
    for (int i = 0; i < n; i++)
        s->power[i] = POWER_KEPT * s->power[i] + (1 - POWER_KEPT) * bands[i];
    follow_below(s->noise, s->power, n);
    for (int i = 0; i < n; i++)
        signal[i] = fmax(s->power[i] - s->noise[i], POWER_LEAST);
    follow_below(s->floor, signal, n);
    mask_in_time(signal, s->peak, n);
    for (int i = 0; i < n; i++)
        gain[i] =
            fmax(fmin(fmax(signal[i], s->floor[i]) / fmax(s->power[i], POWER_LEAST), GAIN_MOST), GAIN_LEAST);
    for (int i = 0; i < n; i++) {
        int first = i > SMOOTHED ? i - SMOOTHED : 0, last = i + SMOOTHED < n ? i + SMOOTHED : n - 1;
        double sum = 0;
        for (int j = first; j <= last; j++)
            sum += gain[j];
        bands[i] *= sum / (last - first + 1);
    }
}
