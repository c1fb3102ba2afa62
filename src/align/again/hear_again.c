#include "align/again/again.h"

#include "align/acoustic/acoustic_aligner.h"
#include "align/words/words.h"
#include "base/run/run.h"
#include "base/text/text.h"

#include <stdlib.h>

#define AROUND 3 /* words on each side whose status counts */

static const sb_lexeme *lexeme_of(const sb_own_words *a, size_t word)
{
    return &a->text.lexicon.lexemes[a->text.text[word].lexeme];
}

static void add_neighbours(sb_slot *slot, const sb_own_words *a, const sb_again_word *w)
{
    for (size_t i = w->first; i < w->end; i++) {
        const sb_lexeme *lexeme = lexeme_of(a, i);
        if (i < w->at && lexeme->n_ways > 0)
            slot->before[slot->n_before++] = lexeme;
        if (i > w->at && lexeme->n_ways > 0)
            slot->after[slot->n_after++] = lexeme;
    }
}

static sb_status weigh_word(void *user, size_t index, sb_scorer *scorer)
{
    const sb_own_words *a = user;
    sb_again_word *w = &a->text.words[index];
    sb_slot slot = {0};
    const sb_lexeme *lexeme = lexeme_of(a, w->at);
    if (sb_is_oov_word(lexeme) || lexeme->n_ways == 0)
        return SB_OK;
    add_neighbours(&slot, a, w);
    float(*vectors)[SB_VECTOR] = sb_sound_vectors(&a->ear->pieces, w->sound, &slot.n_vectors);
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

static bool is_same_voice(const sb_own_words *a, size_t one, size_t two)
{
    const sb_aligned_turn *turns = a->ear->alignment->turns;
    return sb_same_text(turns[a->text.text[one].turn].speaker, turns[a->text.text[two].turn].speaker);
}

/* The mean fit of the other words of the voice that were heard again. A single word has only its
 * neighbours. */
static double find_voice_fit(const sb_own_words *a, const sb_again_word *word)
{
    double sum = 0, n = 0;
    for (size_t i = 0; i < a->text.n_words; i++) {
        const sb_again_word *w = &a->text.words[i];
        if (w == word || !w->evidence.said.heard || !is_same_voice(a, w->at, word->at))
            continue;
        double frames = (double)(w->evidence.said.words.end - w->evidence.said.words.first);
        sum += frames * w->evidence.said.fit;
        n += frames;
    }
    return n > 0 ? sum / n : word->evidence.said.other_fit;
}

static size_t n_heard_with(const sb_own_words *a, const sb_again_word *w)
{
    sb_slot slot = {0};
    add_neighbours(&slot, a, w);
    return slot.n_before + slot.n_after;
}

static sb_slot_around look_around(const sb_own_words *a, const sb_again_word *w)
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
static bool is_weaker_than_neighbour(const sb_own_words *a, size_t i)
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

static void set_doubts(const sb_own_words *a)
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

sb_status sb_own_words_list(sb_own_words *out, sb_ear *ear, const sb_word_span *spans, size_t n_spans,
                            sb_error *err)
{
    *out = (sb_own_words){.ear = ear};
    sb_status status = sb_again_text_list(&out->text, ear->alignment, spans, n_spans, err);
    for (size_t i = 0; status == SB_OK && i < out->text.n_words; i++)
        if (!sb_ear_want(ear, out->text.words[i].sound))
            status = sb_error_memory(err, "hearing words again");
    return status;
}

sb_status sb_own_words_hear(sb_own_words *own, sb_error *err)
{
    if (own->text.n_words == 0)
        return SB_OK;
    sb_status status = sb_rival_words_read(&own->rivals, own->ear->model, err);
    if (status == SB_OK)
        status = sb_again_text_pronounce(&own->text, own->ear->model, sb_ear_dictionary(own->ear), err);
    if (status == SB_OK)
        status = sb_ear_share(own->ear, own->text.n_words, weigh_word, own, err);
    if (status == SB_OK)
        set_doubts(own);
    return status;
}

void sb_own_words_finish(sb_own_words *own)
{
    sb_again_text_finish(&own->text);
    sb_rival_words_finish(&own->rivals);
}

sb_status sb_alignment_hear_again(sb_alignment *alignment, const char *audio_path,
                                  const struct sb_media_params *media, const sb_align_params *params,
                                  const sb_word_span *spans, size_t n_spans, sb_error *err)
{
    static const sb_align_params none;
    sb_ear ear = {.alignment = alignment, .params = params ? params : &none};
    sb_own_words own;
    if (alignment->method != SB_METHOD_ACOUSTIC || alignment->pairing != SB_PAIRING_OK || n_spans == 0 ||
        (!ear.params->acoustic_model && sb_acoustic_model_missing(NULL)))
        return SB_OK;
    sb_status status = sb_own_words_list(&own, &ear, spans, n_spans, err);
    if (status == SB_OK && ear.n_sounds > 0)
        status = sb_ear_open(&ear, audio_path, media, err);
    if (status == SB_OK)
        status = sb_own_words_hear(&own, err);
    sb_own_words_finish(&own);
    sb_ear_finish(&ear);
    return status;
}
