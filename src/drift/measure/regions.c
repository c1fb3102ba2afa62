#include <stdlib.h>

#include "alignment/alignment.h"
#include "base/run/run.h"
#include "drift/measure/measure.h"

#define UNHEARD_PART 3   /* a turn counts as unheard if at most one word in UNHEARD_PART was heard */
#define SHORT_TURN   4   /* in words; shorter turns between two unheard ones are not evidence */
#define MOST_NAMED   2   /* regions in one sentence */
#define LARGE_WORDS  20  /* minimum of unproven words in a region for the verdict DRIFT, */
#define LARGE_SHARE  0.2 /* together with this share of all words */

static size_t count_unheard(const sb_aligned_turn *turn)
{
    size_t n = 0;

    for (size_t w = 0; w < turn->n_words; w++)
        n += turn->words[w].status == SB_WORD_NOT_HEARD;
    return n;
}

static bool is_unheard(const sb_aligned_turn *turn)
{
    size_t n = count_unheard(turn);

    return n > 0 && (turn->n_words - n) * UNHEARD_PART <= turn->n_words;
}

static size_t count_proven(const sb_aligned_turn *turn)
{
    size_t n = 0;

    for (size_t w = 0; w < turn->n_words; w++)
        n += turn->words[w].status == SB_WORD_ALIGNED;
    return n;
}

/* From `first`, which was not heard, to the last unheard turn. Only short turns and turns without a proven
 * word are between them. */
static sb_drift_region region_from(const sb_alignment *a, size_t first)
{
    sb_drift_region region = {.first = first, .last = first};

    for (size_t t = first; t < a->n_turns; t++) {
        if (is_unheard(&a->turns[t]))
            region.last = t;
        else if (a->turns[t].n_words >= SHORT_TURN && count_proven(&a->turns[t]) > 0)
            break;
    }
    for (size_t t = first; t <= region.last; t++) {
        region.n_words += count_unheard(&a->turns[t]);
        region.n_unproven += a->turns[t].n_words - count_proven(&a->turns[t]);
    }
    return region;
}

bool sb_drift_next_region(sb_drift_region *region, const sb_alignment *a, size_t from)
{
    for (size_t t = from; t < a->n_turns; t++)
        if (is_unheard(&a->turns[t])) {
            *region = region_from(a, t);
            return true;
        }
    return false;
}

/* Finds the largest region with fewer words than `below`, or equally many and a later position. Returns false
 * if there is none. */
static bool next_largest(sb_drift_region *out, const sb_alignment *a, const sb_drift_region *below)
{
    sb_drift_region region;
    bool found = false;

    for (size_t from = 0; sb_drift_next_region(&region, a, from); from = region.last + 1) {
        bool is_left = !below || region.n_words < below->n_words ||
                       (region.n_words == below->n_words && region.first > below->first);
        if (region.n_words >= SB_DRIFT_REGION_WORDS && is_left && (!found || region.n_words > out->n_words)) {
            *out = region;
            found = true;
        }
    }
    return found;
}

bool sb_drift_has_large_region(const sb_alignment *a)
{
    sb_drift_region region;
    size_t n_words = sb_drift_count_held(a).n, n_held = sb_drift_n_held(a);

    for (size_t from = 0; sb_drift_next_region(&region, a, from); from = region.last + 1)
        if (!(region.last >= n_held && region.first + 1 >= n_held) &&
            region.n_words >= SB_DRIFT_REGION_WORDS && region.n_unproven >= LARGE_WORDS &&
            (double)region.n_unproven >= LARGE_SHARE * (double)n_words)
            return true;
    return false;
}

static sb_time time_of_turn(const sb_aligned_turn *turn)
{
    return turn->stamp != SB_TIME_NONE ? turn->stamp : turn->start;
}

char *sb_drift_print_region(const sb_drift_region *region, const sb_alignment *a)
{
    char from[SB_TIME_TEXT], until[SB_TIME_TEXT];

    sb_drift_print_stamp(from, time_of_turn(&a->turns[region->first]));
    sb_drift_print_stamp(until, time_of_turn(&a->turns[region->last]));
    if (region->first == region->last)
        return sb_text_print("turn %zu (%s, %zu words)", region->first + 1, from, region->n_words);
    return sb_text_print("turns %zu to %zu (%s to %s, %zu words)", region->first + 1, region->last + 1, from,
                         until, region->n_words);
}

static char *add_region(char *sentence, const sb_drift_region *region, const sb_alignment *a, bool is_first)
{
    char *name = sb_drift_print_region(region, a);
    char *longer = sentence && name ? sb_text_print("%s%s%s", sentence,
                                                    is_first ? " Not heard in the audio: " : ", ", name)
                                    : NULL;
    free(name);
    free(sentence);
    return longer;
}

char *sb_drift_name_regions(char *sentence, const sb_alignment *a)
{
    sb_drift_region region, before;
    size_t n = 0, n_more = 0;

    for (bool found = next_largest(&region, a, NULL); found; found = next_largest(&region, a, &before)) {
        before = region;
        if (n == MOST_NAMED)
            n_more++;
        else
            sentence = add_region(sentence, &region, a, n++ == 0);
    }
    if (!sentence || n == 0)
        return sentence;
    char *ended =
        n_more ? sb_text_print("%s, and %zu more.", sentence, n_more) : sb_text_print("%s.", sentence);
    free(sentence);
    return ended;
}
