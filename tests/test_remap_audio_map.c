#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "soundbite/file.h"
#include "soundbite/remap.h"
#include "support_memory.h"
#include "support_quote.h"

#define MS SB_TIME_MS

/* Five words in two seconds from `start_ms`, which no other turn has. */
static void say(sb_alignment *a, int number, int start_ms)
{
    char text[128];

    snprintf(text, sizeof text, "alpha%d beta%d gamma%d delta%d omega%d", number, number, number, number,
             number);
    quote_add_turn(a, "A", start_ms, start_ms + 2000, text);
    quote_add_speech(a, start_ms, start_ms + 2000);
}

/* Turn i is from 3 i + 1 s to 3 i + 3 s, for `n` turns, with pauses of one second. */
static sb_alignment *plain(int n)
{
    sb_alignment *a = quote_alignment(SB_METHOD_ENERGY);

    for (int i = 0; i < n; i++)
        say(a, i, 3000 * i + 1000);
    a->audio.duration = (3000 * n + 1000) * MS;
    return a;
}

/* The same with `by_ms` inserted between turns `first` - 1 and `first`, in the middle of their pause. */
static sb_alignment *with_gap(int n, int first, int by_ms)
{
    sb_alignment *a = quote_alignment(SB_METHOD_ENERGY);

    for (int i = 0; i < n; i++)
        say(a, i, 3000 * i + 1000 + (i >= first ? by_ms : 0));
    a->audio.duration = (3000 * n + 1000 + by_ms) * MS;
    return a;
}

/* The silence map of the ad: speech up to 300 ms from both ends, during the pause. */
static void speak_between(sb_alignment *a, int start_ms, int end_ms)
{
    sb_span *spans;

    quote_add_speech(a, start_ms, end_ms);
    spans = a->speech;
    for (size_t i = a->n_speech - 1; i > 0 && spans[i].start < spans[i - 1].start; i--) {
        sb_span other = spans[i];
        spans[i] = spans[i - 1];
        spans[i - 1] = other;
    }
}

static sb_audio_map *map_of(sb_alignment *from, sb_alignment *to)
{
    sb_audio_map *map;
    sb_error err = {0};

    if (sb_audio_map_create(&map, from, to, &err) != SB_OK)
        fail_msg("%s", err.message);
    sb_alignment_free(&from);
    sb_alignment_free(&to);
    return map;
}

static void assert_start(const sb_audio_map *map, int at_ms, int to_ms, int lost_ms)
{
    sb_mapped_time mapped = sb_audio_map_start(map, at_ms * MS);

    if (quote_ms(mapped.time) != to_ms || quote_ms(mapped.lost) != lost_ms)
        fail_msg("start %d: %d, %d lost", at_ms, quote_ms(mapped.time), quote_ms(mapped.lost));
}

static void assert_end(const sb_audio_map *map, int at_ms, int to_ms, int lost_ms)
{
    sb_mapped_time mapped = sb_audio_map_end(map, at_ms * MS);

    if (quote_ms(mapped.time) != to_ms || quote_ms(mapped.lost) != lost_ms)
        fail_msg("end %d: %d, %d lost", at_ms, quote_ms(mapped.time), quote_ms(mapped.lost));
}

static void the_same_audio_maps_to_itself(void **state)
{
    sb_audio_map *map = map_of(plain(10), plain(10));

    (void)state;
    for (int t = 0; t <= 31000; t += 137) {
        assert_start(map, t, t, 0);
        assert_end(map, t, t, 0);
    }
    sb_audio_map_free(&map);
    assert_null(map);
    sb_audio_map_free(&map);
}

static void jitter_of_the_aligner_is_evened_out(void **state)
{
    sb_alignment *to = with_gap(10, 0, 500);

    (void)state;
    for (size_t i = 0; i < 10; i++)
        for (size_t j = 0; j < 5; j++) {
            to->turns[i].words[j].start += ((int)i % 3 - 1) * 9 * MS;
            to->turns[i].words[j].end += ((int)i % 3 - 1) * 9 * MS;
        }
    sb_audio_map *map = map_of(plain(10), to);
    assert_start(map, 14000, 14500, 0);
    assert_start(map, 8400, 8900, 0);
    sb_audio_map_free(&map);
}

/* Two words between two cuts. */
static void a_short_passage_is_matched(void **state)
{
    sb_alignment *from = plain(10), *to = plain(10);

    (void)state;
    for (size_t i = 0; i < 10; i++)
        for (size_t j = 0; j < 5; j++)
            quote_set_word(to, i, j, (int)(3000 * i + 1000 + 400 * j + (i > 4 ? 6000 : 0)),
                           (int)(3000 * i + 1400 + 400 * j + (i > 4 ? 6000 : 0)), SB_WORD_ALIGNED);
    for (size_t j = 2; j < 5; j++) {
        quote_set_word(from, 4, j, 0, 0, SB_WORD_NOT_HEARD);
        quote_set_word(to, 4, j, 0, 0, SB_WORD_NOT_HEARD);
    }
    for (size_t j = 0; j < 2; j++)
        quote_set_word(to, 4, j, (int)(20000 + 400 * j), (int)(20400 + 400 * j), SB_WORD_ALIGNED);
    to->audio.duration = 37000 * MS;
    sb_audio_map *map = map_of(from, to);
    assert_start(map, 13100, 20100, 0);
    assert_start(map, 16000, 22000, 0);
    sb_audio_map_free(&map);
}

static void one_word_placed_wrong_moves_nothing(void **state)
{
    sb_alignment *to = plain(10);

    (void)state;
    to->turns[4].words[2].start += 600 * MS;
    to->turns[4].words[2].end += 600 * MS;
    sb_audio_map *map = map_of(plain(10), to);
    for (int t = 12000; t <= 16000; t += 100)
        assert_start(map, t, t, 0);
    sb_audio_map_free(&map);
}

static void an_insertion_parts_the_pause(void **state)
{
    sb_alignment *to = with_gap(10, 5, 30000);

    (void)state;
    speak_between(to, 15500, 45500);
    sb_audio_map *map = map_of(plain(10), to);
    assert_start(map, 14900, 14900, 0);
    assert_end(map, 14900, 14900, 0);
    assert_start(map, 15400, 45500, 0);
    assert_end(map, 15400, 15400, 0);
    assert_start(map, 15600, 45600, 0);
    assert_end(map, 15600, 15500, 0);
    assert_end(map, 16000, 15500, 0);
    assert_end(map, 16100, 46100, 0);
    assert_start(map, 15500, 45500, 0);
    assert_end(map, 15500, 15500, 0);
    assert_start(map, 16000, 46000, 0);
    assert_start(map, 31000, 61000, 0);
    sb_audio_map_free(&map);
}

static void an_insertion_lies_where_its_sound_is(void **state)
{
    sb_alignment *to = with_gap(10, 5, 30000);

    (void)state;
    speak_between(to, 15800, 45800);
    sb_audio_map *map = map_of(plain(10), to);
    assert_start(map, 15700, 45800, 0);
    assert_end(map, 15700, 15700, 0);
    assert_start(map, 15900, 45900, 0);
    sb_audio_map_free(&map);
}

static void removed_passages_are_lost(void **state)
{
    sb_alignment *from = with_gap(10, 5, 30000);

    (void)state;
    speak_between(from, 15500, 45500);
    sb_audio_map *map = map_of(from, plain(10));
    assert_start(map, 15300, 15300, 0);
    assert_start(map, 25500, 15500, 20000);
    assert_end(map, 25500, 15500, 10000);
    assert_start(map, 45600, 15600, 0);
    assert_start(map, 46500, 16500, 0);
    sb_audio_map_free(&map);
}

static void words_that_only_one_has_are_lost(void **state)
{
    sb_alignment *to = quote_alignment(SB_METHOD_ENERGY);

    (void)state;
    for (int i = 0; i < 10; i++)
        if (i < 4 || i > 6)
            say(to, i, 3000 * (i > 6 ? i - 3 : i) + 1000);
    to->audio.duration = 22000 * MS;
    sb_audio_map *map = map_of(plain(10), to);
    assert_start(map, 12000, 12000, 0);
    assert_start(map, 14000, 12500, 7500);
    assert_start(map, 22500, 13500, 0);
    sb_audio_map_free(&map);
}

static void text_that_was_edited_keeps_the_sound(void **state)
{
    sb_alignment *to = plain(10);

    (void)state;
    for (size_t j = 0; j < 5; j++)
        memset(to->turns[5].words[j].text, 'x', 3);
    sb_audio_map *map = map_of(plain(10), to);
    for (int t = 15000; t <= 20000; t += 250)
        assert_start(map, t, t, 0);
    sb_audio_map_free(&map);
}

/* The words of three turns that were cut out, estimated in half a second before the next turn. */
static void text_squeezed_into_too_little_sound_is_no_anchor(void **state)
{
    sb_alignment *to = with_gap(10, 7, -9000);

    (void)state;
    for (int i = 0; i < 15; i++)
        quote_set_word(to, (size_t)(4 + i / 5), (size_t)(i % 5), 12300 + 40 * i, 12335 + 40 * i,
                       SB_WORD_ESTIMATED);
    for (size_t i = 0; i < to->n_speech; i++)
        if (i >= 4 && i < 7)
            to->speech[i] = (sb_span){12000 * MS, 12000 * MS};
    sb_audio_map *map = map_of(plain(10), to);
    assert_start(map, 11900, 11900, 0);
    assert_start(map, 16000, 12500, 5500);
    assert_start(map, 22000, 13000, 0);
    sb_audio_map_free(&map);
}

/* A sentence of which no word is heard in the second audio, before an ad. */
static void pauses_that_lie_alike_are_the_same_sound(void **state)
{
    sb_alignment *from = plain(10), *to = with_gap(10, 6, 30000);

    (void)state;
    for (size_t i = 3; i < 6; i++)
        for (size_t j = 0; j < 5; j++)
            quote_set_word(to, i, j, 0, 0, SB_WORD_NOT_HEARD);
    speak_between(to, 18500, 48500);
    sb_audio_map *map = map_of(from, to);
    assert_start(map, 11000, 11000, 0);
    assert_start(map, 17500, 17500, 0);
    assert_start(map, 19000, 49000, 0);
    sb_audio_map_free(&map);
}

static void a_shortened_silence_loses_nothing(void **state)
{
    sb_audio_map *map = map_of(with_gap(10, 5, 2000), plain(10));

    (void)state;
    assert_start(map, 16500, 15500, 0);
    assert_end(map, 16500, 15500, 0);
    assert_start(map, 15200, 15200, 0);
    assert_start(map, 17900, 15900, 0);
    sb_audio_map_free(&map);
}

/* Two ads of the same length with different rhythms. */
static void a_replaced_passage_is_lost(void **state)
{
    sb_alignment *from = with_gap(10, 5, 30000), *to = with_gap(10, 5, 30000);

    (void)state;
    for (int i = 0; i < 15; i++) {
        speak_between(from, 15500 + 2000 * i, 16500 + 2000 * i);
        speak_between(to, 15500 + 1000 * i, 15900 + 1000 * i);
    }
    speak_between(to, 31000, 45500);
    sb_audio_map *map = map_of(from, to);
    assert_int_equal(quote_ms(sb_audio_map_start(map, 30000 * MS).time), 45500);
    assert_true(sb_audio_map_start(map, 30000 * MS).lost > 0);
    assert_start(map, 46000, 46000, 0);
    sb_audio_map_free(&map);
}

/* The aligner does not hear the language of two turns, and puts their words into the ad. */
static void estimated_words_in_an_ad_are_no_anchors(void **state)
{
    sb_alignment *from = plain(12), *to = with_gap(12, 5, 30000);

    (void)state;
    speak_between(to, 15400, 45600);
    for (int i = 5; i < 7; i++) {
        sb_span *whole = &from->speech[i];
        *whole = (sb_span){whole->start, whole->start + 700 * MS};
        to->speech[i + 1].end = to->speech[i + 1].start + 700 * MS;
        for (int w = 0; w < 5; w++) {
            int at = 3000 * i + 1000 + 400 * w;
            quote_set_word(from, (size_t)i, (size_t)w, at, at + 400, SB_WORD_ESTIMATED);
            quote_set_word(to, (size_t)i, (size_t)w, at + 11000, at + 11400, SB_WORD_ESTIMATED);
        }
    }
    sb_audio_map *map = map_of(from, to);
    assert_start(map, 15500, 45600, 0);
    assert_start(map, 16000, 46000, 0);
    assert_start(map, 19000, 49000, 0);
    assert_start(map, 22000, 52000, 0);
    sb_audio_map_free(&map);
}

/* The aligner is certain of two words of an advertisement. They moved by another time each. */
static void certain_words_in_an_ad_are_no_anchors(void **state)
{
    sb_alignment *from = plain(10), *to = with_gap(10, 5, 6000);

    (void)state;
    speak_between(to, 16000, 21000);
    quote_set_word(to, 5, 0, 16200, 16650, SB_WORD_ALIGNED);
    quote_set_word(to, 5, 1, 16700, 17020, SB_WORD_ALIGNED);
    quote_set_word(to, 5, 2, 17100, 17390, SB_WORD_ALIGNED);
    sb_audio_map *map = map_of(from, to);
    assert_true(sb_audio_map_start(map, 16000 * MS).time > 21000 * MS);
    sb_audio_map_free(&map);
}

static void the_same_advertisement_stays(void **state)
{
    sb_alignment *from = with_gap(10, 5, 30000), *to = with_gap(10, 5, 30000);

    (void)state;
    for (int i = 0; i < 15; i++) {
        speak_between(from, 15500 + 2000 * i, 16500 + 2000 * i);
        speak_between(to, 15500 + 2000 * i, 16500 + 2000 * i);
    }
    sb_audio_map *map = map_of(from, to);
    assert_start(map, 30000, 30000, 0);
    sb_audio_map_free(&map);
}

static void what_comes_before_the_first_word(void **state)
{
    sb_audio_map *map = map_of(plain(10), with_gap(10, 0, 20000));

    (void)state;
    assert_start(map, 0, 20000, 0);
    assert_start(map, 500, 20500, 0);
    assert_end(map, 0, 0, 0);
    sb_audio_map_free(&map);
    sb_alignment *from = with_gap(10, 0, 20000);
    speak_between(from, 0, 19500);
    map = map_of(from, plain(10));
    assert_start(map, 5000, 0, 15000);
    assert_start(map, 20500, 500, 0);
    sb_audio_map_free(&map);
}

static void what_comes_after_the_last_word(void **state)
{
    sb_alignment *from = plain(10);

    (void)state;
    from->audio.duration = 60000 * MS;
    speak_between(from, 32000, 59000);
    sb_audio_map *map = map_of(from, plain(10));
    assert_start(map, 30500, 30500, 0);
    assert_start(map, 40000, 31000, 20000);
    assert_end(map, 40000, 31000, 9000);
    assert_start(map, 70000, 31000, 10000);
    assert_start(map, -1000, 0, 1000);
    assert_true(sb_audio_map_start(map, INT64_MAX).time == 31000 * MS);
    sb_audio_map_free(&map);
}

static void a_change_of_speed_is_linear(void **state)
{
    sb_alignment *to = quote_alignment(SB_METHOD_ENERGY);

    (void)state;
    for (int i = 0; i < 10; i++) {
        say(to, i, 3000 * i + 1000);
        for (size_t j = 0; j < 5; j++) {
            to->turns[i].words[j].start = to->turns[i].words[j].start / 100 * 98 + (j == 3 ? 40 * MS : 0);
            to->turns[i].words[j].end = to->turns[i].words[j].end / 100 * 98 + (j == 2 ? 40 * MS : 0);
        }
    }
    to->audio.duration = 31000 * MS * 98 / 100;
    sb_audio_map *map = map_of(plain(10), to);
    for (int t = 1000; t <= 30000; t += 500)
        assert_int_equal((quote_ms(sb_audio_map_start(map, t * MS).time) - t * 98 / 100) / 12, 0);
    sb_audio_map_free(&map);
}

static void changes_inside_are_counted(void **state)
{
    sb_alignment *longer = with_gap(10, 5, 30000);
    sb_time removed, inserted;

    (void)state;
    speak_between(longer, 15500, 45500);
    sb_audio_map *map = map_of(plain(10), longer);
    sb_audio_map_changes(&removed, &inserted, map, 5000 * MS, 20000 * MS);
    assert_int_equal(quote_ms(removed), 0);
    assert_int_equal(quote_ms(inserted), 30000);
    sb_audio_map_changes(&removed, &inserted, map, 16000 * MS, 20000 * MS);
    assert_int_equal(quote_ms(inserted), 0);
    sb_audio_map_free(&map);
}

static void assert_refused(sb_alignment *from, sb_alignment *to, sb_status status, const char *message)
{
    sb_audio_map *map;
    sb_error err = {0};

    assert_int_equal(sb_audio_map_create(&map, from, to, &err), status);
    assert_null(map);
    if (!strstr(err.message, message))
        fail_msg("%s", err.message);
    sb_alignment_free(&from);
    sb_alignment_free(&to);
}

static sb_alignment *other_text(void)
{
    sb_alignment *a = quote_alignment(SB_METHOD_ENERGY);

    for (int i = 20; i < 30; i++)
        say(a, i, 3000 * i);
    return a;
}

static sb_alignment *unheard(void)
{
    sb_alignment *a = plain(10);

    for (size_t i = 0; i < 10; i++)
        for (size_t j = 0; j < 5; j++)
            quote_set_word(a, i, j, 0, 0, SB_WORD_NOT_HEARD);
    return a;
}

static void unrelated_transcripts_are_refused(void **state)
{
    (void)state;
    assert_refused(plain(10), other_text(), SB_ERR_MISMATCH, "different transcripts: 0 of 50 words");
    assert_refused(plain(10), quote_alignment(SB_METHOD_ENERGY), SB_ERR_MISMATCH, "different transcripts");
    assert_refused(plain(10), unheard(), SB_ERR_MISMATCH, "too few words were heard in both");
    assert_refused(plain(10), quote_alignment(SB_METHOD_NONE), SB_ERR_ARGUMENT, "without audio");
}

static void each_allocation_may_fail(void **state)
{
    sb_alignment *from = plain(10), *to = with_gap(10, 5, 30000);
    sb_audio_map *map;
    size_t n = 0;

    (void)state;
    for (bool failed = true; failed; n++) {
        sb_error err = {0};
        memory_fail_from(n);
        sb_status status = sb_audio_map_create(&map, from, to, &err);
        failed = memory_fail_end();
        assert_int_equal(status, failed ? SB_ERR_MEMORY : SB_OK);
        assert_int_equal(err.status, status);
        assert_true(failed ? map == NULL : map != NULL);
        sb_audio_map_free(&map);
    }
    assert_true(n > 20);
    sb_alignment_free(&from);
    sb_alignment_free(&to);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_same_audio_maps_to_itself),
        cmocka_unit_test(jitter_of_the_aligner_is_evened_out),
        cmocka_unit_test(a_short_passage_is_matched),
        cmocka_unit_test(one_word_placed_wrong_moves_nothing),
        cmocka_unit_test(an_insertion_parts_the_pause),
        cmocka_unit_test(an_insertion_lies_where_its_sound_is),
        cmocka_unit_test(removed_passages_are_lost),
        cmocka_unit_test(words_that_only_one_has_are_lost),
        cmocka_unit_test(text_that_was_edited_keeps_the_sound),
        cmocka_unit_test(text_squeezed_into_too_little_sound_is_no_anchor),
        cmocka_unit_test(pauses_that_lie_alike_are_the_same_sound),
        cmocka_unit_test(a_shortened_silence_loses_nothing),
        cmocka_unit_test(a_replaced_passage_is_lost),
        cmocka_unit_test(estimated_words_in_an_ad_are_no_anchors),
        cmocka_unit_test(certain_words_in_an_ad_are_no_anchors),
        cmocka_unit_test(the_same_advertisement_stays),
        cmocka_unit_test(what_comes_before_the_first_word),
        cmocka_unit_test(what_comes_after_the_last_word),
        cmocka_unit_test(a_change_of_speed_is_linear),
        cmocka_unit_test(changes_inside_are_counted),
        cmocka_unit_test(unrelated_transcripts_are_refused),
        cmocka_unit_test(each_allocation_may_fail),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
