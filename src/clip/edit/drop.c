#include "clip/edit/edit.h"
#include "clip/splice/splice.h"

#include "base/run/run.h"
#include "base/text/text.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define STOP_MS       250 /* shortest pause after a full stop */
#define MOST_MS       1000
#define EDGE_PAUSE_MS 60 /* pause in which a clip can begin or end */
#define NEAR_WORD_MS  15

const char *sb_drop_print(unsigned kinds)
{
    static const char *const names[] = {"", "fillers", "repeats", "fillers,repeats"};
    return names[kinds & 3];
}

sb_status sb_drop_parse(unsigned *kinds, const char *text, sb_error *err)
{
    static const char *const names[] = {"fillers", "repeats"};
    *kinds = 0;
    for (const char *at = text; at; at = *at == ',' ? at + 1 : NULL) {
        at += strspn(at, " ");
        size_t length = strcspn(at, ", ");
        unsigned kind = 0;
        for (unsigned i = 0; i < 2; i++)
            if (strlen(names[i]) == length && !memcmp(names[i], at, length))
                kind = 1u << i;
        const char *end = at + length + strspn(at + length, " ");
        if (!kind || (*end && *end != ','))
            return sb_error_set(err, SB_ERR_ARGUMENT,
                                "only fillers, repeats or fillers,repeats can be dropped, not '%.40s'", text);
        *kinds |= kind;
        at = end;
    }
    return SB_OK;
}

/* A run whose join is being searched. */
typedef struct cut {
    sb_drop_run *run;
    sb_splice splice;
} cut;

typedef struct dropper {
    sb_clip_job *job;
    sb_drop_plan plan;
    sb_splicer splicer;
    sb_room_tone *tone;
    cut *cuts;
    size_t n_cuts;
    int64_t length; /* of the sound in `raw` */
} dropper;

static int64_t sample_of(const dropper *d, sb_time t)
{
    int64_t at = sb_time_to_samples(t, d->job->result->source_rate) - d->job->result->start_sample;
    return at < 0 ? 0 : at > d->length ? d->length : at;
}

static int64_t ms(const dropper *d, int64_t value)
{
    return value * d->job->result->source_rate / 1000;
}

static sb_time time_of_sample(const dropper *d, int64_t sample)
{
    return sb_time_from_samples(d->job->result->start_sample + sample, d->job->result->source_rate);
}

static void add_twins(const dropper *d, sb_splice_spot *spot, const sb_drop_run *run)
{
    for (size_t i = run->first; i <= run->last && spot->n_twins < SB_SPLICE_TWINS; i++) {
        const sb_drop_word *word = &d->plan.words[i];
        if (word->again > run->last)
            spot->twins[spot->n_twins++] =
                (sb_splice_twin){sample_of(d, word->span.start), sample_of(d, word->span.end),
                                 sample_of(d, d->plan.words[word->again].span.start)};
    }
}

/* After a filler is dropped, the longer of the pauses beside it remains; after a stutter, the pause before
 * it. */
static int64_t wanted_pause(const dropper *d, const sb_drop_run *run, const sb_splice_spot *spot)
{
    int64_t before = spot->first - spot->before, after = spot->after - spot->last;
    int64_t wanted = run->kinds == SB_DROP_REPEATS || before > after ? before : after;
    bool stopped = run->first > 0 && d->plan.words[run->first - 1].stopped;
    if (stopped && wanted < ms(d, STOP_MS))
        wanted = ms(d, STOP_MS);
    return wanted < ms(d, MOST_MS) ? wanted : ms(d, MOST_MS);
}

static sb_splice_spot spot_of(const dropper *d, const sb_drop_run *run)
{
    const sb_drop_word *words = d->plan.words;
    sb_splice_spot spot = {.before = 0, .after = d->length};
    spot.first = sample_of(d, words[run->first].span.start);
    spot.last = sample_of(d, words[run->last].span.end);
    if (run->first > 0)
        spot.before = sample_of(d, words[run->first - 1].span.end);
    if (run->last + 1 < d->plan.n_words)
        spot.after = sample_of(d, words[run->last + 1].span.start);
    spot.before = spot.before < spot.first ? spot.before : spot.first;
    spot.after = spot.after > spot.last ? spot.after : spot.last;
    spot.pause = wanted_pause(d, run, &spot);
    add_twins(d, &spot, run);
    return spot;
}

/* At the edge of the quote no join is needed if there is a pause between the run and the remaining words. */
static bool trim_edge(const dropper *d, const sb_drop_run *run, const sb_splice_spot *spot, sb_splice *out)
{
    *out = (sb_splice){.quality = 1, .correlation = NAN};
    const sb_clip_result *result = d->job->result;
    int64_t lead = sample_of(d, result->cut.speech.start),
            tail = d->length - sample_of(d, result->cut.speech.end);
    int64_t pause_after = spot->after - spot->last, pause_before = spot->first - spot->before;
    if (run->first == 0 && pause_after >= ms(d, EDGE_PAUSE_MS)) {
        int64_t most = pause_after - ms(d, NEAR_WORD_MS), kept = lead > ms(d, STOP_MS) ? lead : ms(d, 150);
        out->until = spot->after - (kept < most ? kept : most);
        return true;
    }
    if (run->last + 1 == d->plan.n_words && pause_before >= ms(d, EDGE_PAUSE_MS)) {
        int64_t most = pause_before - ms(d, NEAR_WORD_MS), kept = tail > ms(d, 300) ? tail : ms(d, 300);
        out->from = spot->before + (kept < most ? kept : most);
        out->until = d->length;
        return true;
    }
    return false;
}

static char *text_of(const sb_drop_plan *plan, const sb_drop_run *run)
{
    sb_bytes text = {0};
    for (size_t i = run->first; i <= run->last; i++)
        sb_bytes_print(&text, "%s%s",
                       i > run->first ? sb_word_gap(plan->words[i - 1].text, plan->words[i].text) : "",
                       plan->words[i].text);
    if (text.failed)
        sb_bytes_finish(&text);
    return text.data;
}

static sb_status leave(dropper *d, sb_drop_run *run, const char *why, sb_error *err)
{
    char at[SB_TIME_TEXT], *text = text_of(&d->plan, run);
    run->left = true;
    sb_time_print(at, d->plan.words[run->first].span.start, 3);
    sb_status status = text ? sb_clip_result_warn(d->job->result, err,
                                                  "'%s' at %s was kept: %s; listen there", text, at, why)
                            : sb_error_memory(err, "editing a clip");
    free(text);
    return status;
}

static sb_status cut_run(dropper *d, sb_drop_run *run, sb_error *err)
{
    sb_splice splice;
    sb_splice_spot spot = spot_of(d, run);
    sb_status status = SB_OK;
    if (!trim_edge(d, run, &spot, &splice))
        status = sb_splice_find(&splice, &d->splicer, &spot, err);
    if (status)
        return status;
    const sb_splice *before = d->n_cuts ? &d->cuts[d->n_cuts - 1].splice : NULL;
    bool overlaps = before && splice.from - splice.fade / 2 < before->until + before->fade / 2;
    if (splice.quality < SB_DROP_LEAST_QUALITY || overlaps)
        return leave(d, run, "the join would be heard", err);
    d->cuts[d->n_cuts++] = (cut){run, splice};
    return SB_OK;
}

static sb_status make_tone(dropper *d, sb_error *err)
{
    sb_sample_span *quiet;
    size_t n;
    sb_status status = sb_clip_pauses_find(&quiet, &n, d->job, err);
    if (!status)
        status = sb_clip_pauses_tone(&d->tone, &d->job->raw, d->job->result->source_rate, quiet, n, err);
    d->splicer.tone = d->tone;
    free(quiet);
    return status;
}

static sb_status find_cuts(dropper *d, sb_error *err)
{
    d->cuts = calloc(d->plan.n_runs + 1, sizeof *d->cuts);
    sb_status status = d->cuts ? sb_splicer_init(&d->splicer, &d->job->raw, d->job->result->source_rate, err)
                               : sb_error_memory(err, "editing a clip");
    if (!status)
        status = make_tone(d, err);
    for (size_t i = 0; !status && i < d->plan.n_runs; i++) {
        sb_drop_run *run = &d->plan.runs[i];
        status = run->left ? leave(d, run, "its position is uncertain", err) : cut_run(d, run, err);
    }
    return status;
}

static sb_status keep_drop(sb_clip_result *result, const sb_drop_plan *plan, const sb_drop_run *run,
                           const sb_drop *drop, sb_error *err)
{
    sb_drop *kept = &result->drops[result->n_drops];
    *kept = *drop;
    kept->kinds = run->kinds;
    kept->span = (sb_span){plan->words[run->first].span.start, plan->words[run->last].span.end};
    kept->text = text_of(plan, run);
    if (!kept->text)
        return sb_error_memory(err, "editing a clip");
    result->n_drops++;
    return SB_OK;
}

static sb_status start_drops(sb_clip_result *result, const sb_drop_plan *plan, sb_error *err)
{
    for (size_t i = 0; i < result->n_drops; i++)
        sb_drop_finish(&result->drops[i]);
    free(result->drops);
    result->n_drops = 0;
    result->drops = calloc(plan->n_runs + 1, sizeof *result->drops);
    return result->drops ? SB_OK : sb_error_memory(err, "editing a clip");
}

static sb_status set_text(sb_clip_result *result, const sb_drop_plan *plan, sb_error *err)
{
    if (result->n_drops == 0)
        return SB_OK;
    char *text = sb_drop_text(plan);
    if (!text)
        return sb_error_memory(err, "editing a clip");
    free(result->text);
    result->text = text;
    return SB_OK;
}

/* The quote now begins and ends with the remaining words. */
static void set_edges(sb_clip_result *result, const sb_drop_plan *plan)
{
    size_t first = 0, last = plan->n_words;
    for (size_t i = 0; i < plan->n_runs; i++) {
        if (plan->runs[i].left)
            continue;
        first = plan->runs[i].first == 0 ? plan->runs[i].last + 1 : first;
        last = plan->runs[i].last + 1 == plan->n_words ? plan->runs[i].first : last;
    }
    if (first > 0 && plan->words[first].heard)
        result->cut.speech.start = plan->words[first].span.start;
    if (last < plan->n_words && plan->words[last - 1].heard)
        result->cut.speech.end = plan->words[last - 1].span.end;
}

static sb_status warn_of_language(sb_clip_job *job, const sb_drop_plan *plan, sb_error *err)
{
    if (!plan->foreign || (job->params->drop == SB_DROP_FILLERS && job->params->fillers))
        return SB_OK;
    bool fillers = job->params->drop & SB_DROP_FILLERS && !job->params->fillers;
    return sb_clip_result_warn(job->result, err, "the built-in words to drop are English only%s",
                               fillers ? "; give a list of fillers in the language of the transcript"
                                       : "; listen to the clip");
}

sb_status sb_clip_job_plan_drops(sb_clip_job *job, sb_error *err)
{
    sb_drop_plan plan = {0};
    const sb_drop unheard = {
        .removed = {SB_TIME_NONE, SB_TIME_NONE}, .fill = SB_TIME_NONE, .quality = NAN, .correlation = NAN};
    sb_status status = sb_drop_plan_make(&plan, job, err);
    if (!status)
        status = start_drops(job->result, &plan, err);
    for (size_t i = 0; !status && i < plan.n_runs; i++)
        if (!plan.runs[i].left)
            status = keep_drop(job->result, &plan, &plan.runs[i], &unheard, err);
    if (!status)
        status = set_text(job->result, &plan, err);
    if (!status)
        status = warn_of_language(job, &plan, err);
    sb_drop_plan_finish(&plan);
    return status;
}

static sb_status report(dropper *d, sb_error *err)
{
    sb_clip_result *result = d->job->result;
    sb_status status = start_drops(result, &d->plan, err);
    for (size_t i = 0; !status && i < d->n_cuts; i++) {
        const sb_splice *splice = &d->cuts[i].splice;
        sb_drop drop = {.removed = {time_of_sample(d, splice->from), time_of_sample(d, splice->until)},
                        .fill = sb_time_from_samples(splice->fill, result->source_rate),
                        .quality = splice->quality,
                        .correlation = splice->correlation};
        status = keep_drop(result, &d->plan, d->cuts[i].run, &drop, err);
    }
    bool ok = true;
    char *text = status ? NULL : sb_copy_text(result->asked_text, &ok);
    if (!status && text) {
        free(result->text);
        result->text = text;
    }
    if (!status)
        status = ok ? set_text(result, &d->plan, err) : sb_error_memory(err, "editing a clip");
    set_edges(result, &d->plan);
    return status;
}

static sb_status make_splices(dropper *d, sb_error *err)
{
    sb_clip_job *job = d->job;
    if (d->n_cuts == 0)
        return SB_OK;
    job->splices = calloc(d->n_cuts, sizeof *job->splices);
    if (!job->splices)
        return sb_error_memory(err, "editing a clip");
    for (size_t i = 0; i < d->n_cuts; i++)
        job->splices[job->n_splices++] = d->cuts[i].splice;
    sb_status status = sb_splices_make(&d->splicer, job->splices, job->n_splices, err);
    job->shape.n_in += (int64_t)job->raw.n_samples - d->length;
    return status;
}

static void set_padding(dropper *d)
{
    sb_clip_result *result = d->job->result;
    int64_t lead = sb_splices_map(d->job->splices, d->job->n_splices, sample_of(d, result->cut.speech.start));
    int64_t end = sb_splices_map(d->job->splices, d->job->n_splices, sample_of(d, result->cut.speech.end));
    result->lead = sb_time_from_samples(lead, result->source_rate);
    result->tail = sb_time_from_samples((int64_t)d->job->raw.n_samples - end, result->source_rate);
}

sb_status sb_clip_job_drop(sb_clip_job *job, sb_error *err)
{
    dropper d = {.job = job, .length = (int64_t)job->raw.n_samples};
    sb_status status = sb_drop_plan_make(&d.plan, job, err);
    if (!status && d.plan.n_runs && d.length) {
        status = find_cuts(&d, err);
        if (!status)
            status = make_splices(&d, err);
        if (!status)
            status = report(&d, err);
        if (!status && d.n_cuts)
            set_padding(&d);
        if (!status && d.n_cuts)
            status = sb_spoken_take(&job->spoken, job, &d.plan, err);
    }
    sb_splicer_finish(&d.splicer);
    sb_room_tone_free(&d.tone);
    sb_drop_plan_finish(&d.plan);
    free(d.cuts);
    return status;
}
