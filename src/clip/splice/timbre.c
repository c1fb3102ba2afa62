#include "clip/clip.h"

#include "base/run/run.h"
#include "media/media.h"

#include <math.h>
#include <stdlib.h>

#define LOWEST_HZ  100.0
#define HIGHEST_HZ 8000.0
#define SILENCE    1e-12

static void set_edges(sb_timbre_meter *m, int rate)
{
    double low = sb_mel_of_hz(LOWEST_HZ), high = sb_mel_of_hz(fmin(HIGHEST_HZ, rate * 0.48));
    for (int i = 0; i <= SB_TIMBRE_BANDS; i++) {
        double hz = sb_hz_of_mel(low + (high - low) * i / SB_TIMBRE_BANDS);
        m->edges[i] = (int)lround(hz * m->size / rate);
        if (i && m->edges[i] <= m->edges[i - 1])
            m->edges[i] = m->edges[i - 1] + 1;
    }
}

sb_status sb_timbre_meter_create(sb_timbre_meter **out, int rate, sb_error *err)
{
    *out = NULL;
    sb_timbre_meter *m = calloc(1, sizeof *m);
    if (!m)
        return sb_error_memory(err, "editing a clip");
    m->window = rate * SB_TIMBRE_WINDOW_MS / 1000;
    for (m->size = 64; m->size < m->window;)
        m->size *= 2;
    set_edges(m, rate);
    m->shape = malloc(sizeof *m->shape * (size_t)m->window);
    for (int i = 0; m->shape && i < m->window; i++)
        m->shape[i] = (float)(0.5 - 0.5 * cos(2 * M_PI * (i + 0.5) / m->window));
    sb_status status = m->shape ? sb_spectrum_create(&m->spectrum, (size_t)m->size, err)
                                : sb_error_memory(err, "editing a clip");
    if (status)
        sb_timbre_meter_free(&m);
    *out = m;
    return status;
}

void sb_timbre_meter_free(sb_timbre_meter **meter)
{
    if (!*meter)
        return;
    sb_spectrum_free(&(*meter)->spectrum);
    free((*meter)->shape);
    free(*meter);
    *meter = NULL;
}

void sb_timbre_read(sb_timbre_meter *m, sb_timbre *out, const float *samples)
{
    const double *powers = sb_spectrum_read(m->spectrum, samples, m->shape, (size_t)m->window);
    double scale = 16.0 / 3 / m->window / m->window; /* for a Hann window: a full-scale sine is about 0 dB */
    for (int b = 0; b < SB_TIMBRE_BANDS; b++) {
        double power = SILENCE + m->floor[b];
        for (int k = m->edges[b]; k < m->edges[b + 1] && k < m->size / 2; k++)
            power += scale * powers[k];
        out->db[b] = (float)(10 * log10(power));
    }
}

double sb_timbre_distance(const sb_timbre *a, const sb_timbre *b)
{
    double sum = 0;
    for (int i = 0; i < SB_TIMBRE_BANDS; i++) {
        double difference = (double)a->db[i] - (double)b->db[i];
        sum += difference * difference;
    }
    return sqrt(sum / SB_TIMBRE_BANDS);
}
