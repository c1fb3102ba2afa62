/* TextGrids, the text files of Praat, and what their tiers hold. */
#ifndef SB_TRANSCRIPT_PRAAT_PRAAT_H
#define SB_TRANSCRIPT_PRAAT_PRAAT_H

#include "transcript/transcript.h"

/* Praat's text files: the values in them, in order. Everything else is a comment. */
typedef enum sb_grid_token {
    SB_GRID_END,
    SB_GRID_CUT,
    SB_GRID_NUMBER,
    SB_GRID_TEXT,
    SB_GRID_FLAG
} sb_grid_token;
typedef struct sb_grid_scan {
    const char *text;
    size_t size, at;
    int64_t line;   /* of the last token */
    sb_range range; /* of the last token; of text, the part between the quotation marks */
    size_t counted; /* position up to which lines are counted */
} sb_grid_scan;
sb_grid_token sb_grid_next(sb_grid_scan *scan);

/* The content of a tier. */
typedef enum sb_tier_kind {
    SB_TIER_SPEAKER, /* any other name: the tier has the speech of a speaker with this name */
    SB_TIER_TEXT,    /* sentences, turns */
    SB_TIER_WORDS,
    SB_TIER_SOUNDS, /* phones, syllables */
    SB_TIER_REMARKS
} sb_tier_kind;

/* Reads the name of a tier, such as "Ada - words". `speaker` is the part that is a speaker's name; `length`
 * 0: none. */
sb_tier_kind sb_tier_name_read(sb_range *speaker, const char *text, sb_range name);

#endif
