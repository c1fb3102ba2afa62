#include "clip/clip.h"

#include <math.h>
#include <stdlib.h>

#define LOWEST_HZ  100.0
#define HIGHEST_HZ 8000.0
#define SILENCE    1e-12

static double to_mel(double hz)
{
    return 2595 * log10(1 + hz / 700);
}

static double from_mel(double mel)
{
    return 700 * (pow(10, mel / 2595) - 1);
}

static void set_edges(sb_timbre_meter *m, int rate)
{
    double low = to_mel(LOWEST_HZ), high = to_mel(fmin(HIGHEST_HZ, rate * 0.48));
    for (int i = 0; i <= SB_TIMBRE_BANDS; i++) {
        double hz = from_mel(low + (high - low) * i / SB_TIMBRE_BANDS);
        m->edges[i] = (int)lround(hz * m->size / rate);
        if (i && m->edges[i] <= m->edges[i - 1])
            m->edges[i] = m->edges[i - 1] + 1;
    }
}

static void set_tables(sb_timbre_meter *m)
{
    for (int i = 0; i < m->window; i++)
        m->shape[i] = (float)(0.5 - 0.5 * cos(2 * M_PI * (i + 0.5) / m->window));
    for (int i = 0; i < m->size / 2; i++) {
        m->cosines[i] = cos(2 * M_PI * i / m->size);
        m->sines[i] = -sin(2 * M_PI * i / m->size);
    }
}

sb_status sb_timbre_meter_create(sb_timbre_meter **out, int rate, sb_error *err)
{
    *out = NULL;
    sb_timbre_meter *m = calloc(1, sizeof *m);
    if (!m)
        return sb_error_set(err, SB_ERR_MEMORY, "out of memory");
    m->window = rate * SB_TIMBRE_WINDOW_MS / 1000;
    for (m->size = 64; m->size < m->window;)
        m->size *= 2;
    m->shape = malloc(sizeof *m->shape * (size_t)m->window);
    m->cosines = malloc(sizeof *m->cosines * (size_t)m->size * 3);
    if (!m->shape || !m->cosines) {
        sb_timbre_meter_free(&m);
        return sb_error_set(err, SB_ERR_MEMORY, "out of memory");
    }
    m->sines = m->cosines + m->size / 2;
    m->re = m->cosines + m->size;
    m->im = m->re + m->size;
    set_edges(m, rate);
    set_tables(m);
    *out = m;
    return SB_OK;
}

void sb_timbre_meter_free(sb_timbre_meter **meter)
{
    if (!*meter)
        return;
    free((*meter)->shape);
    free((*meter)->cosines);
    free(*meter);
    *meter = NULL;
}

static void swap_bits(sb_timbre_meter *m)
{
    for (int i = 1, j = 0; i < m->size; i++) {
        int bit = m->size >> 1;
        for (; j & bit; bit >>= 1)
            j ^= bit;
        j ^= bit;
        if (i < j) {
            double kept = m->re[i];
            m->re[i] = m->re[j];
            m->re[j] = kept;
        }
    }
}

/* The radix-2 transform of Cooley and Tukey (1965). */
static void transform(sb_timbre_meter *m)
{
    swap_bits(m);
    for (int length = 2; length <= m->size; length *= 2) {
        int half = length / 2, step = m->size / length;
        for (int at = 0; at < m->size; at += length)
            for (int k = 0; k < half; k++) {
                double c = m->cosines[k * step], s = m->sines[k * step];
                double *re = m->re + at + k, *im = m->im + at + k;
                double odd_re = re[half] * c - im[half] * s, odd_im = re[half] * s + im[half] * c;
                re[half] = re[0] - odd_re;
                im[half] = im[0] - odd_im;
                re[0] += odd_re;
                im[0] += odd_im;
            }
    }
}

void sb_timbre_read(sb_timbre_meter *m, sb_timbre *out, const float *samples)
{
    for (int i = 0; i < m->size; i++) {
        m->re[i] = i < m->window ? m->shape[i] * samples[i] : 0;
        m->im[i] = 0;
    }
    transform(m);
    double scale = 16.0 / 3 / m->window / m->window; /* for a Hann window: a full-scale sine is about 0 dB */
    for (int b = 0; b < SB_TIMBRE_BANDS; b++) {
        double power = SILENCE + m->floor[b];
        for (int k = m->edges[b]; k < m->edges[b + 1] && k < m->size / 2; k++)
            power += scale * (m->re[k] * m->re[k] + m->im[k] * m->im[k]);
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
