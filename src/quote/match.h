/* Words found, as the caller sees them. */
#ifndef SB_QUOTE_MATCH_H
#define SB_QUOTE_MATCH_H

#include "quote/runs.h"
#include "soundbite/quote.h"

/* The speech of words first ... last: from the first of them that has a time to the last. Either end may be
 * SB_TIME_NONE. */
sb_span sb_hit_span(const sb_runs *runs, const sb_hit *hit);

/* Fills everything but `number`. The caller frees `text`. SB_ERR_MEMORY. */
sb_status sb_match_make(sb_match *out, const sb_runs *runs, const sb_hit *hit, sb_error *err);

#endif
