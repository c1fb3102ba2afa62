#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "soundbite/status.h"
#include "support_memory.h"

static void test_the_first_error_wins(void **state)
{
    sb_error err = {0};

    (void)state;
    assert_int_equal(sb_error_set(&err, SB_ERR_IO, "first %d", 1), SB_ERR_IO);
    assert_int_equal(sb_error_set_at(&err, SB_ERR_FORMAT, "b", 2, 3, "second"), SB_ERR_FORMAT);
    assert_int_equal(sb_error_set_field(&err, SB_ERR_ARGUMENT, "copy", "c", "third"), SB_ERR_ARGUMENT);
    assert_int_equal(err.status, SB_ERR_IO);
    assert_null(err.file);
    assert_null(err.field);
    assert_string_equal(err.message, "first 1");
    assert_int_equal(sb_error_set(NULL, SB_ERR_LIMIT, "nobody listens"), SB_ERR_LIMIT);
}

static void test_an_error_has_its_place_and_field(void **state)
{
    sb_error at = {0}, about = {0};
    char text[64];

    (void)state;
    sb_error_set_at(&at, SB_ERR_FORMAT, "a.txt", 3, 7, "wrong");
    assert_int_equal(sb_error_print(text, sizeof text, &at), strlen("a.txt:3:7: wrong"));
    assert_string_equal(text, "a.txt:3:7: wrong");
    sb_error_set_field(&about, SB_ERR_EXISTS, "overwrite", "b.txt", "exists already");
    assert_string_equal(about.field, "overwrite");
    sb_error_print(text, sizeof text, &about);
    assert_string_equal(text, "b.txt: exists already");
    sb_error_set_file(&about, "c.txt");
    assert_string_equal(about.file, "b.txt");
}

static void test_a_path_of_any_length_is_whole_and_outlives_its_maker(void **state)
{
    sb_error err = {0}, again = {0};
    char path[20000], expected[20000];

    (void)state;
    memset(path, 'x', sizeof path);
    path[sizeof path - 1] = 0;
    memcpy(expected, path, sizeof path);
    sb_error_set_at(&err, SB_ERR_IO, path, 0, 0, "gone");
    sb_error_set_at(&again, SB_ERR_IO, path, 0, 0, "gone");
    memset(path, 0, sizeof path);
    sb_error copy = err;
    assert_string_equal(copy.file, expected);
    assert_ptr_equal(again.file, err.file);
}

static void test_a_long_message_shows_that_it_was_cut(void **state)
{
    static const char start[] = "'", umlaut[] = "\xc3\xbc";
    char text[2000];
    size_t size = 0;

    (void)state;
    for (size_t shift = 0; shift < 2; shift++) {
        sb_error err = {0};
        size = (size_t)snprintf(text, sizeof text, "%s", shift ? start : "");
        for (; size + 2 < sizeof text; size += 2)
            memcpy(text + size, umlaut, 3);
        sb_error_set(&err, SB_ERR_ARGUMENT, "%s", text);
        size = strlen(err.message);
        assert_in_range(size, sizeof err.message - 3, sizeof err.message - 1);
        assert_string_equal(err.message + size - 3, "...");
        assert_int_equal((unsigned char)err.message[size - 4], 0xbc);
    }
}

static void test_without_memory_the_message_stays(void **state)
{
    sb_error err = {0};

    (void)state;
    memory_fail_from(0);
    sb_error_set_at(&err, SB_ERR_IO, "never-seen-before", 2, 0, "cannot be read");
    assert_true(memory_fail_end());
    assert_null(err.file);
    assert_string_equal(err.message, "cannot be read");
    sb_error_set_file(&err, "never-seen-before");
    assert_string_equal(err.file, "never-seen-before");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_the_first_error_wins),
        cmocka_unit_test(test_an_error_has_its_place_and_field),
        cmocka_unit_test(test_a_path_of_any_length_is_whole_and_outlives_its_maker),
        cmocka_unit_test(test_a_long_message_shows_that_it_was_cut),
        cmocka_unit_test(test_without_memory_the_message_stays),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
