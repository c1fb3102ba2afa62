#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "soundbite/remap.h"
#include "support_quote.h"
#include "support_remap.h"

static void assert_item(const sb_time_list *list, size_t i, int line, int start_ms, int end_ms,
                        const char *label)
{
    assert_true(i < list->n_items);
    const sb_timed_item *item = &list->items[i];
    assert_int_equal(item->line, line);
    assert_int_equal(quote_ms(item->start), start_ms);
    assert_int_equal(quote_ms(item->end), end_ms);
    if (label)
        assert_string_equal(item->label, label);
    else
        assert_null(item->label);
}

static void chapters_are_read(void **state)
{
    sb_time_list *list = remap_read(remap_chapters, "chapters");

    (void)state;
    assert_int_equal(list->n_items, 3);
    assert_item(list, 0, 4, 0, -1, "Hello");
    assert_item(list, 1, 5, 12500, -1, "Sponsor & co");
    assert_item(list, 2, 6, 40250, 50000, NULL);
    assert_true(list->items[0].runs_on && !list->items[2].runs_on);
    sb_time_list_free(&list);
    sb_time_list_free(&list);
}

static void soundbites_are_read(void **state)
{
    sb_time_list *list = remap_read(remap_soundbites, "soundbite");

    (void)state;
    assert_int_equal(list->n_items, 3);
    assert_item(list, 0, 4, 5000, 9000, "Bridges & water");
    assert_item(list, 1, 6, 15000, 25500, NULL);
    assert_item(list, 2, 7, 45000, 48250, NULL);
    sb_time_list_free(&list);
}

/* No entity of a document type is read, let alone a file. */
static void feeds_are_xml(void **state)
{
    sb_time_list *list = remap_read(
        "<?xml version=\"1.0\" encoding=\"UTF-16\"?>\n"
        "<!DOCTYPE rss [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;\"><!ENTITY f SYSTEM \"/etc/passwd\">]>\n"
        "<rss xmlns:pc=\"https://podcastindex.org/namespace/1.0\"><item>\n"
        "<description><![CDATA[<podcast:soundbite startTime=\"1\" duration=\"2\"/>]]></description>\n"
        "<pc:soundbite startTime='5' duration='4'>Read <b>&lt;this&gt;</b> <![CDATA[& "
        "that]]></pc:soundbite>\n"
        "<podcast:soundbite pc:startTime='3' title='a>b' startTime='6' "
        "duration='1'>&b;&f;</podcast:soundbite >\n"
        "</item></rss>\n",
        "soundbite");

    (void)state;
    assert_int_equal(list->n_items, 2);
    assert_item(list, 0, 5, 5000, 9000, "Read <this> & that");
    assert_item(list, 1, 6, 6000, 7000, "&b;&f;");
    sb_time_list_free(&list);
}

static void feeds_with_errors_are_read(void **state)
{
    sb_time_list *list =
        remap_read("<?xml version=\"1.0\"?>\n<rss><item><title>Q & A < B</title><br></item><item>\n"
                   "<podcast:soundbite startTime='5' "
                   "duration='4'>You&nbsp;&amp; "
                   "&eacute;</podcast:soundbite></rss>",
                   "soundbite");

    (void)state;
    assert_int_equal(list->n_items, 1);
    assert_item(list, 0, 3, 5000, 9000, "You & \xC3\xA9");
    sb_time_list_free(&list);
}

static void labels_are_read(void **state)
{
    sb_time_list *list = remap_read(remap_labels, "audacity");

    (void)state;
    assert_int_equal(list->n_items, 4);
    assert_item(list, 1, 2, 12500, 12500, "point");
    assert_item(list, 2, 4, 20000, 21000, NULL);
    assert_item(list, 3, 5, 55500, 56000, "two words");
    sb_time_list_free(&list);
}

static void captions_are_read(void **state)
{
    sb_time_list *list = remap_read(remap_srt, "srt");

    (void)state;
    assert_int_equal(list->n_items, 3);
    assert_item(list, 0, 2, 1000, 4000, "Hello there.");
    assert_item(list, 2, 12, 50000, 51250, "Bye.");
    sb_time_list_free(&list);
    list = remap_read(remap_vtt, "vtt");
    assert_int_equal(list->n_items, 3);
    assert_int_equal(list->n_inner_times, 2);
    assert_item(list, 1, 10, 14000, 18500, "In the ad.");
    sb_time_list_free(&list);
}

static void plain_times_are_read(void **state)
{
    sb_time_list *list = remap_read(remap_plain, "plain");

    (void)state;
    assert_int_equal(list->n_items, 6);
    assert_item(list, 0, 4, 5000, -1, "Hello");
    assert_item(list, 1, 5, 14000, 18000, "the ad");
    assert_item(list, 2, 6, 50000, -1, "Bye");
    assert_item(list, 3, 7, 1500, 2500, "short");
    assert_item(list, 4, 8, 2500, 4000, NULL);
    assert_item(list, 5, 9, 58000, -1, "end");
    sb_time_list_free(&list);
    list = remap_read("90 Hello\n95.5\tmore\n", "plain");
    assert_item(list, 1, 2, 95500, -1, "more");
    sb_time_list_free(&list);
    list = remap_read("some notes\n90\n", "plain");
    assert_item(list, 0, 2, 90000, -1, NULL);
    sb_time_list_free(&list);
}

static void assert_bad(const char *text, int line, int column, const char *message)
{
    sb_time_list *list;
    sb_error err = {0};

    assert_int_equal(sb_time_list_read(&list, text, strlen(text), "list", NULL, NULL, &err), SB_ERR_FORMAT);
    assert_null(list);
    if (err.line != line || err.column != column || !strstr(err.message, message))
        fail_msg("%lld:%lld: %s", (long long)err.line, (long long)err.column, err.message);
}

static void errors_have_their_place(void **state)
{
    (void)state;
    assert_bad("", 1, 1, "no list of times was recognised");
    assert_bad("just words\n", 1, 1, "chapters, soundbite, audacity, srt, vtt, plain");
    assert_bad("{\"chapters\": [\n{\"title\": \"x\"}]}", 2, 1, "has no startTime");
    assert_bad("{\"chapters\": [{\"startTime\": \"soon\"}]}", 1, 30, "not a time");
    assert_bad("{\"chapters\": [{\"startTime\": -3}]}", 1, 29, "negative");
    assert_bad("{\"chapters\": [{\"startTime\": 3}", 1, 31, "cut short");
    assert_bad("{\"chapters\": 7}", 1, 14, "not a list of chapters");
    assert_bad("{\"chapters\": []}", 1, 1, "no time in the list");
    assert_bad("{\"chapters\": [{\"startTime\": 9, \"endTime\": 3}]}", 1, 43, "ends before it starts");
    assert_bad("<podcast:soundbite startTime=\"1\">x</podcast:soundbite>", 1, 1, "has no duration");
    assert_bad("<a/>\n<podcast:soundbite startTime=\"1\" duration=\"2\"", 2, 1, "is not closed");
    assert_bad("<podcast:soundbite startTime=\"1\" duration=\"2\">x", 1, 1, "is not closed");
    assert_bad("<podcast:soundbite startTime=\"1\" duration=\"2\"><podcast:soundbite>", 1, 1,
               "is not closed");
    assert_bad("<podcast:soundbite startTime=\"&#49;\" duration=\"2\"/>", 1, 1, "write startTime in digits");
    assert_bad("<item><podcast:soundbite startTime=\"1\" duration=\"2\"/></item>\n"
               "<item><podcast:soundbite startTime=\"1\" duration=\"2\"/></item>",
               2, 7, "more than one episode");
    assert_bad("1\t2\ta\nx\ty\n", 2, 1, "not a label");
    assert_bad("2\t1\ta\n", 1, 3, "ends before it starts");
    assert_bad("1\n00:00:01,000 --> 00:00:99,000\nx\n\n", 2, 18, "59 seconds");
    assert_bad("1\n00:00:01,000 --> 00:00:02,000\nx\n\n2\n00:00:xx,000 --> 00:00:04,000\ny\n\n", 6, 1,
               "times cannot be read");
    assert_bad("1\n00:00:01,000 --> 00:00:02,000\nx\n\n2\n00:00:05,000 --> 00:00:04,000\ny\n\n", 6, 1,
               "times cannot be read");
    assert_bad("1:30 a\n1:75 b\n", 2, 1, "59 seconds");
}

static void an_unknown_format_is_refused(void **state)
{
    sb_time_list *list;
    sb_error err = {0};

    (void)state;
    assert_int_equal(sb_time_list_read(&list, "1:30", 4, NULL, "stl", NULL, &err), SB_ERR_ARGUMENT);
    assert_non_null(strstr(err.message, "use one of chapters, soundbite"));
    err = (sb_error){0};
    assert_int_equal(sb_time_list_read(&list, "a\0b", 3, NULL, NULL, NULL, &err), SB_ERR_FORMAT);
    assert_non_null(strstr(err.message, "byte 2 is zero"));
    assert_string_equal(sb_time_list_format(0, NULL), "chapters");
    assert_null(sb_time_list_format(6, NULL));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(chapters_are_read),
        cmocka_unit_test(soundbites_are_read),
        cmocka_unit_test(feeds_are_xml),
        cmocka_unit_test(feeds_with_errors_are_read),
        cmocka_unit_test(labels_are_read),
        cmocka_unit_test(captions_are_read),
        cmocka_unit_test(plain_times_are_read),
        cmocka_unit_test(errors_have_their_place),
        cmocka_unit_test(an_unknown_format_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
