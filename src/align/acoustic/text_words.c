#include "align/acoustic/acoustic_aligner.h"

#include "acoustic/acoustic.h"
#include "alignment/alignment.h"
#include "base/run/run.h"

#include "base/text/text.h"

#include <stdlib.h>

#define FOREIGN_SHARE 0.4 /* of a turn's words whose pronunciation is guessed */

void sb_text_words_finish(sb_text_words *text)
{
    sb_lexicon_finish(&text->lexicon);
    free(text->words);
    free(text->foreign);
    free(text->kept);
    free(text->anchored);
    free(text->begins_turn);
    free(text->sayable);
    free(text->expected);
    free(text->expected_end);
    free(text->energy_confidence);
    *text = (sb_text_words){0};
}

static bool collect_words(sb_text_words *text)
{
    text->n_words = sb_alignment_n_words(text->alignment);
    text->words = calloc(text->n_words + 1, sizeof *text->words);
    text->anchored = calloc(text->n_words + 1, sizeof *text->anchored);
    text->begins_turn = calloc(text->n_words + 1, sizeof *text->begins_turn);
    text->sayable = calloc(text->n_words + 1, sizeof *text->sayable);
    text->expected = calloc(text->n_words + 1, sizeof *text->expected);
    text->foreign = calloc(text->alignment->n_turns + 1, sizeof *text->foreign);
    text->expected_end = calloc(text->n_words + 1, sizeof *text->expected_end);
    text->energy_confidence = calloc(text->alignment->n_turns + 1, sizeof *text->energy_confidence);
    text->kept = calloc(text->alignment->n_turns + 1, sizeof *text->kept);
    if (!text->words || !text->anchored || !text->begins_turn || !text->sayable || !text->expected ||
        !text->foreign || !text->kept || !text->expected_end || !text->energy_confidence)
        return false;
    size_t n = 0;
    for (size_t t = 0; t < text->alignment->n_turns; t++)
        for (size_t w = 0; w < text->alignment->turns[t].n_words; w++)
            text->words[n++] = &text->alignment->turns[t].words[w];
    for (size_t t = 0; t < text->alignment->n_turns; t++)
        text->energy_confidence[t] = text->alignment->turns[t].confidence;
    for (n = 0; n < text->n_words; n++) {
        text->expected[n] = text->words[n]->start;
        text->expected_end[n] = text->words[n]->end;
    }
    return true;
}

static sb_status make_lexicon(sb_text_words *text, const sb_acoustic_model *model,
                              const sb_dictionary *dictionary, sb_error *err)
{
    const char **texts = calloc(2 * text->n_words + 1, sizeof *texts);
    if (!texts)
        return sb_error_memory(err, "aligning");
    const char **languages = texts + text->n_words;
    for (size_t t = 0, w = 0; t < text->alignment->n_turns; t++)
        for (size_t i = 0; i < text->alignment->turns[t].n_words; i++, w++) {
            texts[w] = text->words[w]->text;
            languages[w] = sb_turn_language(text->alignment, &text->alignment->turns[t]);
        }
    sb_status status =
        sb_model_lexicon_make(&text->lexicon, model, texts, languages, text->n_words, dictionary, err);
    free(texts);
    return status;
}

const sb_lexeme *sb_text_lexeme(const sb_text_words *text, size_t word)
{
    return &text->lexicon.lexemes[text->lexicon.lexeme_of[word]];
}

/* A turn most of whose words are in no dictionary is in another language. */
static void find_foreign_turns(sb_text_words *text)
{
    size_t word = 0;
    for (size_t t = 0; t < text->alignment->n_turns; t++) {
        size_t n = text->alignment->turns[t].n_words, n_strange = 0, n_said = 0;
        text->begins_turn[word] = true;
        for (size_t w = 0; w < n; w++, word++) {
            text->sayable[word] = sb_text_lexeme(text, word)->n_ways > 0;
            text->n_sayable += text->sayable[word];
            n_strange += sb_is_oov_word(sb_text_lexeme(text, word));
            n_said += sb_text_lexeme(text, word)->n_ways > 0 || sb_text_is_spoken(text->words[word]->text);
        }
        text->foreign[t] = (double)n_strange > FOREIGN_SHARE * (double)n_said;
    }
}

sb_status sb_text_words_make(sb_text_words *text, sb_alignment *alignment, const sb_acoustic_model *model,
                             const sb_dictionary *dictionary, sb_error *err)
{
    *text = (sb_text_words){.alignment = alignment};
    if (!collect_words(text))
        return sb_error_memory(err, "aligning");
    sb_status status = make_lexicon(text, model, dictionary, err);
    if (status != SB_OK)
        return status;
    find_foreign_turns(text);
    return sb_oov_words_take(text->alignment, &text->lexicon, text->foreign, err);
}
