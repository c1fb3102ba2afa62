#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "soundbite/quote.h"
#include "support_quote.h"

/* Words of 250 ms, with a pause of a second between the turns. */
static sb_alignment *talk(void)
{
    sb_alignment *a = quote_alignment(SB_METHOD_ACOUSTIC);
    quote_add_turn(a, "Ada Lind", 1000, 3000, "The bell was cast in the old foundry.");
    quote_add_turn(a, "Jon Marsh", 4000, 5000, "And it cracked twice.");
    quote_add_turn(a, NULL, 6000, 7000, "Twice? In the foundry?");
    quote_add_turn(a, "Ada Lind", 8000, 10000, "Once in the foundry, once in the tower.");
    for (size_t i = 0; i < a->n_turns; i++)
        quote_add_speech(a, quote_ms(a->turns[i].start), quote_ms(a->turns[i].end));
    return a;
}

static sb_matches *find(const sb_alignment *a, const sb_selection *selection)
{
    sb_matches *matches;
    sb_error err = {0};
    if (sb_matches_find(&matches, a, selection, &err))
        fail_msg("%s", err.message);
    return matches;
}

static void assert_texts(const sb_selection *selection, const char *expected)
{
    sb_alignment *a = talk();
    sb_matches *m = find(a, selection);
    char all[1000] = "";
    for (size_t i = 0; i < m->n_items; i++) {
        strcat(all, i ? " | " : "");
        strcat(all, m->items[i].text);
    }
    assert_string_equal(all, expected);
    sb_matches_free(&m);
    sb_alignment_free(&a);
}

static sb_selection between(int from_ms, int until_ms)
{
    return (sb_selection){.from = from_ms * SB_TIME_MS, .until = until_ms * SB_TIME_MS};
}

static void times_alone_select_everything_between(void **state)
{
    sb_selection s = between(3500, 7500);
    (void)state;
    assert_texts(&s, "And it cracked twice. Twice? In the foundry?");
    s = between(2000, 9000);
    assert_texts(&s, "in the old foundry. And it cracked twice. Twice? In the foundry? Once in the foundry,");
    s = between(500, 600);
    assert_texts(&s, "");
    s = (sb_selection){.from = 7500 * SB_TIME_MS};
    assert_texts(&s, "Once in the foundry, once in the tower.");
    s = (sb_selection){.until = 5500 * SB_TIME_MS};
    assert_texts(&s, "The bell was cast in the old foundry. And it cracked twice.");
}

static void an_edge_is_at_the_nearest_pause_or_word(void **state)
{
    sb_selection s = between(1300, 2600);
    (void)state;
    assert_texts(&s, "bell was cast in the old");
    s = between(1130, 2600); /* 130 ms to the pause, 120 ms to the edge of a word */
    assert_texts(&s, "The bell was cast in the old");
    s = between(1500, 2500); /* times of words */
    assert_texts(&s, "was cast in the");
    s = between(4600, 4700); /* inside one turn */
    assert_texts(&s, "cracked");
}

static void a_passage_names_its_speakers(void **state)
{
    sb_alignment *a = talk();
    sb_selection s = between(900, 9000);
    sb_matches *m = find(a, &s);
    (void)state;
    assert_int_equal(m->n_items, 1);
    const sb_match *match = &m->items[0];
    assert_true(match->is_passage);
    assert_string_equal(sb_match_how_print(match->how), "passage");
    assert_string_equal(match->why, "everything between");
    assert_true(match->asked.start == s.from && match->asked.end == s.until);
    assert_int_equal(match->n_speakers, 2);
    assert_string_equal(match->speakers[1], "Jon Marsh");
    assert_string_equal(match->speaker, "Ada Lind");
    char *names = sb_match_speakers(match);
    assert_string_equal(names, "Ada Lind, Jon Marsh");
    free(names);
    sb_alignment *excerpt;
    assert_int_equal(sb_matches_excerpt(&excerpt, a, m, NULL), SB_OK);
    assert_int_equal(excerpt->n_turns, 4);
    assert_string_equal(excerpt->turns[1].speaker, "Jon Marsh");
    assert_null(excerpt->turns[2].speaker);
    assert_int_equal(quote_ms(excerpt->turns[1].start), 4000);
    assert_int_equal(quote_ms(excerpt->turns[1].end), 5000);
    assert_int_equal(quote_ms(excerpt->turns[3].end), 9000);
    sb_alignment_free(&excerpt);
    sb_matches_free(&m);
    sb_alignment_free(&a);
}

static void other_conditions_find_turns(void **state)
{
    const char *speaker = "ada*", *phrase = "the foundry";
    sb_selection s = between(500, 8500);
    (void)state;
    s.each = true;
    assert_texts(&s,
                 "The bell was cast in the old foundry. | And it cracked twice. | Twice? In the foundry?");
    s.each = false;
    s.speakers = &speaker;
    s.n_speakers = 1;
    assert_texts(&s, "The bell was cast in the old foundry.");
    s.from = 8250 * SB_TIME_MS; /* inside a turn */
    s.until = 9000 * SB_TIME_MS;
    assert_texts(&s, "in the foundry,");
    s = between(5500, 8800);
    s.phrases = &phrase;
    s.n_phrases = 1;
    assert_texts(&s, "the foundry?");
    s = between(500, 8500);
    s.max_length = SB_TIME_SECOND;
    assert_texts(&s, "And it cracked twice. | Twice? In the foundry?");
}

static void a_passage_is_widened(void **state)
{
    sb_selection s = between(4500, 6300);
    (void)state;
    s.expand = SB_EXPAND_SENTENCE;
    assert_texts(&s, "And it cracked twice. Twice?");
    s.expand = SB_EXPAND_TURN;
    assert_texts(&s, "And it cracked twice. Twice? In the foundry?");
}

static void phrases_limit_a_passage(void **state)
{
    const char *speaker = "ada*";
    sb_selection s = {.from_phrase = "cast in", .until_phrase = "twice"};
    (void)state;
    assert_texts(&s, "cast in the old foundry. And it cracked twice.");
    s.until_phrase = NULL;
    s.until = 4500 * SB_TIME_MS;
    assert_texts(&s, "cast in the old foundry. And it");
    s = (sb_selection){.until_phrase = "Old Foundry"};
    assert_texts(&s, "The bell was cast in the old foundry.");
    s = (sb_selection){.from_phrase = "the", .from = 5000 * SB_TIME_MS, .until_phrase = "once"};
    assert_texts(&s, "the foundry? Once");
    s = (sb_selection){.from_phrase = "cracked", .until_phrase = "foundry", .until = 9500 * SB_TIME_MS};
    assert_texts(&s, "cracked twice. Twice? In the foundry? Once in the foundry,");
    s = (sb_selection){
        .from_phrase = "cracked", .until_phrase = "tower", .speakers = &speaker, .n_speakers = 1};
    assert_texts(&s, "Once in the foundry, once in the tower.");
    s.n_speakers = 0;
    s.each = true;
    assert_texts(&s, "cracked twice. | Twice? In the foundry? | Once in the foundry, once in the tower.");
}

static void the_end_that_was_not_chosen_is_counted(void **state)
{
    sb_alignment *a = talk();
    sb_selection s = {.from_phrase = "cast", .until_phrase = "foundry"};
    sb_matches *m = find(a, &s);
    (void)state;
    assert_string_equal(m->items[0].text, "cast in the old foundry.");
    assert_int_equal(m->n_later, 2);
    assert_int_equal(quote_ms(m->later_at), 6750);
    sb_matches_free(&m);
    sb_alignment_free(&a);
}

static void an_ambiguous_start_is_refused(void **state)
{
    sb_alignment *a = talk();
    sb_selection s = {.from_phrase = "the foundry", .until_phrase = "tower"};
    sb_matches *m;
    sb_error err = {0};
    (void)state;
    assert_int_equal(sb_matches_find(&m, a, &s, &err), SB_ERR_ARGUMENT);
    assert_string_equal(err.field, "from_phrase");
    assert_non_null(strstr(err.message, "2 places: 00:00:06, 00:00:08 (Ada Lind)"));
    s.until_phrase = "once"; /* of two starts, only one is before the only end */
    s.until = 8500 * SB_TIME_MS;
    s.from_phrase = "in the";
    s.from = 5000 * SB_TIME_MS;
    m = find(a, &s);
    assert_string_equal(m->items[0].text, "In the foundry? Once");
    sb_matches_free(&m);
    sb_alignment_free(&a);
}

static void assert_missing(const sb_selection *s, const char *phrase, const char *nearest, sb_nearest_why why)
{
    sb_alignment *a = talk();
    sb_matches *m = find(a, s);
    assert_int_equal(m->n_items, 0);
    assert_ptr_equal(m->missing, phrase);
    assert_non_null(strstr(m->nearest, nearest)); /* it may have fewer or more words around it */
    assert_int_equal(m->nearest_why, why);
    sb_matches_free(&m);
    sb_alignment_free(&a);
}

static void a_missing_phrase_is_named_with_the_nearest_words(void **state)
{
    sb_selection s = {.from_phrase = "cast in the new foundry", .until_phrase = "tower"};
    (void)state;
    assert_missing(&s, s.from_phrase, "cast in the old foundry.", SB_NEAREST_BY_WORDS);
    s = (sb_selection){.from_phrase = "cracked", .until_phrase = "towers"};
    assert_missing(&s, s.until_phrase, "tower.", SB_NEAREST_BY_ORDER);
    s = (sb_selection){.from_phrase = "cracked", .until_phrase = "cast in"};
    assert_missing(&s, s.until_phrase, "cast in", SB_NEAREST_BY_TIME);
    s = (sb_selection){.from_phrase = "cast in", .from = 5 * SB_TIME_SECOND};
    assert_missing(&s, s.from_phrase, "cast in", SB_NEAREST_BY_TIME);
}

static void words_that_were_not_heard_are_not_at_an_edge(void **state)
{
    sb_alignment *a = talk();
    sb_selection s = between(3500, 5500);
    (void)state;
    quote_set_word(a, 1, 0, -1, -1, SB_WORD_NOT_HEARD);
    quote_set_word(a, 1, 2, -1, -1, SB_WORD_NOT_HEARD);
    sb_matches *m = find(a, &s);
    assert_string_equal(m->items[0].text, "it cracked twice.");
    assert_int_equal(m->items[0].n_not_heard, 1);
    sb_matches_free(&m);
    sb_alignment_free(&a);
}

static void what_is_said_outside_meanwhile_is_left_out(void **state)
{
    sb_alignment *a = quote_alignment(SB_METHOD_ACOUSTIC);
    sb_selection s = between(3000, 6500);
    (void)state;
    quote_add_turn(a, "A", 1000, 5000, "one two three four five six seven eight.");
    quote_add_turn(a, "B", 1500, 2000, "Yes."); /* while A speaks */
    quote_add_turn(a, "C", 6000, 6500, "Nine.");
    sb_matches *m = find(a, &s);
    assert_string_equal(m->items[0].text, "five six seven eight. Nine.");
    assert_int_equal(m->items[0].n_speakers, 2);
    assert_string_equal(m->items[0].speakers[1], "C");
    sb_matches_free(&m);
    sb_alignment_free(&a);
}

static void audio_without_words_is_cut_by_times(void **state)
{
    sb_alignment *a = quote_alignment(SB_METHOD_ENERGY);
    sb_selection s = between(4500, 700000);
    (void)state;
    quote_add_turn(a, NULL, 0, 600000, "");
    sb_matches *m = find(a, &s);
    assert_int_equal(m->n_items, 1);
    assert_string_equal(m->items[0].text, "");
    assert_int_equal(quote_ms(m->items[0].span.start), 4500);
    assert_int_equal(quote_ms(m->items[0].span.end), 600000);
    sb_matches_free(&m);
    s.from_phrase = "bell";
    m = find(a, &s);
    assert_int_equal(m->n_items, 0);
    sb_matches_free(&m);
    sb_alignment_free(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(times_alone_select_everything_between),
        cmocka_unit_test(an_edge_is_at_the_nearest_pause_or_word),
        cmocka_unit_test(a_passage_names_its_speakers),
        cmocka_unit_test(other_conditions_find_turns),
        cmocka_unit_test(a_passage_is_widened),
        cmocka_unit_test(phrases_limit_a_passage),
        cmocka_unit_test(the_end_that_was_not_chosen_is_counted),
        cmocka_unit_test(an_ambiguous_start_is_refused),
        cmocka_unit_test(a_missing_phrase_is_named_with_the_nearest_words),
        cmocka_unit_test(words_that_were_not_heard_are_not_at_an_edge),
        cmocka_unit_test(what_is_said_outside_meanwhile_is_left_out),
        cmocka_unit_test(audio_without_words_is_cut_by_times),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
