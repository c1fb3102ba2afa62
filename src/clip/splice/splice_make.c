#include "clip/clip.h"

#include "base/run/run.h"

#include <string.h>

int64_t sb_splices_map(const sb_splice *splices, size_t n, int64_t at)
{
    int64_t removed = 0;
    for (size_t i = 0; i < n && splices[i].from < at; i++) {
        if (at < splices[i].until)
            return splices[i].from - removed;
        removed += splices[i].until - splices[i].from - splices[i].fill;
    }
    return at - removed;
}

typedef struct maker {
    sb_splicer *s;
    sb_clip_spool out;
    float **other; /* a second block */
    uint64_t n_fills;
} maker;

static sb_status copy(maker *m, int64_t from, int64_t until, sb_error *err)
{
    sb_splicer *s = m->s;
    for (int64_t at = from; at < until; at += SB_CLIP_BLOCK) {
        size_t n = until - at < SB_CLIP_BLOCK ? (size_t)(until - at) : SB_CLIP_BLOCK;
        sb_status status = sb_clip_spool_read(s->raw, s->planes, (size_t)at, n, err);
        if (!status)
            status = sb_clip_spool_append(&m->out, (const float *const *)s->planes, n, err);
        if (status)
            return status;
    }
    return SB_OK;
}

/* Crossfades `planes` with the block in `other` and outputs the result. */
static sb_status fade_over(maker *m, int64_t fade, double r, sb_error *err)
{
    for (int64_t i = 0; i < fade; i++) {
        sb_splice_weights w = sb_splice_weigh(i, fade, r);
        for (int c = 0; c < m->out.channels; c++)
            m->s->planes[c][i] = w.out * m->s->planes[c][i] + w.in * m->other[c][i];
    }
    return sb_clip_spool_append(&m->out, (const float *const *)m->s->planes, (size_t)fade, err);
}

static sb_status join(maker *m, const sb_splice *splice, sb_error *err)
{
    size_t n = (size_t)splice->fade;
    sb_status status =
        sb_clip_spool_read(m->s->raw, m->s->planes, (size_t)(splice->from - splice->fade / 2), n, err);
    if (!status)
        status = sb_clip_spool_read(m->s->raw, m->other, (size_t)(splice->until - splice->fade / 2), n, err);
    return status ? status : fade_over(m, splice->fade, splice->correlation, err);
}

/* The tone reaches half a fade beyond the gap on both sides. */
static sb_status fill_splice(maker *m, const sb_splice *splice, sb_error *err)
{
    int channels = m->out.channels;
    size_t fade = (size_t)splice->fade, n = (size_t)splice->fill + fade;
    float **tone = sb_planes_alloc(channels, n);
    const float *body[SB_CHANNELS_MAX];
    if (!tone)
        return sb_error_memory(err, "editing a clip");
    sb_room_tone_fill(m->s->tone, tone, n, m->n_fills++);
    sb_status status =
        sb_clip_spool_read(m->s->raw, m->s->planes, (size_t)splice->from - fade / 2, fade, err);
    for (int c = 0; c < channels; c++)
        memcpy(m->other[c], tone[c], sizeof **tone * fade);
    if (!status)
        status = fade_over(m, splice->fade, 0, err);
    for (int c = 0; c < channels; c++)
        body[c] = tone[c] + fade;
    if (!status)
        status = sb_clip_spool_append(&m->out, body, n - 2 * fade, err);
    for (int c = 0; c < channels; c++)
        memcpy(m->s->planes[c], tone[c] + (n - fade), sizeof **tone * fade);
    sb_planes_free(tone);
    if (!status)
        status = sb_clip_spool_read(m->s->raw, m->other, (size_t)splice->until - fade / 2, fade, err);
    return status ? status : fade_over(m, splice->fade, 0, err);
}

static sb_status make_all(maker *m, const sb_splice *splices, size_t n, sb_error *err)
{
    int64_t at = 0;
    for (size_t i = 0; i < n; i++) {
        sb_status status = copy(m, at, splices[i].from - splices[i].fade / 2, err);
        if (!status && splices[i].fade)
            status = splices[i].fill ? fill_splice(m, &splices[i], err) : join(m, &splices[i], err);
        if (status)
            return status;
        at = splices[i].until + splices[i].fade / 2;
    }
    return copy(m, at, (int64_t)m->s->raw->n_samples, err);
}

sb_status sb_splices_make(sb_splicer *s, const sb_splice *splices, size_t n, sb_error *err)
{
    int channels = s->raw->channels;
    int64_t length = sb_splices_map(splices, n, (int64_t)s->raw->n_samples);
    maker m = {.s = s};
    m.other = sb_planes_alloc(channels, SB_CLIP_BLOCK);
    if (!m.other)
        return sb_error_memory(err, "editing a clip");
    sb_status status = sb_clip_spool_init(&m.out, channels, (size_t)length, s->raw->samples != NULL, err);
    if (!status)
        status = make_all(&m, splices, n, err);
    sb_planes_free(m.other);
    if (status) {
        sb_clip_spool_finish(&m.out);
        return status;
    }
    sb_clip_spool_finish(s->raw);
    *s->raw = m.out;
    return SB_OK;
}
