#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <unistd.h>

#include <cmocka.h>

#include "acoustic/acoustic.h"
#include "soundbite/align.h"
#include "soundbite/file.h"
#include "support_skip.h"
#include "support_speech.h"
#include "support_transcript.h"

#define MODELS SB_SOURCE_DIR "/build/models/node_modules/soundswallower/model"

/* Models of other languages and of the telephone, see scripts/install models. */
static void need_models(void)
{
    speech_need_readings();
    if (access(MODELS "/fr-fr/mdef", R_OK) != 0 || access(MODELS "/en-us/mdef", R_OK) != 0)
        skip_because("no other models on this machine; scripts/install models fetches them");
}

static void the_french_model_has_its_own_phones(void **state)
{
    (void)state;
    need_models();
    const char *const words[] = {"L'homme", "\xC3\xA9t\xC3\xA9,", "aujourd'hui"};
    sb_acoustic_model *m;
    sb_lexicon l;
    assert_int_equal(sb_acoustic_model_open(&m, MODELS "/fr-fr", NULL), SB_OK);
    assert_false(m->phones->arpabet);
    assert_int_equal(m->phones->n, 35);
    assert_int_equal(m->front_end.sample_rate, 8000);
    assert_int_equal(sb_phone_set_class(m->phones, sb_phone_set_find(m->phones, "ch", 2)), 'F');
    assert_int_equal(sb_phone_set_class(m->phones, sb_phone_set_find(m->phones, "uy", 2)), 'L');
    assert_int_equal(sb_model_lexicon_make(&l, m, words, NULL, 3, NULL, NULL), SB_OK);
    for (size_t i = 0; i < 3; i++)
        assert_true(l.lexemes[i].n_ways > 0);
    sb_lexicon_finish(&l);
    sb_acoustic_model_free(&m);
}

static sb_alignment *align_reading(size_t i, const char *folder)
{
    sb_bytes document = {0};
    sb_alignment *a;
    const sb_align_params params = {.method = SB_METHOD_ACOUSTIC, .acoustic_model = folder};
    sb_bytes_print(&document, "Reading\nTranscript\nReader [00:00:00]:\n%s\n", speech_readings[i].text);
    sb_transcript *transcript = transcript_of(document.data, "turns-bracket");
    sb_error err = {0};
    if (sb_alignment_from_file(&a, speech_readings[i].file, transcript, NULL, &params, NULL, &err) != SB_OK)
        fail_msg("%s: %s", err.file, err.message);
    sb_transcript_free(&transcript);
    sb_bytes_finish(&document);
    return a;
}

static void the_telephone_model_finds_the_same_words(void **state)
{
    (void)state;
    need_models();
    size_t n = 0, n_near = 0;
    for (size_t i = 0; i < SPEECH_READINGS; i++) {
        sb_alignment *wide = align_reading(i, NULL), *narrow = align_reading(i, MODELS "/en-us");
        assert_int_equal(narrow->method, SB_METHOD_ACOUSTIC);
        for (size_t w = 0; w < wide->turns[0].n_words; w++, n++)
            n_near +=
                llabs(wide->turns[0].words[w].start - narrow->turns[0].words[w].start) < 50 * SB_TIME_MS;
        sb_alignment_free(&wide);
        sb_alignment_free(&narrow);
    }
    assert_true(n_near >= n * 9 / 10);
}

static void an_invalid_model_folder_is_reported_before_the_audio_is_read(void **state)
{
    (void)state;
    sb_alignment *a;
    sb_error err = {0};
    const sb_align_params params = {.acoustic_model = "no/such/model"};
    sb_transcript *transcript =
        transcript_of("Reading\nTranscript\nReader [00:00:00]:\nHello.\n", "turns-bracket");
    assert_int_equal(sb_alignment_from_file(&a, "no-such-audio.wav", transcript, NULL, &params, NULL, &err),
                     SB_ERR_IO);
    assert_string_equal(err.file, "no/such/model/mdef");
    sb_transcript_free(&transcript);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_french_model_has_its_own_phones),
        cmocka_unit_test(the_telephone_model_finds_the_same_words),
        cmocka_unit_test(an_invalid_model_folder_is_reported_before_the_audio_is_read),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
