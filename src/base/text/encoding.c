#include "base/text/text.h"

#include <string.h>

#include "base/text/legacy.h"

#define MAX_SEQUENCE 4
#define UTF16_PROBE  4096 /* bytes that decide whether a text without a byte order mark is UTF-16 */

/* In Western Europe, letters with accents seldom follow each other. */
#define MIN_DOUBTFUL 4
#define MAX_PAIRS    3 /* at most 1/3 of the non-ASCII characters follow another */
#define MAX_ODD      8 /* at most 1/8 are symbols after a letter */

static const uint16_t windows_1252[32] = {0x20AC, 0x81,   0x201A, 0x192,  0x201E, 0x2026, 0x2020, 0x2021,
                                          0x2C6,  0x2030, 0x160,  0x2039, 0x152,  0x8D,   0x17D,  0x8F,
                                          0x90,   0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
                                          0x2DC,  0x2122, 0x161,  0x203A, 0x153,  0x9D,   0x17E,  0x178};

static void append_char(sb_bytes *out, int32_t code_point)
{
    char bytes[MAX_SEQUENCE];
    sb_bytes_append(out, bytes, sb_utf8_encode(code_point, bytes));
}

/* Returns the length of a character that the end of the data cuts short, or 0. */
static size_t cut_sequence(const unsigned char *data, size_t size)
{
    for (size_t n = 1; n < MAX_SEQUENCE && n <= size; n++) {
        unsigned char byte = data[size - n];
        if ((byte & 0xC0) == 0x80)
            continue;
        size_t wanted = byte >= 0xF0 && byte <= 0xF4 ? 4 : byte >= 0xE0 ? 3 : byte >= 0xC2 ? 2 : 0;
        return byte <= 0xF4 && wanted > n ? n : 0;
    }
    return 0;
}

static void decode_utf16(sb_bytes *out, bool *lossy, const unsigned char *data, size_t size, bool is_big)
{
    int32_t high = 0;
    for (size_t i = 0; i + 1 < size; i += 2) {
        int32_t unit = is_big ? data[i] << 8 | data[i + 1] : data[i + 1] << 8 | data[i];
        bool is_low = unit >= 0xDC00 && unit <= 0xDFFF;
        if (high && !is_low) {
            append_char(out, 0xFFFD);
            *lossy = true;
        }
        if (high && is_low)
            append_char(out, 0x10000 + ((high - 0xD800) << 10) + (unit - 0xDC00));
        bool is_high = unit >= 0xD800 && unit <= 0xDBFF;
        if (!is_high && !(high && is_low)) {
            append_char(out, is_low ? 0xFFFD : unit);
            *lossy = *lossy || is_low;
        }
        high = is_high ? unit : 0;
    }
    *lossy = *lossy || high || size % 2 != 0;
}

static void decode_windows_1252(sb_bytes *out, const unsigned char *data, size_t size)
{
    for (size_t i = 0; i < size; i++)
        append_char(out, data[i] >= 0x80 && data[i] < 0xA0 ? windows_1252[data[i] - 0x80] : data[i]);
}

static bool is_ascii(const unsigned char *data, size_t size)
{
    for (size_t i = 0; i < size; i++) {
        if (data[i] >= 0x80)
            return false;
    }
    return true;
}

static bool has_bom(const unsigned char *data, size_t size, const char *bom)
{
    return size >= 2 && memcmp(data, bom, 2) == 0;
}

/* In UTF-16, blanks, digits and line ends have a zero byte on one side, and nothing has one on the other
 * side. */
static const char *utf16_without_bom(const unsigned char *data, size_t size)
{
    size_t n_zeros[2] = {0}, n = size < UTF16_PROBE ? size : UTF16_PROBE;
    for (size_t i = 0; i < n; i++)
        n_zeros[i % 2] += data[i] == 0;
    for (size_t side = 0; side < 2; side++) {
        if (n >= 4 && n_zeros[side] * 8 >= n && n_zeros[1 - side] == 0)
            return side == 0 ? "utf-16be-no-bom" : "utf-16le-no-bom";
    }
    return NULL;
}

const char *sb_encoding_of_utf16(const void *data, size_t size)
{
    if (has_bom(data, size, "\xFF\xFE"))
        return "utf-16le";
    return has_bom(data, size, "\xFE\xFF") ? "utf-16be" : utf16_without_bom(data, size);
}

static bool is_big_endian(const char *encoding)
{
    return strncmp(encoding, "utf-16be", 8) == 0;
}

static bool lacks_bom(const char *encoding)
{
    return strstr(encoding, "-no-bom") != NULL;
}

/* Some programs cut characters in half, such as recognizers that write the parts of a word one by one. Such a
 * document has more valid multi-byte characters than invalid bytes. In Windows-1252, hardly any bytes form
 * valid characters. */
static bool is_mostly_utf8(const char *text, size_t size)
{
    size_t n_whole = 0, n_bad = 0;
    for (size_t at = 0; at < size;) {
        size_t before = at;
        bool is_ascii_byte = (unsigned char)text[at] < 0x80;
        sb_utf8_next(text, size, &at);
        n_whole += !is_ascii_byte && at - before > 1;
        n_bad += !is_ascii_byte && at - before == 1;
    }
    return n_whole >= 2 && n_whole >= n_bad;
}

/* Each byte that is not part of a valid character becomes U+FFFD. */
static void decode_damaged_utf8(sb_bytes *out, const char *text, size_t size)
{
    for (size_t at = 0; at < size;) {
        char encoded[4];
        sb_bytes_append(out, encoded, sb_utf8_encode(sb_utf8_next(text, size, &at), encoded));
    }
}

bool sb_encoding_is_plain(const void *data, size_t size)
{
    const unsigned char *bytes = data;
    return !sb_encoding_of_utf16(data, size) && !(size >= 3 && memcmp(bytes, "\xEF\xBB\xBF", 3) == 0) &&
           sb_utf8_valid(data, size);
}

/* Text in encodings other than Unicode. */
static bool decode_legacy(sb_bytes *out, const char **encoding, bool *lossy, const char *data, size_t size)
{
    bool ok = true;
    const char *name = sb_legacy_detect(data, size, &ok);
    *encoding = name ? name : "windows-1252";
    if (!name) {
        decode_windows_1252(out, (const unsigned char *)data, size);
        return ok;
    }
    sb_legacy_decode(out, name, data, size);
    *lossy = out->size > 0 && memmem(out->data, out->size, "\xEF\xBF\xBD", 3) != NULL;
    return ok;
}

/* A sign that stands beside letters only if the encoding is another one, as in "zaj¹" of Polish. */
static bool is_odd_inside(int32_t c)
{
    static const char *const usual = "\u00A1\u00AA\u00AB\u00AD\u00B0\u00B7\u00BA\u00BB\u00BF";
    return c >= 0x80 && c < 0xC0 && c != 0xA0 && !sb_utf8_has(usual, c);
}

static bool is_ascii_letter(int32_t c)
{
    return (c | 32) >= 'a' && (c | 32) <= 'z';
}

/* Icelandic has "þ", "ð" and "ý" together with "æ", "á" and "ö". Elsewhere these are the letters of Turkish
 * and of the Baltic languages that Windows-1252 does not have. */
static bool is_icelandic(const char *text, size_t size)
{
    bool has_ae = false, has_a = false, has_o = false;
    for (size_t at = 0; at < size && !(has_ae && has_a && has_o);) {
        int32_t c = sb_utf8_next(text, size, &at);
        has_ae = has_ae || c == 0xE6;
        has_a = has_a || c == 0xE1;
        has_o = has_o || c == 0xF6;
    }
    return has_ae && has_a && has_o;
}

bool sb_encoding_is_doubtful(const char *encoding, const char *text, size_t size)
{
    size_t n = 0, n_pairs = 0, n_odd = 0, n_foreign = 0;
    int32_t before = 0;
    if (strncmp(encoding, "utf-", 4) == 0)
        return false;
    if (strcmp(encoding, "windows-1252") != 0)
        return true;
    for (size_t at = 0; at < size;) {
        int32_t c = sb_utf8_next(text, size, &at);
        bool is_letter = c >= 0xC0 && c < 0x250;
        n += c >= 0x80;
        n_pairs += (is_letter || is_odd_inside(c)) && before != c && before >= 0xC0 && before < 0x250;
        n_odd += is_odd_inside(c) && is_ascii_letter(before);
        n_foreign += sb_utf8_has("þðýÞÐÝ", c);
        before = c;
    }
    if (n_foreign > 0 && !is_icelandic(text, size))
        n_odd += n_foreign;
    return n >= MIN_DOUBTFUL && (MAX_PAIRS * n_pairs > n || MAX_ODD * n_odd > n);
}

bool sb_encoding_decode(sb_bytes *out, const char **encoding, bool *lossy, const void *data, size_t size)
{
    const unsigned char *bytes = data;
    size_t bom = size >= 3 && memcmp(bytes, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;
    size_t cut = cut_sequence(bytes + bom, size - bom);
    *lossy = false;
    if (cut == 1 && is_ascii(bytes, size - cut))
        cut = 0;
    const char *utf16 = sb_encoding_of_utf16(bytes, size);
    if (utf16) {
        size_t skip = lacks_bom(utf16) ? 0 : 2;
        *encoding = utf16;
        decode_utf16(out, lossy, bytes + skip, size - skip, is_big_endian(utf16));
    } else if (sb_utf8_valid((const char *)bytes + bom, size - bom - cut)) {
        *encoding = bom ? "utf-8-bom" : "utf-8";
        *lossy = cut > 0;
        sb_bytes_append(out, bytes + bom, size - bom - cut);
    } else if (is_mostly_utf8((const char *)bytes + bom, size - bom)) {
        *encoding = bom ? "utf-8-bom" : "utf-8";
        *lossy = true;
        decode_damaged_utf8(out, (const char *)bytes + bom, size - bom);
    } else if (!decode_legacy(out, encoding, lossy, data, size)) {
        return false;
    }
    sb_bytes_append(out, "", 0);
    return !out->failed;
}

static void append_unit(sb_bytes *out, int32_t unit, bool is_big)
{
    unsigned char pair[2] = {(unsigned char)(unit >> 8), (unsigned char)unit};
    unsigned char swapped[2] = {pair[1], pair[0]};
    sb_bytes_append(out, is_big ? pair : swapped, 2);
}

static void encode_utf16(sb_bytes *out, const char *text, size_t size, const char *encoding)
{
    bool is_big = is_big_endian(encoding);
    if (!lacks_bom(encoding))
        append_unit(out, 0xFEFF, is_big);
    for (size_t at = 0; at < size;) {
        int32_t c = sb_utf8_next(text, size, &at);
        if (c >= 0x10000) {
            append_unit(out, 0xD800 + ((c - 0x10000) >> 10), is_big);
            append_unit(out, 0xDC00 + ((c - 0x10000) & 0x3FF), is_big);
        } else {
            append_unit(out, c, is_big);
        }
    }
}

static char windows_1252_byte(int32_t c)
{
    if (c < 0x80 || (c >= 0xA0 && c < 0x100))
        return (char)c;
    for (int i = 0; i < 32; i++) {
        if (windows_1252[i] == c)
            return (char)(0x80 + i);
    }
    return '?';
}

void sb_encoding_encode(sb_bytes *out, const char *text, size_t size, const char *encoding)
{
    if (strncmp(encoding, "utf-16", 6) == 0) {
        encode_utf16(out, text, size, encoding);
    } else if (strcmp(encoding, "windows-1252") == 0) {
        for (size_t at = 0; at < size;) {
            char byte = windows_1252_byte(sb_utf8_next(text, size, &at));
            sb_bytes_append(out, &byte, 1);
        }
    } else if (strncmp(encoding, "utf-8", 5) != 0) {
        sb_legacy_encode(out, encoding, text, size);
    } else {
        if (strcmp(encoding, "utf-8-bom") == 0)
            sb_bytes_append(out, "\xEF\xBB\xBF", 3);
        sb_bytes_append(out, text, size);
    }
}
