#include "align/again/again.h"

#include "align/acoustic/acoustic_aligner.h"
#include "align/words/words.h"
#include "base/run/run.h"
#include "base/text/text.h"

#include <stdatomic.h>
#include <stdlib.h>

#define AROUND 3 /* words on each side whose status counts */

typedef struct again {
    sb_alignment *alignment;
    const sb_align_params *params;
    sb_acoustic_model *model;
    sb_again_text text;
    sb_rival_words rivals;
    sb_sound_pieces pieces;
    atomic_size_t next;
    atomic_int status;
} again;

static void finish_again(again *a)
{
    sb_again_text_finish(&a->text);
    sb_rival_words_finish(&a->rivals);
    sb_sound_pieces_finish(&a->pieces);
    sb_acoustic_model_free(&a->model);
}

static sb_status decode_pieces(again *a, const char *path, const struct sb_media_params *media, sb_error *err)
{
    sb_span *spans = calloc(a->text.n_words + 1, sizeof *spans);
    if (!spans)
        return sb_error_memory(err, "hearing words again");
    for (size_t i = 0; i < a->text.n_words; i++)
        spans[i] = a->text.words[i].sound;
    sb_status status = sb_sound_pieces_plan(&a->pieces, spans, a->text.n_words, err);
    if (status == SB_OK)
        status = sb_sound_pieces_decode(&a->pieces, path, media, a->alignment->audio.seek_safe,
                                        &a->model->front_end, err);
    free(spans);
    return status;
}

static const sb_lexeme *lexeme_of(const again *a, size_t word)
{
    return &a->text.lexicon.lexemes[a->text.text[word].lexeme];
}

static void add_neighbours(sb_slot *slot, const again *a, const sb_again_word *w)
{
    for (size_t i = w->first; i < w->end; i++) {
        const sb_lexeme *lexeme = lexeme_of(a, i);
        if (i < w->at && lexeme->n_ways > 0)
            slot->before[slot->n_before++] = lexeme;
        if (i > w->at && lexeme->n_ways > 0)
            slot->after[slot->n_after++] = lexeme;
    }
}

static sb_status weigh_word(const again *a, sb_again_word *w, sb_scorer *scorer)
{
    sb_slot slot = {0};
    const sb_lexeme *lexeme = lexeme_of(a, w->at);
    if (sb_is_oov_word(lexeme) || lexeme->n_ways == 0)
        return SB_OK;
    add_neighbours(&slot, a, w);
    float(*vectors)[SB_VECTOR] = sb_sound_vectors(&a->pieces, w->sound, &slot.n_vectors);
    if (!vectors)
        return SB_ERR_MEMORY;
    slot.vectors = (const float(*)[SB_VECTOR])vectors;
    const sb_slot_word word = {.lexeme = lexeme,
                               .is_content = w->texts.is_content,
                               .numbers = w->numbers.n_ways ? &w->numbers : NULL,
                               .opposite = w->opposite.n_ways ? &w->opposite : NULL};
    sb_status status = slot.n_vectors ? sb_slot_weigh(&w->evidence, &slot, &word, &a->rivals, scorer) : SB_OK;
    free(vectors);
    return status;
}

static void weigh_job(void *user, size_t index)
{
    again *a = user;
    sb_scorer *scorer = sb_scorer_create(a->model);
    size_t i;
    int none = SB_OK, status = scorer ? SB_OK : SB_ERR_MEMORY;
    while (status == SB_OK && a->status == SB_OK && (i = a->next++) < a->text.n_words) {
        if (index == 0)
            sb_monitor_step(a->params->monitor, "hear", (double)i, (double)a->text.n_words);
        status = sb_monitor_cancelled(a->params->monitor) ? SB_ERR_INTERRUPTED
                                                          : (int)weigh_word(a, &a->text.words[i], scorer);
    }
    if (status != SB_OK)
        atomic_compare_exchange_strong(&a->status, &none, status);
    sb_scorer_free(&scorer);
}

static sb_status weigh_all(again *a, sb_error *err)
{
    size_t n_threads = (size_t)sb_cores();
    sb_parallel_for(n_threads, (int)n_threads, weigh_job, a);
    if (a->status == SB_ERR_MEMORY)
        return sb_error_memory(err, "hearing words again");
    return a->status == SB_OK ? SB_OK : sb_error_set(err, (sb_status)a->status, "interrupted");
}

static bool is_same_voice(const again *a, size_t one, size_t two)
{
    const sb_aligned_turn *turns = a->alignment->turns;
    return sb_same_text(turns[a->text.text[one].turn].speaker, turns[a->text.text[two].turn].speaker);
}

/* The mean fit of the other words of the voice that were heard again. A single word has only its
 * neighbours. */
static double find_voice_fit(const again *a, const sb_again_word *word)
{
    double sum = 0, n = 0;
    for (size_t i = 0; i < a->text.n_words; i++) {
        const sb_again_word *w = &a->text.words[i];
        if (w == word || !w->evidence.said.heard || !is_same_voice(a, w->at, word->at))
            continue;
        double frames = (double)(w->evidence.said.word.end - w->evidence.said.word.first);
        sum += frames * w->evidence.said.fit;
        n += frames;
    }
    return n > 0 ? sum / n : word->evidence.said.other_fit;
}

static size_t n_heard_with(const again *a, const sb_again_word *w)
{
    sb_slot slot = {0};
    add_neighbours(&slot, a, w);
    return slot.n_before + slot.n_after;
}

static sb_slot_around look_around(const again *a, const sb_again_word *w)
{
    sb_slot_around out = {.voice_fit = find_voice_fit(a, w),
                          .n_in_slot = n_heard_with(a, w),
                          .is_negation = w->texts.is_negation};
    size_t first = w->at > AROUND ? w->at - AROUND : 0;
    for (size_t i = first; i <= w->at + AROUND && i < a->text.n_text; i++) {
        bool aligned = a->text.text[i].word->status == SB_WORD_ALIGNED;
        out.n += i != w->at;
        out.n_aligned += i != w->at && aligned;
        if ((i + 1 == w->at || i == w->at + 1) && aligned)
            out.beside_aligned = true;
    }
    return out;
}

/* Beside a wrong word, a right one may fit badly too. */
static bool is_weaker_than_neighbour(const again *a, size_t i)
{
    const sb_again_word *w = &a->text.words[i];
    size_t first = i > SB_SLOT_REACH ? i - SB_SLOT_REACH : 0;
    for (size_t k = first; k <= i + SB_SLOT_REACH && k < a->text.n_words; k++) {
        const sb_again_word *other = &a->text.words[k];
        if (other->doubt && other->strength > w->strength && other->at + SB_SLOT_REACH >= w->at &&
            other->at <= w->at + SB_SLOT_REACH)
            return true;
    }
    return false;
}

static void set_doubts(const again *a)
{
    for (size_t i = 0; i < a->text.n_words; i++) {
        sb_slot_around around = look_around(a, &a->text.words[i]);
        a->text.words[i].doubt =
            sb_slot_doubt(&a->text.words[i].evidence, &around, &a->text.words[i].strength);
    }
    for (size_t i = 0; i < a->text.n_words; i++)
        if (!is_weaker_than_neighbour(a, i))
            a->text.text[a->text.words[i].at].word->doubt = a->text.words[i].doubt;
}

sb_status sb_alignment_hear_again(sb_alignment *alignment, const char *audio_path,
                                  const struct sb_media_params *media, const sb_align_params *params,
                                  const sb_word_span *spans, size_t n_spans, sb_error *err)
{
    static const sb_align_params none;
    again a = {.alignment = alignment, .params = params ? params : &none};
    const char *folder = a.params->acoustic_model ? a.params->acoustic_model : sb_acoustic_model_folder();
    if (alignment->method != SB_METHOD_ACOUSTIC || alignment->pairing != SB_PAIRING_OK || n_spans == 0 ||
        (!a.params->acoustic_model && sb_acoustic_model_missing(NULL)))
        return SB_OK;
    sb_status status = sb_again_text_list(&a.text, alignment, spans, n_spans, err);
    if (status == SB_OK && a.text.n_words > 0) {
        status = sb_acoustic_model_open(&a.model, folder, err);
        if (status == SB_OK)
            status = sb_rival_words_read(&a.rivals, a.model, err);
        if (status == SB_OK)
            status = sb_again_text_pronounce(&a.text, a.model, a.params->dictionary, err);
        if (status == SB_OK)
            status = decode_pieces(&a, audio_path, media, err);
        if (status == SB_OK)
            status = weigh_all(&a, err);
        if (status == SB_OK)
            set_doubts(&a);
    }
    finish_again(&a);
    return status;
}
