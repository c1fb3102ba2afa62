#include "align/words/words.h"

#include "pronounce/pronounce.h"

#include <string.h>

#define MAY_BE_SILENT "SF" /* classes of phones that may be silent in the silence map */
#define PAUSE         (60 * SB_TIME_MS)
#define LONG_PAUSE    (110 * SB_TIME_MS) /* longer than closures and weak fricatives */
#define BESIDE        (30 * SB_TIME_MS)  /* maximum distance of the words' edge from the pause */
#define DYING_AWAY    (120 * SB_TIME_MS) /* the same after a clause, whose last word fades */
#define LEFT          (40 * SB_TIME_MS)  /* minimum that remains of each word */

/* The first span that ends after `t`. */
static size_t first_ending_after(const sb_speech *speech, sb_time t)
{
    size_t low = 0, high = speech->n_speech;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (speech->speech[middle].end <= t)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static sb_time span_length(sb_span span)
{
    return span.end - span.start;
}

/* The longest pause near the edge at which the words touch, with sound of both on its sides; empty if
 * there is none. */
static sb_span find_pause(const sb_speech *speech, const sb_heard_word *one, const sb_heard_word *two)
{
    sb_time at = two->span.start, last = at + (one->ends_clause ? DYING_AWAY : BESIDE);
    sb_span longest = {at, at};
    for (size_t i = first_ending_after(speech, one->span.start + LEFT); i + 1 < speech->n_speech; i++) {
        sb_span pause = {speech->speech[i].end, speech->speech[i + 1].start};
        if (pause.start > last || pause.end > two->span.end - LEFT)
            break;
        if (pause.end >= at - BESIDE && span_length(pause) > span_length(longest))
            longest = pause;
    }
    return longest;
}

static bool may_be_silent(char phone_class)
{
    return phone_class && strchr(MAY_BE_SILENT, phone_class);
}

static void part(const sb_speech *speech, sb_heard_word *one, sb_heard_word *two)
{
    bool silent = may_be_silent(one->last_class) || may_be_silent(two->first_class);
    sb_span pause = find_pause(speech, one, two);
    if (span_length(pause) < (silent && !one->ends_clause ? LONG_PAUSE : PAUSE))
        return;
    one->span.end = pause.start;
    two->span.start = pause.end;
    one->after_class = two->before_class = SB_CLASS_SILENCE;
}

void sb_word_pauses_part(sb_heard_word *words, size_t n_words, const sb_speech *speech)
{
    sb_heard_word *last = NULL;
    for (size_t w = 0; w < n_words; w++) {
        if (!words[w].heard)
            continue;
        if (last && last->span.end == words[w].span.start)
            part(speech, last, &words[w]);
        last = &words[w];
    }
}
