#include "drift/room.h"

#include <stdlib.h>
#include <string.h>

#include "base/fold.h"

#define MIN_WORDS 8    /* of a turn that tells the pace */
#define MIN_TURNS 8    /* that tell it */
#define MIN_SHARE 0.25 /* of a turn: the pace of people varies too much to miss less */

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

size_t sb_drift_span_after(const sb_alignment *alignment, sb_time t)
{
    size_t low = 0, high = alignment->n_speech;

    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (alignment->speech[middle].end <= t)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static double speech_s(const sb_alignment *a, const sb_aligned_turn *turn)
{
    sb_time sum = 0;

    if (turn->start == SB_TIME_NONE || turn->end == SB_TIME_NONE)
        return 0;
    for (size_t i = sb_drift_span_after(a, turn->start); i < a->n_speech && a->speech[i].start < turn->end;
         i++) {
        sb_time start = a->speech[i].start > turn->start ? a->speech[i].start : turn->start;
        sb_time end = a->speech[i].end < turn->end ? a->speech[i].end : turn->end;
        sum += end - start;
    }
    return sb_time_to_seconds(sum);
}

static int compare_paces(const void *a, const void *b)
{
    double left = *(const double *)a, right = *(const double *)b;

    return (left > right) - (left < right);
}

sb_status sb_drift_pace(double *letters_a_second, const sb_alignment *alignment, sb_error *err)
{
    double *paces = calloc(alignment->n_turns + 1, sizeof *paces);
    size_t n = 0;

    *letters_a_second = 0;
    if (!paces)
        return sb_error_set(err, SB_ERR_MEMORY, "out of memory while looking for suspect turns");
    for (size_t i = 0; i < alignment->n_turns; i++) {
        const sb_aligned_turn *turn = &alignment->turns[i];
        double s = turn->n_words >= MIN_WORDS ? speech_s(alignment, turn) : 0;
        if (s > 0)
            paces[n++] = (double)count_letters(turn, 0, turn->n_words - 1) / s;
    }
    qsort(paces, n, sizeof *paces, compare_paces);
    if (n >= MIN_TURNS)
        *letters_a_second = paces[n / 2];
    free(paces);
    return SB_OK;
}

bool sb_drift_has_room(const sb_alignment *alignment, const sb_aligned_turn *turn, size_t first, size_t last,
                       double letters_a_second)
{
    double all = turn->n_words ? (double)count_letters(turn, 0, turn->n_words - 1) : 0;
    double share = all > 0 ? (double)count_letters(turn, first, last) / all : 0;

    if (letters_a_second <= 0 || share < MIN_SHARE)
        return false;
    return speech_s(alignment, turn) * letters_a_second > all * (1 - share / 2);
}

sb_time sb_drift_speech_in(const sb_alignment *alignment, sb_span within)
{
    sb_time sum = 0;

    for (size_t i = sb_drift_span_after(alignment, within.start);
         i < alignment->n_speech && alignment->speech[i].start < within.end; i++) {
        sb_span span = alignment->speech[i];
        sum += (span.end < within.end ? span.end : within.end) -
               (span.start > within.start ? span.start : within.start);
    }
    return sum;
}

void sb_drift_set_room(sb_suspect *suspect, const sb_alignment *alignment, sb_span place, size_t first,
                       size_t last, double letters_a_second)
{
    const sb_aligned_turn *turn = &alignment->turns[suspect->turn];

    suspect->audio = place;
    if (letters_a_second <= 0)
        return;
    suspect->speech = sb_drift_speech_in(alignment, place);
    suspect->needed = sb_time_from_seconds((double)count_letters(turn, first, last) / letters_a_second);
}
