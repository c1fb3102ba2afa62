#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/json/json.h"
#include "base/run/run.h"
#include "base/text/text.h"
#include "support_export.h"
#include "support_quote.h"

#define NTSC (SB_TIME_SECOND / 30000 * 1001)

static sb_alignment *talk(void)
{
    sb_alignment *a = quote_alignment(SB_METHOD_ACOUSTIC);

    a->audio.path = sb_copy_text("/tmp/my show/Ep 1.mp3", NULL);
    a->audio.channels = 2;
    quote_add_turn(a, "Ann, \"A\" & <B>", 60060, 61060, "So \"it\" is.");
    quote_add_turn(a, NULL, 1001, 2000, "Hello\nthere.");
    quote_add_turn(a, "Cy", 600000, 600000, "No!");
    a->audio.duration = 700 * SB_TIME_SECOND;
    quote_add_turn(a, "Cy", 0, 0, "Never said.");
    a->turns[3].start = a->turns[3].end = SB_TIME_NONE;
    return a;
}

static void edl_counts_frames(void **state)
{
    sb_alignment *a = talk();

    (void)state;
    assert_export(
        a, "edl", 0,
        "TITLE: Ep 1\nFCM: NON-DROP FRAME\n\n"
        "001  AX       AA    C        00:00:01:00 00:00:02:00 00:00:00:00 00:00:01:00\n"
        "* FROM CLIP NAME: Ep 1.mp3\n* SOURCE FILE: /tmp/my show/Ep 1.mp3\n* COMMENT: Hello there.\n\n"
        "002  AX       AA    C        00:01:00:01 00:01:01:02 00:00:01:00 00:00:02:01\n"
        "* FROM CLIP NAME: Ep 1.mp3\n* SOURCE FILE: /tmp/my show/Ep 1.mp3\n* COMMENT: Ann, \"A\" & <B>: So "
        "\"it\" is.\n\n"
        "003  AX       AA    C        00:10:00:00 00:10:00:01 00:00:02:01 00:00:02:02\n"
        "* FROM CLIP NAME: Ep 1.mp3\n* SOURCE FILE: /tmp/my show/Ep 1.mp3\n* COMMENT: Cy: No!\n");
    sb_alignment_free(&a);
}

static void edl_drops_frame_numbers_and_no_frames(void **state)
{
    sb_alignment *a = talk();

    (void)state;
    a->audio.channels = 1;
    char *text = exported(a, "edl", NTSC, NULL);
    assert_has(text, "FCM: DROP FRAME\n");
    assert_has(text, "001  AX       A     C        00:00:01;00 00:00:02;00 00:00:00;00 00:00:01;00\n");
    assert_has(text, " 00:01:00;02 00:01:01;02 00:00:01;00 00:00:02;00\n");
    assert_has(text, " 00:10:00;00 00:10:00;01 ");
    free(text);
    text = exported(a, "edl", SB_TIME_SECOND / 60000 * 1001, NULL);
    assert_has(text, " 00:01:00;04 00:01:01;04 ");
    assert_has(text, " 00:10:00;00 00:10:00;01 ");
    free(text);
    text = exported(a, "edl", SB_TIME_SECOND / 24000 * 1001, NULL);
    assert_has(text, "FCM: NON-DROP FRAME\n");
    assert_has(text, " 00:01:00:00 00:01:01:00 ");
    free(text);
    sb_alignment_free(&a);
}

static void edl_refuses_rates_without_frame_numbers(void **state)
{
    sb_alignment *a = quote_alignment(SB_METHOD_ACOUSTIC);

    (void)state;
    for (int i = 0; i < 1000; i++)
        quote_add_turn(a, "Ann", i * 100, i * 100 + 50, "Word.");
    assert_export_refused(a, "edl", 0, SB_ERR_LIMIT, "at most 999 events, but there are 1000");
    a->turns[0].start = SB_TIME_NONE;
    free(exported(a, "edl", 0, NULL));
    a->audio.duration = 25 * 3600 * SB_TIME_SECOND;
    assert_export_refused(a, "edl", 0, SB_ERR_LIMIT, "24 hours");
    sb_alignment_free(&a);
}

static void only_formats_with_frames_take_a_rate(void **state)
{
    sb_alignment *a = talk();

    (void)state;
    assert_true(sb_export_has_frames("edl"));
    assert_true(sb_export_has_frames("fcpxml"));
    assert_false(sb_export_has_frames("otio"));
    assert_false(sb_export_has_frames("none"));
    assert_export_refused(a, "otio", NTSC, SB_ERR_ARGUMENT, "does not count frames");
    sb_alignment_free(&a);
}

static void reaper_has_regions(void **state)
{
    sb_alignment *a = talk();

    (void)state;
    assert_export(a, "reaper", 0,
                  "#,Name,Start,End,Length,Color\n"
                  "R1,Hello there.,0:01.001,0:02.000,0:00.999,56B4E9\n"
                  "R2,\"Ann, \"\"A\"\" & <B>: So \"\"it\"\" is.\",1:00.060,1:01.060,0:01.000,E69F00\n"
                  "R3,Cy: No!,10:00.000,10:00.000,0:00.000,009E73\n");
    sb_alignment_free(&a);
}

static void fcpxml_has_rational_times(void **state)
{
    sb_alignment *a = talk();
    char *text = exported(a, "fcpxml", NTSC, NULL);

    (void)state;
    assert_has(text,
               "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!DOCTYPE fcpxml>\n<fcpxml version=\"1.9\">\n");
    assert_has(text, "<format id=\"r1\" name=\"FFVideoFormat1080p2997\" frameDuration=\"1001/30000s\" ");
    assert_has(text,
               "<asset id=\"r2\" name=\"Ep 1\" start=\"0s\" duration=\"21000980/30000s\" hasAudio=\"1\" ");
    assert_has(text, "src=\"file:///tmp/my%20show/Ep%201.mp3\"/>");
    assert_has(text, "<sequence format=\"r1\" duration=\"61061/30000s\" tcStart=\"0s\" tcFormat=\"NDF\" "
                     "audioLayout=\"stereo\" audioRate=\"44.1k\">");
    assert_has(text,
               "<asset-clip ref=\"r2\" name=\"Hello there.\" offset=\"0s\" start=\"30030/30000s\" "
               "duration=\"30030/30000s\" audioRole=\"dialogue\">\n              <note>Hello there.</note>");
    assert_has(text, "name=\"Ann, &quot;A&quot; &amp; &lt;B&gt;: So &quot;it&quot; is.\" "
                     "offset=\"30030/30000s\" start=\"1801800/30000s\" ");
    free(text);
    text = exported(a, "fcpxml", 0, NULL);
    assert_has(text, "FFVideoFormat1080p25\" frameDuration=\"1/25s\"");
    free(text);
    text = exported(a, "fcpxml", SB_TIME_SECOND / 24000 * 1001, NULL);
    assert_has(text, "FFVideoFormat1080p2398\" frameDuration=\"1001/24000s\"");
    free(text);
    sb_alignment_free(&a);
}

static double value_of(const sb_json_value *range, const char *key)
{
    const sb_json_value *time = sb_json_member(range, key);

    assert_string_equal(sb_json_string(sb_json_member(time, "OTIO_SCHEMA")), "RationalTime.1");
    assert_true(sb_json_double(sb_json_member(time, "rate")) == 44100);
    return sb_json_double(sb_json_member(time, "value"));
}

static void otio_counts_samples(void **state)
{
    sb_alignment *a = talk();
    char *text = exported(a, "otio", 0, NULL);
    sb_json_doc *doc = NULL;

    (void)state;
    assert_int_equal(sb_json_read(&doc, text, strlen(text), NULL, NULL), SB_OK);
    const sb_json_value *tracks = sb_json_member(sb_json_root(doc), "tracks");
    const sb_json_value *track = sb_json_item(sb_json_member(tracks, "children"), 0);
    const sb_json_value *clips = sb_json_member(track, "children");
    assert_string_equal(sb_json_string(sb_json_member(track, "kind")), "Audio");
    assert_int_equal(sb_json_length(clips), 3);
    const sb_json_value *clip = sb_json_item(clips, 1);
    const sb_json_value *range = sb_json_member(clip, "source_range");
    assert_true(value_of(range, "start_time") == 2648646);
    assert_true(value_of(range, "duration") == 44100);
    assert_true(value_of(sb_json_member(sb_json_item(clips, 2), "source_range"), "duration") == 1);
    const sb_json_value *media = sb_json_member(clip, "media_reference");
    assert_string_equal(sb_json_string(sb_json_member(media, "target_url")),
                        "file:///tmp/my%20show/Ep%201.mp3");
    assert_true(value_of(sb_json_member(media, "available_range"), "duration") == 700 * 44100);
    const sb_json_value *own = sb_json_member(sb_json_member(clip, "metadata"), "soundbite");
    assert_string_equal(sb_json_string(sb_json_member(own, "speaker")), "Ann, \"A\" & <B>");
    sb_json_free(&doc);
    free(text);
    sb_alignment_free(&a);
}

static void unnamed_audio_is_missing_media(void **state)
{
    sb_alignment *a = quote_alignment(SB_METHOD_NONE);

    (void)state;
    a->audio.sample_rate = 0;
    quote_add_turn(a, NULL, 1000, 2000, "Hello.");
    char *text = exported(a, "otio", 0, NULL);
    assert_has(text, "\"MissingReference.1\"");
    assert_has(text, "\"rate\": 48000.0, \"value\": 96000.0");
    free(text);
    assert_export(a, "edl", 0,
                  "TITLE: soundbite\nFCM: NON-DROP FRAME\n\n"
                  "001  AX       AA    C        00:00:01:00 00:00:02:00 00:00:00:00 00:00:01:00\n"
                  "* COMMENT: Hello.\n");
    text = exported(a, "fcpxml", 0, NULL);
    assert_has(text, "duration=\"50/25s\" hasAudio");
    free(text);
    sb_alignment_free(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(edl_counts_frames),
        cmocka_unit_test(edl_drops_frame_numbers_and_no_frames),
        cmocka_unit_test(edl_refuses_rates_without_frame_numbers),
        cmocka_unit_test(only_formats_with_frames_take_a_rate),
        cmocka_unit_test(reaper_has_regions),
        cmocka_unit_test(fcpxml_has_rational_times),
        cmocka_unit_test(otio_counts_samples),
        cmocka_unit_test(unnamed_audio_is_missing_media),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
