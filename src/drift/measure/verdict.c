#include <stdlib.h>

#include "alignment/alignment.h"
#include "drift/measure/measure.h"

#define BEYOND_SHARE        20 /* one timestamp in BEYOND_SHARE, however uncertain */
#define MIN_WORDS_TO_REFUSE 20 /* and to accept */

bool sb_drift_is_beyond(const sb_drift *drift, size_t turn)
{
    sb_time error = drift->errors[turn];

    return error != SB_TIME_NONE &&
           (error < -drift->max_drift || error >= drift->resolution + drift->max_drift);
}

/* Words that were heard belong to the audio, whatever their timestamps. */
static bool mostly_heard(const sb_alignment *alignment)
{
    sb_drift_words words = sb_drift_count_held(alignment);
    return alignment->method == SB_METHOD_ACOUSTIC && words.n_aligned >= MIN_WORDS_TO_REFUSE &&
           words.n_aligned * 2 > words.n;
}

/* The sound that is left of damaged audio has the text that belongs there. */
static bool is_cut_off(const sb_alignment *alignment)
{
    return alignment->method == SB_METHOD_ACOUSTIC && alignment->pairing == SB_PAIRING_OK &&
           sb_drift_n_held(alignment) < alignment->n_turns && !sb_drift_mostly_unheard(alignment);
}

bool sb_drift_beyond_audio(const sb_alignment *alignment)
{
    size_t n_stamps = 0, n_beyond = 0;

    for (size_t i = 0; i < alignment->n_turns; i++) {
        n_stamps += alignment->turns[i].stamp != SB_TIME_NONE;
        n_beyond += sb_drift_is_after_audio(alignment, alignment->turns[i].stamp);
    }
    return n_beyond * 2 > n_stamps && !mostly_heard(alignment) && !is_cut_off(alignment);
}

bool sb_drift_mostly_unheard(const sb_alignment *alignment)
{
    sb_drift_words words = sb_drift_count_held(alignment);
    return words.n >= MIN_WORDS_TO_REFUSE && words.n_unheard * 2 > words.n;
}

bool sb_drift_too_little_left(const sb_alignment *alignment)
{
    return is_cut_off(alignment) && sb_drift_count_held(alignment).n_aligned < MIN_WORDS_TO_REFUSE;
}

const sb_break *sb_drift_large_break(const sb_alignment *alignment, sb_time max_drift)
{
    for (size_t i = 0; i < alignment->n_breaks; i++)
        if (alignment->breaks[i].confidence >= SB_DRIFT_SURE && llabs(alignment->breaks[i].gap) > max_drift)
            return &alignment->breaks[i];
    return NULL;
}

/* If the first words of a turn were not heard, it began earlier than it seems, so a late start is not
 * evidence. */
static bool is_evidence(const sb_aligned_turn *turn, sb_time error)
{
    bool may_begin_earlier = turn->n_words > 0 && turn->words[0].status == SB_WORD_NOT_HEARD;

    return turn->confidence >= SB_DRIFT_SURE && (error < 0 || !may_begin_earlier);
}

static bool has_drift(const sb_drift *d, const sb_alignment *a)
{
    if (sb_drift_large_break(a, d->max_drift) || d->n_beyond * BEYOND_SHARE > d->n_stamps ||
        sb_drift_has_large_region(a))
        return true;
    for (size_t i = 0; i < d->n_errors; i++)
        if (sb_drift_is_beyond(d, i) && is_evidence(&a->turns[i], d->errors[i]))
            return true;
    return false;
}

sb_verdict sb_drift_judge(const sb_drift *d, const sb_alignment *a)
{
    bool unheard = a->pairing == SB_PAIRING_OK && sb_drift_mostly_unheard(a);
    if (sb_drift_too_little_left(a))
        return SB_VERDICT_UNSURE;
    if (a->pairing == SB_PAIRING_MISMATCH || unheard || sb_drift_beyond_audio(a))
        return SB_VERDICT_MISMATCH;
    if (a->pairing == SB_PAIRING_UNSURE)
        return SB_VERDICT_UNSURE;
    return has_drift(d, a) ? SB_VERDICT_DRIFT : SB_VERDICT_OK;
}
