#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "soundbite/align.h"
#include "soundbite/media.h"
#include "support_speech.h"
#include "support_transcript.h"

static const char recording[] = "test_align_hear_texts.wav";

/* Aligns the recording to its text in which `old` is replaced. */
static sb_alignment *align_changed(const char *old, const char *new)
{
    sb_bytes document = {0};
    sb_error err = {0};
    sb_alignment *a;
    char *said = speech_write_all(recording, 1);
    const char *at = strstr(said, old);
    assert_non_null(at);
    sb_bytes_print(&document, "Reading\nTranscript\nReader [00:00:00]:\n%.*s%s%s\n", (int)(at - said), said,
                   new, at + strlen(old));
    sb_transcript *transcript = transcript_of(document.data, "turns-bracket");
    if (sb_alignment_from_file(&a, recording, transcript, NULL, NULL, NULL, &err) != SB_OK)
        fail_msg("%s", err.message);
    sb_transcript_free(&transcript);
    sb_bytes_finish(&document);
    free(said);
    return a;
}

static sb_word_span place_of(const sb_alignment *a, const char *word)
{
    for (size_t t = 0; t < a->n_turns; t++)
        for (size_t w = 0; w < a->turns[t].n_words; w++)
            if (!strncmp(a->turns[t].words[w].text, word, strlen(word)))
                return (sb_word_span){t, w, t, w};
    fail_msg("no word %s", word);
    return (sb_word_span){0};
}

static sb_heard_text hear(sb_alignment *a, const char *place, const char *text)
{
    sb_error err = {0};
    sb_heard_text out = {.words = place_of(a, place), .text = text};
    if (sb_alignment_hear_texts(a, recording, NULL, NULL, &out, 1, &err))
        fail_msg("%s", err.message);
    return out;
}

static void another_word_was_not_heard(void **state)
{
    (void)state;
    speech_need_readings();
    sb_alignment *a = align_changed("leisure", "leisure");
    assert_int_equal(hear(a, "respectable", "portable").hearing, SB_HEARING_NOT_HEARD);
    assert_int_equal(hear(a, "selfish", "windows").hearing, SB_HEARING_NOT_HEARD);
    assert_int_equal(hear(a, "respectable", NULL).hearing, SB_HEARING_HEARD);
    sb_alignment_free(&a);
}

static void a_misspelt_word_is_heard(void **state)
{
    (void)state;
    speech_need_readings();
    sb_alignment *a = align_changed("respectable", "receptacle");
    sb_heard_text heard = hear(a, "receptacle", "respectable");
    assert_int_equal(heard.hearing, SB_HEARING_HEARD);
    assert_true(heard.advantage > 0);
    sb_alignment_free(&a);
}

static void what_cannot_be_judged_has_a_reason(void **state)
{
    (void)state;
    speech_need_readings();
    sb_alignment *a = align_changed("leisure", "leisure");
    a->pairing = SB_PAIRING_UNSURE;
    sb_heard_text heard = hear(a, "respectable", "portable");
    assert_int_equal(heard.hearing, SB_HEARING_UNKNOWN);
    assert_string_equal(heard.why, "the transcript may not belong to the audio");
    a->pairing = SB_PAIRING_OK;
    a->method = SB_METHOD_ENERGY;
    assert_int_equal(hear(a, "respectable", "portable").hearing, SB_HEARING_UNKNOWN);
    a->method = SB_METHOD_ACOUSTIC;
    free(a->transcript.language);
    a->transcript.language = strdup("de");
    assert_string_equal(hear(a, "respectable", "portable").why, "only English can be checked");
    sb_alignment_free(&a);
}

static void results_of_an_earlier_call_are_removed(void **state)
{
    (void)state;
    speech_need_readings();
    sb_error err = {0};
    sb_alignment *a = align_changed("leisure", "leisure");
    sb_heard_text text = {.words = place_of(a, "respectable"), .text = "portable", .fit = 7, .advantage = 7};
    a->pairing = SB_PAIRING_UNSURE;
    assert_int_equal(sb_alignment_hear_texts(a, recording, NULL, NULL, &text, 1, &err), SB_OK);
    assert_true(text.fit == 0 && text.advantage == 0);
    sb_alignment_free(&a);
}

static void words_past_their_turn_are_not_there(void **state)
{
    (void)state;
    speech_need_readings();
    sb_error err = {0};
    sb_alignment *a = align_changed("leisure to", "leisure\n\nWriter [00:00:03]:\nto");
    assert_true(a->n_turns > 1);
    size_t n_words = a->turns[0].n_words;
    sb_heard_text texts[] = {{.words = {0, n_words - 1, 0, n_words}, .text = "portable"},
                             {.words = {0, n_words - 1, 0, n_words}}};
    assert_int_equal(sb_alignment_hear_texts(a, recording, NULL, NULL, texts, 2, &err), SB_OK);
    for (size_t i = 0; i < 2; i++) {
        assert_int_equal(texts[i].hearing, SB_HEARING_UNKNOWN);
        assert_string_equal(texts[i].why, "the alignment does not have these words");
    }
    sb_alignment_free(&a);
}

/* Each piece of the sound has frames of its own, so scores differ a little. */
static void all_places_are_heard_as_each_alone(void **state)
{
    (void)state;
    speech_need_readings();
    sb_error err = {0};
    sb_alignment *a = align_changed("leisure", "leisure");
    sb_heard_text both[] = {{.words = place_of(a, "respectable"), .text = "portable"},
                            {.words = place_of(a, "selfish"), .text = "shellfish"},
                            {.words = place_of(a, "respectable")}};
    assert_int_equal(sb_alignment_hear_texts(a, recording, NULL, NULL, both, 3, &err), SB_OK);
    assert_int_equal(both[2].hearing, SB_HEARING_HEARD);
    assert_true(fabsf(both[0].advantage - hear(a, "respectable", "portable").advantage) < 0.2f);
    assert_true(fabsf(both[1].advantage - hear(a, "selfish", "shellfish").advantage) < 0.2f);
    sb_alignment_free(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(another_word_was_not_heard),
        cmocka_unit_test(a_misspelt_word_is_heard),
        cmocka_unit_test(what_cannot_be_judged_has_a_reason),
        cmocka_unit_test(all_places_are_heard_as_each_alone),
        cmocka_unit_test(results_of_an_earlier_call_are_removed),
        cmocka_unit_test(words_past_their_turn_are_not_there),
    };
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    unlink(recording);
    return failed;
}
