#include "base/text/text.h"

size_t sb_span_after(const sb_span *spans, size_t n, sb_time t)
{
    size_t low = 0, high = n;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (spans[middle].end <= t)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

sb_time sb_spans_in(const sb_span *spans, size_t n, sb_span within)
{
    sb_time sum = 0;
    for (size_t i = sb_span_after(spans, n, within.start); i < n && spans[i].start < within.end; i++) {
        sb_time start = spans[i].start > within.start ? spans[i].start : within.start;
        sb_time end = spans[i].end < within.end ? spans[i].end : within.end;
        sum += end - start;
    }
    return sum;
}
