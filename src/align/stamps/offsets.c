#include "align/stamps/stamps.h"

#include "alignment/alignment.h"
#include "base/run/run.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define RATE_TURNS 300  /* more turns do not improve the estimate of the clock rate */
#define FIT_PRICE  10.0 /* gain of a jump by chance, for an unrelated text */
#define RATE_PRICE 6.0f
#define MOST_RATE  2500e-6 /* for clocks that only creep */
#define FAST_PRICE 12.0f   /* price of a faster rate, because there are many more of them */
#define FAST_STEP  500e-6

static size_t collect_stamps(double *stamps, const sb_transcript *transcript)
{
    size_t n = 0;
    for (size_t t = 0; t < transcript->n_turns; t++)
        if (transcript->turns[t].stamp != SB_TIME_NONE)
            stamps[n++] = sb_time_to_seconds(transcript->turns[t].stamp);
    return n;
}

static double mean_fit(const sb_offset_search *s, double offset)
{
    double sum = 0;
    for (size_t i = 0; i < s->n; i++)
        sum += (double)sb_offset_search_emission(s, i, offset);
    return s->n ? sum / (double)s->n : 0;
}

static bool every_window_fits(const sb_offset_search *s, size_t window, double least)
{
    double sum = 0;
    for (size_t i = 0; i < s->n; i++) {
        sum += (double)sb_offset_search_emission(s, i, 0);
        if (i >= window)
            sum -= (double)sb_offset_search_emission(s, i - window, 0);
        if (i + 1 >= window && sum < least * (double)window)
            return false;
    }
    return s->n >= window;
}

/* The stamps are used as they are if no run of them has a score like that of a wrong offset, about -0.9
 * per stamp. */
static bool plain_stamps_fit(const sb_offset_search *s)
{
    return every_window_fits(s, 16, -0.2) && every_window_fits(s, 8, -0.6) && mean_fit(s, 0) > 0.15;
}

static double seconds_stamped(const sb_offset_search *s)
{
    double least = INFINITY, most = -INFINITY;
    for (size_t i = 0; i < s->n; i++) {
        least = fmin(least, s->stamps[i]);
        most = fmax(most, s->stamps[i]);
    }
    return most - least;
}

typedef struct rate_search {
    size_t every; /* turn is used */
    float best;
    double rate;
} rate_search;

static void try_rate(sb_offset_search *s, rate_search *r, double rate, float price)
{
    s->rate = rate;
    float score = sb_offset_search_score(s, r->every) - price;
    if (score > r->best) {
        r->best = score;
        r->rate = rate;
    }
}

static void try_rates_around(sb_offset_search *s, rate_search *r, double middle, double step, double reach,
                             float price)
{
    for (long k = 1; (double)k * step <= reach; k++)
        for (int sign = -1; sign <= 1; sign += 2)
            try_rate(s, r, middle + sign * (double)k * step, price);
}

static void try_conversions(sb_offset_search *s, rate_search *r)
{
    size_t n;
    const sb_frame_rates *pairs = sb_frame_rates_all(&n);
    for (size_t i = 0; i < n; i++)
        try_rate(s, r, sb_frame_rates_ppm(&pairs[i]) * 1e-6, RATE_PRICE);
}

/* Rates that differ by less than a third of a second over the whole file are found by creeping. Fast rates
 * are tried in wide steps, and the best of them again in narrow steps. Leaves the score of the best path. */
static float find_rate(sb_offset_search *s)
{
    double step = fmax(0.35 / fmax(seconds_stamped(s), 1), 50e-6), wide = fmax(step, FAST_STEP);
    rate_search r = {.every = 1 + s->n / RATE_TURNS};
    s->rate = 0;
    r.best = sb_offset_search_score(s, r.every);
    try_rates_around(s, &r, 0, step, MOST_RATE, RATE_PRICE);
    try_conversions(s, &r);
    try_rates_around(s, &r, 0, wide, SB_STAMP_MOST_PPM * 1e-6, FAST_PRICE);
    if (fabs(r.rate) > MOST_RATE)
        try_rates_around(s, &r, r.rate, step, wide, FAST_PRICE);
    s->rate = r.rate;
    return r.best;
}

/* A programme's timecode starts at one hour or ten. The first stamp then belongs near the first speech. */
static double centre_of_timecode(const sb_offset_search *s, const sb_speech *speech)
{
    double first = s->stamps[0];
    for (size_t i = 1; i < s->n; i++)
        first = fmin(first, s->stamps[i]);
    double from = (speech->n_speech ? sb_time_to_seconds(speech->speech[0].start) : 0) - first;
    return fabs(from) > SB_OFFSET_REACH / 2 ? from : 0;
}

/* Chooses between the stamps as they are and a timecode, by the fit of the pauses. Leaves the rows of the
 * choice. */
static bool find_centre(sb_offset_search *s, const sb_speech *speech)
{
    double timecode = centre_of_timecode(s, speech), rate;
    if (!sb_offset_search_make_rows(s))
        return false;
    float best = find_rate(s);
    if (timecode == 0)
        return true;
    rate = s->rate;
    s->centre = timecode;
    if (!sb_offset_search_make_rows(s))
        return false;
    if (find_rate(s) > best)
        return true;
    s->centre = 0;
    s->rate = rate;
    return sb_offset_search_make_rows(s);
}

/* The gain of the turns on the shorter side of a jump, at most 30 of them. */
static float gain_of_jump(const sb_offset_search *s, const double *path, size_t turn)
{
    double after = 0, before = 0;
    for (size_t i = turn; i < s->n && i < turn + 30 && fabs(path[i] - path[turn]) < 1; i++)
        after += (double)(sb_offset_search_emission(s, i, path[i]) -
                          sb_offset_search_emission(s, i, path[turn - 1]));
    for (size_t i = turn; i-- > 0 && i + 30 >= turn && fabs(path[i] - path[turn - 1]) < 1;)
        before +=
            (double)(sb_offset_search_emission(s, i, path[i]) - sb_offset_search_emission(s, i, path[turn]));
    return (float)(fmin(after, before) - (double)SB_OFFSET_JUMP_PRICE);
}

static bool note_jumps(sb_offsets *out, const sb_offset_search *s, const double *path, const size_t *turn_of)
{
    for (size_t i = 1; i < s->n; i++) {
        if (fabs(path[i] - path[i - 1]) < 1.5 * s->bin)
            continue;
        if (!sb_push_room(&out->jumps, out->n_jumps, sizeof *out->jumps) ||
            !sb_push_room(&out->jump_gain, out->n_jumps, sizeof *out->jump_gain))
            return false;
        out->jump_gain[out->n_jumps] = gain_of_jump(s, path, i);
        out->jumps[out->n_jumps++] = turn_of[i];
    }
    return true;
}

static void measure_fit(sb_offsets *out, const sb_offset_search *s, const double *path)
{
    double sum = 0;
    for (size_t i = 0; i < s->n; i++)
        sum += (double)sb_offset_search_emission(s, i, path[i]);
    sum -= FIT_PRICE * (double)out->n_jumps;
    if (fabs(s->rate) > MOST_RATE)
        sum -= (double)FAST_PRICE;
    out->fit = s->n ? sum / (double)s->n : 0;
}

static bool find_path(sb_offsets *out, sb_offset_search *s, const sb_speech *speech, const size_t *turn_of)
{
    double *path = calloc(s->n, sizeof *path);
    if (!path)
        return false;
    s->bin = SB_ONSET_BIN;
    bool good = plain_stamps_fit(s) || (find_centre(s, speech) && sb_offset_search_path(s, path));
    good = good && note_jumps(out, s, path, turn_of);
    if (good)
        measure_fit(out, s, path);
    for (size_t i = 0; good && i < s->n; i++)
        out->offset[turn_of[i]] = path[i] + sb_offset_search_placed(s, i) - s->stamps[i];
    free(path);
    return good;
}

/* Turns without a stamp have the offset of the stamped turn before them. */
static void fill_unstamped(sb_offsets *out, const sb_transcript *transcript, const size_t *turn_of)
{
    double last = out->n_stamps ? out->offset[turn_of[0]] : 0;
    for (size_t t = 0; t < transcript->n_turns; t++) {
        if (transcript->turns[t].stamp == SB_TIME_NONE)
            out->offset[t] = last;
        last = out->offset[t];
    }
}

sb_status sb_offsets_find(sb_offsets *out, const sb_transcript *transcript, const sb_speech *speech,
                          sb_error *err)
{
    *out = (sb_offsets){0};
    sb_offset_search s = {0};
    double *stamps = calloc(transcript->n_turns + 1, sizeof *stamps);
    size_t *turn_of = calloc(transcript->n_turns + 1, sizeof *turn_of);
    out->offset = calloc(transcript->n_turns + 1, sizeof *out->offset);
    bool good = stamps && turn_of && out->offset;
    if (good) {
        s.stamps = stamps;
        s.n = out->n_stamps = collect_stamps(stamps, transcript);
        for (size_t t = 0, n = 0; t < transcript->n_turns; t++)
            if (transcript->turns[t].stamp != SB_TIME_NONE)
                turn_of[n++] = t;
        if (s.n > 0)
            good = sb_onsets_make(&s.onsets, speech, sb_time_to_seconds(transcript->resolution)) &&
                   find_path(out, &s, speech, turn_of);
    }
    if (good)
        fill_unstamped(out, transcript, turn_of);
    sb_offset_search_finish(&s);
    free(stamps);
    free(turn_of);
    if (good)
        return SB_OK;
    sb_offsets_finish(out);
    return sb_error_memory(err, "aligning");
}

void sb_offsets_finish(sb_offsets *offsets)
{
    free(offsets->offset);
    free(offsets->jumps);
    free(offsets->jump_gain);
    *offsets = (sb_offsets){0};
}
