#include "video/style/style.h"

#include "soundbite/video.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static void profiles_are_dated_and_known_by_name(void **user)
{
    (void)user;
    static const char *const names[] = {"shorts", "reels", "tiktok", "x", "linkedin", "podcast"};
    for (size_t i = 0; i < 6; i++) {
        assert_string_equal(sb_profile_at(i)->name, names[i]);
        assert_ptr_equal(sb_profile_find(names[i]), sb_profile_at(i));
    }
    assert_null(sb_profile_at(10));
    assert_null(sb_profile_find("short"));
    assert_null(sb_profile_find(NULL));
    assert_int_equal(strlen(sb_profiles_date()), strlen("2026-11-25"));
}

/* People write the name of the platform, of its app or of the format. */
static void profiles_have_other_names(void **user)
{
    (void)user;
    static const char *const pairs[][2] = {{"instagram", "reels"}, {"twitter", "x"},
                                           {"yt", "youtube"},      {"fb", "facebook"},
                                           {"tik-tok", "tiktok"},  {"yt-shorts", "shorts"}};
    for (size_t i = 0; i < sizeof pairs / sizeof pairs[0]; i++)
        assert_ptr_equal(sb_profile_find(pairs[i][0]), sb_profile_find(pairs[i][1]));
    assert_int_equal(sb_profile_find("youtube")->shape, SB_VIDEO_16_9);
    assert_null(sb_profile_find("instagrams"));
    const sb_profile *profile;
    for (size_t i = 0; sb_profile_alias(i, &profile); i++) {
        assert_ptr_equal(sb_profile_find(sb_profile_alias(i, NULL)), profile);
        assert_string_not_equal(sb_profile_alias(i, NULL), profile->name);
    }
}

static void a_profile_has_the_limits_of_its_platform(void **user)
{
    (void)user;
    const sb_profile *x = sb_profile_find("x");
    assert_int_equal(x->least, SB_TIME_SECOND / 2);
    assert_int_equal(x->most, 140 * SB_TIME_SECOND);
    assert_true(x->loudness_lufs == -14);
    assert_int_equal(x->shape, SB_VIDEO_1_1);
    for (size_t i = 0; sb_profile_at(i); i++)
        assert_true(sb_profile_at(i)->sound_bit_rate >= 128000);
}

static void shapes_have_even_sizes(void **user)
{
    (void)user;
    static const int sizes[][2] = {{1080, 1920}, {1080, 1080}, {1080, 1350}, {1920, 1080}};
    for (int i = 0; i < 4; i++) {
        int width, height;
        sb_video_size(&width, &height, (sb_video_shape)(SB_VIDEO_9_16 + i));
        assert_int_equal(width, sizes[i][0]);
        assert_int_equal(height, sizes[i][1]);
    }
    assert_string_equal(sb_video_shape_name(0), "9:16");
    assert_string_equal(sb_video_shape_name(4), "source");
    assert_string_equal(sb_video_shape_name(5), "source:9:16");
    assert_string_equal(sb_video_shape_name(8), "source:16:9");
    assert_null(sb_video_shape_name(9));
}

static void the_vertical_picture_avoids_the_controls_of_apps(void **user)
{
    (void)user;
    sb_rect zone = sb_video_safe_zone(SB_VIDEO_9_16);
    assert_true(zone.y >= 0.14 * 1920);
    assert_true(zone.y + zone.height <= 0.80 * 1920);
    for (int i = 0; i < 4; i++) {
        int width, height;
        sb_video_size(&width, &height, (sb_video_shape)(SB_VIDEO_9_16 + i));
        zone = sb_video_safe_zone((sb_video_shape)(SB_VIDEO_9_16 + i));
        assert_true(zone.x > 0 && zone.y > 0 && zone.width > width / 2 && zone.height > height / 2);
        assert_true(zone.x + zone.width < width && zone.y + zone.height < height);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(profiles_are_dated_and_known_by_name),
        cmocka_unit_test(profiles_have_other_names),
        cmocka_unit_test(a_profile_has_the_limits_of_its_platform),
        cmocka_unit_test(shapes_have_even_sizes),
        cmocka_unit_test(the_vertical_picture_avoids_the_controls_of_apps),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
