#include "drift/measure/measure.h"

#include <stdlib.h>
#include <string.h>

#include "base/run/run.h"
#include "base/text/text.h"

#define MIN_WORDS 8    /* of a turn that counts for the speaking rate */
#define MIN_TURNS 8    /* needed for the speaking rate */
#define MIN_SHARE 0.25 /* of a turn; a smaller part is not noticeable because speaking rates vary */

static size_t count_letters(const sb_aligned_turn *turn, size_t first, size_t last)
{
    size_t n = 0;

    for (size_t i = first; i <= last && i < turn->n_words; i++) {
        const char *text = turn->words[i].text;
        size_t size = strlen(text);
        for (size_t at = 0; at < size;) {
            int32_t c = sb_utf8_next(text, size, &at);
            n += sb_is_letter(c) || sb_is_digit(c);
        }
    }
    return n;
}

static double speech_s(const sb_alignment *a, const sb_aligned_turn *turn)
{
    if (turn->start == SB_TIME_NONE || turn->end == SB_TIME_NONE)
        return 0;
    return sb_time_to_seconds(sb_spans_in(a->speech, a->n_speech, (sb_span){turn->start, turn->end}));
}

sb_status sb_drift_speaking_rate(double *letters_a_second, const sb_alignment *alignment, sb_error *err)
{
    double *paces = calloc(alignment->n_turns + 1, sizeof *paces);
    size_t n = 0;

    *letters_a_second = 0;
    if (!paces)
        return sb_error_memory(err, "looking for suspect turns");
    for (size_t i = 0; i < alignment->n_turns; i++) {
        const sb_aligned_turn *turn = &alignment->turns[i];
        double s = turn->n_words >= MIN_WORDS ? speech_s(alignment, turn) : 0;
        if (s > 0)
            paces[n++] = (double)count_letters(turn, 0, turn->n_words - 1) / s;
    }
    if (n >= MIN_TURNS)
        *letters_a_second = sb_median_of_doubles(paces, n);
    free(paces);
    return SB_OK;
}

bool sb_drift_has_time_for(const sb_alignment *alignment, const sb_aligned_turn *turn, size_t first,
                           size_t last, double letters_a_second)
{
    double all = turn->n_words ? (double)count_letters(turn, 0, turn->n_words - 1) : 0;
    double share = all > 0 ? (double)count_letters(turn, first, last) / all : 0;

    if (letters_a_second <= 0 || share < MIN_SHARE)
        return false;
    return speech_s(alignment, turn) * letters_a_second > all * (1 - share / 2);
}

void sb_drift_weigh_speech(sb_suspect *suspect, const sb_alignment *alignment, sb_span place, size_t first,
                           size_t last, double letters_a_second)
{
    const sb_aligned_turn *turn = &alignment->turns[suspect->turn];

    suspect->audio = place;
    if (letters_a_second <= 0)
        return;
    suspect->speech = sb_spans_in(alignment->speech, alignment->n_speech, place);
    suspect->needed = sb_time_from_seconds((double)count_letters(turn, first, last) / letters_a_second);
}
