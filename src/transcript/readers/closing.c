/* Text below the speech: notes, links, copyright. */
#include <string.h>

#include "base/text/text.h"
#include "base/words/words.h"
#include "transcript/readers/readers.h"

#define MAX_CLOSING_HEADING 60
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
    static const char *const about[] = {
        "generated",   "automat",    "may contain", "might contain", "could contain", "may include",
        "may have",    "accuracy",   "be accurate", "be fully",      "100% accurate", "lightly edited",
        "been edited", "edited for", "edited on",   "software",      "rush deadline", "contractor",
        "on github",   "verbatim",   "help edit"};
    sb_range head = {line.at, line.length < 60 ? line.length : 60};
    bool is_link = contains(text, line, "://") || contains(text, line, "github");
    return line.length <= MAX_DISCLAIMER && contains_one(text, head, subjects, N_OF(subjects)) &&
           contains_one(text, line, about, N_OF(about)) && (is_link || !sb_is_said(text, line));
}

static bool begins_with_year(const char *text, sb_range line)
{
    return line.length >= 4 && sb_is_ascii_digit(text[line.at]) && sb_is_ascii_digit(text[line.at + 3]);
}

/* "(c) Ann Lee", "Copyright 2024 Ann Lee", "All rights reserved." "Copyright 1998 was on it" is speech. */
static bool is_copyright(const char *text, sb_range line)
{
    static const char sign[] = "\xC2\xA9", word[] = "copyright ", rights[] = "all rights reserved";
    if (sb_range_begins(text, line, sign))
        return true;
    bool has_word = sb_range_begins(text, line, word);
    sb_range rest = line;
    if (has_word)
        rest = (sb_range){line.at + sizeof word - 1, line.length - (sizeof word - 1)};
    if (has_word && sb_range_begins(text, rest, sign))
        return true;
    bool has_letter = sb_range_begins(text, rest, "(c) ");
    if (has_letter)
        rest = (sb_range){rest.at + 4, rest.length - 4};
    if ((has_word || has_letter) && begins_with_year(text, rest) && sb_is_names(text, rest))
        return true;
    line = without(text, line, ". ");
    size_t n = sizeof rights - 1;
    return line.length >= n && !sb_is_said(text, line) &&
           sb_text_begins(text + line.at + line.length - n, n, rights) &&
           (line.length == n || sb_is_names(text, line));
}

/* "00:38:36", "38m 36s" */
static bool is_length_of_time(const char *text, sb_range line)
{
    size_t n_digits = 0;
    line = without(text, line, ". ");
    for (size_t i = 0; i < line.length; i++) {
        n_digits += sb_is_ascii_digit(text[line.at + i]);
        if (!strchr("0123456789:hms ", text[line.at + i]))
            return false;
    }
    return n_digits >= 2;
}

/* "Meeting ended after 00:38:36", "Ann Lee stopped transcription" */
static bool is_end_of_meeting(const char *text, sb_range line)
{
    static const char *const ends[] = {" stopped transcription", " started transcription"};
    static const char *const begins[] = {"meeting ended after", "transcription ended after",
                                         "call ended after", "recording ended after"};
    for (size_t i = 0; i < N_OF(begins); i++) {
        size_t n = strlen(begins[i]);
        if (sb_range_begins(text, line, begins[i]))
            return is_length_of_time(text, (sb_range){line.at + n, line.length - n});
    }
    for (size_t i = 0; i < N_OF(ends); i++) {
        size_t n = strlen(ends[i]);
        if (line.length > n && line.length < MAX_CLOSING_HEADING + n &&
            sb_text_begins(text + line.at + line.length - n, n, ends[i]))
            return sb_is_names(text, (sb_range){line.at, line.length - n});
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

static bool is_of_closing_words(const char *text, sb_range line)
{
    static const char *const words[] = {
        "notes",       "shownotes",    "resources",  "links",     "references",       "related",
        "credits",     "reading",      "mentioned",  "footnotes", "translation",      "comments",
        "sources",     "notizen",      "quellen",    "notas",     "enlaces",          "recursos",
        "referencias", "liens",        "ressources", "note",      "acknowledgements", "acknowledgments",
        "sponsors",    "bibliography", "glossary",   NULL};
    static const char *const others[] = {
        "and",      "&",      "for",    "from",    "of",    "in",      "on",       "to",         "the",
        "this",     "our",    "more",   "other",   "show",  "episode", "episodes", "podcast",    "podcasts",
        "articles", "posts",  "videos", "content", "books", "further", "useful",   "additional", "links",
        "und",      "y",      "et",     "del",     "de",    "la",      "les",      "interview",  "people",
        "items",    "things", "topics", "also",    NULL};
    size_t n_closing = 0;
    for (size_t at = line.at, end = at + line.length, n; at < end; at += n + 1) {
        const char *blank = memchr(text + at, ' ', end - at);
        n = blank ? (size_t)(blank - text) - at : end - at;
        bool is_closing = sb_part_is_among(text + at, n, words);
        n_closing += is_closing;
        if (n > 0 && !is_closing && !sb_part_is_among(text + at, n, others))
            return false;
    }
    return n_closing > 0;
}

/* "Total time: 45:10", "Page 12 of 12"; "Total: 45" may be speech. */
static bool is_measure(const char *text, sb_range line)
{
    const char *colon = memrchr(text + line.at, ':', line.length);
    bool is_clock = colon && sb_is_ascii_digit(colon[-(colon > text + line.at)]);
    return sb_is_number_line(text, line) && (is_clock || contains(text, line, " of "));
}

/* "## Notes", "**Related episodes**", "Mentioned in this episode:". "## Notes from the field" is a chapter.
 */
static bool is_closing_heading(const char *text, sb_range line)
{
    bool is_marked = strchr("#*_", text[line.at]), has_colon = text[line.at + line.length - 1] == ':';
    line = without(text, line, "#*_: ");
    return (is_marked || has_colon) && line.length > 0 && line.length <= MAX_CLOSING_HEADING &&
           is_of_closing_words(text, line);
}

bool sb_is_heading(const char *text, sb_range line)
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
    size_t n_lines, n_links, n_items; /* below: links, and items of lists */
    bool is_section;                  /* below a heading such as "Links:" */
    bool is_below_rule;               /* only a rule is between this line and the speech */
} closing;

/* "- Ann Lee", "1. The pier" */
static bool is_item(const char *text, sb_range line)
{
    size_t n = 0;
    while (n < line.length && sb_is_ascii_digit(text[line.at + n]))
        n++;
    bool is_marked = line.length > 2 && strchr("-*+", text[line.at]) && text[line.at + 1] == ' ';
    bool is_numbered = n > 0 && n < 4 && n + 1 < line.length && text[line.at + n] == '.';
    return (is_marked || is_numbered) && !sb_is_said(text, line);
}

static void count_line(closing *c, sb_range line, bool is_added)
{
    size_t n = is_added ? 1 : (size_t)-1;
    bool is_link_line = is_link(c->text, line) || contains(c->text, line, "://");
    if (sb_is_rule(c->text, line) || sb_is_heading(c->text, line) || is_markup_alone(c->text, line) ||
        is_closing_heading(c->text, line) || sb_is_about_transcript(c->text, line) ||
        is_measure(c->text, line))
        return;
    c->n_lines += n;
    c->n_links += is_link_line ? n : 0;
    c->n_items += is_link_line || is_item(c->text, line) ? n : 0;
}

static void count_lines(closing *c, size_t size, sb_line line)
{
    while (sb_line_next(&line, c->text, size)) {
        sb_range content = sb_range_trim(c->text, (sb_range){line.at, line.length});
        if (content.length > 0)
            count_line(c, content, true);
    }
}

/* Below a closing heading, at least half of the lines are links or items. Without headers one must be a link.
 */
static bool begins_section(const closing *c, sb_range line, bool has_headers)
{
    return c->n_items > 0 && c->n_items * 2 >= c->n_lines && (has_headers || c->n_links > 0) &&
           is_closing_heading(c->text, line);
}

static bool is_closing_line(closing *c, sb_range line)
{
    bool is_below_rule = c->is_below_rule;
    c->is_below_rule = sb_is_rule(c->text, line);
    if (c->is_below_rule || sb_is_heading(c->text, line) || sb_is_about_transcript(c->text, line) ||
        sb_is_footer(c->text, line, true))
        return true;
    return is_link(c->text, line) || is_markup_alone(c->text, line) || is_measure(c->text, line) ||
           (is_below_rule && is_italic(c->text, line)) ||
           (c->is_section && !sb_text_ends_sentence(c->text + line.at, line.length));
}

size_t sb_closing_find(const char *text, size_t size, sb_line line, bool has_speech, bool has_headers)
{
    closing c = {.text = text};
    size_t found = SIZE_MAX;
    bool is_paragraph = false;
    count_lines(&c, size, line);
    while (sb_line_next(&line, text, size)) {
        sb_range content = sb_range_trim(text, (sb_range){line.at, line.length});
        if (content.length == 0) {
            is_paragraph = true;
            continue;
        }
        count_line(&c, content, false);
        bool is_section = has_speech && begins_section(&c, content, has_headers);
        c.is_section = c.is_section || is_section;
        if (is_section && has_headers && (sb_is_heading(text, content) || found != SIZE_MAX) &&
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
