#include "transcript/cues/cues.h"

/* Statistics of the decimals in a document's cue times. */
typedef struct decimals {
    bool has_length[4]; /* of 1, 2, 3 and more digits */
    bool has_leading_zero, has_trailing_zero, has_4_digits;
    sb_stamp_style style;
    sb_time last[2];     /* start of the cue before; as decimals and as milliseconds */
    size_t disorders[2]; /* cues that end before they start or start before the one before */
} decimals;

static void add_spelling(decimals *d, const char *text, const sb_stamp *stamp)
{
    size_t n = stamp->n_decimals;
    sb_stamp_style_add(&d->style, text, stamp->length);
    if (n == 0)
        return;
    int64_t first_unit = n == 1 ? 0 : n == 2 ? 10 : 100;
    bool is_1000 = n == 4 && stamp->decimals == 1000;
    d->has_length[n < 4 ? n - 1 : 3] = true;
    d->has_4_digits = d->has_4_digits || (n > 3 && !is_1000);
    d->has_leading_zero = d->has_leading_zero || (n <= 3 && stamp->decimals < first_unit);
    d->has_trailing_zero = d->has_trailing_zero || (n > 1 && n <= 3 && stamp->decimals % 10 == 0);
}

static sb_time as_milliseconds(const sb_stamp *stamp)
{
    return stamp->n_decimals == 0 || stamp->n_decimals > 3
               ? stamp->time
               : stamp->time - stamp->time % SB_TIME_SECOND + stamp->decimals * SB_TIME_MS;
}

static void count_decimals(decimals *d, const sb_stamp *start, const sb_stamp *stop)
{
    sb_time starts[2] = {start->time, as_milliseconds(start)}, stops[2] = {stop->time, as_milliseconds(stop)};
    for (int i = 0; i < 2; i++) {
        d->disorders[i] += (stops[i] < starts[i]) + (starts[i] < d->last[i]);
        d->last[i] = starts[i];
    }
}

/* Decimals of different lengths are either decimals without their trailing zeros, or milliseconds without
 * leading zeros. A zero at the end, the order of the cues, or other parts without padding show that they are
 * milliseconds. */
static bool counts_ms(const decimals *d)
{
    int n_lengths = d->has_length[0] + d->has_length[1] + d->has_length[2];
    bool has_short_parts = d->style.seconds == 1 || d->style.minutes == 1;
    if (n_lengths < 2 || d->has_leading_zero || d->has_4_digits || d->disorders[1] > d->disorders[0])
        return false;
    return d->has_trailing_zero || d->disorders[1] < d->disorders[0] || has_short_parts;
}

sb_cue_clock sb_cue_clock_measure(const char *text, size_t size)
{
    decimals d = {.style = SB_STAMP_STYLE_NONE};
    sb_line line = {0};
    while (sb_line_next(&line, text, size)) {
        sb_cue cue;
        sb_cue_repair repair;
        if (sb_cue_read_times(&cue, &repair, &(sb_cue_clock){0}, text, &line) != SB_CUE_LINE_TIMES ||
            cue.start == SB_TIME_NONE || cue.end_range.length == 0)
            continue;
        sb_stamp start = sb_stamp_clock(text + cue.start_range.at, cue.start_range.length);
        sb_stamp stop = sb_stamp_clock(text + cue.end_range.at, cue.end_range.length);
        add_spelling(&d, text + cue.start_range.at, &start);
        add_spelling(&d, text + cue.end_range.at, &stop);
        count_decimals(&d, &start, &stop);
    }
    return (sb_cue_clock){counts_ms(&d), d.has_4_digits};
}
