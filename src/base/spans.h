/* Spans one after the other, as speech is kept. */
#ifndef SB_BASE_SPANS_H
#define SB_BASE_SPANS_H

#include "soundbite/time.h"

/* The first of `n` spans that ends after `t`; `n` where none does. */
size_t sb_span_after(const sb_span *spans, size_t n, sb_time t);

/* How much of the spans lies in `within`. */
sb_time sb_spans_in(const sb_span *spans, size_t n, sb_span within);

#endif
