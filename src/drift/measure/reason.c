#include <math.h>
#include <stdlib.h>

#include "base/run/run.h"
#include "drift/measure/measure.h"

#define HOUR_S 3600

bool sb_drift_has_steps(const sb_drift *drift)
{
    return drift->resolution >= SB_TIME_SECOND / 10;
}

static char *mismatch_reason(const sb_alignment *a)
{
    char length[SB_TIME_TEXT];

    if (sb_drift_beyond_audio(a))
        return sb_text_print("Most of the transcript's times are after the end of the audio (%s), so it "
                             "belongs to another or a longer recording.",
                             sb_drift_print_stamp(length, a->audio.duration));
    if (a->method != SB_METHOD_ENERGY && sb_drift_stamps_fit_pauses(a))
        return sb_text_print(
            "The words of the transcript were not heard in the audio, but its times fit the pauses. It may "
            "be a translation; the energy method compares its times with the pauses only.");
    if (sb_drift_mostly_unheard(a))
        return sb_text_print("Most of the transcript's words were not heard in the audio, so it belongs to "
                             "another recording.");
    if (a->pairing_note)
        return sb_text_print("%s", a->pairing_note);
    return sb_text_print("The speech in the audio does not match the transcript, so the transcript seems to "
                         "belong to another recording.");
}

static char *unsure_reason(const sb_alignment *a)
{
    if (sb_drift_too_little_left(a))
        return sb_text_print(
            "The audio is damaged, and too little of it is left to tell whether the transcript "
            "belongs to it.");
    return sb_text_print("%s", a->pairing_note
                                   ? a->pairing_note
                                   : "There is too little evidence to tell whether the transcript belongs to "
                                     "this audio.");
}

static char *break_reason(const sb_break *b)
{
    char at[SB_TIME_TEXT], gap[SB_TIME_TEXT];

    sb_drift_print_length(gap, b->gap);
    sb_drift_print_stamp(at, b->at / SB_TIME_SECOND * SB_TIME_SECOND);
    if (b->gap > 0)
        return sb_text_print("The audio has %s s that is not in the transcript, starting at %s. Every later "
                             "time is too early by "
                             "that much.",
                             gap, at);
    return sb_text_print("From %s on, %s s of the transcript are missing in the audio. Every later time is "
                         "too late by that much.",
                         at, gap);
}

static char *offset_reason(const sb_drift *d)
{
    char offset[SB_TIME_TEXT];

    return sb_text_print("All times of the transcript are too %s by %s s, from the start.",
                         d->offset > 0 ? "early" : "late", sb_drift_print_length(offset, d->offset));
}

static char *conversion_reason(const sb_drift *d, double off_at_end_s)
{
    return sb_text_print("The timestamps were made for %s fps video, but the audio runs at %s fps, so they "
                         "are %.1f s too %s at the end.",
                         d->made_for_fps, d->runs_at_fps, fabs(off_at_end_s),
                         d->rate_ppm > 0 ? "early" : "late");
}

static char *rate_reason(const sb_drift *d, double off_at_end_s)
{
    if (d->made_for_fps)
        return conversion_reason(d, off_at_end_s);
    return sb_text_print(
        "The transcript's clock is too %s by %.0f parts per million: its times are %.1f s too %s at the end.",
        d->rate_ppm > 0 ? "slow" : "fast", fabs(d->rate_ppm), fabs(off_at_end_s),
        d->rate_ppm > 0 ? "early" : "late");
}

static size_t count_breaks(const sb_alignment *a, sb_time max_drift)
{
    size_t n = 0;

    for (size_t i = 0; i < a->n_breaks; i++)
        n += a->breaks[i].confidence >= SB_DRIFT_SURE && llabs(a->breaks[i].gap) > max_drift;
    return n;
}

static char *with_more_breaks(char *sentence, size_t n)
{
    if (!sentence || n == 0)
        return sentence;
    char *longer = n == 1 ? sb_text_print("%s One more break follows.", sentence)
                          : sb_text_print("%s %zu more breaks follow.", sentence, n);
    free(sentence);
    return longer;
}

static size_t worst_turn(const sb_drift *d)
{
    size_t worst = 0;

    for (size_t i = 0; i < d->n_errors; i++)
        if (d->errors[i] != SB_TIME_NONE && llabs(d->errors[i]) == d->max_abs_error)
            return i;
    return worst;
}

static char *stamps_reason(const sb_drift *d, const sb_alignment *a)
{
    size_t worst = worst_turn(d);
    char at[SB_TIME_TEXT], error[SB_TIME_TEXT], limit[SB_TIME_TEXT];

    return sb_text_print("%zu of %zu times are off by more than %s s; the worst, %s, is %s s too %s.",
                         d->n_beyond, d->n_stamps, sb_drift_print_length(limit, d->max_drift),
                         sb_drift_print_stamp(at, a->turns[worst].stamp),
                         sb_drift_print_length(error, d->errors[worst]),
                         d->errors[worst] > 0 ? "early" : "late");
}

static char *drift_reason(const sb_drift *d, const sb_alignment *a)
{
    const sb_break *b = sb_drift_large_break(a, d->max_drift);
    double max_drift_s = sb_time_to_seconds(d->max_drift);
    double off_at_end_s = d->rate_ppm * 1e-6 * sb_time_to_seconds(a->audio.duration);

    size_t n_breaks = count_breaks(a, d->max_drift);

    if (d->made_for_fps && fabs(off_at_end_s) > max_drift_s)
        return with_more_breaks(rate_reason(d, off_at_end_s), n_breaks);
    if (llabs(d->offset) > d->max_drift)
        return with_more_breaks(offset_reason(d), n_breaks);
    if (b)
        return with_more_breaks(break_reason(b), n_breaks - 1);
    if (fabs(off_at_end_s) > max_drift_s)
        return rate_reason(d, off_at_end_s);
    if (d->n_beyond == 0 && sb_drift_has_large_region(a))
        return sb_text_print("A part of the transcript does not belong to this audio.");
    return stamps_reason(d, a);
}

static char *ok_reason(const sb_drift *d)
{
    char limit[SB_TIME_TEXT], step[SB_TIME_TEXT];

    if (d->n_stamps == 0)
        return sb_text_print(
            "The transcript has no times to check; its turns were placed by the audio alone.");
    if (d->n_beyond == 0 && sb_drift_has_steps(d))
        return sb_text_print("The times fit the audio: apart from their resolution of %s s, none of %zu is "
                             "off by more than %s s.",
                             sb_drift_print_step(step, d), d->n_stamps,
                             sb_drift_print_length(limit, d->max_drift));
    if (d->n_beyond == 0)
        return sb_text_print("The times fit the audio: none of %zu is off by more than %s s.", d->n_stamps,
                             sb_drift_print_length(limit, d->max_drift));
    return sb_text_print("The times fit the audio: %zu of %zu are off by at most %s s; the others could not "
                         "be placed reliably.",
                         d->n_stamps - d->n_beyond, d->n_stamps, sb_drift_print_length(limit, d->max_drift));
}

/* Says which part of the transcript the verdict is not about. */
static char *with_missing_end(char *sentence, const sb_alignment *a)
{
    size_t n_missing = a->n_turns - sb_drift_n_held(a);
    char end[SB_TIME_TEXT];
    if (!sentence || n_missing == 0)
        return sentence;
    char *longer = sb_text_print(
        "%s This holds for the part that is left: the audio is damaged and ends at %s, "
        "before the last %zu turn%s of the transcript.",
        sentence, sb_drift_print_stamp(end, a->audio.duration), n_missing, n_missing == 1 ? "" : "s");
    free(sentence);
    return longer;
}

char *sb_drift_reason(const sb_drift *drift, const sb_alignment *alignment)
{
    switch (drift->verdict) {
    case SB_VERDICT_MISMATCH:
        return mismatch_reason(alignment);
    case SB_VERDICT_UNSURE:
        return unsure_reason(alignment);
    case SB_VERDICT_DRIFT:
        return with_missing_end(sb_drift_name_regions(drift_reason(drift, alignment), alignment), alignment);
    case SB_VERDICT_OK:
        break;
    }
    return with_missing_end(sb_drift_name_regions(ok_reason(drift), alignment), alignment);
}
