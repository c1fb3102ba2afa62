#include "base/text/fold.h"
#include "base/text/text.h"

#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

#define REPLACEMENT   0xFFFD
#define MAX_EXPANSION 32
#define FOLDED_BYTES  (4 * MAX_EXPANSION) /* of one code point, at most */

static size_t sequence_length(unsigned char first)
{
    if (first < 0x80)
        return 1;
    if (first >= 0xC2 && first <= 0xDF)
        return 2;
    if (first >= 0xE0 && first <= 0xEF)
        return 3;
    return first >= 0xF0 && first <= 0xF4 ? 4 : 0;
}

/* The second byte is enough to detect overlong forms, surrogates and code points above U+10FFFF. */
static bool second_byte_fits(unsigned char first, unsigned char second)
{
    unsigned char low = first == 0xE0 ? 0xA0 : first == 0xF0 ? 0x90 : 0x80;
    unsigned char high = first == 0xED ? 0x9F : first == 0xF4 ? 0x8F : 0xBF;
    return second >= low && second <= high;
}

static int32_t decode_utf8(const unsigned char *bytes, size_t size, size_t *length)
{
    size_t n = sequence_length(bytes[0]);
    *length = 1;
    if (n == 1)
        return bytes[0];
    if (n == 0 || n > size || !second_byte_fits(bytes[0], bytes[1]))
        return -1;
    int32_t code_point = bytes[0] & (0x7F >> n);
    for (size_t i = 1; i < n; i++) {
        if ((bytes[i] & 0xC0) != 0x80)
            return -1;
        code_point = code_point << 6 | (bytes[i] & 0x3F);
    }
    *length = n;
    return code_point;
}

int32_t sb_utf8_next(const char *text, size_t size, size_t *at)
{
    size_t length;
    int32_t code_point = decode_utf8((const unsigned char *)text + *at, size - *at, &length);
    *at += length;
    return code_point < 0 ? REPLACEMENT : code_point;
}

int32_t sb_utf8_last(const char *text, size_t begin, size_t *end)
{
    size_t at = *end - 1;
    while (at > begin && *end - at < 4 && ((unsigned char)text[at] & 0xC0) == 0x80)
        at--;
    size_t next = at;
    int32_t c = sb_utf8_next(text, *end, &next);
    *end = at;
    return c;
}

size_t sb_utf8_cut(const char *text, size_t size)
{
    while (size > 0 && ((unsigned char)text[size] & 0xC0) == 0x80)
        size--;
    return size;
}

bool sb_utf8_valid(const char *text, size_t size)
{
    for (size_t at = 0, length; at < size; at += length) {
        if (decode_utf8((const unsigned char *)text + at, size - at, &length) < 0)
            return false;
    }
    return true;
}

size_t sb_utf8_encode(int32_t code_point, char out[4])
{
    if (!utf8proc_codepoint_valid(code_point))
        code_point = REPLACEMENT;
    return (size_t)utf8proc_encode_char(code_point, (utf8proc_uint8_t *)out);
}

bool sb_is_letter(int32_t code_point)
{
    utf8proc_category_t category = utf8proc_category(code_point);
    return category >= UTF8PROC_CATEGORY_LU && category <= UTF8PROC_CATEGORY_ME;
}

bool sb_is_mark(int32_t code_point)
{
    utf8proc_category_t category = utf8proc_category(code_point);
    return category >= UTF8PROC_CATEGORY_MN && category <= UTF8PROC_CATEGORY_ME;
}

bool sb_is_digit(int32_t code_point)
{
    return utf8proc_category(code_point) == UTF8PROC_CATEGORY_ND;
}

bool sb_is_upper(int32_t code_point)
{
    utf8proc_category_t category = utf8proc_category(code_point);
    return category == UTF8PROC_CATEGORY_LU || category == UTF8PROC_CATEGORY_LT;
}

bool sb_is_ideographic(int32_t c)
{
    bool is_hangul =
        (c >= 0x1100 && c < 0x1200) || (c >= 0xA960 && c < 0xA980) || (c >= 0xAC00 && c < 0xD800);
    bool is_script = (c >= 0x2E80 && c < 0xD800) || (c >= 0xF900 && c < 0xFB00) ||
                     (c >= 0xFF00 && c < 0xFFE7) || (c >= 0x20000 && c < 0x40000);
    return is_script && !is_hangul && utf8proc_charwidth(c) == 2;
}

bool sb_text_is_spoken(const char *text)
{
    size_t size = strlen(text);
    for (size_t at = 0; at < size;) {
        int32_t c = sb_utf8_next(text, size, &at);
        if (sb_is_letter(c) || sb_is_digit(c))
            return true;
    }
    return false;
}

bool sb_is_right_to_left(int32_t c)
{
    utf8proc_bidi_class_t class = c >= 0 ? utf8proc_get_property(c)->bidi_class : 0;
    return class == UTF8PROC_BIDI_CLASS_R || class == UTF8PROC_BIDI_CLASS_AL;
}

size_t sb_utf8_width(const char *text, size_t size)
{
    size_t width = 0;
    for (size_t at = 0; at < size;) {
        int columns = utf8proc_charwidth(sb_utf8_next(text, size, &at));
        width += columns > 0 ? (size_t)columns : 0;
    }
    return width;
}

size_t sb_grapheme_end(const char *text, size_t size, size_t at)
{
    utf8proc_int32_t state = 0;
    int32_t before = sb_utf8_next(text, size, &at);
    while (at < size) {
        size_t next = at;
        int32_t c = sb_utf8_next(text, size, &next);
        if (utf8proc_grapheme_break_stateful(before, c, &state))
            break;
        before = c;
        at = next;
    }
    return at;
}

bool sb_is_invisible(int32_t c)
{
    return c == 0xAD || (c >= 0x200B && c <= 0x200F) || (c >= 0x202A && c <= 0x202E) || c == 0x2060 ||
           (c >= 0x2066 && c <= 0x2069) || c == 0xFEFF;
}

bool sb_is_space(int32_t code_point)
{
    if (code_point < 0x80)
        return code_point == ' ' || (code_point >= '\t' && code_point <= '\r');
    utf8proc_category_t category = utf8proc_category(code_point);
    return code_point == 0x85 || (category >= UTF8PROC_CATEGORY_ZS && category <= UTF8PROC_CATEGORY_ZP);
}

static bool is_apostrophe(int32_t c)
{
    return c == '\'' || c == '`' || c == 0xB4 || c == 0x2BC || (c >= 0x2018 && c <= 0x201B) || c == 0x2032 ||
           c == 0xFF07;
}

static bool is_dash(int32_t c)
{
    return c == '-' || (c >= 0x2010 && c <= 0x2015) || c == 0x2043 || c == 0x2212 || c == 0xFE58 ||
           c == 0xFE63 || c == 0xFF0D;
}

/* Letters with a stroke or ligature that Unicode does not decompose but that people type without it. */
static const char *plain_spelling(int32_t c)
{
    static const struct {
        int32_t code_point;
        const char *text;
    } letters[] = {{0xC6, "ae"},  {0xD0, "d"},   {0xD8, "o"},  {0xDE, "th"}, {0xE6, "ae"},
                   {0xF0, "d"},   {0xF8, "o"},   {0xFE, "th"}, {0x110, "d"}, {0x111, "d"},
                   {0x126, "h"},  {0x127, "h"},  {0x131, "i"}, {0x141, "l"}, {0x142, "l"},
                   {0x152, "oe"}, {0x153, "oe"}, {0x166, "t"}, {0x167, "t"}, {0x2044, "/"}};
    for (size_t i = 0; i < sizeof letters / sizeof *letters; i++) {
        if (letters[i].code_point == c)
            return letters[i].text;
    }
    return NULL;
}

/* Accents, and the points of Hebrew, Arabic and Syriac, which most texts leave out. The marks of other
 * scripts are vowels, tones and voicing, which distinguish words: "か" is not "が". */
static bool is_optional_mark(int32_t c)
{
    static const int32_t ranges[][2] = {{0x300, 0x36F},   {0x483, 0x489},  {0x591, 0x5C7},   {0x610, 0x61A},
                                        {0x64B, 0x65F},   {0x670, 0x670},  {0x6D6, 0x6ED},   {0x711, 0x711},
                                        {0x730, 0x74A},   {0x8D3, 0x8FF},  {0x1AB0, 0x1AFF}, {0x1DC0, 0x1DFF},
                                        {0x20D0, 0x20FF}, {0xFE20, 0xFE2F}};
    if (!sb_is_mark(c))
        return false;
    for (size_t i = 0; i < sizeof ranges / sizeof *ranges; i++) {
        if (c >= ranges[i][0] && c <= ranges[i][1])
            return true;
    }
    return false;
}

/* The digits of each script are ten code points in sequence. */
static char plain_digit(int32_t c)
{
    int32_t zero = c;
    while (sb_is_digit(zero - 1))
        zero--;
    return (char)('0' + (c - zero) % 10);
}

static size_t put_bytes(char *out, const char *text, size_t size)
{
    if (out)
        memcpy(out, text, size);
    return size;
}

static size_t put_decomposed(char *out, int32_t c)
{
    utf8proc_int32_t parts[MAX_EXPANSION];
    int boundary = UTF8PROC_BOUNDCLASS_START;
    utf8proc_option_t options = UTF8PROC_DECOMPOSE | UTF8PROC_COMPAT | UTF8PROC_CASEFOLD | UTF8PROC_IGNORE;
    utf8proc_ssize_t n = utf8proc_decompose_char(c, parts, MAX_EXPANSION, options, &boundary);
    size_t size = 0;
    for (utf8proc_ssize_t i = 0; i < n && i < MAX_EXPANSION; i++) {
        char bytes[4];
        if (is_optional_mark(parts[i]))
            continue;
        if (parts[i] >= 0x80 && sb_is_digit(parts[i])) {
            bytes[0] = plain_digit(parts[i]);
            size += put_bytes(out ? out + size : NULL, bytes, 1);
            continue;
        }
        const char *plain = parts[i] < 0x80 ? NULL : plain_spelling(parts[i]);
        size_t length = plain ? strlen(plain) : sb_utf8_encode(parts[i], bytes);
        size += put_bytes(out ? out + size : NULL, plain ? plain : bytes, length);
    }
    return size;
}

static size_t put_folded(char *out, int32_t c)
{
    if (is_apostrophe(c))
        return put_bytes(out, "'", 1);
    if (is_dash(c))
        return put_bytes(out, "-", 1);
    if (c < 0x80) {
        char lower = (char)(c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c);
        return put_bytes(out, &lower, 1);
    }
    return put_decomposed(out, c);
}

/* Returns the length of the folded text. Writes it if `out` is not NULL. */
static size_t fold_into(char *out, const char *text, size_t size)
{
    size_t length = 0;
    for (size_t at = 0; at < size;)
        length += put_folded(out ? out + length : NULL, sb_utf8_next(text, size, &at));
    return length;
}

char *sb_fold(const char *text)
{
    size_t size = strlen(text);
    size_t length = fold_into(NULL, text, size);
    char *folded = malloc(length + 1);
    if (!folded)
        return NULL;
    fold_into(folded, text, size);
    folded[length] = 0;
    return folded;
}

bool sb_fold_to(char *out, size_t size, const char *text)
{
    size_t length = 0, at = 0, n = strlen(text);
    bool fits = true;
    while (at < n && fits) {
        char bytes[FOLDED_BYTES];
        size_t more = put_folded(bytes, sb_utf8_next(text, n, &at));
        fits = length + more < size;
        if (fits)
            memcpy(out + length, bytes, more);
        length += fits ? more : 0;
    }
    out[length] = 0;
    return fits;
}

static size_t put_lower(char *out, int32_t c)
{
    char bytes[4];
    if (is_apostrophe(c))
        return put_bytes(out, "'", 1);
    if (is_dash(c))
        return put_bytes(out, "-", 1);
    return put_bytes(out, bytes, sb_utf8_encode(utf8proc_tolower(c), bytes));
}

/* A letter may need more bytes than before, but four at most. */
char *sb_fold_case(const char *text)
{
    size_t size = strlen(text), length = 0;
    char *lower = malloc(4 * size + 1);
    if (!lower)
        return NULL;
    for (size_t at = 0; at < size;)
        length += put_lower(lower + length, sb_utf8_next(text, size, &at));
    lower[length] = 0;
    char *composed = (char *)utf8proc_NFC((const utf8proc_uint8_t *)lower);
    free(lower);
    return composed;
}

/* A place in a text that is folded as it is read. */
typedef struct folded_place {
    const char *text;
    size_t size, at; /* `at` is after the code point that `bytes` has */
    char bytes[FOLDED_BYTES];
    size_t n_bytes, next;
} folded_place;

static void read_folded(folded_place *p)
{
    while (p->next == p->n_bytes && p->at < p->size) {
        p->n_bytes = put_folded(p->bytes, sb_utf8_next(p->text, p->size, &p->at));
        p->next = 0;
    }
}

static folded_place begin_folded(const char *text)
{
    folded_place p = {.text = text, .size = strlen(text)};
    read_folded(&p);
    return p;
}

/* 0 at the end. */
static char folded_byte(const folded_place *p)
{
    return p->next < p->n_bytes ? p->bytes[p->next] : 0;
}

static void step_folded(folded_place *p)
{
    p->next++;
    read_folded(p);
}

bool sb_utf8_has(const char *list, int32_t code_point)
{
    for (size_t at = 0, size = strlen(list); at < size;)
        if (sb_utf8_next(list, size, &at) == code_point)
            return true;
    return false;
}

bool sb_same_text(const char *a, const char *b)
{
    return a && b ? strcmp(a, b) == 0 : a == b;
}

/* Allocates nothing: a failure could not be told from a text that does not match. */
bool sb_wildcard_match(const char *pattern, const char *text)
{
    folded_place wanted = begin_folded(pattern), at = begin_folded(text), star = {0}, resume = at;
    while (folded_byte(&at)) {
        if (folded_byte(&wanted) == '*') {
            step_folded(&wanted);
            star = wanted;
            resume = at;
        } else if (folded_byte(&wanted) == folded_byte(&at)) {
            step_folded(&wanted);
            step_folded(&at);
        } else if (star.text) {
            wanted = star;
            step_folded(&resume);
            at = resume;
        } else {
            return false;
        }
    }
    while (folded_byte(&wanted) == '*')
        step_folded(&wanted);
    return !folded_byte(&wanted);
}
