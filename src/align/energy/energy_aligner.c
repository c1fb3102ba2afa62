#include "align/energy/energy.h"

#include "align/stamps/stamps.h"
#include "alignment/alignment.h"
#include "base/run/run.h"

#include <math.h>
#include <stdlib.h>

#define FIRST_SLACK  1.5 /* seconds, before the map is fitted */
#define SECOND_SLACK 0.8
#define LEAST_STAMPS 12  /* fewer give too little evidence */
#define SMALL_OFFSET 1.0 /* seconds; onsets alone may be wrong by this */
#define LEAST_FIT    0.05
#define SURE_FIT     0.3 /* nats per stamp; below it the words are used too */
/* Nats of all stamps together. Below them the words are used too. At the best of all offsets, 330 wrong pairs
 * with 13 to 36 stamps had at most 10.6, and true pairs 37 s late had 7 to 22. At offset 0, the wrong pairs
 * had at most 4.5 and true ones 7 to 31 (field sets, 2026-11-30). */
#define SURE_NATS       10.0
#define SURE_NATS_THERE 6.0
#define LEAST_WORDS     60   /* fewer cannot be distinguished from other text */
#define LEAST_GAIN      0.03 /* log-likelihood per word, over the words in reverse order */
#define JUMP_REACH      8    /* turns by which the stamps may misplace a jump */
/* Minimum gain in log-likelihood of an offset that the pauses do not support. Of 87 wrong pairs whose stamps
 * end with the audio, 5 gained as much (at most 96). Of 14 wrong pairs whose stamps continue after its end, 4
 * gained as much (at most 365). True pairs 37 s late gained 357 or more (field sets, 2026-11-29). The gain
 * only decides the positions of turns; the pairing stays UNSURE. */
#define OFFSET_GAIN 20.0
/* The same for an offset of at most NEAR_OFFSET. Of 80 true pairs without an offset, one gained as much as
 * 4.1, all others 1.7 or less. With an offset of half a second, 62 of 76 gained more (field sets,
 * 2026-12-01). */
#define NEAR_OFFSET      2.0 /* seconds */
#define NEAR_GAIN        4.5
#define LEAST_SURPLUS    8.0 /* seconds between two stamps beyond the length of the words */
#define SURPLUS_FACTOR   1.7 /* times their length; hardly one turn of 41 recordings takes so long */
#define LEAST_MUSIC      (4 * SB_TIME_SECOND) /* in the rest, to make it a surplus */
#define EARLIEST_SURPLUS 0.6 /* share of the length of the words, after which a surplus may start */
#define PASSAGE          12  /* consecutive turns */
#define DOUBTFUL         0.5f
/* Turns of a passage; the worst of 30 recordings whose pauses fit had 4, those with half of the stamps wrong
 * 5 to 9. */
#define MOST_DOUBTS 6
#define PACE_PRIOR  20.0 /* seconds of speech as prior for a speaker's own pace */

/* Turns [least, most) may be on either side of a jump. */
typedef struct doubt {
    size_t least, most;
} doubt;

typedef struct aligner {
    sb_script script;
    sb_offsets offsets;
    sb_lattice_path path;
    sb_jump *jumps;
    doubt *doubts; /* one per jump */
    double *turn_time;
    sb_span *insertions; /* one per forward jump */
    size_t n_insertions;
    sb_span *surpluses; /* gaps between stamps that are longer than the words need */
    size_t n_surpluses;
    bool offset_found; /* from the words */
    const sb_speech *speech;
    const sb_transcript *transcript;
    const sb_monitor *monitor;
} aligner;

static void finish_aligner(aligner *g)
{
    sb_script_finish(&g->script);
    sb_offsets_finish(&g->offsets);
    sb_lattice_path_finish(&g->path);
    free(g->jumps);
    free(g->doubts);
    free(g->turn_time);
    free(g->insertions);
    free(g->surpluses);
}

/* Adds the sound between two stamps if it is much longer than the words between them: an ad or music that the
 * stamps already include. The start and the end of the file count as stamps. */
static void add_surplus(aligner *g, double from, double until, size_t first_turn, size_t end_turn)
{
    const double *length = g->script.length;
    double needed = length[g->script.first_word[end_turn]] - length[g->script.first_word[first_turn]];
    sb_span rest = {sb_time_from_seconds(from + EARLIEST_SURPLUS * needed), sb_time_from_seconds(until)};
    bool long_enough = until - from > SURPLUS_FACTOR * needed + LEAST_SURPLUS;
    if (long_enough || (rest.end > rest.start && sb_music_in(g->speech, rest) > LEAST_MUSIC))
        g->surpluses[g->n_surpluses++] = rest;
}

static void set_surpluses(aligner *g)
{
    g->n_surpluses = 0;
    double from = 0;
    size_t first = 0;
    for (size_t t = 0; t < g->script.n_turns; t++) {
        if (isnan(g->turn_time[t]) || g->turn_time[t] < from)
            continue;
        add_surplus(g, from, g->turn_time[t], first, t);
        from = g->turn_time[t];
        first = t;
    }
    if (first > 0 || !isnan(g->turn_time[0]))
        add_surplus(g, from, sb_time_to_seconds(g->speech->duration), first, g->script.n_turns);
}

/* An inserted passage is between the last stamped turn before the jump and the first one after it. */
static void set_insertions(aligner *g)
{
    g->n_insertions = 0;
    for (size_t i = 0; i < g->offsets.n_jumps; i++) {
        size_t after = g->jumps[i].turn, before = after;
        while (before-- > 0 && isnan(g->turn_time[before]))
            continue;
        sb_time from = sb_time_from_seconds(g->turn_time[before]),
                until = sb_time_from_seconds(g->turn_time[after]);
        sb_time stamps = g->transcript->turns[after].stamp - g->transcript->turns[before].stamp;
        if (until - from - stamps > SB_TIME_SECOND)
            g->insertions[g->n_insertions++] = (sb_span){from, until};
    }
}

/* Parameters of a search with the stamps, without surpluses. */
static sb_lattice_params params_of(const aligner *g, double slack, bool path_only)
{
    sb_lattice_params params = {.turn_time = g->turn_time,
                                .slack = slack,
                                .path_only = path_only,
                                .monitor = g->monitor,
                                .insertions = g->insertions,
                                .n_insertions = g->n_insertions};
    if (g->transcript->resolution != SB_TIME_NONE)
        params.resolution = sb_time_to_seconds(g->transcript->resolution);
    return params;
}

static sb_status search_path(aligner *g, double slack, bool path_only, sb_error *err)
{
    set_insertions(g);
    set_surpluses(g);
    sb_lattice_params params = params_of(g, slack, path_only);
    params.surpluses = g->surpluses;
    params.n_surpluses = g->n_surpluses;
    sb_lattice_path_finish(&g->path);
    return sb_lattice_search(&g->path, &g->script, g->speech, &params, err);
}

static double speech_of_run(const sb_speech *speech, const sb_word_run *run)
{
    sb_time sum = 0;
    for (size_t s = run->first_span; s < run->end_span; s++)
        sum += speech->speech[s].end - speech->speech[s].start;
    return sb_time_to_seconds(sum);
}

/* Seconds per unit for each speaker. The values of speakers with little speech are pulled towards the
 * common one. */
static bool learn_paces(aligner *g)
{
    sb_script *s = &g->script;
    double *seconds = calloc(s->n_speakers + 1, sizeof *seconds),
           *units = calloc(s->n_speakers + 1, sizeof *units);
    bool good = seconds && units;
    for (size_t i = 0; good && i < g->path.n_runs; i++) {
        const sb_word_run *run = &g->path.runs[i];
        if (run->first_word == run->end_word)
            continue;
        size_t who = s->speaker[s->turn[run->first_word]];
        double spoken = speech_of_run(g->speech, run);
        seconds[who] += spoken;
        seconds[s->n_speakers] += spoken;
        for (size_t w = run->first_word; w < run->end_word; w++) {
            units[who] += (double)s->units[w];
            units[s->n_speakers] += (double)s->units[w];
        }
    }
    if (good && units[s->n_speakers] > 0) {
        double all = seconds[s->n_speakers] / units[s->n_speakers];
        for (size_t i = 0; i < s->n_speakers; i++)
            s->pace[i] = (float)((seconds[i] + PACE_PRIOR) / (units[i] + PACE_PRIOR / all));
        sb_script_set_lengths(s);
    }
    free(seconds);
    free(units);
    return good;
}

static bool set_turn_times(aligner *g)
{
    g->turn_time = calloc(g->transcript->n_turns, sizeof *g->turn_time);
    for (size_t t = 0; g->turn_time && t < g->transcript->n_turns; t++) {
        sb_time stamp = g->transcript->turns[t].stamp;
        g->turn_time[t] = sb_time_to_seconds(stamp) + g->offsets.offset[t];
    }
    return g->turn_time != NULL;
}

static bool set_jumps(aligner *g)
{
    g->jumps = calloc(g->offsets.n_jumps + 1, sizeof *g->jumps);
    for (size_t i = 0; g->jumps && i < g->offsets.n_jumps; i++) {
        float gain = g->offsets.jump_gain[i];
        g->jumps[i] =
            (sb_jump){g->offsets.jumps[i] - 1, g->offsets.jumps[i], gain > 0 ? 1 - expf(-gain / 8) : 0};
    }
    g->doubts = calloc(g->offsets.n_jumps + 1, sizeof *g->doubts);
    g->insertions = calloc(g->offsets.n_jumps + 1, sizeof *g->insertions);
    g->surpluses = calloc(g->script.n_turns + 1, sizeof *g->surpluses);
    return g->jumps && g->doubts && g->insertions && g->surpluses;
}

static void follow_map(aligner *g, const sb_alignment *a)
{
    for (size_t t = 0; t < g->transcript->n_turns; t++)
        if (!isnan(g->turn_time[t]))
            g->turn_time[t] = sb_time_to_seconds(sb_time_map_apply(a, g->transcript->turns[t].stamp));
}

static void forget_places(sb_alignment *a)
{
    sb_time_map_forget(a);
    free(a->unmatched);
    a->unmatched = NULL;
    a->n_unmatched = 0;
    for (size_t t = 0; t < a->n_turns; t++) {
        a->turns[t].start = a->turns[t].end = SB_TIME_NONE;
        for (size_t w = 0; w < a->turns[t].n_words; w++)
            a->turns[t].words[w].start = a->turns[t].words[w].end = SB_TIME_NONE;
    }
}

static size_t turns_to_jump(const aligner *g, size_t jump, bool backwards)
{
    size_t here = g->jumps[jump].turn, reach = JUMP_REACH;
    if (backwards) {
        size_t least = jump > 0 ? g->jumps[jump - 1].turn + 1 : 1;
        return here > least + reach ? here - reach : least;
    }
    size_t most = jump + 1 < g->offsets.n_jumps ? g->jumps[jump + 1].turn - 1 : g->script.n_turns - 1;
    return here + reach < most ? here + reach : most;
}

static void move_jump(aligner *g, size_t jump, const sb_jump_place *place)
{
    size_t from = g->jumps[jump].turn;
    for (size_t t = place->turn; t < from; t++)
        g->turn_time[t] += place->after - place->before;
    for (size_t t = from; t < place->turn; t++)
        g->turn_time[t] += place->before - place->after;
    g->jumps[jump].turn = place->turn;
    g->jumps[jump].before = place->turn - 1;
    g->doubts[jump] = (doubt){place->least, place->most};
}

/* The stamps leave a few turns in doubt. The fit of their words decides. */
static sb_status place_jumps(aligner *g, sb_error *err)
{
    for (size_t i = 0; i < g->offsets.n_jumps; i++) {
        size_t turn = g->jumps[i].turn;
        sb_jump_place place = {.turn = turn,
                               .before = g->offsets.offset[turn - 1],
                               .after = g->offsets.offset[turn],
                               .least = turns_to_jump(g, i, true),
                               .most = turns_to_jump(g, i, false)};
        sb_status status = sb_jump_place_find(&place, &g->script, g->transcript, g->speech, err);
        if (status != SB_OK)
            return status;
        move_jump(g, i, &place);
    }
    return SB_OK;
}

static void doubt_turns_at_jumps(const aligner *g, sb_alignment *a)
{
    for (size_t i = 0; i < g->offsets.n_jumps; i++)
        for (size_t t = g->doubts[i].least; t < g->doubts[i].most; t++)
            a->turns[t].confidence *= 0.5f;
}

static sb_status place_by_energy(aligner *g, sb_alignment *a, sb_error *err)
{
    sb_status status = sb_place_words(a, &g->script, g->speech, &g->path, err);
    return status == SB_OK ? sb_time_map_fit(a, g->jumps, g->offsets.n_jumps, err) : status;
}

/* Aligns with the offsets from the pauses, then again with the resulting paces and map. */
static sb_status align_twice(aligner *g, sb_alignment *a, sb_error *err)
{
    sb_status status = search_path(g, FIRST_SLACK, true, err);
    if (status != SB_OK)
        return status;
    if (!learn_paces(g))
        return sb_error_memory(err, "aligning");
    status = place_jumps(g, err);
    if (status == SB_OK)
        status = place_by_energy(g, a, err);
    if (status != SB_OK)
        return status;
    follow_map(g, a);
    forget_places(a);
    status = search_path(g, SECOND_SLACK, false, err);
    if (status == SB_OK)
        status = place_by_energy(g, a, err);
    if (status == SB_OK)
        doubt_turns_at_jumps(g, a);
    return status;
}

static bool stamps_can_tell(const aligner *g)
{
    return g->offsets.n_stamps >= LEAST_STAMPS;
}

static bool stamps_fit(const aligner *g)
{
    return stamps_can_tell(g) && g->offsets.fit >= LEAST_FIT;
}

/* Without evidence for another offset, the stamps are used as they are, unless they are outside the audio. */
static void take_stamps_as_they_are(aligner *g)
{
    for (size_t t = 0; t < g->transcript->n_turns; t++) {
        sb_time stamp = g->transcript->turns[t].stamp;
        g->offsets.offset[t] = 0;
        g->turn_time[t] =
            stamp == SB_TIME_NONE || stamp >= g->speech->duration ? NAN : sb_time_to_seconds(stamp);
    }
    g->offsets.n_jumps = 0;
}

/* If the text fits the speech no better than the same words in reverse order, it does not belong to the
 * audio. The words in reverse order have no stamps and no surpluses, so the text has none of the latter
 * here. */
static sb_status compare_with_reverse(aligner *g, bool *belongs, sb_error *err)
{
    sb_script reverse = {0};
    sb_lattice_path path = {0}, plain = {0};
    double no_stamp = NAN, cost = g->path.cost;
    sb_lattice_params params = {.turn_time = &no_stamp, .path_only = true, .monitor = g->monitor};
    sb_status status = sb_script_reverse(&reverse, &g->script, err);
    if (status == SB_OK)
        status = sb_lattice_search(&path, &reverse, g->speech, &params, err);
    if (status == SB_OK && g->n_surpluses > 0) {
        params = params_of(g, SECOND_SLACK, true);
        status = sb_lattice_search(&plain, &g->script, g->speech, &params, err);
        cost = plain.cost;
    }
    *belongs = status == SB_OK && cost < path.cost - LEAST_GAIN * (double)g->script.n_words;
    sb_lattice_path_finish(&plain);
    sb_lattice_path_finish(&path);
    sb_script_finish(&reverse);
    return status;
}

static sb_status set_unsure(sb_alignment *a, sb_error *err)
{
    bool ok = true;
    a->pairing = SB_PAIRING_UNSURE;
    a->pairing_note = sb_copy_text("the pauses are too little evidence to be certain", &ok);
    return ok ? SB_OK : sb_error_memory(err, "aligning");
}

/* Pauses can show that a pair belongs together, but never that it does not. If they fit worse than chance at
 * the best offsets, for example because the text is longer than the audio, words that fit prove nothing. */
static sb_status judge_stamps(aligner *g, sb_alignment *a, sb_error *err)
{
    bool belongs = false, worse_than_chance = stamps_can_tell(g) && g->offsets.fit < 0;
    if (g->script.n_words >= LEAST_WORDS && !worse_than_chance) {
        sb_status status = compare_with_reverse(g, &belongs, err);
        if (status != SB_OK)
            return status;
    }
    return belongs ? SB_OK : set_unsure(a, err);
}

/* True if the turn may be part of a passage that was cut out of the audio. */
static bool may_be_cut_out(const sb_alignment *a, size_t t)
{
    sb_time stamp = a->turns[t].stamp;
    for (size_t b = 0; stamp != SB_TIME_NONE && b < a->n_breaks; b++)
        if (a->breaks[b].gap < 0 && llabs(stamp - a->breaks[b].at) <= SB_TIME_SECOND - a->breaks[b].gap)
            return true;
    return false;
}

static bool is_doubtful(const sb_alignment *a, size_t t)
{
    return a->turns[t].confidence < DOUBTFUL && !may_be_cut_out(a, t);
}

/* Returns true if many turns of a passage are doubtful. One half of a text may fit so well that the whole
 * text seems to fit although the stamps of the other half are wrong. */
static bool a_passage_is_doubtful(const sb_alignment *a)
{
    size_t here = 0, most = 0;
    for (size_t t = 0; t < a->n_turns; t++) {
        here += is_doubtful(a, t);
        here -= t >= PASSAGE && is_doubtful(a, t - PASSAGE);
        most = here > most ? here : most;
    }
    return most >= MOST_DOUBTS;
}

/* True if a single offset was found that is within the error of onsets. */
static bool offset_is_small(const aligner *g)
{
    for (size_t t = 0; t < g->transcript->n_turns; t++)
        if (fabs(g->offsets.offset[t]) > SMALL_OFFSET)
            return false;
    return g->offsets.n_jumps == 0;
}

static void follow_offset(aligner *g, double offset)
{
    for (size_t t = 0; t < g->transcript->n_turns; t++) {
        g->offsets.offset[t] = offset;
        if (!isnan(g->turn_time[t]))
            g->turn_time[t] = sb_time_to_seconds(g->transcript->turns[t].stamp) + offset;
    }
}

/* An uncertain offset is found again with the words. A small one is used only if they support it. */
static sb_status refine_offset(aligner *g, sb_error *err)
{
    bool small = offset_is_small(g);
    double offset = small ? 0 : g->offsets.offset[0], gain = 0;
    sb_lattice_params params = {.slack = FIRST_SLACK, .monitor = g->monitor};
    if (g->offsets.n_stamps == 0 || g->offsets.n_jumps > 0)
        return SB_OK;
    if (g->transcript->resolution != SB_TIME_NONE)
        params.resolution = sb_time_to_seconds(g->transcript->resolution);
    sb_status status = sb_find_offset(&offset, &gain, &g->script, g->transcript, g->speech, &params, err);
    if (status != SB_OK)
        return status;
    g->offset_found = gain >= (fabs(offset) > NEAR_OFFSET ? OFFSET_GAIN : NEAR_GAIN);
    if (g->offset_found || !small)
        follow_offset(g, offset);
    return SB_OK;
}

static bool stamps_are_sure(const aligner *g)
{
    double nats = (double)g->offsets.fit * (double)g->offsets.n_stamps;
    return stamps_can_tell(g) && g->offsets.fit >= SURE_FIT &&
           nats >= (offset_is_small(g) ? SURE_NATS_THERE : SURE_NATS);
}

static sb_status align_by_what_fits(aligner *g, sb_alignment *a, sb_error *err)
{
    bool sure = stamps_are_sure(g);
    sb_status status = sure ? SB_OK : refine_offset(g, err);
    bool useless = stamps_can_tell(g) && !stamps_fit(g) && !g->offset_found;
    if (useless)
        take_stamps_as_they_are(g);
    if (status == SB_OK)
        status = align_twice(g, a, err);
    if (status == SB_OK && !sure)
        status = judge_stamps(g, a, err);
    if (useless || (!sure && !g->offset_found && offset_is_small(g)))
        take_stamps_as_they_are(g);
    if (status == SB_OK && !sb_keep_stamps(a, g->turn_time, sure))
        status = sb_error_memory(err, "aligning");
    if (status == SB_OK && stamps_can_tell(g) && a->pairing == SB_PAIRING_OK && a_passage_is_doubtful(a))
        status = set_unsure(a, err);
    if (status != SB_OK || sure)
        return status;
    /* The offset of the turns that kept their stamps may differ from the offset from the pauses. */
    sb_time_map_forget(a);
    return sb_time_map_fit(a, g->jumps, g->offsets.n_jumps, err);
}

sb_status sb_energy_align(sb_alignment *a, const sb_speech *speech, const sb_transcript *transcript,
                          const sb_align_params *params, sb_error *err)
{
    sb_speech parted;
    aligner g = {.speech = &parted, .transcript = transcript, .monitor = params ? params->monitor : NULL};
    sb_status status = sb_music_part(&parted, speech, err);
    if (status == SB_OK)
        status = sb_script_make(&g.script, transcript, err);
    if (status == SB_OK)
        status = sb_offsets_find(&g.offsets, transcript, &parted, err);
    if (status == SB_OK && (!set_turn_times(&g) || !set_jumps(&g)))
        status = sb_error_memory(err, "aligning");
    if (status == SB_OK)
        status = align_by_what_fits(&g, a, err);
    finish_aligner(&g);
    free(parted.speech);
    return status;
}
