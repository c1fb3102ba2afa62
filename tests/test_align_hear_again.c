#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "align/again/again.h"
#include "soundbite/align.h"
#include "soundbite/media.h"
#include "support_speech.h"
#include "support_transcript.h"

#define ALL_TURNS 1000

static const char recording[] = "test_align_hear_again.wav";

static sb_alignment *align_text(const char *text)
{
    sb_bytes document = {0};
    sb_error err = {0};
    sb_alignment *a;
    sb_bytes_print(&document, "Reading\nTranscript\nReader [00:00:00]:\n%s\n", text);
    sb_transcript *transcript = transcript_of(document.data, "turns-bracket");
    if (sb_alignment_from_file(&a, recording, transcript, NULL, NULL, NULL, &err) != SB_OK)
        fail_msg("%s", err.message);
    assert_int_equal(a->pairing, SB_PAIRING_OK);
    sb_transcript_free(&transcript);
    sb_bytes_finish(&document);
    return a;
}

static void hear_all(sb_alignment *a, const char *path)
{
    sb_error err = {0};
    const sb_word_span all = {.last_turn = ALL_TURNS};
    if (sb_alignment_hear_again(a, path, NULL, NULL, &all, 1, &err) != SB_OK)
        fail_msg("%s", err.message);
}

/* The doubted words, each with its doubt as a digit. */
static void check_doubts(const sb_alignment *a, const char *expected)
{
    char found[400] = "";
    for (size_t t = 0; t < a->n_turns; t++)
        for (size_t w = 0; w < a->turns[t].n_words; w++)
            if (a->turns[t].words[w].doubt)
                snprintf(found + strlen(found), sizeof found - strlen(found), "%s%d ",
                         a->turns[t].words[w].text, (int)a->turns[t].words[w].doubt);
    assert_string_equal(found, expected);
}

static char *changed_text(const char *text, const char *old, const char *new)
{
    sb_bytes out = {0};
    const char *at = strstr(text, old);
    assert_non_null(at);
    sb_bytes_append(&out, text, (size_t)(at - text));
    sb_bytes_print(&out, "%s%s", new, at + strlen(old));
    return out.data;
}

static void check_change(const char *old, const char *new, const char *doubts)
{
    char *said = speech_write_all(recording, 1), *text = changed_text(said, old, new);
    sb_alignment *a = align_text(text);
    hear_all(a, recording);
    check_doubts(a, doubts);
    sb_alignment_free(&a);
    free(text);
    free(said);
}

static void words_that_were_said_are_not_doubted(void **state)
{
    (void)state;
    speech_need_readings();
    check_change("leisure", "leisure", "");
}

static void an_exchanged_word_is_doubted(void **state)
{
    (void)state;
    speech_need_readings();
    check_change("respectable", "portable", "portable1 ");
    check_change("selfish", "window", "window,1 ");
}

static void an_added_negation_is_doubted(void **state)
{
    (void)state;
    speech_need_readings();
    check_change("might have been", "might not have been", "not1 ");
    check_change("had then", "hadn't then", "hadn't1 ");
}

static void a_negation_that_was_left_out_is_doubted(void **state)
{
    (void)state;
    speech_need_readings();
    check_change("was not an", "was an", "was2 ");
}

static void a_number_is_compared_with_other_numbers(void **state)
{
    (void)state;
    speech_need_readings();
    check_change("to do for", "two do four", "");
    check_change("consider,", "seventeen,", "seventeen,1 ");
    check_change("consider,", "17,", "17,1 ");
}

static sb_alignment *align_without_proof(const char *said)
{
    char *text = changed_text(said, "respectable", "despicable");
    sb_alignment *a = align_text(text);
    free(text);
    return a;
}

static void without_evidence_of_the_alignment_nothing_is_doubted(void **state)
{
    (void)state;
    speech_need_readings();
    char *said = speech_write_all(recording, 1);
    sb_alignment *a = align_without_proof(said);
    a->pairing = SB_PAIRING_UNSURE;
    hear_all(a, recording);
    check_doubts(a, "");
    a->pairing = SB_PAIRING_OK;
    a->method = SB_METHOD_ENERGY;
    hear_all(a, recording);
    check_doubts(a, "");
    a->method = SB_METHOD_ACOUSTIC;
    const sb_word_span first = {.last_word = 5};
    assert_int_equal(sb_alignment_hear_again(a, recording, NULL, NULL, &first, 1, NULL), SB_OK);
    check_doubts(a, "");
    sb_alignment_free(&a);
    free(said);
}

static void only_english_is_judged(void **state)
{
    (void)state;
    speech_need_readings();
    char *said = speech_write_all(recording, 1);
    sb_alignment *a = align_without_proof(said);
    free(a->transcript.language);
    a->transcript.language = strdup("de");
    hear_all(a, recording);
    check_doubts(a, "");
    sb_alignment_free(&a);
    free(said);
}

static void missing_audio_is_an_error(void **state)
{
    (void)state;
    speech_need_readings();
    char *said = speech_write_all(recording, 1);
    sb_alignment *a = align_without_proof(said);
    const sb_word_span all = {.last_turn = ALL_TURNS};
    assert_int_equal(sb_alignment_hear_again(a, "missing.wav", NULL, NULL, &all, 1, NULL), SB_ERR_IO);
    sb_alignment_free(&a);
    free(said);
}

static void check_texts(const char *word, const char *next, const char *expected)
{
    sb_rival_texts texts;
    char found[2000] = "";
    assert_true(sb_rival_texts_find(&texts, word, next));
    for (size_t i = 0; i < texts.n_numbers + texts.n_opposites; i++)
        snprintf(found + strlen(found), sizeof found - strlen(found), "%s ", texts.items[i]);
    assert_string_equal(found, expected);
    sb_rival_texts_finish(&texts);
}

static void numbers_and_auxiliaries_have_rivals(void **state)
{
    (void)state;
    check_texts("house,", NULL, "");
    check_texts("Is", "it", "isn't is-not is-never ");
    check_texts("is", "not", "");
    check_texts("Isn\xE2\x80\x99t", "it", "is ");
    check_texts("$2.5m", NULL,
                "$1.5m $3.5m $4.5m $5.5m $6.5m $7.5m $8.5m $9.5m $2.0m $2.1m $2.2m $2.3m $2.4m $2.6m $2.7m "
                "$2.8m $2.9m ");
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(words_that_were_said_are_not_doubted),
                                       cmocka_unit_test(an_exchanged_word_is_doubted),
                                       cmocka_unit_test(an_added_negation_is_doubted),
                                       cmocka_unit_test(a_negation_that_was_left_out_is_doubted),
                                       cmocka_unit_test(a_number_is_compared_with_other_numbers),
                                       cmocka_unit_test(without_evidence_of_the_alignment_nothing_is_doubted),
                                       cmocka_unit_test(only_english_is_judged),
                                       cmocka_unit_test(missing_audio_is_an_error),
                                       cmocka_unit_test(numbers_and_auxiliaries_have_rivals)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
