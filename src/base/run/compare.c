#include "base/run/run.h"

#include <stdlib.h>

int sb_compare_doubles(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

int sb_compare_floats(const void *a, const void *b)
{
    float x = *(const float *)a, y = *(const float *)b;
    return (x > y) - (x < y);
}

int sb_compare_times(const void *a, const void *b)
{
    sb_time x = *(const sb_time *)a, y = *(const sb_time *)b;
    return (x > y) - (x < y);
}

int sb_compare_span_starts(const void *a, const void *b)
{
    const sb_span *x = a, *y = b;
    return (x->start > y->start) - (x->start < y->start);
}

double sb_median_of_doubles(double *values, size_t n)
{
    if (n == 0)
        return 0;
    qsort(values, n, sizeof *values, sb_compare_doubles);
    return values[n / 2];
}

sb_time sb_median_of_times(sb_time *times, size_t n)
{
    if (n == 0)
        return 0;
    qsort(times, n, sizeof *times, sb_compare_times);
    return times[n / 2];
}
