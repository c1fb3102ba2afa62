/* Texts in which phrases are searched. */
#ifndef SUPPORT_PHRASE_H
#define SUPPORT_PHRASE_H

#include "quote/find/find.h"

typedef struct phrase_fixture {
    sb_alignment *alignment;
    sb_runs runs;
    sb_phrase_text text;
} phrase_fixture;

/* "/" is a change of speaker. Set `text.runs` to `runs` after a copy of the struct. */
phrase_fixture phrase_turns(const char *words);
void phrase_finish(phrase_fixture *fixture);

/* Compares the hits in the order found, joined by " | ". A negative percentage means an exact search. */
void assert_phrase_hits(const char *words, const char *phrase, int percent, const char *expected);

#endif
