#include "align/acoustic_aligner.h"

#include "acoustic/installed.h"
#include "align/anchors.h"
#include "align/chunks.h"
#include "align/guesses.h"
#include "align/listen.h"
#include "align/place_anchors.h"
#include "align/word_edges.h"

#include <stdlib.h>

#define FOREIGN_SHARE 0.4 /* of a turn's words whose pronunciation is a guess */
#define HEARD_SHARE   0.5 /* of a turn's words, for the model to be believed at all */
#define SURE          0.5f
#define LEAST_SHARE   0.3 /* of the text, to belong to the audio where the anchors do not say so */
#define LEAST_WORDS   60
#define SAMPLE_CHUNKS 24
#define SURE_EVIDENCE 200.0 /* nats of the anchors: no other text comes near */

typedef struct aligner {
    sb_alignment *a;
    const sb_speech *speech;
    const sb_features *features;
    const sb_align_params *params;
    sb_acoustic_model *model, *adapted;
    sb_lexicon lexicon;
    size_t n_words;
    sb_aligned_word **words; /* of the whole text */
    bool *foreign;           /* of each turn */
    bool *anchored;          /* of each word */
    sb_time *expected;       /* of each word */
    sb_heard_word *heard;    /* of each word */
    sb_anchors anchors;
    sb_chunks chunks;
} aligner;

static void finish(aligner *g)
{
    sb_acoustic_model_free(&g->adapted);
    sb_acoustic_model_free(&g->model);
    sb_lexicon_finish(&g->lexicon);
    sb_anchors_finish(&g->anchors);
    sb_chunks_finish(&g->chunks);
    free(g->words);
    free(g->foreign);
    free(g->anchored);
    free(g->expected);
    free(g->heard);
}

static bool collect_words(aligner *g)
{
    for (size_t t = 0; t < g->a->n_turns; t++)
        g->n_words += g->a->turns[t].n_words;
    g->words = calloc(g->n_words + 1, sizeof *g->words);
    g->heard = calloc(g->n_words + 1, sizeof *g->heard);
    g->anchored = calloc(g->n_words + 1, sizeof *g->anchored);
    g->expected = calloc(g->n_words + 1, sizeof *g->expected);
    g->foreign = calloc(g->a->n_turns + 1, sizeof *g->foreign);
    if (!g->words || !g->heard || !g->anchored || !g->expected || !g->foreign)
        return false;
    size_t n = 0;
    for (size_t t = 0; t < g->a->n_turns; t++)
        for (size_t w = 0; w < g->a->turns[t].n_words; w++)
            g->words[n++] = &g->a->turns[t].words[w];
    for (n = 0; n < g->n_words; n++)
        g->expected[n] = g->words[n]->start;
    return true;
}

static sb_status make_lexicon(aligner *g, sb_error *err)
{
    const char **texts = calloc(g->n_words + 1, sizeof *texts);
    if (!texts)
        return sb_error_set(err, SB_ERR_MEMORY, "out of memory");
    for (size_t w = 0; w < g->n_words; w++)
        texts[w] = g->words[w]->text;
    sb_lexicon_params params = {.dictionary = sb_acoustic_model_dictionary(), .user = g->params->dictionary};
    sb_status status = sb_lexicon_make(&g->lexicon, texts, g->n_words, &params, err);
    free(texts);
    return status;
}

static const sb_lexeme *lexeme_of(const aligner *g, size_t word)
{
    return &g->lexicon.lexemes[g->lexicon.lexeme_of[word]];
}

/* A turn most of whose words no dictionary has is in another language. */
static void find_foreign_turns(aligner *g)
{
    size_t word = 0;
    for (size_t t = 0; t < g->a->n_turns; t++) {
        size_t n = g->a->turns[t].n_words, n_strange = 0, n_said = 0;
        for (size_t w = 0; w < n; w++, word++) {
            n_strange += lexeme_of(g, word)->guessed;
            n_said += lexeme_of(g, word)->n_ways > 0 || sb_word_is_spoken(g->words[word]->text);
            n_strange += lexeme_of(g, word)->n_ways == 0 && sb_word_is_spoken(g->words[word]->text);
        }
        g->foreign[t] = (double)n_strange > FOREIGN_SHARE * (double)n_said;
    }
}

static sb_status prepare(aligner *g, sb_error *err)
{
    if (!collect_words(g))
        return sb_error_set(err, SB_ERR_MEMORY, "out of memory");
    sb_status status = make_lexicon(g, err);
    if (status == SB_OK)
        status = sb_acoustic_model_open(&g->model, sb_acoustic_model_folder(), err);
    if (status != SB_OK)
        return status;
    find_foreign_turns(g);
    return sb_guesses_take(g->a, &g->lexicon, g->foreign, err);
}

/* Where energy found that nothing fits, what it expects is no help. */
static sb_status find_anchors(aligner *g, sb_error *err)
{
    sb_anchor_search search = {.model = g->model,
                               .lexicon = &g->lexicon,
                               .cepstra = &g->features->cepstra,
                               .speech = g->speech,
                               .expected = g->a->mismatch ? NULL : g->expected,
                               .monitor = g->params->monitor};
    sb_status status = sb_anchors_find(&g->anchors, &search, err);
    if (status != SB_OK)
        return status;
    for (size_t i = 0; i < g->anchors.n_items; i++)
        g->anchored[g->anchors.items[i].word] = true;
    sb_anchors_place(g->words, g->n_words, &g->anchors, g->a->audio.duration);
    return SB_OK;
}

/* Some chunks, evenly spread: enough to learn the voices from. */
static size_t pick_sample(const sb_chunks *chunks, sb_chunk *out)
{
    size_t n = chunks->n_items < SAMPLE_CHUNKS ? chunks->n_items : SAMPLE_CHUNKS;
    for (size_t i = 0; i < n; i++)
        out[i] = chunks->items[(2 * i + 1) * chunks->n_items / (2 * n)];
    return n;
}

static sb_status adapt_to(aligner *g, sb_adapt_stats *stats, size_t n, sb_error *err)
{
    for (size_t i = 1; i < n; i++)
        sb_adapt_sum(&stats[0], &stats[i]);
    if (n == 0 || stats[0].n_frames < SB_ADAPT_SECONDS_LEAST * SB_CEPSTRA_RATE)
        return SB_OK;
    return sb_acoustic_model_adapt(&g->adapted, g->model, &stats[0], err);
}

/* The model learns the voices from a sample that it hears as it is. */
static sb_status adapt(aligner *g, sb_listen_params *params, sb_error *err)
{
    sb_chunk sample[SAMPLE_CHUNKS];
    sb_chunks chunks = {.items = sample, .n_items = pick_sample(&g->chunks, sample)};
    sb_adapt_stats *stats = calloc(SAMPLE_CHUNKS, sizeof *stats);
    if (!stats)
        return sb_error_set(err, SB_ERR_MEMORY, "out of memory");
    params->stats = stats;
    sb_status status = sb_listen(g->heard, &chunks, params, err);
    if (status == SB_OK)
        status = adapt_to(g, stats, chunks.n_items, err);
    params->stats = NULL;
    if (g->adapted)
        params->model = g->adapted;
    free(stats);
    return status;
}

static sb_status listen(aligner *g, sb_error *err)
{
    sb_chunk_plan plan = {.alignment = g->a, .skip = g->foreign, .anchored = g->anchored};
    sb_listen_params params = {.model = g->model,
                               .lexicon = &g->lexicon,
                               .features = g->features,
                               .boundary = g->params->boundary,
                               .monitor = g->params->monitor};
    sb_status status = sb_chunks_plan(&g->chunks, &plan, err);
    if (status == SB_OK)
        status = adapt(g, &params, err);
    return status == SB_OK ? sb_listen(g->heard, &g->chunks, &params, err) : status;
}

/* Turns of which the model makes little keep what energy gave them, if they keep anything. */
static bool model_is_believed(const aligner *g, size_t first, size_t n)
{
    size_t n_heard = 0, n_said = 0;
    for (size_t w = first; w < first + n; w++) {
        n_heard += g->heard[w].heard && g->heard[w].confidence >= SURE;
        n_said += lexeme_of(g, w)->n_ways > 0;
    }
    return n_said > 0 && (double)n_heard >= HEARD_SHARE * (double)n_said;
}

/* Returns the share of the text listened for of which enough was heard; more than 1 where too little of it was. */
static double forget_unbelieved(aligner *g)
{
    size_t first = 0, n_listened = 0, n_believed = 0;
    for (size_t t = 0; t < g->a->n_turns; first += g->a->turns[t].n_words, t++) {
        size_t n = g->a->turns[t].n_words;
        bool believed = !g->foreign[t] && model_is_believed(g, first, n);
        n_listened += g->foreign[t] ? 0 : n;
        n_believed += believed ? n : 0;
        for (size_t w = first; w < first + n && !believed; w++)
            g->heard[w].heard = false;
        g->foreign[t] = !believed;
    }
    return n_listened >= LEAST_WORDS ? (double)n_believed / (double)n_listened : 2;
}

/* Too little that the model could judge leaves the verdict with energy. */
static sb_status judge(aligner *g, bool force, sb_error *err)
{
    double share = forget_unbelieved(g);
    if (g->anchors.evidence >= SURE_EVIDENCE || (share >= LEAST_SHARE && share <= 1))
        g->a->mismatch = false;
    else if (share <= 1)
        g->a->mismatch = true;
    if (!g->a->mismatch || force)
        return SB_OK;
    return sb_error_set_at(err, SB_ERR_MISMATCH, g->a->transcript.path, 0, 0,
                           "does not seem to belong to this audio: next to nothing of its text is heard "
                           "there; check the pair, or force it");
}

sb_status sb_acoustic_refine(sb_alignment *a, const sb_speech *speech, const sb_features *features,
                             const sb_align_params *params, sb_error *err)
{
    static const sb_align_params none = {0};
    aligner g = {.a = a, .speech = speech, .features = features, .params = params ? params : &none};
    sb_status status = prepare(&g, err);
    if (status == SB_OK)
        status = find_anchors(&g, err);
    if (status == SB_OK)
        status = listen(&g, err);
    if (status == SB_OK)
        status = judge(&g, g.params->force, err);
    if (status == SB_OK) {
        sb_word_edges_set(a, speech, g.heard, g.foreign);
        a->method = SB_METHOD_ACOUSTIC;
    }
    finish(&g);
    return status;
}
