#include "align/words/words.h"

#include "acoustic/acoustic.h"
#include "base/run/run.h"
#include "transcript/transcript.h"

#include <math.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#define FRAME (SB_TIME_SECOND / SB_CEPSTRA_RATE)
/* If an ad has some words of the text, the search may place the words around them in the ad. */
#define SKIP_NEXT_AT_JOIN -1.5f
#define BEAM_AT_JOIN      1000.0f
#define SKIP_NEVER        -1000.0f
/* The cost of a frame of speech without text, below that of a frame of text, for voices with good and with
 * poor fit. */
#define UNWRITTEN_UNDER 3.2f
#define UNWRITTEN_MOST  -3.0f
#define UNWRITTEN_LEAST -6.0f
#define AROUND          300 /* frames on each side of a chunk that are added for the mean */
/* Nats that a word loses with each frame in a pause found by energy. On our own field sets -1 and -3 both
 * raise turn starts within 200 ms from 88.2 to 89.3 %, and words inside their unit from 93.8 to 94.1 and 94.5
 * %. */
#define PAUSE_FRAME -3.0f
#define LEAST_PAUSE (110 * SB_TIME_MS) /* shorter ones may be closures */
#define PAUSE_EDGE  (40 * SB_TIME_MS)  /* a weak fricative may be there */

typedef struct listener {
    const sb_listen_params *in;
    const sb_chunks *chunks;
    sb_heard_word *heard;
    atomic_size_t next, n_done;
    atomic_int status; /* the first failure of any thread */
} listener;

/* A chunk in progress: its words with pronunciations, its frames, and the result. */
typedef struct hearing {
    const listener *l;
    const sb_chunk *chunk;
    uint32_t *words;   /* in the whole text */
    uint32_t *lexemes; /* of those with pronunciations */
    uint32_t *place;   /* of those: index into `words` */
    size_t n_words, n_said;
    float (*vectors)[SB_VECTOR];
    int64_t *frame;          /* of the sound, for each vector and one more */
    float *word_frame;       /* for each vector, see sb_network */
    sb_likely_start *starts; /* of `lexemes` */
    size_t n_vectors;
    sb_network network;
    sb_heard_word *out; /* of `words` */
    sb_adapt_stats *stats;
} hearing;

static void finish_hearing(hearing *h)
{
    free(h->words);
    free(h->lexemes);
    free(h->place);
    free(h->vectors);
    free(h->frame);
    free(h->word_frame);
    free(h->starts);
    free(h->out);
    sb_network_finish(&h->network);
}

static bool list_heard_words(hearing *h)
{
    const sb_lexicon *lexicon = h->l->in->lexicon;
    size_t n = 0;
    for (int part = 0; part < 2; part++)
        n += h->chunk->heard[part].end - h->chunk->heard[part].first;
    h->words = calloc(n + 1, sizeof *h->words);
    h->lexemes = calloc(n + 1, sizeof *h->lexemes);
    h->place = calloc(n + 1, sizeof *h->place);
    h->out = calloc(n + 1, sizeof *h->out);
    if (!h->words || !h->lexemes || !h->place || !h->out)
        return false;
    for (int part = 0; part < 2; part++)
        for (size_t w = h->chunk->heard[part].first; w < h->chunk->heard[part].end; w++) {
            uint32_t lexeme = lexicon->lexeme_of[w];
            if (lexicon->lexemes[lexeme].n_ways > 0) {
                h->lexemes[h->n_said] = lexeme;
                h->place[h->n_said++] = (uint32_t)h->n_words;
            }
            h->words[h->n_words++] = (uint32_t)w;
        }
    return true;
}

static size_t frame_at(const hearing *h, sb_time time)
{
    size_t n = h->l->in->features->cepstra.n_frames, frame = (size_t)(time / FRAME);
    return frame < n ? frame : n;
}

/* The frames that start in a part of the sound. */
static void frames_of(const hearing *h, int part, size_t *first, size_t *end)
{
    *first = frame_at(h, h->chunk->sound[part].start);
    *end = frame_at(h, h->chunk->sound[part].end);
    *end = *end < *first ? *first : *end;
}

/* The middle of a join may belong to neither side. The voices of a side are therefore measured where they
 * certainly speak. False if there is no such place. */
static bool find_mean_of_voices(const hearing *h, float mean[SB_CEPSTRA], int part)
{
    const sb_chunk *chunk = h->chunk;
    bool united = chunk->sound[1].end == chunk->sound[1].start;
    size_t n = 0;
    memset(mean, 0, SB_CEPSTRA * sizeof *mean);
    for (int side = 0; side < 2; side++) {
        size_t first = frame_at(h, chunk->known[side].start), end = frame_at(h, chunk->known[side].end);
        float one[SB_CEPSTRA];
        if (first == end || (side != part && !united))
            continue;
        sb_cepstra_mean(one, &h->l->in->features->cepstra, first, end);
        for (int i = 0; i < SB_CEPSTRA; i++)
            mean[i] += (one[i] - mean[i]) * (float)(end - first) / (float)(n + end - first);
        n += end - first;
    }
    return n > 0;
}

/* Each part has its own mean, because it may have other voices and another room. */
static void find_mean(const hearing *h, float mean[SB_CEPSTRA], int part, size_t first, size_t end)
{
    const sb_cepstra *cepstra = &h->l->in->features->cepstra;
    if (h->chunk->join && find_mean_of_voices(h, mean, part))
        return;
    first = first > AROUND ? first - AROUND : 0;
    end = end + AROUND < cepstra->n_frames ? end + AROUND : cepstra->n_frames;
    sb_cepstra_mean(mean, cepstra, first, end);
}

/* Words are rarely inside a pause found by energy, except for soft edges below its threshold. */
static void price_pauses(hearing *h, const sb_speech *speech)
{
    size_t span = 0;
    for (size_t i = 0; i < h->n_vectors; i++) {
        sb_time at = h->frame[i] * FRAME;
        if (i > 0 && h->frame[i] < h->frame[i - 1])
            span = 0;
        while (span < speech->n_speech && speech->speech[span].end <= at)
            span++;
        sb_time from = span > 0 ? speech->speech[span - 1].end : 0,
                until = span < speech->n_speech ? speech->speech[span].start : speech->duration;
        if (until - from >= LEAST_PAUSE && at >= from + PAUSE_EDGE && at + FRAME <= until - PAUSE_EDGE)
            h->word_frame[i] = PAUSE_FRAME;
    }
}

static bool make_vectors(hearing *h)
{
    float mean[SB_CEPSTRA];
    size_t first[2], end[2], n = 0;
    for (int part = 0; part < 2; part++) {
        frames_of(h, part, &first[part], &end[part]);
        n += end[part] - first[part];
    }
    h->vectors = malloc((n + 1) * sizeof *h->vectors);
    h->frame = calloc(n + 1, sizeof *h->frame);
    h->word_frame = calloc(n + 1, sizeof *h->word_frame);
    if (!h->vectors || !h->frame || !h->word_frame)
        return false;
    for (int part = 0; part < 2; part++) {
        find_mean(h, mean, part, first[part], end[part]);
        sb_vectors_make(h->vectors + h->n_vectors, &h->l->in->features->cepstra, mean, first[part],
                        end[part] - first[part]);
        for (size_t f = first[part]; f < end[part]; f++)
            h->frame[h->n_vectors++] = (int64_t)f;
    }
    if (h->l->in->speech)
        price_pauses(h, h->l->in->speech);
    return true;
}

/* The vector of a place in the sound that is heard. */
static bool find_vector(const hearing *h, sb_time at, size_t *out)
{
    int64_t frame = at / FRAME;
    for (size_t i = 0; i < h->n_vectors; i++)
        if (h->frame[i] == frame) {
            *out = i;
            return true;
        }
    return false;
}

static bool find_starts(hearing *h)
{
    const sb_start_prior *priors = h->l->in->starts;
    h->starts = calloc(h->n_said + 1, sizeof *h->starts);
    if (!h->starts)
        return false;
    for (size_t i = 0; priors && i < h->n_said; i++) {
        const sb_start_prior *prior = &priors[h->words[h->place[i]]];
        size_t at;
        if (prior->nats > 0 && find_vector(h, prior->at, &at))
            h->starts[i] = (sb_likely_start){(float)at, prior->nats};
    }
    return true;
}

static char edge_class(const hearing *h, const sb_heard *heard, bool last)
{
    if (heard->word == SB_NO_WORD)
        return SB_CLASS_SILENCE;
    const sb_lexeme *lexeme = &h->l->in->lexicon->lexemes[h->lexemes[heard->word]];
    const sb_spoken_way *way = &lexeme->ways[heard->way];
    return sb_phone_set_class(h->l->in->model->phones, way->phones[last ? way->n_phones - 1 : 0]);
}

static sb_span span_of(const hearing *h, const sb_heard *heard)
{
    return (sb_span){h->frame[heard->start] * FRAME, (h->frame[heard->end - 1] + 1) * FRAME};
}

/* False for a word that the join of two parts has split. */
static bool is_whole(const hearing *h, const sb_heard *heard)
{
    return h->frame[heard->end - 1] - h->frame[heard->start] == heard->end - 1 - heard->start;
}

static void take_words(hearing *h, const sb_heard_list *list)
{
    for (size_t i = 0; i < list->n_items; i++) {
        const sb_heard *heard = &list->items[i];
        if (heard->word == SB_NO_WORD || !is_whole(h, heard))
            continue;
        sb_heard_word *out = &h->out[h->place[heard->word]];
        const sb_lexeme *lexeme = &h->l->in->lexicon->lexemes[h->lexemes[heard->word]];
        *out = (sb_heard_word){.heard = true,
                               .span = span_of(h, heard),
                               .fit = heard->score,
                               .worst_fit = heard->worst,
                               .length_z =
                                   sb_word_length_z(h->l->in->model->phones, &lexeme->ways[heard->way],
                                                    (double)(heard->end - heard->start) / SB_CEPSTRA_RATE),
                               .first_class = edge_class(h, heard, false),
                               .last_class = edge_class(h, heard, true),
                               .ends_clause = sb_word_ends_clause(lexeme->text),
                               .before_class = SB_CLASS_SILENCE,
                               .after_class = SB_CLASS_SILENCE};
        if (i > 0)
            out->before_class = edge_class(h, heard - 1, true);
        if (i + 1 < list->n_items)
            out->after_class = edge_class(h, heard + 1, false);
    }
}

/* Words [first, end) that the search skipped (counted among those with pronunciations), and the frames
 * between their neighbours. */
typedef struct gap {
    size_t first, end;
    size_t from, until;
} gap;

static void take_guesses(hearing *h, const gap *g, sb_heard_list *list)
{
    for (size_t i = 0; i < list->n_items; i++) {
        sb_heard *item = &list->items[i];
        if (item->word == SB_NO_WORD)
            continue;
        item->start += (int32_t)g->from;
        item->end += (int32_t)g->from;
        sb_heard_word *out = &h->out[h->place[g->first + item->word]];
        const sb_lexeme *lexeme = &h->l->in->lexicon->lexemes[h->lexemes[g->first + item->word]];
        out->guessed = true;
        out->guess = span_of(h, item);
        out->guess_fit = item->score;
        out->guess_worst = item->worst;
        out->guess_length_z = sb_word_length_z(h->l->in->model->phones, &lexeme->ways[item->way],
                                               (double)(item->end - item->start) / SB_CEPSTRA_RATE);
    }
}

static sb_status guess_gap(hearing *h, sb_scorer *scorer, const sb_network_prices *prices, const gap *g)
{
    sb_network_prices as_said = *prices;
    as_said.skip = as_said.skip_next = SKIP_NEVER;
    sb_network network;
    if (!sb_network_make(&network, h->l->in->model, h->l->in->lexicon, h->lexemes + g->first,
                         g->end - g->first, &as_said))
        return SB_ERR_MEMORY;
    for (size_t i = g->first; i < g->end; i++)
        h->starts[i].at -= (float)g->from;
    network.starts = h->starts + g->first;
    network.word_frame = h->word_frame + g->from;
    sb_heard_list list = {0};
    sb_status status =
        sb_word_search(&list, scorer, &network, (const float(*)[SB_VECTOR])h->vectors + g->from,
                       g->until - g->from, NULL, NULL);
    if (status == SB_OK)
        take_guesses(h, g, &list);
    for (size_t i = g->first; i < g->end; i++)
        h->starts[i].at += (float)g->from;
    sb_heard_list_finish(&list);
    sb_network_finish(&network);
    return status == SB_ERR_LIMIT ? SB_OK : status;
}

/* Skipped words are searched again between their neighbours, as if they had been said, because no better
 * place is known for them. */
static sb_status guess_skipped(hearing *h, sb_scorer *scorer, const sb_network_prices *prices,
                               const sb_heard_list *list)
{
    gap g = {0};
    sb_status status = SB_OK;
    for (size_t i = 0; status == SB_OK && i <= list->n_items; i++) {
        const sb_heard *next = i < list->n_items ? &list->items[i] : NULL;
        if (next && next->word == SB_NO_WORD)
            continue;
        g.end = next ? next->word : h->n_said;
        g.until = next ? (size_t)next->start : h->n_vectors;
        if (g.end > g.first && g.until > g.from)
            status = guess_gap(h, scorer, prices, &g);
        g.first = g.end + 1;
        g.from = next ? (size_t)next->end : h->n_vectors;
    }
    return status;
}

static sb_network_prices prices_for(const hearing *h)
{
    sb_network_prices prices = h->l->in->prices ? *h->l->in->prices : (sb_network_prices){0};
    if (h->chunk->join) {
        prices.skip_next = SKIP_NEXT_AT_JOIN;
        prices.beam = BEAM_AT_JOIN;
    }
    if (h->l->in->usual_fit)
        prices.unwritten_frame =
            fmaxf(fminf(*h->l->in->usual_fit - UNWRITTEN_UNDER, UNWRITTEN_MOST), UNWRITTEN_LEAST);
    return prices;
}

static sb_status search_words(hearing *h, sb_scorer *scorer, sb_heard_list *list)
{
    sb_network_prices prices = prices_for(h);
    if (h->n_said == 0 || h->n_vectors == 0)
        return SB_OK;
    if (!sb_network_make(&h->network, h->l->in->model, h->l->in->lexicon, h->lexemes, h->n_said, &prices))
        return SB_ERR_MEMORY;
    h->network.starts = h->starts;
    h->network.word_frame = h->word_frame;
    sb_status status = sb_word_search(list, scorer, &h->network, (const float(*)[SB_VECTOR])h->vectors,
                                      h->n_vectors, h->stats, NULL);
    if (status == SB_OK)
        take_words(h, list);
    if (status == SB_OK && !h->chunk->join)
        status = guess_skipped(h, scorer, &prices, list);
    return status == SB_ERR_LIMIT ? SB_OK : status;
}

static sb_status hear_chunk(const listener *l, size_t index, sb_scorer *scorer, sb_heard_list *list)
{
    const sb_chunk *chunk = &l->chunks->items[index];
    hearing h = {.l = l, .chunk = chunk, .stats = l->in->stats ? &l->in->stats[index] : NULL};
    sb_status status = list_heard_words(&h) && make_vectors(&h) && find_starts(&h) ? SB_OK : SB_ERR_MEMORY;
    if (status == SB_OK)
        status = search_words(&h, scorer, list);
    if (status == SB_OK) {
        if (!l->in->unrefined && l->in->speech)
            sb_word_pauses_part(h.out, h.n_words, l->in->speech);
        if (!l->in->unrefined)
            status = sb_refine_words(h.out, h.n_words, &l->in->features->levels, l->in->boundary);
        sb_word_confidence_set(h.out, h.n_words, l->in->usual_fit ? *l->in->usual_fit : 0);
    }
    for (size_t i = 0; status == SB_OK && i < h.n_words; i++)
        if (h.words[i] >= chunk->own.first && h.words[i] < chunk->own.end)
            l->heard[h.words[i]] = h.out[i];
    finish_hearing(&h);
    return status;
}

static void hear_chunk_job(void *user, size_t index)
{
    listener *l = user;
    sb_heard_list list = {0};
    sb_scorer *scorer = sb_scorer_create(l->in->model);
    size_t chunk;
    int none = SB_OK, status = scorer ? SB_OK : SB_ERR_MEMORY;
    while (status == SB_OK && l->status == SB_OK && (chunk = l->next++) < l->chunks->n_items) {
        status = sb_monitor_cancelled(l->in->monitor) ? SB_ERR_INTERRUPTED
                                                      : (int)hear_chunk(l, chunk, scorer, &list);
        l->n_done++;
        if (index == 0 && l->in->monitor && l->in->monitor->progress)
            l->in->monitor->progress(l->in->monitor->user, "words", (double)l->n_done,
                                     (double)l->chunks->n_items);
    }
    if (status != SB_OK)
        atomic_compare_exchange_strong(&l->status, &none, status);
    sb_heard_list_finish(&list);
    sb_scorer_free(&scorer);
}

sb_status sb_listen(sb_heard_word *heard, const sb_chunks *chunks, const sb_listen_params *params,
                    sb_error *err)
{
    listener l = {.in = params, .chunks = chunks, .heard = heard};
    size_t n_threads = (size_t)sb_cores();
    sb_parallel_for(n_threads, (int)n_threads, hear_chunk_job, &l);
    if (l.status == SB_ERR_MEMORY)
        return sb_error_memory(err, "aligning");
    return l.status == SB_OK ? SB_OK : sb_error_set(err, (sb_status)l.status, "interrupted");
}
