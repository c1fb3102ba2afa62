/* Heads and numbers of pages between lines of speech, as in a text that was taken from a PDF. */
#include <string.h>

#include "base/text/text.h"
#include "transcript/readers/readers.h"

#define MAX_KEY         20 /* bytes */
#define MAX_PAGE_NUMBER 20
#define MAX_PAGE_HEAD   60

/* "Total time: 45:10", "Page 12 of 12", "Page 12" */
bool sb_is_number_line(const char *text, sb_range line)
{
    const char *colon = memmem(text + line.at, line.length < MAX_KEY ? line.length : MAX_KEY, ": ", 2);
    size_t at = colon ? (size_t)(colon - text) + 1 : line.at + 4, n_digits = 0;
    if (!colon && !sb_range_begins(text, line, "page "))
        return false;
    for (; at < line.at + line.length; at++) {
        n_digits += sb_is_ascii_digit(text[at]);
        if (!sb_is_ascii_digit(text[at]) && !strchr(" ,.:of", text[at]))
            return false;
    }
    return n_digits > 0;
}

/* "Page 12 of 45" */
static bool is_page_number(const char *text, sb_range line)
{
    return sb_range_begins(text, line, "page ") && line.length > 5 && line.length < MAX_PAGE_NUMBER &&
           sb_is_ascii_digit(text[line.at + 5]) && sb_is_number_line(text, line);
}

void sb_page_heads_find(sb_page_heads *out, const char *text, size_t size)
{
    sb_range above = {0};
    *out = (sb_page_heads){0};
    for (sb_line line = {0}; sb_line_next(&line, text, size);) {
        sb_range content = sb_range_trim(text, (sb_range){line.at, line.length});
        bool is_number = is_page_number(text, content);
        out->n_pages += is_number;
        for (size_t i = 0; is_number && above.length > 0 && i < SB_N_PAGE_HEADS; i++) {
            sb_page_head *head = &out->heads[i];
            if (head->count == 0)
                head->range = above;
            if (!sb_ranges_equal(text, head->range, above))
                continue;
            head->count++;
            break;
        }
        above = content.length > MAX_PAGE_HEAD ? (sb_range){0} : content;
    }
}

bool sb_is_page_head(const sb_page_heads *heads, const char *text, size_t size, sb_line line)
{
    sb_range content = sb_range_trim(text, (sb_range){line.at, line.length});
    if (heads->n_pages < 2)
        return false;
    if (is_page_number(text, content))
        return true;
    for (size_t i = 0; i < SB_N_PAGE_HEADS; i++) {
        const sb_page_head *head = &heads->heads[i];
        if (head->count < 2 || !sb_ranges_equal(text, head->range, content))
            continue;
        sb_range next = sb_line_next(&line, text, size)
                            ? sb_range_trim(text, (sb_range){line.at, line.length})
                            : (sb_range){0};
        return next.length > 0 && is_page_number(text, next);
    }
    return false;
}
