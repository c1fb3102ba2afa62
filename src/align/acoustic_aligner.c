#include "align/acoustic_aligner.h"

#include "align/acoustic_model.h"
#include "align/chunks.h"
#include "align/refine.h"
#include "align/word_confidence.h"
#include "align/word_edges.h"
#include "base/parallel.h"

#include <stdatomic.h>
#include <stdlib.h>

#define FOREIGN_SHARE 0.4 /* of a turn's words whose pronunciation is a guess */
#define HEARD_SHARE   0.5 /* of a turn's words, for the model to be believed at all */
#define SURE          0.5f
#define DOUBTFUL      0.3f
#define ROW           3   /* doubtful words one after the other */
#define LEAST_SHARE   0.2 /* of the text, to belong to the audio */
#define LEAST_WORDS   60
#define N_LISTENERS   1 /* two decoders at once in one process were seen to corrupt the heap, one never */

typedef struct listener {
    sb_alignment *a;
    const sb_speech *speech;
    const sb_features *features;
    const sb_monitor *monitor;
    sb_lexicon lexicon;
    size_t n_words;
    sb_aligned_word **words; /* of the whole text */
    uint32_t *turn;          /* of each word */
    bool *foreign;           /* of each turn */
    sb_heard_word *heard;    /* of each word */
    sb_chunks chunks;
    atomic_size_t next_chunk, n_done;
    atomic_int status; /* the first failure of any thread */
} listener;

static void finish(listener *l)
{
    sb_lexicon_finish(&l->lexicon);
    sb_chunks_finish(&l->chunks);
    free(l->words);
    free(l->turn);
    free(l->foreign);
    free(l->heard);
}

static bool collect_words(listener *l)
{
    for (size_t t = 0; t < l->a->n_turns; t++)
        l->n_words += l->a->turns[t].n_words;
    l->words = calloc(l->n_words + 1, sizeof *l->words);
    l->turn = calloc(l->n_words + 1, sizeof *l->turn);
    l->heard = calloc(l->n_words + 1, sizeof *l->heard);
    l->foreign = calloc(l->a->n_turns + 1, sizeof *l->foreign);
    if (!l->words || !l->turn || !l->heard || !l->foreign)
        return false;
    size_t n = 0;
    for (size_t t = 0; t < l->a->n_turns; t++)
        for (size_t w = 0; w < l->a->turns[t].n_words; w++) {
            l->turn[n] = (uint32_t)t;
            l->words[n++] = &l->a->turns[t].words[w];
        }
    return true;
}

static sb_status make_lexicon(listener *l, sb_error *err)
{
    const char **texts = calloc(l->n_words + 1, sizeof *texts);
    if (!texts)
        return sb_error_set(err, SB_ERR_MEMORY, "out of memory");
    for (size_t w = 0; w < l->n_words; w++)
        texts[w] = l->words[w]->text;
    sb_lexicon_params params = {.dictionary = sb_acoustic_model_dictionary()};
    sb_status status = sb_lexicon_make(&l->lexicon, texts, l->n_words, &params, err);
    free(texts);
    return status;
}

static const sb_lexeme *lexeme_of(const listener *l, size_t word)
{
    return &l->lexicon.lexemes[l->lexicon.lexeme_of[word]];
}

/* A turn most of whose words no dictionary has is in another language. */
static void find_foreign_turns(listener *l)
{
    size_t word = 0;
    for (size_t t = 0; t < l->a->n_turns; t++) {
        size_t n = l->a->turns[t].n_words, n_strange = 0, n_said = 0;
        for (size_t w = 0; w < n; w++, word++) {
            n_strange += lexeme_of(l, word)->guessed;
            n_said += lexeme_of(l, word)->n_ways > 0 || sb_word_is_spoken(l->words[word]->text);
            n_strange += lexeme_of(l, word)->n_ways == 0 && sb_word_is_spoken(l->words[word]->text);
        }
        l->foreign[t] = (double)n_strange > FOREIGN_SHARE * (double)n_said;
    }
}

static bool is_cancelled(const listener *l)
{
    return l->monitor && l->monitor->cancelled && l->monitor->cancelled(l->monitor->user);
}

static sb_heard_word heard_as(const sb_acoustic_word *from, sb_time origin)
{
    if (!from->heard)
        return (sb_heard_word){0};
    return (sb_heard_word){.heard = true,
                           .span = {origin + from->start * SB_FRAME, origin + from->end * SB_FRAME},
                           .confidence = from->confidence,
                           .before_class = from->before_class,
                           .first_class = from->first_class,
                           .last_class = from->last_class,
                           .after_class = from->after_class};
}

static sb_status keep(listener *l, const sb_chunk *chunk, const sb_acoustic_word *out)
{
    sb_time origin = chunk->span.start / SB_FRAME * SB_FRAME;
    size_t n = chunk->heard_end - chunk->heard_first;
    sb_heard_word *words = calloc(n, sizeof *words);
    if (!words)
        return SB_ERR_MEMORY;
    for (size_t w = 0; w < n; w++)
        words[w] = heard_as(&out[w], origin);
    sb_status status = sb_refine_words(words, n, &l->features->levels);
    for (size_t w = chunk->first; w < chunk->end; w++)
        l->heard[w] = words[w - chunk->heard_first];
    free(words);
    return status;
}

/* Text that was not said, or speech that was not written, shows as a row of words that do not sound as they should. */
static bool is_suspicious(const sb_acoustic_word *words, size_t n)
{
    size_t n_bad = 0;
    for (size_t w = 0; w < n; w++) {
        n_bad = words[w].heard && words[w].confidence >= DOUBTFUL ? 0 : n_bad + 1;
        if (n_bad >= ROW)
            return true;
    }
    return false;
}

static sb_status hear(const listener *l, sb_acoustic_decoder *decoder, const sb_chunk *chunk, size_t first,
                      size_t end, bool strict, sb_acoustic_word *out)
{
    size_t n = chunk->heard_end - chunk->heard_first;
    sb_acoustic_params params = {.strict = strict};
    sb_status status =
        sb_acoustic_align(decoder, l->features->cepstra.values + first * SB_CEPSTRA, end - first,
                          l->lexicon.lexeme_of + chunk->heard_first, n, &params, out, NULL);
    if (status == SB_OK)
        sb_word_confidence_set(out, n);
    return status;
}

/* The strict chain is quick and right for text that is right; only where it is in doubt may words be missing. */
static sb_status hear_chunk(listener *l, sb_acoustic_decoder *decoder, const sb_chunk *chunk)
{
    size_t n = chunk->heard_end - chunk->heard_first;
    size_t first = (size_t)(chunk->span.start / SB_FRAME), end = (size_t)(chunk->span.end / SB_FRAME);
    if (end > l->features->cepstra.n_frames)
        end = l->features->cepstra.n_frames;
    if (first >= end || n > SB_CHUNK_WORDS_MAX || end - first > SB_CHUNK_SECONDS_MAX * SB_CEPSTRA_RATE)
        return SB_OK;
    sb_acoustic_word *out = calloc(n, sizeof *out);
    if (!out)
        return SB_ERR_MEMORY;
    sb_status status = hear(l, decoder, chunk, first, end, true, out);
    if (status == SB_OK && is_suspicious(out, n))
        status = hear(l, decoder, chunk, first, end, false, out);
    if (status == SB_OK)
        status = keep(l, chunk, out);
    free(out);
    return status;
}

/* Chunks are taken in any order by any thread; each depends on itself alone. */
static void listen(void *user, size_t index)
{
    listener *l = user;
    sb_acoustic_decoder *decoder = NULL;
    size_t chunk;
    int none = SB_OK;
    sb_status status = sb_acoustic_decoder_create(&decoder, &l->lexicon, NULL);
    while (status == SB_OK && l->status == SB_OK && (chunk = l->next_chunk++) < l->chunks.n_items) {
        status = is_cancelled(l) ? SB_ERR_INTERRUPTED : hear_chunk(l, decoder, &l->chunks.items[chunk]);
        l->n_done++;
        if (index == 0 && l->monitor && l->monitor->progress)
            l->monitor->progress(l->monitor->user, "words", (double)l->n_done, (double)l->chunks.n_items);
    }
    if (status != SB_OK)
        atomic_compare_exchange_strong(&l->status, &none, (int)status);
    sb_acoustic_decoder_free(&decoder);
}

static sb_status listen_to_all(listener *l, sb_error *err)
{
    sb_parallel_for(N_LISTENERS, N_LISTENERS, listen, l);
    switch (l->status) {
    case SB_OK:
        return SB_OK;
    case SB_ERR_INTERRUPTED:
        return sb_error_set(err, SB_ERR_INTERRUPTED, "interrupted");
    case SB_ERR_MEMORY:
        return sb_error_set(err, SB_ERR_MEMORY, "out of memory");
    default:
        return sb_error_set(err, (sb_status)l->status,
                            "the acoustic model failed; --method energy works without it");
    }
}

/* Turns of which the model makes little keep what energy gave them, if they keep anything. */
static bool model_is_believed(const listener *l, size_t first, size_t n)
{
    size_t n_heard = 0, n_said = 0;
    for (size_t w = first; w < first + n; w++) {
        n_heard += l->heard[w].heard && l->heard[w].confidence >= SURE;
        n_said += lexeme_of(l, w)->n_ways > 0;
    }
    return n_said > 0 && (double)n_heard >= HEARD_SHARE * (double)n_said;
}

/* Returns the share of the text listened for of which enough was heard. */
static double forget_unbelieved(listener *l)
{
    size_t first = 0, n_listened = 0, n_believed = 0;
    for (size_t t = 0; t < l->a->n_turns; first += l->a->turns[t].n_words, t++) {
        size_t n = l->a->turns[t].n_words;
        bool believed = !l->foreign[t] && model_is_believed(l, first, n);
        n_listened += l->foreign[t] ? 0 : n;
        n_believed += believed ? n : 0;
        for (size_t w = first; w < first + n && !believed; w++)
            l->heard[w].heard = false;
        l->foreign[t] = !believed;
    }
    return n_listened >= LEAST_WORDS ? (double)n_believed / (double)n_listened : 1;
}

static sb_status judge(listener *l, bool force, sb_error *err)
{
    double share = forget_unbelieved(l);
    if (share >= LEAST_SHARE)
        return SB_OK;
    l->a->mismatch = true;
    if (force)
        return SB_OK;
    return sb_error_set_at(
        err, SB_ERR_MISMATCH, l->a->transcript.path, 0, 0,
        "does not seem to belong to this audio: of its text only %.0f %% is heard; check the pair, or "
        "force it",
        100 * share);
}

static sb_status prepare(listener *l, sb_error *err)
{
    if (!collect_words(l))
        return sb_error_set(err, SB_ERR_MEMORY, "out of memory");
    sb_status status = make_lexicon(l, err);
    if (status != SB_OK)
        return status;
    find_foreign_turns(l);
    return sb_chunks_plan(&l->chunks, l->a, l->foreign, err);
}

sb_status sb_acoustic_refine(sb_alignment *a, const sb_speech *speech, const sb_features *features,
                             const sb_align_params *params, sb_error *err)
{
    listener l = {.a = a, .speech = speech, .features = features, .monitor = params ? params->monitor : NULL};
    sb_status status = prepare(&l, err);
    if (status == SB_OK)
        status = listen_to_all(&l, err);
    if (status == SB_OK)
        status = judge(&l, params && params->force, err);
    if (status == SB_OK) {
        sb_word_edges_set(a, speech, l.heard, l.foreign);
        a->method = SB_METHOD_ACOUSTIC;
    }
    finish(&l);
    return status;
}
