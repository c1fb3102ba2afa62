/* Text with speaker headers or leading times. There is one grammar of header lines; each format uses some of
 * its forms. */
#ifndef SB_TRANSCRIPT_HEADED_HEADED_H
#define SB_TRANSCRIPT_HEADED_HEADED_H

#include "transcript/transcript.h"

/* The time part of a header: a clock time or two, in brackets of any kind or bare, also as a Markdown
 * link. */
typedef struct sb_header_time {
    sb_range stamp, stop; /* the digits; length 0: none */
    sb_stamp time, end;
    int frame, end_frame; /* of HH:MM:SS:FF; -1: none */
    char bracket;         /* '(', '[', '{'; 0: none */
    bool is_arrow;        /* "TIME --> TIME" */
    bool is_empty;        /* brackets without a time, such as "[--:--]" */
    size_t next;          /* position after it */
} sb_header_time;

/* Returns false if no time begins at text[at]. Looks at a bounded number of bytes. */
bool sb_header_time_read(sb_header_time *out, const char *text, size_t at, size_t end);

/* Skip blanks and invisible characters, or these and marks of emphasis ("**", "<b>"). */
size_t sb_skip_blanks(const char *text, size_t at, size_t end);
size_t sb_skip_marks(const char *text, size_t at, size_t end);

/* The form of a header line. */
typedef enum sb_header_form {
    SB_HEADER_NONE,
    SB_HEADER_SQUARE, /* NAME [TIME]: */
    SB_HEADER_ROUND,  /* NAME (TIME): or (TIME): or NAME (TIME) alone */
    SB_HEADER_BARE,   /* NAME TIME, NAME - TIME, NAME [TIME] alone on a line */
    SB_HEADER_MARKED, /* **NAME:** with or without a time, NAME: [TIME], [NAME] [TIME] */
    SB_HEADER_TIME,   /* TIME text, TIME NAME: text, TIME alone */
    SB_HEADER_ARROW,  /* [TIME --> TIME] text */
    SB_HEADER_NAME,   /* NAME: text */
    SB_HEADER_N_FORMS
} sb_header_form;

/* The parts of one line. If it is not a header, only `rest` is set: the line without quotation marks of
 * e-mail ("> "). */
typedef struct sb_header {
    sb_header_form form;
    sb_range name; /* without marks and brackets */
    sb_header_time time;
    sb_range rest;
    bool has_time;
    int level;         /* level of a heading: the number of "#"; 0: not a heading */
    bool is_bold;      /* all of the line, or the name, is emphasised */
    bool is_bracketed; /* "[NAME] text", without a colon */
    bool name_is_weak; /* only the colon after it shows that it is a name */
} sb_header;

/* Forms that count as headers only if the whole text uses them. */
enum {
    SB_STYLE_LOOSE_TIMES = 1 << 0, /* NAME: 01:30 text */
};

/* Returns the forms above that the text uses. */
unsigned sb_header_styles(const char *text, size_t size);

void sb_header_read(sb_header *out, const char *text, sb_range line, unsigned styles);

/* Returns true if the line is a name and nothing else. */
bool sb_is_name_line(const char *text, sb_range line);

/* The result of a survey of all lines. */
#define SB_SURVEY_NAMES 128

typedef struct sb_survey_name {
    sb_range range;
    size_t count;                /* without a time, or where only a colon shows that it is a name */
    size_t n_beside_times;       /* other occurrences, in headers with a time */
    size_t n_after_times;        /* of `count`: "TIME NAME: text" */
    size_t n_below_times;        /* of `count`: alone on the line below a header with a name and a time */
    size_t n_alone;              /* of `count`: with no text on the line */
    size_t n_bracketed;          /* of `count`: "[NAME] text" */
    size_t n_bare;               /* of `count`: emphasised, without a colon: "**Ann Lee**" */
    size_t n_bold, n_paragraphs; /* of `count`: emphasised; at the beginning of a paragraph */
    bool is_label;               /* of a part of each turn, such as "English:"; no speaker */
    bool is_heading;             /* "**The pier**", where names have a colon; no speaker */
    bool is_early;               /* it occurs before the first name that occurs twice */
    bool is_like_others;         /* it occurs once, in the form and position of the names that occur twice */
    sb_line last;                /* where it occurs last */
    int level;                   /* level of the headings that have it; 0: it also occurs elsewhere */
} sb_survey_name;

typedef struct sb_survey {
    unsigned styles; /* of sb_header_styles */
    size_t n_forms[SB_HEADER_N_FORMS];
    size_t n_lines;        /* number of lines that are not blank */
    size_t n_paragraphs;   /* number of lines, other than headings, below a blank line */
    size_t n_timed;        /* headers with a time */
    size_t n_marked_times; /* of SB_HEADER_MARKED, with a time */
    size_t n_times_alone;  /* lines with a time only */
    size_t n_nameless;     /* lines of SB_HEADER_TIME without a name */
    bool begins_with_time; /* the first line of speech begins with a time */
    bool begins_with_name; /* the first line of speech is "NAME: text" */
    bool has_names_above;  /* NAME on a line, TIME on the next */
    bool has_times_above;  /* TIME on a line, NAME: on the next */
    bool has_names_below;  /* TIME on a line, NAME on the next, then text */
    bool has_names_after;  /* TIME NAME on a line, text on the next */
    int timed_level;       /* level of headings with a time that begin turns, as nothing else does; 0: none */
    int name_level;        /* level of headings that are names, because one occurs twice; 0: none */
    bool names_count;      /* "NAME: text" are headers */
    sb_line start;         /* the last line that is known to be above the speech; zeroed: none */
    bool is_marked;        /* a heading such as "Transcript" ends the front matter */
    size_t first_timed;    /* position of the first header with a time */
    size_t n_untimed;      /* headers without a time below it */
    int max_frame;         /* -1: no time has frames */
    size_t frame_at;
    sb_line last_turn; /* the last header */
    size_t tail_at;    /* position of the last four lines */
    sb_survey_name names[SB_SURVEY_NAMES];
    size_t n_names;
} sb_survey;

void sb_survey_make(sb_survey *out, const char *text, size_t size);

/* Returns the name of the survey; NULL if it is not there. */
sb_survey_name *sb_survey_find(const sb_survey *survey, const char *text, sb_range name);

/* Adds a note if there is much prose above the first turn that may be speech. `start` is the last line that
 * was not read as speech. */
void sb_survey_note_prose(const sb_survey *survey, sb_reading *reading, const sb_line *start);

/* Returns the position of the text below the speech, such as notes; SIZE_MAX if there is none. */
size_t sb_survey_closing(const sb_survey *survey, const char *text, size_t size);

/* Decides which names that occur once are speakers. */
void sb_survey_judge_names(sb_survey *survey, const char *text, size_t size);

/* Returns the last line of metadata, such as "Host: Ann Lee", below survey->start and above the first turn;
 * survey->start if there is none. */
sb_line sb_survey_keys_end(const sb_survey *survey, const char *text, size_t size);

/* Returns true if the name of a header without a time is a speaker. */
bool sb_survey_has_name(const sb_survey *survey, const char *text, sb_range name);

/* Writes text without its Markdown: emphasis, links, images, code, tags and footnotes. */
void sb_markup_put(sb_text_writer *writer, const char *text, size_t size);

/* A format: the forms of its headers, and other forms that also count as headers. */
typedef struct sb_headed_format {
    unsigned forms, other_forms; /* bits: 1 << sb_header_form */
    const char *example;         /* for messages: "NAME (00:01:30):" */
    bool has_log;                /* lines above the first header are output of a program, not a title */
} sb_headed_format;

#define SB_FORM(form) (1U << (form))

/* Reads all turns. */
sb_status sb_headed_read(sb_reading *reading, const sb_headed_format *format);

/* Returns the share of timed headers that have one of `forms`, in percent; 0 if there are none. */
int sb_survey_share(const sb_survey *survey, unsigned forms);

#endif
