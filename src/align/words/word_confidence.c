#include "align/words/words.h"

#include "pronounce/pronounce.h"

#include <math.h>

#define UNHEARD_FIT -5.0 /* of a neighbour that was not heard */
#define LIKELY_Z    1.5  /* standard deviations; lengths within this are normal */
/* Standard deviation of the logarithm of a word's length relative to its phones. */
#define LENGTH_SPREAD 0.45
#define USUAL_LENGTH  0.2 /* seconds */

/* Two logistic regressions: that the word was said, and that both its edges are within 100 ms of the
 * truth. They are scaled so that 0.5 separates good from bad, and 0.9 has the meaning given in the header. */
#define SAID_CONSTANT  3.0
#define SAID_FIT       0.42
#define SAID_WORST     0.21
#define SAID_ODD       -1.39
#define SAID_NEXT      0.125
#define SAID_AROUND    0.19
#define SAID_LENGTH    0.55
#define SAID_HALF      1.0
#define RIGHT_CONSTANT 5.75
#define RIGHT_FIT      0.28
#define RIGHT_ODD      -1.37
#define RIGHT_NEXT     0.16
#define RIGHT_LENGTH   -0.28
#define RIGHT_PEAK     0.96
#define RIGHT_MOVED    -30.0 /* per second */
#define RIGHT_HALF     1.6
/* Maximum above one half if a pause follows without punctuation: half of such words belong to other
 * sounds. */
#define RIGHT_BROKEN 0.6
#define SAID_STEEP   1.6
#define RIGHT_STEEP  1.44

static double between(double least, double x, double most)
{
    return fmin(fmax(x, least), most);
}

/* The mean fit of the neighbours up to `reach` words away, or 0. */
static double fit_around(const sb_heard_word *words, size_t n, size_t word, size_t reach, double usual)
{
    double sum = 0, n_found = 0;
    for (size_t d = 1; d <= reach; d++) {
        const sb_heard_word *sides[2] = {word >= d ? &words[word - d] : NULL,
                                         word + d < n ? &words[word + d] : NULL};
        for (int i = 0; i < 2; i++) {
            if (!sides[i])
                continue;
            sum += sides[i]->heard ? (double)sides[i]->fit - usual : UNHEARD_FIT;
            n_found++;
        }
    }
    return n_found > 0 ? between(UNHEARD_FIT, sum / n_found, 1) : 0;
}

static double logistic(double evidence, double steepness)
{
    return 1 / (1 + exp(-steepness * evidence));
}

static double confidence_of(const sb_heard_word *words, size_t n, size_t word, double usual)
{
    const sb_heard_word *w = &words[word];
    double fit = between(-6, (double)w->fit - usual, 0),
           worst = between(-10, (double)w->worst_fit - usual, 0);
    double odd = fmax(0, fabs((double)w->length_z) - LIKELY_Z), odd_2 = fmin(odd * odd, 6);
    double next = fit_around(words, n, word, 1, usual), around = fit_around(words, n, word, 2, usual);
    double length =
        log(between(0.03, (double)(w->span.end - w->span.start) / SB_TIME_SECOND, 0.6) / USUAL_LENGTH);
    double peak = log(between(0.01, (double)w->edge_peak, 1)),
           moved = between(0, (double)w->edge_moved, 0.08);
    double said = SAID_CONSTANT + SAID_FIT * fit + SAID_WORST * worst + SAID_ODD * odd_2 + SAID_NEXT * next +
                  SAID_AROUND * around + SAID_LENGTH * length;
    double right = RIGHT_CONSTANT + RIGHT_FIT * fit + RIGHT_ODD * odd_2 + RIGHT_NEXT * next +
                   RIGHT_LENGTH * length + RIGHT_PEAK * peak + RIGHT_MOVED * moved;
    if (w->after_class == SB_CLASS_SILENCE && !w->ends_clause && word + 1 < n)
        right = fmin(right, RIGHT_HALF + RIGHT_BROKEN);
    return fmin(logistic(said - SAID_HALF, SAID_STEEP), logistic(right - RIGHT_HALF, RIGHT_STEEP));
}

void sb_word_confidence_set(sb_heard_word *words, size_t n_words, float usual_fit)
{
    for (size_t w = 0; w < n_words; w++)
        if (words[w].heard)
            words[w].confidence = (float)confidence_of(words, n_words, w, (double)usual_fit);
}

float sb_word_length_z(const sb_phone_set *phones, const sb_spoken_way *way, double seconds)
{
    double expected = 0;
    for (size_t i = 0; i < way->n_phones; i++)
        expected += sb_class_seconds(sb_phone_set_class(phones, way->phones[i]));
    return (float)(log(seconds / expected) / (LENGTH_SPREAD / sqrt(fmin((double)way->n_phones, 4) / 2)));
}
