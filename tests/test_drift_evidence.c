#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "soundbite/drift.h"
#include "soundbite/file.h"
#include "support_memory.h"
#include "support_quote.h"

#define MS SB_TIME_MS

/* Ten turns of ten words of five letters. Each turn lasts two seconds with a pause of the same length, so
 * the pace is 25 letters per second. */
static sb_alignment *episode(void)
{
    static const char *const texts[] = {
        "about above abuse actor acute admit adopt adult after again",
        "agent agree ahead alarm album alert alike alive allow alone",
        "along alter among anger angle angry apart apple apply arena",
        "argue arise array aside asset audio audit avoid award aware",
        "badly baker bases basic basis beach began begin begun being",
        "below bench billy birth black blame blind block blood board",
        "boost booth bound brain brand bread break breed brief bring",
        "broad broke brown build built buyer cable carry catch cause",
        "chain chair chart chase cheap check chest chief child china",
        "claim class clean clear click clock close coach coast could",
    };
    sb_alignment *a = quote_alignment(SB_METHOD_ACOUSTIC);

    for (int i = 0; i < 10; i++) {
        quote_add_turn(a, "A", 4000 * i, 4000 * i + 2000, texts[i]);
        quote_add_speech(a, 4000 * i, 4000 * i + 2000);
    }
    return a;
}

static sb_drift *measure(const sb_alignment *a)
{
    sb_drift *d;

    assert_int_equal(sb_drift_measure(&d, a, NULL, NULL), SB_OK);
    return d;
}

static void assert_evidence(const sb_drift *d, sb_suspect_kind kind, int from_ms, int until_ms, int speech_ms,
                            int needed_ms, const char *note)
{
    assert_int_equal(d->n_suspects, 1);
    const sb_suspect *suspect = &d->suspects[0];
    assert_int_equal(suspect->kind, kind);
    assert_int_equal(quote_ms(suspect->audio.start), from_ms);
    assert_int_equal(quote_ms(suspect->audio.end), until_ms);
    assert_int_equal(quote_ms(suspect->speech), speech_ms);
    assert_int_equal(quote_ms(suspect->needed), needed_ms);
    if (!strstr(suspect->note, note))
        fail_msg("%s", suspect->note);
}

static void words_without_speech_in_their_place(void **state)
{
    sb_alignment *a = episode();

    (void)state;
    for (size_t j = 0; j < 10; j++)
        quote_set_word(a, 4, j, 0, 0, SB_WORD_NOT_HEARD);
    a->turns[4].start = a->turns[4].end = SB_TIME_NONE;
    a->speech[4] = (sb_span){14000 * MS, 14000 * MS};
    sb_drift *d = measure(a);
    assert_evidence(d, SB_SUSPECT_UNHEARD_TEXT, 14000, 20000, 0, 2000,
                    "; there is no room for them (need about 2.0 s)");
    sb_drift_free(&d);
    sb_alignment_free(&a);
}

static void other_words_at_the_place_are_evidence(void **state)
{
    sb_alignment *a = episode();

    (void)state;
    for (size_t j = 3; j < 8; j++)
        quote_set_word(a, 4, j, 0, 0, SB_WORD_NOT_HEARD);
    sb_drift *d = measure(a);
    assert_evidence(
        d, SB_SUSPECT_UNHEARD_TEXT, 16600, 17600, 1000, 1000,
        "5 of its 10 words were not heard in the audio: \"basic basis beach began begin\"; their place has "
        "1.0 s of speech (they need about 1.0 s)");
    sb_drift_free(&d);
    sb_alignment_free(&a);
}

/* Turn 5 starts with the words of turn 4. */
static sb_alignment *repeating(void)
{
    sb_alignment *a = episode();

    for (size_t j = 0; j < 10; j++)
        memcpy(a->turns[5].words[j].text, a->turns[4].words[j].text, 5);
    a->speech[5].end = a->speech[5].start + 500 * MS;
    return a;
}

static void repeated_text_is_compared(void **state)
{
    sb_alignment *a = repeating();

    (void)state;
    for (size_t j = 0; j < 10; j++)
        quote_set_word(a, 5, j, 20000 + 50 * (int)j, 20050 + 50 * (int)j, SB_WORD_ESTIMATED);
    a->turns[5].end = 20500 * MS;
    sb_drift *d = measure(a);
    assert_evidence(d, SB_SUSPECT_DUPLICATE_TEXT, 20000, 20500, 500, 2000,
                    "; the turn has 0.5 s of speech, but its text needs about 2.0 s");
    sb_drift_free(&d);
    sb_alignment_free(&a);
}

static void text_heard_twice_is_not_suspect(void **state)
{
    sb_alignment *a = repeating();

    (void)state;
    sb_drift *d = measure(a);
    assert_int_equal(d->n_suspects, 0);
    sb_drift_free(&d);
    a->method = SB_METHOD_ENERGY;
    d = measure(a);
    assert_int_equal(d->n_suspects, 1);
    sb_drift_free(&d);
    sb_alignment_free(&a);
}

/* A possible result of the aligner: both copies at the same place, in a turn with enough speech. */
static void what_was_heard_twice_in_one_place_was_said_once(void **state)
{
    sb_alignment *a = repeating();

    (void)state;
    for (size_t j = 0; j < 10; j++)
        quote_set_word(a, 5, j, 16000 + 200 * (int)j, 16200 + 200 * (int)j, SB_WORD_ALIGNED);
    a->speech[5].end = a->speech[5].start + 2000 * MS;
    sb_drift *d = measure(a);
    assert_int_equal(d->n_suspects, 1);
    assert_int_equal(d->suspects[0].kind, SB_SUSPECT_DUPLICATE_TEXT);
    sb_drift_free(&d);
    sb_alignment_free(&a);
}

static void words_half_sure_at_two_places_were_said_twice(void **state)
{
    sb_alignment *a = repeating();

    (void)state;
    for (size_t j = 0; j < 5; j++)
        quote_set_word(a, 5, j, 20000 + 200 * (int)j, 20200 + 200 * (int)j, SB_WORD_ESTIMATED);
    sb_drift *d = measure(a);
    assert_int_equal(d->n_suspects, 0);
    sb_drift_free(&d);
    for (size_t j = 0; j < 10; j++)
        quote_set_word(a, 5, j, 20000 + 50 * (int)j, 20050 + 50 * (int)j, SB_WORD_ALIGNED);
    d = measure(a);
    assert_int_equal(d->n_suspects, 1);
    sb_drift_free(&d);
    sb_alignment_free(&a);
}

static void findings_from_the_text_have_no_evidence(void **state)
{
    sb_alignment *a = episode();

    (void)state;
    a->turns[3].stamp = a->turns[2].stamp;
    sb_drift *d = measure(a);
    assert_evidence(d, SB_SUSPECT_SAME_SECOND, -1, -1, -1, -1, "same time");
    sb_drift_free(&d);
    sb_alignment_free(&a);
}

static void evidence_is_in_both_reports(void **state)
{
    sb_alignment *a = episode();
    sb_bytes json = {0}, text = {0};

    (void)state;
    for (size_t j = 3; j < 8; j++)
        quote_set_word(a, 4, j, 0, 0, SB_WORD_NOT_HEARD);
    sb_drift *d = measure(a);
    sb_drift_write_json(&json, d, a);
    assert_non_null(
        strstr(json.data,
               "\"stamp\": 16.000000, \"start\": 16.000000, \"audio_from\": 16.600000, "
               "\"audio_until\": 17.600000, \"speech\": 1.000000, \"needed\": 1.000000, \"last_index\": "));
    sb_drift_write_text(&text, d, a, 400);
    assert_non_null(strstr(text.data, "; listen at 00:00:16\n"));
    sb_bytes_finish(&json);
    sb_bytes_finish(&text);
    sb_drift_free(&d);
    sb_alignment_free(&a);
}

static void each_allocation_may_fail(void **state)
{
    sb_alignment *a = repeating();
    sb_drift *d;

    (void)state;
    a->method = SB_METHOD_ENERGY;
    for (size_t j = 0; j < 10; j++)
        quote_set_word(a, 2, j, 0, 0, SB_WORD_NOT_HEARD);
    for (size_t n = 0, failed = true; failed; n++) {
        sb_error err = {0};
        memory_fail_from(n);
        sb_status status = sb_drift_measure(&d, a, NULL, &err);
        failed = memory_fail_end();
        assert_int_equal(status, failed ? SB_ERR_MEMORY : SB_OK);
        assert_int_equal(err.status, status);
        sb_drift_free(&d);
    }
    sb_alignment_free(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words_without_speech_in_their_place),
        cmocka_unit_test(other_words_at_the_place_are_evidence),
        cmocka_unit_test(repeated_text_is_compared),
        cmocka_unit_test(text_heard_twice_is_not_suspect),
        cmocka_unit_test(what_was_heard_twice_in_one_place_was_said_once),
        cmocka_unit_test(words_half_sure_at_two_places_were_said_twice),
        cmocka_unit_test(findings_from_the_text_have_no_evidence),
        cmocka_unit_test(evidence_is_in_both_reports),
        cmocka_unit_test(each_allocation_may_fail),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
