#include "video/style/style.h"

#include "soundbite/video.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static void check(const char *text, sb_colour wanted)
{
    sb_colour colour;
    if (!sb_colour_read(&colour, text) || colour != wanted)
        fail_msg("%s is not #%06x", text, wanted);
    assert_true(sb_video_is_colour(text));
}

static void colours_are_read(void **user)
{
    (void)user;
    check("#102030", 0x102030);
    check("#fA0", 0xffaa00);
    check("navy", 0x000080);
    check("White", 0xffffff);
    static const char *const wrong[] = {"",       "#",   "#12",      "#1234", "#12345g",
                                        "102030", "nvy", "#1020304", "navy "};
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++)
        assert_false(sb_video_is_colour(wrong[i]));
}

/* The examples of WCAG's own tools. */
static void contrast_is_that_of_wcag(void **user)
{
    (void)user;
    assert_true(fabs(sb_colour_contrast(0xffffff, 0) - 21) < 1e-9);
    assert_true(fabs(sb_colour_contrast(0x777777, 0xffffff) - 4.48) < 0.005);
    assert_true(fabs(sb_colour_contrast(0xffffff, 0x767676) - 4.54) < 0.005);
    assert_true(fabs(sb_colour_contrast(0xff0000, 0xffffff) - 4.00) < 0.005);
    assert_true(sb_colour_contrast(0x123456, 0x123456) == 1);
}

static void mixing_interpolates(void **user)
{
    (void)user;
    assert_int_equal(sb_colour_mix(0x102030, 0xffffff, 0), 0x102030);
    assert_int_equal(sb_colour_mix(0x102030, 0xfedcba, 1), 0xfedcba);
    assert_int_equal(sb_colour_mix(0x000000, 0xffffff, 0.5), 0x808080);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(colours_are_read),
        cmocka_unit_test(contrast_is_that_of_wcag),
        cmocka_unit_test(mixing_interpolates),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
