#include "align/energy/energy.h"

#include "base/run/run.h"

#include <math.h>
#include <stdlib.h>

/* The probability of a pause at a boundary, and the median and spread (of the logarithm) of its length in
 * seconds: rounded values after Goldman-Eisler (1968) and Campione and Veronis (2002), "A large-scale
 * multilingual study of silent pause duration". */
static const struct {
    double share, median, spread;
} pause_habits[SB_N_BOUNDARIES] = {
    [SB_BOUNDARY_WORD] = {0.07, 0.13, 0.6},
    [SB_BOUNDARY_CLAUSE] = {0.50, 0.25, 0.6},
    [SB_BOUNDARY_SENTENCE] = {0.85, 0.40, 0.7},
    [SB_BOUNDARY_TURN] = {0.96, 0.55, 0.8},
};

#define HIDDEN_SHARE  0.15
#define HIDDEN_MEDIAN 0.06
#define HIDDEN_SPREAD 0.5

#define MUSIC_PRICE 2.0 /* cost of a second of words on music. To skip the words costs 10 per second. */
#define MUSIC_PAUSE 2.0 /* seconds; the assumed length of a pause next to music */

#define STAMP_SLACK 0.05
#define STAMP_STEP  1.5f
#define STAMP_SCALE 0.25
#define STAMP_MOST  9.0f

static float cost_of_length(double share, double median, double spread, double seconds)
{
    double x = (log(seconds) - log(median)) / spread;
    return (float)(x * x / 2 + log(spread) - log(share));
}

/* The length of a pause next to music is no evidence. Music rarely interrupts a sentence. */
static float cost_beside_music(size_t boundary)
{
    double cost[2] = {0};
    const size_t kinds[2] = {boundary, SB_BOUNDARY_TURN};
    for (size_t i = 0; i < 2; i++)
        cost[i] = (double)cost_of_length(pause_habits[kinds[i]].share, pause_habits[kinds[i]].median,
                                         pause_habits[kinds[i]].spread, MUSIC_PAUSE);
    return (float)(cost[0] - cost[1]);
}

static bool is_music(const sb_speech *speech, size_t span)
{
    return span < speech->n_speech && sb_music_is(speech, speech->speech[span]);
}

static float cost_of_pause(const sb_speech *speech, size_t p, size_t boundary, double seconds)
{
    if (p == 0 || p == speech->n_speech)
        return 0;
    if (is_music(speech, p - 1) != is_music(speech, p))
        return cost_beside_music(boundary);
    return cost_of_length(pause_habits[boundary].share, pause_habits[boundary].median,
                          pause_habits[boundary].spread, seconds);
}

static void fill_pauses(sb_lattice_model *m, const sb_speech *speech)
{
    double before = 0, spoken = 0, music = 0;
    for (size_t p = 0; p < m->n_pauses; p++) {
        bool last = p == speech->n_speech;
        m->start[p] = sb_time_to_seconds(last ? speech->duration : speech->speech[p].start);
        m->spoken[p] = spoken;
        m->music[p] = music;
        double seconds = fmax(m->start[p] - before, 0.02);
        for (size_t b = 0; b < SB_N_BOUNDARIES; b++)
            m->pause[b][p] = cost_of_pause(speech, p, b, seconds);
        m->hidden[p] = cost_of_length(HIDDEN_SHARE, HIDDEN_MEDIAN, HIDDEN_SPREAD, seconds);
        if (last)
            break;
        before = sb_time_to_seconds(speech->speech[p].end);
        spoken += before - m->start[p];
        music += sb_time_to_seconds(sb_music_in(speech, speech->speech[p]));
    }
}

static bool is_in_any(sb_span speech, const sb_span *spans, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (speech.start < spans[i].end && speech.end > spans[i].start)
            return true;
    return false;
}

/* The cost of a span of speech without text: a constant, and a part per second. */
typedef struct extra_price {
    double span, second;
} extra_price;

static const extra_price unexpected = {3, 1.2}, inserted = {0.3, 0.05}, in_surplus = {0.3, 0.25};

/* Music is usually between turns and rarely inside a sentence. */
static const extra_price in_music[SB_N_BOUNDARIES] = {
    [SB_BOUNDARY_WORD] = {0.3, 0.3},
    [SB_BOUNDARY_CLAUSE] = {0.3, 0.3},
    [SB_BOUNDARY_SENTENCE] = {0.3, 0.15},
    [SB_BOUNDARY_TURN] = {0.3, 0.05},
};

static extra_price price_of_extra(const sb_lattice_model *m, const sb_speech *speech, sb_span span, size_t b)
{
    if (is_in_any(span, m->params->insertions, m->params->n_insertions))
        return inserted;
    if (sb_music_is(speech, span))
        return in_music[b];
    if (b == SB_BOUNDARY_TURN && is_in_any(span, m->params->surpluses, m->params->n_surpluses))
        return in_surplus;
    return unexpected;
}

static void fill_extra(sb_lattice_model *m, const sb_speech *speech)
{
    for (size_t p = 0; p < speech->n_speech; p++) {
        sb_span span = speech->speech[p];
        double seconds = sb_time_to_seconds(span.end - span.start);
        for (size_t b = 0; b < SB_N_BOUNDARIES; b++) {
            extra_price price = price_of_extra(m, speech, span, b);
            m->extra[b][p] = (float)(price.span + price.second * seconds);
        }
    }
}

typedef struct duration_row {
    float log_seconds;  /* of the duration itself */
    float log_expected; /* if it equals the expected duration */
    float sharpness, spread;
} duration_row;

/* With fewer syllables, the pace is less certain. */
static void fill_durations(sb_lattice_model *m)
{
    for (size_t i = 0; i < SB_N_DURATIONS; i++) {
        float seconds = (float)((double)i * SB_DURATION_STEP), expected = seconds + 0.02f;
        float variance = 0.03f + 0.08f / expected;
        m->durations[i] = (duration_row){logf(fmaxf(seconds, 0.0025f)), logf(expected), 1 / (2 * variance),
                                         0.5f * logf(variance)};
    }
}

static void fill_run_on(sb_lattice_model *m)
{
    double sum = 0;
    for (size_t w = 0; w <= m->script->n_words; w++) {
        sum -= log(1 - pause_habits[m->script->boundary[w]].share);
        m->run_on[w] = sum;
    }
}

sb_status sb_lattice_model_make(sb_lattice_model *out, const sb_script *script, const sb_speech *speech,
                                const sb_lattice_params *params, sb_error *err)
{
    *out = (sb_lattice_model){.script = script, .params = params, .n_pauses = speech->n_speech + 1};
    out->start = calloc(out->n_pauses, sizeof *out->start);
    out->spoken = calloc(out->n_pauses, sizeof *out->spoken);
    out->music = calloc(out->n_pauses, sizeof *out->music);
    out->hidden = calloc(out->n_pauses, sizeof *out->hidden);
    out->run_on = calloc(script->n_words + 1, sizeof *out->run_on);
    out->durations = calloc(SB_N_DURATIONS, sizeof *out->durations);
    bool good = out->durations && out->start && out->spoken && out->music && out->hidden && out->run_on;
    for (size_t b = 0; b < SB_N_BOUNDARIES; b++) {
        out->pause[b] = calloc(out->n_pauses, sizeof *out->pause[b]);
        out->extra[b] = calloc(out->n_pauses, sizeof *out->extra[b]);
        good = good && out->pause[b] && out->extra[b];
    }
    if (!good) {
        sb_lattice_model_finish(out);
        return sb_error_memory(err, "aligning");
    }
    fill_pauses(out, speech);
    fill_extra(out, speech);
    fill_durations(out);
    fill_run_on(out);
    return SB_OK;
}

void sb_lattice_model_finish(sb_lattice_model *m)
{
    free(m->start);
    free(m->spoken);
    free(m->music);
    free(m->hidden);
    free(m->run_on);
    free(m->durations);
    for (size_t b = 0; b < SB_N_BOUNDARIES; b++) {
        free(m->pause[b]);
        free(m->extra[b]);
    }
    *m = (sb_lattice_model){0};
}

static size_t duration_index(double seconds)
{
    size_t index = (size_t)(seconds * (1 / SB_DURATION_STEP) + 0.5);
    return index < SB_N_DURATIONS ? index : SB_N_DURATIONS - 1;
}

float sb_cost_of_duration(const sb_lattice_model *m, size_t first, size_t end, double seconds)
{
    const duration_row *row =
        &m->durations[duration_index(m->script->length[end] - m->script->length[first])];
    float x = m->durations[duration_index(seconds)].log_seconds - row->log_expected;
    return x * x * row->sharpness + row->spread;
}

static float cost_of_stamp(const sb_lattice_model *m, size_t turn, double time)
{
    double due = m->params->turn_time[turn];
    if (isnan(due))
        return 0;
    double beyond = fmax(due - time, time - due - m->params->resolution);
    if (beyond <= STAMP_SLACK)
        return 0;
    float cost = STAMP_STEP + (float)((beyond - STAMP_SLACK) / STAMP_SCALE);
    return cost < STAMP_MOST ? cost : STAMP_MOST + (cost - STAMP_MOST) * 0.05f;
}

float sb_cost_of_start(const sb_lattice_model *m, size_t word, double time)
{
    const sb_script *s = m->script;
    if (word >= s->n_words || s->first_word[s->turn[word]] != word)
        return 0;
    return cost_of_stamp(m, s->turn[word], time);
}

float sb_cost_inside_run(const sb_lattice_model *m, size_t first, size_t end, double start, double seconds)
{
    const sb_script *s = m->script;
    float cost = (float)(m->run_on[end - 1] - m->run_on[first]);
    if (s->turn[first] == s->turn[end - 1])
        return cost;
    double length = s->length[end] - s->length[first];
    for (size_t t = s->turn[first] + 1; t <= s->turn[end - 1]; t++) {
        if (s->first_word[t] == s->first_word[t + 1])
            continue;
        double part = length > 0 ? (s->length[s->first_word[t]] - s->length[first]) / length : 0;
        cost += cost_of_stamp(m, t, start + part * seconds);
    }
    return cost;
}

float sb_cost_of_missing_word(const sb_lattice_model *m, size_t word)
{
    return 2.5f + 0.8f * m->script->units[word];
}

float sb_cost_of_extra(const sb_lattice_model *m, size_t pause, size_t word)
{
    const sb_script *s = m->script;
    bool between = word == s->n_words || s->first_word[s->turn[word]] == word;
    return m->extra[between ? SB_BOUNDARY_TURN : s->boundary[word]][pause];
}

float sb_cost_of_music(const sb_lattice_model *m, size_t from, size_t to)
{
    return (float)(MUSIC_PRICE * (m->music[to] - m->music[from]));
}
