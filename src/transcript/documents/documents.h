/* Documents: extracting text from Word files, web pages and similar files, and transcripts in XML and
 * HTML. */
#ifndef SB_TRANSCRIPT_DOCUMENTS_DOCUMENTS_H
#define SB_TRANSCRIPT_DOCUMENTS_DOCUMENTS_H

#include "transcript/transcript.h"

/* If the data is a Word document, an OpenDocument text or RTF, sets `*container` to its name and appends its
 * text, as UTF-8. For other data, `*container` is NULL. Returns SB_ERR_FORMAT, with the reason, for documents
 * that contain no text or cannot be read; SB_ERR_MEMORY. */
sb_status sb_document_unpack(sb_bytes *out, const char **container, const void *data, size_t size,
                             const char *path, sb_error *err);

/* Returns true if the text is a web page, or a part of one. */
bool sb_html_is_page(const char *text, size_t size);

/* Walking through XML or HTML. Damaged markup is read as far as possible. Entity declarations and references
 * to other files in the text have no effect. */

typedef struct sb_markup_attribute {
    const char *name; /* without its prefix; lower case in HTML */
    const char *value;
    size_t length;
    sb_range range; /* position of the value in the text; length 0: not found */
} sb_markup_attribute;

typedef struct sb_markup_tag {
    const char *name;
    const char *prefix; /* of the name; NULL: none */
    size_t at;          /* of "<" in the text */
    size_t content_at;  /* after ">" */
    int level;          /* number of elements around this one */
    const sb_markup_attribute *attributes;
    size_t n_attributes;
} sb_markup_tag;

/* Set `text`, `size`, `user` and the functions, and zero the rest. `text` is UTF-8. */
typedef struct sb_markup {
    const char *text;
    size_t size;
    void *user;
    /* Any other status than SB_OK ends the walk. An element may end without `end` if the text is damaged: a
     * later element of the same or a lower level ends it too. */
    sb_status (*begin)(void *user, const sb_markup_tag *tag);
    sb_status (*end)(void *user, const char *name, int level);
    /* All text between two tags, with its entities as they are written. */
    sb_status (*put)(void *user, const char *text, size_t size);
    bool is_damaged;
    size_t damaged_at; /* position of the first damage in the markup */
} sb_markup;

/* Return what the functions returned; SB_ERR_MEMORY; SB_ERR_LIMIT for a text that is too large. */
sb_status sb_xml_walk(sb_markup *markup);
sb_status sb_html_walk(sb_markup *markup);

/* Returns the attribute called `name`, or NULL. */
const sb_markup_attribute *sb_markup_find(const sb_markup_tag *tag, const char *name);

/* Returns true if the attribute has the value `value`. */
bool sb_markup_is(const sb_markup_attribute *attribute, const char *value);

/* Files in a ZIP archive. */

typedef struct sb_zip_file {
    char *name;
    sb_bytes content; /* empty unless `wants` accepted the name */
} sb_zip_file;

typedef struct sb_zip {
    sb_zip_file *files;
    size_t n_files;
    bool is_encrypted;
    bool is_cut;    /* the archive is damaged or ends early; the readable part was read */
    bool is_a_bomb; /* a file is larger than a document can be */
} sb_zip;

/* Reads the names of all files, and the content of those that `wants` accepts. Returns SB_ERR_MEMORY. */
sb_status sb_zip_read(sb_zip *out, const void *data, size_t size, bool (*wants)(const char *name));
void sb_zip_finish(sb_zip *zip);

/* Returns the content of a file of the archive, or NULL. */
const sb_bytes *sb_zip_find(const sb_zip *zip, const char *name);

/* Text that is being extracted from a document. A line has no blanks at its ends. */
typedef struct sb_page_text {
    sb_bytes out;
    bool keeps_blanks; /* keep runs of blanks; if not set, a run becomes one blank */
    bool keeps_empty;  /* an empty paragraph becomes an empty line, at most one */
    bool blank_due;    /* a blank must be written before the next character */
    int n_rows;        /* open rows of tables; in them, the end of a line becomes a blank */
} sb_page_text;

/* Puts text, with its entities decoded. */
void sb_page_put(sb_page_text *page, const char *text, size_t size);
/* Puts blanks or other characters as they are. */
void sb_page_put_plain(sb_page_text *page, const char *text);
void sb_page_end_line(sb_page_text *page);
/* Returns true if a heading has a clock time, or a colon at its end, like headings that name speakers. */
bool sb_page_names_speaker(const char *text, size_t size);
/* Marks the text from byte `at` on as a heading, as Markdown does, so that it is not read as speech. Returns
 * false and changes nothing if there is no text, in tables, and if the heading names a speaker. */
bool sb_page_mark_heading(sb_page_text *page, size_t at);
/* Rows of tables are lines with a tab between cells. */
void sb_page_begin_row(sb_page_text *page);
void sb_page_end_cell(sb_page_text *page);
void sb_page_end_row(sb_page_text *page);

/* Append the text of a document's main part. Return SB_ERR_MEMORY. */
sb_status sb_word_text(sb_bytes *out, const sb_bytes *document);
sb_status sb_odt_text(sb_bytes *out, const sb_bytes *content);
sb_status sb_rtf_text(sb_bytes *out, const char *data, size_t size);
sb_status sb_html_text(sb_bytes *out, char **title, const char *text, size_t size);

/* Times of TTML. */

/* How a document counts frames and ticks. */
typedef struct sb_ttml_clock {
    int64_t frame_rate, frame_divisor; /* frames in `frame_divisor` seconds */
    int64_t sub_frames, ticks;         /* parts of a frame; ticks a second */
} sb_ttml_clock;

/* Reads the clock from the attributes of `<tt>`. */
void sb_ttml_clock_read(sb_ttml_clock *out, const sb_markup_tag *root);

typedef struct sb_ttml_time {
    sb_stamp stamp; /* `length` is the length of the digits; `problem` is set if the time cannot be read */
    /* unit of a number; 0: a clock time; SB_TIME_NONE: a spelling that cannot be written back */
    sb_time unit;
} sb_ttml_time;

/* Reads a time expression. It must be all of `text`. */
sb_ttml_time sb_ttml_time_read(const sb_ttml_clock *clock, const char *text, size_t size);

#endif
