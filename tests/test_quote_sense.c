#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>

#include <cmocka.h>

#include "soundbite/verify.h"
#include "support_quote.h"

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

static void assert_contraction(const char *said, const char *quote)
{
    sb_alignment *a = quote_alignment(SB_METHOD_ACOUSTIC);
    quote_add_turn(a, "Ann Lee", 1000, 9000, "A word or two came first, and we all know the rest.");
    quote_add_turn(a, "Bob Stone", 10000, 16000, said);
    sb_verification v = quote_check(a, quote, NULL);
    if (v.verdict != SB_QUOTE_ALTERED || v.n_places != 1 || v.places->grade != SB_GRADE_STYLE)
        fail_msg("%s of %s: %s, %zu places, grade %d", quote, said, sb_quote_verdict_name(v.verdict),
                 v.n_places, v.n_places ? (int)v.places->grade : -1);
    sb_verification_finish(&v);
    sb_alignment_free(&a);
}

static void assert_no_contraction(const char *said, const char *quote)
{
    sb_alignment *a = quote_alignment(SB_METHOD_ACOUSTIC);
    quote_add_turn(a, "Bob Stone", 10000, 16000, said);
    sb_verification v = quote_check(a, quote, NULL);
    for (size_t i = 0; i < v.n_places; i++)
        assert_int_not_equal(v.places[i].grade, SB_GRADE_STYLE);
    assert_int_not_equal(v.verdict, SB_QUOTE_VERBATIM);
    sb_verification_finish(&v);
    sb_alignment_free(&a);
}

static void contractions_are_style(void **state)
{
    static const struct {
        const char *shorter, *longer;
    } pairs[] = {
        {"I'm late", "I am late"},          {"I\u2019m late", "I am late"},
        {"she's late", "she is late"},      {"she's paid", "she has paid"},
        {"they'd paid", "they had paid"},   {"they'd pay", "they would pay"},
        {"we won't", "we will not"},        {"we don't know", "we do not know"},
        {"it isn't new", "it is not new"},  {"it's not new", "it is not new"},
        {"you can't", "you cannot"},        {"you can't", "you can not"},
        {"let's sail", "let us sail"},      {"the harbour's frozen", "the harbour is frozen"},
        {"who'll steer", "who will steer"}, {"you're right, they've won", "you are right, they have won"},
        {"that's it", "that is it"}};

    (void)state;
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        char said[100];
        snprintf(said, sizeof said, "%s, he told them. More of it came.", pairs[i].longer);
        assert_contraction(said, pairs[i].shorter);
        snprintf(said, sizeof said, "%s, he told them. More of it came.", pairs[i].shorter);
        assert_contraction(said, pairs[i].longer);
    }
    assert_no_contraction("They did pay, he told them. More of it came.", "they'd pay");
    assert_no_contraction("She does sail, he told them. More of it came.", "she's sail");
}

static void assert_grade(sb_alignment *a, const char *quote, sb_diff_grade grade)
{
    sb_verification v = quote_check(a, quote, NULL);
    if (!v.n_places || v.places->grade != grade ||
        v.verdict != (grade ? SB_QUOTE_ALTERED : SB_QUOTE_VERBATIM))
        fail_msg("%s: %s, grade %d", quote, sb_quote_verdict_name(v.verdict),
                 v.n_places ? (int)v.places->grade : -1);
    sb_verification_finish(&v);
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
        {"and it has been a long winter", SB_GRADE_STYLE},
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
        assert_grade(a, cases[i].quote, cases[i].grade);
    }
    sb_alignment_free(&a);
}

static void dates_times_and_units_are_compared(void **state)
{
    static const struct {
        const char *said, *quote;
        sb_diff_grade grade;
    } cases[] = {
        {"We met on the 21st of May, 2020, at seven thirty pm.", "We met on May 21, 2020, at 7.30 pm",
         SB_GRADE_NONE},
        {"We met on May twenty-first at 7.30 am, and left.", "We met on 21 May at 7.30", SB_GRADE_NONE},
        {"It weighs 5 kg and no more.", "It weighs five pounds", SB_GRADE_SUBSTANCE},
        {"We measured 10 mm of rain.", "We measured 10 cm of rain", SB_GRADE_SUBSTANCE},
        {"They used 3 kWh that day.", "They used 3 kilowatts that day", SB_GRADE_SUBSTANCE},
        {"It took us five days in all.", "It took us five weeks in all", SB_GRADE_SUBSTANCE},
        {"It cost him ten dollars then.", "It cost him ten euros then", SB_GRADE_SUBSTANCE},
        {"We met on May twenty-first at 7.30 am, and left.", "We met on 22 May at 7.30", SB_GRADE_SUBSTANCE},
        {"We met on the 21st of May at noon.", "We met on June 21 at noon", SB_GRADE_SUBSTANCE},
        {"We met on the 21st of May at noon.", "We met on the 21st of March at noon", SB_GRADE_SUBSTANCE},
        {"We met on the 21st of May, 2020, at noon.", "We met on 21 May 2021 at noon", SB_GRADE_SUBSTANCE},
        {"We met at 7.30 am on Monday.", "We met at 7.30 pm on Monday", SB_GRADE_SUBSTANCE},
        {"We met at 7.30 am on Monday.", "We met at 7:30 a.m. on Monday", SB_GRADE_NONE},
        {"It weighs one kilogram and does 50 miles an hour.", "It weighs 1 kg and does 50 mph",
         SB_GRADE_NONE},
        {"It weighs two kilos and needs five kilowatt hours.", "It weighs 2 kg and needs 5 kWh",
         SB_GRADE_NONE},
        {"It weighs two kilos and does 50 mph.", "It weighs 2 kg and does 50 km/h", SB_GRADE_SUBSTANCE},
        {"Wir kamen am einundzwanzigsten Mai und gingen.", "Wir kamen am 21. Mai und gingen", SB_GRADE_NONE},
        {"Wir kamen um 7.30 am Montag und gingen.", "Wir kamen um 7.30", SB_GRADE_NONE},
        {"Wir kamen am einundzwanzigsten Mai und gingen nicht.", "Wir kamen am 22. Mai und gingen",
         SB_GRADE_SUBSTANCE},
        {"Wir kamen am dritten Mai und das war nicht gut.", "Wir kamen am vierten Mai und das war",
         SB_GRADE_SUBSTANCE},
        {"Wir trafen uns am Montag und das ist gut.", "Wir trafen uns Montag und das ist gut",
         SB_GRADE_WORDING},
        {"And I am sure of the plan.", "And I sure of the plan", SB_GRADE_WORDING},
        {"We met at 7 am on Monday.", "We met at 7 on Monday", SB_GRADE_SUBSTANCE},
        {"It was -5 degrees in the shed.", "It was 5 degrees in the shed", SB_GRADE_SUBSTANCE},
        {"It was minus 5 degrees in the shed.", "It was 5 degrees in the shed", SB_GRADE_SUBSTANCE},
        {"It was 3/4 of the shed.", "It was 3-4 of the shed", SB_GRADE_SUBSTANCE},
        {"It was 1.5 of the shed.", "It was 1 5 of the shed", SB_GRADE_SUBSTANCE},
        {"It was 1/23 then and there.", "It was 12/3 then and there", SB_GRADE_SUBSTANCE},
        {"They won 3-2 that night.", "They won 3 2 that night", SB_GRADE_STYLE},
        {"They won 3-2 that night.", "They won 3:2 that night", SB_GRADE_STYLE},
        {"They won 3 2 that night.", "They won 3-2 that night", SB_GRADE_STYLE},
        {"They won 3-2 that night.", "They won 3/2 that night", SB_GRADE_SUBSTANCE},
        {"They won 3/2 that night.", "They won 3:2 that night", SB_GRADE_SUBSTANCE},
        {"They won 3/2 that night.", "They won 3 2 that night", SB_GRADE_SUBSTANCE},
        {"They won 3-2 that night.", "They won 3-2 that night", SB_GRADE_NONE},
        {"They won three two that night.", "They won 3-2 that night", SB_GRADE_NONE},
        {"It opens twenty-four seven there.", "It opens 24/7 there", SB_GRADE_NONE},
        {"They met at seven thirty on Monday.", "They met at 7:30 on Monday", SB_GRADE_NONE},
        {"They call 0800/123456 every day.", "They call 0800 123 456 every day", SB_GRADE_NONE},
        {"They call 01 23 45 67 89 now.", "They call 01-23-45-67-89 now", SB_GRADE_NONE},
        {"They call 0800123456 every day.", "They call 0800/123456 every day", SB_GRADE_NONE},
        {"They call 0800/123456 every day.", "They call 0800 123456 every day", SB_GRADE_NONE},
        {"They call 0800/123456 every day.", "They call 0800-123456 every day", SB_GRADE_NONE},
        {"Then on 9/11 we left the shed.", "Then on 9-11 we left the shed", SB_GRADE_NONE},
        {"It opens 24/7 in the shed.", "It opens 24-7 in the shed", SB_GRADE_NONE},
        {"It is 50/50 in the shed.", "It is 50 50 in the shed", SB_GRADE_NONE},
        {"It is 50/50 in the shed.", "It is 50:50 in the shed", SB_GRADE_SUBSTANCE},
        {"They left on 2024-05-06 and came back.", "They left on 2024/05/06 and came back", SB_GRADE_NONE},
        {"They left on 5/6/2024 and came back.", "They left on 5 6 2024 and came back", SB_GRADE_NONE},
        {"We won in 1990 91 in the cup.", "We won in 1990/91 in the cup", SB_GRADE_NONE},
        {"We won in 1999/00 in the cup.", "We won in 1999-00 in the cup", SB_GRADE_NONE},
        {"We won in 1990/1991 in the cup.", "We won in 1990 1991 in the cup", SB_GRADE_NONE},
        {"It was 1/100 of the shed.", "It was 1 100 of the shed", SB_GRADE_SUBSTANCE},
        {"It was 1/100 of the shed.", "It was 1-100 of the shed", SB_GRADE_SUBSTANCE},
        {"They had 5/5 in the shed.", "They had 5-5 in the shed", SB_GRADE_SUBSTANCE},
        {"It was 3/4-5 of the shed.", "It was 3-4-5 of the shed", SB_GRADE_SUBSTANCE},
        {"It was 1 2/3 of the shed.", "It was 1 2 3 of the shed", SB_GRADE_SUBSTANCE},
        {"It was 1250/20 in the shed.", "It was 1250-20 in the shed", SB_GRADE_SUBSTANCE},
        {"Wir trafen uns um 7.30 Uhr am Montag.", "Wir trafen uns um 7:30 Uhr am Montag", SB_GRADE_NONE},
        {"They won 3-2 that night.", "2 that night", SB_GRADE_NONE},
        {"We all watch Radio+ in the shed.", "We all watch Radio in the shed", SB_GRADE_SUBSTANCE},
        {"We all watch Radio Plus in the shed.", "We all watch Radio+ in the shed", SB_GRADE_NONE},
        {"He got a D+ in the end.", "He got a D- in the end", SB_GRADE_WORDING},
        {"A rise of 15% is what we saw.", "A rise of fifteen per cent is what we saw", SB_GRADE_NONE},
        {"It was a three-minute film then.", "It was a 3-min film then", SB_GRADE_NONE},
        {"It was 3/20 of the shed.", "It was 3:20 of the shed", SB_GRADE_SUBSTANCE},
        {"It rose by 3.16 percent there.", "It rose by 3:16 percent there", SB_GRADE_SUBSTANCE},
        {"It used 5 MW of power there.", "It used 5 mW of power there", SB_GRADE_SUBSTANCE},
        {"Mm, that is what we need here.", "millimeters, that is what we need here", SB_GRADE_SUBSTANCE},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        sb_alignment *a = quote_alignment(SB_METHOD_ACOUSTIC);
        quote_add_turn(a, "Ann", 1000, 9000, cases[i].said);
        assert_grade(a, cases[i].quote, cases[i].grade);
        sb_alignment_free(&a);
    }
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
        sb_verification v = quote_check(a, cases[i].quote, NULL);
        if (!v.n_places || v.places->misleads != cases[i].misleads ||
            (v.verdict == SB_QUOTE_MISLEADING) != (cases[i].misleads != 0))
            fail_msg("%s: %s, misleads %u", cases[i].quote, sb_quote_verdict_name(v.verdict),
                     v.n_places ? v.places->misleads : 99);
        sb_verification_finish(&v);
    }
    sb_alignment_free(&a);
}

static void denials_need_no_not(void **state)
{
    static const struct {
        const char *quote;
        unsigned misleads;
    } cases[] = {
        {"The mayor ... sign the contract", SB_MISLEADS_NEGATION},
        {"We will pay for the pump", 0},
        {"We will pay for the pump ... by spring", SB_MISLEADS_CONDITION},
        {"They walked ... waiting for us", SB_MISLEADS_NEGATION},
    };
    sb_alignment *a = quote_alignment(SB_METHOD_ACOUSTIC);

    (void)state;
    quote_add_turn(
        a, "Ann Lee", 1000, 9000,
        "The mayor refused to sign the contract. We will pay for the pump subject to a vote by spring. "
        "They walked away instead of waiting for us.");
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        sb_verification v = quote_check(a, cases[i].quote, NULL);
        if (!v.n_places || v.places->misleads != cases[i].misleads)
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
    sb_verification v = quote_check(a, "Wir haben das Geld ... genommen", NULL);
    assert_int_equal(v.verdict, SB_QUOTE_MISLEADING);
    sb_verification_finish(&v);
    v = quote_check(a, "... bleiben wir zu Hause", NULL);
    assert_int_equal(v.places->misleads, SB_MISLEADS_CONDITION);
    sb_verification_finish(&v);
    v = quote_check(a, "und ich habe acht Kinder", NULL);
    assert_int_equal(v.places->grade, SB_GRADE_SUBSTANCE);
    sb_verification_finish(&v);
    sb_alignment_free(&a);
}

static void negations_of_many_languages(void **state)
{
    static const struct {
        const char *text, *quote;
        unsigned misleads;
    } cases[] = {
        {"Vom închide școala dacă este de acord. El nu a mințit și noi știm.", "El ... a mințit",
         SB_MISLEADS_NEGATION},
        {"Školu zavřeme, pokud rada souhlasí, a to je tak.", "Školu zavřeme ... rada souhlasí",
         SB_MISLEADS_CONDITION},
        {"Suljemme koulun, jos neuvosto suostuu, ja se on niin.", "Suljemme koulun ... neuvosto suostuu",
         SB_MISLEADS_CONDITION},
        {"Ez az, hogy nem hazudott, és az is egy dolog.", "hogy ... hazudott", SB_MISLEADS_NEGATION},
        {"سنغلق المدرسة إذا وافق المجلس على هذا في المدينة", "سنغلق المدرسة ... وافق المجلس",
         SB_MISLEADS_CONDITION},
        {"उसने झूठ नहीं बोला और यह सच है", "उसने झूठ ... बोला", SB_MISLEADS_NEGATION},
        {"הוא לא שיקר כי זה היה קשה", "הוא ... שיקר", SB_MISLEADS_NEGATION},
        {"Kami tidak setuju dengan itu dan ini", "Kami ... setuju", SB_MISLEADS_NEGATION},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        sb_alignment *a = quote_alignment(SB_METHOD_ACOUSTIC);
        quote_add_turn(a, "Ann", 1000, 9000, cases[i].text);
        sb_verification v = quote_check(a, cases[i].quote, NULL);
        if (!v.n_places || v.places->misleads != cases[i].misleads)
            fail_msg("%s: %s, misleads %u", cases[i].quote, sb_quote_verdict_name(v.verdict),
                     v.n_places ? v.places->misleads : 99);
        sb_verification_finish(&v);
        sb_alignment_free(&a);
    }
}

static void words_of_others_are_not_passed_over(void **state)
{
    sb_alignment *a = inquiry();
    sb_verification v = quote_check(a, "It was dust in the pipes", "Bob");
    char diffs[256];

    (void)state;
    quote_print_diffs(diffs, sizeof diffs, v.places);
    assert_int_equal(v.verdict, SB_QUOTE_ALTERED);
    assert_string_equal(diffs, "- /not");
    assert_int_equal(v.places->grade, SB_GRADE_SUBSTANCE);
    assert_string_equal(v.places->diffs[1].speaker, "Ann Lee");
    sb_verification_finish(&v);
    v = quote_check(a, "It was not dust in the pipes", "Bob");
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
    v = quote_check(a, "The beginning was hard for all ... and the end was easy for everyone", NULL);
    assert_int_equal(v.verdict, SB_QUOTE_MISLEADING);
    assert_int_equal(v.places->misleads, SB_MISLEADS_LENGTH);
    assert_int_equal(v.places->n_left_out, 8002);
    assert_int_equal(v.places->n_differences, 1);
    assert_string_equal(v.places->diffs[v.places->n_diffs - 1].said, "everybody.");
    sb_verification_finish(&v);
    sb_alignment_free(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(contractions_are_style),
        cmocka_unit_test(differences_have_grades),
        cmocka_unit_test(dates_times_and_units_are_compared),
        cmocka_unit_test(elisions_that_mislead_are_reported),
        cmocka_unit_test(denials_need_no_not),
        cmocka_unit_test(negations_of_many_languages),
        cmocka_unit_test(other_languages_have_their_own_words),
        cmocka_unit_test(words_of_others_are_not_passed_over),
        cmocka_unit_test(a_long_elision_is_found_again),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
