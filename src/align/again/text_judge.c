#include "align/again/again.h"

#include "align/acoustic/acoustic_aligner.h"
#include "base/text/text.h"

#define EDGE_FRAMES 20.0 /* around the words; their edges may be wrong */

/* Advantages, chosen on words that sound alike at 259 places of English recordings (docs/alignment.md,
 * 2026-12-01). */
#define HEARD     0.0f
#define NOT_HEARD -0.7f
#define LEAST_FIT -2.5f /* below that, the model does not fit the voice or neither text was said */

void sb_text_judge(sb_heard_text *out, const sb_slot_heard *asked, const sb_slot_heard *said)
{
    double frames = (double)(asked->words.end - asked->words.first);
    out->hearing = SB_HEARING_NOT_HEARD;
    if (!asked->heard)
        return;
    out->fit = (float)asked->fit;
    out->advantage = said->heard ? (float)((asked->score - said->score) / (frames + EDGE_FRAMES)) : 0;
    if (out->advantage < NOT_HEARD)
        return;
    out->hearing = out->advantage >= HEARD && out->fit >= LEAST_FIT ? SB_HEARING_HEARD : SB_HEARING_DOUBTFUL;
}

const char *sb_hearing_name(sb_hearing hearing)
{
    static const char *const names[] = {NULL, "heard", "doubtful", "not-heard"};
    return names[hearing];
}

void sb_text_judge_own(sb_heard_text *out, const sb_alignment *a)
{
    size_t n = 0, n_aligned = 0, n_missing = 0, n_doubted = 0;
    bool is_english = true;
    const sb_word_span *span = &out->words;
    for (size_t t = span->first_turn; t <= span->last_turn && t < a->n_turns; t++) {
        size_t first = t == span->first_turn ? span->first_word : 0,
               end = t == span->last_turn ? span->last_word + 1 : a->turns[t].n_words;
        for (size_t w = first; w < end && w < a->turns[t].n_words; w++) {
            const sb_aligned_word *word = &a->turns[t].words[w];
            if (!sb_text_is_spoken(word->text))
                continue;
            n++;
            n_aligned += word->status == SB_WORD_ALIGNED;
            n_missing += word->status == SB_WORD_NOT_HEARD;
            n_doubted += word->doubt == SB_DOUBT_WORD;
        }
        is_english = is_english && sb_language_is_english(sb_turn_language(a, &a->turns[t]));
    }
    if (n == 0)
        out->why = "the alignment does not have these words";
    else if (2 * (n_missing + n_doubted) > n)
        out->hearing = SB_HEARING_NOT_HEARD;
    else if (!is_english)
        out->why = "only English can be checked";
    else
        out->hearing =
            n_missing + n_doubted > 0 || 2 * n_aligned < n ? SB_HEARING_DOUBTFUL : SB_HEARING_HEARD;
}
