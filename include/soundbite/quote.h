/* Finding quotes in an alignment and choosing where to cut them. */
#ifndef SOUNDBITE_QUOTE_H
#define SOUNDBITE_QUOTE_H

#include "soundbite/align.h"

SB_BEGIN_DECLS

/* How far a match is widened: not at all, to whole sentences or to whole turns. */
typedef enum sb_expand { SB_EXPAND_AUTO, SB_EXPAND_NONE, SB_EXPAND_SENTENCE, SB_EXPAND_TURN } sb_expand;

/* Numbers from `first` to `last`, both included. */
typedef struct sb_number_range {
    size_t first, last;
} sb_number_range;

/* What to find. A match must meet every kind of condition that is given; of several values of one kind, one
 * is enough. A zeroed struct selects every turn.
 *
 * `from`, `until`, `from_phrase` and `until_phrase` alone (without phrases, regexes, speakers, lengths and
 * `each`) select one passage: everything between, whoever speaks. It begins and ends in the pause, or at the
 * edge of a word, that is nearest to the time. */
typedef struct sb_selection {
    /* Whole words. Case, accents, punctuation and hyphens are ignored. Number words match digits, and
     * spellings of different house styles match ("per cent" and "%", "Mister" and "Mr.", "1 kg" and
     * "one kilogram", "7.30 am" and "7:30 a.m.", "May 21" and "the 21st of May"). Signs that are part of a
     * word count ("C++", "C#"). */
    const char *const *phrases;
    size_t n_phrases;
    /* All words of a text close together, in any order and form ("valve" matches "valves"). Very common words
     * may be missing. */
    const char *const *near;
    size_t n_near;
    /* Passages that sound like a text: "fair new turn" sounds like "fern neutron". */
    const char *const *sounds;
    size_t n_sounds;
    /* if no phrase is found, search for its words as `near` does; if that fails, as `sounds` does */
    bool or_alike;
    /* PCRE2, caseless, multi-line. Consecutive turns of one speaker are one line of the text. A blank in the
     * pattern also matches the end of a line, unless the pattern has the option x. */
    const char *const *regexes;
    size_t n_regexes;
    /* Names of speakers. Case and accents are ignored, '*' matches any text. A part of a name
     * is enough if only one speaker's name has it; blanks and punctuation are ignored then. Names that have
     * it as whole words come before those that have it inside of words. */
    const char *const *speakers;
    size_t n_speakers;
    /* Limits for the speech of the quote; at least 0, and `until` is after `from`. 0: no limit. If no whole
     * turn is within the limits, the parts of turns within them are matches. */
    sb_time from, until;
    /* The passage begins with the first word of `from_phrase` and ends with the last word of `until_phrase`;
     * NULL: no limit. `from_phrase` must be said exactly once, unless `from` is set: then the first place
     * after that time is used. For `until_phrase`, the first place after the start is used, or the last place
     * before `until` if that is set. */
    const char *from_phrase, *until_phrase;
    bool each; /* every turn within the limits is a match of its own */
    /* Limits for the length of the speech after expanding; `max_length` is not below `min_length`. 0: no
     * limit. */
    sb_time min_length, max_length;
    bool has_from, has_until, has_max_length; /* use the limit even if it is 0 */
    sb_expand expand;                         /* AUTO means NONE with a phrase or regex, otherwise TURN */
    int fuzzy;                                /* percentage of a phrase's words that may differ, 0 to 100 */
    size_t limit;                             /* greatest number of matches; 0: no limit */
    size_t match;                             /* return only match number `match`, from 1; 0: all */
    const sb_number_range *more_matches;      /* further numbers, if `match` is not 0 */
    size_t n_more_matches;
    /* Matches that lie in one of these spans of the audio, by at least half, are left out and counted in
     * `n_avoided`. They do not apply to a passage that is given by its times. */
    const sb_span *avoid;
    size_t n_avoid;
} sb_selection;

/* Checks the numbers of a selection. sb_matches_find does so too; call it to find an error before slow work.
 * Returns SB_ERR_ARGUMENT if a time is negative, `until` is not after `from`, `max_length` is below
 * `min_length`, or `fuzzy` is not from 0 to 100. The error names the fields. */
SB_API sb_status sb_selection_check(const sb_selection *selection, sb_error *err);

/* How a match was found. */
typedef enum sb_match_how {
    SB_MATCH_TURN,   /* the selection has no words to search for */
    SB_MATCH_PHRASE, /* the words of the phrase */
    SB_MATCH_REGEX,
    SB_MATCH_FUZZY,  /* some words differ */
    SB_MATCH_PART,   /* a number in the phrase is only a part of the number that was said */
    SB_MATCH_NEAR,   /* the words are near each other */
    SB_MATCH_SOUND,  /* the words sound alike */
    SB_MATCH_PASSAGE /* everything between times or phrases */
} sb_match_how;

/* Returns the name that is used in JSON, such as "phrase"; NULL beyond the last. */
SB_API const char *sb_match_how_print(sb_match_how how);

/* A match: from word `first_word` of turn `first_turn` to word `last_word` of turn `last_turn`, inclusive.
 * Turns between them are included whole. */
typedef struct sb_match {
    /* from 1, in the order of sb_matches_find, before `limit` and `match` are applied */
    size_t number;
    size_t first_turn, first_word, last_turn, last_word;
    const char *speaker;   /* of the first word; owned by the alignment; NULL if unnamed */
    const char **speakers; /* names of all speakers in the match, in the order of their first words */
    size_t n_speakers;     /* 0 if no speaker has a name */
    char *text;
    const char *phrase; /* the phrase or regex that matched, owned by the selection; NULL if none */
    sb_match_how how;
    double score;       /* from 0 to 1; 1 for a phrase, a regex or a turn, less for similar words */
    char *why;          /* explains the match, for the user */
    sb_span span;       /* of the speech; SB_TIME_NONE if the source has no times */
    float confidence;   /* of its start or of its end, whichever is lower */
    size_t n_not_heard; /* words that are in the match but not in the audio */
    bool estimated;     /* the time of its first or last word is only estimated */
    bool is_passage;    /* it was selected by time limits and by `from_phrase` and `until_phrase` alone */
    sb_span asked;      /* for a passage: its time limits; SB_TIME_NONE for an end without a time limit */
} sb_match;

/* Returns the names of all speakers in a match, separated by ", ". Returns "" if no speaker has a name. The
 * caller frees the text. Returns NULL if memory runs out. */
SB_API char *sb_match_speakers(const sb_match *match);

/* Why the nearest passage does not match the selection. */
typedef enum sb_nearest_why {
    SB_NEAREST_BY_WORDS,  /* its words differ from the phrase */
    SB_NEAREST_BY_ORDER,  /* it has the words near each other; `near` finds it */
    SB_NEAREST_BY_SOUND,  /* it sounds like the phrase; `sounds` finds it */
    SB_NEAREST_BY_TIME,   /* it is outside the time or length limits */
    SB_NEAREST_BY_SPEAKER /* another speaker says it */
} sb_nearest_why;

/* The matches of a search. sb_matches_free frees them. */
typedef struct sb_matches {
    sb_match *items;
    size_t n_items;
    size_t n_found;       /* number of matches before `limit` and `match` are applied */
    size_t n_avoided;     /* matches left out because of `avoid`; not in `n_found` */
    bool no_such_speaker; /* the selection has speakers, and none of them speaks in the alignment */
    /* If nothing matched: the text of the most similar passage. NULL if no passage is similar. */
    char *nearest;
    sb_time nearest_at;
    const char *nearest_speaker; /* owned by the alignment; NULL if unnamed */
    sb_nearest_why nearest_why;
    /* the phrase (`from_phrase` or `until_phrase`) that was not found, if nothing matched for that reason;
     * otherwise NULL */
    const char *missing;
    size_t n_later;   /* further places of `until_phrase` after the end of the passage */
    sb_time later_at; /* the first of them */
} sb_matches;

/* Finds the matches: the best first, equally good ones in the order of the text. Matches of one phrase do not
 * overlap. If nothing matches, it returns SB_OK with n_items 0. The matches refer to the alignment and the
 * selection, which must outlive them. Returns SB_ERR_ARGUMENT if a phrase has no words or too many; if
 * `from_phrase` is said at several places (the message lists them); if a regex does not compile (the message
 * gives the column); if a speaker matches several names (the message lists them); if a number is out of
 * range. Returns SB_ERR_LIMIT if a regex needs too many steps; SB_ERR_FORMAT if the text is not UTF-8;
 * SB_ERR_MEMORY. */
SB_API sb_status sb_matches_find(sb_matches **out, const sb_alignment *alignment,
                                 const sb_selection *selection, sb_error *err);
SB_API void sb_matches_free(sb_matches **matches);

/* Makes an alignment of the matches alone, for sb_alignment_export, with one turn per match and speaker. It
 * has no time map, no speech list and no transcript text, so it cannot be used for cutting or restamping.
 * Returns SB_ERR_MEMORY. */
SB_API sb_status sb_matches_excerpt(sb_alignment **out, const sb_alignment *alignment,
                                    const sb_matches *matches, sb_error *err);

/* Defaults of sb_cut_params. */
#define SB_CUT_LEAD (150 * SB_TIME_MS)
#define SB_CUT_TAIL (300 * SB_TIME_MS)
#define SB_CUT_FADE (10 * SB_TIME_MS)

/* Padding and fades. A zeroed struct means the defaults. */
typedef struct sb_cut_params {
    sb_time lead, tail; /* padding before and after the speech; 0: SB_CUT_LEAD and SB_CUT_TAIL */
    sb_time fade;       /* length of the fades at both ends; 0: SB_CUT_FADE */
    bool has_lead, has_tail, has_fade; /* use the value even if it is 0 */
} sb_cut_params;

/* What may be wrong with a cut, as bits. */
typedef enum sb_cut_warning {
    SB_CUT_NO_PAUSE_BEFORE = 1, /* there is no pause between the first word and the word before */
    SB_CUT_NO_PAUSE_AFTER = 2,
    SB_CUT_ESTIMATED_START = 4, /* an edge is inside continuous speech and only estimated */
    SB_CUT_ESTIMATED_END = 8,
    SB_CUT_WORDS_NOT_HEARD = 16,
    SB_CUT_LOW_CONFIDENCE = 32,
    SB_CUT_OVERLAP = 64,           /* another speaker's word overlaps */
    SB_CUT_UNSURE_PAIRING = 128,   /* the transcript and the audio may not belong together, or do not */
    SB_CUT_NO_SILENCE_START = 256, /* a passage starts in continuous sound that has no words */
    SB_CUT_NO_SILENCE_END = 512,
    SB_CUT_PART_OF_NUMBER = 1024 /* a number in the quote is only a part of the number that was said */
} sb_cut_warning;

/* A cut. `span` is the part of the audio to write; `speech` is the quote in it. The padding is inside the
 * pauses and contains no other speech. */
typedef struct sb_cut {
    sb_span speech;
    sb_span span;
    /* from the end of the sound before the quote to the start of the sound after it; `span` is inside it */
    sb_span quiet;
    /* at most the padding on that side; 2 ms if there is no padding */
    sb_time fade_in, fade_out;
    /* padding in the parameters; in `span` it is shorter if the pause is too short */
    sb_time asked_lead, asked_tail;
    unsigned warnings; /* bits of sb_cut_warning */
} sb_cut;

/* Chooses the cut of a match by the alignment's speech list. `params` may be NULL. Returns SB_ERR_ARGUMENT if
 * the match has no times, or if lead, tail or fade is negative. */
SB_API sb_status sb_match_cut(sb_cut *out, const sb_alignment *alignment, const sb_match *match,
                              const sb_cut_params *params, sb_error *err);

/* Returns the warning of bit number `index` among the bits that are set, as a sentence for the user. A
 * warning that follows from another one is skipped: an estimated edge means that there is no pause. Returns
 * NULL beyond the last. */
SB_API const char *sb_cut_warning_text(unsigned warnings, size_t index);

SB_END_DECLS

#endif
