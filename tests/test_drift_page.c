#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/json/json.h"
#include "base/run/run.h"
#include "base/text/text.h"
#include "soundbite/drift.h"
#include "support_alignment.h"
#include "support_memory.h"

#define DATA_TAG "<script type=\"application/json\" id=\"data\">"

static sb_bytes page_of(const sb_alignment *a)
{
    sb_bytes page = {0};
    sb_drift *d;

    assert_int_equal(sb_drift_measure(&d, a, &(sb_drift_params){.max_drift = 200 * SB_TIME_MS}, NULL), SB_OK);
    sb_drift_write_html(&page, d, a);
    assert_false(page.failed);
    sb_drift_free(&d);
    return page;
}

static sb_alignment *drifting(void)
{
    sb_alignment *a = alignment_sample();

    a->pairing = SB_PAIRING_OK;
    a->breaks[0].confidence = 0.9F;
    return a;
}

static void set_text(char **text, const char *value)
{
    free(*text);
    *text = sb_copy_text(value, NULL);
}

static size_t count(const char *text, const char *part)
{
    size_t n = 0;

    for (const char *at = text; (at = strstr(at, part)); at += strlen(part))
        n++;
    return n;
}

static sb_json_doc *data_of(const sb_bytes *page)
{
    const char *start = strstr(page->data, DATA_TAG) + strlen(DATA_TAG), *end = strstr(start, "</script>");
    sb_error err = {0};
    sb_json_doc *doc;

    if (sb_json_read(&doc, start, (size_t)(end - start), NULL, &err) != SB_OK)
        fail_msg("%s", err.message);
    return doc;
}

static double number_at(const sb_json_value *array, size_t i)
{
    return sb_json_double(sb_json_item(array, i));
}

static void test_one_document_that_needs_nothing_else(void **state)
{
    sb_alignment *a = drifting();
    sb_bytes page = page_of(a);
    (void)state;

    assert_memory_equal(page.data, "<!doctype html>\n<html lang=\"en\">\n", 33);
    assert_non_null(strstr(page.data, "\n</html>\n"));
    assert_null(strstr(page.data, "{{"));
    assert_null(strstr(page.data, "https:"));
    assert_int_equal(count(page.data, "http:"), count(page.data, "\"http://www.w3.org/2000/svg\""));
    assert_int_equal(count(page.data, "</script>"), 2);
    assert_int_equal(count(page.data, "</style>"), 1);
    assert_non_null(strstr(page.data, "<title>Drift: A title</title>"));
    assert_non_null(strstr(page.data, "data-verdict=\"drift\""));
    assert_non_null(strstr(page.data, "<p>The audio has 0.500 s that is not in the transcript"));
    sb_bytes_finish(&page);
    sb_alignment_free(&a);
}

static void test_the_same_alignment_gives_the_same_bytes(void **state)
{
    sb_alignment *a = drifting(), *b = drifting();
    (void)state;

    set_text(&a->audio.path, "/home/ann/secret/episode.mp3");
    sb_bytes first = page_of(a), second = page_of(b);
    assert_int_equal(first.size, second.size);
    assert_memory_equal(first.data, second.data, first.size);
    sb_bytes_finish(&first);
    sb_bytes_finish(&second);
    sb_alignment_free(&a);
    sb_alignment_free(&b);
}

static void test_the_data_has_every_figure(void **state)
{
    sb_alignment *a = drifting();
    sb_bytes page = page_of(a);
    sb_json_doc *doc = data_of(&page);
    const sb_json_value *root = sb_json_root(doc);
    const sb_json_value *gap = sb_json_item(sb_json_member(root, "breaks"), 0);
    const sb_json_value *piece = sb_json_item(sb_json_member(root, "map"), 1);
    (void)state;

    assert_string_equal(sb_json_string(sb_json_member(root, "audio")), "episode.mp3");
    assert_string_equal(sb_json_string(sb_json_member(root, "levels")), "Aa/");
    assert_true(sb_json_double(sb_json_member(root, "duration")) == 3000);
    assert_true(sb_json_double(sb_json_member(root, "resolution")) == 1000);
    assert_true(sb_json_double(sb_json_member(root, "right")) == 2);
    assert_true(number_at(gap, 0) == 1000 && number_at(gap, 2) == 1500 && number_at(gap, 3) == 500);
    assert_true(number_at(piece, 0) == 1000 && number_at(piece, 2) == 520 && number_at(piece, 3) == -3);
    assert_true(sb_json_is_null(sb_json_item(piece, 1)));
    assert_true(number_at(sb_json_member(root, "speech"), 1) == 252);
    assert_true(sb_json_is_null(sb_json_member(root, "madeForFps")));
    sb_json_free(&doc);
    sb_bytes_finish(&page);
    sb_alignment_free(&a);
}

/* A film at 24 fps whose captions were made for television at 25. */
static void test_a_frame_rate_is_named(void **state)
{
    sb_alignment *a = drifting();
    (void)state;

    for (size_t i = 0; i < a->n_map; i++)
        a->map[i].rate_ppm = (25.0 / 24 - 1) * 1e6;
    sb_bytes page = page_of(a);
    sb_json_doc *doc = data_of(&page);
    const sb_json_value *root = sb_json_root(doc);

    assert_string_equal(sb_json_string(sb_json_member(root, "madeForFps")), "25");
    assert_string_equal(sb_json_string(sb_json_member(root, "runsAtFps")), "24");
    sb_json_free(&doc);
    sb_bytes_finish(&page);
    sb_alignment_free(&a);
}

static void test_words_have_marks_and_times(void **state)
{
    sb_alignment *a = drifting();
    a->turns[1].words[2].confidence = 0.35F;
    sb_bytes page = page_of(a);
    sb_json_doc *doc = data_of(&page);
    const sb_json_value *turns = sb_json_member(sb_json_root(doc), "turns"), *turn = sb_json_item(turns, 1);
    const sb_json_value *times = sb_json_item(turn, 7);
    (void)state;

    assert_int_equal(sb_json_length(turns), 3);
    assert_string_equal(sb_json_string(sb_json_item(turn, 0)), "Ben Wilson");
    assert_true(sb_json_is_null(sb_json_item(turn, 1)));
    assert_string_equal(sb_json_string(sb_json_item(turn, 5)), "");
    assert_string_equal(sb_json_string(sb_json_item(turn, 6)), "j-3");
    assert_int_equal(sb_json_length(times), 4);
    assert_true(number_at(times, 0) == 1100 && number_at(times, 1) == 267);
    assert_true(number_at(times, 2) == 266 && number_at(times, 3) == 267);
    assert_string_equal(sb_json_string(sb_json_item(sb_json_item(turn, 8), 1)), "\"two,\"");
    assert_string_equal(sb_json_string(sb_json_item(sb_json_item(turns, 0), 5)), "r");
    assert_string_equal(sb_json_string(sb_json_item(sb_json_item(sb_json_item(turns, 2), 9), 1)),
                        "[laughter]");
    sb_json_free(&doc);
    sb_bytes_finish(&page);
    sb_alignment_free(&a);
}

static void test_text_from_files_is_escaped(void **state)
{
    static const char evil[] = "</script></title><!--<script>alert('\"&')</script>\xe2\x80\xae";
    sb_alignment *a = drifting();
    (void)state;

    set_text(&a->transcript.title, evil);
    set_text(&a->transcript.language, evil);
    set_text(&a->transcript.path, "a/<b>\".txt");
    set_text(&a->audio.path, "<img src=x onerror=alert(1)>.mp3");
    set_text(&a->turns[0].speaker, evil);
    set_text(&a->turns[0].words[1].text, evil);
    set_text(&a->turns[2].events[0].text, evil);
    sb_bytes page = page_of(a);
    assert_null(strstr(page.data, "<script>alert("));
    assert_null(strstr(page.data, "<img"));
    assert_int_equal(count(page.data, "</script>"), 2);
    assert_int_equal(count(page.data, "<!--"), 0);
    assert_int_equal(count(page.data, "</title>"), 1);
    assert_non_null(
        strstr(page.data, "&lt;script&gt;alert(&#39;&quot;&amp;&#39;)&lt;/script&gt;\xef\xbf\xbd</title>"));
    sb_json_doc *doc = data_of(&page);
    const sb_json_value *turn = sb_json_item(sb_json_member(sb_json_root(doc), "turns"), 0);
    assert_string_equal(sb_json_string(sb_json_item(turn, 0)), evil);
    assert_string_equal(sb_json_string(sb_json_item(sb_json_item(turn, 8), 1)), evil);
    sb_json_free(&doc);
    sb_bytes_finish(&page);
    sb_alignment_free(&a);
}

static void test_invalid_utf8(void **state)
{
    sb_alignment *a = drifting();
    (void)state;

    set_text(&a->transcript.title, "A\x01\xff"
                                   "B");
    set_text(&a->turns[0].words[0].text, "\xff\xfe");
    sb_bytes page = page_of(a);
    assert_non_null(strstr(page.data, "<title>Drift: A\xef\xbf\xbd\xef\xbf\xbd"
                                      "B</title>"));
    sb_json_doc *doc = data_of(&page);
    sb_json_free(&doc);
    sb_bytes_finish(&page);
    sb_alignment_free(&a);
}

static void test_unknown_values_are_null(void **state)
{
    sb_alignment *a = alignment_long(1, 2);
    (void)state;

    set_text(&a->audio.path, "-");
    a->turns[0].stamp = SB_TIME_NONE;
    a->turns[0].start = a->turns[0].end = SB_TIME_NONE;
    for (size_t i = 0; i < 2; i++)
        a->turns[0].words[i].start = a->turns[0].words[i].end = SB_TIME_NONE;
    sb_bytes page = page_of(a);
    sb_json_doc *doc = data_of(&page);
    const sb_json_value *root = sb_json_root(doc);
    assert_non_null(strstr(page.data, "<title>Drift: Untitled</title>"));
    assert_non_null(strstr(page.data, ">No timestamps</h2>"));
    assert_true(sb_json_is_null(sb_json_member(root, "audio")));
    assert_true(sb_json_is_null(sb_json_member(root, "levels")));
    assert_true(sb_json_is_null(sb_json_member(root, "median")));
    assert_string_equal(sb_json_string(sb_json_item(sb_json_item(sb_json_member(root, "turns"), 0), 6)),
                        "--");
    sb_json_free(&doc);
    sb_bytes_finish(&page);
    sb_alignment_free(&a);
}

/* 65 minutes of fast conversation: 13 000 words, with a speech span and a level for each pause. */
static void test_an_hour_is_small(void **state)
{
    sb_alignment *a = alignment_long(1000, 13);
    (void)state;

    a->audio.duration = 3900 * SB_TIME_SECOND;
    a->n_levels = 39000;
    a->levels = calloc(a->n_levels, 1);
    a->n_speech = 3000;
    a->speech = calloc(a->n_speech, sizeof *a->speech);
    for (size_t i = 0; i < a->n_speech; i++) {
        sb_time start = (sb_time)i * 1300 * SB_TIME_MS;
        a->speech[i] = (sb_span){start, start + 1137 * SB_TIME_MS};
    }
    sb_bytes page = page_of(a);
    assert_in_range(page.size, 100000, 1500000);
    sb_bytes_finish(&page);
    sb_alignment_free(&a);
}

static void test_failing_allocations_are_reported(void **state)
{
    sb_alignment *a = drifting();
    bool refused = true;
    sb_drift *d;
    (void)state;

    assert_int_equal(sb_drift_measure(&d, a, NULL, NULL), SB_OK);
    for (size_t n = 0; refused; n++) {
        sb_bytes page = {0};
        memory_fail_from(n);
        sb_drift_write_html(&page, d, a);
        refused = memory_fail_end();
        assert_int_equal(page.failed, refused);
        sb_bytes_finish(&page);
    }
    sb_drift_free(&d);
    sb_alignment_free(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_one_document_that_needs_nothing_else),
        cmocka_unit_test(test_the_same_alignment_gives_the_same_bytes),
        cmocka_unit_test(test_the_data_has_every_figure),
        cmocka_unit_test(test_a_frame_rate_is_named),
        cmocka_unit_test(test_words_have_marks_and_times),
        cmocka_unit_test(test_text_from_files_is_escaped),
        cmocka_unit_test(test_invalid_utf8),
        cmocka_unit_test(test_unknown_values_are_null),
        cmocka_unit_test(test_an_hour_is_small),
        cmocka_unit_test(test_failing_allocations_are_reported),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
