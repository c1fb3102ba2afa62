#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "base/text/text.h"

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

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_punctuation_does_not_count),
                                       cmocka_unit_test(test_order_counts)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
