/* Reading layers of speakers. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "soundbite/transcript.h"
#include "support_memory.h"

static sb_speaker_layer *layer_of(const char *text)
{
    sb_speaker_layer *layer;
    sb_error err = {0};
    if (sb_speaker_layer_read(&layer, text, strlen(text), "who", NULL, &err) != SB_OK)
        fail_msg("%s", err.message);
    return layer;
}

static void check_span(const sb_speaker_layer *layer, size_t speaker, size_t span, const char *name,
                       double from, double until)
{
    assert_true(speaker < layer->n_speakers && span < layer->speakers[speaker].n_spans);
    assert_string_equal(layer->speakers[speaker].name, name);
    assert_int_equal(layer->speakers[speaker].spans[span].start, sb_time_from_seconds(from));
    assert_int_equal(layer->speakers[speaker].spans[span].end, sb_time_from_seconds(until));
}

static void rttm_gives_joined_segments(void **state)
{
    (void)state;
    sb_speaker_layer *layer = layer_of(";; by hand\n"
                                       "SPEAKER ep 1 4.00 1.50 <NA> <NA> Kim <NA> <NA>\n"
                                       "SPEAKER ep 1 0.50 2.00 <NA> <NA> Lee <NA> <NA>\n"
                                       "SPEAKER ep 1 2.00 2.00 <NA> <NA> Kim <NA>\n"
                                       "SPEAKER ep 1 9.00 0.00 <NA> <NA> Kim <NA> <NA>\n");
    assert_int_equal(layer->n_speakers, 2);
    assert_int_equal(layer->speakers[0].n_spans, 1);
    check_span(layer, 0, 0, "Kim", 2, 5.5);
    check_span(layer, 1, 0, "Lee", 0.5, 2.5);
    assert_string_equal(layer->path, "who");
    sb_speaker_layer_free(&layer);
    assert_null(layer);
}

static void labels_and_tables_are_layers_too(void **state)
{
    (void)state;
    static const char *const texts[] = {"0.5\t2\tLee\n2\t4.25\tKim\n5\t6\tLee\n",
                                        "0,5\t2\tLee\n2\t4,25\tKim\n5\t6\tLee\n",
                                        "start,end,speaker\n0.5,2,Lee\n2,4.25,Kim\n5,6,Lee\n",
                                        "Speaker;Start;Duration\nLee;0,5;1,5\nKim;2;2,25\nLee;5;1\n",
                                        "500\t2000\tLee\n2000\t4250\tKim\n5000\t6000\tLee\n",
                                        "start\tend\tlabel\n0.5\t2\tLee\n2\t4.25\tKim\n5\t6\tLee\n",
                                        "Lee: x\n\n1\n00:00:00,500 --> 00:00:02,000\nLee: Is it on?\n\n2\n"
                                        "00:00:02,000 --> 00:00:04,250\nKim: It is.\n\n3\n"
                                        "00:00:05,000 --> 00:00:06,000\nLee: Good.\n"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        sb_speaker_layer *layer = layer_of(texts[i]);
        assert_int_equal(layer->n_speakers, 2);
        check_span(layer, 0, 0, "Lee", 0.5, 2);
        check_span(layer, 0, 1, "Lee", 5, 6);
        check_span(layer, 1, 0, "Kim", 2, 4.25);
        sb_speaker_layer_free(&layer);
    }
}

static void check_refused(const char *text, const char *part)
{
    sb_speaker_layer *layer;
    sb_error err = {0};
    assert_int_equal(sb_speaker_layer_read(&layer, text, strlen(text), NULL, NULL, &err), SB_ERR_FORMAT);
    assert_null(layer);
    if (!strstr(err.message, part))
        fail_msg("\"%s\" lacks \"%s\"", err.message, part);
}

static void other_files_are_refused(void **state)
{
    (void)state;
    check_refused("", "who speaks when");
    check_refused("Good morning to all of you.\n", "no segments");
    check_refused("1\n00:00:01,000 --> 00:00:02,000\nNobody is named.\n", "no segments");
    check_refused(
        "SPEAKER a 1 0.0 1.0 <NA> <NA> Kim <NA> <NA>\nSPEAKER b 1 0.0 1.0 <NA> <NA> Lee <NA> <NA>\n",
        "several recordings");
    check_refused("SPEAKER a 1 0.0 0.0 <NA> <NA> Kim <NA> <NA>\n", "no segments");
    check_refused("audio,transcript\na.mp3,a.txt\nb.mp3,b.txt\n", "who speaks when");
}

static void memory_may_run_out(void **state)
{
    (void)state;
    static const char *const texts[] = {"SPEAKER a 1 0.0 1.0 <NA> <NA> Kim <NA> <NA>\n",
                                        "Speaker,Start,End\nKim,0:01,0:02\nLee,0:02,0:03\n",
                                        "0.5\t2\tLee\n2\t4.25\tKim\n"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        bool refused = true;
        for (size_t n = 0; refused; n++) {
            sb_speaker_layer *layer;
            sb_error err = {0};
            memory_fail_from(n);
            sb_status status = sb_speaker_layer_read(&layer, texts[i], strlen(texts[i]), "who", NULL, &err);
            refused = memory_fail_end();
            assert_int_equal(status, refused ? SB_ERR_MEMORY : SB_OK);
            sb_speaker_layer_free(&layer);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rttm_gives_joined_segments), cmocka_unit_test(labels_and_tables_are_layers_too),
        cmocka_unit_test(other_files_are_refused), cmocka_unit_test(memory_may_run_out)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
