/* What the fixtures of JSON transcripts cannot show. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "support_transcript.h"

static void check_text(const char *json, const char *format, const char *expected)
{
    sb_transcript *t = transcript_of(json, NULL);
    assert_string_equal(t->format, format);
    assert_true(t->n_turns > 0);
    char *text = sb_turn_text(&t->turns[0]);
    assert_string_equal(text, expected);
    free(text);
    sb_transcript_free(&t);
}

/* Recognizers write the parts of a word one by one, and cut characters in half. */
static void test_characters_cut_in_half(void **state)
{
    (void)state;
    check_text("{\"transcription\":[{\"offsets\":{\"from\":0,\"to\":900},\"text\":"
               "\"\xE9\xBE\x9C\xE8\x8B\x93\xE8\x86\x8F\xE5\xA5\xBD\","
               "\"tokens\":[{\"text\":\"\xE9\xBE\"},{\"text\":\"\x9C\xE8\x8B\x93\"}]}]}",
               "whispercpp-json", "\xE9\xBE\x9C\xE8\x8B\x93\xE8\x86\x8F\xE5\xA5\xBD");
}

static void test_escapes(void **state)
{
    (void)state;
    check_text(
        "{\"segments\":[{\"startTime\":1,\"body\":\"caf\\u00e9 \\ud83d\\udc1d \\\"so\\\" a\\/b\\n\\tc\"}]}",
        "podcast-json", "caf\xC3\xA9 \xF0\x9F\x90\x9D \"so\" a/b c");
}

/* The survey of an unknown document sees at most the beginning; maps with many keys and deep nests do not
 * slow it down. */
static void test_large_maps(void **state)
{
    (void)state;
    sb_bytes text = {0};
    sb_bytes_text(&text, "{\"map\":{");
    for (int i = 0; i < 20000; i++)
        sb_bytes_print(&text, "\"key%d\":{\"text\":\"a b\",\"start\":%d},", i, i);
    sb_bytes_text(&text, "\"last\":0},\"rows\":[{\"content\":\"one two\",\"begin\":1,\"end\":2},"
                         "{\"content\":\"three four\",\"begin\":3,\"end\":4}]}");
    check_text(text.data, "json", "one two");
    sb_bytes_finish(&text);
}

static void test_long_text(void **state)
{
    (void)state;
    sb_transcript *t;
    sb_error err = {0};
    sb_bytes text = {0};
    sb_bytes_text(&text, "{\"segments\":[{\"startTime\":1,\"body\":\"");
    for (int i = 0; i < 1000000; i++)
        sb_bytes_text(&text, "words ");
    sb_bytes_text(&text, "\"}]}");
    assert_int_equal(sb_transcript_read(&t, text.data, text.size, NULL, NULL, &err), SB_ERR_FORMAT);
    assert_non_null(strstr(err.message, "4 MB"));
    sb_bytes_finish(&text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_characters_cut_in_half),
                                       cmocka_unit_test(test_escapes), cmocka_unit_test(test_large_maps),
                                       cmocka_unit_test(test_long_text)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
