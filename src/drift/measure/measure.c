#include <stdlib.h>

#include "alignment/alignment.h"
#include "base/run/run.h"
#include "drift/measure/measure.h"
#include "option/option.h"

#define CONVERSION_PPM 1.0 /* the time map adopts a conversion's rate exactly if it is near */

void sb_drift_free(sb_drift **drift)
{
    sb_drift *d = *drift;

    if (!d)
        return;
    for (size_t i = 0; i < d->n_suspects; i++)
        free(d->suspects[i].note);
    free(d->suspects);
    free(d->errors);
    free(d->reason);
    free(d);
    *drift = NULL;
}

static const char *const verdict_names[] = {"ok", "unsure", "drift", "mismatch"};
static const char *const suspect_names[] = {"duplicate-text", "unheard-text", "speaker", "order",
                                            "same-second"};

const char *sb_verdict_name(sb_verdict verdict)
{
    return verdict_names[verdict];
}

const char *sb_suspect_kind_name(sb_suspect_kind kind)
{
    return suspect_names[kind];
}

static sb_time percentile(const sb_time *sorted, size_t n, size_t percent)
{
    size_t rank = (n * percent + 99) / 100;

    return n == 0 ? SB_TIME_NONE : sorted[rank > 0 ? rank - 1 : 0];
}

static sb_status take_errors(sb_drift *d, const sb_alignment *a, sb_error *err)
{
    d->errors = calloc(a->n_turns ? a->n_turns : 1, sizeof *d->errors);
    if (!d->errors)
        return sb_error_memory(err, "measuring drift");
    d->n_errors = a->n_turns;
    for (size_t i = 0; i < a->n_turns; i++) {
        const sb_aligned_turn *turn = &a->turns[i];
        bool known = turn->stamp != SB_TIME_NONE && turn->start != SB_TIME_NONE;
        d->errors[i] = known ? turn->start - turn->stamp : SB_TIME_NONE;
        d->n_stamps += known;
    }
    return SB_OK;
}

static void count_errors(sb_drift *d)
{
    for (size_t i = 0; i < d->n_errors; i++) {
        if (d->errors[i] == SB_TIME_NONE)
            continue;
        d->n_within_resolution += d->errors[i] >= 0 && d->errors[i] < d->resolution;
        d->n_beyond += sb_drift_is_beyond(d, i);
    }
}

static sb_status take_figures(sb_drift *d, const sb_alignment *a, sb_error *err)
{
    size_t n = 0;
    sb_time *sorted = calloc(d->n_stamps ? d->n_stamps : 1, sizeof *sorted);

    if (!sorted)
        return sb_error_memory(err, "measuring drift");
    for (size_t i = 0; i < d->n_errors; i++)
        if (d->errors[i] != SB_TIME_NONE)
            sorted[n++] = d->errors[i];
    qsort(sorted, n, sizeof *sorted, sb_compare_times);
    sb_time median = percentile(sorted, n, 50);
    for (size_t i = 0; i < n; i++)
        sorted[i] = llabs(sorted[i]);
    qsort(sorted, n, sizeof *sorted, sb_compare_times);
    d->median_abs_error = percentile(sorted, n, 50);
    d->p95_abs_error = percentile(sorted, n, 95);
    d->max_abs_error = percentile(sorted, n, 100);
    d->offset = a->n_map > 0 ? a->map[0].offset : n > 0 ? median - d->resolution / 2 : 0;
    d->rate_ppm = a->n_map > 0 ? a->map[0].rate_ppm : 0;
    const sb_frame_rates *rates = sb_frame_rates_near(d->rate_ppm, CONVERSION_PPM);
    d->made_for_fps = rates ? rates->made_for_fps : NULL;
    d->runs_at_fps = rates ? rates->runs_at_fps : NULL;
    free(sorted);
    return SB_OK;
}

static sb_status measure_all(sb_drift *d, const sb_alignment *a, sb_error *err)
{
    sb_status status = take_errors(d, a, err);

    if (status == SB_OK)
        status = take_figures(d, a, err);
    if (status != SB_OK)
        return status;
    count_errors(d);
    d->verdict = sb_drift_judge(d, a);
    d->reason = sb_drift_reason(d, a);
    if (!d->reason)
        return sb_error_memory(err, "measuring drift");
    return sb_drift_find_suspects(d, a, err);
}

sb_status sb_drift_measure(sb_drift **out, const sb_alignment *alignment, const sb_drift_params *params,
                           sb_error *err)
{
    *out = NULL;
    if (alignment->method == SB_METHOD_NONE)
        return sb_error_set(
            err, SB_ERR_ARGUMENT,
            "nothing to measure because there is no audio; align the transcript to its audio first");
    bool given = params && (params->max_drift || params->has_max_drift);
    sb_time max_drift = given ? params->max_drift : SB_MAX_DRIFT;
    if (params && sb_option_fields_check(SB_OPTION_DRIFT, params, err))
        return SB_ERR_ARGUMENT;
    sb_drift *d = calloc(1, sizeof *d);
    if (!d)
        return sb_error_memory(err, "measuring drift");
    d->max_drift = max_drift;
    d->resolution = alignment->transcript.resolution != SB_TIME_NONE ? alignment->transcript.resolution : 0;
    sb_status status = measure_all(d, alignment, err);
    if (status != SB_OK)
        sb_drift_free(&d);
    *out = d;
    return status;
}
