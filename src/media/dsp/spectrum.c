#include "media/media.h"

#include "base/run/run.h"

#include <libavutil/mem.h>
#include <libavutil/tx.h>
#include <stdlib.h>
#include <string.h>

struct sb_spectrum {
    size_t size;
    AVTXContext *context;
    av_tx_fn transform;
    AVComplexDouble *in, *out;
    double *powers;
};

sb_status sb_spectrum_create(sb_spectrum **out, size_t size, sb_error *err)
{
    const double scale = 1;
    *out = NULL;
    sb_spectrum *s = calloc(1, sizeof *s);
    if (!s)
        return sb_error_memory(err, "processing the audio");
    s->size = size;
    s->in = av_calloc(size, sizeof *s->in);
    s->out = av_calloc(size, sizeof *s->out);
    s->powers = calloc(size / 2 + 1, sizeof *s->powers);
    if (!s->in || !s->out || !s->powers ||
        av_tx_init(&s->context, &s->transform, AV_TX_DOUBLE_FFT, 0, (int)size, &scale, 0) < 0) {
        sb_spectrum_free(&s);
        return sb_error_memory(err, "processing the audio");
    }
    *out = s;
    return SB_OK;
}

void sb_spectrum_free(sb_spectrum **slot)
{
    sb_spectrum *s = *slot;
    *slot = NULL;
    if (!s)
        return;
    av_tx_uninit(&s->context);
    av_free(s->in);
    av_free(s->out);
    free(s->powers);
    free(s);
}

const double *sb_spectrum_read(sb_spectrum *s, const float *samples, const float *window, size_t n)
{
    memset(s->in, 0, s->size * sizeof *s->in);
    for (size_t i = 0; i < n; i++)
        s->in[i].re = (double)(window[i] * samples[i]);
    s->transform(s->context, s->out, s->in, sizeof *s->in);
    for (size_t k = 0; k <= s->size / 2; k++)
        s->powers[k] = s->out[k].re * s->out[k].re + s->out[k].im * s->out[k].im;
    return s->powers;
}
