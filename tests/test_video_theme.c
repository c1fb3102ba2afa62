#include "video/style/style.h"

#include "soundbite/file.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static sb_status read_theme(sb_theme *theme, const char *text, sb_video_shape shape, sb_error *err)
{
    sb_theme_init(theme, shape);
    return sb_theme_read(theme, text, strlen(text), "my.theme", shape, err);
}

static void the_built_in_theme_is_valid(void **user)
{
    (void)user;
    const char *text = sb_theme_default_text();
    for (int shape = SB_VIDEO_9_16; shape <= SB_VIDEO_16_9; shape++) {
        sb_theme theme = {0};
        sb_error err = {0};
        assert_int_equal(sb_theme_read(&theme, text, strlen(text), NULL, (sb_video_shape)shape, &err), SB_OK);
        assert_true(sb_colour_contrast(theme.text, theme.background) >= 4.5);
        assert_true(sb_colour_contrast(theme.lit, theme.background) >= 4.5);
        assert_true(sb_colour_contrast(theme.speaker, theme.background) >= 4.5);
        assert_true(theme.caption_size > 0 && theme.caption_characters >= 15);
    }
}

static void a_section_is_for_its_shape_alone(void **user)
{
    (void)user;
    static const char text[] =
        "\xef\xbb\xbf# mine\r\n\r\ntext = #abcdef\r\n  caption-size=9.25\t\n"
        "[1:1]\ncaption-size = 5\nalign = centre\n[ 9:16 ]\nfont =  Georgia , Inter \n";
    sb_theme theme;
    sb_error err = {0};
    assert_int_equal(read_theme(&theme, text, SB_VIDEO_1_1, &err), SB_OK);
    assert_int_equal(theme.text, 0xabcdef);
    assert_true(theme.caption_size == 5);
    assert_int_equal(theme.align, SB_THEME_CENTRE);
    assert_int_equal(read_theme(&theme, text, SB_VIDEO_9_16, &err), SB_OK);
    assert_true(theme.caption_size == 9.25);
    assert_int_equal(theme.align, SB_THEME_LEFT);
    assert_string_equal(theme.font, "Georgia , Inter");
}

static void check_error(const char *text, int64_t line, int64_t column, const char *part)
{
    sb_theme theme;
    sb_error err = {0};
    assert_int_equal(read_theme(&theme, text, SB_VIDEO_16_9, &err), SB_ERR_FORMAT);
    if (strcmp(err.file, "my.theme") || err.line != line || err.column != column ||
        !strstr(err.message, part))
        fail_msg("%s:%lld:%lld: '%s' is not '%s' at %lld:%lld", err.file, (long long)err.line,
                 (long long)err.column, err.message, part, (long long)line, (long long)column);
}

static void mistakes_have_their_place(void **user)
{
    (void)user;
    check_error("font = Inter\n\n  litt = #fff\n", 3, 3, "unknown key 'litt'; did you mean 'lit'?");
    check_error("zebra = 1\n", 1, 1, "soundbite-theme(5)");
    check_error("text = #ggg", 1, 8, "text must be a colour such as #102030 or navy, not '#ggg'");
    check_error("[9:16]\ncaption-size = 21\n", 2, 16, "a number from 2 to 20, not '21'");
    check_error("caption-size = 5,5\n", 1, 16, "caption-size must be a number");
    check_error("caption-size = nan\n", 1, 16, "caption-size must be a number");
    check_error("wave-at 12\n", 1, 1, "key = value");
    check_error("= 12\n", 1, 1, "key = value");
    check_error("font =\n", 1, 7, "font has no value");
    check_error("[16:10]\n", 1, 2, "unknown shape '16:10'");
    check_error("align = right\n", 1, 9, "left or centre");
    check_error("font = \xff\n", 1, 1, "not UTF-8");
    check_error("[source]\n", 1, 2, "unknown shape");
}

static void any_bytes_end_in_an_error_or_a_theme(void **user)
{
    (void)user;
    char text[4000];
    unsigned seed = 7;
    for (int round = 0; round < 300; round++) {
        for (size_t i = 0; i < sizeof text; i++) {
            seed = seed * 1103515245 + 12345;
            text[i] = "=[]#\n\r\t aftx-0.9\0\xc3\xa4"[seed >> 16 & 15];
        }
        sb_theme theme;
        sb_error err = {0};
        sb_theme_init(&theme, SB_VIDEO_1_1);
        sb_status status = sb_theme_read(&theme, text, sizeof text, NULL, SB_VIDEO_1_1, &err);
        assert_true(status == SB_OK || (status == SB_ERR_FORMAT && err.line > 0));
    }
}

static void every_key_is_documented(void **user)
{
    (void)user;
    sb_bytes page = {0};
    sb_error err = {0};
    assert_int_equal(sb_file_read(&page, SB_SOURCE_DIR "/docs/man/soundbite-theme.5", 1 << 20, &err), SB_OK);
    for (size_t i = 0; sb_theme_key(i); i++) {
        char item[64] = ".It Cm ";
        strncat(item, sb_theme_key(i), 40);
        strcat(item, " =");
        if (!strstr(page.data, item))
            fail_msg("the page lacks '%s'", item);
    }
    sb_bytes_finish(&page);
}

static void positions_stay_inside_the_safe_zone(void **user)
{
    (void)user;
    static const char *const texts[] = {"",
                                        "header-at = 100\nwave-at = 0\nprogress-at = 100\nwave-height = 50\n",
                                        "wave-at = 100\nheader-at = 0\nprogress-at = 0\nalign = centre\n"};
    for (size_t i = 0; i < 3; i++)
        for (int s = SB_VIDEO_9_16; s <= SB_VIDEO_16_9; s++) {
            sb_theme theme;
            sb_error err = {0};
            sb_layout l;
            assert_int_equal(read_theme(&theme, texts[i], (sb_video_shape)s, &err), SB_OK);
            sb_still logo = {.pixels = &(uint32_t){0}, .width = 300, .height = 100};
            sb_layout_parts parts = {(sb_video_shape)s, true, &logo, i == 1};
            sb_layout_make(&l, &theme, &parts);
            const sb_rect *rects[] = {&l.cover, &l.wave, &l.progress, &l.logo};
            for (size_t r = 0; r < 4; r++) {
                assert_true(rects[r]->x >= l.zone.x && rects[r]->y >= l.zone.y);
                assert_true(rects[r]->x + rects[r]->width <= l.zone.x + l.zone.width);
                assert_true(rects[r]->y + rects[r]->height <= l.zone.y + l.zone.height);
            }
        }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_built_in_theme_is_valid), cmocka_unit_test(a_section_is_for_its_shape_alone),
        cmocka_unit_test(mistakes_have_their_place),   cmocka_unit_test(any_bytes_end_in_an_error_or_a_theme),
        cmocka_unit_test(every_key_is_documented),     cmocka_unit_test(positions_stay_inside_the_safe_zone),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
