#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "acoustic/boundary/boundary.h"
#include "base/run/run.h"
#include "support_memory.h"
#include "support_skip.h"
#include "support_transcript.h"

static void write_built_in(sb_bytes *out)
{
    *out = (sb_bytes){0};
    assert_int_equal(sb_boundary_weights_write(out, NULL, NULL), SB_OK);
}

static void written_weights_read_back_identical(void **state)
{
    (void)state;
    sb_bytes first, second = {0};
    sb_boundary_weights *weights;
    write_built_in(&first);
    assert_int_equal(sb_boundary_weights_read(&weights, first.data, first.size, NULL, NULL), SB_OK);
    assert_memory_equal(weights, &sb_boundary_built_in, sizeof *weights);
    assert_int_equal(sb_boundary_weights_write(&second, weights, NULL), SB_OK);
    assert_string_equal(first.data, second.data);
    sb_boundary_weights_free(&weights);
    assert_null(weights);
    sb_boundary_weights_free(&weights);
    sb_bytes_finish(&first);
    sb_bytes_finish(&second);
}

static void the_imported_file_equals_the_built_in_weights(void **state)
{
    (void)state;
    sb_bytes bytes = {0};
    sb_boundary_weights *weights;
    char *path = shared_path("data/boundary_model.json");
    if (!path || sb_file_read(&bytes, path, 1 << 20, NULL) != SB_OK) {
        free(path);
        skip_because("the shared data are absent");
    }
    assert_int_equal(sb_boundary_weights_read(&weights, bytes.data, bytes.size, path, NULL), SB_OK);
    assert_memory_equal(weights, &sb_boundary_built_in, sizeof *weights);
    sb_boundary_weights_free(&weights);
    sb_bytes_finish(&bytes);
    free(path);
}

static void check_refused(const char *text, size_t size, int64_t line, const char *message)
{
    sb_error err = {0};
    sb_boundary_weights *weights;
    assert_int_equal(sb_boundary_weights_read(&weights, text, size, "model.json", &err), SB_ERR_FORMAT);
    assert_null(weights);
    assert_string_equal(err.file, "model.json");
    if (!strstr(err.message, message))
        fail_msg("\"%s\" lacks \"%s\"", err.message, message);
    assert_int_equal(err.line, line);
}

/* The built-in weights as a file, with the first `old` after `key` replaced. */
static void check_changed(const char *key, const char *old, const char *new, int64_t line,
                          const char *message)
{
    sb_bytes whole, changed = {0};
    write_built_in(&whole);
    char *at = strstr(whole.data, key);
    assert_non_null(at);
    at = strstr(at, old);
    assert_non_null(at);
    sb_bytes_append(&changed, whole.data, (size_t)(at - whole.data));
    sb_bytes_text(&changed, new);
    sb_bytes_text(&changed, at + strlen(old));
    check_refused(changed.data, changed.size, line, message);
    sb_bytes_finish(&changed);
    sb_bytes_finish(&whole);
}

static void a_file_of_another_kind_is_refused_with_its_place(void **state)
{
    (void)state;
    check_refused("", 0, 1, "not valid JSON");
    check_refused("[1, 2]", 6, 1, "\"rate_hz\" is missing");
    check_refused("{\n\"a\": 1}", 9, 1, "\"rate_hz\" is missing; is this a boundary model?");
    check_changed("rate_hz", "16000", "8000", 1, "\"rate_hz\" is for another version");
    check_changed("band_edges", "[1,", "[2,", 7, "\"band_edges_bins\" is for another version");
    check_changed("\"hidden\"", "24", "48", 1, "\"hidden\" is for another version");
    check_changed("contexts", "\"V\"", "\"X\"", 16, "\"contexts\" are not the 84");
    check_changed("\"contexts\"", "\"contexts\"", "\"places\"", 1, "\"contexts\" are not the 84");
    check_changed("bias_s", "[", "[0, ", 17, "\"bias_s\" has 85 numbers; 84 are needed");
    check_changed("w_out", "w_out", "w_in", 1, "\"w_out\" is missing");
    check_changed("w_out", "[", "{\"a\": [", 24, "not valid JSON");
}

/* The built-in weights as a file, with a different first number in the array `key`. */
static void check_first(const char *key, const char *number, int64_t line, const char *message)
{
    char old[32];
    sb_bytes whole;
    write_built_in(&whole);
    const char *from = strchr(strstr(whole.data, key), '[');
    assert_true(sscanf(from, "%31[^,],", old) == 1);
    char *new = sb_text_print("[%s", number);
    check_changed(key, old, new, line, message);
    free(new);
    sb_bytes_finish(&whole);
}

static void numbers_out_of_range_are_refused(void **state)
{
    (void)state;
    check_first("\"mean\"", "10001", 18,
                "\"mean\" has a wrong number 1 of 110; it must be from -10000 to 10000");
    check_first("\"mean\"", "null", 18, "wrong number 1 of 110; it must be from -10000");
    check_first("\"mean\"", "\"0\"", 18, "wrong number 1 of 110; it must be from -10000");
    check_first("\"mean\"", "1e999", 18, "not valid JSON");
    check_first("\"std\"", "0", 19, "wrong number 1 of 110; it must be from 0.0001 to 10000");
    check_first("\"std\"", "-2", 19, "wrong number 1 of 110; it must be from 0.0001");
}

static void a_truncated_file_is_refused(void **state)
{
    (void)state;
    sb_bytes whole;
    write_built_in(&whole);
    for (size_t size = 0; size + 2 < whole.size; size += size < 3000 ? 1 : 997) {
        sb_boundary_weights *weights;
        assert_int_equal(sb_boundary_weights_read(&weights, whole.data, size, NULL, NULL), SB_ERR_FORMAT);
        assert_null(weights);
    }
    sb_bytes_finish(&whole);
}

static void failing_allocations_are_reported(void **state)
{
    (void)state;
    sb_bytes whole;
    write_built_in(&whole);
    for (size_t n = 0; n < 3; n++) {
        sb_boundary_weights *weights;
        sb_bytes out = {0};
        memory_fail_from(n);
        sb_status read = sb_boundary_weights_read(&weights, whole.data, whole.size, NULL, NULL);
        memory_fail_end();
        memory_fail_from(n);
        sb_status written = sb_boundary_weights_write(&out, NULL, NULL);
        memory_fail_end();
        assert_int_equal(written, SB_ERR_MEMORY);
        assert_null(out.data);
        if (read != SB_OK)
            assert_null(weights);
        assert_true(n > 0 || read == SB_ERR_MEMORY);
        sb_boundary_weights_free(&weights);
    }
    sb_bytes_finish(&whole);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(written_weights_read_back_identical),
        cmocka_unit_test(the_imported_file_equals_the_built_in_weights),
        cmocka_unit_test(a_file_of_another_kind_is_refused_with_its_place),
        cmocka_unit_test(numbers_out_of_range_are_refused),
        cmocka_unit_test(a_truncated_file_is_refused),
        cmocka_unit_test(failing_allocations_are_reported),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
