#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>

#include <cmocka.h>

#include "align/anchors/anchors.h"
#include "support_memory.h"

/* Words 2 to 6 are repeated at 10, and three of them at 17. */
static uint32_t lexeme_of[] = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5, 6, 10, 11, 3, 4, 5, 12};
static const sb_lexicon lexicon = {.lexeme_of = lexeme_of, .n_words = sizeof lexeme_of / sizeof *lexeme_of};

typedef struct sample {
    sb_repeats repeats;
    sb_anchor words[16];
    sb_window_match match, *copies;
    size_t n_copies;
} sample;

/* A match of `n` words from `word` on, with ten nats each. */
static void begin(sample *s, uint32_t word, size_t n)
{
    *s = (sample){.match = {.evidence = 10 * (float)n, .words = s->words, .n_words = n}};
    for (uint32_t i = 0; i < n; i++)
        s->words[i] = (sb_anchor){word + i, {i * SB_TIME_SECOND, (i + 1) * SB_TIME_SECOND}};
    assert_true(sb_repeats_make(&s->repeats, &lexicon));
}

static void finish(sample *s)
{
    sb_window_matches_free(s->copies, s->n_copies);
    sb_repeats_finish(&s->repeats);
}

static void find(sample *s)
{
    assert_true(sb_repeats_add(&s->copies, &s->n_copies, &s->repeats, &s->match));
}

static void every_copy_gets_evidence(void **state)
{
    sample s;
    (void)state;
    begin(&s, 1, 7);
    find(&s);
    assert_int_equal(s.n_copies, 2);
    const sb_window_match *whole = &s.copies[s.copies[0].n_words == 5 ? 0 : 1],
                          *part = &s.copies[s.copies[0].n_words == 5 ? 1 : 0];
    assert_int_equal(whole->words[0].word, 10);
    assert_int_equal(whole->words[0].span.start, SB_TIME_SECOND);
    assert_int_equal(whole->n_words, 5);
    assert_true(whole->evidence > 49.9f && whole->evidence < 50.1f);
    assert_int_equal(part->words[0].word, 17);
    assert_int_equal(part->n_words, 3);
    finish(&s);
}

static void unique_text_has_no_copies(void **state)
{
    sample s;
    (void)state;
    begin(&s, 5, 5);
    find(&s);
    assert_int_equal(s.n_copies, 0);
    finish(&s);
}

/* One word three hundred times: all places are equal, and only some are used. */
static void the_number_of_copies_is_limited(void **state)
{
    static uint32_t same[300];
    const sb_lexicon all = {.lexeme_of = same, .n_words = 300};
    sample s;
    (void)state;
    begin(&s, 100, 16);
    sb_repeats_finish(&s.repeats);
    assert_true(sb_repeats_make(&s.repeats, &all));
    find(&s);
    assert_true(s.n_copies > 0 && s.n_copies <= 16);
    for (size_t i = 0; i < s.n_copies; i++)
        assert_true(s.copies[i].words[s.copies[i].n_words - 1].word < 300);
    finish(&s);
}

static void every_allocation_may_fail(void **state)
{
    bool refused = true;
    (void)state;
    for (size_t n = 0; refused; n++) {
        sample s;
        begin(&s, 1, 7);
        sb_repeats_finish(&s.repeats);
        memory_fail_from(n);
        bool made = sb_repeats_make(&s.repeats, &lexicon) &&
                    sb_repeats_add(&s.copies, &s.n_copies, &s.repeats, &s.match);
        refused = memory_fail_end();
        assert_int_equal(made, !refused);
        finish(&s);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_copy_gets_evidence),
        cmocka_unit_test(unique_text_has_no_copies),
        cmocka_unit_test(the_number_of_copies_is_limited),
        cmocka_unit_test(every_allocation_may_fail),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
