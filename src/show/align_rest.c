#include "show/show.h"

#include "base/text/text.h"
#include "soundbite/align.h"

#include <stdlib.h>

/* Seconds of audio that are aligned in all: some minutes of work. The most likely candidates come first. */
#define BUDGET_S (4 * 3600.0)

static int by_evidence(const void *x, const void *y)
{
    const sb_show_candidate *a = x, *b = y;
    if (a->evidence > b->evidence || a->evidence < b->evidence)
        return a->evidence > b->evidence ? -1 : 1;
    if (a->transcript != b->transcript)
        return a->transcript < b->transcript ? -1 : 1;
    return (a->audio > b->audio) - (a->audio < b->audio);
}

/* Sets `*is_pair` if the aligner is certain. What cannot be aligned is no pair. */
static sb_status try_pair(bool *is_pair, const sb_show_pool *pool, const sb_show_candidate *candidate,
                          const sb_show_params *params, sb_error *err)
{
    const sb_align_params how = {.method = SB_METHOD_ACOUSTIC,
                                 .acoustic_model = params->acoustic_model,
                                 .dictionary = params->dictionary,
                                 .monitor = params->monitor};
    sb_error reason = {0};
    sb_transcript *transcript = NULL;
    sb_alignment *alignment = NULL;
    sb_status status = sb_show_read_item(&transcript, pool, candidate->transcript, params, &reason);
    if (status == SB_OK)
        status = sb_alignment_from_file(&alignment, sb_show_item_path(pool, candidate->audio), transcript,
                                        params->media, &how, NULL, &reason);
    *is_pair = status == SB_OK && alignment->pairing == SB_PAIRING_OK;
    sb_alignment_free(&alignment);
    sb_transcript_free(&transcript);
    if (status != SB_ERR_MEMORY && status != SB_ERR_INTERRUPTED)
        return SB_OK;
    *err = reason;
    return status;
}

static void keep_pair(sb_show_pool *pool, const sb_show_candidate *candidate)
{
    sb_show_item *item = &pool->items[candidate->transcript];
    item->pair = candidate->audio;
    item->by_content = true;
    item->evidence = "the transcript was aligned and belongs to the audio";
}

sb_status sb_show_align_rest(sb_show_pool *pool, sb_show_candidate *candidates, size_t n,
                             const sb_show_params *params, sb_error *err)
{
    double left_s = BUDGET_S;
    bool *taken = calloc(pool->n_items + 1, sizeof *taken);
    sb_status status = taken ? SB_OK : sb_error_memory(err, "pairing the files");
    if (n)
        qsort(candidates, n, sizeof *candidates, by_evidence);
    for (size_t i = 0; i < n && status == SB_OK; i++) {
        const sb_show_candidate *one = &candidates[i];
        bool is_pair = false;
        if (taken[one->transcript] || taken[one->audio] || one->seconds > left_s)
            continue;
        left_s -= one->seconds;
        status = try_pair(&is_pair, pool, one, params, err);
        sb_monitor_step(params->monitor, "align", (double)i + 1, (double)n);
        if (!is_pair)
            continue;
        taken[one->transcript] = taken[one->audio] = true;
        keep_pair(pool, one);
    }
    free(taken);
    return status;
}
