#include <string.h>

#include "transcript/transcript.h"

/* True if the spelling means `time` only with its decimals as milliseconds. */
static bool counts_ms(const sb_time_edits *edits, sb_range range, sb_time time)
{
    sb_stamp stamp = sb_stamp_clock(edits->source + range.at, range.length);
    return range.length > 0 && time != SB_TIME_NONE && stamp.n_decimals > 0 && stamp.n_decimals < 3 &&
           stamp.time != time && time % SB_TIME_SECOND == stamp.decimals * SB_TIME_MS;
}

/* "1.5s" is in seconds even if other numbers are not. */
static sb_time unit_at(const sb_time_edits *edits, sb_range range, sb_time unit)
{
    size_t after = range.at + range.length;
    return after < edits->size && edits->source[after] == 's' ? SB_TIME_SECOND : unit;
}

static void push_edit(sb_time_edits *edits, sb_range range, sb_time old, sb_time time, sb_time unit)
{
    sb_time_edits_measure(edits, range);
    edits->style.counts_ms = edits->style.counts_ms || counts_ms(edits, range, old);
    if (time != SB_TIME_NONE && time != old)
        sb_time_edits_add(edits, range, time, unit_at(edits, range, unit));
}

/* Times inside a turn move by the same amount as its timestamp, but stay inside the turn. Those that are
 * equal to its end stay equal. */
static void push_inner(sb_time_edits *edits, const sb_transcript *t, const sb_inner_time *inner,
                       const sb_time *stamps, const sb_time *stops)
{
    const sb_turn *turn = &t->turns[inner->turn];
    sb_time stamp = stamps[inner->turn], stop = stops ? stops[inner->turn] : SB_TIME_NONE;
    if (stamp == SB_TIME_NONE || turn->stamp == SB_TIME_NONE)
        return;
    sb_time moved = inner->time + (stamp - turn->stamp);
    bool is_inside = turn->stop != SB_TIME_NONE && inner->time <= turn->stop;
    if (is_inside && stop != SB_TIME_NONE && (moved > stop || inner->time == turn->stop))
        moved = stop;
    if (inner->time >= turn->stamp && moved < stamp)
        moved = stamp;
    if (moved != inner->time)
        sb_time_edits_add(edits, inner->range, moved, unit_at(edits, inner->range, t->number_unit));
}

static void add_turn_edits(sb_time_edits *edits, const sb_transcript *t, const sb_time *stamps,
                           const sb_time *stops)
{
    for (size_t i = 0; i < t->n_turns; i++) {
        const sb_turn *turn = &t->turns[i];
        push_edit(edits, turn->stamp_range, turn->stamp, stamps ? stamps[i] : SB_TIME_NONE, t->number_unit);
        push_edit(edits, turn->stop_range, turn->stop, stops ? stops[i] : SB_TIME_NONE, t->number_unit);
    }
    for (size_t i = 0; i < t->n_inner_times; i++) {
        sb_range range = t->inner_times[i].range;
        if (!memchr(edits->source + range.at, ':', range.length))
            sb_time_edits_measure(edits, range);
    }
    for (size_t i = 0; stamps && t->n_turns > 0 && i < t->n_inner_times; i++)
        push_inner(edits, t, &t->inner_times[i], stamps, stops);
}

sb_status sb_transcript_restamp(struct sb_bytes *out, const sb_transcript *transcript, const sb_time *stamps,
                                const sb_time *stops, sb_error *err)
{
    sb_time_edits edits = {
        .source = transcript->source, .size = transcript->source_size, .style = SB_STAMP_STYLE_NONE};
    add_turn_edits(&edits, transcript, stamps, stops);
    if (sb_time_edits_apply(out, &edits, transcript->encoding))
        return SB_OK;
    return sb_error_set(err, SB_ERR_MEMORY,
                        "not enough memory to write the transcript; close other programs and try again");
}
