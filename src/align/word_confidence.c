#include "align/word_confidence.h"

#include <math.h>

#define REACH         2    /* words on either side */
#define HALF          -3.2 /* the fit that is as likely right as wrong */
#define SCALE         0.7
#define LIKELY_Z      1.5  /* standard deviations of length within which nothing is odd */
#define LENGTH_SPREAD 0.45 /* standard deviation of the logarithm of a word's length against its phones' */

static double fit_around(const sb_heard_word *words, size_t n, size_t word)
{
    double sum = 0, weights = 0;
    size_t first = word > REACH ? word - REACH : 0, end = word + REACH + 1 < n ? word + REACH + 1 : n;
    for (size_t w = first; w < end; w++) {
        if (!words[w].heard)
            continue;
        double weight = w == word ? 1.5 : 0.5;
        sum += weight * (double)words[w].fit;
        weights += weight;
    }
    return sum / weights;
}

void sb_word_confidence_set(sb_heard_word *words, size_t n_words)
{
    for (size_t w = 0; w < n_words; w++) {
        if (!words[w].heard)
            continue;
        double odd = fmax(0, fabs((double)words[w].length_z) - LIKELY_Z);
        double evidence = fit_around(words, n_words, w) - HALF - 0.6 * odd * odd;
        words[w].confidence = (float)(1 / (1 + exp(-evidence / SCALE)));
    }
}

float sb_word_length_z(const sb_spoken_way *way, double seconds)
{
    double expected = 0;
    for (size_t i = 0; i < way->n_phones; i++)
        expected += sb_phone_seconds(way->phones[i]);
    return (float)(log(seconds / expected) / (LENGTH_SPREAD / sqrt(fmin((double)way->n_phones, 4) / 2)));
}
