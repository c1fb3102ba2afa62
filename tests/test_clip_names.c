#include "soundbite/clip.h"

#include "base/text/text.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static const sb_match match = {.text = (char *)"Never gonna give you up, said the crane operator",
                               .speaker = "Ada Lovelace",
                               .phrase = "give you up",
                               .span = {61500 * SB_TIME_MS, 65250 * SB_TIME_MS}};

static char *expand(const char *text, const char *speaker, size_t n)
{
    sb_template *tmpl;
    sb_error err = {0};
    sb_match m = match;
    m.speaker = speaker;
    if (sb_template_read(&tmpl, text, &err))
        fail_msg("%s", err.message);
    char *path = sb_template_path(tmpl, &m, n, "Episode 7", "row-1");
    assert_non_null(path);
    sb_template_free(&tmpl);
    return path;
}

static void check_path(const char *text, const char *expected)
{
    char *path = expand(text, match.speaker, 3);
    assert_string_equal(path, expected);
    free(path);
}

static void fields_are_filled(void **user)
{
    (void)user;
    check_path("clips/{n:02}-{speaker}-{slug}.mp3",
               "clips/03-Ada Lovelace-never-gonna-give-you-up-said-the-crane.mp3");
    check_path("{episode}/{id}.wav", "Episode 7/row-1.wav");
    check_path("/out/{phrase} {start} {end}.opus", "/out/give you up 00-01-01.500 00-01-05.250.opus");
    check_path("../{{{n}}}.flac", "../{3}.flac");
    check_path("plain.wav", "plain.wav");
}

static void check_template_error(const char *text, const char *part)
{
    sb_template *tmpl;
    sb_error err = {0};
    assert_int_equal(sb_template_read(&tmpl, text, &err), SB_ERR_ARGUMENT);
    assert_null(tmpl);
    if (!strstr(err.message, part))
        fail_msg("'%s' lacks '%s'", err.message, part);
}

static void mistakes_are_named_with_their_column(void **user)
{
    (void)user;
    check_template_error("a{spaeker}.mp3", "column 3: there is no field {spaeker}, did you mean {speaker}");
    check_template_error("ab{n.mp3", "column 3: the brace is not closed");
    check_template_error("ab}.mp3", "column 3: the closing brace");
    check_template_error("{slug:3}.mp3", "only n takes a width");
    check_template_error("{n:0}.mp3", "only n takes a width");
    check_template_error("clips/", "has no file name");
    check_template_error("", "has no file name");
}

static void hostile_speakers_stay_in_the_folder(void **user)
{
    (void)user;
    char long_name[401];
    memset(long_name, 'x', 400);
    long_name[400] = 0;
    const char *const names[] = {"../x",
                                 "/etc/x",
                                 "-rf",
                                 ".",
                                 "..",
                                 "",
                                 "a\nb",
                                 "\xe2\x80\xae"
                                 "cod.exe",
                                 "CON",
                                 "nul.txt",
                                 "a\\b",
                                 "a/../../b",
                                 long_name,
                                 "\xff\xfe",
                                 "~",
                                 "COM1 ",
                                 "x...",
                                 "a:b*c?d\"e<f>g|h"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        char *path = expand("out/{speaker}.mp3", names[i], 1);
        const char *name = path + 4;
        assert_memory_equal(path, "out/", 4);
        assert_null(strchr(name, '/'));
        assert_true(strlen(name) <= 220 && strlen(name) > 4);
        assert_true(sb_utf8_valid(name, strlen(name)));
        assert_true(name[0] != '.' && name[0] != '-');
        assert_string_equal(name + strlen(name) - 4, ".mp3");
        assert_null(strpbrk(name, "\\:*?\"<>|\n"));
        assert_null(strstr(name, "\xe2\x80\xae"));
        assert_string_not_equal(name, "CON.mp3");
        free(path);
    }
    char *path = expand("{speaker}", "../../etc/passwd", 1);
    assert_null(strchr(path, '/'));
    free(path);
}

static void names_collide_as_file_systems_see_them(void **user)
{
    (void)user;
    const char *const given[] = {
        "o/Ada.mp3", "o/ada.mp3", "o/Caf\xc3\xa9.mp3", "o/Cafe\xcc\x81.mp3", "o/ada-2.mp3", "o/ADA.mp3",
        "o.d/x",     "o.d/X"};
    const char *const expected[] = {"o/Ada.mp3",
                                    "o/ada-2.mp3",
                                    "o/Caf\xc3\xa9.mp3",
                                    "o/Cafe\xcc\x81-2.mp3",
                                    "o/ada-2-2.mp3",
                                    "o/ADA-3.mp3",
                                    "o.d/x",
                                    "o.d/X-2"};
    char *paths[8];
    for (size_t i = 0; i < 8; i++)
        paths[i] = strdup(given[i]);
    assert_int_equal(sb_clip_paths_distinct(paths, 8, NULL), SB_OK);
    for (size_t i = 0; i < 8; i++) {
        assert_string_equal(paths[i], expected[i]);
        free(paths[i]);
    }
}

static void clips_with_captions_differ_without_their_extensions(void **user)
{
    (void)user;
    char *paths[] = {strdup("o/a.mp3"), strdup("o/A.wav"), strdup("o/a-2.wav"), strdup("o.a/b"),
                     strdup("o.a/b.wav")};
    static const char *const expected[] = {"o/a.mp3", "o/A-2.wav", "o/a-2-2.wav", "o.a/b", "o.a/b-2.wav"};
    assert_int_equal(sb_clip_stems_distinct(paths, 5, NULL), SB_OK);
    for (size_t i = 0; i < 5; i++) {
        assert_string_equal(paths[i], expected[i]);
        free(paths[i]);
    }
}

static void many_equal_names_take_linear_time(void **user)
{
    (void)user;
    size_t n = 50000;
    char **paths = calloc(n, sizeof *paths);
    for (size_t i = 0; i < n; i++)
        paths[i] = strdup("same.mp3");
    assert_int_equal(sb_clip_paths_distinct(paths, n, NULL), SB_OK);
    assert_string_equal(paths[n - 1], "same-50000.mp3");
    for (size_t i = 0; i < n; i++)
        free(paths[i]);
    free(paths);
}

static void templates_know_whether_they_vary(void **user)
{
    (void)user;
    static const struct {
        const char *text;
        bool varies;
    } cases[] = {{"a.mp3", false}, {"{episode}.mp3", false}, {"{n}.mp3", true}, {"{slug}.mp3", true}};
    for (size_t i = 0; i < 4; i++) {
        sb_template *tmpl;
        assert_int_equal(sb_template_read(&tmpl, cases[i].text, NULL), SB_OK);
        assert_int_equal(sb_template_varies(tmpl), cases[i].varies);
        sb_template_free(&tmpl);
    }
}

static sb_clip_result result = {.file = (char *)"clips/a \"b\".mp3",
                                .speaker = (char *)"=HYPERLINK(\"x\")",
                                .text = (char *)"one, two",
                                .codec = (char *)"mp3",
                                .cut = {.speech = {1 * SB_TIME_SECOND, 2 * SB_TIME_SECOND}},
                                .asked = {1 * SB_TIME_SECOND, SB_TIME_NONE},
                                .start_sample = 40000,
                                .end_sample = 90000,
                                .source_rate = 44100,
                                .lead = 150 * SB_TIME_MS,
                                .tail = 300 * SB_TIME_MS,
                                .confidence = 0.5f,
                                .gain_db = -3.25};

static void the_manifest_line_has_the_contracts_keys(void **user)
{
    (void)user;
    char *warnings[] = {(char *)"careful", (char *)"twice"};
    sb_clip_result r = result;
    r.loudness_lufs = NAN;
    r.true_peak_db = -HUGE_VAL;
    r.warnings = warnings;
    r.n_warnings = 2;
    sb_bytes out = {0};
    sb_clip_result_write_json(&out, &r);
    static const char *const keys[] = {
        "file",       "id",           "speaker", "text",   "start",         "end",        "start_sample",
        "end_sample", "sample_rate",  "asked",   "lead",   "tail",          "confidence", "loudness_lufs",
        "gain_db",    "true_peak_db", "codec",   "sha256", "source_sha256", "captions",   "video",
        "warnings"};
    const char *at = out.data;
    for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++) {
        char quoted[64];
        snprintf(quoted, sizeof quoted, "\"%s\": ", keys[i]);
        const char *found = strstr(at, quoted);
        if (!found)
            fail_msg("%s is missing or out of order in %s", keys[i], out.data);
        at = found;
    }
    assert_non_null(strstr(out.data, "\"loudness_lufs\": null, \"gain_db\": -3.25, \"true_peak_db\": null"));
    assert_non_null(strstr(out.data, "\"warnings\": [\"careful\", \"twice\"]"));
    assert_null(strchr(out.data, '\n'));
    sb_bytes_finish(&out);
}

static void formulas_in_the_csv_are_defused(void **user)
{
    (void)user;
    sb_clip_result r = result;
    r.loudness_lufs = -16;
    r.true_peak_db = NAN;
    sb_bytes out = {0};
    sb_clip_result_write_csv_header(&out);
    size_t header_commas = 0, header = out.size;
    for (size_t i = 0; i < header; i++)
        header_commas += out.data[i] == ',';
    sb_clip_result_write_csv(&out, &r);
    const char *line = out.data + header;
    assert_non_null(strstr(line, "\"'=HYPERLINK(\"\"x\"\")\""));
    assert_non_null(strstr(
        line,
        "\"one, "
        "two\",1.000000,2.000000,0:00:01.000,0:00:02.000,40000,90000,44100,1.000000,,,0.150000,0.300000,0."
        "000000,0.500,-16.00,-3.25,,mp3,"));
    assert_string_equal(line + strlen(line) - 2, "\r\n");
    assert_int_equal(header_commas, 45);
    r.text = (char *)"\xef\xbc\x9d"
                     "1+1";
    out.size = 0;
    sb_clip_result_write_csv(&out, &r);
    assert_non_null(strstr(out.data, ",\"'\xef\xbc\x9d"
                                     "1+1\","));
    sb_bytes_finish(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(fields_are_filled),
        cmocka_unit_test(mistakes_are_named_with_their_column),
        cmocka_unit_test(hostile_speakers_stay_in_the_folder),
        cmocka_unit_test(names_collide_as_file_systems_see_them),
        cmocka_unit_test(clips_with_captions_differ_without_their_extensions),
        cmocka_unit_test(many_equal_names_take_linear_time),
        cmocka_unit_test(templates_know_whether_they_vary),
        cmocka_unit_test(the_manifest_line_has_the_contracts_keys),
        cmocka_unit_test(formulas_in_the_csv_are_defused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
