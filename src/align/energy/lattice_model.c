#include "align/energy/energy.h"

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

#define STAMP_SLACK 0.05
#define STAMP_STEP  1.5f
#define STAMP_SCALE 0.25
#define STAMP_MOST  9.0f

static float cost_of_length(double share, double median, double spread, double seconds)
{
    double x = (log(seconds) - log(median)) / spread;
    return (float)(x * x / 2 + log(spread) - log(share));
}

static void fill_pauses(sb_lattice_model *m, const sb_speech *speech)
{
    double before = 0, spoken = 0;
    for (size_t p = 0; p < m->n_pauses; p++) {
        bool last = p == speech->n_speech;
        m->start[p] = sb_time_to_seconds(last ? speech->duration : speech->speech[p].start);
        m->spoken[p] = spoken;
        double seconds = fmax(m->start[p] - before, 0.02);
        for (size_t b = 0; b < SB_N_BOUNDARIES; b++)
            m->pause[b][p] = p == 0 || last ? 0
                                            : cost_of_length(pause_habits[b].share, pause_habits[b].median,
                                                             pause_habits[b].spread, seconds);
        m->hidden[p] = cost_of_length(HIDDEN_SHARE, HIDDEN_MEDIAN, HIDDEN_SPREAD, seconds);
        if (last)
            break;
        before = sb_time_to_seconds(speech->speech[p].end);
        spoken += before - m->start[p];
    }
}

static bool is_insertion(const sb_lattice_params *params, sb_span speech)
{
    for (size_t i = 0; i < params->n_insertions; i++)
        if (speech.start < params->insertions[i].end && speech.end > params->insertions[i].start)
            return true;
    return false;
}

static void fill_extra(sb_lattice_model *m, const sb_speech *speech)
{
    for (size_t p = 0; p < speech->n_speech; p++) {
        double seconds = sb_time_to_seconds(speech->speech[p].end - speech->speech[p].start);
        bool expected = is_insertion(m->params, speech->speech[p]);
        m->extra[p] = (float)(expected ? 0.3 + 0.05 * seconds : 3 + 1.2 * seconds);
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
    out->extra = calloc(out->n_pauses, sizeof *out->extra);
    out->hidden = calloc(out->n_pauses, sizeof *out->hidden);
    out->run_on = calloc(script->n_words + 1, sizeof *out->run_on);
    out->durations = calloc(SB_N_DURATIONS, sizeof *out->durations);
    bool good = out->durations && out->start && out->spoken && out->extra && out->hidden && out->run_on;
    for (size_t b = 0; b < SB_N_BOUNDARIES; b++) {
        out->pause[b] = calloc(out->n_pauses, sizeof *out->pause[b]);
        good = good && out->pause[b];
    }
    if (!good) {
        sb_lattice_model_finish(out);
        return sb_error_set(err, SB_ERR_MEMORY, "out of memory");
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
    free(m->extra);
    free(m->hidden);
    free(m->run_on);
    free(m->durations);
    for (size_t b = 0; b < SB_N_BOUNDARIES; b++)
        free(m->pause[b]);
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
