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
#include "support_remap.h"

static void assert_moved(const char *text, const char *format, const char *expected, const char *report)
{
    sb_time_list *list = remap_read(text, format);
    sb_audio_map *map = remap_make_map();
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
    assert_moved(remap_chapters, "chapters",
                 "{\n  \"version\": \"1.2.0\",\n  \"chapters\": [\n"
                 "    {\"startTime\": 2.03, \"title\": \"Hello\"},\n"
                 "    {\"title\": \"Sponsor \\u0026 co\", \"startTime\": 12.03, \"img\": \"a,b.png\", "
                 "\"location\": {\"name\": \"x\", \"startTime\": 3}},\n"
                 "    {\"startTime\": 32.28, \"endTime\": 42.03, \"toc\": false}\n  ]\n}\n",
                 "4 \"Hello\" at 00:00:00.000 is in a pause in which 2.0 s were inserted; it now starts "
                 "after them, where its "
                 "speech begins\n"
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
        remap_soundbites, "soundbite",
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
    assert_moved(remap_labels, "audacity",
                 "3.030000\t4.530000\tone\r\n12.030000\t13.030000\r\n77.530000\t78.030000\ttwo words\r\n",
                 "2 \"point\" at 00:00:12.500 is in a passage that the second audio does not have, and is "
                 "left out\n");
}

static void captions_move(void **state)
{
    (void)state;
    assert_moved(
        remap_srt, "srt",
        "1\n00:00:03,030 --> 00:00:06,030\nHello\nthere.\n\n3\n00:00:42,030 --> 00:00:43,280\nBye.\n",
        "7 \"In the ad.\" at 00:00:14.000 to 00:00:18.500 is in a passage that the second audio does not "
        "have, and is left out\n");
    assert_moved(
        remap_vtt, "vtt",
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
        remap_plain, "plain",
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
    sb_audio_map *map = remap_make_map();
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

static const char *const samples[] = {remap_chapters, remap_soundbites, remap_labels,
                                      remap_srt,      remap_vtt,        remap_plain};

static void lists_cut_anywhere_are_read_or_refused(void **state)
{
    sb_audio_map *map = remap_make_map();

    (void)state;
    for (size_t i = 0; i < 6; i++)
        for (size_t size = 0; size <= strlen(samples[i]); size++)
            survive(samples[i], size, map);
    sb_audio_map_free(&map);
}

static void garbled_lists_are_read_or_refused(void **state)
{
    static const char bytes[] = "\0\"<>[]{}:,-.0189eE \t\n\r\\\xff\xc3";
    sb_audio_map *map = remap_make_map();
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
    sb_audio_map *map = remap_make_map();

    (void)state;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        survive(texts[i], strlen(texts[i]), map);
    sb_audio_map_free(&map);
}

static void each_allocation_may_fail(void **state)
{
    sb_audio_map *map = remap_make_map();

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

static void assert_placed(const char *text, const sb_audio_map *map, const int *starts_ms, const int *past_ms)
{
    sb_time_list *list = remap_read(text, "chapters");
    sb_moved_item *moved;
    sb_notes notes = {0};
    size_t n_told = 0;
    assert_int_equal(sb_time_list_move(&moved, list, map, NULL), SB_OK);
    sb_time_list_report(&notes, list, moved, map);
    for (size_t i = 0; i < list->n_items; i++) {
        assert_int_equal(moved[i].start / SB_TIME_MS, starts_ms[i]);
        assert_int_equal(moved[i].moved_past / SB_TIME_MS, past_ms[i]);
        if (past_ms[i])
            assert_non_null(strstr(notes.items[n_told++].text, "it now starts after them"));
    }
    assert_int_equal(notes.n_items, n_told);
    sb_notes_finish(&notes);
    free(moved);
    sb_time_list_free(&list);
}

/* Advertisements of 20 and 30 s in the pauses before the fourth and the seventh turn, which are from 8.0
 * to 9.0 s and from 17.0 to 18.0 s. */
static void chapters_at_breaks_go_to_their_speech(void **state)
{
    (void)state;
    sb_audio_map *map = remap_make_breaks();
    assert_placed("{\"chapters\": [{\"startTime\": 0}, {\"startTime\": 5.2}, {\"startTime\": 8.3}, "
                  "{\"startTime\": 12.4}, {\"startTime\": 18}]}",
                  map, (const int[]){0, 5200, 28500, 32400, 68000}, (const int[]){0, 0, 20000, 0, 30000});
    /* near both ends of the pause, and with an end */
    assert_placed("{\"chapters\": [{\"startTime\": 8.1}, {\"startTime\": 8.9}, {\"startTime\": 17.2, "
                  "\"endTime\": 25}]}",
                  map, (const int[]){28500, 28900, 67500}, (const int[]){20000, 20000, 30000});
    /* in the last word, and in the word before it */
    assert_placed("{\"chapters\": [{\"startTime\": 7.9}, {\"startTime\": 16.5}]}", map,
                  (const int[]){28500, 36500}, (const int[]){20000, 0});
    sb_audio_map_free(&map);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(chapters_move),
        cmocka_unit_test(chapters_at_breaks_go_to_their_speech),
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
