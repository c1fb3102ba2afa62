#include "align/word_confidence.h"

#include <math.h>

#define UNHEARD_FIT   -5.0 /* of a neighbour that was not heard */
#define LIKELY_Z      1.5  /* standard deviations of length within which nothing is odd */
#define LENGTH_SPREAD 0.45 /* standard deviation of the logarithm of a word's length against its phones' */
#define USUAL_LENGTH  0.2  /* seconds */

/* The regression, and the evidence at which a word is as good as not heard, scaled so that 0.9 means what the header says. */
#define CONSTANT  3.0
#define OF_FIT    0.42
#define OF_WORST  0.21
#define OF_ODD    -1.39
#define OF_NEXT   0.125
#define OF_AROUND 0.19
#define OF_LENGTH 0.55
#define HALF_SURE 1.35
#define STEEPNESS 1.6

static double between(double least, double x, double most)
{
    return fmin(fmax(x, least), most);
}

/* The mean fit of the neighbours up to `reach` words away; 0 where there are none. */
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

static double evidence(const sb_heard_word *words, size_t n, size_t word, double usual)
{
    const sb_heard_word *w = &words[word];
    double fit = between(-6, (double)w->fit - usual, 0),
           worst = between(-10, (double)w->worst_fit - usual, 0);
    double odd = fmax(0, fabs((double)w->length_z) - LIKELY_Z);
    double length = between(0.03, (double)(w->span.end - w->span.start) / SB_TIME_SECOND, 0.6);
    return CONSTANT + OF_FIT * fit + OF_WORST * worst + OF_ODD * fmin(odd * odd, 6) +
           OF_NEXT * fit_around(words, n, word, 1, usual) + OF_AROUND * fit_around(words, n, word, 2, usual) +
           OF_LENGTH * log(length / USUAL_LENGTH);
}

void sb_word_confidence_set(sb_heard_word *words, size_t n_words, float usual_fit)
{
    for (size_t w = 0; w < n_words; w++) {
        if (!words[w].heard)
            continue;
        double beyond = evidence(words, n_words, w, (double)usual_fit) - HALF_SURE;
        words[w].confidence = (float)(1 / (1 + exp(-STEEPNESS * beyond)));
    }
}

float sb_word_length_z(const sb_spoken_way *way, double seconds)
{
    double expected = 0;
    for (size_t i = 0; i < way->n_phones; i++)
        expected += sb_phone_seconds(way->phones[i]);
    return (float)(log(seconds / expected) / (LENGTH_SPREAD / sqrt(fmin((double)way->n_phones, 4) / 2)));
}
