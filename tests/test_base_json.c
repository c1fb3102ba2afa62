#include <float.h>
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <jansson.h>

#include "base/json/json.h"
#include "base/text/text.h"
#include "support_memory.h"

static sb_json_doc *read_text(const char *text)
{
    sb_json_doc *doc;
    sb_error err = {0};

    assert_int_equal(sb_json_read(&doc, text, strlen(text), "x.json", &err), SB_OK);
    return doc;
}

static void assert_rejected(const char *text, int64_t line, int64_t column)
{
    sb_json_doc *doc;
    sb_error err = {0};

    assert_int_equal(sb_json_read(&doc, text, strlen(text), "x.json", &err), SB_ERR_FORMAT);
    assert_null(doc);
    assert_string_equal(err.file, "x.json");
    assert_int_equal(err.line, line);
    assert_int_equal(err.column, column);
    assert_non_null(strstr(err.message, "not valid JSON"));
}

static void test_reads_each_kind(void **state)
{
    sb_json_doc *doc =
        read_text("{\"t\": \"a\\u00e9\", \"n\": -1.5, \"b\": true, \"z\": null, \"a\": [1, 2]}");
    const sb_json_value *root = sb_json_root(doc);
    (void)state;

    assert_true(sb_json_is_object(root));
    assert_int_equal(sb_json_length(root), 5);
    assert_string_equal(sb_json_string(sb_json_member(root, "t")), "a\xc3\xa9");
    assert_true(sb_json_double(sb_json_member(root, "n")) == -1.5);
    assert_true(sb_json_seconds(sb_json_member(root, "n")) == -SB_TIME_SECOND * 3 / 2);
    assert_true(sb_json_true(sb_json_member(root, "b")));
    assert_true(sb_json_is_null(sb_json_member(root, "z")));
    assert_int_equal(sb_json_length(sb_json_member(root, "a")), 2);
    assert_true(sb_json_double(sb_json_item(sb_json_member(root, "a"), 1)) == 2);
    sb_json_free(&doc);
    assert_null(doc);
}

static void test_null_values_read_as_null(void **state)
{
    const char *key = NULL;
    size_t size = 7;
    (void)state;

    assert_true(sb_json_is_null(NULL));
    assert_false(sb_json_is_object(NULL));
    assert_int_equal(sb_json_length(NULL), 0);
    assert_null(sb_json_item(NULL, 0));
    assert_null(sb_json_member(NULL, "x"));
    assert_null(sb_json_next_member(NULL, &key));
    assert_null(sb_json_string(NULL));
    assert_null(sb_json_bytes(NULL, &size));
    assert_int_equal(size, 0);
    assert_true(isnan(sb_json_double(NULL)));
    assert_true(sb_json_seconds(NULL) == SB_TIME_NONE);
}

static void test_members_keep_their_order(void **state)
{
    static const char *const names[] = {"zebra", "ant", "mouse", "bee"};
    sb_json_doc *doc = read_text("{\"zebra\": 0, \"ant\": 1, \"mouse\": 2, \"bee\": 3}");
    const char *key = NULL;
    const sb_json_value *v;
    int n = 0;
    (void)state;

    while ((v = sb_json_next_member(sb_json_root(doc), &key))) {
        assert_string_equal(key, names[n]);
        assert_true(sb_json_double(v) == n++);
    }
    assert_int_equal(n, 4);
    sb_json_free(&doc);
}

static void test_big_numbers(void **state)
{
    sb_json_doc *doc = read_text("[123456789012345678901234567890, 1e-400]");
    (void)state;

    assert_true(sb_json_double(sb_json_item(sb_json_root(doc), 0)) > 1e29);
    assert_true(sb_json_double(sb_json_item(sb_json_root(doc), 1)) == 0);
    assert_true(sb_json_seconds(sb_json_item(sb_json_root(doc), 0)) == SB_TIME_NONE);
    sb_json_free(&doc);
}

static void test_text_with_nul(void **state)
{
    sb_json_doc *doc = read_text("[\"a\\u0000b\"]");
    const sb_json_value *v = sb_json_item(sb_json_root(doc), 0);
    size_t size;
    (void)state;

    assert_null(sb_json_string(v));
    assert_memory_equal(sb_json_bytes(v, &size), "a\0b", 3);
    assert_int_equal(size, 3);
    sb_json_free(&doc);
}

static void test_errors_have_a_place(void **state)
{
    (void)state;
    assert_rejected("", 1, 1);
    assert_rejected("{\"a\": 1,\n \"b\": ?}", 2, 7);
    assert_rejected("[1, 2] 3", 1, 8);
    assert_rejected("[1e999]", 1, 6);
    assert_rejected("[\"\xff\"]", 1, 2);
    assert_rejected("[\n\n", 3, 1);
}

static void test_depth_is_limited(void **state)
{
    size_t depth = 1000000;
    char *text = malloc(depth + 1);
    sb_json_doc *doc;
    sb_error err = {0};
    (void)state;

    memset(text, '[', depth);
    text[depth] = '\0';
    assert_int_equal(sb_json_read(&doc, text, depth, NULL, &err), SB_ERR_FORMAT);
    free(text);
}

static void assert_place(const sb_json_doc *doc, const sb_json_value *v, int64_t line, int64_t column)
{
    int64_t got_line, got_column;

    sb_json_place(doc, v, &got_line, &got_column);
    assert_int_equal(got_line, line);
    assert_int_equal(got_column, column);
}

static void test_places(void **state)
{
    sb_json_doc *doc =
        read_text("{\"a\": [true, {}],\n \"\xc3\xa9 \\\"]\": {\"x\" : \"[{\", \"y\": [3 , {\"k\": null}]}}");
    const sb_json_value *root = sb_json_root(doc), *second = sb_json_member(root, "\xc3\xa9 \"]");
    const sb_json_value *y = sb_json_member(second, "y");
    (void)state;

    assert_place(doc, root, 1, 1);
    assert_place(doc, sb_json_member(root, "a"), 1, 7);
    assert_place(doc, sb_json_item(sb_json_member(root, "a"), 1), 1, 14);
    assert_place(doc, second, 2, 11);
    assert_place(doc, y, 2, 29);
    assert_place(doc, sb_json_item(y, 1), 2, 34);
    assert_place(doc, NULL, 0, 0);
    sb_json_free(&doc);
}

static void test_place_unknown_with_twice_named_members(void **state)
{
    sb_json_doc *doc = read_text("{\"a\": [1], \"a\": [2], \"b\": []}");
    (void)state;

    assert_place(doc, sb_json_member(sb_json_root(doc), "b"), 0, 0);
    sb_json_free(&doc);
}

static void test_every_allocation_may_fail(void **state)
{
    const char *text =
        "{\"a\": [1, \"two, and a text that is longer than the first buffer\", {\"b\": null}], \"c\": 3.5}";
    bool refused = true;
    (void)state;

    /* Before the first reading, which hooks what is set then. */
    json_set_alloc_funcs(memory_malloc, memory_free);
    for (size_t n = 0; refused; n++) {
        sb_json_doc *doc;
        sb_error err = {0};
        (n % 2 ? memory_fail_from : memory_fail_once)(n / 2);
        sb_status status = sb_json_read(&doc, text, strlen(text), NULL, &err);
        refused = memory_fail_end();
        assert_int_equal(status, refused ? SB_ERR_MEMORY : SB_OK);
        assert_int_equal(err.status, status);
        sb_json_free(&doc);
    }
}

static void assert_written(sb_bytes *bytes, const char *expected)
{
    assert_false(bytes->failed);
    assert_string_equal(bytes->data, expected);
    sb_bytes_finish(bytes);
}

static void test_writes_commas_and_newlines(void **state)
{
    sb_bytes bytes = {0};
    sb_json_writer w = {&bytes, false};
    (void)state;

    sb_json_begin(&w, NULL, '{');
    sb_json_int(&w, "i", -9007199254740993);
    sb_json_bool(&w, "b", false);
    sb_json_newline(&w);
    sb_json_begin(&w, "list", '[');
    sb_json_newline(&w);
    sb_json_text(&w, NULL, "x");
    sb_json_newline(&w);
    sb_json_text(&w, NULL, NULL);
    sb_json_end(&w, ']');
    sb_json_begin(&w, "none", '[');
    sb_json_end(&w, ']');
    sb_json_end(&w, '}');
    assert_written(&bytes,
                   "{\"i\": -9007199254740993, \"b\": false,\n\"list\": [\n\"x\",\nnull], \"none\": []}");
}

static void test_writes_text(void **state)
{
    sb_bytes bytes = {0};
    sb_json_writer w = {&bytes, false};
    (void)state;

    sb_json_text(&w, NULL, "\"\\/\n\r\t\x01\x7f \xf0\x9f\x8e\x99 \xff \xed\xa0\x80");
    sb_json_text_n(&w, NULL, "a\0b", 3);
    sb_bytes_append(&bytes, "]", 1);
    sb_bytes whole = {0};
    sb_bytes_text(&whole, "[");
    sb_bytes_text(&whole, bytes.data);
    sb_json_doc *doc = read_text(whole.data);
    assert_non_null(strstr(sb_json_string(sb_json_item(sb_json_root(doc), 0)),
                           "\"\\/\n\r\t\x01\x7f \xf0\x9f\x8e\x99 \xef\xbf\xbd "));
    sb_json_free(&doc);
    sb_bytes_finish(&whole);
    sb_bytes_finish(&bytes);
}

static void test_writes_numbers(void **state)
{
    sb_bytes bytes = {0};
    sb_json_writer w = {&bytes, false};
    (void)state;

    sb_json_number(&w, NULL, 0.125, 2);
    sb_json_number(&w, NULL, -0.001, 2);
    sb_json_number(&w, NULL, -12.5, 1);
    sb_json_number(&w, NULL, 7, 0);
    sb_json_number(&w, NULL, NAN, 3);
    sb_json_number(&w, NULL, -INFINITY, 3);
    sb_json_number(&w, NULL, 1e20, 9);
    assert_written(&bytes, "0.13, 0.00, -12.5, 7, null, null, 100000000000000000000");
}

static void test_times_read_back_as_they_were(void **state)
{
    uint64_t random = 1;
    (void)state;

    for (int i = 0; i < 20000; i++) {
        random = random * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
        sb_time t = (sb_time)(random >> 20) % (36000 * SB_TIME_SECOND) * (i % 2 ? -1 : 1);
        sb_bytes bytes = {0};
        sb_json_writer w = {&bytes, false};
        sb_json_time(&w, NULL, t);
        sb_json_doc *doc = read_text(bytes.data);
        assert_true(sb_json_seconds(sb_json_root(doc)) == t);
        assert_true(strlen(strchr(bytes.data, '.') + 1) >= 6);
        sb_json_free(&doc);
        sb_bytes_finish(&bytes);
    }
}

static void test_writes_times(void **state)
{
    sb_bytes bytes = {0};
    sb_json_writer w = {&bytes, false};
    (void)state;

    sb_json_time(&w, NULL, 3 * SB_TIME_SECOND / 2);
    sb_json_time(&w, NULL, SB_TIME_NONE);
    sb_json_span(&w, NULL, (sb_span){-SB_TIME_MS, sb_time_from_samples(1, 44100)});
    sb_json_time(&w, NULL, SB_TIME_SECOND - 1);
    assert_written(&bytes, "1.500000, null, [-0.001000, 0.000022676], 0.999999999");
}

static void test_floats_read_back_the_same(void **state)
{
    static const float values[] = {0,       0.25F,    -0.1F,        1e-38F,     1e-45F,     FLT_MAX,
                                   FLT_MIN, 1.0F / 3, -16777217.0F, 9.7601e-6F, 123456.789F};
    sb_bytes out = {0};
    sb_json_writer w = {&out, false};
    sb_json_doc *doc;
    (void)state;
    sb_json_begin(&w, NULL, '[');
    for (size_t i = 0; i < sizeof values / sizeof *values; i++)
        sb_json_float(&w, NULL, values[i]);
    sb_json_float(&w, NULL, NAN);
    sb_json_end(&w, ']');
    assert_ptr_equal(strstr(out.data, "[0, 25e-2, -100000001e-9, "), out.data);
    assert_int_equal(sb_json_read(&doc, out.data, out.size, NULL, NULL), SB_OK);
    for (size_t i = 0; i < sizeof values / sizeof *values; i++)
        assert_true((float)sb_json_double(sb_json_item(sb_json_root(doc), i)) == values[i]);
    assert_true(sb_json_is_null(sb_json_item(sb_json_root(doc), sizeof values / sizeof *values)));
    sb_json_free(&doc);
    sb_bytes_finish(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_allocation_may_fail),
        cmocka_unit_test(test_reads_each_kind),
        cmocka_unit_test(test_null_values_read_as_null),
        cmocka_unit_test(test_members_keep_their_order),
        cmocka_unit_test(test_big_numbers),
        cmocka_unit_test(test_text_with_nul),
        cmocka_unit_test(test_errors_have_a_place),
        cmocka_unit_test(test_depth_is_limited),
        cmocka_unit_test(test_places),
        cmocka_unit_test(test_place_unknown_with_twice_named_members),
        cmocka_unit_test(test_writes_commas_and_newlines),
        cmocka_unit_test(test_writes_text),
        cmocka_unit_test(test_writes_numbers),
        cmocka_unit_test(test_floats_read_back_the_same),
        cmocka_unit_test(test_times_read_back_as_they_were),
        cmocka_unit_test(test_writes_times),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
