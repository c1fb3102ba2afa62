#include "align/again/again.h"

#include "align/acoustic/acoustic_aligner.h"
#include "alignment/alignment.h"
#include "base/run/run.h"
#include "base/text/text.h"

#include <stdlib.h>

/* Neighbours are not farther away; a word that was left out may be between them. */
#define NEIGHBOUR SB_TIME_SECOND

void sb_again_text_finish(sb_again_text *a)
{
    for (size_t i = 0; i < a->n_words; i++) {
        sb_rival_texts_finish(&a->words[i].texts);
        free(a->words[i].numbers.ways);
        free(a->words[i].opposite.ways);
    }
    free(a->words);
    free(a->text);
    sb_lexicon_finish(&a->lexicon);
    *a = (sb_again_text){0};
}

/* Marks the words of a span. `first_of` is the first word of each turn, and the number of all words. */
static void ask_for(sb_again_text *a, const size_t *first_of, size_t n_turns, const sb_word_span *span)
{
    if (span->first_turn >= n_turns)
        return;
    size_t last_turn = span->last_turn < n_turns ? span->last_turn : n_turns - 1;
    size_t end = span->last_turn < n_turns ? first_of[last_turn] + span->last_word + 1 : a->n_text;
    end = end < first_of[last_turn + 1] ? end : first_of[last_turn + 1];
    for (size_t i = first_of[span->first_turn] + span->first_word; i < end; i++)
        a->text[i].asked = true;
}

static void add_turn(sb_again_text *a, const sb_alignment *alignment, size_t t)
{
    for (size_t w = 0; w < alignment->turns[t].n_words; w++) {
        sb_aligned_word *word = &alignment->turns[t].words[w];
        word->doubt = SB_DOUBT_NONE;
        a->text[a->n_text++] = (sb_text_word){.word = word,
                                              .language = sb_turn_language(alignment, &alignment->turns[t]),
                                              .turn = t,
                                              .lexeme = SB_NO_LEXEME};
    }
}

static sb_status list_text(sb_again_text *a, const sb_alignment *al, const sb_word_span *spans,
                           size_t n_spans, sb_error *err)
{
    size_t n = sb_alignment_n_words(al), *first_of = calloc(al->n_turns + 1, sizeof *first_of);
    a->text = calloc(n + 1, sizeof *a->text);
    a->words = calloc(n + 1, sizeof *a->words);
    if (!first_of || !a->text || !a->words) {
        free(first_of);
        return sb_error_memory(err, "hearing words again");
    }
    for (size_t t = 0; t < al->n_turns; t++) {
        add_turn(a, al, t);
        first_of[t + 1] = a->n_text;
    }
    for (size_t i = 0; i < n_spans; i++)
        ask_for(a, first_of, al->n_turns, &spans[i]);
    free(first_of);
    return SB_OK;
}

bool sb_words_adjoin(const sb_aligned_word *before, const sb_aligned_word *after)
{
    return sb_word_has_place(before) && sb_word_has_place(after) && before->start <= after->start &&
           after->start - before->end <= NEIGHBOUR;
}

/* Returns false if the word cannot be judged. */
static bool find_slot(const sb_again_text *a, size_t at, sb_again_word *out)
{
    const sb_text_word *text = a->text;
    size_t first = at, end = at + 1;
    if (!sb_word_has_place(text[at].word) || !sb_text_is_spoken(text[at].word->text) ||
        !sb_language_is_english(text[at].language))
        return false;
    while (at - first < SB_SLOT_REACH && first > 0 && sb_words_adjoin(text[first - 1].word, text[first].word))
        first--;
    while (end - at <= SB_SLOT_REACH && end < a->n_text &&
           sb_words_adjoin(text[end - 1].word, text[end].word))
        end++;
    sb_span sound = {text[first].word->start - SB_SLOT_EDGE, text[end - 1].word->end + SB_SLOT_EDGE};
    sound.start = sound.start > 0 ? sound.start : 0;
    *out = (sb_again_word){.at = at, .first = first, .end = end, .sound = sound};
    return sound.end > sound.start && sound.end - sound.start <= SB_SLOT_MOST;
}

static sb_status list_slots(sb_again_text *a, sb_error *err)
{
    bool ok = true;
    for (size_t i = 0; ok && i < a->n_text; i++) {
        sb_again_word *w = &a->words[a->n_words];
        if (!a->text[i].asked || !find_slot(a, i, w))
            continue;
        const sb_text_word *next =
            i + 1 < a->n_text && a->text[i + 1].turn == a->text[i].turn ? &a->text[i + 1] : NULL;
        a->n_words++;
        ok = sb_rival_texts_find(&w->texts, a->text[i].word->text, next ? next->word->text : NULL);
        for (size_t k = w->first; k < w->end; k++)
            a->text[k].lexeme = 0;
    }
    return ok ? SB_OK : sb_error_memory(err, "hearing words again");
}

/* The lexeme of each text is set by the caller. */
static size_t collect_texts(const sb_again_text *a, const char **texts, const char **languages)
{
    size_t n = 0;
    for (size_t i = 0; i < a->n_text; i++)
        if (a->text[i].lexeme != SB_NO_LEXEME) {
            languages[n] = a->text[i].language;
            texts[n++] = a->text[i].word->text;
        }
    for (size_t i = 0; i < a->n_words; i++) {
        const sb_rival_texts *rivals = &a->words[i].texts;
        for (size_t k = 0; k < rivals->n_numbers + rivals->n_opposites; k++) {
            languages[n] = "en";
            texts[n++] = rivals->items[k];
        }
    }
    return n;
}

/* All pronunciations of some words, as ways of one. */
static bool join_ways(sb_lexeme *out, const sb_lexicon *lexicon, size_t first, size_t n)
{
    size_t room = n * SB_WAYS_MAX;
    out->ways = room ? calloc(room, sizeof *out->ways) : NULL;
    if (room && !out->ways)
        return false;
    for (size_t i = first; i < first + n; i++) {
        const sb_lexeme *l = &lexicon->lexemes[lexicon->lexeme_of[i]];
        for (size_t w = 0; w < l->n_ways && out->n_ways < UINT8_MAX; w++)
            out->ways[out->n_ways++] = l->ways[w];
    }
    return true;
}

static bool take_pronunciations(sb_again_text *a)
{
    size_t n = 0;
    bool ok = true;
    for (size_t i = 0; i < a->n_text; i++)
        if (a->text[i].lexeme != SB_NO_LEXEME)
            a->text[i].lexeme = a->lexicon.lexeme_of[n++];
    for (size_t i = 0; ok && i < a->n_words; i++) {
        sb_again_word *w = &a->words[i];
        ok = join_ways(&w->numbers, &a->lexicon, n, w->texts.n_numbers) &&
             join_ways(&w->opposite, &a->lexicon, n + w->texts.n_numbers, w->texts.n_opposites);
        n += w->texts.n_numbers + w->texts.n_opposites;
    }
    return ok;
}

sb_status sb_again_text_pronounce(sb_again_text *a, const sb_acoustic_model *model, const sb_dictionary *user,
                                  sb_error *err)
{
    size_t room = a->n_text + a->n_words * SB_RIVAL_TEXTS_MOST + 1;
    const char **texts = calloc(2 * room, sizeof *texts);
    if (!texts)
        return sb_error_memory(err, "hearing words again");
    size_t n = collect_texts(a, texts, texts + room);
    sb_status status = sb_model_lexicon_make(&a->lexicon, model, texts, texts + room, n, user, err);
    if (status == SB_OK && !take_pronunciations(a))
        status = sb_error_memory(err, "hearing words again");
    free(texts);
    return status;
}

sb_status sb_again_text_list(sb_again_text *out, const sb_alignment *alignment, const sb_word_span *spans,
                             size_t n_spans, sb_error *err)
{
    *out = (sb_again_text){0};
    sb_status status = list_text(out, alignment, spans, n_spans, err);
    return status == SB_OK ? list_slots(out, err) : status;
}
