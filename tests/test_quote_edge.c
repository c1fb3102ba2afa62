#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "support_cut.h"
#include "support_quote.h"

static sb_cut cut_passage(const sb_alignment *a, sb_match m, int from_ms, int until_ms)
{
    m.is_passage = true;
    m.asked = (sb_span){from_ms < 0 ? SB_TIME_NONE : from_ms * SB_TIME_MS,
                        until_ms < 0 ? SB_TIME_NONE : until_ms * SB_TIME_MS};
    return cut_default(a, &m);
}

static void a_passage_keeps_music_before_its_words(void **state)
{
    sb_alignment *a = quote_alignment(SB_METHOD_ACOUSTIC);
    (void)state;
    quote_add_speech(a, 1000, 9000); /* music */
    quote_add_speech(a, 9500, 12000);
    quote_add_turn(a, "A", 13000, 14000, "one two three four.");
    quote_add_speech(a, 13000, 14000);
    sb_match m = cut_match_of(a, 0, 0, 3);
    assert_cut(cut_passage(a, m, 12500, 14200), 12850, 13000, 14000, 14300); /* only silence between */
    assert_cut(cut_passage(a, m, 9200, 14200), 9350, 9500, 14000, 14300);
    assert_cut(cut_passage(a, m, 8700, 14200), 9350, 9500, 14000, 14300);
    assert_cut(cut_passage(a, m, 0, 14200), 850, 1000, 14000, 14300);
    assert_cut(cut_passage(a, m, -1, -1), 12850, 13000, 14000, 14300);
    sb_cut cut = cut_passage(a, m, 5000, 14200); /* in the middle of the music */
    assert_cut(cut, 5000, 5000, 14000, 14300);
    assert_int_equal(cut.warnings, SB_CUT_NO_SILENCE_START);
    sb_alignment_free(&a);
}

static void a_passage_begins_after_the_word_before(void **state)
{
    sb_alignment *a = cut_three_turns(1000);
    sb_match m = cut_match_of(a, 1, 0, 3);
    (void)state;
    assert_cut(cut_passage(a, m, 1900, 4900), 2850, 3000, 4000,
               4300); /* the times are in neighbouring words */
    sb_alignment_free(&a);
}

static void sound_without_words_is_cut_at_silences(void **state)
{
    sb_alignment *a = quote_alignment(SB_METHOD_ENERGY);
    sb_match m = {.number = 1, .confidence = 1, .is_passage = true};
    (void)state;
    quote_add_turn(a, NULL, 0, 600000, "");
    quote_add_speech(a, 1000, 4000);
    quote_add_speech(a, 4050, 6000); /* after the closure of a plosive */
    quote_add_speech(a, 6800, 9000);
    quote_add_speech(a, 9400, 30000);
    m.span = (sb_span){3900 * SB_TIME_MS, 8500 * SB_TIME_MS};
    assert_cut(cut_passage(a, m, 3900, 8500), 6650, 6800, 9000, 9300);
    m.span.end = 20000 * SB_TIME_MS;
    sb_cut cut = cut_passage(a, m, 600, 20000);
    assert_cut(cut, 850, 1000, 20000, 20000);
    assert_int_equal(cut.warnings, SB_CUT_NO_SILENCE_END);
    m.span = (sb_span){40000 * SB_TIME_MS, 50000 * SB_TIME_MS};
    cut = cut_passage(a, m, 40000, 50000); /* nothing but silence */
    assert_int_equal(quote_ms(cut.span.start), 40000);
    assert_int_equal(quote_ms(cut.span.end), 50000);
    m.span = (sb_span){0, 600000 * SB_TIME_MS};
    cut = cut_passage(a, m, 0, 600000);
    assert_cut(cut, 850, 1000, 30000, 30300);
    sb_alignment_free(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_passage_keeps_music_before_its_words),
        cmocka_unit_test(a_passage_begins_after_the_word_before),
        cmocka_unit_test(sound_without_words_is_cut_at_silences),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
