#include "speech/speech.h"

#include "base/run/run.h"

#include <stdlib.h>

/* All in half decibels. */
#define ON_LEAST  16 /* above the floor, to start speech */
#define ON_MOST   36
#define OFF_LEAST 6 /* above the floor, to continue it */
#define OFF_MOST  9
#define FAINT     48 /* an island this far below the speech around it is a breath */
#define SYLLABLE  30 /* a syllable is at most this far below the surrounding speech, in the low band */
/* The quietest speaker whose syllables count is this far below the others. */
#define QUIETER 24
/* The speech level is never taken to be more than this below the loudest tenth of the file. */
#define TOP_BELOW_ALL 50
#define LEAST_TOP     60 /* -97.5 dB; everything below it is rounding of 16 bits */
#define LEAST_RANGE   16 /* minimum range between floor and top of the whole file for any speech */

#define SYLLABLE_HOPS 12 /* two thirds of 60 ms are loud in a syllable; a click is shorter */
#define LOUD_HOPS     8
/* A sound between two pauses that is not longer than the loud part of a syllable is a click. Bursts of stops
 * are at most 60 ms from their vowel; a closure after an s takes less than the pause. */
#define CLICK_HOPS       12
#define CLICK_GAP        16 /* minimum pause after a click, in hops */
#define CLICK_QUIET_HOPS 40 /* minimum pause before a click, in hops, except at the start of the sound */
#define REACH_HOPS       30 /* an edge is followed down from the certain level for at most 150 ms */
#define DIP_HOPS         2  /* and across dips of that many hops */

typedef struct band {
    const uint8_t *levels;
    sb_floor floor;
    const uint8_t *noise; /* NULL before the gaps are known */
    int top_of_all;
} band;

typedef struct mapper {
    band bands[2]; /* of the sound, without digital silence at both ends */
    size_t n;
    sb_gaps gaps;
    size_t lead; /* hops of digital silence at the start */
    sb_speech *out;
    size_t speech_capacity;
} mapper;

static int limit(int value, int least, int most)
{
    return value < least ? least : value > most ? most : value;
}

static int top_at(const band *b, size_t i)
{
    int top = b->floor.top[i / SB_FLOOR_STEP];
    return top < b->top_of_all - TOP_BELOW_ALL ? b->top_of_all - TOP_BELOW_ALL : top;
}

static int floor_at(const band *b, size_t i)
{
    int floor = b->floor.floor[i / SB_FLOOR_STEP];
    return b->noise && b->noise[i] > floor ? b->noise[i] : floor;
}

static int range_at(const band *b, size_t i)
{
    int range = top_at(b, i) - floor_at(b, i);
    return range < 0 ? 0 : range;
}

static bool band_is_sure(const band *b, size_t i)
{
    return b->levels[i] >= floor_at(b, i) + limit(range_at(b, i) * 2 / 5, ON_LEAST, ON_MOST);
}

static bool band_goes_on(const band *b, size_t i)
{
    return b->levels[i] >= floor_at(b, i) + limit(range_at(b, i) / 6, OFF_LEAST, OFF_MOST);
}

static bool speech_goes_on(const mapper *m, size_t i)
{
    return band_goes_on(&m->bands[0], i) || band_goes_on(&m->bands[1], i);
}

/* The level of the nearby speech, which may be a single quiet speaker. */
static int near_top_at(const band *b, size_t i)
{
    int top = top_at(b, i), near = b->floor.near_top[i / SB_FLOOR_STEP];
    return near < top - QUIETER ? top - QUIETER : near < top ? near : top;
}

static bool is_loud(const band *b, size_t i)
{
    int top = near_top_at(b, i), floor = floor_at(b, i);
    return b->levels[i] >= floor + limit((top - floor) * 2 / 5, ON_LEAST, ON_MOST) &&
           b->levels[i] >= top - SYLLABLE;
}

/* Vowels are loud below 3 kHz. Breaths and clicks are not, or not for so long. */
static void mark_syllables(const mapper *m, uint8_t *is_syllable)
{
    const band *low = &m->bands[1];
    size_t loud = 0;
    for (size_t i = 0; i < m->n; i++) {
        loud += is_loud(low, i);
        loud -= i >= SYLLABLE_HOPS && is_loud(low, i - SYLLABLE_HOPS);
        if (loud >= LOUD_HOPS && i + 1 >= SYLLABLE_HOPS)
            for (size_t j = i + 1 - SYLLABLE_HOPS; j <= i; j++)
                is_syllable[j] = is_loud(low, j);
    }
}

static sb_status find_gaps(mapper *m, sb_error *err)
{
    uint8_t *is_syllable = calloc(m->n + 1, 1);
    if (!is_syllable)
        return sb_error_memory(err, "measuring the audio");
    mark_syllables(m, is_syllable);
    const uint8_t *const levels[2] = {m->bands[0].levels, m->bands[1].levels};
    sb_status status = sb_gaps_find(&m->gaps, levels, is_syllable, m->n, err);
    for (size_t b = 0; b < 2; b++)
        m->bands[b].noise = m->gaps.floor[b];
    free(is_syllable);
    return status;
}

static size_t follow_back(const mapper *m, size_t i, size_t least)
{
    size_t edge = i, dips = 0;
    for (size_t back = 1; back <= REACH_HOPS && i >= least + back; back++) {
        if (speech_goes_on(m, i - back)) {
            edge = i - back;
            dips = 0;
        } else if (++dips > DIP_HOPS) {
            break;
        }
    }
    return edge;
}

static size_t follow_on(const mapper *m, size_t i)
{
    size_t edge = i, dips = 0;
    for (size_t ahead = 1; ahead <= REACH_HOPS && i + ahead < m->n; ahead++) {
        if (speech_goes_on(m, i + ahead)) {
            edge = i + ahead;
            dips = 0;
        } else if (++dips > DIP_HOPS) {
            break;
        }
    }
    return edge + 1;
}

static bool is_faint(const mapper *m, size_t first, size_t end)
{
    for (size_t i = first; i < end; i++)
        for (size_t b = 0; b < 2; b++)
            if (m->bands[b].levels[i] + FAINT > top_at(&m->bands[b], i))
                return false;
    return true;
}

static bool add_speech(mapper *m, size_t first, size_t end)
{
    sb_speech *out = m->out;
    if (!sb_grow(&out->speech, out->n_speech, &m->speech_capacity, sizeof *out->speech))
        return false;
    sb_time stop = (sb_time)(m->lead + end) * SB_HOP;
    out->speech[out->n_speech++] =
        (sb_span){(sb_time)(m->lead + first) * SB_HOP, stop < out->duration ? stop : out->duration};
    return true;
}

static bool is_speech(const mapper *m, const sb_speech_params *params, size_t first, size_t end, size_t next)
{
    const sb_speech *out = m->out;
    size_t before = out->n_speech > 0 ? (size_t)(out->speech[out->n_speech - 1].end / SB_HOP) - m->lead : 0;
    bool after_pause = out->n_speech == 0 || first - before >= CLICK_QUIET_HOPS;
    if (after_pause && end - first <= CLICK_HOPS && next - end >= CLICK_GAP)
        return false;
    return end - first >= (size_t)(params->min_speech / SB_HOP) && !is_faint(m, first, end);
}

/* Certain hops less than `min_pause` apart, edges included, are one stretch of speech. */
static bool find_speech_spans(mapper *m, const sb_speech_params *params)
{
    size_t min_pause = (size_t)(params->min_pause / SB_HOP);
    size_t first = 0, end = 0;
    bool open = false;
    for (size_t i = 0; i < m->n; i++) {
        if (!(band_is_sure(&m->bands[0], i) || band_is_sure(&m->bands[1], i)))
            continue;
        size_t from = follow_back(m, i, open ? end : 0), until = follow_on(m, i);
        if (open && from < end + min_pause) {
            end = until;
        } else {
            if (open && is_speech(m, params, first, end, from) && !add_speech(m, first, end))
                return false;
            first = from;
            end = until;
            open = true;
        }
    }
    return !open || !is_speech(m, params, first, end, m->n + CLICK_GAP) || add_speech(m, first, end);
}

static sb_time quietest_place(const sb_levels *levels, size_t first, size_t end)
{
    size_t best = (first + end) / 2;
    int least = INT32_MAX;
    for (size_t i = first; i + 1 < end; i++) {
        int level = levels->high[i] + levels->high[i + 1] + levels->low[i] + levels->low[i + 1];
        if (level < least) {
            least = level;
            best = i + 1;
        }
    }
    return (sb_time)best * SB_HOP;
}

static float depth_of(const mapper *m, const sb_levels *levels, size_t first, size_t end)
{
    if (end <= first)
        return 0;
    size_t inside = first > m->lead ? first - m->lead : 0;
    int quiet = sb_level_percentile(levels->high + first, end - first, 0.1);
    return (float)(top_at(&m->bands[0], inside < m->n ? inside : m->n - 1) - quiet) / 2;
}

static bool add_pauses(mapper *m, const sb_levels *levels)
{
    sb_speech *out = m->out;
    out->pauses = calloc(out->n_speech + 1, sizeof *out->pauses);
    if (!out->pauses)
        return false;
    sb_time from = 0;
    for (size_t i = 0; i <= out->n_speech; i++) {
        sb_time until = i < out->n_speech ? out->speech[i].start : out->duration;
        if (until > from) {
            size_t first = (size_t)(from / SB_HOP), end = (size_t)(until / SB_HOP);
            end = end < levels->n ? end : levels->n;
            out->pauses[out->n_pauses++] = (sb_pause){{from, until},
                                                      m->n > 0 ? depth_of(m, levels, first, end) : 0,
                                                      quietest_place(levels, first, end)};
        }
        if (i < out->n_speech)
            from = out->speech[i].end;
    }
    return true;
}

static bool has_speech(const mapper *m)
{
    int top = sb_level_percentile(m->bands[0].levels, m->n, 0.97);
    int floor = sb_level_percentile(m->bands[0].levels, m->n, 0.05);
    return top >= LEAST_TOP && top - floor >= LEAST_RANGE;
}

static bool is_digital_silence(const sb_levels *levels, size_t i)
{
    return levels->high[i] == 0 && levels->low[i] == 0;
}

/* Digital silence around the sound would lower its floor and its top. */
static void leave_out_silence_around(mapper *m, const sb_levels *levels)
{
    size_t first = 0, end = levels->n;
    while (first < end && is_digital_silence(levels, first))
        first++;
    while (end > first && is_digital_silence(levels, end - 1))
        end--;
    m->lead = first;
    m->n = end - first;
    m->bands[0].levels = levels->high ? levels->high + first : NULL;
    m->bands[1].levels = levels->low ? levels->low + first : NULL;
}

sb_status sb_silence_map_make(sb_speech *out, const sb_levels *levels, const sb_speech_params *params,
                              sb_error *err)
{
    sb_speech_params p = params ? *params : (sb_speech_params){0};
    p.min_pause = p.min_pause ? p.min_pause : 30 * SB_TIME_MS;
    p.min_speech = p.min_speech ? p.min_speech : 30 * SB_TIME_MS;
    mapper m = {.out = out};
    leave_out_silence_around(&m, levels);
    bool good = true;
    for (size_t b = 0; b < 2 && good; b++) {
        good = sb_floor_follow(&m.bands[b].floor, m.bands[b].levels, m.n, err) == SB_OK;
        m.bands[b].top_of_all = sb_level_percentile(m.bands[b].levels, m.n, 0.9);
    }
    if (good && has_speech(&m))
        good = find_gaps(&m, err) == SB_OK && find_speech_spans(&m, &p);
    good = good && add_pauses(&m, levels);
    sb_gaps_finish(&m.gaps);
    sb_floor_finish(&m.bands[0].floor);
    sb_floor_finish(&m.bands[1].floor);
    return good ? SB_OK : sb_error_memory(err, "measuring the audio");
}
