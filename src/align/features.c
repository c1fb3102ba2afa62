#include "align/align.h"

#include "base/run/run.h"

#include <stdlib.h>

struct sb_features_maker {
    sb_mono_maker *mono;       /* for the bands, and for the cepstra if they need the same rate */
    sb_mono_maker *model_mono; /* for the cepstra; NULL if `mono` is used */
    sb_cepstra_maker *cepstra;
    sb_relay *relay; /* to the cepstra, and to the bands if both need the same rate */
    sb_bands_maker *bands;
};

static sb_status make_features(void *user, const float *mono, size_t n, sb_error *err)
{
    sb_features_maker *m = user;
    sb_status status = sb_cepstra_push(m->cepstra, mono, n, err);
    return status == SB_OK && !m->model_mono ? sb_bands_push(m->bands, mono, n, err) : status;
}

sb_status sb_features_maker_create(sb_features_maker **out, int sample_rate, int channels,
                                   const sb_front_end *front_end, sb_error *err)
{
    int model_hz = front_end ? front_end->sample_rate : SB_MONO_HZ;
    *out = NULL;
    sb_features_maker *m = calloc(1, sizeof *m);
    if (!m)
        return sb_error_memory(err, "reading the audio");
    sb_status status = sb_mono_maker_create(&m->mono, sample_rate, channels, SB_MONO_HZ, err);
    if (status == SB_OK && model_hz != SB_MONO_HZ)
        status = sb_mono_maker_create(&m->model_mono, sample_rate, channels, model_hz, err);
    if (status == SB_OK)
        status = sb_cepstra_maker_create(&m->cepstra, front_end, err);
    if (status == SB_OK)
        status = sb_relay_create(&m->relay, make_features, m, err);
    if (status == SB_OK)
        status = sb_bands_maker_create(&m->bands, err);
    if (status == SB_OK)
        *out = m;
    else
        sb_features_maker_free(&m);
    return status;
}

void sb_features_maker_free(sb_features_maker **slot)
{
    sb_features_maker *m = *slot;
    *slot = NULL;
    if (!m)
        return;
    sb_relay_free(&m->relay);
    sb_mono_maker_free(&m->mono);
    sb_mono_maker_free(&m->model_mono);
    sb_cepstra_maker_free(&m->cepstra);
    sb_bands_maker_free(&m->bands);
    free(m);
}

static sb_status take_mono(void *user, const float *mono, size_t n, sb_error *err)
{
    sb_features_maker *m = user;
    return m->model_mono ? sb_bands_push(m->bands, mono, n, err) : sb_relay_push(m->relay, mono, n, err);
}

static sb_status take_for_model(void *user, const float *mono, size_t n, sb_error *err)
{
    return sb_relay_push(((sb_features_maker *)user)->relay, mono, n, err);
}

sb_status sb_features_push(sb_features_maker *m, const float *const *planes, size_t n_samples, sb_error *err)
{
    sb_status status = sb_mono_push(m->mono, planes, n_samples, take_mono, m, err);
    if (status == SB_OK && m->model_mono)
        status = sb_mono_push(m->model_mono, planes, n_samples, take_for_model, m, err);
    return status;
}

sb_status sb_features_end(sb_features_maker *m, sb_features *out, sb_error *err)
{
    *out = (sb_features){0};
    sb_status status = sb_mono_end(m->mono, take_mono, m, err);
    if (status == SB_OK && m->model_mono)
        status = sb_mono_end(m->model_mono, take_for_model, m, err);
    if (status == SB_OK)
        status = sb_relay_end(m->relay, err);
    if (status == SB_OK)
        status = sb_cepstra_end(m->cepstra, &out->cepstra, err);
    if (status == SB_OK)
        status = sb_bands_end(m->bands, &out->levels, err);
    if (status != SB_OK)
        sb_features_finish(out);
    return status;
}

void sb_features_finish(sb_features *features)
{
    sb_cepstra_finish(&features->cepstra);
    sb_band_levels_finish(&features->levels);
}
