/* Finding quotes in an alignment, and where to cut them. */
#ifndef SOUNDBITE_QUOTE_H
#define SOUNDBITE_QUOTE_H

#include "soundbite/align.h"

SB_BEGIN_DECLS

typedef enum sb_expand { SB_EXPAND_AUTO, SB_EXPAND_NONE, SB_EXPAND_SENTENCE, SB_EXPAND_TURN } sb_expand;

/* What to look for. All kinds given must hold; of several values of one kind any. A zeroed struct with the times
 * set to SB_TIME_NONE selects every turn. */
typedef struct sb_selection {
    const char *const *
        phrases; /* whole words; case, accents, punctuation and hyphens do not matter, number words equal digits */
    size_t n_phrases;
    const char *const *regexes; /* PCRE2 over the text of consecutive turns of one speaker, caseless */
    size_t n_regexes;
    const char *const *speakers; /* caseless, '*' stands for anything */
    size_t n_speakers;
    sb_time from, until;            /* the quote's speech lies within; SB_TIME_NONE open */
    sb_time min_length, max_length; /* of the speech, after expanding; SB_TIME_NONE open */
    sb_expand expand;               /* AUTO: none with a phrase or regex, the turn otherwise */
    int fuzzy;                      /* percent of a phrase's words that may differ, 0 ... 100 */
    size_t limit;                   /* at most so many, 0 all */
    size_t match;                   /* only the n-th, from 1; 0 all */
    const size_t *more_matches;     /* and these, where `match` is not 0 */
    size_t n_more_matches;
} sb_selection;

#define SB_SELECTION_ALL                                                                                     \
    ((sb_selection){.from = SB_TIME_NONE,                                                                    \
                    .until = SB_TIME_NONE,                                                                   \
                    .min_length = SB_TIME_NONE,                                                              \
                    .max_length = SB_TIME_NONE})

/* Words [first_word of first_turn ... last_word of last_turn], both included; the turns between are whole. */
typedef struct sb_match {
    size_t number; /* from 1, in the order of the text, counted before `limit` and `match` */
    size_t first_turn, first_word, last_turn, last_word;
    const char *speaker; /* the alignment's; NULL nobody named */
    char *text;
    const char *phrase; /* the selection's phrase or regex that matched; NULL none */
    sb_span span;       /* of the speech; SB_TIME_NONE where the source has no times */
    float confidence;   /* the least of its edges */
    size_t n_not_heard; /* words of it that are not in the audio */
    bool estimated;     /* an edge is a word whose time is only estimated */
} sb_match;

/* In what the nearest passage is not what was asked for. */
typedef enum sb_nearest_why {
    SB_NEAREST_BY_WORDS,   /* its words are not those of the phrase */
    SB_NEAREST_BY_TIME,    /* it lies at other times, or is shorter or longer */
    SB_NEAREST_BY_SPEAKER, /* somebody else says it */
} sb_nearest_why;

typedef struct sb_matches {
    sb_match *items;
    size_t n_items;
    size_t n_found; /* before `limit` and `match` */
    char *
        nearest; /* where nothing matched: the passage nearest to what was asked for; NULL where none is near */
    sb_time nearest_at;
    const char *nearest_speaker; /* the alignment's; NULL nobody named */
    sb_nearest_why nearest_why;
} sb_matches;

/* Finds what `selection` names, in the order of the text, never overlapping for one phrase. Nothing found is SB_OK with
 * n_items 0. SB_ERR_ARGUMENT: a regex that does not compile (with its column), a phrase without words;
 * SB_ERR_LIMIT: a regex that needs too much. The matches refer to the alignment and the selection. */
SB_API sb_status sb_quote_find(sb_matches **out, const sb_alignment *alignment, const sb_selection *selection,
                               sb_error *err);
SB_API void sb_matches_free(sb_matches **matches);

/* An alignment of the matches alone, each of them a turn, for sb_export. It knows the audio, but neither the map, the
 * speech list nor the transcript's own text, so that nothing can be cut by it or written back. SB_ERR_MEMORY. */
SB_API sb_status sb_quote_excerpt(sb_alignment **out, const sb_alignment *alignment,
                                  const sb_matches *matches, sb_error *err);

typedef struct sb_cut_params {
    sb_time lead, tail; /* wanted before and after the speech; SB_TIME_NONE is 150 and 300 ms */
    sb_time fade;       /* SB_TIME_NONE is 10 ms */
} sb_cut_params;

#define SB_CUT_PARAMS_DEFAULT                                                                                \
    ((sb_cut_params){.lead = SB_TIME_NONE, .tail = SB_TIME_NONE, .fade = SB_TIME_NONE})

typedef enum sb_cut_warning {
    SB_CUT_NO_PAUSE_BEFORE = 1, /* the neighbour's word touches the first one */
    SB_CUT_NO_PAUSE_AFTER = 2,
    SB_CUT_ESTIMATED_START = 4, /* the edge is inside running speech, estimated only */
    SB_CUT_ESTIMATED_END = 8,
    SB_CUT_WORDS_NOT_HEARD = 16,
    SB_CUT_LOW_CONFIDENCE = 32,
    SB_CUT_OVERLAP = 64,        /* somebody else's word sounds at the same time */
    SB_CUT_UNSURE_PAIRING = 128 /* transcript and audio may not belong together, or do not */
} sb_cut_warning;

/* Where to cut: `span` goes into the file, `speech` lies within it; what is left on either side is in the pause and
 * holds nobody else's speech. */
typedef struct sb_cut {
    sb_span speech;
    sb_span span;
    sb_span quiet; /* from the neighbour's sound before to that after: how far the span may be widened */
    sb_time fade_in,
        fade_out;      /* never longer than the padding on that side, but for 2 ms where there is none */
    unsigned warnings; /* of sb_cut_warning */
} sb_cut;

/* Places a cut round a match by the alignment's speech list. SB_ERR_ARGUMENT where the match has no times. */
SB_API sb_status sb_quote_cut(sb_cut *out, const sb_alignment *alignment, const sb_match *match,
                              const sb_cut_params *params, sb_error *err);

/* A sentence for the user; NULL beyond the last. `index` counts the bits that are set, but for those that another one
 * implies: an estimated edge says already that there is no pause. */
SB_API const char *sb_cut_warning_text(unsigned warnings, size_t index);

SB_END_DECLS

#endif
