#include "media/decode/decode.h"

#include <math.h>
#include <string.h>

#define FRONTS UINT64_C(0x3) /* bits of a channel mask */
#define LOW    UINT64_C(0x8)

/* A channel for low frequencies ends at 120 Hz (ITU-R BS.775). Voices that were filtered like that, even by
 * 12 dB per octave, have less than -30 dB above 1 kHz. In most blocks of speech before a microphone it is
 * more than -20 dB. */
#define SPLIT_HZ 1000
#define BLOCK_MS 100
#define SOUND    1e-6 /* mean square of a block that is not silence: -60 dBFS */
#define FULL     0.01 /* least part of a full block that passes the high-pass */

/* Least seconds of full sound, and their least share of the sound. Inputs of recorders may have wind and
 * rumble. */
#define LEAST_S     1
#define LEAST_SHARE 0.1

/* One section of a Butterworth high-pass: the gains of three inputs, the newest first, and of two past
 * outputs. */
static void set_section(double *gains, double quality, int rate)
{
    double w = 2 * M_PI * SPLIT_HZ / rate, c = cos(w), alpha = sin(w) / (2 * quality), a0 = 1 + alpha;
    gains[0] = gains[2] = (1 + c) / 2 / a0;
    gains[1] = -(1 + c) / a0;
    gains[3] = -2 * c / a0;
    gains[4] = (1 - alpha) / a0;
}

void sb_low_meter_init(sb_low_meter *out, const sb_media_info *info)
{
    static const double qualities[SB_LOW_SECTIONS] = {0.541196100146197, 1.306562964876377};
    bool has_low = (info->speakers & LOW) && (info->speakers & FRONTS) == FRONTS &&
                   __builtin_popcountll(info->speakers) == info->channels && info->sample_rate > 2 * SPLIT_HZ;
    *out = (sb_low_meter){.channel = has_low ? __builtin_popcountll(info->speakers & (LOW - 1)) : -1,
                          .block = info->sample_rate * BLOCK_MS / 1000};
    for (int s = 0; s < SB_LOW_SECTIONS; s++)
        set_section(out->gains[s], qualities[s], info->sample_rate);
}

static double high_pass(sb_low_meter *m, double x)
{
    for (int s = 0; s < SB_LOW_SECTIONS; s++) {
        const double *g = m->gains[s];
        double *past = m->past[s], y = g[0] * x + past[0];
        past[0] = g[1] * x - g[3] * y + past[1];
        past[1] = g[2] * x - g[4] * y;
        x = y;
    }
    return x;
}

static void end_block(sb_low_meter *m)
{
    bool sounds = m->whole >= SOUND * m->block;
    m->n_sounding += sounds;
    m->n_full += sounds && m->high >= FULL * m->whole;
    if (m->whole == 0)
        memset(m->past, 0, sizeof m->past); /* without this, it decays to denormal numbers, which are slow */
    m->n_summed = 0;
    m->high = m->whole = 0;
}

void sb_low_meter_push(sb_low_meter *m, const float *const *planes, size_t n)
{
    if (m->channel < 0)
        return;
    for (size_t i = 0; i < n; i++) {
        double x = (double)planes[m->channel][i], high = high_pass(m, x);
        m->high += high * high;
        m->whole += x * x;
        if (++m->n_summed == m->block)
            end_block(m);
    }
}

bool sb_low_meter_is_full(const sb_low_meter *m)
{
    return m->n_full >= LEAST_S * 1000 / BLOCK_MS && (double)m->n_full >= LEAST_SHARE * (double)m->n_sounding;
}
