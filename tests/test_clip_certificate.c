#include "clip/certify/certify.h"

#include "base/text/text.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static const sb_certificate sample = {.made = true,
                                      .acoustic = true,
                                      .first_word_whole = SB_ANSWER_NO,
                                      .last_word_whole = SB_ANSWER_UNKNOWN,
                                      .words_asked = 7,
                                      .words_heard = 6,
                                      .lost_at_start = 60 * SB_TIME_MS,
                                      .lost_at_end = SB_TIME_NONE,
                                      .neighbour_before = 0,
                                      .neighbour_after = SB_TIME_NONE,
                                      .start_edge_db = 31.5,
                                      .end_edge_db = NAN,
                                      .loudness_lufs = -16.25,
                                      .true_peak_db = -INFINITY,
                                      .failed = SB_CERTIFICATE_FIRST_WORD | SB_CERTIFICATE_LOUDNESS};

static void checks_have_names(void **user)
{
    (void)user;
    size_t n = 0;
    for (unsigned bit = 1; bit <= SB_CERTIFICATE_PAIRING; bit <<= 1, n++) {
        const char *name = sb_certificate_failure(bit, 0);
        assert_non_null(name);
        assert_int_equal(sb_certificate_check_find(name), bit);
        assert_null(sb_certificate_failure(bit, 1));
    }
    assert_int_equal(n, 11);
    assert_string_equal(sb_certificate_failure(sample.failed, 0), "first-word");
    assert_string_equal(sb_certificate_failure(sample.failed, 1), "loudness");
    assert_null(sb_certificate_failure(0, 0));
    assert_int_equal(sb_certificate_check_find("nonsense"), 0);
}

/* As the second member of an object. */
static char *written(const sb_certificate *certificate)
{
    sb_bytes out = {0};
    sb_bytes_text(&out, "{\"a\": 1");
    sb_certificate_json(&out, certificate);
    sb_bytes_text(&out, "}");
    assert_false(out.failed);
    return out.data;
}

static void json_reads_back(void **user)
{
    (void)user;
    char *text = written(&sample);
    assert_string_equal(
        text,
        "{\"a\": 1, \"certificate\": {\"passed\": false, \"method\": \"acoustic\", \"first_word_whole\": "
        "false, "
        "\"last_word_whole\": null, \"words_asked\": 7, \"words_heard\": 6, \"lost_at_start\": 0.060000, "
        "\"lost_at_end\": null, \"neighbour_before\": 0.000000, \"neighbour_after\": null, "
        "\"start_edge_db\": 31.5, \"end_edge_db\": null, \"loudness_lufs\": -16.25, \"true_peak_db\": null, "
        "\"failed\": [\"first-word\", \"loudness\"]}}");
    sb_json_doc *doc;
    assert_int_equal(sb_json_read(&doc, text, strlen(text), NULL, NULL), SB_OK);
    sb_certificate back;
    sb_certificate_recall(&back, sb_json_member(sb_json_root(doc), "certificate"));
    char *again = written(&back);
    assert_string_equal(again, text);
    assert_int_equal(back.failed, sample.failed);
    sb_json_free(&doc);
    free(again);
    free(text);
}

static void a_missing_certificate_is_null(void **user)
{
    (void)user;
    char *text = written(&(sb_certificate){0});
    assert_string_equal(text, "{\"a\": 1, \"certificate\": null}");
    free(text);
    sb_certificate back;
    sb_certificate_recall(&back, NULL);
    assert_false(back.made);
}

static size_t count_commas(const char *text)
{
    size_t n = 0;
    for (; *text; text++)
        n += *text == ',';
    return n;
}

static void energy_alignments_have_no_word_checks(void **user)
{
    (void)user;
    sb_certificate c = sample;
    c.acoustic = false;
    c.failed = 0;
    char *text = written(&c);
    assert_non_null(strstr(text, "\"passed\": true, \"method\": \"energy\""));
    assert_non_null(strstr(text, "\"words_asked\": null, \"words_heard\": null"));
    free(text);
}

static void columns_fit_their_names(void **user)
{
    (void)user;
    sb_certificate energy = sample;
    energy.acoustic = false;
    const sb_certificate all[] = {sample, energy, {0}};
    for (size_t i = 0; i < 3; i++) {
        sb_bytes out = {0};
        sb_certificate_csv(&out, &all[i]);
        assert_int_equal(count_commas(out.data), count_commas(sb_certificate_csv_header));
        if (i == 0)
            assert_string_equal(out.data,
                                "first-word loudness,acoustic,no,,7,6,0.060000,,0.000000,,31.5,,-16.25,,");
        sb_bytes_finish(&out);
    }
}

static void words_are_counted_through_the_text(void **user)
{
    (void)user;
    sb_aligned_turn turns[3] = {{.n_words = 4}, {.n_words = 2}, {.n_words = 5}};
    sb_alignment alignment = {.turns = turns, .n_turns = 3};
    sb_match within = {.first_turn = 2, .first_word = 1, .last_turn = 2, .last_word = 3};
    sb_match across = {.first_turn = 0, .first_word = 3, .last_turn = 2, .last_word = 0};
    sb_word_range range = sb_clip_words_of(&alignment, &within);
    assert_int_equal(range.first, 7);
    assert_int_equal(range.end, 10);
    range = sb_clip_words_of(&alignment, &across);
    assert_int_equal(range.first, 3);
    assert_int_equal(range.end, 7);
}

/* A certificate that passed by hearing all words, with a sentence that ends at each edge. */
static unsigned resolved(const sb_certificate *certificate, sb_reheard_edge start, bool sure)
{
    sb_reheard heard = {
        .acoustic = true, .start = start, .end = {.ends_sentence = true, .quiet = SB_TIME_SECOND}};
    heard.start.ends_sentence = true;
    return sb_certificate_resolves(certificate, &heard, ~0u, &(sb_sure_edges){sure, sure});
}

static const sb_certificate passed = {
    .acoustic = true, .first_word_whole = SB_ANSWER_YES, .last_word_whole = SB_ANSWER_YES};
static const unsigned at_start = SB_CUT_NO_PAUSE_BEFORE | SB_CUT_ESTIMATED_START,
                      at_end = SB_CUT_NO_PAUSE_AFTER | SB_CUT_ESTIMATED_END;

static void an_edge_between_sentences_needs_more_than_its_words(void **user)
{
    (void)user;
    unsigned others = at_end | SB_CUT_LOW_CONFIDENCE;
    assert_int_equal(resolved(&passed, (sb_reheard_edge){.quiet = 0}, false), others);
    assert_int_equal(resolved(&passed, (sb_reheard_edge){.quiet = 0}, true), others | at_start);
    assert_int_equal(resolved(&passed, (sb_reheard_edge){.quiet = SB_REAL_PAUSE}, false), others | at_start);
}

/* The program says once that the transcript may not belong to the audio. The certificate of each clip says so
 * too, as a failed check. */
static void a_clip_of_an_uncertain_pair_needs_no_second_warning(void **user)
{
    (void)user;
    sb_certificate c = passed;
    sb_reheard_edge apart = {.margin = 60 * SB_TIME_MS};
    unsigned all = at_start | at_end | SB_CUT_LOW_CONFIDENCE | SB_CUT_UNSURE_PAIRING;
    c.failed = SB_CERTIFICATE_PAIRING;
    assert_int_equal(resolved(&c, apart, false), all);
    c.last_word_whole = SB_ANSWER_UNKNOWN;
    assert_int_equal(resolved(&c, apart, false), 0);
    c.last_word_whole = SB_ANSWER_YES;
    c.failed |= SB_CERTIFICATE_WORDS;
    assert_int_equal(resolved(&c, apart, false), 0);
    c.failed = SB_CERTIFICATE_PAIRING;
    c.acoustic = false;
    c.first_word_whole = c.last_word_whole = SB_ANSWER_UNKNOWN;
    assert_int_equal(resolved(&c, apart, false), 0);
}

/* Noise hides the pause, but both words are heard some distance from the cut. */
static void an_edge_far_from_both_words_is_certain(void **user)
{
    (void)user;
    unsigned others = at_end | SB_CUT_LOW_CONFIDENCE;
    assert_int_equal(resolved(&passed, (sb_reheard_edge){.margin = 60 * SB_TIME_MS}, false),
                     others | at_start);
    assert_int_equal(resolved(&passed, (sb_reheard_edge){.margin = 30 * SB_TIME_MS}, false), others);
    assert_int_equal(resolved(&passed, (sb_reheard_edge){.margin = SB_TIME_NONE}, false), others);
}

static void a_clip_is_placed_by_its_outer_words_or_by_pauses(void **user)
{
    (void)user;
    sb_certificate c = passed;
    c.first_word_whole = SB_ANSWER_UNKNOWN;
    assert_int_equal(resolved(&c, (sb_reheard_edge){.quiet = 0}, true), at_end);
    assert_int_equal(resolved(&c, (sb_reheard_edge){.quiet = SB_REAL_PAUSE}, true),
                     at_end | SB_CUT_LOW_CONFIDENCE);
    c.failed = SB_CERTIFICATE_WORDS;
    assert_int_equal(resolved(&c, (sb_reheard_edge){.quiet = SB_REAL_PAUSE}, true), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(checks_have_names),
        cmocka_unit_test(json_reads_back),
        cmocka_unit_test(a_missing_certificate_is_null),
        cmocka_unit_test(energy_alignments_have_no_word_checks),
        cmocka_unit_test(columns_fit_their_names),
        cmocka_unit_test(words_are_counted_through_the_text),
        cmocka_unit_test(an_edge_between_sentences_needs_more_than_its_words),
        cmocka_unit_test(a_clip_of_an_uncertain_pair_needs_no_second_warning),
        cmocka_unit_test(an_edge_far_from_both_words_is_certain),
        cmocka_unit_test(a_clip_is_placed_by_its_outer_words_or_by_pauses),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
