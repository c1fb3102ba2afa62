#include "align/word_confidence.h"

#include <math.h>

#define REACH    2    /* words on either side */
#define HALF     -4.2 /* the score that is as likely right as wrong */
#define SCALE    0.7
#define LIKELY_Z 1.5 /* standard deviations of length within which nothing is odd */

static double score_around(const sb_acoustic_word *words, size_t n, size_t word)
{
    double sum = 0, weights = 0;
    size_t first = word > REACH ? word - REACH : 0, end = word + REACH + 1 < n ? word + REACH + 1 : n;
    for (size_t w = first; w < end; w++) {
        if (!words[w].heard)
            continue;
        double weight = w == word ? 1.5 : 0.5;
        sum += weight * (double)words[w].score;
        weights += weight;
    }
    return sum / weights;
}

void sb_word_confidence_set(sb_acoustic_word *words, size_t n_words)
{
    for (size_t w = 0; w < n_words; w++) {
        if (!words[w].heard)
            continue;
        double odd = fmax(0, fabs((double)words[w].length_z) - LIKELY_Z);
        double evidence = score_around(words, n_words, w) - HALF - 0.6 * odd * odd;
        words[w].confidence = (float)(1 / (1 + exp(-evidence / SCALE)));
    }
}
