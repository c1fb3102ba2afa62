/* An episode in which passages are looked for, and what was found. */
#ifndef SUPPORT_FIND_H
#define SUPPORT_FIND_H

#include "soundbite/quote.h"

typedef struct found {
    sb_alignment *alignment;
    sb_matches *matches;
} found;

/* Six turns, the first of nobody, two of one speaker on end. */
sb_alignment *find_episode(sb_method method);

/* Everything that has the phrase `*text`, which must outlive the selection. */
sb_selection find_selection(const char *const *text);

/* The alignment goes with what was found. */
found find_in(sb_alignment *alignment, const sb_selection *selection);

/* In find_episode(SB_METHOD_ACOUSTIC). */
found find_selected(const sb_selection *selection);
found find_phrase(const char *text);

void find_finish(found *f);

/* The texts found, joined by " | "; finishes `f`. */
void assert_found(found f, const char *expected);

#endif
