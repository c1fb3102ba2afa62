/* The fillers of English, for the words that a clip can leave out and for the words that do not change a
 * quotation. */
#ifndef SB_QUOTE_SENSE_FILLERS_H
#define SB_QUOTE_SENSE_FILLERS_H

/* Each list applies the macro X to every entry. */

/* Sounds of hesitation, which may be cut everywhere. */
#define SB_ENGLISH_HESITATIONS(X) X("um") X("umm") X("uhm") X("uh") X("uhh") X("er") X("erm") X("hmm")

/* Phrases that may be cut if they are set apart. */
#define SB_ENGLISH_ASIDES(X) X("you know") X("I mean") X("sort of") X("kind of") X("like")

/* Words that are not cut, because they may be answers ("mhm", "right") or carry meaning ("well",
 * "actually"). */
#define SB_ENGLISH_MARKERS(X)                                                                                \
    X("mm") X("mhm") X("ah") X("eh") X("oh") X("well") X("so") X("yeah") X("okay") X("right") X("actually")

#endif
