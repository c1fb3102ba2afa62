#include "clip/splice/splice.h"

#include "base/run/run.h"

#include <stdlib.h>

#define BESIDE SB_TIME_SECOND     /* longest part of a pause to analyse inside the cut */
#define BEYOND (400 * SB_TIME_MS) /* outside the cut */
/* seconds; a seek is cheaper than decoding more than this without using it */
#define WORTH_A_SEEK 5
#define LEAST_FADE   (2 * SB_TIME_MS)

/* One end of a clip: the analysed pause in samples, and its hops from the first sample on. */
typedef struct edge {
    sb_clip_job *job;
    bool at_end;
    int64_t from, until, planned;
    float *powers;
    size_t n_hops;
} edge;

typedef struct listening {
    edge *edges; /* sorted by `from` */
    size_t n, first, open;
    int hop, rate;
} listening;

static bool make_edge(edge *e, sb_clip_job *job, bool at_end, int rate)
{
    const sb_cut *cut = &job->result->cut;
    sb_time planned = at_end ? cut->span.end : cut->span.start;
    sb_time speech = at_end ? cut->speech.end : cut->speech.start;
    sb_time limit = at_end ? cut->quiet.end : cut->quiet.start;
    if (at_end ? planned <= speech || limit <= planned : planned >= speech || limit >= planned)
        return false;
    sb_time from = at_end ? speech : limit, until = at_end ? limit : speech;
    sb_time least = planned - (at_end ? BESIDE : BEYOND), most = planned + (at_end ? BEYOND : BESIDE);
    *e = (edge){.job = job,
                .at_end = at_end,
                .from = sb_time_to_samples(from > least ? from : least, rate),
                .until = sb_time_to_samples(until < most ? until : most, rate),
                .planned = at_end ? job->result->end_sample : job->result->start_sample};
    return e->from >= 0 && e->from < e->planned && e->planned < e->until;
}

static int by_from(const void *a, const void *b)
{
    const edge *left = a, *right = b;
    if (left->from != right->from)
        return left->from < right->from ? -1 : 1;
    return (left->job > right->job) - (left->job < right->job);
}

static void move_cut(const edge *e, int64_t sample, int rate)
{
    sb_clip_result *result = e->job->result;
    sb_cut *cut = &result->cut;
    sb_time at = sb_time_from_samples(sample, rate);
    if (e->at_end) {
        result->end_sample = sample;
        cut->span.end = at;
        result->tail = at - cut->speech.end;
    } else {
        result->start_sample = sample;
        cut->span.start = at;
        result->lead = cut->speech.start - at;
    }
    sb_time padding = e->at_end ? result->tail : result->lead;
    sb_time *fade = e->at_end ? &cut->fade_out : &cut->fade_in;
    if (*fade > padding)
        *fade = padding > LEAST_FADE ? padding : LEAST_FADE;
    e->job->shape.n_in = result->end_sample - result->start_sample;
    if (e->job->around.wanted)
        sb_clip_surroundings_init(&e->job->around, result->start_sample, result->end_sample, rate);
}

static void reverse(float *powers, size_t n)
{
    for (size_t i = 0; i < n / 2; i++) {
        float power = powers[i];
        powers[i] = powers[n - 1 - i];
        powers[n - 1 - i] = power;
    }
}

static sb_status settle_edge(const listening *l, edge *e, sb_error *err)
{
    size_t n = e->n_hops, place = (size_t)((e->planned - e->from) / l->hop), found;
    if (!e->at_end)
        reverse(e->powers, n);
    size_t planned = e->at_end || place >= n ? place : n - 1 - place;
    sb_status status = sb_breath_cut(&found, e->powers, n, planned, err);
    if (!status && found != planned) {
        size_t hop = e->at_end ? found : n - 1 - found;
        move_cut(e, e->from + (int64_t)hop * l->hop + l->hop / 2, l->rate);
    }
    free(e->powers);
    e->powers = NULL;
    return status;
}

static sb_status open_edge(const listening *l, edge *e, sb_error *err)
{
    e->n_hops = (size_t)((e->until - e->from) / l->hop);
    e->powers = calloc(e->n_hops + 1, sizeof *e->powers);
    return e->powers ? SB_OK : sb_error_memory(err, "editing a clip");
}

/* Differentiating emphasises breaths over hum. */
static void add_block(const listening *l, edge *e, const sb_pcm *block)
{
    int64_t first = block->first_sample, end = first + (int64_t)block->n_samples;
    int64_t from = e->from > first ? e->from : first + 1;
    int64_t until = e->from + (int64_t)e->n_hops * l->hop;
    if (until > end)
        until = end;
    for (int c = 0; c < block->channels; c++) {
        const float *x = block->planes[c] - first;
        for (int64_t i = from > first ? from : first + 1; i < until; i++) {
            float step = x[i] - x[i - 1];
            e->powers[(i - e->from) / l->hop] += step * step / (float)l->hop;
        }
    }
}

static sb_status take_block(listening *l, const sb_pcm *block, sb_error *err)
{
    int64_t end = block->first_sample + (int64_t)block->n_samples;
    sb_status status = SB_OK;
    while (!status && l->open < l->n && l->edges[l->open].from < end)
        status = open_edge(l, &l->edges[l->open++], err);
    for (size_t i = l->first; !status && i < l->open; i++)
        add_block(l, &l->edges[i], block);
    while (!status && l->first < l->open && l->edges[l->first].until <= end)
        status = settle_edge(l, &l->edges[l->first++], err);
    return status;
}

/* Edges beyond the end of the file keep their cut. */
static sb_status listen_to_edges(listening *l, sb_decoder *decoder, bool seek_safe, sb_error *err)
{
    sb_status status = SB_OK;
    for (int64_t at = 0; !status && l->first < l->n;) {
        sb_pcm block;
        if (l->first == l->open && l->edges[l->open].from - at > (int64_t)WORTH_A_SEEK * l->rate)
            status = sb_decoder_seek(decoder, l->edges[l->open].from, seek_safe, err);
        if (!status)
            status = sb_decoder_read(decoder, &block, err);
        if (status || block.n_samples == 0)
            return status;
        status = take_block(l, &block, err);
        at = block.first_sample + (int64_t)block.n_samples;
    }
    return status;
}

static sb_status open_and_listen(listening *l, const sb_clip_source *source, const sb_monitor *monitor,
                                 sb_error *err)
{
    sb_decoder *decoder = NULL;
    sb_media_params params = {.stream = source->info->stream, .has_stream = true, .monitor = monitor};
    sb_status status = sb_decoder_open(&decoder, source->audio_path, &params, err);
    if (!status)
        status = listen_to_edges(l, decoder, source->alignment->audio.seek_safe, err);
    sb_decoder_free(&decoder);
    return status;
}

sb_status sb_clip_avoid_breaths(sb_clip_job *const *jobs, size_t n, const sb_monitor *monitor, sb_error *err)
{
    if (n == 0)
        return SB_OK;
    int rate = jobs[0]->source->info->sample_rate;
    listening l = {.rate = rate, .hop = rate / SB_BREATH_HOPS, .edges = calloc(2 * n, sizeof *l.edges)};
    if (!l.edges)
        return sb_error_memory(err, "editing a clip");
    for (size_t i = 0; i < 2 * n; i++)
        l.n += make_edge(&l.edges[l.n], jobs[i / 2], i % 2, rate);
    qsort(l.edges, l.n, sizeof *l.edges, by_from);
    sb_status status = l.n ? open_and_listen(&l, jobs[0]->source, monitor, err) : SB_OK;
    for (size_t i = 0; i < l.n; i++)
        free(l.edges[i].powers);
    free(l.edges);
    return status;
}
