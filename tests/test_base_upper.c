#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/text/text.h"
#include "base/words/words.h"
#include "soundbite/file.h"
#include "support_skip.h"

static void capitals_follow_the_language(void **state)
{
    (void)state;
    static const struct {
        const char *language, *text, *upper;
    } cases[] = {
        {NULL, "the mice", "THE MICE"},
        {"de", "Straße, Grüße", "STRASSE, GRÜSSE"},
        {"tr", "istanbul'da ışık", "İSTANBUL'DA IŞIK"},
        {"tr-TR", "ilk", "İLK"},
        {"az", "iki", "İKİ"},
        {"en", "istanbul", "ISTANBUL"},
        {"el", "Άνοιξη", "ΑΝΟΙΞΗ"},
        {"ar", "مرحبا", "مرحبا"},
        {"ja", "東京のcafé", "東京のCAFÉ"},
        {"ka", "ა", "Ა"},
        {"xx-nonsense", "ffi ﬃ", "FFI FFI"},
        {"de", "", ""},
    };
    if (!sb_word_breaker_exists())
        skip_because("built without ICU");
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        sb_bytes out = {0};
        sb_upper_append(&out, cases[i].text, strlen(cases[i].text), cases[i].language);
        assert_false(out.failed);
        assert_string_equal(out.data ? out.data : "", cases[i].upper);
        sb_bytes_finish(&out);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(capitals_follow_the_language)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
