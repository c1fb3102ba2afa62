/* Transcripts in JSON. Each form (JSON schema of a service) is described by a table of paths with roles, such
 * as "segments[].start" with the role START. One walker reads any form into items, in file order, and one
 * builder makes turns from the items. */
#ifndef SB_TRANSCRIPT_JSON_JSON_FORMS_H
#define SB_TRANSCRIPT_JSON_JSON_FORMS_H

#include "base/json/json.h"
#include "base/words/words.h"
#include "transcript/transcript.h"

#define SB_JSON_NEGATIVE "the time is negative; correct it, as transcripts begin at zero"

/* The meaning of the value at a path. The first roles are for objects or arrays, which the walker opens; the
 * others are for the values in them. */
typedef enum sb_json_role {
    SB_JSON_NONE,
    SB_JSON_GROUP,   /* contains items, and a speaker or a channel for items without one */
    SB_JSON_TRACK,   /* a group whose index is the channel of its items */
    SB_JSON_SEGMENT, /* one turn, unless its words have several speakers; may contain words */
    SB_JSON_PASSAGE, /* speech of any length; turns are made from its words */
    SB_JSON_WORD,    /* a word, a part of one or a punctuation mark */
    SB_JSON_LABEL,   /* who speaks from START to END */
    SB_JSON_NAME,    /* the name of a speaker: ID and TEXT */
    SB_JSON_LAST_CONTAINER = SB_JSON_NAME,
    SB_JSON_START,
    SB_JSON_END,
    SB_JSON_DURATION,
    SB_JSON_OFFSET,      /* START counted from the start of the segment */
    SB_JSON_START_AGAIN, /* the same time in another spelling */
    SB_JSON_END_AGAIN,
    SB_JSON_START_PART, /* one of several numbers that add up to START */
    SB_JSON_END_PART,
    SB_JSON_TEXT,
    SB_JSON_BETTER_TEXT, /* used instead of TEXT if both are present */
    SB_JSON_SPEAKER,
    SB_JSON_BETTER_SPEAKER, /* used instead of SPEAKER if both are present */
    SB_JSON_CHANNEL,
    SB_JSON_KIND,     /* "punctuation", "audio_event" ... */
    SB_JSON_ATTACHES, /* "previous", "next", "both" */
    SB_JSON_IS_FINAL, /* false: the words of this group are repeated later */
    SB_JSON_ID,
    SB_JSON_LANGUAGE,
    SB_JSON_TITLE
} sb_json_role;

/* The unit of times without a colon. */
typedef enum sb_json_unit {
    SB_JSON_ANY_UNIT, /* in a field: the unit of the form; in a form: detected from the length of the text */
    SB_JSON_SECONDS,
    SB_JSON_MS,
    SB_JSON_US,
    SB_JSON_TICKS, /* 100 ns */
    SB_JSON_NS
} sb_json_unit;

/* `path` has keys and indices: "a.b[].c", "[0]" for the first item only, "*" for any key, "x|y" for either
 * key. A path that begins with "." continues that of the last container before it. If several lists have the
 * same content, the one with the highest `rank` is used, or the first in the file. Words of rank
 * SB_JSON_LOOSE only give times to the text of segments; if there are no segments, they are used as words. */
#define SB_JSON_LOOSE (-1)

typedef struct sb_json_field {
    sb_json_role role;
    const char *path;
    int rank;
    sb_json_unit unit;
} sb_json_field;

#define SB_JSON_SIGN_PATHS 4

/* A sign of a form: all these paths occur. The last sign of a form has no paths. */
typedef struct sb_json_sign {
    int score;
    const char *why;
    const char *paths[SB_JSON_SIGN_PATHS];
} sb_json_sign;

typedef struct sb_json_form {
    const sb_json_field *fields; /* the last has no path */
    const sb_json_sign *signs;
    const char *roots; /* prefixes of all paths, separated by blanks; "." is the document. NULL: no prefix */
    sb_json_unit unit;
    bool carries_speaker; /* a segment without a speaker continues the one before */
    bool stops_overlap;   /* durations are display times, which overlap the next caption */
    bool last_repeats;    /* the last segment may repeat all words, with speakers */
    const char *nobody;   /* the value for an unknown speaker */
} sb_json_form;

/* A compact sb_range. */
typedef struct sb_json_mark {
    uint64_t at : 36, length : 28;
} sb_json_mark;

typedef struct sb_json_piece {
    sb_time start, end;
    sb_json_mark start_mark, end_mark, start_again, end_again; /* the digits, where they can be rewritten */
    sb_json_mark text, speaker; /* a JSON string with its escapes, or a number */
    uint64_t at : 40;           /* where the item begins */
    uint64_t role : 5, has_speaker : 1, has_text : 1, is_event : 1;
    uint64_t attaches_before : 1, attaches_after : 1, better_text : 1, is_null_speaker : 1;
    uint64_t speaker_rank : 8; /* of the key that named the speaker: the highest counts; 0: none did */
    uint64_t is_dropped : 1, has_bad_start : 1;
    int16_t channel;   /* -1: none */
    uint32_t n_inside; /* for segments: the number of words, which are the next items */
} sb_json_piece;

typedef struct sb_json_pieces {
    sb_json_piece *items;
    size_t n_items, capacity;
} sb_json_pieces;

/* Returns false if memory runs out. */
bool sb_json_pieces_add(sb_json_pieces *pieces, const sb_json_piece *piece);

/* Everything that the walker finds in a document. */
typedef struct sb_json_finds {
    sb_json_pieces items; /* segments, each followed by its words, and words without a segment */
    sb_json_pieces loose; /* words of a list of lower rank, whose times may be used for segments */
    sb_json_pieces labels, names;
    char *language, *title;
    sb_hash_index name_index;
    bool has_list;             /* there is a list of items, which may be empty */
    bool has_channels;         /* more than one */
    sb_json_unit written_unit; /* of the numbers that can be rewritten */
    sb_range cut;              /* length 1: the position at which the document ends too early or is damaged */
    bool is_damaged, too_long; /* too_long: a text that is longer than a transcript can be */
    size_t too_long_at;
    /* number of times that cannot be used, position of the first, and number of all other times */
    size_t n_bad_times, bad_at, n_good_times;
    const char *bad_why;
    size_t n_mended, mended_at; /* number of missing or extra commas, and position of the first */
} sb_json_finds;

/* A node of the tree of paths. Nodes are indices; 0 is the root, and also stands for "none". */
typedef struct sb_json_node {
    const char *key; /* not terminated */
    size_t key_length;
    uint32_t child, next; /* first child, next sibling */
    uint32_t element;     /* of "[]" */
    sb_json_role role;
    sb_json_unit unit;
    int rank, field;
} sb_json_node;

typedef struct sb_json_tree {
    sb_json_node *nodes;
    size_t n_nodes, capacity;
} sb_json_tree;

/* The meanings of keys, in any spelling: "start_time", "startTime", "Start Time". */

#define SB_JSON_KEY_BYTES 41 /* a longer key has no meaning */

typedef enum sb_json_key_kind {
    SB_JSON_KEY_TEXT,
    SB_JSON_KEY_START,
    SB_JSON_KEY_END,
    SB_JSON_KEY_DURATION,
    SB_JSON_KEY_SPEAKER,    /* the kinds up to here are also known in other languages, as names of columns */
    SB_JSON_KEY_SPAN,       /* of a start and an end, in an array */
    SB_JSON_KEY_INNER_TIME, /* in an object that is a time */
    SB_JSON_KEY_LANGUAGE,
    SB_JSON_KEY_NAME, /* in an object that is a speaker */
    SB_JSON_KEY_ID
} sb_json_key_kind;

/* Returns the rank of the key among those of this kind: the smallest is tried first. Returns
 * SB_JSON_LIKE_COLUMN if it is a name of a column of this kind, and SIZE_MAX if it has another meaning. */
#define SB_JSON_LIKE_COLUMN 1000
size_t sb_json_key_rank(sb_json_key_kind kind, const char *key, size_t length);

/* Copies the key without "_", "-", blanks and capitals, cut to SB_JSON_KEY_BYTES. */
void sb_json_plain_key(char plain[SB_JSON_KEY_BYTES], const char *key, size_t length);

/* Returns the unit that a key names, "start_ms", or SB_JSON_ANY_UNIT. */
sb_json_unit sb_json_key_unit(const char *key, size_t length);

/* Ranks of the keys of a speaker; a key of a higher rank counts. A name is better than what the form
 * describes as the speaker, which may be an id; other keys are used if the form describes none. */
#define SB_JSON_ID_RANK     100 /* keys with several meanings have less than half of it */
#define SB_JSON_FORM_RANK   150
#define SB_JSON_NAME_RANK   200
#define SB_JSON_BETTER_RANK 220

/* Returns the rank of the key, or 0 if it is not that of a speaker. Set `only_clear` to leave out keys with
 * other meanings, such as "name". */
unsigned sb_json_speaker_rank(const char *key, size_t length, bool only_clear);
bool sb_json_is_channel_key(const char *key, size_t length);
bool sb_json_is_names_key(const char *key, size_t length); /* of a list of speakers */

/* Makes the tree of the fields' paths below each of the roots. The paths must outlive it. Returns false if
 * memory runs out; free its nodes in any case. */
bool sb_json_tree_make(sb_json_tree *tree, const sb_json_field *fields, const char *roots);

/* Return the child for a key or an index, or 0. */
uint32_t sb_json_tree_key(const sb_json_tree *tree, uint32_t node, const char *key, size_t size);
uint32_t sb_json_tree_index(const sb_json_tree *tree, uint32_t node, size_t index);

static inline bool sb_json_begins_container(const sb_scan_token *token)
{
    return token->kind == SB_SCAN_BEGIN_OBJECT || token->kind == SB_SCAN_BEGIN_ARRAY;
}

/* Reads a time: a number or a clock time, "1.300s", "PT1.3S". `*written` is the part that can be rewritten.
 * Returns why it cannot be used, or NULL. A null gives SB_TIME_NONE. */
const char *sb_json_read_time(sb_time *time, sb_range *written, const char *text, const sb_scan_token *token,
                              sb_json_unit unit);

/* A start and an end in one text: "00:01:02 - 00:01:09". */
typedef struct sb_json_span_read {
    sb_time times[2];
    sb_range written[2];
} sb_json_span_read;

/* Returns false if the text is something else. `out` may be NULL. */
bool sb_json_read_span(const char *text, const sb_scan_token *token, sb_json_span_read *out);

/* Returns the unit of times from the length of the speech: `sum` units for `n_chars` characters. */
sb_json_unit sb_json_guess_unit(double sum, double n_chars);

/* Returns the language as a BCP 47 tag: "en-US" for "en_us", "en" for "english". Returns NULL if it is none.
 * The caller frees it. */
char *sb_json_language(const char *text, size_t size, bool *ok);

/* An item that is being read. */
typedef struct sb_json_open {
    sb_json_role role;
    int rank;
    sb_json_piece item;
    sb_time duration;
    size_t first;    /* number of items before it */
    bool is_interim; /* its content is repeated later */
} sb_json_open;

#define SB_JSON_MAX_OPEN 8

void sb_json_open_init(sb_json_open *open, const sb_json_node *node, size_t at);

/* Takes a value into the innermost open item, or into `out`. Returns SB_ERR_MEMORY. */
sb_status sb_json_open_take(sb_json_open *stack, size_t n_open, const sb_json_node *node,
                            const sb_scan_token *token, const sb_reading *reading, const sb_json_scan *scan,
                            sb_json_finds *out);

/* Takes the speaker from a text or a number; another token means that nobody is named. */
void sb_json_take_speaker(sb_json_piece *item, unsigned rank, const sb_scan_token *token);

/* Reads the object of a speaker, {"id": 1, "name": "Ann"}, whose first token was read. Sets `*name` to the
 * name, the id if there is none, or a token that is neither text nor number. Returns the last token. */
sb_scan_token sb_json_read_person(sb_scan_token *name, sb_json_scan *scan, sb_scan_token first,
                                  size_t *n_mended);

/* Passes over the value of a key that the form does not describe, and adds the names of speakers in it. `key`
 * is empty for items of arrays. `*token` is the first token, then the last. Returns SB_ERR_MEMORY. */
sb_status sb_json_pass_over(sb_json_finds *out, sb_json_scan *scan, sb_range key, sb_scan_token *token);

/* Sets the end from the duration, and drops an end before the start. */
void sb_json_open_settle(sb_json_open *open, sb_json_finds *out);

/* Returns true for marks that tokenizers add: "[_BEG_]", "<|0.00|>". */
bool sb_json_is_token_mark(const char *text, sb_json_mark mark);

/* Walks through a document, or several one after another. Stops after `max_items` items. Returns
 * SB_ERR_MEMORY. */
sb_status sb_json_walk(sb_json_finds *out, sb_reading *reading, const sb_json_form *form, sb_json_unit unit,
                       size_t max_items);
void sb_json_finds_finish(sb_json_finds *finds);

/* Moves the loose words into the segments, by their times. If there are no segments, the loose words become
 * the items. Returns false if memory runs out. */
bool sb_json_hand_out_words(sb_json_finds *finds);

/* Drops speakers from keys with several meanings, such as "name", if each segment has another one: they are
 * titles. */
void sb_json_drop_titles(sb_json_finds *finds, const char *text);

/* The first function gives words their speakers from the labels. The other drops repeated content. */
void sb_json_label_words(sb_json_finds *finds);
void sb_json_drop_repeats(sb_json_finds *finds);

/* Finding words in the text of their segment. */
typedef struct sb_json_spot {
    size_t begin, end; /* bytes of the text; begin == end: not found there */
} sb_json_spot;

/* Finds `word` in `text` from `*at` on, ignoring case and punctuation, and advances `*at`. */
sb_json_spot sb_json_find_word(const char *text, size_t size, size_t *at, const char *word, size_t word_size);

/* Indexes the names for sb_json_speaker_name. Returns false if memory runs out. */
bool sb_json_index_names(sb_json_finds *finds, const char *text);

/* Appends the name of the item's speaker: the name that the file gives to the id, "Speaker 1" for a number,
 * or the text itself. If the file has several channels, those without a name are "Channel 1". */
void sb_json_speaker_name(sb_bytes *out, const sb_json_finds *finds, const sb_json_form *form,
                          const sb_json_scan *scan, const sb_json_piece *item);

/* Adds the turns. Returns SB_ERR_MEMORY. */
sb_status sb_json_add_turns(sb_reading *reading, const sb_json_form *form, sb_json_finds *finds);

/* Finds the unit of the form's times: the unit of the form, or else the one that fits the amount of text.
 * Returns SB_ERR_MEMORY. */
sb_status sb_json_find_unit(sb_json_unit *unit, sb_reading *reading, const sb_json_form *form);

/* Reads a document of this form. */
sb_status sb_json_read_form(sb_reading *reading, const sb_json_form *form);

/* Looks for the signs of the form. */
sb_sniff sb_json_sniff_form(const char *text, size_t size, const sb_json_form *form);

/* Returns true for a text that begins like JSON: "{" and a key, or "[" and a value. Sets `*ok` to false if
 * memory runs out. */
bool sb_json_begins(const char *text, size_t size, bool *ok);

/* The shape of an unknown document: its keys, and the kinds of their values. */

typedef struct sb_json_shape {
    const char *key; /* "[]" for the items of an array; not terminated */
    size_t key_length, at;
    uint32_t parent, child, next, n_children;
    int depth;
    /* number of values of each kind; clocks are strings that are times */
    size_t n_objects, n_arrays, n_texts, n_numbers, n_clocks;
    size_t text_bytes, n_blanks;
    size_t n_dates;             /* numbers that are times since 1970 */
    size_t n_rising, n_greater; /* numbers that are not less than the one before; numbers that are greater */
    double latest;
} sb_json_shape;

typedef struct sb_json_survey {
    sb_json_shape *shapes; /* the first is the root */
    size_t n_shapes, capacity;
} sb_json_survey;

/* Surveys the beginning of a document. Returns false if memory runs out. Free its shapes in any case. */
bool sb_json_survey_make(sb_json_survey *survey, const char *text, size_t size);

/* A list of timed text that was found: the shapes of its items and of the values in them. 0: none. */
typedef struct sb_json_list {
    uint32_t record, text, start, end, duration, speaker;
    double weight; /* how much text; 0: this is no list of speech */
} sb_json_list;

/* Finds the list with the most timed text, or of turns with speakers if there is none, and the list of words
 * in its items. Returns false if there is none. */
bool sb_json_find_lists(sb_json_list *list, sb_json_list *words, const sb_json_survey *survey);

/* Return the shape of the speaker in a record, also in {"speaker": {"name": "Ann"}}, and of the document's
 * language; 0 if there is none. */
uint32_t sb_json_find_speaker(const sb_json_survey *survey, uint32_t record);
uint32_t sb_json_find_language(const sb_json_survey *survey);

static inline sb_range sb_json_range(sb_json_mark mark)
{
    return (sb_range){mark.at, mark.length};
}

/* Defines the reader `sb_reader_NAME` of the form NAME_form. */
#define SB_JSON_READER(ident, name, summary)                                                                 \
    static sb_sniff ident##_sniff(const char *text, size_t size)                                             \
    {                                                                                                        \
        return sb_json_sniff_form(text, size, &ident##_form);                                                \
    }                                                                                                        \
    static sb_status ident##_read(sb_reading *reading)                                                       \
    {                                                                                                        \
        return sb_json_read_form(reading, &ident##_form);                                                    \
    }                                                                                                        \
    const sb_reader sb_reader_##ident = {name, summary, ident##_sniff, ident##_read, SB_UNIT_CUE}

/* Gives words without times, often numbers, an equal share of the time between their neighbours. */
void sb_json_fill_times(sb_turn *turn);

#endif
