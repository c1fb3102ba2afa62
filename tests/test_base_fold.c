#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/text/fold.h"
#include "base/text/text.h"
#include "base/words/words.h"
#include "support_memory.h"
#include "transcript/transcript.h"

static void assert_folds(const char *text, const char *expected)
{
    char *folded = sb_fold(text);
    assert_non_null(folded);
    assert_string_equal(folded, expected);
    free(folded);
}

static void test_fold(void **state)
{
    (void)state;
    assert_folds("", "");
    assert_folds("Caf\xC3\xA9 NA\xC3\x8FVE", "cafe naive");
    assert_folds("cafe\xCC\x81", "cafe");
    assert_folds("Stra\xC3\x9F"
                 "e",
                 "strasse");
    assert_folds("\xC5\x81ukasz \xC3\x98re \xC3\x86on", "lukasz ore aeon");
    assert_folds("\xC4\xB0stanbul", "istanbul");
    assert_folds("\xEF\xAC\x81ne", "fine");
    assert_folds("don\xE2\x80\x99t", "don't");
    assert_folds("a\xE2\x80\x94"
                 "b\xE2\x80\x93"
                 "c",
                 "a-b-c");
    assert_folds("soft\xC2\xADly", "softly");
    assert_folds("wait\xE2\x80\xA6", "wait...");
    assert_folds("\xD0\x99\xD0\x9E\xD0\x94", "\xD0\xB8\xD0\xBE\xD0\xB4");
    assert_folds("ＡＢＣ１２３", "abc123");
    assert_folds("ข้าว", "ข้าว");
    assert_folds("שָׁלוֹם", "שלום");
    assert_folds("a\xFF\x62", "a\xEF\xBF\xBD\x62");
    assert_folds("\xEF\xB7\xBA", "\xD8\xB5\xD9\x84\xD9\x89 \xD8\xA7\xD9\x84\xD9\x84\xD9\x87 \xD8\xB9\xD9\x84"
                                 "\xD9\x8A\xD9\x87 \xD9\x88\xD8\xB3\xD9\x84\xD9\x85");
}

static void test_utf8(void **state)
{
    (void)state;
    const char *text = "a\xE2\x82\xAC\xF0\x9F\x98\x80\xED\xA0\x80";
    size_t at = 0, size = strlen(text);
    assert_int_equal(sb_utf8_next(text, size, &at), 'a');
    assert_int_equal(sb_utf8_next(text, size, &at), 0x20AC);
    assert_int_equal(sb_utf8_next(text, size, &at), 0x1F600);
    assert_true(sb_utf8_valid(text, at));
    assert_int_equal(sb_utf8_next(text, size, &at), 0xFFFD);
    assert_int_equal(at, 9);
    assert_false(sb_utf8_valid(text, size));
    assert_false(sb_utf8_valid("\xE2\x82", 2));
    assert_false(sb_utf8_valid("\xC0\xAF", 2));
    assert_false(sb_utf8_valid("\xF4\x90\x80\x80", 4));
    for (int32_t c = 0; c < 0x110000; c++) {
        char bytes[4];
        size_t length = sb_utf8_encode(c, bytes), used = 0;
        int32_t expected = c >= 0xD800 && c < 0xE000 ? 0xFFFD : c;
        assert_int_equal(sb_utf8_next(bytes, length, &used), expected);
        assert_int_equal(used, length);
    }
}

static void test_utf8_backwards(void **state)
{
    const char text[] = "a\xC3\xA9\xE2\x82\xAC\xF0\x9F\x98\x80\x80\xFF";
    const int32_t expected[] = {0xFFFD, 0xFFFD, 0x1F600, 0x20AC, 0xE9, 'a'};
    size_t end = sizeof text - 1;
    (void)state;
    for (size_t i = 0; i < 2; i++)
        assert_int_equal(sb_utf8_last(text, 0, &end), expected[i]);
    end = sizeof text - 3;
    for (size_t i = 2; i < 6; i++)
        assert_int_equal(sb_utf8_last(text, 0, &end), expected[i]);
    assert_int_equal(end, 0);
    assert_int_equal(sb_utf8_cut(text, 2), 1);
    assert_int_equal(sb_utf8_cut(text, 3), 3);
    assert_int_equal(sb_utf8_cut(text, 5), 3);
    assert_int_equal(sb_utf8_cut(text, 0), 0);
}

static void test_printable(void **state)
{
    sb_bytes out = {0};
    (void)state;
    sb_append_printable(&out, "a b\n\x1b[1m\xC2\x9B\xE2\x80\xAE"
                              "c\xFF\xE2\x81\xA6\x7F");
    assert_string_equal(out.data, "a b??[1m??c\xEF\xBF\xBD??");
    sb_bytes_finish(&out);
}

static void test_classes(void **state)
{
    (void)state;
    assert_true(sb_is_letter('x') && sb_is_letter(0x4E2D) && sb_is_letter(0x301));
    assert_false(sb_is_letter('1') || sb_is_letter('-') || sb_is_letter(0xFFFD));
    assert_true(sb_is_digit('7') && sb_is_digit(0x0667));
    assert_false(sb_is_digit('a'));
    assert_true(sb_is_upper('Q') && sb_is_upper(0xC9));
    assert_false(sb_is_upper('q') || sb_is_upper('1'));
    assert_true(sb_is_space(' ') && sb_is_space('\r') && sb_is_space(0xA0) && sb_is_space(0x2028));
    assert_true(sb_is_space(0x85) && sb_is_space(0x3000));
    assert_false(sb_is_space('_') || sb_is_space(0x200B));
}

static void test_wildcard(void **state)
{
    (void)state;
    assert_true(sb_wildcard_match("zo\xC3\xA9", "ZOE"));
    assert_true(sb_wildcard_match("*", ""));
    assert_true(sb_wildcard_match("sp*er*", "Speaker D"));
    assert_true(sb_wildcard_match("*d", "Speaker D"));
    assert_true(sb_wildcard_match("a*b*c", "abbbcbc"));
    assert_false(sb_wildcard_match("speaker", "Speaker D"));
    assert_false(sb_wildcard_match("", "x"));
    assert_false(sb_wildcard_match("a*b", "ab "));
    assert_true(sb_wildcard_match("*stra\xC3\x9F"
                                  "e",
                                  "HAUPTSTRASSE"));
    assert_true(sb_wildcard_match("*\xC3\xA9*\xC3\xA9", "ete et ete"));
    assert_false(sb_wildcard_match("*\xC3\xA9*\xC3\xA9", "ete et"));
}

static void test_fold_to(void **state)
{
    char out[8];
    (void)state;
    assert_true(sb_fold_to(out, sizeof out,
                           "\xC3\x89"
                           "cole"));
    assert_string_equal(out, "ecole");
    assert_true(sb_fold_to(out, sizeof out, "SEVEN77"));
    assert_string_equal(out, "seven77");
    assert_false(sb_fold_to(out, sizeof out,
                            "Stra\xC3\x9F"
                            "en!!"));
    assert_string_equal(out, "strasse");
    assert_false(sb_fold_to(out, sizeof out, "abcdef\xC3\x9F"));
    assert_string_equal(out, "abcdef");
    assert_true(sb_fold_to(out, sizeof out, ""));
    assert_string_equal(out, "");
}

/* A failed allocation must not look like "no". */
static void questions_do_not_need_memory(void **state)
{
    (void)state;
    memory_fail_from(0);
    bool matches = sb_wildcard_match("ann*", "Ann Lee");
    int syllables = sb_word_syllables("twenty");
    bool refused = memory_fail_end();
    assert_true(matches);
    assert_int_equal(syllables, 2);
    assert_false(refused);
}

static void test_nearest(void **state)
{
    (void)state;
    static const char *const names[] = {"align", "drift", "find", "clip", "batch", "export", NULL};
    assert_string_equal(sb_nearest_name("aling", names), "align");
    assert_string_equal(sb_nearest_name("Clp", names), "clip");
    assert_string_equal(sb_nearest_name("exp", names), "export");
    assert_string_equal(sb_nearest_name("batch", names), "batch");
    assert_string_equal(sb_nearest_name("dr\xC3\xAF"
                                        "ft",
                                        names),
                        "drift");
    assert_null(sb_nearest_name("fxnx", names));
    assert_null(sb_nearest_name("x", names));
    assert_null(sb_nearest_name("", names));
    assert_null(sb_nearest_name("information", names));
}

static void texts_are_the_same_where_both_are_absent(void **state)
{
    char copy[] = "Ada";

    (void)state;
    assert_true(sb_same_text("Ada", copy));
    assert_true(sb_same_text(NULL, NULL));
    assert_false(sb_same_text("Ada", "ada"));
    assert_false(sb_same_text(NULL, ""));
    assert_false(sb_same_text("", NULL));
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_fold),
                                       cmocka_unit_test(test_utf8),
                                       cmocka_unit_test(test_utf8_backwards),
                                       cmocka_unit_test(test_printable),
                                       cmocka_unit_test(test_classes),
                                       cmocka_unit_test(test_wildcard),
                                       cmocka_unit_test(test_nearest),
                                       cmocka_unit_test(test_fold_to),
                                       cmocka_unit_test(questions_do_not_need_memory),
                                       cmocka_unit_test(texts_are_the_same_where_both_are_absent)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
