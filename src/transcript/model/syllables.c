#include <string.h>

#include "base/text/fold.h"
#include "base/text/text.h"
#include "transcript/transcript.h"

#define MAX_NUMBER_DIGITS 18
#define WORD_BYTES        1024

static bool is_vowel(char c)
{
    return c && strchr("aeiouy", c);
}

static bool is_lower(char c)
{
    return c >= 'a' && c <= 'z';
}

static bool char_is_one_of(char c, const char *set)
{
    return c && strchr(set, c);
}

/* The "e" of "made", "makes" and "baked", but not of "table", "boxes" and "wanted". */
static bool has_silent_e(const char *text, size_t n)
{
    bool has_suffix = n > 2 && (text[n - 1] == 's' || text[n - 1] == 'd') && text[n - 2] == 'e';
    size_t e = has_suffix ? n - 2 : n - 1;
    if (e < 2 || text[e] != 'e' || is_vowel(text[e - 1]))
        return false;
    if (text[e - 1] == 'l' && !is_vowel(text[e - 2]))
        return false;
    if (has_suffix && text[n - 1] == 's')
        return !char_is_one_of(text[e - 1], "sxzcgh");
    return !has_suffix || !char_is_one_of(text[e - 1], "td");
}

/* Adjacent vowels in two syllables: "media", "radio", "actual", "video"; not "special", "nation",
 * "quality". */
static bool is_hiatus(const char *text, size_t at)
{
    char before = at > 0 ? text[at - 1] : 0, a = text[at], b = text[at + 1];
    if (a == 'i' && (b == 'a' || b == 'o' || b == 'u'))
        return !char_is_one_of(before, "tscgx");
    if (a == 'u' && (b == 'a' || b == 'o'))
        return !char_is_one_of(before, "qg");
    return a == 'e' && b == 'o' && char_is_one_of(before, "dgr");
}

static int count_latin(const char *text, size_t n, bool final_e_is_spoken)
{
    int count = 0;
    for (size_t i = 0; i < n; i++) {
        bool is_first = i == 0 || !is_vowel(text[i - 1]);
        if (is_vowel(text[i]) && is_first && !(i == 0 && text[i] == 'y' && n > 1))
            count++;
        if (i + 1 < n && is_hiatus(text, i))
            count++;
    }
    if (n > 4 && memcmp(text + n - 3, "ing", 3) == 0 && is_vowel(text[n - 4]))
        count++;
    if (n > 3 && text[n - 1] == 'm' && (text[n - 2] == 's' || memcmp(text + n - 3, "th", 2) == 0))
        count++;
    if (count > 1 && !final_e_is_spoken && has_silent_e(text, n))
        count--;
    return count > 0 ? count : 1;
}

/* Letters spoken one by one: "PR", "LLMs", "XML"; not "NASA". */
static int count_initialism(const char *word)
{
    int n_letters = 0, n_vowels = 0, count = 0;
    const char *c = word;
    for (; *c >= 'A' && *c <= 'Z'; c++) {
        n_letters++;
        n_vowels += char_is_one_of(*c, "AEIOU");
        count += *c == 'W' ? 3 : 1;
    }
    if (n_letters < 2 || (n_letters > 3 && n_vowels > 0))
        return 0;
    if (*c == 's')
        c++;
    for (; *c; c++) {
        if (*c < 0 || is_lower(*c) || sb_is_ascii_digit(*c) || *c == '-')
            return 0;
    }
    return count;
}

static int syllables_below_100(uint64_t n)
{
    static const int units[20] = {0, 1, 1, 1, 1, 1, 1, 2, 1, 1, 1, 3, 1, 2, 2, 2, 2, 3, 2, 2};
    if (n < 20)
        return units[n];
    return (n / 10 == 7 ? 3 : 2) + units[n % 10];
}

static int syllables_below_1000(uint64_t n)
{
    return (n >= 100 ? syllables_below_100(n / 100) + 2 : 0) + syllables_below_100(n % 100);
}

static int syllables_of_year(uint64_t n)
{
    int century = syllables_below_100(n / 100);
    if (n % 100 == 0)
        return century + 2;
    return century + (n % 100 < 10) + syllables_below_100(n % 100);
}

/* Numbers from 1100 to 2099 are spoken as years. */
static int number_syllables(uint64_t n)
{
    static const uint64_t scales[] = {1000000000000000000, 1000000000000000, 1000000000000,
                                      1000000000,          1000000,          1000};
    static const int scale_syllables[] = {3, 3, 2, 2, 2, 2};
    int sum = 0;
    if (n == 0)
        return 2;
    if (n >= 1100 && n < 2100 && (n < 2000 || n > 2009))
        return syllables_of_year(n);
    for (size_t i = 0; i < sizeof scales / sizeof *scales; i++) {
        if (n >= scales[i])
            sum += syllables_below_1000(n / scales[i] % 1000) + scale_syllables[i];
        n %= scales[i];
    }
    return sum + syllables_below_1000(n);
}

/* Counts the number at text[*at] with its commas, the spoken point and the decimals. */
static int count_number(const char *text, size_t size, size_t *at)
{
    uint64_t number = 0;
    size_t i = *at, n_digits = 0, first = *at;
    for (; i < size && (sb_is_ascii_digit(text[i]) || (text[i] == ',' && sb_is_ascii_digit(text[i + 1])));
         i++) {
        if (text[i] == ',')
            continue;
        if (n_digits++ < MAX_NUMBER_DIGITS)
            number = number * 10 + (uint64_t)(text[i] - '0');
    }
    bool digit_by_digit = n_digits > MAX_NUMBER_DIGITS || (text[first] == '0' && n_digits > 1);
    int count = digit_by_digit ? (int)(n_digits < 1000 ? n_digits : 1000) : number_syllables(number);
    if (i + 1 < size && text[i] == '.' && sb_is_ascii_digit(text[i + 1])) {
        count++;
        for (i++; i < size && sb_is_ascii_digit(text[i]); i++)
            count++;
    }
    while (i < size && is_lower(text[i]) && i - *at < size && char_is_one_of(text[i], "stndrh"))
        i++;
    *at = i;
    return count;
}

/* Counts the Latin letters, digits and signs of a folded word. */
static int count_folded(const char *text, bool final_e_is_spoken)
{
    size_t size = strlen(text);
    int count = 0;
    for (size_t at = 0; at < size;) {
        size_t from = at;
        if (sb_is_ascii_digit(text[at])) {
            count += count_number(text, size, &at);
        } else if (is_lower(text[at])) {
            while (at < size && (is_lower(text[at]) || text[at] == '\''))
                at++;
            count += count_latin(text + from, at - from, final_e_is_spoken);
        } else {
            count += text[at] == '%' || text[at] == '$' ? 2 : text[at] == '&' ? 1 : 0;
            at++;
        }
    }
    return count;
}

static bool is_vowel_sign(int32_t c)
{
    static const char vowels[] = "αεηιουωάέήίόύώϊϋΑΕΗΙΟΥΩ"
                                 "аеёиоуыэюяіїєАЕЁИОУЫЭЮЯІЇЄ";
    for (size_t at = 0; at < sizeof vowels - 1;) {
        if (sb_utf8_next(vowels, sizeof vowels - 1, &at) == c)
            return true;
    }
    return false;
}

/* A small kana belongs to the mora before it, but a small tsu has its own. */
static bool is_small_kana(int32_t c)
{
    int32_t hiragana = c >= 0x30A1 && c <= 0x30F6 ? c - 0x60 : c;
    return (hiragana >= 0x3041 && hiragana <= 0x3049 && hiragana % 2 == 1) || hiragana == 0x3083 ||
           hiragana == 0x3085 || hiragana == 0x3087 || hiragana == 0x308E;
}

/* Counts vowel letters in alphabets that have them, moras in syllabaries and characters in Han. In other
 * scripts, two letters count as one syllable. */
static int count_other_scripts(const char *word)
{
    int count = 0, n_letters = 0;
    for (size_t at = 0, size = strlen(word); at < size;) {
        int32_t c = sb_utf8_next(word, size, &at);
        if (c < 0x370 || (c >= 0x1E00 && c < 0x1F00) || !sb_is_letter(c))
            continue;
        if (c < 0x530)
            count += is_vowel_sign(c);
        else if ((c >= 0x3041 && c <= 0x9FFF) || (c >= 0xAC00 && c <= 0xD7AF) || c >= 0x20000)
            count += !is_small_kana(c);
        else
            n_letters++;
    }
    return count + (n_letters + 1) / 2;
}

static bool has_letter(const char *word)
{
    for (size_t at = 0, size = strlen(word); at < size;) {
        int32_t c = sb_utf8_next(word, size, &at);
        if (sb_is_letter(c) || sb_is_digit(c))
            return true;
    }
    return false;
}

int sb_word_syllables(const char *word)
{
    int count = count_initialism(word);
    if (count > 0)
        return count;
    char folded[WORD_BYTES]; /* of a longer word, its beginning counts */
    sb_fold_to(folded, sizeof folded, word);
    count = count_other_scripts(word) + count_folded(folded, strstr(word, "\u00E9") != NULL);
    return count == 0 && has_letter(word) ? 1 : count;
}
