#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "soundbite/article.h"
#include "support_memory.h"
#include "support_quote.h"

static sb_alignment *talk(void)
{
    sb_alignment *a = quote_alignment(SB_METHOD_ACOUSTIC);

    quote_add_turn(a, "Dana Whitcombe", 1000, 4000, "We sold the ferry.");
    quote_add_turn(a, "Paul Reddy", 5000, 9000, "And the ferry sank.");
    quote_add_turn(a, "Ines Duarte", 10000, 11000, "It was raining.");
    quote_add_turn(a, "Speaker 4", 12000, 13000, "Mm.");
    return a;
}

/* "quote <speaker> [source]|..." with ~ before an inferred speaker and ! after a fragment. */
static void print_claims(char *out, size_t size, const char *text, const char *path)
{
    sb_alignment *a = talk();
    sb_speakers speakers;
    sb_article *article;
    sb_claims *claims;
    sb_error err = {0};
    size_t n = 0;

    assert_int_equal(sb_speakers_of_alignment(&speakers, a, &err), SB_OK);
    if (sb_article_read(&article, text, strlen(text), path, &err) ||
        sb_article_claims(&claims, article, &speakers, path, &err))
        fail_msg("%s: %s", text, err.message);
    *out = '\0';
    for (size_t i = 0; i < claims->n_items && n < size; i++) {
        const sb_claim *c = &claims->items[i];
        n += (size_t)snprintf(out + n, size - n, "%s%s%s", i ? "|" : "", c->quote, c->is_fragment ? "!" : "");
        if (c->speaker && n < size)
            n +=
                (size_t)snprintf(out + n, size - n, " <%s%s>", c->speaker_is_inferred ? "~" : "", c->speaker);
        if (c->source && n < size)
            n += (size_t)snprintf(out + n, size - n, " [%s]", c->source);
    }
    sb_claims_free(&claims);
    sb_article_free(&article);
    sb_speakers_finish(&speakers);
    sb_alignment_free(&a);
}

static void has_claims(const char *text, const char *expected)
{
    char claims[1024];

    print_claims(claims, sizeof claims, text, "article.md");
    if (strcmp(claims, expected) != 0)
        fail_msg("%s\n  gives %s\n  not   %s", text, claims, expected);
}

static void marks_of_all_languages_are_found(void **state)
{
    (void)state;
    has_claims("He read \u201cWe sold the ferry\u201d aloud.", "We sold the ferry");
    has_claims("He read \"We sold the ferry\" aloud.", "We sold the ferry");
    has_claims("Er las \u201eWir haben sie verkauft\u201c vor.", "Wir haben sie verkauft");
    has_claims("Er las \u00bbWir haben sie verkauft\u00ab vor.", "Wir haben sie verkauft");
    has_claims("Il a lu \u00ab\u00a0Nous avons vendu le bac\u00a0\u00bb hier.", "Nous avons vendu le bac");
    has_claims("Han l\u00e4ste \u201dVi s\u00e5lde f\u00e4rjan\u201d igen.", "Vi s\u00e5lde f\u00e4rjan");
    has_claims(
        "\u5f7c\u306f\u300c\u8239\u3092\u58f2\u308a\u307e\u3057\u305f\u300d\u3068\u8a00\u3063\u305f\u3002",
        "\u8239\u3092\u58f2\u308a\u307e\u3057\u305f");
    has_claims("\u4ed6\u8bf4\uff1a\u201c\u6211\u4eec\u5356\u4e86\u8239\u3002\u201d",
               "\u6211\u4eec\u5356\u4e86\u8239\u3002");
    has_claims("He read \u2018We sold the ferry\u2019 aloud.", "We sold the ferry");
    has_claims("He read 'We sold the ferry' aloud.", "We sold the ferry");
    has_claims("He read \u2039We sold the ferry\u203a aloud.", "We sold the ferry");
}

static void apostrophes_are_no_marks(void **state)
{
    (void)state;
    has_claims("It wasn't the boys' boat, 'twas \"We don't sell the captains' boats\" in the '90s.",
               "We don't sell the captains' boats");
    has_claims(
        "\u2018We don\u2019t sell the captains\u2019 boats,\u2019 he read. It\u2019s the boys\u2019 day.",
        "We don\u2019t sell the captains\u2019 boats,");
    has_claims("A 5'10\" man read \"We sold the ferry\" aloud.", "We sold the ferry");
}

static void nested_and_long_quotes_are_one(void **state)
{
    (void)state;
    has_claims("He read \u201cShe said \u2018we sold it\u2019 to me\u201d aloud.",
               "She said \u2018we sold it\u2019 to me");
    has_claims("\u201cWe sold the ferry.\n\n\u201cAnd it sank.\u201d\n\nThe end.",
               "We sold the ferry. And it sank.");
    has_claims("\u00abWe sold the ferry.\n\n\u00bbAnd it sank.\u00bb", "We sold the ferry. And it sank.");
    has_claims("\u201cWe sold\nthe ferry\u201d stood there.", "We sold the ferry");
}

static void the_speaker_is_the_one_named_beside(void **state)
{
    (void)state;
    has_claims("\u201cWe sold it,\u201d said Dana Whitcombe.",
               "We sold it, <Dana Whitcombe> [said Dana Whitcombe]");
    has_claims("\u201cWe sold it,\u201d Whitcombe said.", "We sold it, <Dana Whitcombe> [Whitcombe said]");
    has_claims("\u201cWe sold it,\u201d Dana Whitcombe, the mayor of the town, recalled.",
               "We sold it, <Dana Whitcombe> [Dana Whitcombe, the mayor of the town, recalled]");
    has_claims("Whitcombe told Reddy: \u201cWe sold it all.\u201d",
               "We sold it all. <Dana Whitcombe> [Whitcombe told]");
    has_claims("Dana Whitcombe: \u201cWe sold it all.\u201d",
               "We sold it all. <Dana Whitcombe> [Dana Whitcombe]");
    has_claims("According to Paul Reddy, \u201cit just sank\u201d.",
               "it just sank <Paul Reddy> [According to Paul Reddy]");
    has_claims("\u201cEs sank einfach\u201d, sagte Paul Reddy.",
               "Es sank einfach <Paul Reddy> [sagte Paul Reddy]");
    has_claims("\u00ab Il pleuvait fort \u00bb, raconte In\u00eas Duarte.",
               "Il pleuvait fort <Ines Duarte> [raconte In\u00eas Duarte]");
    has_claims("\u201cIt was cold there,\u201d said Olga Berg.",
               "It was cold there, <Olga Berg> [said Olga Berg]");
    has_claims("\u201cWe sold it.\u201d Reddy walked away and said nothing.", "We sold it.");
    has_claims("\u201cWe sold it all.\u201d", "We sold it all.");
}

static void inferred_speakers_are_marked(void **state)
{
    (void)state;
    has_claims("Dana Whitcombe sat down. \u201cWe sold it,\u201d she said.",
               "We sold it, <~Dana Whitcombe> [she said]");
    has_claims("\u201cWe sold it,\u201d said Dana Whitcombe. \u201cThen it sank badly.\u201d",
               "We sold it, <Dana Whitcombe> [said Dana Whitcombe]|"
               "Then it sank badly. <~Dana Whitcombe> [the quote before it in the paragraph]");
    has_claims("\u201cWe sold it,\u201d said Dana Whitcombe.\n\n\u201cThen it sank badly.\u201d",
               "We sold it, <Dana Whitcombe> [said Dana Whitcombe]|Then it sank badly.");
}

static void interrupted_quotes_are_joined(void **state)
{
    (void)state;
    has_claims("\u201cWe sold the ferry,\u201d said Whitcombe, \u201cand then it sank.\u201d",
               "We sold the ferry, and then it sank. <Dana Whitcombe> [said Whitcombe]");
}

static void scare_quotes_are_fragments(void **state)
{
    (void)state;
    has_claims("The \u201cferry\u201d was a \u201cfloating bus\u201d, said Reddy.",
               "ferry!|floating bus <Paul Reddy> [said Reddy]");
}

static void markup_is_no_text(void **state)
{
    char claims[512];

    (void)state;
    has_claims("---\ntitle: \"not this\"\n---\n# Sold\n\n> *\u201cWe **sold** it,\u201d* said [Dana "
               "Whitcombe](http://a.b/c).\n",
               "We sold it, <Dana Whitcombe> [said Dana Whitcombe]");
    has_claims("Text.\n\n```\nprint(\"not this\")\n```\n\n\"We sold it all\"", "We sold it all");
    print_claims(
        claims, sizeof claims,
        "<!doctype html><html><head><title>\"no\"</title><script>var a = \"no\";</script></head><body>"
        "<p>&ldquo;We <em>sold</em> it,&rdquo; said Dana Whitcombe.</p><p><q>It was "
        "raining</q></p></body></html>",
        "a.html");
    assert_string_equal(claims, "We sold it, <Dana Whitcombe> [said Dana Whitcombe]|It was raining");
}

static void an_article_without_quotes_is_refused(void **state)
{
    sb_speakers speakers = {0};
    sb_article *article;
    sb_claims *claims;
    sb_error err = {0};

    (void)state;
    assert_int_equal(sb_article_read(&article, "Nothing.", 8, NULL, &err), SB_OK);
    assert_int_equal(sb_article_claims(&claims, article, &speakers, "a.txt", &err), SB_ERR_FORMAT);
    assert_non_null(strstr(err.message, "nothing between quotation marks"));
    assert_null(claims);
    sb_article_free(&article);
    assert_int_equal(sb_article_read(&article, "", 0, NULL, &err), SB_OK);
    sb_article_free(&article);
}

static void running_out_of_memory_leaves_nothing(void **state)
{
    static const char text[] =
        "# A\n\n\u201cWe *sold* it,\u201d said Dana Whitcombe, \u201cand so.\u201d \u201cIt sank\u201d";
    sb_alignment *a = talk();
    sb_speakers speakers;
    bool refused = true;

    (void)state;
    assert_int_equal(sb_speakers_of_alignment(&speakers, a, NULL), SB_OK);
    for (size_t n = 0; refused; n++) {
        sb_error err = {0};
        sb_article *article = NULL;
        sb_claims *claims = NULL;
        memory_fail_from(n);
        sb_status status = sb_article_read(&article, text, sizeof text - 1, NULL, &err);
        if (!status)
            status = sb_article_claims(&claims, article, &speakers, NULL, &err);
        refused = memory_fail_end();
        assert_true(status == SB_OK || (refused && status == SB_ERR_MEMORY));
        sb_claims_free(&claims);
        sb_article_free(&article);
    }
    sb_speakers_finish(&speakers);
    sb_alignment_free(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(marks_of_all_languages_are_found),
        cmocka_unit_test(apostrophes_are_no_marks),
        cmocka_unit_test(nested_and_long_quotes_are_one),
        cmocka_unit_test(the_speaker_is_the_one_named_beside),
        cmocka_unit_test(inferred_speakers_are_marked),
        cmocka_unit_test(interrupted_quotes_are_joined),
        cmocka_unit_test(scare_quotes_are_fragments),
        cmocka_unit_test(markup_is_no_text),
        cmocka_unit_test(an_article_without_quotes_is_refused),
        cmocka_unit_test(running_out_of_memory_leaves_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
