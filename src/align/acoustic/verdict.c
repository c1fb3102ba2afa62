#include "align/acoustic/acoustic_aligner.h"
#include "alignment/alignment.h"

#include "base/run/run.h"

#include <math.h>
#include <stdlib.h>

#define UNSURE_CONFIDENCE 0.3f

static sb_status set_pairing(sb_alignment *a, sb_pairing pairing, bool allow_mismatch, sb_error *err)
{
    static const char *const notes[] = {[SB_PAIRING_UNSURE] =
                                            "too few words of the transcript were heard to be certain",
                                        [SB_PAIRING_MISMATCH] = "the text was not heard in this audio"};
    bool ok = true;
    a->pairing = pairing;
    if (pairing == SB_PAIRING_MISMATCH && !allow_mismatch)
        return sb_error_set_at(err, SB_ERR_MISMATCH, a->transcript.path, 0, 0,
                               "does not seem to belong to this audio: its text was not heard in the speech; "
                               "check the pair");
    free(a->pairing_note);
    a->pairing_note = notes[pairing] ? sb_copy_text(notes[pairing], &ok) : NULL;
    return ok ? SB_OK : sb_error_memory(err, "aligning");
}

sb_status sb_verdict_give(sb_alignment *a, const sb_pairing_facts *facts, bool allow_mismatch, sb_error *err)
{
    return set_pairing(a, sb_pairing_judge(facts), allow_mismatch, err);
}

sb_status sb_verdict_review(sb_alignment *a, bool allow_mismatch, sb_error *err)
{
    size_t n_words, n_denied = sb_alignment_count_words(a, SB_WORD_NOT_HEARD, &n_words);
    if (a->pairing != SB_PAIRING_UNSURE || n_words < SB_MISMATCH_WORDS || n_denied * 2 <= n_words)
        return SB_OK;
    return set_pairing(a, SB_PAIRING_MISMATCH, allow_mismatch, err);
}

static void limit_confidence(sb_aligned_turn *turn)
{
    turn->confidence = fminf(turn->confidence, UNSURE_CONFIDENCE);
    for (size_t w = 0; w < turn->n_words; w++)
        turn->words[w].confidence = fminf(turn->words[w].confidence, UNSURE_CONFIDENCE);
}

void sb_verdict_doubt_turns_at_breaks(sb_alignment *a)
{
    for (size_t t = 0; t < a->n_turns; t++)
        if (sb_turn_may_be_beyond_break(a, t))
            limit_confidence(&a->turns[t]);
}

void sb_verdict_lower_confidence(sb_alignment *a)
{
    for (size_t t = 0; t < a->n_turns; t++) {
        limit_confidence(&a->turns[t]);
        for (size_t w = 0; w < a->turns[t].n_words; w++)
            if (a->turns[t].words[w].status == SB_WORD_ALIGNED)
                a->turns[t].words[w].status = SB_WORD_ESTIMATED;
        if (a->turns[t].status == SB_TURN_ALIGNED)
            a->turns[t].status = SB_TURN_PARTLY;
    }
}
