#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "soundbite/clip_page.h"
#include "support_memory.h"

static sb_clip_result one_clip(void)
{
    return (sb_clip_result){.file = (char *)"clips/a.mp3",
                            .id = (char *)"q\"1",
                            .speaker = (char *)"Ann <b>Lee</b>",
                            .text = (char *)"Water & \u202e</li>stone",
                            .cut.speech = {83 * SB_TIME_SECOND, 85 * SB_TIME_SECOND},
                            .start_sample = 0,
                            .end_sample = 88200, /* words were dropped */
                            .source_rate = 22050,
                            .length = 2500 * SB_TIME_MS,
                            .loudness_lufs = -16.04};
}

static void has(const sb_bytes *html, const char *text)
{
    if (!strstr(html->data, text))
        fail_msg("lacks %s", text);
}

static void a_clip_has_its_player_words_and_facts(void **state)
{
    char *captions[] = {(char *)"clips/a #1?100%.srt"};
    char *warnings[] = {(char *)"no pause <here>"};
    sb_clip_result r = one_clip();
    sb_bytes html = {0};

    (void)state;
    r.captions = captions;
    r.n_captions = 1;
    r.warnings = warnings;
    r.n_warnings = 1;
    const sb_clip_page_item item = {&r, "x:y/a #1?100%.mp3", "episode"};
    sb_clip_page_write_html(&html, &item, 1, "quotes <1>");
    assert_false(html.failed);
    has(&html, "<title>Clips: quotes &lt;1&gt;</title>");
    has(&html, "1 clip, 00:00:02 in total; 1 with warnings");
    has(&html, "src=\"./x%3Ay/a%20%231%3F100%25.mp3\"");
    has(&html, ">a #1?100%.mp3</a>");
    has(&html, "<a href=\"./x%3Ay/a%20%231%3F100%25.srt\">a #1?100%.srt</a>");
    has(&html, "Ann &lt;b&gt;Lee&lt;/b&gt;");
    has(&html, "Water &amp; \uFFFD&lt;/li&gt;stone</blockquote>");
    has(&html, "<dd>2.5 s</dd>");
    has(&html, "<dd>00:01:23</dd>");
    has(&html, "<dd>-16.0 LUFS</dd>");
    has(&html, "<dd>q&quot;1</dd>");
    has(&html, "<li>no pause &lt;here&gt;</li>");
    assert_null(strstr(html.data, "://"));
    sb_bytes_finish(&html);
}

static void unknown_values_are_left_out(void **state)
{
    sb_clip_result r = {.loudness_lufs = NAN, .cut.speech = {SB_TIME_NONE, SB_TIME_NONE}};
    const sb_clip_page_item items[] = {{&r, "../a.mp4", NULL}, {&r, "Q.MP4", NULL}};
    sb_bytes html = {0};

    (void)state;
    sb_clip_page_write_html(&html, items, 2, NULL);
    has(&html, "<title>Clips: Clips</title>");
    has(&html, "Unnamed speaker");
    has(&html, "<video controls preload=\"none\" aria-label=\"Clip 1\" src=\"./../a.mp4\">");
    has(&html, "<video controls preload=\"none\" aria-label=\"Clip 2\" src=\"./Q.MP4\">");
    assert_null(strstr(html.data, "LUFS"));
    assert_null(strstr(html.data, "<dt>From"));
    assert_null(strstr(html.data, "class=\"warnings\""));
    sb_bytes_finish(&html);
}

static void failing_allocations_are_reported(void **state)
{
    sb_clip_result r = one_clip();
    const sb_clip_page_item item = {&r, "a.mp3", "episode"};
    bool refused = true;

    (void)state;
    for (size_t n = 0; refused; n++) {
        sb_bytes html = {0};
        memory_fail_from(n);
        sb_clip_page_write_html(&html, &item, 1, "quotes");
        refused = memory_fail_end();
        assert_int_equal(html.failed, refused);
        sb_bytes_finish(&html);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_clip_has_its_player_words_and_facts),
        cmocka_unit_test(unknown_values_are_left_out),
        cmocka_unit_test(failing_allocations_are_reported),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
