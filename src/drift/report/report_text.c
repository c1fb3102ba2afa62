#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/text/text.h"
#include "drift/measure/measure.h"

#define LABEL_COLUMNS 14
#define MIN_COLUMNS   40
#define MAX_SHOWN     12 /* items shown of any list; the others are counted */

typedef struct page {
    sb_bytes *out;
    size_t width;
} page;

/* Writes the text after its label, wrapped at blanks and indented to the label's column. */
static void put_labelled(page *p, const char *label, const char *text)
{
    size_t used = LABEL_COLUMNS;

    sb_bytes_print(p->out, "%-*s", LABEL_COLUMNS, label);
    while (*text) {
        size_t size = strcspn(text, " "), n = sb_utf8_width(text, size);
        if (used > LABEL_COLUMNS && used + 1 + n > p->width) {
            sb_bytes_append(p->out, "\n", 1);
            sb_bytes_print(p->out, "%*s", LABEL_COLUMNS, "");
            used = LABEL_COLUMNS;
        }
        if (used > LABEL_COLUMNS) {
            sb_bytes_append(p->out, " ", 1);
            used++;
        }
        sb_append_printable_n(p->out, text, size);
        used += n;
        text += size;
        text += strspn(text, " ");
    }
    sb_bytes_append(p->out, "\n", 1);
}

static void put_bytes(page *p, const char *label, sb_bytes *text)
{
    put_labelled(p, label, text->data ? text->data : "");
    p->out->failed = p->out->failed || text->failed;
    sb_bytes_finish(text);
}

static void put_rest(page *p, size_t n)
{
    sb_bytes text = {0};

    if (n <= MAX_SHOWN)
        return;
    sb_bytes_print(&text, "and %zu more; the JSON report lists them all", n - MAX_SHOWN);
    put_bytes(p, "", &text);
}

static void put_offset(page *p, const sb_drift *d)
{
    char length[SB_TIME_TEXT];
    sb_bytes text = {0};

    sb_drift_print_length(length, d->offset);
    if (llabs(d->offset) < SB_TIME_MS)
        sb_bytes_text(&text, "none: the transcript and the audio start together");
    else
        sb_bytes_print(&text, "%s s: the audio is %s than the transcript says", length,
                       d->offset > 0 ? "later" : "earlier");
    put_bytes(p, "Offset", &text);
}

static void put_rate(page *p, const sb_drift *d)
{
    sb_bytes text = {0};
    double ms_an_hour = d->rate_ppm * 3.6;

    if (fabs(d->rate_ppm) < 0.5)
        sb_bytes_text(&text, "the transcript and the audio run at the same speed");
    else if (d->made_for_fps)
        sb_bytes_print(&text, "%ld parts per million: made for %s fps video, but the audio runs at %s fps",
                       lround(d->rate_ppm), d->made_for_fps, d->runs_at_fps);
    else
        sb_bytes_print(&text, "%ld parts per million: the audio %s %ld ms per hour", lround(d->rate_ppm),
                       ms_an_hour > 0 ? "loses" : "gains", lround(fabs(ms_an_hour)));
    put_bytes(p, "Clock", &text);
}

static void put_break(page *p, const char *label, const sb_break *b)
{
    char at[SB_TIME_TEXT], gap[SB_TIME_TEXT], from[SB_TIME_TEXT], until[SB_TIME_TEXT];
    sb_bytes text = {0};

    sb_bytes_print(&text, "at %s of the transcript, %s s ", sb_time_print(at, b->at, 1),
                   sb_drift_print_length(gap, b->gap));
    if (b->gap > 0)
        sb_bytes_print(&text, "were inserted: %s to %s of the audio", sb_time_print(from, b->audio.start, 1),
                       sb_time_print(until, b->audio.end, 1));
    else
        sb_bytes_print(&text, "are missing: at %s of the audio", sb_time_print(from, b->audio.start, 1));
    if (b->confidence < SB_DRIFT_SURE)
        sb_bytes_text(&text, " (uncertain)");
    put_bytes(p, label, &text);
}

/* Returns the next largest break after `last`; `n_breaks` for `last` means to begin, and as a result that
 * there are no more. */
static size_t next_largest(const sb_alignment *a, size_t last)
{
    size_t largest = a->n_breaks;

    for (size_t i = 0; i < a->n_breaks; i++) {
        sb_time gap = llabs(a->breaks[i].gap),
                bound = last < a->n_breaks ? llabs(a->breaks[last].gap) : INT64_MAX;
        bool is_after = gap < bound || (gap == bound && i > last);
        if (is_after && (largest == a->n_breaks || gap > llabs(a->breaks[largest].gap)))
            largest = i;
    }
    return largest;
}

static void put_breaks(page *p, const sb_alignment *a)
{
    size_t n = 0;

    if (a->n_breaks == 0)
        put_labelled(p, "Breaks", "none: nothing was inserted or cut out");
    for (size_t i = next_largest(a, a->n_breaks); i < a->n_breaks && n < MAX_SHOWN; i = next_largest(a, i))
        put_break(p, n++ == 0 ? "Breaks" : "", &a->breaks[i]);
    put_rest(p, a->n_breaks);
}

static void put_stamps(page *p, const sb_drift *d)
{
    char median[SB_TIME_TEXT], p95[SB_TIME_TEXT], worst[SB_TIME_TEXT], unit[SB_TIME_TEXT];
    sb_bytes text = {0};

    sb_drift_print_step(unit, d);
    sb_bytes_print(&text,
                   "%zu measured, with a resolution of %s s; %zu (%zu %%) are right at that resolution",
                   d->n_stamps, unit, d->n_within_resolution, d->n_within_resolution * 100 / d->n_stamps);
    put_bytes(p, "Times", &text);
    sb_bytes_print(&text, "median %s s, 95 %% within %s s, worst %s s; ",
                   sb_drift_print_length(median, d->median_abs_error),
                   sb_drift_print_length(p95, d->p95_abs_error),
                   sb_drift_print_length(worst, d->max_abs_error));
    if (sb_drift_has_steps(d))
        sb_bytes_print(&text,
                       "up to %s s of that is resolution, %zu exceed the resolution plus the limit of ", unit,
                       d->n_beyond);
    else
        sb_bytes_print(&text, "%zu exceed the limit of ", d->n_beyond);
    sb_bytes_print(&text, "%s s", sb_drift_print_length(unit, d->max_drift));
    put_bytes(p, "Error", &text);
}

static void put_turn(page *p, const char *label, const sb_aligned_turn *turn, sb_time error)
{
    char stamp[SB_TIME_TEXT], start[SB_TIME_TEXT], off[SB_TIME_TEXT];
    sb_bytes text = {0};

    sb_bytes_print(&text, "%s %s: heard at %s, %s s %s", sb_drift_print_stamp(stamp, turn->stamp),
                   turn->speaker ? turn->speaker : "Unnamed speaker", sb_time_print(start, turn->start, 2),
                   sb_drift_print_length(off, error), error > 0 ? "later" : "earlier");
    if (turn->confidence < SB_DRIFT_SURE)
        sb_bytes_text(&text, " (uncertain)");
    put_bytes(p, label, &text);
}

/* Returns the next worst turn after `last`; `n_errors` for `last` means to begin, and as a result that there
 * are no more. Equal errors are in the order of the turns. */
static size_t next_worst(const sb_drift *d, size_t last)
{
    size_t worst = d->n_errors;

    for (size_t i = 0; i < d->n_errors; i++) {
        if (!sb_drift_is_beyond(d, i))
            continue;
        sb_time error = llabs(d->errors[i]), bound = last < d->n_errors ? llabs(d->errors[last]) : INT64_MAX;
        bool is_after = error < bound || (error == bound && i > last);
        if (is_after && (worst == d->n_errors || error > llabs(d->errors[worst])))
            worst = i;
    }
    return worst;
}

static void put_turns(page *p, const sb_drift *d, const sb_alignment *a)
{
    size_t n = 0;

    for (size_t i = next_worst(d, d->n_errors); i < d->n_errors && n < MAX_SHOWN; i = next_worst(d, i))
        put_turn(p, n++ == 0 ? "Worst" : "", &a->turns[i], d->errors[i]);
    put_rest(p, d->n_beyond);
}

static void put_suspect(page *p, const char *label, const sb_suspect *suspect, const sb_aligned_turn *turn)
{
    char at[SB_TIME_TEXT];
    sb_bytes text = {0};
    sb_time time = turn->stamp != SB_TIME_NONE ? turn->stamp : turn->start;

    sb_bytes_print(&text, "%s %s: %s", sb_drift_print_stamp(at, time),
                   turn->speaker ? turn->speaker : "Unnamed speaker", suspect->note);
    if (suspect->audio.start != SB_TIME_NONE)
        sb_bytes_print(&text, "; listen at %s", sb_time_print(at, suspect->audio.start, 0));
    put_bytes(p, label, &text);
}

static void put_shared_seconds(page *p, size_t n)
{
    sb_bytes text = {0};

    if (n == 0)
        return;
    sb_bytes_print(&text, "%zu %s the same time as the previous turn; only the audio separates them", n,
                   n == 1 ? "turn has" : "turns have");
    put_bytes(p, "Same time", &text);
}

/* Regions of several turns precede single turns. */
static size_t put_some_suspects(page *p, const sb_drift *d, const sb_alignment *a, bool regions, size_t n)
{
    for (size_t i = 0; i < d->n_suspects; i++) {
        const sb_suspect *suspect = &d->suspects[i];
        if (suspect->kind == SB_SUSPECT_SAME_SECOND || (suspect->last_turn > suspect->turn) != regions)
            continue;
        if (n++ < MAX_SHOWN)
            put_suspect(p, n == 1 ? "Look at" : "", suspect, &a->turns[suspect->turn]);
    }
    return n;
}

static void put_suspects(page *p, const sb_drift *d, const sb_alignment *a)
{
    size_t n = put_some_suspects(p, d, a, true, 0), n_same = 0;

    put_rest(p, put_some_suspects(p, d, a, false, n));
    for (size_t i = 0; i < d->n_suspects; i++)
        n_same += d->suspects[i].kind == SB_SUSPECT_SAME_SECOND;
    put_shared_seconds(p, n_same);
}

static void put_unmatched(page *p, const sb_alignment *a)
{
    char from[SB_TIME_TEXT], until[SB_TIME_TEXT];

    for (size_t i = 0; i < a->n_unmatched && i < MAX_SHOWN; i++) {
        sb_bytes text = {0};
        sb_bytes_print(&text, "%s to %s of the audio", sb_time_print(from, a->unmatched[i].start, 1),
                       sb_time_print(until, a->unmatched[i].end, 1));
        put_bytes(p, i == 0 ? "No text for" : "", &text);
    }
    put_rest(p, a->n_unmatched);
}

static const char *verdict_label(sb_verdict verdict)
{
    switch (verdict) {
    case SB_VERDICT_OK:
        return "OK";
    case SB_VERDICT_UNSURE:
        return "UNSURE";
    case SB_VERDICT_DRIFT:
        return "DRIFT";
    case SB_VERDICT_MISMATCH:
        break;
    }
    return "MISMATCH";
}

void sb_drift_write_text(sb_bytes *out, const sb_drift *drift, const sb_alignment *alignment, int width)
{
    page p = {out, width > MIN_COLUMNS ? (size_t)width : MIN_COLUMNS};

    put_labelled(&p, verdict_label(drift->verdict), drift->reason);
    if (drift->verdict == SB_VERDICT_MISMATCH)
        return;
    sb_bytes_append(out, "\n", 1);
    if (drift->n_stamps > 0) {
        put_offset(&p, drift);
        put_rate(&p, drift);
        put_breaks(&p, alignment);
        put_stamps(&p, drift);
    }
    put_turns(&p, drift, alignment);
    put_suspects(&p, drift, alignment);
    put_unmatched(&p, alignment);
}
