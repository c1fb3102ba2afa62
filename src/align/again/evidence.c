#include "align/again/again.h"

#include <math.h>

static sb_status hear_instead(double *advantage, const sb_slot *slot, const sb_lexeme *rival, double said,
                              sb_scorer *scorer)
{
    sb_slot_heard heard;
    sb_status status = sb_slot_hear(&heard, slot, rival, scorer);
    *advantage = status == SB_OK && heard.heard ? heard.score - said : -INFINITY;
    return status;
}

static sb_status hear_rivals(double *advantage, const sb_slot *slot, const sb_slot_heard *said,
                             const sb_rival_words *rivals, sb_scorer *scorer)
{
    sb_spoken_way ways[SB_RIVALS_MOST];
    sb_lexeme rival = {.ways = ways};
    if (!sb_rivals_find(ways, &rival.n_ways, rivals, scorer, slot->vectors, slot->n_vectors, said->words))
        return SB_ERR_MEMORY;
    return rival.n_ways ? hear_instead(advantage, slot, &rival, said->score, scorer) : SB_OK;
}

sb_status sb_slot_weigh(sb_slot_evidence *out, const sb_slot *slot, const sb_slot_word *word,
                        const sb_rival_words *rivals, sb_scorer *scorer)
{
    *out = (sb_slot_evidence){
        .nothing = -INFINITY, .number = -INFINITY, .opposite = -INFINITY, .other = -INFINITY};
    sb_status status = sb_slot_hear(&out->said, slot, word->lexeme, scorer);
    double said = out->said.score;
    if (status != SB_OK || !out->said.heard)
        return status;
    if (slot->n_before + slot->n_after > 0)
        status = hear_instead(&out->nothing, slot, NULL, said, scorer);
    if (status == SB_OK && word->numbers)
        status = hear_instead(&out->number, slot, word->numbers, said, scorer);
    if (status == SB_OK && word->opposite)
        status = hear_instead(&out->opposite, slot, word->opposite, said, scorer);
    if (status == SB_OK && word->is_content)
        status = hear_rivals(&out->other, slot, &out->said, rivals, scorer);
    return status;
}
