/* Captions, pages and text formats for the rest of the library. */
#ifndef SB_EXPORT_EXPORT_H
#define SB_EXPORT_EXPORT_H

#include "soundbite/align.h"
#include "soundbite/file.h"

/* Setting the words of an alignment as captions, for caption files, clips and videos.
 *
 * Cues and lines are chosen together by dynamic programming, which finds the cheapest way to break the text,
 * as Knuth and Plass do for paragraphs ("Breaking paragraphs into lines", 1981). A cue begins with its first
 * word and may stay until the next one begins, so its reading time is known in advance. Breaking a rule costs
 * most, such as separating an article from its noun or a first name from the last. Then come cues that are
 * too short, too long or too fast. The rest is legibility: breaks at the highest syntactic nodes and lines of
 * equal length (Karamitroglou, "A proposed set of subtitling standards in Europe", 1998). */

typedef struct sb_caption_params {
    size_t max_line_width;              /* in columns; an East Asian wide character has two */
    size_t min_line_width;              /* shorter lines are avoided if possible */
    size_t max_lines;                   /* of a cue */
    sb_time min_duration, max_duration; /* of a cue */
    int max_speed;                      /* reading speed in columns per second */
    sb_time frame;                      /* gaps between cues have at least two frames, or none */
    /* cues begin and end at frame boundaries; the first frame is the one in which the first word begins */
    bool on_frames;
    /* a cue never has parts of two sentences, and has several whole ones only if they are too short to be
     * read one by one; if not set, the other norms come first */
    bool sentences_apart;
    bool names; /* the name of each new speaker precedes the words */
} sb_caption_params;

/* The rules of the BBC and Netflix, which mostly agree. The frame of 1/24 s suits every frame rate. */
#define SB_CAPTION_WIDE                                                                                      \
    ((sb_caption_params){.max_line_width = 42,                                                               \
                         .max_lines = 2,                                                                     \
                         .min_duration = SB_TIME_SECOND * 5 / 6,                                             \
                         .max_duration = SB_TIME_SECOND * 7,                                                 \
                         .max_speed = 17,                                                                    \
                         .frame = SB_TIME_SECOND / 24})

/* For vertical and square pictures: few words at a time. */
#define SB_CAPTION_VERTICAL                                                                                  \
    ((sb_caption_params){.max_line_width = 28,                                                               \
                         .min_line_width = 15,                                                               \
                         .max_lines = 2,                                                                     \
                         .min_duration = SB_TIME_SECOND * 5 / 6,                                             \
                         .max_duration = SB_TIME_SECOND * 7,                                                 \
                         .max_speed = 17,                                                                    \
                         .frame = SB_TIME_SECOND / 24})

typedef enum sb_caption_kind { SB_CAPTION_WORD, SB_CAPTION_EVENT, SB_CAPTION_NAME } sb_caption_kind;

/* An item that is never split: a word, a part of a word that is wider than a line, a character of a script
 * without blanks, an event such as "[laughter]", or a speaker's name. The text belongs to the alignment and
 * has no NUL; see sb_caption_item_append. */
typedef struct sb_caption_item {
    const char *text;
    uint32_t size;  /* in bytes */
    uint32_t width; /* in columns */
    /* when it is said: ascending and inside the cue; events and names may have no duration */
    sb_time start, end;
    size_t turn, word; /* index in the alignment; `word` is not used for events and names */
    sb_caption_kind kind;
    bool joined;   /* there is no blank before it */
    bool breaks;   /* always begins a cue, because of another speaker or another quote */
    uint32_t line; /* line in its cue, from 0 */
} sb_caption_item;

typedef struct sb_caption_items {
    sb_caption_item *items;
    size_t n_items, capacity;
} sb_caption_items;

typedef struct sb_caption {
    size_t turn;         /* turn of its first word */
    const char *speaker; /* owned by the alignment; NULL if unnamed */
    sb_time start, end;
    const sb_caption_item *items;
    size_t n_items;
    size_t n_lines;
    size_t width; /* in columns, on one line */
} sb_caption;

typedef struct sb_captions {
    sb_caption *items; /* in the order of the text; for a whole alignment, in the order of time */
    size_t n_items, capacity;
    sb_caption_items words; /* the cues point to it */
} sb_captions;

/* Consecutive words of an alignment, such as a clip or a part of a montage: from first_word of first_turn to
 * last_word of last_turn, inclusive. */
typedef struct sb_caption_span {
    size_t first_turn, first_word, last_turn, last_word;
    sb_time shift;  /* added to the alignment's times; minus the start of the clip */
    sb_span within; /* limits for the cues after the shift; `end` SB_TIME_NONE: no limit */
    bool goes_on;   /* continues the span before, so a cue may have words of both */
} sb_caption_span;

/* Returns true for a word that captions leave out, because the evidence says that it was not said. All other
 * words are shown: a word without a time is placed between its neighbours. If too little of the text was
 * heard to judge the pair, no word is left out. */
bool sb_caption_leaves_out(const sb_alignment *alignment, const sb_aligned_word *word);

/* Appends the words of a span that were not heard, each run of them in quotation marks: "one two", "three".
 * Appends nothing if there are none. */
void sb_captions_append_unheard(sb_bytes *out, const sb_alignment *alignment, const sb_caption_span *span);

/* Makes captions for spans in ascending order of time. If `params` is NULL, it is SB_CAPTION_WIDE. Events
 * count if they are between words of the span. Without words, there are no cues. Returns SB_ERR_MEMORY. */
sb_status sb_captions_of_spans(sb_captions *out, const sb_alignment *alignment, const sb_caption_span *spans,
                               size_t n, const sb_caption_params *params, sb_error *err);

/* Makes captions for a whole alignment, with every turn that has a time, and with events. A transcript that
 * came as captions keeps its cues and line breaks. No cue continues across an inserted passage. `params` NULL
 * is SB_CAPTION_WIDE. Returns SB_ERR_MEMORY. */
sb_status sb_captions_make(sb_captions *out, const sb_alignment *alignment, const sb_caption_params *params,
                           sb_error *err);
void sb_captions_finish(sb_captions *captions);

/* Returns true for an event that is shown with the words: "[laughter]", "(crosstalk)", notes of music. Events
 * without brackets, such as a heading, a footer or a recogniser's "%HESITATION", are not shown, because they
 * would be read as spoken words. */
bool sb_event_is_shown(const char *text);

/* Appends the text of an item on one line, with a colon after a name. */
void sb_caption_item_append(sb_bytes *out, const sb_caption_item *item);

/* Returns the text before item `index` of a cue: "", " ", or `line_end` if it begins a line. `line_end` NULL
 * gives one line. */
const char *sb_caption_blank(const sb_caption *cue, size_t index, const char *line_end);

/* Appends the text of a cue with its lines separated by `line_end`. NULL gives one line. */
void sb_caption_append(sb_bytes *out, const sb_caption *cue, const char *line_end);

/* Writing captions as files. */

typedef struct sb_caption_format {
    const char *name; /* also the file extension */
    /* Appends a whole file. With `voices`, speakers are written if the format has a field for them. */
    void (*append)(sb_bytes *out, const sb_captions *captions, bool voices);
    bool has_voices; /* it has that field, and names are not shown in the text */
} sb_caption_format;

/* Returns format `index`, or NULL beyond the last. */
const sb_caption_format *sb_caption_format_at(size_t index);

void sb_srt_append(sb_bytes *out, const sb_captions *captions, bool voices);
void sb_vtt_append(sb_bytes *out, const sb_captions *captions, bool voices);
/* Each word is highlighted as it is spoken. The syllable times of a cue add up to its exact duration. */
void sb_ass_append(sb_bytes *out, const sb_captions *captions, bool voices);

/* Writing web pages: shared by the drift report and the clip page. */

/* Appends text for an element or attribute. Control characters and bidirectional controls become U+FFFD. */
void sb_page_escape(sb_bytes *out, const char *text);

typedef struct sb_page_part {
    const char *name;
    void (*put)(sb_bytes *out, const void *user);
    const unsigned char *text; /* instead of `put` */
} sb_page_part;

/* Appends `frame` and replaces each {{name}} by the output of that part, and {{version}} by the library's
 * version. The last of `parts` has no name. */
void sb_page_fill(sb_bytes *out, const char *frame, const sb_page_part *parts, const void *user);

/* Escaping text and paths for XML and HTML. */

/* Appends text for an element or a quoted attribute. '&', '<', '>' and '"' are escaped, control characters
 * become blanks, and characters that XML does not allow become U+FFFD. */
void sb_xml_append_text(sb_bytes *out, const char *text);

/* Appends a path as a URL: "file:///..." if it is absolute, otherwise relative. Other bytes are
 * percent-encoded, so the result needs no escaping. NULL appends nothing. */
void sb_url_append_path(sb_bytes *out, const char *path);

#endif
