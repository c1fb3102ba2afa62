#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/run/run.h"
#include "export/export.h"
#include "support_memory.h"
#include "support_quote.h"

#define ALL_OF(turn) ((sb_caption_span){turn, 0, turn, SIZE_MAX, .within = {0, SB_TIME_NONE}})

static sb_captions cues_of(const sb_alignment *a, const sb_caption_span *spans, size_t n,
                           const sb_caption_params *params)
{
    sb_captions cues;
    sb_error err = {0};

    if (sb_captions_of_spans(&cues, a, spans, n, params, &err) != SB_OK)
        fail_msg("%s", err.message);
    return cues;
}

/* Lines are separated by '/', cues by '|'. */
static void assert_text(const sb_captions *cues, const char *expected)
{
    sb_bytes text = {0};

    for (size_t i = 0; i < cues->n_items; i++) {
        sb_bytes_text(&text, i ? "|" : "");
        sb_caption_append(&text, &cues->items[i], "/");
    }
    assert_string_equal(text.data ? text.data : "", expected);
    sb_bytes_finish(&text);
}

static void assert_split(const char *words, int length_ms, const sb_caption_params *params,
                         const char *expected)
{
    sb_alignment *a = quote_alignment(SB_METHOD_ACOUSTIC);
    sb_caption_span all = ALL_OF(0);

    quote_add_turn(a, "Ben Wilson", 1000, 1000 + length_ms, words);
    sb_captions cues = cues_of(a, &all, 1, params);
    assert_text(&cues, expected);
    sb_captions_finish(&cues);
    sb_alignment_free(&a);
}

static void times_count_from_the_beginning_of_the_clip(void **state)
{
    sb_alignment *a = quote_alignment(SB_METHOD_ACOUSTIC);

    (void)state;
    quote_add_turn(a, "A", 10000, 14000, "one two three four five six seven eight");
    sb_caption_span span = {0, 2, 0, 5, .shift = -10850 * SB_TIME_MS, .within = {0, 2450 * SB_TIME_MS}};
    sb_captions cues = cues_of(a, &span, 1, NULL);
    assert_text(&cues, "three four five six");
    assert_int_equal(quote_ms(cues.items[0].start), 150);
    assert_int_equal(quote_ms(cues.items[0].end), 2150);
    assert_int_equal(quote_ms(cues.items[0].items[1].start), 650);
    assert_int_equal(cues.items[0].items[1].word, 3);
    sb_captions_finish(&cues);
    sb_alignment_free(&a);
}

static void a_short_cue_stands_no_longer_than_the_clip(void **state)
{
    sb_alignment *a = quote_alignment(SB_METHOD_ACOUSTIC);

    (void)state;
    quote_add_turn(a, "A", 1000, 1200, "Yes.");
    sb_caption_span span = {0, 0, 0, 0, .shift = -850 * SB_TIME_MS, .within = {0, 650 * SB_TIME_MS}};
    sb_captions cues = cues_of(a, &span, 1, NULL);
    assert_int_equal(cues.n_items, 1);
    assert_int_equal(quote_ms(cues.items[0].start), 150);
    assert_int_equal(quote_ms(cues.items[0].end), 650);
    sb_captions_finish(&cues);
    sb_alignment_free(&a);
}

static void words_not_heard_are_left_out(void **state)
{
    sb_alignment *a = quote_alignment(SB_METHOD_ACOUSTIC);
    sb_caption_span all = ALL_OF(0);

    (void)state;
    quote_add_turn(a, "A", 0, 2000, "one two three four");
    quote_set_word(a, 0, 1, 0, 0, SB_WORD_NOT_HEARD);
    sb_captions cues = cues_of(a, &all, 1, NULL);
    assert_text(&cues, "one three four");
    sb_captions_finish(&cues);
    sb_alignment_free(&a);
}

/* It is placed between its neighbours, also at the edges of the span. */
static void words_without_a_sure_place_are_shown(void **state)
{
    sb_alignment *a = quote_alignment(SB_METHOD_ACOUSTIC);
    sb_caption_span span = {0, 1, 0, 3, .shift = -500 * SB_TIME_MS, .within = {0, 2000 * SB_TIME_MS}};

    (void)state;
    quote_add_turn(a, "A", 0, 2500, "one two three four five");
    for (size_t w = 1; w < 4; w += 2) {
        a->turns[0].words[w].start = a->turns[0].words[w].end = SB_TIME_NONE;
        a->turns[0].words[w].status = SB_WORD_ESTIMATED;
    }
    sb_captions cues = cues_of(a, &span, 1, NULL);
    assert_text(&cues, "two three four");
    assert_int_equal(quote_ms(cues.items[0].items[0].start), 0);
    assert_int_equal(quote_ms(cues.items[0].items[2].start), 1000);
    assert_int_equal(quote_ms(cues.items[0].items[2].end), 1500);
    sb_captions_finish(&cues);
    sb_alignment_free(&a);
}

/* Then nothing says that a word was not said. */
static void an_uncertain_pair_loses_no_words(void **state)
{
    sb_alignment *a = quote_alignment(SB_METHOD_ACOUSTIC);
    sb_caption_span all = {.last_turn = 1, .last_word = SIZE_MAX, .within = {0, SB_TIME_NONE}};

    (void)state;
    a->pairing = SB_PAIRING_UNSURE;
    quote_add_turn(a, "A", 0, 2000, "one two three four");
    quote_set_word(a, 0, 1, 0, 0, SB_WORD_NOT_HEARD);
    quote_add_turn(a, "A", 0, 2000, "five");
    quote_set_word(a, 1, 0, 0, 0, SB_WORD_NOT_HEARD);
    a->turns[1].start = a->turns[1].end = SB_TIME_NONE;
    sb_captions cues = cues_of(a, &all, 1, NULL);
    assert_text(&cues, "one two three four five");
    sb_captions_finish(&cues);
    sb_alignment_free(&a);
}

static void words_not_heard_are_named(void **state)
{
    sb_alignment *a = quote_alignment(SB_METHOD_ACOUSTIC);
    sb_caption_span span = {.first_word = 1, .last_turn = 1, .last_word = 0};
    sb_bytes text = {0};

    (void)state;
    quote_add_turn(a, "A", 0, 2000, "one two three four");
    quote_add_turn(a, "A", 2000, 3000, "five six");
    sb_captions_append_unheard(&text, a, &span);
    assert_int_equal(text.size, 0);
    quote_set_word(a, 0, 0, 0, 0, SB_WORD_NOT_HEARD);
    quote_set_word(a, 0, 1, 0, 0, SB_WORD_NOT_HEARD);
    quote_set_word(a, 0, 3, 0, 0, SB_WORD_NOT_HEARD);
    quote_set_word(a, 1, 0, 0, 0, SB_WORD_NOT_HEARD);
    sb_captions_append_unheard(&text, a, &span);
    assert_string_equal(text.data, "\"two\", \"four five\"");
    sb_bytes_finish(&text);
    sb_alignment_free(&a);
}

static void passages_continue_only_if_marked(void **state)
{
    sb_alignment *a = quote_alignment(SB_METHOD_ACOUSTIC);

    (void)state;
    quote_add_turn(a, "A", 0, 4000, "one um two and um three four five");
    sb_caption_span spans[] = {
        {0, 0, 0, 0, .within = {0, 10000 * SB_TIME_MS}},
        {0, 2, 0, 3, .shift = -500 * SB_TIME_MS, .within = {0, 10000 * SB_TIME_MS}, .goes_on = true},
        {0, 5, 0, 7, .shift = 1000 * SB_TIME_MS, .within = {0, 10000 * SB_TIME_MS}},
    };
    sb_captions cues = cues_of(a, spans, 3, NULL);
    assert_text(&cues, "one two and|three four five");
    assert_int_equal(quote_ms(cues.items[0].items[1].start), 500);
    assert_int_equal(quote_ms(cues.items[1].start), 3500);
    sb_captions_finish(&cues);
    sb_alignment_free(&a);
}

static void names_count_for_the_width_of_lines(void **state)
{
    sb_caption_params names = SB_CAPTION_WIDE;

    (void)state;
    names.names = true;
    assert_split("We train models, we deploy models, we do.", 4000, &names,
                 "Ben Wilson: We train models,/we deploy models, we do.");
    assert_split("We train models, we deploy models, we do.", 4000, NULL,
                 "We train models, we deploy models, we do.");
}

static void one_speaker_in_two_turns_is_one_passage(void **state)
{
    sb_alignment *a = quote_alignment(SB_METHOD_ACOUSTIC);
    sb_caption_params names = SB_CAPTION_WIDE;
    sb_caption_span all = {.last_turn = 2, .last_word = SIZE_MAX, .within = {0, SB_TIME_NONE}};

    (void)state;
    names.names = true;
    quote_add_turn(a, "A", 0, 1000, "it went on and");
    quote_add_turn(a, "A", 1000, 2000, "on and on.");
    quote_add_turn(a, "B", 2000, 3000, "No.");
    sb_captions cues = cues_of(a, &all, 1, &names);
    assert_text(&cues, "A: it went on and on and on.|B: No.");
    assert_string_equal(cues.items[1].speaker, "B");
    sb_captions_finish(&cues);
    sb_alignment_free(&a);
}

static void upright_pictures_have_short_lines(void **state)
{
    sb_caption_params vertical = SB_CAPTION_VERTICAL;

    (void)state;
    assert_split("But it has been very different with the startups in the last ten years.", 6000, &vertical,
                 "But it has been very/different with the startups|in the last ten years.");
}

static void scripts_without_blanks_break_between_characters(void **state)
{
    sb_caption_params vertical = SB_CAPTION_VERTICAL;

    (void)state;
    assert_split("今日はとてもいい天気ですね。明日も晴れるでしょう。", 6000, &vertical,
                 "今日はとてもいい天気ですね。/明日も晴れるでしょう。");
    assert_split("我们今天讨论的是人工智能在医疗领域的应用，以及它带来的问题。", 9000, NULL,
                 "我们今天讨论的是人工智能在医疗领域的应用，|以及它带来的问题。");
    assert_split("오늘 날씨가 좋네요.", 2000, NULL, "오늘 날씨가 좋네요.");
}

static void right_to_left_text_stays_in_its_order(void **state)
{
    (void)state;
    assert_split("مرحبا بكم في هذا البرنامج، اليوم نتحدث عن الجسور القديمة في المدينة.", 5000, NULL,
                 "مرحبا بكم في هذا البرنامج،/اليوم نتحدث عن الجسور القديمة في المدينة.");
}

static void combining_marks_take_no_column(void **state)
{
    sb_alignment *a = quote_alignment(SB_METHOD_ACOUSTIC);
    sb_caption_span all = ALL_OF(0);

    (void)state;
    quote_add_turn(a, "A", 0, 1000, "e\xcc\x81t\xc3\xa9 \xe5\xa4\xa9");
    sb_captions cues = cues_of(a, &all, 1, NULL);
    assert_int_equal(cues.items[0].width, 3 + 1 + 2);
    sb_captions_finish(&cues);
    sb_alignment_free(&a);
}

static void words_longer_than_a_line_are_cut_between_letters(void **state)
{
    sb_caption_params vertical = SB_CAPTION_VERTICAL;

    (void)state;
    assert_split("die Donaudampfschifffahrtsgesellschaft fährt", 3000, &vertical,
                 "die|Donaudampfschifffahrtsgesell/schaft fährt");
}

static void a_fast_speaker_has_full_cues(void **state)
{
    sb_alignment *a = quote_alignment(SB_METHOD_ACOUSTIC);
    sb_caption_span all = ALL_OF(0);
    sb_bytes words = {0};

    (void)state;
    for (int i = 0; i < 60; i++)
        sb_bytes_print(&words, "wordword%s ", i % 6 == 5 ? "." : "");
    quote_add_turn(a, "A", 0, 60 * 9 * 1000 / 30, words.data);
    sb_captions cues = cues_of(a, &all, 1, NULL);
    for (size_t i = 0; i < cues.n_items; i++) {
        assert_true(cues.items[i].end - cues.items[i].start >= SB_CAPTION_WIDE.min_duration);
        assert_true(cues.items[i].n_lines <= 2);
        assert_true(i == 0 || cues.items[i].start == cues.items[i - 1].end);
    }
    sb_captions_finish(&cues);
    sb_bytes_finish(&words);
    sb_alignment_free(&a);
}

static void gaps_are_two_frames_or_none(void **state)
{
    sb_alignment *a = quote_alignment(SB_METHOD_ACOUSTIC);
    sb_caption_span all = {.last_turn = 5, .last_word = SIZE_MAX, .within = {0, SB_TIME_NONE}};

    (void)state;
    for (int i = 0, at = 0; i < 6; i++) {
        quote_add_turn(a, i % 2 ? "A" : "B", at, at + 2000, "That is so.");
        at += 2000 + 30 * i;
    }
    sb_captions cues = cues_of(a, &all, 1, NULL);
    for (size_t i = 1; i < cues.n_items; i++) {
        sb_time gap = cues.items[i].start - cues.items[i - 1].end;
        assert_true(gap == 0 || gap >= 2 * SB_CAPTION_WIDE.frame);
    }
    assert_int_equal(quote_ms(cues.items[5].start), 10300);
    sb_captions_finish(&cues);
    sb_alignment_free(&a);
}

static void cues_begin_with_the_frame_of_their_word(void **state)
{
    sb_alignment *a = quote_alignment(SB_METHOD_ACOUSTIC);
    sb_caption_span all = ALL_OF(0);
    sb_caption_params params = SB_CAPTION_WIDE;

    (void)state;
    params.frame = SB_TIME_SECOND / 30;
    params.on_frames = true;
    quote_add_turn(a, "A", 1017, 9517,
                   "One thing is sure. And another thing is not sure at all, I would say.");
    sb_captions cues = cues_of(a, &all, 1, &params);
    assert_true(cues.n_items > 1);
    for (size_t i = 0; i < cues.n_items; i++) {
        const sb_caption *cue = &cues.items[i];
        assert_int_equal(cue->start % params.frame, 0);
        assert_int_equal(cue->end % params.frame, 0);
        assert_in_range(cue->items[0].start - cue->start, 0, params.frame - 1);
    }
    sb_captions_finish(&cues);
    sb_alignment_free(&a);
}

static void words_of_one_instant_share_a_cue(void **state)
{
    sb_alignment *a = quote_alignment(SB_METHOD_ACOUSTIC);
    sb_caption_span all = ALL_OF(0);

    (void)state;
    quote_add_turn(a, "A", 1000, 3000, "... letters of the name.");
    quote_set_word(a, 0, 0, 1000, 1000, SB_WORD_ESTIMATED);
    quote_set_word(a, 0, 1, 1000, 1400, SB_WORD_ALIGNED);
    sb_captions cues = cues_of(a, &all, 1, NULL);
    assert_text(&cues, "... letters of the name.");
    sb_captions_finish(&cues);
    sb_alignment_free(&a);
}

static void karaoke_adds_up_to_its_cue(void **state)
{
    sb_alignment *a = quote_alignment(SB_METHOD_ACOUSTIC);
    sb_caption_span all = ALL_OF(0);
    sb_bytes text = {0};

    (void)state;
    quote_add_turn(a, "A", 1000, 3333, "one two three");
    quote_set_word(a, 0, 1, 1904, 2111, SB_WORD_ALIGNED);
    sb_captions cues = cues_of(a, &all, 1, NULL);
    sb_ass_append(&text, &cues, false);
    const char *event = strstr(text.data, "Dialogue: ");
    assert_string_equal(event,
                        "Dialogue: 0,0:00:01.00,0:00:03.33,Default,A,0,0,0,,{\\kf78}one {\\k12}{\\kf21}two "
                        "{\\k45}{\\kf77}three\n");
    assert_non_null(strstr(text.data, "96,96,54,1\n"));
    sb_bytes_finish(&text);
    sb_captions_finish(&cues);
    sb_alignment_free(&a);
}

static void karaoke_of_right_to_left_text_finds_its_direction(void **state)
{
    sb_alignment *a = quote_alignment(SB_METHOD_ACOUSTIC);
    sb_caption_span all = ALL_OF(0);
    sb_bytes text = {0};

    (void)state;
    quote_add_turn(a, "A", 1000, 3333, "שלום לכולם");
    sb_captions cues = cues_of(a, &all, 1, NULL);
    sb_ass_append(&text, &cues, false);
    assert_non_null(strstr(text.data, "96,96,54,-1\n"));
    sb_bytes_finish(&text);
    sb_captions_finish(&cues);
    sb_alignment_free(&a);
}

static void running_out_of_memory_leaves_nothing(void **state)
{
    sb_alignment *a = quote_alignment(SB_METHOD_ACOUSTIC);
    sb_caption_span all = ALL_OF(0);
    bool refused = true;

    (void)state;
    quote_add_turn(a, "A", 0, 9000, "We train models. 今日は天気ですね。 And so it goes on.");
    for (size_t n = 0; refused; n++) {
        sb_captions cues;
        memory_fail_from(n);
        sb_status status = sb_captions_of_spans(&cues, a, &all, 1, NULL, NULL);
        refused = memory_fail_end();
        assert_int_equal(status, refused ? SB_ERR_MEMORY : SB_OK);
        assert_true(refused ? cues.items == NULL : cues.n_items > 1);
        sb_captions_finish(&cues);
    }
    sb_alignment_free(&a);
}

static void people_who_speak_at_once_have_cues_in_order(void **state)
{
    sb_alignment *a = quote_alignment(SB_METHOD_ACOUSTIC);
    sb_caption_span span = {0, 4, 2, SIZE_MAX, .shift = -3000 * SB_TIME_MS, .within = {0, 9000 * SB_TIME_MS}};
    sb_caption_params params = SB_CAPTION_WIDE;
    (void)state;
    params.names = true;
    quote_add_turn(a, "Ada", 1000, 9000,
                   "one two three. Four five six. Seven eight nine. Ten eleven twelve.");
    quote_add_turn(a, "Ben", 1500, 2000, "Before.");
    quote_add_turn(a, "Ben", 5000, 5500, "Meanwhile.");
    sb_captions cues = cues_of(a, &span, 1, &params);
    for (size_t i = 1; i < cues.n_items; i++)
        assert_true(cues.items[i].start >= cues.items[i - 1].start);
    sb_bytes text = {0};
    for (size_t i = 0; i < cues.n_items; i++)
        sb_caption_append(&text, &cues.items[i], " ");
    assert_null(strstr(text.data, "Before"));
    assert_non_null(strstr(text.data, "Ben: Meanwhile."));
    sb_bytes_finish(&text);
    sb_captions_finish(&cues);
    sb_alignment_free(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(times_count_from_the_beginning_of_the_clip),
        cmocka_unit_test(a_short_cue_stands_no_longer_than_the_clip),
        cmocka_unit_test(words_not_heard_are_left_out),
        cmocka_unit_test(words_without_a_sure_place_are_shown),
        cmocka_unit_test(an_uncertain_pair_loses_no_words),
        cmocka_unit_test(words_not_heard_are_named),
        cmocka_unit_test(passages_continue_only_if_marked),
        cmocka_unit_test(names_count_for_the_width_of_lines),
        cmocka_unit_test(one_speaker_in_two_turns_is_one_passage),
        cmocka_unit_test(upright_pictures_have_short_lines),
        cmocka_unit_test(scripts_without_blanks_break_between_characters),
        cmocka_unit_test(right_to_left_text_stays_in_its_order),
        cmocka_unit_test(combining_marks_take_no_column),
        cmocka_unit_test(words_longer_than_a_line_are_cut_between_letters),
        cmocka_unit_test(a_fast_speaker_has_full_cues),
        cmocka_unit_test(gaps_are_two_frames_or_none),
        cmocka_unit_test(cues_begin_with_the_frame_of_their_word),
        cmocka_unit_test(words_of_one_instant_share_a_cue),
        cmocka_unit_test(karaoke_adds_up_to_its_cue),
        cmocka_unit_test(karaoke_of_right_to_left_text_finds_its_direction),
        cmocka_unit_test(running_out_of_memory_leaves_nothing),
        cmocka_unit_test(people_who_speak_at_once_have_cues_in_order),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
