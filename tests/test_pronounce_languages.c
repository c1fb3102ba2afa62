#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "pronounce/pronounce.h"
#include "support_skip.h"

#define N_MAX 8

static void find(sb_language *main_language, sb_language *out, const char *const *texts, size_t n,
                 const char *known)
{
    assert_int_equal(sb_languages_find(main_language, out, NULL, texts, n, known, NULL), SB_OK);
    if (!main_language->tag[0])
        skip_because("the language data of libexttextcat are not installed");
}

static void test_one_language(void **state)
{
    (void)state;
    static const struct {
        const char *text, *tag;
    } cases[] = {
        {"The kettle was already warm when the neighbours came in from the garden.", "en"},
        {"Der Kessel war schon warm, als die Nachbarn aus dem Garten hereinkamen.", "de"},
        {"La tetera ya estaba caliente cuando los vecinos entraron desde el jardín.", "es"},
        {"La bouilloire était déjà chaude quand les voisins sont rentrés du jardin.", "fr"},
        {"A chaleira já estava quente quando os vizinhos entraram vindos do jardim.", "pt"},
        {"Чайник был уже тёплым, когда соседи вернулись из сада в дом.", "ru"},
        {"Czajnik był już ciepły, kiedy sąsiedzi wrócili z ogrodu do domu.", "pl"},
        {"邻居们从花园进来的时候水壶已经热了。", "zh"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        sb_language all, parts[1];
        find(&all, parts, &cases[i].text, 1, NULL);
        assert_string_equal(all.tag, cases[i].tag);
        assert_string_equal(parts[0].tag, cases[i].tag);
    }
}

static void test_each_turn_has_its_own(void **state)
{
    (void)state;
    static const char *const texts[] = {
        "We talked about the garden for an hour, and nobody mentioned the weather at all.",
        "Yes.",
        "Wir haben eine Stunde lang über den Garten gesprochen, und niemand sprach vom Wetter.",
        "That is exactly what I had been hoping for when we started this conversation.",
        "Danach sind wir alle zusammen in die Küche gegangen und haben Kaffee gekocht.",
        "And then everybody went home before the rain began to fall on the roof."};
    static const char *const tags[] = {"en", "en", "de", "en", "de", "en"};
    sb_language all, parts[6];
    find(&all, parts, texts, 6, NULL);
    assert_string_equal(all.tag, "en");
    for (size_t i = 0; i < 6; i++)
        assert_string_equal(parts[i].tag, tags[i]);
}

static void test_one_sentence_is_not_another_language(void **state)
{
    (void)state;
    static const char *const texts[] = {
        "We talked about the garden for an hour, and nobody mentioned the weather at all.",
        "He said: honi soit qui mal y pense, mon cher ami, and left the room.",
        "That is exactly what I had been hoping for when we started this conversation."};
    sb_language all, parts[3];
    find(&all, parts, texts, 3, NULL);
    for (size_t i = 0; i < 3; i++)
        assert_string_equal(parts[i].tag, "en");
}

static void test_one_sentence_that_looks_like_another_language_is_doubtful(void **state)
{
    (void)state;
    static const char *const texts[] = {
        "We talked about the garden for an hour, and nobody mentioned the weather at all.",
        "Questa conferenza è bloccata, prego digitare nuovamente la password seguita dal tasto cancelletto.",
        "Зап", "Yes.", "That is exactly what I had been hoping for when we started this conversation."};
    static const sb_language_surety expected[] = {SB_LANGUAGE_TOLD, SB_LANGUAGE_DOUBTFUL,
                                                  SB_LANGUAGE_DOUBTFUL, SB_LANGUAGE_UNTOLD, SB_LANGUAGE_TOLD};
    sb_language all, parts[5];
    sb_language_surety surety[5];
    assert_int_equal(sb_languages_find(&all, parts, surety, texts, 5, NULL, NULL), SB_OK);
    if (!all.tag[0])
        skip_because("the language data of libexttextcat are not installed");
    for (size_t i = 0; i < 5; i++)
        assert_int_equal(surety[i], expected[i]);
}

/* Too short to detect by letters, but in the script of the other language of the text. */
static void test_a_script_decides_the_language(void **state)
{
    (void)state;
    static const char *const texts[] = {
        "We talked about the garden for an hour, and nobody mentioned the weather at all.",
        "Чайник был уже тёплым, когда соседи вернулись из сада в дом.",
        "That is exactly what I had been hoping for when we started this conversation.",
        "Потом мы все вместе пошли на кухню и сварили кофе для гостей.",
        "Да, конечно.",
        "And then everybody went home before the rain began to fall on the roof, as always in May.",
        "Nobody has ever seen a garden like that before, and I think that nobody ever will again."};
    sb_language all, parts[7];
    find(&all, parts, texts, 7, NULL);
    assert_string_equal(all.tag, "en");
    assert_string_equal(parts[4].tag, "ru");
}

static void test_a_given_language_is_kept(void **state)
{
    (void)state;
    static const char *const texts[] = {"Guten Morgen.", ""};
    sb_language all, parts[2];
    find(&all, parts, texts, 2, "de-CH");
    assert_string_equal(all.tag, "de-CH");
    assert_string_equal(parts[0].tag, "de-CH");
}

static void test_too_short_to_tell(void **state)
{
    (void)state;
    static const char *const texts[] = {"Okay."};
    sb_language all, parts[1];
    assert_int_equal(sb_languages_find(&all, parts, NULL, texts, 1, NULL, NULL), SB_OK);
    assert_string_equal(all.tag, "");
    assert_string_equal(parts[0].tag, "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_one_language),
        cmocka_unit_test(test_each_turn_has_its_own),
        cmocka_unit_test(test_one_sentence_is_not_another_language),
        cmocka_unit_test(test_one_sentence_that_looks_like_another_language_is_doubtful),
        cmocka_unit_test(test_a_script_decides_the_language),
        cmocka_unit_test(test_a_given_language_is_kept),
        cmocka_unit_test(test_too_short_to_tell),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
