#include "align/acoustic/acoustic_aligner.h"

#include "acoustic/acoustic.h"
#include "align/stamps/stamps.h"
#include "alignment/alignment.h"
#include "base/run/run.h"
#include "base/text/text.h"

#include <math.h>
#include <stdlib.h>

#define ENERGY_SURE 0.5f
/* The search counts each frame of a phone as new evidence, so the prior must be scaled to have any weight.
 * Turn starts within 200 ms on our own field sets: 89.3 % without the prior, 91.0 % with a scale of 3, 92.3 %
 * with 8. With 12 there is no further gain, and words of sentences that were not said are moved to the
 * positions of the energy aligner. */
#define START_SCALE  8.0
#define START_PLACES 10.0 /* number of positions, 0.1 s apart, in a stamp's window of 1 s */
/* Summed log-odds of a turn's words. A turn above it may keep the place of its stamp. */
#define DENIED_ODDS -12.0f

typedef struct aligner {
    sb_alignment *a;
    const sb_speech *speech;
    const sb_features *features;
    const sb_align_params *params;
    sb_acoustic_model *model;
    sb_text_words text;
    bool stamps_agree;      /* according to the energy aligner */
    sb_heard_word *heard;   /* one per word */
    sb_start_prior *starts; /* one per word */
    sb_anchors anchors;
    sb_chunks chunks;
    sb_sample sample;
} aligner;

static void finish_aligner(aligner *g)
{
    sb_sample_finish(&g->sample);
    sb_acoustic_model_free(&g->model);
    sb_text_words_finish(&g->text);
    sb_anchors_finish(&g->anchors);
    sb_chunks_finish(&g->chunks);
    free(g->heard);
    free(g->starts);
}

/* Takes the starts found by energy, each with its log-likelihood ratio against any other place in the window
 * of the stamp, in nats. */
static void take_starts(aligner *g)
{
    for (size_t t = 0, first = 0; t < g->a->n_turns; first += g->a->turns[t].n_words, t++) {
        size_t w = first, end = first + g->a->turns[t].n_words;
        while (w < end && !sb_text_is_spoken(g->text.words[w]->text))
            w++;
        if (w == end || g->text.expected[w] == SB_TIME_NONE)
            continue;
        double right = (double)(SB_ENERGY_TRUST * g->text.energy_confidence[t]);
        g->starts[w] = (sb_start_prior){g->text.expected[w],
                                        (float)(START_SCALE * log(1 + START_PLACES * right / (1 - right)))};
    }
}

static sb_status prepare(aligner *g, sb_error *err)
{
    const char *folder = g->params->acoustic_model;
    sb_status status = sb_acoustic_model_open(&g->model, folder ? folder : sb_acoustic_model_folder(), err);
    if (status == SB_OK)
        status = sb_text_words_make(&g->text, g->a, g->model, g->params->dictionary, err);
    if (status != SB_OK)
        return status;
    g->heard = calloc(g->text.n_words + 1, sizeof *g->heard);
    g->starts = calloc(g->text.n_words + 1, sizeof *g->starts);
    if (!g->heard || !g->starts)
        return sb_error_memory(err, "aligning");
    take_starts(g);
    return SB_OK;
}

/* In another language, pauses are better evidence than phones, if they give any. */
static void drop_foreign(aligner *g)
{
    size_t kept = 0, t = 0, first = 0;
    for (size_t i = 0; i < g->anchors.n_items; i++) {
        size_t word = g->anchors.items[i].word;
        while (word >= first + g->a->turns[t].n_words)
            first += g->a->turns[t++].n_words;
        if (!g->text.foreign[t] || g->text.energy_confidence[t] < ENERGY_SURE)
            g->anchors.items[kept++] = g->anchors.items[i];
    }
    g->anchors.n_items = kept;
}

/* Silence before the first sound has no room for words. */
static sb_time first_sound(const aligner *g)
{
    return (sb_time)g->features->cepstra.n_lead * (SB_TIME_SECOND / SB_CEPSTRA_RATE);
}

/* If the energy aligner found no fit, its positions are not used. */
static sb_status find_anchors(aligner *g, sb_error *err)
{
    sb_word_stamp *stamps = calloc(g->text.n_words + 1, sizeof *stamps);
    if (!stamps)
        return sb_error_memory(err, "aligning");
    sb_word_stamps_make(stamps, g->a);
    sb_anchor_search search = {.model = g->model,
                               .lexicon = &g->text.lexicon,
                               .cepstra = &g->features->cepstra,
                               .speech = g->speech,
                               .expected = g->text.expected,
                               .expected_is_fair = g->stamps_agree,
                               .stamps = stamps,
                               .monitor = g->params->monitor};
    sb_status status = sb_anchors_find(&g->anchors, &search, err);
    free(stamps);
    if (status != SB_OK)
        return status;
    drop_foreign(g);
    for (size_t i = 0; i < g->anchors.n_items; i++)
        g->text.anchored[g->anchors.items[i].word] = true;
    sb_anchors_place(g->text.words, g->text.n_words, &g->anchors,
                     (sb_span){first_sound(g), g->a->audio.duration});
    for (size_t t = 0; t < g->a->n_turns; t++)
        sb_turn_follow_words(&g->a->turns[t]);
    return SB_OK;
}

static sb_status judge_pairing(aligner *g, sb_error *err)
{
    const sb_pairing_facts facts = {.anchors = &g->anchors,
                                    .evidence = &g->sample.evidence,
                                    .z_elsewhere = g->sample.z_elsewhere,
                                    .n_words = g->text.n_words,
                                    .n_sayable = g->text.n_sayable,
                                    .stamps_agree = g->stamps_agree};
    return sb_verdict_give(g->a, &facts, g->params->allow_mismatch, err);
}

static sb_status listen_to_chunks(aligner *g, sb_error *err)
{
    sb_chunk_plan plan = {
        .alignment = g->a, .skip = g->text.kept, .anchored = g->text.anchored, .begin = first_sound(g)};
    g->sample = (sb_sample){.alignment = g->a,
                            .chunks = &g->chunks,
                            .listen = {.model = g->model,
                                       .lexicon = &g->text.lexicon,
                                       .starts = g->starts,
                                       .features = g->features,
                                       .boundary = g->params->boundary,
                                       .speech = g->speech,
                                       .monitor = g->params->monitor},
                            .heard = g->heard,
                            .n_words = g->text.n_words,
                            .anchored = g->text.anchored};
    sb_status status = sb_chunks_plan(&g->chunks, &plan, err);
    if (status == SB_OK)
        status = sb_sample_adapt(&g->sample, err);
    if (status == SB_OK)
        status = sb_sample_measure(&g->sample, err);
    if (status == SB_OK)
        status = judge_pairing(g, err);
    if (status == SB_OK)
        status = sb_sample_listen_to_rest(&g->sample, err);
    const sb_evidence_words words = {.begins_turn = g->text.begins_turn,
                                     .can_be_said = g->text.sayable,
                                     .anchored = g->text.anchored,
                                     .evidence = g->sample.voices.of_word};
    if (status == SB_OK)
        status = sb_evidence_judge_words(g->heard, g->text.n_words, &words, err);
    return status;
}

static void weigh_turns(const aligner *g, sb_turn_evidence *out)
{
    size_t first = 0;
    for (size_t t = 0; t < g->a->n_turns; first += g->a->turns[t].n_words, t++) {
        size_t n_denied = 0, n = g->a->turns[t].n_words;
        float own = 0;
        for (size_t w = first; w < first + n; w++) {
            n_denied += g->heard[w].said < SB_SAID_LEAST;
            own += g->heard[w].odds;
            if (g->heard[w].heard && g->a->pairing == SB_PAIRING_OK)
                out[t].odds += g->heard[w].odds;
        }
        out[t].energy_start = g->text.expected + first;
        out[t].energy_end = g->text.expected_end + first;
        out[t].energy_confidence = g->text.energy_confidence[t];
        out[t].denied = n > 0 && n_denied == n && own <= DENIED_ODDS;
    }
}

/* Sets the times of turns that the second pass changed. All others stay. */
static sb_status look_again(aligner *g, sb_error *err)
{
    bool *changed = calloc(g->a->n_turns + 1, sizeof *changed);
    const sb_second_look look = {.alignment = g->a,
                                 .listen = &g->sample.listen,
                                 .evidence = g->sample.voices.of_word,
                                 .begins_turn = g->text.begins_turn,
                                 .sayable = g->text.sayable,
                                 .heard = g->heard};
    sb_status status = changed ? sb_second_look_take(changed, &look, err) : sb_error_memory(err, "aligning");
    if (status == SB_OK)
        status = sb_denials_review(g->heard, g->a, g->speech, err);
    for (size_t t = 0; status == SB_OK && t < g->a->n_turns; t++)
        changed[t] = !changed[t];
    if (status == SB_OK)
        sb_word_edges_set(g->a, g->speech, g->heard, changed);
    free(changed);
    return status;
}

/* Without evidence that transcript and audio belong together, the energy aligner's time map stays. */
static sb_status map_times(aligner *g, sb_error *err)
{
    sb_turn_evidence *evidence = calloc(g->a->n_turns + 1, sizeof *evidence);
    sb_status status = evidence ? SB_OK : sb_error_memory(err, "aligning");
    if (status == SB_OK && g->a->pairing == SB_PAIRING_OK)
        status = sb_turn_map_make(g->a, err);
    if (status == SB_OK)
        status = look_again(g, err);
    if (status == SB_OK) {
        weigh_turns(g, evidence);
        sb_turn_starts_weigh(g->a, evidence);
        status = sb_stamp_places_fill(g->a, evidence, err);
        sb_word_edges_deny(g->a, g->heard);
    }
    free(evidence);
    return status == SB_OK ? sb_unmatched_find(g->a, err) : status;
}

sb_status sb_acoustic_refine(sb_alignment *a, const sb_speech *speech, const sb_features *features,
                             const sb_align_params *params, sb_error *err)
{
    static const sb_align_params none = {0};
    aligner g = {.a = a,
                 .speech = speech,
                 .features = features,
                 .params = params ? params : &none,
                 .stamps_agree = a->pairing == SB_PAIRING_OK};
    sb_status status = prepare(&g, err);
    if (status == SB_OK)
        status = find_anchors(&g, err);
    if (status == SB_OK)
        status = listen_to_chunks(&g, err);
    if (status == SB_OK) {
        sb_keep_turns(&g.text, g.heard);
        status = sb_denials_review(g.heard, a, speech, err);
    }
    if (status == SB_OK) {
        sb_word_edges_set(a, speech, g.heard, g.text.kept);
        status = map_times(&g, err);
        if (status == SB_OK)
            status = sb_verdict_review(a, g.params->allow_mismatch, err);
        if (a->pairing == SB_PAIRING_OK)
            sb_verdict_doubt_turns_at_breaks(a);
        else
            sb_verdict_lower_confidence(a);
        a->method = SB_METHOD_ACOUSTIC;
    }
    finish_aligner(&g);
    return status;
}
