#include "base/json/json.h"
#include "base/text/text.h"

#include <string.h>

static sb_scan_token token_at(sb_scan_kind kind, size_t at, size_t length)
{
    return (sb_scan_token){kind, {at, length}};
}

static sb_scan_token stay(sb_json_scan *s, sb_scan_kind kind)
{
    return token_at(kind, s->at, 0);
}

static void skip_json_blanks(sb_json_scan *s)
{
    while (s->at < s->size && s->text[s->at] && strchr(" \t\r\n", s->text[s->at]))
        s->at++;
}

static bool in_object(const sb_json_scan *s)
{
    return s->open.size > 0 && s->open.data[s->open.size - 1] == '{';
}

static sb_scan_token begin_container(sb_json_scan *s, char bracket)
{
    sb_bytes_append(&s->open, &bracket, 1);
    if (s->open.failed)
        return stay(s, SB_SCAN_MEMORY);
    s->state = bracket == '{' ? SB_SCAN_WANTS_KEY : SB_SCAN_WANTS_VALUE;
    return token_at(bracket == '{' ? SB_SCAN_BEGIN_OBJECT : SB_SCAN_BEGIN_ARRAY, s->at++, 1);
}

static sb_scan_token end_container(sb_json_scan *s, char bracket)
{
    if (s->open.size == 0 || in_object(s) != (bracket == '}'))
        return stay(s, SB_SCAN_BAD);
    s->open.size--;
    s->state = SB_SCAN_WANTS_COMMA;
    return token_at(bracket == '}' ? SB_SCAN_END_OBJECT : SB_SCAN_END_ARRAY, s->at++, 1);
}

static bool find_text(const sb_json_scan *s, sb_range *inside)
{
    size_t at = s->at + 1;
    while (at < s->size && s->text[at] != '"')
        at += s->text[at] == '\\' ? 2 : 1;
    *inside = (sb_range){s->at + 1, at - s->at - 1};
    return at < s->size;
}

static sb_scan_token scan_text(sb_json_scan *s)
{
    sb_range inside;
    if (!find_text(s, &inside))
        return stay(s, SB_SCAN_CUT);
    s->at = inside.at + inside.length + 1;
    s->state = SB_SCAN_WANTS_COMMA;
    return (sb_scan_token){SB_SCAN_TEXT, inside};
}

static sb_scan_token scan_key(sb_json_scan *s)
{
    sb_range inside;
    size_t begin = s->at;
    if (!find_text(s, &inside))
        return stay(s, SB_SCAN_CUT);
    s->at = inside.at + inside.length + 1;
    skip_json_blanks(s);
    if (s->at == s->size || s->text[s->at] != ':') {
        sb_scan_token token = stay(s, s->at == s->size ? SB_SCAN_CUT : SB_SCAN_BAD);
        s->at = begin;
        return token;
    }
    s->at++;
    s->state = SB_SCAN_WANTS_VALUE;
    return (sb_scan_token){SB_SCAN_KEY, inside};
}

static size_t run_of(const sb_json_scan *s, const char *set)
{
    size_t n = 0;
    while (s->at + n < s->size && s->text[s->at + n] && strchr(set, s->text[s->at + n]))
        n++;
    return n;
}

static sb_scan_token scan_number(sb_json_scan *s)
{
    size_t n = run_of(s, "0123456789+-.eE");
    if (s->at + n == s->size && s->open.size > 0)
        return stay(s, SB_SCAN_CUT);
    s->state = SB_SCAN_WANTS_COMMA;
    s->at += n;
    return token_at(SB_SCAN_NUMBER, s->at - n, n);
}

/* NaN and Infinity are not JSON, but programs in Python write them. */
static sb_scan_token scan_word(sb_json_scan *s)
{
    static const char *const words[] = {"true", "false", "null", "NaN", "Infinity", "-Infinity"};
    size_t n = run_of(s, "abcdefghijklmnopqrstuvwxyzNI-");
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        size_t length = strlen(words[i]);
        bool begins_so = n <= length && memcmp(s->text + s->at, words[i], n) == 0;
        if (begins_so && n < length && n > 0 && s->at + n == s->size)
            return stay(s, SB_SCAN_CUT);
        if (begins_so && n == length) {
            s->state = SB_SCAN_WANTS_COMMA;
            s->at += n;
            return token_at(SB_SCAN_WORD, s->at - n, n);
        }
    }
    return stay(s, SB_SCAN_BAD);
}

static sb_scan_token scan_value(sb_json_scan *s)
{
    char c = s->text[s->at];
    if (c == '{' || c == '[')
        return begin_container(s, c);
    if (c == ']')
        return end_container(s, c);
    if (c == '"')
        return scan_text(s);
    bool is_infinite = c == '-' && s->at + 1 < s->size && s->text[s->at + 1] == 'I';
    return (c == '-' && !is_infinite) || (c >= '0' && c <= '9') ? scan_number(s) : scan_word(s);
}

sb_scan_token sb_json_scan_next(sb_json_scan *s)
{
    for (;;) {
        skip_json_blanks(s);
        bool is_whole = s->state == SB_SCAN_WANTS_COMMA && s->open.size == 0;
        if (s->at == s->size)
            return stay(s, is_whole ? SB_SCAN_DONE : SB_SCAN_CUT);
        char c = s->text[s->at];
        if (s->state == SB_SCAN_WANTS_VALUE)
            return scan_value(s);
        if (c == '}' || c == ']')
            return end_container(s, c);
        if (s->state == SB_SCAN_WANTS_KEY)
            return c == '"' ? scan_key(s) : stay(s, SB_SCAN_BAD);
        if (is_whole || c != ',')
            return stay(s, SB_SCAN_BAD);
        s->state = in_object(s) ? SB_SCAN_WANTS_KEY : SB_SCAN_WANTS_VALUE;
        s->at++;
    }
}

sb_scan_token sb_json_scan_skip(sb_json_scan *s, sb_scan_token token)
{
    size_t depth = s->open.size;
    if (token.kind != SB_SCAN_BEGIN_OBJECT && token.kind != SB_SCAN_BEGIN_ARRAY)
        return token;
    while (s->open.size >= depth && token.kind < SB_SCAN_DONE)
        token = sb_json_scan_next(s);
    return token;
}

sb_scan_token sb_json_scan_skip_damaged(sb_json_scan *s, sb_scan_token token, size_t *n_mended)
{
    size_t depth = s->open.size;
    if (token.kind != SB_SCAN_BEGIN_OBJECT && token.kind != SB_SCAN_BEGIN_ARRAY)
        return token;
    while (s->open.size >= depth && token.kind < SB_SCAN_DONE) {
        token = sb_json_scan_next(s);
        if (token.kind == SB_SCAN_BAD && sb_json_scan_mend(s)) {
            token.kind = SB_SCAN_WORD;
            ++*n_mended;
        }
    }
    return token;
}

bool sb_json_scan_mend(sb_json_scan *s)
{
    char c = s->at < s->size ? s->text[s->at] : 0;
    bool is_inside = s->open.size > 0;
    if (s->state == SB_SCAN_WANTS_COMMA && !is_inside) {
        s->at += c == ',';
        skip_json_blanks(s);
        s->state = SB_SCAN_WANTS_VALUE;
        return s->at < s->size && (s->text[s->at] == '{' || s->text[s->at] == '[');
    }
    if (s->state == SB_SCAN_WANTS_COMMA && (c == '"' || (!in_object(s) && (c == '{' || c == '[')))) {
        s->state = in_object(s) ? SB_SCAN_WANTS_KEY : SB_SCAN_WANTS_VALUE;
        return true;
    }
    return false;
}

void sb_json_scan_finish(sb_json_scan *s)
{
    sb_bytes_finish(&s->open);
}

bool sb_json_scan_is(const sb_json_scan *s, const sb_scan_token *token, const char *text)
{
    return token->range.length == strlen(text) &&
           memcmp(s->text + token->range.at, text, token->range.length) == 0;
}

static int32_t read_hex(const char *text, size_t size)
{
    int32_t value = 0;
    if (size < 4)
        return -1;
    for (size_t i = 0; i < 4; i++) {
        const char *digits = "0123456789abcdef0123456789ABCDEF";
        const char *digit = text[i] ? strchr(digits, text[i]) : NULL;
        if (!digit)
            return -1;
        value = value * 16 + (int32_t)(digit - digits) % 16;
    }
    return value;
}

/* Decodes "\uXXXX" or a surrogate pair at text[0]. Sets `*used` to the number of bytes. */
static int32_t read_unicode_escape(const char *text, size_t size, size_t *used)
{
    int32_t unit = read_hex(text + 2, size - 2);
    *used = unit < 0 ? 2 : 6;
    if (unit < 0xD800 || unit > 0xDBFF || size < 12 || text[6] != '\\' || text[7] != 'u')
        return unit < 0 ? 0xFFFD : unit;
    int32_t low = read_hex(text + 8, size - 8);
    if (low < 0xDC00 || low > 0xDFFF)
        return unit;
    *used = 12;
    return 0x10000 + ((unit - 0xD800) << 10) + (low - 0xDC00);
}

static void append_escape(sb_bytes *out, const char *text, size_t size, size_t *used)
{
    static const char letters[] = "bfnrt", meant[] = "\b\f\n\r\t";
    *used = 2;
    if (text[1] == 'u') {
        char encoded[4];
        int32_t c = read_unicode_escape(text, size, used);
        sb_bytes_append(out, encoded, sb_utf8_encode(c, encoded));
        return;
    }
    const char *letter = text[1] ? strchr(letters, text[1]) : NULL;
    sb_bytes_append(out, letter ? &meant[letter - letters] : text + 1, 1);
}

void sb_json_scan_text(sb_bytes *out, const sb_json_scan *s, sb_range range)
{
    const char *text = s->text + range.at;
    for (size_t at = 0, used; at < range.length; at += used) {
        const char *escape = memchr(text + at, '\\', range.length - at);
        used = escape ? (size_t)(escape - text) - at : range.length - at;
        if (used > 0)
            sb_bytes_append(out, text + at, used);
        else if (range.length - at >= 2)
            append_escape(out, text + at, range.length - at, &used);
        else
            used = 1;
    }
}
