#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "soundbite/waveform.h"
#include "support_memory.h"

static const float left[] = {0.5F, -0.25F, 0.125F, 2, -2, 0, 1, 1, -1},
                   right[] = {0.5F, -0.25F, -0.125F, 2, -2, 0, 0, -1, -1};
static const float *const planes[] = {left, right};

/* Four samples per pixel, pushed in pieces. */
static sb_bytes made(int channels, int bits, sb_waveform_form form)
{
    sb_waveform_params params = {4, bits};
    sb_waveform *waveform = NULL;
    sb_bytes out = {0};
    const float *const rest[] = {left + 3, right + 3};

    assert_int_equal(sb_waveform_create(&waveform, 8000, channels, &params, NULL), SB_OK);
    assert_int_equal(sb_waveform_push(waveform, planes, 3, NULL), SB_OK);
    assert_int_equal(sb_waveform_push(waveform, rest, 6, NULL), SB_OK);
    assert_int_equal(sb_waveform_push(waveform, rest, 0, NULL), SB_OK);
    assert_int_equal(sb_waveform_write(&out, waveform, form, NULL), SB_OK);
    sb_waveform_free(&waveform);
    assert_null(waveform);
    return out;
}

static void assert_json(int channels, int bits, const char *expected)
{
    sb_bytes out = made(channels, bits, SB_WAVEFORM_JSON);

    assert_string_equal(out.data, expected);
    sb_bytes_finish(&out);
}

static void json_has_the_least_and_the_greatest(void **state)
{
    (void)state;
    assert_json(
        1, 16,
        "{\"version\":2,\"channels\":1,\"sample_rate\":8000,\"samples_per_pixel\":4,\"bits\":16,\"length\":3,"
        "\"data\":[-8192,32767,-32768,32767,-32768,-32768]}\n");
    assert_json(
        1, 8,
        "{\"version\":2,\"channels\":1,\"sample_rate\":8000,\"samples_per_pixel\":4,\"bits\":8,\"length\":3,"
        "\"data\":[-32,127,-128,127,-128,-128]}\n");
}

static void channels_are_mixed(void **state)
{
    (void)state;
    assert_json(
        2, 16,
        "{\"version\":2,\"channels\":1,\"sample_rate\":8000,\"samples_per_pixel\":4,\"bits\":16,\"length\":3,"
        "\"data\":[-8192,32767,-32768,16384,-32768,-32768]}\n");
}

static void dat_is_little_endian(void **state)
{
    static const unsigned char head[] = {2, 0, 0, 0, 0, 0, 0, 0, 0x40, 0x1f, 0, 0,
                                         4, 0, 0, 0, 3, 0, 0, 0, 1,    0,    0, 0};
    static const unsigned char wide[] = {0x00, 0xe0, 0xff, 0x7f, 0x00, 0x80,
                                         0xff, 0x7f, 0x00, 0x80, 0x00, 0x80};
    static const unsigned char narrow[] = {0xe0, 0x7f, 0x80, 0x7f, 0x80, 0x80};
    sb_bytes out = made(1, 16, SB_WAVEFORM_DAT);

    (void)state;
    assert_int_equal(out.size, sizeof head + sizeof wide);
    assert_memory_equal(out.data, head, sizeof head);
    assert_memory_equal(out.data + sizeof head, wide, sizeof wide);
    sb_bytes_finish(&out);
    out = made(1, 8, SB_WAVEFORM_DAT);
    assert_int_equal(out.size, sizeof head + sizeof narrow);
    assert_int_equal(out.data[4], 1);
    assert_memory_equal(out.data + sizeof head, narrow, sizeof narrow);
    sb_bytes_finish(&out);
}

static void no_sound_is_no_pixel(void **state)
{
    sb_waveform *waveform = NULL;
    sb_bytes out = {0};

    (void)state;
    assert_int_equal(sb_waveform_create(&waveform, 44100, 2, NULL, NULL), SB_OK);
    assert_int_equal(sb_waveform_write(&out, waveform, SB_WAVEFORM_JSON, NULL), SB_OK);
    assert_string_equal(out.data,
                        "{\"version\":2,\"channels\":1,\"sample_rate\":44100,\"samples_per_pixel\":256,"
                        "\"bits\":8,\"length\":0,\"data\":[]}\n");
    sb_bytes_finish(&out);
    sb_waveform_free(&waveform);
}

static void invalid_arguments_are_refused(void **state)
{
    sb_waveform *waveform = NULL;

    (void)state;
    assert_int_equal(sb_waveform_create(&waveform, 0, 1, NULL, NULL), SB_ERR_ARGUMENT);
    assert_int_equal(sb_waveform_create(&waveform, 8000, 0, NULL, NULL), SB_ERR_ARGUMENT);
    assert_int_equal(sb_waveform_create(&waveform, 8000, 1, &(sb_waveform_params){1, 8}, NULL),
                     SB_ERR_ARGUMENT);
    assert_int_equal(sb_waveform_create(&waveform, 8000, 1, &(sb_waveform_params){4, 12}, NULL),
                     SB_ERR_ARGUMENT);
    assert_null(waveform);
}

static sb_status make_all(sb_bytes *out, sb_error *err)
{
    sb_waveform *waveform = NULL;
    sb_waveform_params params = {4, 8};
    if (!sb_waveform_create(&waveform, 8000, 2, &params, err) && !sb_waveform_push(waveform, planes, 9, err))
        sb_waveform_write(out, waveform, SB_WAVEFORM_DAT, err);
    sb_waveform_free(&waveform);
    return err->status;
}

static void failing_allocations_are_reported(void **state)
{
    bool refused = true;

    (void)state;
    for (size_t n = 0; refused; n++) {
        sb_bytes out = {0};
        sb_error err = {0};
        memory_fail_from(n);
        sb_status status = make_all(&out, &err);
        refused = memory_fail_end();
        assert_int_equal(status, refused ? SB_ERR_MEMORY : SB_OK);
        sb_bytes_finish(&out);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(json_has_the_least_and_the_greatest),
        cmocka_unit_test(channels_are_mixed),
        cmocka_unit_test(dat_is_little_endian),
        cmocka_unit_test(no_sound_is_no_pixel),
        cmocka_unit_test(invalid_arguments_are_refused),
        cmocka_unit_test(failing_allocations_are_reported),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
