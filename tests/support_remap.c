#include "support_remap.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "support_quote.h"

#define MS SB_TIME_MS

const char remap_chapters[] =
    "{\n  \"version\": \"1.2.0\",\n  \"chapters\": [\n"
    "    {\"startTime\": 0, \"title\": \"Hello\"},\n"
    "    {\"title\": \"Sponsor \\u0026 co\", \"startTime\": 12.5, \"img\": \"a,b.png\", "
    "\"location\": {\"name\": \"x\", \"startTime\": 3}},\n"
    "    {\"startTime\": 40.25, \"endTime\": 50, \"toc\": false}\n  ]\n}\n";

const char remap_soundbites[] =
    "<rss>\n <item>\n  <!-- <podcast:soundbite startTime=\"1\" duration=\"2\"/> -->\n"
    "  <podcast:soundbite startTime=\"5.0\" duration='4'>Bridges &amp; water</podcast:soundbite>\n"
    "  <podcast:soundbite duration=\"10.5\"\n    startTime = \"15.0\" />\n"
    "  <podcast:soundbite startTime=\"45\" duration=\"3.25\"></podcast:soundbite>\n </item>\n</rss>\n";

const char remap_labels[] = "1.000000\t2.500000\tone\r\n12,5\t12,5\tpoint\r\n\\\t100.0\t200.0\r\n"
                            "20.000000\t21.000000\r\n55.500000\t56.000000\ttwo words\r\n";

const char remap_srt[] =
    "1\n00:00:01,000 --> 00:00:04,000\nHello\nthere.\n\n2\n00:00:14,000 --> 00:00:18,500\n"
    "In the ad.\n\n\n3\n00:00:50,000 --> 00:00:51,250\nBye.\n";

const char remap_vtt[] =
    "WEBVTT - a title\nLanguage: en\n\nNOTE 00:00:30.000 --> not a cue\n\nintro\n"
    "00:01.000 --> 00:04.000 align:start\n<v Ann>Hello <00:00:02.000>there\n\n"
    "00:14.000 --> 00:18.500\nIn the ad.\n\n00:50.000 --> 00:51.250\nBye <00:50.500>now\n";

const char remap_plain[] = "Show notes\n3 things I learned\n\n0:05 Hello\n- 0:14 - 0:18 the ad\n"
                           "(0:50) Bye\n 1500ms to 2500ms short\n2.5s\xe2\x80\x93 4s\n[00:00:58] end\n";

sb_time_list *remap_read(const char *text, const char *format)
{
    sb_time_list *list;
    sb_error err = {0};

    if (sb_time_list_read(&list, text, strlen(text), "list", NULL, NULL, &err) != SB_OK)
        fail_msg("%lld:%lld: %s", (long long)err.line, (long long)err.column, err.message);
    assert_string_equal(list->format, format);
    return list;
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

sb_audio_map *remap_make_map(void)
{
    sb_alignment *from = episode(10000, 0, 0), *to = episode(0, 2030, 30000);
    sb_audio_map *map;

    assert_int_equal(sb_audio_map_create(&map, from, to, NULL), SB_OK);
    sb_alignment_free(&from);
    sb_alignment_free(&to);
    return map;
}

static sb_alignment *nine_turns(int first_ms, int second_ms)
{
    sb_alignment *a = quote_alignment(SB_METHOD_ENERGY);
    for (int i = 0; i < 9; i++) {
        char text[128];
        int at = 3000 * i + (i >= 3 ? first_ms : 0) + (i >= 6 ? second_ms : 0);
        snprintf(text, sizeof text, "alpha%d beta%d gamma%d delta%d omega%d", i, i, i, i, i);
        if (i == 3 && first_ms)
            quote_add_speech(a, 8500, 8500 + first_ms);
        if (i == 6 && second_ms)
            quote_add_speech(a, 17500 + first_ms, 17500 + first_ms + second_ms);
        quote_add_turn(a, "A", at, at + 2000, text);
        quote_add_speech(a, at, at + 2000);
    }
    a->audio.duration = (27000 + first_ms + second_ms) * MS;
    return a;
}

sb_audio_map *remap_make_breaks(void)
{
    sb_alignment *from = nine_turns(0, 0), *to = nine_turns(20000, 30000);
    sb_audio_map *map;
    assert_int_equal(sb_audio_map_create(&map, from, to, NULL), SB_OK);
    sb_alignment_free(&from);
    sb_alignment_free(&to);
    return map;
}
