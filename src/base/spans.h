/* Look-ups in sorted lists of spans, such as the speech list. */
#ifndef SB_BASE_SPANS_H
#define SB_BASE_SPANS_H

#include "soundbite/time.h"

/* Returns the index of the first span that ends after `t`, or `n` if there is none. */
size_t sb_span_after(const sb_span *spans, size_t n, sb_time t);

/* Returns the total length of the spans inside `within`. */
sb_time sb_spans_in(const sb_span *spans, size_t n, sb_span within);

#endif
