#include "clip/sound/sound.h"

#include <stdlib.h>

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
        free(s->sides[side].mono.samples);
    }
    *s = (sb_edge_audio){0};
}

static sb_status push(sb_clip_surrounding *side, const sb_pcm *block, sb_error *err)
{
    const float *part[SB_CHANNELS_MAX];
    int64_t at;
    size_t n = sb_pcm_part(part, &at, block, side->first, side->end);
    if (n == 0)
        return SB_OK;
    sb_status status = SB_OK;
    if (!side->maker)
        status = sb_mono_maker_create(&side->maker, block->sample_rate, block->channels, SB_MONO_HZ, err);
    return status ? status : sb_mono_push(side->maker, part, n, sb_mono_keep, &side->mono, err);
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
        status = sb_mono_end(side->maker, sb_mono_keep, &side->mono, err);
    side->ended = true;
    *out = (sb_edge_sound){side->mono.samples, side->mono.n,
                           side->cut < side->mono.n ? side->cut : side->mono.n};
    return status;
}
