#include "soundbite/voice.h"

#include <math.h>

/* Another speaker must be farther than the nearest by this factor. Fitted like SB_VOICE_SAME. */
#define CLEARLY 1.5

typedef double matrix[SB_VOICE_SIZE][SB_VOICE_SIZE];

static void unpack(matrix out, const sb_voice *voice)
{
    const float *at = voice->covariance;
    for (size_t i = 0; i < SB_VOICE_SIZE; i++)
        for (size_t j = 0; j <= i; j++)
            out[i][j] = out[j][i] = *at++;
}

/* Makes L of L L' = m, in place. Returns false if m is not positive definite. */
static bool cholesky(matrix m)
{
    for (size_t i = 0; i < SB_VOICE_SIZE; i++)
        for (size_t j = 0; j <= i; j++) {
            double sum = m[i][j];
            for (size_t k = 0; k < j; k++)
                sum -= m[i][k] * m[j][k];
            if (i == j && !(sum > 0))
                return false;
            m[i][j] = i == j ? sqrt(sum) : sum / m[j][j];
        }
    return true;
}

/* The trace of inverse(L L') m. */
static double trace_of_quotient(matrix lower, matrix m)
{
    double trace = 0;
    for (size_t column = 0; column < SB_VOICE_SIZE; column++) {
        double x[SB_VOICE_SIZE];
        for (size_t i = 0; i < SB_VOICE_SIZE; i++) {
            x[i] = m[i][column];
            for (size_t k = 0; k < i; k++)
                x[i] -= lower[i][k] * x[k];
            x[i] /= lower[i][i];
        }
        for (size_t i = SB_VOICE_SIZE; i-- > column;) {
            for (size_t k = i + 1; k < SB_VOICE_SIZE; k++)
                x[i] -= lower[k][i] * x[k];
            x[i] /= lower[i][i];
        }
        trace += x[column];
    }
    return trace;
}

double sb_voice_distance(const sb_voice *a, const sb_voice *b)
{
    matrix ma, mb, la, lb;
    unpack(ma, a);
    unpack(mb, b);
    unpack(la, a);
    unpack(lb, b);
    if (!cholesky(la) || !cholesky(lb))
        return INFINITY;
    double distance =
        log(trace_of_quotient(la, mb) * trace_of_quotient(lb, ma)) - 2 * log((double)SB_VOICE_SIZE);
    if (isnan(distance))
        return INFINITY;
    return distance > 0 ? distance : 0;
}

void sb_voice_recognise(sb_voice_guess *out, const sb_voice *voice, const sb_voice *known,
                        const size_t *speakers, size_t n)
{
    *out = (sb_voice_guess){.distance = INFINITY, .other = INFINITY};
    for (size_t i = 0; i < n; i++) {
        double distance = sb_voice_distance(voice, &known[i]);
        if (distance < out->distance) {
            if (speakers[i] != speakers[out->best])
                out->other = out->distance;
            out->distance = distance;
            out->best = i;
        } else if (speakers[i] != speakers[out->best] && distance < out->other) {
            out->other = distance;
        }
    }
    out->is_sure = out->distance < SB_VOICE_SAME && out->other >= CLEARLY * out->distance;
}
