/* Checking quotations against what was said. */
#ifndef SOUNDBITE_VERIFY_H
#define SOUNDBITE_VERIFY_H

#include "soundbite/quote.h"

SB_BEGIN_DECLS

/* A quotation to check. For sb_claims_verify, the caller owns the strings. */
typedef struct sb_claim {
    const char *quote;
    const char *speaker; /* who is supposed to have said it; NULL: any speaker */
    const char *id;      /* any text; NULL: none */
    /* For a quotation of an article; otherwise zero. */
    const char *source; /* the words of the article that name the speaker */
    size_t paragraph;   /* from 1 */
    /* `source` has no name, so another speaker does not cause SB_QUOTE_WRONG_SPEAKER */
    bool speaker_is_inferred;
    bool is_fragment; /* one or two words without a speaker, which cannot cause a bad verdict */
} sb_claim;

/* A list of quotations. sb_claims_free frees it and its strings. */
typedef struct sb_claims {
    sb_claim *items;
    size_t n_items;
} sb_claims;

/* Reads a list of quotations: JSON Lines, CSV with a column `quote`, or plain text with one quotation per
 * line, as UTF-8, UTF-16 or Windows-1252. Members or columns `speaker` and `id` are used if present; others
 * are ignored. Blank lines and lines that begin with '#' are skipped. `path` is for messages and may be NULL.
 * If it ends in ".csv" or ".tsv", a first row with several cells must have the cell `quote`.
 * Returns SB_ERR_FORMAT, with the line, if it is not text, a row has no quotation, a quotation has no words,
 * a table has no column `quote`, or a column name is almost `speaker`; SB_ERR_MEMORY. */
SB_API sb_status sb_claims_read(sb_claims **out, const void *data, size_t size, const char *path,
                                sb_error *err);
SB_API void sb_claims_free(sb_claims **claims);

/* Whether a quotation was said. */
typedef enum sb_quote_verdict {
    SB_QUOTE_VERBATIM, /* word for word; case, accents, punctuation and the spelling of numbers are ignored */
    SB_QUOTE_ELIDED,   /* word for word, with words left out at an ellipsis */
    /* a fragment in an article, too short to prove anything; it has places if it was said */
    SB_QUOTE_TOO_SHORT,
    /* words differ; `n_differences` says how many */
    SB_QUOTE_ALTERED,
    SB_QUOTE_UNSURE,        /* in the transcript, but it is not known whether it is in the audio */
    SB_QUOTE_MISLEADING,    /* an ellipsis or a bracket changes the meaning; `misleads` says how */
    SB_QUOTE_WRONG_SPEAKER, /* said, but by another speaker than the one claimed */
    SB_QUOTE_NOT_HEARD,     /* in the transcript, but words of it were not heard in the audio */
    SB_QUOTE_NOT_SAID       /* nothing in the transcript is similar */
} sb_quote_verdict;

/* How serious a difference is. */
typedef enum sb_diff_grade {
    SB_GRADE_NONE, /* no difference */
    /* another form of the same words ("didn't" for "did not"), a filler word or a repeated word */
    SB_GRADE_STYLE,
    SB_GRADE_WORDING,  /* other words */
    SB_GRADE_SUBSTANCE /* a number, a negation, a condition, a name, an amount, or words of another speaker */
} sb_diff_grade;

/* How an ellipsis or a bracket changes the meaning, as bits. */
typedef enum sb_misleads {
    SB_MISLEADS_NEGATION = 1, /* it removes or adds a negation */
    SB_MISLEADS_CONDITION = 2,
    SB_MISLEADS_QUESTION = 4,
    SB_MISLEADS_SPEAKERS = 8, /* it joins two speakers, or leaves out the words of another one */
    SB_MISLEADS_LENGTH = 16   /* it spans more than SB_ELISION_MOST words */
} sb_misleads;

#define SB_ELISION_MOST 30

/* What a piece of the comparison is. */
typedef enum sb_diff_kind {
    SB_DIFF_SAME,
    SB_DIFF_MISSING,  /* said, but not quoted and not marked as left out */
    SB_DIFF_ADDED,    /* quoted, but not said */
    SB_DIFF_CHANGED,  /* quoted instead of other words that were said */
    SB_DIFF_LEFT_OUT, /* said, and left out at an ellipsis */
    SB_DIFF_BRACKET,  /* the editor's words in brackets; they may replace words that were said */
    SB_DIFF_NOT_HEARD /* in the transcript, but not in the audio; `quoted` may be NULL */
} sb_diff_kind;

/* A piece of the comparison of a quotation and a passage. */
typedef struct sb_diff {
    sb_diff_kind kind;
    char *quoted;            /* words of the quotation; NULL if none */
    char *said;              /* words of the transcript; NULL if none */
    size_t n_quoted, n_said; /* number of words */
    sb_span span;            /* of the words that were said; SB_TIME_NONE if unknown */
    sb_diff_grade grade;     /* NONE for LEFT_OUT and BRACKET that do not mislead */
    unsigned misleads;       /* bits of sb_misleads */
    const char *speaker;     /* who said the words, if not the speaker of the place; otherwise NULL */
} sb_diff;

/* A passage, and how the quotation differs from it. `diffs` contains every word of both. If the quotation
 * begins or ends with an ellipsis, `diffs` also contains the part of the sentence that the ellipsis stands
 * for. */
typedef struct sb_quote_place {
    sb_match match; /* `speaker` is the speaker of the first word */
    sb_diff *diffs;
    size_t n_diffs;
    size_t n_differences; /* words that are missing, added, changed, or quoted but not heard */
    size_t n_left_out;    /* words left out at ellipses */
    size_t n_heard;       /* correctly quoted words that were heard at their place */
    size_t n_unheard;     /* quoted words that were not heard */
    sb_diff_grade grade;  /* of the worst difference */
    unsigned misleads;    /* of all differences */
    /* words of the transcript that were perhaps not said, in quotation marks and joined by commas; NULL:
     * none */
    char *doubted;
    /* words with which a negation was perhaps said that the transcript does not have, in the same form */
    char *unnegated;
    /* speakers of the quoted words, each once, in the order of their words; NULL: unnamed */
    const char **speakers;
    size_t n_speakers;
    /* the sentences before and after; NULL at the ends of the episode */
    char *before, *after;
    const char *before_speaker, *after_speaker; /* their speakers; NULL: unnamed */
    sb_match context;                           /* the passage with both sentences */
} sb_quote_place;

/* Whether the claimed speaker said it. */
typedef enum sb_attribution {
    /* no speaker was claimed, the quotation was not found, or the speaker there has no name but a label
     * ("Speaker 1") */
    SB_ATTRIBUTION_NONE,
    SB_ATTRIBUTION_RIGHT,
    SB_ATTRIBUTION_WRONG,  /* another speaker said it */
    SB_ATTRIBUTION_SIMILAR /* no speaker has the claimed name; the one who said it has a similar one */
} sb_attribution;

/* The result for one quotation. `places` are all passages that match equally well, in the order of the text.
 * For a quotation that was not said, it is the nearest passage, if any. sb_verification_finish frees it. */
typedef struct sb_verification {
    sb_quote_verdict verdict;
    sb_quote_verdict wording; /* the verdict without regard to the claimed speaker */
    sb_attribution attribution;
    bool has_evidence; /* the audio was searched for the words, so `n_heard` is valid */
    size_t n_words;    /* words of the quotation without those in brackets */
    sb_quote_place *places;
    size_t n_places;
    /* the path of a file with the passage, for the JSON; the caller may set it, and the result owns it */
    char *clip;
} sb_verification;

/* Checks `n` quotations. results[i] is the result of claims[i]; the caller frees it with
 * sb_verification_finish. `monitor` may be NULL.
 *
 * A quotation counts as NOT_SAID if at least half of its words would have to differ. Each word that is added,
 * changed or not heard counts 1, or 1/4 if only the style differs. A run of n words that were left out
 * without a mark counts n, but at most 2 + n / 20. Words of another speaker within the passage count as words
 * left out. An ellipsis may stand for any number of words. A bracket may stand for up to twice its own number
 * of words plus two.
 *
 * The verdict is NOT_HEARD if that limit is exceeded because of words that were not heard; if two or more
 * consecutive quoted words were not heard; or if a number, a negation, a condition or a name was not heard.
 * Any other single word that was not heard is a difference.
 *
 * The transcript is not evidence that a quotation was said. An alignment of method ACOUSTIC with pairing OK
 * says which words were heard. In that case the verdict is UNSURE if fewer than a quarter of the correctly
 * quoted words, or of eight consecutive ones, were heard, but fewer than half are known to be missing. It is
 * also UNSURE if a quoted word has a `doubt` (see sb_alignment_hear_again), or if a quoted negation was
 * skipped by the search although words around it were heard: the transcript may have a word that was not
 * said. `doubted` and `unnegated` name these words. If the pairing is UNSURE, the verdict on every quotation
 * that is found is UNSURE; if it is MISMATCH, the verdict is NOT_HEARD. The methods ENERGY and NONE give no
 * evidence: `has_evidence` is false, and the verdict compares the quotation with the transcript alone.
 *
 * If a speaker is claimed, that speaker's words are preferred unless another speaker's words are much more
 * similar. The speaker of a claim matches a name if every word of it is in the name, or if it is a pattern
 * with '*' that matches, as in sb_selection.
 *
 * Returns SB_ERR_ARGUMENT if a quotation has no words (the message names it); SB_ERR_INTERRUPTED;
 * SB_ERR_MEMORY. */
SB_API sb_status sb_claims_verify(sb_verification *results, const sb_alignment *alignment,
                                  const sb_claim *claims, size_t n, const sb_monitor *monitor, sb_error *err);
/* Frees the members of a result and zeroes it. */
SB_API void sb_verification_finish(sb_verification *verification);

/* Appends the result as one JSON object without newline; soundbite(1) lists its members. If an allocation
 * fails, out->failed is set. */
SB_API void sb_verification_write_json(sb_bytes *out, const sb_verification *verification,
                                       const sb_claim *claim);

/* Appends a difference as one sentence without a full stop, such as: "rests" is quoted, but "sleeps" was said
 * (wording). Appends nothing for SB_DIFF_SAME. For a long text, only the first and the last words are shown.
 * If an allocation fails, out->failed is set. */
SB_API void sb_diff_write_text(sb_bytes *out, const sb_diff *diff);

/* The names that the JSON object uses. Never NULL unless stated. */
/* "verbatim", "elided", "too-short", "altered", "unsure", "misleading-elision", "wrong-speaker", "not-heard",
 * "not-said". */
SB_API const char *sb_quote_verdict_name(sb_quote_verdict verdict);
/* "same", "missing", "added", "changed", "left-out", "bracket", "not-heard". */
SB_API const char *sb_diff_kind_name(sb_diff_kind kind);
/* "style", "wording", "substance"; NULL for SB_GRADE_NONE. */
SB_API const char *sb_diff_grade_name(sb_diff_grade grade);
/* The name of bit number `index` among the bits that are set: "negation", "condition", "question",
 * "speakers", "length". NULL beyond the last. */
SB_API const char *sb_misleads_name(unsigned misleads, size_t index);

SB_END_DECLS

#endif
