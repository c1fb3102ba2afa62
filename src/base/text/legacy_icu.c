/* Encodings from before Unicode, by ICU. */
#include <stdlib.h>
#include <string.h>

#include <unicode/ucnv.h>
#include <unicode/ucnv_cb.h>
#include <unicode/ucsdet.h>

#include "base/text/legacy.h"

#define LOOKED_AT 32768 /* bytes of lines with characters that are not ASCII */
#define MIN_HIGH  12    /* fewer bytes above 127 tell nothing */

/* The least confidence of ICU, 0 to 100, and the least lead over Western Europe. Right guesses for the
 * sentences of test_base_legacy have at least 100, 20 and 30 with a lead of 7, and wrong ones at most 78, 32
 * and a lead of -11; those of 78 and 32 come after a right one, or have letters that the encoding does not
 * have. */
#define MIN_WIDE_CONFIDENCE  30
#define MIN_DENSE_CONFIDENCE 10
#define MIN_LATIN_CONFIDENCE 25
#define MIN_LATIN_LEAD       5
#define MIN_TURKISH_LEAD     20 /* six letters differ, which other languages hardly use */

typedef enum legacy_kind { WIDE, DENSE, HEBREW, GREEK, LATIN, TURKISH, WESTERN } legacy_kind;

/* What ICU detects, and the encoding that contains it. In wide and dense encodings few letters are ASCII. */
static const struct legacy {
    const char *icu, *name;
    legacy_kind kind;
} legacies[] = {{"Shift_JIS", "shift_jis", WIDE},
                {"EUC-JP", "euc-jp", WIDE},
                {"GB18030", "gb18030", WIDE},
                {"Big5", "windows-950", WIDE},
                {"EUC-KR", "windows-949", WIDE},
                {"windows-1251", "windows-1251", DENSE},
                {"KOI8-R", "koi8-r", DENSE},
                {"ISO-8859-5", "iso-8859-5", DENSE},
                {"ISO-8859-7", "windows-1253", GREEK},
                {"windows-1253", "windows-1253", GREEK},
                {"ISO-8859-8", "windows-1255", HEBREW},
                {"ISO-8859-8-I", "windows-1255", HEBREW},
                {"windows-1255", "windows-1255", HEBREW},
                {"windows-1256", "windows-1256", DENSE},
                {"ISO-8859-6", "iso-8859-6", DENSE},
                {"ISO-8859-2", "iso-8859-2", LATIN},
                {"windows-1250", "windows-1250", LATIN},
                {"ISO-8859-9", "windows-1254", TURKISH},
                {"windows-1254", "windows-1254", TURKISH},
                {"ISO-8859-1", NULL, WESTERN},
                {"windows-1252", NULL, WESTERN}};

static const struct legacy *find_legacy(const char *icu)
{
    for (size_t i = 0; icu && i < sizeof legacies / sizeof *legacies; i++) {
        if (strcmp(legacies[i].icu, icu) == 0)
            return &legacies[i];
    }
    return NULL;
}

static bool is_high(char c)
{
    return (unsigned char)c >= 0x80;
}

/* Copies the lines with bytes above 127, which are all that differs. */
static size_t copy_lines(char *out, const char *data, size_t size)
{
    size_t n = 0;
    for (size_t at = 0; at < size && n < LOOKED_AT;) {
        const char *end = memchr(data + at, '\n', size - at);
        size_t length = end ? (size_t)(end - data) - at + 1 : size - at, i = 0;
        while (i < length && !is_high(data[at + i]))
            i++;
        if (i < length) {
            size_t taken = length < LOOKED_AT - n ? length : LOOKED_AT - n;
            memcpy(out + n, data + at, taken);
            n += taken;
        }
        at += length;
    }
    return n;
}

/* True if at least a quarter of the letters are bytes above 127. */
static bool is_dense(const char *text, size_t size, size_t *n_high)
{
    size_t n_letters = 0;
    *n_high = 0;
    for (size_t i = 0; i < size; i++) {
        *n_high += is_high(text[i]);
        n_letters += (text[i] | 32) >= 'a' && (text[i] | 32) <= 'z';
    }
    return 3 * *n_high >= n_letters;
}

/* Hebrew has no letters in some places in which Cyrillic has many, and points for vowels, which only follow
 * letters, in those of capitals. */
static bool fits_hebrew(const char *text, size_t size)
{
    for (size_t i = 0; i < size; i++) {
        unsigned char c = (unsigned char)text[i];
        bool is_point = c >= 0xC0 && c < 0xD9, is_first = i == 0 || !is_high(text[i - 1]);
        if ((c >= 0xD9 && (c <= 0xDF || c == 0xFB || c == 0xFC || c == 0xFF)) || (is_point && is_first))
            return false;
    }
    return true;
}

static int32_t least_confidence(legacy_kind kind, int32_t western)
{
    switch (kind) {
    case WIDE:
        return MIN_WIDE_CONFIDENCE;
    case LATIN:
        return western + MIN_LATIN_LEAD > MIN_LATIN_CONFIDENCE ? western + MIN_LATIN_LEAD
                                                               : MIN_LATIN_CONFIDENCE;
    case TURKISH:
        return western + MIN_TURKISH_LEAD > MIN_LATIN_CONFIDENCE ? western + MIN_TURKISH_LEAD
                                                                 : MIN_LATIN_CONFIDENCE;
    default:
        return MIN_DENSE_CONFIDENCE;
    }
}

/* Chooses among the matches, which are sorted by confidence. */
static const char *choose(const UCharsetMatch **matches, int32_t n, const char *text, size_t size, bool dense)
{
    const struct legacy *best = NULL;
    int32_t confidence = 0, western = 0;
    for (int32_t i = 0; i < n; i++) {
        UErrorCode code = U_ZERO_ERROR;
        const struct legacy *found = find_legacy(ucsdet_getName(matches[i], &code));
        int32_t value = ucsdet_getConfidence(matches[i], &code);
        if (!found || U_FAILURE(code) || (found->kind < LATIN) != dense ||
            (found->kind == HEBREW && !fits_hebrew(text, size)))
            continue;
        if (found->kind == WESTERN) {
            western = value > western ? value : western;
        } else if (value > confidence) {
            best = found;
            confidence = value;
        }
    }
    if (!best || confidence < least_confidence(best->kind, western))
        return NULL;
    /* a capital alpha with an accent, in the place of a sign for paragraphs */
    return best->kind == GREEK && memchr(text, 0xB6, size) ? "iso-8859-7" : best->name;
}

const char *sb_legacy_detect(const char *data, size_t size, bool *ok)
{
    UErrorCode code = U_ZERO_ERROR;
    char *lines = malloc(LOOKED_AT);
    UCharsetDetector *detector = lines ? ucsdet_open(&code) : NULL;
    const char *name = NULL;
    size_t n_high = 0, n = detector ? copy_lines(lines, data, size) : 0;
    bool dense = is_dense(lines, n, &n_high);
    *ok = *ok && lines && code != U_MEMORY_ALLOCATION_ERROR;
    if (detector && n_high >= MIN_HIGH) {
        int32_t n_matches = 0;
        ucsdet_setText(detector, lines, (int32_t)n, &code);
        const UCharsetMatch **matches = ucsdet_detectAll(detector, &n_matches, &code);
        if (U_SUCCESS(code))
            name = choose(matches, n_matches, lines, n, dense);
    }
    ucsdet_close(detector);
    free(lines);
    return name;
}

/* ICU would write U+001A for some bytes that mean nothing. */
static void replace_bytes(const void *context, UConverterToUnicodeArgs *args, const char *bytes,
                          int32_t length, UConverterCallbackReason reason, UErrorCode *code)
{
    static const UChar sign = 0xFFFD;
    (void)context;
    (void)bytes;
    (void)length;
    if (reason > UCNV_IRREGULAR)
        return;
    *code = U_ZERO_ERROR;
    ucnv_cbToUWriteUChars(args, &sign, 1, 0, code);
}

static void convert(sb_bytes *out, const char *to, const char *from, const char *data, size_t size)
{
    UErrorCode code = U_ZERO_ERROR;
    UConverter *target = ucnv_open(to, &code), *source = ucnv_open(from, &code);
    char buffer[4096];
    UChar pivot[1024], *pivot_from = pivot, *pivot_to = pivot;
    const char *at = data, *end = data + size;
    bool is_first = true;
    ucnv_setToUCallBack(source, replace_bytes, NULL, NULL, NULL, &code);
    do {
        char *room = buffer;
        code = U_FAILURE(code) && code != U_BUFFER_OVERFLOW_ERROR ? code : U_ZERO_ERROR;
        ucnv_convertEx(target, source, &room, buffer + sizeof buffer, &at, end, pivot, &pivot_from, &pivot_to,
                       pivot + 1024, is_first, true, &code);
        is_first = false;
        sb_bytes_append(out, buffer, (size_t)(room - buffer));
    } while (code == U_BUFFER_OVERFLOW_ERROR && !out->failed);
    out->failed = out->failed || (U_FAILURE(code) && code != U_BUFFER_OVERFLOW_ERROR);
    ucnv_close(target);
    ucnv_close(source);
}

void sb_legacy_decode(sb_bytes *out, const char *name, const char *data, size_t size)
{
    convert(out, "UTF-8", name, data, size);
}

void sb_legacy_encode(sb_bytes *out, const char *name, const char *text, size_t size)
{
    convert(out, name, "UTF-8", text, size);
}
