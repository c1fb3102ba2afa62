/* Leaving fillers and stuttered repeats out of quotes. */
#ifndef SOUNDBITE_DROP_H
#define SOUNDBITE_DROP_H

#include "soundbite/time.h"

SB_BEGIN_DECLS

/* Kinds of words to leave out, as bits. FILLERS are words such as "um". REPEATS are words that a stutter
 * repeats. */
typedef enum sb_drop_kind { SB_DROP_FILLERS = 1, SB_DROP_REPEATS = 2 } sb_drop_kind;

/* Parses "fillers", "repeats" or both, separated by a comma. Returns SB_ERR_ARGUMENT for an unknown kind; the
 * message names it. */
SB_API sb_status sb_drop_parse(unsigned *kinds, const char *text, sb_error *err);

/* Returns the text that sb_drop_parse reads. "" if no bit is set. */
SB_API const char *sb_drop_print(unsigned kinds);

/* A list of fillers, one per line, each of one or more words ("um", "you know"). Words are compared without
 * case, accents and punctuation. A line that begins and ends with a comma (", you know,") is a filler only
 * where punctuation, a pause of 120 ms or the edge of the quote separates it on both sides. '#' begins a
 * comment. */
typedef struct sb_fillers sb_fillers;

/* Returns the built-in list as the text of such a file. */
SB_API const char *sb_fillers_default(void);

/* Reads a list. `path` is for messages and may be NULL. Returns SB_ERR_FORMAT if the list is empty, and, with
 * the line, if an entry has no word, more than SB_FILLER_WORDS words or a comma on one side only;
 * SB_ERR_MEMORY. */
#define SB_FILLER_WORDS 8
SB_API sb_status sb_fillers_read(sb_fillers **out, const void *data, size_t size, const char *path,
                                 sb_error *err);
SB_API void sb_fillers_free(sb_fillers **fillers);

/* Words that were left out, or would be on a dry run. */
typedef struct sb_drop {
    unsigned kinds; /* bits of sb_drop_kind; both if the run has words of both kinds */
    char *text;
    sb_span span;    /* of the words in the source */
    sb_span removed; /* what was removed from the source: the words and pauses beside them */
    sb_time fill;    /* length of the room tone that replaces it */
    /* Quality of the join: the share of moments in the clip at which the sound changes at least as much. 1 at
     * the clip's edge, where there is no join; NaN on a dry run. */
    double quality;
    /* Correlation of the joined waveforms, from -1 to 1. NaN if there is no join or if room tone is between
     * them. */
    double correlation;
} sb_drop;

/* If the quality of a join would be below this value, the join would be audible and the words stay in the
 * clip. */
#define SB_DROP_LEAST_QUALITY 0.05

SB_END_DECLS

#endif
