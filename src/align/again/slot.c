#include "align/again/again.h"

#include "align/words/words.h"

#include <math.h>

/* All words of a slot must be said, without speech between them. */
#define NEVER -1000.0f
#define BEAM  300.0f

#define ROW_MOST (2 * SB_SLOT_REACH + SB_SLOT_WORDS_MOST)

static sb_status hear_row(sb_heard_list *out, const sb_slot *slot, const sb_lexicon *row, sb_scorer *scorer)
{
    uint32_t words[ROW_MOST];
    const sb_network_prices prices = {.skip = NEVER, .skip_next = NEVER, .unwritten = NEVER, .beam = BEAM};
    sb_network network;
    for (uint32_t i = 0; i < ROW_MOST; i++)
        words[i] = i;
    if (!sb_network_make(&network, sb_scorer_model(scorer), row, words, row->n_lexemes, &prices))
        return SB_ERR_MEMORY;
    sb_status status = sb_word_search(out, scorer, &network, slot->vectors, slot->n_vectors, NULL, NULL);
    sb_network_finish(&network);
    if (status == SB_ERR_LIMIT)
        out->n_items = 0;
    return status == SB_ERR_LIMIT ? SB_OK : status;
}

/* The words [first, end) of the row are asked for; the others are neighbours. */
static void sum_up(sb_slot_heard *out, const sb_heard_list *list, const sb_lexicon *row, size_t first,
                   size_t end, const sb_phone_set *phones)
{
    double sums[2] = {0}, n[2] = {0};
    out->heard = list->n_items > 0;
    for (size_t i = 0; i < list->n_items; i++) {
        const sb_heard *h = &list->items[i];
        double frames = h->end - h->start, score = (double)h->score * frames;
        out->score += score;
        if (h->word == SB_NO_WORD)
            continue;
        bool asked = h->word >= first && h->word < end;
        sums[asked] += score;
        n[asked] += frames;
        if (!asked)
            continue;
        float length_z =
            sb_word_length_z(phones, &row->lexemes[h->word].ways[h->way], frames / SB_CEPSTRA_RATE);
        bool is_first = out->words.end == 0;
        out->words = (sb_vector_range){is_first ? (size_t)h->start : out->words.first, (size_t)h->end};
        out->length_z = is_first ? length_z : fminf(out->length_z, length_z);
    }
    out->fit = n[1] > 0 ? sums[1] / n[1] : 0;
    out->other_fit = n[0] > 0 ? sums[0] / n[0] : 0;
}

sb_status sb_slot_hear_words(sb_slot_heard *out, const sb_slot *slot, const sb_lexeme *const *words,
                             size_t n_words, sb_scorer *scorer)
{
    sb_lexeme lexemes[ROW_MOST];
    sb_lexicon row = {.lexemes = lexemes};
    sb_heard_list list = {0};
    *out = (sb_slot_heard){0};
    for (size_t i = 0; i < slot->n_before; i++)
        lexemes[row.n_lexemes++] = *slot->before[i];
    for (size_t i = 0; i < n_words; i++)
        lexemes[row.n_lexemes++] = *words[i];
    for (size_t i = 0; i < slot->n_after; i++)
        lexemes[row.n_lexemes++] = *slot->after[i];
    if (row.n_lexemes == 0)
        return SB_OK;
    sb_status status = hear_row(&list, slot, &row, scorer);
    if (status == SB_OK)
        sum_up(out, &list, &row, slot->n_before, slot->n_before + n_words, sb_scorer_model(scorer)->phones);
    sb_heard_list_finish(&list);
    return status;
}

sb_status sb_slot_hear(sb_slot_heard *out, const sb_slot *slot, const sb_lexeme *word, sb_scorer *scorer)
{
    return sb_slot_hear_words(out, slot, &word, word != NULL, scorer);
}
