#include "transcript/transcript.h"

static void push_edit(sb_time_edits *edits, sb_range range, sb_time old, sb_time time)
{
    if (time != SB_TIME_NONE && time != old)
        sb_time_edits_add(edits, range, time);
}

/* Times inside a turn move by the same amount as its timestamp, but stay inside the turn. */
static void push_inner(sb_time_edits *edits, const sb_transcript *t, const sb_inner_time *inner,
                       const sb_time *stamps, const sb_time *stops)
{
    const sb_turn *turn = &t->turns[inner->turn];
    sb_time stamp = stamps[inner->turn], stop = stops ? stops[inner->turn] : SB_TIME_NONE;
    if (stamp == SB_TIME_NONE || turn->stamp == SB_TIME_NONE)
        return;
    sb_time moved = inner->time + (stamp - turn->stamp);
    bool is_inside = turn->stop != SB_TIME_NONE && inner->time <= turn->stop;
    if (is_inside && stop != SB_TIME_NONE && moved > stop)
        moved = stop;
    if (inner->time >= turn->stamp && moved < stamp)
        moved = stamp;
    push_edit(edits, inner->range, inner->time, moved);
}

static void collect(sb_time_edits *edits, const sb_transcript *t, const sb_time *stamps, const sb_time *stops)
{
    for (size_t i = 0; i < t->n_turns; i++) {
        const sb_turn *turn = &t->turns[i];
        push_edit(edits, turn->stamp_range, turn->stamp, stamps ? stamps[i] : SB_TIME_NONE);
        push_edit(edits, turn->stop_range, turn->stop, stops ? stops[i] : SB_TIME_NONE);
    }
    for (size_t i = 0; stamps && t->n_turns > 0 && i < t->n_inner_times; i++)
        push_inner(edits, t, &t->inner_times[i], stamps, stops);
}

/* True if the spelling means `time` only with its decimals as milliseconds. */
static bool counts_ms(const sb_transcript *t, sb_range range, sb_time time)
{
    sb_stamp stamp = sb_stamp_clock(t->source + range.at, range.length);
    return range.length > 0 && time != SB_TIME_NONE && stamp.n_decimals > 0 && stamp.n_decimals < 3 &&
           stamp.time != time && time % SB_TIME_SECOND == stamp.decimals * SB_TIME_MS;
}

static sb_stamp_style measure_style(const sb_transcript *t)
{
    sb_stamp_style style = SB_STAMP_STYLE_NONE;
    for (size_t i = 0; i < t->n_turns; i++) {
        const sb_turn *turn = &t->turns[i];
        sb_stamp_style_add(&style, t->source + turn->stamp_range.at, turn->stamp_range.length);
        sb_stamp_style_add(&style, t->source + turn->stop_range.at, turn->stop_range.length);
        style.counts_ms = style.counts_ms || counts_ms(t, turn->stamp_range, turn->stamp) ||
                          counts_ms(t, turn->stop_range, turn->stop);
    }
    return style;
}

typedef struct spelling {
    const sb_transcript *transcript;
    sb_stamp_style style;
} spelling;

static void respell(sb_bytes *out, sb_range range, sb_time time, const void *user)
{
    const spelling *s = user;
    const sb_transcript *t = s->transcript;
    sb_stamp_respell(out, t->source + range.at, range.length, time, &s->style, t->number_unit);
}

sb_status sb_transcript_restamp(struct sb_bytes *out, const sb_transcript *transcript, const sb_time *stamps,
                                const sb_time *stops, sb_error *err)
{
    spelling s = {transcript, measure_style(transcript)};
    sb_time_edits edits = {0};
    collect(&edits, transcript, stamps, stops);
    if (sb_time_edits_apply(out, &edits, transcript->source, transcript->source_size, transcript->encoding,
                            respell, &s))
        return SB_OK;
    return sb_error_set(err, SB_ERR_MEMORY,
                        "not enough memory to write the transcript; close other programs and try again");
}
