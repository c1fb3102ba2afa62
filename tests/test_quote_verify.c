#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

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

static sb_verification check(const sb_alignment *a, const char *quote, const char *speaker)
{
    sb_verification v;
    sb_error err = {0};
    const sb_claim claim = {.quote = quote, .speaker = speaker};

    if (sb_claims_verify(&v, a, &claim, 1, NULL, &err))
        fail_msg("%s: %s", quote, err.message);
    return v;
}

/* "same|-missing|+added|quoted/said|..." */
static void print_diffs(char *out, size_t size, const sb_quote_place *place)
{
    static const char *const marks[] = {"=", "-", "+", "~", "...", "[]", "!"};
    size_t n = 0;

    *out = '\0';
    for (size_t i = 0; i < place->n_diffs && n < size; i++) {
        const sb_diff *d = &place->diffs[i];
        if (d->kind == SB_DIFF_SAME)
            continue;
        n += (size_t)snprintf(out + n, size - n, "%s%s %s/%s", n ? "|" : "", marks[d->kind],
                              d->quoted ? d->quoted : "", d->said ? d->said : "");
    }
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
        sb_verification v = check(a, cases[i].quote, NULL);
        char diffs[512] = "";
        if (v.n_places)
            print_diffs(diffs, sizeof diffs, v.places);
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
    sb_verification v = check(a, "it finds every crack", NULL);
    const sb_quote_place *p = v.places;

    (void)state;
    assert_int_equal(v.n_words, 4);
    assert_string_equal(p->match.speaker, "Bob Stone");
    assert_true(p->match.span.start > 5 * SB_TIME_SECOND && p->match.span.end < 15 * SB_TIME_SECOND);
    assert_string_equal(p->before, "The hardest part is the water. Water never sleeps, and");
    assert_string_equal(p->after, "We have built twenty-five bridges in ten years.");
    sb_verification_finish(&v);
    v = check(a, "the hardest part is the water", NULL);
    assert_string_equal(v.places->before, "What is the hardest part of the work?");
    assert_string_equal(v.places->before_speaker, "Ann Lee");
    assert_string_equal(v.places->after_speaker, "Bob Stone");
    sb_verification_finish(&v);
    v = check(a, "What is the hardest part of the work", NULL);
    assert_null(v.places->before);
    sb_verification_finish(&v);
    sb_alignment_free(&a);
}

static void a_quote_across_speakers_names_both(void **state)
{
    sb_alignment *a = talk();
    sb_verification v = check(a, "the work? The hardest part is", NULL);

    (void)state;
    assert_int_equal(v.verdict, SB_QUOTE_VERBATIM);
    assert_int_equal(v.places->n_speakers, 2);
    assert_string_equal(v.places->speakers[0], "Ann Lee");
    assert_string_equal(v.places->speakers[1], "Bob Stone");
    sb_verification_finish(&v);
    v = check(a, "I would do it all again", NULL);
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
        sb_verification v = check(a, cases[i].quote, cases[i].speaker);
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
    v = check(a, "Water never sleeps, and it finds every crack", NULL);
    print_diffs(diffs, sizeof diffs, v.places);
    assert_int_equal(v.verdict, SB_QUOTE_NOT_HEARD);
    assert_string_equal(diffs, "! never sleeps, and/never sleeps, and");
    assert_int_equal(v.places->n_differences, 3);
    sb_verification_finish(&v);
    v = check(a, "the water. Water it finds every", NULL);
    print_diffs(diffs, sizeof diffs, v.places);
    assert_int_equal(v.verdict, SB_QUOTE_VERBATIM);
    assert_string_equal(diffs, "! /never sleeps, and");
    sb_verification_finish(&v);
    v = check(a, "water never sleeps", NULL);
    assert_int_equal(v.n_places, 1);
    assert_int_equal(v.places->match.first_turn, 3);
    sb_verification_finish(&v);
    for (size_t w = 0; w < 8; w++)
        quote_set_word(a, 0, w, 0, 0, SB_WORD_NOT_HEARD);
    v = check(a, "What is the hardest part of the work?", NULL);
    assert_int_equal(v.verdict, SB_QUOTE_NOT_HEARD);
    sb_verification_finish(&v);
    for (size_t w = 5; w < 12; w++)
        quote_set_word(a, 4, w, 0, 0, SB_WORD_NOT_HEARD);
    v = check(a, "That is a good place to stop", NULL);
    assert_int_equal(v.verdict, SB_QUOTE_NOT_HEARD);
    assert_int_equal(v.places->n_unheard, 7);
    assert_int_equal(v.places->n_heard, 0);
    sb_verification_finish(&v);
    v = check(a, "Who was the fastest man at that race?", NULL);
    assert_int_equal(v.verdict, SB_QUOTE_NOT_SAID);
    sb_verification_finish(&v);
    sb_alignment_free(&a);
}

static void check_evidence(const sb_alignment *a, const char *quote, sb_quote_verdict verdict, size_t n_heard)
{
    sb_verification v = check(a, quote, NULL);

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
    sb_verification v = check(a, "the hardest part", NULL);
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
    v = check(a, "Water never sleeps, and it finds every crack", NULL);
    assert_int_equal(v.verdict, SB_QUOTE_ALTERED);
    assert_int_equal(v.places->n_unheard, 1);
    assert_int_equal(v.places->n_differences, 1);
    sb_verification_finish(&v);
    quote_set_word(a, 1, 10, 8000, 8100, SB_WORD_ALIGNED);
    quote_set_word(a, 1, 7, 0, 0, SB_WORD_NOT_HEARD);
    v = check(a, "Water never sleeps, and it", NULL);
    assert_int_equal(v.verdict, SB_QUOTE_NOT_HEARD);
    assert_int_equal(v.places->n_unheard, 1);
    assert_int_equal(v.places->grade, SB_GRADE_SUBSTANCE);
    sb_verification_finish(&v);
    sb_alignment_free(&a);
}

static sb_alignment *inquiry(void)
{
    sb_alignment *a = quote_alignment(SB_METHOD_ACOUSTIC);

    quote_add_turn(
        a, "Ann Lee", 1000, 9000,
        "The council paid nine thousand pounds for the pump. We did not know about the leak, and it's "
        "been a long winter. If the rain comes back we will close the bridge in Malmo.");
    quote_add_turn(
        a, "Bob Stone", 10000, 16000,
        "It was, um, a very cold night. You saw the crack? I saw it on Monday. Nobody told the mayor.");
    quote_add_turn(
        a, "Ann Lee", 17000, 26000,
        "We never asked for the money, we asked for time. The pump, which my father and my uncle carried "
        "across the frozen river on a sledge made of old doors and two church pews that nobody wanted "
        "after the fire of that long and hungry spring, is still running.");
    quote_add_turn(a, "Bob Stone", 27000, 30000, "It was");
    quote_add_turn(a, "Ann Lee", 30000, 31000, "not");
    quote_add_turn(a, "Bob Stone", 31000, 33000, "dust in the pipes.");
    return a;
}

static void differences_have_grades(void **state)
{
    static const struct {
        const char *quote;
        sb_diff_grade grade;
    } cases[] = {
        {"The council paid nine thousand pounds", SB_GRADE_NONE},
        {"The council paid nine hundred pounds", SB_GRADE_SUBSTANCE},
        {"We didn't know about the leak", SB_GRADE_STYLE},
        {"We did know about the leak", SB_GRADE_SUBSTANCE},
        {"and it has been a long winter", SB_GRADE_WORDING},
        {"and it's been a hard winter", SB_GRADE_WORDING},
        {"It was a very cold night", SB_GRADE_STYLE},
        {"It was, um, a cold night", SB_GRADE_WORDING},
        {"we will close the bridge in Lund", SB_GRADE_SUBSTANCE},
        {"we would close the bridge in Malmo", SB_GRADE_SUBSTANCE},
        {"Paul told the mayor", SB_GRADE_SUBSTANCE},
        {"When the rain comes back we will close the bridge", SB_GRADE_SUBSTANCE},
    };
    sb_alignment *a = inquiry();

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        sb_verification v = check(a, cases[i].quote, NULL);
        if (!v.n_places || v.places->grade != cases[i].grade ||
            v.verdict != (cases[i].grade ? SB_QUOTE_ALTERED : SB_QUOTE_VERBATIM))
            fail_msg("%s: %s, grade %d", cases[i].quote, sb_quote_verdict_name(v.verdict),
                     v.n_places ? (int)v.places->grade : -1);
        sb_verification_finish(&v);
    }
    sb_alignment_free(&a);
}

static void elisions_that_mislead_are_reported(void **state)
{
    static const struct {
        const char *quote;
        unsigned misleads;
    } cases[] = {
        {"We did ... know about the leak", SB_MISLEADS_NEGATION},
        {"We did [\u2026] know about the leak", SB_MISLEADS_NEGATION},
        {"We did [indeed] know about the leak", SB_MISLEADS_NEGATION},
        {"We did not know about ... a long winter", 0},
        {"We [do not] know about the leak", 0},
        {"It was ... [not] a very cold night", SB_MISLEADS_NEGATION},
        {"[They] told the mayor", SB_MISLEADS_NEGATION},
        {"[Nobody] told the mayor", 0},
        {"... told the mayor", SB_MISLEADS_NEGATION},
        {"... we will close the bridge in Malmo", SB_MISLEADS_CONDITION},
        {"We ... asked for the money", SB_MISLEADS_NEGATION},
        {"a very cold night. ... I saw it on Monday", SB_MISLEADS_QUESTION},
        {"You saw the crack ... on Monday", SB_MISLEADS_QUESTION},
        {"close the bridge in Malmo ... a very cold night", SB_MISLEADS_SPEAKERS},
        {"close the bridge in Malmo [and it] was, um, a very cold night", SB_MISLEADS_SPEAKERS},
        {"in Malmo. ... It was, um, a very cold night", SB_MISLEADS_SPEAKERS},
        {"It was ... dust in the pipes", SB_MISLEADS_NEGATION},
        {"The pump ... is still running", SB_MISLEADS_NEGATION | SB_MISLEADS_LENGTH},
        {"The council paid ... for the pump", 0},
    };
    sb_alignment *a = inquiry();

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        sb_verification v = check(a, cases[i].quote, NULL);
        if (!v.n_places || v.places->misleads != cases[i].misleads ||
            (v.verdict == SB_QUOTE_MISLEADING) != (cases[i].misleads != 0))
            fail_msg("%s: %s, misleads %u", cases[i].quote, sb_quote_verdict_name(v.verdict),
                     v.n_places ? v.places->misleads : 99);
        sb_verification_finish(&v);
    }
    sb_alignment_free(&a);
}

static void other_languages_have_their_own_words(void **state)
{
    sb_alignment *a = quote_alignment(SB_METHOD_ACOUSTIC);

    (void)state;
    quote_add_turn(
        a, "Ann", 1000, 9000,
        "Wir haben das Geld nicht genommen, und ich habe neun Kinder. Wenn es regnet, bleiben wir zu Hause.");
    sb_verification v = check(a, "Wir haben das Geld ... genommen", NULL);
    assert_int_equal(v.verdict, SB_QUOTE_MISLEADING);
    sb_verification_finish(&v);
    v = check(a, "... bleiben wir zu Hause", NULL);
    assert_int_equal(v.places->misleads, SB_MISLEADS_CONDITION);
    sb_verification_finish(&v);
    v = check(a, "und ich habe acht Kinder", NULL);
    assert_int_equal(v.places->grade, SB_GRADE_SUBSTANCE);
    sb_verification_finish(&v);
    sb_alignment_free(&a);
}

static void words_of_others_are_not_passed_over(void **state)
{
    sb_alignment *a = inquiry();
    sb_verification v = check(a, "It was dust in the pipes", "Bob");
    char diffs[256];

    (void)state;
    print_diffs(diffs, sizeof diffs, v.places);
    assert_int_equal(v.verdict, SB_QUOTE_ALTERED);
    assert_string_equal(diffs, "- /not");
    assert_int_equal(v.places->grade, SB_GRADE_SUBSTANCE);
    assert_string_equal(v.places->diffs[1].speaker, "Ann Lee");
    sb_verification_finish(&v);
    v = check(a, "It was not dust in the pipes", "Bob");
    assert_int_equal(v.verdict, SB_QUOTE_WRONG_SPEAKER);
    assert_int_equal(v.wording, SB_QUOTE_VERBATIM);
    sb_verification_finish(&v);
    sb_alignment_free(&a);
}

/* Thousands of words, so that the backtrace uses several strides. */
static void a_long_elision_is_found_again(void **state)
{
    sb_alignment *a = quote_alignment(SB_METHOD_ACOUSTIC);
    char text[16 * 40 + 1];
    sb_verification v;

    (void)state;
    quote_add_turn(a, "Ann", 0, 1000, "The beginning was hard for all of us.");
    for (int i = 0; i < 200; i++) {
        size_t n = 0;
        for (int k = 0; k < 40; k++)
            n += (size_t)snprintf(text + n, sizeof text - n, "%sw%c%c%c", k ? " " : "", 'a' + i % 26,
                                  'a' + i / 26, 'a' + k % 26);
        quote_add_turn(a, "Ann", 1000 + i * 1000, 2000 + i * 1000, text);
    }
    quote_add_turn(a, "Ann", 300000, 302000, "And the end was easy for everybody.");
    v = check(a, "The beginning was hard for all ... and the end was easy for everyone", NULL);
    assert_int_equal(v.verdict, SB_QUOTE_MISLEADING);
    assert_int_equal(v.places->misleads, SB_MISLEADS_LENGTH);
    assert_int_equal(v.places->n_left_out, 8002);
    assert_int_equal(v.places->n_differences, 1);
    assert_string_equal(v.places->diffs[v.places->n_diffs - 1].said, "everybody.");
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
        sb_verification v = check(a, quotes[i], "*");
        sb_verification_finish(&v);
    }
    sb_verification v = check(empty, "water", "Ann");
    assert_int_equal(v.verdict, SB_QUOTE_NOT_SAID);
    assert_int_equal(v.n_places, 0);
    sb_verification_finish(&v);
    memset(longest, '[', 60000);
    memcpy(longest, "water ", 6);
    longest[60000] = '\0';
    v = check(a, longest, NULL);
    sb_verification_finish(&v);
    free(longest);
    sb_alignment_free(&a);
    sb_alignment_free(&empty);
}

static void json_has_all_fields(void **state)
{
    sb_alignment *a = talk();
    sb_verification v = check(a, "Water never rests", "ann");
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

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(quotes_are_judged),
        cmocka_unit_test(a_place_has_time_speaker_and_sentences),
        cmocka_unit_test(a_quote_across_speakers_names_both),
        cmocka_unit_test(the_claimed_speaker_is_searched_first),
        cmocka_unit_test(words_missing_in_the_audio_are_reported),
        cmocka_unit_test(words_that_were_not_heard_prove_nothing),
        cmocka_unit_test(the_pairing_decides_before_the_words),
        cmocka_unit_test(a_word_that_was_not_heard_is_not_verbatim),
        cmocka_unit_test(differences_have_grades),
        cmocka_unit_test(elisions_that_mislead_are_reported),
        cmocka_unit_test(other_languages_have_their_own_words),
        cmocka_unit_test(words_of_others_are_not_passed_over),
        cmocka_unit_test(a_long_elision_is_found_again),
        cmocka_unit_test(quotes_without_words_are_refused),
        cmocka_unit_test(unusual_quotes_are_safe),
        cmocka_unit_test(json_has_all_fields),
        cmocka_unit_test(running_out_of_memory_leaves_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
