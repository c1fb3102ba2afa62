#include "align/anchors/anchors.h"

#include <stdbool.h>

#define PAUSE_TIME (2 * SB_TIME_SECOND) /* additional pause between two anchors */
#define OVERLAP    (200 * SB_TIME_MS)
#define LONGEST    2.5 /* maximum length of the sound, relative to that expected from the text */
#define SHORTEST   0.35

typedef struct gap {
    size_t first, end; /* in words */
    sb_span sound;
} gap;

static sb_time usual_time_of(sb_aligned_word *const *words, const gap *g)
{
    sb_time sum = 0;
    for (size_t w = g->first; w < g->end; w++)
        sum += sb_word_usual_time(words[w]);
    return sum;
}

/* The number of words whose places ascend inside the gap. With `forget_rest`, the others lose their place. */
static size_t count_fitting(sb_aligned_word *const *words, const gap *g, bool forget_rest)
{
    sb_time last = g->sound.start - OVERLAP;
    size_t n = 0;
    for (size_t w = g->first; w < g->end; w++) {
        sb_aligned_word *word = words[w];
        if (word->start != SB_TIME_NONE && word->start >= last && word->end <= g->sound.end + OVERLAP) {
            last = word->start;
            n++;
        } else if (forget_rest) {
            word->start = word->end = SB_TIME_NONE;
        }
    }
    return n;
}

static void spread_gap(sb_aligned_word *const *words, const gap *g, sb_time wanted)
{
    sb_time passed = 0, length = g->sound.end > g->sound.start ? g->sound.end - g->sound.start : 0;
    for (size_t w = g->first; w < g->end; w++) {
        words[w]->start = g->sound.start + (sb_time)((double)length * (double)passed / (double)wanted);
        passed += sb_word_usual_time(words[w]);
        words[w]->end = g->sound.start + (sb_time)((double)length * (double)passed / (double)wanted);
    }
}

static void fill_gap(sb_aligned_word *const *words, const gap *g, const sb_anchors *anchors)
{
    sb_time wanted = usual_time_of(words, g), length = g->sound.end - g->sound.start;
    bool fits = (double)length <= LONGEST * (double)wanted + (double)PAUSE_TIME &&
                (double)length >= SHORTEST * (double)wanted;
    size_t n = g->end - g->first;
    if ((fits || sb_anchors_trust(anchors, g->sound)) && 2 * count_fitting(words, g, false) >= n)
        count_fitting(words, g, true);
    else if (fits)
        spread_gap(words, g, wanted);
    else
        for (size_t w = g->first; w < g->end; w++)
            words[w]->start = words[w]->end = SB_TIME_NONE;
}

void sb_anchors_place(sb_aligned_word **words, size_t n_words, const sb_anchors *anchors, sb_span sound)
{
    gap g = {.sound.start = sound.start};
    for (size_t i = 0; i < anchors->n_items; i++) {
        const sb_anchor *anchor = &anchors->items[i];
        g.end = anchor->word;
        g.sound.end = anchor->span.start;
        fill_gap(words, &g, anchors);
        words[anchor->word]->start = anchor->span.start;
        words[anchor->word]->end = anchor->span.end;
        g.first = anchor->word + 1;
        g.sound.start = anchor->span.end;
    }
    g.end = n_words;
    g.sound.end = sound.end;
    fill_gap(words, &g, anchors);
}
