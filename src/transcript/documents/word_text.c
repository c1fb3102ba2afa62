#include <string.h>
#include <strings.h>

#include "transcript/documents/documents.h"

#include "base/words/words.h"

/* WordprocessingML, ISO/IEC 29500-1. */

typedef struct word_scan {
    sb_page_text page;
    int skipped;      /* level of the element that is left out; 0: none */
    int properties;   /* level of the open run properties; 0: none */
    int run;          /* level of the open run; 0: none */
    bool is_hidden;   /* the open run is hidden text */
    bool is_in_text;  /* inside an element that holds text */
    bool is_heading;  /* the style of the open paragraph is one */
    size_t begins_at; /* the text of the paragraph */
} word_scan;

/* Deleted and moved text, the old form of shapes, ruby pronunciations, and properties of paragraphs, whose
 * run properties do not belong to a run. */
static const char *const left_out[] = {"del",   "moveFrom", "Fallback", "rt",        "pPr",     "sectPr",
                                       "tblPr", "tcPr",     "trPr",     "instrText", "delText", NULL};

static bool is_off(const sb_markup_attribute *value)
{
    return sb_markup_is(value, "0") || sb_markup_is(value, "false") || sb_markup_is(value, "off");
}

static void put_break(word_scan *s)
{
    if (s->page.n_rows > 0)
        sb_page_end_line(&s->page);
    else
        sb_page_put_plain(&s->page, "\n");
}

static void begin_in_run(word_scan *s, const sb_markup_tag *tag)
{
    const char *name = tag->name;
    if (strcmp(name, "rPr") == 0)
        s->properties = tag->level;
    else if (strcmp(name, "vanish") == 0 && s->properties)
        s->is_hidden = !is_off(sb_markup_find(tag, "val"));
    else if (s->is_hidden)
        return;
    else if (strcmp(name, "tab") == 0 && !s->properties)
        sb_page_put_plain(&s->page, s->page.n_rows ? " " : "\t");
    else if (strcmp(name, "br") == 0 || strcmp(name, "cr") == 0)
        put_break(s);
    else if (strcmp(name, "noBreakHyphen") == 0)
        sb_page_put_plain(&s->page, "-");
    else
        s->is_in_text = strcmp(name, "t") == 0;
}

/* Word translates the names of styles, but rarely their identifiers. Identifiers of older versions have no
 * letters with accents. */
static bool is_heading_style(const sb_markup_attribute *style)
{
    static const char *const names[] = {"heading",    "title",   "subtitle", "berschrift", "titel",
                                        "titre",      "ttulo",   "titolo",   "kop",        "rubrik",
                                        "overskrift", "otsikko", "nadpis",   "nagwek"};
    for (size_t i = 0; style && i < sizeof names / sizeof *names; i++) {
        size_t n = strlen(names[i]);
        if (style->length >= n && strncasecmp(style->value, names[i], n) == 0)
            return true;
    }
    return false;
}

static sb_status word_begin(void *user, const sb_markup_tag *tag)
{
    word_scan *s = user;
    const char *name = tag->name;
    if (strcmp(name, "pStyle") == 0)
        s->is_heading = is_heading_style(sb_markup_find(tag, "val"));
    if (s->skipped && tag->level > s->skipped)
        return SB_OK;
    s->skipped = sb_word_is_among(name, left_out) ? tag->level : 0;
    if (s->skipped)
        return SB_OK;
    if (strcmp(name, "r") == 0) {
        s->run = tag->level;
        s->is_hidden = false;
    } else if (strcmp(name, "p") == 0) {
        if (s->run)
            sb_page_end_line(&s->page);
        s->run = 0;
        s->begins_at = s->page.out.size;
        s->is_heading = false;
    } else if (strcmp(name, "tr") == 0) {
        sb_page_begin_row(&s->page);
    } else if (s->run) {
        begin_in_run(s, tag);
    }
    return SB_OK;
}

static sb_status word_end(void *user, const char *name, int level)
{
    word_scan *s = user;
    if (s->skipped && level > s->skipped)
        return SB_OK;
    if (s->skipped == level)
        s->skipped = 0;
    if (s->run == level)
        s->run = 0;
    if (s->properties == level)
        s->properties = 0;
    s->is_in_text = false;
    if (strcmp(name, "p") == 0) {
        if (s->is_heading)
            sb_page_mark_heading(&s->page, s->begins_at);
        s->is_heading = false;
        sb_page_end_line(&s->page);
    } else if (strcmp(name, "tc") == 0)
        sb_page_end_cell(&s->page);
    else if (strcmp(name, "tr") == 0)
        sb_page_end_row(&s->page);
    return SB_OK;
}

static sb_status word_put(void *user, const char *text, size_t size)
{
    word_scan *s = user;
    if (s->is_in_text && !s->is_hidden && !s->skipped)
        sb_page_put(&s->page, text, size);
    return SB_OK;
}

sb_status sb_word_text(sb_bytes *out, const sb_bytes *document)
{
    word_scan s = {.page = {.out = *out, .keeps_blanks = true, .keeps_empty = true}};
    sb_markup markup = {document->data, document->size, &s, word_begin, word_end, word_put, false, 0};
    sb_status status = sb_xml_walk(&markup);
    s.page.n_rows = 0;
    sb_page_end_line(&s.page);
    *out = s.page.out;
    return status == SB_OK && out->failed ? SB_ERR_MEMORY : status;
}
