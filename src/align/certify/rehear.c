#include "align/align.h"

#include "acoustic/acoustic.h"
#include "align/acoustic/acoustic_aligner.h"
#include "align/certify/certify.h"
#include "alignment/alignment.h"
#include "base/run/run.h"
#include "pronounce/pronounce.h"
#include "speech/speech.h"
#include "transcript/transcript.h"

#include <stdlib.h>

#define CONTEXT_WORDS 8
#define ROOM          (50 * SB_TIME_MS)     /* of sound outside the outermost neighbouring word */
#define ALONE         (300 * SB_TIME_MS)    /* of sound if no neighbour is near */
#define WHOLE         (30 * SB_TIME_SECOND) /* maximum that is searched in one piece */
/* cost of a skipped word; it is high because the requested words are probably there */
#define SKIP          -100.0f
#define BEAM          400.0f /* wide enough for voices that the model fits badly, and for such prices */
#define ROOM_REACH    (30 * SB_TIME_SECOND)
#define ROOM_PART     0.05
#define FOREIGN_SHARE 0.4
#define NO_LEXEME     UINT32_MAX
/* A turn of this many words should have a proven word. A shorter turn, or a turn next to it, should have one.
 * In true pairs 5 of 232 and 19 of 435 such turns have none (43 recordings). Of turns from another part of a
 * conversation, 8 of 8 have none (2026-11-29). */
#define PROVABLE_WORDS 14
#define PROVABLE_FEW   8

struct sb_rehearer {
    const sb_alignment *alignment;
    const sb_aligned_word **words; /* of the whole text */
    const char **languages;        /* of each word */
    bool *begins_turn;             /* each word */
    /* For each word: the alignment has evidence against it, or no evidence where there should be some. */
    bool *denied;
    size_t n_words;
    sb_acoustic_model *model; /* NULL: by energy */
    sb_lexicon lexicon;       /* of the words that may be searched */
    uint32_t *lexeme_of;      /* of each word of the text; NO_LEXEME if it is not among them */
};

void sb_rehearer_free(sb_rehearer **slot)
{
    sb_rehearer *r = *slot;
    *slot = NULL;
    if (!r)
        return;
    sb_acoustic_model_free(&r->model);
    sb_lexicon_finish(&r->lexicon);
    free(r->words);
    free(r->languages);
    free(r->begins_turn);
    free(r->denied);
    free(r->lexeme_of);
    free(r);
}

/* A search nearly always finds the words that it searches for. The alignment also searched for a decoy. If it
 * could prove none of many words, finding them now proves nothing. */
static bool has_proof(const sb_aligned_turn *turn)
{
    for (size_t w = 0; w < turn->n_words; w++)
        if (turn->words[w].status == SB_WORD_ALIGNED)
            return true;
    return false;
}

static bool is_without_proof(const sb_alignment *a, size_t t)
{
    size_t n = a->turns[t].n_words;
    if (a->method != SB_METHOD_ACOUSTIC || a->pairing != SB_PAIRING_OK || n < PROVABLE_FEW ||
        has_proof(&a->turns[t]))
        return false;
    bool before = t > 0 && has_proof(&a->turns[t - 1]),
         after = t + 1 < a->n_turns && has_proof(&a->turns[t + 1]);
    return n >= PROVABLE_WORDS || (!before && !after);
}

static bool list_words_to_rehear(sb_rehearer *r)
{
    const sb_alignment *a = r->alignment;
    r->n_words = sb_alignment_n_words(a);
    r->words = calloc(r->n_words + 1, sizeof *r->words);
    r->languages = calloc(r->n_words + 1, sizeof *r->languages);
    r->begins_turn = calloc(r->n_words + 1, sizeof *r->begins_turn);
    r->denied = calloc(r->n_words + 1, sizeof *r->denied);
    r->lexeme_of = calloc(r->n_words + 1, sizeof *r->lexeme_of);
    if (!r->words || !r->languages || !r->begins_turn || !r->denied || !r->lexeme_of)
        return false;
    size_t n = 0;
    for (size_t t = 0; t < a->n_turns; t++) {
        bool all_denied = a->pairing == SB_PAIRING_MISMATCH || is_without_proof(a, t);
        for (size_t w = 0; w < a->turns[t].n_words; w++) {
            r->languages[n] = sb_turn_language(a, &a->turns[t]);
            r->begins_turn[n] = w == 0;
            r->denied[n] = all_denied || a->turns[t].words[w].status == SB_WORD_NOT_HEARD;
            r->words[n++] = &a->turns[t].words[w];
        }
    }
    return true;
}

static sb_word_range with_context(const sb_rehearer *r, sb_word_range asked)
{
    size_t before = asked.first < CONTEXT_WORDS ? asked.first : CONTEXT_WORDS;
    size_t left = r->n_words - asked.end, after = left < CONTEXT_WORDS ? left : CONTEXT_WORDS;
    return (sb_word_range){asked.first - before, asked.end + after};
}

/* Collects texts and languages of the wanted words. `lexeme_of` becomes the index of each. */
static size_t pack_texts(sb_rehearer *r, const char **texts, const char **languages,
                         const sb_word_range *asked, size_t n_asked)
{
    for (size_t i = 0; i < n_asked; i++) {
        sb_word_range range = with_context(r, asked[i]);
        for (size_t w = range.first; w < range.end; w++)
            texts[w] = r->words[w]->text;
    }
    size_t n = 0;
    for (size_t w = 0; w < r->n_words; w++) {
        r->lexeme_of[w] = texts[w] ? (uint32_t)n : NO_LEXEME;
        if (!texts[w])
            continue;
        languages[n] = r->languages[w];
        texts[n++] = texts[w];
    }
    return n;
}

/* A dictionary in the phones of another model is not used. */
static const sb_dictionary *in_phones_of(const sb_acoustic_model *model, const sb_dictionary *dictionary)
{
    bool same = dictionary && sb_phone_set_same(sb_dictionary_phones(dictionary), model->phones);
    return same ? dictionary : NULL;
}

static sb_status make_lexicon(sb_rehearer *r, const sb_word_range *asked, size_t n_asked,
                              const sb_dictionary *dictionary, sb_error *err)
{
    const char **texts = calloc(2 * r->n_words + 1, sizeof *texts);
    if (!texts)
        return sb_error_memory(err, "checking a clip");
    const char **languages = texts + r->n_words;
    size_t n = pack_texts(r, texts, languages, asked, n_asked);
    sb_status status = sb_model_lexicon_make(&r->lexicon, r->model, texts, languages, n,
                                             in_phones_of(r->model, dictionary), err);
    free(texts);
    for (size_t w = 0; status == SB_OK && w < r->n_words; w++)
        if (r->lexeme_of[w] != NO_LEXEME)
            r->lexeme_of[w] = r->lexicon.lexeme_of[r->lexeme_of[w]];
    return status;
}

sb_status sb_rehearer_create(sb_rehearer **out, const sb_alignment *alignment, const sb_word_range *asked,
                             size_t n_asked, const char *model, const sb_dictionary *dictionary,
                             sb_error *err)
{
    bool heard = model || !sb_acoustic_model_missing(NULL);
    *out = NULL;
    sb_rehearer *r = calloc(1, sizeof *r);
    if (!r)
        return sb_error_memory(err, "checking a clip");
    r->alignment = alignment;
    sb_status status = list_words_to_rehear(r) ? SB_OK : sb_error_memory(err, "checking a clip");
    if (status == SB_OK && heard)
        status = sb_acoustic_model_open(&r->model, model ? model : sb_acoustic_model_folder(), err);
    if (status == SB_OK && heard)
        status = make_lexicon(r, asked, n_asked, dictionary, err);
    if (status == SB_OK)
        *out = r;
    else
        sb_rehearer_free(&r);
    return status;
}

/* False if most of the words are in no dictionary: they are in another language, which the model does not
 * know. */
static bool speaks(const sb_rehearer *r, sb_word_range asked)
{
    size_t n_strange = 0;
    for (size_t w = asked.first; r->model && w < asked.end; w++)
        n_strange += sb_is_oov_word(&r->lexicon.lexemes[r->lexeme_of[w]]);
    return r->model && (double)n_strange <= FOREIGN_SHARE * (double)(asked.end - asked.first);
}

/* The check of one clip in progress. */
typedef struct hearing {
    const sb_rehearer *r;
    const sb_rehear_sound *in;
    sb_rehear_splice splice;
    sb_word_range asked, heard_for; /* of the text */
    size_t n;                       /* words that are searched */
    sb_span sound;                  /* of the splice, that is searched */
    sb_features features;
    uint32_t *lexeme_of;
    bool *said;
    sb_heard_word *words;
} hearing;

static void finish_hearing(hearing *h)
{
    sb_rehear_splice_finish(&h->splice);
    sb_features_finish(&h->features);
    free(h->lexeme_of);
    free(h->said);
    free(h->words);
}

static sb_time time_of_mono(size_t n)
{
    return sb_time_from_samples((int64_t)n, SB_MONO_HZ);
}

/* The neighbours in the surrounding sound, and as much of it as they need. Words without a time may be
 * between them. */
static void choose_before(hearing *h, sb_time zero)
{
    const sb_rehearer *r = h->r;
    sb_time clip = time_of_mono(h->splice.start);
    size_t least = with_context(r, h->asked).first;
    h->heard_for.first = h->asked.first;
    h->sound.start = clip > ALONE ? clip - ALONE : 0;
    for (size_t w = h->asked.first; w-- > least;) {
        if (!sb_word_has_place(r->words[w]))
            continue;
        sb_time start = r->words[w]->start - zero, end = r->words[w]->end - zero;
        if (start < 0 || start > clip || end < h->sound.start - ALONE)
            break;
        h->heard_for.first = w;
        h->sound.start = start > ROOM ? start - ROOM : 0;
    }
}

static void choose_after(hearing *h, sb_time zero)
{
    const sb_rehearer *r = h->r;
    sb_time clip = time_of_mono(h->splice.end), most = time_of_mono(h->splice.n);
    size_t limit = with_context(r, h->asked).end;
    h->heard_for.end = h->asked.end;
    h->sound.end = clip + ALONE < most ? clip + ALONE : most;
    for (size_t w = h->asked.end; w < limit; w++) {
        if (!sb_word_has_place(r->words[w]))
            continue;
        sb_time start = r->words[w]->start - zero, end = r->words[w]->end - zero;
        if (end > most || end < clip || start > h->sound.end + ALONE)
            break;
        h->heard_for.end = w + 1;
        h->sound.end = end + ROOM < most ? end + ROOM : most;
    }
}

static void choose_words(hearing *h)
{
    sb_time zero = h->in->span.start - time_of_mono(h->splice.start);
    choose_before(h, zero);
    choose_after(h, zero);
    h->n = h->heard_for.end - h->heard_for.first;
}

static sb_status make_features(hearing *h, sb_error *err)
{
    sb_features_maker *maker = NULL;
    const float *plane = h->splice.samples;
    sb_status status = sb_features_maker_create(&maker, SB_MONO_HZ, 1, &h->r->model->front_end, err);
    if (status == SB_OK)
        status = sb_features_push(maker, &plane, h->splice.n, err);
    if (status == SB_OK)
        status = sb_features_end(maker, &h->features, err);
    sb_features_maker_free(&maker);
    return status;
}

static sb_status take_lexemes(hearing *h, sb_error *err)
{
    h->words = calloc(h->n + 1, sizeof *h->words);
    h->lexeme_of = calloc(h->n + 1, sizeof *h->lexeme_of);
    h->said = calloc(h->n + 1, sizeof *h->said);
    if (!h->words || !h->lexeme_of || !h->said)
        return sb_error_memory(err, "checking a clip");
    for (size_t w = 0; w < h->n; w++) {
        h->lexeme_of[w] = h->r->lexeme_of[h->heard_for.first + w];
        h->said[w] = h->r->lexicon.lexemes[h->lexeme_of[w]].n_ways > 0;
    }
    return SB_OK;
}

/* Long clips are planned like episodes, by the expected places of their words. */
static sb_status plan(const hearing *h, sb_chunks *out, sb_error *err)
{
    sb_aligned_word *words = calloc(h->n + 1, sizeof *words);
    if (!words)
        return sb_error_memory(err, "checking a clip");
    sb_time zero = h->in->span.start - time_of_mono(h->splice.start);
    for (size_t w = 0; w < h->n; w++) {
        words[w] = *h->r->words[h->heard_for.first + w];
        if (words[w].start == SB_TIME_NONE || words[w].end == SB_TIME_NONE)
            continue;
        words[w].start -= zero;
        words[w].end -= zero;
    }
    sb_aligned_turn turn = {.words = words, .n_words = h->n};
    sb_alignment clip = {.turns = &turn, .n_turns = 1, .audio.duration = time_of_mono(h->splice.n)};
    bool skip = false;
    sb_status status = sb_chunks_plan(out, &(sb_chunk_plan){.alignment = &clip, .skip = &skip}, err);
    free(words);
    return status;
}

static sb_status listen_to(hearing *h, const sb_chunks *chunks, sb_error *err)
{
    sb_lexicon lexicon = {h->r->lexicon.lexemes, h->r->lexicon.n_lexemes, h->lexeme_of, h->n};
    const sb_network_prices prices = {.skip = SKIP, .skip_next = SKIP, .beam = BEAM};
    sb_listen_params params = {
        .model = h->r->model, .lexicon = &lexicon, .features = &h->features, .prices = &prices};
    return sb_listen(h->words, chunks, &params, err);
}

static sb_status listen_in_chunks(hearing *h, sb_error *err)
{
    sb_chunks chunks = {0};
    sb_status status = plan(h, &chunks, err);
    if (status == SB_OK)
        status = listen_to(h, &chunks, err);
    sb_chunks_finish(&chunks);
    return status;
}

static sb_status listen_to_clip(hearing *h, sb_error *err)
{
    sb_time end = h->sound.end;
    sb_chunk whole = {.own = {0, h->n}, .heard = {{0, h->n}, {h->n, h->n}}, .sound = {h->sound, {end, end}}};
    sb_status status = take_lexemes(h, err);
    if (status == SB_OK)
        status = make_features(h, err);
    if (status != SB_OK)
        return status;
    if (end - h->sound.start > WHOLE || h->n > SB_CHUNK_WORDS_MAX)
        return listen_in_chunks(h, err);
    return listen_to(h, &(sb_chunks){&whole, 1}, err);
}

/* A level below nearly all of the surrounding minute. */
static uint8_t level_of_room(const hearing *h)
{
    const sb_alignment *a = h->r->alignment;
    int64_t first = (h->in->span.start - ROOM_REACH) / SB_OVERVIEW_HOP;
    int64_t end = (h->in->span.end + ROOM_REACH) / SB_OVERVIEW_HOP;
    first = first < 0 ? 0 : first;
    end = end < (int64_t)a->n_levels ? end : (int64_t)a->n_levels;
    if (first < end)
        return sb_level_percentile(a->levels + first, (size_t)(end - first), ROOM_PART);
    return sb_level_percentile(h->splice.levels, h->splice.n_levels, ROOM_PART);
}

/* True if a sentence or a turn ends before word `next` of the text. */
static bool ends_sentence_before(const sb_rehearer *r, size_t next)
{
    return next == 0 || next == r->n_words || r->begins_turn[next] ||
           sb_word_ends_sentence(r->words[next - 1]->text);
}

static void judge_hearing(const hearing *h, sb_reheard *out)
{
    size_t first = h->asked.first - h->heard_for.first, end = h->asked.end - h->heard_for.first;
    sb_edge_view view = {.splice = &h->splice,
                         .words = h->words,
                         .said = h->said,
                         .n_words = h->n,
                         .first = first,
                         .end = end,
                         .room = level_of_room(h)};
    for (size_t w = first; h->words && w < end; w++) {
        out->n_asked += h->said[w];
        out->n_heard += h->words[w].heard && !h->r->denied[h->heard_for.first + w];
    }
    sb_rehear_edge_set(&out->start, &view, false);
    sb_rehear_edge_set(&out->end, &view, true);
    out->start.ends_sentence = ends_sentence_before(h->r, h->asked.first);
    out->end.ends_sentence = ends_sentence_before(h->r, h->asked.end);
}

sb_status sb_rehear(sb_reheard *out, const sb_rehearer *rehearer, const sb_rehear_sound *sound,
                    sb_word_range asked, sb_error *err)
{
    hearing h = {.r = rehearer, .in = sound, .asked = asked};
    *out = (sb_reheard){.acoustic = speaks(rehearer, asked)};
    sb_status status = sb_rehear_splice_make(&h.splice, sound, err);
    choose_words(&h);
    if (status == SB_OK && out->acoustic)
        status = listen_to_clip(&h, err);
    if (status == SB_OK)
        judge_hearing(&h, out);
    finish_hearing(&h);
    return status;
}
