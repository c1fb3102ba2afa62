#include "align/acoustic/acoustic_aligner.h"

#include <stdlib.h>

#define HEARD_SHARE 0.4 /* of a turn's words; below it the model's result is not used */
#define MOVED       (500 * SB_TIME_MS)
#define MOVED_FAR   (2 * SB_TIME_SECOND)
#define MOVED_SURE  0.3f
#define LIKELY      0.15f

void sb_turn_follow_words(sb_aligned_turn *turn)
{
    sb_time was = turn->start;
    turn->start = turn->end = SB_TIME_NONE;
    for (size_t w = 0; w < turn->n_words; w++) {
        if (turn->words[w].start == SB_TIME_NONE)
            continue;
        if (turn->start == SB_TIME_NONE)
            turn->start = turn->words[w].start;
        if (turn->end == SB_TIME_NONE || turn->words[w].end > turn->end)
            turn->end = turn->words[w].end;
    }
    if (turn->start == SB_TIME_NONE || was == SB_TIME_NONE || llabs(turn->start - was) > MOVED)
        turn->confidence *= MOVED_SURE;
}

static bool model_is_believed(const sb_text_words *text, const sb_heard_word *heard, size_t first, size_t n)
{
    size_t n_heard = 0, n_said = 0;
    for (size_t w = first; w < first + n; w++) {
        n_heard += heard[w].heard && heard[w].confidence >= LIKELY;
        n_said += sb_text_lexeme(text, w)->n_ways > 0;
    }
    return n_said > 0 && (double)n_heard >= HEARD_SHARE * (double)n_said;
}

/* Energy gives better turn edges than anchors. Anchors of the same turn are near them. */
static bool is_near_expected(const sb_text_words *text, size_t first, size_t n)
{
    for (size_t w = first; w < first + n; w++)
        if (text->words[w]->start != SB_TIME_NONE && text->expected[w] != SB_TIME_NONE)
            return llabs(text->words[w]->start - text->expected[w]) < MOVED_FAR;
    return false;
}

/* A turn in another language keeps its position unless it was heard far from it. */
static bool stays(const sb_text_words *text, const sb_heard_word *heard, size_t t, size_t first)
{
    size_t n = text->alignment->turns[t].n_words;
    return !model_is_believed(text, heard, first, n) ||
           (text->foreign[t] && is_near_expected(text, first, n));
}

static void put_back(sb_text_words *text, size_t t, size_t first)
{
    sb_aligned_turn *turn = &text->alignment->turns[t];
    for (size_t w = first; w < first + turn->n_words; w++) {
        text->words[w]->start = text->expected[w];
        text->words[w]->end = text->expected_end[w];
    }
    float confidence = text->energy_confidence[t];
    sb_turn_follow_words(turn);
    turn->confidence = confidence;
}

void sb_keep_turns(sb_text_words *text, sb_heard_word *heard)
{
    size_t first = 0;
    for (size_t t = 0; t < text->alignment->n_turns; first += text->alignment->turns[t].n_words, t++) {
        size_t n = text->alignment->turns[t].n_words;
        text->kept[t] = stays(text, heard, t, first);
        for (size_t w = first; w < first + n && text->kept[t]; w++)
            heard[w].heard = false;
        if (text->kept[t] && is_near_expected(text, first, n))
            put_back(text, t, first);
    }
}
