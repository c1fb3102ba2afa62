#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "acoustic/acoustic.h"
#include "soundbite/file.h"
#include "support_sound.h"
#include "support_speech.h"

/* Reads a folder that contains only a file of that name with `text`. */
static sb_status read_from(sb_front_end *out, const char *name, const char *text, sb_error *err)
{
    char path[512], *folder = folder_make();
    snprintf(path, sizeof path, "%s/%s", folder, name);
    assert_int_equal(sb_file_write(path, text, strlen(text), false, NULL), SB_OK);
    sb_status status = sb_front_end_read(out, folder, err);
    folder_remove(folder);
    return status;
}

static void check_fails(const char *text, sb_status status, const char *word)
{
    sb_front_end f;
    sb_error err = {0};
    assert_int_equal(read_from(&f, "feat.params", text, &err), status);
    assert_non_null(strstr(err.file, "feat.params"));
    if (!strstr(err.message, word))
        fail_msg("'%s' is not in: %s", word, err.message);
}

static void assert_same(const sb_front_end *a, const sb_front_end *b)
{
    assert_int_equal(a->sample_rate, b->sample_rate);
    assert_int_equal(a->n_filters, b->n_filters);
    assert_int_equal(a->n_fft, b->n_fft);
    assert_int_equal(a->lifter, b->lifter);
    assert_true(a->low_hz == b->low_hz && a->high_hz == b->high_hz);
    assert_true(a->window_s == b->window_s && a->pre_emphasis == b->pre_emphasis);
    assert_string_equal(a->transform, b->transform);
    assert_int_equal(a->remove_noise, b->remove_noise);
    assert_int_equal(a->remove_dc, b->remove_dc);
    assert_int_equal(a->round_filters, b->round_filters);
    assert_int_equal(a->unit_area, b->unit_area);
    assert_int_equal(a->double_bandwidth, b->double_bandwidth);
}

static void the_default_equals_the_installed_model(void **state)
{
    (void)state;
    speech_need_model();
    sb_front_end f;
    assert_int_equal(sb_front_end_read(&f, sb_acoustic_model_folder(), NULL), SB_OK);
    assert_same(&f, sb_front_end_default());
}

static const char narrow[] =
    "-lowerf 130\n-upperf 3700\n-nfilt 20\n-transform dct\n-lifter 22\n"
    "-feat 1s_c_d_dd\n-svspec 0-12/13-25/26-38\n-agc none\n-cmn current\n-varnorm no\n"
    "-cmninit 40,-5.29,-0.12\n-model ptm\n";

static void a_narrow_model_defaults_to_8_khz(void **state)
{
    (void)state;
    sb_front_end f;
    assert_int_equal(read_from(&f, "feat.params", narrow, NULL), SB_OK);
    assert_int_equal(f.sample_rate, 8000);
    assert_int_equal(f.n_filters, 20);
    assert_true(f.low_hz == 130 && f.high_hz == 3700);
    assert_string_equal(f.transform, "dct");
    assert_true(f.remove_noise);
}

static void options_override_defaults(void **state)
{
    (void)state;
    sb_front_end f;
    assert_int_equal(
        read_from(&f, "feat.params",
                  "# a comment\n-samprate 16000.0 -upperf 3700.5\n-remove_noise no\n-nfft 0\n-alpha 0.95\n"
                  "-wlen 0.032 -remove_dc yes",
                  NULL),
        SB_OK);
    assert_int_equal(f.sample_rate, 16000);
    assert_int_equal(f.n_fft, 512);
    assert_true(f.high_hz == 3700.5 && f.pre_emphasis == 0.95 && f.window_s == 0.032);
    assert_true(!f.remove_noise && f.remove_dc);
    assert_int_equal(f.n_filters, 40); /* the default of sphinxbase */
    assert_string_equal(f.transform, "legacy");
}

static void options_may_be_json(void **state)
{
    (void)state;
    sb_front_end f, same;
    assert_int_equal(read_from(&same, "feat.params", narrow, NULL), SB_OK);
    assert_int_equal(
        read_from(&f, "feat_params.json",
                  "{\"lowerf\": 130, \"upperf\": 3700, \"nfilt\": 20, \"transform\": \"dct\", \"lifter\": 22,"
                  " \"feat\": \"1s_c_d_dd\", \"svspec\": \"0-12/13-25/26-38\", \"cmn\": \"current\","
                  " \"varnorm\": false, \"remove_noise\": true}",
                  NULL),
        SB_OK);
    assert_same(&f, &same);
    assert_int_equal(read_from(&f, "feat_params.json", "{\"wlen\": 0.0255, \"unknown\": []}", NULL), SB_OK);
    assert_true(f.window_s == 0.0255);
    assert_int_equal(read_from(&f, "feat_params.json", "{\"wlen\": ", NULL), SB_ERR_FORMAT);
}

static void other_features_are_refused_by_name(void **state)
{
    (void)state;
    check_fails("-feat s2_4x", SB_ERR_UNSUPPORTED, "s2_4x");
    check_fails("-frate 125", SB_ERR_UNSUPPORTED, "frate");
    check_fails("-ncep 20", SB_ERR_UNSUPPORTED, "ncep");
    check_fails("-agc max", SB_ERR_UNSUPPORTED, "agc");
    check_fails("-varnorm yes", SB_ERR_UNSUPPORTED, "varnorm");
    check_fails("-cmn none", SB_ERR_UNSUPPORTED, "cmn");
    check_fails("-lda feature_transform", SB_ERR_UNSUPPORTED, "lda");
    check_fails("-svspec 0-12/26-38", SB_ERR_UNSUPPORTED, "svspec");
    check_fails("-svspec 0-12", SB_ERR_UNSUPPORTED, "svspec");
    check_fails("-samprate 11025 -upperf 5000", SB_ERR_UNSUPPORTED, "11025");
}

static void invalid_values_are_refused(void **state)
{
    (void)state;
    check_fails("-nfilt many", SB_ERR_FORMAT, "nfilt");
    check_fails("-nfilt 20.5", SB_ERR_FORMAT, "nfilt is '20.5'; it must be a whole number from 13 to 128");
    check_fails("-alpha 2", SB_ERR_FORMAT, "a number from 0 to 1");
    check_fails("-wlen 1", SB_ERR_FORMAT, "a number from 0.005 to 0.1");
    check_fails("-nfilt", SB_ERR_FORMAT, "-nfilt");
    check_fails("nfilt 20", SB_ERR_FORMAT, "nfilt");
    check_fails("-remove_noise perhaps", SB_ERR_FORMAT, "remove_noise");
    check_fails("-transform fft", SB_ERR_FORMAT, "transform");
    check_fails("-samprate 8000 -upperf 6800", SB_ERR_FORMAT, "8000");
    check_fails("-lowerf 5000 -upperf 4000", SB_ERR_FORMAT, "upperf");
    check_fails("-nfft 256", SB_ERR_FORMAT, "256");
    check_fails("-nfft 500", SB_ERR_FORMAT, "500");
}

static void a_folder_without_either_file_is_refused(void **state)
{
    (void)state;
    sb_front_end f;
    sb_error err = {0};
    char *folder = folder_make();
    assert_int_equal(sb_front_end_read(&f, folder, &err), SB_ERR_IO);
    assert_non_null(strstr(err.file, "feat.params"));
    folder_remove(folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_default_equals_the_installed_model),
        cmocka_unit_test(a_narrow_model_defaults_to_8_khz),
        cmocka_unit_test(options_override_defaults),
        cmocka_unit_test(options_may_be_json),
        cmocka_unit_test(other_features_are_refused_by_name),
        cmocka_unit_test(invalid_values_are_refused),
        cmocka_unit_test(a_folder_without_either_file_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
