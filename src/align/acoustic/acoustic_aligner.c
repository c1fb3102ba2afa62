#include "align/acoustic/acoustic_aligner.h"

#include "acoustic/installed.h"
#include "acoustic/model_lexicon.h"
#include "align/acoustic/anchors.h"
#include "align/acoustic/chunks.h"
#include "align/acoustic/evidence.h"
#include "align/acoustic/guesses.h"
#include "align/acoustic/listen.h"
#include "align/acoustic/pairing.h"
#include "align/acoustic/place_anchors.h"
#include "align/acoustic/second_look.h"
#include "align/acoustic/turn_languages.h"
#include "align/acoustic/word_edges.h"
#include "align/stamps/stamp_places.h"
#include "align/stamps/turn_map.h"
#include "align/stamps/word_stamps.h"
#include "alignment/alignment.h"

#include "base/fold.h"
#include "base/memory.h"

#include <math.h>
#include <stdlib.h>

#define FOREIGN_SHARE 0.4 /* of a turn's words whose pronunciation is a guess */
#define HEARD_SHARE   0.4 /* of a turn's words, for the model to be believed at all */
#define MOVED         (500 * SB_TIME_MS)
#define MOVED_FAR     (2 * SB_TIME_SECOND)
#define MOVED_SURE    0.3f
#define ENERGY_SURE   0.5f
#define LIKELY        0.15f
#define SAMPLE_CHUNKS 24

#define VOICE_WORDS       20     /* of the sample, for a speaker in a language to be judged */
#define DENIED_ODDS       -12.0f /* of its words: a turn with more is not denied the place that its stamp gives */
#define UNSURE_CONFIDENCE 0.3f

typedef struct aligner {
    sb_alignment *a;
    const sb_speech *speech;
    const sb_features *features;
    const sb_align_params *params;
    sb_acoustic_model *model, *adapted;
    sb_lexicon lexicon;
    size_t n_words;
    sb_aligned_word **words;     /* of the whole text */
    bool *foreign;               /* of each turn: in a language that the model does not speak */
    bool *kept;                  /* of each turn: left as it was placed before it was listened to */
    bool *anchored;              /* of each word */
    bool *begins_turn, *sayable; /* of each word */
    size_t n_sayable;
    bool stamps_agree;     /* as energy found */
    sb_evidence evidence;  /* of all */
    sb_evidence *of_voice; /* of each speaker in each language */
    const sb_evidence **of_word;
    sb_time *expected; /* of each word: its start, as energy has it */
    sb_time *expected_end;
    float *energy_confidence; /* of each turn */
    sb_heard_word *heard;     /* of each word */
    sb_anchors anchors;
    sb_chunks chunks;
    float usual_fit;
    sb_listen_params listen;
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
    free(g->kept);
    free(g->anchored);
    free(g->begins_turn);
    free(g->of_voice);
    free(g->of_word);
    free(g->sayable);
    free(g->expected);
    free(g->expected_end);
    free(g->energy_confidence);
    free(g->heard);
}

static bool collect_words(aligner *g)
{
    for (size_t t = 0; t < g->a->n_turns; t++)
        g->n_words += g->a->turns[t].n_words;
    g->words = calloc(g->n_words + 1, sizeof *g->words);
    g->heard = calloc(g->n_words + 1, sizeof *g->heard);
    g->anchored = calloc(g->n_words + 1, sizeof *g->anchored);
    g->of_word = calloc(g->n_words + 1, sizeof *g->of_word);
    g->begins_turn = calloc(g->n_words + 1, sizeof *g->begins_turn);
    g->sayable = calloc(g->n_words + 1, sizeof *g->sayable);
    g->expected = calloc(g->n_words + 1, sizeof *g->expected);
    g->foreign = calloc(g->a->n_turns + 1, sizeof *g->foreign);
    g->expected_end = calloc(g->n_words + 1, sizeof *g->expected_end);
    g->energy_confidence = calloc(g->a->n_turns + 1, sizeof *g->energy_confidence);
    g->kept = calloc(g->a->n_turns + 1, sizeof *g->kept);
    if (!g->words || !g->heard || !g->anchored || !g->of_word || !g->begins_turn || !g->sayable ||
        !g->expected || !g->foreign || !g->kept || !g->expected_end || !g->energy_confidence)
        return false;
    size_t n = 0;
    for (size_t t = 0; t < g->a->n_turns; t++)
        for (size_t w = 0; w < g->a->turns[t].n_words; w++)
            g->words[n++] = &g->a->turns[t].words[w];
    for (size_t t = 0; t < g->a->n_turns; t++)
        g->energy_confidence[t] = g->a->turns[t].confidence;
    for (n = 0; n < g->n_words; n++) {
        g->expected[n] = g->words[n]->start;
        g->expected_end[n] = g->words[n]->end;
    }
    return true;
}

static sb_status make_lexicon(aligner *g, sb_error *err)
{
    const char **texts = calloc(2 * g->n_words + 1, sizeof *texts);
    if (!texts)
        return sb_error_set(err, SB_ERR_MEMORY, "out of memory");
    const char **languages = texts + g->n_words;
    for (size_t t = 0, w = 0; t < g->a->n_turns; t++)
        for (size_t i = 0; i < g->a->turns[t].n_words; i++, w++) {
            texts[w] = g->words[w]->text;
            languages[w] = sb_turn_language(g->a, &g->a->turns[t]);
        }
    sb_status status = sb_model_lexicon_make(&g->lexicon, g->model, texts, languages, g->n_words,
                                             g->params->dictionary, err);
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
        g->begins_turn[word] = true;
        for (size_t w = 0; w < n; w++, word++) {
            g->sayable[word] = lexeme_of(g, word)->n_ways > 0;
            g->n_sayable += g->sayable[word];
            n_strange += sb_is_guess(lexeme_of(g, word));
            n_said += lexeme_of(g, word)->n_ways > 0 || sb_text_is_spoken(g->words[word]->text);
        }
        g->foreign[t] = (double)n_strange > FOREIGN_SHARE * (double)n_said;
    }
}

static sb_status prepare(aligner *g, sb_error *err)
{
    if (!collect_words(g))
        return sb_error_set(err, SB_ERR_MEMORY, "out of memory");
    const char *folder = g->params->acoustic_model;
    sb_status status = sb_acoustic_model_open(&g->model, folder ? folder : sb_acoustic_model_folder(), err);
    if (status == SB_OK)
        status = make_lexicon(g, err);
    if (status != SB_OK)
        return status;
    find_foreign_turns(g);
    return sb_guesses_take(g->a, &g->lexicon, g->foreign, err);
}

/* A turn goes where its words have gone. */
static void follow_words(sb_aligned_turn *turn)
{
    sb_time was = turn->start;
    turn->start = turn->end = SB_TIME_NONE;
    for (size_t w = 0; w < turn->n_words; w++) {
        if (turn->words[w].start == SB_TIME_NONE)
            continue;
        if (turn->start == SB_TIME_NONE)
            turn->start = turn->words[w].start;
        if (turn->end == SB_TIME_NONE || turn->words[w].end > turn->end)
            turn->end = turn->words[w].end;
    }
    if (turn->start == SB_TIME_NONE || was == SB_TIME_NONE || llabs(turn->start - was) > MOVED)
        turn->confidence *= MOVED_SURE;
}

/* In another language the pauses tell more than the phones do, where they tell anything. */
static void drop_foreign(aligner *g)
{
    size_t kept = 0, t = 0, first = 0;
    for (size_t i = 0; i < g->anchors.n_items; i++) {
        size_t word = g->anchors.items[i].word;
        while (word >= first + g->a->turns[t].n_words)
            first += g->a->turns[t++].n_words;
        if (!g->foreign[t] || g->energy_confidence[t] < ENERGY_SURE)
            g->anchors.items[kept++] = g->anchors.items[i];
    }
    g->anchors.n_items = kept;
}

/* Where energy found that nothing fits, what it expects is no help. */
static sb_status find_anchors(aligner *g, sb_error *err)
{
    sb_word_stamp *stamps = calloc(g->n_words + 1, sizeof *stamps);
    if (!stamps)
        return sb_error_set(err, SB_ERR_MEMORY, "out of memory");
    sb_word_stamps_make(stamps, g->a);
    sb_anchor_search search = {.model = g->model,
                               .lexicon = &g->lexicon,
                               .cepstra = &g->features->cepstra,
                               .speech = g->speech,
                               .expected = g->expected,
                               .expected_is_fair = g->stamps_agree,
                               .stamps = stamps,
                               .monitor = g->params->monitor};
    sb_status status = sb_anchors_find(&g->anchors, &search, err);
    free(stamps);
    if (status != SB_OK)
        return status;
    drop_foreign(g);
    for (size_t i = 0; i < g->anchors.n_items; i++)
        g->anchored[g->anchors.items[i].word] = true;
    sb_anchors_place(g->words, g->n_words, &g->anchors, g->a->audio.duration);
    for (size_t t = 0; t < g->a->n_turns; t++)
        follow_words(&g->a->turns[t]);
    return SB_OK;
}

/* Of a sample of n chunks, evenly spread, chunk i. */
static size_t sampled(const sb_chunks *chunks, size_t n, size_t i)
{
    return (2 * i + 1) * chunks->n_items / (2 * n);
}

/* Some chunks: enough to learn the voices from. */
static size_t pick_sample(const sb_chunks *chunks, size_t most, sb_chunk *out)
{
    size_t n = chunks->n_items < most ? chunks->n_items : most;
    for (size_t i = 0; i < n; i++)
        out[i] = chunks->items[sampled(chunks, n, i)];
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

static int compare_floats(const void *a, const void *b)
{
    float x = *(const float *)a, y = *(const float *)b;
    return (x > y) - (x < y);
}

/* The median over the words that the sample heard. */
static sb_status find_usual_fit(aligner *g, sb_error *err)
{
    float *fits = calloc(g->n_words + 1, sizeof *fits);
    size_t n = 0;
    if (!fits)
        return sb_error_set(err, SB_ERR_MEMORY, "out of memory");
    for (size_t w = 0; w < g->n_words; w++)
        if (g->heard[w].heard)
            fits[n++] = g->heard[w].fit;
    qsort(fits, n, sizeof *fits, compare_floats);
    g->usual_fit = n ? fits[n / 2] : 0;
    free(fits);
    return SB_OK;
}

/* The model learns the voices from a sample that it hears as it is. */
static sb_status adapt(aligner *g, sb_listen_params *params, sb_error *err)
{
    sb_chunk sample[SAMPLE_CHUNKS];
    sb_chunks chunks = {.items = sample, .n_items = pick_sample(&g->chunks, SAMPLE_CHUNKS, sample)};
    sb_adapt_stats *stats = calloc(SAMPLE_CHUNKS, sizeof *stats);
    if (!stats)
        return sb_error_set(err, SB_ERR_MEMORY, "out of memory");
    params->stats = stats;
    sb_status status = sb_listen(g->heard, &chunks, params, err);
    if (status == SB_OK)
        status = adapt_to(g, stats, chunks.n_items, err);
    if (status == SB_OK)
        status = find_usual_fit(g, err);
    params->stats = NULL;
    params->usual_fit = &g->usual_fit;
    if (g->adapted)
        params->model = g->adapted;
    free(stats);
    return status;
}

static bool is_same_voice(const sb_aligned_turn *one, const sb_aligned_turn *two)
{
    return sb_same_text(one->speaker, two->speaker) && sb_same_text(one->language, two->language);
}

/* Turns of one speaker in one language; `voice` gets one entry a turn. */
static size_t number_voices(const aligner *g, size_t *voice)
{
    size_t n = 0;
    for (size_t t = 0; t < g->a->n_turns; t++) {
        size_t before = 0;
        while (before < t && !is_same_voice(&g->a->turns[before], &g->a->turns[t]))
            before++;
        voice[t] = before < t ? voice[before] : n++;
    }
    return n;
}

/* The words of one voice alone. */
static void take_voice(sb_heard_word *out, const aligner *g, const size_t *voice, size_t which)
{
    size_t w = 0;
    for (size_t t = 0; t < g->a->n_turns; t++)
        for (size_t i = 0; i < g->a->turns[t].n_words; i++, w++)
            out[w] = voice[t] == which ? g->heard[w] : (sb_heard_word){0};
}

/* Words of a voice with too few words in the sample are not judged, unless it is the only voice. */
static sb_status measure_voices(aligner *g, const sb_heard_word *decoys, sb_error *err)
{
    size_t *voice = calloc(g->a->n_turns + 1, sizeof *voice);
    sb_heard_word *own = calloc(g->n_words + 1, sizeof *own);
    size_t n = voice ? number_voices(g, voice) : 0;
    g->of_voice = calloc(n + 1, sizeof *g->of_voice);
    sb_status status =
        own && voice && g->of_voice ? SB_OK : sb_error_set(err, SB_ERR_MEMORY, "out of memory");
    for (size_t v = 0; v < n && status == SB_OK; v++) {
        take_voice(own, g, voice, v);
        status = sb_evidence_measure(&g->of_voice[v], own, decoys, g->n_words, err);
        if (g->of_voice[v].n_words < VOICE_WORDS && n > 1)
            g->of_voice[v] = (sb_evidence){0};
    }
    static const sb_evidence unknown = {0};
    for (size_t t = 0, w = 0; t < g->a->n_turns && status == SB_OK; t++)
        for (size_t i = 0; i < g->a->turns[t].n_words; i++, w++)
            g->of_word[w] = sb_turn_language_is_told(&g->a->turns[t]) ? &g->of_voice[voice[t]] : &unknown;
    free(voice);
    free(own);
    return status;
}

/* What the same chunks make of words that nobody said. */
static sb_status measure_evidence(aligner *g, const sb_listen_params *params, sb_error *err)
{
    sb_chunk sample[SAMPLE_CHUNKS];
    sb_chunks chunks = {.items = sample, .n_items = pick_sample(&g->chunks, SAMPLE_CHUNKS, sample)};
    sb_heard_word *decoys = calloc(g->n_words + 1, sizeof *decoys);
    sb_lexicon backwards = {0};
    sb_listen_params backwards_params = *params;
    sb_status status = decoys ? sb_lexicon_reverse(&backwards, &g->lexicon, err)
                              : sb_error_set(err, SB_ERR_MEMORY, "out of memory");
    backwards_params.lexicon = &backwards;
    backwards_params.unrefined = true;
    if (status == SB_OK)
        status = sb_listen(decoys, &chunks, &backwards_params, err);
    if (status == SB_OK)
        status = sb_listen(g->heard, &chunks, params, err);
    if (status == SB_OK)
        status = sb_evidence_measure(&g->evidence, g->heard, decoys, g->n_words, err);
    if (status == SB_OK)
        status = measure_voices(g, decoys, err);
    sb_lexicon_finish(&backwards);
    free(decoys);
    return status;
}

/* The sample that the evidence was measured on was heard by the same model already. */
static sb_status listen_to_rest(aligner *g, const sb_listen_params *params, sb_error *err)
{
    size_t n = g->chunks.n_items < SAMPLE_CHUNKS ? g->chunks.n_items : SAMPLE_CHUNKS, next = 0;
    sb_chunks rest = {.items = calloc(g->chunks.n_items + 1, sizeof *rest.items)};
    if (!rest.items)
        return sb_error_set(err, SB_ERR_MEMORY, "out of memory");
    for (size_t i = 0; i < g->chunks.n_items; i++) {
        if (next < n && i == sampled(&g->chunks, n, next))
            next++;
        else
            rest.items[rest.n_items++] = g->chunks.items[i];
    }
    sb_status status = sb_listen(g->heard, &rest, params, err);
    free(rest.items);
    return status;
}

static sb_status refuse(const aligner *g, sb_error *err)
{
    return sb_error_set_at(err, SB_ERR_MISMATCH, g->a->transcript.path, 0, 0,
                           "does not seem to belong to this audio: nothing of its text was heard where "
                           "speech is; check the pair");
}

static sb_status judge_pairing(aligner *g, sb_error *err)
{
    static const char *const notes[] = {
        [SB_PAIRING_UNSURE] =
            "too little of the text could be heard to say whether it belongs to this audio; the times "
            "rest on the timestamps",
        [SB_PAIRING_MISMATCH] = "the text was not heard in this audio"};
    bool ok = true;
    const sb_pairing_facts facts = {.anchors = &g->anchors,
                                    .evidence = &g->evidence,
                                    .n_words = g->n_words,
                                    .n_sayable = g->n_sayable,
                                    .stamps_agree = g->stamps_agree};
    g->a->pairing = sb_pairing_judge(&facts);
    if (g->a->pairing == SB_PAIRING_MISMATCH && !g->params->allow_mismatch)
        return refuse(g, err);
    free(g->a->pairing_note);
    g->a->pairing_note = notes[g->a->pairing] ? sb_copy_text(notes[g->a->pairing], &ok) : NULL;
    return ok ? SB_OK : sb_error_set(err, SB_ERR_MEMORY, "out of memory");
}

static sb_status listen(aligner *g, sb_error *err)
{
    sb_chunk_plan plan = {.alignment = g->a, .skip = g->kept, .anchored = g->anchored};
    g->listen = (sb_listen_params){.model = g->model,
                                   .lexicon = &g->lexicon,
                                   .features = g->features,
                                   .boundary = g->params->boundary,
                                   .speech = g->speech,
                                   .monitor = g->params->monitor};
    sb_status status = sb_chunks_plan(&g->chunks, &plan, err);
    if (status == SB_OK)
        status = adapt(g, &g->listen, err);
    if (status == SB_OK)
        status = measure_evidence(g, &g->listen, err);
    if (status == SB_OK)
        status = judge_pairing(g, err);
    if (status == SB_OK)
        status = listen_to_rest(g, &g->listen, err);
    if (status == SB_OK)
        status = sb_evidence_judge_words(g->heard, g->n_words, g->begins_turn, g->sayable, g->of_word, err);
    return status;
}

/* Keep the energy aligner's position for turns the model scores poorly. */
static bool model_is_believed(const aligner *g, size_t first, size_t n)
{
    size_t n_heard = 0, n_said = 0;
    for (size_t w = first; w < first + n; w++) {
        n_heard += g->heard[w].heard && g->heard[w].confidence >= LIKELY;
        n_said += lexeme_of(g, w)->n_ways > 0;
    }
    return n_said > 0 && (double)n_heard >= HEARD_SHARE * (double)n_said;
}

/* Energy knows the edges of a turn better than anchors do, which were near if they are of the same turn. */
static bool is_near_expected(const aligner *g, size_t first, size_t n)
{
    for (size_t w = first; w < first + n; w++)
        if (g->words[w]->start != SB_TIME_NONE && g->expected[w] != SB_TIME_NONE)
            return llabs(g->words[w]->start - g->expected[w]) < MOVED_FAR;
    return false;
}

/* A turn in another language keeps its place unless it was heard in quite another. */
static bool stays(const aligner *g, size_t t, size_t first)
{
    size_t n = g->a->turns[t].n_words;
    return !model_is_believed(g, first, n) || (g->foreign[t] && is_near_expected(g, first, n));
}

static void put_back(aligner *g, size_t t, size_t first)
{
    sb_aligned_turn *turn = &g->a->turns[t];
    for (size_t w = first; w < first + turn->n_words; w++) {
        g->words[w]->start = g->expected[w];
        g->words[w]->end = g->expected_end[w];
    }
    float confidence = g->energy_confidence[t];
    follow_words(turn);
    turn->confidence = confidence;
}

static void keep_what_was_not_heard(aligner *g)
{
    size_t first = 0;
    for (size_t t = 0; t < g->a->n_turns; first += g->a->turns[t].n_words, t++) {
        size_t n = g->a->turns[t].n_words;
        g->kept[t] = stays(g, t, first);
        for (size_t w = first; w < first + n && g->kept[t]; w++)
            g->heard[w].heard = false;
        if (g->kept[t] && is_near_expected(g, first, n))
            put_back(g, t, first);
    }
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
        out[t].denied = n > 0 && n_denied == n && own <= DENIED_ODDS;
    }
}

/* The turns that a second look has changed are placed anew, all others are kept. */
static sb_status look_again(aligner *g, sb_error *err)
{
    bool *changed = calloc(g->a->n_turns + 1, sizeof *changed);
    const sb_second_look look = {.alignment = g->a,
                                 .listen = &g->listen,
                                 .evidence = g->of_word,
                                 .begins_turn = g->begins_turn,
                                 .sayable = g->sayable,
                                 .heard = g->heard};
    sb_status status = changed ? sb_second_look_take(changed, &look, err)
                               : sb_error_set(err, SB_ERR_MEMORY, "out of memory");
    for (size_t t = 0; status == SB_OK && t < g->a->n_turns; t++)
        changed[t] = !changed[t];
    if (status == SB_OK)
        sb_word_edges_set(g->a, g->speech, g->heard, changed);
    free(changed);
    return status;
}

/* Without evidence that the pair belongs together, the line that energy laid through the stamps stands. */
static sb_status map_times(aligner *g, sb_error *err)
{
    sb_turn_evidence *evidence = calloc(g->a->n_turns + 1, sizeof *evidence);
    sb_status status = evidence ? SB_OK : sb_error_set(err, SB_ERR_MEMORY, "out of memory");
    if (status == SB_OK && g->a->pairing == SB_PAIRING_OK)
        status = sb_turn_map_make(g->a, err);
    if (status == SB_OK)
        status = look_again(g, err);
    if (status == SB_OK) {
        weigh_turns(g, evidence);
        status = sb_stamp_places_fill(g->a, evidence, err);
    }
    free(evidence);
    return status == SB_OK ? sb_unmatched_find(g->a, err) : status;
}

static void lower_confidence(sb_alignment *a)
{
    for (size_t t = 0; t < a->n_turns; t++) {
        a->turns[t].confidence = fminf(a->turns[t].confidence, UNSURE_CONFIDENCE);
        for (size_t w = 0; w < a->turns[t].n_words; w++) {
            sb_aligned_word *word = &a->turns[t].words[w];
            word->confidence = fminf(word->confidence, UNSURE_CONFIDENCE);
            if (word->status == SB_WORD_ALIGNED)
                word->status = SB_WORD_ESTIMATED;
        }
        if (a->turns[t].status == SB_TURN_ALIGNED)
            a->turns[t].status = SB_TURN_PARTLY;
    }
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
        status = listen(&g, err);
    if (status == SB_OK) {
        keep_what_was_not_heard(&g);
        sb_word_edges_set(a, speech, g.heard, g.kept);
        status = map_times(&g, err);
        if (a->pairing != SB_PAIRING_OK)
            lower_confidence(a);
        a->method = SB_METHOD_ACOUSTIC;
    }
    finish(&g);
    return status;
}
