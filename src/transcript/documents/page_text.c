#include <string.h>

#include "base/text/text.h"
#include "transcript/documents/documents.h"

static char last_of(const sb_page_text *page)
{
    return page->out.size > 0 ? page->out.data[page->out.size - 1] : '\n';
}

static void strip(sb_page_text *page, const char *chars)
{
    while (page->out.size > 0 && strchr(chars, last_of(page)))
        page->out.data[--page->out.size] = '\0';
}

static void put_char(sb_page_text *page, int32_t c)
{
    char bytes[4];
    if (page->blank_due && !strchr("\n\t", last_of(page)))
        sb_bytes_append(&page->out, " ", 1);
    page->blank_due = false;
    sb_bytes_append(&page->out, bytes, sb_utf8_encode(c, bytes));
}

static bool is_ignored(int32_t c)
{
    return c == 0 || c == 0xAD || c == 0xFEFF; /* soft hyphen, byte order mark */
}

void sb_page_put(sb_page_text *page, const char *text, size_t size)
{
    for (size_t at = 0, bytes = 0; at < size && !page->out.failed; at += bytes) {
        int32_t c = text[at] == '&' ? sb_entity_read(text + at, size - at, &bytes) : 0;
        if (c == 0) {
            bytes = 0;
            c = sb_utf8_next(text + at, size - at, &bytes);
        }
        bool is_line_end = c == '\n' || c == '\r';
        if (!is_ignored(c) && (!sb_is_space(c) || (page->keeps_blanks && !is_line_end)))
            put_char(page, c);
        else if (!is_ignored(c))
            page->blank_due = true;
    }
}

void sb_page_put_plain(sb_page_text *page, const char *text)
{
    page->blank_due = false;
    sb_bytes_text(&page->out, text);
}

void sb_page_end_line(sb_page_text *page)
{
    if (page->n_rows > 0) {
        page->blank_due = true;
        return;
    }
    page->blank_due = false;
    strip(page, " \t");
    bool is_empty = last_of(page) == '\n';
    bool after_empty = page->out.size < 2 || page->out.data[page->out.size - 2] == '\n';
    if (!is_empty || (page->keeps_empty && !after_empty))
        sb_bytes_append(&page->out, "\n", 1);
}

bool sb_page_names_speaker(const char *text, size_t size)
{
    for (size_t i = 0; i + 2 < size; i++) {
        if (text[i] == ':' && text[i + 1] >= '0' && text[i + 1] <= '9')
            return true;
    }
    return size > 0 && text[size - 1] == ':';
}

bool sb_page_mark_heading(sb_page_text *page, size_t at)
{
    sb_bytes *out = &page->out;
    size_t size = out->size > at ? out->size - at : 0;
    if (size == 0 || page->n_rows > 0 || sb_page_names_speaker(out->data + at, size))
        return false;
    sb_bytes_text(out, "## ");
    if (out->failed)
        return false;
    memmove(out->data + at + 3, out->data + at, size);
    memcpy(out->data + at, "## ", 3);
    return true;
}

void sb_page_begin_row(sb_page_text *page)
{
    if (page->n_rows == 0 && last_of(page) != '\n')
        sb_page_end_line(page);
    page->n_rows++;
}

void sb_page_end_cell(sb_page_text *page)
{
    page->blank_due = page->n_rows > 1;
    if (page->n_rows == 1) {
        strip(page, " ");
        sb_bytes_append(&page->out, "\t", 1);
    }
}

void sb_page_end_row(sb_page_text *page)
{
    page->n_rows -= page->n_rows > 0;
    sb_page_end_line(page);
}
