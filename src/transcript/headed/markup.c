#include <string.h>
#include <strings.h>

#include "base/text/text.h"
#include "transcript/headed/headed.h"

#define MAX_LINK  600
#define MAX_SOUND 60

/* A line whose markup is being removed. text[plain..at) is not written yet. */
typedef struct markup {
    sb_text_writer *writer;
    const char *text;
    size_t size, at, plain;
    bool is_open[3];      /* "*", "_", "~" */
    size_t none_until[3]; /* no end of emphasis before */
    size_t no_link_until;
    size_t closes_at; /* the "]" of the link that is open; 0: none */
} markup;

static void flush(markup *m, size_t skip)
{
    if (m->at > m->plain)
        sb_text_put(m->writer, m->text + m->plain, m->at - m->plain);
    m->at += skip;
    m->plain = m->at;
}

static bool is_word_char_at(const markup *m, size_t at)
{
    if (at >= m->size)
        return false;
    unsigned char c = (unsigned char)m->text[at];
    return c >= 0x80 || (c >= '0' && c <= '9') || ((c | 32) >= 'a' && (c | 32) <= 'z');
}

static bool is_blank_at(const markup *m, size_t at)
{
    return at >= m->size || strchr(" \t\r\n", m->text[at]);
}

/* Emphasis stands at the edge of words: "**so**", "_so_", never "a * b" or "snake_case". */
static size_t emphasis_length(const markup *m)
{
    char c = m->text[m->at];
    size_t n = 0;
    while (m->at + n < m->size && m->text[m->at + n] == c)
        n++;
    bool blank_before = m->at == 0 || is_blank_at(m, m->at - 1), blank_after = is_blank_at(m, m->at + n);
    if (n > 3 || (blank_before && blank_after))
        return 0;
    bool inside = m->at > 0 && is_word_char_at(m, m->at - 1) && is_word_char_at(m, m->at + n);
    if (inside && (c == '_' || n < 2))
        return 0;
    if (c == '~' && n != 2)
        return 0;
    return n;
}

/* Emphasis needs a partner on the same line. */
static size_t paired_emphasis(markup *m)
{
    char c = m->text[m->at];
    size_t n = emphasis_length(m), slot = c == '*' ? 0 : c == '_' ? 1 : 2;
    if (n == 0)
        return 0;
    if (m->is_open[slot]) {
        m->is_open[slot] = false;
        return n;
    }
    if (is_blank_at(m, m->at + n) || m->at < m->none_until[slot])
        return 0;
    markup ahead = *m;
    for (ahead.at += n; ahead.at < m->size && ahead.at - m->at < MAX_LINK; ahead.at++) {
        if (m->text[ahead.at] == c && !strchr("\\ \t", m->text[ahead.at - 1]) &&
            emphasis_length(&ahead) > 0) {
            m->is_open[slot] = true;
            return n;
        }
    }
    m->none_until[slot] = ahead.at;
    return 0;
}

/* Returns the length of "](target)" or "][label]" at text[at]; 0 if there is none. */
static size_t target_length(const markup *m, size_t at)
{
    size_t limit = m->size - at < MAX_LINK ? m->size : at + MAX_LINK;
    if (m->size - at < 3 || m->text[at] != ']' || !strchr("([", m->text[at + 1]))
        return 0;
    char close = m->text[at + 1] == '(' ? ')' : ']';
    for (size_t i = at + 2, depth = 0; i < limit; i++) {
        depth += m->text[i] == '(';
        if (m->text[i] == close && depth == 0)
            return i + 1 - at;
        depth -= m->text[i] == ')' && depth > 0;
    }
    return 0;
}

/* Returns the position of the "]" of a link that begins with "[" at `at`; 0 if it is no link. */
static size_t link_end(markup *m, size_t at)
{
    size_t limit = m->size - at < MAX_LINK ? m->size : at + MAX_LINK;
    if (at < m->no_link_until)
        return 0;
    for (size_t i = at + 1, depth = 0; i < limit && depth < 4; i++) {
        if (m->text[i] == '\\')
            i++;
        else if (m->text[i] == '[')
            depth++;
        else if (m->text[i] == ']' && depth-- == 0)
            return target_length(m, i) > 0 ? i : 0;
    }
    if (!memchr(m->text + at, ']', limit - at))
        m->no_link_until = limit;
    return 0;
}

/* Returns the length of a tag, a comment or an address in angle brackets at text[at]. */
static size_t tag_length(const markup *m)
{
    static const char *const tags[] = {"b",    "i", "u",   "em",  "strong", "br",    "p",
                                       "span", "a", "div", "sup", "sub",    "small", "mark",
                                       "q",    "s", "del", "ins", "cite",   "time"};
    const char *close = memchr(m->text + m->at, '>', m->size - m->at < MAX_LINK ? m->size - m->at : MAX_LINK);
    if (!close)
        return 0;
    const char *name = m->text + m->at + 1;
    size_t length = (size_t)(close - name), n = 0;
    if (length >= 3 && memcmp(name, "!--", 3) == 0)
        return length + 2;
    if (length > 8 && (strncasecmp(name, "http", 4) == 0))
        return length + 2;
    if (length > 0 && *name == '/') {
        name++;
        length--;
    }
    while (n < length && ((name[n] | 32) >= 'a' && (name[n] | 32) <= 'z'))
        n++;
    for (size_t i = 0; i < sizeof tags / sizeof *tags; i++) {
        if (strlen(tags[i]) == n && strncasecmp(tags[i], name, n) == 0 &&
            (n == length || strchr(" /", name[n])))
            return (size_t)(close - m->text) + 1 - m->at;
    }
    return 0;
}

/* Passes over an escape or an event, which sb_text_put reads. Returns false if there is none. */
static bool take_kept(markup *m)
{
    char c = m->text[m->at];
    if (!c || !strchr("\\[({<*", c))
        return false;
    size_t n = sb_event_length(m->text + m->at, m->size - m->at);
    if (n > 0 && c == '[' && target_length(m, m->at + n - 1) > 0)
        return false;
    if (n == 0 && c == '\\')
        n = m->size - m->at < 2 ? 1 : 2;
    m->at += n;
    return n > 0;
}

/* Returns the length of the markup at the current place; SIZE_MAX if there is none. */
static size_t markup_length(markup *m)
{
    char c = m->text[m->at];
    size_t n = 0;
    if (c == '*' || c == '_' || c == '~')
        n = paired_emphasis(m);
    else if (c == '`')
        n = 1;
    else if (c == '<')
        n = tag_length(m);
    else if (c == '!' && m->at + 1 < m->size && m->text[m->at + 1] == '[' && (n = link_end(m, m->at + 1)) > 0)
        n += target_length(m, n) - m->at;
    else if (c == '[' && !m->closes_at && (m->closes_at = link_end(m, m->at)) > 0)
        n = 1;
    else if (c == ']' && m->closes_at == m->at && m->at > 0) {
        n = target_length(m, m->at);
        m->closes_at = 0;
    }
    return n;
}

/* "(wind howling)" is an event if nothing else is on the line. */
static bool is_sound(const char *text, size_t size)
{
    size_t n_blanks = 0;
    if (size < 6 || size > MAX_SOUND || text[0] != '(' || text[1] < 'a' || text[1] > 'z' ||
        memcmp(text + size - 4, "ing)", 4) != 0)
        return false;
    for (size_t i = 1; i + 1 < size; i++) {
        n_blanks += text[i] == ' ';
        if (strchr("()", text[i]))
            return false;
    }
    return n_blanks < 4;
}

void sb_markup_put(sb_text_writer *writer, const char *text, size_t size)
{
    markup m = {.writer = writer, .text = text, .size = size};
    if (is_sound(text, size)) {
        sb_text_put_event(writer, text, size);
        return;
    }
    while (m.at < size) {
        if (take_kept(&m))
            continue;
        size_t n = markup_length(&m);
        if (n > 0)
            flush(&m, n);
        else
            m.at++;
    }
    flush(&m, 0);
}
