#include "align/acoustic/acoustic_aligner.h"
#include "base/run/run.h"

#include <stdlib.h>

#define SAMPLE_CHUNKS 24

/* The index of chunk i of an evenly spaced sample of n chunks. */
static size_t sampled(const sb_chunks *chunks, size_t n, size_t i)
{
    return (2 * i + 1) * chunks->n_items / (2 * n);
}

/* Picks enough chunks to adapt the model. */
static size_t pick_sample(const sb_chunks *chunks, size_t most, sb_chunk *out)
{
    size_t n = chunks->n_items < most ? chunks->n_items : most;
    for (size_t i = 0; i < n; i++)
        out[i] = chunks->items[sampled(chunks, n, i)];
    return n;
}

static sb_status adapt_to(sb_sample *sample, sb_adapt_stats *stats, size_t n, sb_error *err)
{
    for (size_t i = 1; i < n; i++)
        sb_adapt_sum(&stats[0], &stats[i]);
    if (n == 0 || stats[0].n_frames < SB_ADAPT_SECONDS_LEAST * SB_CEPSTRA_RATE)
        return SB_OK;
    return sb_acoustic_model_adapt(&sample->adapted, sample->listen.model, &stats[0], err);
}

/* The median over the words heard in the sample. */
static sb_status find_usual_fit(sb_sample *sample, sb_error *err)
{
    float *fits = calloc(sample->n_words + 1, sizeof *fits);
    size_t n = 0;
    if (!fits)
        return sb_error_memory(err, "aligning");
    for (size_t w = 0; w < sample->n_words; w++)
        if (sample->heard[w].heard)
            fits[n++] = sample->heard[w].fit;
    qsort(fits, n, sizeof *fits, sb_compare_floats);
    sample->usual_fit = n ? fits[n / 2] : 0;
    free(fits);
    return SB_OK;
}

sb_status sb_sample_adapt(sb_sample *sample, sb_error *err)
{
    sb_chunk items[SAMPLE_CHUNKS];
    sb_chunks chunks = {.items = items, .n_items = pick_sample(sample->chunks, SAMPLE_CHUNKS, items)};
    sb_adapt_stats *stats = calloc(SAMPLE_CHUNKS, sizeof *stats);
    if (!stats)
        return sb_error_memory(err, "aligning");
    sample->listen.stats = stats;
    sb_status status = sb_listen(sample->heard, &chunks, &sample->listen, err);
    if (status == SB_OK)
        status = adapt_to(sample, stats, chunks.n_items, err);
    if (status == SB_OK)
        status = find_usual_fit(sample, err);
    sample->listen.stats = NULL;
    sample->listen.usual_fit = &sample->usual_fit;
    if (sample->adapted)
        sample->listen.model = sample->adapted;
    free(stats);
    return status;
}

sb_status sb_sample_measure(sb_sample *sample, sb_error *err)
{
    sb_chunk items[SAMPLE_CHUNKS];
    sb_chunks chunks = {.items = items, .n_items = pick_sample(sample->chunks, SAMPLE_CHUNKS, items)};
    sb_heard_word *decoys = calloc(sample->n_words + 1, sizeof *decoys);
    sb_lexicon backwards = {0};
    sb_listen_params backwards_params = sample->listen;
    sb_status status = decoys ? sb_lexicon_reverse(&backwards, sample->listen.lexicon, err)
                              : sb_error_memory(err, "aligning");
    backwards_params.lexicon = &backwards;
    backwards_params.unrefined = true;
    if (status == SB_OK)
        status = sb_listen(decoys, &chunks, &backwards_params, err);
    if (status == SB_OK)
        status = sb_listen(sample->heard, &chunks, &sample->listen, err);
    if (status == SB_OK)
        status = sb_evidence_measure(&sample->evidence, sample->heard, decoys, sample->n_words, err);
    if (status == SB_OK)
        sample->z_elsewhere = sb_evidence_advantage(sample->heard, decoys, sample->n_words, sample->anchored);
    if (status == SB_OK)
        status = sb_voices_measure(&sample->voices, sample->alignment, sample->heard, decoys, sample->n_words,
                                   err);
    sb_lexicon_finish(&backwards);
    free(decoys);
    return status;
}

/* The sample that measured the evidence was already searched with this model. */
sb_status sb_sample_listen_to_rest(sb_sample *sample, sb_error *err)
{
    size_t n = sample->chunks->n_items < SAMPLE_CHUNKS ? sample->chunks->n_items : SAMPLE_CHUNKS, next = 0;
    sb_chunks rest = {.items = calloc(sample->chunks->n_items + 1, sizeof *rest.items)};
    if (!rest.items)
        return sb_error_memory(err, "aligning");
    for (size_t i = 0; i < sample->chunks->n_items; i++) {
        if (next < n && i == sampled(sample->chunks, n, next))
            next++;
        else
            rest.items[rest.n_items++] = sample->chunks->items[i];
    }
    sb_status status = sb_listen(sample->heard, &rest, &sample->listen, err);
    free(rest.items);
    return status;
}

void sb_sample_finish(sb_sample *sample)
{
    sb_acoustic_model_free(&sample->adapted);
    sb_voices_finish(&sample->voices);
}
