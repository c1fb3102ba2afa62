#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/file/file.h"
#include "base/text/text.h"

static void names_become_safe(void **state)
{
    static const char *const cases[][2] = {
        {"Ada Lovelace", "Ada Lovelace"},
        {"../x", "_x"},
        {"/etc/passwd", "_etc_passwd"},
        {"-rf", "rf"},
        {".", "_"},
        {"", "_"},
        {"CON", "_CON"},
        {"con.txt", "_con.txt"},
        {"LPT1", "_LPT1"},
        {"com\xc2\xb9", "_com\xc2\xb9"},
        {"LPT\xc2\xb3.tar", "_LPT\xc2\xb3.tar"},
        {"COM\xc2\xb2 .", "_COM\xc2\xb2"},
        {"COM\xe2\x82\x81", "_COM\xe2\x82\x81"},
        {".conout$", "_conout$"},
        {"COM\xc2\xb9\xc2\xb2", "COM\xc2\xb9\xc2\xb2"},
        {"Comb\xc2\xb9", "Comb\xc2\xb9"},
        {"nul .x", "_nul .x"},
        {"a\tb\nc", "a b c"},
        {"a\xe2\x80\xaegpj", "agpj"},
        {"what? \"no\"...", "what_ _no_"},
        {"Zo\xc3\xab", "Zo\xc3\xab"},
        {"Zoe\xcc\x88", "Zo\xc3\xab"},
        {"\xff\xfe", "_"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char *name = sb_file_name_safe(cases[i][0], 200);
        assert_string_equal(name, cases[i][1]);
        free(name);
    }
}

static void long_names_are_cut_between_characters(void **state)
{
    char text[801] = "";
    (void)state;
    for (size_t i = 0; i < 400; i++)
        strcat(text, "\xc3\xa9");
    char *name = sb_file_name_safe(text, 101);
    assert_int_equal(strlen(name), 100);
    free(name);
}

static void a_path_has_an_extension_only_in_its_name(void **state)
{
    (void)state;
    assert_string_equal(sb_path_extension("a.b/Q.x.MP4"), "MP4");
    assert_string_equal(sb_path_extension("a.b/c"), "");
    assert_string_equal(sb_path_extension("a/.mp3"), "");
    assert_string_equal(sb_path_extension(NULL), "");
    assert_true(sb_path_has_extension("Q.MP4", "mp4"));
    assert_false(sb_path_has_extension("clips.mp4/q", "mp4"));
    const char *const joined[][3] = {{"a", "b", "a/b"}, {"a/", "b", "a/b"}, {"", "b", "b"}, {"/", "b", "/b"}};
    for (size_t i = 0; i < sizeof joined / sizeof *joined; i++) {
        char *path = sb_path_join(joined[i][0], joined[i][1]);
        assert_string_equal(path, joined[i][2]);
        free(path);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names_become_safe),
        cmocka_unit_test(long_names_are_cut_between_characters),
        cmocka_unit_test(a_path_has_an_extension_only_in_its_name),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
