#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/text/text.h"

static void text_parts_between_characters(void **state)
{
    (void)state;
    assert_true(sb_may_part(0x4F60, 0x597D));  /* 你好 */
    assert_true(sb_may_part(0x754C, 'A'));     /* 界A */
    assert_true(sb_may_part('6', 0x5E74));     /* 6年 */
    assert_true(sb_may_part(0x3067, 0x3059));  /* です */
    assert_false(sb_may_part('a', 'b'));       /* ab */
    assert_false(sb_may_part(0xD55C, 0xAE00)); /* 한글 */
    assert_false(sb_may_part(0xFF12, 0xFF10)); /* ２０ */
    assert_false(sb_may_part('e', 0xFF11));    /* e１ */
    assert_false(sb_may_part(0xFF24, 0xFF0D)); /* Ｄ－ */
    assert_true(sb_may_part(0x5E74, 0xFF11));  /* 年１ */
}

static void marks_stay_with_their_character(void **state)
{
    (void)state;
    assert_false(sb_may_part(0x597D, 0xFF0C)); /* 好， */
    assert_false(sb_may_part(0x3061, 0x3087)); /* ちょ */
    assert_false(sb_may_part(0x30B3, 0x30FC)); /* コー */
    assert_false(sb_may_part(0x300C, 0x30B3)); /* 「コ */
    assert_false(sb_may_part(0x5C14, 0xB7));   /* 尔· */
    assert_false(sb_may_part(0x304B, 0x3099)); /* か and a combining mark */
    assert_true(sb_may_part(0x300D, 0x306F));  /* 」は */
}

static void words_are_joined_as_their_script_is_written(void **state)
{
    (void)state;
    assert_string_equal(sb_word_gap("你", "好，"), "");
    assert_string_equal(sb_word_gap("说：", "“今"), "");
    assert_string_equal(sb_word_gap("冷。”", "对"), "");
    assert_string_equal(sb_word_gap("界", "AI"), " ");
    assert_string_equal(sb_word_gap("tea", "or"), " ");
    assert_string_equal(sb_word_gap("한국", "사람"), " ");
    assert_string_equal(sb_word_gap("", ""), " ");
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(text_parts_between_characters),
                                       cmocka_unit_test(marks_stay_with_their_character),
                                       cmocka_unit_test(words_are_joined_as_their_script_is_written)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
