#include "media/decode/decode.h"

#include <stdlib.h>

/* Checks that are made once, after the last sample of a pass from the start. */

static void tell_cut(sb_decoder *d, sb_time end)
{
    sb_time missing = d->info.header_duration == SB_TIME_NONE ? 0 : d->info.header_duration - end;
    if (missing >= SB_TIME_SECOND / 2)
        sb_events_add(&d->report, SB_MEDIA_TRUNCATED, end, missing,
                      "the file is cut short; about %.1f s are missing", sb_time_to_seconds(missing));
    else
        sb_events_add(&d->report, SB_MEDIA_TRUNCATED, end, 0, "the file is cut short");
}

static void tell_duration(sb_decoder *d, sb_time end)
{
    sb_time claimed = d->info.header_duration;
    if (claimed == SB_TIME_NONE || d->info.has_video)
        return;
    sb_time wrong_by = end - claimed;
    sb_time packet = sb_time_from_samples(d->longest_frame, d->info.sample_rate);
    if (llabs(wrong_by) < (packet > SB_TIME_SECOND / 2 ? packet : SB_TIME_SECOND / 2))
        return;
    sb_events_add(&d->report, SB_MEDIA_DURATION, end, wrong_by,
                  "the header says %.1f s but the audio lasts %.1f s; the audio's own length is used",
                  sb_time_to_seconds(claimed), sb_time_to_seconds(end));
}

static void tell_samples(sb_decoder *d)
{
    const sb_converter *c = &d->converter;
    if (c->n_non_finite)
        sb_events_add(&d->report, SB_MEDIA_NON_FINITE,
                      sb_time_from_samples(c->first_non_finite, d->info.sample_rate), 0,
                      "%lld samples from here on are NaN or infinite; they were silenced",
                      (long long)c->n_non_finite);
    if (c->n_over_full)
        sb_events_add(&d->report, SB_MEDIA_OVER_FULL,
                      sb_time_from_samples(c->first_over_full, d->info.sample_rate), 0,
                      "%lld samples from here on are louder than +18 dBFS; they were clamped",
                      (long long)c->n_over_full);
}

void sb_decoder_tell_end(sb_decoder *d)
{
    if (!d->from_start || d->report.ended)
        return;
    d->report.ended = true;
    sb_time end = sb_time_from_samples(d->report.n_samples, d->info.sample_rate);
    tell_samples(d);
    d->report.microphones = sb_low_meter_is_full(&d->low);
    if (sb_integrity_is_cut(&d->demux, d->report.n_samples, d->longest_frame, d->info.sample_rate,
                            d->trouble == SB_TROUBLE_DAMAGE))
        tell_cut(d, end);
    else
        tell_duration(d, end);
}
