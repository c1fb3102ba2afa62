#include "clip/level/level.h"

#include "base/run/run.h"
#include "base/text/text.h"

#include <stdlib.h>

typedef struct sample_span {
    int64_t start, end;
} sample_span;

/* `spans` are sorted and do not overlap. Those before `first` are done. The whole episode is one span without
 * end. */
typedef struct sb_group_loudness_item {
    sb_loudness_of of;
    const char *speaker; /* NULL if unnamed */
    int channels;
    sb_loudness_meter *meter;
    sample_span *spans;
    size_t n_spans, first;
} sb_group_loudness_item;

static const sb_group_loudness_item *find_group(const sb_group_loudness *r, const sb_clip_job *job)
{
    for (size_t i = 0; i < r->n; i++) {
        const sb_group_loudness_item *item = &r->items[i];
        if (item->of == job->params->loudness_of && item->channels == job->shape.channels_out &&
            (item->of == SB_LOUDNESS_OF_EPISODE || sb_same_text(item->speaker, job->request->match->speaker)))
            return item;
    }
    return NULL;
}

static int compare_span_starts(const void *a, const void *b)
{
    const sample_span *left = a, *right = b;
    return (left->start > right->start) - (left->start < right->start);
}

static void merge(sb_group_loudness_item *item)
{
    size_t n = 0;
    if (item->n_spans)
        qsort(item->spans, item->n_spans, sizeof *item->spans, compare_span_starts);
    for (size_t i = 0; i < item->n_spans; i++) {
        sample_span span = item->spans[i];
        if (n && span.start <= item->spans[n - 1].end)
            item->spans[n - 1].end = span.end > item->spans[n - 1].end ? span.end : item->spans[n - 1].end;
        else
            item->spans[n++] = span;
    }
    item->n_spans = n;
}

static bool add_turns(sb_group_loudness_item *item, const sb_alignment *alignment, int rate)
{
    item->spans = calloc(alignment->n_turns + 1, sizeof *item->spans);
    for (size_t i = 0; item->spans && i < alignment->n_turns; i++) {
        const sb_aligned_turn *turn = &alignment->turns[i];
        if (turn->start == SB_TIME_NONE || turn->end == SB_TIME_NONE ||
            !sb_same_text(turn->speaker, item->speaker))
            continue;
        item->spans[item->n_spans++] =
            (sample_span){sb_time_to_samples(turn->start, rate), sb_time_to_samples(turn->end, rate)};
    }
    return item->spans != NULL;
}

static bool add_everything(sb_group_loudness_item *item)
{
    item->spans = malloc(sizeof *item->spans);
    if (item->spans)
        item->spans[item->n_spans++] = (sample_span){0, INT64_MAX};
    return item->spans != NULL;
}

sb_status sb_group_loudness_add(sb_group_loudness *r, const sb_clip_job *job, sb_error *err)
{
    if (job->params->loudness_of == SB_LOUDNESS_OF_CLIP || find_group(r, job))
        return SB_OK;
    r->alignment = job->source->alignment;
    r->sample_rate = job->shape.rate_in;
    sb_group_loudness_item item = {.of = job->params->loudness_of,
                                   .speaker = job->request->match->speaker,
                                   .channels = job->shape.channels_out};
    bool ok = item.of == SB_LOUDNESS_OF_EPISODE ? add_everything(&item)
                                                : add_turns(&item, r->alignment, r->sample_rate);
    if (ok)
        merge(&item);
    sb_status status =
        ok ? sb_loudness_meter_create(&item.meter, r->sample_rate, item.channels, job->shape.speakers, err)
           : sb_error_memory(err, "measuring loudness");
    if (!status && !sb_push_room(&r->items, r->n, sizeof *r->items))
        status = sb_error_memory(err, "measuring loudness");
    if (status) {
        sb_loudness_meter_free(&item.meter);
        free(item.spans);
        return status;
    }
    r->items[r->n++] = item;
    return SB_OK;
}

/* Adds samples [from, until) of a block, mixed as the clips are. */
static sb_status push_part(sb_group_loudness *r, sb_group_loudness_item *item, const sb_pcm *block,
                           size_t from, size_t until, sb_error *err)
{
    float *out[SB_CHANNELS_MAX];
    const float *in[SB_CHANNELS_MAX];
    for (int c = 0; c < item->channels; c++)
        out[c] = r->mixed + (size_t)c * SB_CLIP_BLOCK;
    for (size_t n; from < until; from += n) {
        n = until - from < SB_CLIP_BLOCK ? until - from : SB_CLIP_BLOCK;
        for (int c = 0; c < block->channels; c++)
            in[c] = block->planes[c] + from;
        sb_mix_channels(out, item->channels, in, block->channels, block->speakers, n);
        sb_status status = sb_loudness_meter_push(item->meter, (const float *const *)out, n, err);
        if (status)
            return status;
    }
    return SB_OK;
}

static sb_status push_to(sb_group_loudness *r, sb_group_loudness_item *item, const sb_pcm *block,
                         sb_error *err)
{
    int64_t begin = block->first_sample, end = begin + (int64_t)block->n_samples;
    while (item->first < item->n_spans && item->spans[item->first].end <= begin)
        item->first++;
    for (size_t i = item->first; i < item->n_spans && item->spans[i].start < end; i++) {
        int64_t from = item->spans[i].start > begin ? item->spans[i].start : begin;
        int64_t until = item->spans[i].end < end ? item->spans[i].end : end;
        sb_status status =
            from < until ? push_part(r, item, block, (size_t)(from - begin), (size_t)(until - begin), err)
                         : SB_OK;
        if (status)
            return status;
    }
    return SB_OK;
}

sb_status sb_group_loudness_push(sb_group_loudness *r, const sb_pcm *block, sb_error *err)
{
    if (r->n && !r->mixed)
        r->mixed = malloc(sizeof *r->mixed * SB_CLIP_BLOCK * SB_CHANNELS_MAX);
    if (r->n && !r->mixed)
        return sb_error_memory(err, "measuring loudness");
    sb_status status = SB_OK;
    for (size_t i = 0; !status && i < r->n; i++)
        status = push_to(r, &r->items[i], block, err);
    return status;
}

void sb_group_loudness_settle(const sb_group_loudness *r, sb_clip_job *job)
{
    sb_loudness_kind kind;
    const sb_group_loudness_item *item = find_group(r, job);
    if (item)
        job->reference_lufs = sb_loudness_meter_read(item->meter, &kind);
}

void sb_group_loudness_finish(sb_group_loudness *r)
{
    for (size_t i = 0; i < r->n; i++) {
        sb_loudness_meter_free(&r->items[i].meter);
        free(r->items[i].spans);
    }
    free(r->items);
    free(r->mixed);
    *r = (sb_group_loudness){0};
}
