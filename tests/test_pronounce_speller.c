#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "acoustic/acoustic.h"
#include "pronounce/pronounce.h"
#include "support_skip.h"

static void check_way(const sb_lexicon *l, size_t lexeme, size_t way, const char *phones)
{
    assert_true(way < l->lexemes[lexeme].n_ways);
    char *text = sb_spoken_way_text(&l->lexemes[lexeme].ways[way]);
    assert_string_equal(text, phones);
    free(text);
}

static sb_speller *open_speller(void)
{
    sb_speller *speller;
    assert_int_equal(sb_speller_create(&speller, NULL), SB_OK);
    if (!speller)
        skip_because("espeak-ng is not installed");
    return speller;
}

static void check_way_of(const sb_ipa_word *word, size_t which, const char *expected)
{
    sb_phone phones[SB_WAY_PHONES_MAX];
    sb_spoken_way way = {
        phones, which < sb_ipa_word_ways(word) ? sb_ipa_word_say(word, which, phones, SB_WAY_PHONES_MAX) : 0};
    char *text = sb_spoken_way_text(&way);
    assert_string_equal(text ? text : "", expected);
    free(text);
}

/* `expected`: all ways, separated by '|'. */
static void check_ways(sb_speller *speller, const char *language, const char *word, const char *expected)
{
    sb_ipa_word read;
    char copy[400], *rest = copy;
    size_t n = 0;
    assert_int_equal(sb_speller_read(speller, language, &word, 1, &read, NULL), SB_OK);
    snprintf(copy, sizeof copy, "%s", expected);
    for (char *one; (one = strtok_r(rest, "|", &rest)) != NULL;)
        check_way_of(&read, n++, one);
    assert_int_equal(sb_ipa_word_ways(&read), n);
}

static void test_spelling(void **state)
{
    (void)state;
    sb_speller *speller = open_speller();
    static const char *const cases[][2] = {{"hello", "HH AH L OW"},    {"judge", "JH AH JH"},
                                           {"thing", "TH IH NG"},      {"church", "CH ER CH"},
                                           {"vision", "V IH ZH AH N"}, {"card", "K AA R D"}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        check_ways(speller, "en", cases[i][0], cases[i][1]);
    sb_speller_free(&speller);
    assert_null(speller);
}

static void test_other_languages(void **state)
{
    (void)state;
    sb_speller *speller = open_speller();
    check_ways(speller, "de", "Mittwoch,", "M IH T V AO HH|M IH T V AO K");
    check_ways(speller, "fr", "bon", "B AO N|B OW");
    check_ways(speller, "ru", "мир", "M IY R|M IY D");
    check_ways(speller, "zh-Hant", "好", "HH AW|K AW");
    check_ways(speller, "ja", "すし", "S UW SH IY|S IH SH IY");
    check_ways(speller, "ja", "日", "");
    check_ways(speller, "ja", "行き", "");
    check_ways(speller, "tlh-none", "abc", "");
    assert_true(sb_speller_speaks(speller, "pt_BR"));
    assert_false(sb_speller_speaks(speller, "zz"));
    sb_speller_free(&speller);
}

/* A tone is no vowel, breath after a Chinese stop no HH. */
static void test_tones_and_breath(void **state)
{
    (void)state;
    sb_speller *speller = open_speller();
    check_ways(speller, "zh", "长", "CH AA NG");
    check_ways(speller, "zh", "说", "SH W OW|SH W AO");
    check_ways(speller, "vi", "tất", "T AH T");
    sb_speller_free(&speller);
}

static void check_row(const char *language, const char *const *words, size_t n, const char *const *expected)
{
    sb_speller *speller = open_speller();
    sb_ipa_word read[8];
    assert_true(n <= 8);
    assert_int_equal(sb_speller_read(speller, language, words, n, read, NULL), SB_OK);
    for (size_t i = 0; i < n; i++)
        check_way_of(&read[i], 0, expected[i]);
    sb_speller_free(&speller);
}

static void test_words_in_context(void **state)
{
    (void)state;
    check_row("fr", (const char *[]){"Les", "amis", "y", "ont", "un", "chat."}, 6,
              (const char *[]){"L EY Z", "AA M IY", "IY", "AO N T", "AH N", "SH AA"});
    /* A word of several, and signs without sound. */
    check_row("es", (const char *[]){"En", "«1995»", "-", "él"}, 4,
              (const char *[]){"EY N", "M IY L N OW V EY TH Y EH N T OW S N OW V EH N T AA IY TH IY N K OW",
                               "", "EY L"});
    /* Without blanks, as they are written. */
    check_row("zh", (const char *[]){"银", "行", "。"}, 3, (const char *[]){"Y IY N", "SH IY NG", ""});
}

/* espeak-ng 1.51 aborts the process for such a text. */
static void test_long_row(void **state)
{
    (void)state;
    static const char *const words[] = {
        "လူတိုင်းသည်", "တူညီလွတ်လပ်သော", "ဂုဏ်သိက္ခာဖြင့်လည်းကောင်း၊", "တူညီလွတ်လပ်သော", "အခွင့်အရေးများဖြင့်လည်းကောင်း၊", "မွေးဖွားလာသူများ"};
    sb_ipa_word read[6];
    sb_speller *speller = open_speller();
    assert_int_equal(sb_speller_read(speller, "my", words, 6, read, NULL), SB_OK);
    for (size_t i = 0; i < 6; i++)
        assert_int_equal(read[i].n, 0);
    sb_speller_free(&speller);
}

/* Three symbols have a second choice here; a fourth keeps its first. */
static void test_choices(void **state)
{
    (void)state;
    sb_ipa_word word = {0};
    assert_true(sb_ipa_read("ˈxa_(en)xː", &word));
    assert_int_equal(word.n, 3);
    assert_int_equal(sb_ipa_word_ways(&word), 4);
    check_way_of(&word, 0, "HH AA HH");
    check_way_of(&word, 1, "K AA K");
    check_way_of(&word, 2, "HH AH HH");
    check_way_of(&word, 3, "K AH K");
    assert_true(sb_ipa_read("er", &word));
    assert_int_equal(sb_ipa_word_ways(&word), 8);
    check_way_of(&word, 7, "K AH K EH R");
    sb_phone phones[4];
    assert_int_equal(sb_ipa_word_say(&word, 0, phones, 4), 0);
    while (word.n < SB_IPA_WORD_MAX)
        assert_true(sb_ipa_read("a", &word));
    assert_false(sb_ipa_read("a", &word));
    assert_int_equal(word.n, SB_IPA_WORD_MAX);
}

/* The same letters are said otherwise in another language, and names are often English. */
static void test_lexicon_of_two_languages(void **state)
{
    (void)state;
    static const char *const words[] = {"die", "die", "Johnson", "-"};
    static const char *const languages[] = {NULL, "de", "de", "de"};
    sb_lexicon l;
    sb_lexicon_params params = {.dictionary = sb_acoustic_model_dictionary(), .languages = languages};
    if (!params.dictionary)
        skip_because("no acoustic model on this machine");
    assert_int_equal(sb_lexicon_make(&l, words, 4, &params, NULL), SB_OK);
    check_way(&l, 0, 0, "D AY");
    check_way(&l, 1, 0, "D IY");
    assert_int_equal(l.lexemes[1].n_ways, 1);
    check_way(&l, 2, l.lexemes[2].n_ways - 1, "JH AA N S AH N");
    assert_false(l.lexemes[2].guessed);
    assert_int_equal(l.lexemes[3].n_ways, 0);
    sb_lexicon_finish(&l);
}

/* What the neighbours make of a word is its first way, what it is by itself another; but not a letter's
 * name. */
static void test_lexicon_in_context(void **state)
{
    (void)state;
    static const char *const words[] = {"Les", "amis", "y", "sont."}, *const languages[] = {"fr", "fr", "fr",
                                                                                            "fr"};
    sb_lexicon l;
    sb_lexicon_params params = {.dictionary = sb_acoustic_model_dictionary(), .languages = languages};
    if (!params.dictionary)
        skip_because("no acoustic model on this machine");
    sb_speller *speller = open_speller();
    sb_speller_free(&speller);
    assert_int_equal(sb_lexicon_make(&l, words, 4, &params, NULL), SB_OK);
    check_way(&l, 0, 0, "L EY Z");
    check_way(&l, 0, 1, "L EY");
    check_way(&l, 2, 0, "IY");
    assert_int_equal(l.lexemes[2].n_ways, 1);
    sb_lexicon_finish(&l);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_spelling),
        cmocka_unit_test(test_other_languages),
        cmocka_unit_test(test_tones_and_breath),
        cmocka_unit_test(test_words_in_context),
        cmocka_unit_test(test_long_row),
        cmocka_unit_test(test_choices),
        cmocka_unit_test(test_lexicon_of_two_languages),
        cmocka_unit_test(test_lexicon_in_context),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
