#include "acoustic/acoustic.h"

#include "base/run/run.h"

#include <sphinxbase/err.h>
#include <sphinxbase/fe.h>

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define PIECE 4096 /* samples converted to integers at once */

struct sb_cepstra_maker {
    cmd_ln_t *config;
    fe_t *front_end;
    sb_cepstra made;
    int16_t piece[PIECE];
};

/* A number as text with a point, independent of the locale. feat.params has at most six digits after the
 * point. */
static void print_number(char out[32], double value)
{
    long long whole = (long long)value;
    snprintf(out, 32, "%lld.%06lld", whole, llround((value - (double)whole) * 1e6) % 1000000);
}

static const char *yes_or_no(bool yes)
{
    return yes ? "yes" : "no";
}

static cmd_ln_t *front_end_config(const sb_front_end *f)
{
    char rate[32], n_filters[32], n_fft[32], lifter[32], low[32], high[32], window[32], alpha[32];
    snprintf(rate, sizeof rate, "%d", f->sample_rate);
    snprintf(n_filters, sizeof n_filters, "%d", f->n_filters);
    snprintf(n_fft, sizeof n_fft, "%d", f->n_fft);
    snprintf(lifter, sizeof lifter, "%d", f->lifter);
    print_number(low, f->low_hz);
    print_number(high, f->high_hz);
    print_number(window, f->window_s);
    print_number(alpha, f->pre_emphasis);
    return cmd_ln_init(NULL, fe_get_args(), TRUE, "-samprate", rate, "-nfilt", n_filters, "-nfft", n_fft,
                       "-lifter", lifter, "-lowerf", low, "-upperf", high, "-wlen", window, "-alpha", alpha,
                       "-transform", f->transform, "-remove_noise", yes_or_no(f->remove_noise), "-remove_dc",
                       yes_or_no(f->remove_dc), "-round_filters", yes_or_no(f->round_filters), "-unit_area",
                       yes_or_no(f->unit_area), "-doublebw", yes_or_no(f->double_bandwidth),
                       "-remove_silence", "no", "-dither", "no", NULL);
}

sb_status sb_cepstra_maker_create(sb_cepstra_maker **out, const sb_front_end *front_end, sb_error *err)
{
    *out = NULL;
    err_set_logfp(NULL);
    sb_cepstra_maker *m = calloc(1, sizeof *m);
    if (m && (m->config = front_end_config(front_end ? front_end : sb_front_end_default())) != NULL)
        m->front_end = fe_init_auto_r(m->config);
    if (!m || !m->front_end) {
        sb_cepstra_maker_free(&m);
        return sb_error_memory(err, "reading the audio");
    }
    fe_start_stream(m->front_end);
    fe_start_utt(m->front_end);
    *out = m;
    return SB_OK;
}

void sb_cepstra_maker_free(sb_cepstra_maker **slot)
{
    sb_cepstra_maker *m = *slot;
    *slot = NULL;
    if (!m)
        return;
    if (m->front_end)
        fe_free(m->front_end);
    if (m->config)
        cmd_ln_free_r(m->config);
    sb_cepstra_finish(&m->made);
    free(m);
}

static bool make_room_for_frames(sb_cepstra *c, size_t n_frames)
{
    if (c->n_frames + n_frames <= c->capacity)
        return true;
    size_t capacity = c->capacity + c->capacity / 2 + n_frames + 1000;
    float *values = realloc(c->values, capacity * SB_CEPSTRA * sizeof *values);
    if (!values)
        return false;
    c->values = values;
    c->capacity = capacity;
    return true;
}

static bool process(sb_cepstra_maker *m, size_t n_samples)
{
    enum { ROWS = PIECE / 40 + 2 }; /* a hop has at least 40 samples */
    sb_cepstra *c = &m->made;
    const int16_t *samples = m->piece;
    while (n_samples > 0) {
        mfcc_t *rows[ROWS];
        int32_t n_frames = ROWS, first = 0;
        if (!make_room_for_frames(c, ROWS))
            return false;
        for (size_t i = 0; i < ROWS; i++)
            rows[i] = c->values + (c->n_frames + i) * SB_CEPSTRA;
        if (fe_process_frames(m->front_end, &samples, &n_samples, rows, &n_frames, &first) < 0)
            return false;
        c->n_frames += (size_t)n_frames;
    }
    return true;
}

static int16_t to_integer(float x)
{
    float scaled = x * 32768.0f;
    if (!(scaled > -32768.0f))
        return scaled <= -32768.0f ? -32768 : 0;
    return scaled >= 32767.0f ? 32767 : (int16_t)lrintf(scaled);
}

sb_status sb_cepstra_push(sb_cepstra_maker *m, const float *samples, size_t n_samples, sb_error *err)
{
    for (size_t at = 0; at < n_samples;) {
        size_t n = n_samples - at < PIECE ? n_samples - at : PIECE;
        for (size_t i = 0; i < n; i++)
            m->piece[i] = to_integer(samples[at + i]);
        if (!process(m, n))
            return sb_error_memory(err, "reading the audio");
        at += n;
    }
    return SB_OK;
}

sb_status sb_cepstra_end(sb_cepstra_maker *m, sb_cepstra *out, sb_error *err)
{
    *out = (sb_cepstra){0};
    int32_t n_frames = 0;
    if (!make_room_for_frames(&m->made, 1) ||
        fe_end_utt(m->front_end, m->made.values + m->made.n_frames * SB_CEPSTRA, &n_frames) < 0)
        return sb_error_memory(err, "reading the audio");
    m->made.n_frames += (size_t)n_frames;
    *out = m->made;
    m->made = (sb_cepstra){0};
    fe_start_utt(m->front_end);
    return SB_OK;
}

void sb_cepstra_finish(sb_cepstra *cepstra)
{
    free(cepstra->values);
    *cepstra = (sb_cepstra){0};
}
