#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "soundbite/verify.h"
#include "support_memory.h"

static sb_claims *read_list(const char *text)
{
    sb_claims *claims = NULL;
    sb_error err = {0};

    if (sb_claims_read(&claims, text, strlen(text), "quotes", &err))
        fail_msg("%s:%d: %s", text, (int)err.line, err.message);
    return claims;
}

static void lines_are_quotes(void **state)
{
    sb_claims *c =
        read_list("\xef\xbb\xbf# of the article\r\n\r\n  Water never sleeps, ever.\r\n#none\n\"It, too\"");

    (void)state;
    assert_int_equal(c->n_items, 2);
    assert_string_equal(c->items[0].quote, "Water never sleeps, ever.");
    assert_string_equal(c->items[1].quote, "\"It, too\"");
    assert_null(c->items[0].speaker);
    sb_claims_free(&c);
}

static void tables_have_speakers(void **state)
{
    sb_claims *c = read_list(
        "# checked\nid, Quote ,page,speaker\n#12,\"Water, never\",4,Ann\n# a remark\n\n,Sleeps,,\n");

    (void)state;
    assert_int_equal(c->n_items, 2);
    assert_string_equal(c->items[0].id, "#12");
    assert_string_equal(c->items[0].quote, "Water, never");
    assert_string_equal(c->items[0].speaker, "Ann");
    assert_null(c->items[1].id);
    assert_null(c->items[1].speaker);
    sb_claims_free(&c);
}

static void objects_have_speakers(void **state)
{
    sb_claims *c = read_list("# list\n{\"quote\": \"Water\", \"speaker\": null, \"page\": 4}\n\n"
                             "{\"id\": \"b\", \"quote\": \"never\", \"speaker\": \"Ann\"}\n");

    (void)state;
    assert_int_equal(c->n_items, 2);
    assert_null(c->items[0].speaker);
    assert_string_equal(c->items[1].id, "b");
    sb_claims_free(&c);
}

static void mistakes_have_their_line(void **state)
{
    static const struct {
        const char *text;
        int line;
        const char *message;
    } cases[] = {
        {"", 0, "no quotes"},
        {"# nothing\n\n", 0, "no quotes"},
        {"quote\n", 0, "no quotes"},
        {"Water\n...\n", 2, "no words"},
        {"quote,speaker\nWater,Ann\n,Ann\n", 3, "no quote"},
        {"quote,speekr\nWater,Ann\n", 1, "did you mean 'speaker'"},
        {"quote\n\"Water\nnever", 2, "not closed"},
        {"{\"quote\": \"Water\"}\n{\"quote\": 5}\n", 2, "must be strings"},
        {"{\"quote\": \"Water\"}\n[1]\n", 2, "not a JSON object"},
        {"{\"quote\": \"Water\"\n", 1, "expected"},
        {"{\"text\": \"Water\"}\n", 1, "no quote"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        sb_claims *claims;
        sb_error err = {0};
        sb_status status = sb_claims_read(&claims, cases[i].text, strlen(cases[i].text), "quotes", &err);
        assert_null(claims);
        if (status != SB_ERR_FORMAT || err.line != cases[i].line || !strstr(err.message, cases[i].message))
            fail_msg("%s: %d, line %d, %s", cases[i].text, (int)status, (int)err.line, err.message);
    }
}

/* A table without a column for quotes is not a list of lines. */
static void tables_name_their_quotes(void **state)
{
    static const char table[] = "Nr;Zitat;Sprecher\n1;Water never sleeps;Ann\n";
    sb_claims *claims;
    sb_error err = {0};

    (void)state;
    assert_int_equal(sb_claims_read(&claims, table, strlen(table), "list.CSV", &err), SB_ERR_FORMAT);
    assert_non_null(strstr(err.message, "no column is called 'quote'"));
    assert_int_equal(err.line, 1);
    assert_int_equal(sb_claims_read(&claims, table, strlen(table), "list.txt", &err), SB_OK);
    assert_int_equal(claims->n_items, 2);
    sb_claims_free(&claims);
    assert_int_equal(sb_claims_read(&claims, "Water\n", 6, "list.csv", &err), SB_OK);
    sb_claims_free(&claims);
}

static void encodings_of_spreadsheets(void **state)
{
    static const char latin[] = "sep=;\r\nquote;speaker;Notes\r\n\"Caf\xe9; please\";Zo\xeb;x\r\n";
    static const char wide[] = "\xff\xfeq\0u\0o\0t\0e\0\t\0s\0p\0e\0"
                               "a\0k\0"
                               "e\0r\0\n\0W\0"
                               "a\0\t\0Z\0o\0\xeb\0\n\0";
    (void)state;
    for (int i = 0; i < 2; i++) {
        sb_claims *claims;
        sb_error err = {0};
        if (sb_claims_read(&claims, i ? wide : latin, i ? sizeof wide - 1 : sizeof latin - 1, NULL, &err))
            fail_msg("%s", err.message);
        assert_int_equal(claims->n_items, 1);
        assert_string_equal(claims->items[0].quote, i ? "Wa" : "Caf\xc3\xa9; please");
        assert_string_equal(claims->items[0].speaker, "Zo\xc3\xab");
        sb_claims_free(&claims);
    }
}

static void running_out_of_memory_leaves_nothing(void **state)
{
    static const char *const lists[] = {"Water\nnever", "quote,id\nWater,a\n",
                                        "{\"quote\": \"Water\", \"id\": \"a\"}"};

    (void)state;
    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++) {
        bool refused = true;
        for (size_t n = 0; refused; n++) {
            sb_claims *claims;
            sb_error err = {0};
            memory_fail_from(n);
            sb_status status = sb_claims_read(&claims, lists[i], strlen(lists[i]), NULL, &err);
            refused = memory_fail_end();
            assert_true(status == SB_OK || refused);
            assert_true((status == SB_OK) == (claims != NULL));
            sb_claims_free(&claims);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lines_are_quotes),
        cmocka_unit_test(tables_have_speakers),
        cmocka_unit_test(objects_have_speakers),
        cmocka_unit_test(mistakes_have_their_line),
        cmocka_unit_test(tables_name_their_quotes),
        cmocka_unit_test(encodings_of_spreadsheets),
        cmocka_unit_test(running_out_of_memory_leaves_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
