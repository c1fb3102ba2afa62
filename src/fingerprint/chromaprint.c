#include "base/run/run.h"
#include "media/media.h"
#include "soundbite/fingerprint.h"

#include <chromaprint.h>
#include <stdlib.h>
#include <string.h>

#define RATE_LEAST 1000 /* below it Chromaprint fails */
#define BLOCK      4096
/* Chromaprint computes its spectra at this rate, in which all its lengths are whole numbers of samples. */
#define CODE_RATE 11025

struct sb_fingerprinter {
    ChromaprintContext *context;
    int channels;
    int16_t mono[BLOCK];
};

sb_status sb_fingerprinter_create(sb_fingerprinter **out, int sample_rate, int channels, sb_error *err)
{
    *out = NULL;
    if (sample_rate < RATE_LEAST || channels <= 0)
        return sb_error_set(err, SB_ERR_ARGUMENT,
                            "a fingerprint needs a sample rate of at least %d Hz and a channel", RATE_LEAST);
    sb_fingerprinter *f = calloc(1, sizeof *f);
    if (!f)
        return sb_error_memory(err, "processing the audio");
    f->channels = channels;
    f->context = chromaprint_new(CHROMAPRINT_ALGORITHM_TEST2);
    if (!f->context || !chromaprint_start(f->context, sample_rate, 1)) {
        sb_fingerprinter_free(&f);
        return sb_error_memory(err, "processing the audio");
    }
    *out = f;
    return SB_OK;
}

void sb_fingerprinter_free(sb_fingerprinter **slot)
{
    sb_fingerprinter *f = *slot;
    *slot = NULL;
    if (!f)
        return;
    chromaprint_free(f->context);
    free(f);
}

sb_status sb_fingerprinter_push(sb_fingerprinter *f, const float *const *planes, size_t n_samples,
                                sb_error *err)
{
    for (size_t done = 0; done < n_samples;) {
        size_t n = sb_least_size(BLOCK, n_samples - done);
        for (size_t i = 0; i < n; i++)
            f->mono[i] = sb_mean_sample(planes, f->channels, done + i);
        if (!chromaprint_feed(f->context, f->mono, (int)n))
            return sb_error_memory(err, "processing the audio");
        done += n;
    }
    return SB_OK;
}

sb_status sb_fingerprinter_end(sb_fingerprinter *f, sb_fingerprint *out, sb_error *err)
{
    *out = (sb_fingerprint){0};
    uint32_t *codes = NULL;
    int n = 0;
    if (!chromaprint_finish(f->context) || !chromaprint_get_raw_fingerprint(f->context, &codes, &n))
        return sb_error_memory(err, "processing the audio");
    out->hop = sb_time_from_samples(chromaprint_get_item_duration(f->context), CODE_RATE);
    out->reach = out->hop + sb_time_from_samples(chromaprint_get_delay(f->context), CODE_RATE);
    if (n > 0 && (out->codes = malloc((size_t)n * sizeof *codes)) != NULL) {
        memcpy(out->codes, codes, (size_t)n * sizeof *codes);
        out->n_codes = (size_t)n;
    }
    chromaprint_dealloc(codes);
    return n > 0 && !out->codes ? sb_error_memory(err, "processing the audio") : SB_OK;
}
