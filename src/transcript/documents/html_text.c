#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/run/run.h"
#include "base/text/text.h"
#include "transcript/documents/documents.h"

/* A page's own part is used instead of the whole page if it has at least one MIN_SHARE-th of its text. */
#define MIN_SHARE       2
#define MIN_OWN_BYTES   200
#define MAX_PARTS       64
#define MAX_CLASS_BYTES 1000

typedef enum tag_kind {
    TAG_INLINE,
    TAG_BLOCK,
    TAG_LEFT_OUT,
    TAG_BREAK,
    TAG_HEADING,
    TAG_ROW,
    TAG_CELL
} tag_kind;

static const struct tag_row {
    const char *name;
    tag_kind kind;
} tags[] = {{"address", TAG_BLOCK},     {"article", TAG_BLOCK},
            {"aside", TAG_LEFT_OUT},    {"blockquote", TAG_BLOCK},
            {"body", TAG_BLOCK},        {"br", TAG_BREAK},
            {"canvas", TAG_LEFT_OUT},   {"caption", TAG_BLOCK},
            {"dd", TAG_BLOCK},          {"details", TAG_BLOCK},
            {"div", TAG_BLOCK},         {"dl", TAG_BLOCK},
            {"dt", TAG_BLOCK},          {"figcaption", TAG_BLOCK},
            {"figure", TAG_BLOCK},      {"footer", TAG_LEFT_OUT},
            {"form", TAG_LEFT_OUT},     {"h1", TAG_HEADING},
            {"h2", TAG_HEADING},        {"h3", TAG_HEADING},
            {"h4", TAG_HEADING},        {"h5", TAG_HEADING},
            {"h6", TAG_HEADING},        {"header", TAG_LEFT_OUT},
            {"hr", TAG_BREAK},          {"html", TAG_BLOCK},
            {"iframe", TAG_LEFT_OUT},   {"li", TAG_BLOCK},
            {"main", TAG_BLOCK},        {"nav", TAG_LEFT_OUT},
            {"noscript", TAG_LEFT_OUT}, {"object", TAG_LEFT_OUT},
            {"ol", TAG_BLOCK},          {"p", TAG_BLOCK},
            {"pre", TAG_BLOCK},         {"rp", TAG_LEFT_OUT},
            {"rt", TAG_LEFT_OUT},       {"script", TAG_LEFT_OUT},
            {"section", TAG_BLOCK},     {"select", TAG_LEFT_OUT},
            {"style", TAG_LEFT_OUT},    {"summary", TAG_BLOCK},
            {"svg", TAG_LEFT_OUT},      {"table", TAG_BLOCK},
            {"tbody", TAG_BLOCK},       {"td", TAG_CELL},
            {"template", TAG_LEFT_OUT}, {"textarea", TAG_LEFT_OUT},
            {"tfoot", TAG_BLOCK},       {"th", TAG_CELL},
            {"thead", TAG_BLOCK},       {"tr", TAG_ROW},
            {"ul", TAG_BLOCK},          {"video", TAG_LEFT_OUT},
            {"audio", TAG_LEFT_OUT}};

/* An open or closed part of the page that may be all of the transcript. */
typedef struct page_part {
    int level;
    bool is_open, is_transcript;
    size_t from, until;
} page_part;

typedef struct page_scan {
    sb_page_text page;
    int skipped;   /* level of the element that is left out; 0: none */
    int preformed; /* level of the open <pre>; 0: none */
    bool is_in_title, is_in_heading;
    size_t heading_at;
    size_t row_at;            /* where the open row of a table begins */
    size_t n_cells, n_labels; /* its <td> and <th> */
    sb_bytes title, first_heading;
    page_part parts[MAX_PARTS];
    size_t n_parts;
} page_scan;

static tag_kind tag_kind_of(const char *name)
{
    for (size_t i = 0; i < sizeof tags / sizeof *tags; i++) {
        if (strcmp(name, tags[i].name) == 0)
            return tags[i].kind;
    }
    return TAG_INLINE;
}

static bool has_word(const sb_markup_attribute *a, const char *word)
{
    size_t n = strlen(word);
    for (size_t i = 0; a && i + n <= a->length && i < MAX_CLASS_BYTES; i++) {
        if (strncasecmp(a->value + i, word, n) == 0)
            return true;
    }
    return false;
}

/* Inline elements that are nevertheless separated from the text beside them. */
static bool stands_apart(const sb_markup_tag *tag)
{
    static const char *const words[] = {"time", "stamp", "speaker", "name", "author"};
    if (strcmp(tag->name, "time") == 0 || strcmp(tag->name, "cite") == 0 || strcmp(tag->name, "button") == 0)
        return true;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (has_word(sb_markup_find(tag, "class"), words[i]))
            return true;
    }
    return false;
}

static void open_part(page_scan *s, const sb_markup_tag *tag)
{
    bool is_transcript = has_word(sb_markup_find(tag, "class"), "transcript") ||
                         has_word(sb_markup_find(tag, "id"), "transcript");
    bool is_main = strcmp(tag->name, "main") == 0 || strcmp(tag->name, "article") == 0;
    if ((is_transcript || is_main) && strcmp(tag->name, "body") != 0 && s->n_parts < MAX_PARTS)
        s->parts[s->n_parts++] =
            (page_part){tag->level, true, is_transcript, s->page.out.size, s->page.out.size};
}

/* Closes the parts that the element at `level` is, or that are inside it. */
static void close_parts(page_scan *s, int level)
{
    for (size_t i = 0; i < s->n_parts; i++) {
        if (s->parts[i].is_open && s->parts[i].level >= level) {
            s->parts[i].is_open = false;
            s->parts[i].until = s->page.out.size;
        }
    }
}

/* The first heading is the title. */
static void end_heading(page_scan *s)
{
    sb_bytes *out = &s->page.out;
    size_t at = s->heading_at < out->size ? s->heading_at : out->size, size = out->size - at;
    s->is_in_heading = false;
    if (sb_page_mark_heading(&s->page, at) && s->first_heading.size == 0 && !out->failed)
        sb_bytes_append(&s->first_heading, out->data + out->size - size, size);
}

static void begin_row(page_scan *s)
{
    sb_page_begin_row(&s->page);
    if (s->page.n_rows > 1)
        return;
    s->row_at = s->page.out.size;
    s->n_cells = s->n_labels = 0;
}

/* A row of labels alone names the columns. */
static void end_row(page_scan *s)
{
    sb_page_end_row(&s->page);
    if (s->page.n_rows > 0 || s->n_cells > 0 || s->n_labels < 2 || s->page.out.size < s->row_at ||
        s->page.out.failed)
        return;
    s->page.out.size = s->row_at;
    s->page.out.data[s->row_at] = '\0';
}

static void begin_kind(page_scan *s, const sb_markup_tag *tag)
{
    tag_kind kind = tag_kind_of(tag->name);
    if (kind == TAG_ROW)
        begin_row(s);
    else if (kind != TAG_INLINE && kind != TAG_CELL)
        sb_page_end_line(&s->page);
    else if (kind == TAG_INLINE && stands_apart(tag))
        s->page.blank_due = true;
    if (kind == TAG_CELL && s->page.n_rows == 1)
        *(tag->name[1] == 'd' ? &s->n_cells : &s->n_labels) += 1;
    if (kind == TAG_HEADING) {
        s->is_in_heading = true;
        s->heading_at = s->page.out.size;
    }
    if (strcmp(tag->name, "pre") == 0)
        s->preformed = tag->level;
    if (kind == TAG_BLOCK)
        open_part(s, tag);
}

static sb_status html_begin(void *user, const sb_markup_tag *tag)
{
    page_scan *s = user;
    if (s->skipped && tag->level > s->skipped)
        return SB_OK;
    s->is_in_title = strcmp(tag->name, "title") == 0;
    s->skipped = tag_kind_of(tag->name) == TAG_LEFT_OUT ? tag->level : 0;
    /* An element that is left out may be the outermost one. */
    if (tag_kind_of(tag->name) == TAG_LEFT_OUT && s->skipped == 0)
        s->skipped = -1;
    if (!s->skipped)
        begin_kind(s, tag);
    return SB_OK;
}

static sb_status html_end(void *user, const char *name, int level)
{
    page_scan *s = user;
    tag_kind kind = tag_kind_of(name);
    if (s->skipped > 0 && level > s->skipped)
        return SB_OK;
    bool was_skipped = s->skipped != 0 && (level == s->skipped || level == 0);
    if (was_skipped)
        s->skipped = 0;
    s->is_in_title = false;
    if (was_skipped)
        return SB_OK;
    if (kind == TAG_HEADING && s->is_in_heading)
        end_heading(s);
    if (kind == TAG_CELL)
        sb_page_end_cell(&s->page);
    else if (kind == TAG_ROW)
        end_row(s);
    else if (kind != TAG_INLINE && kind != TAG_BREAK)
        sb_page_end_line(&s->page);
    else if (strcmp(name, "time") == 0 || strcmp(name, "cite") == 0 || strcmp(name, "button") == 0 ||
             (s->page.out.size > 0 && strchr(":])", s->page.out.data[s->page.out.size - 1])))
        s->page.blank_due = true;
    if (s->preformed == level)
        s->preformed = 0;
    close_parts(s, level);
    return SB_OK;
}

static void put_lines(page_scan *s, const char *text, size_t size)
{
    sb_line line = {0};
    s->page.keeps_blanks = s->page.keeps_empty = true;
    while (sb_line_next(&line, text, size)) {
        sb_page_put(&s->page, text + line.at, line.length);
        if (line.has_end)
            sb_page_end_line(&s->page);
    }
    s->page.keeps_blanks = s->page.keeps_empty = false;
}

static sb_status html_put(void *user, const char *text, size_t size)
{
    page_scan *s = user;
    if (s->skipped)
        return SB_OK;
    if (s->is_in_title)
        sb_bytes_append(&s->title, text, size);
    else if (s->preformed)
        put_lines(s, text, size);
    else
        sb_page_put(&s->page, text, size);
    return SB_OK;
}

/* Chooses the largest part that is marked as a transcript, or else the largest article, or else the whole
 * page. */
static sb_range choose_part(const page_scan *s)
{
    sb_range all = {0, s->page.out.size}, best[2] = {{0}, {0}};
    for (size_t i = 0; i < s->n_parts; i++) {
        const page_part *part = &s->parts[i];
        size_t length = part->until > part->from ? part->until - part->from : 0;
        if (length > best[part->is_transcript].length)
            best[part->is_transcript] = (sb_range){part->from, length};
    }
    if (best[1].length >= MIN_OWN_BYTES || best[1].length * MIN_SHARE > all.length ||
        (best[1].length > 0 && sb_page_names_speaker(s->page.out.data + best[1].at, best[1].length)))
        return best[1];
    return best[0].length * MIN_SHARE > all.length ? best[0] : all;
}

static sb_status take_title(char **title, const page_scan *s)
{
    bool ok = true;
    const sb_bytes *from = s->first_heading.size ? &s->first_heading : &s->title;
    if (from->size)
        *title = sb_text_plain(from->data, from->size, &ok);
    return ok ? SB_OK : SB_ERR_MEMORY;
}

sb_status sb_html_text(sb_bytes *out, char **title, const char *text, size_t size)
{
    page_scan *s = calloc(1, sizeof *s);
    if (!s)
        return SB_ERR_MEMORY;
    sb_markup markup = {text, size, s, html_begin, html_end, html_put, false, 0};
    sb_status status = sb_html_walk(&markup);
    s->page.n_rows = 0;
    sb_page_end_line(&s->page);
    close_parts(s, 0);
    sb_range part = choose_part(s);
    if (status == SB_OK)
        status = take_title(title, s);
    sb_bytes_append(out, s->page.out.data ? s->page.out.data + part.at : "", part.length);
    if (s->page.out.failed || s->title.failed || s->first_heading.failed || out->failed)
        status = SB_ERR_MEMORY;
    sb_bytes_finish(&s->page.out);
    sb_bytes_finish(&s->title);
    sb_bytes_finish(&s->first_heading);
    free(s);
    return status;
}

/* Counts tags that end a line of text, and lines. */
static bool is_mostly_markup(const char *text, size_t size)
{
    static const char *const ends[] = {"</p", "</div", "</li",   "</tr",     "</dd",
                                       "</h", "<br",   "</span", "</section"};
    sb_line line = {0};
    size_t n_lines = 0, n_marked = 0;
    while (sb_line_next(&line, text, size)) {
        sb_range content = sb_range_trim(text, (sb_range){line.at, line.length});
        bool is_marked =
            content.length > 1 && text[content.at] == '<' && text[content.at + content.length - 1] == '>';
        for (size_t i = 0; i < sizeof ends / sizeof *ends && !is_marked; i++)
            is_marked = memmem(text + line.at, line.length, ends[i], strlen(ends[i])) != NULL;
        n_marked += is_marked;
        n_lines += !sb_line_is_blank(&line, text);
    }
    return n_marked > 0 && 2 * n_marked >= n_lines;
}

bool sb_html_is_page(const char *text, size_t size)
{
    static const char *const parts[] = {"<p>",      "<p ",   "<div",    "<h1",    "<h2",     "<h3",
                                        "<ul",      "<ol",   "<dl",     "<table", "<body",   "<head",
                                        "<article", "<sec",  "<main",   "<span",  "<strong", "<b>",
                                        "<!--",     "<meta", "<title>", "<style", "<link",   "<figure"};
    size = size < SB_SNIFF_BYTES ? size : SB_SNIFF_BYTES;
    sb_range content = sb_range_trim(text, (sb_range){0, size});
    text += content.at;
    size = content.length;
    if (sb_text_begins(text, size, "<!doctype html") || sb_text_begins(text, size, "<html"))
        return true;
    if (sb_text_begins(text, size, "<?xml"))
        return memmem(text, size < 1000 ? size : 1000, "<html", 5) != NULL;
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        if (sb_text_begins(text, size, parts[i]))
            return is_mostly_markup(text, size);
    }
    return false;
}
