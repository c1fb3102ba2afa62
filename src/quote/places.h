/* Where a quote was said, and how well it fits there. */
#ifndef SB_QUOTE_PLACES_H
#define SB_QUOTE_PLACES_H

#include "quote/expand.h"
#include "quote/wording.h"
#include "soundbite/verify.h"

typedef struct sb_place_maker {
    sb_runs runs;
    sb_sentences sentences;
} sb_place_maker;

/* Everything of `out` but its attribution. SB_ERR_MEMORY. */
sb_status sb_places_find(const sb_place_maker *maker, sb_verification *out, const sb_wording *wording,
                         const sb_said *said, sb_error *err);

/* `before` and `after` of a place whose match is made. SB_ERR_MEMORY. */
sb_status sb_place_surround(sb_place *place, const sb_place_maker *maker, size_t first_word, size_t last_word,
                            sb_error *err);

#endif
