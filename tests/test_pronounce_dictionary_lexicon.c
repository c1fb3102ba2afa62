#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "pronounce/pronounce.h"
#include "soundbite/file.h"
#include "support_memory.h"
#include "support_sound.h"

static const char words_of_french[] =
    "l' ll\nhomme oo mm\nhomme(2) oo mm ee\n\xC3\xA9t\xC3\xA9 ei tt ei\ncoeur kk oe rr\n"
    "dit dd ii\n-il ii ll\n-il(2) tt ii ll\nmot mm au\naujourd'hui au jj ou rr dd uy ii\n";

static sb_phone_set french(void)
{
    static const char *const names[] = {"au", "dd", "ee", "ei", "ii", "jj", "kk", "ll",
                                        "mm", "oe", "oo", "ou", "rr", "tt", "uy"};
    sb_phone_set set = {0};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        assert_true(sb_phone_set_add(&set, names[i], NULL));
    return set;
}

static sb_dictionary *dictionary_of(const char *text)
{
    sb_phone_set set = french();
    sb_dictionary *d;
    assert_int_equal(sb_dictionary_read_in(&d, text, strlen(text), NULL, &set, NULL), SB_OK);
    return d;
}

/* Opened like a model's dictionary, so accents are kept. */
static sb_dictionary *open_dictionary(void)
{
    sb_phone_set set = french();
    sb_dictionary *d;
    char *folder = folder_make(), path[512];
    snprintf(path, sizeof path, "%s/dict.txt", folder);
    assert_int_equal(sb_file_write(path, words_of_french, strlen(words_of_french), false, NULL), SB_OK);
    assert_int_equal(sb_dictionary_open_in(&d, path, &set, NULL), SB_OK);
    folder_remove(folder);
    return d;
}

static void check_way(const sb_lexicon *l, size_t word, size_t way, const char *names)
{
    sb_phone_set set = french();
    char text[256] = "";
    const sb_lexeme *lexeme = &l->lexemes[l->lexeme_of[word]];
    assert_true(way < lexeme->n_ways);
    for (size_t i = 0; i < lexeme->ways[way].n_phones; i++) {
        strcat(text, i ? " " : "");
        strcat(text, set.name[lexeme->ways[way].phones[i]]);
    }
    assert_string_equal(text, names);
}

static size_t ways_of(const sb_lexicon *l, size_t word)
{
    return l->lexemes[l->lexeme_of[word]].n_ways;
}

static void words_are_parted_where_the_dictionary_has_the_parts(void **state)
{
    (void)state;
    const char *const words[] = {"L\xE2\x80\x99homme,",
                                 "\xC3\x89T\xC3\x89.",
                                 "c\xC5\x93ur",
                                 "dit-il",
                                 "aujourd'hui",
                                 "mot-mot",
                                 "xyz",
                                 "42",
                                 "\xC2\xAB",
                                 "'homme'",
                                 "l'xyz"};
    enum { N = sizeof words / sizeof *words };
    sb_dictionary *d = open_dictionary();
    sb_dictionary_lexicon_params params = {.dictionary = d};
    sb_lexicon l;
    assert_int_equal(sb_dictionary_lexicon_make(&l, words, N, &params, NULL), SB_OK);
    assert_int_equal(l.n_words, N);
    assert_int_equal(ways_of(&l, 0), 2);
    check_way(&l, 0, 0, "ll oo mm");
    check_way(&l, 0, 1, "ll oo mm ee");
    check_way(&l, 1, 0, "ei tt ei");
    check_way(&l, 2, 0, "kk oe rr");
    check_way(&l, 3, 0, "dd ii ii ll");
    check_way(&l, 3, 1, "dd ii tt ii ll");
    assert_int_equal(ways_of(&l, 4), 1);
    check_way(&l, 5, 0, "mm au mm au");
    check_way(&l, 9, 0, "oo mm");
    for (size_t w = 6; w < N; w++)
        assert_true(w == 9 || ways_of(&l, w) == 0);
    sb_lexicon_finish(&l);
    sb_dictionary_free(&d);
}

static void words_of_the_user_go_first(void **state)
{
    (void)state;
    const char *const words[] = {"homme", "xyz", "mot", "\xC3\xA9t\xC3\xA9"};
    sb_dictionary *d = open_dictionary(),
                  *user = dictionary_of("homme kk kk\nxyz tt\n\xC3\x89t\xC3\xA9 oo\n");
    sb_dictionary_lexicon_params params = {.dictionary = d, .user = user};
    sb_lexicon l;
    assert_int_equal(sb_dictionary_lexicon_make(&l, words, 4, &params, NULL), SB_OK);
    assert_int_equal(ways_of(&l, 0), 1);
    check_way(&l, 0, 0, "kk kk");
    check_way(&l, 1, 0, "tt");
    check_way(&l, 2, 0, "mm au");
    check_way(&l, 3, 0, "oo");
    sb_lexicon_finish(&l);
    sb_dictionary_free(&user);
    sb_dictionary_free(&d);
}

static void a_phone_of_another_set_is_named(void **state)
{
    (void)state;
    sb_phone_set set = french();
    sb_dictionary *d;
    sb_error err = {0};
    const char text[] = "mot mm au\nhello HH AH L OW\n";
    assert_int_equal(sb_dictionary_read_in(&d, text, strlen(text), "my.dict", &set, &err), SB_ERR_FORMAT);
    assert_null(d);
    assert_int_equal(err.line, 2);
    assert_int_equal(err.column, 7);
    assert_non_null(strstr(err.message, "'HH'"));
    assert_null(strstr(err.message, "CMUdict"));
}

static void a_dictionary_in_other_phones_is_refused(void **state)
{
    (void)state;
    sb_phone_set set = french();
    sb_dictionary *d;
    sb_error err = {0};
    char *folder = folder_make(), path[512];
    snprintf(path, sizeof path, "%s/dict.txt", folder);
    assert_int_equal(sb_file_write(path, "hello HH AH L OW\n", 17, false, NULL), SB_OK);
    assert_int_equal(sb_dictionary_open_in(&d, path, &set, &err), SB_ERR_FORMAT);
    assert_null(d);
    assert_non_null(strstr(err.message, "phones of the acoustic model"));
    folder_remove(folder);
}

static char class_of(const char *name, const char *ipa)
{
    sb_phone_set set = {0};
    assert_true(sb_phone_set_add(&set, name, ipa));
    return sb_phone_set_class(&set, 0);
}

static void classes_follow_the_ipa_or_the_name(void **state)
{
    (void)state;
    assert_int_equal(class_of("ch", "\xCA\x83"), 'F');         /* esh */
    assert_int_equal(class_of("in", "\xC9\x9B\xCC\x83"), 'V'); /* open e, nasal */
    assert_int_equal(class_of("CH", "t\xCA\x83"), 'F');
    assert_int_equal(class_of("JH", "d\xCA\x92"), 'Z');
    assert_int_equal(class_of("uy", "\xC9\xA5"), 'L');
    assert_int_equal(class_of("x1", "-"), 'F');
    assert_int_equal(class_of("gn", NULL), 'N');
    assert_int_equal(class_of("tt", NULL), 'S');
    assert_int_equal(class_of("vv", NULL), 'Z');
    assert_int_equal(class_of("hh", NULL), 'F');
    for (sb_phone p = 0; p < SB_N_PHONES; p++)
        assert_int_equal(class_of(sb_phone_name(p), NULL), sb_phone_class(p));
}

static void a_set_takes_no_phone_twice_and_no_more_than_fit(void **state)
{
    (void)state;
    sb_phone_set set = {0};
    char name[SB_PHONE_NAME];
    assert_false(sb_phone_set_add(&set, "", NULL));
    assert_false(sb_phone_set_add(&set, "a name that is too long", NULL));
    for (int i = 0; i < SB_PHONES_MAX; i++) {
        snprintf(name, sizeof name, "a%d", i);
        assert_true(sb_phone_set_add(&set, name, NULL));
        assert_false(sb_phone_set_add(&set, name, NULL));
    }
    assert_false(sb_phone_set_add(&set, "b", NULL));
    assert_int_equal(sb_phone_set_find(&set, "a124", 4), 124);
    assert_int_equal(sb_phone_set_find(&set, "a125", 4), SB_PHONE_NONE);
    assert_true(sb_phone_set_same(&set, &set));
    assert_false(sb_phone_set_same(&set, sb_phones_arpabet()));
}

static void every_allocation_may_fail(void **state)
{
    (void)state;
    const char *const words[] = {"l'homme", "dit-il", "xyz"};
    sb_dictionary *d = open_dictionary();
    sb_dictionary_lexicon_params params = {.dictionary = d};
    bool refused = true;
    size_t n = 0;
    for (; refused; n++) {
        sb_lexicon l;
        memory_fail_from(n);
        sb_status status = sb_dictionary_lexicon_make(&l, words, 3, &params, NULL);
        refused = memory_fail_end();
        assert_true(status == SB_OK || refused);
        assert_int_equal(l.n_words, status == SB_OK ? 3 : 0);
        sb_lexicon_finish(&l);
    }
    assert_true(n > 5);
    sb_dictionary_free(&d);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words_are_parted_where_the_dictionary_has_the_parts),
        cmocka_unit_test(words_of_the_user_go_first),
        cmocka_unit_test(a_phone_of_another_set_is_named),
        cmocka_unit_test(a_dictionary_in_other_phones_is_refused),
        cmocka_unit_test(classes_follow_the_ipa_or_the_name),
        cmocka_unit_test(a_set_takes_no_phone_twice_and_no_more_than_fit),
        cmocka_unit_test(every_allocation_may_fail),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
