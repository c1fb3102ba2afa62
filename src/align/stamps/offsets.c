#include "align/stamps/stamps.h"

#include "alignment/alignment.h"
#include "base/run/run.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define REACH              900.0 /* maximum offset from the centre of the search, in seconds */
#define CREEP_PRICE        3.0f
#define JUMP_PRICE         14.0f
#define BACK_PRICE         6.0f  /* additional price of a jump that breaks the order of the turns */
#define RATE_TURNS         300   /* more turns do not improve the estimate of the clock rate */
#define OUTSIDE            -4.0f /* emission outside the audio */
#define FIT_PRICE          10.0  /* gain of a jump by chance, for an unrelated text */
#define LEAST_OFFSET_PRICE 4.0f
#define RATE_PRICE         6.0f
#define MOST_RATE          2500e-6 /* for clocks that only creep */
#define FAST_PRICE         12.0f   /* price of a faster rate, because there are many more of them */
#define FAST_STEP          500e-6
#define MAX_CELLS          (size_t)48000000

enum { STAY, UP, DOWN, JUMP, JUMP_BACK };

typedef struct search {
    const double *stamps;
    size_t n; /* stamped turns */
    sb_onsets onsets;
    long least; /* the first offset, in bins of `bin` */
    size_t n_offsets;
    double bin;            /* of the offsets */
    double rate;           /* of the audio's clock relative to the stamps' clock, minus 1 */
    double centre;         /* added to the stamps before the search, in seconds */
    uint8_t *step;         /* NULL if only the score is needed */
    uint32_t *records;     /* for each turn, the offsets from which a jump to it may be best, ascending */
    size_t *record_end;    /* of each turn, in `records` */
    uint32_t *best_before; /* for each turn, the best offset of the turn before */
    size_t n_records, records_capacity;
    float *score, *next; /* with one more cell on each side */
    float *row;          /* emissions of one turn at every offset */
} search;

/* A clock rate turns around the first stamp, so a timecode that starts at ten hours is not moved by it. */
static double placed(const search *s, size_t turn)
{
    return s->stamps[turn] + s->centre + (s->stamps[turn] - s->stamps[0]) * s->rate;
}

static float emission(const search *s, size_t turn, double offset)
{
    double at = (placed(s, turn) + offset) / SB_ONSET_BIN;
    if (at < -0.5 || at + 0.5 >= (double)s->onsets.n)
        return OUTSIDE;
    return s->onsets.ratio[(size_t)(at + 0.5)];
}

static size_t collect_stamps(double *stamps, const sb_transcript *transcript)
{
    size_t n = 0;
    for (size_t t = 0; t < transcript->n_turns; t++)
        if (transcript->turns[t].stamp != SB_TIME_NONE)
            stamps[n++] = sb_time_to_seconds(transcript->turns[t].stamp);
    return n;
}

static double mean_fit(const search *s, double offset)
{
    double sum = 0;
    for (size_t i = 0; i < s->n; i++)
        sum += (double)emission(s, i, offset);
    return s->n ? sum / (double)s->n : 0;
}

static bool every_window_fits(const search *s, size_t window, double least)
{
    double sum = 0;
    for (size_t i = 0; i < s->n; i++) {
        sum += (double)emission(s, i, 0);
        if (i >= window)
            sum -= (double)emission(s, i - window, 0);
        if (i + 1 >= window && sum < least * (double)window)
            return false;
    }
    return s->n >= window;
}

/* The stamps are used as they are if no run of them has a score like that of a wrong offset, about -0.9
 * per stamp. */
static bool plain_stamps_fit(const search *s)
{
    return every_window_fits(s, 16, -0.2) && every_window_fits(s, 8, -0.6) && mean_fit(s, 0) > 0.15;
}

static void set_range(search *s)
{
    double first = s->stamps[0], last = first;
    for (size_t i = 0; i < s->n; i++) {
        first = fmin(first, s->stamps[i]);
        last = fmax(last, s->stamps[i]);
    }
    double least = fmax(-REACH, -last - s->centre),
           most = fmin(REACH, (double)s->onsets.n * SB_ONSET_BIN - first - s->centre);
    most = fmax(most, least + SB_ONSET_BIN);
    s->bin = SB_ONSET_BIN;
    while ((most - least) / s->bin * (double)s->n > (double)MAX_CELLS)
        s->bin *= 2;
    s->least = (long)floor(least / s->bin);
    s->n_offsets = (size_t)((most - least) / s->bin) + 2;
}

static double offset_of(const search *s, size_t index)
{
    return (double)(s->least + (long)index) * s->bin;
}

/* The emissions of one turn, which are consecutive for consecutive offsets. */
static void fill_row(search *s, size_t turn)
{
    double at = placed(s, turn) / SB_ONSET_BIN + 0.5;
    long stride = lround(s->bin / SB_ONSET_BIN), first = (long)floor(at) + s->least * stride;
    for (size_t o = 0; o < s->n_offsets; o++) {
        long bin = first + (long)o * stride;
        s->row[o] = bin >= 0 && bin < (long)s->onsets.n ? s->onsets.ratio[bin] : OUTSIDE;
    }
}

static float larger(float a, float b)
{
    return a > b ? a : b;
}

/* Eight maxima allow vector code. */
static float best_score(const float *score, size_t n)
{
    float best[8];
    size_t i = 0;
    for (size_t k = 0; k < 8; k++)
        best[k] = score[0];
    for (; i + 8 <= n; i += 8)
        for (size_t k = 0; k < 8; k++)
            best[k] = larger(best[k], score[i + k]);
    for (; i < n; i++)
        best[0] = larger(best[0], score[i]);
    for (size_t k = 1; k < 8; k++)
        best[0] = larger(best[0], best[k]);
    return best[0];
}

static size_t best_index(const float *score, size_t n)
{
    float best = best_score(score, n);
    size_t i = 0;
    while (i + 1 < n && score[i] < best)
        i++;
    return i;
}

static void score_offsets(const search *s, float jump)
{
    const float *restrict score = s->score, *restrict row = s->row;
    float *restrict next = s->next;
    for (size_t o = 0; o < s->n_offsets; o++) {
        float creep = larger(score[(ptrdiff_t)o - 1], score[o + 1]) - CREEP_PRICE;
        next[o] = larger(larger(score[o], creep), jump) + row[o];
    }
}

/* A jump that keeps the order of the turns: it goes to offset o from one that is larger by at most the distance of the stamps. In
 * bins; all of them if the stamps themselves run backwards. A passage that is said twice would otherwise be aligned twice to one
 * place. Turns of a passage that was cut out have no place of their own, so the order may be broken at a price. */
static size_t most_back(const search *s, size_t turn)
{
    double distance = floor((placed(s, turn) - placed(s, turn - 1)) / s->bin);
    return distance < 0 || distance > (double)s->n_offsets ? s->n_offsets : (size_t)distance;
}

static bool add_record(search *s, size_t offset)
{
    if (!sb_grow(&s->records, s->n_records, &s->records_capacity, sizeof *s->records))
        return false;
    s->records[s->n_records++] = (uint32_t)offset;
    return true;
}

static bool advance_in_order(search *s, size_t turn)
{
    const float *score = s->score;
    uint8_t *step = s->step + turn * s->n_offsets;
    size_t seen = 0, reach = most_back(s, turn);
    float most = -INFINITY;
    fill_row(s, turn);
    s->best_before[turn] = (uint32_t)best_index(score, s->n_offsets);
    float back = score[s->best_before[turn]] - JUMP_PRICE - BACK_PRICE;
    for (size_t o = 0; o < s->n_offsets; o++) {
        for (; seen < s->n_offsets && seen <= o + reach; seen++) {
            if (score[seen] <= most)
                continue;
            most = score[seen];
            if (!add_record(s, seen))
                return false;
        }
        float best = score[o], jump = most - JUMP_PRICE;
        uint8_t how = STAY;
        if (score[(ptrdiff_t)o - 1] - CREEP_PRICE > best) {
            best = score[(ptrdiff_t)o - 1] - CREEP_PRICE;
            how = UP;
        }
        if (score[o + 1] - CREEP_PRICE > best) {
            best = score[o + 1] - CREEP_PRICE;
            how = DOWN;
        }
        if (jump > best) {
            best = jump;
            how = JUMP;
        }
        if (back > best) {
            best = back;
            how = JUMP_BACK;
        }
        step[o] = how;
        s->next[o] = best + s->row[o];
    }
    s->record_end[turn] = s->n_records;
    return true;
}

static void swap_scores(search *s)
{
    float *swap = s->score;
    s->score = s->next;
    s->next = swap;
}

static void advance(search *s, size_t turn)
{
    float jump = best_score(s->score, s->n_offsets) - JUMP_PRICE;
    fill_row(s, turn);
    score_offsets(s, jump);
    swap_scores(s);
}

/* An offset of 0 needs no proof. Of all other offsets some fit by chance, and more so if there are more of
 * them. */
static void prepare_first(search *s)
{
    float price = fmaxf(LEAST_OFFSET_PRICE, logf((float)s->n_offsets));
    for (size_t o = 0; o < s->n_offsets; o++)
        s->score[o] = emission(s, 0, offset_of(s, o)) - (offset_of(s, o) == 0 && s->centre == 0 ? 0 : price);
}

static size_t jump_from(const search *s, size_t turn, size_t o)
{
    size_t i = s->record_end[turn], most = o + most_back(s, turn);
    while (i > s->record_end[turn - 1] + 1 && s->records[i - 1] > most)
        i--;
    return s->records[i - 1];
}

static size_t step_back(const search *s, size_t turn, size_t o)
{
    switch (s->step[turn * s->n_offsets + o]) {
    case UP:
        return o - 1;
    case DOWN:
        return o + 1;
    case JUMP:
        return jump_from(s, turn, o);
    case JUMP_BACK:
        return s->best_before[turn];
    default:
        return o;
    }
}

/* The score of the best path over every `every`-th turn. */
static float run_through(search *s, size_t every)
{
    prepare_first(s);
    for (size_t turn = every; turn < s->n; turn += every)
        advance(s, turn);
    return best_score(s->score, s->n_offsets);
}

static double seconds_stamped(const search *s)
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

static void try_rate(search *s, rate_search *r, double rate, float price)
{
    s->rate = rate;
    float score = run_through(s, r->every) - price;
    if (score > r->best) {
        r->best = score;
        r->rate = rate;
    }
}

static void try_rates_around(search *s, rate_search *r, double middle, double step, double reach, float price)
{
    for (long k = 1; (double)k * step <= reach; k++)
        for (int sign = -1; sign <= 1; sign += 2)
            try_rate(s, r, middle + sign * (double)k * step, price);
}

static void try_conversions(search *s, rate_search *r)
{
    size_t n;
    const sb_frame_rates *pairs = sb_frame_rates_all(&n);
    for (size_t i = 0; i < n; i++)
        try_rate(s, r, sb_frame_rates_ppm(&pairs[i]) * 1e-6, RATE_PRICE);
}

/* Rates that differ by less than a third of a second over the whole file are found by creeping. Fast rates
 * are tried in wide steps, and the best of them again in narrow steps. Leaves the score of the best path. */
static float find_rate(search *s)
{
    double step = fmax(0.35 / fmax(seconds_stamped(s), 1), 50e-6), wide = fmax(step, FAST_STEP);
    rate_search r = {.every = 1 + s->n / RATE_TURNS};
    s->rate = 0;
    r.best = run_through(s, r.every);
    try_rates_around(s, &r, 0, step, MOST_RATE, RATE_PRICE);
    try_conversions(s, &r);
    try_rates_around(s, &r, 0, wide, SB_STAMP_MOST_PPM * 1e-6, FAST_PRICE);
    if (fabs(r.rate) > MOST_RATE)
        try_rates_around(s, &r, r.rate, step, wide, FAST_PRICE);
    s->rate = r.rate;
    return r.best;
}

/* The values outside its ends never win. */
static float *guarded_row(size_t n)
{
    float *cells = calloc(n + 2, sizeof *cells);
    if (!cells)
        return NULL;
    cells[0] = cells[n + 1] = -INFINITY;
    return cells + 1;
}

static void free_guarded_row(float *row)
{
    if (row)
        free(row - 1);
}

static void free_rows(search *s)
{
    free(s->step);
    free(s->records);
    free(s->record_end);
    free(s->best_before);
    free_guarded_row(s->score);
    free_guarded_row(s->next);
    free(s->row);
    s->step = NULL;
    s->records = NULL;
    s->record_end = NULL;
    s->best_before = NULL;
    s->n_records = s->records_capacity = 0;
    s->score = s->next = s->row = NULL;
}

static bool make_rows(search *s)
{
    free_rows(s);
    set_range(s);
    s->record_end = calloc(s->n, sizeof *s->record_end);
    s->best_before = calloc(s->n, sizeof *s->best_before);
    s->score = guarded_row(s->n_offsets);
    s->next = guarded_row(s->n_offsets);
    s->row = malloc(s->n_offsets * sizeof *s->row);
    return s->record_end && s->best_before && s->score && s->next && s->row;
}

/* A programme's timecode starts at one hour or ten. The first stamp then belongs near the first speech. */
static double centre_of_timecode(const search *s, const sb_speech *speech)
{
    double first = s->stamps[0];
    for (size_t i = 1; i < s->n; i++)
        first = fmin(first, s->stamps[i]);
    double from = (speech->n_speech ? sb_time_to_seconds(speech->speech[0].start) : 0) - first;
    return fabs(from) > REACH / 2 ? from : 0;
}

/* Chooses between the stamps as they are and a timecode, by the fit of the pauses. Leaves the rows of the
 * choice. */
static bool find_centre(search *s, const sb_speech *speech)
{
    double timecode = centre_of_timecode(s, speech), rate;
    if (!make_rows(s))
        return false;
    float best = find_rate(s);
    if (timecode == 0)
        return true;
    rate = s->rate;
    s->centre = timecode;
    if (!make_rows(s))
        return false;
    if (find_rate(s) > best)
        return true;
    s->centre = 0;
    s->rate = rate;
    return make_rows(s);
}

static bool viterbi(search *s, const sb_speech *speech, double *path)
{
    if (!find_centre(s, speech))
        return false;
    s->step = malloc(s->n * s->n_offsets);
    if (!s->step)
        return false;
    prepare_first(s);
    for (size_t turn = 1; turn < s->n; turn++) {
        if (!advance_in_order(s, turn))
            return false;
        swap_scores(s);
    }
    size_t o = best_index(s->score, s->n_offsets);
    for (size_t turn = s->n; turn-- > 0;) {
        path[turn] = offset_of(s, o);
        if (turn > 0)
            o = step_back(s, turn, o);
    }
    return true;
}

/* The gain of the turns on the shorter side of a jump, at most 30 of them. */
static float gain_of_jump(const search *s, const double *path, size_t turn)
{
    double after = 0, before = 0;
    for (size_t i = turn; i < s->n && i < turn + 30 && fabs(path[i] - path[turn]) < 1; i++)
        after += (double)(emission(s, i, path[i]) - emission(s, i, path[turn - 1]));
    for (size_t i = turn; i-- > 0 && i + 30 >= turn && fabs(path[i] - path[turn - 1]) < 1;)
        before += (double)(emission(s, i, path[i]) - emission(s, i, path[turn]));
    return (float)(fmin(after, before) - (double)JUMP_PRICE);
}

static bool note_jumps(sb_offsets *out, const search *s, const double *path, const size_t *turn_of)
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

static void measure_fit(sb_offsets *out, const search *s, const double *path)
{
    double sum = 0;
    for (size_t i = 0; i < s->n; i++)
        sum += (double)emission(s, i, path[i]);
    sum -= FIT_PRICE * (double)out->n_jumps;
    if (fabs(s->rate) > MOST_RATE)
        sum -= (double)FAST_PRICE;
    out->fit = s->n ? sum / (double)s->n : 0;
}

static bool find_path(sb_offsets *out, search *s, const sb_speech *speech, const size_t *turn_of)
{
    double *path = calloc(s->n, sizeof *path);
    if (!path)
        return false;
    s->bin = SB_ONSET_BIN;
    bool good = plain_stamps_fit(s) || viterbi(s, speech, path);
    good = good && note_jumps(out, s, path, turn_of);
    if (good)
        measure_fit(out, s, path);
    for (size_t i = 0; good && i < s->n; i++)
        out->offset[turn_of[i]] = path[i] + placed(s, i) - s->stamps[i];
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

static void finish_search(search *s)
{
    sb_onsets_finish(&s->onsets);
    free_rows(s);
}

sb_status sb_offsets_find(sb_offsets *out, const sb_transcript *transcript, const sb_speech *speech,
                          sb_error *err)
{
    *out = (sb_offsets){0};
    search s = {0};
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
    finish_search(&s);
    free(stamps);
    free(turn_of);
    if (good)
        return SB_OK;
    sb_offsets_finish(out);
    return sb_error_set(err, SB_ERR_MEMORY, "out of memory");
}

void sb_offsets_finish(sb_offsets *offsets)
{
    free(offsets->offset);
    free(offsets->jumps);
    free(offsets->jump_gain);
    *offsets = (sb_offsets){0};
}
