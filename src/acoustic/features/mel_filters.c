#include "acoustic/acoustic.h"
#include "acoustic/features/mel.h"
#include "media/media.h"

#include <math.h>
#include <stdlib.h>

#define LOG_FLOOR 1e-4 /* of sphinxbase; full scale is 32768 squared */

/* The lower limit, the centre and the upper limit of a triangular filter, in Hz. */
static void find_corners(double out[3], const sb_front_end *f, int filter, double bin_hz)
{
    double low = sb_mel_of_hz(f->low_hz), width = (sb_mel_of_hz(f->high_hz) - low) / (f->n_filters + 1);
    int step = f->double_bandwidth ? 2 : 1;
    low -= f->double_bandwidth ? width : 0;
    for (int i = 0; i < 3; i++) {
        out[i] = sb_hz_of_mel(low + (filter + i * step) * width);
        if (f->round_filters)
            out[i] = floor(out[i] / bin_hz + 0.5) * bin_hz;
    }
}

static double weight_at(const sb_front_end *f, const double corner[3], double hz)
{
    double rise = (hz - corner[0]) / (corner[1] - corner[0]),
           fall = (corner[2] - hz) / (corner[2] - corner[1]), weight = fmin(rise, fall);
    /* A filter of one bin has no slopes. */
    if (isnan(weight))
        weight = 1;
    return f->unit_area ? 2 / (corner[2] - corner[0]) * weight : weight;
}

/* Sets the first bin and the number of bins, and the weights if they are wanted. */
static void make_filter(sb_mel_filter *out, double *weights, const sb_front_end *f, int filter)
{
    double corner[3], bin_hz = (double)f->sample_rate / f->n_fft;
    find_corners(corner, f, filter, bin_hz);
    out->first = (int)ceil(corner[0] / bin_hz - 1e-9);
    out->first = out->first < 0 ? 0 : out->first;
    out->n = 0;
    for (int bin = out->first; bin < f->n_fft / 2 && bin * bin_hz <= corner[2]; bin++, out->n++)
        if (weights)
            weights[out->n] = weight_at(f, corner, bin * bin_hz);
}

static void make_cosines(sb_mel *m, const sb_front_end *f)
{
    for (int c = 0; c < SB_CEPSTRA; c++)
        for (int i = 0; i < m->n_filters; i++)
            m->cosine[c * m->n_filters + i] = cos(c * M_PI / m->n_filters * (i + 0.5));
    for (int c = 0; c < SB_CEPSTRA; c++)
        m->lifter[c] = f->lifter ? 1 + f->lifter / 2 * sin(c * M_PI / f->lifter) : 1;
}

bool sb_mel_init(sb_mel *m, const sb_front_end *f)
{
    size_t n_weights = 0;
    *m = (sb_mel){.n_filters = f->n_filters};
    m->transform = f->transform[0] == 'd' ? SB_MEL_DCT : f->transform[0] == 'h' ? SB_MEL_HTK : SB_MEL_LEGACY;
    m->filters = calloc((size_t)f->n_filters, sizeof *m->filters);
    m->cosine = calloc((size_t)f->n_filters * SB_CEPSTRA, sizeof *m->cosine);
    if (!m->filters || !m->cosine)
        return false;
    for (int i = 0; i < f->n_filters; i++) {
        make_filter(&m->filters[i], NULL, f, i);
        n_weights += (size_t)m->filters[i].n;
    }
    m->weights = calloc(n_weights + 1, sizeof *m->weights);
    if (!m->weights)
        return false;
    double *next = m->weights;
    for (int i = 0; i < f->n_filters; i++) {
        make_filter(&m->filters[i], next, f, i);
        next += m->filters[i].n;
    }
    make_cosines(m, f);
    return true;
}

void sb_mel_finish(sb_mel *m)
{
    free(m->filters);
    free(m->weights);
    free(m->cosine);
    *m = (sb_mel){0};
}

void sb_mel_bands(double *out, const sb_mel *m, const double *powers)
{
    const double *weight = m->weights;
    for (int i = 0; i < m->n_filters; i++) {
        const sb_mel_filter *filter = &m->filters[i];
        out[i] = 0;
        for (int bin = 0; bin < filter->n; bin++)
            out[i] += *weight++ * powers[filter->first + bin];
    }
}

void sb_mel_cepstra(float out[SB_CEPSTRA], const sb_mel *m, const double *bands)
{
    double n = m->n_filters, logs[SB_FILTERS_MAX];
    for (int i = 0; i < m->n_filters; i++)
        logs[i] = log(bands[i] + LOG_FLOOR);
    for (int c = 0; c < SB_CEPSTRA; c++) {
        const double *cosine = m->cosine + c * m->n_filters;
        double sum = 0;
        for (int i = 0; i < m->n_filters; i++)
            sum += logs[i] * cosine[i];
        /* The legacy transform of Sphinx counts the first filter by half. */
        if (m->transform == SB_MEL_LEGACY)
            sum = (sum - logs[0] * cosine[0] / 2) / n;
        else
            sum *= sqrt((c == 0 && m->transform == SB_MEL_DCT ? 1 : 2) / n);
        out[c] = (float)(sum * m->lifter[c]);
    }
}
