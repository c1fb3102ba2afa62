#include <string.h>
#include <strings.h>

#include "base/run/run.h"
#include "transcript/json/json_forms.h"

#define MAX_TAG 35

/* The languages that Whisper names in English, and codes of ISO 639-2 that have a shorter one. */
static const struct named_language {
    const char *name, *tag;
} named_languages[] = {
    {"afrikaans", "af"}, {"albanian", "sq"},   {"amharic", "am"},       {"arabic", "ar"},
    {"armenian", "hy"},  {"assamese", "as"},   {"azerbaijani", "az"},   {"bashkir", "ba"},
    {"basque", "eu"},    {"belarusian", "be"}, {"bengali", "bn"},       {"bosnian", "bs"},
    {"breton", "br"},    {"bulgarian", "bg"},  {"burmese", "my"},       {"cantonese", "yue"},
    {"castilian", "es"}, {"catalan", "ca"},    {"chinese", "zh"},       {"croatian", "hr"},
    {"czech", "cs"},     {"danish", "da"},     {"dutch", "nl"},         {"english", "en"},
    {"estonian", "et"},  {"faroese", "fo"},    {"finnish", "fi"},       {"flemish", "nl"},
    {"french", "fr"},    {"galician", "gl"},   {"georgian", "ka"},      {"german", "de"},
    {"greek", "el"},     {"gujarati", "gu"},   {"haitian", "ht"},       {"hausa", "ha"},
    {"hawaiian", "haw"}, {"hebrew", "he"},     {"hindi", "hi"},         {"hungarian", "hu"},
    {"icelandic", "is"}, {"indonesian", "id"}, {"italian", "it"},       {"japanese", "ja"},
    {"javanese", "jv"},  {"kannada", "kn"},    {"kazakh", "kk"},        {"khmer", "km"},
    {"korean", "ko"},    {"lao", "lo"},        {"latin", "la"},         {"latvian", "lv"},
    {"lingala", "ln"},   {"lithuanian", "lt"}, {"luxembourgish", "lb"}, {"macedonian", "mk"},
    {"malagasy", "mg"},  {"malay", "ms"},      {"malayalam", "ml"},     {"maltese", "mt"},
    {"mandarin", "zh"},  {"maori", "mi"},      {"marathi", "mr"},       {"moldavian", "ro"},
    {"mongolian", "mn"}, {"myanmar", "my"},    {"nepali", "ne"},        {"norwegian", "no"},
    {"nynorsk", "nn"},   {"occitan", "oc"},    {"pashto", "ps"},        {"persian", "fa"},
    {"polish", "pl"},    {"portuguese", "pt"}, {"punjabi", "pa"},       {"romanian", "ro"},
    {"russian", "ru"},   {"sanskrit", "sa"},   {"serbian", "sr"},       {"shona", "sn"},
    {"sindhi", "sd"},    {"sinhala", "si"},    {"slovak", "sk"},        {"slovenian", "sl"},
    {"somali", "so"},    {"spanish", "es"},    {"sundanese", "su"},     {"swahili", "sw"},
    {"swedish", "sv"},   {"tagalog", "tl"},    {"tajik", "tg"},         {"tamil", "ta"},
    {"tatar", "tt"},     {"telugu", "te"},     {"thai", "th"},          {"tibetan", "bo"},
    {"turkish", "tr"},   {"turkmen", "tk"},    {"ukrainian", "uk"},     {"urdu", "ur"},
    {"uzbek", "uz"},     {"vietnamese", "vi"}, {"welsh", "cy"},         {"yiddish", "yi"},
    {"yoruba", "yo"},    {"ara", "ar"},        {"cat", "ca"},           {"ces", "cs"},
    {"chi", "zh"},       {"cmn", "zh"},        {"cze", "cs"},           {"dan", "da"},
    {"deu", "de"},       {"dut", "nl"},        {"ell", "el"},           {"eng", "en"},
    {"fin", "fi"},       {"fra", "fr"},        {"fre", "fr"},           {"ger", "de"},
    {"heb", "he"},       {"hin", "hi"},        {"hun", "hu"},           {"ind", "id"},
    {"ita", "it"},       {"jpn", "ja"},        {"kor", "ko"},           {"nld", "nl"},
    {"nor", "no"},       {"pol", "pl"},        {"por", "pt"},           {"ron", "ro"},
    {"rum", "ro"},       {"rus", "ru"},        {"spa", "es"},           {"swe", "sv"},
    {"tha", "th"},       {"tur", "tr"},        {"ukr", "uk"},           {"vie", "vi"},
    {"zho", "zh"}};

static bool is_alphanumeric(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* Subtags of two letters after the first name a region, those of four a script. */
static void write_subtag(sb_bytes *out, const char *text, size_t size, bool is_first)
{
    for (size_t i = 0; i < size; i++) {
        bool is_upper = !is_first && (size == 2 || (size == 4 && i == 0));
        char c = text[i];
        if (is_upper && c >= 'a' && c <= 'z')
            c = (char)(c - 'a' + 'A');
        else if (!is_upper && c >= 'A' && c <= 'Z')
            c = (char)(c - 'A' + 'a');
        sb_bytes_append(out, &c, 1);
    }
}

char *sb_json_language(const char *text, size_t size, bool *ok)
{
    sb_bytes out = {0};
    for (size_t i = 0; i < sizeof named_languages / sizeof *named_languages; i++) {
        const struct named_language *named = &named_languages[i];
        if (strlen(named->name) == size && strncasecmp(named->name, text, size) == 0)
            return sb_copy_text(named->tag, ok);
    }
    bool is_tag = size <= MAX_TAG;
    for (size_t at = 0; is_tag && at < size;) {
        size_t n = 0;
        while (at + n < size && is_alphanumeric(text[at + n]))
            n++;
        is_tag = n > 0 && n <= 8 && (at > 0 || n == 2 || n == 3) &&
                 (at + n == size || ((text[at + n] == '-' || text[at + n] == '_') && at + n + 1 < size));
        if (at > 0)
            sb_bytes_append(&out, "-", 1);
        write_subtag(&out, text + at, n, at == 0);
        at += n + 1;
    }
    if (out.failed)
        *ok = false;
    if (out.failed || !is_tag)
        sb_bytes_finish(&out);
    return out.data;
}
