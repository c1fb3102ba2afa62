#include <stdlib.h>
#include <string.h>

#include "base/words/words.h"
#include "transcript/documents/documents.h"

/* OpenDocument, ISO/IEC 26300. */

#define MAX_BLANKS 100

typedef struct odt_scan {
    sb_page_text page;
    int skipped;      /* level of the element that is left out; 0: none */
    int n_paragraphs; /* open paragraphs: a frame in one has its own */
    size_t begins_at; /* the text of the innermost one */
} odt_scan;

static bool is_left_out(const char *name)
{
    static const char *const names[] = {
        "note",       "annotation",     "tracked-changes", "hidden-text",      "ruby-text", "forms",
        "index-body", "sequence-decls", "variable-decls",  "user-field-decls", NULL};
    return sb_word_is_among(name, names);
}

static bool is_paragraph(const char *name)
{
    return strcmp(name, "p") == 0 || strcmp(name, "h") == 0;
}

static void put_blanks(odt_scan *s, const sb_markup_attribute *count)
{
    long n = count && count->length < 6 ? strtol(count->value, NULL, 10) : 1;
    for (long i = 0; i < n && i < MAX_BLANKS; i++)
        sb_page_put_plain(&s->page, " ");
}

static void begin_inline(odt_scan *s, const sb_markup_tag *tag)
{
    if (strcmp(tag->name, "s") == 0)
        put_blanks(s, sb_markup_find(tag, "c"));
    else if (strcmp(tag->name, "tab") == 0)
        sb_page_put_plain(&s->page, s->page.n_rows ? " " : "\t");
    else if (strcmp(tag->name, "line-break") == 0 && s->page.n_rows)
        sb_page_end_line(&s->page);
    else if (strcmp(tag->name, "line-break") == 0)
        sb_page_put_plain(&s->page, "\n");
}

static sb_status odt_begin(void *user, const sb_markup_tag *tag)
{
    odt_scan *s = user;
    if (s->skipped && tag->level > s->skipped)
        return SB_OK;
    s->skipped = is_left_out(tag->name) ? tag->level : 0;
    if (s->skipped)
        return SB_OK;
    if (is_paragraph(tag->name)) {
        if (s->n_paragraphs > 0)
            sb_page_end_line(&s->page);
        s->n_paragraphs++;
        s->begins_at = s->page.out.size;
    } else if (strcmp(tag->name, "table-row") == 0) {
        sb_page_begin_row(&s->page);
    } else if (s->n_paragraphs > 0) {
        begin_inline(s, tag);
    }
    return SB_OK;
}

static sb_status odt_end(void *user, const char *name, int level)
{
    odt_scan *s = user;
    if (s->skipped && level > s->skipped)
        return SB_OK;
    if (s->skipped == level) {
        s->skipped = 0;
        return SB_OK;
    }
    if (is_paragraph(name)) {
        s->n_paragraphs -= s->n_paragraphs > 0;
        if (strcmp(name, "h") == 0)
            sb_page_mark_heading(&s->page, s->begins_at);
        sb_page_end_line(&s->page);
    } else if (strcmp(name, "table-cell") == 0) {
        sb_page_end_cell(&s->page);
    } else if (strcmp(name, "table-row") == 0) {
        sb_page_end_row(&s->page);
    }
    return SB_OK;
}

static sb_status odt_put(void *user, const char *text, size_t size)
{
    odt_scan *s = user;
    if (s->n_paragraphs > 0 && !s->skipped)
        sb_page_put(&s->page, text, size);
    return SB_OK;
}

sb_status sb_odt_text(sb_bytes *out, const sb_bytes *content)
{
    odt_scan s = {.page = {.out = *out, .keeps_empty = true}};
    sb_markup markup = {content->data, content->size, &s, odt_begin, odt_end, odt_put, false, 0};
    sb_status status = sb_xml_walk(&markup);
    s.page.n_rows = 0;
    sb_page_end_line(&s.page);
    *out = s.page.out;
    return status == SB_OK && out->failed ? SB_ERR_MEMORY : status;
}
