#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "align/anchors/anchors.h"

#define N 20

/* Words of four letters, half a second each, from the start. */
typedef struct sample {
    sb_aligned_word words[N], *list[N];
    sb_anchor items[N];
    sb_span trusted;
    sb_anchors anchors;
} sample;

static char text[] = "word";

static void begin(sample *s)
{
    *s = (sample){.anchors = {.items = s->items}};
    for (int i = 0; i < N; i++) {
        s->words[i] = (sb_aligned_word){
            .text = text, .start = i * SB_TIME_SECOND / 2, .end = (i + 1) * SB_TIME_SECOND / 2};
        s->list[i] = &s->words[i];
    }
}

static void add_anchor(sample *s, uint32_t word, double start_s, double end_s)
{
    s->items[s->anchors.n_items++] =
        (sb_anchor){word, {sb_time_from_seconds(start_s), sb_time_from_seconds(end_s)}};
}

static void place(sample *s, double duration_s)
{
    sb_anchors_place(s->list, N, &s->anchors, (sb_span){0, sb_time_from_seconds(duration_s)});
}

static void check_at(const sample *s, int word, double start_s, double end_s)
{
    assert_int_equal(s->words[word].start, sb_time_from_seconds(start_s));
    assert_int_equal(s->words[word].end, sb_time_from_seconds(end_s));
}

static void check_ascends(const sample *s, int first, int end)
{
    for (int i = first; i < end; i++) {
        assert_true(s->words[i].end > s->words[i].start);
        assert_true(i == first || s->words[i].start >= s->words[i - 1].end);
    }
}

static void without_anchors_words_keep_their_places(void **state)
{
    sample s;
    (void)state;
    begin(&s);
    place(&s, 10);
    for (int i = 0; i < N; i++)
        check_at(&s, i, i * 0.5, (i + 1) * 0.5);
}

static void anchored_words_move_to_their_places(void **state)
{
    sample s;
    (void)state;
    begin(&s);
    add_anchor(&s, 4, 2.1, 2.4);
    add_anchor(&s, 5, 2.4, 2.9);
    place(&s, 10);
    check_at(&s, 4, 2.1, 2.4);
    check_at(&s, 5, 2.4, 2.9);
    check_at(&s, 3, 1.5, 2.0);
    check_at(&s, 6, 3.0, 3.5);
}

/* All words were a minute early. Between the anchors, their old places are useless. */
static void words_between_anchors_are_spread_evenly(void **state)
{
    sample s;
    (void)state;
    begin(&s);
    add_anchor(&s, 4, 62, 62.4);
    add_anchor(&s, 9, 64.4, 64.8);
    place(&s, 70);
    check_ascends(&s, 4, 10);
    assert_int_equal(s.words[5].start, s.words[4].end);
    assert_true(llabs(s.words[8].end - s.words[9].start) <= SB_TIME_MS);
    for (int i = 6; i < 9; i++)
        assert_true(llabs((s.words[i].end - s.words[i].start) - (s.words[5].end - s.words[5].start)) <=
                    SB_TIME_MS);
}

static void words_that_do_not_fit_the_sound_lose_their_places(void **state)
{
    sample s;
    (void)state;
    begin(&s);
    add_anchor(&s, 4, 2, 2.5);
    add_anchor(&s, 9, 200, 200.5);  /* five words cannot fill three minutes */
    add_anchor(&s, 19, 200.6, 201); /* nine words cannot be said in a tenth of a second */
    place(&s, 300);
    for (int i = 5; i < 19; i++)
        if (i != 9) {
            assert_int_equal(s.words[i].start, SB_TIME_NONE);
            assert_int_equal(s.words[i].end, SB_TIME_NONE);
        }
    check_at(&s, 3, 1.5, 2);
}

static void trusted_places_are_kept(void **state)
{
    sample s;
    (void)state;
    begin(&s);
    for (int i = 9; i < N; i++) {
        s.words[i].start += 30 * SB_TIME_SECOND;
        s.words[i].end += 30 * SB_TIME_SECOND;
    }
    s.trusted = (sb_span){0, 60 * SB_TIME_SECOND};
    s.anchors.trusted = &s.trusted;
    s.anchors.n_trusted = 1;
    add_anchor(&s, 4, 2, 2.5);
    add_anchor(&s, 9, 34.5, 35); /* a pause of half a minute that agrees with the stamps */
    place(&s, 60);
    for (int i = 5; i < 9; i++)
        check_at(&s, i, i * 0.5, (i + 1) * 0.5);
}

static void most_words_without_places_get_some(void **state)
{
    sample s;
    (void)state;
    begin(&s);
    for (int w = 5; w < 8; w++)
        s.words[w].start = s.words[w].end = SB_TIME_NONE;
    add_anchor(&s, 4, 2, 2.5);
    add_anchor(&s, 9, 4.5, 5);
    place(&s, 10);
    check_ascends(&s, 4, 10);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(without_anchors_words_keep_their_places),
        cmocka_unit_test(anchored_words_move_to_their_places),
        cmocka_unit_test(words_between_anchors_are_spread_evenly),
        cmocka_unit_test(words_that_do_not_fit_the_sound_lose_their_places),
        cmocka_unit_test(trusted_places_are_kept),
        cmocka_unit_test(most_words_without_places_get_some),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
