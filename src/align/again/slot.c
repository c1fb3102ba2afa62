#include "align/again/again.h"

#include "align/words/words.h"

/* All words of a slot must be said, without speech between them. */
#define NEVER -1000.0f
#define BEAM  300.0f

#define ROW_MOST (2 * SB_SLOT_REACH + 1)

static sb_status hear_row(sb_heard_list *out, const sb_slot *slot, const sb_lexicon *row, sb_scorer *scorer)
{
    static const uint32_t words[ROW_MOST] = {0, 1, 2, 3, 4};
    const sb_network_prices prices = {.skip = NEVER, .skip_next = NEVER, .unwritten = NEVER, .beam = BEAM};
    sb_network network;
    if (!sb_network_make(&network, sb_scorer_model(scorer), row, words, row->n_lexemes, &prices))
        return SB_ERR_MEMORY;
    sb_status status = sb_word_search(out, scorer, &network, slot->vectors, slot->n_vectors, NULL, NULL);
    sb_network_finish(&network);
    if (status == SB_ERR_LIMIT)
        out->n_items = 0;
    return status == SB_ERR_LIMIT ? SB_OK : status;
}

/* `at` is the index of the word in the row. Other words than these count as neighbours. */
static void sum_up(sb_slot_heard *out, const sb_heard_list *list, const sb_lexicon *row, uint32_t at,
                   const sb_phone_set *phones)
{
    double sums[2] = {0}, n[2] = {0};
    out->heard = list->n_items > 0;
    for (size_t i = 0; i < list->n_items; i++) {
        const sb_heard *h = &list->items[i];
        double frames = h->end - h->start, score = (double)h->score * frames;
        out->score += score;
        if (h->word == SB_NO_WORD)
            continue;
        sums[h->word == at] += score;
        n[h->word == at] += frames;
        if (h->word != at)
            continue;
        out->word = (sb_vector_range){(size_t)h->start, (size_t)h->end};
        out->length_z = sb_word_length_z(phones, &row->lexemes[at].ways[h->way], frames / SB_CEPSTRA_RATE);
    }
    out->fit = n[1] > 0 ? sums[1] / n[1] : 0;
    out->other_fit = n[0] > 0 ? sums[0] / n[0] : 0;
}

sb_status sb_slot_hear(sb_slot_heard *out, const sb_slot *slot, const sb_lexeme *word, sb_scorer *scorer)
{
    sb_lexeme lexemes[ROW_MOST];
    sb_lexicon row = {.lexemes = lexemes};
    sb_heard_list list = {0};
    *out = (sb_slot_heard){0};
    for (size_t i = 0; i < slot->n_before; i++)
        lexemes[row.n_lexemes++] = *slot->before[i];
    if (word)
        lexemes[row.n_lexemes++] = *word;
    for (size_t i = 0; i < slot->n_after; i++)
        lexemes[row.n_lexemes++] = *slot->after[i];
    if (row.n_lexemes == 0)
        return SB_OK;
    sb_status status = hear_row(&list, slot, &row, scorer);
    if (status == SB_OK)
        sum_up(out, &list, &row, word ? (uint32_t)slot->n_before : SB_NO_WORD,
               sb_scorer_model(scorer)->phones);
    sb_heard_list_finish(&list);
    return status;
}
