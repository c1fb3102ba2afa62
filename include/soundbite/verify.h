/* Quotations checked against what was said. */
#ifndef SOUNDBITE_VERIFY_H
#define SOUNDBITE_VERIFY_H

#include "soundbite/quote.h"

SB_BEGIN_DECLS

/* A quotation as it is printed somewhere, and who is said to have said it. Strings stay the caller's in sb_quote_verify. */
typedef struct sb_claim {
    const char *quote;
    const char *speaker; /* NULL: anybody */
    const char *id;      /* free text; NULL none */
} sb_claim;

typedef struct sb_claims {
    sb_claim *items;
    size_t n_items;
} sb_claims;

/* Reads a list: JSON Lines; CSV whose header has a column `quote`; or else a quote a line. Members and columns `speaker` and
 * `id` may be there, others are left alone. Blank lines and those that begin with '#' are no quotes. SB_ERR_FORMAT with the
 * line: no UTF-8, a row without quote, a quote without words, a name that is nearly `speaker`; SB_ERR_MEMORY. `path` is for messages and may be
 * NULL. */
SB_API sb_status sb_claims_read(sb_claims **out, const void *data, size_t size, const char *path,
                                sb_error *err);
SB_API void sb_claims_free(sb_claims **claims);

typedef enum sb_quote_verdict {
    SB_QUOTE_VERBATIM, /* word for word; case, accents, punctuation aside, numbers in any spelling */
    SB_QUOTE_ELIDED,   /* the same, with words left out at an ellipsis */
    SB_QUOTE_ALTERED,
    SB_QUOTE_UNSURE, /* the transcript has it, as the differences say; whether the audio has it is not known */
    SB_QUOTE_NOT_HEARD, /* the transcript has it, but half of its words or more were not heard in the audio */
    SB_QUOTE_NOT_SAID   /* the transcript has nothing like it */
} sb_quote_verdict;

typedef enum sb_diff_kind {
    SB_DIFF_SAME,
    SB_DIFF_MISSING,   /* said, but neither quoted nor marked as left out */
    SB_DIFF_ADDED,     /* quoted, but not said */
    SB_DIFF_CHANGED,   /* quoted for other words that were said */
    SB_DIFF_LEFT_OUT,  /* said, left out at an ellipsis */
    SB_DIFF_BRACKET,   /* the editor's words, in place of some that were said or of none */
    SB_DIFF_NOT_HEARD, /* the transcript has it, the audio does not; `quoted` may be NULL */
    SB_DIFF_ASIDE      /* a few words of somebody else between those of the speaker, not quoted */
} sb_diff_kind;

typedef struct sb_diff {
    sb_diff_kind kind;
    char *quoted;            /* words of the quote; NULL none */
    char *said;              /* words of the transcript; NULL none */
    size_t n_quoted, n_said; /* how many */
    sb_span span;            /* of what was said, SB_TIME_NONE where it has no time */
} sb_diff;

/* A passage and how the quote differs from it: the pieces in `diffs` hold every word of both. A word that was not heard while
 * its neighbours were is as likely missed as not said: it is a piece, but no difference. */
typedef struct sb_place {
    sb_match match; /* its speaker is that of the first word */
    sb_diff *diffs;
    size_t n_diffs;
    size_t n_differences;  /* words missing, added, changed, or quoted and not heard */
    size_t n_left_out;     /* words, at ellipses */
    size_t n_heard;        /* words quoted as the transcript has them that were heard where they should be */
    size_t n_unheard;      /* words quoted that were not heard, single ones too */
    const char **speakers; /* of the words quoted, each once, in order; NULL nobody named */
    size_t n_speakers;
    char *before, *after;                       /* the sentences around; NULL at the ends of the episode */
    const char *before_speaker, *after_speaker; /* who says them; NULL nobody named */
} sb_place;

typedef enum sb_attribution {
    SB_ATTRIBUTION_NONE, /* no speaker was claimed, or the quote was not said, or nobody is named there */
    SB_ATTRIBUTION_RIGHT,
    SB_ATTRIBUTION_WRONG /* somebody else said it */
} sb_attribution;

/* `places` are all that fit equally well, in the order of the text; of a quote that was not said, the nearest passage or
 * none. */
typedef struct sb_verification {
    sb_quote_verdict verdict;
    sb_attribution attribution;
    bool has_evidence; /* the words were listened for, so that `n_heard` means something */
    size_t n_words;    /* of the quote, without what stands in brackets */
    sb_place *places;
    size_t n_places;
} sb_verification;

/* Checks each of the claims; results[i] belongs to claims[i], and the caller finishes it.
 *
 * A quote was not said where half of its words or more would have to be different: words added, changed or not heard count one
 * each, a run of words left out without a mark as many as it has, but no more than two and one for every twenty. Ellipses
 * may leave out any number of words; a bracket stands for up to twice its own words and two. Where it is only the words not
 * heard that make it so, the quote is NOT_HEARD.
 *
 * The transcript alone does not make a quote said. An alignment whose pairing is OK and whose method is ACOUSTIC tells which words
 * were heard: a quote is UNSURE where fewer than a quarter of the words that it has right were, though fewer than half are known
 * to be missing. With a pairing of UNSURE every quote found is UNSURE, with MISMATCH it is NOT_HEARD. ENERGY and NONE have no
 * evidence (`has_evidence` is false), and the verdict compares the quote with the transcript.
 *
 * Where a speaker is claimed, what that speaker said is preferred unless somebody else's words are much nearer. A speaker is
 * meant when each word of the claim stands in the name, or by '*' as in sb_selection.
 *
 * SB_ERR_ARGUMENT: a quote without
 * words, which the message names; SB_ERR_INTERRUPTED; SB_ERR_MEMORY. `monitor` may be NULL. */
SB_API sb_status sb_quote_verify(sb_verification *results, const sb_alignment *alignment,
                                 const sb_claim *claims, size_t n, const sb_monitor *monitor, sb_error *err);
SB_API void sb_verification_finish(sb_verification *verification);

/* Appends one JSON object without line end: soundbite(1) has its members. A failed allocation sets out->failed. */
SB_API void sb_verification_json(sb_bytes *out, const sb_verification *verification, const sb_claim *claim);

SB_API const char *sb_quote_verdict_name(
    sb_quote_verdict verdict); /* "verbatim", "elided", "altered", "unsure", "not-heard", "not-said" */
SB_API const char *sb_diff_name(sb_diff_kind kind); /* "same", "missing" ... "left-out", "not-heard" */

SB_END_DECLS

#endif
