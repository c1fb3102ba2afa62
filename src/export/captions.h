/* Captions: the words of an alignment set as cues and lines. One engine for caption files, clips and pictures.
 *
 * Cues and lines are chosen together by a dynamic programme that finds the cheapest of all ways to break the text, as Knuth and Plass
 * do for paragraphs ("Breaking paragraphs into lines", 1981). A cue begins with its first word and may stand until the next
 * begins, so how long each can be read is known before it is chosen. Norms broken cost most: an article parted from its noun, a first name
 * from the last; then a cue too short or too long, and each column shown too fast. Then comes how well the breaks read: at the highest
 * nodes of syntax, lines of like length (Karamitroglou, "A proposed set of subtitling standards in Europe", 1998). */
#ifndef SB_EXPORT_CAPTIONS_H
#define SB_EXPORT_CAPTIONS_H

#include "soundbite/align.h"

typedef struct sb_caption_params {
    size_t max_line_width;              /* columns; an East Asian wide character takes two */
    size_t min_line_width;              /* shorter lines are avoided where the text allows */
    size_t max_lines;                   /* of a cue */
    sb_time min_duration, max_duration; /* of a cue */
    int max_speed;                      /* columns a second that people read */
    sb_time frame;                      /* gaps between cues are two frames or more, or none */
    bool on_frames;  /* cues begin and end with a frame, the one in which the first word begins */
    bool names;      /* the speaker's name stands before the words where another speaker begins */
    bool heard_only; /* words that are not in the audio are left out */
} sb_caption_params;

/* The norms of BBC and Netflix, which agree on most of them; frames of 1/24 s are long enough for every rate. */
#define SB_CAPTION_WIDE                                                                                      \
    ((sb_caption_params){.max_line_width = 42,                                                               \
                         .max_lines = 2,                                                                     \
                         .min_duration = SB_TIME_SECOND * 5 / 6,                                             \
                         .max_duration = SB_TIME_SECOND * 7,                                                 \
                         .max_speed = 17,                                                                    \
                         .frame = SB_TIME_SECOND / 24})

/* Upright and square pictures: few words at a time. */
#define SB_CAPTION_VERTICAL                                                                                  \
    ((sb_caption_params){.max_line_width = 28,                                                               \
                         .min_line_width = 15,                                                               \
                         .max_lines = 2,                                                                     \
                         .min_duration = SB_TIME_SECOND * 5 / 6,                                             \
                         .max_duration = SB_TIME_SECOND * 7,                                                 \
                         .max_speed = 17,                                                                    \
                         .frame = SB_TIME_SECOND / 24})

typedef enum sb_caption_kind { SB_CAPTION_WORD, SB_CAPTION_EVENT, SB_CAPTION_NAME } sb_caption_kind;

/* What is never broken: a word, a part of one that no line holds, a character of a script without blanks; an event such as
 * "[laughter]"; a speaker's name. Text belongs to the alignment and is no string: see sb_caption_item_append. */
typedef struct sb_caption_item {
    const char *text;
    size_t size;        /* bytes */
    size_t width;       /* columns */
    sb_time start, end; /* when it is said; ascending, within the cue. Events and names may last no time */
    size_t turn, word;  /* of the alignment; `word` has no meaning in events and names */
    sb_caption_kind kind;
    bool joined; /* follows the item before without a blank */
    bool breaks; /* begins a cue in any case: another speaker, another quote */
    size_t line; /* of its cue, from 0 */
} sb_caption_item;

typedef struct sb_caption_items {
    sb_caption_item *items;
    size_t n_items, capacity;
} sb_caption_items;

typedef struct sb_caption {
    size_t turn;         /* of its first word */
    const char *speaker; /* the alignment's; NULL nobody named */
    sb_time start, end;
    const sb_caption_item *items;
    size_t n_items;
    size_t n_lines;
    size_t width; /* columns, as if on one line */
} sb_caption;

typedef struct sb_captions {
    sb_caption *items; /* in the order of the text; of a whole alignment, in the order of time */
    size_t n_items, capacity;
    sb_caption_items words; /* what the cues point into */
} sb_captions;

/* Words of an alignment that sound together, such as a clip or a piece of a montage, both ends included: [first_word of first_turn ...
 * last_word of last_turn]. */
typedef struct sb_caption_span {
    size_t first_turn, first_word, last_turn, last_word;
    sb_time shift;  /* added to the alignment's times: minus the instant at which a clip begins */
    sb_span within; /* where the cues must lie, after the shift; `end` SB_TIME_NONE is open */
    bool goes_on;   /* the same passage as the span before, so that a cue may hold words of both */
} sb_caption_span;

/* Captions for spans that follow each other in time. `params` NULL is SB_CAPTION_WIDE with words heard only. Events count where they stand
 * between words of the span. No words give no cues. SB_ERR_MEMORY. */
sb_status sb_captions_of_spans(sb_captions *out, const sb_alignment *alignment, const sb_caption_span *spans,
                               size_t n, const sb_caption_params *params, sb_error *err);

/* Captions for a whole alignment: every turn that has a time, its events too. A transcript that came as captions keeps them, cue for
 * cue, lines broken as they were. No cue goes on across an inserted passage. `params` NULL is SB_CAPTION_WIDE. SB_ERR_MEMORY. */
sb_status sb_captions_make(sb_captions *out, const sb_alignment *alignment, const sb_caption_params *params,
                           sb_error *err);
void sb_captions_finish(sb_captions *captions);

/* Appends the text of an item: one line, a colon behind a name. */
void sb_caption_item_append(sb_bytes *out, const sb_caption_item *item);

/* What parts item `index` of a cue from the one before it: "", " ", or `line_end` where a line begins; NULL for one long line. */
const char *sb_caption_blank(const sb_caption *cue, size_t index, const char *line_end);

/* Appends the text of a cue, its lines parted by `line_end`, or with NULL on one line. */
void sb_caption_append(sb_bytes *out, const sb_caption *cue, const char *line_end);

#endif
