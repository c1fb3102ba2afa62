#include <stdlib.h>
#include <string.h>

#include "base/text/text.h"
#include "base/words/words.h"
#include "transcript/documents/documents.h"

/* Rich Text Format 1.9: groups, control words and text in Windows-1252 or \u escapes. */

#define MAX_GROUPS 256
#define MAX_WORD   32

typedef struct rtf_group {
    bool is_skipped, is_hidden;
    int n_substitutes; /* characters after \u for readers that do not know it */
} rtf_group;

typedef struct rtf_scan {
    sb_page_text page;
    rtf_group groups[MAX_GROUPS];
    size_t n_groups; /* may exceed MAX_GROUPS; deeper groups share the last */
    int to_skip;     /* substitutes still to come */
    int32_t high;    /* first half of a surrogate pair */
} rtf_scan;

typedef struct rtf_word {
    char name[MAX_WORD];
    bool has_value;
    int value;
} rtf_word;

static rtf_group *group(rtf_scan *s)
{
    return &s->groups[s->n_groups < MAX_GROUPS ? s->n_groups : MAX_GROUPS - 1];
}

static bool is_shown(rtf_scan *s)
{
    return !group(s)->is_skipped && !group(s)->is_hidden;
}

static void put_code_point(rtf_scan *s, int32_t c)
{
    char bytes[4];
    if (s->high && c >= 0xDC00 && c <= 0xDFFF)
        c = 0x10000 + ((s->high - 0xD800) << 10) + (c - 0xDC00);
    s->high = c >= 0xD800 && c <= 0xDBFF ? c : 0;
    if (s->high || !is_shown(s))
        return;
    if (c == '&')
        sb_page_put_plain(&s->page, "&");
    else
        sb_page_put(&s->page, bytes, sb_utf8_encode(c >= 0xDC00 && c <= 0xDFFF ? 0xFFFD : c, bytes));
}

/* A byte of text, which is in Windows-1252. */
static void put_byte(rtf_scan *s, unsigned char byte)
{
    sb_bytes decoded = {0};
    const char *encoding;
    bool is_lossy;
    if (s->to_skip > 0) {
        s->to_skip--;
        return;
    }
    if (byte < 0x80) {
        put_code_point(s, byte);
        return;
    }
    unsigned char pair[2] = {byte, byte < 0xC0 ? byte : ' '};
    if (sb_encoding_decode(&decoded, &encoding, &is_lossy, pair, sizeof pair)) {
        size_t at = 0;
        put_code_point(s, sb_utf8_next(decoded.data, decoded.size, &at));
    } else {
        s->page.out.failed = true;
    }
    sb_bytes_finish(&decoded);
}

static void end_line(rtf_scan *s)
{
    if (is_shown(s))
        sb_page_end_line(&s->page);
}

static void take_word(rtf_scan *s, const rtf_word *word)
{
    static const char *const skipped[] = {
        "fonttbl",  "colortbl",  "stylesheet", "info",       "pict",     "header",       "headerl",
        "headerr",  "headerf",   "footer",     "footerl",    "footerr",  "footerf",      "footnote",
        "object",   "listtable", "themedata",  "datastore",  "fldinst",  "annotation",   "listoverridetable",
        "xmlnstbl", "rsidtbl",   "generator",  "nonshppict", "listtext", "latentstyles", NULL};
    static const struct {
        const char *name, *text;
    } marks[] = {{"tab", "\t"},        {"emdash", "\u2014"},    {"endash", "\u2013"},
                 {"lquote", "\u2018"}, {"rquote", "\u2019"},    {"bullet", "\u2022"},
                 {"cell", "\t"},       {"ldblquote", "\u201C"}, {"rdblquote", "\u201D"}};
    bool is_on = !word->has_value || word->value != 0;
    if (sb_word_is_among(word->name, skipped))
        group(s)->is_skipped = true;
    else if (strcmp(word->name, "v") == 0 || strcmp(word->name, "deleted") == 0)
        group(s)->is_hidden = is_on;
    else if (strcmp(word->name, "plain") == 0)
        group(s)->is_hidden = false;
    else if (strcmp(word->name, "par") == 0 || strcmp(word->name, "line") == 0 ||
             strcmp(word->name, "row") == 0)
        end_line(s);
    else if (strcmp(word->name, "uc") == 0 && word->has_value)
        group(s)->n_substitutes = word->value >= 0 && word->value < 16 ? word->value : 1;
    for (size_t i = 0; i < sizeof marks / sizeof *marks && is_shown(s); i++) {
        if (strcmp(word->name, marks[i].name) == 0)
            sb_page_put_plain(&s->page, marks[i].text);
    }
    if (strcmp(word->name, "u") == 0 && word->has_value) {
        put_code_point(s, word->value & 0xFFFF);
        s->to_skip = group(s)->n_substitutes;
    }
}

/* Reads a control word at text[0], after the backslash. Returns its length with the blank that ends it. */
static size_t read_control_word(rtf_word *out, const char *text, size_t size)
{
    size_t n = 0, at;
    *out = (rtf_word){0};
    while (n < size && ((text[n] >= 'a' && text[n] <= 'z') || (text[n] >= 'A' && text[n] <= 'Z')))
        n++;
    memcpy(out->name, text, n < MAX_WORD ? n : MAX_WORD - 1);
    at = n;
    bool is_negative = at + 1 < size && text[at] == '-' && text[at + 1] >= '0' && text[at + 1] <= '9';
    for (at += is_negative; at < size && text[at] >= '0' && text[at] <= '9'; at++) {
        out->has_value = true;
        if (out->value < 100000000)
            out->value = out->value * 10 + (text[at] - '0');
    }
    if (is_negative)
        out->value = -out->value;
    return at + (at < size && text[at] == ' ');
}

/* Reads what follows a backslash. */
static size_t take_control(rtf_scan *s, const char *text, size_t size)
{
    rtf_word word;
    if (size == 0)
        return 0;
    if (text[0] == '\'') {
        int high = size > 2 ? sb_hex_value(text[1]) : -1, low = size > 2 ? sb_hex_value(text[2]) : -1;
        if (high < 0 || low < 0)
            return 1;
        put_byte(s, (unsigned char)(high * 16 + low));
        return 3;
    }
    if (strchr("\\{}", text[0]) && text[0]) {
        put_byte(s, (unsigned char)text[0]);
        return 1;
    }
    if (text[0] == '~' || text[0] == '_') {
        put_byte(s, text[0] == '~' ? ' ' : '-');
        return 1;
    }
    if (text[0] == '\n' || text[0] == '\r') {
        end_line(s);
        return 1;
    }
    if (text[0] == '*') {
        group(s)->is_skipped = true;
        return 1;
    }
    size_t length = read_control_word(&word, text, size);
    if (length == 0)
        return 1;
    if (strcmp(word.name, "bin") == 0 && word.value > 0)
        return (size_t)word.value < size - length ? length + (size_t)word.value : size;
    take_word(s, &word);
    return length;
}

static void open_group(rtf_scan *s)
{
    rtf_group outer = *group(s);
    s->n_groups++;
    *group(s) = outer;
}

sb_status sb_rtf_text(sb_bytes *out, const char *data, size_t size)
{
    rtf_scan *s = calloc(1, sizeof *s);
    if (!s)
        return SB_ERR_MEMORY;
    s->page = (sb_page_text){.out = *out, .keeps_blanks = true, .keeps_empty = true};
    s->groups[0].n_substitutes = 1;
    for (size_t at = 0; at < size && !s->page.out.failed;) {
        char c = data[at++];
        if (c == '{')
            open_group(s);
        else if (c == '}')
            s->n_groups -= s->n_groups > 0;
        else if (c == '\\')
            at += take_control(s, data + at, size - at);
        else if (c != '\n' && c != '\r' && c != '\0')
            put_byte(s, (unsigned char)c);
        if (c == '{' || c == '}')
            s->to_skip = 0;
    }
    sb_page_end_line(&s->page);
    *out = s->page.out;
    free(s);
    return out->failed ? SB_ERR_MEMORY : SB_OK;
}
