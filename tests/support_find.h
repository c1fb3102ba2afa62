/* An episode for searches, and what was found in it. */
#ifndef SUPPORT_FIND_H
#define SUPPORT_FIND_H

#include "soundbite/quote.h"

typedef struct found {
    sb_alignment *alignment;
    sb_matches *matches;
} found;

/* Six turns; the first has no speaker, and two consecutive ones have the same speaker. */
sb_alignment *find_episode(sb_method method);

/* Selects the phrase `*text`, which must outlive the selection. */
sb_selection find_selection(const char *const *text);

/* Searches `alignment`, which `found` then owns. */
found find_in(sb_alignment *alignment, const sb_selection *selection);

/* Searches find_episode(SB_METHOD_ACOUSTIC). */
found find_selected(const sb_selection *selection);
found find_phrase(const char *text);

void find_finish(found *f);

/* Checks the texts that were found, joined by " | ", and finishes `f`. */
void assert_found(found f, const char *expected);

#endif
