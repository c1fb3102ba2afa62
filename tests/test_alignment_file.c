#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <jansson.h>

#include "alignment/alignment.h"
#include "base/run/run.h"
#include "soundbite/align.h"
#include "soundbite/file.h"
#include "support_alignment.h"
#include "support_memory.h"

static sb_bytes write_and_free(sb_alignment *a)
{
    sb_bytes bytes = {0};
    sb_error err = {0};

    assert_int_equal(sb_alignment_write(&bytes, a, &err), SB_OK);
    sb_alignment_free(&a);
    assert_null(a);
    return bytes;
}

static sb_alignment *read_bytes(const sb_bytes *bytes)
{
    sb_alignment *a;
    sb_error err = {0};

    if (sb_alignment_read(&a, bytes->data, bytes->size, "x.json", &err) != SB_OK)
        fail_msg("%lld:%lld: %s", (long long)err.line, (long long)err.column, err.message);
    return a;
}

static const char sample_text[] =
    "{\"format\": \"soundbite-alignment\", \"version\": 1,\n"
    "\"audio\": {\"path\": \"episode.mp3\", \"sha256\": "
    "\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\", \"duration\": 3.000000, "
    "\"sample_rate\": 44100, \"channels\": 2, \"codec\": \"mp3\", \"damaged\": false, "
    "\"damage\": null, \"seek_safe\": true},\n"
    "\"transcript\": {\"path\": null, \"sha256\": null, \"format\": null, \"title\": \"A title\", "
    "\"language\": null, \"encoding\": null, \"resolution\": 1.000000},\n"
    "\"method\": \"energy\",\n"
    "\"time_map\": [{\"from\": 0.000000, \"until\": 1.000000, \"offset\": 0.020000, \"rate_ppm\": 12.500}, "
    "{\"from\": 1.000000, \"until\": null, \"offset\": 0.520000, \"rate_ppm\": -3.000}],\n"
    "\"breaks\": [{\"at\": 1.000000, \"audio_from\": 1.000000, \"audio_until\": 1.500000, \"gap\": 0.500000, "
    "\"kind\": \"inserted\", \"confidence\": 0.250}],\n"
    "\"speech\": [[0.001000, 0.251950113], [1.000000, 2.000000]],\n"
    "\"turns\": [\n";

static void test_writes_the_documented_form(void **state)
{
    sb_bytes bytes = write_and_free(alignment_sample());
    (void)state;

    bytes.data[strlen(sample_text)] = '\0';
    assert_string_equal(bytes.data, sample_text);
    const char *rest = bytes.data + strlen(sample_text) + 1;
    const char *second = strchr(rest, '\n') + 1, *third = strchr(second, '\n') + 1;
    assert_memory_equal(second, "{\"index\": 1, \"speaker\": \"Ben Wilson\", \"stamp\": null, ", 53);
    assert_non_null(strstr(second, "{\"text\": \"\\\"two,\\\"\", \"start\": null, \"end\": null, "
                                   "\"confidence\": 0.000, \"status\": \"not_heard\"}"));
    assert_non_null(strstr(third, "\"events\": [{\"text\": \"[laughter]\", \"before_word\": 3}], "
                                  "\"language\": \"pt-BR\"}],\n"
                                  "\"summary\": {\"turns\": 3, \"words\": 9, \"aligned\": 7, "
                                  "\"estimated\": 1, \"not_heard\": 1, \"unmatched_speech_s\": 0.500000},\n"
                                  "\"method_note\": \"no model is installed\",\n\"pairing\": \"mismatch\",\n"
                                  "\"pairing_note\": \"the text was not heard\",\n"
                                  "\"unmatched_speech\": [[1.000000, 1.500000]],\n"
                                  "\"levels\": \"Aa/\",\n"
                                  "\"guesses\": [{\"word\": \"Zo\xc3\xab\", \"phones\": \"Z OW\"}, "
                                  "{\"word\": \"\xe4\xb8\x96\", \"phones\": null}],\n"
                                  "\"transcript_source\": \"Zo\xc3\xab [00:00:00]:\\r\\none\\u0000two\"}\n"));
    sb_bytes_finish(&bytes);
}

static void test_read_and_written_again_is_the_same(void **state)
{
    sb_bytes first = write_and_free(alignment_sample());
    sb_bytes second = write_and_free(read_bytes(&first));
    (void)state;

    assert_int_equal(first.size, second.size);
    assert_memory_equal(first.data, second.data, first.size);
    sb_bytes_finish(&first);
    sb_bytes_finish(&second);
}

static void test_a_rounded_file_reads_back_the_same(void **state)
{
    sb_alignment *made = alignment_sample();
    (void)state;

    made->turns[0].confidence = 0.79964F;
    made->turns[0].words[0].confidence = 0.7996F;
    made->breaks[0].confidence = 0.0625F;
    made->map[0].rate_ppm = 12.34567;
    sb_alignment_round(made);
    assert_float_equal(made->turns[0].confidence, 0.8F, 0);
    sb_bytes bytes = {0};
    sb_error err = {0};
    assert_int_equal(sb_alignment_write(&bytes, made, &err), SB_OK);
    sb_alignment *read = read_bytes(&bytes);
    assert_true(read->turns[0].confidence == made->turns[0].confidence);
    assert_true(read->turns[0].words[0].confidence == made->turns[0].words[0].confidence);
    assert_true(read->breaks[0].confidence == made->breaks[0].confidence);
    assert_true(read->map[0].rate_ppm == made->map[0].rate_ppm);
    sb_alignment_free(&read);
    sb_alignment_free(&made);
    sb_bytes_finish(&bytes);
}

static void test_unusual_times_are_kept(void **state)
{
    sb_alignment *a = alignment_long(500, 7), *back;
    uint64_t random = 7;
    (void)state;

    a->audio.duration = 40000 * SB_TIME_SECOND;
    for (size_t i = 0; i < a->n_turns; i++) {
        random = random * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
        a->turns[i].start = (sb_time)(random >> 22) % (20000 * SB_TIME_SECOND);
        a->turns[i].end = a->turns[i].start + (sb_time)(random >> 30);
    }
    sb_bytes bytes = {0};
    assert_int_equal(sb_alignment_write(&bytes, a, NULL), SB_OK);
    back = read_bytes(&bytes);
    for (size_t i = 0; i < a->n_turns; i++) {
        assert_true(a->turns[i].start == back->turns[i].start);
        assert_true(a->turns[i].end == back->turns[i].end);
    }
    sb_bytes_finish(&bytes);
    sb_alignment_free(&a);
    sb_alignment_free(&back);
}

/* A file with the first `from` replaced by `to` is refused, and the message contains `expected`. */
static void assert_refused(const char *from, const char *to, sb_status status, int64_t line,
                           const char *expected)
{
    sb_bytes good = write_and_free(alignment_sample()), bad = {0};
    sb_alignment *a;
    sb_error err = {0};
    char *at = strstr(good.data, from);

    assert_non_null(at);
    sb_bytes_append(&bad, good.data, (size_t)(at - good.data));
    sb_bytes_text(&bad, to);
    sb_bytes_text(&bad, at + strlen(from));
    assert_int_equal(sb_alignment_read(&a, bad.data, bad.size, "x.json", &err), status);
    assert_null(a);
    if (!strstr(err.message, expected))
        fail_msg("'%s' is not in '%s'", expected, err.message);
    assert_int_equal(err.line, line);
    assert_string_equal(err.file, "x.json");
    sb_bytes_finish(&good);
    sb_bytes_finish(&bad);
}

static void test_refuses_inconsistent_values(void **state)
{
    (void)state;
    assert_refused("\"version\": 1", "\"version\": 2", SB_ERR_UNSUPPORTED, 1,
                   "made by a newer soundbite (file version 2");
    assert_refused("\"version\": 1", "\"version\": \"1\"", SB_ERR_FORMAT, 1, "\"version\"");
    assert_refused("soundbite-alignment", "other", SB_ERR_FORMAT, 1, "not an alignment file");
    assert_refused("\"duration\": 3.0", "\"duration\": -3.0", SB_ERR_FORMAT, 2, "\"duration\" is negative");
    assert_refused("\"duration\": 3.0", "\"duration\": 1.0", SB_ERR_FORMAT, 11, "outside the audio");
    assert_refused("\"duration\": 3.000000", "\"duration\": null", SB_ERR_FORMAT, 2, "\"duration\"");
    assert_refused("\"sample_rate\": 44100", "\"sample_rate\": 4.5", SB_ERR_FORMAT, 2, "\"sample_rate\"");
    assert_refused("\"aaa", "\"../", SB_ERR_FORMAT, 2, "\"sha256\"");
    assert_refused("\"title\": \"A title\"", "\"title\": 7", SB_ERR_FORMAT, 3, "\"title\"");
    assert_refused("\"energy\"", "\"auto\"", SB_ERR_FORMAT, 1, "\"method\"");
    assert_refused("\"energy\"", "\"magic\"", SB_ERR_FORMAT, 1, "\"method\"");
    assert_refused("\"until\": 1.0", "\"until\": -1.0", SB_ERR_FORMAT, 5, "\"until\"");
    assert_refused("\"rate_ppm\": 12.500", "\"rate_ppm\": null", SB_ERR_FORMAT, 5, "time map");
    assert_refused("\"at\": 1.000000", "\"at\": null", SB_ERR_FORMAT, 6, "break");
    assert_refused("\"audio_until\": 1.5", "\"audio_until\": 0.5", SB_ERR_FORMAT, 6, "\"audio_until\"");
    assert_refused("[[0.001000, 0", "[[0.001000, 1", SB_ERR_FORMAT, 7, "\"speech\"");
    assert_refused("\"Aa/\"", "\"A-/\"", SB_ERR_FORMAT, 1, "\"levels\"");
    assert_refused("\"Aa/\"", "[1]", SB_ERR_FORMAT, 1, "\"levels\"");
    assert_refused("\"stamp\": 0.000000", "\"stamp\": 1e300", SB_ERR_FORMAT, 9, "\"stamp\"");
    assert_refused("\"start\": 0.100000", "\"start\": 7.100000", SB_ERR_FORMAT, 9, "outside the audio");
    assert_refused("\"end\": 0.900000", "\"end\": 0.000000", SB_ERR_FORMAT, 9, "\"end\" is before \"start\"");
    assert_refused("\"end\": 0.900000", "\"end\": \"late\"", SB_ERR_FORMAT, 9, "\"end\"");
    assert_refused("\"confidence\": 0.750", "\"confidence\": 1.750", SB_ERR_FORMAT, 9, "\"confidence\"");
    assert_refused("\"partly\"", "\"partial\"", SB_ERR_FORMAT, 10, "\"status\"");
    assert_refused("\"status\": \"estimated\"", "\"status\": \"not_heard\"", SB_ERR_FORMAT, 10, "not heard");
    assert_refused("\"status\": \"not_heard\"", "\"status\": \"aligned\"", SB_ERR_FORMAT, 10, "no time");
    assert_refused("\"start\": null", "\"start\": 1.5", SB_ERR_FORMAT, 10, "only one of its two times");
    assert_refused("\"before_word\": 3", "\"before_word\": 4", SB_ERR_FORMAT, 11, "\"before_word\"");
    assert_refused("\"events\": []", "\"events\": {}", SB_ERR_FORMAT, 9, "\"events\"");
    assert_refused("{\"text\": \"one\"", "{\"text\": null", SB_ERR_FORMAT, 9, "a word has no");
    assert_refused("\"words\": [", "\"words\": [7, ", SB_ERR_FORMAT, 9, "a word has no");
    assert_refused("\"mp3\"", "\"mp\\u00003\"", SB_ERR_FORMAT, 2, "\"codec\"");
}

static void test_unknown_keys_are_ignored(void **state)
{
    sb_bytes good = write_and_free(alignment_sample()), more = {0};
    (void)state;

    sb_bytes_text(&more, "{\"later\": [{}, 1],");
    sb_bytes_text(&more, good.data + 1);
    sb_alignment *a = read_bytes(&more);
    assert_int_equal(a->n_turns, 3);
    sb_alignment_free(&a);
    sb_bytes_finish(&good);
    sb_bytes_finish(&more);
}

static void test_documented_keys_are_enough(void **state)
{
    static const char text[] =
        "{\"format\": \"soundbite-alignment\", \"version\": 1, \"audio\": {\"path\": null, \"sha256\": null, "
        "\"duration\": 2, \"sample_rate\": 8000, \"channels\": 1, \"codec\": null}, \"transcript\": "
        "{\"path\": null, \"sha256\": null, \"format\": null, \"title\": null}, \"method\": \"acoustic\", "
        "\"time_map\": [], \"breaks\": [], \"speech\": [], \"turns\": [{\"index\": 0, \"speaker\": null, "
        "\"stamp\": null, \"start\": 0.5, \"end\": 1, \"confidence\": 1, \"status\": \"aligned\", \"text\": "
        "\"a\", "
        "\"words\": [{\"text\": \"a\", \"start\": 0.5, \"end\": 1, \"confidence\": 1, \"status\": "
        "\"aligned\"}]}], "
        "\"summary\": {}}";
    sb_alignment *a;
    (void)state;

    assert_int_equal(sb_alignment_read(&a, text, sizeof text - 1, NULL, NULL), SB_OK);
    assert_int_equal(a->method, SB_METHOD_ACOUSTIC);
    assert_true(a->turns[0].words[0].end == SB_TIME_SECOND);
    assert_false(a->audio.seek_safe);
    assert_true(a->transcript.resolution == SB_TIME_NONE);
    sb_alignment_free(&a);
}

static void test_microphones_are_kept(void **state)
{
    (void)state;
    for (int microphones = 0; microphones < 2; microphones++) {
        sb_alignment *a = alignment_sample();
        a->audio.microphones = microphones;
        sb_bytes bytes = write_and_free(a);
        assert_int_equal(strstr(bytes.data, "\"microphones\": true") != NULL, microphones);
        a = read_bytes(&bytes);
        assert_int_equal(a->audio.microphones, microphones);
        sb_alignment_free(&a);
        sb_bytes_finish(&bytes);
    }
}

static void test_the_place_of_damage_is_read(void **state)
{
    sb_alignment *a = alignment_sample();
    (void)state;

    a->audio.damaged = true;
    a->audio.damage = sb_copy_text("00:00:01.500: the file is damaged; audio is missing", NULL);
    sb_bytes bytes = write_and_free(a);
    a = read_bytes(&bytes);
    assert_true(a->audio.damaged);
    assert_string_equal(a->audio.damage, "00:00:01.500: the file is damaged; audio is missing");
    sb_alignment_free(&a);
    sb_bytes_finish(&bytes);
}

static void test_cut_at_any_byte(void **state)
{
    sb_bytes bytes = write_and_free(alignment_sample());
    (void)state;

    for (size_t size = 0; size < bytes.size - 1; size++) {
        sb_alignment *a;
        sb_error err = {0};
        char *cut = malloc(size + 1);
        memcpy(cut, bytes.data, size);
        assert_int_equal(sb_alignment_read(&a, cut, size, "x.json", &err), SB_ERR_FORMAT);
        assert_null(a);
        assert_true(err.line >= 1 && err.column >= 1);
        free(cut);
    }
    sb_bytes_finish(&bytes);
}

static void test_any_bytes_are_safe(void **state)
{
    static const char *const splices[] = {"null", "-1",   "1e308", "[]", "{}", "\"\"", "true", "[[1]]",
                                          "9e9",  "\xff", "0",     ",",  "}",  "]",    "\""};
    sb_bytes good = write_and_free(alignment_sample());
    uint64_t random = 3;
    (void)state;

    for (int i = 0; i < 20000; i++) {
        sb_bytes bad = {0};
        random = random * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
        size_t at = (size_t)(random >> 33) % good.size, skip = (size_t)(random >> 20) % 12;
        const char *splice = splices[(random >> 8) % (sizeof splices / sizeof *splices)];
        sb_bytes_append(&bad, good.data, at);
        sb_bytes_text(&bad, splice);
        if (at + skip < good.size)
            sb_bytes_append(&bad, good.data + at + skip, good.size - at - skip);
        sb_alignment *a;
        sb_error err = {0};
        sb_status status = sb_alignment_read(&a, bad.data, bad.size, "x.json", &err);
        assert_int_equal(status == SB_OK, a != NULL);
        assert_int_equal(err.status, status);
        if (a) {
            sb_bytes again = write_and_free(a);
            sb_bytes_finish(&again);
        }
        sb_bytes_finish(&bad);
    }
    sb_bytes_finish(&good);
}

static void test_every_allocation_may_fail_reading(void **state)
{
    sb_bytes bytes = write_and_free(alignment_sample());
    bool refused = true;
    (void)state;

    json_set_alloc_funcs(memory_malloc, memory_free);
    for (size_t n = 0; refused; n++) {
        sb_alignment *a;
        sb_error err = {0};
        memory_fail_from(n);
        sb_status status = sb_alignment_read(&a, bytes.data, bytes.size, NULL, &err);
        refused = memory_fail_end();
        assert_int_equal(status == SB_OK, !refused);
        assert_int_equal(err.status, status);
        assert_int_equal(a != NULL, !refused);
        sb_alignment_free(&a);
    }
    json_set_alloc_funcs(malloc, free);
    sb_bytes_finish(&bytes);
}

static void test_every_allocation_may_fail_writing(void **state)
{
    sb_alignment *a = alignment_sample();
    bool refused = true;
    (void)state;

    for (size_t n = 0; refused; n++) {
        sb_bytes bytes = {0};
        sb_error err = {0};
        memory_fail_from(n);
        sb_status status = sb_alignment_write(&bytes, a, &err);
        refused = memory_fail_end();
        assert_int_equal(status, refused ? SB_ERR_MEMORY : SB_OK);
        assert_int_equal(bytes.size > 0, !refused);
        sb_bytes_finish(&bytes);
    }
    sb_alignment_free(&a);
}

static bool sniff(const char *text)
{
    return sb_alignment_sniff(text, strlen(text));
}

static void test_sniff(void **state)
{
    (void)state;
    assert_true(sniff("{\"format\": \"soundbite-alignment\", \"version\": 1"));
    assert_true(sniff(" \n{ \"audio\": {\"format\": 3}, \"format\" :\n\"soundbite-alignment\"}"));
    assert_false(sniff(""));
    assert_false(sniff("{"));
    assert_false(sniff("{\"format\": \"soundbite-al"));
    assert_false(sniff("[\"format\": \"soundbite-alignment\"]"));
    assert_false(sniff("{\"segments\": []}"));
    assert_false(sniff("Ben: I say {\"format\": \"soundbite-alignment\"}"));
    assert_false(sb_alignment_sniff("\0\0", 2));
    assert_false(sb_alignment_sniff(NULL, 0));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_writes_the_documented_form),
        cmocka_unit_test(test_read_and_written_again_is_the_same),
        cmocka_unit_test(test_a_rounded_file_reads_back_the_same),
        cmocka_unit_test(test_unusual_times_are_kept),
        cmocka_unit_test(test_refuses_inconsistent_values),
        cmocka_unit_test(test_unknown_keys_are_ignored),
        cmocka_unit_test(test_documented_keys_are_enough),
        cmocka_unit_test(test_microphones_are_kept),
        cmocka_unit_test(test_the_place_of_damage_is_read),
        cmocka_unit_test(test_cut_at_any_byte),
        cmocka_unit_test(test_any_bytes_are_safe),
        cmocka_unit_test(test_every_allocation_may_fail_reading),
        cmocka_unit_test(test_every_allocation_may_fail_writing),
        cmocka_unit_test(test_sniff),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
