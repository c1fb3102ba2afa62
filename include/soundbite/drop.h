/* Words left out of a quote: fillers and stuttered repeats. */
#ifndef SOUNDBITE_DROP_H
#define SOUNDBITE_DROP_H

#include "soundbite/time.h"

SB_BEGIN_DECLS

typedef enum sb_drop_kind { SB_DROP_FILLERS = 1, SB_DROP_REPEATS = 2 } sb_drop_kind;

/* Reads "fillers", "repeats" or both with a comma between. SB_ERR_ARGUMENT names what it does not know. */
SB_API sb_status sb_drop_parse(unsigned *kinds, const char *text, sb_error *err);

/* The same text of a set of kinds; "" for none. */
SB_API const char *sb_drop_print(unsigned kinds);

/* The words taken for fillers, one or several on a line ("um", "you know"), compared without case, accents and
 * punctuation. A line that begins and ends with a comma (", you know,") is a filler only where commas, other marks or
 * pauses of 120 ms set it apart on both sides; the quote's own edge sets apart too. '#' begins a comment. */
typedef struct sb_fillers sb_fillers;

/* The built-in list, in the form of such a file. */
SB_API const char *sb_fillers_default(void);

/* SB_ERR_FORMAT with the line of what cannot be read (no word, more than SB_FILLER_WORDS words, one comma alone), or
 * where nothing is listed; SB_ERR_MEMORY. `path` is for messages and may be NULL. */
#define SB_FILLER_WORDS 8
SB_API sb_status sb_fillers_read(sb_fillers **out, const void *data, size_t size, const char *path,
                                 sb_error *err);
SB_API void sb_fillers_free(sb_fillers **fillers);

/* A run of words that was dropped, or would be. */
typedef struct sb_drop {
    unsigned kinds; /* of sb_drop_kind: words of both may stand side by side */
    char *text;
    sb_span span;    /* of the words in the source */
    sb_span removed; /* what was cut out of the source, the pauses beside the words included */
    sb_time fill;    /* room tone put in its place */
    double
        quality; /* of the join: the share of the clip's own moments at which the sound changes as much or more;
                      * 1 where there is no join, at the clip's edge; NaN on a dry run */
    double
        correlation; /* of the waveforms that were joined, -1 ... 1; NaN where there is no join, or room tone */
} sb_drop;

/* A join that stands out more than all but this share of the clip's own moments would be heard: the words stay. */
#define SB_DROP_LEAST_QUALITY 0.05

SB_END_DECLS

#endif
