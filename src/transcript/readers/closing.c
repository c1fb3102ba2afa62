/* Text below the speech: notes, links, copyright. */
#include <string.h>

#include "base/text/text.h"
#include "base/words/words.h"
#include "transcript/readers/readers.h"

#define MAX_CLOSING_HEADING 60
#define MAX_KEY             20
#define MAX_DISCLAIMER      400
#define N_OF(list)          (sizeof(list) / sizeof *(list))

static bool contains(const char *text, sb_range line, const char *word)
{
    for (size_t i = 0, n = strlen(word); i + n <= line.length; i++) {
        if (sb_text_begins(text + line.at + i, n, word))
            return true;
    }
    return false;
}

static bool contains_one(const char *text, sb_range line, const char *const *words, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (contains(text, line, words[i]))
            return true;
    }
    return false;
}

static sb_range without(const char *text, sb_range line, const char *marks)
{
    line = sb_range_trim(text, line);
    while (line.length > 0 && strchr(marks, text[line.at]))
        line = (sb_range){line.at + 1, line.length - 1};
    while (line.length > 0 && strchr(marks, text[line.at + line.length - 1]))
        line.length--;
    return sb_range_trim(text, line);
}

/* "This transcript was generated automatically.", "You can help edit this transcript on GitHub." */
static bool is_disclaimer(const char *text, sb_range line)
{
    static const char *const subjects[] = {
        "this transcript",      "this editable transcript", "transcripts may",     "transcript may",
        "transcripts are",      "the transcript was",       "transcript is",       "the transcript may",
        "edit this transcript", "this is an automated",     "transcription ended", "this text was"};
    static const char *const about[] = {"generated",   "automat", "errors",   "accuracy",
                                        "accurate",    "edited",  "software", "deadline",
                                        "ended after", "github",  "verbatim", "help edit"};
    sb_range head = {line.at, line.length < 60 ? line.length : 60};
    return line.length <= MAX_DISCLAIMER && contains_one(text, head, subjects, N_OF(subjects)) &&
           contains_one(text, line, about, N_OF(about));
}

static bool is_copyright(const char *text, sb_range line)
{
    bool has_sign = sb_range_begins(text, line, "\xC2\xA9") || sb_range_begins(text, line, "(c) ");
    bool has_word = sb_range_begins(text, line, "copyright ") && line.length > 10 &&
                    (sb_is_digit((unsigned char)text[line.at + 10]) ||
                     sb_range_begins(text, (sb_range){line.at + 10, line.length - 10}, "\xC2\xA9") ||
                     sb_range_begins(text, (sb_range){line.at + 10, line.length - 10}, "(c)"));
    return has_sign || has_word || contains(text, line, "all rights reserved");
}

/* "Meeting ended after 00:38:36", "Ann Lee stopped transcription" */
static bool is_end_of_meeting(const char *text, sb_range line)
{
    static const char *const ends[] = {" stopped transcription", " started transcription"};
    static const char *const begins[] = {"meeting ended after", "transcription ended after",
                                         "call ended after", "recording ended after"};
    for (size_t i = 0; i < N_OF(begins); i++) {
        if (sb_range_begins(text, line, begins[i]))
            return true;
    }
    for (size_t i = 0; i < N_OF(ends); i++) {
        size_t n = strlen(ends[i]);
        if (line.length > n && line.length < MAX_CLOSING_HEADING + n &&
            sb_text_begins(text + line.at + line.length - n, n, ends[i]))
            return true;
    }
    return false;
}

bool sb_is_about_transcript(const char *text, sb_range line)
{
    line = without(text, line, "#*_>[]() ");
    return is_disclaimer(text, line) || is_copyright(text, line) || is_end_of_meeting(text, line);
}

/* A link and nothing else, or an item of a list that has one. */
static bool is_link(const char *text, sb_range line)
{
    bool is_item = line.length > 2 && strchr("-*+", text[line.at]) && text[line.at + 1] == ' ';
    sb_range item = is_item ? (sb_range){line.at + 2, line.length - 2} : line;
    item = without(text, item, "<> ");
    if (is_item && (contains(text, item, "](") || contains(text, item, "://")))
        return true;
    bool has_blank = memchr(text + item.at, ' ', item.length);
    if (!has_blank && (contains(text, item, "://") || sb_range_begins(text, item, "www.")))
        return true;
    return item.length > 4 && text[item.at] == '[' && text[item.at + item.length - 1] == ')' &&
           contains(text, item, "](") && !contains(text, item, "] ");
}

/* "</div>", "<!-- end -->", "{{< /transcript >}}", "```" */
static bool is_markup_alone(const char *text, sb_range line)
{
    char last = text[line.at + line.length - 1];
    return sb_range_begins(text, line, "```") ||
           (text[line.at] == '<' && last == '>' && line.length > 3 && strchr("/!", text[line.at + 1])) ||
           (sb_range_begins(text, line, "{{") && last == '}');
}

/* "Total time: 45:10", "Page 12 of 12" */
static bool is_number_line(const char *text, sb_range line)
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

/* "## Notes", "**Related episodes**", "Mentioned in this episode:" */
static bool is_closing_heading(const char *text, sb_range line)
{
    static const char *const words[] = {
        "notes",       "shownotes",    "resources",  "links",     "references",       "related",
        "credits",     "reading",      "mentioned",  "footnotes", "translation",      "comments",
        "sources",     "notizen",      "quellen",    "notas",     "enlaces",          "recursos",
        "referencias", "liens",        "ressources", "note",      "acknowledgements", "acknowledgments",
        "sponsors",    "bibliography", "glossary",   NULL};
    bool is_marked = strchr("#*_", text[line.at]), has_colon = text[line.at + line.length - 1] == ':';
    line = without(text, line, "#*_: ");
    if ((!is_marked && !has_colon) || line.length == 0 || line.length > MAX_CLOSING_HEADING ||
        contains(text, line, ". ") || contains(text, line, ": "))
        return false;
    const char *first = memchr(text + line.at, ' ', line.length),
               *last = memrchr(text + line.at, ' ', line.length);
    size_t n_first = first ? (size_t)(first - text) - line.at : line.length,
           last_at = last ? (size_t)(last - text) + 1 : line.at;
    return sb_part_is_among(text + line.at, n_first, words) ||
           (is_marked && sb_part_is_among(text + last_at, line.at + line.length - last_at, words));
}

static bool is_heading(const char *text, sb_range line)
{
    return line.length > 2 && text[line.at] == '#' && strchr("# ", text[line.at + 1]);
}

/* A paragraph in italics below a rule. */
static bool is_italic(const char *text, sb_range line)
{
    char first = text[line.at], last = text[line.at + line.length - 1];
    return line.length > 2 && first == last && strchr("_*", first);
}

/* What the lines so far say about the next one. */
typedef struct closing {
    const char *text;
    bool is_section;    /* below a heading such as "Links:" */
    bool is_below_rule; /* only a rule is between this line and the speech */
} closing;

static bool is_closing_line(closing *c, sb_range line)
{
    bool is_below_rule = c->is_below_rule;
    c->is_below_rule = sb_is_rule(c->text, line);
    if (c->is_below_rule || is_heading(c->text, line) || sb_is_about_transcript(c->text, line) ||
        sb_is_footer(c->text, line, true))
        return true;
    return is_link(c->text, line) || is_markup_alone(c->text, line) || is_number_line(c->text, line) ||
           (is_below_rule && is_italic(c->text, line)) ||
           (c->is_section && !sb_text_ends_sentence(c->text + line.at, line.length));
}

size_t sb_closing_find(const char *text, size_t size, sb_line line, bool has_speech, bool has_headers)
{
    closing c = {.text = text};
    size_t found = SIZE_MAX;
    bool is_paragraph = false;
    while (sb_line_next(&line, text, size)) {
        sb_range content = sb_range_trim(text, (sb_range){line.at, line.length});
        if (content.length == 0) {
            is_paragraph = true;
            continue;
        }
        bool is_section = has_speech && is_closing_heading(text, content);
        c.is_section = c.is_section || is_section;
        if (is_section && has_headers && (is_heading(text, content) || found != SIZE_MAX) &&
            line.at * 2 > size)
            return found < line.at ? found : line.at;
        bool closes = has_speech && (is_section || is_closing_line(&c, content));
        if (!closes) {
            found = SIZE_MAX;
            c.is_section = false;
        } else if (found == SIZE_MAX &&
                   (is_paragraph || !has_headers || sb_is_about_transcript(text, content))) {
            found = line.at;
        }
        has_speech = has_speech || !closes;
        is_paragraph = false;
    }
    return found;
}

/* "Page 12 of 45" */
static bool is_page_number(const char *text, sb_range line)
{
    return sb_range_begins(text, line, "page ") && line.length > 5 && line.length < MAX_KEY &&
           sb_is_ascii_digit(text[line.at + 5]) && is_number_line(text, line);
}

static size_t count_occurrences(const char *text, size_t size, sb_range line, size_t most)
{
    size_t n = 0;
    for (size_t at = 0; n < most; n++) {
        const char *found = memmem(text + at, size - at, text + line.at, line.length);
        if (!found)
            break;
        at = (size_t)(found - text) + line.length;
    }
    return n;
}

bool sb_is_page_head(const char *text, size_t size, sb_line line)
{
    sb_range content = sb_range_trim(text, (sb_range){line.at, line.length});
    if (is_page_number(text, content))
        return true;
    if (content.length == 0 || content.length > MAX_CLOSING_HEADING || !sb_line_next(&line, text, size))
        return false;
    sb_range next = sb_range_trim(text, (sb_range){line.at, line.length});
    return next.length > 0 && is_page_number(text, next) && count_occurrences(text, size, content, 2) == 2;
}
