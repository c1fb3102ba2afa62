#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "acoustic/acoustic.h"
#include "pronounce/pronounce.h"
#include "pronounce/spoken/spoken.h"
#include "support_memory.h"
#include "support_skip.h"

static bool never_known(const void *user, const char *word)
{
    (void)user, (void)word;
    return false;
}

/* Only the words of this sentence are known. */
static bool in_sentence(const void *user, const char *word)
{
    const char *at = strstr(user, word);
    size_t size = strlen(word);
    while (at && ((at > (const char *)user && at[-1] != ' ') || (at[size] != ' ' && at[size] != '\0')))
        at = strstr(at + 1, word);
    return at != NULL;
}

static void check_number(const char *text, const char *first, const char *another)
{
    sb_sayings s = {.n_items = 0};
    if (sb_number_sayings(&s, text) != strlen(text))
        fail_msg("\"%s\" is not read whole", text);
    if (s.n_items == 0 || strcmp(s.items[0], first) != 0)
        fail_msg("\"%s\" is \"%s\", not \"%s\"", text, s.n_items ? s.items[0] : "", first);
    for (size_t i = 0; another && i < s.n_items; i++)
        if (strcmp(s.items[i], another) == 0)
            return;
    if (another) {
        for (size_t i = 0; i < s.n_items; i++)
            print_message("  %s\n", s.items[i]);
        fail_msg("\"%s\" is not said \"%s\"", text, another);
    }
}

static void test_numbers(void **state)
{
    (void)state;
    check_number("0", "zero", NULL);
    check_number("21", "twenty one", NULL);
    check_number("100", "one hundred", "a hundred");
    check_number("2,500,000", "two million five hundred thousand", NULL);
    check_number("2,500", "two thousand five hundred", "twenty five hundred");
    check_number("1,001", "one thousand one", "one thousand and one");
    check_number("747", "seven hundred forty seven", "seven forty seven");
    check_number("007", "zero zero seven", "oh oh seven");
    check_number(
        "999999999999999999",
        "nine hundred ninety nine quadrillion nine hundred ninety nine trillion nine hundred ninety nine "
        "billion "
        "nine hundred ninety nine million nine hundred ninety nine thousand nine hundred ninety nine",
        NULL);
    check_number("3.14", "three point one four", "three point fourteen");
    check_number("0.5", "zero point five", "point five");
    check_number(".5", "zero point five", "oh point five");
}

static void test_years(void **state)
{
    (void)state;
    check_number("1995", "nineteen ninety five", "one thousand nine hundred ninety five");
    check_number("2005", "two thousand five", "twenty oh five");
    check_number("2020", "twenty twenty", "two thousand and twenty");
    check_number("1900", "nineteen hundred", NULL);
    check_number("2000", "two thousand", NULL);
    check_number("1990s", "nineteen nineties", NULL);
    check_number("1980's", "nineteen eighties", NULL);
}

static void test_ranks_money_and_time(void **state)
{
    (void)state;
    check_number("70th", "seventieth", NULL);
    check_number("2nd", "second", NULL);
    check_number("21st", "twenty first", NULL);
    check_number("112th", "one hundred twelfth", "one hundred and twelfth");
    check_number("$5", "five dollars", "five");
    check_number("$1", "one dollar", NULL);
    check_number("$5.50", "five dollars and fifty cents", "five fifty");
    check_number("$0.99", "ninety nine cents", NULL);
    check_number("$2.5M", "two point five million dollars", "two point five million");
    check_number("\xE2\x82\xAC"
                 "3bn",
                 "three billion euros", NULL);
    check_number("\xC2\xA3"
                 "1.20",
                 "one pound and twenty pence", "one pound twenty");
    check_number("50%", "fifty percent", NULL);
    check_number("2.5%", "two point five percent", NULL);
    check_number("10k", "ten thousand", NULL);
    check_number("3:30", "three thirty", NULL);
    check_number("3:05", "three oh five", NULL);
    check_number("10:00", "ten", "ten o'clock");
}

static void check_word(const char *word, const char *known, const char *first, const char *another)
{
    sb_sayings s;
    assert_int_equal(sb_word_sayings(&s, word, known ? in_sentence : never_known, known, NULL), SB_OK);
    if (s.n_items == 0 || strcmp(s.items[0], first) != 0)
        fail_msg("\"%s\" is \"%s\", not \"%s\"", word, s.n_items ? s.items[0] : "", first);
    for (size_t i = 0; another && i < s.n_items; i++)
        if (strcmp(s.items[i], another) == 0)
            return;
    if (another)
        fail_msg("\"%s\" is not said \"%s\"", word, another);
}

static void check_silent(const char *word)
{
    sb_sayings s;
    assert_int_equal(sb_word_sayings(&s, word, never_known, NULL, NULL), SB_OK);
    assert_int_equal(s.n_items, 0);
}

static void test_words(void **state)
{
    (void)state;
    check_word("Hello,", "hello", "hello", NULL);
    check_word("\xE2\x80\x9CWe\xE2\x80\x99ll\xE2\x80\x9D", "we'll", "we'll", NULL);
    check_word("caf\xC3\xA9.", "cafe", "cafe", NULL);
    check_word("'em", "'em", "'em", NULL);
    check_word("Dr.", NULL, "doctor", NULL);
    check_word("etc.,", NULL, "et cetera", NULL);
    check_word("R&D", NULL, "R and D", NULL);
    check_word("state-of-the-art", "state of the art", "state of the art", NULL);
    check_word("x-ray", "x-ray ray", "x-ray", NULL);
    check_silent("--");
    check_silent("");
    check_silent("...");
}

static void test_initialisms(void **state)
{
    (void)state;
    check_word("GPT", NULL, "G P T", NULL);
    check_word("POCs", NULL, "P O C ~s", NULL);
    check_word("GPUs,", NULL, "G P U ~s", NULL);
    check_word("API", "api", "api", "A P I");
    check_word("U.S.", NULL, "U S", NULL);
    check_word("GPT-4", NULL, "G P T four", NULL);
    check_word("B2B", NULL, "B two B", NULL);
    check_word("ML", "ml", "ml", "M L");
    check_word("I", "i", "i", NULL);
    check_word("SNAFU", NULL, "S N A F U", "snafu");
}

static void test_compounds(void **state)
{
    (void)state;
    check_word("XGBoost", "boost", "X G boost", NULL);
    check_word("OpenAI", "open", "open A I", NULL);
    check_word("iPhone", "phone", "I phone", NULL);
    check_word("McDonald", "mcdonald", "mcdonald", NULL);
    check_word("Huggingface", "hugging face", "hugging face", "huggingface");
    check_word("Rauwendaal's", "rauwendaal", "rauwendaal ~s", NULL);
    check_word("podcasted", "podcast", "podcast ~d", NULL);
    check_word("node.js", "node", "node dot js", NULL);
    check_word("$5-a-day", "a day", "five dollars a day", NULL);
}

static void check_way(const sb_lexicon *l, size_t lexeme, size_t way, const char *phones)
{
    assert_true(way < l->lexemes[lexeme].n_ways);
    char *text = sb_spoken_way_text(&l->lexemes[lexeme].ways[way]);
    assert_string_equal(text, phones);
    free(text);
}

static sb_dictionary *dictionary_of(const char *text)
{
    sb_dictionary *dictionary;
    assert_int_equal(sb_dictionary_read(&dictionary, text, strlen(text), NULL, NULL), SB_OK);
    return dictionary;
}

static void test_user_dictionary(void **state)
{
    (void)state;
    static const char *const words[] = {"Kubectl,", "hello", "kubectl,", "Kubectl,", "--"};
    sb_dictionary *user =
        dictionary_of(";;; ours\nkubectl K Y UW1 B K AH0 T AH1 L\nHELLO HH AH L OW # greeting\n"
                      "kubectl(2) K UW B K AH T AH L\nhello(2) HH EH L OW");
    sb_lexicon_params params = {.user = user};
    sb_lexicon l;
    assert_int_equal(sb_lexicon_make(&l, words, 5, &params, NULL), SB_OK);
    assert_int_equal(l.n_lexemes, 4);
    assert_int_equal(l.lexeme_of[3], 0);
    assert_int_equal(l.lexeme_of[2], 2);
    check_way(&l, 0, 0, "K Y UW B K AH T AH L");
    check_way(&l, 0, 1, "K UW B K AH T AH L");
    check_way(&l, 1, 1, "HH EH L OW");
    assert_false(l.lexemes[0].guessed);
    assert_int_equal(l.lexemes[3].n_ways, 0);
    sb_lexicon_finish(&l);
    sb_dictionary_free(&user);
}

static void test_letter_with_ending(void **state)
{
    (void)state;
    sb_speller *speller;
    assert_int_equal(sb_speller_create(&speller, NULL), SB_OK);
    if (!speller)
        skip_because("espeak-ng is not installed");
    sb_speller_free(&speller);
    static const char *const words[] = {"B's"};
    sb_dictionary *user = dictionary_of("hello HH AH L OW\n");
    sb_lexicon_params params = {.user = user};
    sb_lexicon l;
    assert_int_equal(sb_lexicon_make(&l, words, 1, &params, NULL), SB_OK);
    check_way(&l, 0, 0, "B IY Z");
    sb_lexicon_finish(&l);
    sb_dictionary_free(&user);
}

static void test_any_spelling_of_a_user(void **state)
{
    (void)state;
    static const char *const words[] = {"MÜLLER!", "k8s",   "Node.js.",        "GPT", "GPT-4", "(Dr.",
                                        "C++,",    "1995.", "gpt\xE2\x80\x99s"};
    sb_dictionary *user =
        dictionary_of("\xEF\xBB\xBFMüller M Y UW L ER\r\nK8s K EY T S\r\nnode.js N OW D\r\n"
                      "gpt G AH P\r\ngpt-4 G AH P F AO R\r\ndr. D AA K\r\nc++ S IY\r\n1995 N AO\r\n");
    sb_lexicon_params params = {.user = user};
    sb_lexicon l;
    assert_int_equal(sb_lexicon_make(&l, words, 9, &params, NULL), SB_OK);
    check_way(&l, 0, 0, "M Y UW L ER");
    check_way(&l, 1, 0, "K EY T S");
    check_way(&l, 2, 0, "N OW D");
    check_way(&l, 3, 0, "G AH P");
    check_way(&l, 4, 0, "G AH P F AO R");
    check_way(&l, 5, 0, "D AA K");
    check_way(&l, 6, 0, "S IY");
    check_way(&l, 7, 0, "N AO");
    check_way(&l, 8, 0, "G AH P S");
    assert_int_equal(l.lexemes[3].n_ways, 1);
    sb_lexicon_finish(&l);
    sb_dictionary_free(&user);
}

static void check_bad(const char *text, int64_t line, int64_t column, const char *message)
{
    sb_dictionary *dictionary;
    sb_error err = {0};
    assert_int_equal(sb_dictionary_read(&dictionary, text, strlen(text), "my.dict", &err), SB_ERR_FORMAT);
    assert_null(dictionary);
    assert_string_equal(err.file, "my.dict");
    assert_int_equal(err.line, line);
    assert_int_equal(err.column, column);
    if (!strstr(err.message, message))
        fail_msg("\"%s\" lacks \"%s\"", err.message, message);
}

static void test_bad_user_dictionary(void **state)
{
    (void)state;
    check_bad("hello HH AH L OW\n\nworld W ER XX D\n", 3, 12, "'XX' is not a phone");
    check_bad("hello", 1, 1, "is not a dictionary entry");
    check_bad(";;;\nhello   # nothing\n", 2, 1, "is not a dictionary entry");
    check_bad("{\"words\": 1}", 1, 11, "'1}' is not a phone");
    char text[1024] = "long";
    for (int i = 0; i < 101; i++)
        strcat(text, " AH");
    check_bad(text, 1, 1, "has more than 100 phones");
}

static void test_any_bytes_as_dictionary(void **state)
{
    (void)state;
    static const char bytes[] = "ab AH#;()2\xC3\xBC\xFF\n\n\t\r ";
    uint64_t random = 1;
    for (int i = 0; i < 3000; i++) {
        char text[40];
        for (size_t k = 0; k < sizeof text; k++) {
            random = random * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
            text[k] = bytes[(random >> 33) % sizeof bytes];
        }
        sb_dictionary *dictionary;
        sb_status status = sb_dictionary_read(&dictionary, text, i % sizeof text, NULL, NULL);
        assert_true(status == SB_OK ? dictionary != NULL : status == SB_ERR_FORMAT && !dictionary);
        sb_dictionary_free(&dictionary);
    }
}

static void test_reading_without_memory(void **state)
{
    (void)state;
    static const char text[] = "hello HH AH L OW\nMüller M Y UW L ER\n";
    sb_status status = SB_ERR_MEMORY;
    size_t n = 0;
    for (; status != SB_OK && n < 1000; n++) {
        sb_dictionary *dictionary;
        memory_fail_from(n);
        status = sb_dictionary_read(&dictionary, text, sizeof text - 1, NULL, NULL);
        bool refused = memory_fail_end();
        assert_true(status == SB_OK ? dictionary != NULL : refused && status == SB_ERR_MEMORY && !dictionary);
        sb_dictionary_free(&dictionary);
    }
    assert_in_range(n, 5, 999);
}

static void test_memory(void **state)
{
    (void)state;
    static const char *const words[] = {"1995", "GPUs", "hello-world"};
    sb_dictionary *user = dictionary_of("hello HH AH L OW\nworld W ER L D\nnineteen N AY N T IY N\n"
                                        "ninety N AY N T IY\nfive F AY V\n");
    sb_lexicon_params params = {.user = user};
    sb_status status = SB_ERR_MEMORY;
    size_t n = 0;
    for (; status != SB_OK && n < 1000; n++) {
        sb_lexicon l;
        memory_fail_from(n);
        status = sb_lexicon_make(&l, words, 3, &params, NULL);
        bool refused = memory_fail_end();
        assert_true(status == SB_OK || (refused && status == SB_ERR_MEMORY));
        sb_lexicon_finish(&l);
    }
    assert_in_range(n, 10, 999);
    sb_dictionary_free(&user);
}

static void test_decoys_are_words_backwards(void **state)
{
    (void)state;
    static const char *const words[] = {"hello,", "1995", "--", "hello"};
    sb_dictionary *user = dictionary_of("hello HH AH L OW\nhello(2) HH EH L OW\n");
    sb_lexicon l, back;
    assert_int_equal(sb_lexicon_make(&l, words, 4, &(sb_lexicon_params){.user = user}, NULL), SB_OK);
    assert_int_equal(sb_lexicon_reverse(&back, &l, NULL), SB_OK);
    assert_int_equal(back.n_words, 4);
    assert_int_equal(back.n_lexemes, l.n_lexemes);
    assert_memory_equal(back.lexeme_of, l.lexeme_of, 4 * sizeof *l.lexeme_of);
    for (size_t i = 0; i < l.n_lexemes; i++) {
        assert_string_equal(back.lexemes[i].text, l.lexemes[i].text);
        assert_int_equal(back.lexemes[i].n_ways, l.lexemes[i].n_ways);
        for (size_t w = 0; w < l.lexemes[i].n_ways; w++) {
            const sb_spoken_way *way = &l.lexemes[i].ways[w], *decoy = &back.lexemes[i].ways[w];
            assert_int_equal(decoy->n_phones, way->n_phones);
            for (size_t k = 0; k < way->n_phones; k++)
                assert_int_equal(decoy->phones[k], way->phones[way->n_phones - 1 - k]);
        }
    }
    char *text = sb_spoken_way_text(&back.lexemes[back.lexeme_of[3]].ways[0]);
    assert_string_equal(text, "OW L AH HH");
    free(text);
    sb_lexicon_finish(&back);
    sb_lexicon_finish(&l);
    sb_dictionary_free(&user);
}

static void test_decoys_without_memory(void **state)
{
    (void)state;
    static const char *const words[] = {"hello", "1995", "--"};
    sb_dictionary *user = dictionary_of("hello HH AH L OW\nhello(2) HH EH L OW\n");
    sb_lexicon l;
    assert_int_equal(sb_lexicon_make(&l, words, 3, &(sb_lexicon_params){.user = user}, NULL), SB_OK);
    sb_status status = SB_ERR_MEMORY;
    size_t n = 0;
    for (; status != SB_OK && n < 1000; n++) {
        sb_lexicon back;
        memory_fail_from(n);
        status = sb_lexicon_reverse(&back, &l, NULL);
        bool refused = memory_fail_end();
        assert_true(status == SB_OK || (refused && status == SB_ERR_MEMORY && !back.lexemes));
        sb_lexicon_finish(&back);
    }
    assert_in_range(n, 5, 999);
    sb_lexicon_finish(&l);
    sb_dictionary_free(&user);
}

static void test_model_dictionary(void **state)
{
    (void)state;
    if (!sb_acoustic_model_dictionary())
        skip_because("no acoustic model on this machine");
    static const char *const words[] = {"the", "API", "1995", "GPUs", "Huggingface", "read"};
    sb_lexicon_params params = {.dictionary = sb_acoustic_model_dictionary()};
    sb_lexicon l;
    assert_int_equal(sb_lexicon_make(&l, words, 6, &params, NULL), SB_OK);
    check_way(&l, 0, 0, "DH AH");
    check_way(&l, 0, 1, "DH IY");
    check_way(&l, 1, 0, "EY P IY AY");
    check_way(&l, 2, 0, "N AY N T IY N N AY N T IY F AY V");
    check_way(&l, 3, 0, "JH IY P IY Y UW Z");
    check_way(&l, 4, 0, "HH AH G IH NG F EY S");
    assert_int_equal(l.lexemes[5].n_ways, 2);
    sb_lexicon_finish(&l);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_numbers),
        cmocka_unit_test(test_years),
        cmocka_unit_test(test_ranks_money_and_time),
        cmocka_unit_test(test_words),
        cmocka_unit_test(test_initialisms),
        cmocka_unit_test(test_compounds),
        cmocka_unit_test(test_user_dictionary),
        cmocka_unit_test(test_letter_with_ending),
        cmocka_unit_test(test_any_spelling_of_a_user),
        cmocka_unit_test(test_bad_user_dictionary),
        cmocka_unit_test(test_any_bytes_as_dictionary),
        cmocka_unit_test(test_reading_without_memory),
        cmocka_unit_test(test_memory),
        cmocka_unit_test(test_decoys_are_words_backwards),
        cmocka_unit_test(test_decoys_without_memory),
        cmocka_unit_test(test_model_dictionary),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
