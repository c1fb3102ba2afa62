#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/run/run.h"
#include "support_memory.h"
#include "transcript/transcript.h"

#define MAX_WORDS 64

/* The tokens of a text with words between blanks, joined by blanks. The caller frees the result. */
static char *tokens_of(const char *text, sb_tokens *tokens)
{
    char *copy = sb_copy_text(text, NULL), *rest = copy;
    const char *words[MAX_WORDS];
    size_t n_words = 0;
    for (char *word; (word = strtok_r(rest, " ", &rest)) != NULL;)
        words[n_words++] = word;
    assert_int_equal(sb_tokens_make(tokens, words, n_words, NULL), SB_OK);
    char *joined = calloc(1, 20 * strlen(text) + 40);
    for (size_t i = 0; i < tokens->n_items; i++) {
        if (i > 0)
            strcat(joined, " ");
        strcat(joined, tokens->items[i].text);
    }
    free(copy);
    return joined;
}

static void check(const char *text, const char *expected)
{
    sb_tokens tokens;
    char *joined = tokens_of(text, &tokens);
    if (strcmp(joined, expected) != 0)
        fail_msg("\"%s\" gives \"%s\", not \"%s\"", text, joined, expected);
    free(joined);
    sb_tokens_finish(&tokens);
}

static void test_words(void **state)
{
    (void)state;
    check("", "");
    check("Well, DON'T \"panic\" -- ... !", "well dont panic");
    check("a start-up (caf\xC3\xA9)", "a start up cafe");
    check("done.Then node.js", "done then node js");
    check("the U.S. e.g. 10 a.m. Ph.D", "the us eg 10 am ph d");
    check("R&D and/or", "r and d and or");
    check("\xE6\x97\xA5\xE6\x9C\xAC", "\xE6\x97\xA5 \xE6\x9C\xAC");
    check("yes\xE2\x80\x94no wait\xE2\x80\xA6what", "yes no wait what");
    check("OK okay", "okay okay");
    check("你好世界AI", "你 好 世 界 ai");
    check("人々", "人 々");
    check("\xFF ok", "okay");
}

static void test_digits(void **state)
{
    (void)state;
    check("2,500,000 2,500 1,50 12:30 3.14 1.2.3 007", "2500000 2500 1.50 12 30 3.14 1.2 3 007");
    check("1,5kg 2,5 million 0,125 1,500 1,2,3 1.234,56 10,000.5",
          "1.5 kilograms 2500000 0.125 1500 1 2 3 1.234 56 10000.5");
    check("50% $5 5$ \xE2\x82\xAC"
          "20",
          "50 percent 5 dollars 5 dollars 20 euros");
    check("$5 million", "5000000 dollars");
    check("a five dollar bill", "a 5 dollars bill");
    check("21st 22nd 1,002nd 12th 2nd", "21st 20 2nd 1000 2nd 12th 2nd");
    check("the 1980s, '80s", "the 1980s 80s");
    check("5-10 GPT-4 10x", "5 to 10 gpt 4 10x");
}

static void test_house_styles(void **state)
{
    (void)state;
    check("60 per cent, sixty percent 60%", "60 percent 60 percent 60 percent");
    check("from 20–30 people", "from 20 to 30 people");
    check("20 – 30, 20 - 30", "20 to 30 20 to 30");
    check("20 — 30", "20 30");
    check("1990-95 20%-30%", "1990 to 95 20 percent to 30 percent");
    check("3-2 555-12-34 9-11 50-50 2020-01-15", "3 2 555 12 34 9 11 50 50 2020 01 15");
    check("$10-15 million", "10 to 15000000 dollars");
    check("ten to fifteen million dollars", "10 to 15000000 dollars");
    check("$2-$3", "2 to 3 dollars");
    check("$4.5m 4.5m £3bn 20k 2bn", "4500000 dollars 4.5m 3000000000 pounds 20000 2000000000");
    check("4.5m€", "4500000 euros");
    check("-5 minus five –5", "minus 5 minus 5 5");
    check("20°C 20 degrees Celsius", "20 degrees celsius 20 degrees celsius");
    check("4½ 4¼", "4.5 4.25");
    check("four and a half, four and three quarters", "4.5 4.75");
    check("3⅛ 10² 10 m² 10⁶", "3.125 10 squared 10 m2 10 power 6");
    check("½ a mile", "half a mile");
    check("No. 7 number seven no seven No. Seven", "number 7 number 7 no 7 no 7");
    check("Mister Mr. Doctor Dr. Gen. Lee Gen Z", "mr mr dr dr general lee gen z");
    check("cannot can not can't", "can not can not cant");
    check("organise organize colour color centre center travelled",
          "organize organize color color center center traveled");
    check("A hash tag et cetera", "a hashtag etc");
}

static void test_measures(void **state)
{
    (void)state;
    check("5kg 5 kg five kilograms, five kilogrammes", "5 kilograms 5 kilograms 5 kilograms 5 kilograms");
    check("20km/h 20 km/h 20kph", "20 kph 20 kph 20 kph");
    check("1 kg one kilogram 1 kilogramme 2 kilos two kilogrammes",
          "1 kilograms 1 kilograms 1 kilograms 2 kilograms 2 kilograms");
    check("1 mg a milligram, 5 ml five millilitres", "1 milligrams a milligrams 5 milliliters 5 milliliters");
    check("5kWh five kilowatt-hours", "5 kwh 5 kilowatts hours");
    check("1 hr 2 hrs 21 hrs 1 min one minute 90mins",
          "1 hour 2 hours 21 hours 1 minute 1 minute 90 minutes");
    check("Mm, nice. GB and TB, the PM am", "mm nice gb and tb the pm am");
    check("twelve mm, 5. Mm", "12 millimeters 5 mm");
    check("ein 5 kg und zwei Kilogramm", "ein 5 kilograms und zwei kilograms");
    check("m in s g h 5 m 5 in 5 s", "m in s g h 5 m 5 in 5 s");
    check("7.30pm 7.30 pm 7:30 p.m. 7:30pm seven thirty pm", "7 30 pm 7 30 pm 7 30 pm 7 30 pm 7 30 pm");
    check("7pm 7 p.m.", "7 pm 7 pm");
    check("version 7.30, 3.5mm", "version 7.30 3.5 millimeters");
    check("7.30. Am I late?", "7.30 am i late");
    check("12 400 people, 1 250 000, 2,500", "12400 people 1250000 2500");
    check("$1 234.50, £12 400, C sharp 12 400", "1234.50 dollars 12400 pounds c# 12400");
    check("12, 400 020 794 612 12 40 1 200 30", "12 400 020 794 612 12 40 1 200 30");
    check("15 Prozent 15 pour cent 15 por ciento", "15 percent 15 percent 15 percent");
    check("5G I am", "5g i am");
}

static void test_elisions(void **state)
{
    (void)state;
    check("l'été d’accord qu'il dell'acqua aujourd'hui", "l ete d accord qu il dell acqua aujourd hui");
    check("don't I'd it's O'Brien s'pose", "dont id its obrien spose");
}

static void test_signs(void **state)
{
    (void)state;
    check("C++ C# C F#, (C#)", "c++ c# c f# c#");
    check("C plus plus C sharp F sharp", "c++ c# f#");
    check("a sharp knife", "a sharp knife");
    check(".NET ASP.NET dot net example.com dot com", ".net asp .net .net example .com .com");
    check("R&D R and D", "r and d r and d");
    check("#rain @ann hashtag rain #5", "hashtag rain at ann hashtag rain number 5");
    check("Radio+ 18+ 2+2 .5", "radio+ 18 plus 2 plus 2 0.5");
    check("well... .and so", "well and so");
    check("Ｃ＋＋ Ｃ＃ ５％", "c++ c# 5 percent");
    check("١٢٣, १२३, ১২৩, ๑๒๓", "123 123 123 123");
}

static void test_marks(void **state)
{
    (void)state;
    check("ガか", "ガ か");
    check("ｶﾞﾗｽ ガラス", "ガ ラ ス ガ ラ ス");
    check("ข้าว", "ข้ า ว");
    check("की", "की");
}

static void test_number_words(void **state)
{
    (void)state;
    check("zero one twelve ninety-nine", "0 1 12 99");
    check("one two three", "1 2 3");
    check("a hundred", "100");
    check("a hundred and five of them", "105 of them");
    check("twenty-five hundred", "2500");
    check("two thousand five hundred", "2500");
    check("two million five hundred thousand", "2500000");
    check("two million, five hundred thousand people", "2500000 people");
    check("two and a half million", "2500000");
    check("2.5 million", "2500000");
    check("two point five million", "2500000");
    check("a million and a half", "1500000");
    check("half a million", "500000");
    check("two and a half", "2.5");
    check("three point one four", "3.14");
    check("one point I made", "1 point i made");
    check("one hundred and twenty three thousand four hundred and fifty six", "123456");
    check("between one hundred and two hundred", "between 100 and 200");
    check("one thousand and two thousand", "1000 and 2000");
    check("one million million", "1000000 1000000");
    check("fifty, sixty", "50 60");
    check("ten fifteen", "10 15");
    check("two and three", "2 and 3");
    check("a man, a hundred", "a man 100");
    check("twenty. five", "20 5");
    check("five trillion and one", "5000000000001");
}

static void test_years(void **state)
{
    (void)state;
    check("nineteen ninety five", "1995");
    check("nineteen ninety-five", "1995");
    check("twenty twenty", "2020");
    check("twenty twenty-four was", "2024 was");
    check("nineteen oh five", "1905");
    check("two thousand ten", "2010");
    check("nineteen hundred", "1900");
    check("nineteen eighties", "1980s");
    check("the nineties", "the 90s");
    check("twenty five", "25");
}

static void test_ordinals(void **state)
{
    (void)state;
    check("first second third", "1st 2nd 3rd");
    check("twenty first", "21st");
    check("twenty-first", "21st");
    check("thirty second clip", "30 2nd clip");
    check("twenty-second", "20 2nd");
    check("seventieth", "70th");
    check("the hundredth", "the 100th");
    check("one hundred and first", "101st");
    check("one hundred eleventh", "111th");
    check("two thirds", "2 thirds");
    check("the millionth", "the 1000000th");
    check("one second", "1 2nd");
}

static void test_spans(void **state)
{
    (void)state;
    sb_tokens tokens;
    char *joined = tokens_of("... about twenty-five hundred well-known ones", &tokens);
    assert_string_equal(joined, "about 2500 well known ones");
    static const size_t spans[][2] = {{1, 1}, {2, 3}, {4, 4}, {4, 4}, {5, 5}};
    for (size_t i = 0; i < tokens.n_items; i++) {
        assert_int_equal(tokens.items[i].first_word, spans[i][0]);
        assert_int_equal(tokens.items[i].last_word, spans[i][1]);
    }
    free(joined);
    sb_tokens_finish(&tokens);
}

static void test_linear(void **state)
{
    (void)state;
    size_t n = 200000;
    const char **words = calloc(n, sizeof *words);
    static const char *const cycle[] = {"one", "million", "and", "a", "half", "hundred", "twenty"};
    for (size_t k = 0; k < 7; k++) {
        for (size_t i = 0; i < n; i++)
            words[i] = k ? cycle[k] : cycle[i % 7];
        sb_tokens tokens;
        assert_int_equal(sb_tokens_make(&tokens, words, n, NULL), SB_OK);
        assert_true(tokens.n_items > 0);
        sb_tokens_finish(&tokens);
    }
    free(words);
}

static void test_no_memory(void **state)
{
    (void)state;
    static const char *const words[] = {"twenty-five", "hundred", "caf\xC3\xA9s", "$5", "well-known"};
    for (size_t n = 0;; n++) {
        sb_tokens tokens;
        sb_error err = {0};
        memory_fail_from(n);
        sb_status status = sb_tokens_make(&tokens, words, 5, &err);
        bool refused = memory_fail_end();
        if (!refused)
            assert_int_equal(status, SB_OK);
        else
            assert_int_equal(status, SB_ERR_MEMORY);
        sb_tokens_finish(&tokens);
        if (!refused)
            break;
    }
}

static void syllables(const char *word, int low, int high)
{
    int n = sb_word_syllables(word);
    if (n < low || n > high)
        fail_msg("\"%s\" has %d syllables, not %d to %d", word, n, low, high);
}

static void test_syllables(void **state)
{
    (void)state;
    static const struct {
        const char *word;
        int n;
    } exact[] = {{"你好，", 2},      {"ちょっ", 2},       {"コー", 2},      {"", 0},
                 {"...", 0},         {"\xE2\x80\x94", 0}, {"the", 1},       {"made", 1},
                 {"table", 2},       {"boxes", 2},        {"baked,", 1},    {"wanted", 2},
                 {"learning.", 2},   {"machine", 2},      {"radio", 3},     {"going", 2},
                 {"saying", 2},      {"media", 3},        {"special", 2},   {"nation", 2},
                 {"quality", 3},     {"people", 2},       {"rhythm", 2},    {"hmm", 1},
                 {"don't", 1},       {"yes", 1},          {"LLMs", 3},      {"PR", 2},
                 {"NASA", 2},        {"WWW", 9},          {"7", 2},         {"2024", 5},
                 {"1995,", 5},       {"2,500", 6},        {"3.5", 3},       {"100%", 5},
                 {"caf\xC3\xA9", 2}, {"makes", 1},        {"well-known", 2}};
    for (size_t i = 0; i < sizeof exact / sizeof *exact; i++)
        syllables(exact[i].word, exact[i].n, exact[i].n);
    syllables("\xD0\xBC\xD0\xBE\xD0\xB9", 1, 1);
    syllables("\xED\x95\x9C\xEA\xB5\xAD", 2, 2);
    syllables("\xE3\x81\x8B\xE3\x81\xAA", 2, 2);
    syllables("\xD8\xB3\xD9\x84\xD8\xA7\xD9\x85", 2, 2);
    syllables("99999999999999999999999999", 26, 26);
}

static void test_punctuation(void **state)
{
    (void)state;
    static const char *const ends[] = {
        "done.",    "what?\"", "no!)", "so...", "well\xE2\x80\xA6", "I.", "\xE5\xA5\xBD\xE3\x80\x82",
        "Google.*", "etc."};
    static const char *const goes_on[] = {"",      "Dr.", "U.S.",  "e.g.", "J.",
                                          "(Mrs.", "so",  "well,", "3.5",  "."};
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++)
        assert_true(sb_word_ends_sentence(ends[i]));
    for (size_t i = 0; i + 1 < sizeof goes_on / sizeof *goes_on; i++)
        assert_false(sb_word_ends_sentence(goes_on[i]));
    assert_true(sb_word_ends_clause("well,") && sb_word_ends_clause("this:\"") &&
                sb_word_ends_clause("wait\xE2\x80\x94"));
    assert_false(sb_word_ends_clause("done.") || sb_word_ends_clause("") || sb_word_ends_clause("so"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_words),        cmocka_unit_test(test_digits),
                                       cmocka_unit_test(test_number_words), cmocka_unit_test(test_years),
                                       cmocka_unit_test(test_house_styles), cmocka_unit_test(test_measures),
                                       cmocka_unit_test(test_elisions),     cmocka_unit_test(test_signs),
                                       cmocka_unit_test(test_marks),        cmocka_unit_test(test_ordinals),
                                       cmocka_unit_test(test_spans),        cmocka_unit_test(test_linear),
                                       cmocka_unit_test(test_no_memory),    cmocka_unit_test(test_syllables),
                                       cmocka_unit_test(test_punctuation)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
