/* Numbers, dates, times, units and signs that are written in other ways. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "quote/find/find.h"
#include "support_phrase.h"
#include "support_quote.h"

/* The phrases, separated by "|", each match the middle of each text. */
static void assert_same(const char *texts, const char *phrases)
{
    char *copy = strdup(texts), *rest = NULL;
    for (char *text = strtok_r(copy, "|", &rest); text; text = strtok_r(NULL, "|", &rest)) {
        char *list = strdup(phrases), *more = NULL, whole[200];
        snprintf(whole, sizeof whole, "it was %s, then", text);
        for (char *phrase = strtok_r(list, "|", &more); phrase; phrase = strtok_r(NULL, "|", &more)) {
            phrase_fixture f = phrase_turns(whole);
            sb_pattern pattern;
            sb_hits hits = {0};
            f.text.runs = &f.runs;
            assert_int_equal(sb_pattern_init(&pattern, phrase, NULL), SB_OK);
            assert_int_equal(sb_phrase_find(&hits, &f.text, &pattern, NULL), SB_OK);
            if (hits.n_items != 1 || hits.items[0].first < 2)
                fail_msg("\"%s\" matches \"%s\" %zu times", phrase, whole, hits.n_items);
            sb_hits_finish(&hits);
            sb_pattern_finish(&pattern);
            phrase_finish(&f);
        }
        free(list);
    }
    free(copy);
}

static void assert_other(const char *text, const char *phrase)
{
    assert_phrase_hits(text, phrase, -1, "");
}

static void a_measure_has_many_forms(void **state)
{
    (void)state;
    assert_same("1 kg|one kilogram|1kg|one kilogramme", "1 kg|one kilogram|one kilogramme");
    assert_same("2 kg|two kilos|two kilograms|2 kilogrammes", "2kg|two kilos|2 kilograms");
    assert_same("1 kmh|one kilometre per hour|one kilometer an hour|1 kph",
                "1 km/h|one kilometer per hour|1kph");
    assert_same("50 miles an hour|50 mph|fifty miles per hour|50mph",
                "50 miles an hour|50 mph|50 miles per hour");
    assert_same("50 kmph|50 kilometres an hour|50 km per hour|50 Stundenkilometer|50 Kilometer pro Stunde",
                "50 km/h|fifty kilometers an hour");
    assert_same("5 kW hours|five kilowatt hours|5 kWh|5 kilowatt-hours",
                "5 kW hours|5 kWh|five kilowatt hours");
    assert_same("one kilowatt hour|1 kWh", "1 kWh|one kilowatt hour");
    assert_same("fifty miles an hour", "fifty miles|50 miles an|miles an hour|mph|an hour");
    assert_other("Mm, that was it", "millimeters");
    assert_other("50 kilometres an hour", "50 miles an hour");
    assert_other("5 kW", "5 kWh");
}

static void the_case_of_a_unit_counts(void **state)
{
    static const char *const units[] = {"mW", "MW",  "mw",  "Mb", "MB", "mb",  "Gb",
                                        "GB", "mHz", "MHz", "Mg", "mg", "mWh", "MWh"};

    (void)state;
    for (size_t i = 0; i < sizeof units / sizeof *units; i++)
        for (size_t k = 0; k < sizeof units / sizeof *units; k++) {
            char said[20], quote[20];
            snprintf(said, sizeof said, "used 5 %s.", units[i]);
            snprintf(quote, sizeof quote, "5%s%s", strlen(units[k]) > 3 ? " " : "", units[k]);
            assert_phrase_hits(said, quote, -1, i == k ? said + 5 : "");
        }
    assert_same("5 MW|5MW|five megawatts", "five megawatt|5 MW|5MW");
    assert_same("5 mW|five milliwatts", "5 milliwatt|5mW");
    assert_same("5 GB|5 gb|5 gigabytes|5GB", "5 gb|5 gigabyte");
    assert_same("5 MB|five megabytes", "5MB");
    assert_same("5 MHz|5 mhz|five megahertz", "5 MHz");
    assert_same("5 lb|5lbs|5 lbs.|five pounds", "5 lb|five pounds");
    assert_same("\u00a35|five pounds", "\u00a35");
    assert_other("we had 5 x5MB of it", "megabytes of it");
    assert_other("it was 980 mb", "980 megabytes");
}

static void a_time_has_many_forms(void **state)
{
    (void)state;
    assert_same("7.30 am|7:30 a.m.|7.30am|seven thirty am|7.30", "7.30");
    assert_same("7.30 am|7:30 a.m.|seven thirty am|7:30|seven thirty|07:30", "7:30");
    assert_same("7.30 am|7:30 a.m.|7.30am|seven thirty am", "7.30 am|7:30 am|7.30|seven thirty am");
    assert_same("7.30 Uhr|7:30 Uhr", "7.30 Uhr|7:30 Uhr");
    assert_same("um 7.30 am Montag", "um 7.30|um 7.30 am Montag|7.30 am Montag|um 7:30");
    assert_same("five to eight, 7:30 and 5, 30 more", "7:30 and 5, 30 more|7:30 and five, thirty more");
    assert_same("at 7.30. Am I late", "at 7.30|am I late|7.30 am I");
    assert_other("it was 7.30 am", "7.30 pm");
    assert_other("it was 7.30 am", "7.31");
    assert_other("it was 3-20", "3.20");
    assert_other("rose 3.16 percent", "3:16 percent");
    assert_other("rose 3:16 percent", "3.16 percent");
    assert_other("version 5.10 is", "version 5:10");
    assert_other("We had 5, 20 am I right", "5:20 am");
    assert_other("at 10. 30 am people", "10:30 am");
    assert_other("it was 5:20 am", "5, 20 am");
    assert_other("we had 45 20 am I right", "45.20");
}

static void times_make_a_range(void **state)
{
    (void)state;
    assert_same("7:30-8:30|7:30\u20138:30|7:30 to 8:30|7:30 - 8:30|seven thirty to eight thirty",
                "7:30-8:30|7:30 to 8:30");
    assert_same("11:30am-1:15pm|11.30 am to 1.15 pm", "11:30 am to 1:15 pm");
}

static void a_date_has_many_forms(void **state)
{
    (void)state;
    assert_same("May 21|21 May|21st of May|May 21st|May twenty-first|the 21st of May|May the 21st|the twenty "
                "first of May|21st May|may 21st",
                "May 21|21 May|21st of May|May 21st|May twenty-first");
    assert_same("May 21, 2020|21 May 2020|the 21st of May, twenty twenty",
                "May 21 2020|21 May 2020|21st of May, 2020");
    assert_same("on the 21st of May|on May 21", "on May 21|on May 21st|on May twenty-first");
    assert_same("the 22nd of May|May twenty-second|May 22|May 22nd",
                "22 May|May 22|May twenty second|22nd of May");
    assert_same("Jan. 5|January 5th|5 Jan", "January 5|5th of January");
    assert_same("am 21. Mai|am einundzwanzigsten Mai", "am 21. Mai|am einundzwanzigster Mai");
    assert_same("der 3. M\u00e4rz|der dritte M\u00e4rz", "der 3. M\u00e4rz");
    assert_same("May 21", "May|21");
    assert_other("it was May 21", "May 22");
    assert_other("it was May 21", "June 21");
    assert_other("the 21st of May", "2 May");
    assert_other("those 21 may leave", "May 21");
    assert_other("I saw her in May. 20 people came.", "20 May");
    assert_other("I saw her in May. 20 people came.", "20th of May");
    assert_other("In May, 20 people came.", "20 May");
    assert_other("on the 21st. May I come in?", "May 21");
    assert_same("on Sept. 20|20 Sept.|der 20. September", "September 20|20 September");
    assert_other("He went fifty miles. An hour later he slept.", "50 mph");
    assert_other("am 21. Mai", "22. Mai");
    assert_phrase_hits("on the 21st of May we left", "21st of May", -1, "21st of May");
    assert_phrase_hits("on the 21st of May we left", "May 21 we", -1, "the 21st of May we");
}

static void a_date_ends_with_its_sentence(void **state)
{
    static const struct {
        const char *said, *quote;
    } cases[] = {
        {"We had 10. June had only five dogs", "We had June 10"},
        {"He turned 30. June was happy", "turned June 30"},
        {"we had 30, June had 12", "had June 30"},
        {"There were 21. May I ask", "were May 21"},
        {"In Oct, 20 people came", "20 October"},
        {"In Jun; 20 people came", "20 June"},
        {"I am 30. April is my friend", "April 30"},
        {"There were 30. August was hot", "August 30"},
        {"Es waren am 30. May was there", "May 30"},
        {"on the 21st (May is her name)", "May 21"},
        {"at 7:30 May came", "May 30"},
        {"in June 7:30 was late", "7 June"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_other(cases[i].said, cases[i].quote);
    assert_same("on Sept. 20|on Sep. 20|on 20 Sept.|der 20. September", "September 20|20 September");
    assert_same("am 21. Mai|der 21. Mai|21. Mai|am 21 Mai", "21 May|May 21");
    assert_same("vom 3. April|bis 3. Apr.|on April 3", "3 April|April 3");
    assert_same("Jun. 5|5 June", "June 5");
}

static void a_date_is_no_other_number(void **state)
{
    static const struct {
        const char *said, *quote;
    } cases[] = {
        {"The second June meeting was long", "June 2 meeting"},
        {"The third May meeting was long", "May 3 meeting"},
        {"Sie achten Mai und Juni sehr", "8. Mai und"},
        {"I told June two things", "2 June things"},
        {"We had two June meetings", "June 2 meetings"},
        {"A third of May was wet", "May 3 was"},
        {"I read 2 of June there", "June 2"},
        {"We saw 20 2nd May people", "May 22"},
        {"im Mai achten wir", "8. Mai"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_other(cases[i].said, cases[i].quote);
    assert_same("the third of May|May third|May 3rd|May the third|3rd of May", "May 3|3 May|the 3rd of May");
    assert_same("am achten Mai|den achten Mai|dem 8. Mai", "8 May|May 8");
    assert_phrase_hits("we met on may 21 in rome", "21 May", -1, "may 21");
    assert_other("you may 21 times", "21 May");
}

static void digits_do_not_run_together(void **state)
{
    static const struct {
        const char *said, *quote;
    } cases[] = {
        {"it weighs 1,5 kg now", "weighs 15 kg"},
        {"it weighs 15 kg now", "weighs 1,5 kg"},
        {"it was 2,5 Prozent", "25 Prozent"},
        {"it was 3,5 %", "35 %"},
        {"we won 3-2 there", "won 32"},
        {"odds of 2:1 there", "of 21 there"},
        {"a 12 cup", "1/2 cup"},
        {"about 15 percent", "1/5 percent"},
        {"it was 1,25 Euro", "12,5 Euro"},
        {"it was 1,5 Euro", "15 Euro"},
        {"it was 1,5 Euro", "1 5 Euro"},
        {"it was 1,5 Euro", "1/5 Euro"},
        {"it was 1.234,56 Euro", "1.23456 Euro"},
        {"read 1.2.3 now", "1.23"},
        {"call 555-1234 now", "55 51234"},
        {"it was 0,125 l", "125 l"},
        {"x2-3 is", "x23"},
        {"he saw 10² of them", "102"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_other(cases[i].said, cases[i].quote);
    assert_same("1,5 kg|1.5 kg|1,5kg|one point five kilograms", "1,5 kg|1.5 kg");
    assert_same("10,000 people|10000 people|10 000 people|ten thousand people", "10,000 people|10000 people");
    assert_same("GPT-4|GPT4|GPT 4", "GPT-4");
    assert_same("GPT-4|GPT4", "GPT4");
    assert_same("1,500|1500", "1,500|1500");
}

static void the_point_of_a_month_may_end_the_sentence(void **state)
{
    static const char *const said[] = {
        "We met in Sept. 20 people came.",      "They left in Jun. 12 of them stayed",
        "It was sold last Dec. 3 shops closed", "We met in Sept. 20 and 21 people came",
        "in Sept. 20 was the number",           "We were four until Sept. 20 people came",
        "It grew since Dec. 3% of it is left"};
    static const char *const quotes[] = {"20 September",      "12 June",      "3 December", "20 September",
                                         "20th of September", "20 September", "3 December"};

    (void)state;
    for (size_t i = 0; i < sizeof said / sizeof *said; i++)
        assert_other(said[i], quotes[i]);
    assert_phrase_hits(said[0], "September 20 people", -1, "Sept. 20 people");
    assert_phrase_hits("on Sept. 20 people came", "20 September", -1, "Sept. 20");
    assert_phrase_hits("It was Sept. 20 when we left", "20 September", -1, "Sept. 20");
    assert_phrase_hits("It was Jun. 20, 2020, then", "20 June 2020", -1, "Jun. 20, 2020,");
    assert_phrase_hits("in Sept. 20th people", "20 September", -1, "Sept. 20th");
}

static void a_day_after_an_abbreviated_month_is_a_date(void **state)
{
    static const struct {
        const char *said, *quote, *found;
    } cases[] = {
        {"The Jan. 6 committee met", "6 January", "Jan. 6"},
        {"The Jan. 6 committee met", "the January 6th committee met", "The Jan. 6 committee met"},
        {"since the Sept. 11 people fled", "11 September", "Sept. 11"},
        {"Sept. 11 attacks", "11 September", "Sept. 11"},
        {"Between Feb. 24 and Mar. 3 we left", "24 February", "Feb. 24"},
        {"Between Feb. 24 and Mar. 3 we left", "3 March", "Mar. 3"},
        {"from Oct. 4 through Oct. 9", "4 October", "Oct. 4"},
        {"Monday, Oct. 4 at noon", "4 October", "Oct. 4"},
        {"He died Oct. 4 at home", "4 October", "Oct. 4"},
        {"He died last Oct. 4 at home", "4 October", "Oct. 4"},
        {"He died Oct. 4 of last year", "4 October", "Oct. 4"},
        {"The Oct. 7 attacks", "October 7th", "Oct. 7"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_phrase_hits(cases[i].said, cases[i].quote, -1, cases[i].found);
}

static void a_unit_after_a_hyphen_is_one(void **state)
{
    (void)state;
    assert_same("a three-minute film|a 3-min film|a 3-minute film|a three minute film",
                "a 3-min film|a three-minute film");
    assert_same("a 30-sec clip|a thirty-second clip|a 30-second clip", "30-sec clip|30-second clip");
    assert_same("a two-hour walk|a 2-hr walk|a 2-hour walk", "2-hr walk|2-hour walk");
    assert_same("3 mins|3 min|three minutes|3min", "three minutes|3 min");
    assert_same("a five-year-old|a 5-yr-old", "five-year-old|5-yr-old");
    assert_same("a 5-kg bag|a five-kilogram bag", "5-kg bag|5 kg bag");
    assert_same("a 3 min film|a 3-min film|a 3 mins film", "3-min film|3 min film|3 mins film");
    assert_same("a 10 minutes walk|a 10-min walk|a 10-minute walk|a 10 min walk", "10-min walk|10 min walk");
    assert_other("it took two years", "two year");
    assert_other("a two-year plan", "two years plan");
    assert_other("it took 1 min", "1 minutes");
}

static void signs_that_make_the_word_count(void **state)
{
    (void)state;
    assert_same("Radio+|Radio Plus|radio plus", "Radio+|radio plus|\"Radio+\"");
    assert_same("a B-|a B minus|a (B-)", "B-|B minus");
    assert_same("a B+|a B plus", "B+|B plus");
    assert_same("Radio+'s show", "Radio+'s");
    assert_same("B- but no", "B but");
    assert_same("50+ people|50 plus people|5k+ people", "people");
    assert_same("more than 40+|more than forty plus", "40+|40 plus|forty plus|40");
    assert_other("it was Radio+ then", "radio");
    assert_other("it was a B+ then", "B-");
    assert_other("it was a B- then", "B");
    assert_other("it was a B then", "B-");
    assert_other("it was Radio then", "Radio+");
    assert_same("the X plus", "the x");
}

static void telephone_numbers_are_written_in_blocks(void **state)
{
    const char *forms = "0800 123 456|0800123456|0800-123-456|0800 123456|0800-123456";

    (void)state;
    assert_same(forms, forms);
    assert_same("+44 20 7946 0958|+442079460958|+44-20-7946-0958|+44-207-946-0958",
                "+44 20 7946 0958|+442079460958");
    assert_same("01 23 45 67 89|0123456789", "01 23 45 67 89|0123456789");
    assert_phrase_hits("call 0800 123 456 now", "0800", -1, "0800");
    assert_phrase_hits("call 0800 123 456 now", "0800 123", -1, "0800 123");
    assert_other("call 0800 123 457 now", "0800123456");
    assert_phrase_hits("call 0800 123 456 24 hours a day", "0800123456", -1, "0800 123 456");
    assert_phrase_hits("call 0800 123 456 24 hours a day", "24 hours", -1, "24 hours");
    assert_phrase_hits("0800 123 456 020 7946 0958", "0800123456", -1, "0800 123 456");
    assert_phrase_hits("0800 123 456 020 7946 0958", "02079460958", -1, "020 7946 0958");
    assert_phrase_hits("01 23 45 67 89 06 12 34 56 78", "0612345678", -1, "06 12 34 56 78");
    assert_phrase_hits("unter 0171 12 34 56 78 am Montag", "017112345678", -1, "0171 12 34 56 78");
    assert_other("we had 800 123 and 456", "800123456");
    assert_other("we had 20 30 40 50", "20304050");
    assert_other("it was 05 30 then", "0530");
    assert_other("scored 007, 123 4567", "0071234567");
    assert_other("ages 12 345 678 90", "1234567890");
}

static void percentages_are_the_same_in_chinese(void **state)
{
    static const struct {
        const char *said, *quote;
    } cases[] = {
        {"百分之十五", "15%"},         {"百分之15", "15 percent"},     {"15%", "百分之十五"},
        {"百分之一百二十", "120%"},    {"百分之三点五", "3.5 %"},      {"百分之百", "100%"},
        {"百分之二十", "20 per cent"}, {"百分之九十九", "99 Prozent"}, {"15 %", "fifteen percent"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_phrase_hits(cases[i].said, cases[i].quote, -1, cases[i].said);
    assert_other("百分之十五", "16%");
    assert_other("百分之十五", "10%");
    assert_other("百分之三点五", "35%");
    assert_other("百分之二十", "2%");
    assert_other("百分之点五", "5%");
    assert_other("百分之几 of them", "5%");
    assert_phrase_hits("涨了百分之十五左右", "百分之十五", -1, "涨了百分之十五左右");
}

/* The matches of a phrase in a German text. */
static void assert_german(const char *said, const char *phrase, const char *expected)
{
    phrase_fixture f = phrase_turns(said);
    sb_pattern pattern;
    sb_hits hits = {0};
    char *text = NULL;

    f.text.runs = &f.runs;
    sb_phrase_text_finish(&f.text);
    f.alignment->transcript.language = strdup("de");
    assert_int_equal(sb_phrase_text_init(&f.text, &f.runs, NULL), SB_OK);
    f.text.runs = &f.runs;
    assert_int_equal(sb_pattern_init(&pattern, phrase, NULL), SB_OK);
    assert_int_equal(sb_phrase_find(&hits, &f.text, &pattern, NULL), SB_OK);
    if (hits.n_items)
        text = sb_runs_text(&f.runs, hits.items[0].first, hits.items[0].last);
    if (strcmp(text ? text : "", expected) != 0)
        fail_msg("\"%s\" finds \"%s\" in \"%s\"", phrase, text ? text : "", said);
    free(text);
    sb_hits_finish(&hits);
    sb_pattern_finish(&pattern);
    phrase_finish(&f);
}

static void numbers_are_german_in_a_german_text(void **state)
{
    static const char *const forms[] = {"12.400", "12400", "zwölftausendvierhundert", "12 400",
                                        "Zwölftausendvierhundert"};
    static const struct {
        const char *word, *digits;
    } words[] = {{"fünfzehn", "15"},
                 {"einundzwanzig", "21"},
                 {"hundert", "100"},
                 {"zweihundertfünf", "205"},
                 {"tausend", "1000"},
                 {"dreißigtausend", "30.000"},
                 {"neunzehnhundertneunundachtzig", "1989"},
                 {"hundertundeins", "101"},
                 {"dreihundertvierundzwanzigtausendeinhundertelf", "324111"}};

    (void)state;
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++)
        for (size_t k = 0; k < sizeof forms / sizeof *forms; k++)
            assert_german(forms[i], forms[k], forms[i]);
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        assert_german(words[i].word, words[i].digits, words[i].word);
        assert_german(words[i].digits, words[i].word, words[i].digits);
    }
    assert_german("fünfzehn Prozent", "15 %", "fünfzehn Prozent");
    assert_german("ein Haus", "1 Haus", "");
    assert_german("hundertprozentig", "100", "");
    assert_german("das waren 12.400 Euro", "12,4 Euro", "");
    assert_german("1.234.567 Euro", "1234567 Euro", "1.234.567 Euro");
    assert_german("1.234,56 Euro", "1234,56 Euro", "1.234,56 Euro");
    assert_other("it was 12.400 tons", "12400 tons");
    assert_other("we had acht of them", "8");
    assert_other("it was 12400 tons", "12.400 tons");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_measure_has_many_forms),
        cmocka_unit_test(the_case_of_a_unit_counts),
        cmocka_unit_test(a_time_has_many_forms),
        cmocka_unit_test(times_make_a_range),
        cmocka_unit_test(a_date_has_many_forms),
        cmocka_unit_test(a_date_ends_with_its_sentence),
        cmocka_unit_test(a_date_is_no_other_number),
        cmocka_unit_test(digits_do_not_run_together),
        cmocka_unit_test(the_point_of_a_month_may_end_the_sentence),
        cmocka_unit_test(a_day_after_an_abbreviated_month_is_a_date),
        cmocka_unit_test(a_unit_after_a_hyphen_is_one),
        cmocka_unit_test(signs_that_make_the_word_count),
        cmocka_unit_test(telephone_numbers_are_written_in_blocks),
        cmocka_unit_test(percentages_are_the_same_in_chinese),
        cmocka_unit_test(numbers_are_german_in_a_german_text),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
