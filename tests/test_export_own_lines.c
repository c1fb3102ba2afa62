#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "export/captions/captions.h"
#include "support_quote.h"

/* The lines of a caption `body` with the words `words`, separated by '/', or NULL. */
static void assert_lines(const char *body, const char *speaker, const char *words, const char *expected)
{
    static const char times[] = "1\n00:00:01,000 --> 00:00:02,000 line:0\r\n";
    sb_alignment *a = quote_alignment(SB_METHOD_NONE);
    sb_bytes source = {0}, lines = {0};
    char name[40] = "";
    sb_caption_items items = {0};
    bool ok = true;

    sb_bytes_print(&source, "%s%s", times, body);
    snprintf(name, sizeof name, "%s", speaker ? speaker : "");
    sb_turn turn = {.speaker = speaker ? name : NULL, .stop_range = {19, 12}};
    sb_transcript transcript = {
        .turns = &turn, .n_turns = 1, .source = source.data, .source_size = source.size};
    quote_add_turn(a, speaker, 1000, 2000, words);
    sb_caption_words all = {.alignment = a, .last = SIZE_MAX, .events_around = true};
    assert_int_equal(sb_caption_items_add(&items, &all, NULL), SB_OK);
    size_t n_lines = sb_caption_own_lines(items.items, items.n_items, &transcript, 0, &ok);
    assert_true(ok);
    sb_caption cue = {.items = items.items, .n_items = items.n_items};
    sb_caption_append(&lines, &cue, "/");
    assert_string_equal(n_lines ? lines.data : "(none)", expected ? expected : "(none)");
    sb_bytes_finish(&lines);
    sb_caption_items_finish(&items);
    sb_bytes_finish(&source);
    sb_alignment_free(&a);
}

static void lines_break_where_they_did(void **state)
{
    (void)state;
    assert_lines("one\ntwo three\n\n2\n", NULL, "one two three", "one/two three");
    assert_lines("one two\r\nthree\r\n\r\n2\r\n", NULL, "one two three", "one two/three");
    assert_lines("one two\nthree", NULL, "one two three", "one two/three");
    assert_lines("one\n \ntwo\n\nthree", NULL, "one two", "one/two");
}

static void tags_are_no_words(void **state)
{
    (void)state;
    assert_lines("<i>one</i>\n{\\an8}two <font color=\"red\">three</font>\n", NULL, "one two three",
                 "one/two three");
    assert_lines("<v Ben Wilson>one\ntwo\n", "Ben Wilson", "one two", "one/two");
    assert_lines("a < b\nand c", NULL, "a < b and c", "a < b/and c");
}

static void a_name_before_the_words_is_left_out(void **state)
{
    (void)state;
    assert_lines("Ben Wilson: one\ntwo\n", "Ben Wilson", "one two", "one/two");
    assert_lines("Ben Wilson:\none\ntwo\n", "Ben Wilson", "one two", "one/two");
}

static void other_words_give_no_lines(void **state)
{
    (void)state;
    assert_lines("one\ntwo three four\n", NULL, "one two three", NULL);
    assert_lines("", NULL, "one", NULL);
    assert_lines("one\ntwo\n", "Ben Wilson", "one", NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lines_break_where_they_did),
        cmocka_unit_test(tags_are_no_words),
        cmocka_unit_test(a_name_before_the_words_is_left_out),
        cmocka_unit_test(other_words_give_no_lines),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
