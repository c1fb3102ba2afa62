#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "base/words/words.h"

static void test_punctuation_does_not_count(void **state)
{
    (void)state;
    assert_true(sb_word_hash("bridge") == sb_word_hash("\"bridge,\""));
    assert_true(sb_word_hash("co-op") == sb_word_hash("coop"));
    assert_false(sb_word_hash("bridge") == sb_word_hash("bridges"));
    assert_true(sb_word_hash("...") == 0);
    assert_true(sb_word_hash("") == 0);
    assert_false(sb_word_hash("7") == 0);
}

static void test_order_counts(void **state)
{
    (void)state;
    assert_false(sb_hash_add(sb_hash_add(SB_HASH_SEED, 1), 2) ==
                 sb_hash_add(sb_hash_add(SB_HASH_SEED, 2), 1));
}

static bool is_word(const void *user, size_t item)
{
    static const char *const words[] = {"one", "two",   "three", "four", "five",
                                        "six", "seven", "eight", "nine"};
    return strcmp(words[item], user) == 0;
}

/* With one hash for all, every word collides with every other. */
static void test_an_index_finds_what_was_stored(void **state)
{
    static const char *const words[] = {"one", "two",   "three", "four", "five",
                                        "six", "seven", "eight", "nine"};
    sb_hash_index index;
    (void)state;
    assert_true(sb_hash_index_init(&index, 9));
    for (size_t i = 0; i < 9; i++) {
        uint32_t *slot = sb_hash_index_find(&index, 7, is_word, words[i]);
        assert_int_equal(*slot, 0);
        *slot = (uint32_t)i + 1;
    }
    for (size_t i = 0; i < 9; i++)
        assert_int_equal(*sb_hash_index_find(&index, 7, is_word, words[i]), i + 1);
    assert_int_equal(*sb_hash_index_find(&index, 7, is_word, "ten"), 0);
    assert_int_equal(*sb_hash_index_find(&index, 8, is_word, "ten"), 0);
    sb_hash_index_finish(&index);
}

static void test_core(void **state)
{
    size_t from;
    (void)state;
    assert_int_equal(sb_word_core("\"it's,\"", &from), 4);
    assert_int_equal(from, 1);
    assert_int_equal(sb_word_core("\xC2\xA1\xC3\xA9!", &from), 2);
    assert_int_equal(from, 2);
    assert_int_equal(sb_word_core("...", &from), 0);
    assert_int_equal(sb_word_core("", &from), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_punctuation_does_not_count), cmocka_unit_test(test_order_counts),
        cmocka_unit_test(test_an_index_finds_what_was_stored), cmocka_unit_test(test_core)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
