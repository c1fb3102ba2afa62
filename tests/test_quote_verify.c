#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "alignment/alignment.h"
#include "soundbite/verify.h"
#include "support_memory.h"
#include "support_quote.h"

static sb_alignment *talk(void)
{
    sb_alignment *a = quote_alignment(SB_METHOD_ACOUSTIC);

    quote_add_turn(a, "Ann Lee", 1000, 4000, "What is the hardest part of the work?");
    quote_add_turn(a, "Bob Stone", 5000, 15000,
                   "The hardest part is the water. Water never sleeps, and it finds every crack. We have "
                   "built twenty-five bridges in ten years. I would do it");
    quote_add_turn(a, "Ann Lee", 15000, 16000, "Really?");
    quote_add_turn(a, "Bob Stone", 16000, 20000, "all again. Water never sleeps.");
    quote_add_turn(a, "Ann Lee", 21000, 24000, "It works because we work. That is a good place to stop.");
    return a;
}

static void quotes_are_judged(void **state)
{
    static const struct {
        const char *quote;
        sb_quote_verdict verdict;
        size_t n_places;
        const char *diffs;
    } cases[] = {
        {"water never sleeps", SB_QUOTE_VERBATIM, 2, ""},
        {"\u201cWater never sleeps; and it finds every cr\u00e4ck\u201d", SB_QUOTE_VERBATIM, 1, ""},
        {"25 bridges in 10 years", SB_QUOTE_VERBATIM, 1, ""},
        {"The hardest ... is the water", SB_QUOTE_ELIDED, 1, "... /part"},
        {"The hardest [\u2026] is the water ...", SB_QUOTE_ELIDED, 1, "... /part"},
        {"The hardest (. . .) is the water", SB_QUOTE_ELIDED, 1, "... /part"},
        {"... twenty-five bridges in ten years", SB_QUOTE_ELIDED, 1, "... /We have built"},
        {"... ... [Just] twenty-five bridges", SB_QUOTE_ELIDED, 1, "... /We have built|[] [Just]/"},
        {"[Just] ... twenty-five bridges", SB_QUOTE_ELIDED, 1, "... /We have built|[] [Just]/"},
        {"We have built ... [things] ...", SB_QUOTE_ELIDED, 1,
         "[] [things]/|... /twenty-five bridges in ten years."},
        {"... We have built twenty-five bridges", SB_QUOTE_VERBATIM, 1, ""},
        {"Water...never sleeps, and it finds", SB_QUOTE_VERBATIM, 1, ""},
        {"The hardest part is the water. Water finds every crack", SB_QUOTE_ALTERED, 1,
         "- /never sleeps, and it"},
        {"Water never rests, and it finds every crack", SB_QUOTE_ALTERED, 1, "~ rests,/sleeps,"},
        {"Water never sleeps, and it always finds every crack", SB_QUOTE_ALTERED, 1, "+ always/"},
        {"Water sleeps, and it finds every crack", SB_QUOTE_ALTERED, 1, "- /never"},
        {"The hardest part is [keeping out] the water", SB_QUOTE_VERBATIM, 1, "[] [keeping out]/"},
        {"Water never sleeps, and [the stuff] finds every crack", SB_QUOTE_VERBATIM, 1, "[] [the stuff]/it"},
        {"[F]inds every crack", SB_QUOTE_VERBATIM, 1, ""},
        {"[It] work[ed] because we work", SB_QUOTE_VERBATIM, 1, "[] [It] work[ed]/works"},
        {"it finds every little hidden crack", SB_QUOTE_ALTERED, 1, "+ little hidden/"},
        {"I would do it all again", SB_QUOTE_ALTERED, 1, "- /Really?"},
        {"in ten years. I ... again", SB_QUOTE_MISLEADING, 1, "... /would do it Really? all"},
        {"a quick brown fox jumps", SB_QUOTE_NOT_SAID, 1, NULL},
        {"water, water", SB_QUOTE_VERBATIM, 1, ""},
        {"bridges burn", SB_QUOTE_NOT_SAID, 1, NULL},
        {"quickly", SB_QUOTE_NOT_SAID, 1, NULL},
    };
    sb_alignment *a = talk();

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        sb_verification v = quote_check(a, cases[i].quote, NULL);
        char diffs[512] = "";
        if (v.n_places)
            quote_print_diffs(diffs, sizeof diffs, v.places);
        if (v.verdict != cases[i].verdict || v.n_places != cases[i].n_places ||
            (cases[i].diffs && strcmp(diffs, cases[i].diffs) != 0))
            fail_msg("%s: %s, %zu places, %s", cases[i].quote, sb_quote_verdict_name(v.verdict), v.n_places,
                     diffs);
        sb_verification_finish(&v);
    }
    sb_alignment_free(&a);
}

static void a_place_has_time_speaker_and_sentences(void **state)
{
    sb_alignment *a = talk();
    sb_verification v = quote_check(a, "it finds every crack", NULL);
    const sb_quote_place *p = v.places;

    (void)state;
    assert_int_equal(v.n_words, 4);
    assert_string_equal(p->match.speaker, "Bob Stone");
    assert_true(p->match.span.start > 5 * SB_TIME_SECOND && p->match.span.end < 15 * SB_TIME_SECOND);
    assert_string_equal(p->before, "The hardest part is the water. Water never sleeps, and");
    assert_string_equal(p->after, "We have built twenty-five bridges in ten years.");
    sb_verification_finish(&v);
    v = quote_check(a, "the hardest part is the water", NULL);
    assert_string_equal(v.places->before, "What is the hardest part of the work?");
    assert_string_equal(v.places->before_speaker, "Ann Lee");
    assert_string_equal(v.places->after_speaker, "Bob Stone");
    sb_verification_finish(&v);
    v = quote_check(a, "What is the hardest part of the work", NULL);
    assert_null(v.places->before);
    sb_verification_finish(&v);
    sb_alignment_free(&a);
}

static void a_quote_across_speakers_names_both(void **state)
{
    sb_alignment *a = talk();
    sb_verification v = quote_check(a, "the work? The hardest part is", NULL);

    (void)state;
    assert_int_equal(v.verdict, SB_QUOTE_VERBATIM);
    assert_int_equal(v.places->n_speakers, 2);
    assert_string_equal(v.places->speakers[0], "Ann Lee");
    assert_string_equal(v.places->speakers[1], "Bob Stone");
    sb_verification_finish(&v);
    v = quote_check(a, "I would do it all again", NULL);
    assert_int_equal(v.places->n_speakers, 1);
    sb_verification_finish(&v);
    sb_alignment_free(&a);
}

static void the_claimed_speaker_is_searched_first(void **state)
{
    static const struct {
        const char *quote, *speaker;
        sb_attribution attribution;
        sb_quote_verdict verdict;
    } cases[] = {
        {"Water never sleeps", "Bob Stone", SB_ATTRIBUTION_RIGHT, SB_QUOTE_VERBATIM},
        {"Water never sleeps", "stone", SB_ATTRIBUTION_RIGHT, SB_QUOTE_VERBATIM},
        {"Water never sleeps", "b*", SB_ATTRIBUTION_RIGHT, SB_QUOTE_VERBATIM},
        {"Water never sleeps", "Ann Lee", SB_ATTRIBUTION_WRONG, SB_QUOTE_WRONG_SPEAKER},
        {"Water never sleeps", "Carol", SB_ATTRIBUTION_WRONG, SB_QUOTE_WRONG_SPEAKER},
        {"Water never sleeps", "Bobby", SB_ATTRIBUTION_SIMILAR, SB_QUOTE_VERBATIM},
        {"Water never sleeps", "Bob Stoan", SB_ATTRIBUTION_SIMILAR, SB_QUOTE_VERBATIM},
        {"Water never sleeps", "Bob Miller", SB_ATTRIBUTION_WRONG, SB_QUOTE_WRONG_SPEAKER},
        {"Water never sleeps", "Anne", SB_ATTRIBUTION_WRONG, SB_QUOTE_WRONG_SPEAKER},
        {"Water never sleeps", "Dr. Stone", SB_ATTRIBUTION_RIGHT, SB_QUOTE_VERBATIM},
        {"Water never sleeps", "Bob Stone, the engineer", SB_ATTRIBUTION_RIGHT, SB_QUOTE_VERBATIM},
        {"the work? The hardest part is", "Bob", SB_ATTRIBUTION_WRONG, SB_QUOTE_WRONG_SPEAKER},
        {"the hardest part", "Ann", SB_ATTRIBUTION_RIGHT, SB_QUOTE_VERBATIM},
        {"the hardest part", "Bob", SB_ATTRIBUTION_RIGHT, SB_QUOTE_VERBATIM},
        {"the hardest part of the water", "Bob", SB_ATTRIBUTION_RIGHT, SB_QUOTE_ALTERED},
        {"a quick brown fox", "Ann", SB_ATTRIBUTION_NONE, SB_QUOTE_NOT_SAID},
    };
    sb_alignment *a = talk();

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        sb_verification v = quote_check(a, cases[i].quote, cases[i].speaker);
        if (v.attribution != cases[i].attribution || v.verdict != cases[i].verdict)
            fail_msg("%s by %s: %d, %s", cases[i].quote, cases[i].speaker, v.attribution,
                     sb_quote_verdict_name(v.verdict));
        sb_verification_finish(&v);
    }
    sb_alignment_free(&a);
}

static void words_missing_in_the_audio_are_reported(void **state)
{
    sb_alignment *a = talk();
    sb_verification v;
    char diffs[256];

    (void)state;
    for (size_t w = 7; w < 10; w++)
        quote_set_word(a, 1, w, 0, 0, SB_WORD_NOT_HEARD);
    v = quote_check(a, "Water never sleeps, and it finds every crack", NULL);
    quote_print_diffs(diffs, sizeof diffs, v.places);
    assert_int_equal(v.verdict, SB_QUOTE_NOT_HEARD);
    assert_string_equal(diffs, "! never sleeps, and/never sleeps, and");
    assert_int_equal(v.places->n_differences, 3);
    sb_verification_finish(&v);
    v = quote_check(a, "the water. Water it finds every", NULL);
    quote_print_diffs(diffs, sizeof diffs, v.places);
    assert_int_equal(v.verdict, SB_QUOTE_VERBATIM);
    assert_string_equal(diffs, "! /never sleeps, and");
    sb_verification_finish(&v);
    v = quote_check(a, "water never sleeps", NULL);
    assert_int_equal(v.n_places, 1);
    assert_int_equal(v.places->match.first_turn, 3);
    sb_verification_finish(&v);
    for (size_t w = 0; w < 8; w++)
        quote_set_word(a, 0, w, 0, 0, SB_WORD_NOT_HEARD);
    v = quote_check(a, "What is the hardest part of the work?", NULL);
    assert_int_equal(v.verdict, SB_QUOTE_NOT_HEARD);
    sb_verification_finish(&v);
    for (size_t w = 5; w < 12; w++)
        quote_set_word(a, 4, w, 0, 0, SB_WORD_NOT_HEARD);
    v = quote_check(a, "That is a good place to stop", NULL);
    assert_int_equal(v.verdict, SB_QUOTE_NOT_HEARD);
    assert_int_equal(v.places->n_unheard, 7);
    assert_int_equal(v.places->n_heard, 0);
    sb_verification_finish(&v);
    v = quote_check(a, "Who was the fastest man at that race?", NULL);
    assert_int_equal(v.verdict, SB_QUOTE_NOT_SAID);
    sb_verification_finish(&v);
    sb_alignment_free(&a);
}

static void check_evidence(const sb_alignment *a, const char *quote, sb_quote_verdict verdict, size_t n_heard)
{
    sb_verification v = quote_check(a, quote, NULL);

    if (v.verdict != verdict || !v.n_places || v.places->n_heard != n_heard)
        fail_msg("%s: %s, %zu heard", quote, sb_quote_verdict_name(v.verdict),
                 v.n_places ? v.places->n_heard : 0);
    sb_verification_finish(&v);
}

static void words_that_were_not_heard_prove_nothing(void **state)
{
    sb_alignment *a = talk();

    (void)state;
    check_evidence(a, "What is the hardest part of the work?", SB_QUOTE_VERBATIM, 8);
    for (size_t w = 0; w < 7; w++)
        quote_set_word(a, 0, w, 1000, 1100, SB_WORD_ESTIMATED);
    check_evidence(a, "What is the hardest part of the work?", SB_QUOTE_UNSURE, 1);
    check_evidence(a, "of the work? The hardest part", SB_QUOTE_VERBATIM, 4);
    check_evidence(a, "What was the easiest part of the work?", SB_QUOTE_UNSURE, 1);
    check_evidence(a, "Water never sleeps", SB_QUOTE_VERBATIM, 3);
    check_evidence(a, "part of the work?", SB_QUOTE_UNSURE, 1); /* one word may match by chance */
    quote_set_word(a, 0, 6, 1000, 1100, SB_WORD_ALIGNED);
    check_evidence(a, "part of the work?", SB_QUOTE_VERBATIM, 2);
    check_evidence(a, "work?", SB_QUOTE_VERBATIM, 1);
    for (size_t w = 9; w < 18; w++)
        quote_set_word(a, 1, w, 9000, 9100, SB_WORD_ESTIMATED);
    check_evidence(
        a, "The hardest part is the water. Water never sleeps, and it finds every crack. We have built",
        SB_QUOTE_UNSURE, 9);
    sb_alignment_free(&a);
}

static void skip_word(sb_alignment *a, size_t turn, size_t word)
{
    quote_set_word(a, turn, word, 22000, 22100, SB_WORD_ESTIMATED);
    a->turns[turn].words[word].confidence = SB_SKIPPED_CONFIDENCE;
}

static void check_doubted(const sb_alignment *a, const char *quote, sb_quote_verdict verdict,
                          const char *doubted)
{
    sb_verification v = quote_check(a, quote, NULL);

    assert_int_equal(v.verdict, verdict);
    assert_int_equal(v.n_places, 1);
    if (doubted)
        assert_string_equal(v.places->doubted, doubted);
    else
        assert_null(v.places->doubted);
    sb_verification_finish(&v);
}

static void a_skipped_word_among_clear_ones_is_doubted(void **state)
{
    sb_alignment *a = quote_alignment(SB_METHOD_ACOUSTIC);

    (void)state;
    quote_add_turn(a, "Ann Lee", 20000, 24000, "We told them it was not dust, and the engine had died.");
    check_doubted(a, "it was not dust", SB_QUOTE_VERBATIM, NULL);
    skip_word(a, 0, 5);
    check_doubted(a, "it was not dust", SB_QUOTE_UNSURE, "\"not\"");
    check_doubted(a, "it was ... dust", SB_QUOTE_MISLEADING, NULL);
    check_doubted(a, "and the engine had died", SB_QUOTE_VERBATIM, NULL);
    skip_word(a, 0, 8);
    check_doubted(a, "and the engine had died", SB_QUOTE_VERBATIM, NULL); /* no negation */
    quote_set_word(a, 0, 8, 22000, 22100, SB_WORD_ALIGNED);
    skip_word(a, 0, 9);
    check_doubted(a, "not dust, and the engine had died", SB_QUOTE_UNSURE, "\"not\"");
    a->method = SB_METHOD_ENERGY;
    check_doubted(a, "it was not dust", SB_QUOTE_VERBATIM, NULL);
    sb_alignment_free(&a);
}

static void a_word_that_was_doubted_when_heard_again_makes_it_unsure(void **state)
{
    sb_alignment *a = quote_alignment(SB_METHOD_ACOUSTIC);

    (void)state;
    quote_add_turn(a, "Ann Lee", 20000, 24000, "We hired twelve people, and it did work.");
    a->turns[0].words[2].doubt = SB_DOUBT_WORD;
    a->turns[0].words[6].doubt = SB_DOUBT_LEFT_OUT;
    check_doubted(a, "we hired twelve people", SB_QUOTE_UNSURE, "\"twelve\"");
    check_doubted(a, "we hired ten people", SB_QUOTE_ALTERED, NULL);
    check_doubted(a, "people, and it", SB_QUOTE_VERBATIM, NULL);
    sb_verification v = quote_check(a, "and it did work", NULL);
    assert_int_equal(v.verdict, SB_QUOTE_UNSURE);
    assert_null(v.places->doubted);
    assert_string_equal(v.places->unnegated, "\"did\"");
    sb_verification_finish(&v);
    sb_alignment_free(&a);
}

static void the_pairing_decides_before_the_words(void **state)
{
    sb_alignment *a = talk();

    (void)state;
    a->pairing = SB_PAIRING_UNSURE;
    check_evidence(a, "Water never sleeps", SB_QUOTE_UNSURE, 0);
    check_evidence(a, "The hardest ... is the water", SB_QUOTE_UNSURE, 0);
    check_evidence(a, "a quick brown fox jumps", SB_QUOTE_NOT_SAID, 0);
    a->pairing = SB_PAIRING_MISMATCH;
    check_evidence(a, "Water never sleeps", SB_QUOTE_NOT_HEARD, 0);
    sb_alignment_free(&a);
    a = quote_alignment(SB_METHOD_ENERGY);
    quote_add_turn(a, "Ann Lee", 1000, 4000, "What is the hardest part of the work?");
    sb_verification v = quote_check(a, "the hardest part", NULL);
    assert_int_equal(v.verdict, SB_QUOTE_VERBATIM);
    assert_false(v.has_evidence);
    sb_verification_finish(&v);
    sb_alignment_free(&a);
}

static void a_word_that_was_not_heard_is_not_verbatim(void **state)
{
    sb_alignment *a = talk();
    sb_verification v;

    (void)state;
    quote_set_word(a, 1, 10, 0, 0, SB_WORD_NOT_HEARD);
    v = quote_check(a, "Water never sleeps, and it finds every crack", NULL);
    assert_int_equal(v.verdict, SB_QUOTE_ALTERED);
    assert_int_equal(v.places->n_unheard, 1);
    assert_int_equal(v.places->n_differences, 1);
    sb_verification_finish(&v);
    quote_set_word(a, 1, 10, 8000, 8100, SB_WORD_ALIGNED);
    quote_set_word(a, 1, 7, 0, 0, SB_WORD_NOT_HEARD);
    v = quote_check(a, "Water never sleeps, and it", NULL);
    assert_int_equal(v.verdict, SB_QUOTE_NOT_HEARD);
    assert_int_equal(v.places->n_unheard, 1);
    assert_int_equal(v.places->grade, SB_GRADE_SUBSTANCE);
    sb_verification_finish(&v);
    sb_alignment_free(&a);
}

static void quotes_without_words_are_refused(void **state)
{
    static const char *const quotes[] = {"", " ", "...", "[laughs]", "[...]", "\u2014 !"};
    sb_alignment *a = talk();

    (void)state;
    for (size_t i = 0; i < sizeof quotes / sizeof *quotes; i++) {
        sb_verification v;
        sb_error err = {0};
        const sb_claim claim = {.quote = quotes[i]};
        assert_int_equal(sb_claims_verify(&v, a, &claim, 1, NULL, &err), SB_ERR_ARGUMENT);
        assert_non_null(strstr(err.message, "no words"));
    }
    sb_alignment_free(&a);
}

static void unusual_quotes_are_safe(void **state)
{
    static const char *const quotes[] = {"[[[[water", "water]]] never [", "[wat]er [] n[e]v[er] sleeps",
                                         "a[b c]d",   "\xff\xfe x",       "... [x] ... water",
                                         "water....", "([...] water"};
    sb_alignment *a = talk(), *empty = quote_alignment(SB_METHOD_ACOUSTIC);
    char *longest = malloc(60001);

    (void)state;
    for (size_t i = 0; i < sizeof quotes / sizeof *quotes; i++) {
        sb_verification v = quote_check(a, quotes[i], "*");
        sb_verification_finish(&v);
    }
    sb_verification v = quote_check(empty, "water", "Ann");
    assert_int_equal(v.verdict, SB_QUOTE_NOT_SAID);
    assert_int_equal(v.n_places, 0);
    sb_verification_finish(&v);
    memset(longest, '[', 60000);
    memcpy(longest, "water ", 6);
    longest[60000] = '\0';
    v = quote_check(a, longest, NULL);
    sb_verification_finish(&v);
    free(longest);
    sb_alignment_free(&a);
    sb_alignment_free(&empty);
}

static void json_has_all_fields(void **state)
{
    sb_alignment *a = talk();
    sb_verification v = quote_check(a, "Water never rests", "ann");
    const sb_claim claim = {.quote = "Water never rests", .speaker = "ann", .id = "q\"1"};
    sb_bytes out = {0};

    (void)state;
    sb_verification_write_json(&out, &v, &claim);
    assert_non_null(strstr(out.data,
                           "{\"id\": \"q\\\"1\", \"quote\": \"Water never rests\", \"speaker\": \"ann\", "
                           "\"verdict\": \"wrong-speaker\", \"wording\": \"altered\", \"attribution\": "
                           "\"wrong\", \"checked\": \"audio\", \"words\": 3, \"grade\": \"wording\", "
                           "\"differences\": [{\"kind\": \"changed\", \"quote\": \"rests\""));
    assert_non_null(
        strstr(out.data, "{\"kind\": \"changed\", \"quote\": \"rests\", \"said\": \"sleeps,\", \"start\": "));
    assert_non_null(strstr(out.data, "\"nearest\": null}"));
    sb_bytes_finish(&out);
    sb_verification_finish(&v);
    sb_alignment_free(&a);
}

static void running_out_of_memory_leaves_nothing(void **state)
{
    sb_alignment *a = talk();
    const sb_claim claim = {.quote = "Water [x] ... finds ev[e]ry big crack", .speaker = "Ann"};
    sb_verification v;
    bool refused = true;

    (void)state;
    for (size_t n = 0; refused; n++) {
        sb_error err = {0};
        memory_fail_from(n);
        sb_status status = sb_claims_verify(&v, a, &claim, 1, NULL, &err);
        refused = memory_fail_end();
        assert_true(status == SB_OK || refused);
        assert_true(status == SB_OK || status == SB_ERR_MEMORY);
        sb_verification_finish(&v);
    }
    sb_alignment_free(&a);
}

/* A word beside the quote that gives it another sense is named as missing. */
static void words_beside_a_quote_may_change_it(void **state)
{
    static const struct {
        const char *quote;
        sb_quote_verdict verdict;
        const char *diffs;
    } cases[] = {
        {"seven metres", SB_QUOTE_ALTERED, "- /minus"},
        {"9 litres", SB_QUOTE_ALTERED, "~ 9/-9"},
        {"4 degrees", SB_QUOTE_ALTERED, "- /negative"},
        {"the valley", SB_QUOTE_ALTERED, "- /Half"},
        {"trust the pump", SB_QUOTE_VERBATIM, ""},
        {"and we did", SB_QUOTE_VERBATIM, ""},
        {"gave up", SB_QUOTE_VERBATIM, ""},
        {"know why", SB_QUOTE_VERBATIM, ""},
        {"the old crew", SB_QUOTE_VERBATIM, ""},
        {"it is fine", SB_QUOTE_VERBATIM, ""},
        {"minus seven metres", SB_QUOTE_VERBATIM, ""},
        {"five to four", SB_QUOTE_VERBATIM, ""},
        {"half the valley", SB_QUOTE_VERBATIM, ""},
        {"did not trust the pump", SB_QUOTE_VERBATIM, ""},
        {"2 goals", SB_QUOTE_VERBATIM, ""},
        {"It cost 2", SB_QUOTE_ALTERED, "~ 2/two million."},
        {"goals, 5", SB_QUOTE_ALTERED, "~ 5/5/7"},
        {"7 of them", SB_QUOTE_ALTERED, "~ 7/5/7"},
    };
    sb_alignment *a = quote_alignment(SB_METHOD_ACOUSTIC);

    (void)state;
    quote_add_turn(
        a, "Ann Lee", 1000, 9000,
        "At minus seven metres, with -9 litres and negative four degrees. Half the valley came, and "
        "we did not trust the pump. The old crew never gave up.");
    quote_add_turn(a, "Bob Stone", 10000, 19000,
                   "No, it is fine. They don't know why. It was five to four, and then 3-2 goals, 5/7 of "
                   "them. It cost two million.");
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        sb_verification v = quote_check(a, cases[i].quote, NULL);
        char diffs[512] = "";
        if (v.n_places)
            quote_print_diffs(diffs, sizeof diffs, v.places);
        if (v.verdict != cases[i].verdict || v.n_places != 1 || strcmp(diffs, cases[i].diffs) != 0 ||
            (v.verdict == SB_QUOTE_ALTERED && v.places->grade != SB_GRADE_SUBSTANCE))
            fail_msg("%s: %s, %zu places, %s", cases[i].quote, sb_quote_verdict_name(v.verdict), v.n_places,
                     diffs);
        sb_verification_finish(&v);
    }
    sb_alignment_free(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(quotes_are_judged),
        cmocka_unit_test(words_beside_a_quote_may_change_it),
        cmocka_unit_test(a_place_has_time_speaker_and_sentences),
        cmocka_unit_test(a_quote_across_speakers_names_both),
        cmocka_unit_test(the_claimed_speaker_is_searched_first),
        cmocka_unit_test(words_missing_in_the_audio_are_reported),
        cmocka_unit_test(words_that_were_not_heard_prove_nothing),
        cmocka_unit_test(a_skipped_word_among_clear_ones_is_doubted),
        cmocka_unit_test(a_word_that_was_doubted_when_heard_again_makes_it_unsure),
        cmocka_unit_test(the_pairing_decides_before_the_words),
        cmocka_unit_test(a_word_that_was_not_heard_is_not_verbatim),
        cmocka_unit_test(quotes_without_words_are_refused),
        cmocka_unit_test(unusual_quotes_are_safe),
        cmocka_unit_test(json_has_all_fields),
        cmocka_unit_test(running_out_of_memory_leaves_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
