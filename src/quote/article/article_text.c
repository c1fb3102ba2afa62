#include "quote/article/article.h"

#include <stdlib.h>
#include <string.h>

#include "base/text/text.h"
#include "base/words/words.h"
#include "transcript/documents/documents.h"

void sb_article_free(sb_article **article)
{
    if (!*article)
        return;
    for (size_t i = 0; i < (*article)->n_paragraphs; i++)
        free((*article)->paragraphs[i]);
    free((*article)->paragraphs);
    free(*article);
    *article = NULL;
}

/* The end of "[text](address)" whose "[" is at `at`, and of its text; 0 if it is no link. */
static size_t link_end(const char *text, size_t size, size_t at, size_t *text_end)
{
    size_t depth = 0, i = at;
    for (; i < size; i++) {
        depth += text[i] == '[';
        depth -= text[i] == ']';
        if (!depth)
            break;
    }
    if (i + 1 >= size || text[i + 1] != '(')
        return 0;
    *text_end = i;
    const char *close = memchr(text + i, ')', size - i);
    return close ? (size_t)(close - text) + 1 : 0;
}

static size_t tag_end(const char *text, size_t size, size_t at)
{
    if (at + 1 >= size || !(text[at + 1] == '/' || (text[at + 1] | 32) >= 'a') || (text[at + 1] | 32) > 'z')
        return 0;
    const char *close = memchr(text + at, '>', size - at);
    return close ? (size_t)(close - text) + 1 : 0;
}

static bool is_blank_byte(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r' || !c;
}

/* "*" and "_" that set words in italics, not those of "2 * 3" and "snake_case". */
static bool is_emphasis(const char *text, size_t size, size_t at)
{
    char before = at ? text[at - 1] : ' ', after = at + 1 < size ? text[at + 1] : ' ';
    if (text[at] == '*')
        return !(is_blank_byte(before) && is_blank_byte(after));
    return text[at] == '_' && is_blank_byte(before) != is_blank_byte(after);
}

static void strip_inline(sb_bytes *out, const char *text, size_t size)
{
    for (size_t at = 0; at < size;) {
        size_t text_end = 0, end = 0;
        bool is_image = text[at] == '!' && at + 1 < size && text[at + 1] == '[';
        if (text[at] == '[' || is_image)
            end = link_end(text, size, at + is_image, &text_end);
        if (end) {
            if (!is_image)
                strip_inline(out, text + at + 1, text_end - at - 1);
            at = end;
        } else if (text[at] == '<' && (end = tag_end(text, size, at))) {
            at = end;
        } else if (text[at] == '\\' && at + 1 < size && strchr("\"'*_[]()#>-`\\", text[at + 1])) {
            sb_bytes_append(out, text + at + 1, 1);
            at += 2;
        } else if (is_emphasis(text, size, at)) {
            at++;
        } else {
            sb_bytes_append(out, text + at++, 1);
        }
    }
}

/* "# ", "> ", "- " and "1. " at the beginning of a line. */
static size_t after_prefix(const char *text, size_t size)
{
    size_t at = 0;
    for (;;) {
        size_t begin = at;
        while (at < size && is_blank_byte(text[at]))
            at++;
        size_t mark = at;
        while (at < size && (text[at] == '#' || text[at] == '>'))
            at++;
        if (at == mark && at + 1 < size && strchr("-*+", text[at]) && text[at + 1] == ' ')
            at += 2;
        if (at == begin || at == mark)
            return at;
    }
}

bool sb_article_add(sb_article *article, const char *text, size_t size)
{
    sb_bytes plain = {0};
    sb_page_text page = {0};
    for (size_t at = 0; at < size;) {
        const char *line_end = memchr(text + at, '\n', size - at);
        size_t length = line_end ? (size_t)(line_end - text) - at : size - at;
        size_t skip = after_prefix(text + at, length);
        strip_inline(&plain, text + at + skip, length - skip);
        sb_bytes_text(&plain, "\n");
        at += length + (line_end != NULL);
    }
    for (size_t i = 0; i < plain.size; i++)
        if (plain.data[i] == '\n' || plain.data[i] == '\r')
            plain.data[i] = ' ';
    sb_page_put(&page, plain.failed ? "" : plain.data ? plain.data : "", plain.failed ? 0 : plain.size);
    sb_page_end_line(&page);
    bool ok = !plain.failed && !page.out.failed;
    while (ok && page.out.size && is_blank_byte(page.out.data[page.out.size - 1]))
        page.out.data[--page.out.size] = '\0';
    sb_bytes_finish(&plain);
    if (ok && page.out.size) {
        ok = sb_grow(&article->paragraphs, article->n_paragraphs, &article->capacity,
                     sizeof *article->paragraphs);
        if (ok)
            article->paragraphs[article->n_paragraphs] = sb_copy_bytes(page.out.data, page.out.size);
        ok = ok && article->paragraphs[article->n_paragraphs];
        article->n_paragraphs += ok;
    }
    sb_bytes_finish(&page.out);
    return ok;
}

/* Web pages: every element that is not inside a line ends a paragraph. */

typedef struct web {
    sb_page_text page;
    int skipped; /* level of an element without text of the article; 0: none */
} web;

static const char *const silent[] = {"script", "style",    "head",   "nav",    "template",
                                     "svg",    "noscript", "form",   "iframe", "textarea",
                                     "select", "button",   "object", NULL};
static const char *const inside_lines[] = {
    "a", "abbr", "b",     "bdi",  "bdo",    "cite", "code", "del",  "em", "font", "i",   "ins", "kbd", "mark",
    "s", "samp", "small", "span", "strong", "sub",  "sup",  "time", "u",  "var",  "wbr", "img", "q",   NULL};

static sb_status begin_tag(void *user, const sb_markup_tag *tag)
{
    web *w = user;
    if (w->skipped)
        return SB_OK;
    if (sb_word_is_among(tag->name, silent))
        w->skipped = tag->level + 1;
    else if (!strcmp(tag->name, "q"))
        sb_page_put_plain(&w->page, "\u201c");
    else if (!sb_word_is_among(tag->name, inside_lines))
        sb_page_end_line(&w->page);
    return SB_OK;
}

static sb_status end_tag(void *user, const char *name, int level)
{
    web *w = user;
    if (w->skipped) {
        w->skipped = level + 1 <= w->skipped ? 0 : w->skipped;
        return SB_OK;
    }
    if (!strcmp(name, "q"))
        sb_page_put_plain(&w->page, "\u201d");
    else if (!sb_word_is_among(name, inside_lines))
        sb_page_end_line(&w->page);
    return SB_OK;
}

static sb_status put_text(void *user, const char *text, size_t size)
{
    web *w = user;
    if (!w->skipped)
        sb_page_put(&w->page, text, size);
    return SB_OK;
}

static bool add_lines(sb_article *article, const char *text, size_t size)
{
    bool ok = true;
    for (size_t at = 0; ok && at < size;) {
        const char *end = memchr(text + at, '\n', size - at);
        size_t length = end ? (size_t)(end - text) - at : size - at;
        ok = sb_article_add(article, text + at, length);
        at += length + 1;
    }
    return ok;
}

static sb_status read_web(sb_article *article, const char *text, size_t size, sb_error *err)
{
    web w = {0};
    sb_markup markup = {
        .text = text, .size = size, .user = &w, .begin = begin_tag, .end = end_tag, .put = put_text};
    sb_status status = sb_html_walk(&markup);
    sb_page_end_line(&w.page);
    if (!status &&
        (w.page.out.failed || !add_lines(article, w.page.out.data ? w.page.out.data : "", w.page.out.size)))
        status = SB_ERR_MEMORY;
    sb_bytes_finish(&w.page.out);
    return status == SB_ERR_LIMIT
               ? sb_error_set(err, status, "the web page is too large; save its text alone")
           : status ? sb_error_memory(err, "reading an article")
                    : SB_OK;
}

/* True if the lines are paragraphs, and not parts of one that was broken to fit a width. */
static bool lines_are_whole(const char *text, size_t size)
{
    size_t n = 0, n_whole = 0;
    for (size_t at = 0; at < size;) {
        const char *end = memchr(text + at, '\n', size - at);
        size_t next = end ? (size_t)(end - text) + 1 : size, last = next;
        while (last > at && is_blank_byte(text[last - 1]))
            last--;
        n++;
        n_whole += last > at && ((unsigned char)text[last - 1] >= 0x80 || strchr(".!?:\"'", text[last - 1]));
        at = next;
    }
    return 2 * n_whole > n;
}

/* Blank lines separate paragraphs. If there are none, each line is a paragraph. The settings at the head of
 * Markdown, and program code, are left out. */
static bool read_plain_article(sb_article *article, const char *text, size_t size)
{
    bool ok = true, in_code = false;
    sb_bytes paragraph = {0};
    bool has_blank_lines = strstr(text, "\n\n") || strstr(text, "\n\r\n") || !lines_are_whole(text, size);
    size_t at = 0;
    if (!strncmp(text, "---\n", 4) || !strncmp(text, "---\r\n", 5)) {
        const char *end = strstr(text + 4, "\n---");
        at = end ? (size_t)(end - text) + 4 : 0;
    }
    for (; ok && at <= size;) {
        const char *end = at < size ? memchr(text + at, '\n', size - at) : NULL;
        size_t length = end ? (size_t)(end - text) - at : size - at;
        const char *line = text + at;
        bool blank = strspn(line, " \t\r>") >= length;
        bool fence = length >= 3 && (!strncmp(line, "```", 3) || !strncmp(line, "~~~", 3));
        in_code = in_code != fence;
        if ((blank || !has_blank_lines || at + length >= size || *line == '#') && paragraph.size) {
            if (at + length >= size && has_blank_lines && !blank && !in_code && !fence) {
                sb_bytes_append(&paragraph, line, length);
                length = size - at;
                blank = true;
            }
            ok = !paragraph.failed && sb_article_add(article, paragraph.data, paragraph.size);
            sb_bytes_finish(&paragraph);
        }
        if (!blank && !in_code && !fence) {
            sb_bytes_append(&paragraph, line, length);
            sb_bytes_text(&paragraph, "\n");
        }
        at += length + 1;
    }
    if (ok && paragraph.size)
        ok = !paragraph.failed && sb_article_add(article, paragraph.data, paragraph.size);
    sb_bytes_finish(&paragraph);
    return ok;
}

static bool is_named_as_text(const char *path)
{
    return sb_path_has_extension(path, "md") || sb_path_has_extension(path, "markdown") ||
           sb_path_has_extension(path, "txt");
}

static sb_status read_article_text(sb_article *article, const void *data, size_t size, const char *path,
                                   sb_error *err)
{
    sb_bytes text = {0};
    const char *encoding;
    bool lossy = false;
    sb_status status = SB_OK;
    if (!sb_encoding_decode(&text, &encoding, &lossy, data, size))
        return sb_error_memory(err, "reading an article");
    sb_bytes_text(&text, "");
    if (text.failed)
        status = sb_error_memory(err, "reading an article");
    else if (memchr(text.data, 0, text.size))
        status = sb_error_set_at(err, SB_ERR_FORMAT, path, 0, 0,
                                 "is not text, a web page or a document that can be read; save it as text");
    else if (sb_html_is_page(text.data, text.size) && !is_named_as_text(path))
        status = read_web(article, text.data, text.size, err);
    else if (!read_plain_article(article, text.data, text.size))
        status = sb_error_memory(err, "reading an article");
    sb_bytes_finish(&text);
    return status;
}

sb_status sb_article_read(sb_article **out, const void *data, size_t size, const char *path, sb_error *err)
{
    const char *container = NULL;
    sb_bytes unpacked = {0};
    sb_article *article = calloc(1, sizeof *article);
    *out = NULL;
    if (!article)
        return sb_error_memory(err, "reading an article");
    sb_status status = sb_document_unpack(&unpacked, &container, data, size, path, err);
    if (!status && container) {
        if (unpacked.failed || !add_lines(article, unpacked.data ? unpacked.data : "", unpacked.size))
            status = sb_error_memory(err, "reading an article");
    } else if (!status) {
        status = read_article_text(article, data, size, path, err);
    }
    sb_bytes_finish(&unpacked);
    if (!status)
        *out = article;
    else
        sb_article_free(&article);
    return status;
}
