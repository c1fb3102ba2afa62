#include "clip/clip.h"

#include <stdlib.h>
#include <string.h>

void sb_clip_surroundings_init(sb_edge_audio *out, int64_t start, int64_t end, int sample_rate)
{
    int64_t context = sb_time_to_samples(SB_REHEAR_CONTEXT, sample_rate);
    int64_t overlap = sb_time_to_samples(SB_REHEAR_OVERLAP, sample_rate);
    overlap = overlap < end - start ? overlap : end - start;
    *out = (sb_edge_audio){.wanted = true};
    out->sides[0].first = start > context ? start - context : 0;
    out->sides[0].end = start + overlap;
    out->sides[1].first = end - overlap;
    out->sides[1].end = end + context;
    for (int side = 0; side < 2; side++) {
        int64_t inside = (side ? end : start) - out->sides[side].first;
        out->sides[side].cut = (size_t)((inside * SB_MONO_HZ + sample_rate / 2) / sample_rate);
    }
}

void sb_clip_surroundings_finish(sb_edge_audio *s)
{
    for (int side = 0; side < 2; side++) {
        sb_mono_maker_free(&s->sides[side].maker);
        free(s->sides[side].samples);
    }
    *s = (sb_edge_audio){0};
}

static sb_status keep(void *user, const float *mono, size_t n, sb_error *err)
{
    sb_clip_surrounding *side = user;
    if (n > side->capacity - side->n) {
        size_t capacity = 2 * (side->n + n);
        float *samples = realloc(side->samples, capacity * sizeof *samples);
        if (!samples)
            return sb_error_set(err, SB_ERR_MEMORY, "out of memory");
        side->samples = samples;
        side->capacity = capacity;
    }
    memcpy(side->samples + side->n, mono, n * sizeof *mono);
    side->n += n;
    return SB_OK;
}

static sb_status push(sb_clip_surrounding *side, const sb_pcm *block, sb_error *err)
{
    int64_t from = block->first_sample > side->first ? block->first_sample : side->first;
    int64_t until = block->first_sample + (int64_t)block->n_samples;
    until = until < side->end ? until : side->end;
    if (from >= until)
        return SB_OK;
    const float *at[64];
    for (int c = 0; c < block->channels; c++)
        at[c] = block->planes[c] + (from - block->first_sample);
    sb_status status = SB_OK;
    if (!side->maker)
        status = sb_mono_maker_create(&side->maker, block->sample_rate, block->channels, SB_MONO_HZ, err);
    return status ? status : sb_mono_push(side->maker, at, (size_t)(until - from), keep, side, err);
}

sb_status sb_clip_surroundings_push(sb_edge_audio *s, const sb_pcm *block, sb_error *err)
{
    if (!s->wanted)
        return SB_OK;
    sb_status status = push(&s->sides[0], block, err);
    return status ? status : push(&s->sides[1], block, err);
}

sb_status sb_clip_surroundings_end(sb_edge_sound *out, sb_edge_audio *s, int which, sb_error *err)
{
    sb_clip_surrounding *side = &s->sides[which];
    sb_status status = SB_OK;
    if (side->maker && !side->ended)
        status = sb_mono_end(side->maker, keep, side, err);
    side->ended = true;
    *out = (sb_edge_sound){side->samples, side->n, side->cut < side->n ? side->cut : side->n};
    return status;
}
