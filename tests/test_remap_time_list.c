#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/run/run.h"
#include "soundbite/file.h"
#include "soundbite/remap.h"
#include "support_memory.h"
#include "support_quote.h"

#define MS SB_TIME_MS

static const char chapters[] =
    "{\n  \"version\": \"1.2.0\",\n  \"chapters\": [\n"
    "    {\"startTime\": 0, \"title\": \"Hello\"},\n"
    "    {\"title\": \"Sponsor \\u0026 co\", \"startTime\": 12.5, \"img\": \"a,b.png\", "
    "\"location\": {\"name\": \"x\", \"startTime\": 3}},\n"
    "    {\"startTime\": 40.25, \"endTime\": 50, \"toc\": false}\n  ]\n}\n";

static const char soundbites[] =
    "<rss>\n <item>\n  <!-- <podcast:soundbite startTime=\"1\" duration=\"2\"/> -->\n"
    "  <podcast:soundbite startTime=\"5.0\" duration='4'>Bridges &amp; water</podcast:soundbite>\n"
    "  <podcast:soundbite duration=\"10.5\"\n    startTime = \"15.0\" />\n"
    "  <podcast:soundbite startTime=\"45\" duration=\"3.25\"></podcast:soundbite>\n </item>\n</rss>\n";

static const char labels[] = "1.000000\t2.500000\tone\r\n12,5\t12,5\tpoint\r\n\\\t100.0\t200.0\r\n"
                             "20.000000\t21.000000\r\n55.500000\t56.000000\ttwo words\r\n";

static const char srt[] =
    "1\n00:00:01,000 --> 00:00:04,000\nHello\nthere.\n\n2\n00:00:14,000 --> 00:00:18,500\n"
    "In the ad.\n\n\n3\n00:00:50,000 --> 00:00:51,250\nBye.\n";

static const char vtt[] =
    "WEBVTT - a title\nLanguage: en\n\nNOTE 00:00:30.000 --> not a cue\n\nintro\n"
    "00:01.000 --> 00:04.000 align:start\n<v Ann>Hello <00:00:02.000>there\n\n"
    "00:14.000 --> 00:18.500\nIn the ad.\n\n00:50.000 --> 00:51.250\nBye <00:50.500>now\n";

static const char plain[] = "Show notes\n3 things I learned\n\n0:05 Hello\n- 0:14 - 0:18 the ad\n"
                            "(0:50) Bye\n 1500ms to 2500ms short\n2.5s\xe2\x80\x93 4s\n[00:00:58] end\n";

static sb_time_list *read_list(const char *text, const char *format)
{
    sb_time_list *list;
    sb_error err = {0};

    if (sb_time_list_read(&list, text, strlen(text), "list", NULL, NULL, &err) != SB_OK)
        fail_msg("%lld:%lld: %s", (long long)err.line, (long long)err.column, err.message);
    assert_string_equal(list->format, format);
    return list;
}

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
    sb_time_list *list = read_list(chapters, "chapters");

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
    sb_time_list *list = read_list(soundbites, "soundbite");

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
    sb_time_list *list = read_list(
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
        read_list("<?xml version=\"1.0\"?>\n<rss><item><title>Q & A < B</title><br></item><item>\n"
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
    sb_time_list *list = read_list(labels, "audacity");

    (void)state;
    assert_int_equal(list->n_items, 4);
    assert_item(list, 1, 2, 12500, 12500, "point");
    assert_item(list, 2, 4, 20000, 21000, NULL);
    assert_item(list, 3, 5, 55500, 56000, "two words");
    sb_time_list_free(&list);
}

static void captions_are_read(void **state)
{
    sb_time_list *list = read_list(srt, "srt");

    (void)state;
    assert_int_equal(list->n_items, 3);
    assert_item(list, 0, 2, 1000, 4000, "Hello there.");
    assert_item(list, 2, 12, 50000, 51250, "Bye.");
    sb_time_list_free(&list);
    list = read_list(vtt, "vtt");
    assert_int_equal(list->n_items, 3);
    assert_int_equal(list->n_inner_times, 2);
    assert_item(list, 1, 10, 14000, 18500, "In the ad.");
    sb_time_list_free(&list);
}

static void plain_times_are_read(void **state)
{
    sb_time_list *list = read_list(plain, "plain");

    (void)state;
    assert_int_equal(list->n_items, 6);
    assert_item(list, 0, 4, 5000, -1, "Hello");
    assert_item(list, 1, 5, 14000, 18000, "the ad");
    assert_item(list, 2, 6, 50000, -1, "Bye");
    assert_item(list, 3, 7, 1500, 2500, "short");
    assert_item(list, 4, 8, 2500, 4000, NULL);
    assert_item(list, 5, 9, 58000, -1, "end");
    sb_time_list_free(&list);
    list = read_list("90 Hello\n95.5\tmore\n", "plain");
    assert_item(list, 1, 2, 95500, -1, "more");
    sb_time_list_free(&list);
    list = read_list("some notes\n90\n", "plain");
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

/* Twenty words from 0 to 10 s and from 20 to 60 s of the first audio, with an ad between. The second audio
 * has no ad, 2.03 s more at the start, and 30 s more at 52 s of the first. */
static sb_alignment *episode(int ad_ms, int lead_ms, int more_ms)
{
    sb_alignment *a = quote_alignment(SB_METHOD_ENERGY);

    quote_add_turn(a, "A", lead_ms + 200, lead_ms + 9800, "one two three four five six seven eight nine ten");
    quote_add_speech(a, lead_ms + 200, lead_ms + 9800);
    if (ad_ms)
        quote_add_speech(a, lead_ms + 10200, lead_ms + 9800 + ad_ms);
    lead_ms += ad_ms;
    quote_add_turn(a, "B", lead_ms + 10200, lead_ms + 41800, "red green blue black white grey pink");
    quote_add_speech(a, lead_ms + 10200, lead_ms + 41800);
    if (more_ms)
        quote_add_speech(a, lead_ms + 42200, lead_ms + 41800 + more_ms);
    lead_ms += more_ms;
    quote_add_turn(a, "A", lead_ms + 42200, lead_ms + 49800, "north south east west up down");
    quote_add_speech(a, lead_ms + 42200, lead_ms + 49800);
    a->audio.duration = (lead_ms + 50000) * MS;
    return a;
}

static sb_audio_map *make_map(void)
{
    sb_alignment *from = episode(10000, 0, 0), *to = episode(0, 2030, 30000);
    sb_audio_map *map;

    assert_int_equal(sb_audio_map_create(&map, from, to, NULL), SB_OK);
    sb_alignment_free(&from);
    sb_alignment_free(&to);
    return map;
}

static void assert_moved(const char *text, const char *format, const char *expected, const char *report)
{
    sb_time_list *list = read_list(text, format);
    sb_audio_map *map = make_map();
    sb_moved_item *moved;
    sb_notes notes = {0};
    sb_bytes out = {0}, told = {0};

    assert_int_equal(sb_time_list_move(&moved, list, map, NULL), SB_OK);
    assert_int_equal(sb_time_list_write(&out, list, moved, map, NULL), SB_OK);
    assert_string_equal(out.data, expected);
    assert_int_equal(out.size, strlen(expected));
    sb_time_list_report(&notes, list, moved, map);
    sb_bytes_append(&told, "", 0);
    for (size_t i = 0; i < notes.n_items; i++)
        sb_bytes_print(&told, "%lld %s\n", (long long)notes.items[i].line, notes.items[i].text);
    assert_string_equal(told.data, report);
    sb_notes_finish(&notes);
    sb_bytes_finish(&told);
    sb_bytes_finish(&out);
    free(moved);
    sb_audio_map_free(&map);
    sb_time_list_free(&list);
}

static void chapters_move(void **state)
{
    (void)state;
    assert_moved(chapters, "chapters",
                 "{\n  \"version\": \"1.2.0\",\n  \"chapters\": [\n"
                 "    {\"startTime\": 2.03, \"title\": \"Hello\"},\n"
                 "    {\"title\": \"Sponsor \\u0026 co\", \"startTime\": 12.03, \"img\": \"a,b.png\", "
                 "\"location\": {\"name\": \"x\", \"startTime\": 3}},\n"
                 "    {\"startTime\": 32.28, \"endTime\": 42.03, \"toc\": false}\n  ]\n}\n",
                 "5 \"Sponsor & co\" at 00:00:12.500; its first 7.5 s were removed\n");
}

static void chapters_in_the_removed_passage_go_with_their_comma(void **state)
{
    (void)state;
    assert_moved("{\"chapters\": [{\"startTime\": 12}, {\"startTime\": 14},\n {\"startTime\": 19.9}]}",
                 "chapters", "{\"chapters\": [{\"startTime\": 12.03}]}",
                 "1 00:00:12.000 is in a passage that the second audio does not have, and is left out\n"
                 "1 00:00:14.000 is in a passage that the second audio does not have, and is left out\n"
                 "2 00:00:19.900; its first 0.1 s were removed\n");
    assert_moved(
        "{\"chapters\": [{\"startTime\": 5}, {\"startTime\": 12, \"endTime\": 13} , {\"startTime\": 14,\n"
        "\"endTime\": 15}] }",
        "chapters", "{\"chapters\": [{\"startTime\": 7.03}] }",
        "1 00:00:12.000 to 00:00:13.000 is in a passage that the second audio does not have, and is left "
        "out\n1 00:00:14.000 to 00:00:15.000 is in a passage that the second audio does not have, and is "
        "left out\n");
}

static void soundbites_move(void **state)
{
    (void)state;
    assert_moved(
        soundbites, "soundbite",
        "<rss>\n <item>\n  <!-- <podcast:soundbite startTime=\"1\" duration=\"2\"/> -->\n"
        "  <podcast:soundbite startTime=\"7.03\" duration='4'>Bridges &amp; water</podcast:soundbite>\n"
        "  <podcast:soundbite duration=\"5.5\"\n    startTime = \"12.03\" />\n"
        "  <podcast:soundbite startTime=\"37.03\" duration=\"3.25\"></podcast:soundbite>\n </item>\n</rss>\n",
        "6 00:00:15.000 to 00:00:25.500; its first 5.0 s were removed\n");
    assert_moved(
        "<podcast:soundbite startTime=\"12\" duration=\"3\">a</podcast:soundbite>\n"
        "<podcast:soundbite startTime=\"50\" duration=\"3\">b</podcast:soundbite>",
        "soundbite", "<podcast:soundbite startTime=\"42.03\" duration=\"33\">b</podcast:soundbite>",
        "1 \"a\" at 00:00:12.000 to 00:00:15.000 is in a passage that the second audio does not have, and "
        "is left out\n2 \"b\" at 00:00:50.000 to 00:00:53.000; 30.0 s were inserted inside it\n");
}

static void labels_move(void **state)
{
    (void)state;
    assert_moved(labels, "audacity",
                 "3.030000\t4.530000\tone\r\n12.030000\t13.030000\r\n77.530000\t78.030000\ttwo words\r\n",
                 "2 \"point\" at 00:00:12.500 is in a passage that the second audio does not have, and is "
                 "left out\n");
}

static void captions_move(void **state)
{
    (void)state;
    assert_moved(
        srt, "srt",
        "1\n00:00:03,030 --> 00:00:06,030\nHello\nthere.\n\n3\n00:00:42,030 --> 00:00:43,280\nBye.\n",
        "7 \"In the ad.\" at 00:00:14.000 to 00:00:18.500 is in a passage that the second audio does not "
        "have, and is left out\n");
    assert_moved(
        vtt, "vtt",
        "WEBVTT - a title\nLanguage: en\n\nNOTE 00:00:30.000 --> not a cue\n\nintro\n"
        "00:03.030 --> 00:06.030 align:start\n<v Ann>Hello <00:00:04.030>there\n\n"
        "00:42.030 --> 00:43.280\nBye <00:42.530>now\n",
        "10 \"In the ad.\" at 00:00:14.000 to 00:00:18.500 is in a passage that the second audio does not "
        "have, and is left out\n");
}

static void plain_times_move(void **state)
{
    (void)state;
    assert_moved(
        plain, "plain",
        "Show notes\n3 things I learned\n\n0:07 Hello\n(0:42) Bye\n 3530ms to 4530ms short\n"
        "4.53s\xe2\x80\x93 6.03s\n[00:01:20] end\n",
        "5 \"the ad\" at 00:00:14.000 to 00:00:18.000 is in a passage that the second audio does not have, "
        "and is left out\n");
    assert_moved("5 a\n500 b\n", "plain", "7.03 a\n",
                 "2 \"b\" at 00:08:20.000 is after the end of the audio and is left out; check that the list "
                 "belongs to the first audio\n");
}

static void encodings_stay(void **state)
{
    static const char latin[] = "0:05 Caf\xe9\r\n";
    sb_time_list *list;
    sb_audio_map *map = make_map();
    sb_moved_item *moved;
    sb_bytes out = {0};

    (void)state;
    assert_int_equal(sb_time_list_read(&list, latin, sizeof latin - 1, NULL, NULL, NULL, NULL), SB_OK);
    assert_string_equal(list->items[0].label, "Caf\xc3\xa9");
    assert_int_equal(sb_time_list_move(&moved, list, map, NULL), SB_OK);
    assert_int_equal(sb_time_list_write(&out, list, moved, map, NULL), SB_OK);
    assert_string_equal(out.data, "0:07 Caf\xe9\r\n");
    sb_bytes_finish(&out);
    free(moved);
    sb_audio_map_free(&map);
    sb_time_list_free(&list);
}

/* Reads, moves and writes a list. Returns true on success. A format error must have its place. */
static bool survive(const char *text, size_t size, const sb_audio_map *map)
{
    sb_time_list *list;
    sb_moved_item *moved = NULL;
    sb_notes notes = {0};
    sb_bytes out = {0};
    sb_error err = {0};
    char *copy = sb_copy_bytes(text, size);
    sb_status status = sb_time_list_read(&list, copy, size, NULL, NULL, &notes, &err);

    free(copy);
    if (status == SB_ERR_FORMAT)
        assert_true(err.message[0] && (err.line > 0 || strstr(err.message, "byte")));
    else
        assert_int_equal(status, SB_OK);
    if (status == SB_OK) {
        assert_int_equal(sb_time_list_move(&moved, list, map, NULL), SB_OK);
        sb_time_list_report(&notes, list, moved, map);
        assert_int_equal(sb_time_list_write(&out, list, moved, map, NULL), SB_OK);
    }
    sb_notes_finish(&notes);
    sb_bytes_finish(&out);
    free(moved);
    sb_time_list_free(&list);
    return status == SB_OK;
}

static const char *const samples[] = {chapters, soundbites, labels, srt, vtt, plain};

static void lists_cut_anywhere_are_read_or_refused(void **state)
{
    sb_audio_map *map = make_map();

    (void)state;
    for (size_t i = 0; i < 6; i++)
        for (size_t size = 0; size <= strlen(samples[i]); size++)
            survive(samples[i], size, map);
    sb_audio_map_free(&map);
}

static void garbled_lists_are_read_or_refused(void **state)
{
    static const char bytes[] = "\0\"<>[]{}:,-.0189eE \t\n\r\\\xff\xc3";
    sb_audio_map *map = make_map();
    uint32_t seed = 12345;

    (void)state;
    for (size_t i = 0; i < 6; i++)
        for (int round = 0; round < 1500; round++) {
            char *text = sb_copy_text(samples[i], NULL);
            size_t size = strlen(text);
            for (int n = 0; n < 1 + round % 4; n++) {
                seed = seed * 1664525U + 1013904223U;
                text[(seed >> 8) % size] = bytes[(seed >> 3) % (sizeof bytes - 1)];
            }
            survive(text, size, map);
            free(text);
        }
    sb_audio_map_free(&map);
}

static void huge_times_stay_in_range(void **state)
{
    static const char *const texts[] = {
        "{\"chapters\": [{\"startTime\": 13000000000, \"endTime\": 13000000001}]}",
        "{\"chapters\": [{\"startTime\": 1e300}]}",
        "<podcast:soundbite startTime=\"13000000000\" duration=\"13000000000\"/>",
        "999999:59:59.999999999 a\n",
    };
    sb_audio_map *map = make_map();

    (void)state;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        survive(texts[i], strlen(texts[i]), map);
    sb_audio_map_free(&map);
}

static void each_allocation_may_fail(void **state)
{
    sb_audio_map *map = make_map();

    (void)state;
    for (size_t i = 0; i < 6; i++)
        for (size_t n = 0, failed = true; failed; n++) {
            sb_time_list *list;
            sb_moved_item *moved = NULL;
            sb_bytes out = {0};
            sb_error err = {0};
            memory_fail_from(n);
            sb_status status =
                sb_time_list_read(&list, samples[i], strlen(samples[i]), "x", NULL, NULL, &err);
            if (status == SB_OK)
                status = sb_time_list_move(&moved, list, map, &err);
            if (status == SB_OK)
                status = sb_time_list_write(&out, list, moved, map, &err);
            failed = memory_fail_end();
            assert_int_equal(status, failed ? SB_ERR_MEMORY : SB_OK);
            assert_int_equal(err.status, status);
            sb_bytes_finish(&out);
            free(moved);
            sb_time_list_free(&list);
        }
    sb_audio_map_free(&map);
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
        cmocka_unit_test(chapters_move),
        cmocka_unit_test(chapters_in_the_removed_passage_go_with_their_comma),
        cmocka_unit_test(soundbites_move),
        cmocka_unit_test(labels_move),
        cmocka_unit_test(captions_move),
        cmocka_unit_test(plain_times_move),
        cmocka_unit_test(encodings_stay),
        cmocka_unit_test(lists_cut_anywhere_are_read_or_refused),
        cmocka_unit_test(garbled_lists_are_read_or_refused),
        cmocka_unit_test(huge_times_stay_in_range),
        cmocka_unit_test(each_allocation_may_fail),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
