#include <string.h>

#include "base/text/text.h"
#include "transcript/readers/readers.h"

#define SAMPLE (256 << 10)
/* Percent of the tokens of prose, other than numbers, that look like words, at least. */
#define WORD_SHARE    75
#define LEAST_SHARE   33 /* percent of all tokens that look like words, at least */
#define TABLE_SHARE   60 /* percent of the lines of a table that have separators, at least */
#define CODE_SHARE    20
#define LOG_SHARE     40
#define N_HEAD_TOKENS 6

typedef struct prose_count {
    size_t n_lines, n_tokens, n_words, n_numbers, n_table_lines, n_tab_lines, n_code_lines, n_log_lines,
        n_dated_lines, n_arrows;
    size_t n_number_lines, n_keys;
    bool has_ideographs;
} prose_count;

static bool is_edge_mark(int32_t c)
{
    return c > 0x7F ? !sb_is_letter(c) && !sb_is_digit(c) : strchr(".,;:!?\"'()[]*_-/#>", c) != NULL;
}

/* A word has letters and no signs of a program inside. */
static bool is_word(const char *text, size_t size, bool *is_ideographic)
{
    size_t begin = 0, end = size, n_letters = 0;
    while (begin < end) {
        size_t next = begin;
        if (!is_edge_mark(sb_utf8_next(text, end, &next)))
            break;
        begin = next;
    }
    for (size_t at = end; at > begin && is_edge_mark(sb_utf8_last(text, begin, &at));)
        end = at;
    for (size_t at = begin; at < end;) {
        int32_t c = sb_utf8_next(text, end, &at);
        n_letters += sb_is_letter(c);
        *is_ideographic = *is_ideographic || sb_is_ideographic(c);
        if (c < 0x80 && !sb_is_letter(c) && !sb_is_digit(c) && !strchr("'-./@&:,+*!?\"", c))
            return false;
    }
    return n_letters > 0;
}

/* A number as people say it: few digits, and marks at the ends, as in "Speaker 1:". */
static bool is_bare_number(const char *text, size_t size)
{
    size_t n_digits = 0;
    for (size_t i = 0; i < size; i++) {
        n_digits += sb_is_ascii_digit(text[i]);
        if (!sb_is_ascii_digit(text[i]) && !strchr(".,:;!?%()[]", text[i]))
            return false;
    }
    return n_digits > 0 && n_digits <= 4;
}

/* Rules, bullets and addresses are not counted. */
static bool is_neutral(const char *text, size_t size)
{
    bool has_only_marks = true;
    for (size_t i = 0; i < size; i++)
        has_only_marks = has_only_marks && text[i] && strchr("-|>#*_~.", text[i]);
    return has_only_marks || memmem(text, size, "http", 4);
}

static bool is_decimal(const char *text, size_t size)
{
    bool has_point = false;
    for (size_t i = 0; i < size; i++) {
        if (text[i] == '.' && !has_point && i > 0)
            has_point = true;
        else if (!sb_is_ascii_digit(text[i]))
            return false;
    }
    return has_point;
}

static bool is_level(const char *text, size_t size)
{
    static const char *const levels[] = {"INFO",  "DEBUG", "WARN",     "WARNING", "ERROR",
                                         "TRACE", "FATAL", "CRITICAL", "NOTICE"};
    while (size > 0 && strchr("[<(", *text)) {
        text++;
        size--;
    }
    while (size > 0 && strchr("]>):,", text[size - 1]))
        size--;
    for (size_t i = 0; i < sizeof levels / sizeof *levels; i++) {
        if (strlen(levels[i]) == size && memcmp(text, levels[i], size) == 0)
            return true;
    }
    return false;
}

/* "2026-05-01", "[12/05/2026," */
static bool is_date(const char *text, size_t size)
{
    size_t n_digits = 0, n_marks = 0;
    for (size_t i = 0; i < size; i++) {
        n_digits += sb_is_ascii_digit(text[i]);
        n_marks += text[i] == '-' || text[i] == '/';
    }
    return n_marks == 2 && n_digits >= 4 && n_digits + n_marks + 2 >= size;
}

/* Separators of a table are followed by no blank, and a comma has not digits on both sides. */
static size_t count_separators(const char *text, sb_range line)
{
    size_t n = 0;
    for (size_t i = line.at + 1; i + 1 < line.at + line.length; i++) {
        bool in_number = sb_is_ascii_digit(text[i - 1]) && sb_is_ascii_digit(text[i + 1]);
        n += text[i] && strchr(",;|", text[i]) && !in_number && text[i + 1] != ' ' && text[i - 1] != '&';
    }
    return n;
}

static bool looks_like_code(const char *text, sb_range line)
{
    char last = text[line.at + line.length - 1];
    static const char *const signs[] = {"();", "==", "=>", "</", "/*", "!=", "&&", " = ", "//"};
    if (strchr(";{}", last))
        return memchr(text + line.at, '&', line.length) == NULL;
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++) {
        const char *at = memmem(text + line.at, line.length, signs[i], strlen(signs[i]));
        if (at && !(i == 8 && at > text && at[-1] == ':'))
            return true;
    }
    return false;
}

/* "key: value" in lower case, as in YAML */
static bool has_key(const char *text, sb_range line)
{
    size_t i = 0;
    while (i < line.length && ((text[line.at + i] >= 'a' && text[line.at + i] <= 'z') ||
                               text[line.at + i] == '_' || text[line.at + i] == '-'))
        i++;
    return i > 0 && i < line.length && text[line.at + i] == ':';
}

static void count_tokens(prose_count *c, const char *text, sb_range line)
{
    size_t end = line.at + line.length, n = 0, n_decimals = 0, n_numbers = 0, n_words_above = c->n_words;
    bool is_log = false;
    for (size_t at = line.at; at < end;) {
        size_t length = 0;
        while (at + length < end && text[at + length] != ' ' && text[at + length] != '\t')
            length++;
        if (length > 0) {
            const char *token = text + at;
            size_t bracket = strchr("([", *token) ? 1 : 0;
            bool is_clock = sb_stamp_clock(token + bracket, length - bracket).length > 0;
            c->n_tokens += !is_clock && !is_neutral(token, length);
            n_numbers += !is_clock && is_bare_number(token, length);
            c->n_words += !is_clock && is_word(token, length, &c->has_ideographs);
            n_decimals += n < N_HEAD_TOKENS && is_decimal(token, length);
            is_log = is_log || (n < N_HEAD_TOKENS && is_level(token, length));
            c->n_dated_lines += n == 0 && is_date(token, length);
            n++;
        }
        at += length + 1;
    }
    c->n_numbers += c->n_words > n_words_above ? n_numbers : 0; /* a number alone is no speech */
    c->n_log_lines += is_log;
    c->n_number_lines += n_decimals >= 2;
}

static void count_line(prose_count *c, const char *text, sb_range line)
{
    size_t n_separators = count_separators(text, line);
    c->n_lines++;
    c->n_table_lines += n_separators > 0;
    c->n_tab_lines += memchr(text + line.at, '\t', line.length) != NULL;
    c->n_code_lines += looks_like_code(text, line);
    c->n_keys += has_key(text, line);
    c->n_arrows += memmem(text + line.at, line.length, "-->", 3) != NULL;
    count_tokens(c, text, line);
}

static size_t skip_prose_blanks(const char *text, size_t at, size_t size)
{
    while (at < size && strchr(" \t\r\n", text[at]) && text[at])
        at++;
    return at;
}

static const char *kind_of_start(const char *text, size_t size)
{
    size_t at = skip_prose_blanks(text, 0, size),
           next = at < size ? skip_prose_blanks(text, at + 1, size) : size;
    if (next >= size)
        return NULL;
    if (text[at] == '{' && strchr("\"}", text[next]))
        return "JSON";
    if (text[at] == '[' && strchr("{\"[", text[next]))
        return "JSON";
    bool is_tag = text[at] == '<' && (strchr("?!/", text[at + 1]) || sb_is_letter(text[at + 1]));
    return is_tag && sb_event_length(text + at, size - at) == 0 ? "XML or HTML" : NULL;
}

static bool exceeds(size_t n, size_t total, size_t percent)
{
    return n > 1 && n * 100 >= total * percent;
}

const char *sb_not_prose(const char *text, size_t size)
{
    prose_count c = {0};
    sb_line line = {0};
    const char *kind = kind_of_start(text, size);
    if (kind)
        return kind;
    while (line.next < SAMPLE && sb_line_next(&line, text, size)) {
        size_t length = line.length < SAMPLE ? line.length : SAMPLE;
        sb_range content = sb_range_trim(text, (sb_range){line.at, length});
        if (content.length > 0)
            count_line(&c, text, content);
    }
    if (exceeds(c.n_log_lines, c.n_lines, LOG_SHARE) || exceeds(c.n_dated_lines, c.n_lines, LOG_SHARE))
        return "a log";
    if (exceeds(c.n_table_lines, c.n_lines, TABLE_SHARE) || exceeds(c.n_number_lines, c.n_lines, TABLE_SHARE))
        return "a table";
    if (exceeds(c.n_code_lines, c.n_lines, CODE_SHARE))
        return "program code";
    if (exceeds(c.n_keys, c.n_lines, TABLE_SHARE))
        return "a list of settings";
    if (c.n_arrows > 1)
        return "captions";
    if (c.n_words * 100 < (c.n_tokens - c.n_numbers) * WORD_SHARE ||
        c.n_words * 100 < c.n_tokens * LEAST_SHARE)
        return "numbers and signs";
    return c.n_words >= 3 || c.has_ideographs ? NULL : "too short for prose";
}
