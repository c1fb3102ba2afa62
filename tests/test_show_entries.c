/* Reading playlists and feeds. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "soundbite/show.h"

static sb_show_entries *read_text(const char *text)
{
    sb_show_entries *entries = NULL;
    sb_error err = {0};
    if (sb_show_entries_read(&entries, text, strlen(text), "list", &err))
        fail_msg("%s", err.message);
    return entries;
}

static void refuse_text(const char *text, const char *reason)
{
    sb_show_entries *entries = NULL;
    sb_error err = {0};
    assert_int_equal(sb_show_entries_read(&entries, text, strlen(text), "list", &err), SB_ERR_FORMAT);
    assert_null(entries);
    assert_non_null(strstr(err.message, reason));
}

static const char feed[] =
    "<?xml version=\"1.0\"?>\n"
    "<rss version=\"2.0\" xmlns:itunes=\"http://www.itunes.com/dtds/podcast-1.0.dtd\"\n"
    " xmlns:podcast=\"https://podcastindex.org/namespace/1.0\"><channel><title>The Show</title>\n"
    "<item><title>Cats &amp; <![CDATA[dogs]]></title><pubDate>Wed, 01 May 2024 10:00:00 GMT</pubDate>\n"
    "<itunes:season>2</itunes:season><itunes:episode>5</itunes:episode>\n"
    "<enclosure url=\"cover.jpg\" type=\"image/jpeg\"/>\n"
    "<enclosure url=\"https://example.org/a/ep%2012.mp3?x=1&amp;y=2\" type=\"audio/mpeg\" length=\"1\"/>\n"
    "<podcast:transcript url=\"https://example.org/a/ep12.srt\" type=\"application/srt\"/>\n"
    "<podcast:transcript url=\"ep12.json\" type=\"application/json\"/></item>\n"
    "<item><title>An article</title></item>\n"
    "<item><enclosure url=\"b.mp3\"/></item></channel></rss>\n";

static void a_feed_names_audio_and_transcripts(void **state)
{
    (void)state;
    sb_show_entries *entries = read_text(feed);
    assert_true(entries->is_feed);
    assert_string_equal(entries->title, "The Show");
    assert_int_equal(entries->n_items, 2);
    const sb_show_entry *one = &entries->items[0];
    assert_string_equal(one->audio, "https://example.org/a/ep%2012.mp3?x=1&y=2");
    assert_string_equal(one->title, "Cats & dogs");
    assert_string_equal(one->date, "2024-05-01");
    assert_int_equal(one->season, 2);
    assert_int_equal(one->number, 5);
    assert_int_equal(one->line, 4);
    assert_int_equal(one->n_transcripts, 2);
    assert_string_equal(one->transcripts[1], "ep12.json");
    assert_string_equal(entries->items[1].audio, "b.mp3");
    sb_show_entries_free(&entries);
}

static void a_playlist_names_audio(void **state)
{
    (void)state;
    sb_show_entries *entries = read_text(
        "\xef\xbb\xbf#EXTM3U\r\n#EXTINF:123,Cats, and dogs\r\n  ep 1.mp3 \r\n\r\n# a note\r\nb.mp3");
    assert_false(entries->is_feed);
    assert_int_equal(entries->n_items, 2);
    assert_string_equal(entries->items[0].audio, "ep 1.mp3");
    assert_string_equal(entries->items[0].title, "Cats, and dogs");
    assert_string_equal(entries->items[1].audio, "b.mp3");
    assert_null(entries->items[1].title);
    assert_int_equal(entries->items[1].line, 6);
    sb_show_entries_free(&entries);
}

static void what_names_no_audio_is_refused(void **state)
{
    (void)state;
    refuse_text("", "names no audio");
    refuse_text("#EXTM3U\n#EXT-X-TARGETDURATION:10\n#EXTINF:10,\na.ts\n", "pieces of one stream");
    refuse_text("<rss><channel><item><title>x</title></item></channel></rss>", "names no audio");
}

static void check_path(const char *address, const char *path)
{
    char *found = sb_show_entry_path(address);
    if (path)
        assert_string_equal(found, path);
    else
        assert_null(found);
    free(found);
}

static void an_address_stands_for_a_file_name(void **state)
{
    (void)state;
    check_path("https://example.org/x/a%20b.mp3?y=1/2#z", "a b.mp3");
    check_path("https://cdn.example.org/redirect.mp3/example.org/ep1.mp3", "ep1.mp3");
    check_path("file:///home/x/a%20b.mp3", "/home/x/a b.mp3");
    check_path("../audio/a b.mp3", "../audio/a b.mp3");
    check_path("https://example.org/a%2fb.mp3", NULL);
    check_path("https://example.org/%2e%2e", NULL);
    check_path("https://example.org/a%00.mp3", NULL);
    check_path("https://example.org/", NULL);
    check_path("", NULL);
}

static void playlists_and_feeds_are_recognised(void **state)
{
    (void)state;
    assert_true(sb_show_entries_sniff(feed, sizeof feed - 1));
    assert_true(sb_show_entries_sniff("\n#EXTM3U\n", 9));
    assert_false(sb_show_entries_sniff("audio,transcript\n", 17));
    assert_false(sb_show_entries_sniff("", 0));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_feed_names_audio_and_transcripts),
        cmocka_unit_test(a_playlist_names_audio),
        cmocka_unit_test(what_names_no_audio_is_refused),
        cmocka_unit_test(an_address_stands_for_a_file_name),
        cmocka_unit_test(playlists_and_feeds_are_recognised),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
