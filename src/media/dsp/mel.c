#include "media/media.h"

#include <math.h>

double sb_mel_of_hz(double hz)
{
    return 2595 * log10(1 + hz / 700);
}

double sb_hz_of_mel(double mel)
{
    return 700 * (pow(10, mel / 2595) - 1);
}
