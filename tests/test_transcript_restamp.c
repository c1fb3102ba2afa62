#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "support_skip.h"
#include "support_transcript.h"

/* Moves every time of the document by `shift` and compares. */
static void check_shift(const char *text, sb_time shift, const char *expected)
{
    sb_transcript *t = transcript_of(text, NULL);
    sb_time *stamps = calloc(2 * t->n_turns + 1, sizeof *stamps), *stops = stamps + t->n_turns;
    for (size_t i = 0; i < t->n_turns; i++) {
        const sb_turn *turn = &t->turns[i];
        stamps[i] = turn->stamp == SB_TIME_NONE ? SB_TIME_NONE : turn->stamp + shift;
        stops[i] = turn->stop == SB_TIME_NONE ? SB_TIME_NONE : turn->stop + shift;
    }
    sb_bytes out = {0};
    assert_int_equal(sb_transcript_restamp(&out, t, stamps, stops, NULL), SB_OK);
    assert_string_equal(out.data, expected);
    sb_bytes_finish(&out);
    free(stamps);
    sb_transcript_free(&t);
}

static void test_bracket(void **state)
{
    (void)state;
    check_shift("Ann [00:00:59]:  \r\nOne 00:00:59.\r\nBob [01:59:58]:\r\nTwo", 2900 * SB_TIME_MS,
                "Ann [00:01:01]:  \r\nOne 00:00:59.\r\nBob [02:00:00]:\r\nTwo");
    check_shift("Ann [9:59.5]:\nOne\nBob [10:00.25]:\nTwo\n", -1 * SB_TIME_SECOND,
                "Ann [9:58.5]:\nOne\nBob [9:59.25]:\nTwo\n");
    check_shift("Ann [59:59]:\nOne\n", SB_TIME_SECOND, "Ann [01:00:00]:\nOne\n");
    check_shift("Ann [75:10]:\nOne\n", SB_TIME_SECOND, "Ann [75:11]:\nOne\n");
    check_shift("Ann [00:00:01]:\nOne\n", -5 * SB_TIME_SECOND, "Ann [00:00:00]:\nOne\n");
    check_shift("Ann [99:59:59]:\nOne\nBob []:\nTwo", SB_TIME_SECOND, "Ann [100:00:00]:\nOne\nBob []:\nTwo");
}

static void test_captions(void **state)
{
    (void)state;
    check_shift("1\n00:00:01,500-->00:00:02,000 X1:5\nHi\n", 10 * SB_TIME_MS,
                "1\n00:00:01,510-->00:00:02,010 X1:5\nHi\n");
    /* Microsoft Teams does not pad: .9 is 9 ms. */
    check_shift("WEBVTT\n\n0:0:3.490 --> 0:0:59.9\n<v A>Hi\n", 200 * SB_TIME_MS,
                "WEBVTT\n\n0:0:3.690 --> 0:0:59.209\n<v A>Hi\n");
    check_shift(
        "WEBVTT\n\n00:01.000 --> 00:03.000\none<00:02.000><c> two</c>\n\n00:03.000 --> 00:04.000\n\n",
        SB_TIME_SECOND,
        "WEBVTT\n\n00:02.000 --> 00:04.000\none<00:03.000><c> two</c>\n\n00:04.000 --> 00:05.000\n\n");
}

static void test_json(void **state)
{
    (void)state;
    check_shift("{\"segments\":[{\"startTime\":1.25,\"endTime\":3,\"body\":\"Hello there\"}]}",
                500 * SB_TIME_MS,
                "{\"segments\":[{\"startTime\":1.75,\"endTime\":3.5,\"body\":\"Hello there\"}]}");
    check_shift("[{\"start\":100,\"end\":2100,\"text\":\"Hello there\"}]", 1500 * SB_TIME_MS,
                "[{\"start\":1600,\"end\":3600,\"text\":\"Hello there\"}]");
    check_shift("{\"segments\":[{\"startTime\":1.0,\"endTime\":1.5,\"body\":\"Hello\"},"
                "{\"startTime\":1.5,\"endTime\":2.0,\"body\":\"there\"}]}",
                SB_TIME_SECOND,
                "{\"segments\":[{\"startTime\":2.0,\"endTime\":2.5,\"body\":\"Hello\"},"
                "{\"startTime\":2.5,\"endTime\":3.0,\"body\":\"there\"}]}");
}

/* Each service spells times in its own way. */
static void test_json_spellings(void **state)
{
    (void)state;
    check_shift(
        "{\"results\":[{\"alternatives\":[{\"transcript\":\"hi\",\"words\":[{\"startTime\":\"1.300s\","
        "\"endTime\":\"2s\",\"word\":\"hi\"}]}]}]}",
        250 * SB_TIME_MS,
        "{\"results\":[{\"alternatives\":[{\"transcript\":\"hi\",\"words\":[{\"startTime\":\"1.550s\","
        "\"endTime\":\"2.25s\",\"word\":\"hi\"}]}]}]}");
    check_shift("{\"results\":[{\"alternatives\":[{\"transcript\":\"hi\",\"words\":[{\"startTime\":{"
                "\"seconds\":\"1\"},"
                "\"word\":\"hi\"}]}]}]}",
                SB_TIME_SECOND,
                "{\"results\":[{\"alternatives\":[{\"transcript\":\"hi\",\"words\":[{\"startTime\":{"
                "\"seconds\":\"1\"},"
                "\"word\":\"hi\"}]}]}]}");
    check_shift("{\"transcription\":[{\"timestamps\":{\"from\":\"00:00:01,000\",\"to\":\"00:00:02,000\"},"
                "\"offsets\":{\"from\":1000,\"to\":2000},\"text\":\" one two\"}]}",
                1234 * SB_TIME_MS,
                "{\"transcription\":[{\"timestamps\":{\"from\":\"00:00:02,234\",\"to\":\"00:00:03,234\"},"
                "\"offsets\":{\"from\":2234,\"to\":3234},\"text\":\" one two\"}]}");
    check_shift(
        "{\"recognizedPhrases\":[{\"offset\":\"PT59.5S\",\"offsetInTicks\":595000000,\"nBest\":[{\"display\":"
        "\"One "
        "two.\"}]},{\"offset\":\"PT1M4S\",\"offsetInTicks\":640000000,\"nBest\":[{\"display\":\"Three.\"}]}]"
        "}",
        1250 * SB_TIME_MS,
        "{\"recognizedPhrases\":[{\"offset\":\"PT60.75S\",\"offsetInTicks\":607500000,\"nBest\":[{"
        "\"display\":"
        "\"One two.\"}]},{\"offset\":\"PT1M5.25S\",\"offsetInTicks\":652500000,\"nBest\":[{\"display\":"
        "\"Three.\"}]}]}");
    check_shift("{\"segments\":[{\"start\":0,\"end\":1.125,\"text\":\"one "
                "two\",\"words\":[{\"word\":\"one\",\"start\":0,"
                "\"end\":0.5},{\"word\":\"two\",\"start\":0.5,\"end\":1.125}]}]}",
                100 * SB_TIME_MS,
                "{\"segments\":[{\"start\":0.1,\"end\":1.225,\"text\":\"one "
                "two\",\"words\":[{\"word\":\"one\",\"start\":0.1,"
                "\"end\":0.6},{\"word\":\"two\",\"start\":0.6,\"end\":1.225}]}]}");
}

static void test_tables(void **state)
{
    (void)state;
    check_shift("start\tend\ttext\n100\t2100\tHello there\n", 1500 * SB_TIME_MS,
                "start\tend\ttext\n1600\t3600\tHello there\n");
    check_shift("0,500000\t2,250000\tHello there\n\\\t80,0\t90,0\n", SB_TIME_SECOND,
                "1,500000\t3,250000\tHello there\n\\\t80,0\t90,0\n");
    check_shift("0.500000\t0.500000\tHello there\n", SB_TIME_SECOND, "1.500000\t1.500000\tHello there\n");
    check_shift("Who,In,Out,Text\r\nAnn,\"00:00:01:05\",00:00:59:24,\"Hi, \"\"you\"\"\"\r\n",
                SB_TIME_SECOND / 5,
                "Who,In,Out,Text\r\nAnn,\"00:00:01:10\",00:01:00:04,\"Hi, \"\"you\"\"\"\r\n");
    /* Drop-frame counting has no frames 00 and 01 in a new minute. */
    check_shift("Who,In,Text\nAnn,00;00;59;29,Hello there\n", SB_TIME_SECOND / 30000 * 1001,
                "Who,In,Text\nAnn,00;01;00;02,Hello there\n");
    check_shift("time;text\n0:01 - 0:03;Hello there\n", SB_TIME_SECOND,
                "time;text\n0:02 - 0:04;Hello there\n");
    check_shift("a 1 0.50 0.25 hello 0.9\na 1 0.75 0.30 there 0.8\n", SB_TIME_SECOND,
                "a 1 1.50 0.25 hello 0.9\na 1 1.75 0.30 there 0.8\n");
    check_shift("a 1 Ann 0.50 2.25 <o,f0,> hello there\n", SB_TIME_SECOND,
                "a 1 Ann 1.50 3.25 <o,f0,> hello there\n");
}

static void test_one_time_only(void **state)
{
    (void)state;
    sb_transcript *t = transcript_of("Ann [00:00:01]:\nOne\nBob [00:00:02]:\nTwo\n", NULL);
    sb_time stamps[] = {SB_TIME_NONE, 7 * SB_TIME_SECOND};
    sb_bytes out = {0};
    assert_int_equal(sb_transcript_restamp(&out, t, stamps, NULL, NULL), SB_OK);
    assert_string_equal(out.data, "Ann [00:00:01]:\nOne\nBob [00:00:07]:\nTwo\n");
    sb_bytes_finish(&out);
    sb_transcript_free(&t);
}

static void test_seed_unchanged(void **state)
{
    (void)state;
    char *path = shared_path("seed-transcript.txt");
    if (!path)
        skip_because("the shared data are absent");
    sb_bytes file = {0}, out = {0};
    sb_transcript *t;
    assert_int_equal(sb_file_read(&file, path, 1 << 20, NULL), SB_OK);
    assert_int_equal(sb_transcript_read(&t, file.data, file.size, NULL, NULL, NULL), SB_OK);
    assert_int_equal(sb_transcript_restamp(&out, t, NULL, NULL, NULL), SB_OK);
    assert_int_equal(out.size, file.size);
    assert_memory_equal(out.data, file.data, file.size);
    sb_bytes_finish(&out);
    sb_bytes_finish(&file);
    sb_transcript_free(&t);
    free(path);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_bracket),       cmocka_unit_test(test_captions),
        cmocka_unit_test(test_json),          cmocka_unit_test(test_json_spellings),
        cmocka_unit_test(test_tables),        cmocka_unit_test(test_one_time_only),
        cmocka_unit_test(test_seed_unchanged)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
