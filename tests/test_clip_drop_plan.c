#include "support_memory.h"

#include "clip/edit/edit.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define MOST_WORDS 40

/* A quote of one turn; each word takes 200 ms, "_" is a pause of 300 ms and "~" before a word makes it
 * uncertain. */
typedef struct quote {
    char text[400];
    sb_aligned_word words[MOST_WORDS];
    sb_aligned_turn turn;
    sb_alignment alignment;
    sb_match match;
    sb_clip_params params;
    sb_clip_request request;
    sb_clip_source source;
    sb_clip_job job;
} quote;

static void make_quote(quote *q, const char *text, unsigned kinds, const sb_fillers *fillers)
{
    *q = (quote){0};
    snprintf(q->text, sizeof q->text, "%s", text);
    sb_time at = 0;
    size_t n = 0;
    for (char *save = NULL, *word = strtok_r(q->text, " ", &save); word; word = strtok_r(NULL, " ", &save)) {
        bool sure = *word != '~';
        if (!strcmp(word, "_")) {
            at += 300 * SB_TIME_MS;
            continue;
        }
        q->words[n++] = (sb_aligned_word){.text = word + !sure,
                                          .start = at,
                                          .end = at + 200 * SB_TIME_MS,
                                          .confidence = sure ? 0.9f : 0.3f};
        at += 200 * SB_TIME_MS;
    }
    q->turn = (sb_aligned_turn){.words = q->words, .n_words = n};
    q->alignment = (sb_alignment){.turns = &q->turn, .n_turns = 1};
    q->match = (sb_match){.last_word = n - 1};
    q->params = (sb_clip_params){.drop = kinds, .fillers = fillers};
    q->request = (sb_clip_request){.match = &q->match};
    q->source = (sb_clip_source){.alignment = &q->alignment};
    q->job = (sb_clip_job){.source = &q->source, .request = &q->request, .params = &q->params};
}

static void check(const char *text, unsigned kinds, const sb_fillers *fillers, const char *expected)
{
    quote q;
    sb_drop_plan plan;
    make_quote(&q, text, kinds, fillers);
    assert_int_equal(sb_drop_plan_make(&plan, &q.job, NULL), SB_OK);
    char *left = sb_drop_text(&plan);
    if (strcmp(left, expected))
        fail_msg("'%s' became '%s', not '%s'", text, left, expected);
    free(left);
    sb_drop_plan_finish(&plan);
}

static void fillers_are_dropped(void **user)
{
    (void)user;
    const unsigned f = SB_DROP_FILLERS;
    check("It was um a good day", f, NULL, "It was a good day");
    check("It was, um, a good day", f, NULL, "It was a good day");
    check("Um, so we went", f, NULL, "So we went");
    check("They left. Uh, we stayed.", f, NULL, "They left. We stayed.");
    check("We stayed, you know.", f, NULL, "We stayed.");
    check("It is, you know, hard", f, NULL, "It is hard");
    check("It is _ you know _ hard", f, NULL, "It is hard");
    check("UM, \xc3\xbcm ERM what", f, NULL, "What");
    check("We um uh went, uh, home.", f, NULL, "We went home.");
}

static void words_with_meaning_stay(void **user)
{
    (void)user;
    const unsigned f = SB_DROP_FILLERS;
    const char *const kept[] = {"Do you know him at all", "I mean it",   "a kind of blue",
                                "He is like a bear",      "an umbrella", "you know what I mean"};
    for (size_t i = 0; i < sizeof kept / sizeof kept[0]; i++)
        check(kept[i], f, NULL, kept[i]);
    check("um", f, NULL, "um");
    check("um, uh", f, NULL, "um, uh");
    check("It was ~um a good day", f, NULL, "It was um a good day");
    check("It was um a day", SB_DROP_REPEATS, NULL, "It was um a day");
}

static void stumbles_are_dropped(void **user)
{
    (void)user;
    const unsigned r = SB_DROP_REPEATS;
    check("I saw the the dog", r, NULL, "I saw the dog");
    check("the the the dog", r, NULL, "the dog");
    check("I I think I think that it works", r, NULL, "I think that it works");
    check("We, we were going to go", r, NULL, "We were going to go");
    check("it is the best of the best of the worst", r, NULL, "it is the best of the worst");
    check("th- the dog", r, NULL, "the dog");
    check("I wan\xe2\x80\x94 wanted to go", r, NULL, "I wanted to go");
    check("and then the, um, the dog", r | SB_DROP_FILLERS, NULL, "and then the dog");
    check("I think, uh, I think it works", r | SB_DROP_FILLERS, NULL, "I think it works");
}

static void intended_repeats_stay(void **user)
{
    (void)user;
    const char *const kept[] = {"very very good",
                                "no no no",
                                "I know that that is so",
                                "he had had enough",
                                "what it is is hard",
                                "over and over and over again",
                                "again and again and again",
                                "I do, I do.",
                                "It is the. The dog",
                                "really, really good",
                                "a well- wall of it",
                                "bye bye"};
    for (size_t i = 0; i < sizeof kept / sizeof kept[0]; i++)
        check(kept[i], SB_DROP_REPEATS, NULL, kept[i]);
    check("the ~the dog", SB_DROP_REPEATS, NULL, "the the dog");
    check("the _ _ _ the dog", SB_DROP_REPEATS, NULL, "the the dog");
}

static sb_fillers *read(const char *text)
{
    sb_fillers *fillers;
    sb_error err = {0};
    if (sb_fillers_read(&fillers, text, strlen(text), "list.txt", &err))
        fail_msg("%s", err.message);
    return fillers;
}

static void a_list_can_be_set(void **user)
{
    (void)user;
    sb_fillers *fillers = read("\xef\xbb\xbf# mine\r\n\n  quoi  # at ends\r\n, tu vois ,\n");
    check("C'est bon, quoi, um, tu vois, la vie", SB_DROP_FILLERS, fillers, "C'est bon um la vie");
    check("Tu vois la vie", SB_DROP_FILLERS, fillers, "Tu vois la vie");
    sb_fillers_free(&fillers);
    fillers = read(sb_fillers_default());
    sb_fillers_free(&fillers);
}

static void a_bad_list_is_refused_with_its_line(void **user)
{
    (void)user;
    static const struct {
        const char *text;
        int64_t line;
        const char *message;
    } cases[] = {{"um\n, you know\n", 2, "comma at one end only"},
                 {"um\n\n--\n", 3, "no word"},
                 {",\n", 1, "comma at one end only"},
                 {",,\n", 1, "no word"},
                 {"a b c d e f g h i\n", 1, "at most 8"},
                 {"# nothing\n", 0, "lists no filler"},
                 {"", 0, "lists no filler"},
                 {"\xff\xfe", 0, "UTF-8"}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        sb_fillers *fillers;
        sb_error err = {0};
        assert_int_equal(sb_fillers_read(&fillers, cases[i].text, strlen(cases[i].text), "list.txt", &err),
                         SB_ERR_FORMAT);
        assert_null(fillers);
        assert_int_equal(err.line, cases[i].line);
        if (!strstr(err.message, cases[i].message))
            fail_msg("case %zu: %s", i, err.message);
    }
}

static void other_languages_need_a_list(void **user)
{
    (void)user;
    quote q;
    sb_drop_plan plan;
    make_quote(&q, "Er geht um um die Ecke", SB_DROP_FILLERS | SB_DROP_REPEATS, NULL);
    q.alignment.transcript.language = (char *)"de";
    assert_int_equal(sb_drop_plan_make(&plan, &q.job, NULL), SB_OK);
    assert_int_equal(plan.n_runs, 0);
    assert_true(plan.foreign);
    sb_drop_plan_finish(&plan);
}

static void kinds_are_read(void **user)
{
    (void)user;
    unsigned kinds;
    sb_error err = {0};
    assert_int_equal(sb_drop_parse(&kinds, "fillers", &err), SB_OK);
    assert_int_equal(kinds, SB_DROP_FILLERS);
    assert_int_equal(sb_drop_parse(&kinds, "repeats, fillers", &err), SB_OK);
    assert_int_equal(kinds, SB_DROP_FILLERS | SB_DROP_REPEATS);
    const char *const bad[] = {"", "filler", "fillers,", "fillers repeats", ",repeats", "all"};
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
        assert_int_equal(sb_drop_parse(&kinds, bad[i], &err), SB_ERR_ARGUMENT);
    assert_string_equal(sb_drop_print(SB_DROP_FILLERS | SB_DROP_REPEATS), "fillers,repeats");
}

static void every_allocation_may_fail(void **user)
{
    (void)user;
    quote q;
    make_quote(&q, "Um, I I think, you know, it works", SB_DROP_FILLERS | SB_DROP_REPEATS, NULL);
    sb_status status = SB_ERR_MEMORY;
    for (size_t n = 0; status; n++) {
        sb_drop_plan plan = {0};
        char *text = NULL;
        memory_fail_from(n);
        status = sb_drop_plan_make(&plan, &q.job, NULL);
        if (!status)
            text = sb_drop_text(&plan);
        memory_fail_end();
        status = status ? status : text ? SB_OK : SB_ERR_MEMORY;
        assert_true(status == SB_OK || status == SB_ERR_MEMORY);
        free(text);
        sb_drop_plan_finish(&plan);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(fillers_are_dropped),         cmocka_unit_test(words_with_meaning_stay),
        cmocka_unit_test(stumbles_are_dropped),        cmocka_unit_test(intended_repeats_stay),
        cmocka_unit_test(a_list_can_be_set),           cmocka_unit_test(a_bad_list_is_refused_with_its_line),
        cmocka_unit_test(other_languages_need_a_list), cmocka_unit_test(kinds_are_read),
        cmocka_unit_test(every_allocation_may_fail),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
