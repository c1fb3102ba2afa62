#include "align/energy/energy.h"

#include "base/run/run.h"

#include <math.h>
#include <stdlib.h>

#define CONTEXT 4   /* turns on either side of those tried */
#define NEARLY  6.0 /* costs closer than this are nearly equal */
#define AWAY    1.5 /* cost per turn of distance from the jump in the stamps */
#define SLACK   1.0 /* seconds */

typedef struct trial {
    size_t first, end; /* in turns */
    sb_transcript transcript;
    sb_script script;
    sb_speech speech;
    double *turn_time;
    double resolution;
} trial;

static double stamp_of(const sb_transcript *transcript, size_t turn)
{
    return sb_time_to_seconds(transcript->turns[turn].stamp);
}

static void cut_speech(trial *t, const sb_speech *speech, double from, double until)
{
    size_t first = 0, end;
    while (first < speech->n_speech && sb_time_to_seconds(speech->speech[first].start) < from - 0.1)
        first++;
    for (end = first; end < speech->n_speech; end++)
        if (sb_time_to_seconds(speech->speech[end].start) >= until - 0.1)
            break;
    t->speech.speech = speech->speech + first;
    t->speech.n_speech = end - first;
    t->speech.music = speech->music;
    t->speech.n_music = speech->n_music;
    t->speech.duration = end < speech->n_speech ? speech->speech[end].start : speech->duration;
}

static sb_status begin_trial(trial *t, const sb_jump_place *jump, const sb_script *script,
                             const sb_transcript *transcript, const sb_speech *speech, sb_error *err)
{
    t->first = jump->least > CONTEXT ? jump->least - CONTEXT : 0;
    t->end = jump->most + CONTEXT < transcript->n_turns ? jump->most + CONTEXT : transcript->n_turns;
    t->transcript = *transcript;
    t->transcript.turns += t->first;
    t->transcript.n_turns = t->end - t->first;
    t->resolution = sb_time_to_seconds(transcript->resolution);
    t->turn_time = calloc(t->transcript.n_turns, sizeof *t->turn_time);
    if (!t->turn_time)
        return sb_error_memory(err, "aligning");
    sb_status status = sb_script_make(&t->script, &t->transcript, err);
    if (status != SB_OK)
        return status;
    for (size_t i = 0; i < t->transcript.n_turns; i++)
        t->script.pace[t->script.speaker[i]] = script->pace[script->speaker[t->first + i]];
    sb_script_set_lengths(&t->script);
    double from = stamp_of(&t->transcript, 0) + jump->before;
    double until = t->end < transcript->n_turns ? stamp_of(transcript, t->end) + jump->after : INFINITY;
    cut_speech(t, speech, isnan(from) || t->first == 0 ? 0 : from, isnan(until) ? INFINITY : until);
    return SB_OK;
}

/* The inserted passage is between the turns before and after the jump. */
static sb_span passage(const trial *t, const sb_jump_place *jump, size_t turn)
{
    double before = stamp_of(&t->transcript, turn - 1 - t->first),
           after = stamp_of(&t->transcript, turn - t->first);
    if (isnan(before) || isnan(after) || jump->after - jump->before < 1)
        return (sb_span){0, 0};
    return (sb_span){sb_time_from_seconds(before + jump->before), sb_time_from_seconds(after + jump->after)};
}

static sb_status cost_of(double *out, trial *t, const sb_jump_place *jump, size_t turn, sb_error *err)
{
    for (size_t i = 0; i < t->transcript.n_turns; i++)
        t->turn_time[i] = stamp_of(&t->transcript, i) + (t->first + i < turn ? jump->before : jump->after);
    sb_span insertion = passage(t, jump, turn);
    sb_lattice_params params = {.turn_time = t->turn_time,
                                .resolution = t->resolution,
                                .slack = SLACK,
                                .insertions = &insertion,
                                .n_insertions = 1,
                                .path_only = true};
    sb_lattice_path path = {0};
    sb_status status = sb_lattice_search(&path, &t->script, &t->speech, &params, err);
    *out = path.cost;
    sb_lattice_path_finish(&path);
    return status;
}

static sb_status try_all(sb_jump_place *jump, trial *t, double *costs, sb_error *err)
{
    double best = INFINITY;
    size_t least = jump->least, most = jump->most, stamped = jump->turn;
    for (size_t turn = least; turn <= most; turn++) {
        sb_status status = cost_of(&costs[turn - least], t, jump, turn, err);
        if (status != SB_OK)
            return status;
        costs[turn - least] += AWAY * (double)(turn > stamped ? turn - stamped : stamped - turn);
        if (costs[turn - least] < best) {
            best = costs[turn - least];
            jump->turn = turn;
        }
    }
    jump->least = jump->most = jump->turn;
    for (size_t turn = least; turn <= most; turn++) {
        if (costs[turn - least] > best + NEARLY)
            continue;
        jump->least = turn < jump->least ? turn : jump->least;
        jump->most = turn > jump->most ? turn : jump->most;
    }
    return SB_OK;
}

sb_status sb_jump_place_find(sb_jump_place *jump, const sb_script *script, const sb_transcript *transcript,
                             const sb_speech *speech, sb_error *err)
{
    trial t = {0};
    double *costs = calloc(jump->most - jump->least + 1, sizeof *costs);
    sb_status status =
        costs ? begin_trial(&t, jump, script, transcript, speech, err) : sb_error_memory(err, "aligning");
    if (status == SB_OK && t.speech.n_speech > 0)
        status = try_all(jump, &t, costs, err);
    sb_script_finish(&t.script);
    free(t.turn_time);
    free(costs);
    return status;
}
